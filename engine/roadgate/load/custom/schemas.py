"""A kind's schema with everything that it refers to: from the repository, never from elsewhere."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import unquote, urljoin, urlsplit

from roadgate.load.custom.keywords import REFERENCES, refused, slips, within
from roadgate.load.custom.sources import Inline, SchemaFile, read_schema
from roadgate.model.finding import Severity
from roadgate.model.schemas.engine import (
    draft_violations,
    official,
)
from roadgate.model.schemas.schema import (
    DRAFTS,
    ORIGIN,
    Json,
    Place,
    Schema,
    address_of,
    child,
    digest_of,
    draft_of,
    path_of,
    pointer_of,
    steps_of,
)
from roadgate.model.schemas.words import Speaker

if TYPE_CHECKING:
    from roadgate.load.limits import Limits
    from roadgate.model.finding import Finding
    from roadgate.model.tree import Tree

Source: TypeAlias = Inline | SchemaFile
_MAX_DOCUMENTS = 100
_LEAVE = "keep a copy of it in the repository, and refer to that"


@dataclass(slots=True)
class _Reference:
    """A reference to another schema."""

    place: Place
    keyword: str
    base: str
    text: str


@dataclass(slots=True)
class Gathering:
    """What has been read of one schema so far."""

    tree: Tree
    limits: Limits
    sources: dict[str, Source] = field(default_factory=dict)
    documents: dict[str, Json] = field(default_factory=dict)
    """Copies, whose references become full addresses."""
    names: dict[str, Place] = field(default_factory=dict)
    """What an ``$id`` or an anchor calls a place."""
    pending: list[_Reference] = field(default_factory=list)
    walked: set[Place] = field(default_factory=set)
    targets: dict[Place, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def gather(source: Source, name: str, tree: Tree, limits: Limits) -> tuple[Schema, list[Finding]]:
    """The schema of a kind, and what is wrong with it; ``name`` is its file's path, or the kind."""
    found = Gathering(tree, limits)
    root = address_of(name)
    _add(found, root, source)
    while found.pending:
        _follow(found, found.pending.pop(0))
    schema = Schema(root, digest_of(found.documents), found.documents, found.targets)
    return schema, found.findings


def _add(found: Gathering, address: str, source: Source) -> None:
    """Take in a document, unless it is no schema."""
    found.sources[address] = source
    draft = draft_of(source.data)
    if draft is None:
        drafts = ", ".join(f"draft {each}" for each in DRAFTS)
        _wrong(found, (address, ("$schema",)), "'$schema' names no draft known here", drafts)
        draft = DRAFTS[0]
    speaker = Speaker(Schema("", ""), "JSON Schema")
    for each in speaker.complaints(draft_violations(source.data, draft)):
        steps = tuple(str(step) for step in each.path)
        _wrong(found, (address, steps), f"this is no JSON Schema: {each.message}", each.fix)
    copy = _copied(source.data)
    found.documents[address] = copy
    base = address
    if isinstance(copy, dict):
        base = _identified(copy, address)
        copy["$schema"] = official(draft)
        copy["id" if draft == "04" else "$id"] = address
    found.names.setdefault(base, (address, ()))
    _walk(found, (address, ()), base, is_root=True)


def _identified(document: Mapping[str, Json], address: str) -> str:
    """The address that a document gives itself, else its own."""
    own = document.get("$id", document.get("id"))
    is_full = isinstance(own, str) and bool(urlsplit(own).scheme)
    return str(own).partition("#")[0] if is_full else address


def _walk(found: Gathering, place: Place, base: str, *, is_root: bool = False) -> None:
    """Note the names and references of a schema, and of all schemas in it."""
    address, steps = place
    node = _node(found, place)
    if place in found.walked or not isinstance(node, dict):
        return
    found.walked.add(place)
    if not is_root:
        base = _named(found, place, node, base)
    for anchor in ("$anchor", "$dynamicAnchor"):
        if isinstance(node.get(anchor), str):
            found.names[f"{base}#{node[anchor]}"] = place
    for keyword in REFERENCES:
        if isinstance(node.get(keyword), str):
            found.pending.append(_Reference(place, keyword, base, node[keyword]))
    source = found.sources[address]
    found.findings += [source.finding((*steps, *each.steps), *each.told) for each in refused(node)]
    for each in slips(node):
        wrong = source.finding((*steps, *each.steps), *each.told)
        found.findings.append(replace(wrong, severity=Severity.WARNING))
    for inner in within(node):
        _walk(found, (address, (*steps, *inner)), base)


