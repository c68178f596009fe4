"""The ``policy`` commands, as a policy owner types them."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from roadgate.pipeline import schemas

ROADGATE = str(Path(sys.executable).with_name("roadgate"))
INITIATIVE = """\
apiVersion: roadgate/v1
kind: Initiative
metadata: {name: NAME, title: An idea}
spec: {problem: Something hurts., horizon: HORIZON}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with one initiative in next, which nobody researched."""
    (tmp_path / "roadmap").mkdir()
    text = INITIATIVE.replace("NAME", "dark-mode").replace("HORIZON", "next")
    (tmp_path / "roadmap" / "dark-mode.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``roadgate policy`` in a folder."""
    return subprocess.run(
        [ROADGATE, "policy", *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )


def as_json(folder: Path, verb: str, *arguments: str) -> Any:
    """What a command prints as JSON, which meets its published schema."""
    done = run(folder, verb, *arguments, "--format", "json")
    output = json.loads(done.stdout)
    schema = json.loads(schemas.generate()[f"output/policy-{verb}.schema.json"])
    jsonschema_rs.Draft202012Validator(schema).validate(output)
    return output


def configure(folder: Path, spec: str) -> None:
    """Write ``roadgate.yaml``."""
    head = "apiVersion: roadgate/v1\nkind: Config\nspec:\n"
    (folder / "roadgate.yaml").write_text(head + spec, encoding="utf-8")


def test_list_says_how_each_policy_is_bound(folder: Path) -> None:
    """Every policy is there, with its presets, its binding here, and what it matches and finds."""
    configure(
        folder,
        "  policies:\n    bindings:\n"
        "      - {policy: RG201, enforcement: disabled, because: no measurements yet}\n"
        "      - {policy: RG101, enforcement: advisory, from: 2026-06-01}\n",
    )

    found = {each["id"]: each for each in as_json(folder, "list")["policies"]}

    assert found["RG201"]["applies"] is False
    assert found["RG201"]["because"] == "no measurements yet"
    assert (found["RG201"]["matched"], found["RG201"]["enforcement"]) == (None, "disabled")
    assert found["RG101"]["enforcement"] == "advisory"
    assert found["RG101"]["from"] == "2026-06-01"
    assert (found["RG101"]["matched"], found["RG101"]["failing"]) == (1, 1)
    assert found["RG101"]["presets"][0] == "essential"
    assert found["RG501"]["matched"] is None
    text = run(folder, "list").stdout
    assert re.search(r"RG101 .* advisory from 2026-06-01 .* 1 +1\n", text)
    assert "disabled (no measurements yet)" in text.partition("not applied here:")[2]


def test_list_names_what_is_broken(folder: Path) -> None:
    """A binding of a policy that does not exist is shown at its line, and the run does not pass."""
    configure(folder, "  policies:\n    bindings:\n      - {policy: RG1O1}\n")

    done = run(folder, "list")

    assert done.returncode == 1
    assert "roadgate.yaml:6:" in done.stdout
    assert "RG1O1" in done.stdout


@pytest.mark.parametrize(
    "more",
    [
        (),
        ("--scope", "change"),
        ("--scope", "portfolio"),
        ("--kind", "Metric"),
        ("--scope", "change", "--kind", "Evidence", "--title", "Kept: what we learned"),
        ("--scope", "portfolio", "--kind", "Service"),
        ("--kind", "Decision"),
        ("--kind", "Lifecycle"),
        ("--kind", "KindDefinition"),
        ("--kind", "Vision", "--scope", "portfolio"),
    ],
)
def test_a_new_policy_works_out_of_the_box(folder: Path, more: tuple[str, ...]) -> None:
    """The scaffold's passing and failing example both come out as they say, at once."""
    made = run(folder, "new", "ACME001", "first-rule", *more)
    report = as_json(folder, "test")

    assert made.returncode == 0, made.stderr
    (tested,) = report["policies"]
    assert tested["outcome"] == "passed"
    assert [each["passes"] for each in tested["examples"]] == [True, False]
    assert run(folder, "test").returncode == 0


def test_a_new_policy_about_a_kind_of_one_s_own(folder: Path) -> None:
    """Its examples are made of a document that is there; a kind without any has nothing to show."""
    (folder / "roadmap").mkdir(exist_ok=True)
    (folder / "notes").mkdir()
    (folder / "roadmap" / "kind.yaml").write_text(OWN_KIND, encoding="utf-8")
    nothing = run(folder, "new", "ACME001", "first-rule", "--kind", "Note")
    assert nothing.returncode == 2
    assert "no Note has a field that another could lack" in nothing.stderr

    (folder / "notes" / "1.md").write_text(NOTE, encoding="utf-8")
    made = run(folder, "new", "ACME001", "first-rule", "--kind", "Note")
    assert made.returncode == 0, made.stderr
    (tested,) = as_json(folder, "test")["policies"]
    assert tested["outcome"] == "passed", tested
    text = next((folder / "policies").glob("acme001*")).read_text(encoding="utf-8")
    assert "has(resource['decided-by'])" in text


OWN_KIND = """\
apiVersion: roadgate/v1
kind: KindDefinition
metadata: {name: note}
spec:
  kind: Note
  files: ["notes/*.md"]
  format: markdown
  identity: id
  schema:
    type: object
    required: [id]
    additionalProperties: false
    properties: {id: {type: integer}, decided-by: {type: string}}
"""
NOTE = '---\nid: 1\ndecided-by: "the architects: all"\n---\n# A note\n'


@pytest.mark.parametrize(
    ("typed", "message", "fix"),
    [
        (("RG900", "mine"), "'RG900' is reserved", "ACME001"),
        (("acme1", "mine"), "'acme1' is no id of a policy", "ACME001"),
        (("ACME002", "Not A Name"), "'Not A Name' is no name", "ACME001"),
        (("ACME001", "other"), "the id 'ACME001' is taken by 'policies/acme001", "ACME002"),
        (("ACME002", "first-rule"), "the name 'first-rule' is taken", "choose another"),
        ((), "an id and a name are missing", "roadgate policy new ACME001"),
    ],
)
def test_what_a_new_policy_may_not_be_called(
    folder: Path, typed: tuple[str, ...], message: str, fix: str
) -> None:
    """Reserved, taken and misspelled ids are refused, and nothing is written."""
    assert run(folder, "new", "ACME001", "first-rule").returncode == 0
    before = sorted(folder.rglob("*"))

    done = run(folder, "new", *typed)

    assert done.returncode == 2
    assert message in done.stderr
    assert fix in done.stderr
    assert sorted(folder.rglob("*")) == before


def test_on_a_terminal_it_asks(folder: Path) -> None:
    """What is not given is asked for, and asked again until it can be used."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [ROADGATE, "policy", "new"], cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    os.write(ours, b"rg1\nACME007\nquiet-rule\nQuiet\nresource\nGoal\n")
    heard = b""
    while b"roadgate check" not in heard:
        heard += os.read(ours, 4096)

    assert process.wait(30) == 0
    os.close(ours)
    assert b"'rg1' is no id of a policy" in heard
    text = (folder / "policies" / "acme007-quiet-rule.yaml").read_text(encoding="utf-8")
    assert "kinds: [Goal]" in text
    assert 'title: "Quiet"' in text


def broken(folder: Path, old: str, new: str) -> subprocess.CompletedProcess[str]:
    """Run the tests of a new policy after one edit of its text."""
    run(folder, "new", "ACME001", "owner-named")
    path = folder / "policies" / "acme001-owner-named.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return run(folder, "test")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("passes: false", "passes: true", ["expected: passes", "clause 1: has(resource.metadata"]),
        (
            'has no owner"\n      files',
            'wants one"\n      files',
            ["fails: 'faster-ci' wants"],
        ),
        ("title: Faster CI, owner", "titel: Faster CI, owner", ["titel", "not so"]),
    ],
)
def test_an_example_that_is_not_as_it_says(
    folder: Path, old: str, new: str, said: list[str]
) -> None:
    """What was expected and what was got stand side by side, with the clause; the run fails."""
    done = broken(folder, old, new)

    assert done.returncode == 1
    assert "acme001-owner-named.yaml:" in done.stdout
    for words in said:
        assert words in done.stdout


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("has(resource.metadata.owner)", "has(resource.metadata.ownr)", "did you mean 'owner'"),
        ("severity: warning", "severty: warning", "did you mean 'severity'"),
        ("kinds: [Initiative]", "kinds: [Initative]", "did you mean 'Initiative'"),
        ("id: ACME001", "id: RG101", "ids that begin with RG belong to roadgate"),
    ],
)
def test_a_typo_shows_at_its_line(folder: Path, old: str, new: str, said: str) -> None:
    """A typo in a policy is shown where it stands, and nothing counts as tested."""
    done = broken(folder, old, new)

    assert done.returncode == 1
    assert said in done.stdout
    line = 1 + (folder / "policies" / "acme001-owner-named.yaml").read_text(
        encoding="utf-8"
    ).partition(new)[0].count("\n")
    assert f"acme001-owner-named.yaml:{line}:" in done.stdout


def test_a_policy_that_nothing_fails(folder: Path) -> None:
    """Without an example that fails, a policy is not tested, and the run does not pass."""
    run(folder, "new", "ACME001", "owner-named")
    path = folder / "policies" / "acme001-owner-named.yaml"
    text = path.read_text(encoding="utf-8").partition("    - name: nobody")[0]
    path.write_text(text, encoding="utf-8")

    done = run(folder, "test")

    assert done.returncode == 1
    assert "has no example that fails" in done.stdout


def test_only_some_files(folder: Path) -> None:
    """PATHS choose files and folders, inside the policies' folder or out of it."""
    run(folder, "new", "ACME001", "owner-named")
    run(folder, "new", "ACME002", "other-rule")
    (folder / "drafts").mkdir()
    draft = folder / "drafts" / "draft.yaml"
    path = folder / "policies" / "acme002-other-rule.yaml"
    draft.write_text(path.read_text(encoding="utf-8").replace("ACME002", "ACME009"), "utf-8")
    path.rename(folder / "drafts" / "acme002.yaml")

    one = as_json(folder, "test", "policies/acme001-owner-named.yaml")
    drafts = as_json(folder, "test", "drafts/draft.yaml")

    assert [each["id"] for each in one["policies"]] == ["ACME001"]
    assert [each["id"] for each in drafts["policies"]] == ["ACME009"]


def test_those_that_ship(folder: Path) -> None:
    """Every built-in policy can be tested where it is installed."""
    done = run(folder, "test", "--built-in")

    assert done.returncode == 0, done.stdout
    assert "RG501" in done.stdout


def test_nothing_to_test(folder: Path) -> None:
    """Without a policy nothing has passed."""
    done = run(folder, "test")

    assert done.returncode == 2
    assert "there is nothing to test" in done.stderr


def test_coverage_names_what_nothing_tests(folder: Path) -> None:
    """A clause that no example shows failing, a rule that matched nothing, and one switched off."""
    run(folder, "new", "ACME001", "owner-named")
    run(folder, "new", "ACME002", "for-goals", "--kind", "Goal")
    path = folder / "policies" / "acme001-owner-named.yaml"
    text = path.read_text(encoding="utf-8")
    second = "    - {expression: 'size(resource.metadata.name) > 0', message: nameless}\n"
    path.write_text(text.replace("  severity:", f"{second}  severity:", 1), encoding="utf-8")
    configure(
        folder,
        "  policies:\n    bindings:\n"
        "      - {policy: RG201, enforcement: disabled, because: no measurements yet}\n",
    )

    done = run(folder, "coverage")
    found = {each["id"]: each for each in as_json(folder, "coverage")["policies"]}

    assert done.returncode == 1
    assert "ACME001 clause 2 always held: size(resource.metadata.name) > 0" in done.stdout
    assert "RG201: no measurements yet" in done.stdout.partition("switched off:")[2]
    assert [each["examples"] for each in found["ACME001"]["clauses"]] == ["failed", "held"]
    assert (found["ACME001"]["matched"], found["ACME002"]["matched"]) == (1, 0)
    assert "ACME002" in done.stdout.partition("matched nothing here:")[2]
    assert found["RG501"]["matched"] is None


def test_coverage_of_a_rule_that_never_ran(folder: Path) -> None:
    """Examples that the rule is not about show nothing."""
    run(folder, "new", "ACME001", "owner-named")
    path = folder / "policies" / "acme001-owner-named.yaml"
    text = path.read_text(encoding="utf-8")
    where = "kinds: [Initiative]\n    where: \"resource.spec.horizon == 'now'\""
    path.write_text(text.replace("kinds: [Initiative]", where), encoding="utf-8")

    (policy,) = [
        each for each in as_json(folder, "coverage")["policies"] if each["id"] == "ACME001"
    ]

    assert [each["examples"] for each in policy["clauses"]] == ["never ran"]


def committed(folder: Path) -> None:
    """Commit everything."""
    git = ["git", "-C", str(folder), "-c", "user.name=a", "-c", "user.email=a@example.com"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "One"], check=True)


