"""Computes what policies see below ``computed``: from one roadmap, on one day."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from roadgate.evaluate import dependency_facts, promise_facts, service_facts
from roadgate.evaluate.cel import scalar
from roadgate.evaluate.concerns import concerned
from roadgate.evaluate.significance import Significance, significance
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

    Compute: TypeAlias = Callable[[Any], Any]
    Plan: TypeAlias = Sequence[tuple[str, Compute]]

OPEN = frozenset({"proposed", "active"})
"""The states in which an initiative takes up people's time."""


class Facts:
    """Derived values of resources."""

    def __init__(self, roadmap: Roadmap, as_of: date) -> None:
        self._roadmap = roadmap
        self._as_of = as_of
        self._plans: dict[tuple[str, Looks | None], Plan] = {}

    def of(self, body: Envelope, looks: Looks | None) -> dict[str, Any]:
        """What is computed of a resource, by name; what cannot be known is left out.

        With ``looks``, what nobody looks at is not computed.
        """
        plan = self._plans.get((body.KIND, looks))
        if plan is None:
            plan = self._plans[body.KIND, looks] = self._plan(body.KIND, looks)
        return {name: value for name, compute in plan if (value := compute(body)) is not None}

    def _plan(self, kind: str, looks: Looks | None) -> Plan:
        """What is to be computed of resources of a kind."""
        return [
            (name, compute)
            for name, compute in self._kinds.get(kind, {}).items()
            if looks is None or (f"{kind}Computed", name) in looks
        ]

    @cached_property
    def _kinds(self) -> Mapping[str, Mapping[str, Compute]]:
        """What is computed of each kind."""
        return {
            Initiative.KIND: self._of_initiative,
            Evidence.KIND: {
                "participants": _participants,
                "effect": _effect,
                "significance": _confidence,
                "isNewest": self._is_newest,
            },
            Metric.KIND: {
                "initiatives": lambda body: self._judged_by.get(body.metadata.name, []),
                "share": self._share,
                "measured": self._newest_row,
            },
            Team.KIND: {"inNow": self._in_now, "unsized": self._unsized},
            Goal.KIND: {"outputMetrics": self._output_metrics},
            Decision.KIND: {"renewals": self._renewals, "totalDays": self._total_days},
            Journey.KIND: {"stages": self._stages},
            Launch.KIND: {"initiativeStatus": self._status},
            Service.KIND: {
                "unbaselined": lambda body: service_facts.unbaselined(body, self._roadmap),
                "lateBaselines": lambda body: service_facts.late_baselines(body, self._roadmap),
            },
            Vision.KIND: {"lastReview": self._vision_reviewed},
        }

    @cached_property
    def _of_initiative(self) -> Mapping[str, Compute]:
        roadmap = self._roadmap
        return {
            "criteria": lambda body: promise_facts.criteria(body, roadmap),
            "thresholds": lambda body: promise_facts.thresholds(body, roadmap),
            "roles": lambda body: promise_facts.roles(body, roadmap),
            "unpaired": lambda body: promise_facts.unpaired(body, roadmap),
            "deadline": promise_facts.deadline,
            "firstCheck": promise_facts.first_check,
            "waitsFor": lambda body: dependency_facts.waits_for(body, roadmap),
            "newestEvidence": self._newest_evidence,
            "lastReview": self._reviewed,
        }

    def _share(self, metric: Metric) -> dict[str, Any] | None:
        """The share of the committed initiatives that succeed or fail by it."""
        judged = self._judged_by.get(metric.metadata.name)
        return scalar(len(judged) / self._measured) if judged else None

    def _newest_row(self, metric: Metric) -> dict[str, Any] | None:
        """The day of its newest observation; of a file that cannot be used nothing is known."""
        file = self._roadmap.measurements.get(metric.metadata.name)
        rows = file.observations if file is not None and file.problem is None else ()
        days = (each.date for each in reversed(rows) if each.date <= self._as_of)
        newest = next(days, None)
        return scalar(newest.isoformat()) if newest is not None else None

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

    def _reviewed(self, body: Initiative) -> dict[str, Any] | None:
        return _day(self._reviews.get((body.KIND, body.metadata.name), ()))

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


def _participants(body: Evidence) -> dict[str, Any]:
    spec = body.spec
    return scalar(sum(spec.participants.values()) if spec.participants else spec.sample or 0)


def _shown(body: Evidence) -> Significance | None:
    """What an experiment showed."""
    experiment = body.spec.experiment
    return significance(experiment.arms) if experiment is not None else None


def _effect(body: Evidence) -> dict[str, Any] | None:
    found = _shown(body)
    return scalar(found.effect) if found is not None else None


def _confidence(body: Evidence) -> dict[str, Any] | None:
    found = _shown(body)
    return scalar(found.confidence) if found is not None else None


def _day(days: Sequence[date]) -> dict[str, Any] | None:
    """The last of some days."""
    return scalar(max(days).isoformat()) if days else None
