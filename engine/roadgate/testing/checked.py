"""What the policies said of a scenario; what was not judged is never said to pass."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from roadgate.model.codes import CODES, ROOT_CAUSES
from roadgate.model.finding import Severity, Status
from roadgate.model.suggest import advice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from roadgate.model.finding import Finding

_UNREAD = ROOT_CAUSES | {"RG007", "RG008", "RG009", "RG085", "RG086"}
"""Codes of what is written in a file, and then counts for nothing."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What the policies said."""

    findings: tuple[Finding, ...]
    """Everything that is not set aside by a Decision; of a change, only what it brings."""
    evaluated: Mapping[str, int]
    """How often each policy that applies was evaluated."""
    known: frozenset[str] = frozenset()
    """The ids of every policy that there is."""
    disabled: Mapping[str, str] = field(default_factory=dict)
    """Those that the settings switch off, with the reason."""
    unread: tuple[Finding, ...] = ()
    """What of the files could not be used: nothing is known of it."""
    given: tuple[Finding, ...] = ()
    """The same of what was given, by which the rest is judged."""

    def of(self, policy: str, about: str | None = None) -> tuple[Finding, ...]:
        """What one policy found; ``about`` names a resource.

        Raises:
            LookupError: there is no such policy.
        """
        if policy not in self.known and policy not in CODES:
            raise LookupError(self.not_judged(policy))
        return tuple(
            each
            for each in self.findings
            if each.id == policy
            and (about is None or (each.resource is not None and each.resource.name == about))
        )

    def messages(self, policy: str, about: str | None = None) -> tuple[str, ...]:
        """The messages of what one policy found."""
        return tuple(each.message for each in self.of(policy, about))

    def refuses(self, policy: str, about: str | None = None) -> bool:
        """Whether a policy refuses: it finds an error."""
        return any(each.severity is Severity.ERROR for each in self.of(policy, about))

    def awaits(self, policy: str) -> bool:
        """Whether a policy waits for an approval that nobody has given yet."""
        return any(each.status is Status.UNKNOWN for each in self.of(policy))

    def not_judged(self, policy: str) -> str | None:
        """Why a policy said nothing because nobody asked it; None where it was asked."""
        if policy in CODES:
            return None
        if policy in self.disabled:
            return f"policy {policy} is disabled in the settings: {self.disabled[policy]}"
        if policy not in self.known:
            fix = advice(policy, sorted(self.known), otherwise="")
            return f"there is no policy {policy}; {fix}"
        if policy not in self.evaluated:
            return f"policy {policy} does not apply: no preset or binding of the settings has it"
        if not self.evaluated[policy]:
            return f"policy {policy} matched nothing: nothing was judged"
        return None

    @property
    def passes(self) -> bool:
        """Whether nothing is an error, and every file could be used."""
        return not self.unread and not any(
            each.severity is Severity.ERROR for each in self.findings
        )


def unread(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Of all that is wrong with files, what keeps them from being judged."""
    return tuple(
        each for each in findings if each.severity is Severity.ERROR and each.id in _UNREAD
    )
