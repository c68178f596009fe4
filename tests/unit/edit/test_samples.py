"""The fields of a kind as a newcomer is shown them."""

from __future__ import annotations

import pytest

from roadgate.edit.samples import spec_form
from roadgate.edit.skeleton import Hint, section
from roadgate.load.resources import validate
from roadgate.model.kinds import KINDS
from roadgate.pipeline.schema_examples import examples


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_suggestion_can_be_used_as_it_is(kind: str) -> None:
    """A comment that is taken out of its comment is a value that the field takes."""
    example = examples()[kind]
    fields = spec_form(KINDS[kind], example["spec"])
    needed = {each.hint.name: each.hint.sample for each in fields if each.is_required}

    for each in fields:
        if each.hint.sample is not None:
            spec = {**needed, each.hint.name: each.hint.sample}
            assert validate({**example, "spec": spec}, KINDS[kind], kind, None)[1] == []
    assert sum(each.hint.sample is None for each in fields) <= 3


def test_what_is_known_is_written_and_the_rest_suggested() -> None:
    """Each field stands below what it is for, in the order of the model."""
    hints = [
        Hint("problem", "The problem in the customer's words.", "x"),
        Hint("risks", "What could go wrong.", [{"risk": "…", "by": "x"}]),
        Hint("other", "Nothing to show."),
    ]

    assert section({"problem": "Slow: CI", "x-own": [1]}, hints, 2) == [
        "  # The problem in the customer's words.",
        '  problem: "Slow: CI"',
        "  # What could go wrong.",
        "  # risks:",
        "  #   - risk: …",
        "  #     by: x",
        "  x-own: [1]",
    ]
