"""Keep the values of internal metrics from public readers."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, TypeVar

from roadgate.model.verdict import (
    CriterionResult,
    HoldResult,
    HoldsResult,
    InitiativeResult,
    KillResult,
    Verdicts,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadgate.model.change import Change, FieldChange
    from roadgate.model.finding import Finding
    from roadgate.report.text.excerpt import Source

WITHHELD = "internal metric: value withheld"
_NUMBER = re.compile(r"(?<![\w.-])[+-]?[0-9]+(?:\.[0-9]+)?(?![\w-]|\.[0-9])")

H = TypeVar("H", bound=HoldResult)


def redact(verdicts: Verdicts, internal: frozenset[str]) -> Verdicts:
    """The same verdicts, without what was observed of the metrics named in ``internal``."""
    if not internal:
        return verdicts
    quoted: dict[str, set[str]] = defaultdict(set)
    for each in verdicts.initiatives:
        quoted[each.name] = {guard.id for guard in each.guardrails if guard.metric in internal}
    return replace(
        verdicts,
        initiatives=tuple(
            _initiative(each, internal, quoted[each.name]) for each in verdicts.initiatives
        ),
        metrics=tuple(_hold(each, internal) for each in verdicts.metrics),
        launches=tuple(
            replace(each, criteria=_criteria(each.criteria, internal, quoted[each.initiative]))
            for each in verdicts.launches
        ),
        services=_holds(verdicts.services, internal),
        visions=_holds(verdicts.visions, internal),
        journeys=_holds(verdicts.journeys, internal),
    )


def redact_findings(
    findings: Iterable[Finding], internal: frozenset[str], secrets: frozenset[str]
) -> tuple[Finding, ...]:
    """The same findings, without the numbers that could be values of the metrics in ``internal``.

    Numbers go from findings about such a metric or its observations, and ``secrets`` (see
    ``observed_numbers``) from all others.
    """
    if not internal:
        return tuple(findings)
    return tuple(_finding(each, internal, secrets) for each in findings)


def redact_change(change: Change, internal: frozenset[str]) -> Change:
    """The same change, without the rows of the metrics in ``internal``."""
    return replace(
        change,
        resources=tuple(
            replace(each, fields=tuple(map(_row, each.fields)))
            if each.ref.kind == "Metric" and {each.ref.name, each.former_name} & internal
            else each
            for each in change.resources
        ),
    )


def _row(field: FieldChange) -> FieldChange:
    if not field.field.startswith("observations"):
        return field
    before, after = (None if each is None else "…" for each in (field.before, field.after))
    return replace(field, before=before, after=after)


def redact_source(source: Source, internal: frozenset[str]) -> Source:
    """The same source, without the observations of the metrics in ``internal``."""

    def read(path: str, revision: Literal["base"] | None) -> bytes | None:
        return None if _holds_observations(path, internal) else source(path, revision)

    return read


def observed_numbers(verdicts: Verdicts, internal: frozenset[str]) -> frozenset[str]:
    """Every number that the verdicts of internal metrics speak of, as it is written there."""
    return frozenset(
        number
        for each in _judged(verdicts)
        if each.metric in internal
        for number in (*_NUMBER.findall(each.reason), *_NUMBER.findall(_way(each)))
    )


def _judged(verdicts: Verdicts) -> Iterable[CriterionResult | KillResult | HoldResult]:
    for each in verdicts.initiatives:
        yield from each.criteria
        yield from each.kill_thresholds
        yield from (*each.guardrails, *each.nfrs, *each.rollout)
    for launch in verdicts.launches:
        yield from launch.criteria
    for result in (*verdicts.services, *verdicts.visions, *verdicts.journeys):
        yield from result.holds
    yield from verdicts.metrics


def _way(result: CriterionResult | KillResult | HoldResult) -> str:
    return (result.way_to_green or "") if isinstance(result, CriterionResult) else ""


def _initiative(
    result: InitiativeResult, internal: frozenset[str], quoted: set[str]
) -> InitiativeResult:
    return replace(
        result,
        criteria=_criteria(result.criteria, internal, quoted),
        kill_thresholds=tuple(_kill(each, internal) for each in result.kill_thresholds),
        guardrails=tuple(_hold(each, internal) for each in result.guardrails),
        nfrs=tuple(_hold(each, internal) for each in result.nfrs),
        rollout=tuple(_hold(each, internal) for each in result.rollout),
    )


def _holds(results: Iterable[HoldsResult], internal: frozenset[str]) -> tuple[HoldsResult, ...]:
    return tuple(
        replace(each, holds=tuple(_hold(hold, internal) for hold in each.holds)) for each in results
    )


def _criteria(
    results: Iterable[CriterionResult], internal: frozenset[str], quoted: set[str]
) -> tuple[CriterionResult, ...]:
    """Criteria without values; ``quoted`` are the guardrails on internal metrics."""
    return tuple(_criterion(each, internal, quoted) for each in results)


def _criterion(
    result: CriterionResult, internal: frozenset[str], quoted: set[str]
) -> CriterionResult:
    if result.metric in internal:
        return replace(result, observed=None, forecast=None, reason=WITHHELD, way_to_green=None)
    reason, way = result.reason, result.way_to_green
    for each in sorted(quoted):
        # a criterion on a public metric may quote a breached internal guardrail
        said = re.compile(rf"(guardrail '{re.escape(each)}'[^:;]*): (?:(?!; guardrail ').)*")
        reason = said.sub(rf"\1: {WITHHELD}", reason)
        way = said.sub(rf"\1: {WITHHELD}", way) if way else way
    return replace(result, reason=reason, way_to_green=way)


def _kill(result: KillResult, internal: frozenset[str]) -> KillResult:
    if result.metric not in internal:
        return result
    return replace(result, observed=None, runway_days=None, reason=WITHHELD)


def _hold(result: H, internal: frozenset[str]) -> H:
    if result.metric not in internal:
        return result
    return replace(result, observed=None, reason=WITHHELD)


def _holds_observations(path: str, internal: frozenset[str]) -> bool:
    return path.endswith(".csv") and path.rpartition("/")[2].removesuffix(".csv") in internal


def _finding(finding: Finding, internal: frozenset[str], secrets: frozenset[str]) -> Finding:
    ref = finding.resource
    place = finding.location.path if finding.location else ""
    about = _holds_observations(place, internal) or (
        ref is not None and ref.kind == "Metric" and ref.name in internal
    )

    def withhold(match: re.Match[str]) -> str:
        return "(withheld)" if about or match[0] in secrets else match[0]

    return replace(
        finding,
        message=_NUMBER.sub(withhold, finding.message),
        fix=_NUMBER.sub(withhold, finding.fix),
        repair=None if about else finding.repair,
    )
