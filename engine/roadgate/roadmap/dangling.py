"""Findings about references that lead nowhere, or through a former name."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from roadgate.model.finding import Finding, Severity
from roadgate.model.kinds import KINDS, Decision, Initiative, Metric
from roadgate.model.repair import Repair, repair
from roadgate.model.source import ResourceRef
from roadgate.model.suggest import advice, closest, only
from roadgate.roadmap.references import references
from roadgate.roadmap.settings_paths import config_problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from roadgate.model.kinds import Envelope
    from roadgate.model.kinds.config import ConfigSpec
    from roadgate.model.project import Project
    from roadgate.model.resource import Resource
    from roadgate.roadmap.index import Index
    from roadgate.roadmap.references import Reference

_MAX_GUESSES = 500


def dangling(
    project: Project, index: Index, only: Collection[ResourceRef] | None = None
) -> list[Finding]:
    """A finding for each reference that leads nowhere, or through a former name.

    ``only`` names the resources to look at; None for all.
    """
    names = _Names(index, set(map(_stem, project.unreadable)))
    findings: list[Finding] = []
    called = index.called()
    for resource in index.among(only):
        for reference in references(resource.body):
            if reference.name not in called.get(reference.kind, ()):
                findings += _check(resource, reference, names)
        if isinstance(resource.body, Decision):
            findings += _wrong_target(resource.ref, resource.body, index)
            findings += _wrong_resource(resource.ref, resource.body, names, project.governed)
            findings += _wrong_config(resource.ref, resource.body)
        elif isinstance(resource.body, Initiative):
            findings += _wrong_stages(resource.ref, resource.body)
        elif isinstance(resource.body, Metric) and not project.config_broken:
            findings += _wrong_connection(resource.ref, resource.body, project.config.spec)
    return [*findings, *_wrong_teams(project.config.spec, index)]


def _stem(path: str) -> str:
    """The name that a file's resource would have by custom; pathlib takes its time for it."""
    return path.rpartition("/")[2].rpartition(".")[0]


class _Told(NamedTuple):
    """What is to be said of a name that no resource has."""

    severity: Severity
    message: str
    fix: str
    meant: str | None
    """The one name that was meant, where there is no doubt."""


class _Names:
    """Looks each name up once."""

    def __init__(self, index: Index, unreadable: set[str]) -> None:
        self._index = index
        self._unreadable = unreadable
        self._told: dict[tuple[str, str], _Told | None] = {}
        self._guesses = _MAX_GUESSES
        self._uses: Counter[tuple[str, str]] | None = None
        self.killed = _killed(index)

    def knows(self, kind: str, name: str) -> bool:
        """Whether there is such a resource, usable or not."""
        return self._index.exists(ResourceRef(kind, name))

    def tell(self, kind: str, name: str) -> _Told | None:
        """What to say of a reference; None where a broken file says enough."""
        key = (kind, name)
        if key not in self._told:
            self._told[key] = self._look_up(kind, name)
        return self._told[key]

    def _look_up(self, kind: str, name: str) -> _Told | None:
        current = self._index.current(ResourceRef(kind, name)).name
        if current != name:
            message = f"the {kind} '{name}' is called '{current}' now"
            return _Told(Severity.NOTICE, message, f"write '{current}'", current)
        if name in self._unreadable:
            return None
        match, meant = self._guess(kind, name)
        start = f"correct the name, or declare it: roadgate new {kind} {name}"
        fix = f"did you mean '{match}'?" if match else start
        return _Told(Severity.ERROR, f"there is no {kind} '{name}'", fix, meant)

    def _guess(self, kind: str, name: str) -> tuple[str | None, str | None]:
        if not self._guesses:  # each guess looks at all names
            return None, None
        self._guesses -= 1
        names = self._index.names(kind)
        meant = only(name, names)
        doubtful = meant is not None and self._may_be_misnamed(kind, name, meant)
        return closest(name, names), None if doubtful else meant

    def _may_be_misnamed(self, kind: str, name: str, meant: str) -> bool:
        """Whether the slip may be the resource's own: several call it so, and none as it does."""
        if self._uses is None:
            bodies = (each.body for each in self._index.among(None))
            named = (each for body in bodies for each in references(body))
            self._uses = Counter((each.kind, each.name) for each in named)
        return self._uses[kind, name] > 1 and not self._uses[kind, meant]


def _killed(index: Index) -> frozenset[str]:
    """Initiatives that a Decision killed: they may be gone, and their records stay."""
    decisions = (each.body.spec for each in index.of(Decision).values())
    return frozenset(each.concerns.initiative or "" for each in decisions if each.type == "kill")


