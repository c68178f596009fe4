"""The vocabulary: one model for each kind of document."""

from __future__ import annotations

from roadgate.model.kinds.base import API_VERSION, Envelope, Metadata
from roadgate.model.kinds.config import Config, default_config
from roadgate.model.kinds.decision import Decision
from roadgate.model.kinds.initiative import Initiative
from roadgate.model.kinds.organisation import Goal, Persona, Team
from roadgate.model.kinds.policy import Policy
from roadgate.model.kinds.research import Evidence, Metric

KINDS: dict[str, type[Envelope]] = {
    kind.KIND: kind
    for kind in (Initiative, Evidence, Metric, Goal, Persona, Team, Decision, Policy)
}
"""Every kind of resource, by the name that ``kind:`` gives it. Config is not a resource."""

__all__ = [
    "API_VERSION",
    "KINDS",
    "Config",
    "Decision",
    "Envelope",
    "Evidence",
    "Goal",
    "Initiative",
    "Metadata",
    "Metric",
    "Persona",
    "Policy",
    "Team",
    "default_config",
]
