"""Paths of ``roadgate.yaml`` that Decisions name, such as ``spec.policies.presets``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args, get_origin

from pydantic import BaseModel

from roadgate.model.kinds import KINDS, Config
from roadgate.model.suggest import advice

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

_STEPS = re.compile(r"[.\[]")
_RESOURCE = re.compile(r"(?P<kind>[A-Za-z]+)/[^/.]+")


def config_problem(path: str) -> tuple[str, str] | None:
    """What is wrong with what ``concerns.config`` names, and what to do; None if nothing is.

    It is a path of the settings, or ``Kind/name`` of another part of what judges; what a list or
    a map holds is for its author to name.
    """
    resource = _RESOURCE.fullmatch(path)
    if resource is not None:
        kind = resource["kind"]
        if kind in KINDS:
            return None
        return f"there is no kind '{kind}'", advice(kind, KINDS, otherwise="")
    if "/" in path:
        return None
    model: type[BaseModel] | None = Config
    so_far: list[str] = []
    for step in _STEPS.split(path):
        if model is None:
            return None
        fields = {each.alias or name: each for name, each in model.model_fields.items()}
        if step not in fields:
            where = f"'{'.'.join(so_far)}' of roadgate.yaml" if so_far else "roadgate.yaml"
            return f"{where} has no field '{step}'", _meant(step, fields, so_far)
        so_far.append(step)
        model = _inner(fields[step])
    return None


def _meant(step: str, fields: dict[str, FieldInfo], so_far: list[str]) -> str:
    spec = _inner(Config.model_fields["spec"])
    if not so_far and spec is not None and step in spec.model_fields:
        return f"write 'spec.{step}'"
    return advice(step, fields, otherwise="name a field of the settings")


def _inner(field: FieldInfo) -> type[BaseModel] | None:
    """The model that a field holds; None where it holds a list, a map or a plain value."""
    for each in (field.annotation, *get_args(field.annotation)):
        if get_origin(each) is None and isinstance(each, type) and issubclass(each, BaseModel):
            return each
        if get_origin(field.annotation) in (tuple, dict):
            return None
    return None
