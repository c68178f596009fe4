"""Files governed by KindDefinitions alone: seeded defects and changes, through the command."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from roadgate.cli.main import run as entry

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "proposals"
BLOCK, RELOAD, QUOTA = (
    f"proposals/{name}/proposal.yaml"
    for name in ("0007-block-cache", "0012-quiet-reload", "0018-worker-quota")
)
LOG, CATALOG = "rfcs/0001-one-log.md", "services/gateway/catalog-info.yaml"
SCHEMA, COMMON = "schemas/proposal.schema.json", "schemas/common.schema.json"
READY = "proposals/readiness/12.yaml"
KIND = "roadmap/kinds/proposal.yaml"


@dataclass(frozen=True)
class Done:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str


def run(folder: Path, *arguments: str) -> Done:
    """Run roadgate in a folder, by its own entry: a new process each time would take minutes."""
    out, err = (TextIOWrapper(BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err), pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["roadgate", *arguments])
        patch.chdir(folder)
        code = entry()
    return Done(code, *(each.buffer.getvalue().decode() for each in (out, err)))


def checked(folder: Path, *arguments: str) -> Any:
    """What ``check`` says, as a program reads it."""
    done = run(folder, "check", "--format", "json", "--as-of", "2026-07-01", *arguments)
    assert done.code in (0, 1), done.err
    assert done.err == ""
    return json.loads(done.out)


def told(output: Any, *severities: str) -> list[tuple[str, str, int, int, str]]:
    """Code, path, line, column and message of findings."""
    return [
        (each["id"], at["path"], at["line"], at["column"], each["message"])
        for each in output["findings"]
        if each["severity"] in (severities or ("error", "warning"))
        and each["status"] != "preview"
        and each.get("new", True) is not False
        for at in [each["location"] or {"path": "", "line": 0, "column": 0}]
    ]


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the example."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "proposals"))


def edit(folder: Path, path: str, old: str, new: str) -> None:
    """Replace a text that stands once in a file."""
    file = folder / path
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, (path, old)
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_the_clean_corpus_has_no_finding(example: Path) -> None:
    """Nothing is said of files that are as they should be, and each is counted."""
    output = checked(example)
    assert told(output) == []
    assert output["summary"]["resources"] == 20
    assert output["summary"]["evaluations"] > 5
    status = run(example, "status")
    assert "2 Component, 5 Proposal, 2 RFC, 3 Readiness" in status.out
    assert run(example, "policy", "test").code == 0


DEFECTS: dict[str, tuple[str, str, str, tuple[str, str, int, int, str]]] = {
    "wrong status": (
        RELOAD,
        "status: accepted",
        "status: acepted",
        ("RG060", RELOAD, 5, 9, "'acepted' is no value of 'status'"),
    ),
    "missing owner": (
        QUOTA,
        "owning-group: runtime\n",
        "",
        ("RG060", QUOTA, 1, 1, "'owning-group' is missing"),
    ),
    "bad date": (
        BLOCK,
        "creation-date: 2025-03-04",
        "creation-date: 2025-14-03",
        ("RG060", BLOCK, 6, 16, "'creation-date': '2025-14-03' is no date"),
    ),
    "misspelt key": (
        RELOAD,
        "see-also: [7]",
        "see-allso: [7]",
        ("RG060", RELOAD, 16, 1, "'see-allso' is no field of Proposal"),
    ),
    "misspelt key of a block": (
        RELOAD,
        "milestone:\n",
        "mileston:\n",
        ("RG060", RELOAD, 10, 1, "'mileston' is no field of Proposal"),
    ),
    "misspelt key deep down": (
        BLOCK,
        "components:",
        "component:",
        ("RG060", BLOCK, 16, 5, "'component' is no field of 'feature-gates[0]' in Proposal"),
    ),
    "text for a number": (
        QUOTA,
        "proposal-number: 18",
        'proposal-number: "18"',
        ("RG060", QUOTA, 2, 18, "'proposal-number' is '18' instead of a whole number"),
    ),
    "wrong form of another file": (
        BLOCK,
        "stable: v1.4",
        "stable: 1.4",
        ("RG060", BLOCK, 13, 11, "'milestone.stable' is '1.4' instead of a text"),
    ),
    "doubled author": (
        BLOCK,
        '"@example-storage", "@example-lead"',
        '"@example-lead", "@example-lead"',
        ("RG060", BLOCK, 3, 28, "'authors' lists '@example-lead' twice"),
    ),
    "duplicated number": (
        QUOTA,
        "proposal-number: 18",
        "proposal-number: 12",
        ("RG011", QUOTA, 2, 18, "the Proposal '12' is defined twice"),
    ),
    "no number": (
        QUOTA,
        "proposal-number: 18\n",
        "",
        ("RG059", QUOTA, 1, 1, "'proposal-number' is missing, which names each Proposal"),
    ),
    "missing approval": (
        READY,
        'beta:\n  approver: "@example-ops"\n  date: 2026-05-04\n',
        "",
        ("PROP001", RELOAD, 9, 8, "proposal 12 has no readiness approval for beta"),
    ),
    "missing milestone": (
        RELOAD,
        "  beta: v1.5\n",
        "",
        ("PROP002", RELOAD, 11, 3, "stage beta has no milestone"),
    ),
    "front matter": (
        LOG,
        "state: decided",
        "state: decidet",
        ("RG060", LOG, 4, 8, "'decidet' is no value of 'state'"),
    ),
    "front matter without what follows": (
        LOG,
        "decision: https://example.com/decisions/1\n",
        "",
        ("RG060", LOG, 2, 1, "'decision' is missing"),
    ),
    "front matter that is no link": (
        LOG,
        "https://example.com/decisions/1",
        "decisions/1",
        ("RG060", LOG, 6, 11, "'decision': 'decisions/1' is no full link"),
    ),
    "no front matter": (
        LOG,
        "---\nrfc: 1\n",
        "rfc: 1\n",
        ("RG061", LOG, 1, 1, "the file does not begin with front matter"),
    ),
    "alternative that was meant": (
        CATALOG,
        "lifecycle: production",
        "lifecycle: prodction",
        ("RG060", CATALOG, 7, 14, "'prodction' is no value of 'spec.lifecycle'"),
    ),
    "second document": (
        CATALOG,
        "type: openapi",
        "type: openap",
        ("RG060", CATALOG, 16, 9, "'openap' is no value of 'spec.type'"),
    ),
    "kind that is none": (
        CATALOG,
        "kind: API",
        "kind: Apis",
        ("RG060", CATALOG, 12, 7, "'Apis' is no value of 'kind'"),
    ),
    "field of a policy": (
        "policies/milestones.yaml",
        "has(resource['feature-gates']) ||",
        "has(resource['feature-gate']) ||",
        (
            "RG032",
            "policies/milestones.yaml",
            18,
            32,
            "policy 'PROP002': no field 'feature-gate' on Proposal; did you mean 'feature-gates'?",
        ),
    ),
    "function of a kind": (
        "policies/readiness.yaml",
        "has(Readiness(string(resource['proposal-number'])).stable)",
        "has(Readines(string(resource['proposal-number'])).stable)",
        (
            "RG032",
            "policies/readiness.yaml",
            15,
            15,
            "policy 'PROP001': nothing is called 'Readines'; did you mean 'Readiness'?",
        ),
    ),
    "reference to nothing": (
        SCHEMA,
        '"stable": {"$ref": "common.schema.json#/definitions/milestone"}',
        '"stable": {"$ref": "common.schema.json#/definitions/milestne"}',
        ("RG055", SCHEMA, 40, 28, "'common.schema.json#/definitions/milestne' leads nowhere"),
    ),
    "reference out of the repository": (
        COMMON,
        '{"$ref": "#/definitions/handle"}',
        '{"$ref": "https://example.com/handle.json"}',
        (
            "RG055",
            COMMON,
            20,
            30,
            "'https://example.com/handle.json' lies outside the repository",
        ),
    ),
    "no schema": (
        SCHEMA,
        '"type": "integer",\n      "minimum": 1',
        '"type": "intger",\n      "minimum": 1',
        ("RG055", SCHEMA, 11, 15, "this is no JSON Schema: 'intger' is no value of"),
    ),
    "glob of nothing": (
        KIND,
        '"proposals/*/proposal.yaml"',
        '"proposals/*/proposals.yaml"',
        (
            "RG057",
            KIND,
            6,
            11,
            "'proposals/*/proposals.yaml' matches no file, so no Proposal is checked by it",
        ),
    ),
}


@pytest.mark.parametrize("name", DEFECTS)
def test_a_seeded_defect_is_found_at_its_line(name: str, example: Path) -> None:
    """Each defect is found at its line and column; what else is said follows from it."""
    path, old, new, (code, at, line, column, message) = DEFECTS[name]
    edit(example, path, old, new)
    output = checked(example)
    found = told(output)
    hits = [each for each in found if each[4].startswith(message)]
    assert [each[:4] for each in hits] == [(code, at, line, column)]
    others = [each for each in found if each not in hits]
    assert all(_follows(each, name) for each in others), others


def _follows(finding: tuple[str, str, int, int, str], name: str) -> bool:
    """Whether a finding is only what another one leads to."""
    code, path, _, _, message = finding
    if name in ("reference to nothing", "reference out of the repository", "no schema"):
        return code == "RG032" and "cannot be used" in message
    if name == "glob of nothing":
        return code == "RG032" and (
            "it should fail, and passes" in message or "nothing reads" in message
        )
    if code == "RG060":
        return "is missing" in message and path in (QUOTA, CATALOG)
    return code.startswith(("PROP", "RG032", "RG033")) and name == "text for a number"


@pytest.fixture
def repository(example: Path) -> Path:
    """The example as a repository with one commit."""
    git(example, "init", "-q", "-b", "main")
    git(example, "add", "-A")
    git(example, "commit", "-q", "-m", "start")
    return example


def git(folder: Path, *arguments: str) -> None:
    """Run git with a fixed author."""
    who = {
        f"GIT_{role}_{what}": "a@b.c"
        for role in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    environment = {**os.environ, **who, "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(["git", *arguments], cwd=folder, env=environment, check=True)


def test_changes_of_governed_files(repository: Path) -> None:
    """A change of a governed file is told, and judged by policies of the base."""
    edit(repository, RELOAD, "status: accepted", "status: provisional")
    (repository / "rfcs/0002-names.md").unlink()
    output = checked(repository, "--base", "HEAD")
    changes = {
        (each["action"], each["kind"], each["name"]) for each in output["change"]["resources"]
    }
    assert changes == {("changed", "Proposal", "12"), ("removed", "RFC", "2")}
    (field,) = output["change"]["resources"][0]["fields"]
    assert (field["field"], field["from"], field["to"]) == ("status", "accepted", "provisional")
    assert told(output, "error") == [
        ("PROP003", RELOAD, 5, 9, "proposal 12 goes from accepted back to provisional")
    ]


JUDGED = {
    "a field more is allowed": (
        SCHEMA,
        '"see-also":',
        '"notes": {"type": "string"},\n    "see-also":',
        "weaker",
    ),
    "a value less is allowed": (SCHEMA, ', "withdrawn"]', "]", "stronger"),
    "a description": (SCHEMA, "Where it stands.", "Where it stands now.", "neutral"),
    "another file of the schema": (COMMON, '"^v[0-9]+\\\\.[0-9]+$"', '"^v"', "weaker"),
    "fewer files": (KIND, '"!proposals/template"', '"!proposals/00*"', "weaker"),
    "more files": (KIND, ', "!proposals/template"', "", "stronger"),
    "another kind": (KIND, "kind: Proposal", "kind: Idea", "weaker"),
    "another identity": (KIND, "identity: proposal-number", "identity: title", "weaker"),
    "no schema any more": (KIND, "schemas/proposal.schema.json", "schemas/none.json", "weaker"),
}


@pytest.mark.parametrize("name", JUDGED)
def test_a_change_of_a_definition_is_weighed(name: str, repository: Path) -> None:
    """What governs less is an error until it is relaxed, what governs more a notice."""
    path, old, new, effect = JUDGED[name]
    edit(repository, path, old, new)
    output = checked(repository, "--base", "HEAD")
    weights = {each["effect"] for each in output["change"]["judge"]}
    assert effect in weights
    errors = [each for each in told(output, "error") if "weakens what judges" in each[4]]
    assert bool(errors) == (effect == "weaker")


def test_the_base_judges_what_the_change_would_no_longer_govern(repository: Path) -> None:
    """Who takes the definition away does not get a wrong file past it."""
    (repository / KIND).unlink()
    edit(repository, RELOAD, "status: accepted", "status: acepted")
    codes = {each[0] for each in told(checked(repository, "--base", "HEAD"), "error")}
    assert {"RG060", "RG507"} <= codes


def test_what_a_new_definition_would_say_is_a_preview(repository: Path) -> None:
    """A definition counts from the merge on; until then a notice says what it would find."""
    (repository / "roadmap/kinds/readme.yaml").write_text(
        "apiVersion: roadgate/v1\nkind: KindDefinition\nmetadata: {name: readme}\nspec:\n"
        "  kind: Readme\n  files: [README.md]\n  format: markdown\n  identity: title\n",
        encoding="utf-8",
    )
    output = checked(repository, "--base", "HEAD")
    assert told(output, "error") == []
    previews = {each["id"] for each in output["findings"] if each["status"] == "preview"}
    assert "RG061" in previews


def test_names_and_schemas_of_custom_kinds(example: Path) -> None:
    """What explain and schema print knows the kinds of the project."""
    explained = run(example, "explain", "Proposal/12").out
    assert "governed by the KindDefinition 'proposal'" in explained
    assert "stage: beta" in explained
    assert run(example, "explain", "Component:gateway").code == 0
    schema = json.loads(run(example, "schema", "proposal").out)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert "v1.4" in json.dumps(schema)
    assert "Proposal" in run(example, "schema").out.splitlines()
    mistaken = run(example, "schema", "Propsal")
    assert mistaken.code == 2


def test_many_files_take_little_time(example: Path) -> None:
    """Seven hundred files are a matter of a second or two."""
    text = (example / QUOTA).read_text(encoding="utf-8")
    for number in range(100, 800):
        folder = example / f"proposals/{number:04}-more"
        folder.mkdir()
        file = folder / "proposal.yaml"
        file.write_text(text.replace("proposal-number: 18", f"proposal-number: {number}"))
    began = time.monotonic()
    output = checked(example)
    assert told(output) == []
    assert output["summary"]["resources"] == 720
    assert time.monotonic() - began < 20


def test_the_past_of_governed_files(repository: Path) -> None:
    """The backtest walks the history of governed files too, also of those outside the roots."""
    edit(repository, RELOAD, "status: accepted", "status: provisional")
    git(repository, "commit", "-q", "-a", "-m", "undecide")
    edit(repository, LOG, "state: decided", "state: decidet")
    git(repository, "commit", "-q", "-a", "-m", "slip")
    output = json.loads(run(repository, "policy", "backtest", "--format", "json").out)
    told = {each["title"]: {one["id"] for one in each["findings"]} for each in output["changes"]}
    assert told == {"undecide": {"PROP003"}, "slip": {"RG060"}}


def test_slips_are_repaired_in_place(example: Path) -> None:
    """What has one right answer is written by --fix, comments and layout left alone."""
    before = (example / RELOAD).read_text(encoding="utf-8")
    edit(example, RELOAD, "status: accepted", "status: acepted")
    edit(example, RELOAD, "milestone:\n", "mileston:\n")
    edit(example, LOG, "state: decided", "state: decidet")
    done = run(example, "check", "--fix")
    assert (example / RELOAD).read_text(encoding="utf-8") == before
    assert "fixed 2 problems in 1 file" in done.out
    assert [each[1] for each in told(checked(example), "error")] == [LOG]
