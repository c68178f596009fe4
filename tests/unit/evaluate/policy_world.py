"""Roadmaps and policies from a few words, for the tests of policies."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from roadgate.evaluate.policies import PolicyRun, PolicySet, compile_policies, evaluate
from roadgate.model.finding import Severity
from roadgate.model.kinds import KINDS, Config, Policy, default_config
from roadgate.model.resource import Resource
from roadgate.model.roadmap import Roadmap
from roadgate.model.source import ResourceRef

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from roadgate.model.finding import Finding

TODAY = date(2026, 7, 1)
API = "roadgate/v1"


def document(kind: str, name: str, **spec: Any) -> dict[str, Any]:
    """A document as it stands in YAML."""
    return {
        "apiVersion": API,
        "kind": kind,
        "metadata": {"name": name, "title": name},
        "spec": spec,
    }


def initiative(name: str, horizon: str = "exploring", **spec: Any) -> dict[str, Any]:
    """An initiative that says as little as it may."""
    return document("Initiative", name, problem="Something hurts.", horizon=horizon, **spec)


def decision(name: str, kind: str, concerns: Mapping[str, Any], **spec: Any) -> dict[str, Any]:
    """A Decision of June 2026."""
    said = {"date": "2026-06-01", "by": ["example-vp"], "because": "It is so."}
    return document("Decision", name, type=kind, concerns=dict(concerns), **{**said, **spec})


def policy(expression: str, **spec: Any) -> dict[str, Any]:
    """A house policy about initiatives, of one validation."""
    clause = {"expression": expression, "message": "it does not hold"}
    said = {
        "id": "ACME001",
        "rationale": "Because.",
        "match": {"kinds": ["Initiative"]},
        "validations": [{**clause, **spec.pop("clause", {})}],
    }
    return document("Policy", spec.pop("name", "house-rule"), **{**said, **spec})


def resource(data: Mapping[str, Any]) -> Resource[Any]:
    """A document as the loader would hand it on."""
    body = KINDS[data["kind"]].model_validate(data)
    ref = ResourceRef(data["kind"], body.metadata.name)
    return Resource(f"roadmap/{ref.name}.yaml", 0, ref, body, data)


def config(**spec: Any) -> Config:
    """A configuration; ``policies`` is what these tests are about."""
    return Config.model_validate({"apiVersion": API, "kind": "Config", "spec": spec})


def roadmap(*documents: Mapping[str, Any]) -> Roadmap:
    """The documents, linked."""
    resources = sorted((resource(each) for each in documents), key=lambda each: each.ref)

    def named(kind: str) -> dict[str, Resource[Any]]:
        return {each.name: each for each in resources if each.ref.kind == kind}

    evidence = named("Evidence")
    return Roadmap(
        config=default_config(),
        initiatives=named("Initiative"),
        evidence=evidence,
        metrics=named("Metric"),
        goals=named("Goal"),
        personas=named("Persona"),
        teams=named("Team"),
        decisions=named("Decision"),
        policies=named("Policy"),
        evidence_of={
            each.name: tuple(
                sorted(
                    {
                        *each.body.spec.evidence,
                        *(
                            name
                            for name, found in evidence.items()
                            if each.name in found.body.spec.supports
                        ),
                    }
                )
            )
            for each in named("Initiative").values()
        },
        aliases={
            ResourceRef(each.ref.kind, alias): each.name
            for each in resources
            for alias in each.body.metadata.aliases
        },
        measurements={},
        resources=tuple(resources),
        journeys=named("Journey"),
        services=named("Service"),
        canvases=named("Canvas"),
        launches=named("Launch"),
        visions=named("Vision"),
        reviews=named("Review"),
    )


SHIPPED = (resource(policy("true", id="RG999", name="always")),)
"""A built-in policy, so that there is one; no preset has it."""


def compiled(
    *policies: Mapping[str, Any],
    builtin: Sequence[Resource[Policy]] = SHIPPED,
    settings: Config | None = None,
) -> tuple[PolicySet, list[Finding]]:
    """House policies, compiled."""
    return compile_policies(
        [resource(each) for each in policies], builtin, settings or default_config()
    )


def run(
    rule: Mapping[str, Any],
    *documents: Mapping[str, Any],
    settings: Config | None = None,
    as_of: date = TODAY,
    **more: Any,
) -> PolicyRun:
    """A house policy, evaluated on documents."""
    policy_set, findings = compiled(rule, settings=settings)
    assert not [each for each in findings if each.severity is Severity.ERROR], findings
    return evaluate(policy_set, roadmap(*documents), None, None, None, as_of, **more)


def said(findings: Sequence[Finding], finding_id: str) -> list[str]:
    """The messages of one id that nothing suppresses."""
    return [each.message for each in findings if each.id == finding_id and not each.suppressed]
