"""Plain scalars by the core schema of YAML 1.2."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadgate.load.scalars import plain, tagged

CORE_NUMBER = re.compile(
    r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("Null", None),
        ("nUll", "nUll"),
        ("true", True),
        ("FALSE", False),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("y", "y"),
        ("12", 12),
        ("-0", 0),
        ("+7", 7),
        ("010", 10),
        ("0o17", 15),
        ("0x1F", 31),
        ("-0x1F", "-0x1F"),
        ("0b11", "0b11"),
        ("1_000", "1_000"),
        ("1:30", "1:30"),
        ("2026-11-22", "2026-11-22"),
        ("2026-11-22T10:00:00Z", "2026-11-22T10:00:00Z"),
        ("1.5", Decimal("1.5")),
        (".5", Decimal("0.5")),
        ("5.", Decimal(5)),
        ("1e3", Decimal("1e3")),
        ("-1.5E-3", Decimal("-0.0015")),
        ("1.2.3", "1.2.3"),
        ("-", "-"),
        (".", "."),
        ("+.inf.", "+.inf."),
        ("=", "="),
        ("<<", "<<"),
        ("٣", "٣"),
    ],
)
def test_reads_the_core_schema(text: str, value: object) -> None:
    """Dates, sexagesimals, 'no' and '1_000' stay what the author wrote."""
    read = plain(text)
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    "text", [".inf", "-.INF", ".nan", ".NaN", "1" * 1001, "1e99999", "1e-10001"]
)
def test_refuses_what_is_not_finite_or_far_too_long(text: str) -> None:
    """What has no exact, finite value is refused."""
    with pytest.raises(ValueError, match=r"number|exponent"):
        plain(text)


@pytest.mark.parametrize(
    ("tag", "text", "value"),
    [
        ("tag:yaml.org,2002:str", "5", "5"),
        ("tag:yaml.org,2002:int", "5", 5),
        ("tag:yaml.org,2002:float", "5", Decimal(5)),
        ("tag:yaml.org,2002:bool", "true", True),
        ("tag:yaml.org,2002:null", "", None),
    ],
)
def test_honours_tags_of_the_core_schema(tag: str, text: str, value: object) -> None:
    """An explicit tag of the core schema decides."""
    read = tagged(tag, text)
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("tag:yaml.org,2002:int", "five"),
        ("tag:yaml.org,2002:int", "5.0"),
        ("tag:yaml.org,2002:bool", "yes"),
        ("tag:yaml.org,2002:binary", "aaaa"),
        ("tag:yaml.org,2002:timestamp", "2026-11-22"),
        ("tag:yaml.org,2002:python/object:os.system", "x"),
        ("!foo", "x"),
        ("int", "5"),
    ],
)
def test_takes_no_other_tags(tag: str, text: str) -> None:
    """Other tags, and texts that do not fit theirs, are refused."""
    with pytest.raises(ValueError, match="tag"):
        tagged(tag, text)


@given(st.text(max_size=20) | st.from_regex(CORE_NUMBER, fullmatch=True))
def test_numbers_are_exactly_those_of_the_core_schema(text: str) -> None:
    """A scalar is a number if and only if the core schema's expressions say so."""
    try:
        value = plain(text)
    except ValueError:
        return
    is_number = isinstance(value, (int, Decimal)) and not isinstance(value, bool)
    assert is_number == bool(CORE_NUMBER.fullmatch(text))
