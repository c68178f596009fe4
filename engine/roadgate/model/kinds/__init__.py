"""The vocabulary: one model for each kind of document."""

from __future__ import annotations

from roadgate.model.kinds.base import API_VERSION, Envelope, Metadata
from roadgate.model.kinds.canvas import Canvas
from roadgate.model.kinds.config import Config, default_config
from roadgate.model.kinds.decision import Decision
from roadgate.model.kinds.definition import KindDefinition
from roadgate.model.kinds.initiative import Initiative
from roadgate.model.kinds.journey import Journey
from roadgate.model.kinds.launch import Launch
from roadgate.model.kinds.lifecycle import Lifecycle
from roadgate.model.kinds.organisation import Goal, Persona, Team
from roadgate.model.kinds.policy import Policy
from roadgate.model.kinds.research import Evidence, Metric
from roadgate.model.kinds.review import Review
from roadgate.model.kinds.service import Service
from roadgate.model.kinds.vision import Vision

KINDS: dict[str, type[Envelope]] = {
    kind.KIND: kind
    for kind in (
        Initiative,
        Evidence,
        Metric,
        Goal,
        Persona,
        Team,
        Journey,
        Service,
        Canvas,
        Launch,
        Vision,
        Decision,
        Review,
        Lifecycle,
        Policy,
        KindDefinition,
    )
}
"""Every kind of resource, by the name that ``kind:`` gives it. Config is not a resource."""

__all__ = [
    "API_VERSION",
    "KINDS",
    "Canvas",
    "Config",
    "Decision",
    "Envelope",
    "Evidence",
    "Goal",
    "Initiative",
    "Journey",
    "KindDefinition",
    "Launch",
    "Lifecycle",
    "Metadata",
    "Metric",
    "Persona",
    "Policy",
    "Review",
    "Service",
    "Team",
    "Vision",
    "default_config",
]
