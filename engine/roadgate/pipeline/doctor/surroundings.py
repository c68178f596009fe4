"""What surrounds a project: roadgate itself, git, the workflows, the editor."""

from __future__ import annotations

import platform
import re
import sys
from typing import TYPE_CHECKING

from roadgate import __version__
from roadgate.load import git_process
from roadgate.model.bundled import bundled
from roadgate.model.checkup import Fact, State
from roadgate.model.errors import EnvironmentProblem
from roadgate.pipeline.builtin import builtin_policies
from roadgate.pipeline.pin import own_commit

if TYPE_CHECKING:
    from pathlib import Path

    from roadgate.load.git import Git
    from roadgate.pipeline.workspace import Workspace

_BASES = ("origin/HEAD", "origin/main", "origin/master", "main", "master")
_USES = re.compile(r"uses:\s*['\"]?roadgate/roadgate(?:/[^@\s]*)?@(?P<ref>[^\s'\"]+)")
_JUDGES = re.compile(r"\bpull_request(?:_target)?\s*(?:[:,\]]|$)", re.MULTILINE)
_PINNED = re.compile(r"[0-9a-f]{40}")
_SCHEMAS = ("roadgate.schema.json", "config.schema.json")
_FETCH = "run git fetch --unshallow, or set fetch-depth: 0 in the workflow"


def of_roadgate() -> list[Fact]:
    """The version, where it runs from, and what ships with it."""
    commit = own_commit()
    policies = bundled("policies")
    return [
        Fact("roadgate", "version", __version__),
        Fact("roadgate", "commit", commit or "unknown", State.FINE if commit else State.NOTE),
        Fact("roadgate", "installed in", str(policies.parent)),
        Fact("roadgate", "built-in policies", str(len(builtin_policies()))),
        Fact("roadgate", "Python", f"{platform.python_version()} at {sys.executable}"),
        Fact("roadgate", "system", f"{platform.system()} {platform.machine()}"),
    ]


def of_git(place: Workspace) -> list[Fact]:
    """Whether changes can be judged here: a repository, its history, a base."""
    if place.git is None:
        value = "the folder is in no git repository"
        hint = "run git init, so that changes can be judged and promises sealed"
        return [Fact("git", "repository", value, State.UNCHECKED, hint)]
    git = place.git
    return [
        Fact("git", "version", _said(git, "--version").removeprefix("git version ") or "unknown"),
        Fact("git", "repository", str(git.toplevel() or git.folder)),
        Fact("git", "branch", _said(git, "branch", "--show-current") or "none (detached)"),
        *_head(git),
        _history(git),
        _base(git),
    ]


def _head(git: Git) -> list[Fact]:
    head = git.head()
    if head is None:
        hint = "commit the roadmap: promises are read from the history"
        return [Fact("git", "commit", "none yet", State.UNCHECKED, hint)]
    changed = "" if git.is_clean() else ", with changes that are not committed"
    return [Fact("git", "commit", f"{head}{changed}")]


def _history(git: Git) -> Fact:
    if git.is_shallow():
        value = "cut off (a shallow clone): changes and promises are not checked"
        return Fact("git", "history", value, State.UNCHECKED, _FETCH)
    return Fact("git", "history", "whole")


def _base(git: Git) -> Fact:
    """The branch that changes are compared with, and whether the way to it is there."""
    for name in _BASES:
        try:
            commit = git.resolve(name)
        except EnvironmentProblem:
            continue
        head = git.head()
        if head is not None and git.merge_base(commit, head) is None:
            value = f"'{name}' and the commit here have no common ancestor"
            return Fact("git", "base", value, State.UNCHECKED, _FETCH)
        return Fact("git", "base", f"{name} can be compared with: check --base {name}")
    hint = "fetch the branch that changes go to, or name another one: check --base REV"
    return Fact("git", "base", f"none of {', '.join(_BASES)} is here", State.UNCHECKED, hint)


def _said(git: Git, *arguments: str) -> str:
    code, output, _ = git_process.run(git.folder, *arguments)
    return output.decode("utf-8", "replace").strip() if code == 0 else ""


def of_workflows(place: Workspace) -> list[Fact]:
    """Which workflows run roadgate, and whether they say exactly which one."""
    top = place.git.toplevel() if place.git is not None else None
    folder = (top or place.root) / ".github" / "workflows"
    files = sorted((*folder.glob("*.yml"), *folder.glob("*.yaml"))) if folder.is_dir() else []
    texts = {path.name: _text(path) for path in files}
    found = {name: [each["ref"] for each in _USES.finditer(text)] for name, text in texts.items()}
    facts = [_pinned(name, refs) for name, refs in found.items() if refs]
    if facts:
        judges = any(refs and _JUDGES.search(texts[name]) for name, refs in found.items())
        return facts if judges else [*facts, _nobody_judges()]
    hint = "run roadgate init, and commit what it writes"
    return [Fact("workflows", "roadgate", "no workflow uses it", State.NOTE, hint)]


def _nobody_judges() -> Fact:
    hint = "run roadgate init, and commit the workflow that it writes for pull requests"
    return Fact("workflows", "pull requests", "no workflow judges them", State.NOTE, hint)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _pinned(name: str, refs: list[str]) -> Fact:
    loose = sorted({each for each in refs if not _PINNED.fullmatch(each)})
    if loose:
        value = f"not pinned to a commit: {', '.join(loose)}"
        hint = "write the 40 letters of a commit behind the @"
        return Fact("workflows", name, value, State.NOTE, hint)
    return Fact("workflows", name, f"pinned to {', '.join(sorted(set(refs)))}")


def of_editor(place: Workspace) -> list[Fact]:
    """Whether an editor has schemas to complete and explain from, and today's ones."""
    folder = place.root / ".roadgate" / "schemas"
    settings = place.root / ".vscode" / "settings.json"
    hint = "run roadgate init: it adds what lacks and overwrites nothing"
    facts = []
    if not settings.is_file():
        facts.append(Fact("editor", "settings", "no .vscode/settings.json", State.NOTE, hint))
    if not folder.is_dir():
        return [*facts, Fact("editor", "schemas", "none in .roadgate/schemas", State.NOTE, hint)]
    old = [name for name in _SCHEMAS if _differs(folder / name, bundled("schemas") / name)]
    if old:
        value = f"of another version: {', '.join(old)}"
        again = "run roadgate schema --write .roadgate/schemas"
        return [*facts, Fact("editor", "schemas", value, State.NOTE, again)]
    return [*facts, Fact("editor", "schemas", "those of this version")]


def _differs(here: Path, there: Path) -> bool:
    try:
        return here.read_bytes() != there.read_bytes()
    except OSError:
        return True
