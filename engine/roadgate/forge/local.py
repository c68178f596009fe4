"""Issues as Markdown files in a folder: a tracker for laptops, demos and tests.

A file has lines of ``name: value`` between two ``---``, then the body, then a section for each
comment. People may edit all of it; a file that cannot be read ends the run.
"""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, cast

from roadgate.model.errors import EnvironmentProblem
from roadgate.model.issues import ActualIssue
from roadgate.model.managed import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Literal

    from roadgate.model.issues import CloseReason

AUTHOR = "roadgate"
_COMMENT = "<!-- roadgate:comment -->"
_FILE = re.compile(r"([0-9]{4,})-.*\.md")
_COUNTER = re.compile(r"\.last-([0-9]+)")
_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class _File:
    """One issue file, taken apart."""

    path: Path
    head: dict[str, str]
    body: str
    comments: tuple[str, ...]

    def text(self) -> str:
        head = "".join(f"{name}: {value}".rstrip() + "\n" for name, value in self.head.items())
        parts = [self.body, *self.comments]
        return f"---\n{head}---\n\n" + f"\n\n{_COMMENT}\n\n".join(parts) + "\n"


class LocalTracker:
    """A folder of issues; every author is trusted there."""

    def __init__(self, folder: Path, today: date | None = None, repository: str = "") -> None:
        """Use ``folder``, which need not exist yet; ``today`` is the day on which issues close.

        ``repository`` is what plans call the folder, such as its path within the project.
        """
        self._folder = folder
        self._repository = repository or folder.as_posix()
        self._today = today

    @property
    def name(self) -> str:
        """See ``Tracker.name``."""
        return "local"

    @property
    def repository(self) -> str:
        """What plans call the folder."""
        return self._repository

    def ensure_labels(self, labels: tuple[str, ...]) -> tuple[str, ...]:  # noqa: ARG002 - the port
        """Nothing to do: a label is there as soon as an issue has it."""
        return ()

    def issues(self, label: str) -> tuple[ActualIssue, ...]:
        """See ``Tracker.issues``."""
        found = [_issue(each) for each in self._files()]
        wanted = label.casefold()
        return tuple(
            each for each in found if wanted in {label.casefold() for label in each.labels}
        )

    def create(self, title: str, body: str, labels: tuple[str, ...]) -> int:
        """See ``Tracker.create``."""
        number = self._reserve()
        slug = _SLUG.sub("-", (key_of(body) or title).lower()).strip("-")[:60] or "issue"
        head = {
            "number": str(number),
            "title": _line(title),
            "state": "open",
            "state_reason": "",
            "closed_on": "",
            "author": AUTHOR,
            "labels": json.dumps(list(labels), ensure_ascii=False),
        }
        _write(_File(self._folder / f"{number:04d}-{slug}.md", head, _section(body), ()))
        return number

    def update(self, number: int, *, title: str, body: str, labels: tuple[str, ...]) -> None:
        """See ``Tracker.update``."""
        file = self._file(number)
        listed = json.dumps(list(labels), ensure_ascii=False)
        head = {**file.head, "title": _line(title), "labels": listed}
        _write(_File(file.path, head, _section(body), file.comments))

    def comment(self, number: int, body: str) -> None:
        """See ``Tracker.comment``."""
        file = self._file(number)
        _write(_File(file.path, file.head, file.body, (*file.comments, _section(body))))

    def comments(self, number: int) -> tuple[str, ...]:
        """See ``Tracker.comments``."""
        return self._file(number).comments

    def close(self, number: int, reason: CloseReason) -> None:
        """See ``Tracker.close``."""
        today = self._today or datetime.now(tz=UTC).date()
        self._set(number, state="closed", state_reason=reason, closed_on=today.isoformat())

    def reopen(self, number: int) -> None:
        """See ``Tracker.reopen``."""
        self._set(number, state="open", state_reason="", closed_on="")

    def _set(self, number: int, **values: str) -> None:
        file = self._file(number)
        _write(_File(file.path, {**file.head, **values}, file.body, file.comments))

    def _file(self, number: int) -> _File:
        for path in self._paths():
            if int(path.name.partition("-")[0]) == number:
                return _read(path)
        raise EnvironmentProblem(
            f"there is no issue #{number} in '{self.repository}'", hint="make a new plan"
        )

    def _files(self) -> Iterator[_File]:
        seen: dict[int, Path] = {}
        for path in self._paths():
            number = int(path.name.partition("-")[0])
            if number in seen:
                raise EnvironmentProblem(
                    f"'{seen[number]}' and '{path}' are the same issue #{number}",
                    hint="delete one of the two files",
                )
            seen[number] = path
            yield _read(path)

    def _paths(self) -> list[Path]:
        try:
            paths = sorted(self._folder.iterdir())
        except FileNotFoundError:
            return []
        except OSError as error:
            raise _unusable(self._folder, error) from error
        return [path for path in paths if _FILE.fullmatch(path.name)]

    def _reserve(self) -> int:
        """A number that no issue had before, not even one that was deleted.

        The counter is the name of a file, since a rename succeeds for one of two runs only.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            while True:
                last = self._last()
                used = [int(path.name.partition("-")[0]) for path in self._paths()]
                number = max([last, *used]) + 1
                with suppress(FileNotFoundError):
                    (self._folder / f".last-{last}").rename(self._folder / f".last-{number}")
                    return number
        except OSError as error:
            raise _unusable(self._folder, error) from error

    def _last(self) -> int:
        """The highest number given so far."""
        if not self._counters():
            (self._folder / ".last-0").touch()
        return max(self._counters())

    def _counters(self) -> list[int]:
        names = (_COUNTER.fullmatch(path.name) for path in self._folder.iterdir())
        return [int(found[1]) for found in names if found]


def _issue(file: _File) -> ActualIssue:
    head = file.head
    try:
        labels = json.loads(head.get("labels") or "[]")
        closed_on = date.fromisoformat(head["closed_on"]) if head.get("closed_on") else None
    except ValueError as error:
        raise _broken(file.path, "its labels or closed_on cannot be read") from error
    if not isinstance(labels, list) or not all(isinstance(each, str) for each in labels):
        raise _broken(file.path, 'labels are written as ["one", "two"]')
    state = head.get("state")
    if state not in ("open", "closed"):
        raise _broken(file.path, "state is neither open nor closed")
    return ActualIssue(
        number=int(file.path.name.partition("-")[0]),
        title=head.get("title", ""),
        body=file.body,
        state=cast("Literal['open', 'closed']", state),
        state_reason=head.get("state_reason") or None,
        labels=tuple(labels),
        author=head.get("author", ""),
        url=file.path.as_posix(),
        closed_on=closed_on,
    )


def _read(path: Path) -> _File:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(path, error) from error
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not lines or lines[0].strip() != "---" or "---" not in (each.strip() for each in lines[1:]):
        raise _broken(path, "it does not begin with lines between two '---'")
    end = next(number for number, line in enumerate(lines[1:], 1) if line.strip() == "---")
    head: dict[str, str] = {}
    for line in lines[1:end]:
        name, colon, value = line.partition(":")
        if line.strip() and not colon:
            raise _broken(path, f"'{line.strip()}' has no colon")
        if line.strip():
            head[name.strip()] = value.strip()
    body, *comments = "\n".join(lines[end + 1 :]).split(_COMMENT)
    return _File(path, head, body.strip("\n "), tuple(each.strip("\n ") for each in comments))


def _write(file: _File) -> None:
    """Replace the file as a whole: a reader sees the old one or the new one."""
    temporary = file.path.with_name(f".writing-{os.getpid()}-{file.path.name}")
    try:
        temporary.write_text(file.text(), encoding="utf-8", newline="\n")
        temporary.replace(file.path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise _unusable(file.path, error) from error


def _section(text: str) -> str:
    """Text that cannot be taken for the beginning of a comment."""
    return text.replace(_COMMENT, "<!-- comment -->").strip("\n ")


def _line(text: str) -> str:
    return " ".join(text.split())


def _broken(path: Path, why: str) -> EnvironmentProblem:
    return EnvironmentProblem(
        f"'{path}' is no issue file: {why}", hint="repair its first lines, or delete the file"
    )


def _unusable(path: Path, error: Exception) -> EnvironmentProblem:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return EnvironmentProblem(
        f"'{path}' cannot be used: {reason.lower()}", hint="check its permissions"
    )
