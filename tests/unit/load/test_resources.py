"""From documents to resources, and what the author is told."""

from __future__ import annotations

import pytest

from roadgate.load.limits import DEFAULT
from roadgate.load.resources import Read, read
from roadgate.load.yaml_text import parse
from roadgate.model.kinds import KINDS, Initiative
from roadgate.model.source import ResourceRef
from roadgate.model.suggest import listed

HEAD = "apiVersion: roadgate/v1\nkind: Initiative\nmetadata: {name: x, title: X}\n"


def load(text: str, *, policies: bool = False) -> Read:
    """Read the documents of a text."""
    documents, findings = parse(text.encode(), "x.yaml", DEFAULT)
    assert findings == []
    return read(documents, policies=policies)


def told(text: str) -> list[tuple[str, str | None, str, str]]:
    """Code, field, message and fix of each problem."""
    return [(each.id, each.field, each.message, each.fix) for each, _ in load(text).problems]


def test_a_document_becomes_a_typed_resource() -> None:
    """The resource keeps its data as written beside the typed body."""
    (resource,) = load(
        HEAD + "spec: {problem: Wait., horizon: now, committed: 2026-02-02}\n"
    ).resources
    assert isinstance(resource.body, Initiative)
    assert resource.ref == ResourceRef("Initiative", "x")
    assert str(resource.body.spec.committed) == "2026-02-02"
    assert resource.data["kind"] == "Initiative"


def test_null_is_absent() -> None:
    """A field that is null has its default, at any depth; one that is needed is missing."""
    read_ = load(
        HEAD
        + "spec: {problem: Wait., horizon: later, status: null, goal: null, evidence: ~, rice: ,\n"
        "  successCriteria: [{id: a, question: Good?, by: 2026-01-01, answers: null}]}\n"
    )
    assert read_.problems == []
    body = read_.resources[0].body
    assert isinstance(body, Initiative)
    assert (body.spec.status, body.spec.evidence) == ("proposed", ())
    assert told(HEAD + "spec: {problem: null, horizon: later, evidence: [null]}\n") == [
        ("RG008", "spec.problem", "'spec.problem' is missing",
         "add 'problem': the problem in the customer's words"),
        ("RG009", "spec.evidence[0]", "'spec.evidence[0]' is null instead of a text",
         "write some text"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        (
            "{problem: x, horizon: nwo}",
            ("RG009", "spec.horizon", "'nwo' is no value of 'spec.horizon'",
             "did you mean 'now'? write one of exploring, later, next, now"),
        ),
        (
            "{problem: x}",
            ("RG008", "spec.horizon", "'spec.horizon' is missing",
             "add 'horizon': exploring, later, next, now"),
        ),
        (
            "{problem: x, horizon: now, succesCriteria: []}",
            ("RG007", "spec.succesCriteria", "'succesCriteria' is no field of 'spec' in Initiative",
             "did you mean 'successCriteria'?"),
        ),
        (
            "{problem: x, horizon: now, rice: {reach: 1, impact: 4, confidence: 80, effort: 1}}",
            ("RG009", "spec.rice.impact", "'4' cannot be 'spec.rice.impact'",
             "write one of 3, 2, 1, 0.5, 0.25"),
        ),
        (
            "{problem: x, horizon: now, rice: {reach: a, impact: 2, confidence: 80, effort: 1}}",
            ("RG009", "spec.rice.reach", "'a' cannot be 'spec.rice.reach'",
             "write a number, without quotes or a unit (people or events a quarter)"),
        ),
        (
            "{problem: x, horizon: now, guardrails: [{id: a, metric: m, target: x, for: 1%s}]}"
            % ("0" * 30),
            ("RG009", "spec.guardrails[0].for", f"'1{'0' * 30}' cannot be 'spec.guardrails[0].for'",
             "whole numbers go up to 1000000000000000"),
        ),
        (
            "{problem: x, horizon: now, committed: 2026-13-01}",
            ("RG009", "spec.committed", "'2026-13-01' cannot be 'spec.committed'",
             "write a day of the calendar: 2026-13-01 is none"),
        ),
        (
            "{problem: 5, horizon: now}",
            ("RG009", "spec.problem", "'spec.problem' is '5' instead of a text",
             'put it in quotes: problem: "5"'),
        ),
        (
            "{problem: ' ', horizon: now}",
            ("RG009", "spec.problem", "'spec.problem': ' ' is empty",
             "write some text, or delete the line"),
        ),
        (
            "{problem: x, horizon: now, goal: Ship Daily}",
            ("RG009", "spec.goal", "'spec.goal': 'Ship Daily' is no name",
             "write 'ship-daily': lowercase letters, digits and hyphens, at most 63"),
        ),
        (
            "{problem: x, horizon: now, evidence: interviews}",
            ("RG009", "spec.evidence", "'spec.evidence' is 'interviews' instead of a list",
             "write evidence: [interviews]"),
        ),
        (
            "{problem: x, horizon: now, scope: [a]}",
            ("RG009", "spec.scope", "'spec.scope' is a list instead of fields of its own",
             "write its fields without '- ' before them: includes, excludes"),
        ),
        (
            "{problem: x, horizon: now, review: {every: 30}}",
            ("RG009", "spec.review.every", "'30' cannot be 'spec.review.every'",
             "write 30d"),
        ),
        (
            "{problem: x, horizon: now, killThresholds: [{id: ü, metric: m, when: '> 1'}]}",
            ("RG009", "spec.killThresholds[0].id", "'spec.killThresholds[0].id': 'ü' is no id",
             "write 'ue': letters, digits, dots and hyphens, at most 64"),
        ),
        (
            "{problem: x, horizon: now, successCriteria: [{id: a, by: 2026-01-01, standing: 1}]}",
            ("RG009", "spec.successCriteria[0].standing",
             "'spec.successCriteria[0].standing' is '1' instead of true or false",
             "write true"),
        ),
    ],
)  # fmt: skip
def test_tells_the_author_in_words_of_the_domain(
    spec: str, expected: tuple[str, str, str, str]
) -> None:
    """Each mistake has a code, a field, a message without host-language words, and a way out."""
    assert told(HEAD + f"spec: {spec}\n") == [expected]


