"""The documents in the examples of a new policy: as short as their kind allows, on one line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from roadgate.load.memory import flow as as_json
from roadgate.model import writing
from roadgate.model.custom import CustomResource
from roadgate.model.errors import UsageError
from roadgate.model.kinds import KINDS
from roadgate.pipeline.schema_examples import examples

if TYPE_CHECKING:
    from collections.abc import Mapping

    from roadgate.model.custom import CustomKind
    from roadgate.model.resource import Resource
    from roadgate.model.roadmap import Roadmap

_PLAN: dict[str, Any] = {
    "apiVersion": "roadgate/v1",
    "kind": "Initiative",
    "metadata": {"name": "faster-ci", "title": "Faster CI"},
    "spec": {"problem": "Developers wait for CI.", "horizon": "next"},
}
"""An initiative that is planned: the reference's own is a commitment, of which much is asked."""
_WHOLE = frozenset({"Decision", "KindDefinition"})
"""Kinds whose fields need one another: their example is short enough as it is."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A document with a field that a rule may ask for, and the same without it."""

    name: str
    field: str
    """Its path, such as ``metadata.owner``."""
    asks: str
    """The expression that asks whether it is there."""
    called: str
    """The expression for what the resource is called."""
    having: str
    lacking: str


def of_ours(kind: str) -> Sample:
    """One of roadgate's own kinds, with an owner and without."""
    name = examples()[kind]["metadata"]["name"]
    having, lacking = (_document(kind, owner) for owner in ("platform-core", ""))
    return Sample(name, "metadata.owner", "has(resource.metadata.owner)", _NAMED, having, lacking)


_NAMED = "resource.metadata.name"


def second(kind: str) -> str:
    """Another document of a kind, of the same owner."""
    return _document(kind, "platform-core", "another")


def _document(kind: str, owner: str, name: str = "") -> str:
    made = dict(_PLAN if kind == "Initiative" else examples()[kind])
    spec = made["spec"]
    if kind not in _WHOLE:
        annotation: Any = KINDS[kind].model_fields["spec"].annotation
        needed = {
            field.alias or attribute
            for attribute, field in annotation.model_fields.items()
            if field.is_required()
        }
        spec = {key: value for key, value in spec.items() if key in needed}
    if kind == "KindDefinition":  # the schema's file is not there
        spec = {**spec, "schema": {"type": "object"}}
    metadata = {key: made["metadata"][key] for key in ("name", "title")}
    metadata |= {"owner": owner} if owner else {}
    metadata |= {"name": name, "title": name.capitalize()} if name else {}
    return writing.flow({**made, "metadata": metadata, "spec": spec})


def of_yours(kind: CustomKind, roadmap: Roadmap) -> Sample:
    """A kind that the project declares: a document of it that is there, with a field and without.

    Raises:
        UsageError: there is no document yet, or none has a field that it could lack.
    """
    root = kind.schema.node((kind.schema.root, ()))
    needed = set(root.get("required", ())) if isinstance(root, dict) else set()
    for each in roadmap.resources:
        if each.ref.kind == kind.name and isinstance(each.body, CustomResource):
            free = sorted(
                key
                for key, value in each.data.items()
                if key not in needed and key not in _HEAD and value not in _NOTHING
            )
            if free:
                return _found(kind, each, free[0])
    raise UsageError(
        f"no {kind.name} has a field that another could lack",
        hint=f"write one first, and make examples of it: {kind.files[0]}",
    )


_HEAD = ("apiVersion", "kind", "metadata", "spec")
_NOTHING: tuple[object, ...] = (None, (), [], {}, "")


def _found(kind: CustomKind, resource: Resource[Any], field: str) -> Sample:
    lacking = {key: value for key, value in resource.data.items() if key != field}
    asked = f"resource.{field}" if field.isidentifier() else f"resource['{field}']"
    return Sample(
        resource.name,
        field,
        f"has({asked})",
        f"'{resource.ref.kind} ' + string({_identity(kind)})",
        _file(kind, resource.path, resource.data),
        _file(kind, resource.path, lacking),
    )


def _identity(kind: CustomKind) -> str:
    steps = kind.identity[-1].split(".")
    return "resource" + "".join(
        f".{each}" if each.isidentifier() else f"['{each}']" for each in steps
    )


def _file(kind: CustomKind, path: str, data: Mapping[str, Any]) -> str:
    """A governed file as an example has it."""
    text = as_json(dict(data)) if kind.format == "json" else writing.flow(dict(data))
    if kind.format == "markdown":
        text = f"---\n{text}\n---\n"
    return f"{{path: {path}, text: {json.dumps(text, ensure_ascii=False)}}}"
