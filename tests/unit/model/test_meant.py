"""Values of the wrong form: what they can only have meant, and what nobody can tell."""

from __future__ import annotations

from decimal import Decimal

import pytest

from roadgate.model.meant import amount_meant, answer_meant, day_meant, days_meant, number_meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-7-1", "2026-07-01"),
        ("2026/07/31", "2026-07-31"),
        ("2026.7.31", "2026-07-31"),
        (20260731, "2026-07-31"),
        ("20260731", "2026-07-31"),
        ("2026-07-31T00:00:00Z", "2026-07-31"),
        ("2026-07-31 00:00:00", "2026-07-31"),
        ("2026-07-31T00:00:00.000+00:00", "2026-07-31"),
        ("07/08/2026", None),  # July or August
        ("2026-07-31T09:30:00Z", None),  # a moment, not a day
        ("2026-07-31T00:00:00+02:00", None),  # 30 July in UTC
        ("2026-02-30", None),
        ("2026/31/07", None),
        ("2026-07/31", None),
        (2026, None),
        (99990101, None),
        (True, None),
        ("soon", None),
    ],
)
def test_days(written: object, meant: str | None) -> None:
    """The year first and midnight are certain; everything that reads two ways is not."""
    assert day_meant(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("14 days", "14d"), ("14D", "14d"), ("1 day", "1d"), ("2 weeks", "14d"), ("2w", "14d"),
        ("P14D", "14d"), ("1 month", None), ("14", None), ("2 quarters", None),
        ("99999 weeks", None), (14, None),
    ],
)  # fmt: skip
def test_durations(written: object, meant: str | None) -> None:
    """Days and weeks have one length, months do not."""
    assert days_meant(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("80", 80), ("-1.50", Decimal("-1.50")), (" 7 ", 7), ("1,000", None), ("80%", None),
        ("1e3", None), ("many", None), (80, None),
    ],
)  # fmt: skip
def test_numbers(written: object, meant: int | Decimal | None) -> None:
    """A number in quotes is a number; one with separators or units is not certain."""
    found = number_meant(written)

    assert (found, str(found)) == (meant, str(meant))


def test_percentages_and_answers() -> None:
    """A unit says again what the field says; yes and no are true and false."""
    assert amount_meant("80 %", "In percent: high 100.") == 80
    assert amount_meant("1.5 person-months", "Person-months.") == Decimal("1.5")
    assert amount_meant("2 hours", "Person-months.") is None
    assert amount_meant("80 %", "In the metric's unit.") is None
    assert [answer_meant(word) for word in ("yes", "True", "off", "maybe", None)] == [
        True, True, False, None, None,
    ]  # fmt: skip
