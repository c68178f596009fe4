"""The values of a resource at a field path such as ``spec.successCriteria.metric``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roadgate.evaluate.fields import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_WRAPPERS = frozenset(
    f"google.protobuf.{name}Value" for name in ("String", "Int64", "Double", "Bool")
)


def values_at(message: Any, path: str) -> list[Any]:  # noqa: ANN401 (a message of any type)
    """Every value at ``path``, each list on the way gone through; empty where nothing is set.

    Raises:
        ValueError: there is no such field.
    """
    found: list[Any] = [message]
    for step in path.split("."):
        found = [value for each in found for value in _step(each, step)]
    return found


def _step(message: Any, name: str) -> Iterable[Any]:  # noqa: ANN401 (a message, or plain data)
    if hasattr(message, "keys"):  # a map, or free data
        return [message[name]] if name in message else []
    if not hasattr(message, "DESCRIPTOR"):
        raise ValueError(f"there is no field '{name}' in a plain value")
    fields = message.DESCRIPTOR.fields_by_name
    name = name if name in fields else name_of(name)
    if name not in fields:
        raise ValueError(f"there is no field '{name}' in {message.DESCRIPTOR.name}")
    value = getattr(message, name)
    if hasattr(value, "keys"):
        return [value] if len(value) else []
    if hasattr(value, "append") or hasattr(value, "extend"):
        return list(value)
    if not message.HasField(name):
        return []
    if value.DESCRIPTOR.full_name in _WRAPPERS:
        return [value.value]
    return [_untyped(value)] if value.DESCRIPTOR.full_name == "google.protobuf.Value" else [value]


def _untyped(value: Any) -> Any:  # noqa: ANN401 (any JSON)
    kind = value.WhichOneof("kind")
    return None if kind in (None, "null_value") else getattr(value, kind)
