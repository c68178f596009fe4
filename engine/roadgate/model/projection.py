"""``promise/v1``: the part of an initiative that it is judged by, read leniently.

This projection is frozen: it reads the plain data of any commit, never through today's models, so
that a schema which becomes stricter does not change what was promised. Another reading of the same
data would be ``promise/v2``, with digests of its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from roadgate.model.canonical import canonical, is_absent
from roadgate.model.promises import with_metric_names
from roadgate.model.raw import Documents, name_of, spec_of
from roadgate.model.seal import Promise

if TYPE_CHECKING:
    from roadgate.model.document import Data
    from roadgate.model.raw import Raw

_READ = ("metric", "for", "window", "aggregate", "segment", "baseline")
_CRITERION = (*_READ, "question", "target", "by", "from", "standing")
_THRESHOLD = (*_READ, "when", "checkOn", "from", "action")
_GUARDRAIL = (*_READ, "target")
_METRIC = ("unit", "direction", "counts", "cadence", "grace", "baseline", "target", "source")
_NO_CONNECTIONS: Raw = {}
_DAYS = re.compile(r"0*([0-9]+)d")
_CADENCE_DAYS = {"daily": 1, "weekly": 7, "monthly": 31, "quarterly": 92, "yearly": 366}
_DEFAULTS: Mapping[str, Data] = {
    "for": "1",
    "aggregate": "last",
    "standing": False,
    "action": "review",
    "counts": "outcome",
}


def project(documents: Iterable[Raw], initiative: str) -> Promise | None:
    """The promise of the initiative with that name or alias; None where there is none."""
    index = Documents()
    for position, data in enumerate(documents):
        index.replace(f"{position:09}", (data,))
    return project_from(index, initiative)


def project_from(documents: Documents, initiative: str) -> Promise | None:
    """The same, from documents that are indexed already."""
    found = written(documents, initiative)
    return found.promise if found is not None else None


@dataclass(frozen=True)
class Written:
    """What a promise is read from; of most nobody asks what exactly it says."""

    initiative: Raw
    metrics: Mapping[str, Raw]
    """What its conditions lean on, by the names that they use."""
    connections: Raw

    def is_still(self, other: Written) -> bool:
        """Whether the other is read from the same documents, and so is the same promise."""
        return (
            self.initiative is other.initiative
            and self.connections is other.connections
            and self.metrics.keys() == other.metrics.keys()
            and all(data is other.metrics[name] for name, data in self.metrics.items())
        )

    @cached_property
    def promise(self) -> Promise:
        """What it says, in its own words."""
        spec = spec_of(self.initiative)
        return Promise(
            initiative=name_of(self.initiative) or "",
            committed=_text(spec.get("committed")),
            criteria=_items(spec, "successCriteria", _CRITERION),
            thresholds=_items(spec, "killThresholds", _THRESHOLD),
            guardrails=_items(spec, "guardrails", _GUARDRAIL),
            metrics={
                name: _definition(data, self.connections) for name, data in self.metrics.items()
            },
        )

    @cached_property
    def current(self) -> Promise:
        """What it says, with the metrics called as they call themselves."""
        called = ((name, name_of(data)) for name, data in self.metrics.items())
        return with_metric_names(
            self.promise, {name: now for name, now in called if now is not None and now != name}
        )

    @property
    def names(self) -> set[str]:
        """The metrics of ``current``."""
        return {name_of(data) or name for name, data in self.metrics.items()}

    @property
    def digest(self) -> str:
        """That of the promise."""
        return self.promise.digest


def written(documents: Documents, initiative: str) -> Written | None:
    """What the promise of an initiative is read from; None where there is none."""
    data = documents.find("Initiative", initiative)
    if data is None:
        return None
    spec = spec_of(data)
    used = (
        canonical(entry.get("metric"))
        for field in ("successCriteria", "killThresholds", "guardrails")
        for entry in _entries(spec, field).values()
    )
    names = sorted({name for name in used if isinstance(name, str)})
    found = {name: documents.find("Metric", name) for name in names}
    metrics = {name: metric for name, metric in found.items() if metric is not None}
    return Written(data, metrics, connections_of(documents))


def item_parts(data: Raw) -> Mapping[str, Data]:
    """What an NFR or a rollout exit is judged by."""
    return _picked(data, _GUARDRAIL)


def metric_definition(data: Raw, documents: Documents) -> Mapping[str, Data]:
    """What a Metric's number means and where it comes from, with the connection that it names."""
    return _definition(data, connections_of(documents))


def _definition(data: Raw, connections: Raw) -> Mapping[str, Data]:
    definition = _picked(spec_of(data), _METRIC)
    if definition.get("grace") == default_grace(definition.get("cadence")):
        definition.pop("grace", None)
    connection = _connection(definition.get("source"), connections)
    return definition if is_absent(connection) else {**definition, "connection": connection}


def _items(spec: Raw, field: str, keys: Sequence[str]) -> dict[str, Mapping[str, Data]]:
    return {name: _picked(entry, keys) for name, entry in _entries(spec, field).items()}


def _entries(spec: Raw, field: str) -> dict[str, Raw]:
    """The entries of a list by id, or by place where they have none; of two the first counts."""
    entries = spec.get(field)
    if not isinstance(entries, (list, Sequence)) or isinstance(entries, str):
        return {}
    found: dict[str, Raw] = {}
    for position, entry in enumerate(entries):
        if isinstance(entry, (dict, Mapping)):
            found.setdefault(_text(entry.get("id")) or f"#{position}", entry)
    return found


def _picked(data: Raw, keys: Sequence[str]) -> dict[str, Data]:
    given = ((key, data[key]) for key in keys if data.get(key) is not None)
    values = ((key, _READERS.get(key, canonical)(value)) for key, value in given)
    return {
        key: value
        for key, value in values
        if not is_absent(value) and not (key in _DEFAULTS and value == _DEFAULTS[key])
    }


def _text(value: Data) -> str | None:
    plain = canonical(value)
    return plain if plain is None or isinstance(plain, str) else json.dumps(plain, sort_keys=True)


def _days(value: Data) -> Data:
    plain = canonical(value)
    found = _DAYS.fullmatch(plain) if isinstance(plain, str) else None
    return f"{found[1]}d" if found else plain


def _dates(value: Data) -> Data:
    plain = canonical(value)
    if isinstance(plain, str) or not isinstance(plain, Sequence):
        return plain
    return sorted({_text(each) or "" for each in plain})


def _baseline(value: Data) -> Data:
    if not isinstance(value, Mapping):
        return canonical(value)
    return canonical({key: value.get(key) for key in ("value", "date")})


_READERS: Mapping[str, Callable[[Data], Data]] = {
    "window": _days,
    "grace": _days,
    "checkOn": _dates,
    "baseline": _baseline,
}


def default_grace(cadence: Data) -> str | None:
    """The grace of a metric that states none: half the cadence, rounded up."""
    days = _CADENCE_DAYS.get(cadence) if isinstance(cadence, str) else None
    return None if days is None else f"{-(-days // 2)}d"


def _connection(source: Data, connections: Raw) -> Data:
    names = [
        part.get("connection")
        for part in (source.values() if isinstance(source, Mapping) else ())
        if isinstance(part, Mapping)
    ]
    found = {name: connections.get(name) for name in names if isinstance(name, str)}
    return canonical(found)


def connections_of(documents: Documents) -> Raw:
    """The connections that the settings name."""
    config = next((documents.named("Config", name) for name in documents.names("Config")), None)
    connections = spec_of(config).get("connections") if config is not None else None
    return connections if isinstance(connections, Mapping) else _NO_CONNECTIONS
