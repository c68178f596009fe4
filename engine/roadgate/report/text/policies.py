"""What ``policy list`` and ``policy test`` print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.report.text.columns import columns
from roadgate.report.text.excerpt import Source, place
from roadgate.report.text.findings import findings_text
from roadgate.report.text.terminal import Palette, harmless, plain
from roadgate.report.text.view import View
from roadgate.report.words import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadgate.model.catalogue import (
        Catalogue,
        ExampleOutcome,
        PolicyEntry,
        TestedPolicy,
        TestReport,
    )

_HEADER = ("id", "title", "pack", "scope", "severity", "enforcement", "presets", "matched", "fails")


def listing(catalogue: Catalogue, source: Source, *, color: bool = False) -> str:
    """Those that apply here first, then those that do not, then what is wrong with any."""
    palette = Palette(color)
    applied = [each for each in catalogue.policies if each.applies]
    others = [each for each in catalogue.policies if not each.applies]
    blocks = []
    if applied:
        blocks.append("\n".join(columns(_HEADER, [_row(each) for each in applied], palette)))
    if others:
        rows = "\n".join(columns(_HEADER, [_row(each) for each in others], palette))
        blocks.append(f"{palette.bold('not applied here:')}\n{rows}")
    wrong = findings_text(catalogue.findings, source, view=View(color))
    if wrong:
        blocks.append(wrong)
    total = plural(len(catalogue.policies), "policy", "policies")
    blocks.append(palette.bold(f"{total}, {len(applied)} of them applied, as of {catalogue.as_of}"))
    return harmless("\n\n".join(blocks) + "\n")


def _row(entry: PolicyEntry) -> tuple[str, ...]:
    enforcement = str(entry.enforcement)
    if entry.because:
        enforcement += f" ({entry.because})"
    if entry.since is not None:
        enforcement += f" from {entry.since}"
    return (
        entry.id,
        entry.title,
        entry.pack,
        entry.scope,
        str(entry.severity),
        enforcement,
        ", ".join(entry.presets) or "-",
        "-" if entry.matched is None else str(entry.matched),
        "-" if entry.failing is None else str(entry.failing),
    )


def tested(report: TestReport, source: Source, *, color: bool) -> str:
    """Each policy with its examples: what each expects, and where it differs, what it got."""
    palette = Palette(color)
    blocks = ["\n".join(_policy(each, source, palette)) for each in report.policies]
    wrong = findings_text(report.findings, source, view=View(color))
    if wrong:
        blocks.append(wrong)
    counts = f"{plural(len(report.policies), 'policy', 'policies')}, "
    counts += f"{plural(report.examples, 'example')}: "
    wrong_parts = [f"{plural(report.failed, 'policy', 'policies')} failed"] if report.failed else []
    if report.findings:
        wrong_parts.append(
            f"{plural(len(report.findings), 'problem')} in files that were not tested"
        )
    line = " and ".join(wrong_parts) or "all as they say"
    blocks.append((palette.bold if report.passed else palette.bad)(counts + line))
    return harmless("\n\n".join(blocks) + "\n")


def _policy(policy: TestedPolicy, source: Source, palette: Palette) -> Iterator[str]:
    yield palette.bold(f"{plain(policy.id)}: {plain(policy.title)}") + f" ({plain(policy.path)})"
    for each in policy.examples:
        yield from _example(each, palette)
    if policy.problems:
        text = findings_text(policy.problems, source, view=View(palette.color))
        yield from (f"  {line}".rstrip() for line in text.splitlines())


def _example(example: ExampleOutcome, palette: Palette) -> Iterator[str]:
    name = plain(example.name)
    if not example.problem:
        got = f"fails: {plain(example.said[0].message)}" if example.said else "passes"
        yield f"  {palette.good('as it says')}  {name}: {got}"
        return
    where = f" ({place(example.location)})" if example.location is not None else ""
    yield f"  {palette.bad('not so')}      {name}{where}"
    expect = f": {plain(example.expect)}" if example.expect else ""
    yield f"    expected: {'passes' if example.passes else f'fails{expect}'}"
    if not example.said:
        told = example.problem if not example.problem.startswith("it should") else "passes"
        yield f"    got: {plain(told)}"
    for each in example.said:
        yield f"    got: fails: {plain(each.message)}"
        if each.clause is not None:
            yield f"      clause {each.clause + 1}: {plain(each.expression)}"
