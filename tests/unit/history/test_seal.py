"""Seals: what the first-parent history says about each promise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from roadgate.history.seal import protected, seals, used_decisions
from roadgate.model.document import Document
from roadgate.model.measurement import MeasurementFile, Observation
from roadgate.model.projection import project
from roadgate.model.seal import Amendment, CommitRecord, Seal, SealState
from unit.roadmap.changes import (
    CI,
    DURATION,
    FLAKES,
    decision,
    edited,
    path_of,
    record,
    renamed,
    resource,
    without,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

FEBRUARY, MARCH, APRIL, MAY = (date(2026, month, 2) for month in (2, 3, 4, 5))
FIRST = record("c1", FEBRUARY, CI, DURATION, FLAKES)
EASIER = edited(CI, duration__target="<= 6")
TARGET = "spec.successCriteria[duration].target"


def sealed(*commits: CommitRecord, name: str = "faster-ci", **options: Any) -> Seal:
    """The seal of one initiative after these commits."""
    found: Seal = seals(commits, None, complete=True, **options)[name]
    return found


def test_the_first_commit_in_now_seals() -> None:
    """Earlier commits promise nothing yet."""
    idea = record("c0", date(2026, 1, 2), edited(CI, horizon="next"), DURATION, FLAKES)

    found = sealed(idea, FIRST, record("c2", MARCH, edited(CI, problem="Other words")))

    promise = project((CI, DURATION, FLAKES), "faster-ci")
    assert promise is not None
    assert found.state is SealState.INTACT
    assert (found.commit, found.date, found.digest) == ("c1", FEBRUARY, promise.digest)
    assert (found.amendments, found.judged, found.reason) == ((), None, "")


def test_what_never_was_now_has_no_seal() -> None:
    """An idea can change freely."""
    idea = record("c1", FEBRUARY, edited(CI, horizon="next"))

    assert (
        seals((idea, record("c2", MARCH, edited(EASIER, horizon="next"))), None, complete=True)
        == {}
    )


def test_a_change_with_its_decision_amends() -> None:
    """The amended text is judged."""
    found = sealed(FIRST, record("c2", MARCH, EASIER, decision("relax", criterion="duration")))

    assert found.state is SealState.AMENDED
    assert found.amendments == (Amendment("c2", MARCH, "decided", (TARGET,)),)
    assert found.judged is None
    assert found.used == ("decided",)


def test_a_change_without_is_unsanctioned() -> None:
    """The sealed text is judged, and the seal says what is not it."""
    found = sealed(FIRST, record("c2", MARCH, EASIER))

    assert found.state is SealState.UNSANCTIONED
    assert found.amendments == (Amendment("c2", MARCH, None, (TARGET,)),)
    assert found.judged is not None
    assert found.judged.criteria["duration"]["target"] == "<= 5"
    assert found.reason == f"changed without a Decision: {TARGET}"


@pytest.mark.parametrize(
    ("label", "change"),
    [
        ("another criterion", decision("relax", criterion="felt")),
        ("another initiative", decision("relax", criterion="duration", initiative="other")),
        ("another type", decision("continue", criterion="duration")),
        ("a kill ends, it does not edit", decision("kill")),
        ("another text", decision("relax", criterion="duration", to="<= 7")),
        ("a pivot without a new criterion", decision("pivot")),
    ],
)
def test_a_decision_counts_for_what_it_names(label: str, change: dict[str, Any]) -> None:
    """Anything else leaves the change unsanctioned."""
    found = sealed(FIRST, record("c2", MARCH, EASIER, change))

    assert found.state is SealState.UNSANCTIONED, label


def test_a_decision_counts_once() -> None:
    """The next change needs its own."""
    relaxed = record("c2", MARCH, EASIER, decision("relax", criterion="duration"))

    found = sealed(FIRST, relaxed, record("c3", APRIL, edited(CI, duration__target="<= 7")))

    assert found.state is SealState.UNSANCTIONED
    assert [each.decision for each in found.amendments] == ["decided", None]
    assert found.judged is not None
    assert found.judged.criteria["duration"]["target"] == "<= 6"


def test_a_group_can_decide_first_and_edit_later() -> None:
    """A relax with ``to`` counts in the first later change that sets exactly that."""
    ahead = record("c2", MARCH, decision("relax", criterion="duration", to="<= 6.0"))
    edit = record("c3", APRIL, EASIER)
    back, again = record("c4", MAY, CI), record("c5", MAY, EASIER)

    assert sealed(FIRST, ahead).state is SealState.INTACT
    assert sealed(FIRST, ahead, edit).amendments == (Amendment("c3", APRIL, "decided", (TARGET,)),)
    assert sealed(FIRST, ahead, edit, back).state is SealState.AMENDED
    assert sealed(FIRST, ahead, edit, back, again).state is SealState.UNSANCTIONED


def test_a_decision_that_comes_later_heals() -> None:
    """What was pushed past everybody can be sanctioned after the fact, in the open."""
    pushed = record("c2", MARCH, EASIER)

    found = sealed(FIRST, pushed, record("c3", APRIL, decision("relax", criterion="duration")))

    assert found.state is SealState.AMENDED
    assert found.amendments == (Amendment("c3", APRIL, "decided", (TARGET,)),)


def test_going_back_heals_too() -> None:
    """The text is again what was promised."""
    assert (
        sealed(FIRST, record("c2", MARCH, EASIER), record("c3", APRIL, CI)).state
        is SealState.INTACT
    )


def test_a_harder_promise_is_free_and_becomes_the_promise() -> None:
    """Loosening it again is a change like any other."""
    harder = record("c2", MARCH, edited(CI, duration__target="<= 4"))

    assert sealed(FIRST, harder).state is SealState.INTACT
    found = sealed(FIRST, harder, record("c3", APRIL, CI))
    assert found.state is SealState.UNSANCTIONED
    assert found.judged is not None
    assert found.judged.criteria["duration"]["target"] == "<= 4"


def test_only_what_changed_without_a_decision_is_judged_as_sealed() -> None:
    """Other items follow the text as it stands."""
    both = edited(EASIER, **{"no-movement__when": ">= 20"})

    found = sealed(FIRST, record("c2", MARCH, both, decision("relax", criterion="duration")))

    assert found.judged is not None
    assert found.judged.criteria["duration"]["target"] == "<= 6"
    assert found.judged.thresholds["no-movement"]["when"] == ">= 15"
    assert [(each.decision, each.fields) for each in found.amendments] == [
        ("decided", (TARGET,)),
        (None, ("spec.killThresholds[no-movement].when",)),
    ]


def test_a_dropped_threshold_is_still_judged() -> None:
    """It was promised."""
    found = sealed(FIRST, record("c2", MARCH, without(CI, "no-movement")))

    assert found.judged is not None
    assert "no-movement" in found.judged.thresholds
    assert found.amendments[0].fields == ("spec.killThresholds[no-movement]",)


def test_the_commitment_date_is_sealed() -> None:
    """An earlier date would let other observations decide."""
    found = sealed(FIRST, record("c2", MARCH, edited(CI, committed="2025-02-02")))

    assert found.state is SealState.UNSANCTIONED
    assert found.judged is not None
    assert found.judged.committed == "2026-02-02"


def test_a_metrics_definition_is_part_of_the_promise() -> None:
    """Another unit makes another number of it."""
    other = record("c2", MARCH, edited(DURATION, unit="s"))

    found = sealed(FIRST, other)
    relaxed = replace(
        other,
        changed={**other.changed, "d": (decision("relax", metric="ci-duration"),)},
    )

    assert found.amendments[0].fields == ("Metric/ci-duration spec.unit",)
    assert found.judged is not None
    assert found.judged.metrics["ci-duration"]["unit"] == "min"
    assert sealed(FIRST, relaxed).state is SealState.AMENDED


def test_a_connection_is_part_of_the_promise() -> None:
    """The same query to another server is another number."""
    source = {"prometheus": {"query": "q", "connection": "prod"}}
    measured = edited(DURATION, source=source)
    config = resource("Config", "house", {"connections": {"prod": {"prometheus": {"url": "a"}}}})
    other = resource("Config", "house", {"connections": {"prod": {"prometheus": {"url": "b"}}}})

    found = sealed(record("c1", FEBRUARY, CI, measured, FLAKES, config), record("c2", MARCH, other))

    assert found.amendments[0].fields == ("Metric/ci-duration spec.connection",)


def test_a_metric_that_disappears_is_noticed() -> None:
    """A promise without its metric cannot be judged."""
    found = sealed(FIRST, record("c2", MARCH, gone=[path_of(DURATION)]))

    assert found.state is SealState.UNSANCTIONED
    assert found.amendments[0].fields == ("Metric/ci-duration",)


def test_a_pivot_seals_anew() -> None:
    """It brings a new criterion whose deadline lies ahead, and ends the old promise."""
    new = {"id": "adoption", "metric": "ci-duration", "target": "<= 9", "by": "2026-12-31"}
    pivoted = edited(CI, successCriteria=[new], killThresholds=[], committed="2026-03-02")

    found = sealed(FIRST, record("c2", MARCH, pivoted, decision("pivot")))

    assert found.state is SealState.INTACT
    assert (found.commit, found.date) == ("c2", MARCH)
    assert found.used == ("decided",)


def test_a_pivot_whose_new_deadline_is_past_seals_nothing() -> None:
    """A promise that is over is no new promise."""
    new = {"id": "adoption", "metric": "ci-duration", "target": "<= 9", "by": "2026-03-02"}

    found = sealed(FIRST, record("c2", MARCH, edited(CI, successCriteria=[new]), decision("pivot")))

    assert (found.commit, found.state) == ("c1", SealState.UNSANCTIONED)


def test_entering_now_again_does_not_seal_anew() -> None:
    """The first promise stands."""
    paused = record("c2", MARCH, edited(CI, horizon="next"), decision("pause"))

    found = sealed(FIRST, paused, record("c3", APRIL, EASIER))

    assert (found.commit, found.state) == ("c1", SealState.UNSANCTIONED)


def test_a_rename_with_an_alias_keeps_the_seal() -> None:
    """And a Decision may use either name."""
    rename = record("c2", MARCH, renamed(CI, "quick", "faster-ci"), gone=[path_of(CI)])
    edit = record("c3", APRIL, renamed(EASIER, "quick", "faster-ci"))
    with_decision = replace(
        edit, changed={**edit.changed, "d": (decision("relax", criterion="duration"),)}
    )

    found = seals((FIRST, rename), None, complete=True)

    assert list(found) == ["quick"]
    assert (found["quick"].commit, found["quick"].state) == ("c1", SealState.INTACT)
    assert found["quick"].names == ("faster-ci", "quick")
    assert sealed(FIRST, rename, edit, name="quick").state is SealState.UNSANCTIONED
    assert sealed(FIRST, rename, with_decision, name="quick").state is SealState.AMENDED


def test_a_rename_without_an_alias_is_a_disappearance() -> None:
    """The old promise stands, unanswered; the new name starts its own."""
    found = seals(
        (FIRST, record("c2", MARCH, renamed(CI, "quick"), gone=[path_of(CI)])), None, complete=True
    )

    assert found["faster-ci"].state is SealState.UNSANCTIONED
    assert found["faster-ci"].reason.startswith("it is no longer declared")
    assert found["quick"].commit == "c2"


@pytest.mark.parametrize("use_new_name", [True, False])
def test_a_renamed_metric_is_the_same_metric(*, use_new_name: bool) -> None:
    """Whether or not the initiative follows at once."""
    metric = renamed(DURATION, "minutes", "ci-duration")
    text = edited(CI, duration__metric="minutes", **{"no-movement__metric": "minutes"})
    rename = record(
        "c2", MARCH, metric, *([text] if use_new_name else []), gone=[path_of(DURATION)]
    )

    found = sealed(FIRST, rename)
    later = sealed(FIRST, rename, record("c3", APRIL, edited(metric, unit="s")))

    assert found.state is SealState.INTACT
    assert later.amendments[0].fields == ("Metric/minutes spec.unit",)


def test_a_metric_cannot_continue_another() -> None:
    """One that was there before has numbers of its own."""
    other = resource("Metric", "easy", DURATION["spec"])
    first = record("c1", FEBRUARY, CI, DURATION, FLAKES, other)
    text = edited(CI, duration__metric="easy")

    found = sealed(
        first,
        record("c2", MARCH, renamed(other, "easy", "ci-duration"), text, gone=[path_of(DURATION)]),
    )

    assert found.state is SealState.UNSANCTIONED


def test_a_deletion_without_a_kill_is_unsanctioned_until_it_is_back() -> None:
    """The promise does not go away with its file."""
    gone = record("c2", MARCH, gone=[path_of(CI)])

    assert sealed(FIRST, gone).amendments == (Amendment("c2", MARCH, None, ("",)),)
    assert sealed(FIRST, gone, record("c3", APRIL, CI)).state is SealState.INTACT


def test_a_file_may_move() -> None:
    """Identity is the name, not the path."""
    moved = CommitRecord("c2", MARCH, {path_of(CI): None, "roadmap/ci.yaml": (CI,)})

    assert sealed(FIRST, moved).state is SealState.INTACT


def test_a_kill_ends_the_protection_after_its_own_commit() -> None:
    """The text of the day counts; what is edited afterwards is nobody's promise."""
    killed = record("c2", MARCH, edited(CI, status="killed"), decision("kill"))
    later = record("c3", APRIL, edited(EASIER, status="killed"))

    assert sealed(FIRST, killed, later).state is SealState.INTACT
    assert sealed(FIRST, killed).over
    assert sealed(FIRST, killed, record("c4", MAY, gone=[path_of(CI)])).state is SealState.INTACT


