"""Findings about references that lead nowhere, or through a former name."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from roadgate.model.finding import Finding, Severity
from roadgate.model.kinds import KINDS, Decision, Initiative, Metric
from roadgate.model.repair import Repair, repair
from roadgate.model.source import ResourceRef
from roadgate.model.suggest import advice, closest, only
from roadgate.roadmap.references import references

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadgate.model.kinds import Envelope
    from roadgate.model.kinds.config import ConfigSpec
    from roadgate.model.project import Project
    from roadgate.model.resource import Resource
    from roadgate.roadmap.index import Index
    from roadgate.roadmap.references import Reference


def dangling(project: Project, index: Index) -> list[Finding]:
    """A finding for each reference that leads nowhere, or through a former name."""
    unreadable = {PurePosixPath(path).stem for path in project.unreadable}
    killed = _killed(index)
    findings: list[Finding] = []
    present = {(ref.kind, ref.name) for ref in {*index.by_ref, *index.broken}}
    for resource in index.by_ref.values():
        for reference in references(resource.body):
            if (reference.kind, reference.name) not in present:
                findings += _check(resource, reference, index, killed, unreadable)
        if isinstance(resource.body, Decision):
            findings += _wrong_target(resource.ref, resource.body, index)
        elif isinstance(resource.body, Metric) and not project.config_broken:
            findings += _wrong_connection(resource.ref, resource.body, project.config.spec)
    return [*findings, *_wrong_teams(project.config.spec, index)]


def _killed(index: Index) -> frozenset[str]:
    """Initiatives that a Decision killed: they may be gone, and their records stay."""
    decisions = (each.body.spec for each in index.of(Decision).values())
    return frozenset(each.concerns.initiative or "" for each in decisions if each.type == "kill")


def _check(
    resource: Resource[Envelope],
    reference: Reference,
    index: Index,
    killed: frozenset[str],
    unreadable: set[str],
) -> Iterator[Finding]:
    ref = ResourceRef(reference.kind, reference.name)
    current = index.current(ref)
    if current != ref:
        yield _renamed(resource, reference, current)
        return
    is_record = isinstance(resource.body, Decision) and ref.kind == "Initiative"
    if (is_record and ref.name in killed) or ref.name in unreadable:
        return  # the record of what is gone stays; a broken file has a finding of its own
    names = index.names(ref.kind)
    match = closest(ref.name, names)
    fix = f"did you mean '{match}'?" if match else f"declare the {ref.kind} '{ref.name}'"
    message = f"there is no {ref.kind} '{ref.name}'"
    answer = _leading_to(only(ref.name, names), reference)
    yield _dangles(resource.ref, reference.field, message, fix, answer)


def _leading_to(name: str | None, reference: Reference) -> Repair | None:
    """The repair that lets a reference lead to the resource called ``name``."""
    if name is None or reference.is_key:
        return repair(name, of="key")
    is_path = reference.field == "spec.concerns.resource"
    return repair(f"{reference.kind}/{name}" if is_path else name)


def _renamed(resource: Resource[Envelope], reference: Reference, current: ResourceRef) -> Finding:
    return Finding(
        "RG012",
        Severity.NOTICE,
        f"the {current.kind} '{reference.name}' is called '{current.name}' now",
        f"write '{current.name}'",
        resource=resource.ref,
        field=reference.field,
        repair=_leading_to(current.name, reference),
    )


def _wrong_target(ref: ResourceRef, decision: Decision, index: Index) -> Iterator[Finding]:
    """What a Decision concerns within an initiative, and resources that are written wrongly."""
    concerns = decision.spec.concerns
    if concerns.resource is not None:
        kind, _, name = concerns.resource.partition("/")
        if kind not in KINDS or not name:
            fix = advice(kind, KINDS, otherwise="") if name else "write Kind/name"
            message = f"'{concerns.resource}' names no resource"
            yield _dangles(ref, "spec.concerns.resource", message, fix)
    initiative = index.get(Initiative, concerns.initiative)
    if initiative is None:
        return
    spec = initiative.body.spec
    for word, wanted, ids in (
        ("criterion", concerns.criterion, [each.id for each in spec.success_criteria]),
        ("threshold", concerns.threshold, [each.id for each in spec.kill_thresholds]),
        ("guardrail", concerns.guardrail, [each.id for each in spec.guardrails]),
    ):
        if wanted is not None and wanted not in ids and decision.spec.type != "relax":
            message = f"'{initiative.name}' has no {word} '{wanted}'"
            fix = advice(
                wanted, ids, otherwise=f"leave out '{word}' to concern the whole initiative"
            )
            answer = repair(only(wanted, ids))
            yield _dangles(ref, f"spec.concerns.{word}", message, fix, answer)


def _wrong_connection(ref: ResourceRef, metric: Metric, config: ConfigSpec) -> Iterator[Finding]:
    source = metric.spec.source
    if source is None:
        return
    for kind, connection in (
        ("prometheus", source.prometheus.connection if source.prometheus else None),
        ("sql", source.sql.connection if source.sql else None),
    ):
        known = [name for name, settings in config.connections.items() if kind in settings]
        if connection is not None and connection not in known:
            message = f"roadgate.yaml has no {kind} connection '{connection}'"
            fix = advice(connection, sorted(known), otherwise="add it under spec.connections")
            answer = repair(only(connection, known))
            yield _dangles(ref, f"spec.source.{kind}.connection", message, fix, answer)


def _wrong_teams(config: ConfigSpec, index: Index) -> Iterator[Finding]:
    for name in type(config.approvals).model_fields:
        approval = getattr(config.approvals, name)
        if approval is None or approval.team is None:
            continue
        if not index.exists(ResourceRef("Team", approval.team)):
            fix = advice(approval.team, index.names("Team"), otherwise="declare the Team")
            message = f"there is no Team '{approval.team}'"
            answer = repair(only(approval.team, index.names("Team")))
            yield _dangles(None, f"spec.approvals.{name.rstrip('_')}.team", message, fix, answer)


def _dangles(
    ref: ResourceRef | None, field: str, message: str, fix: str, answer: Repair | None = None
) -> Finding:
    return Finding("RG012", Severity.ERROR, message, fix, resource=ref, field=field, repair=answer)
