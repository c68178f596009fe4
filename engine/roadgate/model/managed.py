"""The part of an issue that roadgate writes, its hidden marks, and whose issue it is.

A body is: free text, the marker with the key, the managed text, hidden marks, the end marker, free
text. Only what is between the markers is ever replaced.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from roadgate.model.issues import ActualIssue

END = "<!-- roadgate:end -->"
_MARKER = re.compile(r"<!-- roadgate:key=([A-Za-z0-9._/-]+) v=1 -->")
_MARK = re.compile(r"<!-- roadgate:(state|rests-until|closed)=([A-Za-z0-9._-]+) -->")
_EVENT = re.compile(r"<!-- roadgate:event=([0-9a-f]+) -->")


@dataclass(frozen=True, slots=True)
class Block:
    """The body of one of our issues, taken apart."""

    key: str
    text: str
    """What people read between the markers."""
    marks: Mapping[str, str] = field(default_factory=dict)
    """``state``: digest of the news told last; ``rests-until``: a day; ``closed``: by roadgate."""
    before: str = ""
    after: str = ""

    def body(self) -> str:
        """The whole body; what is outside the markers is exactly what it was."""
        marks = [
            f"<!-- roadgate:{name}={value} -->\n" for name, value in sorted(self.marks.items())
        ]
        inner = f"{marker(self.key)}\n{self.text.strip()}\n\n{''.join(marks)}{END}"
        return f"{self.before}{inner}{self.after}"

    def marked(self, **marks: str) -> Block:
        """The same block with further marks; ``rests_until`` stands for ``rests-until``."""
        more = {name.replace("_", "-"): value for name, value in marks.items()}
        return replace(self, marks={**self.marks, **more})

    def rests_until(self) -> date | None:
        """The day until which the issue rests, if the mark is there and is a day."""
        try:
            return date.fromisoformat(self.marks.get("rests-until", ""))
        except ValueError:
            return None


def marker(key: str) -> str:
    """The hidden line that says which issue this is."""
    return f"<!-- roadgate:key={key} v=1 -->"


def plain(text: str) -> str:
    """``text`` with the line ends of this engine, without blanks at its end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip()


def key_of(body: str) -> str | None:
    """The key in the first marker of a body."""
    found = _MARKER.search(body)
    return found[1] if found else None


def block_of(body: str) -> Block | None:
    """Take a body apart; None without a marker.

    Where somebody removed the end marker, everything behind the marker is taken for theirs.
    """
    text = plain(body)
    found = _MARKER.search(text)
    if found is None:
        return None
    before, rest = text[: found.start()], text[found.end() :]
    inner, end, after = rest.partition(END)
    if not end:
        return Block(key=found[1], text="", before=before, after=f"\n{rest.strip()}")
    marks = dict(_MARK.findall(inner))
    return Block(found[1], _MARK.sub("", inner).strip(), marks, before, after)


def is_ours(issue: ActualIssue, trusted: Collection[str] | None) -> bool:
    """Whether the author may own a marked issue; logins compare without case."""
    if trusted is None:
        return True
    return issue.author.casefold() in {each.removeprefix("@").casefold() for each in trusted}


def observed(issue: ActualIssue) -> str:
    """Digest of all that a plan rests on; it differs as soon as somebody touches the issue."""
    seen = [
        issue.title,
        plain(issue.body),
        issue.state,
        issue.state_reason if issue.state == "closed" else None,
        sorted(label.casefold() for label in issue.labels),
        issue.author.casefold(),
    ]
    return short_digest(json.dumps(seen, ensure_ascii=True))


def short_digest(text: str) -> str:
    """32 hexadecimal digits that stand for ``text``."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def with_event(comment: str, occasion: str = "") -> str:
    """The comment with a hidden mark, by which a later run knows that it was written.

    ``occasion`` tells two comments of the same words apart.
    """
    event = short_digest(f"{plain(comment)}\n{occasion}")
    return f"{comment}\n\n<!-- roadgate:event={event} -->"


def event_of(comment: str) -> str | None:
    """The hidden mark of one of our comments."""
    found = _EVENT.findall(comment)
    return found[-1] if found else None
