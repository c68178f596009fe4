# The tables are written out line by line, so its functions are as long and as branched as they are.
# ruff: noqa: C901, PLR0911, PLR0912
"""A second, deliberately slow and plain implementation of the verdict tables.

It takes documents as they stand in YAML (plain mappings) and imports nothing of roadgate, so that
a misreading in one of the two shows as a difference. It counts days one by one where the rules
speak of "the first day on which", and never looks for a shorter way.
"""

from __future__ import annotations

import itertools
import math
import re
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

DAY = timedelta(days=1)
CADENCE = {"daily": 1, "weekly": 7, "monthly": 31, "quarterly": 92, "yearly": 366}
CRITERION_ORDER = [
    "error",
    "missed",
    "no-data",
    "stale",
    "at-risk",
    "pending",
    "on-track",
    "recovered",
    "met",
]
KILL_ORDER = ["error", "triggered", "no-data", "stale", "warning", "not-due", "clear"]


class Row(NamedTuple):
    """One line of a measurement file; a value of None is a broken row."""

    day: date
    segment: str
    value: Fraction | None


class World(NamedTuple):
    """Everything that verdicts depend on."""

    initiative: Mapping[str, Any]
    metrics: Mapping[str, Mapping[str, Any]]
    rows: Mapping[str, Sequence[Row]]
    broken_files: frozenset[str]
    decisions: Sequence[Mapping[str, Any]]
    aliases: Mapping[str, str]
    """Former names of metrics and of the initiative, to the present ones."""


class WrongError(Exception):
    """The item's verdict is error."""


def day(text: str) -> date:
    """An ISO day."""
    return date.fromisoformat(text)


def days_after(first: date, last: date) -> Iterator[date]:
    """Each day after ``first``, up to and including ``last``."""
    while first < last:
        first += DAY
        yield first


# --- conditions -------------------------------------------------------------------------------


def asks(text: str) -> tuple[Any, ...]:
    """The condition's parts: (kind, …, unit)."""
    text = text.strip()
    number = r"([+-]?\d+(?:\.\d+)?)"
    if text in ("increasing", "decreasing"):
        return ("trend", text, "")
    if m := re.fullmatch(rf"(>=|>|<=|<)\s*{number}\s*([^\d\s.].*)?", text):
        return ("number", m[1], Fraction(m[2]), (m[3] or "").strip())
    if m := re.fullmatch(rf"between\s+{number}\s+and\s+{number}\s*([^\d\s.].*)?", text):
        if Fraction(m[1]) > Fraction(m[2]):
            raise WrongError("not ascending")
        return ("between", Fraction(m[1]), Fraction(m[2]), (m[3] or "").strip())
    if m := re.fullmatch(r"(>=|>|<=|<)\s*baseline(?:\s*([+-])\s*(\d+(?:\.\d+)?)\s*(%?))?", text):
        amount = Fraction(m[3] or 0) * (-1 if m[2] == "-" else 1)
        return ("baseline", m[1], amount, m[4] == "%", "")
    raise WrongError("unreadable")


def compares(operator: str, left: Fraction, right: Fraction) -> bool:
    """Whether ``left operator right``."""
    return {
        ">=": left >= right,
        ">": left > right,
        "<=": left <= right,
        "<": left < right,
    }[operator]


def quantile(values: Sequence[Fraction], share: Fraction) -> Fraction:
    """Linear interpolation between the two nearest ranks."""
    ranked = sorted(values)
    position = share * (len(ranked) - 1)
    below = math.floor(position)
    above = math.ceil(position)
    return ranked[below] + (ranked[above] - ranked[below]) * (position - below)


AGGREGATES: Mapping[str, Callable[[Sequence[Fraction]], Fraction]] = {
    "mean": lambda values: sum(values, Fraction(0)) / len(values),
    "min": min,
    "max": max,
    "sum": lambda values: sum(values, Fraction(0)),
    "p50": lambda values: quantile(values, Fraction(1, 2)),
    "p90": lambda values: quantile(values, Fraction(9, 10)),
    "last": lambda values: values[-1],
}