def test_a_kill_lets_the_file_go() -> None:
    """In the commit that brings it, or later; a pivot does not."""
    gone = record("c2", MARCH, decision("kill"), gone=[path_of(CI)])
    kill = record("c3", APRIL, decision("kill"))
    pivoted = record("c2", MARCH, decision("pivot"), gone=[path_of(CI)])

    assert sealed(FIRST, gone).state is SealState.INTACT
    assert sealed(FIRST, record("c2", MARCH, gone=[path_of(CI)]), kill).state is SealState.INTACT
    assert sealed(FIRST, pivoted).state is SealState.UNSANCTIONED


def test_a_kill_hides_no_earlier_change() -> None:
    """What was changed without a Decision before stays so, whatever is edited afterwards."""
    pushed = record("c2", MARCH, EASIER)
    killed = record("c3", APRIL, edited(EASIER, status="killed"), decision("kill"))
    later = record("c4", MAY, edited(EASIER, status="killed", problem="Other words"))

    found = sealed(FIRST, pushed, killed, later)

    assert found.state is SealState.UNSANCTIONED
    assert found.judged is not None
    assert found.judged.criteria["duration"]["target"] == "<= 5"


def test_what_was_edited_while_killed_is_the_promise_after_a_resume() -> None:
    """Nobody was bound meanwhile."""
    killed = record("c2", MARCH, edited(CI, status="killed"), decision("kill"))
    edit = record("c3", APRIL, edited(EASIER, status="killed"))
    resumed = record("c4", MAY, EASIER, decision("resume", "again"))

    assert sealed(FIRST, killed, edit, resumed).state is SealState.INTACT
    back = sealed(
        FIRST, killed, edit, resumed, record("c5", MAY, edited(CI, duration__target="<= 7"))
    )
    assert back.judged is not None
    assert back.judged.criteria["duration"]["target"] == "<= 6"


