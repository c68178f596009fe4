"""Who is who: the documents of base and head, matched by kind, name and aliases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from roadgate.model.kinds import API_VERSION
from roadgate.model.raw import Raw, aliases_of, key_of
from roadgate.model.source import ResourceRef

if TYPE_CHECKING:
    from roadgate.model.document import Document
    from roadgate.model.project import Project


@dataclass(frozen=True, slots=True)
class Entry:
    """One document with a kind and a name, whether or not it meets its schema."""

    ref: ResourceRef
    path: str
    data: Raw

    @property
    def names(self) -> frozenset[str]:
        """Its name and its aliases."""
        return frozenset({self.ref.name, *aliases_of(self.data)})


@dataclass(frozen=True, slots=True)
class Pair:
    """One resource in base and in head."""

    base: Entry | None
    head: Entry | None
    """The same entry as in base, where nothing about it has changed."""
    note: str = ""
    """Why it is gone, where it is still there to read."""

    @property
    def ref(self) -> ResourceRef:
        """As it is called in head; in base, where it is gone.

        Raises:
            ValueError: it is in neither.
        """
        entry = self.head or self.base
        if entry is None:
            raise ValueError("a pair has at least one side")
        return entry.ref

    @property
    def former_name(self) -> str | None:
        """The name in base, where it is another one."""
        if self.base is None or self.head is None or self.base.ref == self.head.ref:
            return None
        return self.base.ref.name

    @property
    def names(self) -> frozenset[str]:
        """Every name that it has or had."""
        if self.base is None or self.head is None:
            entry = self.head or self.base
            return entry.names if entry is not None else frozenset()
        return self.base.names | self.head.names


Entries = Mapping[ResourceRef, Entry]


def entries(
    base: Project | None, head: Project
) -> tuple[dict[ResourceRef, Entry], dict[ResourceRef, Entry]]:
    """Every document of either that says what it is; of two with the same name the first counts.

    Equal files are read once: what is the same document on both sides is the same entry.
    """
    known: dict[int, Entry] = {}
    return _entries(base, known) if base is not None else {}, _entries(head, known)


def _entries(project: Project, known: dict[int, Entry]) -> dict[ResourceRef, Entry]:
    sound = {id(each.data): each.ref for each in project.resources}
    found: dict[ResourceRef, Entry] = {}
    for document in project.documents:
        entry = known.get(id(document))
        if entry is None:
            ref = sound.get(id(document.data)) or _claimed(document, project)
            if ref is None:
                continue
            entry = known[id(document)] = Entry(ref, document.path, document.data)
        found.setdefault(entry.ref, entry)
    return found


def _claimed(document: Document, project: Project) -> ResourceRef | None:
    if document.ref is not None:
        return document.ref
    key = key_of(document.data)
    if key is None or key[0] == "Config":
        return None
    ref = ResourceRef(*key)
    is_ours = document.data.get("apiVersion") == API_VERSION or ref in project.broken
    return ref if is_ours else None


def of_kinds(entries: Entries, kinds: Collection[str]) -> Entries:
    """Those of some kinds."""
    return {ref: entry for ref, entry in entries.items() if ref.kind in kinds}


def match(base: Entries, head: Entries) -> list[Pair]:
    """Pair what is the same in base and head, sorted by kind and name.

    The same name is the same resource. Else an alias carries the identity over, unless two claim it
    or the claimant would continue two.
    """
    former = _former_names(base, head)
    pairs = [Pair(base.get(former.get(ref, ref)), entry) for ref, entry in head.items()]
    continued = {pair.base.ref for pair in pairs if pair.base is not None}
    pairs += [Pair(entry, None) for ref, entry in base.items() if ref not in continued]
    return sorted(pairs, key=lambda pair: pair.ref)


def without(pairs: Iterable[Pair], kept: Container[ResourceRef], note: str) -> list[Pair]:
    """The same pairs as they are when only what is ``kept`` is left of head."""
    return [
        pair if pair.head is None or pair.head.ref in kept else replace(pair, head=None, note=note)
        for pair in pairs
        if pair.base is not None or pair.ref in kept
    ]


def _former_names(base: Entries, head: Entries) -> dict[ResourceRef, ResourceRef]:
    if head.keys() <= base.keys():
        return {}
    called = {
        ResourceRef(ref.kind, alias): ref
        for ref, entry in base.items()
        for alias in aliases_of(entry.data)
    }
    claims: dict[ResourceRef, ResourceRef] = {}
    for ref, entry in head.items():
        if ref in base:
            continue
        aliases = (ResourceRef(ref.kind, alias) for alias in aliases_of(entry.data))
        claimed = {each if each in base else called.get(each) for each in aliases} - {None, ref}
        gone = [each for each in claimed if each is not None and each not in head]
        if len(gone) == 1:
            claims[ref] = gone[0]
    counted = Counter(claims.values())
    return {ref: old for ref, old in claims.items() if counted[old] == 1}
