"""What the criteria and thresholds of an initiative say, set beside the metrics they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roadgate.evaluate.cel import scalar
from roadgate.evaluate.intervals import met_by, overlap, points

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from roadgate.model.kinds import Initiative, Metric
    from roadgate.model.kinds.conditions import (
        Guardrail,
        Judged,
        KillThreshold,
        Nfr,
        SuccessCriterion,
    )
    from roadgate.model.roadmap import Roadmap

    Item = SuccessCriterion | KillThreshold | Guardrail | Nfr


def criteria(body: Initiative, roadmap: Roadmap) -> list[dict[str, Any]]:
    """Each criterion: its metric, its baseline, whether target and direction agree."""
    return [_criterion(each, roadmap) for each in body.spec.success_criteria]


def thresholds(body: Initiative, roadmap: Roadmap) -> list[dict[str, Any]]:
    """Each threshold: its first checkpoint, whether it contradicts a target."""
    return [_threshold(each, body, roadmap) for each in body.spec.kill_thresholds]


def roles(body: Initiative, roadmap: Roadmap) -> list[str]:
    """The roles of the metrics that an initiative is judged by, guardrails included."""
    names = metric_names((*body.spec.success_criteria, *body.spec.guardrails), roadmap)
    metrics = [_metric(each, roadmap) for each in names]
    return sorted({each.spec.role for each in metrics if each and each.spec.role})


def unpaired(body: Initiative, roadmap: Roadmap) -> list[dict[str, Any]]:
    """The metrics that a criterion's metric is to be read with, and is not."""
    spec = body.spec
    pairs = [
        (name, pair)
        for name in dict.fromkeys(metric_names(spec.success_criteria, roadmap))
        if (metric := _metric(name, roadmap)) is not None
        for pair in metric.spec.pairs_with
    ]
    if not pairs:
        return []
    watched = set(metric_names((*spec.success_criteria, *spec.guardrails), roadmap))
    return [
        {"metric": scalar(name), "without": scalar(pair)}
        for name, pair in pairs
        if roadmap.name_of("Metric", pair) not in watched
    ]


def deadline(body: Initiative) -> dict[str, Any] | None:
    """The day by which the last criterion is to be met."""
    return _day(max([each.by for each in body.spec.success_criteria], default=None))


def first_check(body: Initiative) -> dict[str, Any] | None:
    """The first day on which any threshold is looked at."""
    days = [_first_of(each, body) for each in body.spec.kill_thresholds]
    return _day(min((each for each in days if each is not None), default=None))


def metric_names(items: Iterable[Item], roadmap: Roadmap) -> list[str]:
    """The metrics of criteria, thresholds or guardrails, as they are called now."""
    return [roadmap.name_of("Metric", each.metric) for each in items if each.metric]


def _metric(name: str | None, roadmap: Roadmap) -> Metric | None:
    found = roadmap.metrics.get(roadmap.name_of("Metric", name)) if name else None
    return found.body if found is not None else None


def _criterion(criterion: SuccessCriterion, roadmap: Roadmap) -> dict[str, Any]:
    metric, target = _metric(criterion.metric, roadmap), criterion.target
    condition = target.condition if target is not None else None
    if metric is None or target is None or condition is None:
        return {"id": scalar(criterion.id)}
    spec = metric.spec
    made: dict[str, Any] = {
        "id": scalar(criterion.id),
        **_pointing(metric, points(condition), wanted=spec.direction),
        "target": scalar(target),
        "counts": scalar(spec.counts),
        "pairsWith": spec.pairs_with,
    }
    baseline = criterion.baseline or spec.baseline
    if baseline is not None:
        made["baseline"] = scalar(float(baseline.value))
        if baseline.date is not None:
            made["baselineDate"] = scalar(baseline.date.isoformat())
        if not condition.is_trend:
            made["metByBaseline"] = scalar(met_by(target, baseline.value))
    return made


def _pointing(metric: Metric, way: str | None, *, wanted: str) -> dict[str, Any]:
    return {
        "metric": scalar(metric.metadata.name),
        "direction": scalar(metric.spec.direction),
        "agrees": scalar(way is None or way == wanted),
    }


def _threshold(threshold: KillThreshold, body: Initiative, roadmap: Roadmap) -> dict[str, Any]:
    made = {"id": scalar(threshold.id)}
    if (first := _first_of(threshold, body)) is not None:
        made["firstCheck"] = scalar(first.isoformat())
    metric, condition = _metric(threshold.metric, roadmap), threshold.when.condition
    if metric is None or condition is None:
        return made
    bad = "lower" if metric.spec.direction == "higher" else "higher"
    made |= _pointing(metric, points(condition), wanted=bad)
    made["when"] = scalar(threshold.when)
    for criterion in body.spec.success_criteria:
        same = _metric(criterion.metric, roadmap) is metric
        if same and _contradicts(threshold, criterion, metric):
            made["contradicts"] = scalar(criterion.id)
            break
    return made


def _contradicts(threshold: KillThreshold, criterion: SuccessCriterion, metric: Metric) -> bool:
    """Whether a number that meets the target would stop the initiative."""
    if criterion.target is None or _read(threshold) != _read(criterion):
        return False
    baselines = (_baseline(threshold, metric), _baseline(criterion, metric))
    return overlap(threshold.when, criterion.target, baselines)


def _baseline(item: Judged, metric: Metric) -> Decimal | None:
    found = item.baseline or metric.spec.baseline
    return found.value if found is not None else None


def _read(item: Judged) -> tuple[object, ...]:
    """How a number is read off the series: only what is read alike can be compared."""
    return item.segment, item.aggregate or "last", item.window


def _first_of(threshold: KillThreshold, body: Initiative) -> date | None:
    """The first day on which a threshold is looked at."""
    if threshold.check_on:
        return min(threshold.check_on)
    return threshold.from_ or body.spec.committed


def _day(found: date | None) -> dict[str, Any] | None:
    return None if found is None else scalar(found.isoformat())
