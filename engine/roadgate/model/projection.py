"""``promise/v1``: the part of an initiative that it is judged by, read leniently.

This projection is frozen: it reads the plain data of any commit, never through today's models, so
that a schema which becomes stricter does not change what was promised. Another reading of the same
data would be ``promise/v2``, with digests of its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from roadgate.model.canonical import canonical, is_absent
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
    data = documents.find("Initiative", initiative)
    if data is None:
        return None
    spec = spec_of(data)
    criteria = _items(spec, "successCriteria", _CRITERION)
    thresholds = _items(spec, "killThresholds", _THRESHOLD)
    guardrails = _items(spec, "guardrails", _GUARDRAIL)
    used = (
        item.get("metric") for part in (criteria, thresholds, guardrails) for item in part.values()
    )
    names = sorted({name for name in used if isinstance(name, str)})
    return Promise(
        initiative=name_of(data) or initiative,
        committed=_text(spec.get("committed")),
        criteria=criteria,
        thresholds=thresholds,
        guardrails=guardrails,
        metrics={
            name: metric_definition(found, documents)
            for name in names
            if (found := documents.find("Metric", name)) is not None
        },
    )


def item_parts(data: Raw) -> Mapping[str, Data]:
    """What an NFR or a rollout exit is judged by."""
    return _picked(data, _GUARDRAIL)


def metric_definition(data: Raw, documents: Documents) -> Mapping[str, Data]:
    """What a Metric's number means and where it comes from, with the connection that it names."""
    definition = _picked(spec_of(data), _METRIC)
    if definition.get("grace") == default_grace(definition.get("cadence")):
        definition.pop("grace", None)
    connection = _connection(definition.get("source"), documents)
    return definition if is_absent(connection) else {**definition, "connection": connection}


def _items(spec: Raw, field: str, keys: Sequence[str]) -> dict[str, Mapping[str, Data]]:
    entries = spec.get(field)
    if isinstance(entries, (str, Mapping)) or not isinstance(entries, Sequence):
        return {}
    found: dict[str, Mapping[str, Data]] = {}
    for position, entry in enumerate(entries):
        if isinstance(entry, Mapping):
            name = _text(entry.get("id")) or f"#{position}"
            found.setdefault(name, _picked(entry, keys))
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


def _connection(source: Data, documents: Documents) -> Data:
    names = [
        part.get("connection")
        for part in (source.values() if isinstance(source, Mapping) else ())
        if isinstance(part, Mapping)
    ]
    connections = _connections(documents)
    found = {name: connections.get(name) for name in names if isinstance(name, str)}
    return canonical(found)


def _connections(documents: Documents) -> Raw:
    config = next((documents.named("Config", name) for name in documents.names("Config")), None)
    connections = spec_of(config).get("connections") if config is not None else None
    return connections if isinstance(connections, Mapping) else {}
