"""Answers the functions about the roadmap, from one run's roadmap, verdicts and pull request."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from roadgate.evaluate.changes import approvers
from roadgate.evaluate.functions import calendar
from roadgate.evaluate.functions.host import is_approved
from roadgate.evaluate.views import NO_VERDICT
from roadgate.model import graph
from roadgate.model.source import ResourceRef
from roadgate.model.suggest import advice
from roadgate.model.values import parse_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from roadgate.evaluate.cel import Message
    from roadgate.evaluate.judged_initiative import JudgedInitiative
    from roadgate.evaluate.world import World
    from roadgate.model.change import Context
    from roadgate.model.kinds.initiative import InitiativeSpec
    from roadgate.model.resource import Resource
    from roadgate.model.roadmap import Roadmap

OPEN = frozenset({"proposed", "active"})
AHEAD, ENDED = frozenset({"next", "now"}), frozenset({"shipped", "killed"})
WITHOUT_END = timedelta(days=92)
SHOWN = 5
"""How many resources a message names at most."""


class Answers:
    """What ``functions.host.Host`` asks for; everything is worked out at most once."""

    def __init__(self, world: World, context: Context | None, judge: Roadmap | None) -> None:
        self._world = world
        self._roadmap = world.roadmap
        self._context = context
        self._judge = judge
        self._first_month = world.roadmap.config.spec.calendar.quarter_start

    def lookup(self, kind: str, name: str) -> Message:
        """The resource of a name, or of a former one."""
        ref = self._ref(kind, name)
        found = self._known.get(ref)
        if found is None and ref in self._roadmap.broken:
            raise ValueError(f"the {kind} '{name}' is broken; a finding of check says where")
        if found is None:
            raise ValueError(f"there is no {kind} '{name}'")
        return self._world.message(found)

    def exists(self, kind: str, name: str) -> bool:
        """Whether there is such a resource, usable or not: one that is broken is no absent one."""
        ref = self._ref(kind, name)
        return ref in self._known or ref in self._roadmap.broken

    def verdict(self, initiative: str) -> str:
        """An initiative's verdict; ``none`` without criteria."""
        return str(self._judged(initiative).verdict or NO_VERDICT)

    def kill_verdict(self, initiative: str) -> str:
        """The verdict of its thresholds; ``none`` without any."""
        return str(self._judged(initiative).kill_verdict or NO_VERDICT)

    def item_verdict(self, initiative: str, item: str) -> str:
        """The verdict of one of its criteria, guardrails or thresholds."""
        found = self._judged(initiative)
        verdicts = {
            **{each.threshold.id: each.verdict.value for each in found.kill_thresholds},
            **{each.hold.id: each.hold.verdict.value for each in found.guardrails},
            **{each.criterion.id: each.verdict.value for each in found.criteria},
        }
        if item not in verdicts:
            hint = advice(item, verdicts, otherwise="it has none")
            raise ValueError(f"'{initiative}' has no criterion '{item}': {hint}")
        return verdicts[item]

    def named(self, resources: list[Any]) -> str:
        """Their names for a message: five at most, then how many more."""
        names = [f"'{self._world.name_of(each)}'" for each in resources]
        shown = ", ".join(names[:SHOWN])
        return shown if len(names) <= SHOWN else f"{shown} and {len(names) - SHOWN} more"

    def approved_by(self, team: str) -> str:
        """Whether somebody in the team, who wrote none of it, approves the change."""
        members = self._members(team)
        if self._context is None:
            return "yes" if is_approved() else "unknown"
        return "yes" if members & {each.lower() for each in approvers(self._context)} else "no"

    def quarter(self, day: str) -> str:
        """The quarter of a day."""
        return calendar.quarter(parse_day(day), self._first_month)

    def quarters(self, start: str, end: str) -> list[str]:
        """Every quarter from one day to another."""
        first, last = parse_day(start), parse_day(end)
        return calendar.quarters(first, last, self._first_month)

    def demand(self, team: str, quarter: str) -> float:
        """The person-months that a team's open commitments take in a quarter."""
        first, last = calendar.bounds(quarter, self._first_month)
        owned = self._commitments.get(self._roadmap.name_of("Team", team), ())
        return float(sum((each.share(first, last) for each in owned), Fraction(0)))

    def open_initiatives(self) -> int:
        """How many are in next and now, and neither shipped nor killed."""
        specs = (each.body.spec for each in self._roadmap.initiatives.values())
        return sum(each.horizon in AHEAD and each.status not in ENDED for each in specs)

    def top_by_rice(self, initiatives: list[Any], count: int) -> list[Any]:
        """Those with the highest scores, highest first; equal ones by name."""
        scores = self._world.scores
        scored = [each for each in initiatives if each.metadata.name.value in scores]
        scored.sort(key=lambda each: (-scores[each.metadata.name.value], each.metadata.name.value))
        return scored[: max(0, count)]

    def dependencies(self, initiative: str) -> list[str]:
        """Everything that must come before it, nearest first."""
        return graph.reachable(self._depends, self._initiative(initiative))

    def path(self, start: str, end: str) -> list[str]:
        """How one initiative depends on another."""
        return graph.path(self._depends, self._initiative(start), self._initiative(end))

    def cycles(self) -> list[str]:
        """Circles of initiatives that wait for one another."""
        return [" → ".join(each) for each in graph.cycles(self._depends)]

    def _ref(self, kind: str, name: str) -> ResourceRef:
        return ResourceRef(kind, self._roadmap.name_of(kind, name))

    @cached_property
    def _known(self) -> Mapping[ResourceRef, Resource[Any]]:
        return {each.ref: each for each in self._roadmap.resources}

    @cached_property
    def _depends(self) -> Mapping[str, Sequence[str]]:
        return {
            name: [self._roadmap.name_of("Initiative", wanted) for wanted in needs]
            for name, each in self._roadmap.initiatives.items()
            if (needs := each.body.spec.depends_on)
        }

    @cached_property
    def _commitments(self) -> Mapping[str, Sequence[_Commitment]]:
        found: dict[str, list[_Commitment]] = defaultdict(list)
        for each in self._roadmap.initiatives.values():
            owner, spec = each.body.metadata.owner, each.body.spec
            if owner is not None and spec.horizon == "now" and spec.status in OPEN:
                start = spec.committed or self._world.as_of
                end = max(start, _end(spec, start))
                daily = None
                if spec.rice is not None:
                    daily = Fraction(spec.rice.effort) / ((end - start).days + 1)
                team = self._roadmap.name_of("Team", owner)
                found[team].append(_Commitment(each.name, start, end, daily))
        return found

    def _initiative(self, name: str) -> str:
        current = self._roadmap.name_of("Initiative", name)
        if current not in self._roadmap.initiatives:
            raise ValueError(f"there is no Initiative '{name}'")
        return current

    def _judged(self, name: str) -> JudgedInitiative:
        found = self._world.judged(self._initiative(name))
        if found is None:
            raise ValueError(f"nothing has judged '{name}'")
        return found

    def _members(self, team: str) -> set[str]:
        """Logins of a Team as base knows it; the change cannot appoint its own approvers."""
        teams = (self._judge or self._roadmap).teams
        found = teams.get((self._judge or self._roadmap).name_of("Team", team))
        if found is not None:
            handles = [each.github for each in found.body.spec.members if each.github]
        elif self._context is not None and team in self._context.teams:
            handles = [each for each in self._context.teams[team] if not each.endswith("[bot]")]
        else:
            raise ValueError(f"there is no Team '{team}'")
        return {each.removeprefix("@").lower() for each in handles}


class _Commitment(NamedTuple):
    """An open commitment of a team, and what it takes."""

    name: str
    start: date
    end: date
    daily: Fraction | None
    """Person-months a day; None where its effort is unknown."""

    def share(self, first: date, last: date) -> Fraction:
        """The part of its effort that falls into a stretch of days."""
        common = (min(self.end, last) - max(self.start, first)).days + 1
        if common <= 0:
            return Fraction(0)
        if self.daily is None:
            raise ValueError(f"'{self.name}' has no rice, so that its effort is unknown")
        return self.daily * common


def _end(spec: InitiativeSpec, start: date) -> date:
    """The last day of the work: its last milestone, else its last deadline, else a quarter on."""
    due = [each.due for each in spec.milestones] or [each.by for each in spec.success_criteria]
    return max(due) if due else min(start, date.max - WITHOUT_END) + WITHOUT_END - timedelta(days=1)
