"""Why an issue that was wanted once is wanted no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.model.plan import Ending
from roadgate.model.verdict import CriterionVerdict
from roadgate.plan import keys
from roadgate.plan.desired import is_judged, unclear_state
from roadgate.plan.words import View

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from roadgate.model.roadmap import Roadmap
    from roadgate.model.verdict import (
        CriterionResult,
        InitiativeResult,
        KillResult,
        Verdicts,
    )

GONE = Ending("the initiative is gone from the roadmap", "not_planned")
_GROUPED = Ending("it is told in another issue since grouping was changed", "not_planned")


def endings(verdicts: Verdicts, roadmap: Roadmap, as_of: date) -> Mapping[str, Ending]:
    """Why the issue of a key may close, for every key that the roadmap still knows.

    A key without one of its own takes that of the nearest key above it.
    """
    view = View(roadmap, as_of)
    found: dict[str, Ending] = {}
    for result in verdicts.initiatives:
        if unclear_state(result):
            continue  # nothing may end while it is
        if is_judged(result):
            found.update(_of_judged(view, result))
        else:
            ending = _left(view, result)
            found.update(dict.fromkeys(keys.every(result.name), ending))
    found[keys.TOO_MANY] = Ending("the number of new issues is within the limit again")
    return found


def _left(view: View, result: InitiativeResult) -> Ending:
    if result.frozen_on is None:
        return Ending(f"the initiative is no longer in now but in {result.horizon}", "not_planned")
    kills = [
        each.name
        for each in view.decisions(result.name)
        if each.body.spec.type == "kill" and each.body.spec.date == result.frozen_on
    ]
    by = f" by the Decision '{kills[-1]}'" if kills else ""
    return Ending(f"killed on {result.frozen_on.isoformat()}{by}", "not_planned")


def _of_judged(view: View, result: InitiativeResult) -> dict[str, Ending]:
    name = result.name
    found = {
        keys.missed(name): _of_promise(view, result),
        f"kill/{name}": Ending("the threshold is gone from the initiative", "not_planned"),
        keys.seal(name): Ending("the promise is intact, or each change has its Decision"),
    }
    for threshold in result.kill_thresholds:
        found[keys.kill(name, threshold.id)] = _of_threshold(threshold)
    if view.roadmap.config.spec.github.grouping == "criterion":
        for criterion in result.criteria:
            found[keys.missed(name, criterion.id)] = _of_criterion(view, name, criterion)
    return found


def _of_promise(view: View, result: InitiativeResult) -> Ending:
    verdicts = {each.verdict for each in result.criteria}
    if CriterionVerdict.MISSED in verdicts:
        return _GROUPED
    if CriterionVerdict.RECOVERED in verdicts:
        late = [each.id for each in result.criteria if each.verdict is CriterionVerdict.RECOVERED]
        return Ending(f"recovered: {', '.join(late)} reached the target after the deadline")
    if verdicts == {CriterionVerdict.MET}:
        return Ending("met: every criterion reached its target")
    return _decided(view, result.name) or Ending("no criterion is missed any longer")


def _of_criterion(view: View, initiative: str, criterion: CriterionResult) -> Ending:
    if criterion.verdict is CriterionVerdict.RECOVERED:
        return Ending(f"recovered: {criterion.id} reached the target after the deadline")
    if criterion.verdict is CriterionVerdict.MET:
        return Ending(f"met: {criterion.id} reached its target")
    return _decided(view, initiative) or Ending(f"{criterion.id} is {criterion.verdict} now")


def _of_threshold(threshold: KillResult) -> Ending:
    if threshold.answered_by:
        names = ", ".join(f"'{each}'" for each in threshold.answered_by)
        return Ending(f"decided: answered by the Decision {names}")
    return Ending(f"the condition of {threshold.id} is {threshold.verdict} now")


def _decided(view: View, initiative: str) -> Ending | None:
    """The last Decision that changed what is promised."""
    changing = [
        each for each in view.decisions(initiative) if each.body.spec.type in ("pivot", "relax")
    ]
    if not changing:
        return None
    last = changing[-1]
    return Ending(f"decided: {last.body.spec.type} by the Decision '{last.name}'")
