"""``explain``: what a policy asks and why, what a finding means, how a resource stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from roadgate.model.codes import CODES
from roadgate.model.errors import UsageError
from roadgate.model.report import StatusReport
from roadgate.model.suggest import closest
from roadgate.pipeline.account import account
from roadgate.pipeline.builtin import builtin_policies
from roadgate.pipeline.explained_policy import explained
from roadgate.pipeline.judging import judged
from roadgate.pipeline.reading import Reading, day, read
from roadgate.pipeline.redaction import internal_metrics, redacted_status
from roadgate.report import text
from roadgate.report.explain_json import code_json, policy_json, resources_json
from roadgate.report.explanation import code_text, resource_text
from roadgate.report.policy_explanation import policy_text

if TYPE_CHECKING:
    from datetime import date, datetime

    from roadgate.model.kinds import Envelope, Policy
    from roadgate.model.resource import Resource
    from roadgate.model.source import ResourceRef
    from roadgate.pipeline.workspace import Workspace

JUDGED = frozenset({"Initiative", "Launch", "Service", "Vision", "Journey"})
"""Kinds of which verdicts can be shown."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to explain, to whom."""

    name: str
    now: datetime
    about: str | None = None
    """Of a policy: the resource to look at closely; the two may come in either order."""
    as_of: date | None = None
    as_json: bool = False
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
    if name.upper() in CODES and request.about is None:
        code = CODES[name.upper()]
        return code_json(code) if request.as_json else code_text(code)
    reading = read(workspace, None)
    policies = _policies(reading)
    if request.about is not None:
        return _policy_on(workspace, reading, policies, request)
    if name.upper() in policies:
        return _policy(workspace, reading, policies[name.upper()], None, request)
    found = _resources(reading, name)
    if not found:
        raise _unknown(name, reading, policies)
    told = [(each, _verdicts(workspace, reading, each, request)) for each in found]
    if request.as_json:
        return resources_json(told, reading.roadmap)
    return "\n\n".join(_resource(reading, each, request, of) for each, of in told)


def _policy_on(
    workspace: Workspace,
    reading: Reading,
    policies: dict[str, Resource[Policy]],
    request: Request,
) -> str:
    """What a policy says of a resource; the two may come in either order."""
    first, second = request.name, request.about or ""
    name, about = (second, first) if second.upper() in policies else (first, second)
    if name.upper() not in policies:
        raise _unknown(second, reading, policies)
    found = _resources(reading, about)
    if not found:
        raise _unknown(about, reading, policies)
    kinds = policies[name.upper()].body.spec.match.kinds
    chosen = next((each for each in found if each.ref.kind in kinds), found[0])
    return _policy(workspace, reading, policies[name.upper()], chosen.ref, request)


def _policy(
    workspace: Workspace,
    reading: Reading,
    policy: Resource[Policy],
    about: ResourceRef | None,
    request: Request,
) -> str:
    as_of = day(reading.project.config, request.as_of, request.now)
    found = explained(workspace, reading, policy, about, as_of, public=request.public)
    return policy_json(found) if request.as_json else policy_text(found)


def _policies(reading: Reading) -> dict[str, Resource[Policy]]:
    house = {each.body.spec.id: each for each in reading.roadmap.policies.values()}
    return {**house, **{each.body.spec.id: each for each in builtin_policies()}}


def _resources(reading: Reading, name: str) -> list[Resource[Envelope]]:
    """Those of a name, or of ``Kind/name``; names of custom kinds may hold a slash themselves."""
    kind, _, rest = name.partition("/")
    called = reading.roadmap.name_of
    return [
        each
        for each in reading.roadmap.resources
        if each.name == called(each.ref.kind, name)
        or (each.ref.kind == kind and each.name == called(kind, rest))
    ]


def _resource(
    reading: Reading, resource: Resource[Envelope], request: Request, of: StatusReport | None
) -> str:
    about = resource_text(resource, reading.roadmap)
    return about if of is None else f"{about}\n\n{text.status(of, color=request.color)}"


def _verdicts(
    workspace: Workspace, reading: Reading, resource: Resource[Envelope], request: Request
) -> StatusReport | None:
    """Its own verdicts; None for what nothing judges."""
    if resource.ref.kind not in JUDGED:
        return None
    as_of = day(reading.project.config, request.as_of, request.now)
    found = judged(workspace, reading, as_of)
    own = found.verdicts.about(resource.ref)
    about = account(found, as_of).about(resource.ref)
    report = StatusReport(own, found.seals, revision=reading.tree.revision, account=about)
    if request.public:
        report = redacted_status(report, internal_metrics(reading.roadmap))
    return report


def _unknown(name: str, reading: Reading, policies: dict[str, Resource[Policy]]) -> UsageError:
    resources = [each.ref for each in reading.roadmap.resources]
    called = map(str, resources) if "/" in name else (each.name for each in resources)
    known = [*policies, *CODES, *called]
    near = closest(name, known)
    meant = f"did you mean '{near}'? " if near is not None else ""
    return UsageError(
        f"there is no policy, finding or resource called '{name}'",
        hint=f"{meant}name a policy (RG101), a finding code (RG012) or a resource (faster-ci)",
    )
