"""The baseline: the errors that a project had when it adopted roadgate. It only shrinks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from roadgate.model.codes import ROOT_CAUSES
from roadgate.model.finding import Finding, Severity, Status
from roadgate.model.fingerprint import Identity, identity
from roadgate.model.kinds.base import Part
from roadgate.model.values import Many

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BASELINE_PATH = "roadgate.baseline.json"
BASELINE = "baseline"
"""What suppresses a finding that the baseline holds, and the type of that suppression."""
_CHANGES = "RG04"
"""Findings about a change; they are never old."""


class BaselineEntry(Part):
    """A finding, told without its line: by its rule, what it is about, and the field."""

    id: str = Field(description="A policy's id, or a code of the engine.")
    about: str = Field(description="Kind/name of the resource, or the path of the file.")
    what: str = Field(description="The field; where the finding names none, its message.")
    count: int = Field(default=1, ge=1, description="How many such findings there are.")


class BaselineFile(Part):
    """The errors that a project had when it adopted roadgate: shown, counted, and failing nothing.

    roadgate check --write-baseline writes it.
    """

    schema_: str | None = Field(default=None, alias="$schema", description="For editors.")
    version: Literal[1] = Field(description="The version of the format.")
    findings: Many[BaselineEntry] = Field(description="Sorted.")


@dataclass(frozen=True, slots=True)
class Baseline:
    """How many findings of each identity are known."""

    counts: Mapping[Identity, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many findings it holds."""
        return sum(self.counts.values())

    def beyond(self, other: Baseline) -> Baseline:
        """What this one holds and the other does not."""
        more = Counter(self.counts)
        more.subtract(other.counts)
        return Baseline({key: count for key, count in more.items() if count > 0})

    def within(self, other: Baseline) -> Baseline:
        """What both hold."""
        return Baseline(dict(Counter(self.counts) & Counter(other.counts)))


def may_hold(finding: Finding) -> bool:
    """Whether a baseline may hold a finding: an error that hides nothing else.

    What keeps a file or a setting from being judged stays an error, since nobody knows what it
    hides; so does what a change does.
    """
    return (
        finding.severity is Severity.ERROR
        and finding.suppressed is None
        and finding.status is Status.FAIL
        and finding.id not in ROOT_CAUSES
        and not finding.id.startswith(_CHANGES)
    )


def baseline_of(findings: Iterable[Finding]) -> Baseline:
    """The baseline that holds every error that it may."""
    return Baseline(dict(Counter(identity(each) for each in findings if may_hold(each))))
