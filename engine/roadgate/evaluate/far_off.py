"""Bindings from a day in another age."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from roadgate.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadgate.model.kinds import Config

IDLE = "RG091"
_LONG_AGO, _SOON = date(2000, 1, 1), timedelta(days=366)


def far_off(config: Config, as_of: date) -> Iterator[Finding]:
    """Bindings whose ``from`` spares nothing, or everything for long."""
    for index, each in enumerate(config.spec.policies.bindings):
        if each.from_ is None or _LONG_AGO < each.from_ <= as_of + _SOON:
            continue
        text = (
            f"'from' spares nothing: no commitment is older than {each.from_}"
            if each.from_ <= _LONG_AGO
            else f"'{each.policy or each.pack}' spares every commitment until {each.from_}"
        )
        at = f"spec.policies.bindings[{index}].from"
        yield Finding(IDLE, Severity.WARNING, text, "correct the day, or delete it", field=at)
