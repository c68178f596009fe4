"""A tree to a project: everything that can be read, and findings about the rest."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from roadgate.load import settings
from roadgate.load.ahead import reading_ahead
from roadgate.load.contents import content
from roadgate.load.custom.claims import Claims, claims
from roadgate.load.custom.definitions import definitions
from roadgate.load.custom.documents import read_governed
from roadgate.load.custom.twins import twins
from roadgate.load.discover import Files, discover, measurement_files, misnamed
from roadgate.load.files import FileContent, is_known, read_file
from roadgate.load.idle import idle_globs
from roadgate.load.limits import DEFAULT, Limits, limits_of, too_many
from roadgate.load.observed import metrics_of, observed, without_metric
from roadgate.load.outside import misplaced
from roadgate.load.positions import Locators
from roadgate.model.finding import Finding, Related, Severity
from roadgate.model.project import Project

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from roadgate.load.ahead import Take
    from roadgate.load.observed import Observed
    from roadgate.model.custom import CustomKind
    from roadgate.model.document import Document
    from roadgate.model.kinds import Config, Envelope
    from roadgate.model.measurement import MeasurementFile
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
    texts: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    read: int = 0
    """How many documents have been read."""


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
    if config is None:
        loading.findings += idle_globs(used, files.seen)
    loading.unreadable |= files.unreadable
    _refuse_too_many(loading, [*files.roadmap, *files.policies])
    rows = files if measurements is None else measurement_files(measurements, used)
    with reading_ahead(tree, _unknown(loading, files), loading.limits) as take:
        # first, so that the copy of this process is ahead of it
        found = observed(measurements or tree, rows.measurements, used, loading.limits)
        defined, claimed, governed = _load_all(loading, files, used, kinds, take)
    if rows is not files:
        loading.findings += rows.findings
    _take_observed(loading, found)
    read = len(files.roadmap) + len(files.policies) + len(found) + own.is_there
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
        texts=loading.texts,
        revision=tree.revision,
    )


def _load_all(
    loading: _Loading,
    files: Files,
    config: Config,
    kinds: Mapping[str, CustomKind] | None,
    take: Take,
) -> tuple[Mapping[str, CustomKind], Claims, Mapping[str, CustomKind]]:
    """Load roadgate's own documents, then those that KindDefinitions govern."""
    own = [*_read(loading, files.roadmap, take, policies=False)]
    own += _read(loading, files.policies, take, policies=True)
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
    others = (each for each in files.elsewhere if each.path not in taken)
    loading.findings += misnamed(others, config)
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


def _unknown(loading: _Loading, files: Files) -> list[Entry]:
    """The files that have not been read yet, as far as any are read at all."""
    if loading.read > loading.limits.documents:
        return []
    return [each for each in (*files.roadmap, *files.policies) if not is_known(each.path)]


def _read(
    loading: _Loading, entries: Iterable[Entry], take: Take, *, policies: bool
) -> Iterator[_Own]:
    for entry in entries:
        if loading.read > loading.limits.documents:
            loading.unreadable.add(entry.path)
            continue
        known, plain = take(entry.path) or (None, None)
        text = content(loading.tree, entry, loading.limits, known)
        if isinstance(text, Finding):
            refused = FileContent((), (), frozenset(), (text,), is_partial=True)
            yield _Own(entry.path, b"", policies, refused)
            continue
        read = read_file(entry.path, text, loading.limits, policies=policies, plain=plain)
        loading.read += len(read.documents)
        loading.texts[entry.path] = text
        yield _Own(entry.path, text, policies, read)


def _without(file: _Own, kind: CustomKind | None, limits: Limits) -> FileContent:
    """What a file holds besides documents of a custom kind with an envelope."""
    if kind is None or not file.text:
        return file.content
    return read_file(file.path, file.text, limits, policies=file.policies, custom=kind.name)


def _keep(loading: _Loading, path: str, file: FileContent) -> bool:
    """Take in what a file holds, as far as there is room; says whether there was too little."""
    room = loading.limits.documents - len(loading.documents)
    is_full = len(file.documents) > room
    loading.documents += file.documents[:room]
    resources = file.resources
    if is_full:
        known = {document.index for document in file.documents[:room]}
        resources = tuple(each for each in resources if each.index in known)
    loading.resources += resources
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
            among_own = read_governed(file.path, file.text, loading.limits, kind, among=True)
            _keep(loading, file.path, among_own)
    is_full = False
    for entry, kind in claimed.files:
        if is_full:
            loading.unreadable.add(entry.path)
            continue
        text = content(loading.tree, entry, loading.limits)
        if isinstance(text, Finding):
            loading.unreadable.add(entry.path)
            loading.findings.append(text)
        else:
            read = read_governed(entry.path, text, loading.limits, kind)
            is_full = _keep(loading, entry.path, read)
    if len(loading.documents) == before:
        return
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


def _take_observed(loading: _Loading, found: Iterable[Observed]) -> None:
    metrics = metrics_of(loading.resources, loading.broken)
    for each in found:
        if each.metric not in metrics:
            loading.findings.append(without_metric(each, metrics))
        loading.findings += each.findings
        if each.is_refused:
            loading.unreadable.add(each.path)
        if each.metric is not None and each.file is not None:
            loading.measurements.setdefault(each.metric, each.file)
