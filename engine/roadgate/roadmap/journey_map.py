"""Journeys stage by stage, persona by persona, with the gaps."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, get_args

from roadgate.model.kinds.parts import Stage
from roadgate.model.maps import JourneyNode, StageNode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from roadgate.model.kinds import Journey
    from roadgate.model.kinds.journey import JourneyStage
    from roadgate.model.resource import Resource
    from roadgate.model.roadmap import Roadmap

STAGES: tuple[str, ...] = get_args(Stage)
EXIT = "exit"
BUNCHED, SHARE = 4, 60
"""So many initiatives in one stage, and more than so many percent of all: as RG413 asks."""
_Touching = dict[tuple[str, str], list[str]]


def journeys(roadmap: Roadmap) -> tuple[JourneyNode, ...]:
    """Every journey, and every persona that has none."""
    touching = _touching(roadmap)
    found = [_journey(each, roadmap, touching) for each in roadmap.journeys.values()]
    walked = {each.persona for each in found}
    found += [
        JourneyNode(name, None, each.body.metadata.title, (), ("nobody has written it down",))
        for name, each in roadmap.personas.items()
        if name not in walked
    ]
    return tuple(sorted(found, key=lambda each: (each.persona, each.journey or "")))


def _touching(roadmap: Roadmap) -> _Touching:
    """Initiatives by the stage that they touch and the persona that they are for."""
    found: _Touching = defaultdict(list)
    for name, each in roadmap.initiatives.items():
        for stage in each.body.spec.touches:
            for persona in each.body.spec.personas:
                found[stage, roadmap.name_of("Persona", persona)].append(name)
    return found


def _journey(journey: Resource[Journey], roadmap: Roadmap, touching: _Touching) -> JourneyNode:
    spec = journey.body.spec
    persona = roadmap.name_of("Persona", spec.persona)
    declared: dict[str, JourneyStage] = {each.stage: each for each in reversed(spec.stages)}
    stages = tuple(
        _stage(name, declared.get(name), _initiatives(name, declared, roadmap, touching, persona))
        for name in STAGES
    )
    return JourneyNode(
        persona=persona,
        journey=journey.name,
        title=journey.body.metadata.title,
        stages=stages,
        gaps=tuple(_whole(stages, roadmap)),
    )


def _initiatives(
    stage: str,
    declared: Mapping[str, JourneyStage],
    roadmap: Roadmap,
    touching: _Touching,
    persona: str,
) -> tuple[str, ...]:
    named = declared[stage].initiatives if stage in declared else ()
    names = dict.fromkeys(
        [
            *(roadmap.name_of("Initiative", each) for each in named),
            *touching.get((stage, persona), []),
        ]
    )
    return tuple(each for each in names if _status(each, roadmap) != "killed")


def _status(name: str, roadmap: Roadmap) -> str | None:
    found = roadmap.initiatives.get(name)
    return None if found is None else found.body.spec.status


def _stage(name: str, stage: JourneyStage | None, initiatives: tuple[str, ...]) -> StageNode:
    return StageNode(
        stage=name,
        expects=stage.expects if stage else None,
        pain=stage.pain if stage else None,
        waived=stage.waived if stage else None,
        initiatives=initiatives,
        gaps=tuple(_gaps(name, stage, initiatives)),
    )


def _gaps(name: str, stage: JourneyStage | None, initiatives: tuple[str, ...]) -> Sequence[str]:
    if stage is not None and stage.waived is not None:
        return []
    gaps = []
    if stage is None or stage.expects is None:
        gaps.append("no way out" if name == EXIT else "no expectation")
    if stage is None:
        return gaps
    if stage.pain is not None and not initiatives:
        gaps.append("a pain with no initiative")
    owned = bool(stage.touchpoints) and all(each.owner for each in stage.touchpoints)
    if stage.owner is None and not owned:
        gaps.append("nobody answers for it")
    return gaps


def _whole(stages: Sequence[StageNode], roadmap: Roadmap) -> list[str]:
    """Where open initiatives are bunched on one stage."""
    still = {
        each.stage: sum(_status(name, roadmap) != "shipped" for name in each.initiatives)
        for each in stages
    }
    together = sum(still.values())
    return [
        f"{count} of {together} open initiatives meet at '{stage}'"
        for stage, count in still.items()
        if count >= BUNCHED and count * 100 > SHARE * together
    ]
