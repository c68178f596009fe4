"""The pages about the policies that ship say what the policies say."""

from __future__ import annotations

import re

import pytest

from roadgate.pipeline.builtin import builtin_policies
from roadgate.pipeline.packs import pages

PAGES = pages()
TABLE = PAGES["packs/README.md"]
ROW = re.compile(
    r"^\| \[(?P<id>RG\d+)\]\((?P<page>[a-z]+\.md)#(?P<anchor>[^)]+)\) .*$", re.MULTILINE
)
ROWS = {found["id"]: found for found in ROW.finditer(TABLE)}


def test_table() -> None:
    """Every policy stands in the table, once and in order."""
    assert [each["id"] for each in ROW.finditer(TABLE)] == sorted(
        each.body.spec.id for each in builtin_policies()
    )


@pytest.mark.parametrize(("name", "marks"), [("RG101", 3), ("RG102", 2), ("RG104", 1)])
def test_presets(name: str, marks: int) -> None:
    """A row marks each preset that has the policy."""
    assert ROWS[name][0].count("●") == marks


def test_links_lead_somewhere() -> None:
    """Each row leads to the heading of its policy, as forges name headings."""
    for found in ROWS.values():
        headings = re.findall(r"^## (.*)$", PAGES[f"packs/{found['page']}"], re.MULTILINE)
        names = [re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings]
        assert found["anchor"] in names


def test_a_page() -> None:
    """A page has rationale, parameters, clauses and examples as the file writes them."""
    page = PAGES["packs/evidence.md"]
    assert "Deliverables that nobody asked for" in page
    assert "| `minInterviews` | integer | `5` | higher |" in page
    assert "**two interviews**: fails on 2026-02-01, with “2 of 5 interviews”" in page
    assert (
        "spec: {method: interview, date: 2026-01-20, participants: {application-developer: 2}}"
        in page
    )


def test_both_sides_of_a_change() -> None:
    """An example of a change shows what was and what will be."""
    page = PAGES["packs/change.md"]
    assert "before:\n\n```yaml\napiVersion: roadgate/v1" in page
    assert "after:\n\n```yaml\napiVersion: roadgate/v1" in page
