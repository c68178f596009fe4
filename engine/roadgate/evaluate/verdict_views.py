"""Verdicts as policies see them: of each, the fields that somebody looks at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from roadgate.evaluate.cel import scalar

if TYPE_CHECKING:
    from datetime import date

    from roadgate.evaluate.criteria import JudgedCriterion
    from roadgate.evaluate.guardrails import Guard
    from roadgate.evaluate.judged_initiative import JudgedInitiative
    from roadgate.evaluate.looks import Looks
    from roadgate.evaluate.thresholds import JudgedThreshold
    from roadgate.model.verdict import CriterionResult, LaunchResult

View: TypeAlias = Callable[[Any], dict[str, Any]]
"""From something judged to the keywords of its message's constructor."""


def _text(value: str | date | None) -> dict[str, object] | None:
    return None if value is None else scalar(str(value))


_CRITERION: Mapping[str, Callable[[JudgedCriterion], object]] = {
    "id": lambda each: scalar(each.criterion.id),
    "metric": lambda each: _text(each.criterion.metric),
    "verdict": lambda each: scalar(each.verdict.value),
    "by": lambda each: _text(each.criterion.by),
    "reason": lambda each: scalar(each.outcome.reason()),
}
_LAUNCH_CRITERION: Mapping[str, Callable[[CriterionResult], object]] = {
    "id": lambda each: scalar(each.id),
    "metric": lambda each: _text(each.metric),
    "verdict": lambda each: scalar(each.verdict.value),
    "by": lambda each: _text(each.by),
    "reason": lambda each: scalar(each.reason),
}
_GUARDRAIL: Mapping[str, Callable[[Guard], object]] = {
    "id": lambda each: scalar(each.hold.id),
    "metric": lambda each: scalar(each.hold.clause.metric),
    "verdict": lambda each: scalar(each.hold.verdict.value),
    "reason": lambda each: scalar(each.hold.reason()),
}
_THRESHOLD: Mapping[str, Callable[[JudgedThreshold], object]] = {
    "id": lambda each: scalar(each.threshold.id),
    "metric": lambda each: scalar(each.threshold.metric),
    "verdict": lambda each: scalar(each.verdict.value),
    "triggeredOn": lambda each: _text(each.line.triggered_on),
    "answeredBy": lambda each: list(each.answered_by),
    "reason": lambda each: scalar(each.line.reason()),
}


@cache
def verdict_fields(looks: Looks | None) -> View:
    """How an initiative's verdicts become a message; None looks at everything."""
    criterion = _view("CriterionVerdict", _CRITERION, looks)
    guardrail = _view("GuardrailVerdict", _GUARDRAIL, looks)
    threshold = _view("KillVerdict", _THRESHOLD, looks)
    whole: Mapping[str, Callable[[JudgedInitiative], object]] = {
        "verdict": lambda judged: _text(judged.verdict),
        "killVerdict": lambda judged: _text(judged.kill_verdict),
        "frozenOn": lambda judged: _text(judged.frozen_on),
        "pausedUntil": lambda judged: _text(judged.paused_until),
        "criteria": lambda judged: [criterion(each) for each in judged.criteria],
        "guardrails": lambda judged: [guardrail(each) for each in judged.guardrails],
        "killThresholds": lambda judged: [threshold(each) for each in judged.kill_thresholds],
    }
    return _view("Verdicts", whole, looks)


@cache
def launch_fields(looks: Looks | None) -> View:
    """How a launch's verdicts become a message: it has criteria, and no thresholds."""
    criterion = _view("CriterionVerdict", _LAUNCH_CRITERION, looks)
    whole: Mapping[str, Callable[[LaunchResult], object]] = {
        "verdict": lambda judged: _text(judged.verdict),
        "criteria": lambda judged: [criterion(each) for each in judged.criteria],
    }
    return _view("Verdicts", whole, looks)


def _view(message: str, fields: Mapping[str, Callable[[Any], object]], looks: Looks | None) -> View:
    seen = [(name, of) for name, of in fields.items() if looks is None or (message, name) in looks]
    return lambda judged: {name: value for name, of in seen if (value := of(judged)) is not None}
