"""JSON text to plain data; what is wrong with it is found by a second, slower reading."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from roadgate.load import scalars
from roadgate.load.json_places import JsonProblem, scan
from roadgate.load.text import REFUSED, Positions, decode
from roadgate.model.document import Data, Document
from roadgate.model.finding import Finding, Severity

if TYPE_CHECKING:
    from roadgate.load.limits import Limits

_SURROGATE = re.compile("[\ud800-\udfff]")


class _OddError(ValueError):
    """The text needs the reading that knows places."""


def parse(content: bytes, path: str, limits: Limits) -> tuple[list[Document], list[Finding]]:
    """The document of a file, unless something in it is wrong, and findings."""
    text, findings = decode(content, path)
    if text is None:
        return [], findings
    try:
        data = _quick(text, limits)
    except (ValueError, RecursionError):
        try:
            data, _ = scan(text, limits.nesting)
        except JsonProblem as problem:
            span = Positions(text, path).span(problem.start, problem.end)
            wrong = Finding(problem.code, Severity.ERROR, str(problem), problem.fix, location=span)
            return [], [*findings, wrong]
    if not isinstance(data, Mapping):
        message = "the document has no fields"
        span = Positions(text, path).span(0, 1)
        wrong = Finding("RG009", Severity.ERROR, message, "begin it with '{'", location=span)
        return [], [*findings, wrong]
    return [Document(path, 0, data)], findings


def _quick(text: str, limits: Limits) -> Data:
    data: Data = json.loads(
        text,
        parse_float=scalars.plain,
        parse_int=scalars.plain,
        parse_constant=_refused,
        object_pairs_hook=_unique,
    )
    if text.count("{") + text.count("[") > limits.nesting or "\\" in text:
        _check(data, limits.nesting)
    return data


def _refused(_: str) -> Data:
    raise _OddError


def _unique(pairs: list[tuple[str, Data]]) -> dict[str, Data]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _OddError
    return found


def _check(data: Data, room: int) -> None:
    """Look for what nests too deep, and for characters that no text may have."""
    if isinstance(data, str):
        if REFUSED.search(data) or _SURROGATE.search(data):
            raise _OddError
    elif isinstance(data, (Mapping, list)):
        if room <= 0:
            raise _OddError
        for each in (*data, *data.values()) if isinstance(data, Mapping) else data:
            _check(each, room - 1)
