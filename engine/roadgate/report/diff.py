"""Changes of files as a unified diff."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import unified_diff
from typing import TYPE_CHECKING

from roadgate.report.text.terminal import Palette, harmless, plain, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LINE_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Changed:
    """A file before and after."""

    path: str
    before: bytes
    after: bytes


def diff(changes: Iterable[Changed], *, color: bool = False) -> str:
    """All changes, one file after the other; empty for none."""
    palette = Palette(color)
    return harmless("".join(f"{line}\n" for each in changes for line in _file(each, palette)))


def _file(change: Changed, palette: Palette) -> Iterator[str]:
    old, new = _lines(change.before), _lines(change.after)
    names = (f"a/{plain(change.path)}", f"b/{plain(change.path)}")
    if old == new:
        yield f"{names[1]}: only line ends change"
    for line in unified_diff(old, new, *names, lineterm=""):
        text = "".join(map(shown, line))
        if line.startswith(("+++", "---")):
            yield palette.bold(text)
        elif line.startswith("+"):
            yield palette.good(text)
        else:
            yield palette.bad(text) if line.startswith("-") else text


def _lines(content: bytes) -> list[str]:
    text = content.decode("utf-8", "replace").removeprefix("\ufeff")
    lines = _LINE_BREAK.split(text)
    if lines[-1] == "":
        return lines[:-1]
    return [*lines[:-1], f"{lines[-1]} (no line break at the end)"]
