"""A tree to a project: everything that can be read, and findings about the rest."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from roadgate.load import settings
from roadgate.load.discover import Files, discover, measurement_files, metric_of, place
from roadgate.load.files import read_file, read_measurements
from roadgate.load.limits import Limits, limits_of, too_many
from roadgate.load.outside import misplaced
from roadgate.load.positions import Locators
from roadgate.model.finding import Finding, Related, Severity
from roadgate.model.measurement import MeasurementFile
from roadgate.model.project import Project
from roadgate.model.suggest import advice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from roadgate.model.document import Document
    from roadgate.model.kinds import Config, Envelope
    from roadgate.model.resource import Resource
    from roadgate.model.source import ResourceRef
    from roadgate.model.tree import Entry, Tree


@dataclass(slots=True)
class _Loading:
    """What has been loaded so far."""

    tree: Tree
    limits: Limits
    documents: list[Document] = field(default_factory=list)
    resources: list[Resource[Envelope]] = field(default_factory=list)
    broken: set[ResourceRef] = field(default_factory=set)
    unreadable: set[str] = field(default_factory=set)
    measurements: dict[str, MeasurementFile] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    is_full: bool = False

    def content(self, tree: Tree, entry: Entry) -> bytes | None:
        """The bytes of a file, unless it is too large or cannot be read."""
        if entry.size > self.limits.file_bytes:
            message = f"the file is larger than the limit of {self.limits.file_bytes} bytes"
            self._refuse("RG003", entry, message, "split it")
            return None
        try:
            content = tree.read(entry.path)
        except OSError:
            self._refuse("RG002", entry, "the file cannot be read", "allow reading it")
            return None
        if content.startswith(b"version https://git-lfs.github.com/spec/"):
            message = "the file is a pointer to Git LFS, which is not read"
            self._refuse("RG015", entry, message, "keep the file itself in git")
            return None
        return content

    def _refuse(self, code: str, entry: Entry, message: str, fix: str) -> None:
        self.unreadable.add(entry.path)
        self.findings.append(
            Finding(code, Severity.ERROR, message, fix, location=place(entry.path))
        )


def load_project(
    tree: Tree, *, measurements: Tree | None = None, config: Config | None = None
) -> Project:
    """Load everything that can be loaded.

    ``measurements`` is another tree that holds the observations; ``config`` judges instead of the
    tree's own ``roadgate.yaml``, whose findings are reported all the same.
    """
    with _undisturbed():
        return _load(tree, measurements, config)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Without the cycle collector: there are no cycles, and it takes a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _load(tree: Tree, measurements: Tree | None, config: Config | None) -> Project:
    own = settings.read(tree)
    used = config or own.config
    loading = _Loading(tree, limits_of(used), findings=list(own.findings))
    files = discover(tree, used, measurements=measurements is None)
    loading.findings += files.findings
    loading.unreadable |= files.unreadable
    _load_documents(loading, files.roadmap, policies=False)
    _load_documents(loading, files.policies, policies=True)
    loading.resources.sort(key=lambda each: (each.ref, each.path, each.index))
    loading.findings += _duplicates(loading)
    loading.findings += misplaced(tree, files.outside, loading.limits)
    observed = files
    if measurements is not None:
        observed = measurement_files(measurements, used)
        loading.findings += observed.findings
    _load_measurements(loading, measurements or tree, observed, used)
    read = len(files.roadmap) + len(files.policies) + len(observed.measurements) + own.is_there
    return Project(
        config=used,
        config_broken=own.broken,
        documents=tuple(loading.documents),
        resources=tuple(loading.resources),
        broken=frozenset(loading.broken),
        unreadable=frozenset(loading.unreadable),
        measurements=loading.measurements,
        findings=tuple(loading.findings),
        files=read,
        revision=tree.revision,
    )


def _load_documents(loading: _Loading, entries: Iterable[Entry], *, policies: bool) -> None:
    for entry in entries:
        if loading.is_full:
            loading.unreadable.add(entry.path)
            continue
        content = loading.content(loading.tree, entry)
        if content is not None:
            _load_file(loading, entry.path, content, policies=policies)


def _load_file(loading: _Loading, path: str, content: bytes, *, policies: bool) -> None:
    file = read_file(path, content, loading.limits, policies=policies)
    room = loading.limits.documents - len(loading.documents)
    loading.is_full = len(file.documents) > room
    documents = file.documents[:room]
    known = {document.index for document in documents}
    loading.documents += documents
    loading.resources += (each for each in file.resources if each.index in known)
    loading.broken |= file.broken
    loading.findings += file.findings
    if loading.is_full:
        loading.findings.append(too_many(path, loading.limits))
    if loading.is_full or file.is_partial:
        loading.unreadable.add(path)


def _duplicates(loading: _Loading) -> list[Finding]:
    """A second resource of the same kind and name; here, because it can be told by place only."""
    locators = Locators(loading.tree)
    findings = []
    for ref, group in groupby(loading.resources, key=lambda each: each.ref):
        first, *others = group
        for other in others:
            start = locators.span(first.path, first.index, "metadata.name")
            findings.append(
                Finding(
                    "RG011",
                    Severity.ERROR,
                    f"the {ref.kind} '{ref.name}' is defined twice",
                    "give one of the two another name, or merge them",
                    resource=ref,
                    field="metadata.name",
                    location=locators.span(other.path, other.index, "metadata.name"),
                    related=(Related("first defined here", start),),
                )
            )
    return findings


def _load_measurements(loading: _Loading, tree: Tree, files: Files, config: Config) -> None:
    metrics = {each.name for each in loading.resources if each.ref.kind == "Metric"}
    metrics |= {ref.name for ref in loading.broken if ref.kind == "Metric"}
    metrics |= _aliases(loading.resources)
    for entry in files.measurements:
        metric = metric_of(entry, config)
        if metric is None or metric not in metrics:
            loading.findings.append(_of_no_metric(entry, metric, metrics))
        if metric is None:
            continue
        content = loading.content(tree, entry)
        if content is None:
            problem = loading.findings[-1].message
            file = MeasurementFile(metric, entry.path, problem=problem)
        else:
            file, findings = read_measurements(content, entry.path, metric)
            loading.findings += findings
        loading.measurements.setdefault(metric, file)


def _aliases(found: Iterable[Resource[Envelope]]) -> set[str]:
    metrics = (each.body.metadata for each in found if each.ref.kind == "Metric")
    return {alias for metadata in metrics for alias in metadata.aliases}


def _of_no_metric(entry: Entry, metric: str | None, metrics: Iterable[str]) -> Finding:
    if metric is None:
        message = "the measurements lie in a sub-folder, where they are not read"
        fix = "move the file up: measurements/<metric>.csv"
    else:
        message = f"there is no Metric '{metric}'; the measurements belong to none"
        fix = advice(metric, sorted(metrics), otherwise=f"declare the Metric '{metric}'")
    return Finding("RG024", Severity.WARNING, message, fix, location=place(entry.path))
