"""``lifecycle``: the steps there are, and the gates that stand before a resource's next one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from roadgate.evaluate.policies import PolicySet, compile_policies, evaluate
from roadgate.evaluate.suppression import suppress
from roadgate.evaluate.verdicts import Judgements
from roadgate.model.errors import UsageError
from roadgate.model.finding import Severity, Status
from roadgate.model.kinds import KINDS
from roadgate.model.stages import Ahead, Gate, Stage, Stages
from roadgate.model.suggest import advice, closest, listed
from roadgate.pipeline.builtin import builtin_policies
from roadgate.pipeline.gates import gate_findings, gate_set
from roadgate.pipeline.reading import day, read
from roadgate.pipeline.redaction import internal_metrics, redacted_stages
from roadgate.report.order import ordered
from roadgate.roadmap.lifecycles import CODE as BROKEN
from roadgate.roadmap.lifecycles import workflows
from roadgate.roadmap.states import state_of, with_state

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from roadgate.model.finding import Finding
    from roadgate.model.kinds import Envelope
    from roadgate.model.resource import Resource
    from roadgate.model.roadmap import Roadmap
    from roadgate.model.workflow import Way, Workflow
    from roadgate.pipeline.reading import Reading
    from roadgate.pipeline.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked."""

    now: datetime
    as_of: date | None = None
    name: str | None = None
    """A resource, as ``name`` or ``Kind/name``; None draws the workflows alone."""
    to: str | None = None
    """The state that it should get to; None for the next ones."""
    public: bool = False
    """Others may read the answer: values of internal metrics are withheld."""


def stages(workspace: Workspace, request: Request) -> Stages:
    """The workflows of a project; of one resource, what stands before its next step.

    Raises:
        UsageError: there is no such resource, or no way to the state that is asked for.
        EnvironmentProblem: git, or a folder, cannot be read.
    """
    reading = read(workspace, None)
    config = reading.project.config
    as_of = day(config, request.as_of, request.now)
    house = tuple(reading.roadmap.policies.values())
    policies, broken = compile_policies(house, builtin_policies(), config, reading.project.governed)
    found = workflows(reading.roadmap)
    wrong = [each for each in reading.findings if each.id == BROKEN]
    wrong += [*gate_findings(reading.roadmap, policies, config), *broken]
    errors = [each for each in wrong if each.severity is Severity.ERROR]
    told: tuple[Stage, ...] = ()
    if request.name is not None:
        trial = _Trial(reading, policies, as_of)
        resource = _resource(reading.roadmap, request.name)
        told = tuple(trial.stages(resource, found, request.to))
        if request.public:
            verdicts = Judgements(reading.roadmap, as_of).all()
            told = redacted_stages(told, verdicts, internal_metrics(reading.roadmap))
    return Stages(as_of, found, told, tuple(ordered(reading.located(errors))))


def _resource(roadmap: Roadmap, name: str) -> Resource[Envelope]:
    """The resource of that name that has a state; an Initiative before others."""
    kind, slash, rest = name.rpartition("/")
    fields = [each.field for each in workflows(roadmap)]
    known = [
        each
        for each in roadmap.resources
        if any(state_of(each.ref.kind, each.data, field) is not None for field in fields)
    ]
    found = [
        each
        for each in known
        if each.name == roadmap.name_of(each.ref.kind, rest)
        and (not slash or each.ref.kind == kind)
    ]
    if not found and any(each.name == rest and each.ref.kind == kind for each in roadmap.resources):
        raise UsageError(
            f"no Lifecycle is about a field of {kind}, such as '{name}'",
            hint="declare one with the field that holds its state",
        )
    if not found:
        names = sorted({each.name for each in known})
        raise UsageError(
            f"nothing called '{name}' has a state that a Lifecycle is about",
            hint=advice(rest, names, otherwise="name an initiative"),
        )
    return min(found, key=lambda each: (each.ref.kind != "Initiative", each.ref))


