"""Which Decision allows which change. Read leniently, since history holds Decisions of any age."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from roadgate.model.canonical import text
from roadgate.model.change import Effect, FieldChange
from roadgate.model.effects import Wording, condition_effect
from roadgate.model.promises import split

if TYPE_CHECKING:
    from roadgate.model.document import Data

ITEMS = {
    "successCriteria": "criterion",
    "killThresholds": "threshold",
    "guardrails": "guardrail",
}
"""The lists of an initiative, and how a Decision names an item of each."""
ENDINGS = {"kill": "killed", "pause": "paused", "ship": "shipped"}
"""The types of Decision that end an initiative or halt it, with the status that says so."""
LEAVES_NOW = frozenset({"pause", "pivot", "kill"})
"""The types of Decision that let an initiative leave ``now``."""


@dataclass(frozen=True, slots=True)
class Sanction:
    """A Decision, as far as it can allow something."""

    name: str
    type: str
    concerns: Mapping[str, str]
    """The concern's key to its name; ``resource: Initiative/x`` is ``initiative: x``."""
    to: str | None
    until: date | None
    date: date | None
    dates: frozenset[str] = frozenset()
    """The days whose data it mends."""


def read_sanction(data: Mapping[str, Data]) -> Sanction | None:
    """Read a Decision's document; None where it has no name or no type."""
    metadata, spec = data.get("metadata"), data.get("spec")
    if not isinstance(metadata, Mapping) or not isinstance(spec, Mapping):
        return None
    name, kind = metadata.get("name"), spec.get("type")
    if not isinstance(name, str) or not isinstance(kind, str):
        return None
    return Sanction(
        name,
        kind,
        _concerns(spec.get("concerns")),
        text(spec.get("to")),
        _day(spec.get("until")),
        _day(spec.get("date")),
        _dates(spec.get("concerns")),
    )


def concerns_initiative(sanction: Sanction, names: frozenset[str]) -> bool:
    """Whether it names the initiative that is, or was, called by one of ``names``."""
    return sanction.concerns.get("initiative") in names


def allows(sanction: Sanction, change: FieldChange, names: frozenset[str]) -> bool:
    """Whether a Decision allows a change of an initiative that has, or had, these ``names``.

    An empty field is the initiative's disappearance. Only a kill allows that.
    """
    if not concerns_initiative(sanction, names):
        return False
    name, item, last = split(change.field)
    if change.field == "":
        return sanction.type == "kill"
    if name == "status":
        ended = change.after in ENDINGS.values()
        return ENDINGS.get(sanction.type) == change.after if ended else sanction.type == "resume"
    if name == "horizon":
        return sanction.type in LEAVES_NOW
    if sanction.type == "pivot":
        return True
    return sanction.type == "relax" and _relaxes(sanction, change, name, item, last)


def allows_metric(sanction: Sanction, change: FieldChange, names: frozenset[str]) -> bool:
    """Whether a Decision allows a change of the definition of a metric with these ``names``."""
    if change.field == "spec.connection" and _relaxes_connection(sanction, change):
        return True
    return (
        sanction.type == "relax"
        and sanction.concerns.get("metric") in names
        and _sets(sanction, change, change.field.rpartition(".")[2])
    )


def allows_observation(sanction: Sanction, change: FieldChange, names: frozenset[str]) -> bool:
    """Whether a Decision allows a change of a row of a metric: it names the metric and the day."""
    _, row, _ = split(change.field)
    return (
        sanction.type == "correct"
        and sanction.concerns.get("metric") in names
        and row.partition(" ")[0] in sanction.dates
    )


def allows_evidence(sanction: Sanction, names: frozenset[str]) -> bool:
    """Whether a Decision allows a change of protected Evidence with these ``names``."""
    return sanction.type == "correct" and sanction.concerns.get("evidence") in names


def _relaxes_connection(sanction: Sanction, change: FieldChange) -> bool:
    """Whether it names the connection itself, in the settings."""
    config = sanction.concerns.get("config", "")
    name = config.removeprefix("spec.connections").partition(".")[2].partition(".")[0]
    named = f"{{{name}: " in (change.before or "") or f"{{{name}: " in (change.after or "")
    return (
        sanction.type == "relax"
        and config.startswith("spec.connections")
        and (named or config == "spec.connections")
    )


def _relaxes(sanction: Sanction, change: FieldChange, name: str, item: str, last: str) -> bool:
    named = {key: sanction.concerns[key] for key in ITEMS.values() if key in sanction.concerns}
    if name in ITEMS:
        return named.get(ITEMS[name]) == item and _sets(sanction, change, last)
    # committed, NFRs and exits have no key of their own: the initiative alone names them
    return not named and _sets(sanction, change, last or name)


def _sets(sanction: Sanction, change: FieldChange, last: str) -> bool:
    """Whether the change sets what the Decision says, where it says so."""
    if sanction.to is None:
        return True
    if change.after is None:
        return False
    if last in ("target", "when"):
        return condition_effect(Wording(sanction.to), Wording(change.after)) is Effect.FREE
    return change.after == sanction.to


def _concerns(data: Data) -> dict[str, str]:
    if not isinstance(data, Mapping):
        return {}
    found = {str(key): value for key, value in data.items() if isinstance(value, str)}
    kind, _, name = found.get("resource", "").partition("/")
    if kind in ("Initiative", "Metric", "Evidence"):
        found.setdefault(kind.lower(), name)
    return found


def _dates(concerns: Data) -> frozenset[str]:
    dates = concerns.get("dates") if isinstance(concerns, Mapping) else None
    listed = dates if isinstance(dates, Sequence) and not isinstance(dates, str) else ()
    return frozenset(each for each in listed if isinstance(each, str))


def _day(value: Data) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
