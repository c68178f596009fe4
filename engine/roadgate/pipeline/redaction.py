"""What a public reader may see of a run: values of internal metrics are withheld."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from roadgate.report.redact import (
    observed_numbers,
    redact,
    redact_change,
    redact_findings,
    redact_source,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadgate.model.report import CheckReport, StatusReport
    from roadgate.model.roadmap import Roadmap
    from roadgate.model.stages import Ahead, Gate, Stage
    from roadgate.model.verdict import Verdicts
    from roadgate.report.text.excerpt import Source


def internal_metrics(*roadmaps: Roadmap) -> frozenset[str]:
    """The metrics that any of the roadmaps calls internal."""
    return frozenset(
        name
        for roadmap in roadmaps
        for name, metric in roadmap.metrics.items()
        if metric.body.spec.visibility == "internal"
    )


def redacted_check(
    report: CheckReport, source: Source, verdicts: Verdicts, internal: frozenset[str]
) -> tuple[CheckReport, Source]:
    """The report, and the source of its excerpts, without values of internal metrics."""
    secrets = observed_numbers(verdicts, internal)
    findings = redact_findings(report.findings, internal, secrets)
    change = redact_change(report.change, internal) if report.change is not None else None
    return replace(report, findings=findings, change=change), redact_source(source, internal)


def redacted_status(report: StatusReport, internal: frozenset[str]) -> StatusReport:
    """The report without values of internal metrics."""
    secrets = observed_numbers(report.verdicts, internal)
    return replace(
        report,
        verdicts=redact(report.verdicts, internal),
        findings=redact_findings(report.findings, internal, secrets),
    )


def redacted_stages(
    stages: Iterable[Stage], verdicts: Verdicts, internal: frozenset[str]
) -> tuple[Stage, ...]:
    """What stands before a step, without values of internal metrics in what gates ask for."""
    secrets = observed_numbers(verdicts, internal)

    def gate(found: Gate) -> Gate:
        return replace(found, findings=redact_findings(found.findings, internal, secrets))

    def ahead(found: Ahead) -> Ahead:
        return replace(found, gates=tuple(map(gate, found.gates)))

    return tuple(replace(each, steps=tuple(map(ahead, each.steps))) for each in stages)
