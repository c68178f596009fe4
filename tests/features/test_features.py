"""The scenarios, played with the real command on real files and real git repositories."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

if TYPE_CHECKING:
    from pathlib import Path

scenarios(".")

BACKGROUND = """\
apiVersion: roadgate/v1
kind: Team
metadata: {name: platform-core, title: Platform core}
spec:
  members: [{role: product manager, github: example-pm}, {role: sponsor, github: example-vp}]
---
apiVersion: roadgate/v1
kind: Persona
metadata: {name: developer, title: Developer}
spec: {population: 480}
---
apiVersion: roadgate/v1
kind: Metric
metadata: {name: ci-duration-p50, title: CI duration, owner: platform-core}
spec: {unit: min, direction: lower, cadence: monthly}
"""
PROMISE = """\
apiVersion: roadgate/v1
kind: Initiative
metadata: {name: faster-ci, title: Faster CI pipelines, owner: platform-core}
spec:
  problem: Developers wait 18 minutes for CI.
  horizon: now
  status: active
  committed: 2026-02-02
  summary: CI in 5 minutes for every team by August.
  personas: [developer]
  scope: {includes: [remote cache], excludes: [new vendor]}
  rice: {reach: 240, impact: 2, confidence: 100, effort: 2}
  evidence: [EVIDENCE]
  successCriteria:
    - {id: ci-duration, metric: ci-duration-p50, target: "<= 5", by: 2026-07-31}
  killThresholds:
    - {id: no-movement, metric: ci-duration-p50, when: ">= 15", checkOn: [2026-12-30]}
"""
INTERVIEWS = """\
apiVersion: roadgate/v1
kind: Evidence
metadata: {name: interviews, title: Interviews, owner: platform-core}
spec:
  method: interview
  date: 2026-01-20
  participants: {developer: COUNT}
"""
IDEA = """\
apiVersion: roadgate/v1
kind: Initiative
metadata: {name: NAME, title: An idea}
spec: {problem: Something hurts., horizon: exploring}
"""
ENVELOPE = "apiVersion: roadgate/v1\nkind: Initiative\nmetadata: {name: bad, title: Bad}\n"
CONTENT: dict[str, bytes] = {
    "something that is no YAML": b"a: [1, 2\nb: }{\n",
    "a tab as indentation": b"apiVersion: roadgate/v1\nspec:\n\tproblem: x\n",
    "a duplicate key": (ENVELOPE + "spec: {problem: a, horizon: later, problem: b}\n").encode(),
    "a Python object tag": (
        ENVELOPE + "spec: {problem: !!python/object:os.system x, horizon: later}\n"
    ).encode(),
    "a list": b"- apiVersion: roadgate/v1\n",
    "an unknown kind": ENVELOPE.replace("Initiative", "Initative").encode() + b"spec: {}\n",
    "an unknown field": (ENVELOPE + "spec: {problem: a, horizon: later, horizn: x}\n").encode(),
    "no problem": (ENVELOPE + "spec: {horizon: later}\n").encode(),
    "a date that is none": (
        ENVELOPE + "spec: {problem: a, horizon: later, committed: 2026-02-30}\n"
    ).encode(),
    "the name of another": IDEA.replace("NAME", "awake").encode(),
    "an unknown metric": (
        ENVELOPE + "spec:\n  problem: a\n  horizon: later\n  successCriteria:\n"
        '    - {id: x, metric: no-such-metric, target: ">= 1", by: 2026-01-01}\n'
    ).encode(),
    "Latin-1 text": ENVELOPE.encode() + b"spec: {problem: caf\xe9, horizon: later}\n",
    "a NUL character": ENVELOPE.encode() + b'spec: {problem: "a\\0b", horizon: later}\n',
    "nothing at all": b"",
    "ten megabytes": ENVELOPE.encode() + b"spec: {problem: " + b"x" * 10_000_000 + b"}\n",
    "nesting 20,000 deep": b"a: " + b"[" * 20_000 + b"]" * 20_000,
    "an alias bomb": b"a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    + b"".join(
        b"%c: &%c [%s]\n" % (98 + n, 98 + n, b", ".join([b"*%c" % (97 + n)] * 10)) for n in range(8)
    ),
}


@dataclass
class Run:
    """What one command printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        """Everything a user saw."""
        return self.out + self.err


