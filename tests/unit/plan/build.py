"""Roadmaps, verdicts and issues as the tests of plan and forge need them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from roadgate.model.issues import ActualIssue, DesiredIssue
from roadgate.model.kinds import Config, Decision, Initiative, Metric
from roadgate.model.measurement import MeasurementFile, Observation
from roadgate.model.resource import Resource
from roadgate.model.roadmap import Roadmap
from roadgate.model.source import ResourceRef
from roadgate.model.verdict import (
    CriterionResult,
    CriterionVerdict,
    InitiativeResult,
    KillResult,
    KillVerdict,
    Observed,
    Verdicts,
)

if TYPE_CHECKING:
    from roadgate.model.kinds.base import Envelope

TODAY = date(2026, 8, 5)
BOT = "github-actions[bot]"
LABELS = ("roadgate", "roadgate: missed")


def config(**spec: Any) -> Config:
    """A configuration with this spec."""
    return Config.model_validate({"apiVersion": "roadgate/v1", "kind": "Config", "spec": spec})


def resource(kind: type[Envelope], name: str, spec: dict[str, Any], **metadata: Any) -> Any:
    """A resource of a kind, as it would be loaded."""
    data = {
        "apiVersion": "roadgate/v1",
        "kind": kind.KIND,
        "metadata": {"name": name, "title": f"The {name}", **metadata},
        "spec": spec,
    }
    body = kind.model_validate(data)
    return Resource(f"roadmap/{name}.yaml", 0, ResourceRef(kind.KIND, name), body, data)


def initiative(name: str = "faster-ci", **spec: Any) -> Resource[Initiative]:
    """An initiative in now."""
    found: Resource[Initiative] = resource(
        Initiative,
        name,
        {"problem": "CI is slow.", "horizon": "now", "status": "active", **spec},
    )
    return found


def metric(name: str = "ci-duration", **spec: Any) -> Resource[Metric]:
    """A weekly metric."""
    found: Resource[Metric] = resource(
        Metric, name, {"direction": "lower", "cadence": "weekly", "unit": "min", **spec}
    )
    return found


def decision(name: str, kind: str, on: str, **spec: Any) -> Resource[Decision]:
    """A Decision about faster-ci."""
    found: Resource[Decision] = resource(
        Decision,
        name,
        {
            "type": kind,
            "concerns": {"initiative": "faster-ci"},
            "date": on,
            "by": ["example-vp"],
            "because": "it does not pay",
            **spec,
        },
    )
    return found


def series(name: str, *values: tuple[str, int]) -> MeasurementFile:
    """Observations of a metric."""
    rows = tuple(
        Observation(date.fromisoformat(day), "", Fraction(value), line)
        for line, (day, value) in enumerate(values, 2)
    )
    return MeasurementFile(name, f"measurements/{name}.csv", rows)


def roadmap(
    *resources: Resource[Any], files: tuple[MeasurementFile, ...] = (), **spec: Any
) -> Roadmap:
    """A roadmap of these resources, with this configuration."""

    def named(kind: str) -> dict[str, Any]:
        return {each.name: each for each in resources if each.ref.kind == kind}

    return Roadmap(
        config=config(**spec),
        initiatives=named("Initiative"),
        evidence={},
        metrics=named("Metric"),
        goals={},
        personas={},
        teams={},
        decisions=named("Decision"),
        policies={},
        evidence_of={},
        aliases={},
        measurements={each.metric: each for each in files},
        resources=resources,
    )


def criterion(verdict: CriterionVerdict, name: str = "duration", **fields: Any) -> CriterionResult:
    """A judged criterion."""
    result = CriterionResult(
        id=name,
        metric="ci-duration",
        question=None,
        verdict=verdict,
        target="<= 5",
        from_=None,
        by=date(2026, 7, 31),
        segment=None,
        standing=False,
        observed=Observed(date(2026, 7, 31), Fraction(6)),
        forecast=None,
        reason="6 min at the deadline, 1 min above the target",
        way_to_green="must fall by 1 min",
    )
    return replace(result, **fields)


def threshold(verdict: KillVerdict, name: str = "no-movement", **fields: Any) -> KillResult:
    """A judged kill threshold."""
    result = KillResult(
        id=name,
        metric="ci-duration",
        verdict=verdict,
        when=">= 15",
        action="kill",
        triggered_on=date(2026, 4, 30) if verdict is KillVerdict.TRIGGERED else None,
        answered_by=(),
        runway_days=None,
        observed=Observed(date(2026, 4, 30), Fraction(16)),
        reason="16 min on 2026-04-30",
    )
    return replace(result, **fields)


def judged(
    *criteria: CriterionResult, kills: tuple[KillResult, ...] = (), **fields: Any
) -> Verdicts:
    """The verdicts of the one initiative faster-ci."""
    result = InitiativeResult(
        name="faster-ci",
        title="Faster CI pipelines",
        owner="platform-core",
        horizon="now",
        status="active",
        rice=None,
        verdict=None,
        kill_verdict=None,
        frozen_on=None,
        paused_until=None,
        criteria=criteria,
        guardrails=(),
        kill_thresholds=kills,
    )
    return Verdicts(TODAY, (replace(result, **fields),))


def want(key: str = "missed/faster-ci", **fields: Any) -> DesiredIssue:
    """An issue that should be open."""
    issue = DesiredIssue(
        key=key,
        title=f"About {key}",
        body=f"What was promised about {key}",
        labels=LABELS,
        reason="missed: duration",
        news="Missed: `duration`.",
    )
    return replace(issue, **fields)


def there(number: int, body: str, **fields: Any) -> ActualIssue:
    """An issue that the tracker shows."""
    issue = ActualIssue(
        number=number,
        title="About missed/faster-ci",
        body=body,
        state="open",
        state_reason=None,
        labels=LABELS,
        author=BOT,
    )
    return replace(issue, **fields)
