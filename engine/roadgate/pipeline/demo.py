"""``demo``: replay an example's history as real commits, and let roadgate speak at each step."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from roadgate.model.errors import EnvironmentProblem, ExitCode, InternalError, UsageError
from roadgate.pipeline.replay import MAIN, Replay, clean_environment, rows_until
from roadgate.pipeline.story import Proposal, Step, read_story

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

EXAMPLE: Final = "platform"
HISTORY: Final = "platform-history"
REPOSITORY: Final = "repository"
PULL_REQUESTS: Final = "pull-requests"
ISSUES: Final = "issues"
_MEASUREMENTS: Final = "measurements"
_COLORED: Final = frozenset({"check", "status", "plan"})


@dataclass(frozen=True, slots=True)
class Scene:
    """A new day: what people do."""

    date: date
    title: str
    say: str


@dataclass(frozen=True, slots=True)
class Absent:
    """A file of the history that the example does not hold, so that it was not committed."""

    path: str


@dataclass(frozen=True, slots=True)
class Said:
    """One roadgate command, and what it printed."""

    command: str
    """As it can be typed in the repository."""
    output: str
    exit_code: int
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a pull request."""

    branch: str
    merged: bool


Event: TypeAlias = Scene | Absent | Said | Judged


@dataclass(slots=True)
class Demo:
    """One replay of an example's history in a folder."""

    example: Path
    """The final state of the roadmap repository."""
    history: Path
    """``history.yaml``, and files as they were earlier."""
    place: Path
    """Where the repository, the contexts of pull requests and the issues go."""
    color: bool = False
    _pull_requests: int = field(default=0, init=False)
    _environment: dict[str, str] = field(default_factory=clean_environment, init=False)

    def play(self) -> Iterator[Event]:
        """Replay everything, step by step.

        Raises:
            EnvironmentProblem: git is missing, or a file cannot be read or written.
            UsageError: the history is broken.
            InternalError: a roadgate command failed by a fault of its own.
        """
        story = read_story(self.history)
        replay = Replay.start(self.place / REPOSITORY)
        with tempfile.TemporaryDirectory() as cache:
            self._compile_once(cache)
            for step in story.steps:
                yield Scene(step.date, step.title, step.say)
                yield from self._play(replay, step)

    def _compile_once(self, cache: str) -> None:
        """Keep compiled modules for the next command where Python was told to keep none."""
        if self._environment.pop("PYTHONDONTWRITEBYTECODE", None):
            self._environment["PYTHONPYCACHEPREFIX"] = cache

    def _play(self, replay: Replay, step: Step) -> Iterator[Event]:
        self._measure(replay, step.date)
        if step.proposal is None:
            yield from self._write(replay, step)
            replay.commit(step.title, step.date)
        else:
            yield from self._propose(replay, step, step.proposal)
        for run in step.run:
            yield self._said(run.command, step.date, only=run.only)

    def _measure(self, replay: Replay, day: date) -> None:
        """Commit to the main branch what was measured until this day."""
        for path in sorted((self.example / _MEASUREMENTS).glob("*.csv")):
            if content := rows_until(path.read_bytes(), day):
                replay.write(f"{_MEASUREMENTS}/{path.name}", content)
        replay.commit(f"Record measurements until {day}", day)

    def _write(self, replay: Replay, step: Step) -> Iterator[Absent]:
        """Put the step's files into the work tree."""
        for name in step.files:
            if (self.example / name).is_file():
                replay.write(name, (self.example / name).read_bytes())
            else:
                yield Absent(name)
        if step.earlier is None:
            return
        folder = self.history / step.earlier
        if not folder.is_dir():
            raise UsageError(
                f"the history has no folder '{step.earlier}'", hint="mend history.yaml"
            )
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            replay.write(path.relative_to(folder).as_posix(), path.read_bytes())

    def _propose(self, replay: Replay, step: Step, proposal: Proposal) -> Iterator[Event]:
        """Open a pull request, let ``roadgate check`` judge it, and merge it if it passes."""
        self._pull_requests += 1
        replay.branch(proposal.branch)
        yield from self._write(replay, step)
        replay.commit(step.title, step.date)
        context = self._context(replay, step, proposal)
        quiet = "" if proposal.in_full else " --quiet"
        said = self._said(
            f"check{quiet} --base {MAIN} --at {proposal.branch} --context {context}", step.date
        )
        yield said
        passed = said.exit_code == ExitCode.OK
        if passed:
            title = f"Merge pull request {self._pull_requests}: {step.title}"
            replay.merge(proposal.branch, title, step.date)
        replay.back_to_main()
        yield Judged(proposal.branch, merged=passed)

    def _context(self, replay: Replay, step: Step, proposal: Proposal) -> str:
        """Write what GitHub would know about the pull request; returns the path to pass on."""
        head = replay.commit_of(proposal.branch)
        content = {
            "version": 1,
            "pullRequest": self._pull_requests,
            "base": replay.commit_of(MAIN),
            "head": head,
            "author": proposal.author,
            "authors": [proposal.author],
            "reviews": [
                {"by": by, "state": "approved", "commit": head, "date": step.date.isoformat()}
                for by in proposal.approved_by
            ],
        }
        path = self.place / PULL_REQUESTS / f"{self._pull_requests}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
        return f"../{PULL_REQUESTS}/{path.name}"

    def _said(self, command: str, day: date, *, only: tuple[str, ...] = ()) -> Said:
        """Run one roadgate command in the repository, as of a day."""
        arguments = [*shlex.split(command), "--as-of", day.isoformat()]
        if self.color and arguments[0] in _COLORED:
            arguments += ["--color", "always"]
        done = subprocess.run(  # noqa: S603 - this very command, arguments from the replay data
            (sys.executable, "-m", "roadgate", *arguments),
            cwd=self.place / REPOSITORY,
            capture_output=True,
            check=False,
            env=self._environment,
            encoding="utf-8",
        )
        typed = f"roadgate {command} --as-of {day}"
        if done.returncode not in (ExitCode.OK, ExitCode.FINDINGS, ExitCode.USAGE):
            failed = InternalError if done.returncode == ExitCode.BUG else EnvironmentProblem
            raise failed(f"'{typed}' failed: {done.stderr.strip()}", hint="see the message above")
        return Said(typed, done.stdout + done.stderr, done.returncode, only)


def prepare(place: Path) -> Path:
    """Make the folder that ``--keep`` names, or take it if it is empty.

    Raises:
        UsageError: it holds something, or is no folder.
        EnvironmentProblem: it cannot be made.
    """
    try:
        place.mkdir(parents=True, exist_ok=True)
        if any(place.iterdir()):
            raise UsageError(f"'{place}' is not empty", hint="name a new folder, or an empty one")
    except FileExistsError:
        raise UsageError(f"'{place}' is not a folder", hint="name a new folder") from None
    except OSError as error:
        raise EnvironmentProblem(
            f"cannot use '{place}': {error.strerror}", hint="check the path and its permissions"
        ) from error
    return place.resolve()


__all__ = ["Absent", "Demo", "Event", "Judged", "Said", "Scene", "prepare"]
