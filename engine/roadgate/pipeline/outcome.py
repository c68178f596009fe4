"""What ``check`` is asked, and how it ends: the same with a base and without."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from roadgate.model.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from roadgate.model.finding import Finding
    from roadgate.model.report import CheckReport
    from roadgate.pipeline.baselining import Written
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
    """Every error fails: with a base the old ones, and those that the baseline holds."""
    write_baseline: Literal["shrink", "grow"] | None = None
    """Renew the baseline: take out what is gone, or add what is there as well."""
    public: bool = False
    """Whether anybody may read the output: values of internal metrics are withheld then."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What ``check`` found, and how the run ends."""

    report: CheckReport
    exit_code: ExitCode
    source: Source
    written: Written | None = None
    """The baseline to write, where that was asked for."""


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
        each for each in findings if each.location is None or within(each.location.path, paths)
    ]
    hidden = Counter(str(each.severity) for each in findings if each not in shown)
    if not hidden:
        return shown, ()
    told = ", ".join(
        f"{count} {severity}{'' if count == 1 else 's'}"
        for severity, count in sorted(hidden.items())
    )
    return shown, (f"not shown, since they are in other files: {told}",)


def within(path: str, folders: tuple[str, ...]) -> bool:
    """Whether a path is one of ``folders`` or lies in one."""
    return any(path == folder or path.startswith(f"{folder}/") for folder in folders)
