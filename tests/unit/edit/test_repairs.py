"""Repairs of a file: all that can be proven, each at its own characters."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from roadgate.edit.finding import walk
from roadgate.edit.lines import comments
from roadgate.edit.repairs import mend
from roadgate.load.outline import outline
from roadgate.load.places import Locator
from roadgate.model.field_path import join
from roadgate.model.repair import Repair
from unit.edit.documents import texts


def placed(text: str, field: str, wanted: Repair) -> Repair:
    """The repair with its place in the first document of a text."""
    found = Locator(text.encode(), "x.yaml").repair(0, field, wanted)
    assert found is not None
    return found


def mended(text: str, *repairs: tuple[str, Repair]) -> tuple[str, int, list[str]]:
    """The new text, how many repairs were made, and why the others were not."""
    before = outline(text)
    assert before is not None
    result = mend(before, [placed(text, *each) for each in repairs], outline)
    return result.text, len(result.done), [why for _, why in result.refused]


def test_keys_and_values_are_replaced_where_they_stand() -> None:
    """Comments, quotes and anchors beside them stay."""
    text = "spec:  # c\n  'problm' : x\n  horizon: &h \"Now\" # d\n  by: {to: 2026/7/1}\n"

    new, done, refused = mended(
        text,
        ("spec.problm", Repair("problem", "key")),
        ("spec.horizon", Repair("now")),
        ("spec.by.to", Repair("2026-07-01")),
    )

    assert new == "spec:  # c\n  'problem' : x\n  horizon: &h \"now\" # d\n  by: {to: 2026-07-01}\n"
    assert (done, refused) == (3, [])


def test_what_aliases_repeat_is_left_alone() -> None:
    """A value that stands for two fields cannot be changed for one; the other repairs are made."""
    text = "a: &x Now\nb: *x\nc: Later\n"

    new, done, refused = mended(text, ("a", Repair("now")), ("c", Repair("later")))

    assert new == "a: &x Now\nb: *x\nc: later\n"
    assert (done, refused) == (1, ["other values of the file would change with it"])


def test_an_alias_is_replaced_by_the_value() -> None:
    """The field that is wrong is written out; what the alias stood for stays."""
    assert mended("a: &x Now\nb: *x\n", ("b", Repair("now")))[0] == "a: &x Now\nb: now\n"


def test_two_answers_for_one_place_are_none() -> None:
    """Neither is written, and both are told."""
    new, done, refused = mended("a: x\n", ("a", Repair("new")), ("a", Repair("z")))

    assert (new, done) == ("a: x\n", 0)
    assert refused == ["two fixes want different things here"] * 2


def test_equal_answers_for_one_place_are_one() -> None:
    """Two findings that want the same are both content."""
    assert mended("a: x\n", ("a", Repair("new")), ("a", Repair("new")))[:2] == ("a: new\n", 1)


def test_a_name_that_is_taken_has_no_repair() -> None:
    """A misspelt field beside the right one is not renamed into a duplicate."""
    found = Locator(b"a: {horizn: x, horizon: y}\n", "x.yaml")

    assert found.repair(0, "a.horizn", Repair("horizon", "key")) is None
    assert found.repair(0, "a.horizn", Repair("horizons", "key")) is not None


def test_values_of_several_lines_have_no_repair() -> None:
    """Nor has a field that is not there, or that stands behind an alias."""
    found = Locator(b"a: |\n  Now\nb: &x {c: 1}\nd: *x\n", "x.yaml")

    for field in ("a", "b", "d.c", "e"):
        assert found.repair(0, field, Repair("now")) is None


def test_a_place_that_moved_is_refused() -> None:
    """A repair that was made for another text changes nothing."""
    stale = placed("a: xyz\n", "a", Repair("new"))
    before = outline("b: 1\na: xyz\n")
    assert before is not None

    result = mend(before, [stale, replace(stale, location=None)], outline)

    assert (result.text, result.done) == (before.text, ())
    assert [why for _, why in result.refused] == ["the file has changed meanwhile"]


def test_a_number_that_is_a_text_gets_quotes_as_it_is_spelt() -> None:
    """What looks like a number or true keeps its letters."""
    text = "a: 1.10\nb: [true, 0x1F]\n"
    quoted = Repair("", as_text=True)

    new, done, _ = mended(text, ("a", quoted), ("b[0]", quoted), ("b[1]", quoted))

    assert (new, done) == ('a: "1.10"\nb: ["true", "0x1F"]\n', 3)


@settings(max_examples=150, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(texts(), st.data())
def test_one_value_anywhere_changes_alone(text: str, data: st.DataObject) -> None:
    """In any layout, only the characters of the value change, and only on its line."""
    before = outline(text)
    assume(before is not None)
    assert before is not None
    values = [
        (index, path, place)
        for index, path, place, is_key, _ in walk(before)
        if not is_key and place.kind == "scalar" and place.style not in ("|", ">")
        and "\n" not in text[place.start : place.end] and place.end > place.body
    ]  # fmt: skip
    index, path, place = data.draw(st.sampled_from(values))
    wanted = Locator(text.encode(), "x.yaml").repair(index, join(path), Repair("brand new"))
    assert wanted is not None

    result = mend(before, [wanted], outline)

    if place.anchor is None and not text[place.start : place.body]:
        assert result.done == (wanted,)
    if result.done:
        assert result.text == text[: place.body] + wanted.text + text[place.end :]
        assert comments_of(result.text) == comments_of(text)


def comments_of(text: str) -> list[str]:
    """The comments of a text that can be read."""
    found = outline(text)
    assert found is not None
    return comments(found)
