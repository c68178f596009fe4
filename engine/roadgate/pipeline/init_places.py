"""Where the folders of a new project go, so that it governs nothing that was there before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from roadgate.edit.fields import insert_field
from roadgate.edit.order import order_of_kind
from roadgate.edit.proof import applied
from roadgate.load import settings
from roadgate.load.discover import CONFIG_PATH, normal
from roadgate.load.outline import outline
from roadgate.load.trees import FolderTree
from roadgate.model.errors import EnvironmentProblem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_OURS = re.compile(rb"^[\"']?apiVersion[\"']?\s*:\s*[\"']?roadgate/", re.MULTILINE)
_HEADER = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*[\"']?date[\"']?\s*,", re.IGNORECASE)
_FOLDERS = {"roadmap": ("*.y*ml", _OURS), "policies": ("*.y*ml", _OURS),
            "measurements": ("*.csv", _HEADER)}  # fmt: skip
_MENTION = re.compile(
    r"(?<![\w.-])(roadmap|policies|measurements)/(?=\*\*|<metric>| {2}|first-|README)"
)
APART = "roadgate"
"""The folder in which ours lie where the usual ones are taken."""
_POLICIES = """\
# Policies

The organisation's own rules: `roadgate policy new ACME001 owner-named` writes the first.
"""


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of a project, by what they are called in ``paths``."""

    moved: Mapping[str, str]
    """Only those that are not where they usually are."""

    @property
    def apart(self) -> Mapping[str, str]:
        """Those that were moved because others have the usual folder."""
        return {name: folder for name, folder in self.moved.items() if folder == f"{APART}/{name}"}

    def path(self, path: str) -> str:
        """Where a file of a template goes."""
        top, slash, rest = path.partition("/")
        return f"{self.moved[top]}/{rest}" if slash and top in self.moved else path

    def files(self, templates: Mapping[str, str]) -> dict[str, str]:
        """The files of templates, at their places and with the folders' names in their text."""
        files = {self.path(path): self._text(path, text) for path, text in templates.items()}
        if "policies" in self.apart and CONFIG_PATH in templates:
            files[f"{self.moved['policies']}/README.md"] = _POLICIES
        return files

    def _text(self, path: str, text: str) -> str:
        if not self.moved:
            return text
        if path == CONFIG_PATH:
            return self._configured(text)
        text = _MENTION.sub(lambda found: f"{self.moved.get(found[1], found[1])}/", text)
        return text.replace("$schema=../", "$schema=" + "../" * self.path(path).count("/"))

    def _configured(self, text: str) -> str:
        """The settings with the folders named in them."""
        before = outline(text)
        if before is None:
            return text
        named = {
            name: folder if name == "measurements" else [folder]
            for name, folder in self.moved.items()
        }
        order = order_of_kind("Config")
        spec = order.within("spec") if order else None
        names = spec.names if spec else ()
        return applied(before, [insert_field(before, 0, "spec.paths", named, names)], outline).text


def places(root: Path) -> Places:
    """The usual folders, or others where those hold files of somebody else's and none of ours.

    A project that has its settings already has its places too.
    """
    if (root / CONFIG_PATH).exists():
        paths = settings.read(FolderTree(root)).config.spec.paths
        chosen = {
            "roadmap": next(iter(paths.roadmap), "roadmap"),
            "policies": next(iter(paths.policies), "policies"),
            "measurements": paths.measurements,
        }
        return Places({name: normal(each) for name, each in chosen.items() if normal(each) != name})
    taken = (name for name in _FOLDERS if _is_of_others(root, name))
    return Places({name: f"{APART}/{name}" for name in taken})


def _is_of_others(root: Path, name: str) -> bool:
    """Whether a folder holds files that roadgate would read, and no such file is a roadmap's."""
    pattern, ours = _FOLDERS[name]
    found = False
    try:
        for path in sorted((root / name).rglob(pattern)):
            if path.is_file() and not path.is_symlink():
                found = True
                if ours.search(path.read_bytes()):
                    return False
    except OSError as error:
        raise EnvironmentProblem(
            f"cannot read '{root / name}': {error.strerror}", hint="check its permissions"
        ) from error
    return found
