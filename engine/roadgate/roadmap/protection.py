"""What a change may not loosen unseen: protected initiatives, their metrics and their Evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from roadgate.model.promises import LISTS, items
from roadgate.model.raw import Documents, name_of, spec_of

if TYPE_CHECKING:
    from roadgate.model.document import Data
    from roadgate.model.roadmap import Roadmap
    from roadgate.model.seal import Promise
    from roadgate.roadmap.identity import Pair


@dataclass(frozen=True, slots=True)
class Protection:
    """Names as in base."""

    initiatives: Mapping[str, Promise | None]
    """With the promise that stands, where the text of base is not it."""
    metrics: Mapping[str, frozenset[str]]
    """With the protected initiatives that lean on the metric."""
    evidence: frozenset[str]

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


def protection(
    initiatives: Mapping[str, Promise | None], documents: Documents, base: Roadmap | None
) -> Protection:
    """What is protected in base, given the initiatives that are."""
    users: dict[str, set[str]] = defaultdict(set)
    evidence: set[str] = set()
    for name, standing in initiatives.items():
        for metric in _metrics(name, standing, documents):
            data = documents.find("Metric", metric)
            users[(name_of(data) if data is not None else None) or metric].add(name)
        evidence.update(base.evidence_of.get(name, ()) if base is not None else ())
    return Protection(
        initiatives,
        {name: frozenset(each) for name, each in users.items()},
        frozenset(evidence),
    )


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
