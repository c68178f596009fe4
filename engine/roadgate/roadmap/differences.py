"""The fields in which two documents differ, by path. Lists of items with an id compare by id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from roadgate.model.canonical import canonical, is_absent, text

if TYPE_CHECKING:
    from roadgate.model.document import Data

_KEYS = ("id", "phase")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field, before and after."""

    field: str
    before: Data
    after: Data

    @property
    def texts(self) -> tuple[str | None, str | None]:
        """Both sides as YAML would write them."""
        return text(self.before), text(self.after)


def differences(old: Data, new: Data, field: str = "") -> Iterator[Difference]:
    """Every field that differs in meaning; spelling of numbers and order of keys do not count."""
    if _same(old, new):
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in _both(old, new):
            path = f"{field}.{key}" if field else key
            yield from differences(old.get(key), new.get(key), path)
        return
    before, after = keyed(old), keyed(new)
    if before is not None and after is not None:
        for key in _both(before, after):
            yield from differences(before.get(key), after.get(key), f"{field}[{key}]")
        return
    yield Difference(field, old, new)


def keyed(value: Data) -> Mapping[str, Mapping[str, Data]] | None:
    """A list's items by id, or by phase; None where not every item has one of its own."""
    if value is None:
        return {}
    if isinstance(value, (str, Mapping)) or not isinstance(value, Sequence):
        return None
    found: dict[str, Mapping[str, Data]] = {}
    for item in value:
        if not isinstance(item, Mapping):
            return None
        name = next((item[key] for key in _KEYS if isinstance(item.get(key), str)), None)
        if not isinstance(name, str) or name in found:
            return None
        found[name] = item
    return found


def _same(old: Data, new: Data) -> bool:
    before, after = canonical(old), canonical(new)
    return before == after or (is_absent(before) and is_absent(after))


def _both(old: Mapping[str, Data], new: Mapping[str, Data]) -> list[str]:
    return [str(key) for key in (*old, *(key for key in new if key not in old))]
