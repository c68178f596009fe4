"""The workflows that `roadgate init` writes, run by the real runner against the emulated GitHub.

The runner is green when it has skipped everything. So each test compares the whole list of jobs and
steps that ran, and the last ones prove that the same comparison turns red.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rig.act import Act, local_action, workspace
from rig.act.runner import ACTIONS, REPOSITORY, base_python, git

if TYPE_CHECKING:
    from rig.act import Run
    from rig.github import Emulator

pytestmark = pytest.mark.slow

SOURCES = Path(__file__).resolve().parents[2]
PIN = "5ca1ab1e" * 5
CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1"
SETUP_PYTHON = "actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97"
INITIATIVE = "roadmap/faster-ci.yaml"
TODAY = datetime.now(tz=UTC).date()

JUDGED = {
    "Check out the base": "success",
    "Ask who wants what": "success",
    "Fetch the head as data": "success",
    "Judge": "success",
}
GREEN = {
    "judge": ("success", JUDGED),
    "publish": ("success", {"Set the status": "success"}),
}
RED = {
    "judge": ("failure", {**JUDGED, "Judge": "failure"}),
    "publish": ("success", {"Set the status": "success"}),
}
KEPT = {
    "issues": (
        "success",
        {
            "Check out the roadmap": "success",
            "Judge every promise": "success",
            "Plan the issues": "success",
            "Open, update and close issues": "success",
        },
    )
}

METRIC = """\
apiVersion: roadgate/v1
kind: Metric
metadata: {name: ci-duration, title: CI duration}
spec: {unit: min, direction: lower, role: lagging, counts: outcome, cadence: monthly}
"""
PEOPLE = """\
apiVersion: roadgate/v1
kind: Team
metadata: {name: platform-core, title: Platform core}
spec: {members: [{role: product manager, github: example-pm}, {role: engineer, github: example-vp}]}
---
apiVersion: roadgate/v1
kind: Persona
metadata: {name: developer, title: Application developer}
spec: {population: 480, jobs: [ship a change safely]}
---
apiVersion: roadgate/v1
kind: Goal
metadata: {name: ship-daily, title: Every team ships daily}
spec: {outcome: Time from merge to production under 30 minutes, metrics: [ci-duration]}
"""
EVIDENCE = """\
apiVersion: roadgate/v1
kind: Evidence
metadata: {name: interviews, title: Interviews, owner: platform-core}
spec:
  method: interview
  date: 2024-01-20
  participants: {developer: PARTICIPANTS}
  findings: [CI at 18 minutes is the first complaint]
  limits: [nobody from mobile]
"""
PROMISE = """\
apiVersion: roadgate/v1
kind: Initiative
metadata: {name: faster-ci, title: Faster CI pipelines, owner: platform-core}
spec:
  problem: Developers wait 18 minutes for CI and switch context meanwhile.
  horizon: HORIZON
  status: active
  summary: CI in 5 minutes for every team.
  personas: [developer]
  goal: ship-daily
  scope: {includes: [test selection], excludes: [new CI vendor]}
  rice: {reach: 240, impact: 2, confidence: 100, effort: 2}
  evidence: [interviews]
"""
COMMITMENT = """\
  committed: COMMITTED
  successCriteria:
    - {id: duration, metric: ci-duration, target: "<= 5", by: DEADLINE}
  killThresholds:
    - {id: no-movement, metric: ci-duration, when: ">= 15", checkOn: [CHECKPOINT], action: kill}
"""
RELAX = """\
apiVersion: roadgate/v1
kind: Decision
metadata: {name: relax-duration, title: Eight minutes will do}
spec:
  type: relax
  concerns: {initiative: faster-ci, criterion: duration}
  date: TODAY
  by: [example-pm]
  because: Five minutes would need new hardware.
