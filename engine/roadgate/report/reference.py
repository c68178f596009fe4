"""Pages of the reference that are generated: the table of finding codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadgate.model.codes import Code

_HEAD = """\
# Findings

<!-- Generated from engine/roadgate/model/codes.py by `make generated`. -->

`roadgate explain RG001` prints one of these.
The codes below are roadgate's own: they never change meaning, and cannot be bound, waived or
switched off. Policies have ids of their own: [policies](policies.md).
"""


def findings_page(codes: Iterable[Code]) -> str:
    """The page of every finding code, with an example of each."""
    return "\n".join([_HEAD, *map(_section, codes)])


def _section(code: Code) -> str:
    example = code.example.rstrip("\n")
    language = "csv" if example.startswith(("date", "day")) else "yaml"
    return (
        f"## {code.code}: {code.title}\n\n{code.meaning}\n\n**Fix.** {code.fix}\n\n"
        f"```{language}\n{example}\n```\n"
    )
