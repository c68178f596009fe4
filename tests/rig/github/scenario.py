"""A situation read from JSON, for an emulator in a process of its own."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rig.github.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rig.github.emulator import Emulator
    from rig.github.state import Repository


def prepare(emulator: Emulator, data: Mapping[str, Any]) -> None:
    """Put a situation into an emulator.

    ``data`` may have ``now`` (a moment), ``tokens`` (value to ``{login, permissions}``),
    ``repositories`` (a list; the keys of each are the arguments of the builders in ``state``) and
    ``faults`` (a list of the fields of ``Fault``).
    """
    world = emulator.world
    if "now" in data:
        world.clock.now = datetime.fromisoformat(data["now"])
    for value, token in data.get("tokens", {}).items():
        world.token(value, **token)
    for raw in data.get("repositories", []):
        _fill(emulator.repository(raw["name"]), raw)
    emulator.faults += [Fault(**one) for one in data.get("faults", [])]


def _fill(repository: Repository, raw: Mapping[str, Any]) -> None:
    """Put one repository's content in."""
    repository.git = Path(raw["git"]) if "git" in raw else None
    repository.private = raw.get("private", False)
    for label in raw.get("labels", []):
        repository.add_label(**label)
    for issue in raw.get("issues", []):
        repository.add_issue(**issue)
    for pull in raw.get("pulls", []):
        reviews = pull.get("reviews", [])
        fields = {key: value for key, value in pull.items() if key != "reviews"}
        number = repository.add_pull(**fields).number
        for review in reviews:
            repository.add_review(number, **review)
    for status in raw.get("statuses", []):
        repository.add_status(**status)
