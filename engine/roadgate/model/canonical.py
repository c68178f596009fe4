"""Plain data in one spelling, so that equal meanings compare equal and print alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from roadgate.model.document import Data

_PLAIN_EXPONENT = 60


def number_text(value: int | Decimal) -> str:
    """The shortest decimal text of a number: ``80``, ``80.0`` and ``8e1`` are all ``80``."""
    number = Decimal(value)
    if not number.is_finite():
        return str(number)
    if not number:
        return "0"
    sign, digits, exponent = number.as_tuple()
    shortest = "".join(map(str, digits)).rstrip("0")
    power = int(exponent) + len(digits) - len(shortest)
    if abs(power) + len(shortest) > _PLAIN_EXPONENT:
        return f"{'-' * sign}{shortest}e{power}"
    return format(Decimal((sign, tuple(map(int, shortest)), power)), "f")


def canonical(value: Data) -> Data:
    """One spelling: numbers as text, strings stripped, empty parts and nulls left out."""
    if isinstance(value, str):
        return value.strip()
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, (int, Decimal)):
        return number_text(value)
    if isinstance(value, (dict, Mapping)):
        parts = ((str(key), canonical(part)) for key, part in value.items())
        return {key: part for key, part in parts if not is_absent(part)}
    return [canonical(part) for part in value]


def is_absent(value: Data) -> bool:
    """Whether a value says no more than a missing one: null, or an empty list or mapping."""
    if value:
        return False
    return value is None or (isinstance(value, (Mapping, Sequence)) and not isinstance(value, str))


def text(value: Data) -> str | None:
    """A value on one line, as YAML would write it in flow style; None where it is absent."""
    return None if is_absent(value) else _flow(value)


def _flow(value: Data) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, (int, Decimal)):
        return number_text(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(part)}" for key, part in value.items()) + "}"
    return "[" + ", ".join(_flow(part) for part in value) + "]"
