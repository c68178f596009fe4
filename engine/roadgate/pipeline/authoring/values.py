"""Answers as they are typed, and the values that fit their fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roadgate.load import yaml_text
from roadgate.load.limits import DEFAULT
from roadgate.load.resources import validate
from roadgate.model.errors import UsageError
from roadgate.model.field_path import split
from roadgate.model.kinds import API_VERSION, KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from roadgate.model.document import Data
    from roadgate.model.finding import Finding


def document(
    kind: str, name: str, title: str, owner: str, spec: Mapping[str, Any]
) -> dict[str, Any]:
    """The whole document."""
    metadata = {"name": name, "title": title} | ({"owner": owner} if owner else {})
    return {"apiVersion": API_VERSION, "kind": kind, "metadata": metadata, "spec": dict(spec)}


def problems(kind: str, data: Mapping[str, Any]) -> list[Finding]:
    """What is wrong with a document of a kind by itself."""
    return validate(data, KINDS[kind], kind, None)[1]


def put(values: dict[str, Any], path: str, value: Data) -> None:
    """Set a field of nested mappings.

    Raises:
        UsageError: the path names an item of a list, or a part of something else.
    """
    *outer, last = steps(path)
    for step in outer:
        values = values.setdefault(step, {})
        if not isinstance(values, dict):
            raise UsageError(
                f"'{path}' is a part of what is set already", hint="set one of the two"
            )
    values[last] = value


def steps(path: str) -> list[str]:
    """The names in a field path, relative to ``spec``.

    Raises:
        UsageError: it names an item of a list.
    """
    found = list(split(path.removeprefix("spec.")))
    if not found or any(is_item for _, is_item in found):
        raise UsageError(
            f"'{path}' is no field that can be set",
            hint="write FIELD=VALUE, such as problem='Developers wait'; lists as [one, two]",
        )
    return [name for name, _ in found]


def fitting(text: str, fits: Callable[[Data], bool]) -> Data:
    """The value that a text means for a field: as YAML, as text, or as a list of one of them."""
    parsed = _parsed(text)
    for each in (parsed, text, [parsed], [text]):
        if fits(each):
            return each
    return parsed


def _parsed(text: str) -> Data:
    documents, findings = yaml_text.parse(f"value: {text}".encode(), "", DEFAULT)
    if findings or len(documents) != 1:
        return text
    value = documents[0].data.get("value")
    return text if value is None else value


def at(findings: list[Finding], path: str) -> Iterator[Finding]:
    """The findings about a field or what lies in it."""
    for each in findings:
        field = each.field or ""
        if field == path or field.startswith((f"{path}.", f"{path}[")):
            yield each
