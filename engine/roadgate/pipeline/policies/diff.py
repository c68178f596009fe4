"""``policy diff``: what a change of policies would do to the roadmap as it is."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from roadgate.evaluate.policies import compile_policies, evaluate
from roadgate.evaluate.suppression import suppress
from roadgate.model.finding import Severity
from roadgate.model.policy_diff import PolicyDiff, Reweighed
from roadgate.pipeline.builtin import builtin_policies
from roadgate.pipeline.judging import judged
from roadgate.pipeline.reading import Reading, day, read
from roadgate.report.order import ordered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime
    from typing import TypeAlias

    from roadgate.evaluate.policies import PolicySet
    from roadgate.evaluate.verdicts import Judgements
    from roadgate.model.finding import Finding
    from roadgate.pipeline.workspace import Workspace

    Key: TypeAlias = tuple[str, str, str, int | None]

_ENGINE = "RG0"


def diff(
    workspace: Workspace, base: str, head: str | None, *, now: datetime, as_of: date | None
) -> PolicyDiff:
    """Judge the roadmap on disk by the policies of ``base`` and of ``head``.

    ``head`` None takes the policies on disk, too.

    Raises:
        EnvironmentProblem: a revision cannot be read.
    """
    today = read(workspace, None)
    on = day(today.project.config, as_of, now)
    verdicts = judged(workspace, today, on).judgements
    first = read(workspace, base)
    second = read(workspace, head) if head is not None else today
    old, _ = _policies(first, today)
    new, broken = _policies(second, today)
    before = _findings(old, today, verdicts, on)
    after = _findings(new, today, verdicts, on)
    ids, more = {each.id for each in old.policies}, {each.id for each in new.policies}
    return PolicyDiff(
        as_of=on,
        base=first.tree.revision or base,
        head=second.tree.revision,
        added=tuple(sorted(more - ids)),
        removed=tuple(sorted(ids - more)),
        appear=_only(after, before, today),
        disappear=_only(before, after, today),
        change=_reweighed(before, after, today),
        problems=tuple(
            ordered(second.located(each for each in broken if each.severity is Severity.ERROR))
        ),
    )


def _policies(reading: Reading, today: Reading) -> tuple[PolicySet, list[Finding]]:
    house = tuple(reading.roadmap.policies.values())
    return compile_policies(
        house, builtin_policies(), reading.project.config, today.project.governed
    )


def _findings(
    policies: PolicySet, today: Reading, verdicts: Judgements, on: date
) -> Mapping[Key, list[Finding]]:
    run = evaluate(policies, today.roadmap, verdicts, None, None, on)
    told = suppress(run.findings, today.roadmap, on, used=run.used)
    found: dict[Key, list[Finding]] = defaultdict(list)
    for each in told:
        if not each.id.startswith(_ENGINE):
            about = str(each.resource) if each.resource is not None else each.group
            found[each.id, about, each.field or "", each.clause].append(each)
    return found


def _only(
    one: Mapping[Key, list[Finding]], other: Mapping[Key, list[Finding]], today: Reading
) -> tuple[Finding, ...]:
    """What one side has more of."""
    more = [each for key, found in one.items() for each in found[len(other.get(key, ())) :]]
    return tuple(ordered(today.located(more)))


def _reweighed(
    before: Mapping[Key, list[Finding]], after: Mapping[Key, list[Finding]], today: Reading
) -> tuple[Reweighed, ...]:
    pairs = [
        pair
        for key in sorted(before, key=str)
        for pair in zip(before[key], after.get(key, ()), strict=False)
    ]
    return tuple(
        Reweighed(*_located(pair, today)) for pair in pairs if _weight(pair[0]) != _weight(pair[1])
    )


def _located(pair: Iterable[Finding], today: Reading) -> Sequence[Finding]:
    return today.located(pair)


def _weight(finding: Finding) -> tuple[object, ...]:
    return finding.severity, finding.enforcement, finding.suppressed is None
