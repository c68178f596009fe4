"""Test policies from Python: a roadmap in memory, and what a policy says of it.

Steps for pytest-bdd stand on top of it: ``pytest_plugins = ["roadgate.testing.steps"]``.
"""

from __future__ import annotations

from roadgate.testing.checked import Checked
from roadgate.testing.scenario import Scenario

__all__ = ["Checked", "Scenario"]
