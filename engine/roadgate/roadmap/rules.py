"""What bindings make of policies: how strictly each judges before and after a change."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from roadgate.model.raw import Raw, spec_of
from roadgate.roadmap.weights import Weight, parameter, ranked, worst

if TYPE_CHECKING:
    from roadgate.model.document import Data
    from roadgate.model.packs import Packs
    from roadgate.model.source import ResourceRef
    from roadgate.roadmap.identity import Entries

SEVERITY = ("notice", "warning", "error")
ENFORCEMENT = ("disabled", "advisory", "overridable", "mandatory")


@dataclass(frozen=True, slots=True)
class Rules:
    """Every policy that may judge, by id."""

    shipped: Mapping[str, Raw] = field(default_factory=dict)
    """The specs of the policies that come with roadgate."""
    presets: Mapping[str, Collection[str]] = field(default_factory=dict)
    """The ids of each preset."""
    packs: Packs = field(default_factory=dict)
    """The ids of each pack."""
    house: Mapping[str, Raw] = field(default_factory=dict)
    """The specs of the project's own policies."""
    added: Collection[str] = ()
    """The ids of policies that only head has: however they are bound, nothing judged before."""

    idle: Collection[ResourceRef] = frozenset()
    """Policies of base that are broken, and so judge nothing."""
    complete: bool = False
    """Whether there is no policy but these: no file of base is unreadable."""

    def with_house(self, base: Entries, head: Entries) -> Rules:
        """The same rules with the project's own policies beside them."""
        old, new = _specs(base), _specs(head)
        return replace(self, house=old, added=new.keys() - old.keys())

    def binding(self, policy: str, change: tuple[Data, Data], presets: tuple[Data, Data]) -> Weight:
        """What a binding that is added, taken away or edited does to its policy."""
        if policy in self.added:
            return "neutral"
        spec = self._spec(policy)
        if not spec:
            return "neutral" if self.complete else "weaker"
        old, new = (
            self._effective(policy, spec, bound, chosen)
            for bound, chosen in zip(change, presets, strict=True)
        )
        if "disabled" in (old.enforcement, new.enforcement):
            return ranked(ENFORCEMENT, old.enforcement, new.enforcement)
        return worst(
            (
                ranked(ENFORCEMENT, old.enforcement, new.enforcement),
                ranked(SEVERITY, old.severity, new.severity),
                since(old.since, new.since),
                *(
                    self.parameter(policy, name, old.params.get(name), new.params.get(name))
                    for name in {*old.params, *new.params}
                ),
            )
        )

    def severity(self, policy: str) -> Data:
        """How much a policy weighs where no binding says."""
        return self._spec(policy).get("severity") or "error"

    def enforcement(self, policy: str) -> Data:
        """How a policy is enforced where no binding says."""
        return self._spec(policy).get("enforcement") or "overridable"

    def parameter(self, policy: str, name: str, before: Data, after: Data) -> Weight:
        """What another value of a parameter does; where none is bound its default counts."""
        spec = self._spec(policy)
        was, now = (
            _mapping(_mapping(spec.get("params")).get("default")).get(name)
            if value is None
            else value
            for value in (before, after)
        )
        if was == now:
            return "neutral"
        return parameter(_mapping(spec.get("params")).get("schema"), name, was, now)

    def _spec(self, policy: str) -> Raw:
        return self.shipped.get(policy) or self.house.get(policy) or {}

    def _effective(self, policy: str, spec: Raw, bound: Data, presets: Data) -> _Effective:
        own = _mapping(spec.get("params")).get("default")
        if isinstance(bound, Mapping):
            return _Effective(
                bound.get("enforcement") or spec.get("enforcement") or "overridable",
                bound.get("severity") or spec.get("severity") or "error",
                bound.get("from"),
                {**_mapping(own), **_mapping(bound.get("params"))},
            )
        chosen = {str(each) for each in presets} if isinstance(presets, Collection) else set()
        on = policy in self.house or any(policy in self.presets.get(each, ()) for each in chosen)
        enforcement = spec.get("enforcement") or "overridable"
        severity = spec.get("severity") or "error"
        return _Effective(enforcement if on else "disabled", severity, None, _mapping(own))


@dataclass(frozen=True, slots=True)
class _Effective:
    """How a policy judges in the end."""

    enforcement: Data
    severity: Data
    since: Data
    params: Raw


def since(before: Data, after: Data) -> Weight:
    """A policy that spares the commitments before a day: fewer are spared by an earlier one."""
    if before == after:
        return "neutral"
    earlier = before is not None and (after is None or str(after) < str(before))
    return "stronger" if earlier else "weaker"


def _specs(entries: Entries) -> dict[str, Raw]:
    specs = (spec_of(each.data) for ref, each in entries.items() if ref.kind == "Policy")
    return {str(each.get("id")): each for each in specs}


def _mapping(value: Data) -> Raw:
    return value if isinstance(value, Mapping) else {}
