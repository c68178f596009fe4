"""Every slip in a policy is an error when it is loaded, at its line and column in the YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cases.typos import HEAD, findings, is_told, marked

if TYPE_CHECKING:
    from pathlib import Path

EXPRESSIONS = {
    "a field": ("resource.spec.«horizn» == 'now'", "no field 'horizn' … mean 'horizon'?"),
    "a field in has()": ("has(resource.spec.«gaol»)", "no field 'gaol' … did you mean 'goal'?"),
    "a field in a macro": (
        "resource.spec.risks.all(r,\n  has(r.«falback»))",
        "no field 'falback' on Risk; did you mean 'fallback'?",
    ),
    "a field as an index": (
        "resource.spec[«'horizn'»] == 'now'",
        "no field 'horizn' … did you mean 'horizon'?",
    ),
    "a variable": ("«resourc».spec.horizon == 'now'", "nothing is called 'resourc' … 'resource'?"),
    "a variable of another scope": (
        "«old».spec.horizon == 'now'",
        "'old' is there in scope change only",
    ),
    "a function": ("«sizee»(evidence) > 0", "nothing is called 'sizee'; did you mean 'size'?"),
    "a function's arguments": (
        "roadmap.teams.«having»('spec.capacity', 3).size() > 0",
        "'having' does not take what it is given; write list(A).having(field string)",
    ),
    "a parameter": ("params.«least» > 3", "no parameter 'least'; the policy declares none"),
    "a type": ("resource.spec.horizon «>» 3", "'>' does not take (string, int)"),
    "a value": (
        "has(resource.metadata.owner)\n&& resource.spec.horizon == «'nxt'»",
        "'resource.spec.horizon' is never 'nxt'; did you mean 'next'?",
    ),
    "a value in a list": ("resource.spec.horizon in [«'nxt'», 'now']", "did you mean 'next'?"),
    "a value in a macro": (
        "evidence.exists(e, e.spec.method == «'intervew'»)",
        "'e.spec.method' is never 'intervew'; did you mean 'interview'?",
    ),
    "a value of a mapped list": (
        "«'intervew'» in evidence.map(e, e.spec.method)",
        "did you mean 'interview'?",
    ),
    "a kind": ("resource.kind == «'Initative'»", "did you mean 'Initiative'?"),
    "a kind to look up": ("exists(«'Tem'», 'core')", "no kind 'Tem'; did you mean 'Team'?"),
    "a path": (
        "roadmap.initiatives.having(«'spec.gaol'»).size() > 0",
        "no field 'gaol' … did you mean 'goal'?",
    ),
    "a pattern": (
        "resource.metadata.title.matches(«'['»)",
        "'[' is no pattern that can be read",
    ),
    "a pattern of values": (
        "resource.spec.horizon.matches(«'^nxt$'»)",
        "'resource.spec.horizon' never matches '^nxt$'",
    ),
    "a day": ("asOf > «'2026-13-45'»", "'2026-13-45' is no day"),
    "a day given to a function": ("days(«'2026-2-3'», asOf) > 0", "'2026-2-3' is no day"),
    "a verdict": ("verdict('faster-ci') == «'mett'»", "did you mean 'met'?"),
}
"""An expression, with what is told of what is marked in it."""
MESSAGES = {
    "too few values": ("«'%d of %d'».format([1])", "2 placeholders, and is given 1 value"),
    "too many values": ("«'%d'».format([1, 2])", "1 placeholder, and is given 2 values"),
    "a placeholder": ("«'%q'».format([1])", "'%q' is no placeholder; there is %s"),
    "a text for a number": (
        "'%d'.format([«resource.metadata.name»])",
        "'%d' takes no string; write '%s' for it",
    ),
    "a message that is no text": ("«size(evidence)»", "the expression is of type int, not string"),
    "a message's field": ("'x' + resource.metadata.«nam»", "did you mean 'name'?"),
}
PLACES = {
    "where it points": ("«'spec.evidnce'»", "no field 'evidnce' … did you mean 'evidence'?"),
    "where one of two points": (
        "has(resource.spec.goal) ? 'spec.goal' : «'spec.horizn'»",
        "no field 'horizn' … did you mean 'horizon'?",
    ),
    "an item that it points to": (
        "«'spec.milestones[%s].du'».format(['x'])",
        "no field 'du' on Milestone; did you mean 'due'?",
    ),
    "a list that it points to": (
        "«'»spec.milestnes[' + resource.metadata.name + '].due'",
        "no field 'milestnes' … did you mean 'milestones'?",
    ),
    "a resource that it points to": (
        "«'»Initative/' + resource.metadata.name",
        "no kind 'Initative'; did you mean 'Initiative'?",
    ),
}
NAMES = {
    "a Team": ("size(team(«'coer'»).spec.covers) > 0", "no Team 'coer'; did you mean 'core'?"),
    "an Initiative": ("verdict(«'fastr-ci'») == 'met'", "did you mean 'faster-ci'?"),
    "a criterion": (
        "verdict(«'faster-ci'», 'speed') == 'met'",
        "'faster-ci' has no criterion, guardrail or threshold 'speed'",
    ),
    "what is looked up": (
        "lookup('Team', «'coer'»).spec.capacity > 3.0",
        "there is no Team 'coer'; did you mean 'core'?",
    ),
}
"""What only the roadmap can tell."""
CHANGES = {
    "a path of a change": (
        "change.fields.all(f, f.path != «'spec.horizn'»)",
        "no field 'horizn' … did you mean 'horizon'?",
    ),
    "a path without its beginning": (
        "has(field.path) && field.path in [«'horizon'»]",
        "'horizon' is no path of a field; did you mean 'spec.horizon'?",
    ),
    "the beginning of a path": (
        "has(field.path) && field.path.startsWith(«'spec.rsk'»)",
        "no field 'rsk' … did you mean 'risks'?",
    ),
    "what became of a field": (
        "has(field.effect) && field.effect == «'easyer'»",
        "'field.effect' is never 'easyer'; did you mean 'easier'?",
    ),
    "a Team that approves": ("approvedBy(«'coer'») == 'yes'", "there is no Team 'coer'"),
}
"""In scope change."""
OWNED = "  validations: [{expression: has(resource.metadata.owner), message: no}]\n"
STATES = """  params:
    schema: {properties: {states: {type: array, items: {type: string}}}}
    default: {states: [now, «nxt»]}
  validations: [{expression: resource.spec.horizon in params.states, message: no}]
