"""Hold the result of an edit against what it was meant to change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from roadgate.edit.splice import Refused, spliced
from roadgate.model.writing import is_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadgate.edit.splice import Splice
    from roadgate.model.document import Data
    from roadgate.model.outline import Outline, Path, Reader


@dataclass(frozen=True, slots=True)
class Meant:
    """What an edit means: a value at a path of one document, or another name for its key."""

    index: int
    path: Path
    value: Data = None
    name: str | None = None
    """The new key; the value stays then."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Changes of a text, and what they mean."""

    splices: tuple[Splice, ...]
    meant: tuple[Meant, ...]


def applied(outline: Outline, edits: Iterable[Edit], read: Reader) -> Outline:
    """The outline of the text with all edits made.

    Raises:
        Refused: they touch one another, or would change anything else than they mean to.
    """
    every = list(edits)
    text = spliced(outline.text, (splice for edit in every for splice in edit.splices))
    after = read(text)
    if after is None:
        raise Refused("the file could not be read afterwards")
    wanted: list[Data] = [section.data for section in outline.sections]
    for meant in (meant for edit in every for meant in edit.meant):
        wanted[meant.index] = _changed(wanted[meant.index], meant.path, meant)
    found = [section.data for section in after.sections]
    if not same(wanted, found):
        raise Refused("other values of the file would change with it")
    return after


def same(one: Data, other: Data) -> bool:
    """Whether two values are the same, in type too; the order of keys is no difference."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if is_list(one) and is_list(other):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return one.as_tuple() == other.as_tuple()
    return type(one) is type(other) and one == other


def _changed(data: Data, path: Path, meant: Meant) -> Data:
    """A copy of the data with the change made; what lies beside the path is not copied."""
    if not path:
        return meant.value
    step, *rest = path
    if isinstance(data, Mapping) and isinstance(step, str):
        if not rest and meant.name is not None:
            return {meant.name if key == step else key: value for key, value in data.items()}
        return {**data, step: _changed(data.get(step), tuple(rest), meant)}
    items = list(data) if is_list(data) else []
    if not isinstance(step, int) or step > len(items):
        return {step: _changed(None, tuple(rest), meant)} if isinstance(step, str) else data
    items[step:] = [
        _changed(items[step] if step < len(items) else None, tuple(rest), meant),
        *items[step + 1 :],
    ]
    return items
