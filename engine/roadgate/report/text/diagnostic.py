"""One finding in full, like a compiler's diagnostic, with what is folded below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.model.finding import Finding, Related, Severity, Status
from roadgate.report.text.excerpt import Lines, excerpt, place
from roadgate.report.text.terminal import Palette, plain, shorten, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from roadgate.report.folding import Group
    from roadgate.report.text.view import View

_HOW_CERTAIN = {
    Status.FAIL: "",
    Status.ERROR: " (the rule could not be evaluated)",
    Status.UNKNOWN: " (not known here)",
    Status.PREVIEW: " (preview of the proposed rules)",
}
_MAX_MESSAGE = 1_000
_FOLDED = 5
"""How many of a folded list are named."""


def diagnostic(group: Group, lines: Lines, view: View) -> str:
    """The cause with its excerpts, its fix, and what is folded below it."""
    finding, palette = group.cause, view.palette
    message = shorten(plain(finding.message), _MAX_MESSAGE) + _HOW_CERTAIN[finding.status]
    label = f"{finding.severity}[{plain(finding.id)}]"
    shown = _wrapped(
        f"{label}: {message}",
        view,
        rest="  ",
        first=lambda line: (
            severity_word(finding.severity, label, palette) + palette.bold(line[len(label) :])
        ),
        others=palette.bold,
    )
    margin = "   "
    if finding.location is not None:
        shown += excerpt(finding.location, lines, palette, room=view.room)
        margin = " " * (len(str(finding.location.line)) + 1)
    elif finding.resource is not None:
        at = f", {plain(finding.field)}" if finding.field else ""
        shown.append(f"{margin}{palette.faint('= in:')} {plain(str(finding.resource))}{at}")
    few = finding.related if view.verbose else finding.related[:_FOLDED]
    for related in few:
        shown += _related(related, lines, view, margin)
    if len(finding.related) > len(few):
        shown.append(
            f"{margin}{palette.faint('= see:')} and {len(finding.related) - len(few)} more"
        )
    return "\n".join([*shown, *_below(group, margin, view)])


def _below(group: Group, margin: str, view: View) -> list[str]:
    finding, palette = group.cause, view.palette
    shown = []
    if finding.fix:
        fix = shorten(plain(finding.fix), _MAX_MESSAGE)
        shown += _noted("fix:", fix, margin, view, palette.good)
    shown += _noted("why:", f"roadgate explain {plain(finding.id)}", margin, view, str)
    if group.also:
        places = [where(each) for each in group.also]
        shown += _noted("also:", ", ".join(_few(places)), margin, view, palette.faint)
    for text in _few([_consequence(each) for each in group.then]):
        shown += _noted("then:", text, margin, view, palette.faint)
    return shown


def _consequence(finding: Finding) -> str:
    return f"{finding.severity}[{plain(finding.id)}]: {plain(finding.message)} ({where(finding)})"


def _few(texts: list[str]) -> list[str]:
    if len(texts) <= _FOLDED:
        return texts
    return [*texts[:_FOLDED], f"and {len(texts) - _FOLDED} more"]


def _noted(word: str, text: str, margin: str, view: View, paint: Callable[[str], str]) -> list[str]:
    first = f"{margin}= {word} "
    equals = f"{margin}{view.palette.faint('=')} {paint(word)} "
    return _wrapped(
        first + text,
        view,
        rest=" " * len(first),
        first=lambda line: equals + line[len(first) :],
        others=str,
    )


def _wrapped(
    text: str,
    view: View,
    *,
    rest: str,
    first: Callable[[str], str],
    others: Callable[[str], str],
) -> list[str]:
    """A sentence on as many lines as the terminal needs; each is painted after it is measured."""
    if view.wrap is None:
        return [first(text)]
    indent = text[: len(text) - len(text.lstrip())]
    lines = wrap(text, view.wrap, first=indent, rest=rest)
    return [first(lines[0]), *(others(line) for line in lines[1:])]


def _related(related: Related, lines: Lines, view: View, margin: str) -> list[str]:
    message = shorten(plain(related.message), _MAX_MESSAGE)
    if related.location is not None:
        return excerpt(related.location, lines, view.palette, message, room=view.room)
    about = f" ({plain(str(related.resource))})" if related.resource else ""
    return [f"{margin}{view.palette.faint('= see:')} {message}{about}"]


def severity_word(severity: Severity, text: str, palette: Palette) -> str:
    """``text`` in the colour of a severity."""
    match severity:
        case Severity.ERROR:
            return palette.bad(text)
        case Severity.WARNING:
            return palette.doubtful(text)
        case Severity.NOTICE:
            return palette.calm(text)


def where(finding: Finding) -> str:
    """The place of a finding on one line; the resource where there is no place."""
    if finding.location is not None:
        return place(finding.location)
    return plain(str(finding.resource)) if finding.resource is not None else "the project"


def labels(findings: Iterable[Finding]) -> str:
    """``900 x error[RG008], 50 x warning[RG023]``: what is left out, by severity and id."""
    counts: dict[str, int] = {}
    for each in findings:
        label = f"{each.severity}[{plain(each.id)}]"
        counts[label] = counts.get(label, 0) + 1
    return ", ".join(_few([f"{count} {label}" for label, count in counts.items()]))
