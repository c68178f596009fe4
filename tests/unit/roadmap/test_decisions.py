"""Which Decisions count for a change, and who must approve them."""

from __future__ import annotations

from typing import Any

import pytest

from roadgate.history.seal import seals
from roadgate.model.change import Change, Context, NewDecision
from roadgate.model.finding import Severity, Status
from unit.roadmap.changes import (
    BASE,
    CI,
    COMMITTED,
    CORE,
    DURATION,
    FLAKES,
    HEAD,
    INTERVIEWS,
    change,
    codes,
    context,
    decision,
    edited,
    fields,
    offending,
    record,
    resource,
    swapped,
    without,
)

EASIER = edited(CI, duration__target="<= 6")
TARGET = "faster-ci spec.successCriteria[duration].target"
RELAX = decision("relax", criterion="duration")
NEW = {"id": "adoption", "metric": "ci-duration", "target": "<= 9", "by": "2026-12-31"}


def relaxed(pull_request: Context | None, *more: dict[str, Any]) -> Change:
    """A target made easier, with its Decision."""
    return change(BASE, swapped(EASIER, RELAX, *more), pull_request=pull_request)


@pytest.mark.parametrize(
    ("head", "allowing"),
    [
        (EASIER, RELAX),
        (EASIER, decision("relax", criterion="duration", resource="Initiative/faster-ci")),
        (EASIER, decision("relax", criterion="duration", to="<= 6.0")),
        (without(CI, "duration"), RELAX),
        (
            edited(CI, duration__by="2026-09-30"),
            decision("relax", criterion="duration", to="2026-09-30"),
        ),
        (without(CI, "no-movement"), decision("relax", threshold="no-movement")),
        (without(CI, "flakes"), decision("relax", guardrail="flakes")),
        (edited(CI, committed="2026-06-18"), decision("relax")),
        (without(CI, "up"), decision("relax")),
        (edited(DURATION, unit="s"), decision("relax", metric="ci-duration")),
        (edited(INTERVIEWS, sample=20), decision("correct", evidence="interviews")),
        (edited(CI, status="killed"), decision("kill")),
        (edited(CI, status="shipped"), decision("ship")),
        (edited(CI, status="paused"), decision("pause")),
        (edited(CI, horizon="next"), decision("pause")),
        (edited(CI, horizon="later"), decision("kill")),
        (edited(CI, successCriteria=[NEW], killThresholds=[]), decision("pivot")),
        (edited(CI, successCriteria=[NEW], horizon="next"), decision("pivot")),
    ],
)
def test_an_approved_decision_allows_what_it_names(
    head: dict[str, Any], allowing: dict[str, Any]
) -> None:
    """The field says which Decision it was, and that it is approved."""
    found = change(BASE, swapped(head, allowing))

    assert offending(found) == set()
    allowed = [each for each in fields(found).values() if each.decision]
    assert allowed
    assert {(each.decision, each.approval) for each in allowed} == {("decided", "yes")}


@pytest.mark.parametrize(
    ("head", "other"),
    [
        (EASIER, decision("relax", criterion="felt")),
        (EASIER, decision("relax", threshold="duration")),
        (EASIER, decision("relax")),
        (EASIER, decision("relax", criterion="duration", to="<= 7")),
        (EASIER, decision("continue", criterion="duration")),
        (EASIER, decision("override", criterion="duration", until="2026-12-31")),
        (EASIER, decision("kill")),
        (without(CI, "duration"), decision("relax", criterion="duration", to="<= 6")),
        (edited(CI, committed="2026-06-18"), RELAX),
        (edited(DURATION, unit="s"), decision("relax", metric="flake-rate")),
        (edited(DURATION, unit="s"), decision("correct", metric="ci-duration")),
        (edited(INTERVIEWS, sample=20), decision("relax")),
        (edited(CI, status="killed"), decision("pause")),
        (edited(CI, horizon="next"), decision("relax")),
    ],
)
def test_any_other_decision_allows_nothing(head: dict[str, Any], other: dict[str, Any]) -> None:
    """Neither another type nor another item."""
    assert len(offending(change(BASE, swapped(head, other)))) == 1