def _named(found: Gathering, place: Place, node: dict[str, Json], base: str) -> str:
    """The base of what stands in a schema; names of its own are not needed any more."""
    own = node.pop("$id", None) if isinstance(node.get("$id"), str) else None
    if own is None:
        return base
    if own.startswith("#"):
        found.names[base + own] = place
        return base
    address = _joined(base, own).partition("#")[0]
    found.names[address] = place
    return address


def _follow(found: Gathering, reference: _Reference) -> None:
    """Find where a reference leads, and write it as a full address."""
    target = _target(found, reference)
    if target is None:
        return
    node = _node(found, reference.place)
    if reference.keyword == "$ref":
        node["$ref"] = f"{target[0]}#{pointer_of(target[1])}"
        found.targets[reference.place] = target
    if target[0] in found.documents:
        _walk(found, target, target[0])


def _target(found: Gathering, reference: _Reference) -> Place | None:
    """The place that a reference means; None, with a finding, where there is none."""
    full = _joined(reference.base, reference.text)
    if (named := found.names.get(full.removesuffix("#"))) is not None:
        return named
    address, _, fragment = full.partition("#")
    start = found.names.get(address) or _file(found, reference, address)
    if start is None:
        return None
    place = (start[0], (*start[1], *steps_of(fragment)))
    is_there = fragment == "" or (fragment.startswith("/") and _exists(found, place))
    if not is_there:
        message = f"'{reference.text}' leads nowhere"
        _dangles(found, reference, message, "correct it, or add what it names")
        return None
    return place


def _file(found: Gathering, reference: _Reference, address: str) -> Place | None:
    """The document that a relative reference names, read where it is not known yet."""
    text = reference.text.partition("#")[0]
    if urlsplit(text).scheme or text.startswith("//"):
        if not address.startswith(ORIGIN):
            message = f"'{reference.text}' lies outside the repository, where nothing is read from"
            _dangles(found, reference, message, _LEAVE)
            return None
        path: str | None = path_of(address)
    else:
        path = _path(path_of(reference.place[0]), text)
    if path is None:
        _dangles(found, reference, f"'{reference.text}' leaves the repository", _LEAVE)
        return None
    address = address_of(path)
    is_there = address in found.documents or _load(found, reference, path)
    return (address, ()) if is_there else None


def _path(here: str, text: str) -> str | None:
    """The path that a relative reference names; None outside the repository."""
    target = unquote(text)
    start = "" if target.startswith("/") else posixpath.dirname(here)
    path = posixpath.normpath(posixpath.join(start, target.lstrip("/")))
    return None if path.startswith("..") else path


def _load(found: Gathering, reference: _Reference, path: str) -> bool:
    if len(found.documents) >= _MAX_DOCUMENTS:
        message = f"a schema has at most {_MAX_DOCUMENTS} files"
        _dangles(found, reference, message, "put some of them together")
        return False
    read = read_schema(found.tree, path, found.limits)
    if isinstance(read, str):
        _dangles(found, reference, f"'{reference.text}' leads nowhere: {read}", "correct the path")
        return False
    if isinstance(read, list):
        found.findings += read
        return False
    _add(found, address_of(path), read)
    return True


def _joined(base: str, text: str) -> str:
    """A reference as a full address."""
    text = f"https:{text}" if text.startswith("//") else text
    if not base.startswith(ORIGIN) or urlsplit(text).scheme:
        return urljoin(base, text)
    return ORIGIN + urljoin("/" + base.removeprefix(ORIGIN), text).lstrip("/")


def _dangles(found: Gathering, reference: _Reference, message: str, fix: str) -> None:
    address, steps = reference.place
    _wrong(found, (address, (*steps, reference.keyword)), message, fix)


def _wrong(found: Gathering, place: Place, message: str, fix: str) -> None:
    found.findings.append(found.sources[place[0]].finding(place[1], message, fix))


def _node(found: Gathering, place: Place) -> Json:
    node = found.documents.get(place[0])
    for step in place[1]:
        node = child(node, step)
    return node


def _exists(found: Gathering, place: Place) -> bool:
    """Whether something stands at a place; a schema may also be true or false."""
    return _node(found, place) is not None


def _copied(data: Json) -> Json:
    if isinstance(data, Mapping):
        return {key: _copied(value) for key, value in data.items()}
    return [_copied(each) for each in data] if isinstance(data, list) else data
