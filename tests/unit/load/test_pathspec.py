"""The globs of KindDefinitions: as git reads them."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadgate.load.pathspec import Pathspec

if TYPE_CHECKING:
    from pathlib import Path

PATHS = (
    "kep.yaml",
    "keps/kep.yaml",
    "keps/a/kep.yaml",
    "keps/a/b/kep.yaml",
    "keps/a/b/README.md",
    "keps/NNNN-template/kep.yaml",
    "keps-old/kep.yaml",
    "docs/[x]/a-1.md",
    "docs/日本.md",
    "docs/.hidden/a.md",
    "a/b/c",
)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with all paths."""
    root = tmp_path_factory.mktemp("globs")
    subprocess.run(["git", "init", "-q", root], check=True)
    for path in PATHS:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("x")
    subprocess.run(["git", "-C", root, "add", "-A"], check=True)
    return root


def by_git(repository: Path, *globs: str) -> set[str]:
    """What git itself lists."""
    command = ["git", "-C", repository, "ls-files", "-z", "--", *globs]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return set(filter(None, output.split("\0")))


@pytest.mark.parametrize(
    ("globs", "expected"),
    [
        (["keps/**/kep.yaml"], {p for p in PATHS if p.startswith("keps/") and "kep.y" in p}),
        (["**/kep.yaml"], {p for p in PATHS if p.endswith("kep.yaml")}),
        (["keps/*/kep.yaml"], {"keps/a/kep.yaml", "keps/NNNN-template/kep.yaml"}),
        (["*.yaml"], {"kep.yaml"}),
        (["keps"], {p for p in PATHS if p.startswith("keps/")}),
        (
            ["keps/", "!keps/NNNN-template"],
            {p for p in PATHS if p.startswith("keps/") and "N-" not in p},
        ),
        (["**", ":(exclude)**/*.yaml", ":!docs/**"], {"keps/a/b/README.md", "a/b/c"}),
        (["./docs/*.md"], {"docs/日本.md"}),
        (["docs/\\[x\\]/*"], {"docs/[x]/a-1.md"}),
        (["docs/**/[a-c]-[[:digit:]].m?"], {"docs/[x]/a-1.md"}),
        ([":(icase)KEPS/A/*"], {"keps/a/kep.yaml"}),
        ([":(glob)a/**"], {"a/b/c"}),
    ],
)
def test_examples(globs: list[str], expected: set[str]) -> None:
    """The documented forms mean what the documentation says."""
    spec = Pathspec(globs)
    assert {path for path in PATHS if spec.matches(path)} == expected


@pytest.mark.parametrize(
    "glob", ["", "/keps", "../keps/*", "a/../../b", ":(attr:x)a", "[[:what:]]", "[b-a]", ":", " "]
)
def test_what_is_no_glob(glob: str) -> None:
    """A glob that could match nothing of the project is refused."""
    with pytest.raises(ValueError, match=r"glob|class"):
        Pathspec([glob])


PARTS = st.sampled_from(
    ["keps", "a", "b", "*", "**", "kep.yaml", "*.yaml", "?ep*", "[a-b]", "[!a]"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(PARTS, min_size=1, max_size=4).map("/".join))
def test_a_glob_matches_what_git_lists(repository: Path, glob: str) -> None:
    """Git, asked with ``:(glob)``, lists the same files."""
    spec = Pathspec([glob])
    assert {path for path in PATHS if spec.matches(path)} == by_git(repository, f":(glob){glob}")
