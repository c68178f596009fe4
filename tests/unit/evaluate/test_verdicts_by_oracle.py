"""The engine against a second, independent reading of the tables, on generated roadmaps."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oracle import verdict_oracle as oracle
from oracle.worlds import document, roadmap_of
from roadgate.evaluate.verdict_views import verdict_fields
from roadgate.evaluate.verdicts import Judgements, judge
from roadgate.evaluate.views import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from roadgate.model.verdict import HoldResult, InitiativeResult, Observed

DAY_ZERO = date(2026, 3, 1)
DAYS = 40
METRICS = ("speed", "love")


def on(offset: int) -> str:
    """A day of the world, as it stands in YAML."""
    return str(DAY_ZERO + timedelta(days=offset))


some_day = st.integers(0, DAYS).map(on)
value = st.integers(0, 16).map(lambda halves: Fraction(halves, 2))
good_condition = st.sampled_from(
    [
        ">= 4",
        "> 4",
        "<= 4",
        "< 4",
        ">= 4 min",
        "<=2.5",
        "between 2 and 5",
        "between 3 and 3 min",
        "<= baseline",
        ">= baseline + 2",
        "< baseline - 40%",
        "> baseline - 25 %",
        "increasing",
        "decreasing",
    ]
)
bad_condition = st.sampled_from(["", "= 4", "between 4 and 2", ">= 4 hours", "rising", ">= 1e3"])
condition = st.integers(0, 29).flatmap(lambda dice: good_condition if dice else bad_condition)
aggregate = st.sampled_from(["last", "mean", "min", "max", "sum", "p50", "p90"])


@st.composite
def reading(draw: st.DrawFn) -> dict[str, Any]:
    """How a condition is read: mostly plainly, sometimes without meaning."""
    found: dict[str, Any] = {"metric": draw(st.sampled_from([*METRICS, *METRICS, "pace"]))}
    if draw(st.integers(0, 2)) == 0:
        found["for"] = draw(st.sampled_from([1, 2, 2, 2, 3]))
    if draw(st.integers(0, 2)) == 0:
        found["window"] = draw(st.sampled_from(["1d", "3d", "7d", "14d"]))
        if draw(st.booleans()):
            found["aggregate"] = draw(aggregate)
    if draw(st.integers(0, 4)) == 0:
        found["segment"] = "web"
    if draw(st.integers(0, 3)) == 0:
        found["baseline"] = {"value": draw(st.sampled_from([-2, 3, 5]))}
    match draw(st.integers(0, 160)):
        case 0:
            found["for"] = 0
        case 1:
            found["window"] = "0d"
        case 2:
            found.pop("window", None)
            found["aggregate"] = "mean"
        case 3:
            found["metric"] = "unknown"
    return found


@st.composite
def criterion(draw: st.DrawFn) -> dict[str, Any]:
    """A success criterion on a metric."""
    by = draw(st.integers(8, DAYS))
    found = draw(reading()) | {"target": draw(condition), "by": on(by)}
    if draw(st.integers(0, 3)) == 0:
        found["from"] = on(draw(st.integers(0, by + 1)))
    if draw(st.integers(0, 2)) == 0:
        found["standing"] = True
    return found


@st.composite
def attestation(draw: st.DrawFn) -> dict[str, Any]:
    """A criterion that a role answers; some answers show nothing and do not count."""
    answers = []
    for _ in range(draw(st.integers(0, 3))):
        answer = {"role": "lead", "date": draw(some_day)}
        answer["answer"] = draw(st.sampled_from(["met", "not-met"]))
        shown = draw(st.sampled_from(["evidence", "link", "evidence", None]))
        if shown:
            answer[shown] = {"evidence": "talks", "link": "https://example.com/1"}[shown]
        answers.append(answer)
    found = {"question": "Is it fast?", "answers": answers, "by": draw(some_day)}
    if draw(st.integers(0, 20)) == 0:
        found["metric"] = "speed"
    return found


@st.composite
def threshold(draw: st.DrawFn) -> dict[str, Any]:
    """A kill threshold with checkpoints, or a continuous one."""
    found = draw(reading()) | {"when": draw(condition)}
    kind = draw(st.integers(0, 11))
    if kind < 6:
        found["checkOn"] = draw(st.lists(some_day, min_size=1, max_size=3, unique=True))
    elif kind < 9:
        found["from"] = draw(some_day)
    if kind == 0:
        match draw(st.integers(0, 5)):
            case 0:
                found["from"] = on(3)
            case 1:
                found["checkOn"] = [on(9), on(9)]
            case 2:
                found["checkOn"] = []
    return found


def with_ids(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each item under an id of its own."""
    return [{"id": f"item-{number}", **item} for number, item in enumerate(items)]


