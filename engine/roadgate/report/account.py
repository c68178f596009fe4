"""The account of exceptions in words: what Decisions and bindings let off on the day judged."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from roadgate.model.exceptions import Standing
from roadgate.report.words import plural

if TYPE_CHECKING:
    from roadgate.model.exceptions import Account, DisabledPolicy, ExceptionEntry

_STANDINGS = {
    Standing.USED: "used",
    Standing.EXPIRING: "used and ending within 14 days",
    Standing.AWAITING: "awaiting approval",
    Standing.LATER: "still to come",
    Standing.UNUSED: "unused",
    Standing.EXPIRED: "expired",
    Standing.REFUSED: "refused",
    Standing.UNKNOWN_POLICY: "of an unknown policy",
}
"""In the order in which they are told."""


def exceptions_line(account: Account) -> str:
    """``exceptions by Decision: 2 used, 1 expired``."""
    counted = Counter(each.standing for each in account.exceptions)
    told = [f"{counted[each]} {_STANDINGS[each]}" for each in _STANDINGS if counted[each]]
    return f"exceptions by Decision: {', '.join(told)}"


def told_exceptions(account: Account) -> list[tuple[str, str, str]]:
    """Of each exception its standing, what it is, and what would be without it; the used first."""
    order = list(_STANDINGS)
    return [
        (each.standing.value, _what(each), _worth(each))
        for each in sorted(account.exceptions, key=lambda each: order.index(each.standing))
    ]


def _what(entry: ExceptionEntry) -> str:
    """``waive RG101 for Initiative/faster-ci until 2026-08-01 ('small-pilot')``."""
    policy = f" {entry.policy}" if entry.policy else ""
    whom = f" for {', '.join(map(str, entry.resources))}" if entry.resources else ""
    until = f" until {entry.until}" if entry.until else ""
    return f"{entry.type}{policy}{whom}{until} ('{entry.name}')"


def _worth(entry: ExceptionEntry) -> str:
    told = []
    if entry.findings:
        told.append(f"{plural(entry.findings, 'finding')} would fail without it")
    if entry.approved_by:
        told.append(f"approved by {', '.join(entry.approved_by)}")
    return ", ".join(told)


def told_disabled(disabled: DisabledPolicy) -> str:
    """``RG412 for owner checkout: no journeys yet``."""
    match = f" for {disabled.match}" if disabled.match else ""
    return f"{disabled.policy}{match}: {disabled.because}"
