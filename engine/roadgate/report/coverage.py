"""What ``policy coverage`` prints: what nothing has put to the test, as text and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from roadgate.report.json_v1 import dump, findings_output
from roadgate.report.output_v1 import FindingOutput, Output
from roadgate.report.text.findings import findings_text
from roadgate.report.text.terminal import Palette, harmless, plain
from roadgate.report.text.view import View
from roadgate.report.words import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadgate.model.coverage import Coverage, PolicyCoverage
    from roadgate.report.text.excerpt import Source


class ClauseOutput(Output):
    """One validation of a policy."""

    index: int = Field(description="Which one, from 0.")
    expression: str = Field(description="Its text.")
    examples: Literal["failed", "held", "never ran"] = Field(
        description="What examples show: held means that none has seen it fail."
    )


class PolicyCoverageOutput(Output):
    """One policy, and what has put it to the test."""

    id: str = Field(description="The policy's id.")
    title: str = Field(description="What people call it.")
    house: bool = Field(description="Whether it is the repository's own.")
    applies: bool = Field(description="Whether it judges this project.")
    matched: int | None = Field(
        description="How often it was evaluated here; null where it needs a change to judge."
    )
    disabled: str | None = Field(description="Why a binding switches it off; null: none does.")
    clauses: list[ClauseOutput] = Field(description="In the order of the policy.")


class PolicyCoverageListOutput(Output):
    """What ``roadgate policy coverage --format json`` prints."""

    version: Literal[1] = Field(description="The version of this shape.")
    policies: list[PolicyCoverageOutput] = Field(description="By id.")
    findings: list[FindingOutput] = Field(description="What is wrong with policies and bindings.")


def text(found: Coverage, source: Source, *, color: bool = False) -> str:
    """What matched nothing, what no example has failed, what is switched off."""
    palette = Palette(color)
    blocks = []
    if found.silent:
        lines = [f"  {plain(each.id)}: {plain(each.title)}" for each in found.silent]
        blocks.append("\n".join([palette.bold("matched nothing here:"), *lines]))
    gaps = [each for each in found.policies if each.uncovered]
    if gaps:
        told = [line for each in gaps for line in _gaps(each)]
        blocks.append("\n".join([palette.bold("clauses that no example shows failing:"), *told]))
    if found.disabled:
        lines = [f"  {plain(each.id)}: {plain(each.disabled or '')}" for each in found.disabled]
        blocks.append("\n".join([palette.bold("switched off:"), *lines]))
    wrong = findings_text(found.findings, source, view=View(color))
    if wrong:
        blocks.append(wrong)
    applied = sum(each.applies for each in found.policies)
    blocks.append(
        palette.bold(
            f"{plural(applied, 'policy', 'policies')} applied: "
            f"{len(found.silent)} matched nothing, "
            f"{len(gaps)} with a clause that no example shows failing, "
            f"{len(found.disabled)} switched off"
        )
    )
    return harmless("\n\n".join(blocks) + "\n")


def _gaps(policy: PolicyCoverage) -> Iterator[str]:
    for each in policy.uncovered:
        how = "never ran" if each.examples == "never ran" else "always held"
        yield f"  {plain(policy.id)} clause {each.index + 1} {how}: {plain(each.expression)}"


def json(found: Coverage) -> str:
    """The JSON of ``roadgate policy coverage``."""
    output = PolicyCoverageListOutput(
        version=1,
        policies=[
            PolicyCoverageOutput(
                id=each.id,
                title=each.title,
                house=each.house,
                applies=each.applies,
                matched=each.matched,
                disabled=each.disabled,
                clauses=[
                    ClauseOutput(
                        index=clause.index, expression=clause.expression, examples=clause.examples
                    )
                    for clause in each.clauses
                ],
            )
            for each in found.policies
        ],
        findings=findings_output(found.findings),
    )
    return dump(output)