def test_lists_the_fields_when_none_is_close() -> None:
    """An unknown field without a near match shows what exists."""
    ((_, _, _, fix),) = told(HEAD + "spec: {problem: x, horizon: now, zzz: 1}\n")
    assert fix.startswith("fields here: committed, dependsOn, evidence, goal, guardrails and ")


def test_fields_of_ones_own_are_free() -> None:
    """Fields that begin with x- and annotations take anything."""
    text = HEAD.replace("title: X", "title: X, x-a: [1], annotations: {b: {c: null}}")
    assert load(text + "x-top: 1\nspec: {problem: x, horizon: now, x-b: 2}\n").problems == []


def test_a_broken_resource_keeps_its_name() -> None:
    """References to it do not dangle."""
    read_ = load(HEAD + "spec: {}\n")
    assert (read_.resources, read_.broken) == ([], {ResourceRef("Initiative", "x")})


@pytest.mark.parametrize(
    ("text", "field", "message", "fix"),
    [
        ("kind: Team\n", "apiVersion", "'apiVersion' is missing",
         ("add 'apiVersion: roadgate/v1', or list the file under spec.ignore of roadgate.yaml if "
          "it is none of roadgate's")),
        ("apiVersion: roadgate/v2\nkind: Team\n", "apiVersion",
         "'roadgate/v2' is no known apiVersion", "write 'roadgate/v1'"),
        ("apiVersion: roadgate/v1\n", "kind", "'kind' is missing",
         f"add 'kind', one of {listed(KINDS)}"),
        ("apiVersion: roadgate/v1\nkind: [Team]\n", "kind", "a list is no kind",
         f"add 'kind', one of {listed(KINDS)}"),
        ("apiVersion: roadgate/v1\nkind: initiative\n", "kind",
         "'initiative' is no known kind", "did you mean 'Initiative'?"),
        ("apiVersion: roadgate/v1\nkind: Config\n", "kind",
         "the configuration lies outside 'roadgate.yaml'",
         "move it to 'roadgate.yaml' at the project's root"),
    ],
)  # fmt: skip
def test_the_envelope_comes_first(text: str, field: str, message: str, fix: str) -> None:
    """Without a known kind nothing else can be said about a document."""
    assert told(text) == [("RG006", field, message, fix)]


def test_policies_lie_under_their_own_root() -> None:
    """A policy is a resource there, and only there."""
    text = (
        "apiVersion: roadgate/v1\nkind: Policy\nmetadata: {name: p, title: P}\n"
        "spec: {id: ACME001, rationale: x, validations: [{expression: 'true'}]}\n"
    )
    assert len(load(text, policies=True).resources) == 1
    assert load(text).resources == []
    assert load(HEAD + "spec: {problem: x, horizon: now}\n", policies=True).resources == []


def test_participants_are_named_by_persona() -> None:
    """A key that is no name is told by its value."""
    text = HEAD.replace("Initiative", "Evidence")
    spec = "{method: survey, date: 2026-01-01, participants: {Dev One: 1}}"
    assert told(f"{text}spec: {spec}\n") == [
        ("RG009", 'spec.participants["Dev One"]',
         "'Dev One' is no name",
         "write 'dev-one': lowercase letters, digits and hyphens, at most 63"),
    ]  # fmt: skip


def test_thousands_of_problems_are_one_finding() -> None:
    """A document that is wrong everywhere is something else by mistake."""
    sevens = ", ".join("7" * 3_000)
    found = load(f"{HEAD}spec: {{problem: p, horizon: later, evidence: [{sevens}]}}\n")

    ((finding, _),) = found.problems
    assert finding.id == "RG003"
    assert finding.message == "the document has 3000 problems, more than the limit of 2000"
    assert ResourceRef("Initiative", "x") in found.broken