def _check(resource: Resource[Envelope], reference: Reference, names: _Names) -> Iterator[Finding]:
    told = names.tell(reference.kind, reference.name)
    if told is None:
        return
    is_record = isinstance(resource.body, Decision) and reference.kind == "Initiative"
    if told.severity is Severity.ERROR and is_record and reference.name in names.killed:
        return  # the record of what is gone stays
    yield Finding(
        "RG012",
        told.severity,
        told.message,
        told.fix,
        resource=resource.ref,
        field=reference.field,
        of_name=reference.is_key,
        repair=_leading_to(told.meant, reference),
    )


def _leading_to(name: str | None, reference: Reference) -> Repair | None:
    """The repair that lets a reference lead to the resource called ``name``."""
    if name is None or reference.is_key:
        return repair(name, of="key")
    is_path = reference.field == "spec.concerns.resource"
    return repair(f"{reference.kind}/{name}" if is_path else name)


def _wrong_target(ref: ResourceRef, decision: Decision, index: Index) -> Iterator[Finding]:
    """What a Decision concerns within an initiative, and is not there."""
    concerns = decision.spec.concerns
    initiative = index.get(Initiative, concerns.initiative)
    if initiative is None:
        return
    spec = initiative.body.spec
    for word, wanted, ids in (
        ("criterion", concerns.criterion, [each.id for each in spec.success_criteria]),
        ("threshold", concerns.threshold, [each.id for each in spec.kill_thresholds]),
        ("guardrail", concerns.guardrail, [each.id for each in spec.guardrails]),
    ):
        if (
            wanted is not None
            and wanted not in ids
            and not _is_dropped(word, wanted, initiative, index)
        ):
            message = f"'{initiative.name}' has no {word} '{wanted}'"
            fix = advice(
                wanted, ids, otherwise=f"leave out '{word}' to concern the whole initiative"
            )
            answer = repair(only(wanted, ids))
            yield _dangles(ref, f"spec.concerns.{word}", message, fix, answer)


def _is_dropped(word: str, wanted: str, initiative: Resource[Initiative], index: Index) -> bool:
    """Whether another Decision has let it go, so that records of it lead nowhere rightly."""
    concerned = (
        each.body.spec
        for each in index.of(Decision).values()
        if index.get(Initiative, each.body.spec.concerns.initiative) is initiative
    )
    return any(
        each.type == "pivot" or (each.type == "relax" and getattr(each.concerns, word) == wanted)
        for each in concerned
    )


def _wrong_resource(
    ref: ResourceRef, decision: Decision, names: _Names, custom: Collection[str]
) -> Iterator[Finding]:
    """A resource that is written wrongly, or one of a custom kind that is not there."""
    written = decision.spec.concerns.resource
    if written is None:
        return
    kind, _, name = written.partition("/")
    if not name or kind not in (*KINDS, *custom):
        fix = advice(kind, [*KINDS, *custom], otherwise="") if name else "write Kind/name"
        yield _dangles(ref, "spec.concerns.resource", f"'{written}' names no resource", fix)
    elif kind in custom and not names.knows(kind, name):
        told = names.tell(kind, name)
        if told is not None:
            yield _dangles(ref, "spec.concerns.resource", told.message, told.fix)


def _wrong_config(ref: ResourceRef, decision: Decision) -> Iterator[Finding]:
    """A field of the settings that there is not, or another part of the judge of no kind."""
    written = decision.spec.concerns.config
    problem = config_problem(written) if written is not None else None
    if problem is not None:
        yield _dangles(ref, "spec.concerns.config", *problem)


def _wrong_stages(ref: ResourceRef, initiative: Initiative) -> Iterator[Finding]:
    """Phases in which a requirement must hold, and that the rollout does not have."""
    phases = [each.phase for each in initiative.spec.rollout]
    for index, nfr in enumerate(initiative.spec.nfrs):
        for position, stage in enumerate(nfr.stages):
            if phases and stage not in phases:
                fix = advice(stage, phases, otherwise="name a phase of the rollout")
                field = f"spec.nfrs[{index}].stages[{position}]"
                message = f"the rollout has no phase '{stage}'"
                found = _dangles(ref, field, message, fix, repair(only(stage, phases)))
                yield replace(found, severity=Severity.WARNING)  # the phase may come later


def _wrong_connection(ref: ResourceRef, metric: Metric, config: ConfigSpec) -> Iterator[Finding]:
    source = metric.spec.source
    if source is None:
        return
    for kind, connection in (
        ("prometheus", source.prometheus.connection if source.prometheus else None),
        ("sql", source.sql.connection if source.sql else None),
    ):
        known = [name for name, each in config.connections.items() if kind in each.kinds]
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
