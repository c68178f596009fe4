"""A tree to a project: everything that can be read, and findings about the rest."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from roadgate.load import settings
from roadgate.load.custom.claims import Claims, claims
from roadgate.load.custom.definitions import definitions
from roadgate.load.custom.documents import read_governed
from roadgate.load.custom.twins import twins
from roadgate.load.discover import Files, discover, measurement_files, metric_of, place
from roadgate.load.files import FileContent, read_file, read_measurements
from roadgate.load.limits import DEFAULT, Limits, limits_of, too_many
from roadgate.load.outside import misplaced
from roadgate.load.positions import Locators
from roadgate.model.finding import Finding, Related, Severity
from roadgate.model.measurement import MeasurementFile
from roadgate.model.project import Project
from roadgate.model.suggest import advice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from roadgate.model.custom import CustomKind
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
    read: int = 0
    """How many documents have been read."""

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
    tree: Tree,
    *,
    measurements: Tree | None = None,
    config: Config | None = None,
    kinds: Mapping[str, CustomKind] | None = None,
) -> Project:
    """Load everything that can be loaded.

    ``measurements`` is another tree that holds the observations; ``config`` judges instead of the
    tree's own ``roadgate.yaml``, and ``kinds`` instead of its own KindDefinitions. What is wrong
    with its own is reported all the same.
    """
    with _undisturbed():
        return _load(tree, measurements, config, kinds)


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


def _load(
    tree: Tree,
    measurements: Tree | None,
    config: Config | None,
    kinds: Mapping[str, CustomKind] | None,
) -> Project:
    own = settings.read(tree)
    used = config or own.config
    loading = _Loading(tree, limits_of(used), findings=list(own.findings))
    files = discover(tree, used, measurements=measurements is None)
    loading.findings += files.findings
    loading.unreadable |= files.unreadable
    _refuse_too_many(loading, [*files.roadmap, *files.policies])
    defined, claimed, governed = _load_all(loading, files, kinds)
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
        files=read + len(claimed.files),
        kinds=defined,
        governed=governed,
        formats=claimed.formats,
        revision=tree.revision,
    )


def _load_all(
    loading: _Loading, files: Files, kinds: Mapping[str, CustomKind] | None
) -> tuple[Mapping[str, CustomKind], Claims, Mapping[str, CustomKind]]:
    """Load roadgate's own documents, then those that KindDefinitions govern."""
    own = [*_read(loading, files.roadmap, policies=False)]
    own += _read(loading, files.policies, policies=True)
    read = [each for file in own for each in file.content.resources]
    defined = definitions(read, loading.tree, loading.limits)
    governed = defined.kinds if kinds is None else kinds
    claimed = claims(governed, files.elsewhere, [*files.roadmap, *files.policies])
    for file in own:
        _keep(loading, file.path, _without(file, claimed.among.get(file.path), loading.limits))
    loading.resources.sort(key=lambda each: (each.ref, each.path, each.index))
    loading.findings += [*_duplicates(loading), *defined.findings, *claimed.findings]
    loading.unreadable |= claimed.unreadable
    _load_governed(loading, claimed, own)
    taken = {entry.path for entry, _ in claimed.files}
    outside = [each for each in files.outside if each.path not in taken]
    loading.findings += misplaced(loading.tree, outside, loading.limits)
    return defined.kinds, claimed, governed


@dataclass(frozen=True, slots=True)
class _Own:
    """A file under the roots, read."""

    path: str
    text: bytes
    policies: bool
    content: FileContent


def _refuse_too_many(loading: _Loading, entries: Sequence[Entry]) -> None:
    """Read none of more files than there may be documents: the answer would take minutes."""
    if len(entries) > DEFAULT.documents:
        loading.read = DEFAULT.documents + 1
        first_beyond = entries[DEFAULT.documents].path
        loading.findings.append(too_many(first_beyond, loading.limits))


def _read(loading: _Loading, entries: Iterable[Entry], *, policies: bool) -> Iterator[_Own]:
    for entry in entries:
        if loading.read > loading.limits.documents:
            loading.unreadable.add(entry.path)
            continue
        text = loading.content(loading.tree, entry)
        if text is None:  # the finding waits for its turn
            refused = FileContent((), (), frozenset(), (loading.findings.pop(),), is_partial=True)
            yield _Own(entry.path, b"", policies, refused)
            continue
        content = read_file(entry.path, text, loading.limits, policies=policies)
        loading.read += len(content.documents)
        yield _Own(entry.path, text, policies, content)


def _without(file: _Own, kind: CustomKind | None, limits: Limits) -> FileContent:
    """What a file holds besides documents of a custom kind with an envelope."""
    if kind is None or not file.text:
        return file.content
    return read_file(file.path, file.text, limits, policies=file.policies, custom=kind.name)


def _keep(loading: _Loading, path: str, file: FileContent) -> bool:
    """Take in what a file holds, as far as there is room; says whether there was too little."""
    room = loading.limits.documents - len(loading.documents)
    is_full = len(file.documents) > room
    known = {document.index for document in file.documents[:room]}
    loading.documents += file.documents[:room]
    loading.resources += (each for each in file.resources if each.index in known)
    loading.broken |= file.broken
    loading.findings += file.findings
    if is_full:
        loading.findings.append(too_many(path, loading.limits))
    if is_full or file.is_partial:
        loading.unreadable.add(path)
    return is_full


def _load_governed(loading: _Loading, claimed: Claims, own: Iterable[_Own]) -> None:
    """Load what custom kinds govern: their own files, and their documents among roadgate's."""
    before = len(loading.documents)
    among = ((file, claimed.among.get(file.path)) for file in own)
    for file, kind in among:
        if kind is not None:
            content = read_governed(file.path, file.text, loading.limits, kind, among=True)
            _keep(loading, file.path, content)
    is_full = False
    for entry, kind in claimed.files:
        text = loading.content(loading.tree, entry) if not is_full else None
        if text is not None:
            content = read_governed(entry.path, text, loading.limits, kind)
            is_full = _keep(loading, entry.path, content)
        elif is_full:
            loading.unreadable.add(entry.path)
    loading.resources.sort(key=lambda each: (each.ref, each.path, each.index))
    locators = Locators(loading.tree, claimed.formats)
    loading.findings += twins(loading.documents[before:], locators, claimed.identities)


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
