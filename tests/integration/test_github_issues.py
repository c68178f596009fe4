"""Issues, statuses and reviews on an emulated GitHub that holds every request to its contract."""

from __future__ import annotations

import subprocess
from datetime import date
from typing import TYPE_CHECKING

import pytest

from rig.github import Fault
from roadgate.forge.apply import apply
from roadgate.forge.github import Api, GitHubTracker
from roadgate.forge.pulls import Pulls
from roadgate.model.change import Review
from roadgate.model.errors import EnvironmentProblem, UsageError
from roadgate.model.managed import key_of
from roadgate.model.plan import Place
from roadgate.plan.reconcile import reconcile
from unit.forge.scenes import LABELS, picture, plan_for, seed
from unit.plan.build import TODAY, config, want

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rig.github import Emulator, Repository

NAME = "acme/roadmap"
BODY = "<!-- roadgate:key=missed/faster-ci v=1 -->\nwords\n<!-- roadgate:end -->"
SHA, BASE = "a" * 40, "b" * 40


@pytest.fixture
def repository(github: Emulator) -> Repository:
    """A repository, and the token of a job that may write issues."""
    github.world.token("t0ken", permissions={"issues": "write"})
    return github.repository(NAME)


@pytest.fixture
def waits() -> list[float]:
    """The seconds for which the client would have slept."""
    return []


@pytest.fixture
def tracker(github: Emulator, repository: Repository, waits: list[float]) -> GitHubTracker:
    """A tracker of that repository, which does not really wait."""
    return GitHubTracker(
        repository.full_name, "t0ken", github.url, pace=0, patience=100, sleep=waits.append
    )


def test_a_run_creates_and_the_next_has_nothing_to_do(
    github: Emulator, repository: Repository, tracker: GitHubTracker
) -> None:
    """Missing labels are created, the second run only reads."""
    plan = reconcile(
        [want()], (), tracker.issues("roadgate"), config(), TODAY, place=Place("github", NAME)
    )
    applied = apply(plan, tracker)
    writes = len(github.writes())
    again = reconcile(
        [want()], (), tracker.issues("roadgate"), config(), TODAY, place=Place("github", NAME)
    )

    assert applied.created == {"missed/faster-ci": 1}
    assert [each.title for each in repository.issues.values()] == ["About missed/faster-ci"]
    assert sorted(repository.labels) == sorted(LABELS)
    assert (again.changes, again.unchanged, again.problems) == ((), 1, ())
    assert len(github.writes()) == writes == 3


def test_every_kind_of_change_is_made_once(github: Emulator, tracker: GitHubTracker) -> None:
    """Create, update, comment, reopen and close, with reasons, are all documented calls."""
    seed(tracker)
    apply(plan_for(tracker), tracker)
    before = picture(tracker)
    writes = len(github.writes())

    assert plan_for(tracker).changes == ()
    assert apply(plan_for(tracker), tracker).done == ()
    assert picture(tracker) == before
    assert len(github.writes()) == writes
    reasons = {key: (state, reason) for key, state, reason, *_ in before}
    assert reasons["missed/over"] == ("closed", "completed")
    assert reasons["missed/gone"] == ("closed", "not_planned")


def test_all_pages_are_read_without_pull_requests(
    github: Emulator, repository: Repository, tracker: GitHubTracker
) -> None:
    """250 issues are three pages, in one order that does not shift."""
    for number in range(250):
        repository.add_issue(f"issue {number}", BODY, labels=["roadgate"])
    pull = repository.add_pull("a pull request", head_sha=SHA, base_sha=BASE)
    pull.labels.append("roadgate")
    found = tracker.issues("roadgate")

    assert [each.number for each in found] == list(range(1, 251))
    assert len(github.journal) == 3


def test_comments_on_all_pages_are_read(repository: Repository, tracker: GitHubTracker) -> None:
    """What was said is looked for beyond the first hundred comments."""
    repository.add_issue("issue", BODY, labels=["roadgate"])
    for number in range(120):
        repository.add_comment(1, f"comment {number}")

    assert tracker.comments(1)[-1] == "comment 119"


