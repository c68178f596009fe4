"""Replays the first-parent history into seals: what was promised, and what became of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from roadgate.history.replay import Moment, Track
from roadgate.history.sealed import as_sealed, with_reasons
from roadgate.history.settled import settled
from roadgate.model.projection import project_from
from roadgate.model.raw import Documents, aliases_of, name_of, spec_of
from roadgate.model.sanctions import Sanction, concerns_initiative, read_sanction
from roadgate.model.seal import CommitRecord, Promise, Seal, SealState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from roadgate.model.document import Document
    from roadgate.model.measurement import MeasurementFile
    from roadgate.model.raw import Key, Raw

__all__ = ["as_sealed", "protected", "seals", "used_decisions", "with_reasons"]

_NO_HISTORY = "the history is not there"


def seals(  # noqa: PLR0913 - the whole of what a replay rests on, by keyword
    commits: Sequence[CommitRecord],
    today: Sequence[Document] | None,
    *,
    complete: bool,
    reason: str = "",
    as_of: date | None = None,
    measurements: Mapping[str, MeasurementFile] | None = None,
) -> dict[str, Seal]:
    """The seal of every initiative that ever was ``now``, by the name it has last.

    ``today`` is the tree that is judged, where it differs from the last commit: it counts as one
    more change, not committed yet, on day ``as_of``. With an incomplete history every initiative
    that is ``now`` has a seal of unknown state, with ``reason``.
    """
    replay = _Replay(measurements or {})
    for record in commits:
        replay.take(record.changed, record.commit, record.date, record.date)
    if today is not None:
        last = commits[-1].date if commits else date.min
        replay.take(_difference(replay.documents, today), None, as_of or last, None)
    if not complete:
        return replay.unknown(reason or _NO_HISTORY)
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


def used_decisions(seals: Mapping[str, Seal]) -> frozenset[str]:
    """The Decisions that have allowed an amendment already: each counts once."""
    return frozenset(
        each.decision for seal in seals.values() for each in seal.amendments if each.decision
    )


class _Replay:
    """The documents and the promises of one moment, brought forward commit by commit."""

    def __init__(self, measurements: Mapping[str, MeasurementFile]) -> None:
        self.documents = Documents()
        self.tracks: dict[str, Track] = {}
        self._measurements = measurements
        self._decisions: dict[str, Sanction] = {}
        self._waiting: dict[str, Sanction] = {}
        self._killed: set[str] = set()
        self._metrics: set[str] = set()
        self._users: dict[str, set[str]] = {}

    def take(
        self,
        changed: Mapping[str, Sequence[Raw] | None],
        commit: str | None,
        on: date,
        day: date | None,
    ) -> None:
        """Bring everything to the state after one commit."""
        touched: set[Key] = set()
        for path, documents in changed.items():
            touched |= self.documents.replace(path, documents)
        if not touched:
            return
        fresh = self._fresh_decisions(touched)
        moment = Moment(
            commit, on, day, fresh, tuple(self._waiting.values()), self._renamed(touched)
        )
        self._rename_initiatives(touched)
        for name in sorted(self._affected(touched, fresh)):
            self._step(name, moment)
        self._waiting |= {each.name: each for each in fresh if each.type == "relax" and each.to}

    def unknown(self, reason: str) -> dict[str, Seal]:
        """A seal of unknown state for everything that is ``now``."""
        names = sorted(self.documents.names("Initiative"))
        return {
            name: Seal(SealState.UNKNOWN, reason=reason, names=(name,))
            for name in names
            if self._horizon(name) == "now"
        }

    def _horizon(self, name: str) -> object:
        data = self.documents.named("Initiative", name)
        return spec_of(data).get("horizon") if data is not None else None

    def _fresh_decisions(self, touched: set[Key]) -> tuple[Sanction, ...]:
        """Decisions seen for the first time; a later edit of one changes nothing."""
        fresh = []
        for kind, name in sorted(touched):
            data = self.documents.named(kind, name) if kind == "Decision" else None
            decision = read_sanction(data) if data is not None else None
            if decision is not None and decision.name not in self._decisions:
                self._decisions[decision.name] = decision
                fresh.append(decision)
        return tuple(fresh)

    def _renamed(self, touched: set[Key]) -> dict[str, str]:
        """Metrics that this commit renames. One that was known before cannot continue another."""
        new = [
            name for kind, name in sorted(touched) if kind == "Metric" and name not in self._metrics
        ]
        renamed: dict[str, str] = {}
        for name in new:
            data = self.documents.named("Metric", name)
            for alias in aliases_of(data) if data is not None else ():
                if alias in self._metrics and self.documents.named("Metric", alias) is None:
                    renamed.setdefault(alias, name)
        self._metrics.update(new)
        return renamed

    def _rename_initiatives(self, touched: set[Key]) -> None:
        for kind, name in sorted(touched):
            data = self.documents.named(kind, name) if kind == "Initiative" else None
            if data is None or name in self.tracks:
                continue
            for former in aliases_of(data):
                if former in self.tracks and self.documents.named("Initiative", former) is None:
                    track = self.tracks.pop(former)
                    track.names |= {name, *aliases_of(data)}
                    self.tracks[name] = track
                    break

    def _affected(self, touched: set[Key], fresh: Sequence[Sanction]) -> set[str]:
        kinds = {kind for kind, _ in touched}
        if "Config" in kinds:
            return set(self.tracks) | {name for kind, name in touched if kind == "Initiative"}
        found = {name for kind, name in touched if kind == "Initiative"}
        metrics = {name for kind, name in touched if kind == "Metric"}
        concerned = {each.concerns.get("initiative") for each in fresh}
        relaxed = {each.concerns.get("metric") for each in fresh} - {None}
        for name, track in self.tracks.items():
            used = self._users.get(name, set())
            if used & metrics or used & relaxed or track.names & concerned:
                found.add(name)
        return found

    def _step(self, name: str, moment: Moment) -> None:
        named = self.documents.named("Initiative", name)
        promise = project_from(self.documents, name) if named is not None else None
        track = self.tracks.get(name)
        if track is None:
            if promise is not None and moment.commit is not None and self._horizon(name) == "now":
                names = frozenset({name, *aliases_of(named or {})})
                track = Track(names, moment.commit, moment.day, promise, promise)
                self.tracks[name] = track
        else:
            self._settle_down(track, name, moment)
            track.see(promise, moment)
        if track is not None:
            self._remember(name, track, promise)
            self._decide(track, moment.fresh)

    def _remember(self, name: str, track: Track, promise: Promise | None) -> None:
        """Keep the metrics that the promise leans on, under every name they may be touched by."""
        names = {*track.promised.metrics, *(promise.metrics if promise else ())}
        own = (self.documents.find("Metric", each) for each in names)
        called = {name_of(data) for data in own if data is not None}
        self._users[name] = {each for each in names | called if each is not None}

    def _settle_down(self, track: Track, name: str, moment: Moment) -> None:
        data = self.documents.named("Initiative", name)
        shipped = data is not None and spec_of(data).get("status") == "shipped"
        decided = any(
            each.type == "ship" and concerns_initiative(each, track.names)
            for each in self._decisions.values()
        )
        if shipped and decided and settled(track.promised, self._measurements, moment.on):
            track.over = True

    def _decide(self, track: Track, fresh: Sequence[Sanction]) -> None:
        """A kill ends the protection after the commit that brings it; a resume brings it back."""
        for each in fresh:
            if concerns_initiative(each, track.names) and each.type in ("kill", "resume"):
                track.over = each.type == "kill"


def _difference(documents: Documents, today: Sequence[Document]) -> dict[str, Sequence[Raw] | None]:
    files: dict[str, list[Raw] | None] = dict.fromkeys(documents.paths)
    for document in today:
        known = files.get(document.path)
        files[document.path] = [*(known or ()), document.data]
    return {**files}
