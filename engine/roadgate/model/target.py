"""Targets: what the author wrote, and what it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from pydantic_core import core_schema

from roadgate.model.condition import Condition, parse_condition
from roadgate.model.condition_words import with_operator
from roadgate.model.values import as_written

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler


class Target(str):
    """A condition as it was written, read once.

    What cannot be read is kept, so that the rest of its resource is judged all the same; the item
    that it belongs to is judged ``error``.
    """

    __slots__ = ("condition", "meant", "problem")

    condition: Condition | None
    """What it asks for, with its unit; None for what cannot be read."""
    problem: str
    """Why it cannot be read, and what to write; empty for what can."""
    meant: str | None
    """What it can only have meant, where it cannot be read and that is certain."""

    def __new__(cls, text: str) -> Self:
        """Read a text."""
        made = super().__new__(cls, text)
        try:
            made.condition, made.problem = parse_condition(text), ""
        except ValueError as error:
            made.condition, made.problem = None, str(error)
        made.meant = None if made.condition else _meant(text)
        return made

    @classmethod
    def __get_pydantic_core_schema__(
        cls,
        source: Any,  # noqa: ANN401 - as pydantic asks
        handler: GetCoreSchemaHandler,
    ) -> core_schema.CoreSchema:
        """Take a text, or a bare number, which is no condition."""
        del source, handler
        text = core_schema.no_info_before_validator_function(
            as_written, core_schema.str_schema(strict=True)
        )
        return core_schema.no_info_after_validator_function(cls, text)


def _meant(text: str) -> str | None:
    """The condition with the operator that was mistyped, if it is one then."""
    mended = with_operator(text.strip())
    if mended is not None:
        try:
            parse_condition(mended)
        except ValueError:
            return None
    return mended
