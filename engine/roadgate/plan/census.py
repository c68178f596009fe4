"""Whose the marked issues are, and which one counts for a key."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from roadgate.model.managed import Block, block_of, is_ours
from roadgate.plan import keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from roadgate.model.issues import ActualIssue


@dataclass(frozen=True, slots=True)
class Ours:
    """One of our issues, taken apart."""

    key: str
    """Under the initiative's present name; the marker may still have a former one."""
    issue: ActualIssue
    block: Block


@dataclass(frozen=True, slots=True)
class Census:
    """All issues with the managed label."""

    label: str
    ours: Mapping[str, Sequence[Ours]] = field(default_factory=dict)
    """By key, the one that counts first."""
    strangers: Sequence[tuple[str, ActualIssue]] = ()
    """Marked issues by authors who are not trusted, by key."""
    unmarked: Sequence[ActualIssue] = ()

    def canonical(self, key: str) -> Ours | None:
        """The issue that counts for a key."""
        found = self.ours.get(key)
        return found[0] if found else None

    def foreign(self, key: str) -> bool:
        """Whether somebody else's issue stands in the place of the key."""
        return any(each == key for each, _ in self.strangers)

    def duplicates(self) -> list[tuple[Ours, Ours]]:
        """Each open issue that another one stands for already, with that other one."""
        return [
            (each, found[0])
            for _, found in sorted(self.ours.items())
            for each in found[1:]
            if each.issue.state == "open"
        ]

    def notes(self) -> list[str]:
        """What a reader should know about open issues that carry the label only."""
        return [
            f"issue #{each.number} has the label '{self.label}' but no marker: it is left alone"
            for each in self.unmarked
            if each.state == "open"
        ]


def take(
    actual: Iterable[ActualIssue],
    label: str,
    trusted: Sequence[str] | None,
    names: Mapping[str, str],
) -> Census:
    """Sort the issues that carry ``label`` by key; the others are nobody's business."""
    ours: defaultdict[str, list[Ours]] = defaultdict(list)
    strangers: list[tuple[str, ActualIssue]] = []
    unmarked: list[ActualIssue] = []
    for issue in sorted(actual, key=lambda each: each.number):
        if label.casefold() not in {each.casefold() for each in issue.labels}:
            continue
        block = block_of(issue.body)
        if block is None:
            unmarked.append(issue)
        elif is_ours(issue, trusted):
            key = keys.renamed(block.key, names)
            ours[key].append(Ours(key, issue, block))
        else:
            strangers.append((keys.renamed(block.key, names), issue))
    ordered = {key: sorted(found, key=_precedence) for key, found in ours.items()}
    return Census(label, ordered, strangers, unmarked)


def _precedence(ours: Ours) -> tuple[bool, int]:
    """An open issue stands before a closed one, an older before a younger."""
    return ours.issue.state == "closed", ours.issue.number
