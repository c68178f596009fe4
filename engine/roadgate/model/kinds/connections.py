"""Where metric sources are: servers and databases by name, secrets by the names of variables."""

from __future__ import annotations

import re
from typing import Annotated, TypeAlias
from urllib.parse import parse_qsl, urlsplit

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from roadgate.model.kinds.base import Part
from roadgate.model.values import Refused

BY_NAME = "secrets by environment-variable name only"
_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]*")
_SECRET = re.compile(
    r"token|passw|pwd|secret|credential|api.?key|^auth$|authorization|bearer|private.?key|^sig$",
    re.IGNORECASE,
)
_TO_NAME = f"{BY_NAME}: write that of a variable, in capitals, such as PROM_TOKEN"
_TO_TAKE_OUT = f"{BY_NAME}: take the secret out of the address, and name a variable that holds it"


def is_secret(name: str) -> bool:
    """Whether a field of this name would hold a secret itself."""
    return not name.endswith("Env") and _SECRET.search(name) is not None


def _variable(value: object) -> object:
    if isinstance(value, str) and not _VARIABLE.fullmatch(value):
        raise Refused("is no name of an environment variable", _TO_NAME)
    return value


def _address(value: object) -> object:
    """Let an address pass that holds no secret; one that might is not repeated in any message."""
    if not isinstance(value, str):
        return value
    try:
        parts = urlsplit(value)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        held = "@" in parts.netloc or any(is_secret(name) for name, _ in parse_qsl(parts.query))
    except ValueError:
        is_address, held = False, False
    if held:
        raise Refused("holds a secret", _TO_TAKE_OUT)
    if not is_address or re.search(r"\s", value):
        raise Refused("is no address", "write one that begins with https:// or http://")
    return value


def _https(value: object) -> object:
    if isinstance(_address(value), str) and not str(value).startswith("https://"):
        raise Refused("is no https address", "write one that begins with https://")
    return value


Variable: TypeAlias = Annotated[
    str,
    BeforeValidator(_variable),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z_][A-Z0-9_]*$"}),
]
"""The name of an environment variable."""
Address: TypeAlias = Annotated[
    str,
    BeforeValidator(_address),
    WithJsonSchema({"type": "string", "pattern": r"^https?://[^\s@/]+(/\S*)?$"}),
]
"""Where a server is, without any secret."""
HttpsAddress: TypeAlias = Annotated[
    str,
    BeforeValidator(_https),
    WithJsonSchema({"type": "string", "pattern": r"^https://[^\s@/]+(/\S*)?$"}),
]
"""The same; https only."""


class PrometheusConnection(Part):
    """A Prometheus server."""

    url: Address = Field(description="Where it is; no secret stands in it.")
    token_env: Variable | None = Field(
        default=None, description="The environment variable that holds its token."
    )


class SqlConnection(Part):
    """A database."""

    url_env: Variable | None = Field(
        default=None,
        description="The environment variable that holds its address; the embedded database "
        "without.",
    )


class Connection(Part):
    """What metric sources of one name are read from."""

    prometheus: PrometheusConnection | None = Field(
        default=None, description="A Prometheus server."
    )
    sql: SqlConnection | None = Field(default=None, description="A database.")

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Connection:
        if not self.kinds:
            raise Refused("connects to nothing", "write below it 'prometheus:' or 'sql:'")
        return self

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of source that can be read through it."""
        there = (("prometheus", self.prometheus), ("sql", self.sql))
        return tuple(name for name, part in there if part is not None)
