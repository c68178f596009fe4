"""Maps of a roadmap as text: a tree for each, the gaps below."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from roadgate.report.text.rows import COLUMNS
from roadgate.report.text.terminal import Palette, harmless, pad, plain, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from roadgate.model.maps import (
        Deliverable,
        Dependencies,
        Estate,
        ImpactMap,
        JourneyNode,
        Maps,
        StageNode,
    )

_STAGE = 10


def maps(found: Maps, views: Sequence[str], *, color: bool = False) -> str:
    """The maps that are asked for, one after the other."""
    palette = Palette(color)
    drawn: Mapping[str, Callable[[], Iterator[str]]] = {
        "impact": lambda: _impact(found.impact, palette),
        "services": lambda: _estate(found.estate, palette),
        "dependencies": lambda: _dependencies(found.dependencies, palette),
        "journeys": lambda: _journeys(found.journeys, palette),
    }
    return harmless("\n\n".join("\n".join(drawn[each]()) for each in views) + "\n")


def _impact(found: ImpactMap, palette: Palette) -> Iterator[str]:
    yield palette.bold("IMPACT MAP")
    if not found.goals:
        yield "  no goals"
    for goal in found.goals:
        margin = "  " * (goal.depth + 1)
        yield from _line(margin, f"{goal.name}: {goal.outcome}")
        for actor, below in groupby(goal.deliverables, key=lambda each: each.actor):
            yield from _line(f"{margin}  ", actor or "nobody named")
            yield from _impacts(f"{margin}    ", below)
    if found.loose:
        yield palette.bold("HANGS FROM NOTHING")
        for end in found.loose:
            yield from _line("  ", f"{end.kind} {end.name} ({end.title}) {end.why}")


def _impacts(margin: str, deliverables: Iterable[Deliverable]) -> Iterator[str]:
    for change, below in groupby(deliverables, key=lambda each: each.change):
        yield from _line(margin, change or "no impact named")
        for each in below:
            yield from _line(f"{margin}  ", _deliverable(each))


def _deliverable(each: Deliverable) -> str:
    state = each.horizon if each.status in {"proposed", "active"} else each.status
    rests = f", rests on {', '.join(each.evidence)}" if each.evidence else ""
    return f"{each.name}: {each.title} ({state}){rests}"


def _estate(found: Estate, palette: Palette) -> Iterator[str]:
    yield palette.bold("SERVICES")
    if not found.services:
        yield "  no services"
    known = {each.name for each in found.services}
    for each in found.services:
        tier = f"tier {each.tier}" if each.tier else "no tier"
        owner = f"owner {each.owner}" if each.owner else "no owner"
        yield from _line("  ", f"{each.name}: {each.title} ({each.lifecycle}, {tier}, {owner})")
        yield from _names("needs", [_known(name, known) for name in each.depends_on])
        yield from _names("is needed by", each.needed_by)
        yield from _names("is used by", each.consumers)
        yield from _names("is changed by", each.initiatives)
    yield from _circles(found.cycles, palette)


def _dependencies(found: Dependencies, palette: Palette) -> Iterator[str]:
    yield palette.bold("DEPENDENCIES")
    if not found.initiatives:
        yield "  no initiative waits for another"
    known = {each.name for each in found.initiatives}
    for each in found.initiatives:
        yield from _line("  ", f"{each.name}: {each.title} ({each.horizon}, {each.status})")
        yield from _names("waits for", [_known(name, known) for name in each.depends_on])
        yield from _names("is awaited by", each.needed_by)
    yield from _circles(found.cycles, palette)


def _known(name: str, known: set[str]) -> str:
    return name if name in known else f"{name} (not declared)"


def _names(word: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        yield from _line("    ", f"{word} {', '.join(names)}")


def _circles(found: Sequence[Sequence[str]], palette: Palette) -> Iterator[str]:
    if found:
        yield palette.bold("CIRCLES")
        for each in found:
            yield from (palette.bad(line) for line in _line("  ", " → ".join(each)))


def _journeys(found: Sequence[JourneyNode], palette: Palette) -> Iterator[str]:
    yield palette.bold("JOURNEYS")
    if not found:
        yield "  no personas"
    for each in found:
        title = f"{each.journey}: {each.title}" if each.journey else "no journey"
        yield from _line("  ", f"{each.persona}, {title}")
        for stage in each.stages:
            yield from _stage(stage, palette)
        for gap in each.gaps:
            yield from (palette.bad(line) for line in _line("    ", f"gap: {gap}"))


def _stage(stage: StageNode, palette: Palette) -> Iterator[str]:
    said = [
        f"waived: {stage.waived}" if stage.waived else "",
        f"expects: {stage.expects}" if stage.expects else "",
        f"pain: {stage.pain}" if stage.pain else "",
        f"initiatives: {', '.join(stage.initiatives)}" if stage.initiatives else "",
    ]
    below = " " * (_STAGE + 5)
    first = f"    {pad(stage.stage, _STAGE)} "
    lines = [line for each in said if each for line in _line(below, each)]
    lines += [palette.bad(line) for gap in stage.gaps for line in _line(below, f"gap: {gap}")]
    head, *rest = lines or [below]
    yield (first + head.removeprefix(below)).rstrip()
    yield from rest


def _line(margin: str, text: str) -> list[str]:
    return wrap(plain(text), COLUMNS, first=margin, rest=f"{margin}  ")
