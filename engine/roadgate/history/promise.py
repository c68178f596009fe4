"""Promises of any commit, and the digest that tells two of them apart."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from roadgate.model.projection import project

if TYPE_CHECKING:
    from roadgate.model.seal import Promise

__all__ = ["digest", "project"]


def digest(promise: Promise) -> str:
    """``v1:`` and the SHA-256 of the promise's canonical JSON; the name plays no part in it."""
    content = {
        "committed": promise.committed,
        "criteria": promise.criteria,
        "thresholds": promise.thresholds,
        "guardrails": promise.guardrails,
        "metrics": promise.metrics,
    }
    plain = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return "v1:" + hashlib.sha256(plain.encode("ascii")).hexdigest()
