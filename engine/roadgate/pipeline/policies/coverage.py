"""``policy coverage``: which rules matched nothing, and which clauses no example shows failing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from roadgate.evaluate.policies import compile_policies, evaluate
from roadgate.model.coverage import ClauseCoverage, Coverage, PolicyCoverage
from roadgate.model.finding import Severity
from roadgate.pipeline.bound import bound_here
from roadgate.pipeline.builtin import builtin_policies
from roadgate.pipeline.examples import run_examples
from roadgate.pipeline.judging import judged
from roadgate.pipeline.reading import day, read
from roadgate.report.order import ordered

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from roadgate.model.custom import CustomKind
    from roadgate.model.kinds import Policy
    from roadgate.model.resource import Resource
    from roadgate.pipeline.workspace import Workspace


def coverage(workspace: Workspace, *, now: datetime, as_of: date | None) -> Coverage:
    """What has put each policy to the test: this repository, and its own examples.

    Raises:
        EnvironmentProblem: git, or a folder, cannot be read.
    """
    reading = read(workspace, None)
    config, kinds = reading.project.config, reading.project.governed
    house = tuple(reading.roadmap.policies.values())
    on = day(config, as_of, now)
    policies, broken = compile_policies(house, builtin_policies(), config, kinds)
    verdicts = judged(workspace, reading, on).judgements
    run = evaluate(policies, reading.roadmap, verdicts, None, None, on)
    off = {each.policy: each.binding.because or "" for each in bound_here(config) if each.disables}
    applied = {each.id: each for each in policies.policies}
    known: dict[str, Resource[Policy]] = {}
    for each in (*builtin_policies(), *house):
        known.setdefault(each.body.spec.id, each)
    own = {each.ref for each in house}
    rows = [
        PolicyCoverage(
            id=name,
            title=each.body.metadata.title,
            house=each.ref in own and each in house,
            matched=run.matched.get(name) if name not in run.not_evaluated else None,
            disabled=off.get(name),
            applies=name in applied,
            clauses=_clauses(each, kinds, house=each in house) if name in applied else (),
        )
        for name, each in sorted(known.items())
        if name in applied or name in off
    ]
    wrong = [each for each in broken if each.severity is Severity.ERROR]
    return Coverage(tuple(rows), tuple(ordered(reading.located(wrong))))


def _clauses(
    policy: Resource[Policy], kinds: Mapping[str, CustomKind], *, house: bool
) -> tuple[ClauseCoverage, ...]:
    """What the examples of a policy make of each of its clauses."""
    results = run_examples(policy, kinds, house=house)
    failed = {finding.clause for result in results for finding in result.found}
    ran = any(result.matched for result in results)

    def told(index: int) -> Literal["failed", "held", "never ran"]:
        if index in failed:
            return "failed"
        return "held" if ran else "never ran"

    return tuple(
        ClauseCoverage(index, each.expression, told(index))
        for index, each in enumerate(policy.body.spec.validations)
    )
