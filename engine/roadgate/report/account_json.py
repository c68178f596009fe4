"""The account of exceptions as public JSON: the same in every output that has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.model.exceptions import Account, DisabledPolicy, ExceptionEntry
from roadgate.model.source import ResourceRef
from roadgate.report.output_v1 import DisabledOutput, ExceptionOutput, ResourceOutput

if TYPE_CHECKING:
    from collections.abc import Iterable


def exceptions_output(account: Account) -> list[ExceptionOutput]:
    """Decisions that let something stand for a while."""
    return [
        ExceptionOutput(
            name=each.name,
            type=each.type,
            policy=each.policy,
            resources=[ResourceOutput(kind=ref.kind, name=ref.name) for ref in each.resources],
            date=each.date,
            until=each.until,
            standing=each.standing,
            findings=each.findings,
            approved_by=list(each.approved_by),
        )
        for each in account.exceptions
    ]


def disabled_output(account: Account) -> list[DisabledOutput]:
    """Policies that bindings switch off."""
    return [
        DisabledOutput(policy=each.policy, because=each.because, match=each.match)
        for each in account.disabled
    ]


def read_account(
    exceptions: Iterable[ExceptionOutput], disabled: Iterable[DisabledOutput]
) -> Account:
    """The account that was written."""
    return Account(
        tuple(
            ExceptionEntry(
                name=each.name,
                type=each.type,
                policy=each.policy,
                resources=tuple(ResourceRef(ref.kind, ref.name) for ref in each.resources),
                until=each.until,
                date=each.date,
                standing=each.standing,
                findings=each.findings,
                approved_by=tuple(each.approved_by),
            )
            for each in exceptions
        ),
        tuple(DisabledPolicy(each.policy, each.because, each.match) for each in disabled),
    )
