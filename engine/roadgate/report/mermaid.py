"""Maps of a roadmap as Mermaid diagrams, which GitHub draws where Markdown has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.report.text.terminal import harmless, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from roadgate.model.maps import (
        Deliverable,
        Dependencies,
        Estate,
        ImpactMap,
        JourneyNode,
        Maps,
    )

_MARKUP = str.maketrans({each: f"#{ord(each)};" for each in '"#&<>`\\|{}[]()%;'})
"""What would end a label or be read as markup, as Mermaid's codes of characters."""
_STYLES = (
    "classDef gap fill:#fdd,stroke:#b00,color:#000",
    "classDef killed stroke-dasharray: 4 4",
)


def mermaid(found: Maps, view: str) -> str:
    """One map."""
    drawn: Mapping[str, Callable[[], Iterator[str]]] = {
        "impact": lambda: _impact(found.impact),
        "services": lambda: _estate(found.estate),
        "dependencies": lambda: _dependencies(found.dependencies),
        "journeys": lambda: _journeys(found.journeys),
    }
    lines = [*drawn[view](), *_STYLES]
    return harmless("\n".join(["flowchart LR", *(f"  {each}" for each in lines)]) + "\n")


class _Nodes:
    """Short identifiers for whatever has a place in a diagram."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], str] = {}

    def of(self, *key: str) -> str:
        """The identifier of something: the same each time."""
        return self._known.setdefault(key, f"n{len(self._known)}")


def _label(text: str) -> str:
    return f'"{plain(text).translate(_MARKUP)}"'


def _impact(found: ImpactMap) -> Iterator[str]:
    nodes = _Nodes()
    for goal in found.goals:
        yield f"{nodes.of('goal', goal.name)}([{_label(goal.title)}])"
        if goal.parent is not None:
            yield f"{nodes.of('goal', goal.parent)} --> {nodes.of('goal', goal.name)}"
    for goal in found.goals:
        yield from dict.fromkeys(
            line for each in goal.deliverables for line in _way(goal.name, each, nodes)
        )
    for end in found.loose:
        if end.kind != "Goal":
            yield f"{nodes.of(end.kind.lower(), end.name)}[{_label(end.title)}]:::gap"


def _way(goal: str, each: Deliverable, nodes: _Nodes) -> Iterator[str]:
    """The way from a goal to a deliverable, over actor and impact, each part once."""
    actor, change = each.actor or "nobody named", each.change or "no impact named"
    place = nodes.of("actor", goal, actor)
    impact = nodes.of("impact", goal, actor, change)
    initiative = nodes.of("initiative", each.name)
    gap = "" if each.actor else ":::gap"
    killed = ":::killed" if each.status == "killed" else ""
    yield f"{nodes.of('goal', goal)} --> {place}(({_label(actor)})){gap}"
    yield f"{place} --> {impact}>{_label(change)}]"
    yield f"{impact} --> {initiative}[{_label(each.title)}]{killed}"


def _estate(found: Estate) -> Iterator[str]:
    nodes = _Nodes()
    for each in found.services:
        yield f"{nodes.of(each.name)}[{_label(each.title)}]"
    known = {each.name for each in found.services}
    for each in found.services:
        yield from _arrows(each.name, each.depends_on, known, nodes)
    yield from _circles(found.cycles, nodes)


def _dependencies(found: Dependencies) -> Iterator[str]:
    nodes = _Nodes()
    known = {each.name for each in found.initiatives}
    for each in found.initiatives:
        killed = ":::killed" if each.status == "killed" else ""
        yield f"{nodes.of(each.name)}[{_label(each.title)}]{killed}"
    for each in found.initiatives:
        yield from _arrows(each.name, each.depends_on, known, nodes)
    yield from _circles(found.cycles, nodes)


def _arrows(name: str, depends_on: Sequence[str], known: set[str], nodes: _Nodes) -> Iterator[str]:
    for needed in depends_on:
        shown = "" if needed in known else f"[{_label(needed)}]:::gap"
        yield f"{nodes.of(name)} --> {nodes.of(needed)}{shown}"


def _circles(found: Sequence[Sequence[str]], nodes: _Nodes) -> Iterator[str]:
    for each in found:
        yield f"class {','.join(nodes.of(name) for name in dict.fromkeys(each))} gap"


def _journeys(found: Sequence[JourneyNode]) -> Iterator[str]:
    nodes = _Nodes()
    for journey in found:
        if journey.journey is None:
            label = _label(f"{journey.persona}: {', '.join(journey.gaps)}")
            yield f"{nodes.of('journey', journey.persona)}[{label}]:::gap"
        else:
            yield from _journey(journey, nodes)


def _journey(journey: JourneyNode, nodes: _Nodes) -> Iterator[str]:
    key = (journey.persona, journey.journey or "")
    label = _label(", ".join((journey.persona, *journey.gaps)))
    yield f"subgraph {nodes.of('journey', *key)}[{label}]"
    chain = [nodes.of("stage", *key, each.stage) for each in journey.stages]
    for each, node in zip(journey.stages, chain, strict=True):
        shown = f"{each.stage}: {', '.join(each.gaps)}" if each.gaps else each.stage
        yield f"  {node}[{_label(shown)}]{':::gap' if each.gaps else ''}"
    yield f"  {' --> '.join(chain)}"
    yield "end"
    for each, node in zip(journey.stages, chain, strict=True):
        for initiative in each.initiatives:
            yield f"{node} -.- {nodes.of('initiative', initiative)}([{_label(initiative)}])"
