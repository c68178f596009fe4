"""Attestations: criteria that a named role answers instead of a metric."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.evaluate.conditions import no_meaning
from roadgate.evaluate.guardrails import Guards, said
from roadgate.evaluate.outcome import Outcome
from roadgate.model.verdict import CriterionVerdict, HoldResult, HoldVerdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from roadgate.model.kinds.conditions import Answer, SuccessCriterion

_WAY = "needs the answer 'met', with a link or Evidence"


def judge_attestation(criterion: SuccessCriterion, guards: Guards, day: date) -> Outcome:
    """Judge a question on a day; it settles the day after its deadline.

    Answers without a link or Evidence do not count. Of two answers of one day the later in the
    list counts.
    """
    if problem := _problem(criterion):
        return Outcome(CriterionVerdict.ERROR, lambda: problem)
    counting = _counting(criterion.answers, day)
    newest = _newest(counting)
    if day <= criterion.by:
        return _open(criterion, newest, guards)
    at_deadline = _newest(answer for answer in counting if answer.date <= criterion.by)
    outcome = _settled(criterion, newest, at_deadline)
    return outcome.adding(lambda: said(guard for guard in guards() if guard.broken))


def judge_answers(id_: str, question: str, answers: Sequence[Answer], day: date) -> HoldResult:
    """Judge a question that has no deadline: it holds while the newest answer says so."""
    newest = _newest(_counting(answers, day))
    if newest is None:
        verdict, reason = HoldVerdict.UNMEASURED, "never answered with a link or Evidence"
    else:
        held = newest.answer == "met"
        verdict = HoldVerdict.HELD if held else HoldVerdict.BREACHED
        reason = _says(newest)
    return HoldResult(id_, "", verdict, "", None, reason, question)


def _counting(answers: Iterable[Answer], day: date) -> list[Answer]:
    """The answers given up to a day, with a link or Evidence."""
    return [
        each
        for each in answers
        if each.date <= day and (each.evidence is not None or each.link is not None)
    ]


def _problem(criterion: SuccessCriterion) -> str | None:
    if criterion.from_ is not None and criterion.from_ > criterion.by:
        return f"it counts from {criterion.from_} on, after its deadline {criterion.by}"
    return no_meaning(criterion.for_, criterion.window, criterion.aggregate)


def _newest(answers: Iterable[Answer]) -> Answer | None:
    newest: Answer | None = None
    for answer in answers:
        if newest is None or answer.date >= newest.date:
            newest = answer
    return newest


def _says(answer: Answer) -> str:
    return f"{answer.role} answered '{answer.answer}' on {answer.date}"


def _open(criterion: SuccessCriterion, newest: Answer | None, guards: Guards) -> Outcome:
    if newest is None:
        words = f"not answered yet, due by {criterion.by}"
        return Outcome(CriterionVerdict.PENDING, lambda: words)
    if newest.answer == "not-met":
        return Outcome(CriterionVerdict.AT_RISK, lambda: _says(newest), None, lambda: _WAY)
    broken = [guard for guard in guards() if guard.broken]
    if broken:
        return Outcome(
            CriterionVerdict.AT_RISK,
            lambda: f"{_says(newest)}; {said(broken)}",
            None,
            lambda: "; ".join(guard.way() for guard in broken),
        )
    return Outcome(CriterionVerdict.ON_TRACK, lambda: _says(newest))


def _settled(
    criterion: SuccessCriterion, newest: Answer | None, at_deadline: Answer | None
) -> Outcome:
    due = f"due by {criterion.by}"
    if newest is None:
        reason = f"never answered with a link or Evidence, {due}"
        return Outcome(CriterionVerdict.NO_DATA, lambda: reason, None, lambda: _WAY)

    def words() -> str:
        return f"{_says(newest)}, {due}"

    if newest.answer == "not-met":
        return Outcome(CriterionVerdict.MISSED, words, None, lambda: _WAY)
    if at_deadline is not None and at_deadline.answer == "met":
        return Outcome(CriterionVerdict.MET, words)
    return Outcome(CriterionVerdict.RECOVERED, words)
