"""Functions on lists: of numbers and texts, and of resources by the path of a field."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from roadgate.evaluate.fields import FieldType
from roadgate.evaluate.functions.declared import OF_ANYTHING, HostFunction
from roadgate.evaluate.functions.host import ask
from roadgate.evaluate.functions.paths import values_at

if TYPE_CHECKING:
    from collections.abc import Sequence

_STRING, _INT, _DOUBLE = FieldType("string"), FieldType("int"), FieldType("double")
_INTS, _DOUBLES, _STRINGS = (FieldType(name, "list") for name in ("int", "double", "string"))
_ONE, _LIST = FieldType(OF_ANYTHING), FieldType(OF_ANYTHING, "list")


def total(numbers: Sequence[float | None]) -> float:
    """Add up a list of numbers.

    Raises:
        ValueError: one of them is absent, so that the sum is unknown.
    """
    present: list[float] = _present(numbers, "sum")
    return sum(present)


def average(numbers: Sequence[float | None]) -> float:
    """The mean of a list of numbers.

    Raises:
        ValueError: there is none, or one of them is absent.
    """
    present = _some(numbers, "avg")
    return float(sum(present)) / len(present)


def least(values: Sequence[Any]) -> Any:  # noqa: ANN401 (whatever is in the list)
    """The smallest number, or the first text or day.

    Raises:
        ValueError: there is none, or one of them is absent.
    """
    return min(_some(values, "min"))


def most(values: Sequence[Any]) -> Any:  # noqa: ANN401 (whatever is in the list)
    """The largest number, or the last text or day.

    Raises:
        ValueError: there is none, or one of them is absent.
    """
    return max(_some(values, "max"))


def distinct(values: Sequence[Any]) -> list[Any]:
    """Each value once, in the order in which they first come.

    Raises:
        ValueError: one of them is absent.
    """
    return list(dict.fromkeys(_present(values, "distinct")))


def _some(values: Sequence[Any], name: str) -> list[Any]:
    if not values:
        raise ValueError(f"{name}() of an empty list")
    return _present(values, name)


def _present(values: Sequence[Any], name: str) -> list[Any]:
    present = [each for each in values if each is not None]
    if len(present) != len(values):
        raise ValueError(f"{name}() of a list in which a value is absent")
    return present


def having(resources: Sequence[Any], path: str) -> list[Any]:
    """Those in which a field is set."""
    return [each for each in resources if values_at(each, path)]


def lacking(resources: Sequence[Any], path: str) -> list[Any]:
    """Those in which a field is not set."""
    return [each for each in resources if not values_at(each, path)]


def only(resources: Sequence[Any], path: str, value: str) -> list[Any]:
    """Those in which a field has a value, or a list holds it."""
    return [each for each in resources if value in values_at(each, path)]


def total_of(resources: Sequence[Any], path: str) -> float:
    """The sum of a field's numbers.

    Raises:
        ValueError: the field is absent in one of them, or holds no number.
    """
    found: list[float] = []
    for each in resources:
        values = values_at(each, path)
        if not values:
            raise ValueError(f"total('{path}') of a list in which it is absent")
        found += values
    if any(isinstance(each, (str, bool)) for each in found):
        raise ValueError(f"total('{path}') is asked of what is no number")
    return float(sum(found))


def tally(resources: Sequence[Any], path: str) -> dict[str, int]:
    """How many of them have each value of a field."""
    counted = Counter(
        str(value) for each in resources for value in dict.fromkeys(values_at(each, path))
    )
    return dict(sorted(counted.items()))


LIST_FUNCTIONS = (
    HostFunction(
        "sum",
        (_INTS,),
        _INT,
        total,
        "the sum; an error when a number is absent",
        "[1, 2].sum() == 3",
        is_member=True,
    ),
    HostFunction(
        "sum", (_DOUBLES,), _DOUBLE, total, "the same", "[1.5, 2.0].sum() == 3.5", is_member=True
    ),
    HostFunction(
        "avg",
        (_INTS,),
        _DOUBLE,
        average,
        "the mean; an error when the list is empty or a number is absent",
        "[1, 2].avg() == 1.5",
        is_member=True,
    ),
    HostFunction(
        "avg", (_DOUBLES,), _DOUBLE, average, "the same", "[1.5, 2.5].avg() == 2.0", is_member=True
    ),
    HostFunction(
        "min",
        (_LIST,),
        _ONE,
        least,
        "the smallest number, the first text or the earliest day; an error when the list is empty",
        "['2026-02-01', '2026-01-31'].min() == '2026-01-31'",
        is_member=True,
    ),
    HostFunction(
        "max",
        (_LIST,),
        _ONE,
        most,
        "the largest number, the last text or the latest day; an error when the list is empty",
        "[3, 5, 4].max() == 5",
        is_member=True,
    ),
    HostFunction(
        "distinct",
        (_LIST,),
        _LIST,
        distinct,
        "each value once, in the order in which they first come",
        "['a', 'b', 'a'].distinct() == ['a', 'b']",
        is_member=True,
    ),
    HostFunction(
        "having",
        (_LIST, _STRING),
        _LIST,
        having,
        "the resources in which the field is set; a list must hold something",
        "roadmap.initiatives.having('spec.rice').size() == 2",
        is_member=True,
        arguments=("", "field"),
    ),
    HostFunction(
        "lacking",
        (_LIST, _STRING),
        _LIST,
        lacking,
        "the resources in which the field is not set",
        "roadmap.initiatives.lacking('spec.rice').size() == 1",
        is_member=True,
        arguments=("", "field"),
    ),
    HostFunction(
        "only",
        (_LIST, _STRING, _STRING),
        _LIST,
        only,
        "the resources in which the field has the value, or the list holds it",
        "roadmap.initiatives.only('spec.horizon', 'now').size() == 1",
        is_member=True,
        arguments=("", "field", "value"),
    ),
    HostFunction(
        "total",
        (_LIST, _STRING),
        _DOUBLE,
        total_of,
        "the sum of the field's numbers; an error when one is absent",
        "roadmap.initiatives.having('spec.rice').total('spec.rice.effort') == 6.0",
        is_member=True,
        arguments=("", "field"),
    ),
    HostFunction(
        "tally",
        (_LIST, _STRING),
        FieldType("int", "map"),
        tally,
        "how many resources have each value of the field",
        "roadmap.initiatives.tally('spec.horizon')['now'] == 1",
        is_member=True,
        arguments=("", "field"),
    ),
    HostFunction(
        "named",
        (_LIST,),
        _STRING,
        ask("named"),
        "the resources' names for a message: five at most, then how many more",
        "roadmap.initiatives.only('spec.horizon', 'now').named() == \"'faster-ci'\"",
        is_member=True,
        reads=frozenset({"metadata", "name"}),
    ),
)
