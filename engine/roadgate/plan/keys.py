"""The identities of issues: what an issue is about, whatever its title says."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

TOO_MANY = "summary/too-many"


def missed(initiative: str, criterion: str | None = None) -> str:
    """The issue of a missed promise, or of one missed criterion."""
    return f"missed/{initiative}" if criterion is None else f"missed/{initiative}/{criterion}"


def kill(initiative: str, threshold: str) -> str:
    """The issue of a triggered kill threshold."""
    return f"kill/{initiative}/{threshold}"


def seal(initiative: str) -> str:
    """The issue of a promise that was changed without a Decision."""
    return f"seal/{initiative}"


def every(initiative: str) -> tuple[str, ...]:
    """The keys that cover everything about one initiative, the keys below them included."""
    return (f"missed/{initiative}", f"kill/{initiative}", f"seal/{initiative}")


def covering(key: str) -> tuple[str, ...]:
    """``key`` and what stands above it, nearest first: ``a/b/c``, ``a/b``, ``a``."""
    parts = key.split("/")
    return tuple("/".join(parts[:length]) for length in range(len(parts), 0, -1))


def renamed(key: str, names: Mapping[str, str]) -> str:
    """The key under the initiative's present name."""
    kind, slash, rest = key.partition("/")
    name, below, item = rest.partition("/")
    return f"{kind}{slash}{names.get(name, name)}{below}{item}"
