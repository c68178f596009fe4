"""Desired issues against actual ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadgate.forge.apply import apply
from roadgate.forge.local import LocalTracker
from roadgate.model.issues import ActualIssue, DesiredIssue, KeptIssue
from roadgate.model.managed import Block, block_of, event_of, key_of
from roadgate.model.plan import Ending, Place, Plan
from roadgate.plan.reconcile import reconcile
from unit.plan.build import LABELS, TODAY, config, there, want

GITHUB = Place("github", "acme/roadmap")
KEY = "missed/faster-ci"


def plan(
    wanted: list[DesiredIssue], actual: list[ActualIssue], kept: Any = (), **more: Any
) -> Plan:
    """The plan for GitHub, as of ``TODAY``."""
    settings_ = config(**more.pop("spec", {}))
    as_of = more.pop("as_of", TODAY)
    return reconcile(wanted, kept, actual, settings_, as_of, place=GITHUB, **more)


def actions(found: Plan) -> list[tuple[str, int | None]]:
    """What a plan does to which issue."""
    return [(each.action, each.issue) for each in found.changes]


def body(wanted: DesiredIssue | None = None) -> str:
    """The body with which an issue would be opened."""
    (change,) = plan([wanted or want()], []).changes
    return change.body


def closed(number: int, text: str, **fields: Any) -> ActualIssue:
    """A closed issue."""
    reason = fields.pop("state_reason", "completed")
    return there(number, text, state="closed", state_reason=reason, **fields)


def test_an_issue_that_is_missing_is_created() -> None:
    """With its marker, its labels and its reason."""
    (change,) = plan([want()], []).changes

    assert (change.action, change.issue, change.observed) == ("create", None, None)
    assert key_of(change.body) == KEY
    assert change.labels == LABELS
    assert change.reason == "missed: duration"


def test_an_issue_that_is_as_it_should_be_is_left_alone() -> None:
    """A second run has nothing to do."""
    found = plan([want()], [there(1, body())])

    assert (found.changes, found.unchanged) == ((), 1)


def test_line_ends_of_the_web_editor_are_no_change() -> None:
    """GitHub's editor saves CRLF."""
    found = plan([want()], [there(1, body().replace("\n", "\r\n") + "\r\n")])

    assert found.changes == ()


def test_what_people_write_around_the_block_survives() -> None:
    """The managed text is replaced, the rest stays."""
    text = f"we talk on Monday\n\n{body()}\n\nand on Tuesday"
    (change,) = plan([want(body="Something new")], [there(1, text)]).changes
    block = block_of(change.body)

    assert change.action == "update"
    assert block is not None
    assert (block.before, block.text) == ("we talk on Monday\n\n", "Something new")
    assert block.after == "\n\nand on Tuesday"


def test_a_removed_end_marker_loses_nothing() -> None:
    """What stands behind the marker is taken for somebody's words."""
    text = body().replace("<!-- roadgate:end -->", "my words")
    (change,) = plan([want()], [there(1, text)]).changes

    assert change.action == "update"
    assert "my words" in change.body
    assert plan([want()], [there(1, change.body)]).changes == ()


def test_foreign_labels_are_kept_and_own_ones_put_right() -> None:
    """Labels of ours that no longer fit go, labels of people stay."""
    issue = there(1, body(), labels=("ROADGATE", "urgent", "roadgate: kill review"))
    (change,) = plan([want()], [issue]).changes

    assert change.labels == ("roadgate", "roadgate: missed", "urgent")


def test_news_are_told_in_a_comment_before_the_body_changes() -> None:
    """GitHub tells nobody about an edited body."""
    found = plan([want(news="Missed: `duration`, `flakes`.")], [there(1, body())])

    assert actions(found) == [("comment", 1), ("update", 1)]
    assert found.changes[0].body.startswith("Missed: `duration`, `flakes`.")


