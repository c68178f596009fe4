"""What is computed of resources is what a reader of the YAML would work out."""

from __future__ import annotations

from typing import Any

import pytest

from unit.evaluate.policy_world import decision, document, initiative, run, said

CI = document(
    "Metric",
    "ci",
    direction="lower",
    cadence="weekly",
    role="lagging",
    baseline={"value": 18, "date": "2026-01-15"},
)
NPS = document("Metric", "nps", direction="higher", cadence="monthly", role="leading")
BUILDS = document(
    "Metric", "builds", direction="higher", cadence="weekly", counts="output", pairsWith=["nps"]
)


def holds(expression: str, *documents: dict[str, Any], kind: str = "Initiative") -> bool:
    """Whether an expression holds for every resource of a kind."""
    rule = {
        "id": "ACME001",
        "rationale": "Because.",
        "match": {"kinds": [kind]},
        "validations": [{"expression": expression, "message": "it does not hold"}],
    }
    outcome = run(document("Policy", "rule", **rule), *documents)
    assert all(each.status == "fail" for each in outcome.findings), outcome.findings
    return said(outcome.findings, "ACME001") == []


def committed(name: str = "a", **spec: Any) -> dict[str, Any]:
    """A commitment."""
    return initiative(name, "now", status="active", committed="2026-02-02", **spec)


def criterion(metric: str, target: str, **more: Any) -> dict[str, Any]:
    """A success criterion."""
    return {"id": f"c-{metric}", "metric": metric, "target": target, "by": "2026-07-31", **more}


@pytest.mark.parametrize(
    ("said_of_it", "target", "more"),
    [
        ("c.agrees && !c.metByBaseline && c.baseline == 18.0", "<= 5", {}),
        ("!c.agrees && c.metByBaseline", ">= 5", {}),
        ("c.metByBaseline", "<= 5", {"baseline": {"value": 4}}),
        ("c.baseline == 4.0 && !has(c.baselineDate)", "<= 5", {"baseline": {"value": 4}}),
        ("c.baselineDate == '2026-01-15'", "<= 5", {}),
        ("c.agrees && !has(c.metByBaseline)", "decreasing", {}),
        ("c.agrees && c.metByBaseline", "between 17 and 19", {}),
        ("!c.metByBaseline", "<= baseline - 40%", {}),
        ("c.metByBaseline", "<= baseline + 10", {}),
        ("has(c.id) && !has(c.agrees) && !has(c.metric)", "soon", {}),
    ],
)
def test_criteria(said_of_it: str, target: str, more: dict[str, Any]) -> None:
    """A target is set beside its metric's direction and the baseline that counts."""
    promise = committed(successCriteria=[criterion("ci", target, **more)])
    assert holds(f"resource.computed.criteria.exists(c, {said_of_it})", promise, CI)


def test_unknown_metric() -> None:
    """Of a metric that is not there nothing is said."""
    promise = committed(successCriteria=[criterion("nothing", "<= 5")])
    assert holds("resource.computed.criteria.all(c, has(c.id) && !has(c.agrees))", promise)


@pytest.mark.parametrize(
    ("said_of_it", "when", "more"),
    [
        ("t.agrees && !has(t.contradicts)", ">= 15", {}),
        ("!t.agrees && t.contradicts == 'c-ci'", "<= 15", {}),
        ("t.contradicts == 'c-ci'", ">= 5", {}),
        ("!has(t.contradicts)", "> 5", {}),
        ("!has(t.contradicts)", ">= 5", {"segment": "mobile"}),
        ("!has(t.contradicts)", ">= 5", {"window": "14d", "aggregate": "mean"}),
        ("t.agrees && !has(t.contradicts)", "increasing", {}),
        ("t.contradicts == 'c-ci'", ">= baseline - 90%", {}),
        ("t.firstCheck == '2026-02-02'", ">= 15", {}),
        ("t.firstCheck == '2026-03-01'", ">= 15", {"from": "2026-03-01"}),
        ("t.firstCheck == '2026-04-30'", ">= 15", {"checkOn": ["2026-06-30", "2026-04-30"]}),
    ],
)
def test_thresholds(said_of_it: str, when: str, more: dict[str, Any]) -> None:
    """A threshold is set beside the targets on the same numbers."""
    promise = committed(
        successCriteria=[criterion("ci", "<= 5")],
        killThresholds=[{"id": "stop", "metric": "ci", "when": when, **more}],
    )
    assert holds(f"resource.computed.thresholds.exists(t, {said_of_it})", promise, CI)


def test_deadline_and_first_check() -> None:
    """The last deadline and the first checkpoint of several."""
    promise = committed(
        successCriteria=[criterion("ci", "<= 5"), criterion("nps", ">= 5", by="2026-12-31")],
        killThresholds=[
            {"id": "a", "metric": "ci", "when": ">= 15", "checkOn": ["2026-05-31"]},
            {"id": "b", "metric": "ci", "when": ">= 15", "checkOn": ["2026-04-30"]},
        ],
    )
    asked = (
        "resource.computed.deadline == '2026-12-31' && resource.computed.firstCheck == '2026-04-30'"
    )
    assert holds(asked, promise, CI)
    assert holds("!has(resource.computed.deadline)", committed())
    assert holds("!has(resource.computed.firstCheck)", committed())


