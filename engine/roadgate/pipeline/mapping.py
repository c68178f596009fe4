"""``graph``: draw what hangs from what in one project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from roadgate.model.errors import ExitCode, UsageError
from roadgate.model.finding import Severity
from roadgate.pipeline.reading import read
from roadgate.report.words import plural
from roadgate.roadmap.maps import maps

if TYPE_CHECKING:
    from roadgate.model.maps import Maps
    from roadgate.pipeline.workspace import Workspace

VIEWS = ("impact", "services", "dependencies", "journeys")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What ``graph`` found, and how the run ends."""

    maps: Maps
    revision: str | None
    notes: tuple[str, ...]
    exit_code: ExitCode


def draw(workspace: Workspace, *, at: str | None) -> Outcome:
    """Draw every map.

    Raises:
        UsageError: there is nothing to draw.
        EnvironmentProblem: git, or a folder, cannot be read.
    """
    reading = read(workspace, at)
    if not reading.project.resources and not reading.findings:
        raise UsageError(
            "there is nothing to draw: no resource was found under 'roadmap'",
            hint="run roadgate init, or use -C to choose another folder",
        )
    errors = sum(each.severity is Severity.ERROR for each in reading.findings)
    note = f"{plural(errors, 'error')}: what cannot be read is not drawn; run roadgate check"
    broken = reading.project.config_broken or not reading.project.resources
    return Outcome(
        maps(reading.roadmap),
        reading.tree.revision,
        (note,) if errors else (),
        ExitCode.USAGE if broken else ExitCode.OK,
    )
