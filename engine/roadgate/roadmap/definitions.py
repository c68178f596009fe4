"""What a change would do to KindDefinitions and their schemas, which judge governed files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.model.change import JudgeChange
from roadgate.model.kinds import KindDefinition
from roadgate.model.schemas.engine import takes_no_more
from roadgate.roadmap.weights import Weight, worst

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from roadgate.model.custom import CustomKind


def definition_changes(
    base: Mapping[str, CustomKind], head: Mapping[str, CustomKind]
) -> Iterator[JudgeChange]:
    """Every KindDefinition that would govern otherwise; what is not known as strict is weaker.

    A definition that cannot be used any more governs nothing: it is as good as gone.
    """
    before = {each.definition: each for each in base.values()}
    after = {each.definition: each for each in head.values()}
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        if old is None:
            yield _change(name, "stronger", None, "there", "")
        elif new is None:
            yield _change(name, "weaker", "there", None, "")
        elif old != new:
            yield from _differences(name, old, new)


def _differences(name: str, old: CustomKind, new: CustomKind) -> Iterator[JudgeChange]:
    plain = {
        "kind": (old.name, new.name),
        "format": (old.format, new.format),
        "envelope": (str(old.envelope).lower(), str(new.envelope).lower()),
        "identity": (":".join(old.identity), ":".join(new.identity)),
    }
    for field, (was, now) in plain.items():
        if was != now:
            yield _change(name, "weaker", was, now, f"spec.{field}")
    if old.files != new.files:
        effect = worst(_globs(set(old.files), set(new.files)))
        yield _change(name, effect, ", ".join(old.files), ", ".join(new.files), "spec.files")
    if old.is_usable and not new.is_usable:
        yield _change(name, "weaker", "a schema", "a broken one", "spec.schema")
    elif old.is_usable and old.schema != new.schema:
        yield _change(name, *_schemas(old, new), "spec.schema")


def _globs(old: set[str], new: set[str]) -> Iterator[Weight]:
    """More files are stricter; a glob that takes files away is weaker where it is new."""
    for text in sorted(old ^ new):
        excludes = text.startswith(("!", ":!", ":^", ":(exclude"))
        yield "stronger" if (text in new) != excludes else "weaker"


def _schemas(old: CustomKind, new: CustomKind) -> tuple[Weight, str, str]:
    if not takes_no_more(old.schema, new.schema):
        return "weaker", "the schema", "one that takes what was refused, or may"
    if takes_no_more(new.schema, old.schema):
        return "neutral", "the schema", "other words for the same"
    return "stronger", "the schema", "a stricter one"


def _change(name: str, effect: Weight, was: str | None, now: str | None, at: str) -> JudgeChange:
    return JudgeChange(f"{KindDefinition.KIND}/{name}", effect, was, now, at=at)
