"""Fields that are each well-formed and together mean nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from roadgate.model.finding import Finding, Severity
from roadgate.model.kinds import Decision, Evidence, Initiative, Metric
from roadgate.model.kinds.decision import NEEDS_LEARNED, NEEDS_UNTIL
from roadgate.model.kinds.research import CONTROL
from roadgate.model.repair import repair
from roadgate.model.suggest import closest
from roadgate.roadmap.plans import contradictions
from roadgate.roadmap.readings import condition, meant, unjudgeable
from roadgate.roadmap.repeated import repeated
from roadgate.roadmap.walk import parts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from roadgate.model.kinds import Envelope
    from roadgate.model.kinds.config import ConfigSpec
    from roadgate.model.resource import Resource
    from roadgate.model.source import ResourceRef
    from roadgate.roadmap.index import Index

_ADD = {
    "until": "add 'until', the last day on which it holds",
    "tradeoff": "add 'tradeoff': what this displaces, and what that would have been worth",
    "learned": "add 'learned': what the next team should know",
}


def meaningless(
    index: Index, config: ConfigSpec, only: Collection[ResourceRef] | None = None
) -> list[Finding]:
    """A finding for everything that has no meaning, by resource.

    ``only`` names the resources to look at; None for all.
    """
    findings: list[Finding] = []
    looked_at = [*index.among(only)]
    for resource in looked_at:
        ref = resource.ref
        inner = parts(resource.body)
        right = dict(meant(inner))
        findings += [
            replace(_finding("RG010", ref, field, message, fix), repair=repair(right.get(field)))
            for field, message, fix in unjudgeable(resource.body, inner, index)
        ]
        findings += repeated(ref, inner)
    for resource in looked_at:
        findings += _of_kind(resource)
    findings += contradictions(index)
    for position, freeze in enumerate(config.calendar.freeze):
        if freeze.from_ > freeze.to:
            message = f"the freeze ends on {freeze.to}, before it begins on {freeze.from_}"
            field = f"spec.calendar.freeze[{position}]"
            findings.append(_finding("RG010", None, field, message, "swap the two dates"))
    return findings


def _of_kind(resource: Resource[Envelope]) -> Iterator[Finding]:
    """What the kind of a resource asks for beside what holds for all."""
    ref = resource.ref
    match resource.body:
        case Initiative() as body if body.spec.horizon == "now":
            return _now(ref, body)
        case Metric() as body:
            return _metric(ref, body)
        case Evidence() as body:
            return _evidence(ref, body)
        case Decision() as body:
            return _decision(ref, body)
    return iter(())


def _finding(code: str, ref: ResourceRef | None, field: str, message: str, fix: str) -> Finding:
    return Finding(code, Severity.ERROR, message, fix, resource=ref, field=field)


def _now(ref: ResourceRef, body: Initiative) -> Iterator[Finding]:
    """What a commitment must say about itself."""
    if body.spec.status == "proposed":
        message = f"'{ref.name}' is in now and only proposed"
        yield _finding(
            "RG017", ref, "spec.status", message, "write 'status: active', or move it to next"
        )
    if body.spec.committed is None:
        message = f"'{ref.name}' is in now and does not say since when"
        fix = "add 'committed' with the day on which it was committed"
        yield _finding("RG017", ref, "spec.committed", message, fix)


def _metric(ref: ResourceRef, body: Metric) -> Iterator[Finding]:
    spec = body.spec
    if spec.target is not None:
        for field, message, fix in condition("spec.target", spec.target, body, has_baseline=False):
            finding = _finding("RG010", ref, field, message, fix)
            yield replace(finding, repair=repair(spec.target.meant))
    if spec.source is not None:
        sources = [name for name in type(spec.source).model_fields if getattr(spec.source, name)]
        if len(sources) != 1:
            message = "a metric has one source" if sources else "the source is empty"
            fix = "keep one of them" if sources else "name a source, or delete 'source'"
            yield _finding("RG010", ref, "spec.source", message, fix)


def _evidence(ref: ResourceRef, body: Evidence) -> Iterator[Finding]:
    experiment = body.spec.experiment
    if experiment is None:
        return
    if body.spec.method != "experiment":
        message = f"the method '{body.spec.method}' has no experiment"
        fix = "write 'method: experiment', or delete 'experiment'"
        # Numbers that nobody reads are odd, and spoil nothing.
        finding = _finding("RG010", ref, "spec.experiment", message, fix)
        yield replace(finding, severity=Severity.WARNING)
    if CONTROL not in experiment.arms:
        message = f"no arm is called '{CONTROL}', which the others are compared with"
        near = closest(CONTROL, experiment.arms)
        fix = f"write '{CONTROL}' instead of '{near}'" if near else f"call one of them '{CONTROL}'"
        finding = _finding("RG010", ref, "spec.experiment.arms", message, fix)
        yield replace(finding, severity=Severity.WARNING)
    for name, arm in experiment.arms.items():
        if arm.successes > arm.n:
            message = f"{arm.successes} of {arm.n} cannot have succeeded"
            field = f"spec.experiment.arms.{name}.successes"
            yield _finding("RG010", ref, field, message, "correct the counts")


def _decision(ref: ResourceRef, body: Decision) -> Iterator[Finding]:
    spec = body.spec
    for field, needed, value in (
        ("until", spec.type in NEEDS_UNTIL, spec.until),
        ("tradeoff", spec.type == "override", spec.tradeoff),
        ("learned", spec.type in NEEDS_LEARNED, spec.learned),
    ):
        if needed and value is None:
            message = f"a Decision of type {spec.type} needs '{field}'"
            yield _finding("RG008", ref, f"spec.{field}", message, _ADD[field])
    if spec.until is not None and spec.until < spec.date:
        message = f"it ends on {spec.until}, before its own date {spec.date}"
        yield _finding("RG010", ref, "spec.until", message, "write a day on or after 'date'")
    if spec.to is not None and spec.type != "relax":
        message = f"'to' has no meaning for a Decision of type {spec.type}"
        yield _finding("RG010", ref, "spec.to", message, "delete it, or write 'type: relax'")
    concerns = spec.concerns
    if not concerns.model_dump(exclude_defaults=True):
        message = "the Decision concerns nothing"
        fix = "name an initiative, a policy, a metric or evidence"
        yield _finding("RG010", ref, "spec.concerns", message, fix)
    belongs = (concerns.resource or "").startswith("Initiative/")
    if concerns.initiative is None and not belongs:
        for field in ("criterion", "threshold", "guardrail"):
            if getattr(concerns, field) is not None:
                message = f"'{field}' needs the initiative that it belongs to"
                fix = "add 'initiative' beside it"
                yield _finding("RG010", ref, f"spec.concerns.{field}", message, fix)
