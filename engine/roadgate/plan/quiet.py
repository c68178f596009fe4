"""Days on which nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from roadgate.model.kinds import Config

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def quiet_because(config: Config, day: date) -> str:
    """Why no issue is written on ``day``; empty where one may be."""
    for each in config.spec.calendar.freeze:
        if each.from_ <= day <= each.to:
            return f"frozen from {each.from_.isoformat()} to {each.to.isoformat()}"
    quiet = config.spec.github.quiet
    name = _DAYS[day.weekday()]
    if quiet is not None and name in quiet.days:
        return f"{day.isoformat()} is a {name.capitalize()}, a quiet day"
    return ""
