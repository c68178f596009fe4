"""Start a roadmap repository: files that a newcomer can use at once, none of them overwritten."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from roadgate.model.bundled import bundled
from roadgate.model.errors import EnvironmentProblem, UsageError

TEMPLATES = Path(__file__).resolve().parents[1] / "cli" / "templates"
PLACEHOLDER = "ROADGATE_ACTION_REF"
_SCHEMAS = ("roadgate.schema.json", "config.schema.json")


@dataclass(frozen=True, slots=True)
class Started:
    """What ``init`` did."""

    root: Path
    written: tuple[str, ...]
    kept: tuple[str, ...]
    """Paths that were there already; their content was not touched."""
    left_out: tuple[str, ...]
    """Workflows that need the action's commit, when none is known."""


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
    files = {**_project(root), **_schemas()}
    workflows = _workflows()
    if pin is not None:
        files |= {path: text.replace(PLACEHOLDER, pin) for path, text in workflows.items()}
    written: list[str] = []
    kept: list[str] = []
    for path, text in sorted(files.items()):
        (written if _write_new(root / path, text) else kept).append(path)
    left_out = tuple(sorted(workflows)) if pin is None else ()
    return Started(root, tuple(written), tuple(kept), left_out)


def _project(root: Path) -> dict[str, str]:
    folder = TEMPLATES / "project"
    files = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }
    if any((root / "roadmap").rglob("*.y*ml")):
        # There is a roadmap already: an example would only be in its way.
        del files["roadmap/first-initiative.yaml"]
    return files


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
