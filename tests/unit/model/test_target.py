"""Targets: what was written, and what it asks for."""

from __future__ import annotations

import copy
from fractions import Fraction

from roadgate.model.condition import Comparison
from roadgate.model.target import Target


def test_a_target_knows_its_text_and_what_it_asks_for() -> None:
    """What was written stays as it was written; what it asks for is read once, with its unit."""
    target = Target("<=  99.9 %")

    assert (target, target.problem) == ("<=  99.9 %", "")
    assert target.condition == Comparison("<=", Fraction("99.9"), "%")
    assert copy.deepcopy(target).condition == target.condition


def test_a_target_that_cannot_be_read_says_why() -> None:
    """Nothing is refused: whoever judges it says that it cannot be judged."""
    target = Target("=< 5")

    assert (target, target.condition) == ("=< 5", None)
    assert target.problem == 'write "<=" instead of "=<"'
