"""What ``policy diff`` prints: what appears, what disappears, what weighs otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from roadgate.report.json_v1 import dump, findings_output
from roadgate.report.output_v1 import Day, FindingOutput, Output
from roadgate.report.text.diagnostic import where
from roadgate.report.text.terminal import Palette, harmless, plain
from roadgate.report.words import plural

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadgate.model.finding import Finding
    from roadgate.model.policy_diff import PolicyDiff, Reweighed


class ReweighedOutput(Output):
    """A finding that both sides have, and that weighs otherwise."""

    before: FindingOutput = Field(description="By the policies of base.")
    after: FindingOutput = Field(description="By the policies of head.")


class PolicyDiffOutput(Output):
    """What ``roadgate policy diff --format json`` prints."""

    version: Literal[1] = Field(description="The version of this shape.")
    as_of: Day = Field(description="The day everything was judged at.")
    base: str = Field(description="The commit whose policies come first.")
    head: str | None = Field(description="The other; null for the files on disk.")
    added: list[str] = Field(description="Policies that apply in head only.")
    removed: list[str] = Field(description="Policies that apply in base only.")
    appear: list[FindingOutput] = Field(description="Findings that head has and base has not.")
    disappear: list[FindingOutput] = Field(description="Findings that base has and head has not.")
    change: list[ReweighedOutput] = Field(description="Severity, enforcement or waiver differ.")
    findings: list[FindingOutput] = Field(description="What is wrong with the policies of head.")


def text(found: PolicyDiff, *, color: bool = False) -> str:
    """A line for each finding: + appears, - disappears, ~ weighs otherwise."""
    palette = Palette(color)
    lines = [palette.good(f"+ applies: {_ids(found.added)}")] if found.added else []
    lines += [palette.bad(f"- applies no more: {_ids(found.removed)}")] if found.removed else []
    lines += [f"+ {_line(each)}" for each in found.appear]
    lines += [f"- {_line(each)}" for each in found.disappear]
    lines += [f"~ {_change(each)}" for each in found.change]
    lines += [palette.bad(f"! {_line(each)}") for each in found.problems]
    summary = (
        f"{plural(len(found.appear), 'finding')} more, {len(found.disappear)} fewer, "
        f"{len(found.change)} of another weight"
    )
    if found.is_empty:
        summary = "the policies of both say the same of the roadmap as it is"
    return harmless("\n".join([*lines, *([""] if lines else []), palette.bold(summary)]) + "\n")


def _ids(policies: Iterable[str]) -> str:
    return ", ".join(map(plain, policies))


def _line(finding: Finding) -> str:
    waived = ", waived" if finding.suppressed is not None else ""
    word = f"{finding.severity}[{plain(finding.id)}{waived}]"
    return f"{word}: {plain(finding.message)} ({where(finding)})"


def _change(pair: Reweighed) -> str:
    return f"{_weight(pair.before)} → {_weight(pair.after)} {_line(pair.after)}"


def _weight(finding: Finding) -> str:
    waived = ", waived" if finding.suppressed is not None else ""
    return f"{finding.severity} ({finding.enforcement}{waived})"


def json(found: PolicyDiff) -> str:
    """The JSON of ``roadgate policy diff``."""
    output = PolicyDiffOutput(
        version=1,
        as_of=found.as_of,
        base=found.base,
        head=found.head,
        added=list(found.added),
        removed=list(found.removed),
        appear=findings_output(found.appear),
        disappear=findings_output(found.disappear),
        change=[
            ReweighedOutput(
                before=findings_output([each.before])[0], after=findings_output([each.after])[0]
            )
            for each in found.change
        ],
        findings=findings_output(found.problems),
    )
    return dump(output)
