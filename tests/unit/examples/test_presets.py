"""The examples under every preset: what ships beside the policies keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from roadgate.evaluate.policies import compile_policies, evaluate
from roadgate.evaluate.verdicts import Judgements
from roadgate.load.project import load_project
from roadgate.load.trees import FolderTree
from roadgate.model.bundled import bundled
from roadgate.model.finding import Severity
from roadgate.model.values import parse_day
from roadgate.pipeline.builtin import builtin_policies
from roadgate.roadmap.link import link
from unit.evaluate.policy_world import config

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadgate.model.finding import Finding


def found(example: str, preset: str, day: str) -> Iterator[Finding]:
    """Errors and warnings of the policies that ship."""
    settings = config(policies={"presets": [preset]})
    roadmap, _ = link(load_project(FolderTree(bundled("examples") / example), config=settings))
    policies, _ = compile_policies((), builtin_policies(), settings)
    as_of = parse_day(day)
    run = evaluate(policies, roadmap, Judgements(roadmap, as_of), None, None, as_of)
    return (each for each in run.findings if each.severity is not Severity.NOTICE)


@pytest.mark.parametrize("preset", ["essential", "recommended", "strict"])
def test_minimal(preset: str) -> None:
    """A first question keeps every rule."""
    assert list(found("minimal", preset, "2026-08-07")) == []


@pytest.mark.parametrize("day", ["2026-07-01", "2026-08-07"])
@pytest.mark.parametrize("preset", ["essential", "recommended"])
def test_platform(preset: str, day: str) -> None:
    """The platform team keeps what it has chosen while its story goes on."""
    assert list(found("platform", preset, day)) == []


def test_platform_is_not_perfect() -> None:
    """What the strict preset would still ask of it is true of its story, and only a warning."""
    findings = list(found("platform", "strict", "2026-07-01"))
    assert {each.severity for each in findings} == {Severity.WARNING}
    assert {each.id for each in findings} == {"RG212", "RG306", "RG811", "RG902"}
    design = [each.message for each in findings if each.id == "RG811"]
    assert design == ["'platform-core' owns what is in now, and nobody there covers design"]
