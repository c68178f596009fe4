"""What Decisions set aside, and what is said about those that set nothing aside."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from roadgate.evaluate.suppression import decide, suppress
from roadgate.model.finding import Enforcement, Finding, Severity, Status, Suppression
from roadgate.model.source import ResourceRef
from unit.evaluate.policy_world import TODAY, decision, initiative, roadmap

UNTIL = "2026-12-31"
CONCERNS = {"policy": "RG101", "initiative": "a"}


def finding(**more: Any) -> Finding:
    """A failing policy on initiative a."""
    known: dict[str, Any] = {
        "id": "RG101",
        "severity": Severity.ERROR,
        "message": "it does not hold",
        "enforcement": Enforcement.OVERRIDABLE,
        "resource": ResourceRef("Initiative", "a"),
    }
    return Finding(**{**known, **more})


def judged(found: Finding | None, *decisions: dict[str, Any], **more: Any) -> list[Finding]:
    """A finding, and what a roadmap with these Decisions makes of it."""
    findings = [] if found is None else [found]
    return suppress(findings, roadmap(initiative("a"), *decisions), TODAY, **more)


@pytest.mark.parametrize("kind", ["waive", "override"])
@pytest.mark.parametrize("concerns", [CONCERNS, {"policy": "RG101", "resource": "Initiative/a"}])
def test_set_aside(kind: str, concerns: dict[str, str]) -> None:
    """A Decision about an overridable policy sets its finding aside; the finding stays."""
    (found,) = judged(finding(), decision("d", kind, concerns, until=UNTIL))
    assert found.suppressed == Suppression("d", kind, date(2026, 12, 31))
    assert not found.fails


@pytest.mark.parametrize(
    ("concerns", "more"),
    [
        ({"policy": "RG201", "initiative": "a"}, {}),
        ({"policy": "RG101", "initiative": "b"}, {}),
        ({"policy": "RG101", "resource": "Evidence/a"}, {}),
        (CONCERNS, {"date": "2026-07-02"}),
        (CONCERNS, {"until": "2026-06-30"}),
    ],
)
def test_not_set_aside(concerns: dict[str, str], more: dict[str, str]) -> None:
    """Another policy, another resource or another time: nothing is set aside."""
    found = judged(finding(), decision("d", "waive", concerns, **{"until": UNTIL, **more}))[0]
    assert found.suppressed is None


@pytest.mark.parametrize("kind", ["waive", "override"])
def test_an_exception_without_an_end(kind: str) -> None:
    """It is an error of its own, which a baseline may hold, and sets nothing aside meanwhile."""
    found = judged(finding(), decision("d", kind, CONCERNS))[0]
    assert found.suppressed is None


def test_until_is_inclusive() -> None:
    """On its last day a Decision still counts."""
    found = judged(finding(), decision("d", "waive", CONCERNS, until="2026-07-01"))[0]
    assert found.suppressed is not None


def test_mandatory() -> None:
    """A mandatory policy cannot be set aside, and the Decision is told so."""
    found, notice = judged(
        finding(enforcement=Enforcement.MANDATORY), decision("d", "waive", CONCERNS, until=UNTIL)
    )
    assert found.suppressed is None
    assert notice.message == "Decision 'd' cannot set aside 'RG101': the policy is mandatory"


def test_engine_codes() -> None:
    """What the engine itself finds cannot be set aside."""
    concerns = {"policy": "RG012", "initiative": "a"}
    found = judged(finding(id="RG012"), decision("d", "waive", concerns, until=UNTIL))[0]
    assert found.suppressed is None


@pytest.mark.parametrize(
    ("approval", "status", "suppressed"),
    [("yes", Status.FAIL, True), ("no", Status.FAIL, False), ("unknown", Status.UNKNOWN, False)],
)
def test_approval(approval: str, status: Status, *, suppressed: bool) -> None:
    """A Decision that the change brings counts once it is approved."""
    waiver = decision("d", "waive", CONCERNS, until=UNTIL)
    (found,) = judged(finding(), waiver, countable={"d": approval})
    assert (found.suppressed is not None) is suppressed
    assert found.status is status
    assert found.fails is not suppressed


def test_unused() -> None:
    """A Decision that sets nothing aside is a notice."""
    (notice,) = judged(None, decision("d", "waive", CONCERNS, until=UNTIL))
    assert (notice.id, notice.severity) == ("RG035", Severity.NOTICE)
    assert notice.message == "Decision 'd' sets nothing aside: 'RG101' holds without it"
    assert notice.resource == ResourceRef("Decision", "d")


def test_asked_for_by_the_rule() -> None:
    """A Decision that a rule asked for is used, though it suppressed nothing here."""
    override = decision("d", "override", CONCERNS, until=UNTIL, tradeoff="x")
    assert judged(None, override, used={"d"}) == []


def test_suppressed_before() -> None:
    """A finding that a rule found suppressed stays so, and its Decision is used."""
    by = Suppression("d", "override", date(2026, 12, 31))
    override = decision("d", "override", CONCERNS, until=UNTIL, tradeoff="x")
    found = finding(suppressed=by, enforcement=Enforcement.MANDATORY)
    assert judged(found, override) == [found]


@pytest.mark.parametrize(("until", "warned"), [("2026-07-15", True), ("2026-07-16", False)])
def test_expiring(until: str, *, warned: bool) -> None:
    """Within 14 days of its end a Decision that is needed is a warning."""
    rest = judged(finding(), decision("d", "waive", CONCERNS, until=until))[1:]
    assert [each.severity for each in rest] == ([Severity.WARNING] if warned else [])


def test_expired() -> None:
    """An expired Decision is a notice, which says whether it is missed."""
    past = decision("d", "waive", CONCERNS, until="2026-06-30")
    assert judged(finding(), past)[1].message == (
        "Decision 'd' expired on 2026-06-30, and what it set aside is still there"
    )
    assert judged(None, past)[0].message == "Decision 'd' expired on 2026-06-30"


def test_unknown_policy() -> None:
    """A Decision against a policy that does not exist is told."""
    concerns = {"policy": "RG110", "initiative": "a"}
    (found,) = judged(None, decision("d", "waive", concerns, until=UNTIL), known={"RG101"})
    assert (found.id, found.severity, found.field) == (
        "RG012",
        Severity.ERROR,
        "spec.concerns.policy",
    )
    assert found.message == (
        "Decision 'd' sets aside 'RG110', which no policy is called; did you mean 'RG101'?"
    )
    (ended,) = judged(None, decision("d", "waive", concerns, until="2026-06-30"), known={"RG101"})
    assert ended.severity is Severity.NOTICE


def standing(*decisions: dict[str, Any], **more: Any) -> dict[str, tuple[str, int]]:
    """How each Decision stands, and how many findings it sets aside."""
    found = decide(
        [finding(), finding(enforcement=Enforcement.MANDATORY, id="RG201")],
        roadmap(initiative("a"), *decisions),
        TODAY,
        known={"RG101", "RG201", "RG301"},
        **more,
    )
    return {each.name: (each.standing.value, each.findings) for each in found.exceptions}


def test_every_exception_is_in_the_account() -> None:
    """Used, unused, expired and soon expiring ones, and those that cannot count, each once."""
    mandatory, other = ({"policy": each, "initiative": "a"} for each in ("RG201", "RG301"))
    assert standing(
        decision("a-used", "waive", CONCERNS, until=UNTIL),
        decision("b-late", "waive", CONCERNS, until=UNTIL, date="2026-07-02"),
        decision("c-over", "waive", CONCERNS, until="2026-06-30"),
        decision("d-refused", "override", mandatory, until=UNTIL),
        decision("e-unused", "waive", other, until=UNTIL),
        decision("f-slip", "waive", {"policy": "RG999", "initiative": "a"}, until=UNTIL),
        decision("g-displaces", "override", {"initiative": "a", "over": "b"}, until=UNTIL),
        decision("h-course", "continue", {"initiative": "a"}, until=UNTIL),
        used=["g-displaces"],
    ) == {
        "a-used": ("used", 1),
        "b-late": ("later", 0),
        "c-over": ("expired", 0),
        "d-refused": ("refused", 0),
        "e-unused": ("unused", 0),
        "f-slip": ("unknown-policy", 0),
        "g-displaces": ("used", 0),
    }


def test_soon_over_and_awaited() -> None:
    """One that ends within 14 days is used; one that nobody has approved sets nothing aside."""
    soon = decision("soon", "waive", CONCERNS, until="2026-07-15")
    assert standing(soon) == {"soon": ("expiring", 1)}
    assert standing(soon, countable={"soon": "unknown"}) == {"soon": ("awaiting", 0)}


def test_who_approved() -> None:
    """The account says who approves the change that brings an exception."""
    new, old = (decision(each, "waive", CONCERNS, until=UNTIL) for each in ("new", "old"))
    found = decide(
        [finding()],
        roadmap(initiative("a"), new, old),
        TODAY,
        countable={"new": "yes"},
        approvers=["example-vp"],
    )
    assert [(each.name, each.approved_by) for each in found.exceptions] == [
        ("new", ("example-vp",)),
        ("old", ()),
    ]


def test_the_roadmap_as_a_whole() -> None:
    """A finding about no resource is set aside by a Decision that names the policy alone."""
    whole = finding(resource=None)
    (found,) = judged(whole, decision("d", "waive", {"policy": "RG101"}, until=UNTIL))
    assert found.suppressed is not None


def test_other_decisions_are_left_alone() -> None:
    """Decisions of other types set nothing aside, and nothing is said about them."""
    assert judged(finding(), decision("d", "continue", {"initiative": "a"}, until=UNTIL)) == [
        finding()
    ]


def test_an_override_that_the_rule_does_not_take() -> None:
    """Where a rule says which override will do, no other sets its finding aside; a waiver does."""
    override = decision("d", "override", CONCERNS, until=UNTIL, tradeoff="x")
    found, notice = judged(finding(asks=True), override)
    assert found.suppressed is None
    assert notice.message == (
        "Decision 'd' is not the override that 'RG101' asks for, and sets nothing aside"
    )
    (waived,) = judged(finding(asks=True), decision("d", "waive", CONCERNS, until=UNTIL))
    assert waived.suppressed is not None


def test_a_renewal() -> None:
    """Of several Decisions the one that lasts longest sets aside; the others are told."""
    first = decision("a", "waive", CONCERNS, until="2026-07-05")
    found, notice = judged(finding(), first, decision("b", "waive", CONCERNS, until=UNTIL))
    assert found.suppressed is not None
    assert found.suppressed.by == "b"
    assert notice.message == "Decision 'a' sets nothing aside: 'b' does"
