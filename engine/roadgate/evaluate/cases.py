"""What a policy is evaluated on: a resource, one field of a change, or the roadmap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from roadgate.evaluate.cel import scalar
from roadgate.evaluate.changes import change_message, field_message
from roadgate.evaluate.compiled import CONFIG
from roadgate.evaluate.environment import maker
from roadgate.model.change import Effect, FieldChange, ResourceChange
from roadgate.model.errors import InternalError
from roadgate.model.source import ResourceRef

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from roadgate.evaluate.cel import Message
    from roadgate.evaluate.compiled import CompiledPolicy
    from roadgate.evaluate.world import World
    from roadgate.model.change import Change, Context, JudgeChange
    from roadgate.model.kinds import Decision, Envelope
    from roadgate.model.resource import Resource
    from roadgate.model.roadmap import Roadmap

_EFFECTS: Mapping[str, Effect] = {
    "weaker": Effect.EASIER,
    "stronger": Effect.HARDER,
    "neutral": Effect.FREE,
    "watched": Effect.UNORDERED,
}


@dataclass(frozen=True, slots=True)
class Moved:
    """A resource that a change is about, and one of its fields."""

    change: ResourceChange
    context: Context | None
    old: Resource[Envelope] | None
    new: Resource[Envelope] | None
    field: FieldChange | None
    of_judge: bool = False
    """Whether it is the judge itself that changes: a setting, a policy, a Team."""


@dataclass(frozen=True, slots=True)
class Group:
    """The resources that a portfolio policy judges together."""

    kind: str
    key: str
    """The value that they share; empty without ``groupBy``."""
    members: tuple[Resource[Envelope], ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One evaluation of one policy."""

    world: World
    ref: ResourceRef | None = None
    """None for the roadmap as a whole."""
    resource: Resource[Envelope] | None = None
    """None also where the resource could not be read."""
    decisions: tuple[Resource[Decision], ...] = ()
    """Those in force that concern the resource, approved or not."""
    moved: Moved | None = None
    group: Group | None = None

    @property
    def kind(self) -> str:
        """The kind of resource; empty for the roadmap as a whole, Config for what judges."""
        if self.group is not None:
            return self.group.kind
        if self.moved is not None and self.moved.of_judge:
            return CONFIG
        return self.ref.kind if self.ref is not None else ""

    @property
    def field(self) -> FieldChange | None:
        """The changed field that the case is about."""
        return self.moved.field if self.moved is not None else None

    def value(self, variable: str) -> object:
        """What an expression sees under a name.

        Raises:
            EvaluationError: a value of the roadmap does not fit into a message.
            InternalError: there is no such variable in this case.
        """
        match variable:
            case "roadmap":
                return self.world.whole()
            case "asOf":
                return self.world.as_of.isoformat()
            case "resource":
                return self._message(self.resource)
            case "group" if self.group is not None:
                return self._group_message(self.group)
        return self._found(variable)

    def _found(self, variable: str) -> object:
        if self.ref is not None and variable == "evidence":
            return self.world.evidence(self.ref)
        if self.ref is not None and variable == "verdicts":
            return self.world.verdicts(self.ref)
        return self._moved_value(variable)

    def _moved_value(self, variable: str) -> Message:
        moved = self.moved
        if moved is not None:
            match variable:
                case "old":
                    return self._message(moved.old)
                case "new":
                    return self._message(moved.new)
                case "change":
                    return change_message(moved.change, moved.context)
                case "field":
                    return field_message(moved.field)
        raise InternalError(f"no value is known for '{variable}'")

    def _group_message(self, group: Group) -> Message:
        resources = [self.world.message(each) for each in group.members]
        kind = self.world.vocabulary.type_of(group.kind)
        return maker(f"{kind}Group")(key=scalar(group.key), resources=resources)

    def _message(self, resource: Resource[Envelope] | None) -> Message:
        return self.world.nothing(self.kind) if resource is None else self.world.message(resource)


class Cases:
    """All cases of a roadmap and a change, by policy."""

    def __init__(
        self,
        world: World,
        change: Change | None,
        context: Context | None,
        base: Roadmap | None,
        only: Container[ResourceRef] | None = None,
    ) -> None:
        self._world = world
        self._change = change
        self._context = context
        self._only = only
        self._old = {each.ref: each for each in base.resources} if base else {}
        self._former = {
            each.ref: ResourceRef(each.ref.kind, each.former_name)
            for each in (change.resources if change is not None else ())
            if each.former_name is not None
        }
        self._new = {each.ref: each for each in world.roadmap.resources}
        self._by_kind: dict[str, list[Case]] = {}

    def of_change(self, policy: CompiledPolicy) -> Iterator[Case]:
        """What a policy about changes could be about, before its ``where``."""
        if self._change is None:
            return
        for change in self._change.resources:
            if change.ref.kind in policy.clauses:
                # who does not speak of fields is asked once, not once for each of them
                by_field = "field" in policy.uses | policy.where_uses
                yield from self._fields(change, by_field=by_field)
        if CONFIG in policy.clauses:
            yield from map(self._judge, self._change.judge)

    def standing(self, case: Case) -> Resource[Envelope] | None:
        """A resource as base has it: a change cannot label itself out of a binding."""
        if case.ref is None:
            return None
        former = self._former.get(case.ref, case.ref)
        return self._old.get(former, case.resource)

    def near(self, policy: CompiledPolicy, refs: Iterable[ResourceRef]) -> Iterator[Case]:
        """As ``of``, of these resources alone."""
        for ref in refs:
            resource = self._new.get(ref)
            if resource is not None and ref.kind in policy.clauses:
                yield Case(self._world, ref, resource, self._world.in_force(ref))

    def of_kind(self, kind: str) -> list[Case]:
        """Every resource of a kind."""
        if kind not in self._by_kind:
            self._by_kind[kind] = [
                Case(self._world, ref, each, self._world.in_force(ref))
                for ref, each in self._new.items()
                if ref.kind == kind and (self._only is None or ref in self._only)
            ]
        return self._by_kind[kind]

    def _judge(self, change: JudgeChange) -> Case:
        """A change of what judges, as a policy sees it: called by what it is, a Config."""
        kind, _, name = change.what.partition("/") if change.location is None else ("", "", "")
        ref = ResourceRef(kind, name) if name else None
        field = FieldChange(
            change.at or change.what,
            change.before,
            change.after,
            _EFFECTS[change.effect],
            protected=True,
            decision=change.decision,
            approval=change.approval,
            note=change.note,
            location=change.location,
        )
        about = ResourceRef(CONFIG, change.what)
        change_ = ResourceChange("changed", about, None, None, (field,))
        moved = Moved(change_, self._context, None, None, field, of_judge=True)
        return Case(self._world, ref, moved=moved)

    def _fields(self, change: ResourceChange, *, by_field: bool) -> Iterator[Case]:
        ref = change.ref
        old = self._old.get(ResourceRef(ref.kind, change.former_name or ref.name))
        new = None if change.action == "removed" else self._new.get(ref)
        decisions = self._world.in_force(ref)
        for field in (change.fields if by_field else ()) or (None,):
            moved = Moved(change, self._context, old, new, field)
            yield Case(self._world, ref, new or old, decisions, moved)
