"""The policies that there are, as reports explain them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.model.finding import Severity
from roadgate.model.rule import Rule
from roadgate.pipeline.builtin import builtin_policies

if TYPE_CHECKING:
    from roadgate.model.roadmap import Roadmap


def rules(*roadmaps: Roadmap) -> tuple[Rule, ...]:
    """The built-in policies and those of the roadmaps, by id; the first of an id counts."""
    house = (each for roadmap in roadmaps for each in roadmap.policies.values())
    found: dict[str, Rule] = {}
    for each in (*builtin_policies(), *house):
        spec = each.body.spec
        fixes = dict.fromkeys(rule.fix for rule in spec.validations if rule.fix)
        rule = Rule(
            spec.id,
            each.body.metadata.title,
            spec.rationale,
            Severity(spec.severity),
            tuple(fixes),
        )
        found.setdefault(spec.id, rule)
    return tuple(found[id_] for id_ in sorted(found))
