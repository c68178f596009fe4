"""Which files each kind governs, and the globs that govern nothing, or what is another's."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from roadgate.load.discover import CONFIG_PATH, UNUSABLE, place, printable
from roadgate.load.pathspec import Pathspec, glob
from roadgate.model.finding import Finding, Related, Severity
from roadgate.model.kinds import KindDefinition
from roadgate.model.source import ResourceRef
from roadgate.model.suggest import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from roadgate.model.custom import CustomKind
    from roadgate.model.document import Format
    from roadgate.model.tree import Entry


@dataclass(slots=True)
class Claims:
    """The files of each kind."""

    files: list[tuple[Entry, CustomKind]] = field(default_factory=list)
    """Sorted by path."""
    among: dict[str, CustomKind] = field(default_factory=dict)
    """Files under the roots in which documents of a kind with an envelope may stand."""
    unreadable: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)

    @property
    def formats(self) -> dict[str, Format]:
        """How the files are read that are no YAML."""
        return {entry.path: kind.format for entry, kind in self.files if kind.format != "yaml"}

    @property
    def identities(self) -> dict[str, str]:
        """The field that names a resource, by kind; of several the last."""
        kinds = [kind for _, kind in self.files] + list(self.among.values())
        return {kind.name: kind.identity[-1] for kind in kinds}


def claims(
    kinds: Mapping[str, CustomKind], elsewhere: Sequence[Entry], resources: Iterable[Entry]
) -> Claims:
    """Sort out what is whose.

    ``elsewhere`` are the files that roadgate itself has no use for, ``resources`` those it reads.
    """
    found = Claims()
    owners: dict[str, CustomKind] = {}
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    own = list(resources)
    files = {each.path for each in (*elsewhere, *own) if each.kind == "file"}
    for _, kind in sorted(kinds.items()):
        spec = Pathspec(kind.files)
        matched = [each for each in elsewhere if spec.matches(each.path)]
        for entry in matched:
            if entry.path in owners:
                shared[owners[entry.path].name, kind.name].append(entry.path)
            elif _is_usable(entry, found):
                owners[entry.path] = kind
                found.files.append((entry, kind))
        among = [each for each in own if spec.matches(each.path)]
        if kind.envelope:
            found.among |= {each.path: kind for each in among if each.path not in found.among}
        elif among:
            found.findings.append(_among_resources(kind, among))
        found.findings += _idle(kind, [*elsewhere, *own])
        found.findings += _behind_links(kind, elsewhere, files)
    found.findings += (_shared(kinds, *pair, paths) for pair, paths in sorted(shared.items()))
    found.files.sort(key=lambda claim: claim[0].path)
    return found


def _is_usable(entry: Entry, found: Claims) -> bool:
    """Whether a file can be read; links and the like are findings, as under the roots."""
    problem = UNUSABLE.get(entry.kind)
    if problem is None and entry.path != printable(entry.path):
        problem = ("RG002", "the file's name is not UTF-8", "rename the file")
    if problem is None:
        return entry.path != CONFIG_PATH
    code, message, fix = problem
    found.unreadable.add(entry.path)
    found.findings.append(Finding(code, Severity.ERROR, message, fix, location=place(entry.path)))
    return False


def _idle(kind: CustomKind, elsewhere: Sequence[Entry]) -> Iterable[Finding]:
    """A warning for each glob that matches no file."""
    for index, text in enumerate(kind.files):
        one = glob(text)
        if one.excludes or any(one.matches(each.path) for each in elsewhere):
            continue
        deeper = f"**/{text}"
        is_near = "/" not in text and any(glob(deeper).matches(each.path) for each in elsewhere)
        yield _about(
            kind,
            f"spec.files[{index}]",
            Severity.WARNING,
            f"'{text}' matches no file, so no {kind.name} is checked by it",
            f"did you mean '{deeper}'?" if is_near else "correct it, from the project's root",
        )


def _behind_links(
    kind: CustomKind, elsewhere: Sequence[Entry], files: AbstractSet[str]
) -> Iterable[Finding]:
    """A notice for each link or submodule in which files of a kind would not be seen.

    Behind a link to one of the project's ``files`` there are none.
    """
    globs = [glob(text) for text in kind.files]
    taken = [each for each in globs if not each.excludes and each.folder]
    for entry in elsewhere:
        below = f"{entry.path}/x"
        if (
            entry.kind not in ("symlink", "gitlink")
            or not any(entry.path.startswith(each.folder) for each in taken)
            or any(each.excludes and each.matches(below) for each in globs)
            or any(each.matches(entry.path) for each in taken)
            or (entry.target and normpath(join(dirname(entry.path), entry.target)) in files)
        ):
            continue
        message = f"files of {kind.name} behind this link would not be seen: links are not followed"
        fix = "put the files themselves here, or take the path out with a glob that begins with '!'"
        yield Finding("RG015", Severity.NOTICE, message, fix, location=place(entry.path))


def _among_resources(kind: CustomKind, entries: Sequence[Entry]) -> Finding:
    """An error where files under the roots are claimed, which roadgate itself reads."""
    paths = [each.path for each in entries]
    message = f"files of {kind.name} lie where roadgate reads its own: {_named(paths)}"
    fix = "move them, or take them out with a glob that begins with '!'"
    return _about(kind, "spec.files", Severity.ERROR, message, fix)


def _shared(
    kinds: Mapping[str, CustomKind], first: str, second: str, paths: Sequence[str]
) -> Finding:
    message = f"files of {second} are files of {first} already: {_named(paths)}"
    other = ResourceRef(KindDefinition.KIND, kinds[first].definition)
    fix = "take them out of one of the two with a glob that begins with '!'"
    related = Related(f"{first} governs them", resource=other, field="spec.files")
    return _about(kinds[second], "spec.files", Severity.ERROR, message, fix, related)


def _about(
    kind: CustomKind, place_: str, severity: Severity, message: str, fix: str, *related: Related
) -> Finding:
    code = "RG057" if severity is Severity.WARNING else "RG058"
    ref = ResourceRef(KindDefinition.KIND, kind.definition)
    return Finding(code, severity, message, fix, resource=ref, field=place_, related=related)


def _named(paths: Sequence[str]) -> str:
    return listed([f"'{printable(path)}'" for path in paths])
