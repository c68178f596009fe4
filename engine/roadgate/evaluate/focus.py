"""Where to look: a small change of a large roadmap matters to few of its resources.

Whether a policy can see beyond what its resource is linked with shows in the words of its
expressions. One that can is evaluated on everything, unless nothing has changed that it could see.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from roadgate.evaluate.functions.lookups import LOOKUP_FUNCTIONS
from roadgate.evaluate.sieve import Sieved

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadgate.evaluate.cases import Cases
    from roadgate.evaluate.compiled import CompiledPolicy
    from roadgate.model.source import ResourceRef

EVERYTHING = frozenset({"roadmap", "group"})
"""Who names one of these may look at any text of any resource."""
FAR_FACTS = frozenset(
    {
        *("outrankedBy", "isNewest", "initiatives", "share", "inNow", "stages"),
        *("renewals", "totalDays", "waitsFor", "unsized", "unbaselined", "initiativeStatus"),
        "lateBaselines",
    }
)
"""What is computed of a resource from others that it need not be linked with."""
FAR = FAR_FACTS | {each.name for each in LOOKUP_FUNCTIONS}
"""Who names one of these looks at other resources: their horizons, owners, scores, verdicts."""


@dataclass(frozen=True)
class Focus:
    """The resources that a change can matter to."""

    refs: frozenset[ResourceRef]
    """What it touches, and what is linked with that."""
    wide: bool
    """Whether it touches what other resources are compared by: more than words."""
    measured: bool = False
    """Whether observations differ, and with them verdicts."""
    all_verdicts: bool = True
    """Whether some policy asks for verdicts of resources that are not near."""

    @cached_property
    def sorted(self) -> tuple[ResourceRef, ...]:
        """The same, in their order."""
        return tuple(sorted(self.refs))

    def is_far(self, policy: CompiledPolicy) -> bool:
        """Whether a policy about resources may say otherwise of one that is not near."""
        if policy.words & EVERYTHING:
            return True
        return (self.wide or policy.house) and bool(policy.words & FAR)

    def judges_whole(self, policy: CompiledPolicy) -> bool:
        """Whether a policy about the whole roadmap may say otherwise because of the change."""
        return self.wide or policy.house or self.measured


def nearby(policies: Sequence[CompiledPolicy], cases: Cases, focus: Focus) -> Sieved:
    """The cases of policies about resources that a change can matter to, all still to be judged."""
    sieved = Sieved()
    for position, policy in enumerate(policies):
        if policy.scope != "resource":
            continue
        if focus.is_far(policy):
            found = [case for kind in policy.clauses for case in cases.of_kind(kind)]
        else:
            found = list(cases.near(policy, focus.sorted))
        sieved.doubtful[position] = found
    return sieved
