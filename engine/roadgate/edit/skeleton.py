"""Write a new document: what is known as it is, everything else as comments that teach it."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from roadgate.model import writing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from roadgate.model.document import Data

_WIDTH = 96


@dataclass(frozen=True, slots=True)
class Hint:
    """A field as a newcomer needs it: what it is for, and how it looks."""

    name: str
    description: str
    sample: Data = None
    """A value that it could have; None where it is not suggested."""


def section(values: Mapping[str, Data], hints: Sequence[Hint], indent: int) -> list[str]:
    """The fields of a mapping by lines: each below what it is for, unknown ones in comments."""
    lines: list[str] = []
    for hint in hints:
        is_known = hint.name in values
        if not is_known and hint.sample is None:
            continue
        lines += comment(hint.description, indent)
        value = values[hint.name] if is_known else hint.sample
        lines += _field(hint.name, value, indent, mark="" if is_known else "# ")
    known = {each.name for each in hints}
    for name in values.keys() - known:
        lines += _field(name, values[name], indent, mark="")
    return lines


def comment(text: str, indent: int) -> Iterator[str]:
    """Text as comment lines."""
    lead = f"{' ' * indent}# "
    return iter(wrap(text, _WIDTH, initial_indent=lead, subsequent_indent=lead))


def _field(name: str, value: Data, indent: int, mark: str) -> Iterator[str]:
    pad = " " * indent
    for line in f"{writing.key(name)}:{writing.block(value, 0, chr(10))}".split("\n"):
        yield f"{pad}{mark}{line}"
