"""The content of one file: what a path and its bytes say, whatever else there is.

Equal files are read once in a process: a base and a head have most of theirs in common.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from roadgate.load import measurements, resources, yaml_text
from roadgate.load.discover import place
from roadgate.load.places import Locator
from roadgate.model.document import Document
from roadgate.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from roadgate.load.limits import Limits
    from roadgate.load.resources import Problem
    from roadgate.model.document import Data
    from roadgate.model.kinds import Envelope
    from roadgate.model.measurement import MeasurementFile
    from roadgate.model.resource import Resource
    from roadgate.model.source import ResourceRef

_KEPT = 1 << 16
_MAX_PROBLEMS = 200
_NONE: frozenset[ResourceRef] = frozenset()
_UNREAD = frozenset({"RG001", "RG002", "RG003", "RG005"})


@dataclass(frozen=True, slots=True)
class FileContent:
    """What one YAML file holds."""

    documents: tuple[Document, ...]
    resources: tuple[Resource[Envelope], ...]
    broken: frozenset[ResourceRef]
    findings: tuple[Finding, ...]
    """Each with its location."""
    is_partial: bool
    """Whether some of the text could not be read, so that a resource may be missing."""


_Key: TypeAlias = "tuple[str, bytes, Limits, bool, str | None]"
_known: dict[_Key, FileContent] = {}
_paths: set[str] = set()


def is_known(path: str) -> bool:
    """Whether a file of that path has been read before: most likely it is still the same."""
    return path in _paths


def read_file(  # noqa: PLR0913 - all that a file's content depends on, and what is known of it
    path: str,
    content: bytes,
    limits: Limits,
    *,
    policies: bool,
    custom: str | None = None,
    plain: Mapping[str, Data] | None = None,
) -> FileContent:
    """Read a YAML file; ``policies`` says whether it lies under the policies' root.

    Documents of the kind ``custom`` are left to others. ``plain`` is what ``quick`` makes of the
    file, where it has been asked already.
    """
    key = (path, content, limits, policies, custom)
    found = _known.get(key)
    if found is None:
        if len(_known) >= _KEPT:
            del _known[next(iter(_known))]
        documents, findings = (
            yaml_text.parse(content, path, limits)
            if plain is None
            else ([Document(path, 0, plain)], [])
        )
        found = _known[key] = _content(key, documents, findings)
        _paths.add(path)
    return found


def _content(key: _Key, documents: list[Document], findings: list[Finding]) -> FileContent:
    path, content, _, policies, custom = key
    is_partial = any(finding.fails and finding.id in _UNREAD for finding in findings)
    if not documents and not findings:
        findings.append(_without_resources(path, content))
    documents = [each for each in documents if custom is None or each.data.get("kind") != custom]
    read = resources.read(documents, policies=policies)
    findings += _located(read.problems, content, path)
    return FileContent(
        tuple(documents),
        tuple(read.resources),
        frozenset(read.broken) if read.broken else _NONE,
        tuple(findings),
        is_partial,
    )


@lru_cache(maxsize=_KEPT)
def read_measurements(
    content: bytes, path: str, metric: str
) -> tuple[MeasurementFile, tuple[Finding, ...]]:
    """Read a measurement file."""
    file, findings = measurements.read(content, path, metric)
    return file, tuple(findings)


def _without_resources(path: str, content: bytes) -> Finding:
    if not content:
        code, severity, message = "RG002", Severity.ERROR, "the file is empty"
    else:
        code, severity, message = "RG006", Severity.WARNING, "the file holds no resource"
    fix = "write a resource, or delete the file"
    return Finding(code, severity, message, fix, location=place(path))


def _located(problems: list[Problem], content: bytes, path: str) -> list[Finding]:
    if not problems:
        return []
    locator = Locator(content, path)
    located: list[Finding] = []
    shown = problems[:_MAX_PROBLEMS]
    for index, group in groupby(shown, key=lambda problem: problem[1].index):
        located += resources.locate((finding for finding, _ in group), locator, index)
    if len(problems) > len(shown):
        message = f"the file has more problems than the limit of {_MAX_PROBLEMS}"
        fix = "repair those that are shown first"
        located.append(Finding("RG003", Severity.ERROR, message, fix, location=place(path)))
    return located