def test_a_resume_brings_the_protection_back() -> None:
    """From then on the text that stands is the promise."""
    killed = record("c2", MARCH, edited(CI, status="killed"), decision("kill"))
    resumed = record("c3", APRIL, CI, decision("resume", "again"))

    found = sealed(FIRST, killed, resumed, record("c4", MAY, EASIER))

    assert not found.over
    assert found.state is SealState.UNSANCTIONED


def test_what_is_edited_in_the_commit_that_revives_it_needs_a_decision() -> None:
    """A resume brings the promise back as it was, and eases nothing."""
    killed = record("c2", MARCH, edited(CI, status="killed"), decision("kill"))
    resumed = record("c3", APRIL, EASIER, decision("resume", "again"))

    found = sealed(FIRST, killed, resumed)

    assert found.state is SealState.UNSANCTIONED
    assert found.judged is not None
    assert found.judged.criteria["duration"]["target"] == "<= 5"


SHIPPED = record("c2", MARCH, edited(CI, status="shipped"), decision("ship"))
LATE = record("c3", date(2026, 9, 2), edited(EASIER, status="shipped"))


def test_what_shipped_is_protected_until_its_last_criterion_has_settled() -> None:
    """A weekly metric settles four days after its deadline at the latest."""
    early = replace(LATE, date=date(2026, 8, 4))

    assert sealed(FIRST, SHIPPED, LATE).state is SealState.INTACT
    assert sealed(FIRST, SHIPPED, early).state is SealState.UNSANCTIONED
    assert not sealed(FIRST, SHIPPED, as_of=date(2026, 8, 4)).over
    assert sealed(FIRST, SHIPPED, as_of=date(2026, 8, 5)).over


