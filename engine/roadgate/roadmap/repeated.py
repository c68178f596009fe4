"""Ids that stand twice in one list: an item would have no identity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.model.finding import Finding, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from roadgate.model.kinds import Initiative
    from roadgate.model.source import ResourceRef


def repeated(ref: ResourceRef, body: Initiative) -> Iterator[Finding]:
    """A finding for each id of an initiative's lists that another item has already."""
    spec = body.spec
    for name, key, ids in (
        ("successCriteria", "id", [each.id for each in spec.success_criteria]),
        ("killThresholds", "id", [each.id for each in spec.kill_thresholds]),
        ("guardrails", "id", [each.id for each in spec.guardrails]),
        ("nfrs", "id", [each.id for each in spec.nfrs]),
        ("milestones", "id", [each.id for each in spec.milestones]),
        ("rollout", "phase", [each.phase for each in spec.rollout]),
    ):
        yield from _in_list(ref, f"spec.{name}", key, ids)


def _in_list(ref: ResourceRef, place: str, key: str, ids: Sequence[str]) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for position, each in enumerate(ids):
        other = first.setdefault(each, position)
        if other != position:
            yield Finding(
                "RG011",
                Severity.ERROR,
                f"the {key} '{each}' stands twice in '{place}'",
                "give one of the two another",
                resource=ref,
                field=f"{place}[{position}].{key}",
                related=(
                    Related("first used here", resource=ref, field=f"{place}[{other}].{key}"),
                ),
            )
