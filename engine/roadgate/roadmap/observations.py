"""What a change does to rows that are recorded: rewritten, taken out, or written into the past."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from roadgate.model.change import Effect, FieldChange
from roadgate.model.numbers import text
from roadgate.model.projection import project_from
from roadgate.model.settling import settled_until
from roadgate.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date
    from fractions import Fraction

    from roadgate.model.kept import Kept
    from roadgate.model.measurement import MeasurementFile
    from roadgate.model.roadmap import Roadmap
    from roadgate.model.seal import Promise
    from roadgate.roadmap.effects import Sides
    from roadgate.roadmap.protection import Protection

PREFIX = "observations["
_SHOWN = 20
"""How many rows of a file are told one by one."""
Rows = dict[tuple["date", str], tuple["Fraction", int]]
"""By day and segment: the value, and its line."""


@dataclass(frozen=True, slots=True)
class Observed:
    """The rows of both sides, by the names that metrics have there."""

    base: Mapping[str, MeasurementFile] = field(default_factory=dict)
    head: Mapping[str, MeasurementFile] = field(default_factory=dict)
    unreadable: frozenset[str] = frozenset()
    """Files that are there in head and cannot be read: what base has recorded stands."""
    settled: Callable[[str], Mapping[str, date]] = lambda _: {}
    """Of a metric as base calls it, by segment: the last day on which something was settled."""

    def stand(self, before: str, after: str) -> bool:
        """Whether both sides have the very same rows of a metric."""
        return self.base.get(before) is self.head.get(after)

    def changes(self, before: str, after: str, *, protected: bool) -> list[FieldChange]:
        """What becomes of the rows of a metric that is called ``before``, and now ``after``."""
        old, new = self.base.get(before), self.head.get(after)
        if old is new or (old is not None and old.problem is not None) or self._hides(old, new):
            return []
        was, now = _rows(old), _rows(new)
        changes = [_moved(key, was[key], now.get(key), (old, new)) for key in _changed(was, now)]
        return [*changes, *self._back_filled(before, was, now, new)] if protected else changes

    def _hides(self, old: MeasurementFile | None, new: MeasurementFile | None) -> bool:
        """Whether the file of head has an error of its own: it is not taken as absent."""
        if new is not None:
            return new.problem is not None
        return old is not None and old.path in self.unreadable

    def _back_filled(
        self, metric: str, was: Rows, now: Rows, file: MeasurementFile | None
    ) -> Iterator[FieldChange]:
        added = now.keys() - was.keys()
        settled = self.settled(metric) if added else {}
        for day, segment in sorted(added) if settled else ():
            last = settled.get(segment)
            if last is not None and day <= last:
                value, line = now[day, segment]
                yield FieldChange(
                    _field(day, segment),
                    None,
                    text(value),
                    Effect.UNORDERED,
                    protected=True,
                    note=f"everything up to {last.isoformat()} is settled already",
                    location=_place(file, line),
                )


def observations(
    protection: Protection,
    sides: Sides,
    base: Roadmap | None,
    rows: Mapping[str, MeasurementFile],
    unreadable: frozenset[str],
) -> Observed:
    """The rows of both sides, and the days of base that are settled."""
    if base is None:
        return Observed()

    def settled(metric: str) -> Mapping[str, date]:
        promises = [
            promise
            for name in protection.metrics.get(metric, ())
            if (promise := protection.initiatives[name] or project_from(sides.base, name))
        ]
        found = base.metrics.get(metric)
        names = {metric, *(found.body.metadata.aliases if found is not None else ())}
        return settled_days(promises, frozenset(names), base.measurements.get(metric), sides.on)

    return Observed(base.measurements, rows, unreadable, settled)


def kept_rows(head: Roadmap, kept: Kept | None) -> Mapping[str, MeasurementFile]:
    """The observations of head, without files that its own settings leave out."""
    found = head.measurements
    if kept is None:
        return found
    return {name: each for name, each in found.items() if each.problem or each.path in kept.rows}


def settled_days(
    promises: Iterable[Promise],
    names: frozenset[str],
    file: MeasurementFile | None,
    on: date,
) -> dict[str, date]:
    """The last settled day of each segment of a metric, which promises call by these names."""
    files = dict.fromkeys(names, file) if file is not None else {}
    last: dict[str, date] = {}
    for promise in promises:
        for metric, segment, day in settled_until(promise, files, on):
            if metric in names:
                last[segment] = max(day, last.get(segment, day))
    return last


def shortened(fields: tuple[FieldChange, ...]) -> tuple[FieldChange, ...]:
    """The same, with one entry for all the rows that nobody would read one by one."""
    rows = [each for each in fields if each.field.startswith(PREFIX)]
    rest = [each for each in rows[_SHOWN:] if each.decision is None]
    if len(rows) <= _SHOWN:
        return fields
    others = [each for each in fields if not each.field.startswith(PREFIX)]
    more = [
        replace(each, field=PREFIX[:-1], before=f"{len(rest)} more rows", after="others, or none")
        for each in rest[:1]
    ]
    return (*others, *rows[:_SHOWN], *more)


def _rows(file: MeasurementFile | None) -> Rows:
    rows = file.observations if file is not None else ()
    return {(row.date, row.segment): (row.value, row.line) for row in rows}


def _changed(was: Rows, now: Rows) -> list[tuple[date, str]]:
    return sorted(key for key, row in was.items() if key not in now or now[key][0] != row[0])


def _moved(
    key: tuple[date, str],
    was: tuple[Fraction, int],
    now: tuple[Fraction, int] | None,
    files: tuple[MeasurementFile | None, MeasurementFile | None],
) -> FieldChange:
    return FieldChange(
        _field(*key),
        text(was[0]),
        None if now is None else text(now[0]),
        Effect.UNORDERED,
        protected=False,
        location=_place(files[0], was[1], gone=True) if now is None else _place(files[1], now[1]),
    )


def _place(file: MeasurementFile | None, line: int, *, gone: bool = False) -> Span | None:
    if file is None:
        return None
    return Span(file.path, line, 1, line, 1, revision="base" if gone else None)


def _field(day: date, segment: str) -> str:
    return f"{PREFIX}{day.isoformat()}{f' {segment}' if segment else ''}]"
