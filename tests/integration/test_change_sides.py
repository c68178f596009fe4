"""Which side judges, what is not checked, and what a push past the check leaves behind."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from cases.pull_requests import SHORT, standard
from cases.repository import Repository
from roadgate.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.slow

PROMISE = SHORT["promise"]


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Run roadgate in the repository: exit code, output, errors."""

    def call(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["roadgate", *words])
        monkeypatch.chdir(tmp_path / "work")
        capfd.readouterr()
        code = run()
        said = capfd.readouterr()
        return code, said.out, said.err

    return call


def git(folder: Path, *words: str) -> str:
    """One git command."""
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
    command = ["git", "-C", str(folder), *identity, *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A work tree of the standard project, committed on main on 2 February."""
    folder = tmp_path / "work"
    store = Repository(folder)
    store.commit(standard(), "2026-02-02")
    store.write()
    git(folder, "branch", "-q", "main", "c1")
    git(folder, "checkout", "-q", "main")
    return folder


def swap(work: Path, old: str, new: str, path: str = PROMISE) -> None:
    """Edit a file on disk."""
    file = work / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def commit(work: Path, day: str) -> None:
    """Commit everything on disk."""
    git(work, "add", "-A")
    date = f"{day}T09:00:00+00:00"
    subprocess.run(
        ["git", "-C", str(work), "-c", "user.name=A", "-c", "user.email=a@example.com",
         "commit", "-q", "-m", "x", "--date", date],
        check=True,
        env={"GIT_COMMITTER_DATE": date, "PATH": "/usr/bin:/bin:/usr/local/bin"},
    )  # fmt: skip


def new_errors(output: str) -> list[str]:
    """The ids of the new errors."""
    findings = json.loads(output)["findings"]
    return sorted(
        each["id"]
        for each in findings
        if each["severity"] == "error" and each["new"] and not each["suppressed"]
    )


def sealed(output: str, name: str = "faster-ci") -> dict[str, Any]:
    """The seal of an initiative, as status tells it."""
    initiatives = json.loads(output)["initiatives"]
    found: dict[str, Any] = next(each["sealed"] for each in initiatives if each["name"] == name)
    return found


CHECK = ("check", "--base", "main", "--as-of", "2026-06-20", "--format", "json")
STATUS = ("status", "--as-of", "2026-06-20", "--format", "json")


def test_the_working_tree_counts_with_what_is_not_added_yet(work: Path, command: Any) -> None:
    """An edit on disk is judged, and a new file under the roots too."""
    swap(work, '"<= 5"', '"<= 6"')
    (work / "roadmap" / "new.yaml").write_text("apiVersion: roadgate/v1\nkind: Goal\n")

    code, output, _ = command(*CHECK)

    assert code == 1
    assert set(new_errors(output)) == {"RG008", "RG501"}


@pytest.mark.usefixtures("work")
def test_base_and_head_alike_is_no_change(command: Any) -> None:
    """Nothing differs: it says so, and passes."""
    code, output, _ = command("check", "--base", "main", "--as-of", "2026-06-20")

    assert (code, "no changes" in output) == (0, True)


def test_a_shallow_clone_is_not_checked(work: Path, tmp_path: Path, command: Any) -> None:
    """What cannot be compared is never clean: it fails and says which fetch-depth to set."""
    swap(work, "title: Faster", "title: Quick")
    commit(work, "2026-03-01")
    work.rename(tmp_path / "whole")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{tmp_path}/whole", "work")

    code, _, errors = command("check", "--base", "origin/main")

    assert code == 3
    assert "not checked" in errors
    assert "fetch-depth: 0" in errors


def test_histories_without_a_common_ancestor_are_not_checked(work: Path, command: Any) -> None:
    """There is nothing to start from."""
    git(work, "checkout", "-q", "--orphan", "other")
    commit(work, "2026-03-01")

    code, _, errors = command(*CHECK)

    assert (code, "no common ancestor" in errors) == (3, True)


def test_the_first_pull_request_is_judged_by_what_is_built_in(work: Path, command: Any) -> None:
    """Base holds nothing: essential judges, and the record of the past is taken as it is."""
    git(work, "checkout", "-q", "--orphan", "empty")
    git(work, "rm", "-rqf", "--cached", ".")
    git(work, "commit", "-q", "--allow-empty", "-m", "begin")
    commit(work, "2026-06-19")

    code, output, _ = command(*CHECK[:2], "empty~1", *CHECK[3:])

    assert (code, new_errors(output)) == (0, [])
    report = json.loads(output)
    assert {each["action"] for each in report["change"]["resources"]} == {"added"}


def test_a_base_that_is_broken_judges_with_what_loads(work: Path, command: Any) -> None:
    """Its repair passes; a goalpost that moves meanwhile does not."""
    swap(work, "spec:", "spec: [", "roadgate.yaml")
    commit(work, "2026-03-01")
    git(work, "checkout", "-qb", "change")
    swap(work, "spec: [", "spec:", "roadgate.yaml")
    commit(work, "2026-06-19")
    assert command(*CHECK)[0] == 0

    swap(work, '"<= 5"', '"<= 6"')
    code, output, _ = command(*CHECK)

    assert code == 1
    assert "RG501" in new_errors(output)


def test_a_push_past_the_check_is_unsanctioned_and_judged_by_the_seal(
    work: Path, command: Any
) -> None:
    """Status shows the seal with the commit, and what was changed without a Decision."""
    first = git(work, "rev-parse", "main").strip()
    intact = sealed(command(*STATUS)[1])
    swap(work, '"<= 5"', '"<= 9"')
    commit(work, "2026-05-01")

    _, output, _ = command(*STATUS)
    _, text, _ = command("status", "--as-of", "2026-06-20")

    found = sealed(output)
    assert (intact["state"], found["state"]) == ("intact", "unsanctioned")
    assert found["commit"] == first
    assert found["digest"] == intact["digest"]
    assert found["digest"].startswith("v1:")
    assert [each["fields"] for each in found["amendments"]] == [
        ["spec.successCriteria[duration].target"]
    ]
    criteria = json.loads(output)["initiatives"]
    judged = next(each for each in criteria if each["name"] == "faster-ci")["criteria"][0]
    assert judged["target"] == "<= 5"
    assert "without a Decision" in " ".join(text.split())


def test_an_amendment_with_its_decision_is_judged_by_the_new_text(work: Path, command: Any) -> None:
    """The seal keeps its digest, and names the Decision."""
    swap(work, '"<= 5"', '"<= 6"')
    (work / "roadmap" / "less.yaml").write_text(
        "apiVersion: roadgate/v1\nkind: Decision\nmetadata: {name: less, title: Less}\nspec:\n"
        "  type: relax\n  concerns: {initiative: faster-ci, criterion: duration}\n"
        "  date: 2026-05-01\n  by: [example-vp]\n  because: We know more.\n"
    )
    commit(work, "2026-05-01")

    _, output, _ = command(*STATUS)

    found = sealed(output)
    assert found["state"] == "amended"
    assert [(each["decision"], each["fields"]) for each in found["amendments"]] == [
        ("less", ["spec.successCriteria[duration].target"])
    ]
    judged = json.loads(output)["initiatives"][1]["criteria"][0]
    assert judged["target"] == "<= 6"


def test_a_stricter_schema_does_not_make_the_past_unsanctioned(work: Path, command: Any) -> None:
    """Old commits are read by a projection of their own: an unknown field then is no matter."""
    swap(work, "  summary:", "  sumary:")
    commit(work, "2026-03-01")
    swap(work, "  sumary:", "  summary:")
    commit(work, "2026-03-02")

    assert sealed(command(*STATUS)[1])["state"] == "intact"


def test_leaving_now_and_coming_back_seals_nothing_anew(work: Path, command: Any) -> None:
    """The first commit in now counts."""
    first = sealed(command(*STATUS)[1])
    swap(work, "horizon: now", "horizon: next")
    commit(work, "2026-03-01")
    swap(work, '"<= 5"', '"<= 9"')
    swap(work, "horizon: next", "horizon: now")
    commit(work, "2026-04-01")

    found = sealed(command(*STATUS)[1])

    assert (found["digest"], found["state"]) == (first["digest"], "unsanctioned")


def test_a_rename_by_an_older_name_keeps_the_seal(work: Path, command: Any) -> None:
    """An alias that is not the newest name carries the promise over as well."""
    before = sealed(command(*STATUS)[1], "rollback")
    swap(work, "name: rollback, ", "name: back, ", SHORT["rollback"])
    swap(work, "supports: [rollback]", "supports: [back]", SHORT["research"])
    commit(work, "2026-05-01")

    found = sealed(command(*STATUS)[1], "back")

    assert (found["digest"], found["state"]) == (before["digest"], "intact")
    assert found["commit"] == before["commit"]


@pytest.mark.parametrize(("on_top", "passes"), [(True, True), (False, False)])
def test_in_a_merge_queue_reviews_of_the_head_count_on_top_of_it(
    work: Path, tmp_path: Path, command: Any, *, on_top: bool, passes: bool
) -> None:
    """What is evaluated is a commit whose parent is the head that was reviewed."""
    git(work, "checkout", "-qb", "change")
    swap(work, '"<= 5"', '"<= 6"')
    (work / "roadmap" / "less.yaml").write_text(
        "apiVersion: roadgate/v1\nkind: Decision\nmetadata: {name: less, title: Less}\nspec:\n"
        "  type: relax\n  concerns: {initiative: faster-ci, criterion: duration}\n"
        "  date: 2026-06-18\n  by: [example-vp]\n  because: We know more.\n"
    )
    commit(work, "2026-06-18")
    head = git(work, "rev-parse", "HEAD").strip()
    if not on_top:
        swap(work, "title: Faster", "title: Quick")
        commit(work, "2026-06-19")
    git(work, "checkout", "-q", "--detach", "main")
    git(work, "merge", "-q", "--no-ff", "-m", "queue", "change")
    queued = git(work, "rev-parse", "HEAD").strip()
    review = {"by": "example-vp", "state": "approved", "commit": head, "date": "2026-06-19"}
    context = {
        "version": 1, "pullRequest": 7, "base": head, "head": head, "author": "example-pm",
        "reviews": [review], "evaluated": queued,
    }  # fmt: skip
    (tmp_path / "context.json").write_text(json.dumps(context))

    code, output, _ = command(*CHECK, "--at", queued, "--context", str(tmp_path / "context.json"))

    assert (code == 0) is passes, new_errors(output)


@pytest.mark.parametrize("format_", ["github", "markdown"])
def test_rows_of_an_internal_metric_reach_no_public_reader(
    work: Path, command: Any, format_: str
) -> None:
    """Neither the finding nor the list of changes says what was measured."""
    spec = "{direction: lower, cadence: monthly"
    swap(work, spec, f"{spec}, visibility: internal", SHORT["metrics"])
    swap(work, "2026-06-01,2", "2026-06-01,77", SHORT["steps"])
    commit(work, "2026-03-01")
    git(work, "checkout", "-qb", "change")
    swap(work, "2026-06-01,77", "2026-06-01,88", SHORT["steps"])

    code, output, _ = command(*CHECK[:-1], format_)

    assert (code, "RG503" in output) == (1, True)
    assert not {"77", "88"} & set(output.replace("'", " ").replace("→", " ").split())
