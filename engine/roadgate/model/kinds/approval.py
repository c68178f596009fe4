"""Whose approval something needs."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from roadgate.model.kinds.base import Part
from roadgate.model.reference import TeamName
from roadgate.model.values import Whole


class Approval(Part):
    """How many of whom must approve."""

    team: TeamName | None = Field(
        default=None, description="The Team whose members count; any Team without."
    )
    count: Annotated[Whole, Field(ge=1)] = Field(default=1, description="How many of them.")