def test_what_is_wanted_no_longer_is_closed_with_its_reason() -> None:
    """The nearest ending speaks."""
    endings = {KEY: Ending("recovered: duration reached the target after the deadline")}
    (change,) = plan([], [there(1, body())], endings=endings).changes

    assert (change.action, change.close_reason) == ("close", "completed")
    assert change.body.startswith("Closed: recovered: duration reached the target")


def test_an_initiative_that_is_gone_closes_its_issues_as_not_planned() -> None:
    """The mark in the body tells it from a person's wish to let it rest."""
    found = plan([], [there(1, body())])

    assert actions(found) == [("update", 1), ("close", 1)]
    assert found.changes[1].close_reason == "not_planned"
    assert "the initiative is gone" in found.changes[1].body


@pytest.mark.parametrize("key", [KEY, "missed", ""])
def test_a_kept_issue_stays_as_it_is(key: str) -> None:
    """By its key, by one above it, or because nothing is known at all."""
    kept = [KeptIssue(key, "unknown today")]
    found = plan([], [there(1, body())], kept)

    assert (found.changes, found.unchanged) == ((), 1)
    assert "unknown today" in found.notes[0]


def test_what_is_known_ends_although_files_cannot_be_read() -> None:
    """Only keys that the roadmap knows nothing about are kept then."""
    endings = {KEY: Ending("met: every criterion reached its target")}
    found = plan([], [there(1, body())], [KeptIssue("", "a file is broken")], endings=endings)

    assert actions(found) == [("close", 1)]


def test_the_nearest_key_decides() -> None:
    """A criterion that recovered is closed although the initiative's own key is kept."""
    key = f"{KEY}/duration"
    endings = {key: Ending("recovered")}
    found = plan(
        [], [there(1, body(want(key)))], [KeptIssue(KEY, "unknown today")], endings=endings
    )

    assert actions(found) == [("close", 1)]


def test_a_closed_issue_is_reopened_with_a_comment() -> None:
    """What is still so opens again."""
    found = plan([want()], [closed(1, body())])

    assert actions(found) == [("reopen", 1)]
    assert "Reopened: it is still so" in found.changes[0].body


def test_closing_as_not_planned_is_a_rest_of_thirty_days() -> None:
    """The day is written into a comment and remembered in the body."""
    issue = closed(1, body(), state_reason="not_planned", closed_on=date(2026, 8, 1))
    found = plan([want()], [issue])

    assert actions(found) == [("comment", 1), ("update", 1)]
    assert "rests until 2026-08-31" in found.changes[0].body
    resting = replace(issue, body=found.changes[1].body)
    again = plan([want()], [resting], as_of=date(2026, 8, 31))
    assert again.changes == ()
    assert "rests until 2026-08-31" in again.notes[0]
    later = plan([want()], [resting], as_of=date(2026, 9, 1))
    assert actions(later) == [("reopen", 1), ("update", 1)]
    assert "rests-until" not in later.changes[1].body


def test_what_roadgate_closed_as_not_planned_does_not_rest() -> None:
    """An initiative that comes back is told at once."""
    mark = plan([], [there(1, body())]).changes[0].body
    found = plan([want()], [closed(1, mark, state_reason="not_planned")])

    assert actions(found) == [("reopen", 1), ("update", 1)]


def test_the_younger_of_two_issues_is_closed() -> None:
    """The older one stays, whatever order they are listed in."""
    found = plan([want()], [there(7, body()), there(3, body())])

    assert actions(found) == [("update", 7), ("close", 7)]
    assert "duplicate of #3" in found.changes[1].body


def test_an_open_issue_stands_before_an_older_closed_one() -> None:
    """Nothing is reopened while another issue is open for the key."""
    assert plan([want()], [closed(3, body()), there(7, body())]).changes == ()


@pytest.mark.parametrize("author", ["GitHub-Actions[bot]", "@github-actions[bot]"])
def test_logins_compare_without_case(author: str) -> None:
    """Whose an issue is does not depend on spelling."""
    spec = {"github": {"trustedAuthors": [author]}}

    assert plan([want()], [there(1, body())], spec=spec).problems == ()