"""


@dataclass(frozen=True)
class Roadmap:
    """A roadmap repository on the emulated GitHub, with a clone to work in."""

    clone: Path
    origin: Path
    github: Emulator
    act: Act

    def write(self, files: dict[str, str], message: str, day: str | None = None) -> str:
        """Commit files and return the commit."""
        for name, text in files.items():
            (self.clone / name).parent.mkdir(parents=True, exist_ok=True)
            (self.clone / name).write_text(text)
        git(self.clone, "add", "--all")
        moment = f"{day}T12:00:00Z" if day else datetime.now(tz=UTC).isoformat()
        subprocess.run(
            ["git", "-C", str(self.clone), "commit", "--quiet", "--message", message],
            env={**os.environ, "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment},
            check=True,
        )
        return git(self.clone, "rev-parse", "HEAD").strip()

    def push(self, commit: str, ref: str) -> None:
        """Push a commit to where GitHub would have it."""
        git(self.clone, "push", "--quiet", "--force", str(self.origin), f"{commit}:{ref}")

    def propose(self, files: dict[str, str], message: str) -> str:
        """Put a change up as pull request 1, or push it there, and go back to the base."""
        git(self.clone, "checkout", "--quiet", "-B", "change")
        head = self.write(files, message)
        self.push(head, "refs/pull/1/head")
        git(self.clone, "checkout", "--quiet", "main")
        base = git(self.clone, "rev-parse", "HEAD").strip()
        repository = self.github.repository(REPOSITORY)
        issue = repository.issues.get(1)
        if issue is None or issue.pull is None:
            repository.add_pull(message, head_sha=head, base_sha=base, author="example-pm")
        else:
            issue.pull.head_sha = head
        return head

    def judge(self, workflow: str = "roadgate.yml", event: str = "pull_request_target") -> Run:
        """Run the pull-request workflow as GitHub would on a push to pull request 1."""
        issue = self.github.repository(REPOSITORY).issues[1]
        assert issue.pull is not None
        payload = {
            "action": "synchronize",
            "number": 1,
            "pull_request": {
                "number": 1,
                "head": {"sha": issue.pull.head_sha, "ref": "change"},
                "base": {"sha": issue.pull.base_sha, "ref": "main"},
                "user": {"login": "example-pm"},
            },
        }
        return self.run(workflow, event, payload)

    def run(self, workflow: str, event: str, payload: dict[str, Any]) -> Run:
        """Run a workflow of the base."""
        repository = {"full_name": REPOSITORY, "default_branch": "main", "fork": False}
        path = f".github/workflows/{workflow}"
        payload = {"repository": repository, "sender": {"login": "example-pm"}, **payload}
        return self.act.run(self.clone, path, event, payload)

    def statuses(self, sha: str) -> list[tuple[str, str]]:
        """Return the contexts and states on a commit, oldest first."""
        kept = self.github.repository(REPOSITORY).statuses
        return [(one.context, one.state) for one in kept if one.sha == sha]


@pytest.fixture(scope="session")
def action(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The action as somebody else's workflow gets it: the files of this repository, no more."""
    # The runner calls the folder of an action so.
    folder = tmp_path_factory.mktemp("action") / f"roadgate-roadgate@{PIN}"
    return local_action(SOURCES, folder)


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the action installs, fetched once, so that the runs themselves need no network."""
    folder = tmp_path_factory.mktemp("wheels")
    lock = SOURCES / "requirements/action.txt"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--require-hashes", "--only-binary", ":all:", "-r", str(lock), "-d", str(folder)]
    subprocess.run(command, check=True)
    return folder


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory, action: Path, wheels: Path) -> Path:
    """The temporary folder of a runner in which the action has installed itself already."""
    folder = tmp_path_factory.mktemp("runner")
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHON": base_python(),
        "RUNNER_TEMP": str(folder),
        "GITHUB_ACTION_PATH": str(action),
        **offline(wheels),
    }
    script = str(action / ".github/action/install")
    subprocess.run(["bash", script], env=environment, check=True)
    return folder


def offline(wheels: Path) -> dict[str, str]:
    """Return the environment in which pip takes packages from a folder and from nowhere else."""
    return {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels)}


@pytest.fixture
def roadmap(
    tmp_path: Path, github: Emulator, action: Path, wheels: Path, installed: Path
) -> Roadmap:
    """A repository that ``roadgate init`` has started, with one initiative for later."""
    clone, origin = tmp_path / "roadmap", tmp_path / "origin.git"
    subprocess.run(["git", "init", "--quiet", "-b", "main", str(clone)], check=True)
    subprocess.run(["git", "init", "--quiet", "--bare", "-b", "main", str(origin)], check=True)
    git(clone, "config", "user.name", "example-pm")
    git(clone, "config", "user.email", "example-pm@example.com")
    command = [sys.executable, "-m", "roadgate", "init", str(clone), "--pin", PIN]
    subprocess.run(command, check=True, capture_output=True)
    (clone / "roadmap/first-initiative.yaml").unlink()
    github.world.token(
        "ghs_rig",
        permissions={
            "contents": "read",
            "issues": "write",
            "pull_requests": "read",
            "statuses": "write",
        },
    )
    github.repository(REPOSITORY).git = origin
    environment = {
        **workspace(clone, origin),
        "GITHUB_API_URL": github.url,
        "ROADGATE_GITHUB_PACE": "0",
        "RIG_RUNNER_TEMP": str(installed),
        **offline(wheels),
    }
    actions = {
        CHECKOUT: ACTIONS / "checkout",
        SETUP_PYTHON: ACTIONS / "setup-python",
        f"roadgate/roadgate@{PIN}": action,
    }
    made = Roadmap(clone, origin, github, Act(tmp_path / "act", actions, environment))
    made.write(
        {
            "roadmap/people.yaml": PEOPLE,
            "roadmap/metric.yaml": METRIC,
            "roadmap/interviews.yaml": EVIDENCE.replace("PARTICIPANTS", "2"),
            INITIATIVE: PROMISE.replace("HORIZON", "later").replace("active", "proposed"),
        },
        "Start the roadmap",
        "2024-01-22",
    )
    made.push("HEAD", "refs/heads/main")
    return made


def committed(deadline: str, checkpoint: str, day: str) -> str:
    """Return the initiative as a commitment."""
    text = (PROMISE + COMMITMENT).replace("HORIZON", "now").replace("COMMITTED", day)
    return text.replace("DEADLINE", deadline).replace("CHECKPOINT", checkpoint)


def commitment() -> str:
    """Return the initiative as committed today."""
    days = (TODAY + timedelta(days=90), TODAY + timedelta(days=45), TODAY)
    return committed(*(day.isoformat() for day in days))


def line_of(text: str, start: str) -> int:
    """Return the number of the first line that starts so."""
    lines = [line.strip() for line in text.splitlines()]
    return next(number for number, line in enumerate(lines, 1) if line.startswith(start))


def test_unresearched_commitment_is_red_and_its_repair_green(roadmap: Roadmap) -> None:
    """A pull request that commits on two interviews fails at its line; with six it passes."""
    files = {INITIATIVE: commitment()}
    first = roadmap.propose(files, "Commit to faster CI")
    red = roadmap.judge()

    errors = [one for one in red.jobs["judge"].annotations if one.level == "error"]
    assert red.told == RED, red.log
    assert red.exit_code == 1
    assert [(one.file, one.line) for one in errors] == [
        (INITIATIVE, line_of(files[INITIATIVE], "evidence:"))
    ]
    assert "RG101" in str(errors[0])
    assert "2 of 5 interviews" in errors[0].message
    assert "RG101" in red.jobs["judge"].summary
    assert roadmap.statuses(first) == [("roadgate", "failure")]

    more = EVIDENCE.replace("PARTICIPANTS", "6")
    second = roadmap.propose({**files, "roadmap/interviews.yaml": more}, "Ask four more developers")
    green = roadmap.judge()

    assert green.told == GREEN, green.log
    assert green.exit_code == 0
    assert [one for one in green.jobs["judge"].annotations if one.level == "error"] == []
    assert roadmap.statuses(second) == [("roadgate", "success")]
    assert roadmap.statuses(first) == [("roadgate", "failure")]


def test_judge_that_cannot_judge_reports_an_error(roadmap: Roadmap) -> None:
    """A head that cannot be fetched is not checked, and the status says so."""
    head = roadmap.propose({INITIATIVE: commitment()}, "Commit to faster CI")
    git(roadmap.origin, "update-ref", "-d", "refs/pull/1/head")

    run = roadmap.judge()

    steps = {**JUDGED, "Fetch the head as data": "failure"}
    del steps["Judge"]
    assert run.told == {**RED, "judge": ("failure", steps)}, run.log
    assert roadmap.statuses(head) == [("roadgate", "error")]


def test_late_review_is_heard_through_the_bell(roadmap: Roadmap) -> None:
    """The bell does nothing but ring, and the judge finds the pull request by its head."""
    head = roadmap.propose({INITIATIVE: commitment()}, "Commit to faster CI")
    bell = roadmap.run("roadgate-bell.yml", "pull_request_review", {"action": "submitted"})
    before = len(roadmap.github.journal)
    heard = {"head_sha": head, "event": "pull_request_review", "name": "roadgate bell"}
    run = roadmap.run("roadgate.yml", "workflow_run", {"workflow_run": heard})

    assert bell.told == {"ring": ("success", {"Ring": "success"})}, bell.log
    assert before == 0
    assert run.told == RED, run.log
    assert roadmap.statuses(head) == [("roadgate", "failure")]


def test_merge_queue_is_judged_on_its_own_commit(roadmap: Roadmap) -> None:
    """A merge queue gets its status on the commit that would become the base."""
    enough = EVIDENCE.replace("PARTICIPANTS", "6")
    files = {INITIATIVE: commitment(), "roadmap/interviews.yaml": enough}
    head = roadmap.propose(files, "Commit to faster CI")
    base = git(roadmap.clone, "rev-parse", "main").strip()
    git(roadmap.clone, "checkout", "--quiet", "-b", "queue")
    git(roadmap.clone, "merge", "--quiet", "--no-ff", "--message", "Merge", "change")
    merged = git(roadmap.clone, "rev-parse", "HEAD").strip()
    ref = f"refs/heads/gh-readonly-queue/main/pr-1-{base}"
    roadmap.push(merged, ref)
    group = {"head_sha": merged, "head_ref": ref, "base_sha": base, "base_ref": "refs/heads/main"}

    run = roadmap.run("roadgate.yml", "merge_group", {"merge_group": group})

    assert run.told == GREEN, run.log
    assert roadmap.statuses(merged) == [("roadgate", "success")]
    assert roadmap.statuses(head) == []


def test_awaited_approval_is_pending_until_a_review_comes(roadmap: Roadmap) -> None:
    """A relaxed target waits for somebody else's approval, and the bell brings it home."""
    promise = commitment()
    enough = EVIDENCE.replace("PARTICIPANTS", "6")
    base = roadmap.write({INITIATIVE: promise, "roadmap/interviews.yaml": enough}, "Commit")
    roadmap.push(base, "refs/heads/main")
    relaxed = promise.replace('target: "<= 5"', 'target: "<= 8"')
    decision = RELAX.replace("TODAY", TODAY.isoformat())
    head = roadmap.propose({INITIATIVE: relaxed, "roadmap/relax.yaml": decision}, "Relax")

    waiting = roadmap.judge()
    before = roadmap.statuses(head)
    roadmap.github.repository(REPOSITORY).add_review(1, "example-vp")
    heard = {"head_sha": head, "event": "pull_request_review", "name": "roadgate bell"}
    approved = roadmap.run("roadgate.yml", "workflow_run", {"workflow_run": heard})

    assert waiting.told == RED, waiting.log
    assert before == [("roadgate", "pending")]
    assert approved.told == GREEN, approved.log
    assert roadmap.statuses(head) == [*before, ("roadgate", "success")]


