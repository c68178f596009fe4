"""What a policy is evaluated on: a resource, one field of a change, or the roadmap."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from roadgate.evaluate.changes import change_message, field_message
from roadgate.evaluate.environment import maker

if TYPE_CHECKING:
    from roadgate.evaluate.cel import Message
    from roadgate.evaluate.compiled import CompiledPolicy
    from roadgate.evaluate.world import World
    from roadgate.model.change import Change, Context, FieldChange, ResourceChange
    from roadgate.model.kinds import Decision, Envelope
    from roadgate.model.resource import Resource
    from roadgate.model.roadmap import Roadmap
    from roadgate.model.source import ResourceRef

Values: TypeAlias = Mapping[str, Callable[[], Any]]
"""Variables and how to make their values; only those that an expression names are made."""


@dataclass(frozen=True, slots=True)
class Case:
    """One evaluation of one policy."""

    kind: str
    ref: ResourceRef | None
    body: Envelope | None
    """The resource, where it could be read."""
    values: Values
    decisions: tuple[Resource[Decision], ...]
    """Those in force that concern the resource, approved or not."""
    field: FieldChange | None = None


class Cases:
    """All cases of a roadmap and a change, by policy."""

    def __init__(
        self, world: World, change: Change | None, context: Context | None, base: Roadmap | None
    ) -> None:
        self._world = world
        self._change = change
        self._context = context
        self._old = {each.ref: each for each in base.resources} if base else {}
        self._new = {each.ref: each for each in world.roadmap.resources}
        self._by_kind: dict[str, list[Case]] = {}

    def of(self, policy: CompiledPolicy) -> Iterator[Case]:
        """What a policy could be about, before its ``where``."""
        if policy.scope == "portfolio":
            yield Case("", None, None, self._common(), ())
        elif policy.scope == "resource":
            for kind in policy.clauses:
                yield from self._resources(kind)
        elif self._change is not None:
            for change in self._change.resources:
                if change.ref.kind in policy.clauses:
                    yield from self._fields(change)

    def _resources(self, kind: str) -> list[Case]:
        if kind not in self._by_kind:
            self._by_kind[kind] = [
                Case(
                    kind,
                    each.ref,
                    each.body,
                    self._about(each.ref, each),
                    tuple(self._world.in_force(each.ref)),
                )
                for each in self._world.roadmap.resources
                if each.ref.kind == kind
            ]
        return self._by_kind[kind]

    def _fields(self, change: ResourceChange) -> Iterator[Case]:
        ref = change.ref
        former = type(ref)(ref.kind, change.former_name or ref.name)
        old = self._old.get(former)
        new = None if change.action == "removed" else self._new.get(ref)
        values: dict[str, Callable[[], Any]] = {
            **self._about(ref, new or old),
            "old": lambda: self._message(ref.kind, old),
            "new": lambda: self._message(ref.kind, new),
            "change": lambda: change_message(change, self._context),
        }
        decisions = tuple(self._world.in_force(ref))
        present = new or old
        for field in change.fields or (None,):
            yield Case(
                ref.kind,
                ref,
                present.body if present else None,
                {**values, "field": partial(field_message, field)},
                decisions,
                field,
            )

    def _common(self) -> dict[str, Callable[[], Any]]:
        world = self._world
        return {"roadmap": world.whole, "asOf": world.as_of.isoformat}

    def _about(
        self, ref: ResourceRef, resource: Resource[Envelope] | None
    ) -> dict[str, Callable[[], Any]]:
        world = self._world
        return {
            **self._common(),
            "resource": lambda: self._message(ref.kind, resource),
            "evidence": lambda: world.evidence(ref),
            "verdicts": lambda: world.verdicts(ref),
        }

    def _message(self, kind: str, resource: Resource[Envelope] | None) -> Message:
        return maker(kind)() if resource is None else self._world.message(resource)
