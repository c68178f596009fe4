"""Files that exist in memory only, and plain data as the YAML that they hold."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from roadgate.model.tree import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class MemoryTree:
    """A few files."""

    revision = None

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files

    def entries(self, roots: Sequence[str]) -> Iterator[Entry]:
        """Every file at or below ``roots``, sorted."""
        for path in sorted(self._files):
            if any(not root or path == root or path.startswith(f"{root}/") for root in roots):
                yield Entry(path, "file", len(self._files[path]))

    def read(self, path: str) -> bytes:
        """The file's bytes.

        Raises:
            FileNotFoundError: there is none.
        """
        try:
            return self._files[path]
        except KeyError:
            raise FileNotFoundError(path) from None


def flow(value: Any) -> str:  # noqa: ANN401 - any plain data
    """Plain data as flow YAML, which JSON is; numbers stay exactly as they were written."""
    if isinstance(value, dict):
        inner = ", ".join(f"{json.dumps(str(key))}: {flow(each)}" for key, each in value.items())
        return f"{{{inner}}}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(flow(each) for each in value)}]"
    return str(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)
