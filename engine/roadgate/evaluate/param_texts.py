"""Values of parameters that nothing can be equal to: ``nxt``, where a horizon is compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roadgate.evaluate.hints import suggestion
from roadgate.model.field_path import join

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def strangers(
    values: Mapping[str, Any], expected: Mapping[str, set[str]]
) -> Iterator[tuple[str, str]]:
    """Each text among ``values`` that its parameter is never compared with: its place, and why."""
    for name, value in values.items():
        if name not in expected:
            continue
        several = isinstance(value, list | tuple)
        for position, text in enumerate(value if several else [value]):
            if isinstance(text, str) and text not in expected[name]:
                told = f"'{name}' is compared with what is never '{text}'"
                yield (
                    join((name, position) if several else (name,)),
                    told + suggestion(text, expected[name]),
                )
