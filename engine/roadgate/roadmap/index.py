"""Resources by kind and name, former names included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, cast

from roadgate.model.finding import Finding, Related, Severity
from roadgate.model.source import ResourceRef

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from roadgate.model.kinds import Envelope
    from roadgate.model.resource import Resource

E = TypeVar("E", bound="Envelope")


@dataclass(frozen=True, slots=True)
class Index:
    """What exists, and what it was once called."""

    by_ref: Mapping[ResourceRef, Resource[Envelope]]
    """Sorted by kind and name; of two resources of one name, the first."""
    by_kind: Mapping[str, dict[str, Resource[Envelope]]]
    """The same by kind, then by name."""
    aliases: Mapping[ResourceRef, str]
    broken: frozenset[ResourceRef]
    """There by name, but unusable."""

    def current(self, ref: ResourceRef) -> ResourceRef:
        """The identity as it is called now."""
        if ref in self.by_ref or ref in self.broken:
            return ref
        return ResourceRef(ref.kind, self.aliases.get(ref, ref.name))

    def get(self, kind: type[E], name: str | None) -> Resource[E] | None:
        """The resource of a name or former name, if it exists and is usable."""
        if name is None:
            return None
        found = self.by_kind.get(kind.KIND, {}).get(name)
        if found is None:
            found = self.by_ref.get(self.current(ResourceRef(kind.KIND, name)))
        return cast("Resource[E] | None", found)

    def exists(self, ref: ResourceRef) -> bool:
        """Whether something of that name, or former name, is there, usable or not."""
        current = self.current(ref)
        return current in self.by_ref or current in self.broken

    def of(self, kind: type[E]) -> dict[str, Resource[E]]:
        """All resources of a kind by name, sorted."""
        return cast("dict[str, Resource[E]]", self.by_kind.get(kind.KIND, {}))

    def among(self, only: Collection[ResourceRef] | None) -> Iterable[Resource[Envelope]]:
        """Those of these identities, sorted; all without."""
        if only is None:
            return self.by_ref.values()
        return [self.by_ref[ref] for ref in sorted(only) if ref in self.by_ref]

    def called(self) -> dict[str, set[str]]:
        """Every name that something has now, usable or not, by kind."""
        found = {kind: set(resources) for kind, resources in self.by_kind.items()}
        for ref in self.broken:
            found.setdefault(ref.kind, set()).add(ref.name)
        return found

    def names(self, kind: str) -> list[str]:
        """The names that a reference to ``kind`` may use, sorted."""
        return sorted(ref.name for ref in {*self.by_ref, *self.broken} if ref.kind == kind)


def index(
    resources: Iterable[Resource[Envelope]], broken: frozenset[ResourceRef]
) -> tuple[Index, list[Finding]]:
    """Index resources, sorted; an alias that is taken by another resource is a finding."""
    by_ref: dict[ResourceRef, Resource[Envelope]] = {}
    for each in resources:
        by_ref.setdefault(each.ref, each)
    by_kind: dict[str, dict[str, Resource[Envelope]]] = {}
    for each in by_ref.values():
        by_kind.setdefault(each.ref.kind, {})[each.name] = each
    aliases: dict[ResourceRef, str] = {}
    findings = []
    for each in by_ref.values():
        for position, alias in enumerate(each.body.metadata.aliases):
            ref = ResourceRef(each.ref.kind, alias)
            holder = by_ref[ref].name if ref in by_ref else aliases.get(ref)
            if holder is None:
                aliases[ref] = each.name
            else:
                findings.append(_taken(each, position, alias, holder))
    return Index(by_ref, by_kind, aliases, broken), findings


def _taken(resource: Resource[Envelope], position: int, alias: str, holder: str) -> Finding:
    ref = ResourceRef(resource.ref.kind, holder)
    if holder == resource.name:
        message, fix = f"'{alias}' is an alias twice, or the name itself", "delete the alias"
    else:
        message = f"the alias '{alias}' belongs to the {ref.kind} '{holder}' already"
        fix = "delete it from one of the two: names and aliases share one namespace"
    return Finding(
        "RG011",
        Severity.ERROR,
        message,
        fix,
        resource=resource.ref,
        field=f"metadata.aliases[{position}]",
        related=(Related("the other one", resource=ref, field="metadata.name"),),
    )
