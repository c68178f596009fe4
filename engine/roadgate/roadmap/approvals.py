"""Who has approved the pull request, and whether that is enough for a Decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from roadgate.model.finding import Severity
from roadgate.model.kinds import Config, default_config
from roadgate.model.kinds.approval import Approval

if TYPE_CHECKING:
    from collections.abc import Mapping

    from roadgate.model.change import Context
    from roadgate.model.roadmap import Roadmap

Answer: TypeAlias = Literal["yes", "no", "unknown", "nobody"]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose approval a Decision needs, and whether it is there."""

    answer: Answer
    """``nobody``: there are not enough people who could give it."""
    whom: str
    """In words: ``1 member of product-leads``."""


@dataclass(frozen=True, slots=True)
class Electorate:
    """Everything that approvals rest on: the judge's Teams and settings, and the pull request."""

    judge: Roadmap | None
    context: Context | None

    @property
    def config(self) -> Config:
        """The configuration of base, else the default."""
        return self.judge.config if self.judge is not None else default_config()

    @property
    def unmet(self) -> Severity:
        """How much it weighs that nobody could give an approval: small groups are let off."""
        presets = self.config.spec.policies.presets
        strict = "recommended" in presets or "strict" in presets
        return Severity.ERROR if strict else Severity.WARNING

    def asked(self, decision_type: str) -> Asked:
        """Whether a new Decision of that type is approved."""
        return self.approved(self._approval(decision_type) or Approval())

    def approved(self, approval: Approval) -> Asked:
        """Whether as many have approved as are asked for."""
        team, count = approval.team, approval.count
        people = f"{count} member{'s' if count > 1 else ''} of {team or 'any Team'}"
        members = self._members(team)
        if self.context is None:
            nobody = self.judge is None and not members
            return Asked("nobody" if nobody else "unknown", people)
        barred = {_login(each) for each in (self.context.author, *self.context.authors)}
        electors = members - barred
        if len(electors) < count:
            return Asked("nobody", people)
        return Asked("yes" if len(electors & approvers(self.context)) >= count else "no", people)

    def _approval(self, decision_type: str) -> Approval | None:
        approvals = self.config.spec.approvals
        field = "continue_" if decision_type == "continue" else decision_type
        found: Approval | None = getattr(approvals, field, None)
        return found

    def _members(self, team: str | None) -> frozenset[str]:
        """The logins of a team as base knows it.

        A team that base does not declare is taken as the forge knows it, without its bots.
        """
        teams = _teams(self.judge)
        if team is None:
            return frozenset().union(*teams.values())
        if team in teams:
            return teams[team]
        known = self.context.teams.get(team, ()) if self.context is not None else ()
        return frozenset(_login(each) for each in known if not each.endswith("[bot]"))


def approvers(context: Context) -> frozenset[str]:
    """Who approves this head: of each person the last review that is more than a comment counts."""
    last = {_login(each.by): each for each in context.reviews if each.state != "commented"}
    return frozenset(
        by
        for by, review in last.items()
        if review.state == "approved" and review.commit == context.head
    )


def _teams(judge: Roadmap | None) -> Mapping[str, frozenset[str]]:
    teams = judge.teams.values() if judge is not None else ()
    return {
        each.name: frozenset(
            _login(member.github) for member in each.body.spec.members if member.github
        )
        for each in teams
    }


def _login(handle: str) -> str:
    """GitHub compares logins without case."""
    return handle.removeprefix("@").lower()
