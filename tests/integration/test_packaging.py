"""Policies, schemas and examples are found however roadgate was installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ESSENTIAL = 11
"""How many policies the essential preset has."""
ASK = """\
from roadgate.model.bundled import bundled
print(*(bundled(name) for name in ("policies", "schemas", "examples")))
"""


def run(arguments: list[str], folder: Path, **environment: str) -> str:
    """Run a program; what it printed."""
    done = subprocess.run(
        arguments,
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh clone without support for symbolic links."""
    folder = tmp_path_factory.mktemp("clone") / "roadgate"
    run(["git", "clone", "-q", "-c", "core.symlinks=false", str(ROOT), str(folder)], ROOT)
    return folder


@pytest.fixture(scope="module")
def built(clone: Path) -> Path:
    """A wheel and an sdist, built from the clone."""
    folder = clone.parent / "built"
    run([sys.executable, "-m", "hatchling", "build", "-d", str(folder)], clone)
    return folder


def unpacked_wheel(wheel: Path, folder: Path) -> Path:
    """What installing the wheel puts into site-packages."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)  # noqa: S202 - a wheel that was just built here
    return folder


def check(python_path: Path, folder: Path) -> str:
    """Run check with the package at ``python_path`` on the smallest example."""
    project = folder / "project"
    shutil.copytree(ROOT / "examples" / "minimal", project, dirs_exist_ok=True)
    return run([sys.executable, "-m", "roadgate", "check"], project, PYTHONPATH=str(python_path))


def test_a_clone_without_symlinks(clone: Path, tmp_path: Path) -> None:
    """The sources of a plain clone find what stands at their top."""
    found = run([sys.executable, "-c", ASK], tmp_path, PYTHONPATH=str(clone / "engine"))

    assert found.split() == [str(clone / name) for name in ("policies", "schemas", "examples")]
    assert f"{ESSENTIAL} policies" in check(clone / "engine", tmp_path)


def test_an_editable_install(tmp_path: Path) -> None:
    """The installation that the tests run in is editable, and reads the originals."""
    found = run([sys.executable, "-c", ASK], tmp_path)

    assert found.split() == [str(ROOT / name) for name in ("policies", "schemas", "examples")]


def test_a_wheel(built: Path, clone: Path, tmp_path: Path) -> None:
    """A wheel carries all three, and the commit that it was built from."""
    site = unpacked_wheel(next(built.glob("*.whl")), tmp_path / "site")
    data = site / "roadgate" / "data"

    found = run([sys.executable, "-c", ASK], tmp_path, PYTHONPATH=str(site))

    assert found.split() == [str(data / name) for name in ("policies", "schemas", "examples")]
    assert f"{ESSENTIAL} policies" in check(site, tmp_path)
    head = run(["git", "rev-parse", "HEAD"], clone)
    assert (data / "commit").read_text(encoding="ascii").strip() == head


def test_a_wheel_built_from_an_sdist(built: Path, clone: Path, tmp_path: Path) -> None:
    """The source distribution is whole: a wheel built from it is the same."""
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        archive.extractall(tmp_path / "sdist", filter="data")
    (source,) = (tmp_path / "sdist").iterdir()

    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)], source)
    site = unpacked_wheel(next(tmp_path.glob("*.whl")), tmp_path / "site")

    assert f"{ESSENTIAL} policies" in check(site, tmp_path)
    head = run(["git", "rev-parse", "HEAD"], clone)
    commit = site / "roadgate" / "data" / "commit"
    assert commit.read_text(encoding="ascii").strip() == head


def test_without_policies_nothing_passes(built: Path, tmp_path: Path) -> None:
    """An installation that lost its policies says so, and fails as a bug does."""
    site = unpacked_wheel(next(built.glob("*.whl")), tmp_path / "site")
    for policy in (site / "roadgate" / "data" / "policies").glob("*.yaml"):
        policy.unlink()
    project = tmp_path / "project"
    shutil.copytree(ROOT / "examples" / "minimal", project)

    done = subprocess.run(
        [sys.executable, "-m", "roadgate", "check"],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 4
    assert "install roadgate again" in done.stderr


def test_help_starts_quickly_because_it_imports_little() -> None:
    """``--help`` imports none of the heavy libraries."""
    heavy = ("pydantic", "yaml", "github", "cel_expr_python", "jsonschema", "google.protobuf")
    program = (
        "import sys; sys.argv = ['roadgate', '--help']\n"
        "from roadgate.cli.main import run\n"
        "run()\n"
        f"print('imported:', [name for name in {heavy!r} if name in sys.modules])"
    )

    assert run([sys.executable, "-c", program], ROOT).endswith("imported: []")