def test_an_observation_settles_earlier() -> None:
    """One dated from the deadline on, of the criterion's own segment."""
    day = date(2026, 8, 1)

    def measured(segment: str) -> dict[str, MeasurementFile]:
        row = Observation(date(2026, 7, 31), segment, Fraction(5), 2)
        return {"ci-duration": MeasurementFile("ci-duration", "m.csv", (row,))}

    assert sealed(FIRST, SHIPPED, as_of=day, measurements=measured("")).over
    assert not sealed(FIRST, SHIPPED, as_of=day, measurements=measured("web")).over


def test_shipping_needs_its_decision_and_counts_from_the_next_commit_on() -> None:
    """Else one commit could ship and loosen at once."""
    undecided = record("c2", MARCH, edited(CI, status="shipped"))
    at_once = record("c2", date(2026, 9, 2), edited(EASIER, status="shipped"), decision("ship"))

    assert sealed(FIRST, undecided, LATE).state is SealState.UNSANCTIONED
    assert sealed(FIRST, at_once).state is SealState.UNSANCTIONED


def documents(*data: dict[str, Any]) -> Sequence[Document]:
    """The tree that is judged."""
    return tuple(Document(path_of(each), 0, each) for each in data)


def test_the_working_tree_is_one_more_change() -> None:
    """It has no commit and no date yet."""
    today = documents(EASIER, DURATION, FLAKES)

    found = seals((FIRST,), today, complete=True, as_of=MARCH)["faster-ci"]

    assert found.amendments == (Amendment(None, None, None, (TARGET,)),)


