"""Write what ``check`` found as public JSON, version 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.model.fingerprint import fingerprints
from roadgate.report import output_v1 as out
from roadgate.report.account_json import disabled_output, exceptions_output
from roadgate.report.json_text import json_text
from roadgate.report.order import ordered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadgate.model.change import Change, FieldChange, JudgeChange, ResourceChange
    from roadgate.model.finding import Finding, Related
    from roadgate.model.report import CheckReport
    from roadgate.model.source import ResourceRef, Span

VERSION = 1


def check(report: CheckReport) -> str:
    """The JSON of ``roadgate check``."""
    summary = out.SummaryOutput(
        files=report.files,
        resources=report.resources,
        policies=report.policies,
        evaluations=report.evaluations,
        errors=report.errors,
        warnings=report.warnings,
        notices=report.notices,
        suppressed=report.suppressed,
    )
    output = out.CheckOutput(
        version=1,
        as_of=report.as_of,
        summary=summary,
        findings=findings_output(report.findings),
        change=_change(report.change) if report.change else None,
        exceptions=exceptions_output(report.account),
        disabled=disabled_output(report.account),
        notes=list(report.notes),
    )
    return dump(output)


def dump(output: out.Output) -> str:
    """Any output object as JSON text: exact numbers, two spaces, a newline at the end."""
    # what was not set is not there (a location's revision); everything else is always set
    data = output.model_dump(by_alias=True, exclude_unset=True)
    return json_text(data)


def findings_output(findings: Iterable[Finding]) -> list[out.FindingOutput]:
    """Findings in their order, as every output shows them."""
    everything = ordered(findings)
    return [
        _finding(each, fingerprint)
        for each, fingerprint in zip(everything, fingerprints(everything), strict=True)
    ]


def _finding(finding: Finding, fingerprint: str) -> out.FindingOutput:
    suppressed = finding.suppressed
    return out.FindingOutput(
        id=finding.id,
        severity=finding.severity,
        status=finding.status,
        enforcement=finding.enforcement,
        message=finding.message,
        fix=finding.fix,
        resource=_resource(finding.resource),
        field=finding.field,
        location=location(finding.location),
        suppressed=out.SuppressedOutput(
            by=suppressed.by, type=suppressed.type, until=suppressed.until
        )
        if suppressed
        else None,
        new=finding.new,
        related=[_related(each) for each in finding.related],
        fingerprint=fingerprint,
        fixes=_fixes(finding),
    )


def _fixes(finding: Finding) -> list[out.FixOutput]:
    answer = finding.answer
    place = location(answer.location) if answer else None
    if answer is None or place is None:
        return []
    return [out.FixOutput(location=place, replacement=answer.text)]


def _related(related: Related) -> out.RelatedOutput:
    return out.RelatedOutput(
        message=related.message,
        resource=_resource(related.resource),
        field=related.field,
        location=location(related.location),
    )


def _resource(ref: ResourceRef | None) -> out.ResourceOutput | None:
    return out.ResourceOutput(kind=ref.kind, name=ref.name) if ref else None


def location(span: Span | None) -> out.LocationOutput | None:
    """A place, as every output shows it."""
    if span is None:
        return None
    place = {
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
    if span.revision is not None:
        place["revision"] = span.revision
    return out.LocationOutput.model_validate(place)


def _change(change: Change) -> out.ChangeOutput:
    return out.ChangeOutput(
        base=change.base,
        merge_base=change.merge_base,
        head=change.head,
        resources=[_resource_change(each) for each in change.resources],
        judge=[_judge_change(each) for each in change.judge],
    )


def _resource_change(change: ResourceChange) -> out.ResourceChangeOutput:
    return out.ResourceChangeOutput(
        action=change.action,
        kind=change.ref.kind,
        name=change.ref.name,
        former_name=change.former_name,
        path=change.head_path,
        base_path=change.base_path,
        fields=[_field_change(each) for each in change.fields],
    )


def _field_change(change: FieldChange) -> out.FieldChangeOutput:
    return out.FieldChangeOutput(
        field=change.field,
        from_=change.before,
        to=change.after,
        effect=change.effect,
        protected=change.protected,
        decision=change.decision,
        approval=change.approval,
    )


def _judge_change(change: JudgeChange) -> out.JudgeChangeOutput:
    return out.JudgeChangeOutput(
        what=change.what,
        effect=change.effect,
        from_=change.before,
        to=change.after,
        decision=change.decision,
    )
