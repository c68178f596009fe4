"""Replays the first-parent history into seals: what was promised, and what became of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from roadgate.history.replay import Replay
from roadgate.history.sealed import as_sealed, with_reasons

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from roadgate.model.document import Document
    from roadgate.model.measurement import MeasurementFile
    from roadgate.model.raw import Documents, Raw
    from roadgate.model.seal import CommitRecord, Promise, Seal

__all__ = ["as_sealed", "ended", "protected", "seals", "used_decisions", "with_reasons"]

_NO_HISTORY = "the history is not there"


def seals(  # noqa: PLR0913 - the whole of what a replay rests on, by keyword
    commits: Sequence[CommitRecord],
    today: Sequence[Document] | None,
    *,
    complete: bool,
    reason: str = "",
    as_of: date | None = None,
    measurements: Mapping[str, MeasurementFile] | None = None,
    uncounted: frozenset[str] = frozenset(),
) -> dict[str, Seal]:
    """The seal of every initiative that ever was ``now``, by the name it has last.

    ``today`` is the tree that is judged, where it differs from the last commit: it counts as one
    more change, not committed yet, on day ``as_of``. With an incomplete history every initiative
    that is ``now`` has a seal of unknown state, with ``reason``. ``uncounted`` are Decisions that
    are known not to be approved.
    """
    replay = Replay(measurements or {}, uncounted)
    for record in commits:
        replay.take(record.changed, record.commit, record.date, record.date)
    day = as_of or (commits[-1].date if commits else date.min)
    if today is not None:
        replay.take(_difference(replay.documents, today), None, day, None)
    if not complete:
        return replay.unknown(reason or _NO_HISTORY)
    replay.settle_down(day)
    return {name: track.seal() for name, track in sorted(replay.tracks.items())}


def protected(seals: Mapping[str, Seal], horizons: Mapping[str, str]) -> dict[str, Promise | None]:
    """The initiatives whose promise a change may not loosen unseen, as they are called in base.

    ``horizons`` are those of base's initiatives: one that is ``now`` is protected, whatever is
    known of its history. The value is the promise that stands where the text of base is not it,
    because it was changed without a Decision; else None.
    """
    unsealed = [name for name, horizon in horizons.items() if horizon == "now"]
    sealed = {name: seal.judged for name, seal in seals.items() if not seal.over}
    return {**{name: None for name in unsealed if name not in seals}, **sealed}


def ended(seals: Mapping[str, Seal]) -> frozenset[str]:
    """The initiatives that were killed, or have shipped and settled, as base calls them."""
    return frozenset(name for name, seal in seals.items() if seal.over)


def used_decisions(seals: Mapping[str, Seal]) -> frozenset[str]:
    """The Decisions that have allowed something already: each counts once."""
    return frozenset(name for seal in seals.values() for name in seal.used)


def _difference(documents: Documents, today: Sequence[Document]) -> dict[str, Sequence[Raw] | None]:
    """What the tree that is judged changes; settings that it does not hold stay as they are."""
    judged: dict[str, list[Raw]] = {}
    for document in today:
        judged.setdefault(document.path, []).append(document.data)
    gone = documents.paths - judged.keys() - documents.paths_of("Config")
    return {**dict.fromkeys(gone), **judged}
