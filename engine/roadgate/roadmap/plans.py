"""Journeys, launches and visions that contradict themselves."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from roadgate.model.finding import Finding, Severity
from roadgate.model.kinds import Journey, Launch, Vision
from roadgate.model.source import ResourceRef
from roadgate.roadmap.items import placed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadgate.model.kinds.journey import JourneyStage
    from roadgate.model.kinds.launch import Activity
    from roadgate.roadmap.index import Index

BEFORE, WEEK, AFTER = timedelta(30), timedelta(6), timedelta(60)
"""How far the three phases of a launch reach from its day."""


def contradictions(index: Index) -> Iterator[Finding]:
    """A finding for each field of a plan that another field of it contradicts."""
    for name, journey in index.of(Journey).items():
        yield from _journey(ResourceRef("Journey", name), journey.body)
    for name, launch in index.of(Launch).items():
        yield from _launch(ResourceRef("Launch", name), launch.body)
    for name, vision in index.of(Vision).items():
        yield from _vision(ResourceRef("Vision", name), vision.body)


def _finding(
    ref: ResourceRef, field: str, message: str, fix: str, severity: Severity = Severity.ERROR
) -> Finding:
    return Finding("RG010", severity, message, fix, resource=ref, field=field)


def _journey(ref: ResourceRef, body: Journey) -> Iterator[Finding]:
    for position, stage in enumerate(body.spec.stages):
        said = _said(stage) if stage.waived is not None else []
        if said:
            message = f"the stage '{stage.stage}' is waived, and has '{said[0]}' all the same"
            fix = "delete 'waived', or what the stage says beside it"
            field = f"spec.stages[{position}].{said[0]}"
            yield _finding(ref, field, message, fix, Severity.WARNING)


def _said(stage: JourneyStage) -> list[str]:
    """What a stage says beside which one it is and why it is waived."""
    fields = type(stage).model_fields
    return [
        info.alias or name
        for name, info in fields.items()
        if name not in {"stage", "waived"} and getattr(stage, name)
    ]


def _launch(ref: ResourceRef, body: Launch) -> Iterator[Finding]:
    for place, activity in placed("spec.activities", body.spec.activities):
        distance = activity.due - body.spec.date
        field = f"{place}.due"
        if wrong := _wrong_side(activity, distance):
            message = f"'{activity.id}' is {activity.phase} and due on {activity.due}, {wrong}"
            fix = f"write another 'due', or another 'phase'; launch day is {body.spec.date}"
            yield _finding(ref, field, message, fix)
        elif not -BEFORE <= distance <= AFTER:
            message = f"'{activity.id}' is due on {activity.due}, outside the launch's 90 days"
            fix = (
                f"plan it from {body.spec.date - BEFORE} to {body.spec.date + AFTER}, or leave "
                "it out of the launch"
            )
            yield _finding(ref, field, message, fix, Severity.WARNING)


def _wrong_side(activity: Activity, distance: timedelta) -> str | None:
    """How the day of an activity contradicts its phase, if it does."""
    match activity.phase:
        case "pre-launch" if distance > timedelta(0):
            return "after launch day"
        case "launch" if abs(distance) > WEEK:
            return "not in the launch week"
        case "post-launch" if distance < timedelta(0):
            return "before launch day"
    return None


def _vision(ref: ResourceRef, body: Vision) -> Iterator[Finding]:
    versions = sorted(body.spec.versions, key=lambda each: each.version)
    for before, after in pairwise(versions):
        if after.date < before.date:
            position = body.spec.versions.index(after)
            message = (
                f"version {after.version} is of {after.date}, before version {before.version} "
                f"of {before.date}"
            )
            fix = "correct one of the two dates, or the numbers"
            yield _finding(ref, f"spec.versions[{position}].date", message, fix)
