"""Which Decisions speak of an initiative on a day: what they freeze, pause and answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from roadgate.model.kinds.decision import DecisionSpec
    from roadgate.model.roadmap import Roadmap

_PREFIX = "Initiative/"


@dataclass(frozen=True, slots=True)
class Ruling:
    """A Decision that concerns an initiative."""

    name: str
    spec: DecisionSpec

    @property
    def whole(self) -> bool:
        """Whether it concerns the initiative as a whole, and not one part of it."""
        about = self.spec.concerns
        return about.criterion is None and about.threshold is None and about.guardrail is None

    def about(self, threshold: str) -> bool:
        """Whether it concerns a threshold, or all of them."""
        return self.whole or self.spec.concerns.threshold == threshold


def rulings(roadmap: Roadmap) -> Mapping[str, tuple[Ruling, ...]]:
    """Initiative to the Decisions that concern it, by date and name; former names count."""
    found: dict[str, list[Ruling]] = {}
    for name, resource in roadmap.decisions.items():
        about = resource.body.spec.concerns
        named = {about.initiative, _initiative(about.resource)} - {None}
        for initiative in sorted({roadmap.name_of("Initiative", each) for each in named if each}):
            found.setdefault(initiative, []).append(Ruling(name, resource.body.spec))
    return {
        initiative: tuple(sorted(each, key=lambda ruling: (ruling.spec.date, ruling.name)))
        for initiative, each in found.items()
    }


def _initiative(resource: str | None) -> str | None:
    if resource is None or not resource.startswith(_PREFIX):
        return None
    return resource.removeprefix(_PREFIX)


def up_to(known: Iterable[Ruling], day: date) -> tuple[Ruling, ...]:
    """Those dated up to a day."""
    return tuple(each for each in known if each.spec.date <= day)


def frozen_on(known: Sequence[Ruling]) -> date | None:
    """The day of the newest kill, unless a ``resume`` is dated later.

    A ``resume`` of the same day revives nothing: days have no order within, and a kill is the
    graver word.
    """
    killed = max((each.spec.date for each in known if each.spec.type == "kill"), default=None)
    if killed is None:
        return None
    revived = any(each.spec.type == "resume" and each.spec.date > killed for each in known)
    return None if revived else killed


def paused_until(known: Sequence[Ruling], day: date) -> date | None:
    """The last day of the pause of the whole initiative that is in force."""
    ends = [
        each.spec.until
        for each in known
        if each.whole and each.spec.until and _pauses(each, known, day)
    ]
    return max(ends, default=None)


def _pauses(ruling: Ruling, known: Sequence[Ruling], day: date) -> bool:
    """Whether a pause is in force: up to ``until``, or a ``resume`` of the same day or later."""
    spec = ruling.spec
    if spec.type != "pause" or spec.until is None or not spec.date <= day <= spec.until:
        return False
    return runs(ruling, known)


def runs(ruling: Ruling, known: Sequence[Ruling]) -> bool:
    """Whether no ``resume`` of the same day or later has ended a pause; nothing ends the others."""
    spec = ruling.spec
    return spec.type != "pause" or not any(
        each.spec.type == "resume" and each.spec.date >= spec.date for each in known
    )


@dataclass(frozen=True, slots=True)
class Answers:
    """Up to which check date each Decision answers a threshold."""

    until: Mapping[str, date]

    def to(self, check: date) -> tuple[str, ...]:
        """The Decisions that answer a check date, by name."""
        return tuple(name for name, last in self.until.items() if check <= last)


_NONE = Answers({})


def answers(threshold: str, known: Sequence[Ruling], day: date) -> Answers:
    """The Decisions dated up to ``day`` that answer check dates of a threshold."""
    if not known:
        return _NONE
    until = {each.name: _answered_until(each, threshold, known, day) for each in known}
    return Answers({name: last for name, last in sorted(until.items()) if last is not None})


def _answered_until(
    ruling: Ruling, threshold: str, known: Sequence[Ruling], day: date
) -> date | None:
    spec = ruling.spec
    if spec.type == "kill":  # whichever threshold it names, it answers all
        return spec.date
    if not ruling.about(threshold):
        return None
    match spec.type:
        case "continue":
            return spec.until
        case "pivot":
            return spec.date
        case "pause":
            return day if _pauses(ruling, known, day) else None
        case _:
            return None