def test_the_advisory_workflow_of_the_documentation_judges(roadmap: Roadmap) -> None:
    """The plain workflow of the documentation is red without research, and green with it."""
    page = (SOURCES / "docs/how-to/github.md").read_text()
    text = page.partition("```yaml\nname: roadgate\n")[2].partition("```")[0]
    text = f"name: roadgate\n{text}".replace("ROADGATE_ACTION_REF", PIN)
    base = roadmap.write({".github/workflows/roadgate.yml": text}, "Judge without the trigger")
    roadmap.push(base, "refs/heads/main")
    steps = ["Check out the pull request", "Ask who wants what", "Judge"]

    def judged() -> Run:
        git(roadmap.clone, "push", "--quiet", "--force", str(roadmap.origin), "change")
        return roadmap.judge(event="pull_request")

    files = {INITIATIVE: commitment()}
    roadmap.propose(files, "Commit to faster CI")
    red = judged()
    more = EVIDENCE.replace("PARTICIPANTS", "6")
    roadmap.propose({**files, "roadmap/interviews.yaml": more}, "Ask four more developers")
    green = judged()

    assert red.told == {
        "check": ("failure", {**dict.fromkeys(steps, "success"), "Judge": "failure"})
    }, red.log
    assert any("RG101" in str(each) for each in red.jobs["check"].annotations)
    assert green.told == {"check": ("success", dict.fromkeys(steps, "success"))}, green.log


