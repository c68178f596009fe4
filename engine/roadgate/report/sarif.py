"""SARIF 2.1.0, for GitHub's code scanning and other viewers of findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import quote

from roadgate import __version__
from roadgate.model.codes import ROOT_CAUSES
from roadgate.model.finding import Severity, Status
from roadgate.model.fingerprint import fingerprints
from roadgate.report.json_text import json_text
from roadgate.report.order import ordered
from roadgate.report.sarif_rules import LEVELS, descriptors
from roadgate.report.text.excerpt import place
from roadgate.report.text.terminal import plain, shorten
from roadgate.report.words import plural

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from roadgate.model.finding import Finding, Related, Suppression
    from roadgate.model.report import CheckReport
    from roadgate.model.source import Span

Json: TypeAlias = dict[str, Any]
"""An object of SARIF; its shape is the standard's."""

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
FINGERPRINT = "roadgate/v1"
MAX_RESULTS = 25_000
"""GitHub refuses a file with more; it shows the 5,000 gravest."""
_MAX_RELATED = 100
_MAX_MESSAGE = 2_000
_ROOT = "%SRCROOT%"
_CONFIG = "roadgate.yaml"


def check(report: CheckReport, *, prefix: str = "") -> str:
    """What ``check`` found, as SARIF.

    ``prefix`` is the folder of the project in the repository: addresses begin there. Everything is
    there, what a Decision or the baseline sets aside too, marked as suppressed.
    """
    folder = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
    findings = ordered(report.findings)
    printed = dict(zip(findings, fingerprints(findings), strict=True))
    kept = sorted(findings, key=lambda each: each.severity.rank)[:MAX_RESULTS]
    approved = {each.name: each.approved_by for each in report.account.exceptions}
    writer = _Writer(folder, descriptors(kept, report.rules), approved)
    results = [writer.result(each, printed[each]) for each in kept]
    run = {
        "tool": {"driver": _driver(writer.rules)},
        "automationDetails": {"id": f"roadgate/{_uri(folder)}"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The top of the repository."}}},
        "invocations": [writer.invocation(report, len(findings) - len(kept))],
        "artifacts": writer.artifacts(),
        "results": results,
        "properties": {"asOf": report.as_of.isoformat()},
    }
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _driver(rules: Sequence[Json]) -> Json:
    return {
        "name": "roadgate",
        "fullName": f"roadgate {__version__}",
        "version": __version__,
        "semanticVersion": __version__,
        "informationUri": "https://roadgate.dev/",
        "shortDescription": {"text": "Keeps a product roadmap honest."},
        "rules": list(rules),
    }


class _Writer:
    """Writes results; knows the index of each rule and each file."""

    def __init__(
        self, folder: str, rules: Sequence[Json], approved: Mapping[str, Sequence[str]]
    ) -> None:
        self.rules = rules
        self._approved = approved
        self._folder = folder
        self._rules: Mapping[str, int] = {rule["id"]: i for i, rule in enumerate(rules)}
        self._files: dict[str, int] = {}

    def result(self, finding: Finding, fingerprint: str) -> Json:
        """One finding."""
        written: Json = {
            "ruleId": finding.id,
            "ruleIndex": self._rules[finding.id],
            "level": LEVELS[_level(finding)],
            "message": {"text": _message(finding)},
            "locations": [self._location(finding)],
            "partialFingerprints": {FINGERPRINT: fingerprint},
            "properties": _properties(finding),
        }
        related = [self._related(i, each) for i, each in enumerate(finding.related[:_MAX_RELATED])]
        if related:
            written["relatedLocations"] = related
        answer = finding.answer
        if answer is not None and answer.location is not None:
            written["fixes"] = [self._fix(answer.location, answer.text)]
        if finding.suppressed is not None:
            written["suppressions"] = [self._suppression(finding.suppressed)]
        return written

    def _suppression(self, suppressed: Suppression) -> Json:
        """What sets a finding aside, until when, and by whose approval."""
        until = f" until {suppressed.until}" if suppressed.until else ""
        approvers = ", ".join(map(plain, self._approved.get(suppressed.by, ())))
        approved = f", approved by {approvers}" if approvers else ""
        if suppressed.by == "baseline":
            why = "The baseline holds it: it was there when the project adopted roadgate."
        else:
            name = f"Decision '{plain(suppressed.by)}' of type {plain(suppressed.type)}"
            why = f"{name}{until}{approved}."
        return {"kind": "external", "status": "accepted", "justification": why}

    def _fix(self, span: Span, text: str) -> Json:
        """The one right answer: characters that go, and what takes their place."""
        replacement = {"deletedRegion": _region(span), "insertedContent": {"text": text}}
        change = {
            "artifactLocation": self._artifact(span.path),
            "replacements": [replacement],
        }
        told = {"text": _sentence(f"Replace with: {text}")}
        return {"description": told, "artifactChanges": [change]}

    def _location(self, finding: Finding) -> Json:
        span = finding.location
        written: Json = {"physicalLocation": self._physical(span)}
        if finding.resource is not None:
            name = f"{finding.resource}{f':{finding.field}' if finding.field else ''}"
            written["logicalLocations"] = [
                {"fullyQualifiedName": plain(name), "kind": plain(finding.resource.kind)}
            ]
        return written

    def _physical(self, span: Span | None) -> Json:
        """A place; of what head no longer has, and of what stands nowhere, only the file."""
        path = _CONFIG if span is None else span.path
        address = self._artifact(path)
        if span is None or span.revision == "base":
            return {"artifactLocation": address, "region": {"startLine": 1}}
        return {"artifactLocation": address, "region": _region(span)}

    def _artifact(self, path: str) -> Json:
        uri = _uri(self._folder + path)
        index = self._files.setdefault(uri, len(self._files))
        return {"uri": uri, "uriBaseId": _ROOT, "index": index}

    def _related(self, index: int, related: Related) -> Json:
        gone = _gone(related.location)
        written: Json = {"id": index, "message": {"text": _sentence(related.message + gone)}}
        if related.location is not None:
            written["physicalLocation"] = self._physical(related.location)
        return written

    def artifacts(self) -> list[Json]:
        """The files that results speak of, in the order of their indexes."""
        return [
            {
                "location": {"uri": uri, "uriBaseId": _ROOT},
                "roles": ["analysisTarget"],
                "encoding": "UTF-8",
                "sourceLanguage": "csv" if uri.lower().endswith(".csv") else "yaml",
            }
            for uri in self._files
        ]

    def invocation(self, report: CheckReport, left_out: int) -> Json:
        """How the run went, and what it did not check."""
        notes = [_note(text, "note") for text in report.notes]
        if left_out:
            more = f"{plural(left_out, 'finding')} left out beyond the limit of {MAX_RESULTS}"
            notes.append(_note(more, "warning"))
        notes += [self._unchecked(each) for each in ordered(report.findings) if _hides(each)]
        return {"executionSuccessful": True, "toolExecutionNotifications": notes}

    def _unchecked(self, finding: Finding) -> Json:
        written = _note(f"not checked: {_message(finding)}", "error")
        if finding.location is not None:
            written["locations"] = [{"physicalLocation": self._physical(finding.location)}]
        if finding.id in self._rules:
            rule = {"id": finding.id, "index": self._rules[finding.id]}
            written["associatedRule"] = rule
        return written


def _region(span: Span) -> Json:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _hides(finding: Finding) -> bool:
    """Whether something could not be judged, so that nobody knows whether it holds."""
    if finding.suppressed is not None or finding.status is Status.PREVIEW:
        return False
    unread = finding.severity is Severity.ERROR and finding.id in ROOT_CAUSES
    return unread or finding.status in (Status.ERROR, Status.UNKNOWN)


def _note(text: str, level: str) -> Json:
    return {"level": level, "message": {"text": _sentence(text)}}


def _level(finding: Finding) -> Severity:
    return Severity.NOTICE if finding.status is Status.PREVIEW else finding.severity


def _message(finding: Finding) -> str:
    certain = {Status.PREVIEW: " (preview of the proposed rules)", Status.UNKNOWN: " (not known)"}
    said = finding.message + certain.get(finding.status, "") + _gone(finding.location)
    fix = f" To fix it: {_sentence(finding.fix)}" if finding.fix else ""
    return _sentence(said) + fix


def _gone(span: Span | None) -> str:
    return f" (at {place(span)})" if span is not None and span.revision == "base" else ""


def _sentence(text: str) -> str:
    """Text of users on one line with a full stop, in which viewers see no link of SARIF's."""
    said = shorten(plain(text), _MAX_MESSAGE).replace("](", "] (").rstrip(".")
    return said if said.endswith(("?", "…", "!")) else f"{said}."


def _properties(finding: Finding) -> Json:
    written: Json = {
        "status": str(finding.status),
        "enforcement": str(finding.enforcement),
        "why": f"roadgate explain {finding.id}",
    }
    if finding.resource is not None:
        written["resource"] = str(finding.resource)
    if finding.new is not None:
        written["new"] = finding.new
    if finding.location is not None and finding.location.revision is not None:
        written["revision"] = finding.location.revision
    return written


def _uri(path: str) -> str:
    return quote(path, safe="/", errors="replace")
