"""What ``doctor`` prints: facts under headings, then what was not checked, then what is wrong."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from roadgate.model.checkup import State
from roadgate.report.json_v1 import dump
from roadgate.report.output_v1 import Output
from roadgate.report.text.terminal import harmless, pad, plain, width
from roadgate.report.words import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from roadgate.model.checkup import Checkup, Fact
    from roadgate.report.text.terminal import Palette
    from roadgate.report.text.view import View

_MARKS = {State.FINE: " ", State.NOTE: "-", State.UNCHECKED: "?", State.PROBLEM: "!"}


class FactOutput(Output):
    """One thing that roadgate sees."""

    area: str = Field(description="The heading that it stands under, such as git.")
    name: str = Field(description="Unique in its area.")
    value: str = Field(description="What is seen; never a secret.")
    state: State = Field(
        description="fine; note: worth knowing; unchecked: not looked at, or cannot be; problem."
    )
    hint: str = Field(description="What to do about it; empty when nothing has to be done.")


class DoctorOutput(Output):
    """What roadgate sees of itself, of the project, and of what surrounds it."""

    version: Literal[1]
    facts: list[FactOutput]
    not_checked: list[str] = Field(description="What was not looked at, and why, in words.")


def text(checkup: Checkup, view: View) -> str:
    """Facts by area, with a mark before those that deserve a look."""
    palette = view.palette
    blocks = []
    for area, group in groupby(checkup.facts, key=lambda each: each.area):
        facts = list(group)
        column = max(width(plain(each.name)) for each in facts)
        rows = [line for each in facts for line in _rows(each, column, palette)]
        blocks.append("\n".join([palette.bold(area), *rows]))
    left = _not_checked(checkup.facts)
    if left:
        rows = [f"  {plain(each)}" for each in left]
        blocks.append("\n".join([palette.bold("not checked"), *rows]))
    problems = sum(each.state is State.PROBLEM for each in checkup.facts)
    line = f"{plural(problems, 'problem')}, {len(left)} not checked"
    blocks.append(palette.bad(line) if problems else palette.bold(line))
    return harmless("\n\n".join(blocks) + "\n")


def json(checkup: Checkup) -> str:
    """The same for programs."""
    facts = [
        FactOutput(
            area=each.area, name=each.name, value=each.value, state=each.state, hint=each.hint
        )
        for each in checkup.facts
    ]
    return dump(DoctorOutput(version=1, facts=facts, not_checked=_not_checked(checkup.facts)))


def _rows(fact: Fact, column: int, palette: Palette) -> list[str]:
    paint: dict[State, Callable[[str], str]] = {
        State.FINE: str,
        State.NOTE: palette.calm,
        State.UNCHECKED: palette.doubtful,
        State.PROBLEM: palette.bad,
    }
    row = f"{_MARKS[fact.state]} {pad(plain(fact.name), column)}  {plain(fact.value)}"
    hint = [f"  {'':{column}}  {palette.good('→')} {plain(fact.hint)}"] if fact.hint else []
    return [paint[fact.state](row.rstrip()), *hint]


def _not_checked(facts: Sequence[Fact]) -> list[str]:
    return [
        f"{each.area}, {each.name}: {each.value}" for each in facts if each.state is State.UNCHECKED
    ]
