"""Which files a project has, and what each is for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

from roadgate.load.globs import matcher
from roadgate.model.finding import Finding, Related, Severity
from roadgate.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from roadgate.model.kinds import Config
    from roadgate.model.tree import Entry, Tree

CONFIG_PATH = "roadgate.yaml"
_YAML = re.compile(r".*\.ya?ml", re.IGNORECASE | re.DOTALL)
_CSV = re.compile(r".*\.csv", re.IGNORECASE | re.DOTALL)
_NEARLY = re.compile(
    r"\.(?:(?P<yaml>ya?ml\.txt|ymal|yalm|yam|yaam?l|yaaml|yamll|yamml|yanl|yaml[1_~]|yml[1_~]|yl|ym|ymll"
    r"|ymml)|(?P<csv>csv\.txt|cvs|scv|ccsv|cssv|csvv|csv[1_~]|tsv))$",
    re.IGNORECASE,
)
"""Endings as fingers write them, and as editors do that hide the true one."""

UNUSABLE = {
    "symlink": ("RG015", "a symbolic link is not followed", "put the file itself here"),
    "gitlink": ("RG015", "a submodule or nested repository is not read", "put its files here"),
    "special": ("RG002", "this is no regular file, or it cannot be opened", "remove it"),
}
"""What is wrong with an entry that is no file: code, message, fix."""


class Role(Enum):
    """What a folder is for."""

    ROADMAP = auto()
    POLICIES = auto()
    MEASUREMENTS = auto()
    OUTSIDE = auto()


@dataclass(slots=True)
class Files:
    """The files of a project by what they are for, each list sorted by path."""

    roadmap: list[Entry] = field(default_factory=list)
    policies: list[Entry] = field(default_factory=list)
    measurements: list[Entry] = field(default_factory=list)
    outside: list[Entry] = field(default_factory=list)
    """YAML files that lie outside the roots."""
    elsewhere: list[Entry] = field(default_factory=list)
    """Everything that no role of roadgate's own takes: what KindDefinitions may govern."""
    unreadable: set[str] = field(default_factory=set)
    """Paths under the roots that are there and cannot be read as files."""
    findings: list[Finding] = field(default_factory=list)
    seen: Sequence[Entry] = ()
    """Everything that was looked at."""


def place(path: str, line: int = 1, column: int = 1) -> Span:
    """A file as a whole: its beginning."""
    return Span(printable(path), line, column, line, column)