def test_a_working_tree_like_the_last_commit_changes_nothing() -> None:
    """The settings stand outside the tree's documents and stay as they were committed."""
    measured = edited(DURATION, source={"prometheus": {"query": "q", "connection": "prod"}})
    config = resource("Config", "house", {"connections": {"prod": {"prometheus": {"url": "a"}}}})
    first = record("c1", FEBRUARY, CI, measured, FLAKES, config)

    found = seals((first,), documents(CI, measured, FLAKES), complete=True, as_of=MARCH)

    assert found["faster-ci"].state is SealState.INTACT


def test_what_is_not_committed_seals_nothing() -> None:
    """A promise starts with its commit."""
    assert seals((), documents(CI, DURATION, FLAKES), complete=True, as_of=MARCH) == {}


def test_without_history_the_state_is_unknown() -> None:
    """With the reason, for everything that is now."""
    idea = resource("Initiative", "idea", {"problem": "p", "horizon": "next"})

    found = seals((), documents(CI, DURATION, idea), complete=False, reason="the clone is shallow")

    assert list(found) == ["faster-ci"]
    assert found["faster-ci"].state is SealState.UNKNOWN
    assert found["faster-ci"].reason == "the clone is shallow"


def test_what_base_protects() -> None:
    """Everything sealed and not over, and whatever is now; with the promise that stands."""
    killed = record("c2", MARCH, edited(CI, status="killed"), decision("kill"))
    unsanctioned = seals((FIRST, record("c2", MARCH, EASIER)), None, complete=True)
    over = seals((FIRST, killed), None, complete=True)

    assert protected({}, {"faster-ci": "now", "idea": "next"}) == {"faster-ci": None}
    assert protected(unsanctioned, {"faster-ci": "now"}) == {
        "faster-ci": unsanctioned["faster-ci"].judged
    }
    assert protected(over, {"faster-ci": "now"}) == {}


def test_used_decisions_survive_a_pivot() -> None:
    """A Decision counts once, whatever came after."""
    new = {"id": "adoption", "metric": "ci-duration", "target": "<= 9", "by": "2026-12-31"}
    relaxed = record("c2", MARCH, EASIER, decision("relax", "first", criterion="duration"))
    pivoted = record("c3", APRIL, edited(CI, successCriteria=[new]), decision("pivot", "second"))

    assert used_decisions(seals((FIRST, relaxed, pivoted), None, complete=True)) == {
        "first",
        "second",
    }


def test_a_thousand_commits_take_a_moment() -> None:
    """Each commit costs what it touches, not what the roadmap holds."""
    many = [
        renamed(edited(CI, problem=f"problem {number}"), f"item-{number}") for number in range(200)
    ]
    first = record("c0", FEBRUARY, DURATION, FLAKES, *many)
    commits = [first] + [
        record(
            f"c{number}",
            FEBRUARY + timedelta(number // 10),
            edited(many[number % 200], summary=f"{number}"),
        )
        for number in range(1, 1001)
    ]

    found = seals(commits, None, complete=True)

    assert len(found) == 200
    assert {each.state for each in found.values()} == {SealState.INTACT}