held = st.builds(lambda how, target: how | {"target": target}, reading(), condition)


@st.composite
def initiative(draw: st.DrawFn) -> dict[str, Any]:
    """An initiative with promises of each sort."""
    spec: dict[str, Any] = {"problem": "slow", "horizon": "now"}
    if draw(st.integers(0, 5)):
        spec["committed"] = on(draw(st.integers(0, 12)))
    criteria = st.lists(st.one_of(criterion(), criterion(), attestation()), max_size=3)
    spec["successCriteria"] = with_ids(draw(criteria))
    spec["killThresholds"] = with_ids(draw(st.lists(threshold(), max_size=2)))
    if draw(st.integers(0, 2)) == 0:
        spec["guardrails"] = with_ids(draw(st.lists(held, max_size=2)))
    if draw(st.integers(0, 5)) == 0:
        spec["nfrs"] = with_ids(draw(st.lists(held, max_size=1)))
        gate = draw(held)
        gate.pop("baseline", None)
        spec["rollout"] = [{"phase": "pilot", "exit": gate}, {"phase": "rest"}]
    return document("Initiative", "faster", spec, aliases=["quicker"])


@st.composite
def metric(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """A metric; its cadence and grace make the boundary days."""
    spec: dict[str, Any] = {
        "direction": "lower",
        "unit": "min",
        "cadence": draw(st.sampled_from(["daily", "weekly", "weekly", "monthly"])),
    }
    if draw(st.booleans()):
        spec["grace"] = draw(st.sampled_from(["0d", "1d", "2d", "5d"]))
    if draw(st.integers(0, 5)):
        spec["baseline"] = {"value": 5, "date": on(0)}
    return document("Metric", name, spec, aliases=["pace"] if name == "speed" else [])


@st.composite
def rows(draw: st.DrawFn) -> list[oracle.Row]:
    """Observations: a regular series, some more days, a second segment, seldom a broken row."""
    start = draw(st.integers(0, DAYS // 2))
    step = draw(st.sampled_from([1, 2, 3, 5, 6, 7, 8]))
    count = draw(st.integers(0, 10))
    offsets = [start + step * number for number in range(count)]
    found: dict[tuple[date, str], Fraction | None] = {}
    for offset in offsets + draw(st.lists(st.integers(0, DAYS + 10), max_size=3)):
        segment = "web" if draw(st.integers(0, 5)) == 0 else ""
        found[DAY_ZERO + timedelta(days=offset), segment] = draw(value)
    if found and draw(st.integers(0, 40)) == 0:
        found[draw(st.sampled_from(sorted(found)))] = None
    return [oracle.Row(day, segment, number) for (day, segment), number in found.items()]


@st.composite
def decision(draw: st.DrawFn, number: int) -> dict[str, Any]:
    """A Decision about the initiative, under its present or former name, or a part of it."""
    kinds = ["continue", "continue", "pause", "pause", "pivot", "resume", "kill", "commit", "ship"]
    spec: dict[str, Any] = {
        "type": draw(st.sampled_from([*kinds, "relax", "waive", "override"])),
        "date": draw(some_day),
        "by": ["lead"],
        "because": "we know more",
    }
    if draw(st.integers(0, 6)):
        spec["until"] = draw(some_day)
    about: dict[str, Any] = {}
    name = draw(st.sampled_from(["faster", "faster", "faster", "quicker", "other"]))
    if draw(st.integers(0, 5)) == 0:
        about["resource"] = f"Initiative/{name}"
    else:
        about["initiative"] = name
    part = draw(st.sampled_from([None, None, None, "threshold", "threshold", "criterion"]))
    if part:
        about[part] = draw(st.sampled_from(["item-0", "item-1"]))
    return document("Decision", f"d-{number}", spec | {"concerns": about})


@st.composite
def worlds(draw: st.DrawFn) -> oracle.World:
    """A roadmap of one initiative with all that it is judged by."""
    return oracle.World(
        initiative=draw(initiative()),
        metrics={name: draw(metric(name)) for name in METRICS},
        rows={name: draw(rows()) for name in METRICS if draw(st.integers(0, 9))},
        broken_files=frozenset(["love"] if draw(st.integers(0, 40)) == 0 else []),
        decisions=[draw(decision(number)) for number in range(draw(st.integers(0, 3)))],
        aliases={"pace": "speed", "quicker": "faster"},
    )


def seen(observed: Observed | None) -> tuple[date, Fraction] | None:
    """What was observed, as the oracle writes it."""
    return None if observed is None else (observed.date, observed.value)


def holds(results: tuple[HoldResult, ...]) -> dict[str, Any]:
    """Guardrails and their like, as the oracle writes them."""
    return {
        each.id: {"verdict": each.verdict.value, "observed": seen(each.observed)}
        for each in results
    }


def as_plain(result: InitiativeResult) -> Mapping[str, Any]:
    """The engine's verdicts, as the oracle writes them."""
    return {
        "verdict": result.verdict.value if result.verdict else None,
        "killVerdict": result.kill_verdict.value if result.kill_verdict else None,
        "frozenOn": result.frozen_on,
        "pausedUntil": result.paused_until,
        "criteria": {
            each.id: {"verdict": each.verdict.value, "observed": seen(each.observed)}
            for each in result.criteria
        },
        "killThresholds": {
            each.id: {
                "verdict": each.verdict.value,
                "triggeredOn": each.triggered_on,
                "answeredBy": list(each.answered_by),
            }
            for each in result.kill_thresholds
        },
        "guardrails": holds(result.guardrails),
        "nfrs": holds(result.nfrs),
        "rollout": holds(result.rollout),
    }


@settings(
    max_examples=2000,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(worlds(), st.lists(st.integers(0, DAYS + 12), min_size=2, max_size=4, unique=True))
def test_both_readings_of_the_tables_agree(world: oracle.World, days: list[int]) -> None:
    """Every verdict, trigger, answer and observed value is what the slow reading says."""
    roadmap = roadmap_of(world)
    for offset in days:
        day = DAY_ZERO + timedelta(days=offset)
        (result,) = judge(roadmap, day).initiatives
        assert as_plain(result) == oracle.judge(world, day)


ALL = verdict_fields(None)
WITHOUT_WORDS = frozenset(
    (message, field)
    for message, fields in VERDICTS.items()
    for field in fields
    if field != "reason"
)


def without_words(fields: Any) -> Any:
    """A verdict's fields without the sentences."""
    if isinstance(fields, list):
        return [without_words(each) for each in fields]
    if isinstance(fields, dict):
        return {name: without_words(each) for name, each in fields.items() if name != "reason"}
    return fields


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(worlds(), st.integers(0, DAYS + 12), st.sets(st.sampled_from(sorted(WITHOUT_WORDS))))
def test_who_looks_at_less_sees_the_same(
    world: oracle.World, offset: int, looks: set[tuple[str, str]]
) -> None:
    """Verdicts do not depend on whether their words, or other verdicts, are asked for."""
    roadmap, day = roadmap_of(world), DAY_ZERO + timedelta(days=offset)
    (name,) = roadmap.initiatives
    whole = ALL(Judgements(roadmap, day).judged(name))
    plain = verdict_fields(WITHOUT_WORDS)(Judgements(roadmap, day).judged(name))
    assert plain == without_words(whole)
    some = verdict_fields(frozenset(looks))(Judgements(roadmap, day).judged(name))
    assert some == _chosen("Verdicts", plain, looks)


def _chosen(message: str, fields: Any, looks: set[tuple[str, str]]) -> Any:
    """The fields of a message that are looked at, and of its parts."""
    made = {}
    for name, value in fields.items():
        if (message, name) not in looks:
            continue
        part = VERDICTS[message][name].name
        made[name] = [_chosen(part, each, looks) for each in value] if part in VERDICTS else value
    return made
