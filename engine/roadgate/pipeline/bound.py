"""The bindings of roadgate.yaml, each once a policy: with the packs that ship."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from roadgate.model.packs import Bound, Packs, packs_of, spread
from roadgate.pipeline.builtin import builtin_policies

if TYPE_CHECKING:
    from roadgate.model.kinds import Config


@cache
def shipped_packs() -> Packs:
    """The packs of the policies that ship."""
    return packs_of(builtin_policies())


def bound_here(config: Config) -> list[Bound]:
    """How policies are bound: by packs first, then by their own names."""
    return spread(config.spec.policies.bindings, shipped_packs())


def switched_off(config: Config) -> dict[str, str]:
    """The policies that are disabled for everything, and why: of each the last word counts."""
    said: dict[str, Bound] = {}
    for each in bound_here(config):
        if each.is_for_all and each.binding.enforcement is not None:
            said[each.policy] = each
    return {name: each.binding.because or "" for name, each in said.items() if each.disables}
