"""Where an initiative stands on a day: each part judged when somebody asks, words last of all."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from roadgate.evaluate.criteria import JudgedCriterion, judge_criterion
from roadgate.evaluate.decisions import Ruling, frozen_on, paused_until, up_to
from roadgate.evaluate.guardrails import Guard, judge_bounds, judge_guards
from roadgate.evaluate.thresholds import JudgedThreshold, judge_threshold
from roadgate.evaluate.worst import worst, worst_kill
from roadgate.model.rice import score
from roadgate.model.verdict import CriterionVerdict, InitiativeResult, KillVerdict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from roadgate.evaluate.sources import Sources
    from roadgate.model.kinds import Initiative


class JudgedInitiative:
    """One initiative, judged by ``body``, with the Decisions that concern it."""

    def __init__(
        self, body: Initiative, name: str, sources: Sources, known: Sequence[Ruling], as_of: date
    ) -> None:
        self._body = body
        self._name = name
        self._sources = sources
        self._known = known
        self._as_of = as_of
        self._current = up_to(known, as_of)
        self.frozen_on = frozen_on(self._current)
        """The day of the kill Decision that froze everything."""
        self._day = self.frozen_on or as_of

    @property
    def paused_until(self) -> date | None:
        """The last day of the pause that is in force."""
        return paused_until(self._current, self._as_of)

    @property
    def verdict(self) -> CriterionVerdict | None:
        """The worst criterion's; None without criteria, which is never met."""
        return worst(each.verdict for each in self.criteria)

    @property
    def kill_verdict(self) -> KillVerdict | None:
        """The worst threshold's; None without any."""
        return worst_kill(each.verdict for each in self.kill_thresholds)

    @cached_property
    def criteria(self) -> tuple[JudgedCriterion, ...]:
        """On the day that counts: the day of the kill once there was one."""
        spec = self._body.spec
        return tuple(
            judge_criterion(each, spec.committed, self._sources, self._guards_then, self._day)
            for each in spec.success_criteria
        )

    @cached_property
    def kill_thresholds(self) -> tuple[JudgedThreshold, ...]:
        """On the same day, with the Decisions dated up to it."""
        spec, decided = self._body.spec, up_to(self._known, self._day)
        return tuple(
            judge_threshold(each, spec.committed, self._sources, decided, self._day)
            for each in spec.kill_thresholds
        )

    @cached_property
    def guardrails(self) -> tuple[Guard, ...]:
        """On the day that is asked about, whatever froze the rest."""
        return judge_guards(self._body.spec, self._sources, self._as_of)

    @cached_property
    def _frozen_guardrails(self) -> tuple[Guard, ...]:
        return judge_guards(self._body.spec, self._sources, self._day)

    def _guards_then(self) -> tuple[Guard, ...]:
        return self.guardrails if self._day == self._as_of else self._frozen_guardrails

    @cached_property
    def result(self) -> InitiativeResult:
        """Everything that is judged, in words."""
        metadata, spec = self._body.metadata, self._body.spec
        exits = ((each.phase, each.exit) for each in spec.rollout if each.exit is not None)
        nfrs = ((each.id, each) for each in spec.nfrs)
        return InitiativeResult(
            name=self._name,
            title=metadata.title,
            owner=metadata.owner,
            horizon=spec.horizon,
            status=spec.status,
            rice=None if spec.rice is None else score(spec.rice),
            verdict=self.verdict,
            kill_verdict=self.kill_verdict,
            frozen_on=self.frozen_on,
            paused_until=self.paused_until,
            criteria=tuple(each.result() for each in self.criteria),
            guardrails=tuple(each.hold.result() for each in self.guardrails),
            kill_thresholds=tuple(each.result() for each in self.kill_thresholds),
            nfrs=judge_bounds(nfrs, self._sources, self._as_of),
            rollout=judge_bounds(exits, self._sources, self._as_of),
        )
