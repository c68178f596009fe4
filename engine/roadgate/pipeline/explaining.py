"""``explain``: what a policy asks and why, what a finding means, how a resource stands."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from roadgate.evaluate.policies import compile_policies
from roadgate.model.codes import CODES
from roadgate.model.errors import UsageError
from roadgate.model.report import StatusReport
from roadgate.pipeline.builtin import builtin_policies
from roadgate.pipeline.judging import judged
from roadgate.pipeline.reading import Reading, day, read
from roadgate.pipeline.redaction import internal_metrics, redacted_status
from roadgate.report import text
from roadgate.report.explanation import code_text, policy_text, resource_text

if TYPE_CHECKING:
    from datetime import date, datetime

    from roadgate.model.kinds import Envelope, Policy
    from roadgate.model.resource import Resource
    from roadgate.pipeline.workspace import Workspace

JUDGED = frozenset({"Initiative", "Launch", "Service", "Vision", "Journey"})
"""Kinds of which verdicts can be shown."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to explain, to whom."""

    name: str
    now: datetime
    as_of: date | None = None
    color: bool = False
    public: bool = False
    """Whether anybody may read the output: values of internal metrics are withheld then."""


def explain(workspace: Workspace, request: Request) -> str:
    """Explain a policy by its id, a finding by its code, or a resource by its name.

    Raises:
        UsageError: nothing has that name.
        EnvironmentProblem: git, or a folder, cannot be read.
    """
    name = request.name
    if name.upper() in CODES:
        return code_text(CODES[name.upper()])
    reading = read(workspace, None)
    policies = _policies(reading)
    if name.upper() in policies:
        return _policy(reading, policies[name.upper()])
    found = _resources(reading, name)
    if not found:
        raise _unknown(name, reading, policies)
    return "\n\n".join(_resource(workspace, reading, each, request) for each in found)


def _policies(reading: Reading) -> dict[str, Resource[Policy]]:
    house = {each.body.spec.id: each for each in reading.roadmap.policies.values()}
    return {**house, **{each.body.spec.id: each for each in builtin_policies()}}


def _policy(reading: Reading, policy: Resource[Policy]) -> str:
    config = reading.project.config
    house = tuple(reading.roadmap.policies.values())
    applied, _ = compile_policies(house, builtin_policies(), config, reading.project.governed)
    bound = next((each for each in applied.policies if each.id == policy.body.spec.id), None)
    binding = next(
        (each for each in config.spec.policies.bindings if each.policy == policy.body.spec.id), None
    )
    return policy_text(
        policy.body, enforcement=str(bound.enforcement) if bound else None, binding=binding
    )


def _resources(reading: Reading, name: str) -> list[Resource[Envelope]]:
    kind, slash, rest = name.rpartition("/")
    return [
        each
        for each in reading.roadmap.resources
        if each.name == reading.roadmap.name_of(each.ref.kind, rest)
        and (not slash or each.ref.kind == kind)
    ]


def _resource(
    workspace: Workspace,
    reading: Reading,
    resource: Resource[Envelope],
    request: Request,
) -> str:
    about = resource_text(resource, reading.roadmap)
    if resource.ref.kind not in JUDGED:
        return about
    as_of = day(reading.project.config, request.as_of, request.now)
    found = judged(workspace, reading, as_of)
    own = found.verdicts.about(resource.ref)
    report = StatusReport(own, found.seals, revision=reading.tree.revision)
    if request.public:
        report = redacted_status(report, internal_metrics(reading.roadmap))
    return f"{about}\n\n{text.status(report, color=request.color)}"


def _unknown(name: str, reading: Reading, policies: dict[str, Resource[Policy]]) -> UsageError:
    known = [*policies, *CODES, *(each.name for each in reading.roadmap.resources)]
    near = difflib.get_close_matches(name, known, n=1) or difflib.get_close_matches(
        name.upper(), known, n=1
    )
    meant = f"did you mean '{near[0]}'? " if near else ""
    return UsageError(
        f"there is no policy, finding or resource called '{name}'",
        hint=f"{meant}name a policy (RG101), a finding code (RG012) or a resource (faster-ci)",
    )
