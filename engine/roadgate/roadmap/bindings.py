"""The bindings of a configuration, told so that those of two can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from roadgate.model.packs import spread

if TYPE_CHECKING:
    from roadgate.model.document import Data
    from roadgate.model.kinds import Config
    from roadgate.model.kinds.config import Binding
    from roadgate.model.packs import Packs
    from roadgate.model.raw import Raw

FOR = " for "


@dataclass(frozen=True, slots=True)
class Bindings:
    """Bindings as they are written."""

    general: Mapping[str, Raw]
    """Those for all resources, by policy."""
    scoped: Mapping[str, Raw]
    """Those for some, by policy and what they match, with what the general one says besides."""

    def beside(self, other: Bindings) -> dict[str, Data]:
        """By policy or scope: where only the other side scopes, what this one says in general."""
        found: dict[str, Data] = dict(self.general)
        for scope in {*self.scoped, *other.scoped}:
            said = self.scoped.get(scope, self.general.get(scope.partition(FOR)[0]))
            if said is not None:
                found[scope] = said
        return found


def bindings_of(config: Config, packs: Packs) -> Bindings:
    """The bindings of a configuration, each once a policy."""
    bound = spread(config.spec.policies.bindings, packs)
    general: dict[str, Raw] = {}
    for each in bound:
        if each.is_for_all:
            said = _written(each.policy, each.binding)
            general[each.policy] = _together(general.get(each.policy, {}), said)
    scoped = {
        f"{each.policy}{FOR}{each.binding.match.told().replace('.', ' ')}": _together(
            general.get(each.policy, {}), _written(each.policy, each.binding)
        )
        for each in bound
        if each.binding.match is not None
    }
    return Bindings(general, scoped)


def _written(policy: str, binding: Binding) -> Raw:
    left = {"match", "pack"}
    said = binding.model_dump(mode="json", by_alias=True, exclude_none=True, exclude=left)
    return {**said, "policy": policy, "params": binding.params}  # numbers as they were written


def _together(general: Raw, scoped: Raw) -> Raw:
    return {**general, **scoped, "params": {**_params(general), **_params(scoped)}}


def _params(binding: Raw) -> Raw:
    found = binding.get("params")
    return found if isinstance(found, Mapping) else {}