@pytest.mark.parametrize(
    ("pull_request", "answer"),
    [
        (context(("example-vp", "approved")), "yes"),
        (context(("EXAMPLE-vp", "approved")), "yes"),
        (context(("example-vp", "approved"), ("example-vp", "commented")), "yes"),
        (context(("example-vp", "changes-requested"), ("example-vp", "approved")), "yes"),
        (context(("example-vp", "approved"), ("example-vp", "changes-requested")), "no"),
        (context(("example-vp", "approved"), ("example-vp", "dismissed")), "no"),
        (context(("example-vp", "commented")), "no"),
        (context(("stranger", "approved")), "no"),
        (context(("example-pm", "approved")), "no"),
        (context(("Example-PM", "approved"), author="example-pm"), "no"),
        (context(), "no"),
        (context(("example-pm", "approved"), author="x", authors=("x", "example-vp")), "yes"),
        (None, "unknown"),
    ],
)
def test_an_approval_is_a_review_of_this_head_by_another_member(
    pull_request: Context | None, answer: str
) -> None:
    """The last review of each person that is no comment counts; logins compare without case."""
    found = relaxed(pull_request)

    assert fields(found)[TARGET].approval == answer
    assert (offending(found) == set()) == (answer == "yes")
    assert found.decisions == (NewDecision("decided", answer),)  # type: ignore[arg-type]  # one of three
    assert found.decisions[0].counts == (answer == "yes")
    assert codes(found) == ([] if answer == "yes" else ["RG041"])


def test_a_review_of_an_earlier_head_is_no_approval() -> None:
    """It was given to another text."""
    review = context(("example-vp", "approved")).reviews[0]
    earlier = context(reviews=(type(review)(review.by, review.state, "ee" * 20, review.date),))

    assert fields(relaxed(earlier))[TARGET].approval == "no"


def test_without_a_context_the_answer_is_unknown() -> None:
    """It says where it is decided, and fails."""
    (finding,) = relaxed(None).findings

    assert "decided on the pull request" in finding.message
    assert (finding.severity, finding.status) == (Severity.ERROR, Status.UNKNOWN)


def test_a_context_of_another_head_is_ignored_whole() -> None:
    """With an error; nothing of it counts."""
    found = relaxed(context(("example-vp", "approved"), head="ee" * 20))

    assert codes(found) == ["RG042", "RG041"]
    assert fields(found)[TARGET].approval == "unknown"


def test_a_merge_queue_evaluates_a_commit_on_top_of_the_head() -> None:
    """The reviews of the head count for it."""
    queued = context(("example-vp", "approved"), head="ee" * 20, evaluated=HEAD)
    reviews = tuple(
        type(each)(each.by, each.state, "ee" * 20, each.date) for each in queued.reviews
    )
    merged = context(reviews=reviews, head="ee" * 20, evaluated=HEAD)

    assert fields(relaxed(queued))[TARGET].approval == "no"
    assert fields(relaxed(merged))[TARGET].approval == "yes"


def config(**approvals: Any) -> dict[str, Any]:
    """The settings of base."""
    return {"apiVersion": "roadgate/v1", "kind": "Config", "spec": approvals}


LEADS = resource(
    "Team",
    "leads",
    {"members": [{"role": "a", "github": "lead-a"}, {"role": "b", "github": "lead-b"}]},
)


@pytest.mark.parametrize(
    ("asked", "by", "answer"),
    [
        ({"relax": {"team": "leads"}}, ["lead-a"], "yes"),
        ({"relax": {"team": "leads"}}, ["example-vp"], "no"),
        ({"relax": {"team": "leads", "count": 2}}, ["lead-a"], "no"),
        ({"relax": {"team": "leads", "count": 2}}, ["lead-a", "lead-b"], "yes"),
        ({"kill": {"team": "leads", "count": 2}}, ["example-vp"], "yes"),
        ({"relax": {"count": 2}}, ["lead-a", "example-vp"], "yes"),
    ],
)
def test_the_settings_of_base_say_how_many_of_whom(
    asked: dict[str, Any], by: list[str], answer: str
) -> None:
    """By the Decision's type; without a setting one member of any Team."""
    base = [*BASE, LEADS, config(approvals=asked)]
    pull_request = context(*((each, "approved") for each in by))

    found = change(base, [*swapped(EASIER, RELAX, LEADS), base[-1]], pull_request=pull_request)

    assert fields(found)[TARGET].approval == answer


def test_a_change_cannot_add_its_own_approvers() -> None:
    """Teams count as base knows them, also where the forge knows a team of that name."""
    mine = edited(CORE, members=[{"role": "friend", "github": "friend"}])
    by_friend = context(("friend", "approved"), teams={"core": ("friend",)})
    settings = config(approvals={"relax": {"team": "core"}})

    assert fields(relaxed(by_friend, mine))[TARGET].approval == "no"
    found = change(
        [*BASE, settings], [*swapped(EASIER, RELAX, mine), settings], pull_request=by_friend
    )
    assert fields(found)[TARGET].approval == "no"


def test_a_team_that_base_does_not_declare_is_the_forges() -> None:
    """Without its bots."""
    settings = config(approvals={"relax": {"team": "outside"}})
    for login, answer in (("friend", "yes"), ("helper[bot]", None)):
        pull_request = context((login, "approved"), teams={"outside": (login,)})
        found = change(
            [*BASE, settings], [*swapped(EASIER, RELAX), settings], pull_request=pull_request
        )

        assert fields(found)[TARGET].approval == answer


