"""Did you mean."""

from __future__ import annotations

import pytest

from roadgate.model.suggest import advice, closest, listed, only


@pytest.mark.parametrize(
    ("word", "expected"),
    [("horizn", "horizon"), ("Horizon", "horizon"), ("xyz", None), ("x" * 1000, None)],
)
def test_finds_the_closest_word(word: str, expected: str | None) -> None:
    """A typo finds its word, whatever its case; nonsense finds none."""
    assert closest(word, ["horizon", "status", "problem"]) == expected


@pytest.mark.parametrize(
    ("word", "expected"), [("RG110", "RG101"), ("RG50", "RG501"), ("rg8111", "RG811")]
)
def test_of_several_the_likelier_word(word: str, expected: str) -> None:
    """Of words that share as many letters, fewer slips count first, then the same beginning."""
    assert closest(word, ["RG101", "RG205", "RG501", "RG605", "RG811"]) == expected


def test_lists_a_few() -> None:
    """Long lists are cut, and say by how much."""
    assert listed("abc") == "a, b, c"
    assert listed("abcdefgh") == "a, b, c, d, e and 3 more"


def test_advises_by_what_there_is() -> None:
    """A suggestion comes first, then what exists, then what to do when nothing does."""
    assert advice("statu", ["status"], otherwise="x") == "did you mean 'status'?"
    assert advice("xyz", ["status"], otherwise="x") == "known here: status"
    assert advice("xyz", [], otherwise="add it") == "add it"


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("platform-coer", ["platform-core", "checkout"], "platform-core"),
        ("kill_thresholds", ["killThresholds", "guardrails"], "killThresholds"),
        ("Now", ["now", "next"], "now"),
        ("nwo", ["now", "next"], "now"),
        ("interviews-2026-02", ["interviews-2026-01"], None),  # another month, not a slip
        ("ci-duration-p05", ["ci-duration-p50"], None),
        ("team-c", ["team-a", "team-b"], None),  # either
        ("checkot-a", ["checkout-a", "checkout-b"], None),  # both are near
        ("ab", ["cd"], None),
        ("now", ["now"], None),
        ("x" * 1000, ["x" * 999], None),
    ],
)
def test_finds_the_only_word_that_can_be_meant(
    word: str, known: list[str], expected: str | None
) -> None:
    """A slip of one or two letters, when no other word is as near."""
    assert only(word, known) == expected
