"""The account of exceptions as text: a block for Decisions, and one for what is switched off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.model.exceptions import Standing
from roadgate.report.account import told_disabled, told_exceptions
from roadgate.report.text.rows import COLUMNS
from roadgate.report.text.terminal import pad, plain, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadgate.model.exceptions import Account
    from roadgate.report.text.terminal import Palette

_STANDING = 15
_CALM = frozenset({Standing.USED, Standing.LATER})


def account(account: Account, palette: Palette) -> list[str]:
    """A block of lines for each part of the account that holds something."""
    blocks = []
    if account.exceptions:
        lines = _exceptions(account, palette)
        blocks.append("\n".join([palette.bold("EXCEPTIONS BY DECISION"), *lines]))
    if account.disabled:
        told = [
            line
            for each in account.disabled
            for line in wrap(plain(told_disabled(each)), COLUMNS, first="  ", rest="    ")
        ]
        blocks.append("\n".join([palette.bold("DISABLED POLICIES"), *told]))
    return blocks


def _exceptions(account: Account, palette: Palette) -> Iterator[str]:
    rest = " " * (_STANDING + 2)
    for standing, what, worth in told_exceptions(account):
        text = f"{plain(what)}: {plain(worth)}" if worth else plain(what)
        first, *others = wrap(text, COLUMNS - _STANDING - 2)
        word = pad(standing, _STANDING)
        yield f"  {palette.faint(word) if standing in _CALM else palette.doubtful(word)}{first}"
        yield from (rest + each for each in others)