def test_schedule_opens_the_right_issues_once(roadmap: Roadmap) -> None:
    """A missed promise and a triggered threshold get an issue each; the second run adds nothing."""
    roadmap.write(
        {
            INITIATIVE: committed("2024-06-30", "2024-04-30", "2024-02-05"),
            "roadmap/interviews.yaml": EVIDENCE.replace("PARTICIPANTS", "6"),
        },
        "Commit to faster CI",
        "2024-02-05",
    )
    rows = "date,value\n2024-03-31,17\n2024-04-30,16\n2024-05-31,12\n2024-06-30,8\n2024-07-31,8\n"
    roadmap.write({"measurements/ci-duration.csv": rows}, "Measure", "2024-07-31")
    roadmap.push("HEAD", "refs/heads/main")
    repository = roadmap.github.repository(REPOSITORY)

    first = roadmap.run("roadgate-schedule.yml", "schedule", {"schedule": "17 5 * * *"})

    assert first.told == KEPT, first.log
    assert first.exit_code == 0
    issues = list(repository.issues.values())
    assert sorted("kill" in str(one.labels) for one in issues) == [False, True]
    assert all("Faster CI" in one.title for one in issues)
    assert {one.author for one in issues} == {"github-actions[bot]"}
    assert "missed" in first.jobs["issues"].summary

    written = len(roadmap.github.writes())
    second = roadmap.run("roadgate-schedule.yml", "schedule", {"schedule": "17 5 * * *"})

    assert second.told == KEPT, second.log
    assert len(roadmap.github.writes()) == written
    assert list(repository.issues.values()) == issues