"""
LEAST = """  params: {schema: {properties: {least: {type: integer, minimun: «3»}}}}
  validations: [{expression: params.least > 3, message: no}]
"""
WHERE = "  match: {kinds: [Initiative], where: \"resource.spec.horizon == «'nwo'»\"}\n"
SPECS = {
    "a default": (STATES, "'states' is compared with what is never 'nxt'; did you mean 'next'?"),
    "a keyword": (LEAST, "there is no keyword 'minimun'; did you mean 'minimum'?"),
    "a kind to match": (
        f"  match: {{kinds: [«Initative»]}}\n{OWNED}",
        "no kind 'Initative'; did you mean 'Initiative'?",
    ),
    "where": (f"{WHERE}{OWNED}", "did you mean 'now'?"),
    "at": (
        OWNED.replace("message: no", "at: «metadata.ownr»"),
        "no field 'ownr' on Metadata; did you mean 'owner'?",
    ),
}
"""What stands below ``id``, but for ``match`` where it does not matter."""


def policy(number: int, spec: str) -> str:
    """A house policy."""
    match = "" if "  match:" in spec else "  match: {kinds: [Initiative]}\n"
    return (
        f"{HEAD}Policy\nmetadata: {{name: p{number}, title: T}}\n"
        f"spec:\n  id: ACME{number:03}\n  rationale: R.\n{match}{spec}"
    )


def clause(field: str, text: str) -> str:
    """A validation with an expression in a block."""
    block = "\n".join(f"        {line}" for line in text.split("\n"))
    other = "" if field == "expression" else "      expression: has(resource.metadata.owner)\n"
    return f"  validations:\n    - {field}: |-\n{block}\n{other}"


SLIPS: dict[str, tuple[str, str]] = {
    **{
        name: (clause(field, text), says)
        for field, several in (
            ("expression", {**EXPRESSIONS, **NAMES, **CHANGES}),
            ("messageExpression", MESSAGES),
            ("atExpression", PLACES),
        )
        for name, (text, says) in several.items()
    },
    **SPECS,
}
FILES = {
    f"policies/p{number:03}.yaml": policy(
        number, f"  scope: change\n{spec}" if name in CHANGES else spec
    )
    for number, (name, (spec, _)) in enumerate(SLIPS.items())
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What one run says of all of them."""
    return findings(tmp_path_factory.mktemp("policies"), FILES)


@pytest.mark.parametrize(("path", "name"), list(zip(FILES, SLIPS, strict=True)), ids=SLIPS)
def test_a_slip_in_a_policy(path: str, name: str, told: list[dict[str, Any]]) -> None:
    """It is one error, at its line and column, with what was meant."""
    place = marked({path: FILES[path]})

    errors = [each for each in told if each["severity"] == "error" and each["location"]]
    here = [each for each in errors if each["location"]["path"] == path]
    assert len(here) == 1, here
    code = "RG012" if name in {*NAMES, "a Team that approves"} else "RG032"
    assert is_told(here[0], code, place, SLIPS[name][1]), here[0]


def test_names_that_a_field_is_compared_with(tmp_path: Path) -> None:
    """They may still come: a warning, unless the policy asks whether they exist."""
    expressions = (
        "has(resource.metadata.owner) && resource.metadata.owner == 'coer'",
        "'coder' in resource.spec.personas",
        "exists('Team', 'coer') && team('coer').spec.capacity > 3.0",
        "has(resource.metadata.owner) && resource.metadata.owner == 'core'",
        "(has(resource.spec.goal) ? resource.spec.goal : 'none') == 'none'",
    )
    files = {
        f"policies/p{number}.yaml": policy(number, clause("expression", text))
        for number, text in enumerate(expressions)
    }

    told = [each for each in findings(tmp_path, files) if each["id"] == "RG012"]

    assert [(each["severity"], each["message"]) for each in told] == [
        ("warning", "policy 'ACME000': there is no Team 'coer'"),
        ("warning", "policy 'ACME001': there is no Persona 'coder'"),
    ]


EXAMPLES = f"""{OWNED}  examples:
    - name: owned
      passes: true
      files:
        - {{pth: measurements/ci.csv, text: "date,value"}}
    - {{name: owned, passes: false, files: []}}
"""


def test_examples_that_are_not_what_they_look_like(tmp_path: Path) -> None:
    """Two of one name are told, and a file without its path."""
    told = findings(tmp_path, {"policies/p.yaml": policy(1, EXAMPLES)})

    assert {
        (each["id"], each["location"]["line"], each["message"].removeprefix("policy 'ACME001', "))
        for each in told
        if each["severity"] == "error" and "it should fail" not in each["message"]
    } == {
        ("RG011", 14, "the name 'owned' stands twice in 'spec.examples'"),
        ("RG032", 13, "example 'owned': a file has no 'path'; write 'path' instead of 'pth'"),
    }
