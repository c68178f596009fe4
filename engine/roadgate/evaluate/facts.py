"""Computes what policies see below ``computed``: from one roadmap, on one day."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, TypeAlias

from roadgate.evaluate import promise_facts
from roadgate.evaluate.cel import scalar
from roadgate.evaluate.concerns import concerned
from roadgate.evaluate.significance import significance
from roadgate.model.kinds import (
    Decision,
    Evidence,
    Goal,
    Initiative,
    Journey,
    Launch,
    Metric,
    Service,
    Team,
    Vision,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from roadgate.evaluate.looks import Looks
    from roadgate.model.kinds import Envelope
    from roadgate.model.roadmap import Roadmap

    Compute: TypeAlias = Callable[[], Any]

OPEN = frozenset({"proposed", "active"})
"""The states in which an initiative takes up people's time."""


class Facts:
    """Derived values of resources."""

    def __init__(self, roadmap: Roadmap, as_of: date) -> None:
        self._roadmap = roadmap
        self._as_of = as_of

    def of(self, body: Envelope, looks: Looks | None) -> dict[str, Any]:
        """What is computed of a resource, by name; what cannot be known is left out.

        With ``looks``, what nobody looks at is not computed.
        """
        message = f"{body.KIND}Computed"
        return {
            name: value
            for name, compute in self._all(body).items()
            if looks is None or (message, name) in looks
            if (value := compute()) is not None
        }

    def _all(self, body: Envelope) -> Mapping[str, Compute]:
        found = self._kinds.get(body.KIND)
        return found(body) if found is not None else {}

    @cached_property
    def _kinds(self) -> Mapping[str, Callable[[Any], Mapping[str, Compute]]]:
        """What is computed of each kind."""
        return {
            Initiative.KIND: self._of_initiative,
            Evidence.KIND: self._of_evidence,
            Metric.KIND: self._of_metric,
            Team.KIND: self._of_team,
            Goal.KIND: lambda each: {"outputMetrics": partial(self._output_metrics, each)},
            Decision.KIND: lambda each: {"renewals": partial(self._renewals, each)},
            Journey.KIND: lambda each: {"stages": partial(self._stages, each)},
            Launch.KIND: lambda each: {"initiativeStatus": partial(self._status, each)},
            Service.KIND: lambda each: {"unbaselined": partial(self._unbaselined, each)},
            Vision.KIND: lambda each: {"lastReview": partial(self._vision_reviewed, each)},
        }

    def _of_initiative(self, body: Initiative) -> Mapping[str, Compute]:
        return {
            "criteria": partial(promise_facts.criteria, body, self._roadmap),
            "thresholds": partial(promise_facts.thresholds, body, self._roadmap),
            "roles": partial(promise_facts.roles, body, self._roadmap),
            "unpaired": partial(promise_facts.unpaired, body, self._roadmap),
            "deadline": partial(promise_facts.deadline, body),
            "firstCheck": partial(promise_facts.first_check, body),
            "waitsFor": partial(self._waits_for, body),
            "newestEvidence": partial(self._newest_evidence, body),
            "lastReview": partial(self._reviewed, "Initiative", body.metadata.name),
        }

    def _of_evidence(self, body: Evidence) -> Mapping[str, Compute]:
        return {**_of_evidence(body), "isNewest": partial(self._is_newest, body)}

    def _of_team(self, body: Team) -> Mapping[str, Compute]:
        return {
            "inNow": partial(self._in_now, body),
            "unsized": partial(self._unsized, body),
        }

    def _of_metric(self, body: Metric) -> Mapping[str, Compute]:
        judged = self._judged_by.get(body.metadata.name, [])
        share = partial(scalar, len(judged) / self._measured) if judged else _unknown
        return {"initiatives": lambda: judged, "share": share}

    @cached_property
    def _committed(self) -> list[Initiative]:
        """What is in now and takes up people's time."""
        bodies = (each.body for each in self._roadmap.initiatives.values())
        return [each for each in bodies if each.spec.horizon == "now" and each.spec.status in OPEN]

    def _in_now(self, team: Team) -> list[str]:
        return self._owned.get(team.metadata.name, [])

    def _status(self, launch: Launch) -> dict[str, Any] | None:
        name = self._roadmap.name_of("Initiative", launch.spec.initiative)
        found = self._roadmap.initiatives.get(name)
        return scalar(found.body.spec.status) if found is not None else None

    def _unsized(self, team: Team) -> list[str]:
        """What the team has in now whose effort nobody knows."""
        bodies = {name: self._roadmap.initiatives[name].body for name in self._in_now(team)}
        return [name for name, each in bodies.items() if each.spec.rice is None]

    @cached_property
    def _owned(self) -> Mapping[str, list[str]]:
        """Team to what it has in now."""
        found: dict[str, list[str]] = defaultdict(list)
        for each in self._committed:
            if each.metadata.owner is not None:
                owner = self._roadmap.name_of("Team", each.metadata.owner)
                found[owner].append(each.metadata.name)
        return found

    @cached_property
    def _judged_by(self) -> Mapping[str, list[str]]:
        """Metric to the committed initiatives that succeed or fail by it."""
        found: dict[str, list[str]] = defaultdict(list)
        for each in self._committed:
            names = promise_facts.metric_names(each.spec.success_criteria, self._roadmap)
            for metric in dict.fromkeys(names):
                found[metric].append(each.metadata.name)
        return found

    @cached_property
    def _measured(self) -> int:
        """How many committed initiatives succeed or fail by any metric."""
        return sum(any(c.metric for c in each.spec.success_criteria) for each in self._committed)

    def _waits_for(self, body: Initiative) -> list[dict[str, Any]]:
        names = [self._roadmap.name_of("Initiative", each) for each in body.spec.depends_on]
        others = [self._roadmap.initiatives.get(each) for each in names]
        return [
            {
                "name": scalar(each.name),
                "horizon": scalar(each.body.spec.horizon),
                "status": scalar(each.body.spec.status),
            }
            for each in others
            if each is not None
        ]

    def _newest_evidence(self, body: Initiative) -> dict[str, Any] | None:
        names = self._roadmap.evidence_of.get(body.metadata.name, ())
        found = [self._roadmap.evidence.get(each) for each in names]
        days = [each.body.spec.date for each in found if each is not None]
        return _day([each for each in days if each <= self._as_of])

    def _is_newest(self, body: Evidence) -> dict[str, Any]:
        """Whether it is the last of its method: of several on one day, the first by name."""
        return scalar(self._newest.get(body.spec.method) == body.metadata.name)

    @cached_property
    def _newest(self) -> Mapping[str, str]:
        found: dict[str, Evidence] = {}
        for each in self._roadmap.evidence.values():
            spec = each.body.spec
            known = found.get(spec.method)
            if spec.date <= self._as_of and (known is None or known.spec.date < spec.date):
                found[spec.method] = each.body
        return {method: each.metadata.name for method, each in found.items()}

    def _reviewed(self, kind: str, name: str) -> dict[str, Any] | None:
        return _day(self._reviews.get((kind, name), []))

    def _vision_reviewed(self, body: Vision) -> dict[str, Any] | None:
        """Whoever writes a version has looked at it, too."""
        written = [each.date for each in body.spec.versions if each.date <= self._as_of]
        return _day([*self._reviews.get(("Vision", body.metadata.name), []), *written])

    @cached_property
    def _reviews(self) -> Mapping[tuple[str, str], list[date]]:
        """The days on which a Review looked at something."""
        found: dict[tuple[str, str], list[date]] = defaultdict(list)
        for each in self._roadmap.reviews.values():
            spec = each.body.spec
            looked_at = {"Initiative": spec.initiatives, "Vision": spec.visions}
            for kind, names in looked_at.items():
                for name in names if spec.date <= self._as_of else ():
                    found[kind, self._roadmap.name_of(kind, name)].append(spec.date)
        return found

    def _stages(self, body: Journey) -> list[dict[str, Any]]:
        """Each stage with the initiatives that it names, or that touch it for its persona."""
        persona = self._roadmap.name_of("Persona", body.spec.persona)
        return [
            {
                "stage": scalar(each.stage),
                **({"pain": scalar(each.pain)} if each.pain is not None else {}),
                **self._at_stage(each.stage, each.initiatives, persona),
            }
            for each in body.spec.stages
        ]

    def _at_stage(self, stage: str, named: Sequence[str], persona: str) -> dict[str, list[str]]:
        current = [self._roadmap.name_of("Initiative", each) for each in named]
        names = dict.fromkeys([*current, *self._touching.get((stage, persona), [])])
        found = [self._roadmap.initiatives.get(each) for each in names]
        alive = [each for each in found if each and each.body.spec.status != "killed"]
        return {
            "initiatives": [each.name for each in alive],
            "open": [each.name for each in alive if each.body.spec.status != "shipped"],
        }

    @cached_property
    def _touching(self) -> Mapping[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for each in self._roadmap.initiatives.values():
            for stage in each.body.spec.touches:
                for persona in each.body.spec.personas:
                    found[stage, self._roadmap.name_of("Persona", persona)].append(each.name)
        return found

    def _unbaselined(self, service: Service) -> list[str]:
        """The requirements that begin nowhere: neither they nor their metrics have a dated one."""
        missing = []
        for each in service.spec.nfrs:
            metric = self._roadmap.metrics.get(self._roadmap.name_of("Metric", each.metric))
            baselines = (each.baseline, metric.body.spec.baseline if metric else None)
            if not any(found and found.date for found in baselines):
                missing.append(each.id)
        return missing

    def _output_metrics(self, goal: Goal) -> list[str]:
        names = [self._roadmap.name_of("Metric", each) for each in goal.spec.metrics]
        metrics = [self._roadmap.metrics.get(each) for each in names]
        return [each.name for each in metrics if each and each.body.spec.counts == "output"]

    def _renewals(self, decision: Decision) -> dict[str, Any]:
        """How many earlier Decisions of this type concern the same, by whatever name."""
        alike = self._alike.get(self._matter(decision), ())
        return scalar(sum(each.spec.date < decision.spec.date for each in alike))

    def _total_days(self, decision: Decision) -> dict[str, Any] | None:
        """How long it and the earlier ones last together."""
        alike = self._alike.get(self._matter(decision), ())
        spans = [each.spec for each in alike if each.spec.date <= decision.spec.date]
        ends = [(each.until - each.date).days for each in spans if each.until is not None]
        return scalar(sum(ends)) if decision.spec.until is not None else None

    def _matter(self, decision: Decision) -> tuple[str, ...]:
        """What a Decision is about: its type, and what it concerns as that is called now."""
        about = decision.spec.concerns
        parts = (about.policy, about.criterion, about.threshold, about.guardrail, about.config)
        refs = (str(each) for each in concerned(decision, self._roadmap))
        return (decision.spec.type, *(each or "" for each in parts), *refs)

    @cached_property
    def _alike(self) -> Mapping[tuple[str, ...], list[Decision]]:
        found: dict[tuple[str, ...], list[Decision]] = defaultdict(list)
        for each in self._roadmap.decisions.values():
            found[self._matter(each.body)].append(each.body)
        return found


def _of_evidence(body: Evidence) -> Mapping[str, Compute]:
    spec = body.spec
    count = sum(spec.participants.values()) if spec.participants else spec.sample or 0
    found = significance(spec.experiment.arms) if spec.experiment is not None else None
    effect = partial(scalar, found.effect) if found else _unknown
    confidence = partial(scalar, found.confidence) if found else _unknown
    return {
        "participants": partial(scalar, count),
        "effect": effect,
        "significance": confidence,
    }


def _day(days: Sequence[date]) -> dict[str, Any] | None:
    """The last of some days."""
    return scalar(max(days).isoformat()) if days else None


def _unknown() -> None:
    """No value: a policy asks with ``has()``."""
