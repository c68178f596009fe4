"""Fields in the wrong place: where a kind has a field of that name, or which kind does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from roadgate.load.model_fields import names_at, places_of
from roadgate.model.kinds import KINDS
from roadgate.model.kinds.connections import BY_NAME, is_secret
from roadgate.model.suggest import closest, listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import BaseModel

    from roadgate.load.model_fields import Location

_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2007\u2009\u200b\u202f\u3000"
_CUT_OFF = re.compile(r"[\s()\"'\]=<>&|!]")
"""What stands in the rest of a sentence or an expression, and in no name of a field."""
_FREE = "a field of your own begins with 'x-'"


def belongs(name: str, place: Location, model: type[BaseModel]) -> Location | None:
    """The outer place that a field belongs to which stands at ``place``: ``metadata`` or ``spec``.

    None where the field exists deeper only, or nowhere; or in another number at this place, as
    ``owners`` for ``owner``. What stands deeper than ``spec``, such as a criterion's title, is
    hardly meant for ``metadata``.
    """
    if _in_number(name, names_at(model, place)):
        return None
    for step in ((), ("metadata",), ("spec",)):
        is_far = step == ("metadata",) and len(place) > 1
        if step != place and not is_far and name in names_at(model, step):
            return step
    return None


def meant(name: str, place: Location, model: type[BaseModel]) -> str | None:
    """The field of a place that an unknown one was probably meant to be."""
    return closest(name, names_at(model, place))


def advice(name: str, value: object, path: Location, model: type[BaseModel], kind: str) -> str:
    """What to do about a field that the place of ``path`` does not have."""
    slip = _slip(name, value, model) or _secret(name, path, model)
    if slip is not None:
        return slip
    place, known = path[:-1], names_at(model, path[:-1])
    if (outer := belongs(name, place, model)) is not None:
        return _move(name, outer, place)
    match = meant(name, place, model)
    owner = _owner(name, kind)
    spelt = match is not None and match.lower() == name.lower()
    if match is not None and (owner is None or spelt or _in_number(name, [match])):
        return f"did you mean '{match}'?"
    if match is None and (inner := _deeper(name, place, model)) is not None:
        return f"'{name}' belongs under '{inner}': move it there"
    if owner is not None:
        guess = f", or did you mean '{match}'?" if match else ""
        return f"'{name}' is a field of the kind {owner}: delete it here{guess}"
    return f"fields here: {listed(sorted(known))}; {_FREE}" if known else _FREE


def _slip(name: str, value: object, model: type[BaseModel]) -> str | None:
    """A name that is none, because of how the line is typed."""
    bare = name.strip(_SPACES + " ")
    if bare != name and bare in {*names_at(model, ()), *names_at(model, ("spec",))}:
        return f"delete the special spaces around '{bare}' and type plain ones"
    if name.isdecimal() and value is None:
        return "write decimals with a point, such as 1.5: a comma begins another field here"
    if value is None and _CUT_OFF.search(name):
        return (
            "a comma ends a text between { and }: put the whole text in quotes, the part before "
            "this one too"
        )
    if name == "<<":
        return "write the fields out: YAML 1.2 has no '<<'"
    return None


def _secret(name: str, path: Location, model: type[BaseModel]) -> str | None:
    """A secret where metrics come from: it is for the environment, and not for a file."""
    if not {"connections", "source"} & {*path[:-1]} or not is_secret(name):
        return None
    variable = next((each for each in names_at(model, path[:-1]) if each.endswith("Env")), None)
    instead = f"write '{variable}' and that of a variable" if variable else "delete it here"
    return f"{BY_NAME}: {instead}, and revoke what stood here"


def _in_number(name: str, known: Iterable[str]) -> bool:
    """Whether one of the known names is this one in the plural, or the other way round."""
    return bool({f"{name}s", name.removesuffix("s")} & {*known} - {name})


def _owner(name: str, kind: str) -> str | None:
    """Another kind that has a field of this name."""
    others = ((each, model) for each, model in KINDS.items() if each != kind)
    return next((each for each, model in others if name in names_at(model, ("spec",))), None)


def _deeper(name: str, place: Location, model: type[BaseModel]) -> str | None:
    """Where the kind itself has a field of this name, below its own or that of ``place``."""
    above = ".".join(str(step) for step in place[1:] if isinstance(step, str))
    start = f"spec.{above}." if above else "spec"
    return next((each for each in places_of(name, model) if each.startswith(start)), None)


def _move(name: str, outer: Location, place: Location) -> str:
    if not outer:
        return f"'{name}' belongs at the beginning of a line: take away its indentation"
    if not place:
        return f"'{name}' belongs under '{outer[0]}': move it there, indented by two spaces"
    return f"'{name}' belongs under '{outer[0]}': move it there"
