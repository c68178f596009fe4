"""Fields that are each well-formed and together mean nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from roadgate.model.condition import parse_condition, unit_matches
from roadgate.model.finding import Finding, Severity
from roadgate.model.kinds import Decision, Evidence, Initiative, Metric
from roadgate.model.kinds.decision import NEEDS_LEARNED, NEEDS_UNTIL
from roadgate.model.source import ResourceRef
from roadgate.roadmap.items import placed
from roadgate.roadmap.repeated import repeated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from roadgate.model.kinds.conditions import (
        Exit,
        Guardrail,
        Judged,
        KillThreshold,
        Nfr,
        SuccessCriterion,
    )
    from roadgate.model.kinds.config import ConfigSpec
    from roadgate.model.resource import Resource
    from roadgate.roadmap.index import Index

Problem = tuple[str, str, str]
"""A field, a message and a fix."""
_SHOWN = 80
_ADD = {
    "until": "add 'until', the last day on which it holds",
    "tradeoff": "add 'tradeoff': what this displaces, and what that would have been worth",
    "learned": "add 'learned': what the next team should know",
}


def meaningless(index: Index, config: ConfigSpec) -> list[Finding]:
    """A finding for everything that has no meaning, by resource."""
    findings: list[Finding] = []
    for name, initiative in index.of(Initiative).items():
        findings += _initiative(ResourceRef("Initiative", name), initiative.body, index)
    for name, metric in index.of(Metric).items():
        findings += _metric(ResourceRef("Metric", name), metric)
    for name, evidence in index.of(Evidence).items():
        findings += _evidence(ResourceRef("Evidence", name), evidence.body)
    for name, decision in index.of(Decision).items():
        findings += _decision(ResourceRef("Decision", name), decision.body)
    for position, freeze in enumerate(config.calendar.freeze):
        if freeze.from_ > freeze.to:
            message = f"the freeze ends on {freeze.to}, before it begins on {freeze.from_}"
            field = f"spec.calendar.freeze[{position}]"
            findings.append(_finding("RG010", None, field, message, "swap the two dates"))
    return findings


def _finding(code: str, ref: ResourceRef | None, field: str, message: str, fix: str) -> Finding:
    return Finding(code, Severity.ERROR, message, fix, resource=ref, field=field)


def _initiative(ref: ResourceRef, body: Initiative, index: Index) -> Iterator[Finding]:
    for field, message, fix in (
        *_criteria(body, index),
        *_thresholds(body, index),
        *_guardrails(body, index),
        *_exits(body, index),
    ):
        yield _finding("RG010", ref, field, message, fix)
    yield from repeated(ref, body)
    if body.spec.horizon == "now":
        yield from _now(ref, body)


def _criteria(body: Initiative, index: Index) -> Iterator[Problem]:
    for place, criterion in placed("spec.successCriteria", body.spec.success_criteria):
        yield from _within(place, _reading(criterion))
        yield from _within(place, _either_metric_or_question(criterion))
        yield from _within(place, _too_early(criterion, body.spec.committed))
        if criterion.target is not None and criterion.metric is not None:
            metric = index.get(Metric, criterion.metric)
            baseline = criterion.baseline is not None
            yield from condition(f"{place}.target", criterion.target, metric, has_baseline=baseline)


def _too_early(criterion: SuccessCriterion, committed: date | None) -> Iterator[Problem]:
    start, by = criterion.from_, criterion.by
    if start is not None and start > by:
        yield "from", f"'from' ({start}) is after 'by' ({by})", "swap the two dates"
    elif start is None and criterion.metric and committed is not None and committed > by:
        message = f"'by' ({by}) is before the day of the commitment ({committed})"
        yield "by", message, "write a later 'by', or an earlier 'from'"


def _thresholds(body: Initiative, index: Index) -> Iterator[Problem]:
    for place, threshold in placed("spec.killThresholds", body.spec.kill_thresholds):
        yield from _within(place, _reading(threshold))
        yield from _within(place, _check_dates(threshold))
        metric = index.get(Metric, threshold.metric)
        baseline = threshold.baseline is not None
        yield from condition(f"{place}.when", threshold.when, metric, has_baseline=baseline)


def _guardrails(body: Initiative, index: Index) -> Iterator[Problem]:
    items: list[tuple[str, Guardrail | Nfr]] = [
        *placed("spec.guardrails", body.spec.guardrails),
        *placed("spec.nfrs", body.spec.nfrs),
    ]
    for place, item in items:
        yield from _within(place, _reading(item))
        metric = index.get(Metric, item.metric)
        baseline = item.baseline is not None
        yield from condition(f"{place}.target", item.target, metric, has_baseline=baseline)


def _exits(body: Initiative, index: Index) -> Iterator[Problem]:
    for position, phase in enumerate(body.spec.rollout):
        if phase.exit is None:
            continue
        place = f"spec.rollout[{position}].exit"
        yield from _within(place, _reading(phase.exit))
        metric = index.get(Metric, phase.exit.metric)
        yield from condition(f"{place}.target", phase.exit.target, metric, has_baseline=False)


def _within(place: str, problems: Iterable[Problem]) -> Iterator[Problem]:
    for field, message, fix in problems:
        yield f"{place}.{field}", message, fix


def condition(
    field: str, text: str, metric: Resource[Metric] | None, *, has_baseline: bool
) -> Iterator[Problem]:
    """What is wrong with a condition on a metric: its text, its unit, a baseline that lacks."""
    try:
        parsed = parse_condition(text)
    except ValueError as problem:
        yield field, f"'{text[:_SHOWN]}' is no condition", str(problem)
        return
    if metric is None:  # a finding of its own says so
        return
    spec = metric.body.spec
    if not unit_matches(parsed, spec.unit):
        if spec.unit is None:
            message = f"'{text}' has a unit, and the metric '{metric.name}' has none"
            yield (
                field,
                message,
                f"add 'unit: \"{parsed.unit}\"' to the metric, or leave the unit out",
            )
        else:
            message = (
                f"'{text}' is in '{parsed.unit}', the metric '{metric.name}' is in '{spec.unit}'"
            )
            yield field, message, f"convert the number to '{spec.unit}'"
    if parsed.needs_baseline and not has_baseline and spec.baseline is None:
        message = f"'{text}' needs a baseline, and there is none"
        fix = f"add 'baseline: {{value: …, date: …}}' here or to the metric '{metric.name}'"
        yield field, message, fix


def _reading(item: Judged | Exit) -> Iterator[Problem]:
    if item.for_ is not None and item.for_ < 1:
        yield "for", f"'for: {item.for_}' asks for no observation", "write 1 or more"
    if item.window == 0:
        yield "window", "a window of 0 days holds no observation", "write 1d or more"
    if item.aggregate is not None and item.window is None:
        message = f"'aggregate: {item.aggregate}' has no window to aggregate over"
        yield "aggregate", message, "add 'window', such as 28d, or delete 'aggregate'"


def _either_metric_or_question(criterion: SuccessCriterion) -> Iterator[Problem]:
    if criterion.metric is None and criterion.question is None:
        yield "metric", "the criterion has neither a metric nor a question", "add one of the two"
    elif criterion.metric is not None and criterion.question is not None:
        yield "question", "the criterion has a metric and a question", "split it into two criteria"
    elif criterion.metric is not None:
        if criterion.target is None:
            yield (
                "target",
                "the criterion has a metric and no target",
                "add 'target', such as \">= 80\"",
            )
        if criterion.answers:
            yield "answers", "a criterion with a metric takes no answers", "delete 'answers'"
    else:
        yield from _attestation(criterion)


def _attestation(criterion: SuccessCriterion) -> Iterator[Problem]:
    for field, value in (
        ("target", criterion.target),
        ("baseline", criterion.baseline),
        ("for", criterion.for_),
        ("window", criterion.window),
        ("aggregate", criterion.aggregate),
        ("segment", criterion.segment),
        ("standing", criterion.standing or None),
    ):
        if value is not None:
            message = f"'{field}' has no meaning for a question, which is answered once"
            yield field, message, "delete it, or judge a metric instead"
    for position, answer in enumerate(criterion.answers):
        if answer.evidence is None and answer.link is None:
            message = f"the answer of {answer.date} shows neither evidence nor a link"
            yield (
                f"answers[{position}]",
                message,
                "add 'evidence' or 'link'; without, it does not count",
            )


def _check_dates(threshold: KillThreshold) -> Iterator[Problem]:
    dates = threshold.check_on
    if dates is None:
        return
    if threshold.from_ is not None:
        message = "'checkOn' and 'from' exclude one another"
        yield "from", message, "keep 'checkOn' for fixed dates, 'from' for every observation"
    if not dates:
        message = "the list of check dates is empty, so the threshold is never checked"
        yield "checkOn", message, "add a date, or delete 'checkOn' to check every observation"
    for position, day in enumerate(dates):
        if day in dates[:position]:
            yield f"checkOn[{position}]", f"{day} stands twice", "delete one of the two"


def _now(ref: ResourceRef, body: Initiative) -> Iterator[Finding]:
    """What a commitment must say about itself."""
    if body.spec.status == "proposed":
        message = f"'{ref.name}' is in now and only proposed"
        yield _finding(
            "RG017", ref, "spec.status", message, "write 'status: active', or move it to next"
        )
    if body.spec.committed is None:
        message = f"'{ref.name}' is in now and does not say since when"
        fix = "add 'committed' with the day on which it was committed"
        yield _finding("RG017", ref, "spec.committed", message, fix)


def _metric(ref: ResourceRef, resource: Resource[Metric]) -> Iterator[Finding]:
    spec = resource.body.spec
    if spec.target is not None:
        for field, message, fix in condition(
            "spec.target", spec.target, resource, has_baseline=False
        ):
            yield _finding("RG010", ref, field, message, fix)
    if spec.source is not None:
        sources = [name for name in type(spec.source).model_fields if getattr(spec.source, name)]
        if len(sources) != 1:
            message = "a metric has one source" if sources else "the source is empty"
            fix = "keep one of them" if sources else "name a source, or delete 'source'"
            yield _finding("RG010", ref, "spec.source", message, fix)


def _evidence(ref: ResourceRef, body: Evidence) -> Iterator[Finding]:
    experiment = body.spec.experiment
    if experiment is None:
        return
    if body.spec.method != "experiment":
        message = f"the method '{body.spec.method}' has no experiment"
        fix = "write 'method: experiment', or delete 'experiment'"
        # Numbers that nobody reads are odd, and spoil nothing.
        finding = _finding("RG010", ref, "spec.experiment", message, fix)
        yield replace(finding, severity=Severity.WARNING)
    for name, arm in experiment.arms.items():
        if arm.successes > arm.n:
            message = f"{arm.successes} of {arm.n} cannot have succeeded"
            field = f"spec.experiment.arms.{name}.successes"
            yield _finding("RG010", ref, field, message, "correct the counts")


def _decision(ref: ResourceRef, body: Decision) -> Iterator[Finding]:
    spec = body.spec
    for field, needed, value in (
        ("until", spec.type in NEEDS_UNTIL, spec.until),
        ("tradeoff", spec.type == "override", spec.tradeoff),
        ("learned", spec.type in NEEDS_LEARNED, spec.learned),
    ):
        if needed and value is None:
            message = f"a Decision of type {spec.type} needs '{field}'"
            yield _finding("RG008", ref, f"spec.{field}", message, _ADD[field])
    if spec.until is not None and spec.until < spec.date:
        message = f"it ends on {spec.until}, before its own date {spec.date}"
        yield _finding("RG010", ref, "spec.until", message, "write a day on or after 'date'")
    if spec.to is not None and spec.type != "relax":
        message = f"'to' has no meaning for a Decision of type {spec.type}"
        yield _finding("RG010", ref, "spec.to", message, "delete it, or write 'type: relax'")
    concerns = spec.concerns
    if not concerns.model_dump(exclude_defaults=True):
        message = "the Decision concerns nothing"
        fix = "name an initiative, a policy, a metric or evidence"
        yield _finding("RG010", ref, "spec.concerns", message, fix)
    belongs = (concerns.resource or "").startswith("Initiative/")
    if concerns.initiative is None and not belongs:
        for field in ("criterion", "threshold", "guardrail"):
            if getattr(concerns, field) is not None:
                message = f"'{field}' needs the initiative that it belongs to"
                fix = "add 'initiative' beside it"
                yield _finding("RG010", ref, f"spec.concerns.{field}", message, fix)