@dataclass
class Desk:
    """A user's folder, and the last command that was run there."""

    folder: Path
    last: Run = field(default_factory=lambda: Run(-1, "", ""))
    kept: dict[str, str] = field(default_factory=dict)

    def path(self, name: str) -> Path:
        """A file in the folder, its parents made."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def program(self, *arguments: str, day: str = "2026-02-02") -> str:
        """Run git with a fixed author and date."""
        environment = {
            **os.environ,
            "GIT_AUTHOR_DATE": f"{day}T12:00:00Z",
            "GIT_COMMITTER_DATE": f"{day}T12:00:00Z",
        }
        identity = ["-c", "user.name=example-pm", "-c", "user.email=pm@example.com"]
        return subprocess.run(
            ["git", *identity, *arguments],
            cwd=self.folder,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()

    def run(self, *arguments: str) -> Run:
        """Run roadgate here and remember what it said."""
        done = subprocess.run(
            [sys.executable, "-m", "roadgate", *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        self.last = Run(done.returncode, done.stdout, done.stderr)
        return self.last

    def json(self, *arguments: str) -> Any:
        """Run roadgate with JSON output and read it."""
        return json.loads(self.run(*arguments, "--format", "json").out)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty folder of a user."""
    return Desk(tmp_path)


@given("an empty folder")
def _empty_folder(desk: Desk) -> None:
    assert not list(desk.folder.iterdir())


@given(parsers.parse('the file "{name}" says'))
def _file_says(desk: Desk, name: str, docstring: str) -> None:
    desk.path(name).write_text(docstring + "\n", encoding="utf-8")
    desk.kept[name] = docstring + "\n"


@given(parsers.parse('the file "{name}" contains {content}'))
def _file_contains(desk: Desk, name: str, content: str) -> None:
    if content == "a link out of the tree":
        outside = desk.folder.parent / "outside.yaml"
        outside.write_text(IDEA.replace("NAME", "outside"), encoding="utf-8")
        desk.path(name).symlink_to(outside)
        return
    desk.path(name).write_bytes(CONTENT[content])


@given(parsers.parse('an initiative "{name}" that is exploring'))
def _idea(desk: Desk, name: str) -> None:
    desk.path(f"roadmap/{name}.yaml").write_text(IDEA.replace("NAME", name), encoding="utf-8")


@given("a roadmap with a team, a persona and a metric")
def _background(desk: Desk) -> None:
    desk.path("roadmap/background.yaml").write_text(BACKGROUND, encoding="utf-8")


@given(parsers.parse('an initiative "faster-ci" that is now, with {count:d} interviews'))
def _researched(desk: Desk, count: int) -> None:
    evidence = INTERVIEWS.replace("COUNT", str(count))
    desk.path("roadmap/interviews.yaml").write_text(evidence, encoding="utf-8")
    promise = PROMISE.replace("EVIDENCE", "interviews")
    desk.path("roadmap/faster-ci.yaml").write_text(promise, encoding="utf-8")


@given('an initiative "faster-ci" that is now, without evidence')
def _unresearched(desk: Desk) -> None:
    promise = PROMISE.replace("EVIDENCE", "")
    desk.path("roadmap/faster-ci.yaml").write_text(promise, encoding="utf-8")


def _edit(desk: Desk, old: str, new: str) -> None:
    path = desk.path("roadmap/faster-ci.yaml")
    text = path.read_text(encoding="utf-8")
    assert re.search(old, text)
    path.write_text(re.sub(old, new, text), encoding="utf-8")


@given(parsers.parse("it is in {horizon}"))
def _horizon(desk: Desk, horizon: str) -> None:
    _edit(desk, r"horizon: \w+", f"horizon: {horizon}")


@given(parsers.re(r'in "(?P<name>[^"]+)" "(?P<old>[^"]+)" becomes "(?P<new>[^"]*)"'))
def _becomes(desk: Desk, name: str, old: str, new: str) -> None:
    text = desk.path(name).read_text(encoding="utf-8")
    assert old in text
    desk.path(name).write_text(text.replace(old, new), encoding="utf-8")


@given("its kill thresholds are taken out")
def _without_thresholds(desk: Desk) -> None:
    _edit(desk, r"  killThresholds:\n.*\n", "")


