"""The documents of one moment, found by kind and name; cheap to bring from commit to commit.

Data that was read is made of dicts and lists: asking for these first is much quicker than asking
for what behaves like them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from roadgate.model.document import Data

Raw: TypeAlias = "Mapping[str, Data]"
Key: TypeAlias = tuple[str, str]
"""Kind and name."""
_Place: TypeAlias = tuple[str, int]


def name_of(data: Raw) -> str | None:
    """``metadata.name``, where it is text."""
    metadata = data.get("metadata")
    name = metadata.get("name") if isinstance(metadata, (dict, Mapping)) else None
    return name.strip() if isinstance(name, str) else None


def aliases_of(data: Raw) -> tuple[str, ...]:
    """``metadata.aliases``, as far as they are text."""
    metadata = data.get("metadata")
    aliases = metadata.get("aliases") if isinstance(metadata, (dict, Mapping)) else None
    if aliases is None or isinstance(aliases, str) or not isinstance(aliases, Iterable):
        return ()
    return tuple(each.strip() for each in aliases if isinstance(each, str))


def spec_of(data: Raw) -> Raw:
    """``spec``, or nothing where it is no mapping."""
    spec = data.get("spec")
    return spec if isinstance(spec, (dict, Mapping)) else {}


def key_of(data: Raw) -> Key | None:
    """Kind and name; a Config needs no name."""
    kind, version = data.get("kind"), data.get("apiVersion")
    if not isinstance(kind, str) or not str(version).startswith("roadgate/"):
        return None
    name = name_of(data) or ("" if kind == "Config" else None)
    return None if name is None else (kind, name)


class Documents:
    """Documents by kind and name. Of two with the same name the first by path counts.

    What it holds of one name is replaced and never changed, so that copies can share it.
    """

    def __init__(self) -> None:
        self._files: dict[str, tuple[Raw, ...]] = {}
        self._named: dict[Key, dict[_Place, Raw]] = {}
        self._aliased: dict[Key, dict[_Place, Raw]] = {}
        self._kinds: dict[str, dict[str, None]] = {}

    def copy(self) -> Documents:
        """The same documents, to be brought to another moment."""
        other = Documents()
        other._files = dict(self._files)
        other._named = dict(self._named)
        other._aliased = dict(self._aliased)
        other._kinds = {kind: dict(names) for kind, names in self._kinds.items()}
        return other

    @property
    def paths(self) -> frozenset[str]:
        """The files that hold a document."""
        return frozenset(self._files)

    def holds(self, path: str, documents: Sequence[Raw] | None) -> bool:
        """Whether the file's documents are these already; the same objects are told at once."""
        return bool(documents) and self._files.get(path) == tuple(documents or ())

    def replace(self, path: str, documents: Iterable[Raw] | None) -> set[Key]:
        """Put ``documents`` in the place of the file's old ones; returns the keys touched."""
        touched: set[Key] = set()
        for index, data in enumerate(self._files.pop(path, ())):
            self._drop((path, index), data, touched)
        if documents:
            new = self._files[path] = tuple(documents)
            for index, data in enumerate(new):
                self._add((path, index), data, touched)
        return touched

    def find(self, kind: str, name: str) -> Raw | None:
        """The document of that name, else the one that has it as an alias."""
        found = self._named.get((kind, name)) or self._aliased.get((kind, name))
        return found[min(found)] if found else None

    def named(self, kind: str, name: str) -> Raw | None:
        """The document whose own name it is."""
        found = self._named.get((kind, name))
        return found[min(found)] if found else None

    def names(self, kind: str) -> Iterator[str]:
        """Every name of that kind."""
        return iter(tuple(self._kinds.get(kind, ())))

    def paths_of(self, kind: str) -> frozenset[str]:
        """The files that hold a document of that kind."""
        places = (found for key, found in self._named.items() if key[0] == kind)
        return frozenset(path for found in places for path, _ in found)

    def _add(self, place: _Place, data: Raw, touched: set[Key]) -> None:
        key = key_of(data)
        if key is None:
            return
        touched.add(key)
        self._named[key] = {**self._named.get(key, {}), place: data}
        self._kinds.setdefault(key[0], {})[key[1]] = None
        for alias in aliases_of(data):
            named = (key[0], alias)
            self._aliased[named] = {**self._aliased.get(named, {}), place: data}

    def _drop(self, place: _Place, data: Raw, touched: set[Key]) -> None:
        key = key_of(data)
        if key is None:
            return
        touched.add(key)
        _remove(self._named, key, place)
        if key not in self._named:
            self._kinds[key[0]].pop(key[1], None)
        for alias in aliases_of(data):
            _remove(self._aliased, (key[0], alias), place)


def _remove(index: dict[Key, dict[_Place, Raw]], key: Key, place: _Place) -> None:
    rest = {other: data for other, data in index.get(key, {}).items() if other != place}
    if rest:
        index[key] = rest
    else:
        index.pop(key, None)
