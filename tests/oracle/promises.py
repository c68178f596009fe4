"""Short ways to write one promise with its observations, and to judge it on a day."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from oracle.verdict_oracle import Row
from oracle.worlds import document, measurement_file, roadmap
from roadgate.evaluate.verdicts import judge

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from roadgate.model.verdict import (
        CriterionResult,
        HoldResult,
        InitiativeResult,
        KillResult,
    )

COMMITTED = "2026-02-02"
BY = "2026-07-31"
WEEKLY = {"unit": "min", "direction": "lower", "cadence": "weekly"}
"""Fresh for 7 + 4 days."""


def observations(*rows: str) -> list[Row]:
    """``2026-07-31 6``, ``2026-07-31 6 web``; a value of ``-`` is a broken row."""
    found = []
    for row in rows:
        day, value, *segment = row.split()
        number = None if value == "-" else Fraction(value)
        found.append(Row(date.fromisoformat(day), "".join(segment), number))
    return found


def decided(kind: str, day: str, *, name: str = "", **more: Any) -> dict[str, Any]:
    """A Decision about the initiative; ``threshold`` narrows it down."""
    concerns = {"initiative": more.pop("initiative", "faster")}
    concerns |= {key: more.pop(key) for key in ("threshold", "criterion") if key in more}
    spec = {"type": kind, "date": day, "by": ["lead"], "because": "we know more"}
    return document("Decision", name or kind, {**spec, **more, "concerns": concerns})


def judged(
    spec: Mapping[str, Any],
    rows: Iterable[str] | Mapping[str, Iterable[str]],
    day: str,
    *,
    decisions: Iterable[Mapping[str, Any]] = (),
    metrics: Mapping[str, Mapping[str, Any]] | None = None,
) -> InitiativeResult:
    """Judge one initiative; ``rows`` are those of ``speed`` unless they name their metric."""
    named = rows if isinstance(rows, dict) else {"speed": rows}
    definitions = {"speed": WEEKLY, **(metrics or {})}
    initiative = document(
        "Initiative",
        "faster",
        {"problem": "slow", "horizon": "now", "committed": COMMITTED, **spec},
    )
    declared = roadmap(
        [initiative],
        [document("Metric", name, each) for name, each in definitions.items()],
        decisions,
        {name: measurement_file(name, observations(*each), None) for name, each in named.items()},
    )
    (result,) = judge(declared, date.fromisoformat(day)).initiatives
    return result


def criterion(
    more: Mapping[str, Any],
    rows: Iterable[str] | Mapping[str, Iterable[str]],
    day: str,
    **context: Any,
) -> CriterionResult:
    """Judge one criterion: speed at most 5 by the end of July, unless ``more`` says otherwise."""
    item = {"id": "ci", "metric": "speed", "target": "<= 5", "by": BY, **more}
    spec = {**context.pop("spec", {}), "successCriteria": [item]}
    return judged(spec, rows, day, **context).criteria[0]


def question(
    answers: Iterable[str], day: str, *, more: Mapping[str, Any] | None = None, **context: Any
) -> CriterionResult:
    """Judge one attestation; answers are ``2026-07-20 met``, with Evidence."""
    given = [
        {"role": "lead", "date": each.split()[0], "answer": each.split()[1], "evidence": "talks"}
        for each in answers
    ]
    item = {"id": "felt", "question": "Is it fast?", "answers": given, "by": BY, **(more or {})}
    spec = {**context.pop("spec", {}), "successCriteria": [item]}
    return judged(spec, context.pop("rows", ()), day, **context).criteria[0]


def threshold(
    more: Mapping[str, Any],
    rows: Iterable[str] | Mapping[str, Iterable[str]],
    day: str,
    **context: Any,
) -> KillResult:
    """Judge one kill threshold: stop at 15 or more, unless ``more`` says otherwise."""
    item = {"id": "stop", "metric": "speed", "when": ">= 15", **more}
    spec = {**context.pop("spec", {}), "killThresholds": [item]}
    return judged(spec, rows, day, **context).kill_thresholds[0]


def guardrail(
    more: Mapping[str, Any],
    rows: Iterable[str] | Mapping[str, Iterable[str]],
    day: str,
    **context: Any,
) -> HoldResult:
    """Judge one guardrail: speed at most 5, unless ``more`` says otherwise."""
    item = {"id": "flakes", "metric": "speed", "target": "<= 5", **more}
    return judged({"guardrails": [item]}, rows, day, **context).guardrails[0]
