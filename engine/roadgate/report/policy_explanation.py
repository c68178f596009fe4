"""A policy in words: why, what, how it is bound here, whom it affects, and by which values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.model.suggest import listed
from roadgate.report.explanation import item, paragraph
from roadgate.report.text.terminal import plain
from roadgate.report.words import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadgate.model.explanation import CaseTrace, ClauseTrace, Part, PolicyExplanation, Trace

_MOST = 10
_WORST = {"error": 0, "fails": 1, "waived": 2, "spared": 3, "passes": 4}
_NEEDS_CHANGE = "judges changes: run roadgate check --base to see what it says of one"


def policy_text(found: PolicyExplanation) -> str:
    """Everything about a policy; or about what it says of one resource, if that is asked."""
    head = [f"{found.id}: {plain(found.title)}", ""]
    if found.about is not None:
        return "\n".join([*head, *_about(found)])
    lines = [*head, paragraph(found.rationale), "", *_bound(found)]
    lines += ["", "asks:"]
    for expression, fix in found.clauses:
        lines.append(item(expression))
        if fix:
            lines.append(f"    fix: {plain(' '.join(fix.split()))}")
    lines += ["", "here:", *_affected(found)]
    lines += ["", "examples:", *(item(each) for each in _examples(found))]
    return "\n".join(lines)


def _bound(found: PolicyExplanation) -> Iterator[str]:
    applied = str(found.enforcement) if found.enforcement is not None else "not applied here"
    yield f"severity: {found.severity}; enforcement here: {applied}"
    yield plain(f"bound by: {found.bound_by}")
    if found.since is not None:
        yield f"from: {found.since}; commitments made before are spared"
    for each in found.parameters:
        source = "the default" if each.source == "its default" else f"set in {each.source}"
        yield plain(f"parameter {each.name}: {each.value} ({source})")
    for scoped in found.bindings:
        yield plain(f"for {scoped.match}: {scoped.says} ({scoped.source})")


def _affected(found: PolicyExplanation) -> Iterator[str]:
    if found.trace is None:
        applies = found.enforcement is not None
        yield f"  {_NEEDS_CHANGE if applies else 'it judges nothing here'}"
        return
    cases = found.trace.cases
    counts = {
        answer: sum(each.answer == answer for each in cases)
        for answer in ("passes", "fails", "waived", "spared", "error")
    }
    what = {
        "passes": "pass",
        "fails": "fail",
        "waived": "waived",
        "spared": "spared",
        "error": "without an answer",
    }
    told = ", ".join(f"{count} {what[name]}" for name, count in counts.items() if count)
    off = found.trace.disabled
    nothing = "it matches nothing else" if off else "it matches nothing"
    yield f"  {plural(len(cases), 'evaluation')} on {found.as_of}: {told or nothing}"
    if off:
        yield item(f"disabled for {listed([str(each) for each in off])}")
    wrong = sorted(
        (each for each in cases if each.findings), key=lambda each: (_WORST[each.answer], each.name)
    )
    for each in wrong[:_MOST]:
        yield item(_told(each))
    if len(wrong) > _MOST:
        yield f"  and {len(wrong) - _MOST} more"


def _told(case: CaseTrace) -> str:
    found = next((each for each in case.findings if each.suppressed is None), case.findings[0])
    by = found.suppressed
    waived = f" (would fail without Decision '{by.by}')" if by is not None else ""
    return f"{case.name}: {found.message}{waived}"


def _examples(found: PolicyExplanation) -> Iterator[str]:
    for name, passes, expect in found.examples:
        told = f" ('{expect}')" if expect else ""
        yield f"{name}: {'passes' if passes else 'fails'}{told}"


def _about(found: PolicyExplanation) -> Iterator[str]:
    """What the policy says of one resource, clause by clause."""
    trace = found.trace
    if trace is None:
        yield (
            _NEEDS_CHANGE
            if found.enforcement is not None
            else plain(f"it does not apply here: {found.bound_by}")
        )
        return
    asked = [each for each in trace.cases if each.clauses]
    errors = [each for each in trace.cases if each.ref == found.about and not each.clauses]
    if not asked and not errors:
        yield from _passed_over(found, trace)
        return
    yield from _bound(found)
    for case in (*asked, *errors):
        yield ""
        yield plain(f"{case.name}: {_ANSWERS[case.answer]} on {found.as_of}")
        for clause in case.clauses:
            yield from _clause(clause)
        for finding in case.findings if not case.clauses else ():
            yield item(finding.message)


_ANSWERS = {
    "passes": "passes",
    "fails": "fails",
    "waived": "would fail, and a Decision sets it aside,",
    "spared": "fails, and is spared,",
    "error": "has no answer",
}


def _passed_over(found: PolicyExplanation, trace: Trace) -> Iterator[str]:
    if found.about in trace.disabled:
        yield plain(f"it is disabled for {found.about}:")
        for each in found.bindings:
            yield item(f"for {each.match}: {each.says} ({each.source})")
        return
    if trace.passed_over is None:
        yield plain(f"it is not about {found.about}")
        return
    yield plain(f"it is not about {found.about}, which its 'where' does not choose:")
    yield item(trace.passed_over.text)
    yield from _values(trace.parts)


def _clause(clause: ClauseTrace) -> Iterator[str]:
    yield ""
    yield f"  {'✓' if clause.answer == 'passes' else '✗'} " + item(clause.expression).lstrip(" -")
    yield from _values(clause.parts)
    found = clause.finding
    if found is None:
        return
    yield f"      says: {plain(found.message)}"
    if found.suppressed is not None:
        by = found.suppressed
        until = f" until {by.until}" if by.until is not None else ""
        yield "      " + plain(f"set aside by Decision '{by.by}' of type {by.type}{until}")
    if found.fix:
        yield f"      to pass: {plain(found.fix)}"


def _values(parts: tuple[Part, ...]) -> Iterator[str]:
    for each in parts:
        yield "      " + plain(f"{' '.join(each.text.split())} = {each.value}")
