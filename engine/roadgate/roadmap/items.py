"""Where an item of a list stands: by its id, or by its position where the id does not tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


Item = TypeVar("Item", bound=_Identified)


def placed(place: str, items: Sequence[Item]) -> Iterator[tuple[str, Item]]:
    """Each item with its field path: ``spec.guardrails[flakes]``.

    The second item of an id is ``spec.guardrails[1]``, since its id would lead to the first; so is
    an item whose id is a number, which would be read as a position.
    """
    seen: set[str] = set()
    for position, item in enumerate(items):
        tells = item.id not in seen and not item.id.isdecimal()
        seen.add(item.id)
        yield f"{place}[{item.id if tells else position}]", item