def printable(path: str) -> str:
    """A path that can be printed: bytes that are no UTF-8 as escapes."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def normal(root: str) -> str:
    """A root as entries are compared with: no ``./``, no slash at the end, ``""`` for all."""
    parts = [part for part in root.split("/") if part not in ("", ".")]
    return "/".join(parts)


def discover(tree: Tree, config: Config, *, measurements: bool = True) -> Files:
    """Sort a tree's files by what they are for, and report those that cannot be read as files.

    ``measurements`` is False when observations come from another tree.
    """
    roots = _roots(config, measurements=measurements)
    entries = list(tree.entries(["", *(root for root, _ in roots if root)]))
    nested = _nested(entries)
    ignored = matcher(config.spec.ignore)
    files = Files(seen=entries)
    governed = []
    for entry in entries:
        if entry.path == CONFIG_PATH or nested(entry.path) or ignored(entry.path):
            continue
        role = _role(entry.path, roots)
        if not _is_usable(entry, role, roots, files):
            if role is Role.OUTSIDE:
                files.elsewhere.append(entry)
        elif _keep(entry, role, files):
            governed.append(entry)
        else:
            files.elsewhere.append(entry)
    files.findings += _missing(config, entries, roots)
    files.findings += _no_folders(entries, roots)
    files.findings += _collisions(governed)
    return files


def measurement_files(tree: Tree, config: Config) -> Files:
    """The measurement files of a tree that holds nothing else of the project."""
    root = normal(config.spec.paths.measurements)
    files = Files()
    for entry in tree.entries([root]):
        if _is_usable(entry, Role.MEASUREMENTS, [(root, Role.MEASUREMENTS)], files):
            _keep(entry, Role.MEASUREMENTS, files)
    return files


def misnamed(entries: Iterable[Entry], config: Config) -> Iterator[Finding]:
    """Files under the roots whose ending is nearly one that is read."""
    roots = _roots(config, measurements=True)
    for entry in entries:
        ending = _NEARLY.search(entry.path)
        if ending is None or entry.kind != "file":
            continue
        role = _role(entry.path, roots)
        is_csv = ending.lastgroup == "csv"
        if role is not Role.OUTSIDE and is_csv == (role is Role.MEASUREMENTS):
            right = "csv" if is_csv else "yaml"
            told = f"nothing reads a file that ends with '{ending[0]}'"
            start = printable(entry.path[: ending.start()])
            fix = f"rename it to '{start}.{right}', or move it elsewhere"
            yield Finding("RG090", Severity.ERROR, told, fix, location=place(entry.path))


def metric_of(entry: Entry, config: Config) -> str | None:
    """The metric that a measurement file is named after; None in a sub-folder."""
    root = normal(config.spec.paths.measurements)
    name = entry.path[len(root) + 1 :] if root else entry.path
    return None if "/" in name else name[: -len(".csv")]


def _roots(config: Config, *, measurements: bool) -> list[tuple[str, Role]]:
    """The roots, the longest first: the innermost root decides what a file is for."""
    paths = config.spec.paths
    roots = {normal(root): Role.ROADMAP for root in paths.roadmap}
    roots |= {normal(root): Role.POLICIES for root in paths.policies}
    if measurements:
        roots[normal(paths.measurements)] = Role.MEASUREMENTS
    return sorted(roots.items(), key=lambda item: (-len(item[0]), item[0]))


def _is_below(path: str, folder: str) -> bool:
    return not folder or path == folder or path.startswith(folder + "/")


def _role(path: str, roots: Sequence[tuple[str, Role]]) -> Role:
    for root, role in roots:  # a plain loop: this runs for every file
        if _is_below(path, root):
            return role
    return Role.OUTSIDE


def projects_within(tree: Tree, config: Config) -> frozenset[str]:
    """The folders under the roots that are projects of their own, each with a slash at its end."""
    roots = [root for root, _ in _roots(config, measurements=True)]
    return _folders(tree.entries(roots))


def _folders(entries: Iterable[Entry]) -> frozenset[str]:
    suffix = "/" + CONFIG_PATH
    return frozenset(
        each.path[: -len(CONFIG_PATH)] for each in entries if each.path.endswith(suffix)
    )


def _nested(entries: Iterable[Entry]) -> Callable[[str], bool]:
    """Whether a path lies in a folder that is a project of its own."""
    folders = _folders(entries)
    if not folders:
        return lambda _: False
    prefixes = tuple(folders)
    return lambda path: path.startswith(prefixes)


def _is_usable(entry: Entry, role: Role, roots: Sequence[tuple[str, Role]], files: Files) -> bool:
    if role is Role.OUTSIDE and not any(_is_below(root, entry.path) for root, _ in roots if root):
        return entry.kind == "file"
    message = UNUSABLE.get(entry.kind)
    if message is None and not entry.path.isascii() and entry.path != printable(entry.path):
        message = ("RG002", "the file's name is not UTF-8", "rename the file")
    if message is None:
        return True
    code, text, fix = message
    files.unreadable.add(entry.path)
    files.findings.append(Finding(code, Severity.ERROR, text, fix, location=place(entry.path)))
    return False


def _keep(entry: Entry, role: Role, files: Files) -> bool:
    if role is Role.MEASUREMENTS and _CSV.fullmatch(entry.path):
        files.measurements.append(entry)
        return True
    if not _YAML.fullmatch(entry.path):
        return False
    if role is Role.ROADMAP:
        files.roadmap.append(entry)
    elif role is Role.POLICIES:
        files.policies.append(entry)
    else:
        files.outside.append(entry)
        return False
    return True


def _missing(
    config: Config, entries: Sequence[Entry], roots: Sequence[tuple[str, Role]]
) -> list[Finding]:
    """Roots that the configuration names and that are not there; a default may be absent."""
    named = config.spec.paths.model_fields_set
    fields = {Role.ROADMAP: "roadmap", Role.POLICIES: "policies", Role.MEASUREMENTS: "measurements"}
    return [
        Finding(
            "RG030",
            Severity.ERROR,
            f"the folder '{root}' does not exist, or is empty",
            "put a file there, or correct the path",
            field=f"spec.paths.{fields[role]}",
        )
        for root, role in sorted(roots, key=lambda item: item[0])
        if fields[role] in named
        and root != fields[role]  # a default may be absent, written down or not
        and not any(_is_below(entry.path, root) for entry in entries)
    ]


def _no_folders(entries: Sequence[Entry], roots: Sequence[tuple[str, Role]]) -> Iterator[Finding]:
    """Roots that are files from which nothing is read."""
    known = dict(reversed(roots))
    for entry in entries:
        role = known.get(entry.path)
        if role is None or entry.kind != "file":
            continue
        if role is Role.MEASUREMENTS or not _YAML.fullmatch(entry.path):
            yield Finding(
                "RG030",
                Severity.ERROR,
                f"'{printable(entry.path)}' is a file instead of a folder",
                "rename the file, and put a folder in its place",
                location=place(entry.path),
            )


def _collisions(entries: Iterable[Entry]) -> list[Finding]:
    """Paths that are one file on systems that do not tell upper and lower case apart."""
    first: dict[str, str] = {}
    findings = []
    for entry in entries:
        path = entry.path
        folded = path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()
        other = first.setdefault(folded, entry.path)
        if other != entry.path:
            findings.append(
                Finding(
                    "RG016",
                    Severity.ERROR,
                    f"the path differs from '{printable(other)}' by upper and lower case only",
                    "rename one of the two: some systems hold only one of them",
                    location=place(entry.path),
                    related=(Related("the other file", place(other)),),
                )
            )
    return findings
