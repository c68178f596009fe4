"""What to type instead of a value that a model refuses, made of what its author typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, get_args, get_origin

from roadgate.load.model_fields import alias, bare, fields_at, names_at
from roadgate.load.slips import quoted
from roadgate.model.suggest import listed
from roadgate.model.values import NAME_PATTERN

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

    from roadgate.load.model_fields import Location

_SHORT = 60
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 _./-]*|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_QUOTES = "\u201c\u201d\u2018\u2019\u201e"
"""As word processors write them."""
_FOLDED = {"ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "þ": "th", "ä": "ae", "ö": "oe"}
_FOLDED |= {"ü": "ue"}
_DAY_FIRST = re.compile(r"([0-9]{1,2})[./ -]([0-9]{1,2})[./ -]([0-9]{4})")
_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
_AMOUNT = re.compile(r"\s*([+-]?\d+(?:\.\d+)?)\s*[^\d\s].*")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:[, ']\d{3})+")


def as_list(value: object, field: str) -> str:
    """How to write as a list what was written as one value."""
    if isinstance(value, str) and value.strip():
        parts = [
            part.strip().strip(_QUOTES).removeprefix("@")
            for part in value.split(",")
            if part.strip()
        ]
        text = f"{_name(field)}: [{', '.join(map(_item, parts))}]"
        if len(text) <= _SHORT:
            return f"write {text}"
    return "write a list: '[one, two]', or one entry a line after '- '"


def as_entries(value: object) -> str:
    """How to write a list of groups of fields as one."""
    if isinstance(value, Mapping):
        first = next(iter(value), "id")
        return f"begin each entry with '- ', such as '- {first}: …', and indent its other lines"
    return "write a list: each entry begins with '- '"


def as_fields(model: type[BaseModel], path: Location, value: object) -> str:
    """How to write what has fields of its own, and was written as a text or a list."""
    names = names_at(model, path)
    if not names:
        return "write lines of 'name: value' below it, indented by two spaces"
    shown = listed(needed(model, path) or names)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"write its fields without '- ' before them: {shown}"
    if path and isinstance(path[-1], int):
        return f"write its fields after '- ', one a line: {shown}"
    return f"write its fields below it, indented by two spaces: {shown}"


def needed(model: type[BaseModel], path: Location) -> list[str]:
    """The fields without which a group of fields is not taken."""
    fields = fields_at(model, path).items()
    return [alias(key, info) for key, info in fields if info.is_required()]


def as_day(value: object, otherwise: str) -> str:
    """How to write a day that was written as people write it."""
    found = _DAY_FIRST.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is not None:
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        meant = dict.fromkeys(
            text
            for day, month in ((first, second), (second, first))
            if (text := _day(year, month, day))
        )
        if meant:
            return f"write {' or '.join(meant)}, with the year first"
    if isinstance(value, str) and _MONTH.fullmatch(value.strip()):
        return f"write a day, such as {value.strip()}-01"
    return otherwise


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def as_link(value: object) -> str:
    """How to write a link."""
    text = value.strip() if isinstance(value, str) else ""
    text = text.removeprefix("http://")
    if text and "://" not in text and " " not in text and "." in text:
        return f"write https://{text}"
    return "write a link that begins with https://"


def as_handle(value: object) -> str:
    """How to write a GitHub handle."""
    text = value.strip() if isinstance(value, str) else ""
    if text.startswith("@") and text[1:].replace("-", "").isalnum():
        return f"write {text[1:]}, without the '@'"
    return "write the handle, such as example-pm"


def as_text(value: object, field: str) -> str:
    """How to write as a text what was written as something else."""
    if isinstance(value, Mapping):
        return "write one text; if a colon stands in it, put it in quotes"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "write one text, without '- ' or brackets"
    if value is None:
        return "write some text"
    return f"put it in quotes: {_name(field)}: {quoted(_spelt(value))}"


def _spelt(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def as_answer(value: object) -> str:
    """How to write true or false."""
    word = value.lower() if isinstance(value, str) else value
    if word in ("yes", "y", "on", "1", 1):
        return "write true"
    if word in ("no", "n", "off", "0", 0):
        return "write false"
    return "write true or false, without quotes"


def as_number(value: object, info: FieldInfo | None, otherwise: str = "") -> str:
    """How to write a number that was written with a comma, a unit or a word."""
    if isinstance(value, str):
        if _THOUSANDS.fullmatch(value.strip()):
            return f"write {re.sub('[^0-9+-]', '', value)}, without separators"
        if _DECIMAL_COMMA.fullmatch(value.strip()):
            return f"write {value.strip().replace(',', '.')}: decimals take a point"
        if found := _AMOUNT.fullmatch(value):
            return f"write {found[1]}, the number alone"
    meaning = f" ({described(info)})" if described(info) else ""
    return otherwise or f"write a number, without quotes or a unit{meaning}"


def described(info: FieldInfo | None) -> str:
    """A field's description as part of a sentence."""
    text = (info and info.description) or ""
    text = text.rstrip(".")
    return text if text[:2].isupper() else f"{text[:1].lower()}{text[1:]}"


def as_name(value: object) -> str:
    """How to write a name: the one that is nearest to what was written."""
    slug = slug_of(value) if isinstance(value, str) else ""
    rule = "lowercase letters, digits and hyphens, at most 63"
    if slug:
        return f"write '{slug}': {rule}"
    return f"write a short name such as 'faster-ci': {rule}"


def slug_of(text: str) -> str:
    """The name that is nearest to a text; empty where nothing is left of it."""
    folded = "".join(_FOLDED.get(each, each) for each in text.lower())
    ascii_ = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_).strip("-")[:63].strip("-")
    return slug if re.fullmatch(NAME_PATTERN, slug) else ""


def as_id(value: object) -> str:
    """How to write an id: the one that is nearest to what was written."""
    rule = "letters, digits, dots and hyphens, at most 64"
    slug = slug_of(value) if isinstance(value, str) else ""
    return f"write '{slug}': {rule}" if slug else f"use {rule}"


def as_kind(value: object) -> str:
    """How to write the name of a kind: in CamelCase, from the words that were written."""
    words = re.findall(r"[A-Za-z0-9]+", value) if isinstance(value, str) else []
    name = "".join(word[0].upper() + word[1:] for word in words)
    rule = "begin with a capital, and use letters and digits only"
    return f"write '{name}': {rule}" if name[:1].isalpha() else f"{rule}, such as 'KEP'"


def as_pairs(annotation: object) -> str:
    """How to write names with values."""
    arguments = get_args(bare(annotation)) if get_origin(bare(annotation)) is dict else ()
    number = bool(arguments) and bare(arguments[1]) is int
    example = "'name: 3'" if number else "'name: value'"
    return f"write lines such as {example} below it, indented by two spaces"


def _name(field: str) -> str:
    return field.rpartition(".")[2]


def _item(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else quoted(text)
