"""One governed file: its documents, what names each, and what its schema refuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from roadgate.load import json_text, resources, yaml_text
from roadgate.load.discover import place
from roadgate.load.files import FileContent
from roadgate.load.front_matter import front_matter
from roadgate.load.places import Locator
from roadgate.model.custom import CustomResource
from roadgate.model.field_path import join, position, split
from roadgate.model.finding import Finding, Severity
from roadgate.model.kinds import KINDS, Envelope
from roadgate.model.repair import repair
from roadgate.model.resource import Resource
from roadgate.model.schemas.engine import violations
from roadgate.model.schemas.words import Speaker
from roadgate.model.source import ResourceRef
from roadgate.model.wording import shown

if TYPE_CHECKING:
    from roadgate.load.limits import Limits
    from roadgate.model.custom import CustomKind
    from roadgate.model.document import Data, Document

_KEPT = 1 << 16
_MAX_PROBLEMS = 200
_UNREAD = frozenset({"RG001", "RG002", "RG003", "RG004", "RG005", "RG006", "RG009", "RG061"})


@lru_cache(maxsize=_KEPT)
def read_governed(
    path: str, content: bytes, limits: Limits, kind: CustomKind, *, among: bool = False
) -> FileContent:
    """Read a file that a KindDefinition governs.

    ``among`` says that it lies under the roots, where others read all that is not of the kind.
    """
    documents, findings = _parsed(path, content, limits, kind)
    is_partial = any(each.fails and each.id in _UNREAD for each in findings)
    if among:
        documents = [each for each in documents if each.data.get("kind") == kind.name]
        findings = []
    elif not documents and not findings:
        message = f"the file holds no {kind.name}"
        fix = "write one, or take the file out of the globs of its KindDefinition"
        findings.append(Finding("RG059", Severity.ERROR, message, fix, location=place(path)))
    locator = Locator(content, path, kind.format)
    told: list[Document] = []
    found: list[Resource[Envelope]] = []
    broken: set[ResourceRef] = set()
    for each in documents:
        if len(findings) > _MAX_PROBLEMS:
            is_partial = True  # the rest is read when these are mended
            break
        problems = list(_problems(each, kind, locator))
        ref = _ref(each, kind)
        told.append(replace(each, ref=ref))
        if problems and ref is not None:
            broken.add(ref)
        elif ref is not None:
            found.append(Resource(path, each.index, ref, _body(each, kind, ref), each.data))
        findings += problems
    if len(findings) > _MAX_PROBLEMS:
        message = f"the file has more problems than the limit of {_MAX_PROBLEMS}"
        fix = "repair those that are shown first"
        findings[_MAX_PROBLEMS:] = [
            Finding("RG003", Severity.ERROR, message, fix, location=place(path))
        ]
    return FileContent(tuple(told), tuple(found), frozenset(broken), tuple(findings), is_partial)


def _parsed(
    path: str, content: bytes, limits: Limits, kind: CustomKind
) -> tuple[list[Document], list[Finding]]:
    if kind.format == "json":
        return json_text.parse(content, path, limits)
    if kind.format == "markdown":
        try:
            content = front_matter(content)
        except ValueError as error:
            fix = "begin the file with '---', the fields, and '---' again"
            return [], [Finding("RG061", Severity.ERROR, str(error), fix, location=place(path))]
    documents, findings = yaml_text.parse(content, path, limits)
    return documents, [_no_mapping(each) if each.id == "RG006" else each for each in findings]


def _no_mapping(finding: Finding) -> Finding:
    message = "the document has no fields"
    return replace(finding, id="RG009", message=message, fix="write 'name: value' lines")


def _problems(document: Document, kind: CustomKind, locator: Locator) -> Iterator[Finding]:
    """What is wrong with a document, each thing at its place."""
    index = document.index
    for finding in _about_envelope(document, kind):
        location = locator.span(index, finding.field or "", of_name=finding.of_name)
        yield replace(finding, location=location)
    ref = _ref(document, kind)
    for path in kind.identity:
        value = _value_at(document.data, path)
        if _text(value) is None:
            yield _unnamed(path, value, kind, locator, index)
    if not kind.is_usable:
        return
    complaints = Speaker(kind.schema, kind.name).complaints(violations(kind.schema, document.data))
    for each in complaints:
        field = join(each.path)
        span = (locator.key if each.is_key else locator.span)(index, field)
        answer = None
        if kind.format != "markdown":  # the text behind front matter cannot be edited as YAML
            meant = repair(each.meant, "key" if each.is_key else "value")
            answer = locator.repair(index, field, meant)
        yield Finding(
            "RG060",
            Severity.ERROR,
            each.message,
            each.fix,
            resource=ref,
            field=field,
            location=span,
            repair=answer,
        )


def _unnamed(path: str, value: Data, kind: CustomKind, locator: Locator, index: int) -> Finding:
    if value is None:
        message, fix = f"'{path}' is missing, which names each {kind.name}", f"add '{path}'"
    else:
        message = f"'{path}' names each {kind.name}, and is {shown(value)}"
        fix = "write a number or a text"
    return Finding(
        "RG059", Severity.ERROR, message, fix, field=path, location=locator.span(index, path)
    )


def _about_envelope(document: Document, kind: CustomKind) -> list[Finding]:
    """What is wrong with apiVersion, kind and metadata, where the kind has them."""
    declared = document.data.get("apiVersion")
    if not kind.envelope:
        if isinstance(declared, str) and declared.startswith("roadgate/"):
            return [_misplaced(str(document.data.get("kind")), kind)]
        return []
    own = document.data.get("kind")
    if own in KINDS and own != kind.name:
        return [_misplaced(str(own), kind)]
    findings = []
    if own != kind.name:
        message = "'kind' is missing" if own is None else f"{shown(own)} is not '{kind.name}'"
        findings.append(_enveloped("kind", message, f"write 'kind: {kind.name}'"))
    return [*findings, *_head(document, kind)[1]]


def _enveloped(field: str, message: str, fix: str) -> Finding:
    return Finding("RG009", Severity.ERROR, message, fix, field=field)


def _misplaced(own: str, kind: CustomKind) -> Finding:
    message = f"the document declares a resource of roadgate ({own}) among files of {kind.name}"
    fix = "move it under roadmap/, where it is read"
    return Finding("RG014", Severity.ERROR, message, fix, field="apiVersion")


def _body(document: Document, kind: CustomKind, ref: ResourceRef) -> CustomResource:
    body, _ = _head(document, kind) if kind.envelope else (None, [])
    return body or CustomResource.named(kind.name, ref.name)


def _head(document: Document, kind: CustomKind) -> tuple[CustomResource | None, list[Finding]]:
    """The envelope of a document, or what is wrong with it."""
    written = {key: document.data.get(key) for key in ("apiVersion", "metadata")}
    return resources.validate({**written, "kind": kind.name}, CustomResource, kind.name, None)


def _ref(document: Document, kind: CustomKind) -> ResourceRef | None:
    """The identity of a document; None where a part of it is missing."""
    parts = [_text(_value_at(document.data, path)) for path in kind.identity]
    named = [each for each in parts if each is not None]
    return ResourceRef(kind.name, ":".join(named)) if len(named) == len(parts) else None


def _value_at(data: Data, path: str) -> Data:
    for step, is_item in split(path):
        if is_item and isinstance(data, Sequence) and not isinstance(data, str):
            index = position(step, len(data))
            data = data[index] if index is not None else None
        else:
            data = data.get(step) if isinstance(data, Mapping) else None
    return data


def _text(value: Data) -> str | None:
    """A text or a number as a name."""
    if isinstance(value, str):
        return value.strip() or None
    is_number = isinstance(value, (int, Decimal)) and not isinstance(value, bool)
    return str(value) if is_number else None
