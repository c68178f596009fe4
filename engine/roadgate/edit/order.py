"""The canonical order of fields: that of the models, identity first."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Union, get_args, get_origin

from pydantic import BaseModel

from roadgate.model.kinds import KINDS, Config

if TYPE_CHECKING:
    from collections.abc import Mapping

_FIRST = ("apiVersion", "kind", "metadata", "id")
_TERMS = ("target", "when")
"""What a baseline stands behind."""


@dataclass(frozen=True, slots=True)
class Order:
    """The fields of one mapping in order, and the order within them."""

    names: tuple[str, ...] = ()
    inside: Mapping[str, Order] = field(default_factory=dict)
    every: Order | None = None
    """Within the values of a map whose keys are free."""

    def within(self, name: str) -> Order | None:
        """The order within a field."""
        return self.inside.get(name, self.every)


def order_of_kind(kind: object) -> Order | None:
    """The order of a document's fields; None for a kind that is none of roadgate's."""
    if kind == Config.KIND:
        return _of_model(Config)
    model = KINDS.get(kind) if isinstance(kind, str) else None
    return _of_model(model) if model is not None else None


@cache
def _of_model(model: type[BaseModel]) -> Order:
    names, inside = [], {}
    for key, info in model.model_fields.items():
        name = info.alias or key
        names.append(name)
        if (order := _of_annotation(info.annotation)) is not None:
            inside[name] = order
    return Order(tuple(_arranged(names)), inside)


def _arranged(names: list[str]) -> list[str]:
    leading = [each for each in _FIRST if each in names]
    rest = [each for each in names if each not in leading]
    term = next((each for each in _TERMS if each in rest), None)
    if term and "baseline" in rest and rest.index(term) < rest.index("baseline"):
        rest.remove("baseline")  # it is inherited, and read with what is compared with it
        rest.insert(rest.index(term) + 1, "baseline")
    return [*leading, *rest]


def _of_annotation(annotation: object) -> Order | None:
    """The order within a value of a type; lists have that of their items."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated or origin is tuple:
        return _of_annotation(arguments[0])
    if origin in (Union, UnionType):
        return next((found for each in arguments if (found := _of_annotation(each))), None)
    if origin is dict:
        every = _of_annotation(arguments[1])
        return Order(every=every) if every else None
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _of_model(annotation)
    return None