class Item:
    """One condition on one metric, with all that the table calls its series."""

    def __init__(self, world: World, item: Mapping[str, Any], text: str, today: date) -> None:
        """Raise WrongError for whatever makes the verdict ``error``."""
        name = world.aliases.get(item["metric"], item["metric"])
        if name not in world.metrics:
            raise WrongError("metric unknown")
        metric = world.metrics[name]["spec"]
        self.today = today
        self.cadence = CADENCE[metric["cadence"]]
        self.grace = int(metric["grace"][:-1]) if "grace" in metric else math.ceil(self.cadence / 2)
        self.window = int(item["window"][:-1]) if "window" in item else None
        self.aggregate = item.get("aggregate", "last")
        self.times = item.get("for", 1)
        self.condition = asks(text)
        baseline = item.get("baseline", metric.get("baseline"))
        self.baseline = None if baseline is None else Fraction(str(baseline["value"]))
        if self.times < 1 or self.window == 0:
            raise WrongError("no meaning")
        if "aggregate" in item and "window" not in item:
            raise WrongError("no meaning")
        if self.condition[-1] not in ("", metric.get("unit")):
            raise WrongError("wrong unit")
        if self.condition[0] == "baseline" and self.baseline is None:
            raise WrongError("no baseline")
        if name in world.broken_files:
            raise WrongError("file broken")
        rows = [
            row
            for row in world.rows.get(name, ())
            if row.segment == item.get("segment", "") and row.day <= today
        ]
        if any(row.value is None for row in rows):
            raise WrongError("row broken")
        self.rows = sorted(rows)

    def dates(self, first: date | None, last: date) -> list[date]:
        """Observation dates from ``first`` to ``last``, both included."""
        return [row.day for row in self.rows if row.day <= last and (not first or row.day >= first)]

    def value(self, at: date) -> Fraction | None:
        """The value judged at a day."""
        inside = [
            row.value
            for row in self.rows
            if row.day <= at
            and (self.window is None or row.day > at - timedelta(days=self.window))
            and row.value is not None
        ]
        if not inside:
            return None
        return inside[-1] if self.window is None else AGGREGATES[self.aggregate](inside)

    def observed(self, at: date) -> tuple[date, Fraction] | None:
        """The value judged at a day, with the date of its newest row."""
        value = self.value(at)
        return None if value is None else (self.dates(None, at)[-1], value)

    def fresh(self, at: date) -> bool:
        """Whether the series is fresh at a day."""
        seen = self.dates(None, at)
        if not seen or self.value(at) is None:
            return False
        return (at - seen[-1]).days <= self.cadence + self.grace

    def meets(self, value: Fraction | None) -> bool:
        """Whether one judged value meets the condition (not for trends)."""
        if value is None:
            return False
        kind = self.condition[0]
        if kind == "number":
            return compares(self.condition[1], value, self.condition[2])
        if kind == "between":
            return bool(self.condition[1] <= value <= self.condition[2])
        assert self.baseline is not None
        amount = self.condition[2]
        if self.condition[3]:
            amount = amount * abs(self.baseline) / 100
        return compares(self.condition[1], value, self.baseline + amount)

    def holds(self, at: date, since: date | None = None) -> bool:
        """Whether the condition holds at a day; ``since`` is how far ``for`` may reach back."""
        if self.condition[0] != "trend" and self.times == 1:
            return self.meets(self.value(at))
        return self.row_of(self.times, at, since)

    def row_of(self, times: int, at: date, since: date | None) -> bool:
        """Whether each of the last ``times`` observations meets the condition."""
        seen = self.dates(since, at)
        if self.condition[0] != "trend":
            return len(seen) >= times and all(self.meets(self.value(d)) for d in seen[-times:])
        if len(seen) < times + 1:
            return False
        values = [value for d in seen[-times - 1 :] if (value := self.value(d)) is not None]
        if self.condition[1] == "increasing":
            return all(a < b for a, b in itertools.pairwise(values))
        return all(a > b for a, b in itertools.pairwise(values))


