"""Write what ``policy list`` and ``policy test`` found as public JSON, version 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.report import policies_v1 as out
from roadgate.report.json_v1 import dump, findings_output, location

if TYPE_CHECKING:
    from roadgate.model.catalogue import (
        Catalogue,
        ExampleOutcome,
        PolicyEntry,
        TestedPolicy,
        TestReport,
    )


def listing(catalogue: Catalogue) -> str:
    """The JSON of ``roadgate policy list``."""
    output = out.PolicyListOutput(
        version=1,
        as_of=catalogue.as_of,
        policies=[_entry(each) for each in catalogue.policies],
        findings=findings_output(catalogue.findings),
    )
    return dump(output)


def tested(report: TestReport) -> str:
    """The JSON of ``roadgate policy test``."""
    summary = out.PolicyTestSummaryOutput(
        policies=len(report.policies), examples=report.examples, failed=report.failed
    )
    output = out.PolicyTestOutput(
        version=1,
        summary=summary,
        policies=[_tested(each) for each in report.policies],
        findings=findings_output(report.findings),
    )
    return dump(output)


def _entry(entry: PolicyEntry) -> out.PolicyOutput:
    return out.PolicyOutput.model_validate(
        {
            "id": entry.id,
            "title": entry.title,
            "pack": entry.pack,
            "scope": entry.scope,
            "severity": entry.severity,
            "enforcement": entry.enforcement,
            "presets": list(entry.presets),
            "applies": entry.applies,
            "because": entry.because or None,
            "from_": entry.since,
            "matched": entry.matched,
            "failing": entry.failing,
        }
    )


def _tested(policy: TestedPolicy) -> out.TestedPolicyOutput:
    return out.TestedPolicyOutput(
        id=policy.id,
        title=policy.title,
        path=policy.path,
        outcome=policy.outcome,
        examples=[_example(each) for each in policy.examples],
        findings=findings_output(policy.problems),
    )


def _example(example: ExampleOutcome) -> out.ExampleOutput:
    return out.ExampleOutput(
        name=example.name,
        passes=example.passes,
        expect=example.expect,
        said=[
            out.SaidOutput(message=each.message, clause=each.clause, expression=each.expression)
            for each in example.said
        ],
        problem=example.problem or None,
        location=location(example.location),
    )
