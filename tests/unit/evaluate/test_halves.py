"""Two processes answer as one does."""

from __future__ import annotations

import os

import pytest

from roadgate.evaluate import halves


@pytest.mark.parametrize("count", [0, 1, 7, 999, 1_000, 1_001, 5_000])
def test_answers_come_in_order(count: int) -> None:
    """Each number has its own answer, whoever gave it; None is an answer too."""

    def answer(number: int) -> str | None:
        return None if number % 5 == 0 else str(number)

    assert halves.answers(count, answer) == [answer(each) for each in range(count)]


def test_a_child_that_dies_costs_time_only() -> None:
    """What the other process owes is answered here."""
    here = os.getpid()

    def answer(number: int) -> str:
        if os.getpid() != here:
            os._exit(9)
        return str(number)

    assert halves.answers(2_000, answer) == [str(each) for each in range(2_000)]


def test_a_failure_here_is_raised_and_leaves_nobody_behind() -> None:
    """An error of ours ends both, also when the other has much to say."""
    here = os.getpid()

    def answer(number: int) -> str:
        if os.getpid() == here and number == 3:
            raise ValueError("here")
        return "x" * 1_000

    with pytest.raises(ValueError, match="here"):
        halves.answers(2_000, answer)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
