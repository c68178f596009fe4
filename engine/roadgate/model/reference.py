"""References: names of other resources, typed by the kind that they name.

What a field refers to stands in its type, once. Whatever follows references reads it from there, so
that no field can be forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, TypeAlias

from roadgate.model.values import Name


@dataclass(frozen=True, slots=True)
class Refers:
    """Marks a name as that of a resource of this kind."""

    kind: str


EvidenceName: TypeAlias = Annotated[Name, Refers("Evidence")]
GoalName: TypeAlias = Annotated[Name, Refers("Goal")]
InitiativeName: TypeAlias = Annotated[Name, Refers("Initiative")]
MetricName: TypeAlias = Annotated[Name, Refers("Metric")]
PersonaName: TypeAlias = Annotated[Name, Refers("Persona")]
ServiceName: TypeAlias = Annotated[Name, Refers("Service")]
TeamName: TypeAlias = Annotated[Name, Refers("Team")]
VisionName: TypeAlias = Annotated[Name, Refers("Vision")]