def test_roles_and_pairs() -> None:
    """Roles are those of criteria and guardrails; a pair is missing where neither watches it."""
    promise = committed(successCriteria=[criterion("builds", ">= 5"), criterion("ci", "<= 5")])
    watched = committed(
        successCriteria=[criterion("builds", ">= 5")],
        guardrails=[{"id": "g", "metric": "nps", "target": ">= 40"}],
    )
    missing = "resource.computed.unpaired.exists(u, u.metric == 'builds' && u.without == 'nps')"
    assert holds(f"resource.computed.roles == ['lagging'] && {missing}", promise, CI, NPS, BUILDS)
    asked = "resource.computed.roles == ['leading'] && size(resource.computed.unpaired) == 0"
    assert holds(asked, watched, CI, NPS, BUILDS)


def test_dependencies() -> None:
    """What an initiative waits for, with its state; what does not exist is not among it."""
    waiting = initiative("a", dependsOn=["b", "gone"])
    other = initiative("b", "later", dependsOn=["b"])
    asked = (
        "resource.computed.waitsFor.map(w, w.name) == ['b']"
        " && resource.computed.waitsFor[0].horizon == 'later'"
        " && resource.computed.waitsFor[0].status == 'proposed'"
    )
    assert holds(asked, waiting, other)


def test_metric() -> None:
    """A metric knows which commitments succeed or fail by it, and what share of all that is."""
    promises = [committed("a", successCriteria=[criterion("ci", "<= 5")])]
    promises += [committed("b", successCriteria=[criterion("nps", ">= 5")]), committed("c")]
    promises += [initiative("d", "next", successCriteria=[criterion("ci", "<= 5")])]
    asked = "resource.computed.initiatives == ['a'] && resource.computed.share == 0.5"
    assert holds(asked, CI, NPS, *promises, kind="Metric") is False
    assert holds(f"resource.metadata.name != 'ci' || ({asked})", CI, NPS, *promises, kind="Metric")
    assert holds("!has(resource.computed.share)", BUILDS, *promises, kind="Metric")


def test_goal() -> None:
    """A goal's metrics of output are named."""
    goal = document("Goal", "g", outcome="More.", metrics=["builds", "ci", "gone"])
    assert holds("resource.computed.outputMetrics == ['builds']", goal, CI, BUILDS, kind="Goal")


def test_team() -> None:
    """A team's open commitments, not what is paused or only next."""
    promises = [committed("a"), initiative("b", "next"), committed("c")]
    promises[2]["spec"]["status"] = "paused"
    for each in promises:
        each["metadata"]["owner"] = "core"
    team = document("Team", "core")
    assert holds("resource.computed.inNow == ['a']", team, *promises, kind="Team")
    assert holds("resource.computed.unsized == ['a']", team, *promises, kind="Team")
    promises[0]["spec"]["rice"] = {"reach": 10, "impact": 1, "confidence": 100, "effort": 3}
    assert holds("size(resource.computed.unsized) == 0", team, *promises, kind="Team")
    assert holds("size(resource.computed.inNow) == 0", document("Team", "other"), kind="Team")


def evidence(name: str, date: str, method: str = "interview", **spec: Any) -> dict[str, Any]:
    """A piece of research."""
    return document("Evidence", name, method=method, date=date, **spec)


def test_newest() -> None:
    """The newest Evidence of a method, and of an initiative; what is still to come is neither."""
    found = [
        evidence("a", "2026-01-01", supports=["x"]),
        evidence("b", "2026-03-01"),
        evidence("c", "2026-03-01"),
        evidence("d", "2026-08-01", supports=["x"]),
        evidence("e", "2025-01-01", "survey"),
    ]
    newest = "resource.computed.isNewest == (resource.metadata.name in ['b', 'e'])"
    assert holds(newest, *found, kind="Evidence")
    assert holds("resource.computed.newestEvidence == '2026-01-01'", initiative("x"), *found)
    assert holds("!has(resource.computed.newestEvidence)", initiative("y"), *found)


def review(name: str, date: str, **looked_at: list[str]) -> dict[str, Any]:
    """A checkpoint that took place."""
    return document("Review", name, date=date, outcome="continue", **looked_at)


def test_reviews() -> None:
    """The last Review that looked at it, up to the day judged."""
    found = [
        review("a", "2026-03-01", initiatives=["x"]),
        review("b", "2026-04-01", initiatives=["x", "y"], visions=["v"]),
        review("c", "2026-08-01", initiatives=["x"], visions=["v"]),
    ]
    assert holds("resource.computed.lastReview == '2026-04-01'", initiative("x"), *found)
    assert holds("!has(resource.computed.lastReview)", initiative("z"), *found)
    vision = document("Vision", "v", persona="dev", narrative="One day.")
    asked = "resource.computed.lastReview == '%s'"
    assert holds(asked % "2026-04-01", vision, *found, kind="Vision")
    versions = [
        {"version": number + 1, "date": date, "why": "Learned."}
        for number, date in enumerate(["2026-05-01", "2026-09-01"])
    ]
    vision["spec"]["versions"] = versions
    assert holds(asked % "2026-05-01", vision, *found, kind="Vision")