# --- decisions --------------------------------------------------------------------------------


def concerning(world: World, today: date) -> list[Mapping[str, Any]]:
    """The Decisions dated up to a day that concern the initiative, or a part of it."""
    found = []
    for decision in world.decisions:
        about = decision["spec"]["concerns"]
        names = [about.get("initiative")]
        resource = about.get("resource", "")
        if resource.startswith("Initiative/"):
            names.append(resource.removeprefix("Initiative/"))
        present = [world.aliases.get(name, name) for name in names]
        mine = world.initiative["metadata"]["name"] in present
        if mine and day(decision["spec"]["date"]) <= today:
            found.append(decision)
    return found


def pause_in_force(
    decision: Mapping[str, Any], known: Sequence[Mapping[str, Any]], at: date
) -> bool:
    """Whether a pause holds on a day: up to ``until``, or a ``resume``."""
    spec = decision["spec"]
    if spec["type"] != "pause" or spec.get("until") is None:
        return False
    if not day(spec["date"]) <= at <= day(spec["until"]):
        return False
    return not any(
        other["spec"]["type"] == "resume" and day(spec["date"]) <= day(other["spec"]["date"]) <= at
        for other in known
    )


def whole(decision: Mapping[str, Any]) -> bool:
    """Whether it concerns the initiative as a whole."""
    about = decision["spec"]["concerns"]
    return not any(about.get(part) for part in ("criterion", "threshold", "guardrail"))


def answers(
    decision: Mapping[str, Any],
    threshold: str,
    check: date,
    known: Sequence[Mapping[str, Any]],
    today: date,
) -> bool:
    """Whether a Decision answers a check date of a threshold."""
    spec = decision["spec"]
    mine = whole(decision) or spec["concerns"].get("threshold") == threshold
    if spec["type"] == "kill":
        return check <= day(spec["date"])
    if not mine:
        return False
    if spec["type"] == "continue":
        return spec.get("until") is not None and check <= day(spec["until"])
    if spec["type"] == "pivot":
        return check <= day(spec["date"])
    return pause_in_force(decision, known, today) and check <= today


def frozen(world: World, today: date) -> date | None:
    """The day of the kill that freezes everything, if one does."""
    known = concerning(world, today)
    kills = [day(each["spec"]["date"]) for each in known if each["spec"]["type"] == "kill"]
    if not kills:
        return None
    newest = max(kills)
    resumed = any(
        each["spec"]["type"] == "resume" and day(each["spec"]["date"]) > newest for each in known
    )
    return None if resumed else newest


def paused(world: World, today: date) -> date | None:
    """The last day of the pause in force."""
    known = concerning(world, today)
    ends = [
        day(each["spec"]["until"])
        for each in known
        if whole(each) and pause_in_force(each, known, today)
    ]
    return max(ends) if ends else None


# --- guardrails and other conditions that hold or not ------------------------------------------


def hold(world: World, item: Mapping[str, Any], today: date) -> dict[str, Any]:
    """held, breached, unmeasured or error."""
    try:
        series = Item(world, item, item["target"], today)
    except WrongError:
        return {"verdict": "error", "observed": None}
    if not series.fresh(today):
        return {"verdict": "unmeasured", "observed": series.observed(today)}
    verdict = "held" if series.holds(today) else "breached"
    return {"verdict": verdict, "observed": series.observed(today)}


def guarded(world: World, today: date) -> bool:
    """Whether no guardrail stands against ``on-track``."""
    committed = world.initiative["spec"].get("committed")
    for item in world.initiative["spec"].get("guardrails", ()):
        verdict = hold(world, item, today)["verdict"]
        if verdict in ("error", "breached"):
            return False
        if verdict == "unmeasured" and committed is not None:
            series = Item(world, item, item["target"], today)
            if (today - day(committed)).days > series.cadence + series.grace:
                return False
    return True


