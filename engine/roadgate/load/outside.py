"""Resources outside the roots: nothing hides by being moved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from roadgate.load import yaml_text
from roadgate.load.discover import place
from roadgate.load.places import Locator
from roadgate.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadgate.load.limits import Limits
    from roadgate.model.source import Span
    from roadgate.model.tree import Entry, Tree

_PREFIX = "roadgate/"
_DECLARED = re.compile(rb"^[\"']?apiVersion[\"']?\s*:\s*[\"']?roadgate/", re.MULTILINE)


def misplaced(tree: Tree, entries: Iterable[Entry], limits: Limits) -> list[Finding]:
    """A finding for each file outside the roots that declares a resource."""
    findings = []
    for entry in entries:
        if entry.size > limits.file_bytes:
            continue
        try:
            content = tree.read(entry.path)
        except OSError:  # what cannot be read here is none of the project's files
            continue
        if b"apiVersion" not in content or _PREFIX.encode() not in content:
            continue
        span = _declaration(content, entry.path, limits)
        if span is not None:
            findings.append(_finding(entry.path, span))
    return findings


def _declaration(content: bytes, path: str, limits: Limits) -> Span | None:
    documents, findings = yaml_text.parse(content, path, limits)
    for document in documents:
        version = document.data.get("apiVersion")
        if isinstance(version, str) and version.startswith(_PREFIX):
            return Locator(content, path).span(document.index, "apiVersion")
    found = _DECLARED.search(content) if findings else None
    return place(path, content.count(b"\n", 0, found.start()) + 1) if found else None


def _finding(path: str, span: Span) -> Finding:
    if path.lower() in ("roadgate.yml", "roadgate.yaml"):
        fix = "rename it to roadgate.yaml"
    else:
        fix = "move it under roadmap/, or name its folder in roadgate.yaml (paths, ignore)"
    return Finding(
        "RG014",
        Severity.ERROR,
        "the file declares a roadgate resource outside the roots, where nothing reads it",
        fix,
        location=span,
    )
