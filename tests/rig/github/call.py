"""What a handler is given, and the helpers that several of them share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

from rig.github.exchange import RefusedError, Reply

if TYPE_CHECKING:
    from rig.github.records import Issue, Pull
    from rig.github.state import Level, Repository, Token, World
    from rig.github.views import Views

Handler = Callable[["Call"], Reply]
DEFAULT_PAGE = 30
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """How an operation is answered, and what a token needs for it."""

    handler: Handler
    permission: str = "metadata"
    level: Level = "read"
    filters: frozenset[str] = field(default_factory=frozenset)
    """The query parameters that the handler honours, paging aside."""


@dataclass(frozen=True, slots=True)
class Call:
    """A request that has been matched, checked and let in."""

    world: World
    views: Views
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Mapping[str, Any]
    token: Token
    location: str
    """The request's address without its query."""

    @property
    def login(self) -> str:
        """Who asks."""
        return self.token.login

    @property
    def repository(self) -> Repository:
        """The repository that the path names.

        Raises:
            RefusedError: there is none.
        """
        name = f"{self.path['owner']}/{self.path['repo']}".casefold()
        if name not in self.world.repositories:
            raise RefusedError(404, "Not Found")
        return self.world.repositories[name]

    @property
    def issue(self) -> Issue:
        """The issue that the path names.

        Raises:
            RefusedError: there is none.
        """
        number = self.path.get("issue_number", self.path.get("pull_number", ""))
        if not number.isdecimal() or int(number) not in self.repository.issues:
            raise RefusedError(404, "Not Found")
        return self.repository.issues[int(number)]

    @property
    def pull(self) -> Pull:
        """The pull request that the path names.

        Raises:
            RefusedError: there is none, or the number is an issue's.
        """
        if self.issue.pull is None:
            raise RefusedError(404, "Not Found")
        return self.issue.pull

    def page(self, items: Sequence[T]) -> tuple[list[T], dict[str, str]]:
        """Return the asked page of ``items`` and the Link header that leads to the others."""
        size = int(self.query.get("per_page", DEFAULT_PAGE))
        number = int(self.query.get("page", 1))
        last = max(1, -(-len(items) // size))
        targets = {"prev": number - 1, "next": number + 1, "last": last, "first": 1}
        if number <= 1:
            del targets["prev"], targets["first"]
        if number >= last:
            del targets["next"], targets["last"]
        links = [
            f'<{self.location}?{urlencode({**self.query, "page": page})}>; rel="{rel}"'
            for rel, page in targets.items()
        ]
        start = (number - 1) * size
        return list(items[start : start + size]), {"Link": ", ".join(links)} if links else {}

    def listing(self, items: Sequence[T], show: Callable[[T], Any]) -> Reply:
        """Answer with a page of ``items``."""
        shown, headers = self.page(items)
        return Reply(200, [show(one) for one in shown], headers)


def moment(text: str) -> datetime:
    """Read a moment that a client sent."""
    return datetime.fromisoformat(text)
