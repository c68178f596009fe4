"""Edits of what runs the judge: workflows, code owners, the engine's pin. They are watched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from roadgate.load.discover import place
from roadgate.model.change import JudgeChange

if TYPE_CHECKING:
    from collections.abc import Mapping

    from roadgate.load.git import Git
    from roadgate.model.kinds import Config
    from roadgate.pipeline.sides import Revisions, Sides
    from roadgate.pipeline.workspace import Workspace

_OWNERS = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")
_WATCHED = (
    ":(top,glob).github/workflows/**",
    ":(top,glob).github/actions/**",
    *(f":(top,literal){path}" for path in _OWNERS),
)
_HOOKS = ".pre-commit-config.yaml"
_PINS = (
    ":(top,glob)**/*requirements*.txt",
    ":(top,glob)**/*requirements*.in",
    ":(top,glob)**/pyproject.toml",
)
_ENGINE = "roadgate"
_HOOK = re.compile(rb"^\s*-\s+(?=repo:)", re.MULTILINE)
REFUSED = "the strict preset refuses it"


def machinery(workspace: Workspace, revisions: Revisions, sides: Sides) -> list[JudgeChange]:
    """Each file that runs the judge and differs: what that does cannot be told from here."""
    git = workspace.repository()
    before, after = revisions.merge_base, revisions.head
    edited = git.edited(before, after, (*_WATCHED, *_PINS, f":(top,literal){_HOOKS}"))
    paths = {each for each in edited if is_watched(each)}
    if len(paths) < len(edited):  # few changes touch a file with pins: git looks into these
        paths |= {*git.edited(before, after, _PINS, word=_ENGINE), *_hooks(workspace, revisions)}
    up = "../" * workspace.prefix.count("/")
    seen = {path: _seen_from(workspace.prefix, up, path) for path in paths}
    return watched(seen, sides.config)


def _hooks(workspace: Workspace, revisions: Revisions) -> list[str]:
    """The file of hooks that pins roadgate, where what it says of that differs.

    The pin stands on a line of its own, ``rev``, beside the repository that it is of.
    """
    git = workspace.repository()
    before = git.file(revisions.merge_base, _HOOKS)
    after = git.file(revisions.head, _HOOKS) if revisions.head is not None else _on_disk(git)
    return [] if _pinned(before) == _pinned(after) else [_HOOKS]


def _on_disk(git: Git) -> bytes:
    place = (git.toplevel() or git.folder) / _HOOKS
    return place.read_bytes() if place.is_file() and not place.is_symlink() else b""


def _pinned(hooks: bytes) -> list[bytes]:
    """What a file of hooks says of the repositories that have roadgate in their name."""
    entries = _HOOK.split(hooks)
    return [each for each in entries if _ENGINE.encode() in each.partition(b"\n")[0]]


def watched(paths: Mapping[str, str], config: Config) -> list[JudgeChange]:
    """The same for files that are known to differ: from the repository's top, and as shown."""
    strict = "strict" in config.spec.policies.presets
    note = REFUSED if strict else ""
    return [
        JudgeChange(path, "watched", "as it was", "edited", location=place(seen), note=note)
        for path, seen in sorted(paths.items())
    ]


def is_watched(path: str) -> bool:
    """Whether a path is one of those that run the judge, whatever is written in it."""
    return path.startswith((".github/workflows/", ".github/actions/")) or path in _OWNERS


def _seen_from(prefix: str, up: str, path: str) -> str:
    """A path from the repository's top as the project sees it."""
    return path.removeprefix(prefix) if path.startswith(prefix) else f"{up}{path}"
