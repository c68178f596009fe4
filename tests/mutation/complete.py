"""A complete commitment, broken one field at a time: which fields could go unnoticed?"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from mutation.mutants import mutants
from roadgate.evaluate.policies import compile_policies, evaluate
from roadgate.evaluate.verdicts import Judgements
from roadgate.load.limits import limits_of
from roadgate.load.memory import MemoryTree
from roadgate.load.project import load_project
from roadgate.load.yaml_text import parse
from roadgate.model.finding import Severity
from roadgate.model.kinds import Config, default_config
from roadgate.pipeline.builtin import builtin_policies
from roadgate.pipeline.example_files import files_of
from roadgate.roadmap.link import link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mutation.mutants import Documents
    from roadgate.model.finding import Finding

FILE = Path(__file__).with_name("complete.yaml")
DAY = date(2026, 3, 30)
STRICT = Config.model_validate(
    {
        "apiVersion": "roadgate/v1",
        "kind": "Config",
        "spec": {"policies": {"presets": ["strict"]}},
    }
)
POLICIES, _ = compile_policies((), builtin_policies(), STRICT)


def documents() -> Documents:
    """The complete commitment, document by document."""
    found, findings = parse(FILE.read_bytes(), FILE.name, limits_of(default_config()))
    assert not findings
    return tuple(dict(each.data) for each in found)


def findings(some: Documents) -> list[Finding]:
    """What is wrong with the documents, notices left out."""
    project = load_project(MemoryTree(files_of(some)), config=STRICT)
    roadmap, linked = link(project)
    run = evaluate(POLICIES, roadmap, Judgements(roadmap, DAY), None, None, DAY)
    return [
        each
        for each in (*project.findings, *linked, *run.findings)
        if each.severity is not Severity.NOTICE
    ]


@cache
def tried() -> tuple[tuple[str, tuple[Finding, ...]], ...]:
    """Every mutant of the complete commitment, and what was said about it."""
    return tuple((what, tuple(findings(mutant))) for what, mutant in mutants(documents()))


def unnoticed() -> Iterator[str]:
    """The fields that can be dropped without anything to say about it."""
    for what, found in tried():
        field = re.fullmatch(r"(\w+) [\w-]+: without (.*)", what)
        if field is not None and not found:
            yield f"{field[1]}.{re.sub(r'[.][0-9]+', '[]', field[2])}"