@given(parsers.parse('the target of "ci-duration" becomes "{target}"'))
def _new_target(desk: Desk, target: str) -> None:
    _edit(desk, r'target: "[^"]*"', f'target: "{target}"')


@given(parsers.parse('the deadline of "ci-duration" becomes {day}'))
def _new_deadline(desk: Desk, day: str) -> None:
    _edit(desk, r"by: \S+}", f"by: {day}}}")


@given('the file of "faster-ci" is deleted')
def _deleted(desk: Desk) -> None:
    desk.path("roadmap/faster-ci.yaml").unlink()


DECISION = """\
apiVersion: roadgate/v1
kind: Decision
metadata: {{name: {name}, title: A decision}}
spec:
  type: {type}
  concerns: {concerns}
  date: {date}
  by: [example-vp]
  because: It was talked over.
  {more}
"""


@given(
    parsers.parse(
        'a Decision "{name}" of type override for policy {policy} on "{initiative}" until {until}'
    )
)
def _override(desk: Desk, name: str, policy: str, initiative: str, until: str) -> None:
    text = DECISION.format(
        name=name,
        type="override",
        concerns=f"{{policy: {policy}, resource: Initiative/{initiative}}}",
        date="2026-02-01",
        more=f"until: {until}\n  tradeoff: Something else waits.",
    )
    desk.path(f"roadmap/{name}.yaml").write_text(text, encoding="utf-8")


@given(
    parsers.parse(
        'a Decision "{name}" of type relax for criterion "{criterion}" of "{initiative}" '
        "dated {day}"
    )
)
def _relax(desk: Desk, name: str, criterion: str, initiative: str, day: str) -> None:
    concerns = f"{{initiative: {initiative}, criterion: {criterion}}}"
    text = DECISION.format(name=name, type="relax", concerns=concerns, date=day, more="")
    desk.path(f"roadmap/{name}.yaml").write_text(text, encoding="utf-8")


@given(parsers.parse("everything is committed on {day} in a branch"))
def _branch(desk: Desk, day: str) -> None:
    desk.program("checkout", "-q", "-b", "change")
    _commit(desk, day)


@given(parsers.parse("everything is committed on {day} once more"))
def _again(desk: Desk, day: str) -> None:
    _commit(desk, day)


@given(parsers.re(r"everything is committed on (?P<day>\S+)$"))
def _main(desk: Desk, day: str) -> None:
    desk.program("init", "-q", "-b", "main")
    _commit(desk, day)


def _commit(desk: Desk, day: str) -> None:
    desk.program("add", "-A")
    desk.program("commit", "-q", "-m", "Change the roadmap", day=day)


@given(parsers.parse('"{metric}" measured {measured}'))
def _measured(desk: Desk, metric: str, measured: str) -> None:
    rows = ["date,value"]
    if measured != "nothing":
        for each in measured.split(" and "):
            value, day = each.split(" on ")
            rows.append(f"{day},{value}")
    path = desk.path(f"measurements/{metric}.csv")
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


@when(parsers.parse('I run "roadgate {arguments}"'))
def _run(desk: Desk, arguments: str) -> None:
    desk.run(*arguments.split())


@when('I run "roadgate init"')
def _run_init(desk: Desk) -> None:
    desk.run("init", "--pin", "0123456789abcdef0123456789abcdef01234567")


@when(parsers.parse("I check the branch against main as of {day}"))
def _check_branch(desk: Desk, day: str) -> None:
    desk.run("check", "--base", "main", "--at", "change", "--as-of", day)


@when(
    parsers.re(
        r'"(?P<person>[a-z-]+)"(, who wrote it,)? approves and I check the branch against main '
        r"as of (?P<day>\S+)"
    )
)
def _approved(desk: Desk, person: str, day: str) -> None:
    head = desk.program("rev-parse", "change")
    context = {
        "version": 1,
        "pullRequest": 7,
        "base": desk.program("rev-parse", "main"),
        "head": head,
        "author": "example-pm",
        "reviews": [{"by": person, "state": "approved", "commit": head, "date": day}],
    }
    path = desk.folder.parent / "context.json"
    path.write_text(json.dumps(context), encoding="utf-8")
    arguments = ["--base", "main", "--at", "change", "--as-of", day, "--context", str(path)]
    desk.run("check", *arguments)


