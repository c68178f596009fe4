"""What people really type wrong, and that the answer says what to type instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from roadgate.load.project import load_project
from roadgate.load.trees import FolderTree

if TYPE_CHECKING:
    from pathlib import Path

    from roadgate.model.finding import Finding

TOP = "apiVersion: roadgate/v1\nkind: Initiative\n"
HEAD = f"{TOP}metadata: {{name: a, title: T}}\n"
SPEC = f"{HEAD}spec:\n  problem: p\n  horizon: later\n"
CRITERION = f"{SPEC}  successCriteria:\n    - id: c\n      metric: m\n      by: 2026-12-31\n"
RICE = (
    f"{SPEC}  rice:\n    reach: 10\n    impact: 1\n    confidence: CONFIDENCE\n    effort: EFFORT\n"
)
SLIPS = {
    "a tab": (f"{SPEC}\tsummary: s\n", "replace the tab with spaces"),
    "no space after a colon": (f"{SPEC}  summary:hello\n", "write 'summary: hello'"),
    "no space in the first line": (
        "apiVersion:roadgate/v1\nkind: Initiative\n",
        "write 'apiVersion: roadgate/v1'",
    ),
    "a colon in a text": (
        f"{SPEC}  summary: Waiting: 18 minutes\n",
        'write summary: "Waiting: 18 minutes"',
    ),
    "a percent sign first": (f"{SPEC}  summary: %80 more\n", 'write summary: "%80 more"'),
    "an at sign first": (f"{SPEC}  summary: @all hands\n", 'write summary: "@all hands"'),
    "a condition": (f"{CRITERION}      target: >= 80\n", 'write target: ">= 80"'),
    "emphasis": (f"{SPEC}  summary: *very* fast\n", 'write summary: "*very* fast"'),
    "an expression that begins with a text": (
        f"{SPEC}  summary: 'now' == resource.spec.horizon\n",
        "write summary: \"'now' == resource.spec.horizon\"",
    ),
    "an expression that begins with a list": (
        f"{SPEC}  summary: ['a', 'b'] == x\n",
        "write summary: \"['a', 'b'] == x\"",
    ),
    "an expression that begins with not": (
        f"{SPEC}  summary: !has(resource.spec.goal)\n",
        'write "!has(resource.spec.goal)"',
    ),
    "a comma within braces": (
        f"{SPEC}  scope: {{x-where: exists('Team', resource.metadata.owner)}}\n",
        "a comma ends a text between { and }: put the whole text in quotes",
    ),
    "an apostrophe": (f"{SPEC}  summary: 'it's'\n", 'write summary: "it\'s"'),
    "stars for a list": (f"{SPEC}  scope:\n    includes:\n    * a b\n", "write '- a b'"),
    "bullets for a list": (f"{SPEC}  scope:\n    includes:\n    • a\n    • b\n", "write '- a'"),
    "no space after a dash": (f"{SPEC}  scope:\n    includes:\n    -a\n    -b\n", "write '- a'"),
    "too far in": (f"{SPEC}   status: active\n", "begin it with 2 spaces, like the line above"),
    "a merge conflict": (f"{SPEC}<<<<<<< HEAD\n  status: active\n", "keep one of the two sides"),
    "a code fence": (f"```yaml\n{SPEC}```\n", "delete the lines with ```"),
    "a no-break space": (f"{SPEC}  summary:\u00a0s\n", "delete it and type the space again"),
    "a wide colon": (f"{SPEC}  summary\uff1a s\n", "write summary: s"),
    "Markdown": ("# Faster CI\n\nWe want **more**.\n", "begin it with the lines 'apiVersion:"),
    "no line between documents": (SPEC + SPEC, "write a line '---' before it"),
    "a lowercase kind": (SPEC.replace("Initiative", "initiative"), "did you mean 'Initiative'?"),
    "a lowercase version": (
        SPEC.replace("apiVersion", "apiversion"),
        "write 'apiVersion' instead of 'apiversion'",
    ),
    "capitals in a value": (SPEC.replace("later", "Later"), "did you mean 'later'?"),
    "a name with spaces": (SPEC.replace("name: a", "name: Faster CI"), "write 'faster-ci'"),
    "an umlaut in a name": (SPEC.replace("name: a", "name: Übersicht"), "write 'uebersicht'"),
    "a name without letters": (SPEC.replace("name: a", "name: 速い"), "such as 'faster-ci'"),
    "a German date": (f"{SPEC}  committed: 31.12.2026\n", "write 2026-12-31"),
    "a date that is two": (
        f"{SPEC}  committed: 05/06/2026\n",
        "write 2026-06-05 or 2026-05-06, with the year first",
    ),
    "a month": (f"{SPEC}  committed: 2026-07\n", "write a day, such as 2026-07-01"),
    "one digit": (f"{SPEC}  committed: 2026-7-1\n", "write 2026-07-01"),
    "a date for a list": (
        f"{SPEC}  killThresholds:\n    - {{id: k, metric: m, when: '> 1', checkOn: 2026-01-01}}\n",
        "write checkOn: [2026-01-01]",
    ),
    "a text for a list": (f"{SPEC}  evidence: a, b\n", "write evidence: [a, b]"),
    "a list for a text": (f"{SPEC}  summary: [a, b]\n", "write one text"),
    "a year for a text": (f"{SPEC}  summary: 2026\n", 'put it in quotes: summary: "2026"'),
    "a word for fields": (
        f"{SPEC}  rice: high\n",
        "write its fields below it, indented by two spaces: reach, impact, confidence, effort",
    ),
    "yes": (f"{CRITERION}      target: '> 1'\n      standing: yes\n", "write true"),
    "a field too far out": (
        f"{HEAD}horizon: later\nspec:\n  problem: p\n",
        "'horizon' belongs under 'spec'",
    ),
    "a field of metadata": (f"{SPEC}  owner: core\n", "'owner' belongs under 'metadata'"),
    "a field that an entry has not": (
        f"{CRITERION}      title: A\n",
        "fields here: aggregate, answers",
    ),
    "a field of spec in an entry": (
        f"{CRITERION}      goal: g\n",
        "'goal' belongs under 'spec': move it there",
    ),
    "a field too far up": (f"{SPEC}  includes: [a]\n", "'includes' belongs under 'spec.scope'"),
    "a field of another kind": (
        f"{SPEC}  method: interview\n",
        "'method' is a field of the kind Evidence",
    ),
    "nothing indented": (
        f"{TOP}metadata:\nname: a\ntitle: T\nspec:\n  problem: p\n  horizon: later\n",
        "indent by two spaces what belongs to it: name, title",
    ),
    "a decimal comma": (
        RICE.replace("CONFIDENCE", "80").replace("EFFORT", "1,5"),
        "write 1.5: decimals take a point",
    ),
    "a decimal comma in braces": (
        f"{SPEC}  rice: {{reach: 1, impact: 1, confidence: 80, effort: 1,5}}\n",
        "write decimals with a point, such as 1.5",
    ),
    "a percentage": (RICE.replace("CONFIDENCE", "80%").replace("EFFORT", "1"), "write 80"),
    "a unit": (RICE.replace("CONFIDENCE", "80").replace("EFFORT", "2 months"), "write 2"),
    "weeks": (f"{CRITERION}      target: '> 1'\n      window: 2 weeks\n", "write 14d"),
}
"""A file to what its fix must say."""


def findings(folder: Path, text: str) -> tuple[Finding, ...]:
    """What is found in a roadmap of one file."""
    (folder / "roadmap").mkdir()
    (folder / "roadmap" / "a.yaml").write_text(text, encoding="utf-8")
    return load_project(FolderTree(folder)).findings


@pytest.mark.parametrize("name", SLIPS)
def test_the_fix_says_what_to_type(name: str, tmp_path: Path) -> None:
    """One slip is one finding, and its fix can be typed as it stands."""
    text, fix = SLIPS[name]

    (found,) = findings(tmp_path, text)

    assert fix in found.fix


@pytest.mark.parametrize("name", SLIPS)
def test_the_words_are_the_authors(name: str, tmp_path: Path) -> None:
    """No word of parsers or programmers reaches somebody who writes a roadmap."""
    found = findings(tmp_path, SLIPS[name][0])

    said = " ".join(f"{each.message} {each.fix}" for each in found).lower()
    for word in ("mapping", "sequence", "scalar", "token", "regex", "dict", "nonetype", "parse"):
        assert word not in said


def test_a_field_that_is_elsewhere_is_not_missing_too(tmp_path: Path) -> None:
    """A field in the wrong place is told once: that it lacks in the right one follows from it."""
    text = f"{HEAD}spec:\n  title: T\n  problem: p\n  horizon: later\n".replace(", title: T", "")

    (found,) = findings(tmp_path, text)

    assert (found.id, found.fix) == ("RG007", "'title' belongs under 'metadata': move it there")


def test_one_for_several_is_not_elsewhere(tmp_path: Path) -> None:
    """Somebody who writes ``kind`` where ``kinds`` is known does not mean the document's own."""
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "a.yaml").write_text(
        "apiVersion: roadgate/v1\nkind: Policy\nmetadata: {name: a, title: T}\nspec:\n"
        "  id: ACME001\n  rationale: r\n  match: {kind: [Team]}\n"
        "  validations: [{expression: 'true'}]\n",
        encoding="utf-8",
    )

    (found,) = load_project(FolderTree(tmp_path)).findings

    assert (found.id, found.fix) == ("RG007", "did you mean 'kinds'?")