def test_a_marked_issue_of_a_stranger_blocks_its_key() -> None:
    """It is reported, nothing is created beside it, and nothing is written to it."""
    found = plan([want()], [there(4, body(), author="mallory")])
    (problem,) = found.problems

    assert found.changes == ()
    assert problem.issue == 4
    assert "'mallory', who is not trusted" in problem.message


def test_a_closed_issue_of_a_stranger_for_another_key_is_no_problem() -> None:
    """Only what is open or in the way is reported."""
    assert plan([], [closed(4, body(), author="mallory")]).problems == ()


def test_everybody_is_trusted_in_a_local_tracker() -> None:
    """There are no logins in a folder."""
    found = reconcile([want()], (), [there(1, body(), author="me")], config(), TODAY)

    assert (found.changes, found.problems) == ((), ())


def test_an_issue_without_the_label_is_nobodys_business() -> None:
    """A pasted marker alone does nothing."""
    found = plan([want()], [there(4, body(), author="mallory", labels=("bug",))])

    assert actions(found) == [("create", None)]


def test_a_labelled_issue_without_a_marker_is_mentioned() -> None:
    """Whoever put the label on should know that it does nothing."""
    found = plan([], [there(4, "hello")])

    assert (found.changes, len(found.notes)) == ((), 1)


def test_a_locked_issue_that_has_to_change_is_a_problem() -> None:
    """Nothing can be said there, so nothing is done behind people's backs."""
    found = plan([], [there(4, body(), locked=True)])

    assert found.changes == ()
    assert found.problems[0].message == f"issue #4 ('{KEY}') has to change and is locked"
    assert plan([want()], [there(4, body(), locked=True)]).problems == ()


def test_too_many_new_issues_are_one_summary() -> None:
    """None is created, one issue and a problem say so, and a second run changes nothing."""
    many = [want(f"missed/i{number}") for number in range(11)]
    found = plan(many, [])
    (change,) = found.changes

    assert change.key == "summary/too-many"
    assert "11 new issues are wanted, and at most 10" in found.problems[0].message
    again = plan(many, [there(1, change.body, title=change.title, labels=change.labels)])
    assert (again.changes, len(again.problems)) == ((), 1)


def test_a_higher_limit_for_one_run_opens_them() -> None:
    """The summary is closed then."""
    many = [want(f"missed/i{number}") for number in range(11)]
    summary = plan(many, []).changes[0]
    endings = {"summary/too-many": Ending("within the limit again")}
    issue = there(1, summary.body, title=summary.title, labels=summary.labels)
    found = plan(many, [issue], allow=11, endings=endings)

    assert [each.action for each in found.changes] == ["create"] * 11 + ["close"]
    assert found.problems == ()


def test_a_renamed_initiative_keeps_its_issue() -> None:
    """The marker is rewritten, no second issue is opened."""
    old = body(want("missed/ci-speedup"))
    found = plan([want()], [there(1, old)], names={"ci-speedup": "faster-ci"})

    assert actions(found) == [("update", 1)]
    assert key_of(found.changes[0].body) == KEY


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ({"github": {"quiet": {"days": ["wednesday"]}}}, "2026-08-05 is a Wednesday"),
        ({"calendar": {"freeze": [{"from": "2026-08-05", "to": "2026-08-05"}]}}, "frozen from"),
    ],
)
def test_nothing_is_written_on_quiet_days(spec: dict[str, Any], words: str) -> None:
    """The plan says what waits."""
    found = plan([want()], [], spec=spec)

    assert found.changes == ()
    assert words in found.notes[0]
    assert found.notes[0].endswith("1 changes wait")
    assert plan([want()], [], spec=spec, as_of=TODAY + timedelta(days=1)).changes


