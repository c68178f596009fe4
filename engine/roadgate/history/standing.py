"""The promises that stand at each commit, brought forward commit by commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.history.replay import Replay

if TYPE_CHECKING:
    from collections.abc import Mapping

    from roadgate.model.measurement import MeasurementFile
    from roadgate.model.seal import CommitRecord, Promise


class Standing:
    """What was protected before the next commit; as ``protected`` says of seals, and quicker."""

    def __init__(self, measurements: Mapping[str, MeasurementFile]) -> None:
        self._replay = Replay(measurements)

    def take(self, record: CommitRecord) -> None:
        """Bring everything to the state after one commit."""
        self._replay.take(record.changed, record.commit, record.date, record.date)
        self._replay.settle_down(record.date)

    def protected(self, horizons: Mapping[str, str]) -> dict[str, Promise | None]:
        """The initiatives whose promise may not be loosened unseen; see ``seal.protected``."""
        tracks = self._replay.tracks
        unsealed = {
            name: None
            for name, horizon in horizons.items()
            if horizon == "now" and name not in tracks
        }
        sealed = {
            name: track.promised if track.pending else None
            for name, track in tracks.items()
            if not track.over
        }
        return {**unsealed, **sealed}

    def ended(self) -> frozenset[str]:
        """The initiatives that were killed, or have shipped and settled."""
        return frozenset(name for name, track in self._replay.tracks.items() if track.over)

    def used(self) -> frozenset[str]:
        """The Decisions that have allowed something already."""
        return frozenset(name for track in self._replay.tracks.values() for name in track.used)
