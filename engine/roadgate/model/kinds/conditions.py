"""The parts of a promise: success criteria, kill thresholds, guardrails, baselines."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from roadgate.model.kinds.base import Item, Part, meanings
from roadgate.model.reference import EvidenceName, MetricName
from roadgate.model.target import Target
from roadgate.model.values import (
    Day,
    Days,
    HttpsLink,
    Many,
    Number,
    Text,
    Whole,
)

Aggregate = Literal["last", "mean", "min", "max", "sum", "p50", "p90"]
CONDITION = (
    'An operator with a number (">= 80"), "between 2 and 4", an operator with a baseline '
    '("<= baseline - 40%"), "decreasing" or "increasing".'
)
SPOKEN = ["<= 5", ">= 80 %", "between 2 and 4", "<= baseline - 40%", "decreasing"]


class Baseline(Part):
    """Where a number stood before the work began."""

    value: Number = Field(description="In the metric's unit.")
    date: Day | None = Field(default=None, description="The day it was measured.")


class Judged(Part):
    """What every condition on a metric may say about how it is read."""

    for_: Whole | None = Field(
        default=None, alias="for", description="At how many observations in a row it must hold."
    )
    window: Days | None = Field(default=None, description="How many days one judged value covers.")
    aggregate: Aggregate | None = Field(
        default=None,
        description="How a window becomes one value; last by default.",
        json_schema_extra=meanings(
            last="The newest value.",
            mean="The average.",
            min="The lowest value.",
            max="The highest value.",
            sum="All values together.",
            p50="The median.",
            p90="The value that 90 % stay below.",
        ),
    )
    segment: Text | None = Field(default=None, description="The segment of the metric's rows.")
    baseline: Baseline | None = Field(default=None, description="Instead of the metric's own.")


class Answer(Part):
    """A named role's answer to a question."""

    role: Text = Field(description="Who answered, as a role; never a name.")
    answer: Literal["met", "not-met"] = Field(
        description="What was answered.",
        json_schema_extra=meanings(met="Yes, it is so.", not_met="No, it is not."),
    )
    date: Day = Field(description="The day of the answer.")
    evidence: EvidenceName | None = Field(default=None, description="The Evidence that shows it.")
    link: HttpsLink | None = Field(default=None, description="Where it can be read up.")


class Question(Part):
    """A metric with a target, or a question with answers."""

    metric: MetricName | None = Field(
        default=None, description="The Metric that is judged.", examples=["ci-duration-p50"]
    )
    target: Target | None = Field(default=None, description=CONDITION, examples=SPOKEN)
    question: Text | None = Field(
        default=None,
        description="Instead of a metric: a question that a named role answers.",
        examples=["Do champions call CI fast, unprompted?"],
    )
    answers: Many[Answer] = Field(
        default=(), description="Empty until answered; the newest up to the day judged counts."
    )


class _Deadline(Part):
    """When a criterion counts."""

    by: Day = Field(description="The deadline.")
    from_: Day | None = Field(
        default=None, alias="from", description="Earlier observations decide nothing."
    )
    standing: bool = Field(default=False, description="Whether it must go on holding after by.")


class SuccessCriterion(Judged, _Deadline, Question, Item):
    """What will be true, measured how, by when."""


class _Threshold(Part):
    """What a kill threshold says before how it is read."""

    metric: MetricName = Field(
        description="The Metric that is judged.", examples=["ci-duration-p50"]
    )
    when: Target = Field(description=CONDITION, examples=SPOKEN)
    check_on: Many[Day] | None = Field(
        default=None,
        description="The checkpoints; without it every observation is one.",
        examples=[["2026-04-30"]],
    )
    from_: Day | None = Field(
        default=None, alias="from", description="Continuous: from when on; default committed."
    )
    action: Literal["kill", "review"] = Field(
        default="review",
        description="What a triggered threshold asks for.",
        json_schema_extra=meanings(
            kill="To stop, unless a Decision says otherwise.",
            review="To look at it together, and to decide.",
        ),
    )


class KillThreshold(Judged, _Threshold, Item):
    """What would make the team stop, checked when."""


class _Bound(Part):
    """A metric, and what must hold for it."""

    metric: MetricName = Field(description="The Metric that is judged.", examples=["ci-flake-rate"])
    target: Target = Field(description=CONDITION, examples=SPOKEN)


class Bound(Judged, _Bound):
    """A condition on a metric that either holds on a day or does not."""


class Guardrail(Bound, Item):
    """What must not get worse meanwhile."""


class Nfr(Bound, Item):
    """A non-functional requirement of an initiative."""

    stages: Many[Text] = Field(
        default=(),
        description="The rollout phases in which it must hold.",
        examples=[["pilot", "general"]],
    )


class Exit(Bound):
    """The condition that ends a rollout phase."""
