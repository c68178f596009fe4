"""Where the definition and the observations of a metric come from, by present or former name."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from roadgate.model.source import ResourceRef

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from fractions import Fraction

    from roadgate.evaluate.series import Series
    from roadgate.model.kinds import Metric
    from roadgate.model.measurement import BrokenRow, MeasurementFile
    from roadgate.model.roadmap import Roadmap


@dataclass(slots=True)
class _Rows:
    """The rows of one segment, in the order of the file."""

    dates: list[date] = field(default_factory=list)
    values: list[Fraction] = field(default_factory=list)
    broken: list[BrokenRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one segment up to a day."""

    dates: tuple[date, ...] = ()
    values: tuple[Fraction, ...] = ()
    broken: BrokenRow | None = None
    """The oldest row that cannot be used."""
    other_segments: tuple[str, ...] = ()
    """The segments that do have rows, when this one has none."""


class Archive:
    """The observations of all metrics, sorted into segments once for all who ask."""

    def __init__(self, measurements: Mapping[str, MeasurementFile]) -> None:
        self._measurements = measurements
        self._sorted: dict[str, dict[str, _Rows]] = {}
        self.series: dict[tuple[object, ...], Series] = {}
        """What was read before, by all that it depends on."""

    def file(self, names: tuple[str, ...]) -> MeasurementFile | None:
        """The measurement file under the first of ``names`` that has one."""
        return next((self._measurements[n] for n in names if n in self._measurements), None)

    def rows(self, file: MeasurementFile, segment: str, day: date) -> Rows:
        """The rows of a segment dated up to ``day``."""
        segments = self._segments(file)
        found = segments.get(segment, _Rows())
        end = bisect_right(found.dates, day)
        others: tuple[str, ...] = ()
        if not end:
            others = tuple(s for s, rows in segments.items() if rows.dates and rows.dates[0] <= day)
        return Rows(
            tuple(found.dates[:end]),
            tuple(found.values[:end]),
            next((row for row in found.broken if row.date <= day), None),
            others,
        )

    def _segments(self, file: MeasurementFile) -> dict[str, _Rows]:
        if file.metric not in self._sorted:
            segments: dict[str, _Rows] = {}
            for observation in file.observations:
                rows = segments.setdefault(observation.segment, _Rows())
                rows.dates.append(observation.date)
                rows.values.append(observation.value)
            for row in sorted(file.broken_rows):
                segments.setdefault(row.segment, _Rows()).broken.append(row)
            self._sorted[file.metric] = dict(sorted(segments.items()))
        return self._sorted[file.metric]


@dataclass(frozen=True, slots=True)
class Sources:
    """What one initiative's conditions are judged from."""

    roadmap: Roadmap
    archive: Archive
    sealed: Mapping[str, Metric] = field(default_factory=dict)
    """The definitions that its seal holds; they go before the roadmap's."""

    def metric(self, name: str) -> Metric | None:
        """The definition of a metric, under its present or a former name."""
        current = self.roadmap.name_of("Metric", name)
        for each in (name, current):
            if each in self.sealed:
                return self.sealed[each]
        resource = self.roadmap.metrics.get(current)
        return None if resource is None else resource.body

    def why_no_metric(self, name: str) -> str:
        """What to say where ``metric`` finds nothing."""
        if ResourceRef("Metric", self.roadmap.name_of("Metric", name)) in self.roadmap.broken:
            return f"the metric '{name}' is broken; a finding of check says where"
        return f"there is no metric '{name}'"

    def file(self, name: str) -> MeasurementFile | None:
        """The observations of a metric: under its present name, else under a former one."""
        current = self.roadmap.name_of("Metric", name)
        resource = self.roadmap.metrics.get(current)
        former = () if resource is None else resource.body.metadata.aliases
        return self.archive.file((current, name, *former))
