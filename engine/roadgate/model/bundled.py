"""Where the files that ship with roadgate are: policies, schemas and examples."""

from __future__ import annotations

from pathlib import Path

from roadgate.model.errors import InternalError

_PACKAGE = Path(__file__).resolve().parents[1]
_INSTALLED = _PACKAGE / "data"
_SOURCES = _PACKAGE.parents[1]


def bundled(name: str) -> Path:
    """Find the folder ``policies``, ``schemas`` or ``examples``.

    In a wheel it is in the package, in an editable install or a clone at the top of the sources.

    Raises:
        InternalError: it is in neither place: the installation is broken.
    """
    for parent in (_INSTALLED, _SOURCES):
        folder = parent / name
        if folder.is_dir():
            return folder
    raise InternalError(
        f"the {name} that ship with roadgate are missing", hint="install roadgate again"
    )
