"""Slips in Lifecycles, Decisions and requirements that are well-formed: told where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cases.typos import HEAD, findings, is_told, marked

if TYPE_CHECKING:
    from pathlib import Path

OWN = f"""{HEAD}KindDefinition
metadata: {{name: adr}}
spec:
  kind: ADR
  files: ["adrs/*.yaml"]
  format: yaml
  envelope: false
  identity: number
  schema:
    properties: {{number: {{type: string}}, state: {{$ref: "#/$defs/state"}}}}
    $defs: {{state: {{enum: [draft, accepted]}}}}
"""


def lifecycle(field: str, *transitions: str) -> str:
    """A Lifecycle."""
    steps = "\n".join(f"    - {each}" for each in transitions)
    name = field.replace("«", "").replace("»", "").replace(".", "-")
    spec = f"spec:\n  field: {field}\n  transitions:\n{steps}\n"
    return f"{HEAD}Lifecycle\nmetadata: {{name: {name}, title: L}}\n{spec}"


def decision(name: str, config: str) -> str:
    """A Decision that relaxes a setting."""
    spec = "by: [example-vp], because: B., date: 2026-02-25"
    concerns = f"type: relax, concerns: {{config: {config}}}"
    return f"{HEAD}Decision\nmetadata: {{name: {name}, title: D}}\nspec: {{{concerns}, {spec}}}\n"


def initiative(name: str, fields: str) -> str:
    """An initiative with more fields."""
    spec = f"problem: P., horizon: later, {fields}"
    return f"{HEAD}Initiative\nmetadata: {{name: {name}, title: I}}\nspec: {{{spec}}}\n"


SLIPS = {
    "a field that is no state": (
        lifecycle("«spec.problem»", "{from: later, to: next}"),
        "RG085",
        "'spec.problem' can hold anything, and no state in particular",
    ),
    "a step to itself": (
        lifecycle("spec.status", "{from: proposed, to: active}", "{from: active, to: «active»}"),
        "RG085",
        "the step from 'active' leads to 'active' itself",
    ),
    "a step that is listed already": (
        lifecycle(
            "spec.horizon",
            "{from: [later, exploring], to: next}",
            "«{from: later, to: next, gates: [RG101]}»",
        ),
        "RG085",
        "the step from 'later' to 'next' is listed already, with other demands",
    ),
    "a state of a kind of one's own": (
        lifecycle("state", "{from: draft, to: «acepted»}"),
        "RG085",
        "'acepted' is nothing that 'state' can be; did you mean 'accepted'?",
    ),
    "a field of a kind of one's own": (
        lifecycle("«stat»", "{from: draft, to: accepted}"),
        "RG085",
        "nothing has a field 'stat'; did you mean 'state'?",
    ),
    "more approvals than members": (
        lifecycle(
            "spec.lifecycle", "{from: idea, to: build, approvals: [{team: core, count: «7»}]}"
        ),
        "RG010",
        "7 of 'core' can never approve: it has 1 member with a handle",
    ),
    "a setting": (
        decision("a", "«spec.polices.presets»"),
        "RG012",
        "'spec' of roadgate.yaml has no field 'polices'; did you mean 'policies'?",
    ),
    "a setting without its beginning": (
        decision("b", "«policies.presets»"),
        "RG012",
        "roadgate.yaml has no field 'policies'; write 'spec.policies'",
    ),
    "another part of the judge": (
        decision("c", "«Lifecycl/default»"),
        "RG012",
        "there is no kind 'Lifecycl'; did you mean 'Lifecycle'?",
    ),
    "a phase": (
        initiative(
            "phased",
            "nfrs: [{id: a, metric: ci, target: '<= 5', stages: [«piloot»]}], "
            "rollout: [{phase: pilot}]",
        ),
        "RG012",
        "the rollout has no phase 'piloot'; did you mean 'pilot'?",
    ),
}
FINE = (
    decision("d", "'spec.policies.bindings[RG101].params.minInterviews'"),
    decision("e", "spec.connections.prod"),
    decision("f", "Lifecycle/stages"),
    initiative("fine", "nfrs: [{id: a, metric: ci, target: '<= 5', stages: [pilot]}]"),
)
FILES = {f"roadmap/s{number}.yaml": text for number, (text, _, _) in enumerate(SLIPS.values())} | {
    f"roadmap/fine{number}.yaml": text for number, text in enumerate(FINE)
}
PLACES = list(zip(FILES, SLIPS, strict=False))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What one run says of all of them."""
    folder: Path = tmp_path_factory.mktemp("roadmap")
    return findings(folder, {**FILES, "roadmap/kinds.yaml": OWN})


@pytest.mark.parametrize(("path", "name"), PLACES, ids=SLIPS)
def test_a_slip(path: str, name: str, told: list[dict[str, Any]]) -> None:
    """It is told at its line and column, with what was meant."""
    _, code, says = SLIPS[name]

    here = [each for each in told if each["location"] and each["location"]["path"] == path]
    here = [each for each in here if each["id"] == code]

    assert len(here) == 1, here
    assert is_told(here[0], code, marked({path: FILES[path]}), says), here[0]


def test_what_is_right(told: list[dict[str, Any]]) -> None:
    """Settings within lists and maps, and phases of a rollout that is still to come, are taken."""
    wrong = [each for each in told if each["severity"] == "error" and each["location"]]
    assert not [each for each in wrong if "fine" in each["location"]["path"]]
