"""Puts the text that was promised in the place of the text as it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, TypeAlias

from pydantic import ValidationError

from roadgate.model.kinds import API_VERSION, Initiative, Metric
from roadgate.model.promises import LISTS
from roadgate.model.raw import Raw, spec_of

if TYPE_CHECKING:
    from roadgate.model.document import Data
    from roadgate.model.roadmap import Roadmap
    from roadgate.model.seal import Promise, Seal

Texts: TypeAlias = tuple[dict[str, Initiative], dict[str, dict[str, Metric]]]
_DEFINITION = ("unit", "direction", "counts", "cadence", "grace", "baseline", "target")


def as_sealed(roadmap: Roadmap, seals: Mapping[str, Seal]) -> Texts:
    """The initiatives and metrics that verdicts rest on instead of the text as it stands.

    There is one for each promise that was changed without a Decision.
    A promise that today's models cannot read is left out; ``with_reasons`` says so.
    """
    initiatives: dict[str, Initiative] = {}
    metrics: dict[str, dict[str, Metric]] = {}
    for name, seal in seals.items():
        read = _read(roadmap, name, seal)
        if isinstance(read, tuple):
            initiatives[name], metrics[name] = read
    return initiatives, metrics


def with_reasons(roadmap: Roadmap, seals: Mapping[str, Seal]) -> dict[str, Seal]:
    """The seals, each with a note where the promised text can no longer be read."""
    found = dict(seals)
    for name, seal in seals.items():
        problem = _read(roadmap, name, seal)
        if isinstance(problem, str):
            note = f"the sealed text cannot be read today ({problem}): judged as it stands"
            found[name] = replace(seal, reason="; ".join(filter(None, (seal.reason, note))))
    return found


def _read(
    roadmap: Roadmap, name: str, seal: Seal
) -> tuple[Initiative, dict[str, Metric]] | str | None:
    resource = roadmap.initiatives.get(name)
    if resource is None or seal.judged is None:
        return None
    try:
        return _initiative(resource.data, seal.judged), _metrics(roadmap, seal.judged)
    except ValidationError as problem:
        first = problem.errors()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"


def _initiative(data: Raw, promise: Promise) -> Initiative:
    spec = dict(spec_of(data))
    for field, attribute in LISTS.items():
        items: Mapping[str, Raw] = getattr(promise, attribute)
        answers = _answers(spec.get(field))
        spec[field] = [
            {"id": key, **_plain(item), **answers.get(key, {})} for key, item in items.items()
        ]
    spec["committed"] = promise.committed
    return Initiative.model_validate({**data, "spec": spec})


def _answers(items: Data) -> dict[str, Raw]:
    """The answers to questions: they are given, not promised."""
    entries = items if isinstance(items, Sequence) and not isinstance(items, str) else ()
    return {
        str(entry.get("id")): {"answers": entry["answers"]}
        for entry in entries
        if isinstance(entry, Mapping) and entry.get("answers")
    }


def _metrics(roadmap: Roadmap, promise: Promise) -> dict[str, Metric]:
    metrics = {}
    for name, definition in promise.metrics.items():
        today = roadmap.metrics.get(roadmap.name_of("Metric", name))
        data: Raw = today.data if today is not None else _nameless(name)
        kept = {key: part for key, part in spec_of(data).items() if key not in _DEFINITION}
        own = {key: part for key, part in definition.items() if key in _DEFINITION}
        metrics[name] = Metric.model_validate({**data, "spec": {**kept, **_plain(own)}})
    return metrics


def _nameless(name: str) -> Raw:
    metadata: Raw = {"name": name, "title": name}
    return {"apiVersion": API_VERSION, "kind": "Metric", "metadata": metadata}


def _plain(item: Raw) -> dict[str, Data]:
    """Canonical data as the models take it: numbers are numbers again."""
    plain = dict(item)
    baseline = plain.get("baseline")
    if isinstance(baseline, Mapping):
        plain["baseline"] = {**baseline, "value": _number(baseline.get("value"))}
    if "for" in plain:
        plain["for"] = _number(plain["for"])
    return plain


def _number(value: Data) -> Data:
    try:
        return Decimal(value) if isinstance(value, str) else value
    except InvalidOperation:
        return value
