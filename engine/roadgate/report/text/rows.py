"""One judged item of ``status``: verdict, id and values in columns, the reason below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.model.numbers import text as number
from roadgate.model.verdict import HoldVerdict
from roadgate.report.text.terminal import pad, plain, shorten, wrap
from roadgate.report.words import plural

if TYPE_CHECKING:
    from roadgate.model.verdict import CriterionResult, HoldResult, KillResult, Observed
    from roadgate.report.text.terminal import Palette

COLUMNS = 100
_NAME = 24
_VERDICT = 11
_BAD = frozenset({"error", "missed", "triggered", "breached"})
_GOOD = frozenset({"met", "recovered", "on-track", "clear", "held"})


def verdict_word(verdict: str, palette: Palette, columns: int = 0) -> str:
    """A verdict in its colour, as wide as it is to be."""
    text = pad(verdict, columns)
    if verdict in _BAD:
        return palette.bad(text)
    return palette.good(text) if verdict in _GOOD else palette.doubtful(text)


def observed_text(observed: Observed | None) -> str:
    """``18 on 2026-01-15``, or ``no value``."""
    return f"{number(observed.value)} on {observed.date}" if observed else "no value"


def _row(id_: str, verdict: str, rest: str, palette: Palette) -> list[str]:
    """Verdict, id and the rest in columns; the rest goes on below itself where it is long."""
    left = f"  {verdict_word(verdict, palette, _VERDICT)} {pad(shorten(plain(id_), _NAME), _NAME)} "
    lines = wrap(rest, COLUMNS - _VERDICT - _NAME - 4)
    below = " " * (_VERDICT + _NAME + 4)
    return [f"{left}{lines[0]}".rstrip(), *(below + line for line in lines[1:])]


def _explained(reason: str, way: str | None, palette: Palette) -> list[str]:
    margin = " " * (_VERDICT + 3)
    lines = wrap(plain(reason), COLUMNS, first=margin, rest=margin) if reason else []
    if way:
        lines += [
            palette.good(line)
            for line in wrap(plain(way), COLUMNS, first=f"{margin}→ ", rest=f"{margin}  ")
        ]
    return lines


def criterion(result: CriterionResult, palette: Palette) -> list[str]:
    """A success criterion, with its reason and the way to green."""
    until = f"by {result.by}" + (", standing" if result.standing else "")
    if result.question is not None:
        rest = f"{until}: {plain(result.question)}"
    else:
        segment = f" [{plain(result.segment)}]" if result.segment else ""
        target = f"target {plain(result.target or '')}"
        rest = f"{observed_text(result.observed)}, {target}{segment} {until}"
    rows = _row(result.id, result.verdict, rest, palette)
    return [*rows, *_explained(result.reason, result.way_to_green, palette)]


def kill(result: KillResult, palette: Palette) -> list[str]:
    """A kill threshold, with its reason."""
    parts = [f"{observed_text(result.observed)}, {result.action} when {plain(result.when)}"]
    if result.triggered_on:
        parts.append(f"triggered on {result.triggered_on}")
    if result.answered_by:
        parts.append(f"answered by {', '.join(map(plain, result.answered_by))}")
    if result.runway_days is not None:
        parts.append(f"{plural(result.runway_days, 'day')} of runway")
    rows = _row(result.id, result.verdict, ", ".join(parts), palette)
    return [*rows, *_explained(result.reason, None, palette)]


def hold(result: HoldResult, palette: Palette, label: str = "") -> list[str]:
    """A condition that holds or does not; the reason only where it does not."""
    if result.question is not None:
        rest = f"{f'{label}: ' if label else ''}{plain(result.question)}"
    else:
        asked = f"{label} {plain(result.target)}" if label else plain(result.target)
        rest = f"{observed_text(result.observed)}, {asked}"
    rows = _row(result.id, result.verdict, rest, palette)
    reason = "" if result.verdict is HoldVerdict.HELD else result.reason
    return [*rows, *_explained(reason, None, palette)]