class _Trial:
    """A roadmap in which one resource is moved, to see which gates open."""

    def __init__(self, reading: Reading, policies: PolicySet, as_of: date) -> None:
        self._reading = reading
        self._policies = policies
        self._as_of = as_of

    def stages(
        self, resource: Resource[Envelope], found: Sequence[Workflow], to: str | None
    ) -> Iterable[Stage]:
        """Where a resource stands in each workflow that it has a state of.

        Raises:
            UsageError: no listed steps lead to the state that is asked for.
        """
        ref, reached = resource.ref, False
        for workflow in found:
            state = state_of(ref.kind, resource.data, workflow.field)
            if state is None or (to is not None and to not in workflow.states):
                continue
            ways = self._ways(workflow, state, to)
            reached = reached or to is None or bool(ways)
            steps = [self._ahead(resource, workflow, new, way) for new, way in ways]
            yield Stage(ref, workflow.field, state, workflow.resource, tuple(steps))
        if to is not None and not reached:
            states = {each for workflow in found for each in workflow.states}
            near = to not in states and closest(to, states)
            own = {
                each
                for workflow in found
                if state_of(ref.kind, resource.data, workflow.field) is not None
                for each in workflow.states
            }
            raise UsageError(
                f"no listed steps lead '{ref.name}' to '{to}'",
                hint=f"did you mean '{near}'?" if near else f"the states are {listed(sorted(own))}",
            )

    def _ways(self, workflow: Workflow, state: str, to: str | None) -> list[tuple[str, Way]]:
        goals = [to] if to is not None else [each.new for each in workflow.onward(state)]
        ways = ((goal, workflow.way(state, goal)) for goal in dict.fromkeys(goals) if goal != state)
        return [(goal, way) for goal, way in ways if way is not None]

    def _ahead(self, resource: Resource[Envelope], workflow: Workflow, new: str, way: Way) -> Ahead:
        config = self._reading.project.config
        asked = frozenset(way.gates)
        if workflow.resource is None:
            asked &= {each.id for each in self._policies.policies}
        gates = gate_set(asked, self._policies, self._reading.roadmap, config)
        moved = _moved(self._reading.roadmap, resource, workflow.field, new)
        run = evaluate(gates, moved, Judgements(moved, self._as_of), None, None, self._as_of)
        told = suppress(run.findings, moved, self._as_of, used=run.used)
        titles = {each.id: each.resource.body.metadata.title for each in gates.policies}
        whole = {each.id for each in gates.policies if each.scope == "portfolio"}
        changes = {each.id for each in gates.policies if each.scope == "change"}
        listed = []
        for gate in way.gates:
            mine = [
                each
                for each in told
                if each.id == gate and (gate in whole or each.resource == resource.ref)
            ]
            listed.append(_gate(gate, titles.get(gate), mine, needs_change=gate in changes))
        return Ahead(new, tuple(listed), way.needs, way.approvals)


def _gate(policy: str, title: str | None, told: list[Finding], *, needs_change: bool) -> Gate:
    if title is None:
        return Gate(policy, "", "missing")
    asks = tuple(each for each in told if each.suppressed is None)
    waived = tuple(each.suppressed.by for each in told if each.suppressed is not None)
    outcome: Literal["open", "closed", "unknown"] = "closed" if asks else "open"
    if needs_change or (asks and all(each.status is not Status.FAIL for each in asks)):
        outcome = "unknown"
    return Gate(policy, title, outcome, asks, waived)


def _moved(roadmap: Roadmap, resource: Resource[Envelope], field: str, state: str) -> Roadmap:
    """The roadmap, with one resource in another state."""
    data = with_state(resource.data, field, state)
    kind = KINDS.get(resource.ref.kind)
    body = kind.model_validate(data) if kind is not None else resource.body
    moved = replace(resource, data=data, body=body)
    return replace(
        roadmap,
        resources=tuple(moved if each is resource else each for each in roadmap.resources),
        initiatives=_with(roadmap.initiatives, resource, moved),
        services=_with(roadmap.services, resource, moved),
    )


def _with(
    named: Mapping[str, Resource[Any]], resource: Resource[Envelope], moved: Resource[Any]
) -> dict[str, Resource[Any]]:
    return {name: moved if each is resource else each for name, each in named.items()}
