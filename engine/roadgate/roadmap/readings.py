"""Conditions on metrics that could never be judged, in whatever kind they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from roadgate.model.condition import unit_matches
from roadgate.model.kinds import Initiative, Launch, Metric
from roadgate.model.kinds.conditions import Bound, Judged, KillThreshold, SuccessCriterion
from roadgate.model.kinds.vision import GoodEnough
from roadgate.model.target import Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from roadgate.model.kinds import Envelope
    from roadgate.model.kinds.base import Part
    from roadgate.roadmap.index import Index

Problem: TypeAlias = tuple[str, str, str]
"""A field, a message and a fix."""
_SHOWN = 80


def unjudgeable(
    body: Envelope, parts: Iterable[tuple[str, Part]], index: Index
) -> Iterator[Problem]:
    """What is wrong with the conditions among the parts of a resource."""
    for place, part in parts:
        if not isinstance(part, Judged):
            continue
        yield from _within(place, _reading(part))
        match part:
            case SuccessCriterion():
                yield from _within(place, _either_metric_or_question(part))
                yield from _within(place, _too_early(part, _start(body)))
                field, text = "target", part.target
            case GoodEnough():
                yield from _within(place, _either_metric_or_question(part))
                field, text = "target", part.target
            case KillThreshold():
                yield from _within(place, _check_dates(part))
                field, text = "when", part.when
            case Bound():
                field, text = "target", part.target
            case _:
                continue
        if text is not None and part.metric is not None:
            found = index.get(Metric, part.metric)
            metric = found.body if found is not None else None
            has_baseline = part.baseline is not None
            yield from condition(f"{place}.{field}", text, metric, has_baseline=has_baseline)


def meant(parts: Iterable[tuple[str, Part]]) -> Iterator[tuple[str, str]]:
    """The fields whose condition has a mistyped operator, each with the right text."""
    for place, part in parts:
        given = vars(part)  # asking a model for a field that it lacks takes ten times as long
        for field in ("target", "when"):
            text = given.get(field)
            if isinstance(text, Target) and text.meant is not None:
                yield f"{place}.{field}", text.meant


def _start(body: Envelope) -> tuple[str, date] | None:
    """The day from which criteria count where they say nothing, and what it is called."""
    if isinstance(body, Initiative) and body.spec.committed is not None:
        return "the day of the commitment", body.spec.committed
    if isinstance(body, Launch):
        return "the day of the launch", body.spec.date
    return None


def _within(place: str, problems: Iterable[Problem]) -> Iterator[Problem]:
    for field, message, fix in problems:
        yield f"{place}.{field}", message, fix


def condition(
    field: str, text: Target, metric: Metric | None, *, has_baseline: bool
) -> Iterator[Problem]:
    """What is wrong with a condition on a metric: its text, its unit, a baseline that lacks."""
    parsed = text.condition
    if parsed is None:
        yield field, f"'{text[:_SHOWN]}' is no condition", text.problem
        return
    if metric is None:  # a finding of its own says so
        return
    spec, name = metric.spec, metric.metadata.name
    if not unit_matches(parsed, spec.unit):
        if spec.unit is None:
            message = f"'{text}' has a unit, and the metric '{name}' has none"
            yield (
                field,
                message,
                f"add 'unit: \"{parsed.unit}\"' to the metric, or leave the unit out",
            )
        else:
            message = f"'{text}' is in '{parsed.unit}', the metric '{name}' is in '{spec.unit}'"
            yield field, message, f"convert the number to '{spec.unit}'"
    if parsed.needs_baseline and not has_baseline and spec.baseline is None:
        message = f"'{text}' needs a baseline, and there is none"
        fix = f"add 'baseline: {{value: …, date: …}}' here or to the metric '{name}'"
        yield field, message, fix


def _reading(item: Judged) -> Iterator[Problem]:
    if item.for_ is not None and item.for_ < 1:
        yield "for", f"'for: {item.for_}' asks for no observation", "write 1 or more"
    if item.window == 0:
        yield "window", "a window of 0 days holds no observation", "write 1d or more"
    if item.aggregate is not None and item.window is None:
        message = f"'aggregate: {item.aggregate}' has no window to aggregate over"
        yield "aggregate", message, "add 'window', such as 28d, or delete 'aggregate'"


def _too_early(criterion: SuccessCriterion, default: tuple[str, date] | None) -> Iterator[Problem]:
    start, by = criterion.from_, criterion.by
    if start is not None and start > by:
        yield "from", f"'from' ({start}) is after 'by' ({by})", "swap the two dates"
    elif start is None and criterion.metric and default is not None and default[1] > by:
        message = f"'by' ({by}) is before {default[0]} ({default[1]})"
        yield "by", message, "write a later 'by', or an earlier 'from'"


def _either_metric_or_question(criterion: SuccessCriterion | GoodEnough) -> Iterator[Problem]:
    noun = "criterion" if isinstance(criterion, SuccessCriterion) else "phase"
    if criterion.metric is None and criterion.question is None:
        fix = "add 'metric', or 'question' for what somebody has to answer"
        yield "metric", f"the {noun} has neither a metric nor a question", fix
    elif criterion.metric is not None and criterion.question is not None:
        yield "question", f"the {noun} has a metric and a question", "split it into two entries"
    elif criterion.metric is not None:
        if criterion.target is None:
            yield (
                "target",
                f"the {noun} has a metric and no target",
                "add 'target', such as \">= 80\"",
            )
        if criterion.answers:
            yield "answers", f"a {noun} with a metric takes no answers", "delete 'answers'"
    else:
        yield from _attestation(criterion)


def _attestation(criterion: SuccessCriterion | GoodEnough) -> Iterator[Problem]:
    standing = isinstance(criterion, SuccessCriterion) and criterion.standing
    for field, value in (
        ("target", criterion.target),
        ("baseline", criterion.baseline),
        ("for", criterion.for_),
        ("window", criterion.window),
        ("aggregate", criterion.aggregate),
        ("segment", criterion.segment),
        ("standing", standing or None),
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
