"""What ``plan`` prints: each change of an issue before it is made, then one line of counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.report.text.account import account
from roadgate.report.text.terminal import Palette, harmless, pad, plain, wrap
from roadgate.report.words import counts

if TYPE_CHECKING:
    from roadgate.model.issues import ActionKind, IssueChange
    from roadgate.model.plan import Plan, PlanProblem

_SIGNS: dict[ActionKind, str] = {
    "create": "+",
    "reopen": "+",
    "update": "~",
    "label": "~",
    "comment": "~",
    "close": "-",
}
_COLUMNS = 100
_ACTION = 9


def plan(plan: Plan, *, color: bool = False) -> str:
    """The whole text of ``plan``."""
    palette = Palette(color)
    place = f"{plan.place.tracker} {plain(plan.place.repository)}".strip()
    blocks = [palette.bold(f"as of {plan.as_of}, issues of {place}:")]
    blocks += ["\n".join(_change(each, palette)) for each in plan.changes]
    blocks += ["\n".join(_problem(each, palette)) for each in plan.problems]
    blocks += account(plan.account, palette)
    if plan.notes:
        blocks.append("\n".join(f"  {plain(each)}" for each in plan.notes))
    blocks.append(palette.bold(counts(plan)))
    return harmless("\n\n".join(blocks) + "\n")


def _change(change: IssueChange, palette: Palette) -> list[str]:
    sign = _SIGNS[change.action]
    paint = {"+": palette.good, "~": palette.doubtful, "-": palette.bad}[sign]
    issue = f"issue {change.issue}: " if change.issue else ""
    head = f"  {paint(f'{sign} {pad(change.action, _ACTION)}')}{issue}{plain(change.title)}"
    margin = " " * (_ACTION + 4)
    lines = [head, f"{margin}{palette.faint(plain(change.key))}"]
    if change.reason:
        lines += wrap(plain(change.reason), _COLUMNS, first=margin, rest=margin)
    if change.labels and change.action in ("create", "label"):
        lines.append(f"{margin}labels: {', '.join(map(plain, change.labels))}")
    return lines


def _problem(problem: PlanProblem, palette: Palette) -> list[str]:
    issue = f"issue {problem.issue}: " if problem.issue else ""
    margin = " " * (_ACTION + 4)
    word = palette.bad(f"! {pad('problem', _ACTION)}")
    head = f"  {word}{issue}{plain(problem.message)}"
    return [
        head,
        f"{margin}{palette.faint(plain(problem.key))}",
        *wrap(f"fix: {plain(problem.fix)}", _COLUMNS, first=margin, rest=margin),
    ]
