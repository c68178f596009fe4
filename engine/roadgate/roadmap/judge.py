"""What a change would do to the judge itself: settings, bindings and policies of the base."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from roadgate.model.change import JudgeChange
from roadgate.model.finding import Finding, Severity, Status
from roadgate.model.source import ResourceRef, Span
from roadgate.roadmap.differences import Difference, differences

if TYPE_CHECKING:
    from roadgate.model.document import Data
    from roadgate.model.kinds import Config
    from roadgate.roadmap.decisions import Brought
    from roadgate.roadmap.identity import Entries

Weight: TypeAlias = Literal["weaker", "stronger", "neutral"]
CONFIG_FILE = "roadgate.yaml"
_JUDGING = ("paths", "ignore", "measurements", "policies", "approvals", "connections", "limits")
_BINDINGS = "spec.policies.bindings."
_PRESETS = ("none", "essential", "recommended", "strict")
_SEVERITY = ("notice", "warning", "error")
_ENFORCEMENT = ("disabled", "advisory", "overridable", "mandatory")
_WORDS = (
    "rationale",
    "examples",
    "message",
    "messageExpression",
    "fix",
    "fixExpression",
    "because",
)


def judge_changes(
    base: Config, proposed: Config, policies: tuple[Entries, Entries]
) -> list[JudgeChange]:
    """Every setting and policy that head would judge by otherwise, once it is merged.

    What is not known to be as strict as before counts as weaker.
    """
    settings = differences(_judging(base), _judging(proposed))
    changes = [_change(f"spec.{each.field}", each, _setting(each)) for each in settings]
    return changes + list(_policy_changes(*policies))


def decided(change: JudgeChange, brought: Sequence[Brought], ids: Mapping[str, str]) -> JudgeChange:
    """The change, with the approved Decision of type relax that names it, if there is one."""
    if change.effect != "weaker":
        return change
    for each in brought:
        concerns = each.sanction.concerns
        named = {concerns.get("config"), concerns.get("policy")} - {None}
        relaxes = each.sanction.type == "relax" and each.known.counts
        if relaxes and named & _names(change.what, ids):
            return replace(change, decision=each.sanction.name)
    return change


def judge_findings(changes: Iterable[JudgeChange]) -> Iterator[Finding]:
    """An error for what becomes weaker without a Decision, a notice for what becomes stricter."""
    for each in changes:
        moved = f"from '{each.before or 'nothing'}' to '{each.after or 'nothing'}'"
        kind, _, name = each.what.partition("/")
        ref = ResourceRef(kind, name) if name else None
        where = None if ref is not None else Span(CONFIG_FILE, 1, 1, 1, 1)
        if each.effect == "weaker" and each.decision is None:
            yield Finding(
                "RG044",
                Severity.ERROR,
                f"the change weakens what judges: '{each.what}' goes {moved}",
                "restore it, or record a Decision of type relax with "
                f"concerns: {{config: '{each.what}'}} and have it approved",
                resource=ref,
                location=where,
            )
        elif each.effect != "neutral":
            yield Finding(
                "RG044",
                Severity.NOTICE,
                f"what judges changes with the merge: '{each.what}' goes {moved}",
                status=Status.PREVIEW,
                resource=ref,
                location=where,
            )


def policy_ids(policies: Entries) -> dict[str, str]:
    """The id of each policy, by ``Policy/name``."""
    found = {}
    for ref, entry in policies.items():
        spec = entry.data.get("spec")
        if ref.kind == "Policy" and isinstance(spec, Mapping):
            found[str(ref)] = str(spec.get("id", ""))
    return found


def _judging(config: Config) -> dict[str, Data]:
    spec = config.spec.model_dump(mode="json", by_alias=True, exclude_none=True)
    judging = {key: spec[key] for key in _JUDGING}
    bindings: list[dict[str, Data]] = judging["policies"]["bindings"]
    judging["policies"]["bindings"] = {str(each["policy"]): each for each in bindings}
    return judging


def _setting(change: Difference) -> Weight:
    if change.field in _FIELDS:
        return _FIELDS[change.field](change)
    return _PARTS.get(change.field.partition(".")[0], _weaker)(change)


def _weaker(_: Difference) -> Weight:
    return "weaker"


def _ignored(change: Difference) -> Weight:
    return _weigh(_kept(change.after, change.before), _kept(change.before, change.after))


def _roots(change: Difference) -> Weight:
    return _weigh(_kept(change.before, change.after), _kept(change.after, change.before))


def _presets(change: Difference) -> Weight:
    return _ranked(_PRESETS, _highest(change.before), _highest(change.after))


def _connection(change: Difference) -> Weight:
    return "neutral" if change.before is None else "weaker"


def _approval(change: Difference) -> Weight:
    if change.field.endswith(".count"):
        return _number(change.before, change.after, higher_is_stricter=True)
    after = change.after if isinstance(change.after, Mapping) else {}
    more = change.before is None and "team" not in after and after.get("count") != 1
    return "stronger" if more else "weaker"


def _limit(change: Difference) -> Weight:
    return _number(change.before, change.after, higher_is_stricter=False)


_FIELDS: Mapping[str, Callable[[Difference], Weight]] = {
    "paths.roadmap": _roots,
    "paths.policies": _roots,
    "policies.presets": _presets,
}


def _binding(change: Difference) -> Weight:
    before, after = change.before, change.after
    field = change.field.removeprefix("policies.bindings.")
    last = field.rpartition(".")[2]
    if "." not in field:
        plain = isinstance(after, Mapping) and before is None and not after.get("params")
        strict = isinstance(after, Mapping) and after.get("enforcement") == "mandatory"
        spares = isinstance(after, Mapping) and "from" in after
        return "stronger" if plain and strict and not spares else "weaker"
    if last == "enforcement":
        return _ranked(_ENFORCEMENT, before, after)
    if last == "from":
        earlier = before is not None and (after is None or str(after) < str(before))
        return "stronger" if earlier else "weaker"
    return "neutral" if last in _WORDS else "weaker"


_PARTS: Mapping[str, Callable[[Difference], Weight]] = {
    "ignore": _ignored,
    "policies": _binding,
    "connections": _connection,
    "approvals": _approval,
    "limits": _limit,
}


def _policy_changes(base: Entries, head: Entries) -> Iterator[JudgeChange]:
    for ref in sorted(each for each in {*base, *head} if each.kind == "Policy"):
        old, new = base.get(ref), head.get(ref)
        if old is None or new is None:
            effect: Weight = "stronger" if old is None else "weaker"
            yield JudgeChange(
                str(ref), effect, None if old is None else "there", None if new is None else "there"
            )
            continue
        found = list(differences(old.data, new.data))
        weights = {_policy_field(each) for each in found}
        if found:
            worst = next(each for each in ("weaker", "stronger", "neutral") if each in weights)
            shown = next(each for each in found if _policy_field(each) == worst)
            yield _change(str(ref), shown, worst)


def _policy_field(change: Difference) -> Weight:
    last = change.field.rpartition(".")[2]
    if change.field.startswith("metadata.") or last in _WORDS:
        return "neutral"
    if change.field == "spec.severity":
        return _ranked(_SEVERITY, change.before or "error", change.after or "error")
    if change.field == "spec.enforcement":
        return _ranked(_ENFORCEMENT, change.before or "overridable", change.after or "overridable")
    return "weaker"


def _change(what: str, difference: Difference, effect: Weight) -> JudgeChange:
    return JudgeChange(what, effect, *difference.texts)


def _names(what: str, ids: Mapping[str, str]) -> set[str | None]:
    """What a Decision may call it: the field or any field that holds it, the policy or its id."""
    steps = what.split(".")
    paths = {".".join(steps[:end]) for end in range(2, len(steps) + 1)}
    bound = what.removeprefix(_BINDINGS).partition(".")[0] if what.startswith(_BINDINGS) else None
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
    return max(("none", *_texts(presets)), key=lambda each: _rank(_PRESETS, each))


def _ranked(order: Sequence[str], before: Data, after: Data) -> Weight:
    was, now = _rank(order, before), _rank(order, after)
    if now == was and before == after:
        return "neutral"
    return "stronger" if was >= 0 and now > was else "weaker"


def _rank(order: Sequence[str], value: Data) -> int:
    return order.index(value) if isinstance(value, str) and value in order else -1


def _number(before: Data, after: Data, *, higher_is_stricter: bool) -> Weight:
    if not isinstance(after, int) or (before is not None and not isinstance(before, int)):
        return "weaker"
    if before is None:
        return "stronger" if not higher_is_stricter else "weaker"
    return "stronger" if (after > before) == higher_is_stricter else "weaker"