@pytest.mark.parametrize(
    ("part", "instead"),
    [
        ("    runs-on: ubuntu-latest", "    runs-on: ubuntu-24.04"),  # the runner skips the jobs
        ("        id: check\n", "        id: check\n        if: false\n"),
        ("            --base ", "            --format json --bas "),
        ("always() && ", "failure() && false && "),
    ],
)
def test_broken_workflow_is_noticed(roadmap: Roadmap, part: str, instead: str) -> None:
    """The control: workflows that judge nothing, or do not say what they found."""
    path = roadmap.clone / ".github/workflows/roadgate.yml"
    text = path.read_text()
    assert part in text
    head = roadmap.propose({INITIATIVE: commitment()}, "Commit to faster CI")
    path.with_name("broken.yml").write_text(text.replace(part, instead))

    run = roadmap.judge("broken.yml")

    assert (run.told, roadmap.statuses(head)) != (RED, [("roadgate", "failure")])


@pytest.mark.parametrize("has_wheels", [True, False])
def test_action_installs_itself_from_its_lock(roadmap: Roadmap, *, has_wheels: bool) -> None:
    """On a bare runner it installs what is locked; where it cannot, there is no verdict."""
    head = roadmap.propose({INITIATIVE: commitment()}, "Commit to faster CI")
    bare = {"RIG_RUNNER_TEMP": ""}
    if not has_wheels:
        bare["PIP_FIND_LINKS"] = str(roadmap.clone)

    act = replace(roadmap.act, environment={**roadmap.act.environment, **bare})
    run = replace(roadmap, act=act).judge()

    if has_wheels:
        assert run.told == RED, run.log
        assert roadmap.statuses(head) == [("roadgate", "failure")]
    else:
        assert run.told["judge"] == (
            "failure",
            {"Check out the base": "success", "Ask who wants what": "failure"},
        )
        assert roadmap.statuses(head) == []