def test_an_issue_is_read_as_it_is(repository: Repository, tracker: GitHubTracker) -> None:
    """Closed on a day, for a reason, by an author, with CRLF from the web editor."""
    issue = repository.add_issue("title", "a\r\nb", labels=["roadgate", "x"], author="someone")
    repository.close_issue(issue, "not_planned", "someone")
    (found,) = tracker.issues("roadgate")

    assert (found.state, found.state_reason) == ("closed", "not_planned")
    assert found.closed_on == date(2026, 1, 5)
    assert (found.author, found.body, found.labels) == ("someone", "a\r\nb", ("roadgate", "x"))


def test_existing_labels_are_used_whatever_their_case(
    repository: Repository, tracker: GitHubTracker
) -> None:
    """GitHub compares label names without case."""
    repository.add_label("ROADGATE")

    assert tracker.ensure_labels(("roadgate", "roadgate: missed")) == ("roadgate: missed",)


def test_a_label_that_appears_meanwhile_is_no_problem(
    github: Emulator, repository: Repository, tracker: GitHubTracker
) -> None:
    """Two runs may create it at once."""
    github.faults.append(
        Fault("POST", "/labels$", "hook", hook=lambda: repository.add_label("roadgate") and None)
    )

    assert tracker.ensure_labels(("roadgate",)) == ("roadgate",)


@pytest.mark.parametrize("kind", ["rst", "truncate"])
def test_a_lost_answer_is_looked_for_and_not_sent_again(
    github: Emulator, repository: Repository, tracker: GitHubTracker, kind: str
) -> None:
    """GitHub has the issue although nobody heard of it: it is found by its marker."""
    github.faults.append(Fault("POST", "/issues$", kind, phase="after-commit"))  # type: ignore[arg-type] # one of the kinds
    plan = reconcile([want()], (), (), config(), TODAY, place=Place("github", NAME))
    applied = apply(plan, tracker)

    assert applied.created == {"missed/faster-ci": 1}
    assert len(repository.issues) == 1


@pytest.mark.parametrize("phase", ["before-commit", "after-commit"])
@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_servers_error_on_a_write_is_never_answered_by_another_write(
    github: Emulator,
    repository: Repository,
    tracker: GitHubTracker,
    phase: str,
    status: int,
) -> None:
    """A 502 says nothing about whether the issue is there."""
    github.faults.append(
        Fault("POST", "/issues$", "status", status=status, phase=phase)  # type: ignore[arg-type] # one of the phases
    )
    with pytest.raises(EnvironmentProblem, match=f"GitHub failed \\({status}\\)"):
        tracker.create("title", BODY, LABELS)
    creations = [each for each in github.journal if each.verb == "POST"]

    assert len(creations) == 1
    assert len(repository.issues) == (1 if phase == "after-commit" else 0)


def test_reads_are_repeated_after_a_servers_error(
    github: Emulator, tracker: GitHubTracker, waits: list[float]
) -> None:
    """Three times, with longer pauses each time."""
    github.faults.append(Fault("GET", "/issues", "status", status=502, count=2))

    assert tracker.issues("roadgate") == ()
    assert waits == [0.5, 1.0]


def test_reads_are_given_up_in_the_end(
    github: Emulator, tracker: GitHubTracker, waits: list[float]
) -> None:
    """A list that cannot be read stops the run: nothing is created without it."""
    github.faults.append(Fault("GET", "/issues", "rst", count=9))

    with pytest.raises(EnvironmentProblem, match="the connection to GitHub broke"):
        tracker.issues("roadgate")
    assert waits == [0.5, 1.0, 2.0]


@pytest.mark.parametrize("status", [403, 429])
@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_a_rate_limit_is_waited_for(
    github: Emulator, tracker: GitHubTracker, waits: list[float], verb: str, status: int
) -> None:
    """A refused request did nothing, so it is sent again when GitHub says."""
    github.faults.append(
        Fault(verb, "/issues", "secondary-limit", status=status, retry_after=7, count=2)
    )
    if verb == "GET":
        assert tracker.issues("roadgate") == ()
    else:
        assert tracker.create("title", BODY, LABELS) == 1
    assert waits == [7.0, 7.0]


def test_a_limit_without_a_time_is_waited_for_a_minute(
    github: Emulator, tracker: GitHubTracker, waits: list[float]
) -> None:
    """As GitHub's documentation asks for."""
    github.faults.append(Fault("POST", "/issues", "secondary-limit"))

    assert tracker.create("title", BODY, LABELS) == 1
    assert waits == [60.0]