def breached(world: World, today: date) -> bool:
    """Whether a guardrail is breached; an error counts like one."""
    return any(
        hold(world, item, today)["verdict"] in ("error", "breached")
        for item in world.initiative["spec"].get("guardrails", ())
    )


# --- success criteria -------------------------------------------------------------------------


def criterion(world: World, item: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The verdict of one success criterion, with what was observed."""
    try:
        verdict, observed = _criterion(world, item, today)
    except WrongError:
        verdict, observed = "error", None
    return {"verdict": verdict, "observed": observed}


def _criterion(
    world: World, item: Mapping[str, Any], today: date
) -> tuple[str, tuple[date, Fraction] | None]:
    by = day(item["by"])
    if ("metric" in item) == ("question" in item):
        raise WrongError("neither, or both")
    if "question" in item:
        return attestation(world, item, by, today), None
    committed = world.initiative["spec"].get("committed")
    start = item.get("from", committed)
    series = Item(world, item, item.get("target", ""), today)
    if start is None:
        return "pending", None
    start = day(start)
    if start > by:
        raise WrongError("from after by")
    end = min(today, by)
    patience = start + timedelta(days=series.cadence + series.grace)
    settled = any(
        series.dates(by, d) or d > by + timedelta(days=series.grace) for d in days_after(by, today)
    )
    if not settled:
        if not series.dates(start, end):
            return ("pending" if today <= patience else "no-data"), None
        if not series.fresh(end):
            return "stale", series.observed(end)
        if not guarded(world, today) or not series.holds(end):
            return "at-risk", series.observed(end)
        return "on-track", series.observed(end)
    return settled_criterion(
        series, standing=item.get("standing", False), start=start, by=by, today=today
    )


def settled_criterion(
    series: Item, *, standing: bool, start: date, by: date, today: date
) -> tuple[str, tuple[date, Fraction] | None]:
    """The lower half of the table."""
    held_at_by = bool(series.dates(start, by)) and series.fresh(by) and series.holds(by)
    holds_today = series.fresh(today) and series.holds(today)
    if held_at_by and (not standing or holds_today):
        return "met", series.observed(by)
    if not held_at_by and not standing:
        for later in series.dates(by + DAY, today):
            if series.fresh(later) and series.holds(later):
                return "recovered", series.observed(later)
    if not held_at_by and standing and holds_today and series.dates(start, today):
        return "recovered", series.observed(today)
    if standing and series.dates(start, today) and not series.fresh(today):
        return "stale", series.observed(today)
    if series.dates(start, by) and not series.fresh(by) and not series.dates(by + DAY, today):
        return "stale", series.observed(by)
    if not series.dates(start, today):
        return "no-data", None
    judged_at_by = series.dates(start, by) and series.fresh(by) and not held_at_by
    return "missed", series.observed(by if judged_at_by else today)


def attestation(world: World, item: Mapping[str, Any], by: date, today: date) -> str:
    """The verdict of a question that a named role answers."""
    if "from" in item and day(item["from"]) > by:
        raise WrongError("from after by")
    if item.get("for", 1) < 1 or item.get("window") == "0d":
        raise WrongError("no meaning")
    if "aggregate" in item and "window" not in item:
        raise WrongError("no meaning")
    counting = [
        answer
        for answer in item.get("answers", ())
        if day(answer["date"]) <= today and (answer.get("evidence") or answer.get("link"))
    ]
    newest = newest_answer(counting)
    if today <= by:
        if newest is None:
            return "pending"
        if newest == "not-met" or breached(world, today):
            return "at-risk"
        return "on-track"
    at_by = newest_answer([answer for answer in counting if day(answer["date"]) <= by])
    if newest is None:
        return "no-data"
    if at_by == newest:
        return "met" if newest == "met" else "missed"
    return "recovered" if newest == "met" else "missed"


def newest_answer(listed: Sequence[Mapping[str, Any]]) -> str | None:
    """What the newest answer says; of two on one day, the later in the list."""
    found = None
    for answer in listed:
        if found is None or day(answer["date"]) >= day(found["date"]):
            found = answer
    return None if found is None else str(found["answer"])


# --- kill thresholds --------------------------------------------------------------------------


def threshold(world: World, item: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The verdict of one kill threshold."""
    nothing: dict[str, Any] = {"triggeredOn": None, "answeredBy": []}
    try:
        return nothing | _threshold(world, item, today)
    except WrongError:
        return nothing | {"verdict": "error"}


def _threshold(world: World, item: Mapping[str, Any], today: date) -> dict[str, Any]:
    if "checkOn" in item and "from" in item:
        raise WrongError("checkOn with from")
    listed = item.get("checkOn")
    if listed is not None and (not listed or len(set(listed)) < len(listed)):
        raise WrongError("repeated dates, or none")
    series = Item(world, item, item["when"], today)
    known = concerning(world, today)
    start = None
    if listed is None:
        text = item.get("from", world.initiative["spec"].get("committed"))
        if text is None:
            return {"verdict": "not-due"}
        start = day(text)
        due = series.dates(start, today)
        patience = start + timedelta(days=series.cadence + series.grace)
        if not due and today <= patience:
            return {"verdict": "not-due"}
    else:
        due = [c for c in sorted(day(text) for text in listed) if is_due(series, c, today)]
        if not due:
            return {"verdict": "not-due"}
    answered = {
        c: [d["metadata"]["name"] for d in known if answers(d, item["id"], c, known, today)]
        for c in due
    }
    result: dict[str, Any] = {
        "answeredBy": sorted({name for names in answered.values() for name in names})
    }
    for c in due:
        if not answered[c] and series.fresh(c) and series.holds(c, start):
            return result | {"verdict": "triggered", "triggeredOn": c}
    if listed is None and not due:
        return result | {"verdict": "no-data"}
    if listed is None and not series.fresh(today):
        return result | {"verdict": "stale"}
    if listed is not None and not answered[due[-1]]:
        if not series.dates(None, due[-1]):
            return result | {"verdict": "no-data"}
        if not series.fresh(due[-1]):
            return result | {"verdict": "stale"}
    almost = series.times >= 2 and series.row_of(series.times - 1, today, start)
    if series.holds(today, start) or almost:
        return result | {"verdict": "warning"}
    return result | {"verdict": "clear"}


def is_due(series: Item, check: date, today: date) -> bool:
    """Whether a checkpoint is due on a day."""
    return any(
        series.dates(check, d) or d > check + timedelta(days=series.grace)
        for d in [check, *days_after(check, today)]
        if check <= d <= today
    )


# --- the initiative ---------------------------------------------------------------------------


def judge(world: World, today: date) -> dict[str, Any]:
    """Every verdict of the initiative, as of a day."""
    spec = world.initiative["spec"]
    freeze = frozen(world, today)
    then = freeze or today
    criteria = {c["id"]: criterion(world, c, then) for c in spec.get("successCriteria", ())}
    thresholds = {t["id"]: threshold(world, t, then) for t in spec.get("killThresholds", ())}
    found = {each["verdict"] for each in criteria.values()}
    kills = {each["verdict"] for each in thresholds.values()}
    return {
        "verdict": next((each for each in CRITERION_ORDER if each in found), None),
        "killVerdict": next((each for each in KILL_ORDER if each in kills), None),
        "frozenOn": freeze,
        "pausedUntil": paused(world, today),
        "criteria": criteria,
        "killThresholds": thresholds,
        "guardrails": {g["id"]: hold(world, g, today) for g in spec.get("guardrails", ())},
        "nfrs": {n["id"]: hold(world, n, today) for n in spec.get("nfrs", ())},
        "rollout": {
            phase["phase"]: hold(world, phase["exit"], today)
            for phase in spec.get("rollout", ())
            if "exit" in phase
        },
    }
