"""``check``: validate one project and enforce its policies.

Without ``--base`` the project judges itself. With it, the base judges the head: see ``change``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from roadgate.evaluate.policies import compile_policies, evaluate
from roadgate.evaluate.suppression import suppress
from roadgate.model.errors import ExitCode, UsageError
from roadgate.model.report import CheckReport
from roadgate.pipeline.builtin import builtin_policies
from roadgate.pipeline.context import read_context
from roadgate.pipeline.examples import example_findings
from roadgate.pipeline.judging import judged, later_rows
from roadgate.pipeline.reading import content, day, read
from roadgate.pipeline.redaction import internal_metrics, redacted_check
from roadgate.report.order import ordered

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from roadgate.model.finding import Finding
    from roadgate.pipeline.workspace import Workspace
    from roadgate.report.text.excerpt import Source


@dataclass(frozen=True, slots=True)
class Request:
    """What to check."""

    now: datetime
    as_of: date | None = None
    at: str | None = None
    base: str | None = None
    context_file: Path | None = None
    paths: tuple[str, ...] = ()
    """Files and folders, relative to the project, whose findings are reported; empty for all."""
    all_findings: bool = False
    """With a base: old errors fail as well."""
    public: bool = False
    """Whether anybody may read the output: values of internal metrics are withheld then."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What ``check`` found, and how the run ends."""

    report: CheckReport
    exit_code: ExitCode
    source: Source


def check(workspace: Workspace, request: Request) -> Outcome:
    """Check the project of ``workspace``.

    Raises:
        UsageError: there is nothing to check, or the context file is wrong.
        EnvironmentProblem: git, or a folder, cannot be read.
    """
    if request.base is not None:
        from roadgate.pipeline.change import check_change  # noqa: PLC0415 - it builds on this one

        return check_change(workspace, request, request.base)
    return _check_itself(workspace, request)


def _check_itself(workspace: Workspace, request: Request) -> Outcome:
    unused = _unused_context(request)
    reading = read(workspace, request.at)
    project, roadmap = reading.project, reading.roadmap
    if not project.resources and not reading.findings:
        raise nothing_to_check()
    as_of = day(project.config, request.as_of, request.now)
    verdicts = judged(workspace, reading, as_of).verdicts
    house = tuple(roadmap.policies.values())
    policies, broken = compile_policies(house, builtin_policies(), project.config)
    run = evaluate(policies, roadmap, verdicts, None, None, as_of)
    findings = suppress(
        [
            *reading.findings,
            *later_rows(reading, as_of),
            *broken,
            *example_findings(house, project.config),
            *run.findings,
        ],
        roadmap,
        as_of,
        used=run.used,
        known=policies.known,
    )
    shown, notes = selection(reading.located(findings), request.paths)
    report = CheckReport(
        as_of=as_of,
        files=project.files,
        resources=len(project.resources),
        policies=run.policies,
        evaluations=run.evaluations,
        findings=ordered(shown),
        notes=(*unused, *notes),
    )
    source: Source = lambda path, _: content(reading.tree, path)  # noqa: E731 - one line, once
    if request.public:
        report, source = redacted_check(report, source, verdicts, internal_metrics(roadmap))
    return Outcome(report, exit_code(report, config_broken=project.config_broken), source)


def _unused_context(request: Request) -> tuple[str, ...]:
    """A context file that is wrong is told in any case; a good one has nothing to say here."""
    if request.context_file is None:
        return ()
    read_context(request.context_file)
    return ("the context file is about a change: it counts with --base only",)


def nothing_to_check() -> UsageError:
    """The project holds no resource and no problem: a pass would mean nothing."""
    return UsageError(
        "there is nothing to check: no YAML file was found under the roadmap's folders",
        hint="run roadgate init to start, or use -C to name the project's folder",
    )


def exit_code(report: CheckReport, *, config_broken: bool) -> ExitCode:
    """How a run with this report ends; without a single resource nothing has passed."""
    if config_broken:
        return ExitCode.USAGE
    if report.failing:
        return ExitCode.FINDINGS
    return ExitCode.OK if report.resources else ExitCode.USAGE


def selection(
    findings: list[Finding], paths: tuple[str, ...]
) -> tuple[list[Finding], tuple[str, ...]]:
    """The findings in ``paths``, and a note about those that are left out."""
    if not paths:
        return findings, ()
    shown = [
        each for each in findings if each.location is None or _within(each.location.path, paths)
    ]
    hidden = Counter(str(each.severity) for each in findings if each not in shown)
    if not hidden:
        return shown, ()
    told = ", ".join(
        f"{count} {severity}{'' if count == 1 else 's'}"
        for severity, count in sorted(hidden.items())
    )
    return shown, (f"not shown, since they are in other files: {told}",)


def _within(path: str, folders: tuple[str, ...]) -> bool:
    return any(path == folder or path.startswith(f"{folder}/") for folder in folders)
