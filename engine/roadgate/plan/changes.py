"""The writes that one issue needs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from roadgate.model.issues import IssueChange
from roadgate.model.managed import Block, observed, plain, short_digest, with_event
from roadgate.model.plan import Ending

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from datetime import date

    from roadgate.model.issues import ActionKind, DesiredIssue
    from roadgate.plan.census import Ours

REST = timedelta(days=30)
MAX_BODY = 65_000
"""GitHub takes 65,536 characters."""
_PUT_OFF = frozenset({"not_planned", "duplicate"})


@dataclass(frozen=True, slots=True)
class Settled:
    """What one key needs."""

    changes: tuple[IssueChange, ...] = ()
    unchanged: int = 0
    notes: tuple[str, ...] = ()


def create(want: DesiredIssue) -> Settled:
    """Open a new issue."""
    change = IssueChange(
        action="create",
        key=want.key,
        issue=None,
        observed=None,
        title=want.title,
        body=_block(want).body(),
        labels=tuple(sorted(set(want.labels))),
        reason=want.reason,
    )
    return Settled(changes=(change,))


def settle(want: DesiredIssue, ours: Ours, own: AbstractSet[str], as_of: date) -> Settled:
    """Bring an issue that is there in line with what is wanted."""
    update = _update(want, ours, own)
    if ours.issue.state == "closed":
        return _closed(want, ours, update, as_of)
    changes = (*_news(want, ours), *update)
    return Settled(changes=changes, unchanged=0 if changes else 1)


def close(ours: Ours, ending: Ending) -> Settled:
    """Close an issue that is wanted no longer.

    A close as not planned is marked in the body first: without the mark, it is somebody's wish to
    let the issue rest.
    """
    marks: tuple[IssueChange, ...] = ()
    if ending.close_reason == "not_planned" and "closed" not in ours.block.marks:
        body = ours.block.marked(closed="by-roadgate").body()
        marks = (_change("update", ours, "marks that roadgate closes it", body),)
    comment = with_event(f"Closed: {ending.reason}.")
    last = replace(_change("close", ours, ending.reason, comment), close_reason=ending.close_reason)
    return Settled(changes=(*marks, last))


def close_duplicate(ours: Ours, other: Ours) -> Settled:
    """Close the younger of two issues with the same key."""
    return close(ours, Ending(f"duplicate of #{other.issue.number}", "not_planned"))


def _closed(
    want: DesiredIssue, ours: Ours, update: tuple[IssueChange, ...], as_of: date
) -> Settled:
    rest = _rests_until(ours, as_of)
    if rest is not None and as_of <= rest:
        return _resting(ours, rest)
    if rest is not None:
        why = f"Reopened: it rested until {rest.isoformat()}, and it is still so."
    elif "closed" in ours.block.marks:
        why = "Reopened: it is so again."
    else:
        why = (
            "Reopened: it is still so, or so again. To let it rest for 30 days, close it as not "
            "planned; the lasting answer is a Decision."
        )
    closed_on = ours.issue.closed_on.isoformat() if ours.issue.closed_on else ""
    comment = with_event(f"{why}\n\n{want.news}".strip(), closed_on)
    reopen = _change("reopen", ours, want.reason, comment)
    # marks say why it is closed: they must not go before it is open
    marked = _is_marked(ours)
    return Settled(changes=(reopen, *update) if marked else (*update, reopen))


def _is_marked(ours: Ours) -> bool:
    return not ours.block.marks.keys().isdisjoint(("closed", "rests-until"))


def _rests_until(ours: Ours, as_of: date) -> date | None:
    """The last day on which an issue rests that a person closed as not planned."""
    if ours.issue.state_reason not in _PUT_OFF or "closed" in ours.block.marks:
        return None
    known = ours.block.rests_until()
    return known or (ours.issue.closed_on or as_of) + REST


def _resting(ours: Ours, rest: date) -> Settled:
    day = rest.isoformat()
    note = f"issue #{ours.issue.number} ('{ours.key}') was closed as not planned: rests until {day}"
    if ours.block.rests_until() == rest:
        return Settled(unchanged=1, notes=(note,))
    words = (
        f"Closed as not planned: this rests until {day}. If it is still so then, it opens again. "
        "The lasting answer is a Decision."
    )
    comment = _change("comment", ours, f"rests until {day}", with_event(words))
    body = ours.block.marked(rests_until=day).body()
    mark = _change("update", ours, f"remembers that it rests until {day}", body)
    return Settled(changes=(comment, mark), notes=(note,))


def _news(want: DesiredIssue, ours: Ours) -> tuple[IssueChange, ...]:
    """A comment, if the state is another one than was told last."""
    told = ours.block.marks.get("state")
    if not want.news or told in (None, short_digest(want.news)) or _is_marked(ours):
        return ()  # with a mark, it was told when it was opened again
    return (_change("comment", ours, want.reason, with_event(want.news)),)


def _update(want: DesiredIssue, ours: Ours, own: AbstractSet[str]) -> tuple[IssueChange, ...]:
    issue = ours.issue
    body = _block(want, ours.block).body()
    mine = {label.casefold() for label in own}
    foreign = [label for label in issue.labels if label.casefold() not in mine]
    labels = tuple(sorted({*foreign, *want.labels}))
    differs = {
        "title": want.title != issue.title,
        "body": plain(body) != plain(issue.body),
        "labels": {each.casefold() for each in labels} != {x.casefold() for x in issue.labels},
    }
    what = [name for name, changed in differs.items() if changed]
    if not what:
        return ()
    change = _change("update", ours, f"{', '.join(what)} changed", body)
    return (replace(change, title=want.title, labels=labels),)


def _block(want: DesiredIssue, old: Block | None = None) -> Block:
    """The block that is wanted, around it what people wrote."""
    marks = {"state": short_digest(want.news)} if want.news else {}
    before, after = (old.before, old.after) if old else ("", "")
    block = Block(want.key, want.body, marks, before, after)
    excess = len(block.body()) - MAX_BODY
    return replace(block, text=_shortened(want.body, excess)) if excess > 0 else block


def _shortened(text: str, excess: int) -> str:
    """Leave out whole lines from the end, and close the code block that is cut through."""
    notice = "_The rest is left out: the issue is as long as it can be._"
    room = max(0, len(text) - excess - len(notice) - 10)
    kept = text[: text.rfind("\n", 0, room) + 1]
    fence = "```\n" if kept.count("```") % 2 else ""
    return f"{kept}{fence}\n{notice}"


def _change(action: ActionKind, ours: Ours, reason: str, body: str) -> IssueChange:
    return IssueChange(
        action=action,
        key=ours.key,
        issue=ours.issue.number,
        observed=observed(ours.issue),
        title=ours.issue.title,
        body=body,
        labels=ours.issue.labels,
        reason=reason,
    )
