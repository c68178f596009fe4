"""Field paths: ``spec.successCriteria[0].target``, written and read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_STEP = re.compile(
    r'\["(?P<quoted>(?:[^"\\]|\\.)*)"\]|\[(?P<item>[^\]]*)\]|\.?(?P<name>[^.\[\]]+)', re.DOTALL
)
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_$/-]+")
IDENTITIES = ("id", "phase", "policy", "pack")
"""The fields by which an item of a list may be named in a path."""


def join(path: Sequence[str | int]) -> str:
    """Write a field path; unusual keys in brackets."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        elif _PLAIN_KEY.fullmatch(step):
            text += f".{step}" if text else step
        else:
            quoted = step.replace("\\", "\\\\").replace('"', '\\"')
            text += f'["{quoted}"]'
    return text


def split(path: str) -> Iterator[tuple[str, bool]]:
    """The steps of a field path, each with whether it names an item of a list."""
    for found in _STEP.finditer(path):
        if found["quoted"] is not None:
            yield re.sub(r"\\(.)", r"\1", found["quoted"], flags=re.DOTALL), False
        elif found["item"] is not None:
            yield found["item"], True
        else:
            yield found["name"], False


def is_own(path: str) -> bool:
    """Whether a field is its author's own: it, or what holds it, begins with ``x-``."""
    return any(step.startswith("x-") and not item for step, item in split(path))


def position(step: str, count: int) -> int | None:
    """The position that a step names in a list of ``count`` items, if it is one."""
    if step.isdecimal() and step.isascii() and len(step) < len("10000000") and int(step) < count:
        return int(step)
    return None
