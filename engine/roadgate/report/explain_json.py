"""Write what ``explain`` found as public JSON, version 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.report import explain_v1 as out
from roadgate.report.explanation import decisions_about
from roadgate.report.json_v1 import dump, findings_output
from roadgate.report.output_v1 import ResourceOutput
from roadgate.report.status_json import status_output

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadgate.model.codes import Code
    from roadgate.model.explanation import CaseTrace, ClauseTrace, Part, PolicyExplanation
    from roadgate.model.kinds import Envelope
    from roadgate.model.report import StatusReport
    from roadgate.model.resource import Resource
    from roadgate.model.roadmap import Roadmap
    from roadgate.model.source import ResourceRef


def code_json(code: Code) -> str:
    """The JSON of a finding code."""
    told = out.CodeOutput(
        code=code.code, title=code.title, meaning=code.meaning, fix=code.fix, example=code.example
    )
    return dump(out.ExplainOutput(version=1, code=told, policy=None, resources=[]))


def policy_json(found: PolicyExplanation) -> str:
    """The JSON of a policy."""
    trace = found.trace
    told = out.PolicyExplainOutput.model_validate(
        {
            "id": found.id,
            "title": found.title,
            "rationale": found.rationale,
            "scope": found.scope,
            "severity": found.severity,
            "enforcement": found.enforcement,
            "bound_by": found.bound_by,
            "from_": found.since,
            "parameters": [
                out.ParameterOutput(name=each.name, value=each.value, source=each.source)
                for each in found.parameters
            ],
            "bindings": [
                out.ScopedBindingOutput(match=each.match, says=each.says, source=each.source)
                for each in found.bindings
            ],
            "clauses": [
                out.ClauseOutput(expression=expression, fix=fix)
                for expression, fix in found.clauses
            ],
            "examples": [
                out.PolicyExampleOutput(name=name, passes=passes, expect=expect)
                for name, passes, expect in found.examples
            ],
            "about": _ref(found.about),
            "passed_over": _part(trace.passed_over) if trace and trace.passed_over else None,
            "parts": [_part(each) for each in (trace.parts if trace else ())],
            "cases": None if trace is None else [_case(each) for each in trace.cases],
            "disabled": [_ref(each) for each in (trace.disabled if trace else ())],
        }
    )
    return dump(out.ExplainOutput(version=1, code=None, policy=told, resources=[]))


def resources_json(
    found: Iterable[tuple[Resource[Envelope], StatusReport | None]], roadmap: Roadmap
) -> str:
    """The JSON of resources, each with its verdicts."""
    told = [_resource(each, verdicts, roadmap) for each, verdicts in found]
    return dump(out.ExplainOutput(version=1, code=None, policy=None, resources=told))


def _resource(
    resource: Resource[Envelope], verdicts: StatusReport | None, roadmap: Roadmap
) -> out.ResourceExplainOutput:
    metadata = resource.body.metadata
    initiative = resource.ref.kind == "Initiative"
    return out.ResourceExplainOutput(
        kind=resource.ref.kind,
        name=resource.name,
        title=metadata.title,
        path=resource.path,
        owner=metadata.owner,
        evidence=list(roadmap.evidence_of.get(resource.name, ())) if initiative else [],
        decisions=[
            out.DecisionOutput(name=each.name, type=each.body.spec.type, date=each.body.spec.date)
            for each in decisions_about(resource, roadmap)
        ],
        verdicts=status_output(verdicts) if verdicts is not None else None,
    )


def _case(case: CaseTrace) -> out.CaseOutput:
    return out.CaseOutput(
        resource=_ref(case.ref),
        group=case.group,
        answer=case.answer,
        findings=findings_output(case.findings),
        clauses=[_clause(each) for each in case.clauses],
    )


def _clause(clause: ClauseTrace) -> out.ClauseTraceOutput:
    found = findings_output([clause.finding]) if clause.finding is not None else []
    return out.ClauseTraceOutput(
        index=clause.index,
        expression=clause.expression,
        answer=clause.answer,
        parts=[_part(each) for each in clause.parts],
        finding=found[0] if found else None,
    )


def _part(part: Part) -> out.PartOutput:
    return out.PartOutput(text=part.text, value=part.value)


def _ref(ref: ResourceRef | None) -> ResourceOutput | None:
    return ResourceOutput(kind=ref.kind, name=ref.name) if ref is not None else None
