"""Units that count the same otherwise."""

from __future__ import annotations

from fractions import Fraction

import pytest

from roadgate.model.units import conversion, factor


@pytest.mark.parametrize(
    ("before", "after", "many", "words"),
    [
        ("min", "s", 60, "1 min = 60 s"),
        ("s", "min", Fraction(1, 60), "1 min = 60 s"),
        ("minutes", "hours", Fraction(1, 60), "1 hours = 60 minutes"),
        ("GB", "MB", 1000, "1 GB = 1000 MB"),
        ("%", "percent", 1, "1 % = 1 percent"),
        ("min", "%", None, ""),
        ("builds", "s", None, ""),
        ("", "s", None, ""),
    ],
)
def test_how_many_of_one_make_another(
    before: str, after: str, many: Fraction | int | None, words: str
) -> None:
    """Exactly, within a family of units; between families there is no answer."""
    assert factor(before, after) == many
    assert conversion(before, after) == words
