"""The command in the shell: what it is typed wrong, and where its output goes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROADGATE = Path(sys.executable).with_name("roadgate")
INITIATIVE = """\
apiVersion: roadgate/v1
kind: Initiative
metadata: {name: dark-mode, title: Dark mode}
spec: {problem: Screens are too bright at night., horizon: exploring}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one initiative that passes."""
    (tmp_path / "roadmap").mkdir()
    (tmp_path / "roadmap" / "dark-mode.yaml").write_text(INITIATIVE, encoding="utf-8")
    return tmp_path


def shell(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a script in which ``$R`` is the command."""
    return subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env={"R": str(ROADGATE), "PATH": "/usr/bin:/bin", "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


AFTER = "options go after the command: "


@pytest.mark.parametrize(
    ("typed", "message", "fix"),
    [
        ("chekc", "there is no command 'chekc'", "did you mean 'check'? run roadgate -h"),
        ("zzz", "there is no command 'zzz'", "run roadgate -h"),
        ("check --as-off 2026-01-01", "did you mean", "run roadgate check -h"),
        ("check --as-of today", "write a date as YYYY-MM-DD", "run roadgate check -h"),
        ("check nowhere", "there is no file or folder 'nowhere'", "check the path"),
        ("check --format xml", "'xml' is no value of '--format'", "write one of text, json"),
        ("check --format jsn", "'jsn' is no value of '--format'", "did you mean 'json'? write one"),
        ("graph impct", "'impct' is no value of 'roadgate graph'", "did you mean 'impact'? write"),
        (
            "policy new --kind Initative ACME001 x",
            "'Initative' is no value of '--kind'",
            "did you mean 'Initiative'? write one of Initiative, Evidence",
        ),
        ("-C dir check", "no such option '-C'", f"{AFTER}roadgate check -C …"),
        ("--format json status", "no such option '--format'", f"{AFTER}roadgate status --format …"),
        ("policy -C dir list", "no such option '-C'", f"{AFTER}roadgate policy list -C …"),
        ("fmt --chek", "no such option '--chek'; did you mean '--check'?", "run roadgate fmt -h"),
        ("--verson", "no such option '--verson'", "did you mean '--version'?"),
        ("explain", "missing argument 'ID'", "run roadgate explain -h"),
        ("init --pin 1234", "write the whole commit id", "run roadgate init -h"),
    ],
)
def test_a_wrong_command_line(project: Path, typed: str, message: str, fix: str) -> None:
    """What is typed wrong is answered like every other problem: one line, and its way out."""
    done = shell(f"$R {typed}", project)

    assert (done.returncode, done.stdout) == (2, "")
    said, way_out = done.stderr.splitlines()
    assert said.startswith("error: ")
    assert message in said
    assert not said[7].isupper()
    assert not said.endswith(".")
    assert way_out.startswith(f"  = fix: {fix}")


def test_no_verb(project: Path) -> None:
    """Without a verb all of them are shown, and nothing has succeeded."""
    done = shell("$R", project)

    assert done.returncode == 2
    assert done.stderr.startswith("Usage: roadgate")
    assert "explain" in done.stderr


@pytest.mark.parametrize("verb", ["check", "status", "plan", "explain RG101", "-h"])
def test_nobody_reads(project: Path, verb: str) -> None:
    """A reader that has gone is no finding and no fault, and nothing is said about it."""
    done = shell(f"set -o pipefail; $R {verb} | true", project)

    # Whoever finishes first decides whether there was a reader.
    assert done.returncode in (0, 3)
    assert done.stderr == ""


@pytest.mark.parametrize("verb", ["check", "status --format json"])
@pytest.mark.parametrize("where", ["&-", "/dev/full"])
def test_nowhere_to_print(project: Path, verb: str, where: str) -> None:
    """An output that cannot be written is a problem of the environment, and is never a success."""
    done = shell(f"$R {verb} >{where}", project)

    assert done.returncode == 3
    assert done.stderr.startswith("error: nothing can be printed: ")
    assert "  = fix: " in done.stderr


def test_without_input(project: Path) -> None:
    """Nothing is ever asked for on standard input."""
    done = shell("$R check <&- && $R status <&-", project)

    assert done.returncode == 0, done.stderr


def test_another_locale(project: Path) -> None:
    """Output is UTF-8 whatever the locale, and names are shown as they are written."""
    path = project / "roadmap" / "夜 の 画面.yaml"
    path.write_text(INITIATIVE.replace("dark-mode", "dark-screen"), encoding="utf-8")
    broken = path.read_text(encoding="utf-8").replace("exploring", "eksploring")
    path.write_text(broken.replace("\n", "\r\n"), encoding="utf-8", newline="")

    done = shell("LC_ALL=C $R check", project)

    assert done.returncode == 1, done.stderr
    assert "roadmap/夜 の 画面.yaml:4:60" in done.stdout


def test_from_anywhere(project: Path) -> None:
    """A subfolder, -C and a path all find the project that they lie in."""
    for script in ("cd roadmap && $R check", "cd / && $R check -C $HOME", "cd / && $R check $HOME"):
        done = shell(script, project)

        assert done.returncode == 0, done.stderr
        assert "1 resource evaluated" in done.stdout


def test_some_paths(project: Path) -> None:
    """Paths limit what is shown; what is wrong elsewhere is counted, and in good English."""
    folder = project / "roadmap"
    for name in ("one", "two"):
        (folder / f"{name}.yaml").write_text("not: a resource\n", encoding="utf-8")

    half = shell("cd roadmap && $R check one.yaml", project)
    none = shell("cd roadmap && $R check -q dark-mode.yaml", project)

    assert "roadmap/one.yaml" in half.stdout
    assert "roadmap/two.yaml" not in half.stdout
    assert "not shown, since they are in other files: 1 error\n" in half.stdout
    assert "not shown, since they are in other files: 2 errors\n" in none.stdout
