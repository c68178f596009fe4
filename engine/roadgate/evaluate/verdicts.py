"""All verdicts of a roadmap, as of a day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from roadgate.evaluate.decisions import rulings
from roadgate.evaluate.guardrails import judge_standing
from roadgate.evaluate.judged_initiative import JudgedInitiative
from roadgate.evaluate.plans import (
    judge_journeys,
    judge_launch,
    judge_launches,
    judge_services,
    judge_visions,
)
from roadgate.evaluate.sources import Archive, Sources
from roadgate.model.verdict import InitiativeResult, LaunchResult, Verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

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
        self._known: dict[str, JudgedInitiative] = {}
        self._launched: dict[str, LaunchResult] = {}

    def __getitem__(self, name: str) -> InitiativeResult:
        return self._judged(name).result

    def judged(self, name: str) -> JudgedInitiative | None:
        """Where an initiative stands, without words; None for one that nobody declares."""
        return self._judged(name) if name in self._bodies else None

    def launch(self, name: str) -> LaunchResult | None:
        """Where a launch stands; None for one that nobody declares."""
        found = self._roadmap.launches.get(name)
        if found is not None and name not in self._launched:
            sources = Sources(self._roadmap, self._archive)
            self._launched[name] = judge_launch(
                found.body, sources, self._bodies, self._rulings, self._as_of
            )
        return self._launched.get(name)

    def _judged(self, name: str) -> JudgedInitiative:
        if name not in self._known:
            sources = Sources(self._roadmap, self._archive, self._metrics.get(name, {}))
            known = self._rulings.get(name, ())
            self._known[name] = JudgedInitiative(
                self._bodies[name], name, sources, known, self._as_of
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
