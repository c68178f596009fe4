"""A condition that is none is answered with the one that was meant."""

from __future__ import annotations

import pytest

from roadgate.model.condition import parse_condition


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("at least 80", 'write ">= 80"'),
        ("At most 5 min", 'write "<= 5 min"'),
        ("more than 3", 'write "> 3"'),
        ("below 2.5 %", 'write "< 2.5 %"'),
        ("2-4", 'write "between 2 and 4"'),
        ("from 2 to 4 min", 'write "between 2 and 4 min"'),
        ("-40%", 'write "<= baseline - 40%"'),
        ("+10 %", 'write ">= baseline + 10%"'),
        (">= 16,7", "write 16.7: decimals take a point"),
        (">= 1,000", "write the number without separators, such as 1000"),
        ("\u201c>= 80\u201d", 'write it with straight quotes: ">= 80"'),
        ("≥ 80", 'write ">=" instead of "≥"'),
        ("80", 'write an operator before the number, such as ">= 80" or "<= 80"'),
        ("fast", "write an operator with a number"),
    ],
)
def test_the_answer_is_what_was_meant(written: str, answer: str) -> None:
    """People write conditions in words; each gets its own answer."""
    with pytest.raises(ValueError, match="write") as problem:
        parse_condition(written)

    assert str(problem.value).startswith(answer)
