"""What a change would do to the judge itself: settings, bindings and policies of the base."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from roadgate.model.canonical import text
from roadgate.model.change import JudgeChange
from roadgate.model.packs import spread
from roadgate.roadmap.bindings import FOR, bindings_of
from roadgate.roadmap.differences import Difference, differences
from roadgate.roadmap.house import policy_changes
from roadgate.roadmap.rosters import logins, team_changes
from roadgate.roadmap.rules import ENFORCEMENT, SEVERITY, since
from roadgate.roadmap.weights import Weight, numbers, rank, ranked

if TYPE_CHECKING:
    from roadgate.model.document import Data
    from roadgate.model.kinds import Config
    from roadgate.model.packs import Packs
    from roadgate.roadmap.decisions import Register
    from roadgate.roadmap.identity import Entries
    from roadgate.roadmap.rules import Rules

_JUDGING = (
    "paths",
    "ignore",
    "measurements",
    "policies",
    "approvals",
    "calendar",
    "connections",
    "limits",
)
_CONFIG = "roadgate.yaml"
_BOUND = "policies.bindings."
_BINDINGS = f"spec.{_BOUND}"
_ORDER = "order"
_PRESETS = ("none", "essential", "recommended", "strict")


def judge_changes(
    base: Config, proposed: Config, sides: tuple[Entries, Entries], rules: Rules
) -> list[JudgeChange]:
    """Every setting, policy and Team that head would judge by otherwise, once it is merged.

    What is not known to be as strict as before counts as weaker.
    """
    presets = (base.spec.policies.presets, proposed.spec.policies.presets)
    bound = partial(_binding, rules.with_house(*sides), presets)
    changes = []
    called = _team_names(sides[1])
    packs = rules.packs
    asks = partial(_asks_more, logins(sides[1]))
    for each in differences(_judging(base, proposed, packs), _judging(proposed, base, packs)):
        binds = each.field.startswith(_BOUND) and each.field not in _FIELDS
        weigh = bound if binds else _setting
        effect = "neutral" if _is_same_team(each, called) else weigh(each)
        effect = "stronger" if effect == "weaker" and asks(each) else effect
        changes.append(
            JudgeChange(
                f"spec.{each.field}", effect, *each.texts, at=_place(each.field, proposed, packs)
            )
        )
    return [*changes, *policy_changes(*sides, rules.idle), *team_changes(base, *sides)]


def roots_left(folders: Collection[str]) -> Iterator[JudgeChange]:
    """A folder that becomes a project of its own takes what base governs in it out of the roots."""
    for folder in sorted(folders):
        name = folder.rstrip("/")
        yield JudgeChange("spec.paths", "weaker", name, f"{name}/{_CONFIG}", at="spec.paths")


def lost(change: JudgeChange) -> JudgeChange:
    """The change of a setting that leaves something out: a lower limit is no stricter then."""
    reads = change.what.startswith(("spec.limits", "spec.paths", "spec.ignore"))
    return replace(change, effect="weaker") if reads else change


def decided(change: JudgeChange, register: Register, ids: Mapping[str, str]) -> JudgeChange:
    """The change, with the new Decision of type relax that names it, if there is one."""
    if change.effect not in ("weaker", "watched"):
        return change
    naming = [
        each
        for each in register.brought
        if not each.problem
        and each.sanction.type == "relax"
        and _named(each.sanction.concerns) & _names(change.what, ids)
    ]
    best = register.best(naming)
    if best is None:
        return change
    return replace(change, decision=best.name, approval=best.approval)


def _named(concerns: Mapping[str, str]) -> set[str | None]:
    return {concerns.get("config"), concerns.get("policy")} - {None}


def _judging(config: Config, other: Config, packs: Packs) -> dict[str, Data]:
    """What of a configuration judges, told so that it can be held against ``other``."""
    spec = config.spec.model_dump(mode="json", by_alias=True, exclude_none=True)
    judging = {key: spec[key] for key in _JUDGING}
    mine, theirs = bindings_of(config, packs), bindings_of(other, packs)
    order: Data = [each for each in mine.scoped if each in theirs.scoped]
    judging["policies"]["bindings"] = {**mine.beside(theirs), _ORDER: order}
    return judging


def _setting(change: Difference) -> Weight:
    if change.field in _FIELDS:
        return _FIELDS[change.field](change)
    return _PARTS.get(change.field.partition(".")[0], _weaker)(change)


def _weaker(_: Difference) -> Weight:
    return "weaker"


def _ignored(change: Difference) -> Weight:
    return _weigh(_kept(change.after, change.before), _kept(change.before, change.after))


def _calendar(change: Difference) -> Weight:
    """Days on which nothing is asked: more of them is weaker. A zone has no order."""
    return _ignored(change) if change.field == "calendar.freeze" else "weaker"


def _roots(change: Difference) -> Weight:
    return _weigh(_kept(change.before, change.after), _kept(change.after, change.before))


def _presets(change: Difference) -> Weight:
    return ranked(_PRESETS, _highest(change.before), _highest(change.after))


def _connection(change: Difference) -> Weight:
    return "neutral" if change.before is None else "weaker"


def _approval(change: Difference) -> Weight:
    if change.field.endswith(".count"):
        return numbers(change.before, change.after, higher_is_stricter=True)
    after = change.after if isinstance(change.after, Mapping) else {}
    more = change.before is None and "team" not in after and after.get("count") != 1
    return "stronger" if more else "weaker"


def _asks_more(teams: Mapping[str, Collection[str]], change: Difference) -> bool:
    """Whether an approval that anybody could give is now given by a Team, which can give it."""
    if not change.field.startswith("approvals.") or change.before is not None:
        return False
    if change.field.endswith(".team"):
        return bool(teams.get(str(change.after)))
    after = change.after if isinstance(change.after, Mapping) else {}
    count = int(text(after.get("count")) or 1)
    return len(teams.get(str(after.get("team")), ())) >= count


def _team_names(head: Entries) -> dict[str, str]:
    """What Teams are called in head, by their former names."""
    teams = (entry for ref, entry in head.items() if ref.kind == "Team")
    return {name: entry.ref.name for entry in teams for name in entry.names}


def _is_same_team(change: Difference, called: Mapping[str, str]) -> bool:
    """Whether an approval only calls its Team by the name that it has now."""
    field = change.field
    if not (field.startswith("approvals.") and field.endswith(".team")):
        return False
    was, now = change.texts
    return was is not None and called.get(was) == now


def _limit(change: Difference) -> Weight:
    return numbers(change.before, change.after, higher_is_stricter=False)


_FIELDS: Mapping[str, Callable[[Difference], Weight]] = {
    "paths.roadmap": _roots,
    "paths.policies": _roots,
    "policies.presets": _presets,
    f"{_BOUND}{_ORDER}": _weaker,
}


def _place(field: str, proposed: Config, packs: Packs) -> str:
    """Where a setting stands: bindings are a list, whose entries go by their policy or pack."""
    if not field.startswith(_BOUND):
        return f"spec.{field}"
    called, dot, rest = field.removeprefix(_BOUND).partition(".")
    policy = called.partition(FOR)[0]
    bindings = proposed.spec.policies.bindings
    of_pack = [each.binding.pack for each in spread(bindings, packs) if each.policy == policy]
    name = policy if not of_pack or None in of_pack else of_pack[0]
    return f"spec.policies.bindings[{name}]{dot}{rest}"


def _binding(rules: Rules, presets: tuple[Data, Data], change: Difference) -> Weight:
    called, _, field = change.field.removeprefix(_BOUND).partition(".")
    policy = called.partition(FOR)[0]
    if not field:
        return rules.binding(policy, (change.before, change.after), presets)
    if field == "enforcement":
        own = rules.enforcement(policy)
        return ranked(ENFORCEMENT, change.before or own, change.after or own)
    if field == "severity":
        own = rules.severity(policy)
        return ranked(SEVERITY, change.before or own, change.after or own)
    if field == "from":
        return since(change.before, change.after)
    if field.startswith("params."):
        name = field.removeprefix("params.")
        return rules.parameter(policy, name, change.before, change.after)
    return "neutral" if field == "because" else "weaker"


_PARTS: Mapping[str, Callable[[Difference], Weight]] = {
    "ignore": _ignored,
    "calendar": _calendar,
    "connections": _connection,
    "approvals": _approval,
    "limits": _limit,
}


def _names(what: str, ids: Mapping[str, str]) -> set[str | None]:
    """What a Decision may call it: the field or any field that holds it, the policy or its id."""
    steps = what.split(".")
    paths = {".".join(steps[:end]) for end in range(2, len(steps) + 1)}
    bound = (
        what.removeprefix(_BINDINGS).partition(".")[0].partition(FOR)[0]
        if what.startswith(_BINDINGS)
        else None
    )
    return {what, *paths, bound, ids.get(what)} - {None}


def _kept(part: Data, whole: Data) -> bool:
    """Whether every entry of one list is in the other."""
    return set(_texts(part)) <= set(_texts(whole))


def _texts(value: Data) -> tuple[str, ...]:
    listed = isinstance(value, Sequence) and not isinstance(value, str)
    return tuple(map(str, value)) if listed and isinstance(value, Sequence) else ()


def _weigh(*as_strict: bool) -> Weight:
    """From whether nothing is lost, and whether nothing is added."""
    keeps, adds_nothing = as_strict
    if not keeps:
        return "weaker"
    return "neutral" if adds_nothing else "stronger"


def _highest(presets: Data) -> str:
    return max(("none", *_texts(presets)), key=lambda each: rank(_PRESETS, each))
