"""The demo: roadgate's own answers on the real commits of the example's six months."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from roadgate.model.bundled import bundled
from roadgate.model.kinds import KINDS

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

EXAMPLES = bundled("examples")
END = "2026-08-07"


def roadgate(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the real command."""
    return subprocess.run(
        [sys.executable, "-m", "roadgate", *arguments],
        cwd=cwd,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def told(*arguments: str, cwd: Path) -> str:
    """What the demo prints; it must end well."""
    done = roadgate("demo", *arguments, cwd=cwd)
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    return done.stdout


def scene(output: str, day: str) -> str:
    """The part of the demo's output that tells one day."""
    (part,) = [each for each in output.split("\n\n") if each.startswith(f"{day} · ")]
    return part


def criteria(folder: Path, *options: str) -> dict[str, Any]:
    """Every success criterion, as status judges it."""
    done = roadgate("status", "--format", "json", *options, cwd=folder)
    assert done.returncode == 0, done.stderr
    return {
        f"{initiative['name']}/{each['id']}": each
        for initiative in json.loads(done.stdout)["initiatives"]
        for each in initiative["criteria"]
    }


def copied(folder: Path) -> Path:
    """A copy of the example and of its history, to be changed."""
    for name in ("platform", "platform-history"):
        shutil.copytree(EXAMPLES / name, folder / "examples" / name)
    return folder / "examples"


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The demo's output, and the folder in which it left everything."""
    folder = tmp_path_factory.mktemp("demo")
    return told("--keep", "story", cwd=folder), folder / "story"


def test_an_unresearched_commitment_is_refused(story: tuple[str, Path]) -> None:
    """Nobody was interviewed: neither multi-cloud nor the favourite gets past the gate."""
    output, _ = story
    for day, name, branch in (
        ("14 January 2026", "multi-cloud", "multi-cloud"),
        ("19 January 2026", "faster-ci", "faster-ci-guess"),
    ):
        part = scene(output, day)
        assert f"error[RG101]: '{name}' is in now with 0 of 5 interviews" in part
        assert f"refused: '{branch}' stays open" in part


def test_an_override_is_used_and_shown(story: tuple[str, Path]) -> None:
    """The executive's Decision lets multi-cloud pass, and the rule is shown as waived."""
    part = scene(story[0], "16 January 2026")
    assert "waived[RG101]: 'multi-cloud' is in now with 0 of 5 interviews" in part
    assert "passed: 'multi-cloud-override' is merged" in part


def test_evidence_lets_the_commitment_pass(story: tuple[str, Path]) -> None:
    """With the interviews faster CI is committed."""
    part = scene(story[0], "2 February 2026")
    assert "error" not in part
    assert "passed: 'faster-ci' is merged" in part


def test_multi_cloud_reaches_its_threshold_and_is_killed(story: tuple[str, Path]) -> None:
    """The checkpoint opens a review issue, and the kill Decision closes it."""
    output, folder = story
    checkpoint = scene(output, "6 February 2026")
    assert "triggered   adoption-floor" in checkpoint
    assert "RICE 8.0" in checkpoint
    assert "create: Multi-cloud abstraction: kill review of adoption-floor" in checkpoint
    killed = scene(output, "9 February 2026")
    assert "passed: 'stop-multi-cloud' is merged" in killed
    assert "close #1: Multi-cloud abstraction" in killed
    issue = (folder / "issues" / "0001-kill-multi-cloud-adoption-floor.md").read_text("utf-8")
    assert "\nstate: closed\n" in issue
    assert "kill-multi-cloud" in issue


def test_a_late_promise_opens_updates_and_closes_one_issue(story: tuple[str, Path]) -> None:
    """The changelog misses its deadline, and recovers six weeks later."""
    output, folder = story
    assert "create: A weekly changelog" in scene(output, "11 May 2026")
    assert "update #2: A weekly changelog" in scene(output, "1 June 2026")
    assert "close #2: A weekly changelog" in scene(output, "15 June 2026")
    issues = sorted(path.name for path in (folder / "issues").glob("*.md"))
    assert issues == [
        "0001-kill-multi-cloud-adoption-floor.md",
        "0002-missed-platform-changelog.md",
        "0003-missed-champions.md",
        "0004-missed-faster-ci.md",
    ]


def test_a_month_is_honestly_at_risk(story: tuple[str, Path]) -> None:
    """In June CI is too slow still, and flakier than its guardrail allows."""
    part = scene(story[0], "1 June 2026")
    assert "at-risk     ci-duration" in part
    assert "breached    flakes" in part


def test_the_goalpost_stays(story: tuple[str, Path]) -> None:
    """Six minutes instead of five, eleven days before the deadline, is refused."""
    output, folder = story
    part = scene(output, "20 July 2026")
    assert "error[RG501]: 'faster-ci' moves the target of ci-duration from '<= 5 min'" in part
    assert "refused: 'moved-goalpost' stays open" in part
    assert '"<= 5 min"' in (folder / "repository/roadmap/initiatives/faster-ci.yaml").read_text()


def test_the_end_is_told_as_it_is(story: tuple[str, Path]) -> None:
    """NPS is met, adoption missed by 2 points, CI by a minute; a second run changes nothing."""
    part = scene(story[0], "7 August 2026")
    assert "met         satisfaction             48 on 2026-07-31" in part
    assert "missed      adoption                 78 on 2026-07-31" in part
    assert "must rise by 2 points" in part
    assert "missed      ci-duration              6 on 2026-07-30" in part
    assert "must fall by 1 min" in part
    assert "create: Faster CI pipelines: missed ci-duration" in part
    assert part.rstrip().endswith("0 changes, 2 unchanged")


def test_the_repository_ends_as_the_example(story: tuple[str, Path]) -> None:
    """What was replayed is what stands in the examples, and its history is dated."""
    repository = story[1] / "repository"
    files = {
        path.relative_to(repository): path.read_bytes()
        for path in repository.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(repository).parts
    }
    example = EXAMPLES / "platform"
    assert files == {
        path.relative_to(example): path.read_bytes()
        for path in example.rglob("*")
        if path.is_file()
    }
    dates = subprocess.run(
        ["git", "log", "--first-parent", "--format=%cs"],
        cwd=repository,
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split()
    assert dates[0] == END
    assert dates[-1] == "2026-01-12"
    assert dates == sorted(dates, reverse=True)


def test_the_output_is_short_and_ends_with_what_to_try(story: tuple[str, Path]) -> None:
    """Everything fits on a few screens, without colour codes where there is no terminal."""
    lines = story[0].splitlines()
    assert len(lines) < 210
    assert lines[-4] == "Try next:"
    assert "\x1b" not in story[0]


def test_without_the_interviews_it_says_something_else(tmp_path: Path) -> None:
    """One evidence file less: the commitment is refused, and nothing is promised in August."""
    examples = copied(tmp_path)
    (examples / "platform/roadmap/evidence/interviews-2026-01.yaml").unlink()
    output = told("--example", str(examples), "--keep", "story", cwd=tmp_path)
    part = scene(output, "2 February 2026")
    assert "(roadmap/evidence/interviews-2026-01.yaml is not in the example)" in part
    assert "error[RG012]" in part
    assert "refused: 'faster-ci' stays open" in part
    verdicts = criteria(tmp_path / "story/repository", "--as-of", END)
    assert not [name for name in verdicts if name.startswith("faster-ci/")]


def test_the_example_says_what_the_story_says() -> None:
    """Status on the example itself: NPS met, adoption and CI missed, tickets and rollback met."""
    verdicts = criteria(EXAMPLES / "platform", "--as-of", END)
    judged = {name: (each["verdict"], each["observed"]) for name, each in verdicts.items()}
    assert judged == {
        "champions/adoption": ("missed", {"date": "2026-07-31", "value": 78}),
        "champions/satisfaction": ("met", {"date": "2026-07-31", "value": 48}),
        "documentation/onboarding": ("met", {"date": "2026-07-31", "value": 2.5}),
        "documentation/tickets": ("met", {"date": "2026-07-31", "value": 30}),
        "faster-ci/ci-duration": ("missed", {"date": "2026-07-30", "value": 6}),
        "faster-ci/felt-speed": ("met", None),
        "multi-cloud/teams": ("at-risk", {"date": "2026-02-05", "value": 0}),
        "platform-changelog/readers": ("recovered", {"date": "2026-06-11", "value": 51}),
        "rollback-button/steps": ("met", {"date": "2026-07-31", "value": 1}),
    }


def test_the_example_s_scores() -> None:
    """RICE is computed: 240 for faster CI, 8 for multi-cloud, and in the order of commitment."""
    done = roadgate("status", "--format", "json", "--as-of", END, cwd=EXAMPLES / "platform")
    scores = {each["name"]: each["rice"] for each in json.loads(done.stdout)["initiatives"]}
    assert scores == {
        "faster-ci": 240,
        "platform-changelog": 192,
        "champions": 144,
        "rollback-button": 120,
        "documentation": 96,
        "remote-cache": 48,
        "multi-cloud": 8,
    }


@pytest.mark.parametrize("name", ["platform", "minimal"])
@pytest.mark.parametrize("day", [(), ("--as-of", END)])
def test_the_examples_pass_their_check(name: str, day: tuple[str, ...]) -> None:
    """The examples are clean at the end of the story; a review that is due later is a warning."""
    done = roadgate("check", *day, cwd=EXAMPLES / name)
    assert done.returncode == 0, done.stdout
    assert "error" not in done.stdout
    assert not day or "warning" not in done.stdout


def test_every_kind_is_in_the_example() -> None:
    """A newcomer finds a real document of each kind in the story, but for one's own kinds."""
    kinds = {
        line.removeprefix("kind: ")
        for path in (EXAMPLES / "platform").rglob("*.yaml")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("kind: ")
    }
    assert kinds == {*KINDS, "Config"} - {"KindDefinition"}


def test_what_the_launch_the_services_and_the_vision_promise() -> None:
    """The launch reached its teams; CI and the way to production are slower than promised."""
    done = roadgate("status", "--format", "json", "--as-of", END, cwd=EXAMPLES / "platform")
    told = json.loads(done.stdout)
    (launch,) = told["launches"]
    assert {each["id"]: each["verdict"] for each in launch["criteria"]} == {
        "teams": "met",
        "satisfaction": "met",
        "tickets": "met",
    }
    assert {each["verdict"] for service in told["services"] for each in service["nfrs"]} == {"held"}
    ((now, later, back),) = (vision["goodEnough"] for vision in told["visions"])
    assert (now["verdict"], later["verdict"], back["verdict"]) == ("held", "breached", "held")
    ((budget,),) = (journey["budgets"] for journey in told["journeys"])
    assert (budget["id"], budget["verdict"]) == ("use/merge-to-production", "breached")


def test_a_folder_that_is_in_use_is_left_alone(tmp_path: Path) -> None:
    """``--keep`` takes an empty folder or none, and touches nothing else."""
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    done = roadgate("demo", "--keep", ".", cwd=tmp_path)
    assert done.returncode == 2
    assert "is not empty" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    done = roadgate("demo", "--keep", "mine.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert "is not a folder" in done.stderr
