"""What a new document of a kind needs to be told, and what it can do without."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from roadgate.edit.samples import spec_form
from roadgate.model.kinds import KINDS
from roadgate.model.kinds.decision import NEEDS_LEARNED, NEEDS_UNTIL
from roadgate.pipeline.schema_examples import examples

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from roadgate.edit.samples import FormField
    from roadgate.model.document import Data
    from roadgate.model.roadmap import Roadmap

Values = dict[str, Any]
"""What is known of ``spec`` so far."""
_DEFAULTS: dict[tuple[str, str], Data] = {
    ("Initiative", "horizon"): "exploring",
    ("Metric", "cadence"): "weekly",
    ("KindDefinition", "schema"): {"type": "object"},
}
_FROM_EXAMPLE = {("Lifecycle", "field"), ("Lifecycle", "transitions")}
"""Fields for which the example is the best beginning."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that only the author knows."""

    field: str
    """Its path, such as ``spec.problem``."""
    text: str
    choices: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    """The names that it may give, where it names something that exists."""
    default: Data = None
    """What it is unless somebody says otherwise; None where it must be said."""
    example: str = ""

    @property
    def key(self) -> str:
        """The field of the form that it belongs to."""
        return self.field.removeprefix("spec.").partition(".")[0]


def questions(kind: str, values: Values, roadmap: Roadmap, today: date) -> Iterator[Question]:
    """What is still to be asked for a document of ``kind``, in order."""
    for each in spec_form(KINDS[kind], examples()[kind].get("spec", {})):
        name = each.hint.name
        if name not in values and (each.is_required or _is_needed(kind, name, values)):
            yield _question(kind, each, roadmap, today)


def _question(kind: str, field: FormField, roadmap: Roadmap, today: date) -> Question:
    name = field.hint.name
    if (kind, name) == ("Decision", "concerns"):
        known = tuple(sorted(roadmap.initiatives))
        return Question("spec.concerns.initiative", "The initiative that it is about", known=known)
    default = _DEFAULTS.get((kind, name))
    if (kind, name) in _FROM_EXAMPLE:
        default = field.hint.sample
    elif field.is_day and name == "date":
        default = today.isoformat()
    known = _names(field.refers, roadmap)
    return Question(
        f"spec.{name}",
        field.about.rstrip("."),
        choices=field.choices,
        known=known,
        default=default,
        example="" if field.choices or known else _shown(field.hint.sample),
    )


def _is_needed(kind: str, name: str, values: Mapping[str, Any]) -> bool:
    """Whether another answer asks for this field."""
    if kind == "KindDefinition":
        return name == "schema" or (name == "identity" and not values.get("envelope"))
    if kind != "Decision":
        return False
    type_ = values.get("type")
    return (
        (name == "until" and type_ in NEEDS_UNTIL)
        or (name == "learned" and type_ in NEEDS_LEARNED)
        or (name == "tradeoff" and type_ == "override")
    )


def _names(kind: str | None, roadmap: Roadmap) -> tuple[str, ...]:
    return tuple(sorted(each.name for each in roadmap.resources if each.ref.kind == kind))


def _shown(sample: Data) -> str:
    return str(sample) if isinstance(sample, (str, int)) and sample != "…" else ""
