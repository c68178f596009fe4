"""Documents to typed resources: the envelope first, then the kind's own schema."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from roadgate.load.schema_errors import to_findings
from roadgate.model.document import Data, Document
from roadgate.model.field_path import join
from roadgate.model.finding import Finding, Severity
from roadgate.model.kinds import API_VERSION, KINDS, Envelope
from roadgate.model.repair import Repair, repair
from roadgate.model.resource import Resource
from roadgate.model.source import ResourceRef
from roadgate.model.suggest import advice, listed, only
from roadgate.model.wording import shown

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from roadgate.load.model_fields import Location
    from roadgate.load.places import Locator

_MAX_ERRORS = 2_000
M = TypeVar("M", bound=BaseModel)
Problem = tuple[Finding, Document]
"""A finding without a location, and the document that it is about."""


@dataclass(slots=True)
class Read:
    """What became of the documents."""

    resources: list[Resource[Envelope]] = field(default_factory=list)
    broken: set[ResourceRef] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def reference(document: Document) -> ResourceRef | None:
    """The identity that a document claims, whether or not the rest of it is right."""
    if document.ref is not None:
        return document.ref
    kind = document.data.get("kind")
    metadata = document.data.get("metadata")
    name = metadata.get("name") if isinstance(metadata, Mapping) else None
    return ResourceRef(kind, name) if isinstance(kind, str) and isinstance(name, str) else None


def read(documents: Iterable[Document], *, policies: bool) -> Read:
    """Validate documents; ``policies`` says whether they lie under the policies' root."""
    result = Read()
    for document in documents:
        ref = reference(document)
        findings = _envelope(document, ref, policies=policies)
        if not findings:
            kind = str(document.data["kind"])
            body, findings = validate(document.data, KINDS[kind], kind, ref)
            if body is not None and ref is not None:
                result.resources.append(
                    Resource(document.path, document.index, ref, body, document.data)
                )
        if findings:
            result.problems.extend((finding, document) for finding in findings)
            if ref is not None:
                result.broken.add(ref)
    return result


def validate(
    data: Mapping[str, Data], model: type[M], kind: str, ref: ResourceRef | None
) -> tuple[M | None, list[Finding]]:
    """The typed document, or findings; a field that is null counts as absent."""
    try:
        return model.model_validate(data), []
    except ValidationError as problem:
        if problem.error_count() > _MAX_ERRORS:
            return None, [_too_many(problem.error_count(), kind, ref)]
        errors = problem.errors(include_url=False)
        nulls = [error["loc"] for error in errors if _is_null(error)]
        if not nulls:
            return None, to_findings(errors, model, kind, ref)
    try:
        return model.model_validate(_without(data, nulls)), []
    except ValidationError as problem:
        errors = problem.errors(include_url=False)
        return None, to_findings(errors, model, kind, ref)


def _too_many(count: int, kind: str, ref: ResourceRef | None) -> Finding:
    """Instead of half a million findings; a document like that is something else by mistake."""
    message = f"the document has {count} problems, more than the limit of {_MAX_ERRORS}"
    fix = f"see whether it was meant to be a document of kind {kind}, and what its long lists hold"
    return Finding("RG003", Severity.ERROR, message, fix, resource=ref, field="kind")


def locate(findings: Iterable[Finding], locator: Locator, index: int) -> list[Finding]:
    """Fill in where findings about one document stand."""
    return [
        replace(
            finding,
            location=locator.span(index, finding.field or "", of_name=finding.of_name),
            repair=locator.repair(index, finding.field or "", finding.repair),
        )
        for finding in findings
    ]


def _is_null(error: ErrorDetails) -> bool:
    """Whether a known field is null; an unknown one is a typo, whatever stands in it."""
    if error["type"] == "extra_forbidden":
        return False
    return error.get("input", "") is None and isinstance(error["loc"][-1], str)


