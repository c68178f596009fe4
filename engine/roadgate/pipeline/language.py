"""The page of the reference about the language of policies: its functions, and every field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.evaluate.environment import base_types, display_name
from roadgate.evaluate.functions.declared import written
from roadgate.evaluate.functions.table import DIALECT, HOST_FUNCTIONS
from roadgate.model.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadgate.evaluate.fields import FieldType
    from roadgate.evaluate.functions.declared import HostFunction

_HEAD = f"""\
# The language of policies

<!-- Generated from engine/roadgate/evaluate by `make generated`. -->

Dialect {DIALECT}: [CEL](https://cel.dev), its strings extension, and the functions of this page.
[Policies](policies.md) says what an expression may name, and what absence means;
[Write a policy](../how-to/write-a-policy.md) goes through one step by step.
The dialect is pinned by `tests/cases/cel-conformance.yaml`: each expression there keeps its value,
or the dialect gets a new number.

## Of CEL itself

| what | how |
|---|---|
| logic | `&&`, `\\|\\|`, `!`, `condition ? a : b` |
| comparison | `==`, `!=`, `<`, `<=`, `>`, `>=`, `in` |
| numbers | `+`, `-`, `*`, `/`, `%`; an int meets a double after `double(x)` or `int(x)` |
| presence | `has(resource.spec.goal)` |
| lists and maps | `size(list)`, `list[0]`, `map['key']`, `list.all(x, …)`, `exists`, \
`exists_one`, `filter`, `map` |
| texts | `contains`, `startsWith`, `endsWith`, `matches` (RE2), `size` |
| strings extension | `charAt`, `format`, `indexOf`, `join`, `lastIndexOf`, `lowerAscii`, \
`quote`, `replace`, `reverse`, `split`, `substring`, `trim`, `upperAscii` |
| types | `bool`, `double`, `int`, `string`, `dyn` |

`'%s of %d, %.1f'.format([…])` takes as many values as it has places: `%s` anything,
`%d` a whole number, `%.1f` a number with one digit behind the point, `%%` a percent sign.

Evaluation ends after 10,000 steps of loops, and has no clock, no network and no randomness.

## Functions

A is any type: what goes in comes out. A field is written as a path, such as
`'spec.successCriteria.metric'`; lists on the way are gone through.
"""
_FIELDS = """\
## Fields

A field that is *always* there needs no `has()`.
What stands in quotes are the only texts that the field can have: a comparison with another one is
an error when the policy is loaded.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *_functions(), "", _FIELDS, *map(_fields, _reachable())])


def _reachable() -> list[str]:
    """Every type that an expression can come to: the kinds with their parts, then the rest."""
    types = base_types().fields
    found: dict[str, None] = {}
    waiting = [*KINDS, "Roadmap", "Verdicts", "Change", "FieldChange"]
    while waiting:
        name = waiting.pop(0)
        if name not in found and types.get(name):
            found[name] = None
            waiting = [*(each.name for each in types[name].values()), *waiting]
    return list(found)


def _functions() -> Iterator[str]:
    yield "| function | meaning | true |"
    yield "|---|---|---|"
    several: dict[str, list[HostFunction]] = {}
    for each in HOST_FUNCTIONS:
        several.setdefault(each.name, []).append(each)
    for overloads in several.values():
        for each in overloads:
            cells = (f"`{each.signature}`", each.meaning, f"`{each.example}`")
            yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _fields(name: str) -> str:
    rows = [_row(field, kind) for field, kind in base_types().fields[name].items()]
    return "\n".join(
        [f"### {display_name(name)}", "", "| field | type | |", "|---|---|---|", *rows, ""]
    )


def _row(field: str, kind: FieldType) -> str:
    name = display_name(written(kind)) if kind.shape == "one" else written(kind)
    choices = ", ".join(f"'{each}'" for each in kind.choices)
    always = "always" if kind.shape == "one" and not kind.optional else ""
    return f"| `{field}` | {name} | {choices or ''}{'; ' if choices and always else ''}{always} |"
