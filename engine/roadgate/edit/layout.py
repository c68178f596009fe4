"""Bring a file into its canonical form; what it means and says stays, which is proven."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from roadgate.edit.arrange import disorder
from roadgate.edit.indent import indentation
from roadgate.edit.lines import comments
from roadgate.edit.proof import same
from roadgate.edit.spacing import between_lines, last_line_break, within_lines
from roadgate.edit.splice import Refused, Splice, spliced

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadgate.model.outline import Outline, Reader

_MAX_ROUNDS = 64
_MAX_SINGLE = 100
_MAX_PASSES = 8
"""One form can make another possible: a blank line that goes lets a field move to the end."""


def canonical(outline: Outline, read: Reader) -> Outline:
    """The same documents with fields in order, indented by two, evenly spaced.

    A form that would change what the file says is left out, and the file stays as it was in that.
    """
    if "\r" in outline.text.replace("\r\n", ""):
        return outline
    writer = _Writer(read)
    for _ in range(_MAX_PASSES):
        before = outline.text
        outline = _arranged(writer.rewritten(outline, last_line_break), writer)
        for form in (indentation, within_lines, between_lines):
            outline = writer.rewritten(outline, form)
        if outline.text == before:
            break
    return outline


@dataclass(frozen=True, slots=True)
class _Writer:
    """Makes changes that are only of form."""

    read: Reader

    def rewritten(self, outline: Outline, form: Callable[[Outline], list[Splice]]) -> Outline:
        """The outline in a better form, if that says the same."""
        try:
            return self.spliced(outline, form(outline)) or outline
        except Refused:
            return outline

    def spliced(self, outline: Outline, splices: list[Splice]) -> Outline | None:
        """The outline with something replaced; None if nothing is, or if it says something else."""
        try:
            after = self.read(spliced(outline.text, splices)) if splices else None
        except Refused:
            return None
        return after if after is not None and _says_the_same(outline, after) else None


def _arranged(outline: Outline, writer: _Writer) -> Outline:
    """The outline with its fields in order, as far as they can be moved."""
    for _ in range(_MAX_ROUNDS):
        moves = disorder(outline)
        after = writer.spliced(outline, [splice for move in moves for splice in move])
        if after is None:  # one of them cannot be made: make the others
            possible = [each for each in moves[:_MAX_SINGLE] if writer.spliced(outline, each)]
            after = writer.spliced(outline, [splice for move in possible for splice in move])
        if after is None:
            break
        outline = after
    return outline


def _says_the_same(before: Outline, after: Outline) -> bool:
    one = [section.data for section in before.sections]
    other = [section.data for section in after.sections]
    return same(one, other) and comments(before) == comments(after)
