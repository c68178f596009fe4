"""All verdicts of a roadmap, as of a day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from roadgate.evaluate.criteria import judge_criterion
from roadgate.evaluate.decisions import Ruling, frozen_on, paused_until, rulings, up_to
from roadgate.evaluate.guardrails import judge_bounds, judge_guards, judge_standing
from roadgate.evaluate.plans import judge_journeys, judge_launches, judge_services, judge_visions
from roadgate.evaluate.sources import Archive, Sources
from roadgate.evaluate.thresholds import judge_threshold
from roadgate.evaluate.worst import worst, worst_kill
from roadgate.model.rice import score
from roadgate.model.verdict import (
    CriterionResult,
    InitiativeResult,
    KillResult,
    Verdicts,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from roadgate.evaluate.guardrails import Guard
    from roadgate.model.kinds import Initiative, Metric
    from roadgate.model.roadmap import Roadmap


def judge(
    roadmap: Roadmap,
    as_of: date,
    *,
    initiatives: Mapping[str, Initiative] | None = None,
    metrics: Mapping[str, Mapping[str, Metric]] | None = None,
) -> Verdicts:
    """Judge every initiative, and whatever else promises something, as of a day.

    ``initiatives`` and ``metrics`` (by initiative, then by metric) are the sealed text; what they
    do not name is judged as it stands in the roadmap. An initiative that only the seal still knows
    is judged too.
    """
    return Judgements(roadmap, as_of, initiatives=initiatives, metrics=metrics).all()


class Judgements(Mapping[str, InitiativeResult]):
    """The verdicts of ``judge`` by initiative, each worked out when somebody asks for it."""

    def __init__(
        self,
        roadmap: Roadmap,
        as_of: date,
        *,
        initiatives: Mapping[str, Initiative] | None = None,
        metrics: Mapping[str, Mapping[str, Metric]] | None = None,
    ) -> None:
        self._roadmap = roadmap
        self._as_of = as_of
        own = {name: resource.body for name, resource in roadmap.initiatives.items()}
        self._bodies = dict(sorted((own | dict(initiatives or {})).items()))
        self._metrics = metrics or {}
        self._archive = Archive(roadmap.measurements)
        self._rulings = rulings(roadmap)
        self._known: dict[str, InitiativeResult] = {}

    def __getitem__(self, name: str) -> InitiativeResult:
        if name not in self._known:
            self._known[name] = _judge_initiative(
                name,
                self._bodies[name],
                Sources(self._roadmap, self._archive, self._metrics.get(name, {})),
                self._rulings.get(name, ()),
                self._as_of,
            )
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._bodies)

    def __len__(self) -> int:
        return len(self._bodies)

    def all(self) -> Verdicts:
        """Every verdict, those of everything beside initiatives too."""
        sources, day = Sources(self._roadmap, self._archive), self._as_of
        return Verdicts(
            as_of=day,
            initiatives=tuple(self.values()),
            metrics=judge_standing(sources, day),
            launches=judge_launches(sources, self._bodies, self._rulings, day),
            services=judge_services(sources, day),
            visions=judge_visions(sources, day),
            journeys=judge_journeys(sources, day),
        )


def _judge_initiative(
    name: str, body: Initiative, sources: Sources, known: Sequence[Ruling], as_of: date
) -> InitiativeResult:
    spec = body.spec
    current = up_to(known, as_of)
    frozen = frozen_on(current)
    day = frozen or as_of
    guards = judge_guards(spec, sources, as_of)
    then = guards if day == as_of else judge_guards(spec, sources, day)
    criteria, thresholds = _judge_promise(body, sources, up_to(known, day), then, day)
    return InitiativeResult(
        name=name,
        title=body.metadata.title,
        owner=body.metadata.owner,
        horizon=spec.horizon,
        status=spec.status,
        rice=None if spec.rice is None else score(spec.rice),
        verdict=worst(each.verdict for each in criteria),
        kill_verdict=worst_kill(each.verdict for each in thresholds),
        frozen_on=frozen,
        paused_until=paused_until(current, as_of),
        criteria=criteria,
        guardrails=tuple(guard.result for guard in guards),
        kill_thresholds=thresholds,
        nfrs=judge_bounds(((each.id, each) for each in spec.nfrs), sources, as_of),
        rollout=judge_bounds(
            ((each.phase, each.exit) for each in spec.rollout if each.exit is not None),
            sources,
            as_of,
        ),
    )


def _judge_promise(
    body: Initiative,
    sources: Sources,
    decided: Sequence[Ruling],
    guards: tuple[Guard, ...],
    day: date,
) -> tuple[tuple[CriterionResult, ...], tuple[KillResult, ...]]:
    """Criteria and thresholds on the day that counts: the day of the kill once there was one."""
    spec = body.spec
    return (
        tuple(
            judge_criterion(each, spec.committed, sources, guards, day)
            for each in spec.success_criteria
        ),
        tuple(
            judge_threshold(each, spec.committed, sources, decided, day)
            for each in spec.kill_thresholds
        ),
    )
