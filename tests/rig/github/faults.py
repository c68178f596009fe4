"""Faults on demand: what goes wrong, at which request, before or after it takes effect."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from rig.github.exchange import Reply, Request, problem

if TYPE_CHECKING:
    from collections.abc import Callable

Kind = Literal[
    "rst",
    "status",
    "truncate",
    "hang",
    "stale",
    "secondary-limit",
    "primary-limit",
    "shift",
    "hook",
]
Phase = Literal["before-commit", "after-commit"]


@dataclass(slots=True)
class Fault:
    """One thing that goes wrong.

    - ``rst``: the connection is reset without an answer.
    - ``status``: an error of ``status`` with ``message`` is answered.
    - ``truncate``: the answer stops half way.
    - ``hang``: the answer comes after ``seconds``; before the commit, the commit is late as well.
    - ``stale``: a read shows the repositories as they were ``writes_ago`` writes before. Snapshots
      are kept from the moment that the fault is given.
    - ``secondary-limit``: 403, or ``status`` 429, with ``Retry-After`` if ``retry_after`` is set.
    - ``primary-limit``: 403 with no requests left until ``retry_after`` seconds from now.
    - ``shift``: before a further page is read, the first listed open issue closes, so that the
      following ones move up.
    - ``hook``: ``hook`` is called: kill the client, change the world.
    """

    verb: str
    path: str
    """A regular expression, searched for in path and query."""
    kind: Kind
    nth: int = 1
    """The first request to meet it, counted over those that match."""
    count: int = 1
    """How many matching requests in a row meet it."""
    phase: Phase = "before-commit"
    status: int = 0
    message: str = ""
    retry_after: int | None = None
    seconds: float = 0.0
    writes_ago: int = 1
    hook: Callable[[], None] | None = None
    seen: int = field(default=0, init=False)
    """Matching requests so far."""
    met: int = field(default=0, init=False)
    """Requests that met the fault."""

    def claims(self, request: Request) -> bool:
        """Count a request, and say whether it meets the fault."""
        if request.verb != self.verb or not re.search(self.path, request.target):
            return False
        self.seen += 1
        if not self.nth <= self.seen < self.nth + self.count:
            return False
        self.met += 1
        return True

    def reply(self, now: float) -> Reply | None:
        """Return the error that takes the answer's place, if the fault brings one."""
        if self.kind == "status":
            return problem(self.status or 500, self.message or "Server Error", headers=self._wait())
        if self.kind == "secondary-limit":
            text = "You have exceeded a secondary rate limit. Please wait a few minutes."
            return problem(self.status or 403, text, headers=self._wait())
        if self.kind == "primary-limit":
            reset = str(int(now) + (self.retry_after or 0))
            headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset}
            return problem(self.status or 403, "API rate limit exceeded", headers=headers)
        return None

    def _wait(self) -> dict[str, str]:
        """Return the header that says when to come again."""
        return {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
