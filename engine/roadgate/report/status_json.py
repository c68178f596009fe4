"""Write every verdict as public JSON, version 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.report import status_v1 as out
from roadgate.report.account_json import disabled_output, exceptions_output
from roadgate.report.exact import to_decimal
from roadgate.report.json_v1 import dump, findings_output

if TYPE_CHECKING:
    from roadgate.model.report import StatusReport
    from roadgate.model.seal import Seal
    from roadgate.model.verdict import (
        CriterionResult,
        HoldResult,
        HoldsResult,
        InitiativeResult,
        KillResult,
        LaunchResult,
        Observed,
    )


def status(report: StatusReport) -> str:
    """The JSON of ``roadgate status``."""
    return dump(status_output(report))


def status_output(report: StatusReport) -> out.StatusOutput:
    """Every verdict, as every output shows it."""
    verdicts = report.verdicts
    initiatives = sorted(verdicts.initiatives, key=lambda each: each.name)
    return out.StatusOutput(
        version=1,
        as_of=report.as_of,
        revision=report.revision,
        initiatives=[_initiative(each, report.seals.get(each.name)) for each in initiatives],
        metrics=[_hold(each) for each in sorted(verdicts.metrics, key=lambda each: each.id)],
        launches=[_launch(each) for each in verdicts.launches],
        services=[_service(each) for each in verdicts.services],
        visions=[_vision(each) for each in verdicts.visions],
        journeys=[_journey(each) for each in verdicts.journeys],
        findings=findings_output(report.findings),
        exceptions=exceptions_output(report.account),
        disabled=disabled_output(report.account),
        notes=list(report.notes),
    )


def _initiative(result: InitiativeResult, seal: Seal | None) -> out.InitiativeOutput:
    return out.InitiativeOutput.model_validate(
        {
            "name": result.name,
            "title": result.title,
            "owner": result.owner,
            "horizon": result.horizon,
            "status": result.status,
            "rice": None if result.rice is None else to_decimal(result.rice),
            "verdict": result.verdict,
            "kill_verdict": result.kill_verdict,
            "frozen_on": result.frozen_on,
            "paused_until": result.paused_until,
            "criteria": [_criterion(each) for each in result.criteria],
            "guardrails": [_hold(each) for each in result.guardrails],
            "kill_thresholds": [_kill(each) for each in result.kill_thresholds],
            "nfrs": [_hold(each) for each in result.nfrs],
            "rollout": [_hold(each) for each in result.rollout],
            "sealed": _sealed(seal) if seal else None,
        }
    )


def _launch(result: LaunchResult) -> out.LaunchOutput:
    return out.LaunchOutput(
        name=result.name,
        title=result.title,
        owner=result.owner,
        initiative=result.initiative,
        date=result.date,
        verdict=result.verdict,
        criteria=[_criterion(each) for each in result.criteria],
    )


def _service(result: HoldsResult) -> out.ServiceOutput:
    return out.ServiceOutput(
        name=result.name,
        title=result.title,
        owner=result.owner,
        nfrs=[_hold(each) for each in result.holds],
    )


def _vision(result: HoldsResult) -> out.VisionOutput:
    return out.VisionOutput(
        name=result.name,
        title=result.title,
        owner=result.owner,
        good_enough=[_enough(each) for each in result.holds],
    )


def _enough(result: HoldResult) -> out.EnoughOutput:
    return out.EnoughOutput(
        id=result.id,
        metric=result.metric or None,
        question=result.question,
        verdict=result.verdict,
        target=result.target or None,
        observed=_observed(result.observed),
        reason=result.reason,
    )


def _journey(result: HoldsResult) -> out.JourneyOutput:
    return out.JourneyOutput(
        name=result.name,
        title=result.title,
        owner=result.owner,
        budgets=[_hold(each) for each in result.holds],
    )


def _criterion(result: CriterionResult) -> out.CriterionOutput:
    forecast = result.forecast
    return out.CriterionOutput(
        id=result.id,
        metric=result.metric,
        question=result.question,
        verdict=result.verdict,
        target=result.target,
        from_=result.from_,
        by=result.by,
        segment=result.segment,
        standing=result.standing,
        observed=_observed(result.observed),
        forecast=out.ForecastOutput(
            value=to_decimal(forecast.value),
            low=to_decimal(forecast.low),
            high=to_decimal(forecast.high),
        )
        if forecast
        else None,
        reason=result.reason,
        way_to_green=result.way_to_green,
    )


def _hold(result: HoldResult) -> out.HoldOutput:
    return out.HoldOutput(
        id=result.id,
        metric=result.metric,
        verdict=result.verdict,
        target=result.target,
        observed=_observed(result.observed),
        reason=result.reason,
    )


def _kill(result: KillResult) -> out.KillOutput:
    return out.KillOutput.model_validate(
        {
            "id": result.id,
            "metric": result.metric,
            "verdict": result.verdict,
            "when": result.when,
            "action": result.action,
            "triggered_on": result.triggered_on,
            "answered_by": list(result.answered_by),
            "runway_days": result.runway_days,
            "observed": _observed(result.observed),
            "reason": result.reason,
        }
    )


def _observed(observed: Observed | None) -> out.ObservedOutput | None:
    if observed is None:
        return None
    return out.ObservedOutput(date=observed.date, value=to_decimal(observed.value))


def _sealed(seal: Seal) -> out.SealedOutput:
    return out.SealedOutput(
        commit=seal.commit,
        date=seal.date,
        digest=seal.digest,
        state=seal.state,
        amendments=[
            out.AmendmentOutput(
                commit=each.commit,
                date=each.date,
                decision=each.decision,
                fields=list(each.fields),
            )
            for each in seal.amendments
        ],
        reason=seal.reason,
    )
