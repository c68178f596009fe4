"""Reads the context file: what the forge knows about a pull request."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast, get_args, get_type_hints

from roadgate.model.change import Context, Review
from roadgate.model.errors import UsageError
from roadgate.model.values import parse_day

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

VERSION = 1
_KEYS = frozenset(
    {
        "version",
        "pullRequest",
        "base",
        "head",
        "author",
        "authors",
        "reviews",
        "teams",
        "evaluated",
    }
)
_REVIEW = frozenset({"by", "state", "commit", "date"})
_STATES = get_args(get_type_hints(Review)["state"])
_SHA = re.compile(r"[0-9a-f]{7,64}")
_MAX_BYTES = 4 * 1024 * 1024
T = TypeVar("T")


def read_context(path: Path) -> Context:
    """Read a context file.

    Raises:
        UsageError: it cannot be read, is no such file, or says something that has no meaning.
    """
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise UsageError(
            f"the context file '{path}' cannot be read: {problem.strerror}",
            hint="give the file that the action wrote",
        ) from problem
    return parse_context(content)


def parse_context(content: bytes) -> Context:
    """Read a context from its JSON text.

    Raises:
        UsageError: as ``read_context``.
    """
    if len(content) > _MAX_BYTES:
        _refuse("it is larger than 4 MiB")
    try:
        data = json.loads(content.decode("utf-8"), object_pairs_hook=_once)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as problem:
        raise UsageError(
            f"the context file is not JSON: {problem}", hint="give the file that the action wrote"
        ) from problem
    found = _mapping(data, "the whole", _KEYS)
    version = _number(_required(found, "version"), "version")
    if version != VERSION:
        _refuse(f"'version' is {version}, and this roadgate reads {VERSION}")
    return Context(
        pull_request=_optional(found, "pullRequest", _number),
        base=_commit(_required(found, "base"), "base"),
        head=_commit(_required(found, "head"), "head"),
        author=_text(_required(found, "author"), "author"),
        authors=_optional(found, "authors", _texts) or (),
        reviews=tuple(
            _review(each, f"reviews[{position}]")
            for position, each in enumerate(_list(_required(found, "reviews"), "reviews"))
        ),
        teams=_optional(found, "teams", _teams) or {},
        evaluated=_optional(found, "evaluated", _commit),
    )


def _review(value: object, key: str) -> Review:
    review = _mapping(value, key, _REVIEW)
    by, state, commit, day = (
        _required(review, each, key) for each in ("by", "state", "commit", "date")
    )
    if state not in _STATES:
        _refuse(f"'{key}.state' is none of {', '.join(_STATES)}")
    return Review(
        _text(by, f"{key}.by"),
        cast("Any", state),
        _commit(commit, f"{key}.commit"),
        _day(day, f"{key}.date"),
    )


def _teams(value: object, key: str) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        _refuse(f"'{key}' has no teams with their logins")
    return {name: _texts(members, f"{key}.{name}") for name, members in value.items()}


def _mapping(value: object, key: str, allowed: frozenset[str]) -> dict[str, object]:
    if not isinstance(value, dict):
        _refuse(f"{key} has no fields" if key == "the whole" else f"'{key}' has no fields")
    unknown = sorted(value.keys() - allowed)
    if unknown:
        where = "" if key == "the whole" else f" in '{key}'"
        _refuse(f"'{unknown[0]}'{where} is unknown; known are {', '.join(sorted(allowed))}")
    return value


def _required(data: dict[str, object], key: str, parent: str = "") -> object:
    if key not in data:
        _refuse(f"'{parent}.{key}' is missing" if parent else f"'{key}' is missing")
    return data[key]


def _optional(data: dict[str, object], key: str, read: Callable[[object, str], T]) -> T | None:
    value = data.get(key)
    return None if value is None else read(value, key)


def _number(value: object, key: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        _refuse(f"'{key}' is no whole number")
    return value


def _text(value: object, key: str) -> str:
    if not isinstance(value, str) or not value.strip():
        _refuse(f"'{key}' is no text")
    return value


def _commit(value: object, key: str) -> str:
    text = _text(value, key)
    if not _SHA.fullmatch(text):
        _refuse(f"'{key}' is no commit, such as 1a2b3c4")
    return text


def _day(value: object, key: str) -> date:
    try:
        return parse_day(_text(value, key))
    except ValueError as problem:
        raise UsageError(f"the context file cannot be used: '{key}': {problem}") from problem


def _list(value: object, key: str) -> list[object]:
    if not isinstance(value, list):
        _refuse(f"'{key}' is no list")
    return value


def _texts(value: object, key: str) -> tuple[str, ...]:
    return tuple(
        _text(each, f"{key}[{position}]") for position, each in enumerate(_list(value, key))
    )


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            _refuse(f"'{key}' is there twice")
        found[key] = value
    return found


def _refuse(problem: str) -> NoReturn:
    raise UsageError(
        f"the context file cannot be used: {problem}",
        hint="it is written by the action; the reference has its format",
    )
