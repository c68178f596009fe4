"""One document of each kind, for the ``examples`` of its schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from roadgate.load.limits import Limits
from roadgate.load.yaml_text import parse
from roadgate.model.errors import InternalError

if TYPE_CHECKING:
    from roadgate.model.document import Data

_FILE = Path(__file__).with_name("schema_examples.yaml")


@cache
def documents() -> tuple[dict[str, Any], ...]:
    """Every example, as JSON has it.

    Raises:
        InternalError: the file cannot be read.
    """
    read, findings = parse(_FILE.read_bytes(), _FILE.name, Limits())
    if findings:
        raise InternalError(f"{_FILE}: {findings[0].message}")
    return tuple(_plain(each.data) for each in read)


@cache
def examples() -> dict[str, dict[str, Any]]:
    """The first example of each kind, the configuration included."""
    return {each["kind"]: each for each in reversed(documents())}


def _plain(data: Data) -> Any:  # noqa: ANN401 - a JSON value
    if isinstance(data, Mapping):
        return {key: _plain(value) for key, value in data.items()}
    if isinstance(data, Sequence) and not isinstance(data, str):
        return [_plain(each) for each in data]
    if isinstance(data, Decimal):
        return int(data) if data == data.to_integral_value() else float(data)
    return data
