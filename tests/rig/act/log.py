"""What happened in a run, read from the runner's log."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_LEVELS = frozenset({"error", "warning", "notice"})


@dataclass(frozen=True, slots=True)
class Annotation:
    """A message at a place in a file."""

    level: str
    message: str
    file: str | None
    line: int | None
    title: str | None


@dataclass(slots=True)
class Job:
    """One job that ran."""

    name: str
    result: str = "unfinished"
    steps: dict[str, str] = field(default_factory=dict)
    """By name, in order: ``success`` or ``failure``. A step that was skipped is not there."""
    annotations: list[Annotation] = field(default_factory=list)
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)
    """By the name of the step."""
    summary: str = ""
    text: str = ""
    """Everything that the steps printed."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a workflow.

    The runner exits with 0 when it has skipped everything, so its exit code alone says little:
    compare ``told`` with what should have run.
    """

    exit_code: int
    jobs: Mapping[str, Job]
    """By id. A job that was skipped is not there."""
    log: str

    @property
    def told(self) -> dict[str, tuple[str, dict[str, str]]]:
        """Each job that ran with its result, and its steps with theirs."""
        return {name: (job.result, job.steps) for name, job in self.jobs.items()}


def read(exit_code: int, log: str) -> Run:
    """Read a log in the runner's JSON format."""
    jobs: dict[str, Job] = {}
    for entry in _entries(log.splitlines()):
        if "jobID" in entry:
            job = jobs.setdefault(entry["jobID"], Job(entry["job"].strip()))
            _take(job, entry)
    return Run(exit_code, jobs, log)


def _entries(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Yield the lines that are JSON objects."""
    for line in lines:
        if line.startswith("{"):
            yield json.loads(line)


def _take(job: Job, entry: Mapping[str, Any]) -> None:
    """Add what one line says."""
    if "jobResult" in entry:
        job.result = entry["jobResult"]
    if entry.get("stage") != "Main":
        return
    # Steps of a composite action have longer ids, and are logged again for the step that uses it.
    outermost = len(entry["stepID"]) == 1
    if entry.get("raw_output"):
        job.text += entry["msg"]
    command = entry.get("command")
    if command in _LEVELS:
        job.annotations.append(_annotation(command, entry))
    elif command == "set-output" and outermost:
        job.outputs.setdefault(entry["step"], {})[entry["name"]] = entry["arg"]
    elif command == "summary" and entry["content"] not in job.summary:
        job.summary += entry["content"]
    if outermost and "stepResult" in entry:
        job.steps[entry["step"]] = entry["stepResult"]


def _annotation(level: str, entry: Mapping[str, Any]) -> Annotation:
    """Read an annotation."""
    place = entry.get("kvPairs") or {}
    line = int(place["line"]) if "line" in place else None
    return Annotation(level, entry["arg"], place.get("file"), line, place.get("title"))
