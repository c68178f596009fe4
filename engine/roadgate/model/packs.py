"""Bindings of packs: one line of roadgate.yaml for each policy of a pack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from roadgate.model.kinds import Policy
    from roadgate.model.kinds.config import Binding
    from roadgate.model.resource import Resource

PACK = "pack"
"""The label of a built-in policy that says to which pack it belongs."""


@dataclass(frozen=True, slots=True)
class Bound:
    """One policy as one binding binds it, by its own name or as one of a pack."""

    policy: str
    binding: Binding
    index: int
    """Which entry of ``spec.policies.bindings`` it is."""

    @property
    def at(self) -> str:
        """Where it stands in roadgate.yaml."""
        return f"spec.policies.bindings[{self.index}]"

    @property
    def is_for_all(self) -> bool:
        """Whether it is for every resource."""
        return self.binding.match is None

    @property
    def disables(self) -> bool:
        """Whether it switches the policy off."""
        return self.binding.enforcement == "disabled"


Packs = dict[str, dict[str, bool]]
"""The ids of each pack, and whether each judges resources one by one: only then some are chosen."""


def packs_of(policies: Iterable[Resource[Policy]]) -> Packs:
    """The packs that policies say they belong to."""
    found: Packs = {}
    for each in policies:
        name = each.body.metadata.labels.get(PACK)
        if name is not None:
            spec = each.body.spec
            found.setdefault(name, {})[spec.id] = spec.scope != "portfolio"
    return found


def spread(bindings: Iterable[Binding], packs: Mapping[str, Mapping[str, bool]]) -> list[Bound]:
    """Each binding once a policy: those of packs first, so that a policy's own word counts."""
    placed = list(enumerate(bindings))
    return [
        *(bound for index, each in placed for bound in _of_pack(index, each, packs)),
        *(
            Bound(each.policy, each, index)
            for index, each in placed
            if each.policy is not None and each.pack is None
        ),
    ]


def _of_pack(
    index: int, binding: Binding, packs: Mapping[str, Mapping[str, bool]]
) -> Iterator[Bound]:
    if binding.pack is None or binding.policy is not None:
        return
    for policy, one_by_one in sorted(packs.get(binding.pack, {}).items()):
        if binding.match is None or one_by_one:
            yield Bound(policy, binding, index)