def _without(data: Data, paths: Iterable[Location]) -> Data:
    """A copy of plain data without the mapping entries at ``paths``."""
    deeper: dict[str | int, list[Location]] = {}
    for first, *rest in paths:
        deeper.setdefault(first, []).append(tuple(rest))
    if isinstance(data, Mapping):
        return {
            key: _without(value, deeper.get(key, ()))
            for key, value in data.items()
            if () not in deeper.get(key, ())
        }
    if isinstance(data, Sequence) and not isinstance(data, str):
        return [_without(value, deeper.get(index, ())) for index, value in enumerate(data)]
    return data


_ELSEWHERE = "or list the file under spec.ignore of roadgate.yaml if it is none of roadgate's"


def _envelope(document: Document, ref: ResourceRef | None, *, policies: bool) -> list[Finding]:
    """What is wrong with ``apiVersion`` and ``kind``, or with where a document of its kind lies."""
    data = document.data
    findings = []
    version, kind = data.get("apiVersion"), data.get("kind")
    if version is None and kind is None:
        return [_no_beginning(ref, data)]
    if version is None:
        fix = _spelt(data, "apiVersion") or f"add 'apiVersion: {API_VERSION}', {_ELSEWHERE}"
        findings.append(_bad(ref, "apiVersion", "'apiVersion' is missing", fix))
    elif version != API_VERSION:
        findings.append(
            _bad(
                ref,
                "apiVersion",
                f"{shown(version)} is no known apiVersion",
                f"write '{API_VERSION}'",
                repair(only(version, [API_VERSION])) if isinstance(version, str) else None,
            )
        )
    if not isinstance(kind, str):
        message = "'kind' is missing" if kind is None else f"{shown(kind)} is no kind"
        fix = _spelt(data, "kind") or f"add 'kind', one of {listed(KINDS)}"
        findings.append(_bad(ref, "kind", message, fix))
    elif kind not in KINDS:
        findings.append(_unknown_kind(ref, kind))
    elif (kind == "Policy") != policies:
        findings.append(_misplaced(ref, kind))
    return findings


def _no_beginning(ref: ResourceRef | None, data: Mapping[str, Data]) -> Finding:
    """A document that says neither what it is nor in which version: the root of what is wrong."""
    near = [_spelt(data, name) for name in ("apiVersion", "kind")]
    fix = "; ".join(filter(None, near)) or (
        f"begin it with the lines 'apiVersion: {API_VERSION}' and 'kind: Initiative' (or another "
        f"kind), {_ELSEWHERE}"
    )
    return _bad(ref, "apiVersion", "'apiVersion' and 'kind' are missing", fix)


def _spelt(data: Mapping[str, Data], name: str) -> str:
    """What to do about a field that is there with other capitals."""
    written = next((key for key in data if key != name and key.lower() == name.lower()), None)
    return f"write '{name}' instead of '{written}'" if written is not None else ""


def _unknown_kind(ref: ResourceRef | None, kind: str) -> Finding:
    if kind == "Config":
        return _bad(
            ref,
            "kind",
            "the configuration lies outside 'roadgate.yaml'",
            "move it to 'roadgate.yaml' at the project's root",
        )
    fix = advice(kind, KINDS, otherwise="")
    return _bad(ref, "kind", f"'{kind}' is no known kind", fix, repair(only(kind, KINDS)))


def _misplaced(ref: ResourceRef | None, kind: str) -> Finding:
    if kind == "Policy":
        return _bad(
            ref,
            "kind",
            "a policy lies outside the policies folder, where it would judge nothing",
            "move the file under 'policies/' (paths.policies in roadgate.yaml)",
        )
    return _bad(
        ref,
        "kind",
        f"a document of kind '{kind}' lies in the policies folder",
        "move it under 'roadmap/' (paths.roadmap in roadgate.yaml)",
    )


def _bad(
    ref: ResourceRef | None, place: str, message: str, fix: str, answer: Repair | None = None
) -> Finding:
    field = join((place,))
    return Finding("RG006", Severity.ERROR, message, fix, resource=ref, field=field, repair=answer)