def diff_of(folder: Path, *arguments: str) -> Any:
    """The JSON of a diff, which meets its schema."""
    done = run(folder, "diff", *arguments, "--format", "json")
    output = json.loads(done.stdout)
    schema = json.loads(schemas.generate()["output/policy-diff.schema.json"])
    jsonschema_rs.Draft202012Validator(schema).validate(output)
    return output


def test_what_other_policies_would_do(folder: Path) -> None:
    """The roadmap stays; findings appear, disappear, and weigh otherwise."""
    run(folder, "new", "ACME001", "owner-named")
    committed(folder)
    bindings = [
        "{policy: RG101, enforcement: advisory}",
        "{policy: RG301, enforcement: disabled, because: no scores yet}",
    ]
    configure(folder, f"  policies:\n    bindings: [{', '.join(bindings)}]\n")
    run(folder, "new", "ACME002", "owner-known")
    initiative = folder / "roadmap" / "dark-mode.yaml"
    initiative.write_text(initiative.read_text("utf-8").replace("An idea", "Other"), "utf-8")

    found = diff_of(folder, "HEAD")

    assert (found["added"], found["removed"]) == (["ACME002"], ["RG301"])
    assert [each["id"] for each in found["appear"]] == ["ACME002"]
    assert {each["id"] for each in found["disappear"]} == {"RG301"}
    (changed,) = found["change"]
    assert (changed["before"]["severity"], changed["after"]["severity"]) == ("error", "warning")
    assert "~ error (overridable) → warning (advisory)" in run(folder, "diff", "HEAD").stdout
    assert diff_of(folder, "HEAD", "HEAD")["appear"] == []
    same = run(folder, "diff", "HEAD", "HEAD").stdout
    assert "say the same of the roadmap as it is" in same