@pytest.mark.parametrize(
    ("presets", "severity"),
    [(["essential"], "warning"), (["recommended"], "error"), (["strict"], "error")],
)
def test_where_nobody_could_approve_it_is_said(presets: list[str], severity: str) -> None:
    """A warning as long as little is asked, else an error."""
    settings = config(policies={"presets": presets})
    base = [CI, DURATION, FLAKES, INTERVIEWS, settings]

    found = change(base, [EASIER, DURATION, FLAKES, INTERVIEWS, RELAX, settings])

    assert [(each.id, each.severity) for each in found.findings] == [("RG041", severity)]
    assert fields(found)[TARGET].decision == "decided"
    assert fields(found)[TARGET].approval is None


def test_the_only_member_cannot_approve_alone() -> None:
    """A team of one, whose one wrote the change, has nobody to ask."""
    alone = edited(CORE, members=[{"role": "all", "github": "example-pm"}])
    base = [CI, DURATION, FLAKES, INTERVIEWS, alone]

    found = change(base, [EASIER, DURATION, FLAKES, INTERVIEWS, alone, RELAX])

    assert [(each.id, each.severity) for each in found.findings] == [("RG041", "warning")]


def test_each_new_decision_asks_for_approval() -> None:
    """Else one that allows nothing yet would be merged unseen and count from then on."""
    ahead = decision("relax", criterion="duration", to="<= 6")

    assert codes(change(BASE, [*BASE, ahead], pull_request=context())) == ["RG041"]
    assert codes(change(BASE, [*BASE, ahead])) == []


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        ("2026-06-20", True),
        ("2026-06-06", True),
        ("2026-06-05", False),
        ("2026-06-21", False),
    ],
)
def test_a_new_decision_is_dated_within_two_weeks(day: str, *, counts: bool) -> None:
    """Nobody decides in the past or in the future."""
    found = change(BASE, swapped(EASIER, decision("relax", criterion="duration", date=day)))

    assert (offending(found) == set()) == counts
    assert found.decisions[0].counts == counts
    assert codes(found) == ([] if counts else ["RG045"])


def test_a_roadmap_that_is_brought_in_whole_brings_its_record() -> None:
    """Its Decisions were made before; but not after."""
    old, ahead = (decision("continue", date=day) for day in ("2025-06-20", "2026-06-21"))

    assert "RG045" not in codes(change(None, [*BASE, old]))
    assert "RG045" in codes(change(None, [*BASE, ahead]))


@pytest.mark.parametrize(
    "criteria",
    [
        [{**NEW, "by": "2026-06-20"}],
        [{**CI["spec"]["successCriteria"][0], "target": "<= 9"}],
    ],
)
def test_a_pivot_brings_a_new_criterion(criteria: list[dict[str, Any]]) -> None:
    """One that was not there, and whose deadline lies ahead."""
    found = change(BASE, swapped(edited(CI, successCriteria=criteria), decision("pivot")))

    assert codes(found) == ["RG045"]
    assert offending(found)


def test_a_metric_may_change_when_everybody_who_promised_on_it_pivots() -> None:
    """One pivot of two is not enough."""
    other = {
        **edited(CI, nfrs=[], rollout=[], guardrails=[]),
        "metadata": {"name": "other", "title": "o"},
    }
    metric = edited(DURATION, unit="s")
    pivoted = edited(CI, successCriteria=[NEW])
    also = edited(other, successCriteria=[NEW])
    one = [*swapped(pivoted, metric, decision("pivot")), other]
    both = [
        *swapped(pivoted, metric, decision("pivot"), decision("pivot", "two", initiative="other")),
        also,
    ]

    assert offending(change([*BASE, other], one)) == {"ci-duration spec.unit"}
    assert offending(change([*BASE, other], both)) == set()


AHEAD = decision("relax", "ahead", criterion="duration", to="<= 6")


def test_a_decision_of_base_counts_for_exactly_what_it_says() -> None:
    """Nobody is asked again."""
    found = change([*BASE, AHEAD], [*swapped(EASIER), AHEAD], pull_request=context())

    assert offending(found) == set()
    assert fields(found)[TARGET].decision == "ahead"
    assert fields(found)[TARGET].approval is None
    more = edited(CI, duration__target="<= 6.5")
    assert offending(change([*BASE, AHEAD], [*swapped(more), AHEAD])) == {TARGET}


def test_a_decision_of_base_without_a_text_has_counted_already() -> None:
    """It was for the change that brought it."""
    old = decision("relax", "old", criterion="duration")

    assert offending(change([*BASE, old], [*swapped(EASIER), old])) == {TARGET}


