"""GitHub's issues. The only module that imports PyGithub, and slow to import for that reason.

Requests go out one at a time and writes are paced. Nothing that may have taken effect is sent
twice: only reads are repeated after a broken connection or a server's error; a write is repeated
only where GitHub said that it refused it for its rate limits.
"""

from __future__ import annotations

import re
import time
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from github import Auth, Github, GithubException
from requests.exceptions import RequestException

from roadgate.forge import refusals, shapes
from roadgate.model.errors import EnvironmentProblem, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from roadgate.model.issues import ActualIssue, CloseReason

API_URL = "https://api.github.com"
API_VERSION = "2022-11-28"
_NEXT = re.compile(r'<([^>]+)>; rel="next"')
_READ_AGAIN = 3
_WAIT_AGAIN = 5
_MAX_PAGES = 1000
_SERVER_ERROR = 500
_REPOSITORY = re.compile(r"[A-Za-z0-9._-]+/[A-Za-z0-9._-]+")


class Api:
    """GitHub's REST interface: plain data in and out, every failure an EnvironmentProblem."""

    def __init__(
        self,
        token: str,
        api_url: str = API_URL,
        *,
        pace: float = 1.0,
        patience: float = 120.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Use ``token`` at ``api_url``.

        Args:
            token: never printed.
            api_url: of github.com, or of a GitHub Enterprise Server.
            pace: seconds between two writes, which GitHub asks for.
            patience: the most seconds that one request may spend on waiting.
            sleep: how to wait.

        Raises:
            UsageError: the address is no web address, or there is no token.
        """
        if not re.match(r"https?://[^/\s]", api_url):
            raise UsageError(
                f"'{api_url}' is no address of GitHub's interface", hint="look at GITHUB_API_URL"
            )
        if not token:
            raise UsageError(
                "there is no token for GitHub", hint="set the environment variable GITHUB_TOKEN"
            )
        self._github = Github(
            auth=Auth.Token(token),
            base_url=api_url.rstrip("/"),
            timeout=30,
            user_agent="roadgate",
            per_page=100,
            retry=None,
            seconds_between_requests=0,
            seconds_between_writes=pace,
            lazy=True,
            api_version=API_VERSION,
        )
        self._patience = patience
        self._sleep = sleep

    def get(self, path: str, **query: str) -> Any:  # noqa: ANN401 - JSON, checked by who reads it
        """Read one resource.

        Raises:
            EnvironmentProblem: it cannot be read.
        """
        return self._call("GET", path, query=query)[1]

    def pages(self, path: str, **query: str) -> Iterator[Mapping[str, Any]]:
        """Every item of a list, over all of its pages.

        Raises:
            EnvironmentProblem: a page cannot be read, or is no list.
        """
        headers, data = self._call("GET", path, query={**query, "per_page": "100"})
        seen: set[str] = set()
        while len(seen) < _MAX_PAGES:
            yield from shapes.items(data)
            following = _NEXT.search(str(headers.get("link", "")))
            if following is None:
                return
            if following[1] in seen:
                break
            seen.add(following[1])
            headers, data = self._call("GET", following[1])
        raise EnvironmentProblem(f"GitHub's list '{path}' has no end", hint="try again later")

    def send(self, verb: str, path: str, body: Mapping[str, object]) -> Mapping[str, Any]:
        """Write, once; returns what GitHub made of it.

        Raises:
            EnvironmentProblem: GitHub refused, or nobody knows whether it was done.
        """
        answer = shapes.mapping(self._call(verb, path, body=dict(body))[1])
        shapes.number(answer, "id")  # everything that is written has one; an error page has none
        return answer

    def _call(
        self,
        verb: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: Mapping[str, object] | None = None,
    ) -> tuple[Mapping[str, Any], Any]:
        waited = 0.0
        for attempt in count():
            wait: float | None = None
            try:
                return self._github.requester.requestJsonAndCheck(
                    verb, path, parameters=dict(query or {}), input=body
                )
            except GithubException as error:
                wait = _pause(verb, error, attempt)
                problem = refusals.refused(path, error.status, error.data, wait)
            except RequestException as error:
                wait = _read_again(verb, attempt)
                problem = refusals.lost(path, type(error).__name__)
            except (AssertionError, RuntimeError, TypeError, ValueError) as error:
                raise refusals.strange(path) from error
            if wait is None or waited + wait > self._patience:
                raise problem
            self._sleep(wait)
            waited += wait
        raise AssertionError("unreachable")  # pragma: no cover - count() has no end


class GitHubTracker:
    """The issues of one repository."""

    def __init__(  # noqa: PLR0913 - the address of a tracker, and how patient to be with it
        self,
        repository: str,
        token: str,
        api_url: str = API_URL,
        *,
        pace: float = 1.0,
        patience: float = 120.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Use the issues of ``repository``; the other arguments are those of ``Api``.

        Raises:
            UsageError: the repository is not ``owner/name``, or as for ``Api``.
        """
        if not _REPOSITORY.fullmatch(repository):
            raise UsageError(f"'{repository}' is no repository", hint="write it as owner/name")
        self._repository = repository
        self._api = Api(token, api_url, pace=pace, patience=patience, sleep=sleep)

    @property
    def name(self) -> str:
        """See ``Tracker.name``."""
        return "github"

    @property
    def repository(self) -> str:
        """See ``Tracker.repository``."""
        return self._repository

    def ensure_labels(self, labels: tuple[str, ...]) -> tuple[str, ...]:
        """See ``Tracker.ensure_labels``."""
        known = {
            shapes.text(each, "name").casefold()
            for each in self._api.pages(f"/repos/{self._repository}/labels")
        }
        missing = tuple(each for each in labels if each.casefold() not in known)
        for label in missing:
            try:
                self._api.send("POST", f"/repos/{self._repository}/labels", {"name": label})
            except refusals.AlreadyThereError:
                continue
        return missing

    def issues(self, label: str) -> tuple[ActualIssue, ...]:
        """See ``Tracker.issues``. The list is read, never the search, which lags behind."""
        listed = self._api.pages(
            f"/repos/{self._repository}/issues",
            labels=label,
            state="all",
            sort="created",
            direction="asc",
        )
        found = [shapes.issue(each) for each in listed if "pull_request" not in each]
        unique = {each.number: each for each in found}
        return tuple(unique[number] for number in sorted(unique))

    def create(self, title: str, body: str, labels: tuple[str, ...]) -> int:
        """See ``Tracker.create``."""
        path = f"/repos/{self._repository}/issues"
        sent = {"title": title, "body": body, "labels": list(labels)}
        return shapes.number(self._api.send("POST", path, sent), "number")

    def update(self, number: int, *, title: str, body: str, labels: tuple[str, ...]) -> None:
        """See ``Tracker.update``."""
        self._patch(number, title=title, body=body, labels=list(labels))

    def comment(self, number: int, body: str) -> None:
        """See ``Tracker.comment``."""
        self._api.send("POST", f"{self._issue(number)}/comments", {"body": body})

    def comments(self, number: int) -> tuple[str, ...]:
        """See ``Tracker.comments``."""
        listed = self._api.pages(f"{self._issue(number)}/comments")
        return tuple(shapes.optional_text(each, "body") for each in listed)

    def close(self, number: int, reason: CloseReason) -> None:
        """See ``Tracker.close``."""
        self._patch(number, state="closed", state_reason=reason)

    def reopen(self, number: int) -> None:
        """See ``Tracker.reopen``."""
        self._patch(number, state="open")

    def _issue(self, number: int) -> str:
        return f"/repos/{quote(self._repository)}/issues/{number}"

    def _patch(self, number: int, **fields: object) -> None:
        self._api.send("PATCH", self._issue(number), fields)


def _pause(verb: str, error: GithubException, attempt: int) -> float | None:
    """How long to wait before the same request is sent again; None where it must not be."""
    limit = refusals.limit_wait(error.status, error.data, error.headers or {}, time.time())
    if limit is not None:
        return limit if attempt < _WAIT_AGAIN else None
    return _read_again(verb, attempt) if error.status >= _SERVER_ERROR else None


def _read_again(verb: str, attempt: int) -> float | None:
    return 0.5 * 2**attempt if verb == "GET" and attempt < _READ_AGAIN else None