def test_other_words_are_no_other_finding(folder: Path) -> None:
    """A rule about groups that nothing is called after may say the same in other words."""
    run(folder, "new", "ACME001", "few", "--scope", "portfolio", "--kind", "Service")
    path = folder / "policies" / "acme001-few.yaml"
    text = path.read_text(encoding="utf-8").replace(
        "groupBy: owner", "groupBy: metadata.labels.area"
    )
    text = text[: text.index("  examples:")]
    path.write_text(text, encoding="utf-8")
    services = "\n---\n".join(
        "apiVersion: roadgate/v1\nkind: Service\n"
        f"metadata: {{name: {name}, title: A, labels: {{area: {area}}}}}\nspec: {{tier: 1}}"
        for name, area in (("a", "x"), ("b", "x"), ("c", "y"), ("d", "y"))
    )
    (folder / "roadmap" / "services.yaml").write_text(services, encoding="utf-8")
    committed(folder)
    path.write_text(text.replace("'%s has %d", "'%s counts %d"), encoding="utf-8")
    assert "say the same" in run(folder, "diff", "HEAD").stdout

    path.write_text(text.replace("severity: warning", "severity: notice"), encoding="utf-8")
    found = diff_of(folder, "HEAD")
    assert (found["appear"], found["disappear"]) == ([], [])
    assert len(found["change"]) == 2


def test_a_diff_with_a_broken_policy(folder: Path) -> None:
    """A policy that does not compile is told, and the run does not pass."""
    run(folder, "new", "ACME001", "owner-named")
    committed(folder)
    path = folder / "policies" / "acme001-owner-named.yaml"
    text = path.read_text(encoding="utf-8").replace("has(resource.metadata.owner)", "1 + 'a'")
    path.write_text(text, encoding="utf-8")

    done = run(folder, "diff", "HEAD")

    assert done.returncode == 1
    assert "! error[RG032]" in done.stdout
    assert run(folder, "diff", "nowhere").returncode == 3