def test_a_decision_of_base_counts_once() -> None:
    """What it said was set, and taken back since."""
    first = record("c1", COMMITTED, *BASE, AHEAD)
    history = seals(
        (first, record("c2", COMMITTED, EASIER), record("c3", COMMITTED, CI)), None, complete=True
    )

    found = change([*BASE, AHEAD], [*swapped(EASIER), AHEAD], history=history)

    assert offending(found) == {TARGET}


def test_a_decision_of_base_that_has_ended_counts_no_more() -> None:
    """``until`` is inclusive."""
    for until, expected in (("2026-06-20", set()), ("2026-06-19", {TARGET})):
        ended = decision("relax", "ahead", criterion="duration", to="<= 6", until=until)

        assert offending(change([*BASE, ended], [*swapped(EASIER), ended])) == expected


@pytest.mark.parametrize(
    ("decisions", "head", "allowed"),
    [
        ([decision("pause", "p")], edited(CI, horizon="next"), True),
        ([decision("pause", "p", until="2026-06-19")], edited(CI, horizon="next"), False),
        ([decision("pause", "p")], edited(CI, status="paused"), True),
        ([decision("pause", "p"), decision("resume", "r")], edited(CI, status="paused"), False),
        ([decision("ship", "s")], edited(CI, status="shipped"), True),
        ([decision("ship", "s")], edited(CI, status="killed"), False),
    ],
)
def test_a_decision_of_base_in_force_lets_status_and_horizon_follow(
    decisions: list[dict[str, Any]], head: dict[str, Any], *, allowed: bool
) -> None:
    """The record came first, the field moves later."""
    found = change([*BASE, *decisions], [*swapped(head), *decisions], pull_request=None)

    assert (offending(found) == set()) == allowed


def test_the_best_of_several_decisions_counts() -> None:
    """One that is approved before one that is not."""
    settings = config(approvals={"relax": {"team": "leads"}})
    pivot = decision("pivot", "z-pivot")
    head = edited(CI, successCriteria=[NEW])
    base = [*BASE, LEADS, settings]

    found = change(base, [*swapped(head, RELAX, pivot, LEADS), settings])

    field = fields(found)["faster-ci spec.successCriteria[duration]"]
    assert (field.decision, field.approval) == ("z-pivot", "yes")


def test_a_relax_that_allows_nothing_is_a_notice() -> None:
    """It counts for this change only, and there is nothing to allow."""
    found = change(BASE, [*BASE, RELAX])

    assert [(each.id, each.severity) for each in found.findings] == [("RG035", "notice")]


def test_a_relax_that_heals_is_not_unused() -> None:
    """It allows what was pushed past everybody before."""
    first = record("c1", COMMITTED, *BASE)
    history = seals((first, record("c2", COMMITTED, EASIER)), None, complete=True)

    found = change(swapped(EASIER), swapped(EASIER, RELAX), history=history)

    assert codes(found) == []


@pytest.mark.parametrize(
    ("kind", "head", "expected"),
    [
        ("kill", CI, ["RG035"]),
        ("ship", CI, ["RG035"]),
        ("pause", CI, ["RG035"]),
        ("pause", edited(CI, horizon="next"), []),
        ("kill", edited(CI, status="killed"), []),
    ],
)
def test_a_decision_whose_field_did_not_move_is_a_warning(
    kind: str, head: dict[str, Any], expected: list[str]
) -> None:
    """The record and the field move together."""
    found = change(BASE, swapped(head, decision(kind)))

    assert codes(found) == expected


def test_a_decision_that_fails_its_schema_allows_nothing() -> None:
    """What cannot be read cannot be approved."""
    broken = edited(RELAX, because=None)

    assert offending(change(BASE, swapped(EASIER, broken))) == {TARGET}


@pytest.mark.parametrize(
    ("kind", "concerns", "message"),
    [
        ("waive", {"policy": "RG101"}, "initiative or resource or metric or evidence"),
        ("waive", {"initiative": "faster-ci"}, "policy"),
        ("override", {"resource": "Initiative/faster-ci"}, "policy"),
        ("relax", {"evidence": "interviews"}, "initiative or metric or policy or config"),
        ("correct", {"initiative": "faster-ci"}, "metric or evidence"),
        ("kill", {"metric": "ci-duration"}, "initiative"),
    ],
)
def test_a_decision_names_what_its_type_can_allow(
    kind: str, concerns: dict[str, str], message: str
) -> None:
    """Without, it would change nothing, whoever approves it."""
    found = decision(kind, until="2026-12-31", tradeoff="speed")
    found["spec"]["concerns"] = concerns

    told = [each.message for each in change(BASE, [*BASE, found]).findings if each.id == "RG045"]

    assert told == [f"a Decision of type {kind} names {message} in 'concerns'"]
