"""What a schema refuses, in the words of somebody who edits the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from roadgate.model.field_path import join
from roadgate.model.schemas.causes import causes
from roadgate.model.schemas.sentences import SENTENCES, called, readable
from roadgate.model.suggest import closest, listed, only
from roadgate.model.wording import shown

if TYPE_CHECKING:
    from roadgate.model.schemas.engine import Violation
    from roadgate.model.schemas.schema import Json, Schema

_MAX_UNEXPECTED = 500
"""How many unknown fields of one place are looked at; a file shows fewer."""
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing to mend."""

    path: tuple[str | int, ...]
    """The field; where it is missing, what would be its place."""
    message: str
    fix: str
    is_key: bool = False
    """Whether it is the field's name that is wrong, not its value."""
    meant: str | None = None
    """The one name or text that was meant, where there is no doubt."""


class Speaker:
    """Says what violations of one schema are about."""

    def __init__(self, schema: Schema, kind: str) -> None:
        self._schema = schema
        self._kind = kind

    def complaints(self, violations: Iterable[Violation]) -> list[Complaint]:
        """What to mend, each thing once; a name that is misspelt is not missing besides."""
        found = causes(self._schema, violations)
        meant = {self._near(each, name) for each in found for name in _unexpected(each)}
        told: dict[tuple[str, str], Complaint] = {}
        for each in found:
            for complaint in self._of(each):
                if each.keyword != "required" or complaint.path not in meant:
                    told.setdefault((join(complaint.path), complaint.message), complaint)
        return list(told.values())

    def _of(self, violation: Violation) -> list[Complaint]:
        match violation.keyword:
            case "additionalProperties" | "unevaluatedProperties":
                return [self._unknown(violation, name) for name in _unexpected(violation)]
            case "required":
                return [self._missing(violation)]
            case "uniqueItems":
                return [_twice(violation)]
            case "propertyNames":
                return [_wrong_name(violation)]
        sentence = SENTENCES.get(violation.keyword)
        if sentence is None:
            name = called(violation.path)
            return [Complaint(violation.path, f"{name} is not as its schema says", "correct it")]
        message, fix = sentence(violation)
        told = self._taught(violation) or fix
        return [Complaint(violation.path, message, told, meant=_meant(violation))]

    def _taught(self, violation: Violation) -> str | None:
        """What the schema itself teaches about a form that only it knows."""
        if violation.keyword not in ("pattern", "not", "contains") or violation.place is None:
            return None
        node = self._schema.node(violation.place)
        examples = node.get("examples") if isinstance(node, Mapping) else None
        if isinstance(examples, list) and examples:
            return f"write it like {shown(examples[0])}"
        return self._described(node)

    def _described(self, node: Json) -> str | None:
        text = node.get("description") if isinstance(node, Mapping) else None
        if not isinstance(text, str) or not text.strip():
            return None
        first = text.strip().splitlines()[0].rstrip(".")
        return first if len(first) <= _LONGEST else None

    def _unknown(self, violation: Violation, name: str) -> Complaint:
        where = readable(violation.path)
        owner = f"'{where}' in {self._kind}" if where else self._kind
        near = self._near(violation, name)
        known = self._known(violation)
        fix = f"fields here: {listed(sorted(known))}" if known else "delete it"
        return Complaint(
            (*violation.path, name),
            f"'{name}' is no field of {owner}",
            f"did you mean '{near[-1]}'?" if near else fix,
            is_key=True,
            meant=only(name, self._free(violation)),
        )

    def _near(self, violation: Violation, name: str) -> tuple[str | int, ...]:
        """The path of the field that a name was probably meant to be; empty if there is none."""
        match = closest(name, self._free(violation))
        return (*violation.path, match) if match is not None else ()

    def _free(self, violation: Violation) -> list[str]:
        """The names of fields that are not there yet."""
        there = violation.value if isinstance(violation.value, Mapping) else {}
        return [each for each in self._known(violation) if each not in there]

    def _known(self, violation: Violation) -> list[str]:
        """The names that a schema, and the parts that it is made of, give to fields."""
        if violation.place is None:
            return []
        known: dict[str, None] = {}
        pending = [violation.place]
        seen = set()
        while pending:
            document, steps = self._schema.followed(pending.pop())
            node = self._schema.node((document, steps))
            if (document, steps) in seen or not isinstance(node, Mapping):
                continue
            seen.add((document, steps))
            properties = node.get("properties")
            known |= dict.fromkeys(properties if isinstance(properties, Mapping) else ())
            if violation.keyword == "unevaluatedProperties":
                pending += _parts(document, steps, node)
        return list(known)

    def _missing(self, violation: Violation) -> Complaint:
        names = violation.detail.get("properties") or [violation.detail["property"]]
        paths = [(*violation.path, name) for name in names]
        if len(names) > 1:
            choices = ", ".join(f"'{readable(each)}'" for each in paths)
            message = f"one of {choices} is missing"
            return Complaint(paths[0], message, f"add one of {listed(names)}")
        (name,) = names
        place = violation.place
        node = (
            self._schema.node(self._schema.followed((place[0], (*place[1], "properties", name))))
            if place is not None
            else None
        )
        about = self._described(node)
        fix = f"add '{name}': {about[0].lower()}{about[1:]}" if about else f"add '{name}'"
        return Complaint(paths[0], f"'{readable(paths[0])}' is missing", fix)


def _parts(
    document: str, steps: tuple[str, ...], node: Mapping[str, Json]
) -> list[tuple[str, tuple[str, ...]]]:
    """The places of the schemas that a schema is put together from."""
    lists = [
        (document, (*steps, key, str(index)))
        for key in ("allOf", "anyOf", "oneOf")
        for index in range(len(node[key]) if isinstance(node.get(key), list) else 0)
    ]
    return lists + [(document, (*steps, key)) for key in ("if", "then", "else") if key in node]


def _unexpected(violation: Violation) -> Sequence[str]:
    found = violation.detail.get("unexpected", ())
    return [each for each in islice(found, _MAX_UNEXPECTED) if isinstance(each, str)]


def _meant(violation: Violation) -> str | None:
    options = violation.detail.get("options", [violation.detail.get("expected_value")])
    if violation.keyword not in ("enum", "const") or not isinstance(violation.value, str):
        return None
    return only(violation.value, [each for each in options if isinstance(each, str)])


def _twice(violation: Violation) -> Complaint:
    items = violation.value if isinstance(violation.value, list) else []
    second = next((i for i, item in enumerate(items) if item in items[:i]), 0)
    message = f"{called(violation.path)} lists {shown(items[second])} twice"
    return Complaint((*violation.path, second), message, "delete one of the two")


def _wrong_name(violation: Violation) -> Complaint:
    inner = violation.branches[0][0]
    key = str(inner.value)
    message = f"'{key}' cannot be a name in {called(violation.path)}"
    pattern = inner.detail.get("pattern")
    fix = "choose another name" if pattern is None else f"write a name of the form '{pattern}'"
    return Complaint((*violation.path, key), message, fix, is_key=True)
