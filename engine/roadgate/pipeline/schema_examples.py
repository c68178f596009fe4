"""One document of each kind, for the ``examples`` of its schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from roadgate.load.limits import Limits
from roadgate.load.yaml_text import parse

if TYPE_CHECKING:
    from roadgate.model.document import Data

_FILE = Path(__file__).with_name("schema_examples.yaml")


@cache
def examples() -> dict[str, dict[str, Any]]:
    """An example of each kind, the configuration included, as JSON has it."""
    documents, _ = parse(_FILE.read_bytes(), _FILE.name, Limits())
    return {str(each.data["kind"]): _plain(each.data) for each in documents}


def _plain(data: Data) -> Any:  # noqa: ANN401 - a JSON value
    if isinstance(data, Mapping):
        return {key: _plain(value) for key, value in data.items()}
    if isinstance(data, Sequence) and not isinstance(data, str):
        return [_plain(each) for each in data]
    if isinstance(data, Decimal):
        return int(data) if data == data.to_integral_value() else float(data)
    return data
