"""``groupBy``: by which field the resources of a portfolio policy are grouped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.evaluate.environment import base_types, display_name
from roadgate.evaluate.field_paths import SCALARS, field_at
from roadgate.evaluate.hints import suggestion
from roadgate.model.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHORT = {
    "owner": ("metadata.owner",),
    "metric": ("spec.successCriteria.metric", "spec.metrics"),
    "persona": ("spec.personas",),
    "service": ("spec.services",),
}
_REFERENCES = {
    "owner": "Team",
    "goal": "Goal",
    "parent": "Goal",
    "metric": "Metric",
    "metrics": "Metric",
    "persona": "Persona",
    "personas": "Persona",
    "service": "Service",
    "services": "Service",
    "initiative": "Initiative",
    "initiatives": "Initiative",
    "supports": "Initiative",
    "evidence": "Evidence",
}


def group_path(kind: str, group_by: str) -> str:
    """The field that ``groupBy`` means: ``metadata.owner`` for ``owner``.

    Raises:
        ValueError: the kind has no such field, or it holds no plain value.
    """
    problems = []
    for path in _candidates(group_by):
        problem = _problem(kind, path)
        if problem is None:
            return path
        problems.append(problem)
    if "." in group_by:
        raise ValueError(problems[0])
    types = base_types().fields
    own = {} if kind in KINDS else types.get(kind, {})
    known = [
        *_SHORT,
        *types.get(f"{kind}Spec", {}),
        *(each.written or name for name, each in own.items()),
    ]
    usable = [each for each in known if any(_problem(kind, p) is None for p in _candidates(each))]
    raise ValueError(
        f"{display_name(kind)} cannot be grouped by '{group_by}'{suggestion(group_by, usable)}"
    )


def referenced(path: str) -> str | None:
    """The kind that the values at a path name, if they are references."""
    return _REFERENCES.get(path.rpartition(".")[2])


def _candidates(group_by: str) -> Iterator[str]:
    if "." in group_by:
        yield group_by
        return
    yield from _SHORT.get(group_by, ())
    yield f"spec.{group_by}"
    yield f"metadata.{group_by}"
    yield group_by  # of a custom kind


def _problem(kind: str, path: str) -> str | None:
    """What is wrong with a path; None when it leads to plain values."""
    try:
        field = field_at(kind, path)
    except ValueError as error:
        return str(error)
    last = path.rpartition(".")[2]
    if field is not None and field.shape == "map":
        return f"'{path}' names no entry of '{last}', such as {last}.area"
    return None if field is not None and field.name in SCALARS else f"'{path}' holds no plain value"
