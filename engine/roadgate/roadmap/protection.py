"""What a change may not loosen unseen: protected initiatives, their metrics and their Evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from roadgate.model.promises import LISTS, items
from roadgate.model.raw import Documents, name_of, spec_of

if TYPE_CHECKING:
    from roadgate.model.document import Data
    from roadgate.model.roadmap import Roadmap
    from roadgate.model.seal import Promise
    from roadgate.roadmap.identity import Pair


@dataclass(frozen=True)
class Protection:
    """Names as in base. What leans on what is worked out when a change touches it."""

    initiatives: Mapping[str, Promise | None]
    """With the promise that stands, where the text of base is not it."""
    documents: Documents
    base: Roadmap | None

    @cached_property
    def metrics(self) -> Mapping[str, frozenset[str]]:
        """With the protected initiatives that lean on the metric."""
        users: dict[str, set[str]] = defaultdict(set)
        for name, standing in self.initiatives.items():
            for metric in _metrics(name, standing, self.documents):
                data = self.documents.find("Metric", metric)
                users[(name_of(data) if data is not None else None) or metric].add(name)
        return {name: frozenset(each) for name, each in users.items()}

    @cached_property
    def evidence(self) -> frozenset[str]:
        """What protected initiatives rest on."""
        found = self.base.evidence_of if self.base is not None else {}
        return frozenset(each for name in self.initiatives for each in found.get(name, ()))

    @cached_property
    def standing(self) -> Sequence[Promise]:
        """The promises that stand, where the text of base is not it."""
        return [each for each in self.initiatives.values() if each is not None]

    def initiative(self, pair: Pair) -> str | None:
        """The name under which a pair's initiative is protected."""
        return min(pair.names & self.initiatives.keys(), default=None)

    def covers(self, pair: Pair) -> bool:
        """Whether what base says about a pair is protected. Decisions of base always are."""
        if pair.base is None and pair.ref.kind != "Initiative":
            return False
        match pair.ref.kind:
            case "Initiative":
                return self.initiative(pair) is not None
            case "Metric":
                return not pair.names.isdisjoint(self.metrics)
            case "Evidence":
                return not pair.names.isdisjoint(self.evidence)
            case kind:
                return kind == "Decision"


def _metrics(name: str, standing: Promise | None, documents: Documents) -> Iterator[str]:
    if standing is not None:
        for _, _, item in items(standing):
            yield from _metric(item)
    data = documents.find("Initiative", name)
    spec = spec_of(data) if data is not None else {}
    for field in (*LISTS, "nfrs", "rollout"):
        entries = spec.get(field)
        for entry in entries if isinstance(entries, Sequence) else ():
            if isinstance(entry, Mapping):
                yield from _metric(entry)
                yield from _metric(entry.get("exit"))


def _metric(item: Data) -> Iterator[str]:
    metric = item.get("metric") if isinstance(item, Mapping) else None
    if isinstance(metric, str):
        yield metric
