"""What ``roadgate init`` writes: it passes, it can be edited with completion, nothing is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from roadgate.model.bundled import bundled

BIN = Path(sys.executable).parent
COMMIT = "0123456789abcdef0123456789abcdef01234567"
WITHOUT_ROOT = "-dac_override,-dac_read_search"


def run(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run one program in a folder."""
    environment = {**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}"}
    return subprocess.run(
        [str(each) for each in arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def init(folder: Path, *arguments: str | Path) -> str:
    """Start a roadmap, and give back what was said."""
    done = run("roadgate", "init", "--pin", COMMIT, *arguments, folder=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def files(folder: Path) -> dict[str, str]:
    """The text of every file, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(folder).parts
    }


def by_hand(said: str) -> list[str]:
    """What init leaves to a person."""
    if "By hand:" not in said:
        return []
    return said.partition("By hand:\n")[2].partition("\n\nNext:")[0].splitlines()


@pytest.mark.parametrize("with_git", [False, True])
def test_the_new_roadmap_passes(tmp_path: Path, *, with_git: bool) -> None:
    """Check and status pass on what was written, on disk and as a commit."""
    if with_git:
        run("git", "init", "-q", "-b", "main", folder=tmp_path)
    said = init(tmp_path)
    assert "# it passes" in said
    assert by_hand(said) == []

    done = run("roadgate", "check", folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert run("roadgate", "status", folder=tmp_path).returncode == 0

    if with_git:
        run("git", "add", "-A", folder=tmp_path)
        who = ("-c", "user.name=A", "-c", "user.email=a@example.com")
        run("git", *who, "commit", "-qm", "Start", folder=tmp_path)
        judged = run("roadgate", "check", "--base", "main", "--at", "main", folder=tmp_path)
        assert judged.returncode == 0, judged.stdout + judged.stderr


def test_what_it_tells_to_do_next_can_be_typed(tmp_path: Path) -> None:
    """The commands it prints work as they are, also where a folder has spaces in its name."""
    said = init(tmp_path, "our roadmap's 路")

    steps = said.partition("Next:\n")[2].splitlines()
    for step in steps[:2]:
        done = run("bash", "-c", step, folder=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr
    opened = run(
        "bash", "-c", f"ls {steps[2].split('open ')[1].split(' and ')[0]}", folder=tmp_path
    )
    assert opened.returncode == 0, opened.stderr


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A second time every file is kept, and each that was there keeps what it said."""
    init(tmp_path)
    for path in files(tmp_path):
        if not path.endswith(".json"):
            (tmp_path / path).write_text(f"# mine: {path}\n", encoding="utf-8")
    before = files(tmp_path)

    said = init(tmp_path)

    assert files(tmp_path) == before
    assert "wrote" not in said
    # The initiative is not missing: there is a roadmap already.
    assert said.count("  kept   ") == len(before) - 1


def test_beside_other_files(tmp_path: Path) -> None:
    """In a repository with files of its own, init says what they lack, until they have it."""
    (tmp_path / ".vscode").mkdir()
    (tmp_path / ".vscode" / "settings.json").write_text("{}", encoding="utf-8")
    ignored = tmp_path / ".gitignore"
    ignored.write_text("node_modules\n", encoding="utf-8")
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "app.yaml").write_text("port: 80\n", encoding="utf-8")

    told = by_hand(init(tmp_path))

    assert [line.partition(":")[0] for line in told] == ["  add to .gitignore"]
    assert run("roadgate", "check", folder=tmp_path).returncode == 0
    ignored.write_text(f"node_modules\n{told[0].partition(': ')[2]}\n", encoding="utf-8")
    assert by_hand(init(tmp_path)) == []
    schemas_exist(tmp_path)


def test_a_roadmap_that_is_there(tmp_path: Path) -> None:
    """No example is added to a roadmap, and nobody is told that it passes."""
    (tmp_path / "roadmap").mkdir()
    (tmp_path / "roadmap" / "own.yml").write_text("apiVersion: roadgate/v1\n", encoding="utf-8")

    said = init(tmp_path)

    assert [path for path in files(tmp_path) if path.startswith("roadmap/")] == ["roadmap/own.yml"]
    assert "passes" not in said


def test_a_roadmap_in_another_place(tmp_path: Path) -> None:
    """Where the settings name other folders, nothing is written that they would not read."""
    (tmp_path / "plan").mkdir()
    config = "apiVersion: roadgate/v1\nkind: Config\nspec: {paths: {roadmap: [plan]}}\n"
    (tmp_path / "roadgate.yaml").write_text(config, encoding="utf-8")

    init(tmp_path)

    assert not (tmp_path / "roadmap").exists()


def test_deeper_in_a_repository(tmp_path: Path) -> None:
    """Workflows that GitHub would never run are not passed over in silence."""
    run("git", "init", "-q", folder=tmp_path)

    told = by_hand(init(tmp_path, "teams/search"))

    assert told == [
        f"  move .github to {tmp_path.resolve()}, where GitHub looks for it,",
        "    and give each roadgate step in it 'working-directory: teams/search'",
    ]


def test_inside_another_project(tmp_path: Path) -> None:
    """A project that takes a folder away from another one says so, once."""
    run("git", "init", "-q", folder=tmp_path)
    init(tmp_path)

    first = by_hand(init(tmp_path, "roadmap/search"))
    second = by_hand(init(tmp_path, "roadmap/search"))

    assert f"  know that this folder was a part of the project at {tmp_path.resolve()}:" in first
    assert not any("was a part of" in line for line in second)


def schemas_exist(folder: Path) -> None:
    """Each schema that the editor settings name is there and is the one of this version."""
    settings = json.loads((folder / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    assert settings["yaml.schemas"]
    for path in settings["yaml.schemas"]:
        shipped = bundled("schemas") / Path(path).name
        assert (folder / path).read_text(encoding="utf-8") == shipped.read_text(encoding="utf-8")


def test_editor_settings(tmp_path: Path) -> None:
    """Settings, and the first line of the initiative, lead to schemas that accept what is there."""
    init(tmp_path)

    schemas_exist(tmp_path)
    initiative = tmp_path / "roadmap" / "first-initiative.yaml"
    first = initiative.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    schema = (initiative.parent / first.partition("$schema=")[2]).resolve()
    assert schema == tmp_path.resolve() / ".roadgate" / "schemas" / "roadgate.schema.json"
    for named, file in ((schema, initiative), ("config", tmp_path / "roadgate.yaml")):
        path = named if named != "config" else schema.with_name("config.schema.json")
        done = run("check-jsonschema", "--schemafile", path, file, folder=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_first_initiative_is_ten_lines(tmp_path: Path) -> None:
    """A newcomer reads ten lines, the one for the editor included."""
    init(tmp_path)

    text = (tmp_path / "roadmap" / "first-initiative.yaml").read_text(encoding="utf-8")

    assert len(text.splitlines()) == 10


def test_what_the_local_tracker_keeps_is_ignored(tmp_path: Path) -> None:
    """Git ignores local issues and a saved plan, and nothing else that was written."""
    run("git", "init", "-q", folder=tmp_path)
    init(tmp_path)
    run("roadgate", "plan", "--out", "plan.json", folder=tmp_path)
    assert (tmp_path / "plan.json").exists()
    issue = tmp_path / ".roadgate" / "issues" / "0001-missed-x.md"
    issue.parent.mkdir(exist_ok=True)
    issue.write_text("", encoding="utf-8")

    seen = run("git", "status", "--short", "-uall", "--ignored", folder=tmp_path).stdout

    ignored = [line[3:] for line in seen.splitlines() if line.startswith("!!")]
    assert ignored == [".roadgate/issues/0001-missed-x.md", "plan.json"]


@pytest.mark.parametrize("name", ["new", ""])
def test_a_folder_that_cannot_be_written(tmp_path: Path, name: str) -> None:
    """Without permission it ends with 3, says what it cannot write, and leaves nothing behind."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    as_user = ("setpriv", f"--bounding-set={WITHOUT_ROOT}", f"--inh-caps={WITHOUT_ROOT}")
    command = ("roadgate", "init", closed / name)

    done = run(*(as_user if os.geteuid() == 0 else ()), *command, folder=tmp_path)

    assert done.returncode == 3, done.stdout + done.stderr
    assert done.stderr.startswith("error: cannot write ")
    assert "  = fix: check the folder and its permissions" in done.stderr
    assert list(closed.iterdir()) == []


def test_it_breaks_off(tmp_path: Path) -> None:
    """Where one file cannot be written, those that were are whole, and the next run goes on."""
    (tmp_path / "measurements").write_text("in the way", encoding="utf-8")

    done = run("roadgate", "init", "--pin", COMMIT, folder=tmp_path)

    assert done.returncode == 3
    assert "measurements" in done.stderr
    assert not [path for path in files(tmp_path) if path.endswith(".tmp")]
    (tmp_path / "measurements").unlink()
    init(tmp_path)
    whole = tmp_path.parent / f"{tmp_path.name}-whole"
    init(tmp_path, whole)
    assert files(tmp_path) == files(whole)


@pytest.mark.parametrize("pin", ["", "main", "v1", COMMIT[:7], f"{COMMIT}0", COMMIT.upper()])
def test_a_pin_that_is_no_commit(tmp_path: Path, pin: str) -> None:
    """Workflows are pinned by a whole commit id or not written at all."""
    done = run("roadgate", "init", "--pin", pin, folder=tmp_path)

    assert done.returncode == 2
    assert "40 digits" in done.stderr
    assert files(tmp_path) == {}


def test_workflows_are_pinned(tmp_path: Path) -> None:
    """Each workflow that uses roadgate names the commit, and no placeholder is left."""
    init(tmp_path)

    found = {path: text for path, text in files(tmp_path).items() if "/workflows/" in path}

    assert len(found) == 3
    assert not [path for path, text in found.items() if "ROADGATE_ACTION_REF" in text]
    uses = [line for text in found.values() for line in text.splitlines() if "roadgate@" in line]
    assert uses
    assert all(f"roadgate@{COMMIT} # v" in line for line in uses)