def test_a_body_with_much_human_text_stays_below_githubs_limit() -> None:
    """Whole lines of the managed part go, the human part stays."""
    words = "x" * 30_000
    long = want(body="\n".join(["```yaml", *["a line of text"] * 4_000, "```"]))
    (change,) = plan([long], [there(1, f"{words}\n{body()}")]).changes

    assert len(change.body) <= 65_536
    assert change.body.startswith(words)
    assert change.body.count("```") == 2
    assert plan([long], [there(1, change.body)]).changes == ()


KEYS = ("missed/a", "missed/b", "kill/a/t", "seal/c")
STEP = st.fixed_dictionaries(
    {
        "wanted": st.sets(st.sampled_from(KEYS)),
        "kept": st.sets(st.sampled_from(KEYS)),
        "text": st.sampled_from(["one", "two"]),
        "human": st.sampled_from(["", "note", "close", "rest", "reopen", "label", "copy"]),
        "days": st.integers(0, 40),
    }
)


def _meddle(folder: Path, what: str) -> None:
    """What a person does to the first issue file."""
    paths = sorted(folder.glob("*.md"))
    if not paths or not what:
        return
    text = paths[0].read_text(encoding="utf-8")
    shut = text.replace("state: open\nstate_reason:", "state: closed\nstate_reason: {}", 1)
    changed = {
        "note": text.replace("<!-- roadgate:key", "a human note\r\n\r\n<!-- roadgate:key", 1),
        "close": shut.replace("{}", "completed", 1),
        "rest": shut.replace("{}", "not_planned", 1),
        "reopen": text.replace("state: closed", "state: open", 1),
        "label": text.replace('"roadgate"', '"roadgate", "urgent"', 1),
        "copy": text,
    }[what]
    target = folder / "0099-copied.md" if what == "copy" else paths[0]
    target.write_text(changed, encoding="utf-8", newline="")


@settings(max_examples=60, deadline=None)
@given(st.lists(STEP, min_size=1, max_size=6))
def test_after_each_run_another_finds_nothing_to_do(steps: list[dict[str, Any]]) -> None:
    """Whatever people do in between: no key has two open issues, and their words survive."""
    with TemporaryDirectory() as name:
        folder, day, noted = Path(name), TODAY, 0
        for step in steps:
            day += timedelta(days=step["days"])
            _meddle(folder, step["human"])
            noted = max(noted, _notes(folder))
            tracker = LocalTracker(folder, day)
            place = Place("local", tracker.repository)
            wanted = [want(key, body=step["text"]) for key in sorted(step["wanted"])]
            kept = [KeptIssue(key, "unknown") for key in sorted(step["kept"] - step["wanted"])]

            def planned(
                tracker: LocalTracker = tracker,
                wanted: list[DesiredIssue] = wanted,
                kept: list[KeptIssue] = kept,
                day: date = day,
                place: Place = place,
            ) -> Plan:
                return reconcile(
                    wanted, kept, tracker.issues("roadgate"), config(), day, place=place
                )

            assert apply(planned(), tracker).moved == ()
            assert planned().changes == ()
            open_keys = [
                key_of(each.body) for each in tracker.issues("roadgate") if each.state == "open"
            ]
            assert len(open_keys) == len(set(open_keys))
            assert set(open_keys) <= step["wanted"] | step["kept"]
            assert _notes(folder) >= noted


def _notes(folder: Path) -> int:
    return sum(
        path.read_text(encoding="utf-8").count("a human note") for path in folder.glob("*.md")
    )


def test_a_comment_carries_the_mark_of_its_event() -> None:
    """By it a later run knows that it was written."""
    endings = {KEY: Ending("met")}
    (change,) = plan([], [there(1, body())], endings=endings).changes

    assert event_of(change.body)


def test_a_block_is_taken_apart_into_what_it_was_made_of() -> None:
    """Composing and reading are each other's inverse."""
    block = Block("kill/a/b", "words", {"state": "0a", "closed": "by-roadgate"}, "up\n", "\ndown")

    assert block_of(block.body()) == block
