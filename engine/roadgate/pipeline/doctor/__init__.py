"""``doctor``: what roadgate sees of itself, of the project, and of what surrounds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from roadgate.model.checkup import Checkup, Fact, State
from roadgate.model.errors import EnvironmentProblem, ExitCode, UsageError
from roadgate.pipeline import workspace
from roadgate.pipeline.doctor import project, surroundings
from roadgate.pipeline.reading import read

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was seen, and how the run ends."""

    checkup: Checkup
    exit_code: ExitCode


def examine(folder: Path, environment: Mapping[str, str]) -> Outcome:
    """Look at everything; what stands in the way of one look is itself a fact.

    ``environment`` is asked only which variables are set, never what is in them.
    """
    facts = surroundings.of_roadgate()
    try:
        place = workspace.find(folder)
    except EnvironmentProblem as problem:
        facts.append(_in_the_way("git", "repository", problem))
        return Outcome(Checkup(tuple(facts)), ExitCode.ENVIRONMENT)
    facts += surroundings.of_git(place)
    facts += surroundings.of_workflows(place)
    facts += surroundings.of_editor(place)
    try:
        reading = read(place, None)
    except (EnvironmentProblem, UsageError) as problem:
        facts.append(_in_the_way("project", "files", problem))
        return Outcome(Checkup(tuple(facts)), problem.exit_code)
    facts += project.facts(place, reading, environment)
    checkup = Checkup(tuple(facts))
    return Outcome(
        checkup, _exit_code(checkup, reading.project.config_broken, reading.project.resources)
    )


def _exit_code(checkup: Checkup, config_broken: bool, resources: tuple[object, ...]) -> ExitCode:  # noqa: FBT001
    """As check would end: a broken configuration or an empty project is no success."""
    if config_broken or not resources:
        return ExitCode.USAGE
    return ExitCode.FINDINGS if checkup.has_problems else ExitCode.OK


def _in_the_way(area: str, name: str, problem: EnvironmentProblem | UsageError) -> Fact:
    return Fact(area, name, problem.message, State.PROBLEM, problem.hint)
