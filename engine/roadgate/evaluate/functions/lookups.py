"""Functions about the roadmap: what exists, what the verdicts say, who waits for whom."""

from __future__ import annotations

from functools import partial
from typing import Any

from roadgate.evaluate.fields import FieldType
from roadgate.evaluate.functions.declared import ANY, HostFunction
from roadgate.evaluate.functions.host import ask
from roadgate.evaluate.views import (
    APPROVALS,
    CRITERION_VERDICTS,
    HOLD_VERDICTS,
    KILL_VERDICTS,
    NO_VERDICT,
    chosen,
)
from roadgate.model.kinds import KINDS

_STRING, _INT, _DOUBLE, _BOOL = (FieldType(name) for name in ("string", "int", "double", "bool"))
_STRINGS = FieldType("string", "list")
_INITIATIVES = FieldType("Initiative", "list")
_lookup = ask("lookup")


def _named(kind: str) -> str:
    """``Initiative`` is looked up by ``initiative()``."""
    return kind[:1].lower() + kind[1:]


def _of_kind(kind: str) -> HostFunction:
    implementation: Any = partial(_lookup, kind)
    return HostFunction(
        _named(kind),
        (_STRING,),
        FieldType(kind),
        implementation,
        f"the {kind} of that name, or former name; an error when there is none",
        f"!exists('{kind}', 'x') || {_named(kind)}('x').metadata.name == 'x'",
        arguments=("name",),
    )


LOOKUP_FUNCTIONS = (
    *(_of_kind(kind) for kind in KINDS),
    HostFunction(
        "lookup",
        (_STRING, _STRING),
        ANY,
        ask("lookup"),
        "the resource of any kind, also of a custom one; its fields are checked when it runs only",
        "lookup('Team', 'platform-core').spec.capacity == 24.0",
        arguments=("kind", "name"),
    ),
    HostFunction(
        "exists",
        (_STRING, _STRING),
        _BOOL,
        ask("exists"),
        "whether there is a resource of that name, or former name",
        "exists('Team', 'platform-core') && !exists('Team', 'nobody')",
        arguments=("kind", "name"),
    ),
    HostFunction(
        "verdict",
        (_STRING,),
        chosen((*CRITERION_VERDICTS, NO_VERDICT)),
        ask("verdict"),
        "an initiative's verdict, such as `met`, `missed`, `no-data`; `none` without criteria",
        "verdict('rollback-button') == 'none'",
        arguments=("initiative",),
    ),
    HostFunction(
        "verdict",
        (_STRING, _STRING),
        chosen((*CRITERION_VERDICTS, *HOLD_VERDICTS, *KILL_VERDICTS, NO_VERDICT)),
        ask("item_verdict"),
        "the verdict of one criterion, guardrail or threshold, by its id",
        "verdict('faster-ci', 'ci-duration') == 'no-data'",
        arguments=("initiative", "id"),
    ),
    HostFunction(
        "killVerdict",
        (_STRING,),
        chosen((*KILL_VERDICTS, NO_VERDICT)),
        ask("kill_verdict"),
        "the verdict of an initiative's thresholds, such as `triggered`; `none` without any",
        "killVerdict('rollback-button') == 'none'",
        arguments=("initiative",),
    ),
    HostFunction(
        "approvedBy",
        (_STRING,),
        chosen(APPROVALS),
        ask("approved_by"),
        "whether somebody in the Team, as base knows it, has approved this head of the pull "
        "request: `yes`, `no`, or `unknown` without a context file",
        "approvedBy('platform-core') == 'unknown'",
        arguments=("team",),
    ),
    HostFunction(
        "quarter",
        (_STRING,),
        _STRING,
        ask("quarter"),
        "the quarter of a day, by `calendar.quarterStart`, named after the year in which the first "
        "one began",
        "quarter('2026-08-15') == '2026-Q3'",
        arguments=("day",),
    ),
    HostFunction(
        "quarters",
        (_STRING, _STRING),
        _STRINGS,
        ask("quarters"),
        "every quarter from one day to another; at most 400",
        "quarters('2026-12-31', '2027-01-01') == ['2026-Q4', '2027-Q1']",
        arguments=("from", "to"),
    ),
    HostFunction(
        "demand",
        (_STRING, _STRING),
        _DOUBLE,
        ask("demand"),
        "the person-months that the Team's open commitments (`now`, proposed or active) take in a "
        "quarter: each effort spread evenly from `committed` to the last milestone, else the last "
        "deadline, else over 92 days; an error when one has no `rice`",
        "demand('platform-core', '2026-Q1') > 0.0",
        arguments=("team", "quarter"),
    ),
    HostFunction(
        "openInitiatives",
        (),
        _INT,
        ask("open_initiatives"),
        "how many initiatives are in `next` and `now`, and neither shipped nor killed: a whole to "
        "compare a group with",
        "openInitiatives() > 0",
    ),
    HostFunction(
        "topByRice",
        (_INITIATIVES, _INT),
        _INITIATIVES,
        ask("top_by_rice"),
        "the n initiatives with the highest RICE, compared exactly, highest first; those without "
        "are left out",
        "roadmap.initiatives.topByRice(1)[0].metadata.name == 'faster-ci'",
        is_member=True,
        arguments=("", "n"),
        reads=frozenset({"metadata", "name"}),
    ),
    HostFunction(
        "dependencies",
        (_STRING,),
        _STRINGS,
        ask("dependencies"),
        "the names of all initiatives that must come before this one, nearest first",
        "dependencies('faster-ci') == ['remote-cache']",
        arguments=("initiative",),
    ),
    HostFunction(
        "path",
        (_STRING, _STRING),
        _STRINGS,
        ask("path"),
        "a shortest way from an initiative to one that it depends on, both included; empty where "
        "there is none",
        "path('faster-ci', 'remote-cache') == ['faster-ci', 'remote-cache']",
        arguments=("from", "to"),
    ),
    HostFunction(
        "cycles",
        (),
        _STRINGS,
        ask("cycles"),
        "a text such as `a → b → a` for each circle of initiatives that wait for one another",
        "cycles().size() == 0",
    ),
)
