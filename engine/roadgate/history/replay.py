"""The documents and the promises of one moment, brought forward commit by commit."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from roadgate.history.track import Moment, Track
from roadgate.model.projection import written
from roadgate.model.raw import Documents, Key, Raw, aliases_of, name_of, spec_of
from roadgate.model.sanctions import Sanction, concerns_initiative, read_sanction
from roadgate.model.seal import Seal, SealState
from roadgate.model.settling import settled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from roadgate.model.measurement import MeasurementFile


class Replay:
    """The documents and the promises of one moment, brought forward commit by commit."""

    def __init__(
        self, measurements: Mapping[str, MeasurementFile], uncounted: frozenset[str] = frozenset()
    ) -> None:
        self.documents = Documents()
        self.tracks: dict[str, Track] = {}
        self._measurements = measurements
        self._uncounted = uncounted
        self._decisions: dict[str, Sanction] = {}
        self._waiting: dict[str, Sanction] = {}
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
            if not self.documents.holds(path, documents):
                touched |= self.documents.replace(path, documents)
        if not touched:
            return
        fresh = self._fresh_decisions(touched)
        waiting = tuple(self._waiting.values())
        renamed = self._renamed(touched)
        moment = Moment(commit, on, day, fresh, waiting, renamed, cache(self._called))
        self._rename_initiatives(touched)
        for name in sorted(self._affected(touched, fresh)):
            self._step(name, moment)
        self._waiting |= {each.name: each for each in fresh if each.type == "relax" and each.to}

    def settle_down(self, on: date) -> None:
        """End the protection of what was shipped and has settled since the last commit."""
        for track in self.tracks.values():
            self._settle_down(track, on)

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
        for name in _names(touched, "Decision"):
            data = self.documents.named("Decision", name)
            decision = read_sanction(data) if data is not None else None
            known = self._decisions.keys() | self._uncounted
            if decision is not None and decision.name not in known:
                self._decisions[decision.name] = decision
                fresh.append(decision)
        return tuple(fresh)

    def _renamed(self, touched: set[Key]) -> dict[str, str]:
        """Metrics that this commit renames. One that was known before cannot continue another."""
        new = [name for name in _names(touched, "Metric") if name not in self._metrics]
        renamed: dict[str, str] = {}
        for name in new:
            data = self.documents.named("Metric", name)
            for alias in aliases_of(data) if data is not None else ():
                if alias in self._metrics and self.documents.named("Metric", alias) is None:
                    renamed.setdefault(alias, name)
        self._metrics.update(new)
        return renamed

    def _rename_initiatives(self, touched: set[Key]) -> None:
        for name in _names(touched, "Initiative"):
            data = self.documents.named("Initiative", name)
            aliases = aliases_of(data) if data is not None and name not in self.tracks else ()
            former = self._continued(aliases)
            if former is not None:
                track = self.tracks.pop(former)
                track.names |= {name, *aliases}
                self.tracks[name] = track

    def _continued(self, aliases: Sequence[str]) -> str | None:
        """The promise, gone by its latest name, that once had one of these names."""
        return next(
            (
                former
                for alias in aliases
                for former, track in self.tracks.items()
                if alias in track.names and self.documents.named("Initiative", former) is None
            ),
            None,
        )

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
        data = self.documents.named("Initiative", name)
        if name not in self.tracks and not self._enters(name, moment):
            return
        text = written(self.documents, name) if data is not None else None
        track = self.tracks.get(name)
        if track is not None:
            self._settle_down(track, moment.on)
            track.see(text, moment)
        elif text is not None:
            track = Track(frozenset({name}), moment.commit, moment.day, text, text)
            self.tracks[name] = track
        if track is not None:
            track.names |= {name, *aliases_of(data or {})}
            self._users[name] = {
                called
                for metric in {*track.metrics, *(text.metrics if text is not None else ())}
                for called in moment.called(metric)
            }
            self._decide(track, moment)
            track.shipped = self._is_shipped(track, data)

    def _enters(self, name: str, moment: Moment) -> bool:
        """Whether this commit seals: what is not committed yet seals nothing."""
        return moment.commit is not None and self._horizon(name) == "now"

    def _called(self, metric: str) -> frozenset[str]:
        data = self.documents.find("Metric", metric)
        names = (name_of(data), *aliases_of(data)) if data is not None else ()
        return frozenset({metric, *(name for name in names if name is not None)})

    def _settle_down(self, track: Track, on: date) -> None:
        if track.shipped and settled(track.promised, self._measurements, on):
            track.end()

    def _is_shipped(self, track: Track, data: Raw | None) -> bool:
        return (
            data is not None
            and spec_of(data).get("status") == "shipped"
            and any(
                each.type == "ship" and concerns_initiative(each, track.names)
                for each in self._decisions.values()
            )
        )

    def _decide(self, track: Track, moment: Moment) -> None:
        """A kill ends the protection after the commit that brings it; a resume brings it back."""
        for each in sorted(moment.fresh, key=_day):
            if concerns_initiative(each, track.names):
                if each.type == "kill":
                    track.end()
                elif each.type == "resume":
                    track.resume(moment)


def _names(touched: Iterable[Key], kind: str) -> list[str]:
    """The names that were touched of a kind, sorted."""
    return sorted(name for each, name in touched if each == kind)


def _day(decision: Sanction) -> date:
    """When it was taken: of several in one commit, the later word counts."""
    return decision.date or date.min
