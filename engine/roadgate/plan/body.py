"""The bodies of issues: the promise, what was measured, what was decided, what can be done.

Nothing in them depends on the day they are written, only on what was declared and observed, so
that a run without news changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.model.verdict import CriterionResult, CriterionVerdict, HoldVerdict, KillResult
from roadgate.plan import markdown
from roadgate.plan.words import NOTHING, WITHHELD, View, snippet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadgate.model.issues import DesiredIssue
    from roadgate.model.seal import Amendment, Seal
    from roadgate.model.verdict import InitiativeResult

FOOTER = "_roadgate keeps this part up to date. What you write above or below it stays._"
_TABLE_BUDGET = 26_000
_WAY_BUDGET = 6_000
_SETTLED = frozenset({CriterionVerdict.MET, CriterionVerdict.MISSED, CriterionVerdict.RECOVERED})


def missed(view: View, result: InitiativeResult, criteria: Sequence[CriterionResult]) -> str:
    """The body about missed criteria; ``criteria`` are those that the issue is about."""
    head = ("criterion", "what", "target", "by", "observed", "verdict", "why")
    rows = [_criterion(view, result, each) for each in criteria]
    name = markdown.text(result.title)
    return _join(
        f"**{name}** (`{result.name}`) has missed what it promised.",
        _summary(view, result.name),
        markdown.table(head, rows, _TABLE_BUDGET),
        _way_to_green(view, result.name, criteria),
        _missed_choices(result.name, [each for each in criteria if _is_missed(each)]),
        view.decided(result.name),
        view.measured((each.metric, each.segment or "") for each in criteria if each.metric),
        view.file_link(result.name),
        FOOTER,
    )


def kill(view: View, result: InitiativeResult, threshold: KillResult) -> str:
    """The body about a triggered kill threshold."""
    head = ("threshold", "metric", "stop when", "held on", "asks for", "why")
    internal = view.is_internal(threshold.metric)
    held = threshold.triggered_on.isoformat() if threshold.triggered_on else NOTHING
    why = WITHHELD if internal else markdown.text(threshold.reason)
    cells = (
        markdown.text(threshold.id),
        f"`{threshold.metric}`",
        markdown.text(threshold.when),
        held,
    )
    row = (*cells, threshold.action, why)
    return _join(
        f"**{markdown.text(result.title)}** (`{result.name}`) has reached the point at which the "
        "team said it would stop.",
        _summary(view, result.name),
        markdown.table(head, [row], _TABLE_BUDGET),
        _kill_choices(result.name, threshold.id),
        view.decided(result.name),
        view.measured([(threshold.metric, _segment(view, result.name, threshold.id))]),
        view.file_link(result.name),
        FOOTER,
    )


def seal(view: View, result: InitiativeResult, found: Seal) -> str:
    """The body about a promise that was changed without a Decision."""
    commit = f" in commit `{found.commit[:12]}`" if found.commit else ""
    since = f" on {found.date.isoformat()}" if found.date else ""
    changes = [_amendment(each) for each in found.amendments if each.decision is None]
    return _join(
        f"The promise of **{markdown.text(result.title)}** (`{result.name}`), sealed{commit}"
        f"{since}, was changed without a Decision. It is judged by the sealed text.",
        "\n".join(markdown.within(changes, _TABLE_BUDGET, "changes")),
        "### Your choices\n\n- Put the sealed text back; this issue then closes.\n"
        "- Record a Decision that stands by the change, and have it approved on its pull request:",
        snippet("relax", result.name, ", criterion: ..."),
        view.decided(result.name),
        view.file_link(result.name),
        FOOTER,
    )


def too_many(issues: Sequence[DesiredIssue], limit: int) -> str:
    """The body of the one issue that stands for more new ones than are allowed at once."""
    lines = [f"- `{each.key}`: {markdown.text(each.title)}" for each in issues]
    return _join(
        f"{len(issues)} new issues are wanted, and at most {limit} may be opened at once. "
        "None was opened.",
        "\n".join(markdown.within(lines, _TABLE_BUDGET, "issues")),
        "If they are right, open them with a higher limit, once: "
        f"`roadgate apply --allow {len(issues)}`. If not, look at what changed last: a policy, "
        "a metric's file, the configuration.",
        FOOTER,
    )


def _criterion(view: View, result: InitiativeResult, each: CriterionResult) -> tuple[str, ...]:
    steady = not _drifts(view, result.name, each)
    what = f"`{each.metric}`" if each.metric else markdown.text(each.question or "")
    observed = (
        view.value(each.metric, each.observed if steady else None) if each.metric else NOTHING
    )
    verdict = f"**{each.verdict}**" if _is_missed(each) else str(each.verdict)
    why = _why(view, result, each, steady=steady) if _is_missed(each) else ""
    target = markdown.text(each.target or "met")
    return (markdown.text(each.id), what, target, each.by.isoformat(), observed, verdict, why)


def _why(view: View, result: InitiativeResult, each: CriterionResult, *, steady: bool) -> str:
    if not steady:
        return "judged over a window that moves on from day to day"
    quotes_internal = any(
        guard.verdict is not HoldVerdict.HELD and view.is_internal(guard.metric)
        for guard in result.guardrails
    )
    if view.is_internal(each.metric) or quotes_internal:
        return WITHHELD
    return markdown.text(each.reason)


def _drifts(view: View, initiative: str, each: CriterionResult) -> bool:
    """Whether the value judged can change from day to day without a new observation."""
    found = view.roadmap.initiatives.get(initiative)
    written = found.body.spec.success_criteria if found else ()
    windowed = any(item.id == each.id and item.window is not None for item in written)
    return windowed and (each.standing or each.verdict not in _SETTLED)


def _segment(view: View, initiative: str, threshold: str) -> str:
    found = view.roadmap.initiatives.get(initiative)
    written = found.body.spec.kill_thresholds if found else ()
    return next((item.segment or "" for item in written if item.id == threshold), "")


def _is_missed(each: CriterionResult) -> bool:
    return each.verdict is CriterionVerdict.MISSED


def _summary(view: View, initiative: str) -> str:
    found = view.roadmap.initiatives.get(initiative)
    summary = found.body.spec.summary if found else None
    return f"> {markdown.text(summary, 1000)}" if summary else ""


def _way_to_green(view: View, initiative: str, criteria: Sequence[CriterionResult]) -> str:
    lines = [
        f"- {markdown.text(each.id)}: {markdown.text(each.way_to_green)}"
        for each in criteria
        if _is_missed(each)
        and each.way_to_green
        and not view.is_internal(each.metric)
        and not _drifts(view, initiative, each)
    ]
    if not lines:
        return ""
    return "\n".join(["### The way to green", "", *markdown.within(lines, _WAY_BUDGET)])


def _missed_choices(initiative: str, criteria: Sequence[CriterionResult]) -> str:
    first = criteria[0].id if criteria else "..."
    return _join(
        "### Your choices",
        "- Go on until the target holds: this issue then closes as recovered.\n"
        "- **pivot**: give up this promise for a new one with a later date.\n"
        "- **kill**: stop, and write down what was learned (add `learned:`).\n"
        "- **relax**: change the target or the date in the open, with an approval.",
        "Each is a Decision: save this, filled in, as a new file among the roadmap's, and open a "
        "pull request.",
        snippet(
            "pivot", initiative, "", ("# kill and relax are written alike; kill needs learned:",)
        ),
        f"A relax names what it relaxes: `concerns: {{initiative: {initiative}, "
        f"criterion: {first}}}`.",
    )


def _kill_choices(initiative: str, threshold: str) -> str:
    return _join(
        "### Your choices",
        "- **kill**: stop, and write down what was learned (replace `until:` by `learned:`).\n"
        "- **pivot**: give up this promise for a new one.\n"
        "- **continue**: go on until a day, and say why.",
        "Each is a Decision: save this, filled in, as a new file among the roadmap's, and open a "
        "pull request. "
        "A number that recovers by itself does not answer the question.",
        snippet("continue", initiative, f", threshold: {threshold}", ("until: YYYY-MM-DD",)),
    )


def _amendment(each: Amendment) -> str:
    commit = f"commit `{each.commit[:12]}`" if each.commit else "not committed yet"
    when = f"{each.date.isoformat()}, " if each.date else ""
    fields = ", ".join(markdown.text(name) for name in each.fields)
    return f"- {when}{commit}: {fields or 'the promise'}"


def _join(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
