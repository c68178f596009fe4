"""References that lead somewhere, and those that do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from roadgate.load.project import load_project
from roadgate.load.trees import FolderTree
from roadgate.roadmap.link import link
from unit.load.repositories import document, write
from unit.roadmap.roadmaps import METRIC, initiative, linked, told

if TYPE_CHECKING:
    from pathlib import Path


def decision(concerns: str, kind: str = "commit", more: str = "") -> str:
    """A Decision about something."""
    return document(
        "Decision",
        "d",
        f"{{type: {kind}, concerns: {concerns}, date: 2026-01-01, by: [x], because: y{more}}}",
    )


START = "correct the name, or declare it: roadgate new"
SERVICE = "nfrs: [{id: a, metric: ci-duration, target: '> 1'}]"
FEEDBACK = "feedback: {metrics: [nothing], every: 90d}"
STAGE = "{persona: developer, stages: [{stage: use, %s}]}"
LAUNCH = "{initiative: i, date: 2026-01-01, %s}"
VISION = "{persona: developer, narrative: x, %s}"
REVIEW = "{date: 2026-01-01, outcome: x, %s}"


@pytest.mark.parametrize(
    ("kind", "spec", "field", "target"),
    [
        ("Journey", "{persona: nothing}", "spec.persona", "Persona"),
        ("Journey", STAGE % "metric: nothing", "spec.stages[0].metric", "Metric"),
        ("Journey", STAGE % "owner: nothing", "spec.stages[0].owner", "Team"),
        ("Journey", STAGE % "initiatives: [nothing]", "spec.stages[0].initiatives[0]",
         "Initiative"),
        ("Journey", STAGE % "touchpoints: [{name: x, owner: nothing}]",
         "spec.stages[0].touchpoints[0].owner", "Team"),
        ("Journey", STAGE % "budgets: [{id: a, metric: nothing, target: '> 1'}]",
         "spec.stages[0].budgets[a].metric", "Metric"),
        ("Service", "{dependsOn: [nothing]}", "spec.dependsOn[0]", "Service"),
        ("Service", "{consumers: [nothing]}", "spec.consumers[0]", "Persona"),
        ("Service", f"{{{SERVICE.replace('ci-duration', 'nothing')}}}", "spec.nfrs[a].metric",
         "Metric"),
        ("Service", f"{{{FEEDBACK}}}", "spec.feedback.metrics[0]", "Metric"),
        ("Canvas", "{customers: [nothing]}", "spec.customers[0]", "Persona"),
        ("Canvas", "{metrics: [nothing]}", "spec.metrics[0]", "Metric"),
        ("Launch", "{initiative: nothing, date: 2026-01-01}", "spec.initiative", "Initiative"),
        ("Launch", LAUNCH % "champions: {nothing: 1}", "spec.champions.nothing", "Team"),
        ("Launch", LAUNCH % "successCriteria: [{id: a, metric: nothing, target: '> 1', "
         "by: 2026-02-01}]", "spec.successCriteria[a].metric", "Metric"),
        ("Vision", "{persona: nothing, narrative: x}", "spec.persona", "Persona"),
        ("Vision", VISION % "goodEnough: [{phase: a, metric: nothing, target: '> 1'}]",
         "spec.goodEnough[0].metric", "Metric"),
        ("Vision", VISION % "validated: [nothing]", "spec.validated[0]", "Evidence"),
        ("Review", REVIEW % "initiatives: [nothing]", "spec.initiatives[0]", "Initiative"),
        ("Review", REVIEW % "visions: [nothing]", "spec.visions[0]", "Vision"),
        ("Lifecycle", ("{field: spec.horizon, transitions: [{from: next, to: now, approvals: "
         "[{team: nothing}]}]}"), "spec.transitions[0].approvals[0].team", "Team"),
    ],
)  # fmt: skip
def test_every_kind_names_what_exists(
    tmp_path: Path, kind: str, spec: str, field: str, target: str
) -> None:
    """A name that leads nowhere is an error at its field, whatever kind writes it."""
    found = told(tmp_path, initiative("i"), document(kind, "it", spec))

    assert [each for each in found if each[0] == "RG012"] == [
        ("RG012", field, f"there is no {target} 'nothing'", f"{START} {target} nothing")
    ]


def test_a_service_of_a_former_name(tmp_path: Path) -> None:
    """Aliases and near misses are told in every kind."""
    found = told(
        tmp_path,
        initiative("i", ", services: [runner, ci-runers]"),
        document("Service", "ci-runners", aliases="[runner]"),
    )

    assert [each[1:] for each in found] == [
        ("spec.services[0]", "the Service 'runner' is called 'ci-runners' now",
         "write 'ci-runners'"),
        ("spec.services[1]", "there is no Service 'ci-runers'", "did you mean 'ci-runners'?"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "field", "kind"),
    [
        (initiative("i", owner="nothing"), "metadata.owner", "Team"),
        (initiative("i", ", personas: [developer, nothing]"), "spec.personas[1]", "Persona"),
        (initiative("i", ", goal: nothing"), "spec.goal", "Goal"),
        (initiative("i", ", impact: {actor: nothing, change: x}"), "spec.impact.actor", "Persona"),
        (initiative("i", ", evidence: [nothing]"), "spec.evidence[0]", "Evidence"),
        (initiative("i", ", dependsOn: [nothing]"), "spec.dependsOn[0]", "Initiative"),
        (
            initiative("i", ", successCriteria: [{id: a, metric: nothing, target: '> 1', "
                       "by: 2026-01-01}]"),
            "spec.successCriteria[a].metric", "Metric",
        ),
        (
            initiative("i", ", successCriteria: [{id: a, question: x, by: 2026-01-01, answers: "
                       "[{role: x, answer: met, date: 2026-01-01, evidence: nothing}]}]"),
            "spec.successCriteria[a].answers[0].evidence", "Evidence",
        ),
        (
            initiative("i", ", killThresholds: [{id: a, metric: nothing, when: '> 1'}]"),
            "spec.killThresholds[a].metric", "Metric",
        ),
        (
            initiative("i", ", guardrails: [{id: a, metric: nothing, target: '> 1'}]"),
            "spec.guardrails[a].metric", "Metric",
        ),
        (
            initiative("i", ", nfrs: [{id: a, metric: nothing, target: '> 1'}]"),
            "spec.nfrs[a].metric", "Metric",
        ),
        (
            initiative("i", ", rollout: [{phase: p, exit: {metric: nothing, target: '> 1'}}]"),
            "spec.rollout[0].exit.metric", "Metric",
        ),
        (
            document("Evidence", "e", "{method: survey, date: 2026-01-01, participants: "
                     "{nothing: 1}}"),
            "spec.participants.nothing", "Persona",
        ),
        (
            document("Evidence", "e", "{method: survey, date: 2026-01-01, supports: [nothing]}"),
            "spec.supports[0]", "Initiative",
        ),
        (
            document("Evidence", "e", "{method: experiment, date: 2026-01-01, experiment: "
                     "{metric: nothing, arms: {control: {n: 1, successes: 1}}}}"),
            "spec.experiment.metric", "Metric",
        ),
        (
            document("Metric", "m", METRIC + ", pairsWith: [nothing]}"),
            "spec.pairsWith[0]", "Metric",
        ),
        (document("Goal", "g", "{outcome: x, metrics: [nothing]}"), "spec.metrics[0]", "Metric"),
        (document("Goal", "g", "{outcome: x, parent: nothing}"), "spec.parent", "Goal"),
        (decision("{initiative: nothing}"), "spec.concerns.initiative", "Initiative"),
        (decision("{over: nothing}"), "spec.concerns.over", "Initiative"),
        (decision("{metric: nothing}"), "spec.concerns.metric", "Metric"),
        (decision("{evidence: nothing}"), "spec.concerns.evidence", "Evidence"),
        (decision("{resource: Goal/nothing}"), "spec.concerns.resource", "Goal"),
    ],
)  # fmt: skip
def test_a_name_that_leads_nowhere_is_a_finding(
    tmp_path: Path, text: str, field: str, kind: str
) -> None:
    """Every field that names a resource is checked."""
    assert told(tmp_path, text) == [
        ("RG012", field, f"there is no {kind} 'nothing'", f"{START} {kind} nothing")
    ]


def test_a_near_name_is_suggested(tmp_path: Path) -> None:
    """A typo leads to what exists of that kind."""
    ((_, _, message, fix),) = told(tmp_path, initiative("i", ", goal: ship-dayly"))
    assert (message, fix) == ("there is no Goal 'ship-dayly'", "did you mean 'ship-daily'?")


def test_a_reference_to_a_broken_resource_does_not_dangle(tmp_path: Path) -> None:
    """The finding about the resource, or its file, is enough."""
    files: dict[str, str | bytes] = {
        "roadmap/a.yaml": initiative("a", ", goal: broken, dependsOn: [unreadable]"),
        "roadmap/b.yaml": document("Goal", "broken"),
        "roadmap/unreadable.yaml": "x: [\n",
    }
    _, findings = link(load_project(FolderTree(write(tmp_path, files))))
    assert findings == []


def test_records_of_a_killed_initiative_stay(tmp_path: Path) -> None:
    """Once a kill is on record the initiative may go, and its Decisions name it still."""
    kill = decision("{initiative: gone}", "kill", ", learned: z").replace("name: d", "name: k")
    assert told(tmp_path, kill, decision("{initiative: gone}")) == []


ITEMS = (
    ", successCriteria: [{id: speed, question: x, by: 2026-01-01}], killThresholds: "
    "[{id: floor, metric: ci-duration, when: '> 1'}], guardrails: "
    "[{id: flakes, metric: ci-duration, target: '< 1'}]"
)


@pytest.mark.parametrize(
    ("concerns", "message", "fix"),
    [
        (
            "{initiative: i, criterion: sped}",
            "'i' has no criterion 'sped'",
            "did you mean 'speed'?",
        ),
        ("{initiative: i, threshold: speed}", "'i' has no threshold 'speed'", "known here: floor"),
        ("{initiative: i, guardrail: x}", "'i' has no guardrail 'x'", "known here: flakes"),
        ("{resource: i}", "'i' names no resource", "write Kind/name"),
        ("{resource: Goals/x}", "'Goals/x' names no resource", "did you mean 'Goal'?"),
    ],
)
def test_a_decision_concerns_what_exists(
    tmp_path: Path, concerns: str, message: str, fix: str
) -> None:
    """Items are looked up within their initiative."""
    found = told(tmp_path, initiative("i", ITEMS), decision(concerns))
    assert [each[2:] for each in found] == [(message, fix)]


def test_a_relax_may_concern_an_item_that_it_lets_go(tmp_path: Path) -> None:
    """The record of a dropped criterion names it after it is gone."""
    assert (
        told(
            tmp_path,
            initiative("i", ITEMS),
            decision("{initiative: i, criterion: dropped}", "relax"),
        )
        == []
    )


def test_a_source_names_a_connection_of_its_kind(tmp_path: Path) -> None:
    """A Prometheus source needs a Prometheus connection."""
    source = ", source: {prometheus: {query: up, connection: warehouse}}}"
    prod = '{prometheus: {url: "http://127.0.0.1:9090"}}'
    config = f"{{connections: {{prod: {prod}, warehouse: {{sql: {{urlEnv: X}}}}}}}}"
    found = told(tmp_path, document("Metric", "m", METRIC + source), config=config)
    assert found == [
        ("RG012", "spec.source.prometheus.connection",
         "roadgate.yaml has no prometheus connection 'warehouse'", "known here: prod"),
    ]  # fmt: skip


def test_approvals_name_a_team(tmp_path: Path) -> None:
    """The finding stands in roadgate.yaml."""
    _, findings = linked(
        tmp_path, config="{approvals: {relax: {team: cor}, continue: {team: core}}}"
    )
    assert [(each.id, each.resource, each.field, each.fix) for each in findings] == [
        ("RG012", None, "spec.approvals.relax.team", "did you mean 'core'?"),
        (
            "RG010",
            None,
            "spec.approvals.continue.count",
            "ask for fewer, or add members to the Team",
        ),
    ]