@when(parsers.parse("I ask for the status as of {day}"))
def _status(desk: Desk, day: str) -> None:
    desk.run("status", "--as-of", day, "--format", "json")


@when(parsers.parse("I plan and apply to the local tracker as of {day}"))
def _plan_and_apply(desk: Desk, day: str) -> None:
    desk.run("plan", "--to", "local", "--as-of", day, "--out", "plan.json")
    planned = desk.last
    desk.run("apply", "plan.json")
    desk.last = Run(desk.last.code, planned.out + desk.last.out, planned.err + desk.last.err)


@when(parsers.parse("I plan to the local tracker as of {day}"))
def _plan(desk: Desk, day: str) -> None:
    desk.run("plan", "--to", "local", "--as-of", day, "--out", "plan.json")


@when("somebody else applies meanwhile")
def _somebody_applies(desk: Desk) -> None:
    assert desk.run("apply", "plan.json").code == 0


@when("I apply the plan")
def _apply(desk: Desk) -> None:
    desk.run("apply", "plan.json")


def _issue_files(desk: Desk) -> list[Path]:
    return sorted((desk.folder / ".roadgate" / "issues").glob("*.md"))


@when(parsers.parse('somebody writes "{words}" at the top of the issue'))
def _write_into_issue(desk: Desk, words: str) -> None:
    (path,) = _issue_files(desk)
    head, marker, rest = path.read_text(encoding="utf-8").partition("<!-- roadgate")
    path.write_text(f"{head}{words}\n\n{marker}{rest}", encoding="utf-8")


@then("it succeeds")
def _succeeds(desk: Desk) -> None:
    assert desk.last.code == 0, desk.last.text


@then(parsers.parse("it exits with {code:d}"))
def _exits(desk: Desk, code: int) -> None:
    assert desk.last.code == code, desk.last.text


@then(parsers.re(r'I read "(?P<words>.*)"$'))
def _read(desk: Desk, words: str) -> None:
    folded = " ".join(desk.last.text.split())  # long lines are folded to the terminal's width
    assert words in desk.last.text or words in folded, desk.last.text


@then("no traceback is shown")
def _no_traceback(desk: Desk) -> None:
    assert "Traceback" not in desk.last.text


@then(parsers.parse('the file "{name}" exists'))
def _exists(desk: Desk, name: str) -> None:
    assert (desk.folder / name).is_file()


@then(parsers.parse('the file "{name}" still says what it said'))
def _untouched(desk: Desk, name: str) -> None:
    assert (desk.folder / name).read_text(encoding="utf-8") == desk.kept[name]


@then(parsers.re(r'there is a finding (?P<code>[A-Z]+\d+) about "(?P<name>[^"]+)"$'))
def _finding_about(desk: Desk, code: str, name: str) -> None:
    assert re.search(rf"error\[{code}\]", desk.last.text), desk.last.text
    assert name in desk.last.text


@then(
    parsers.re(
        r'there is a finding (?P<code>[A-Z]+\d+) in "(?P<path>[^"]+)"( at line (?P<line>\d+))?$'
    )
)
def _finding_in(desk: Desk, code: str, path: str, line: str | None) -> None:
    place = f"{re.escape(path)}:{line or '[0-9]+'}:"
    assert re.search(rf"error\[{code}\][^┌]*┌─ {place}", desk.last.text), desk.last.text


@then(parsers.parse('the criterion "{criterion}" of "{initiative}" is {verdict}'))
def _verdict(desk: Desk, criterion: str, initiative: str, verdict: str) -> None:
    (found,) = [
        each
        for judged in json.loads(desk.last.out)["initiatives"]
        if judged["name"] == initiative
        for each in judged["criteria"]
        if each["id"] == criterion
    ]
    assert found["verdict"] == verdict, found["reason"]


@then(parsers.re(r"(?P<count>\d+) issues? (is|are) open"))
def _open_issues(desk: Desk, count: str) -> None:
    states = [path.read_text(encoding="utf-8") for path in _issue_files(desk)]
    assert sum(bool(re.search(r"^state: open$", text, re.MULTILINE)) for text in states) == int(
        count
    )


@then(parsers.parse('an issue says "{words}"'))
def _issue_says(desk: Desk, words: str) -> None:
    assert any(words in path.read_text(encoding="utf-8") for path in _issue_files(desk))
