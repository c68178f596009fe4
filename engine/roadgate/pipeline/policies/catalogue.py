"""``policy list``: every policy there is for a project, and how it is bound here."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from roadgate.evaluate.bindings import presets
from roadgate.evaluate.policies import PolicyRun, PolicySet, compile_policies, evaluate
from roadgate.evaluate.suppression import suppress
from roadgate.model.catalogue import Catalogue, PolicyEntry
from roadgate.model.finding import Enforcement, Severity
from roadgate.model.packs import PACK
from roadgate.pipeline.bound import switched_off
from roadgate.pipeline.builtin import builtin_policies
from roadgate.pipeline.judging import judged
from roadgate.pipeline.reading import Reading, day, read
from roadgate.report.order import ordered

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from roadgate.model.kinds import Policy
    from roadgate.model.resource import Resource
    from roadgate.pipeline.workspace import Workspace

HOUSE = "house"


def catalogue(workspace: Workspace, *, now: datetime, as_of: date | None) -> Catalogue:
    """Every policy, with what it matches and finds on the files as they stand.

    Raises:
        EnvironmentProblem: git, or a folder, cannot be read.
    """
    reading = read(workspace, None)
    on = day(reading.project.config, as_of, now)
    house = tuple(reading.roadmap.policies.values())
    policies, broken = compile_policies(
        house, builtin_policies(), reading.project.config, reading.project.governed
    )
    verdicts = judged(workspace, reading, on).judgements
    run = evaluate(policies, reading.roadmap, verdicts, None, None, on)
    failing = _failing(run, reading, on)
    shipped = builtin_policies()
    known = {each.body.spec.id: each for each in shipped}
    entries = [
        _entry(
            each,
            each.body.metadata.labels.get(PACK, HOUSE) if known.get(name) is each else HOUSE,
            reading,
            policies,
            run,
            failing,
        )
        for name, each in _by_id((*shipped, *house)).items()
    ]
    wrong = [each for each in (*reading.findings, *broken) if each.severity is Severity.ERROR]
    return Catalogue(
        on,
        tuple(sorted(entries, key=lambda each: each.id)),
        tuple(ordered(reading.located(wrong))),
    )


def _by_id(policies: Iterable[Resource[Policy]]) -> dict[str, Resource[Policy]]:
    """Of two policies with one id the first counts."""
    found: dict[str, Resource[Policy]] = {}
    for each in policies:
        found.setdefault(each.body.spec.id, each)
    return found


def _presets_of(policy: str) -> tuple[str, ...]:
    """The presets that a policy belongs to, the smallest first."""
    return tuple(name for name, ids in presets(builtin_policies()).items() if policy in ids)


def _failing(run: PolicyRun, reading: Reading, on: date) -> Counter[str]:
    """On how many resources, or groups of them, each policy finds what no Decision sets aside."""
    told = suppress(run.findings, reading.roadmap, on, used=run.used)
    found = {(each.id, each.resource or each.message) for each in told if each.suppressed is None}
    return Counter(name for name, _ in found)


def _entry(  # noqa: PLR0913, PLR0917 - a row of a table, from the tables that it joins
    policy: Resource[Policy],
    pack: str,
    reading: Reading,
    policies: PolicySet,
    run: PolicyRun,
    failing: Counter[str],
) -> PolicyEntry:
    spec = policy.body.spec
    off = switched_off(reading.project.config)
    applied = next((each for each in policies.policies if each.id == spec.id), None)
    disabled = spec.id in off and applied is None
    own = Enforcement.DISABLED if disabled else Enforcement(spec.enforcement)
    counted = applied is not None and spec.id not in run.not_evaluated
    return PolicyEntry(
        id=spec.id,
        title=policy.body.metadata.title,
        pack=pack,
        scope=spec.scope,
        severity=applied.severity if applied is not None else Severity(spec.severity),
        enforcement=applied.enforcement if applied is not None else own,
        presets=_presets_of(spec.id),
        applies=applied is not None,
        because=off[spec.id] if disabled else "",
        since=applied.since if applied is not None else None,
        matched=run.matched.get(spec.id, 0) if counted else None,
        failing=failing[spec.id] if counted else None,
    )
