"""All maps of a roadmap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.model.maps import Maps
from roadgate.roadmap.estate_map import dependencies, estate
from roadgate.roadmap.impact_map import impact_map
from roadgate.roadmap.journey_map import journeys

if TYPE_CHECKING:
    from roadgate.model.roadmap import Roadmap


def maps(roadmap: Roadmap) -> Maps:
    """What hangs from what, and what hangs from nothing."""
    return Maps(impact_map(roadmap), estate(roadmap), dependencies(roadmap), journeys(roadmap))