def test_waiting_has_an_end(github: Emulator, tracker: GitHubTracker, waits: list[float]) -> None:
    """An hour is not waited for; the message says when to come again."""
    github.faults.append(Fault("GET", "/issues", "primary-limit", retry_after=3600))

    with pytest.raises(EnvironmentProblem, match="rate limit is used up") as raised:
        tracker.issues("roadgate")
    assert waits == []
    assert raised.value.hint.startswith("run again in 360")


def _archive(repository: Repository) -> None:
    repository.archived = True


def _without_issues(repository: Repository) -> None:
    repository.has_issues = False


@pytest.mark.parametrize(
    ("prepare", "message", "hint"),
    [
        (_archive, "the token may not do this in 'acme/roadmap'", "archived"),
        (_without_issues, "issues are switched off in 'acme/roadmap'", "settings"),
    ],
)
def test_a_repository_that_takes_no_issues_says_so(
    repository: Repository,
    tracker: GitHubTracker,
    prepare: Callable[[Repository], None],
    message: str,
    hint: str,
) -> None:
    """Archived, or with issues switched off."""
    prepare(repository)

    with pytest.raises(EnvironmentProblem, match=message) as raised:
        tracker.create("title", BODY, ("roadgate",))
    assert hint in raised.value.hint


def test_a_token_without_the_permission_says_which(
    github: Emulator, repository: Repository
) -> None:
    """The hint is what to write into the workflow; the token is not printed."""
    github.world.token("r3ader", permissions={"issues": "read"})
    tracker = GitHubTracker(repository.full_name, "r3ader", github.url, pace=0)

    with pytest.raises(EnvironmentProblem) as raised:
        tracker.create("title", BODY, LABELS)
    assert raised.value.hint == "give the job 'permissions: issues: write'"
    assert "r3ader" not in f"{raised.value.message} {raised.value.hint}"


def test_a_wrong_token_and_a_wrong_name_are_told_apart(
    github: Emulator, repository: Repository
) -> None:
    """401 and 404 have their own words."""
    with pytest.raises(EnvironmentProblem, match="does not accept the token"):
        GitHubTracker(repository.full_name, "wr0ng", github.url, pace=0).issues("roadgate")
    with pytest.raises(EnvironmentProblem, match="GitHub shows no 'acme/other'"):
        GitHubTracker("acme/other", "t0ken", github.url, pace=0).issues("roadgate")


@pytest.mark.parametrize(
    ("name", "token", "url"),
    [("acme", "t", "http://x"), ("acme/x", "", "http://x"), ("acme/x", "t", "x.example")],
)
def test_what_makes_no_sense_is_refused_at_once(name: str, token: str, url: str) -> None:
    """No repository, no token, no address."""
    with pytest.raises(UsageError):
        GitHubTracker(name, token, url)


def test_a_marked_issue_of_a_stranger_is_left_alone(
    github: Emulator, repository: Repository, tracker: GitHubTracker
) -> None:
    """It is reported, and nothing is written."""
    repository.add_issue("title", BODY, labels=["roadgate"], author="mallory")
    plan = reconcile(
        [want()], (), tracker.issues("roadgate"), config(), TODAY, place=Place("github", NAME)
    )
    apply(plan, tracker)

    assert len(plan.problems) == 1
    assert github.writes() == []


def test_two_runs_at_once_leave_one_issue_open(
    github: Emulator, repository: Repository, tracker: GitHubTracker
) -> None:
    """Another run creates the same issue between this run's list and its creation."""
    plan = reconcile([want()], (), (), config(), TODAY, place=Place("github", NAME))
    (change,) = plan.changes

    def other_run() -> None:
        repository.add_issue(
            change.title, change.body, labels=change.labels, author="github-actions[bot]"
        )

    github.faults.append(Fault("POST", "/issues$", "hook", hook=other_run))
    apply(plan, tracker)
    issues = list(repository.issues.values())

    assert [(key_of(each.body or ""), each.state) for each in issues] == [
        ("missed/faster-ci", "open"),
        ("missed/faster-ci", "closed"),
    ]
    assert "duplicate of #1" in issues[1].comments[0].body


def test_a_token_of_somebody_who_is_not_trusted_is_noticed_at_once(
    github: Emulator, repository: Repository
) -> None:
    """Its issues would be a stranger's in the next run."""
    github.world.token("person", "example-eng")
    tracker = GitHubTracker(repository.full_name, "person", github.url, pace=0)
    applied = apply(
        reconcile([want()], (), (), config(), TODAY, place=Place("github", NAME)), tracker
    )

    assert "was opened as 'example-eng', who is not in" in applied.problems[0]


