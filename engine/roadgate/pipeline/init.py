"""Start a roadmap repository: files that a newcomer can use at once, none of them overwritten."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from roadgate.edit.files import replace_file
from roadgate.edit.json_text import with_entries
from roadgate.edit.splice import Refused
from roadgate.load import settings
from roadgate.load.discover import CONFIG_PATH
from roadgate.load.git import Git
from roadgate.load.outline import outline
from roadgate.load.trees import FolderTree
from roadgate.model.bundled import bundled
from roadgate.model.errors import EnvironmentProblem, UsageError
from roadgate.pipeline import workspace
from roadgate.pipeline.init_places import Places, places

if TYPE_CHECKING:
    from collections.abc import Mapping

TEMPLATES = Path(__file__).resolve().parents[1] / "cli" / "templates"
PLACEHOLDER = "ROADGATE_ACTION_REF"
EXAMPLE = "roadmap/first-initiative.yaml"
_SETTINGS = (".vscode/settings.json", ".vscode/extensions.json")
_SCHEMAS = ("roadgate.schema.json", "config.schema.json")


@dataclass(frozen=True, slots=True)
class Started:
    """What ``init`` did."""

    root: Path
    written: tuple[str, ...]
    kept: tuple[str, ...]
    """Paths that were there already; their content was not touched."""
    merged: tuple[str, ...]
    """Editor settings that were there already, and have what they lacked now."""
    example: str
    """The first initiative, whether or not it was written now."""
    moved: Mapping[str, str]
    """Folders of the usual name that hold files of others: where ours are instead."""
    left_out: tuple[str, ...]
    """Workflows that need the action's commit, when none is known."""
    left_to_do: tuple[tuple[str, str], ...]
    """Files that were kept and lack something: each with the text to add."""
    repository: Path | None
    """The top of the git repository, when the project lies further down in it."""
    around: Path | None
    """The project that the folder was a part of until now."""


def start(root: Path, *, pin: str | None) -> Started:
    """Write the files of a new project into ``root``.

    Args:
        root: the folder; it is created when it is not there.
        pin: the commit of the action that the workflows use; None leaves the workflows out.

    Raises:
        UsageError: ``root`` is a file.
        EnvironmentProblem: a file cannot be written.
    """
    if root.exists() and not root.is_dir():
        raise UsageError(f"'{root}' is a file", hint="name a folder")
    around = _project_around(root)
    found = places(root)
    files = {**found.files(_project(root, found)), **_schemas()}
    workflows = found.files(_workflows())
    if pin is not None:
        files |= {path: text.replace(PLACEHOLDER, pin) for path, text in workflows.items()}
    written: list[str] = []
    kept: list[str] = []
    for path, text in sorted(files.items()):
        (written if _write_new(root / path, text) else kept).append(path)
    left_out = tuple(sorted(workflows)) if pin is None else ()
    merged = [path for path in kept if path in _SETTINGS and _merged(root / path, files[path])]
    return Started(
        root,
        tuple(written),
        tuple(each for each in kept if each not in merged),
        merged=tuple(merged),
        example=found.path(EXAMPLE),
        moved=found.apart,
        left_out=left_out,
        left_to_do=_left_to_do(root, kept, files),
        repository=_repository_above(root),
        around=around,
    )


def _project_around(root: Path) -> Path | None:
    """The project that ``root`` lies in, when that is another folder."""
    folder = root.resolve()
    nearest = next(each for each in (folder, *folder.parents) if each.is_dir())
    try:
        found = workspace.find(nearest).root
    except EnvironmentProblem:  # without git nobody knows where a project ends
        return None
    is_project = (found / workspace.CONFIG).exists() or (found / "roadmap").is_dir()
    return found if is_project and found != folder else None


def _repository_above(root: Path) -> Path | None:
    """The top of the git repository that ``root`` lies in, when that is another folder."""
    folder = root.resolve()
    try:
        git = Git.around(folder)
    except EnvironmentProblem:  # without git there is no repository yet
        return None
    top = git.toplevel() if git else None
    return top if top != folder else None


def _left_to_do(
    root: Path, kept: list[str], files: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """What files that are kept lack: each with the text that its owner should add."""
    wanted = {
        ".github/workflows/roadgate.yml": (
            "roadgate",
            "what init writes in an empty folder: as it is, no pull request is judged",
        ),
        ".gitignore": (".roadgate/issues", ".roadgate/issues/"),
        ".vscode/settings.json": (".roadgate/schemas/", _entries(files[".vscode/settings.json"])),
    }
    return tuple(
        (path, text)
        for path, (mark, text) in wanted.items()
        if path in kept and mark not in _text(root / path)
    )


def _entries(settings_text: str) -> str:
    return json.dumps(json.loads(settings_text)).removeprefix("{").removesuffix("}")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _merged(path: Path, wanted: str) -> bool:
    """Whether settings that were there lacked something, and have it now."""
    try:
        before = path.read_bytes()
        after = with_entries(before.decode("utf-8"), json.loads(wanted), outline).encode("utf-8")
        if after == before:
            return False
        replace_file(path, before, after)
    except (Refused, OSError, UnicodeDecodeError):  # the owner is told what to add
        return False
    return True


def _project(root: Path, found: Places) -> dict[str, str]:
    folder = TEMPLATES / "project"
    files = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }
    if _has_a_roadmap(root, found):
        # An example would only be in its way.
        del files[EXAMPLE]
    return files


def _has_a_roadmap(root: Path, found: Places) -> bool:
    """Whether there are resources already, or a place for them that its owner has chosen."""
    if not root.is_dir():
        return False
    folders = settings.read(FolderTree(root)).config.spec.paths.roadmap
    chosen = (root / CONFIG_PATH).exists() and "roadmap" not in folders
    return chosen or any((root / found.path("roadmap/")).rglob("*.y*ml"))


def _schemas() -> dict[str, str]:
    folder = bundled("schemas")
    return {
        f".roadgate/schemas/{name}": (folder / name).read_text(encoding="utf-8")
        for name in _SCHEMAS
    }


def _workflows() -> dict[str, str]:
    return {
        f".github/workflows/{path.name}": path.read_text(encoding="utf-8")
        for path in (TEMPLATES / "workflows").glob("*.yml")
    }


def _write_new(path: Path, text: str) -> bool:
    """Write a file that is not there yet; False when it is, even as a dangling link."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        temporary.write_text(text, encoding="utf-8", newline="\n")
        try:
            # A hard link fails when the name is taken: atomic, and never an overwrite.
            os.link(temporary, path)
        except FileExistsError:
            return False
        finally:
            temporary.unlink()
    except OSError as error:
        raise EnvironmentProblem(
            f"cannot write '{path}': {error.strerror}", hint="check the folder and its permissions"
        ) from error
    return True
