"""GitHub's OpenAPI description: which operations exist, and what they take and return."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import jsonschema_rs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

DESCRIPTION = (
    Path(__file__).resolve().parents[3]
    / "node_modules/@octokit/openapi/generated/api.github.com.json"
)
_VERBS = ("get", "post", "put", "patch", "delete")
_URN = "urn:github"


class ContractMissingError(Exception):
    """GitHub's OpenAPI description is not installed."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the query."""

    name: str
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """One documented operation."""

    id: str
    verb: str
    template: str
    query: tuple[Parameter, ...]
    body: Mapping[str, Any] | None
    """The body's schema as documented, or None if it takes none."""
    body_required: bool
    responses: Mapping[str, Mapping[str, Any] | None]
    """By status: the schema, or None for an answer without a body."""


@dataclass(frozen=True, slots=True)
class Match:
    """A request's operation and the values of its path parameters."""

    operation: Operation
    path: Mapping[str, str]


@dataclass(frozen=True)
class Contract:
    """The description, with validators that are built when first used."""

    document: Mapping[str, Any]
    _validators: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def operations(self) -> Mapping[str, Operation]:
        """Every documented operation by its id."""
        return {one.id: one for one in self._read_operations()}

    @cached_property
    def _routes(self) -> Mapping[tuple[str, int], list[tuple[re.Pattern[str], Operation]]]:
        """Operations by verb and number of path segments, the most literal path first."""
        routes: dict[tuple[str, int], list[tuple[re.Pattern[str], Operation]]] = {}
        for one in sorted(self.operations.values(), key=lambda item: item.template.count("{")):
            key = (one.verb, one.template.count("/"))
            routes.setdefault(key, []).append((_pattern(one.template), one))
        return routes

    @cached_property
    def _registry(self) -> jsonschema_rs.Registry:
        """One registry for all validators: each with its own copy would take gigabytes."""
        schemas = {
            name: _json_schema(schema)
            for name, schema in self.document["components"]["schemas"].items()
        }
        return jsonschema_rs.Registry([(_URN, {"components": {"schemas": schemas}})])

    def match(self, verb: str, path: str) -> Match | None:
        """Return the operation behind a path as sent (percent-encoded), if GitHub documents it."""
        for pattern, operation in self._routes.get((verb, path.count("/")), []):
            found = pattern.fullmatch(path)
            if found is not None:
                values = {_name(key): unquote(text) for key, text in found.groupdict().items()}
                return Match(operation, values)
        return None

    def body_errors(self, operation: Operation, body: object) -> list[str]:
        """Return what is wrong with a request's body, unknown keys included."""
        if operation.body is None:
            return ["the operation takes no body"]
        return self._errors(f"{operation.id} body", _closed(operation.body), body)

    def response_errors(self, operation: Operation, status: int, body: object) -> list[str]:
        """Return what is wrong with a response's body.

        Statuses that GitHub may answer to any request (no permission, too many requests, its own
        failures) need not be documented for the operation; their body must be a basic error.
        """
        if str(status) in operation.responses:
            schema = operation.responses[str(status)]
            if schema is None:
                return [] if body is None else [f"{status} has a body, and should not"]
        elif (operation.id, status) in _UNDOCUMENTED:
            schema = {"$ref": "#/components/schemas/validation-error"}
        elif status in _ANYWHERE:
            schema = {"$ref": "#/components/schemas/basic-error"}
        else:
            return [f"status {status} is not documented for {operation.id}"]
        return self._errors(f"{operation.id} {status}", schema, body)

    def value_errors(self, parameter: Parameter, text: str) -> list[str]:
        """Return what is wrong with a query parameter's value."""
        value = _typed(text, parameter.schema.get("type"))
        key = f"query {json.dumps(parameter.schema, sort_keys=True)}"
        return [f"{parameter.name}: {one}" for one in self._errors(key, parameter.schema, value)]

    def _errors(self, key: str, schema: Mapping[str, Any], value: object) -> list[str]:
        """Validate a value, keeping the validator under ``key``."""
        if key not in self._validators:
            self._validators[key] = jsonschema_rs.Draft7Validator(
                _json_schema(schema), registry=self._registry, validate_formats=True
            )
        return [
            f"/{'/'.join(map(str, error.instance_path))}: {error.message[:300]}"
            for error in self._validators[key].iter_errors(value)
        ]

    def _read_operations(self) -> Iterator[Operation]:
        """Read the operations out of the description."""
        for template, item in self.document["paths"].items():
            for verb in _VERBS:
                if verb in item:
                    yield self._operation(template, verb, item[verb])

    def _operation(self, template: str, verb: str, raw: Mapping[str, Any]) -> Operation:
        """Read one operation."""
        parameters = [self._resolved(one) for one in raw.get("parameters", [])]
        body = raw.get("requestBody", {})
        return Operation(
            id=raw["operationId"],
            verb=verb.upper(),
            template=template,
            query=tuple(
                Parameter(one["name"], one["schema"]) for one in parameters if one["in"] == "query"
            ),
            body=_json_content(body),
            body_required=body.get("required", False),
            responses={
                status: _json_content(self._resolved(response))
                for status, response in raw["responses"].items()
            },
        )

    def _resolved(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        """Follow a reference, if the node is one."""
        if "$ref" not in node:
            return node
        found: Any = self.document
        for step in node["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        return self._resolved(found)


_UNDOCUMENTED = frozenset({("repos/create-commit-status", 422)})
"""Answers that GitHub gives though its description does not say so: a commit that is not there."""
_ANYWHERE = frozenset({304, 401, 403, 404, 410, 429, 500, 501, 502, 503, 504})


@lru_cache(maxsize=1)
def load_contract(path: Path = DESCRIPTION) -> Contract:
    """Read the description.

    Raises:
        ContractMissingError: it is not installed.
    """
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        raise ContractMissingError(
            "GitHub's OpenAPI description is not installed: run `make test`, or `npm ci` once"
        ) from None
    return Contract(json.loads(text))


def _pattern(template: str) -> re.Pattern[str]:
    """Turn a path template into a regular expression with named groups."""
    parts = re.split(r"(\{[^}]+\})", template)
    return re.compile("".join(_part(one) for one in parts))


def _part(text: str) -> str:
    """Turn one literal or parameter of a path template into its regular expression."""
    if text.startswith("{"):
        return f"(?P<{text[1:-1].replace('-', '__')}>[^/]+)"
    return re.escape(text)


def _name(group: str) -> str:
    """Return the parameter that a regular expression's group stands for."""
    return group.replace("__", "-")


def _json_content(node: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the JSON schema of a request's or response's content, if it has one."""
    content: Mapping[str, Any] = node.get("content", {})
    schema: Mapping[str, Any] | None = content.get("application/json", {}).get("schema")
    return schema


def _json_schema(node: Any) -> Any:
    """Turn OpenAPI 3.0's dialect into JSON Schema draft 7: references and ``nullable``."""
    if isinstance(node, list):
        return [_json_schema(one) for one in node]
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("$ref"), str):
        return {"$ref": node["$ref"].replace("#/", f"{_URN}#/", 1)}
    out = {
        key: _each(_json_schema, value) if key == "properties" else _json_schema(value)
        for key, value in node.items()
        if key not in _PROSE
    }
    if out.pop("nullable", False) is not True:
        return out
    if "type" in out and not {"allOf", "anyOf", "oneOf"} & out.keys():
        out["type"] = [out["type"], "null"]
        if "enum" in out and None not in out["enum"]:
            out["enum"] = [*out["enum"], None]
        return out
    return {"anyOf": [out, {"type": "null"}]}


_PROSE = frozenset({"example", "examples", "description", "title", "externalDocs"})


def _closed(node: Any) -> Any:
    """Refuse unknown keys in every object: the description lets typos pass."""
    if isinstance(node, list):
        return [_closed(one) for one in node]
    if not isinstance(node, dict):
        return node
    out = {
        key: _each(_closed, value) if key == "properties" else _closed(value)
        for key, value in node.items()
    }
    if isinstance(out.get("properties"), dict) and not {"allOf", "anyOf"} & out.keys():
        out.setdefault("additionalProperties", False)
    return out


def _each(change: Callable[[Any], Any], properties: Mapping[str, Any]) -> dict[str, Any]:
    """Change the schema of each property: names of properties are no keywords."""
    return {name: change(schema) for name, schema in properties.items()}


def _typed(text: str, wanted: object) -> object:
    """Read a query value as its declared type; what cannot be read stays text and fails there."""
    if wanted == "integer" and re.fullmatch(r"-?\d+", text):
        return int(text)
    if wanted == "boolean" and text in {"true", "false"}:
        return text == "true"
    return text
