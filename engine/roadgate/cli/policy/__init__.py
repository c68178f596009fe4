"""``roadgate policy``: one file a command."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import click

from roadgate.cli.verbs import Verb, Verbs

if TYPE_CHECKING:
    from collections.abc import Mapping


class _Verbs(Verbs):
    verbs: ClassVar[Mapping[str, Verb]] = {
        "list": Verb("policy.listing", "Every policy: what it is about, and how it is bound here."),
        "test": Verb("policy.testing", "Run the examples of policies, which are their tests."),
        "new": Verb("policy.scaffold", "Start a policy, with examples that come out as they say."),
        "backtest": Verb(
            "policy.backtest", "Say which merged changes policies would have refused."
        ),
        "coverage": Verb("policy.coverage", "Show which rules nothing has put to the test."),
        "diff": Verb("policy.diff", "Say what other policies would do to the roadmap as it is."),
    }


@click.command("policy", cls=_Verbs)
def command() -> None:
    """Look at, test, write and try policies."""
