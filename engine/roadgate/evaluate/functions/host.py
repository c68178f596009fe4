"""What the functions about the roadmap ask: the run that is evaluating, and no other state.

The library binds functions to an environment, which outlives a run. So a run puts what it knows
here while it evaluates, and takes it away again: the same inputs still give the same output.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Protocol

from roadgate.model.errors import InternalError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Host(Protocol):
    """The questions; what does not exist raises ValueError, which is an error of the policy."""

    def lookup(self, kind: str, name: str) -> Any:  # noqa: ANN401 (a message)
        """The resource of a name, or of a former one."""

    def exists(self, kind: str, name: str) -> bool:
        """Whether there is such a resource."""

    def verdict(self, initiative: str) -> str:
        """Its verdict, or ``none``."""

    def item_verdict(self, initiative: str, item: str) -> str:
        """The verdict of one of its criteria, guardrails or thresholds."""

    def kill_verdict(self, initiative: str) -> str:
        """The verdict of its thresholds, or ``none``."""

    def named(self, resources: list[Any]) -> str:
        """Their names for a message: five at most, then how many more."""

    def approved_by(self, team: str) -> str:
        """Whether somebody in the team has approved the change: yes, no, unknown."""

    def quarter(self, day: str) -> str:
        """The quarter of a day."""

    def quarters(self, start: str, end: str) -> list[str]:
        """Every quarter from one day to another."""

    def demand(self, team: str, quarter: str) -> float:
        """The person-months that a team's commitments take in a quarter."""

    def open_initiatives(self) -> int:
        """How many are in next and now, and neither shipped nor killed."""

    def top_by_rice(self, initiatives: list[Any], count: int) -> list[Any]:
        """Those with the highest scores, highest first."""

    def dependencies(self, initiative: str) -> list[str]:
        """Everything that must come before it."""

    def path(self, start: str, end: str) -> list[str]:
        """How one initiative depends on another."""

    def cycles(self) -> list[str]:
        """Circles of initiatives that wait for one another."""


_HOST: ContextVar[Host] = ContextVar("host")
_APPROVED: ContextVar[bool] = ContextVar("approved", default=False)


@contextmanager
def hosting(host: Host) -> Iterator[None]:
    """Answer the functions from ``host`` meanwhile."""
    token = _HOST.set(host)
    try:
        yield
    finally:
        _HOST.reset(token)


@contextmanager
def as_approved() -> Iterator[None]:
    """Answer meanwhile as if every team had approved."""
    token = _APPROVED.set(True)
    try:
        yield
    finally:
        _APPROVED.reset(token)


def is_approved() -> bool:
    """Whether every team is taken to have approved."""
    return _APPROVED.get()


def ask(question: str) -> Callable[..., Any]:
    """A function that puts a question of ``Host`` to whoever answers when it is called."""

    def asked(*arguments: object) -> Any:  # noqa: ANN401 (as the question says)
        host = _HOST.get(None)
        if host is None:
            raise InternalError(f"'{question}' is asked outside a run")
        return getattr(host, question)(*arguments)

    return asked