@pytest.fixture
def pulls(github: Emulator, repository: Repository) -> Pulls:
    """The pull requests, for a token that may read them and the code, and write statuses."""
    permissions = {"contents": "read", "pull_requests": "read", "statuses": "write"}
    github.world.token("judge", permissions=permissions)
    return Pulls(repository.full_name, Api("judge", github.url, pace=0))


def test_the_status_of_a_commit_is_updated_in_place(
    github: Emulator, repository: Repository, pulls: Pulls
) -> None:
    """Its description is one line of at most 140 characters."""
    pulls.set_status(SHA, "pending", "waits for\nan approval")
    pulls.set_status(SHA, "failure", "x" * 200, target_url="https://example.com/run/1")
    (status,) = repository.latest_statuses(SHA)

    assert (status.state, status.context) == ("failure", "roadgate")
    assert status.description == "x" * 139 + "…"
    assert repository.statuses[0].description == "waits for an approval"
    assert len(github.writes()) == 2


def test_open_pull_requests_are_found_by_their_head(repository: Repository, pulls: Pulls) -> None:
    """Forks included, closed ones not."""
    repository.add_pull("one", head_sha=SHA, base_sha=BASE, head_repository="fork/roadmap")
    repository.add_pull("two", head_sha="c" * 40, base_sha=BASE)
    third = repository.add_pull("three", head_sha=SHA, base_sha=BASE)
    repository.close_issue(third, "completed", "someone")

    assert pulls.with_head(SHA) == (1,)


@pytest.fixture
def history(tmp_path: Path) -> tuple[Path, str, str]:
    """A git repository with a base commit and a change on top, by two people."""

    def git(*args: str, who: str = "example-dev") -> str:
        identity = ["-c", f"user.name={who}", "-c", f"user.email={who}@users.noreply.example"]
        done = subprocess.run(
            ["git", *identity, *args], cwd=tmp_path, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    git("init", "-q", "-b", "main")
    git("commit", "-q", "--allow-empty", "-m", "base")
    base = git("rev-parse", "HEAD")
    git("commit", "-q", "--allow-empty", "-m", "change", who="Example-Helper")
    git("commit", "-q", "--allow-empty", "-m", "more", who="web-flow")
    return tmp_path, base, git("rev-parse", "HEAD")


def test_the_context_names_authors_and_reviews(
    repository: Repository, pulls: Pulls, history: tuple[Path, str, str]
) -> None:
    """In order of submission; whoever has a commit in it or pushed it is an author."""
    repository.git, base, head = history
    number = repository.add_pull("change", head_sha=head, base_sha=base, author="example-pm").number
    repository.add_review(number, "example-vp", "COMMENTED", commit=base)
    repository.add_review(number, "example-vp", "APPROVED")
    repository.add_review(number, "example-cto", "CHANGES_REQUESTED")
    repository.add_review(number, "example-cto", "DISMISSED")
    repository.add_review(number, "example-cto", "PENDING")
    context = pulls.context(number, pusher="example-pusher")
    day = date(2026, 1, 5)

    assert (context.pull_request, context.base, context.head) == (number, base, head)
    assert context.author == "example-pm"
    assert context.authors == ("Example-Helper", "example-pm", "example-pusher")
    assert context.reviews == (
        Review("example-vp", "commented", base, day),
        Review("example-vp", "approved", head, day),
        Review("example-cto", "changes-requested", head, day),
        Review("example-cto", "dismissed", head, day),
    )


def test_the_tip_of_the_base_judges(
    repository: Repository, pulls: Pulls, history: tuple[Path, str, str]
) -> None:
    """A base that moved after the last push to the head is taken as it is now."""
    repository.git, stale, tip = history
    number = repository.add_pull("change", head_sha=tip, base_sha=stale).number

    assert pulls.context(number).base == stale
    assert pulls.tip_of_base(number) == tip


def test_a_pull_request_without_its_head_commit_is_not_judged(
    repository: Repository, pulls: Pulls, history: tuple[Path, str, str]
) -> None:
    """A push while it is read would hide an author."""
    repository.git, base, _ = history
    number = repository.add_pull("change", head_sha=base, base_sha=base).number

    with pytest.raises(EnvironmentProblem, match="was pushed to while it was read"):
        pulls.context(number)
