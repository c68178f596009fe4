"""Every slip in a policy is an error when it is loaded, at its line and column in the YAML."""

from __future__ import annotations

from typing import Any

import pytest

from cases.typos import HEAD, findings, is_told, marked

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
    **{name: (clause("expression", text), says) for name, (text, says) in EXPRESSIONS.items()},
    **{name: (clause("messageExpression", text), says) for name, (text, says) in MESSAGES.items()},
    **SPECS,
}
FILES = {
    f"policies/p{number:03}.yaml": policy(number, spec)
    for number, (spec, _) in enumerate(SLIPS.values())
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
    assert is_told(here[0], "RG032", place, SLIPS[name][1]), here[0]
