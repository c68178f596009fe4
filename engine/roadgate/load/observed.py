"""The measurement files of a project: each belongs to the metric that it is named after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from roadgate.load.contents import content
from roadgate.load.discover import metric_of, place
from roadgate.load.files import read_measurements
from roadgate.model.finding import Finding, Severity
from roadgate.model.measurement import MeasurementFile
from roadgate.model.suggest import advice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadgate.load.limits import Limits
    from roadgate.model.kinds import Config, Envelope
    from roadgate.model.resource import Resource
    from roadgate.model.source import ResourceRef
    from roadgate.model.tree import Entry, Tree


@dataclass(frozen=True, slots=True)
class Observed:
    """One measurement file, read before it is known which metrics there are."""

    path: str
    metric: str | None = None
    """None in a sub-folder, where nothing is read."""
    file: MeasurementFile | None = None
    findings: tuple[Finding, ...] = ()
    is_refused: bool = False
    """Whether its bytes cannot be had."""


def observed(
    tree: Tree, entries: Iterable[Entry], config: Config, limits: Limits
) -> list[Observed]:
    """Read measurement files."""
    return [_observed(tree, each, metric_of(each, config), limits) for each in entries]


def _observed(tree: Tree, entry: Entry, metric: str | None, limits: Limits) -> Observed:
    if metric is None:
        return Observed(entry.path)
    found = content(tree, entry, limits)
    if isinstance(found, Finding):
        file = MeasurementFile(metric, entry.path, problem=found.message)
        return Observed(entry.path, metric, file, (found,), is_refused=True)
    return Observed(entry.path, metric, *read_measurements(found, entry.path, metric))


def metrics_of(resources: Iterable[Resource[Envelope]], broken: Iterable[ResourceRef]) -> set[str]:
    """The names that measurement files may have: of metrics, broken ones too, and their aliases."""
    known = {ref.name for ref in broken if ref.kind == "Metric"}
    for each in resources:
        if each.ref.kind == "Metric":
            known |= {each.name, *each.body.metadata.aliases}
    return known


def without_metric(found: Observed, metrics: Iterable[str]) -> Finding:
    """The warning about a file that belongs to none of the metrics there are."""
    if found.metric is None:
        message = "the measurements lie in a sub-folder, where they are not read"
        fix = "move the file up: measurements/<metric>.csv"
    else:
        message = f"there is no Metric '{found.metric}'; the measurements belong to none"
        otherwise = f"declare the Metric '{found.metric}'"
        fix = advice(found.metric, sorted(metrics), otherwise=otherwise)
    return Finding("RG024", Severity.WARNING, message, fix, location=place(found.path))