def test_stages() -> None:
    """A stage has the initiatives that it names, and those that touch it for its persona."""
    journey = document(
        "Journey",
        "j",
        persona="dev",
        stages=[{"stage": "use", "pain": "Slow.", "initiatives": ["a", "gone"]}, {"stage": "exit"}],
    )
    others = [
        initiative("a", status="shipped"),
        initiative("b", touches=["use"], personas=["dev"]),
        initiative("c", touches=["use"], personas=["data"]),
        initiative("d", touches=["use"], personas=["dev"], status="killed"),
    ]
    stages = "resource.computed.stages"
    asked = (
        f"{stages}[0].initiatives == ['a', 'b'] && {stages}[0].open == ['b']"
        f" && {stages}[0].pain == 'Slow.' && size({stages}[1].initiatives) == 0"
        f" && !has({stages}[1].pain)"
    )
    assert holds(asked, journey, *others, kind="Journey")


def test_launch() -> None:
    """A launch knows how what it launches stands, if that is there."""
    launch = document("Launch", "l", initiative="a", date="2026-04-15")
    asked = "resource.computed.initiativeStatus == 'active'"
    assert holds(asked, launch, committed("a"), kind="Launch")
    assert holds("!has(resource.computed.initiativeStatus)", launch, kind="Launch")


def test_service() -> None:
    """A requirement has a dated baseline of its own, or its metric's; else it is named."""
    own = {"value": 1, "date": "2026-01-01"}
    nfrs = [
        {"id": "own", "metric": "nps", "target": ">= 2", "baseline": own},
        {"id": "metric", "metric": "ci", "target": "<= 5"},
        {"id": "undated", "metric": "nps", "target": ">= 2", "baseline": {"value": 1}},
        {"id": "none", "metric": "gone", "target": ">= 2"},
    ]
    service = document("Service", "s", nfrs=nfrs)
    asked = "resource.computed.unbaselined == ['undated', 'none']"
    assert holds(asked, service, CI, NPS, kind="Service")


def test_renewals() -> None:
    """A Decision of the same type about the same is a renewal; another is not."""
    about = {"policy": "ACME001", "initiative": "a"}
    waivers = [
        decision(f"waive-{number}", "waive", about, date=f"2026-0{number}-01", until="2026-12-31")
        for number in (1, 2, 3)
    ]
    other = decision("other", "waive", {"policy": "ACME001", "initiative": "b"}, until="2026-12-31")
    asked = "resource.metadata.name != 'waive-3' || resource.computed.renewals == 2"
    assert holds(asked, *waivers, other, kind="Decision")
    alone = "resource.metadata.name == 'waive-1' || resource.metadata.name == 'other'"
    assert holds(f"!({alone}) || resource.computed.renewals == 0", *waivers, other, kind="Decision")


def test_total_days() -> None:
    """An exception and its renewals last together; nobody knows without an end."""
    about = {"policy": "ACME001", "initiative": "a"}
    first = decision("first", "waive", about, date="2026-01-01", until="2026-01-31")
    second = decision("second", "waive", about, date="2026-02-01", until="2026-02-11")
    endless = decision("endless", "commit", {"initiative": "a"})
    asked = "resource.metadata.name != '{}' || {}".format
    assert holds(
        asked("first", "resource.computed.totalDays == 30"), first, second, kind="Decision"
    )
    assert holds(
        asked("second", "resource.computed.totalDays == 40"), first, second, kind="Decision"
    )
    assert holds("!has(resource.computed.totalDays)", endless, kind="Decision")


@pytest.mark.parametrize(
    ("asked", "spec"),
    [
        ("resource.computed.participants == 5", {"participants": {"dev": 3, "data": 2}}),
        ("resource.computed.participants == 40", {"sample": 40}),
        ("resource.computed.participants == 0 && !has(resource.computed.effect)", {}),
        (
            "resource.computed.effect == 'positive' && resource.computed.significance > 99.6",
            {"arms": {"control": (410, 246), "treatment": (402, 281)}},
        ),
        ("!has(resource.computed.significance)", {"arms": {"a": (9, 2), "b": (9, 4)}}),
    ],
)
def test_evidence(asked: str, spec: dict[str, Any]) -> None:
    """Participants are added up, and the significance of an experiment is recomputed."""
    if arms := spec.pop("arms", None):
        counts = {name: {"n": n, "successes": k} for name, (n, k) in arms.items()}
        spec = {"experiment": {"arms": counts}}
    found = document("Evidence", "e", method="survey", date="2026-01-20", **spec)
    assert holds(asked, found, kind="Evidence")
