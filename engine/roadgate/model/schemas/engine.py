"""The doorway to JSON Schema: the only importer of jsonschema-rs. Nothing is ever fetched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from roadgate.model.schemas.schema import LATEST, Json, Place, Schema, bundled, draft_of

if TYPE_CHECKING:
    import jsonschema_rs

_MAX_VIOLATIONS = 100
_MANY = 20_000
_ADDRESSES = {
    "2020-12": "https://json-schema.org/draft/2020-12/schema",
    "2019-09": "https://json-schema.org/draft/2019-09/schema",
    "07": "http://json-schema.org/draft-07/schema#",
    "06": "http://json-schema.org/draft-06/schema#",
    "04": "http://json-schema.org/draft-04/schema#",
}


@dataclass(frozen=True, slots=True)
class Violation:
    """One keyword of a schema that a value breaks."""

    path: tuple[str | int, ...]
    """Where the value stands in the document."""
    keyword: str
    value: Json
    place: Place | None
    """The schema that holds the keyword; None where it cannot be told."""
    detail: Mapping[str, Json]
    """What the keyword asks for, such as ``options`` of ``enum``."""
    branches: tuple[tuple[Violation, ...], ...] = ()
    """Of ``anyOf`` and ``oneOf``: what each alternative has against the value."""


def violations(schema: Schema, value: Json) -> list[Violation]:
    """Everything that a value breaks, up to a limit.

    Raises:
        ValueError: the schema cannot be used.
    """
    validator = _compiled(schema)
    if validator.is_valid(value):
        return []
    if _is_large(value):  # all errors are made at once, and half a million take a gigabyte
        return [_violation(each, schema, value) for each in _first(validator, value)]
    found = islice(validator.iter_errors(value), _MAX_VIOLATIONS)
    return [_violation(each, schema, value) for each in found]


def _is_large(value: Json) -> bool:
    """Whether a value has more parts than anybody writes by hand."""
    pending, count = [value], 0
    while pending:
        node = pending.pop()
        if isinstance(node, (Mapping, list, tuple)):
            count += len(node)
            if count > _MANY:
                return True
            pending.extend(node.values() if isinstance(node, Mapping) else node)
    return False


def _first(validator: jsonschema_rs.Validator, value: Json) -> list[jsonschema_rs.ValidationError]:
    """The first error alone."""
    from jsonschema_rs import ValidationError  # noqa: PLC0415 (slow to import)

    try:
        validator.validate(value)
    except ValidationError as error:
        return [error]
    return []


def draft_violations(document: Json, draft: str) -> list[Violation]:
    """What a document breaks of the schema of schemas of its draft."""
    found = islice(_of_draft(draft).iter_errors(document), _MAX_VIOLATIONS)
    return [_violation(each, Schema("", ""), document) for each in found]


def problem(schema: Schema) -> tuple[str, tuple[str | int, ...]] | None:
    """Why a schema cannot be used although its draft allows it, and where; None if it can."""
    from jsonschema_rs import ValidationError  # noqa: PLC0415 (slow to import)

    try:
        _compiled(schema)
    except ValidationError as error:
        return error.message, tuple(error.instance_path)
    except ValueError as error:
        return str(error), ()
    return None


@lru_cache(maxsize=1024)
def is_pattern(text: str) -> bool:
    """Whether a text is a pattern that is matched in linear time."""
    from jsonschema_rs import ValidationError  # noqa: PLC0415 (slow to import)

    try:
        _validator(LATEST, {"pattern": text}, None)
    except ValidationError:
        return False
    return True


def official(draft: str) -> str:
    """The address of the schema of schemas of a draft."""
    return _ADDRESSES[draft]


def takes_no_more(before: Schema, after: Schema) -> bool:
    """Whether everything that ``after`` takes was taken before: False also where it is unknown."""
    from jsonschema_rs import ValidationError, canonical, canonicalize  # noqa: PLC0415

    def plain(schema: Schema) -> jsonschema_rs.CanonicalSchema:
        return canonicalize(bundled(schema), validate_formats=True, offline=True)

    if before == after:
        return True
    try:
        return plain(before).covers(plain(after)) is canonical.Containment.YES
    except (ValidationError, ValueError, canonical.CanonicalizationError):
        return False


@lru_cache(maxsize=256)
def _compiled(schema: Schema) -> jsonschema_rs.Validator:
    document = schema.documents[schema.root]
    return _validator(draft_of(document) or LATEST, document, _registry(schema))


def _registry(schema: Schema) -> jsonschema_rs.Registry:
    from jsonschema_rs import Registry  # noqa: PLC0415 (slow to import)

    return Registry([(address, each) for address, each in schema.documents.items()])


@cache
def _of_draft(draft: str) -> jsonschema_rs.Validator:
    return _validator(draft, {"$schema": _ADDRESSES[draft], "$ref": _ADDRESSES[draft]}, None)


def _validator(
    draft: str, document: Json, registry: jsonschema_rs.Registry | None
) -> jsonschema_rs.Validator:
    import jsonschema_rs  # noqa: PLC0415 (slow to import)

    kinds: Mapping[str, type[jsonschema_rs.Validator]] = {
        "2020-12": jsonschema_rs.Draft202012Validator,
        "2019-09": jsonschema_rs.Draft201909Validator,
        "07": jsonschema_rs.Draft7Validator,
        "06": jsonschema_rs.Draft6Validator,
        "04": jsonschema_rs.Draft4Validator,
    }
    return kinds[draft](
        document,
        registry=registry,
        validate_formats=True,
        pattern_options=jsonschema_rs.RegexOptions(),  # linear in time: no look-around
        offline=True,
    )


def _violation(error: jsonschema_rs.ValidationError, schema: Schema, document: Json) -> Violation:
    detail = error.kind.as_dict()
    inner: Iterable[Iterable[jsonschema_rs.ValidationError]] = detail.pop("context", ())
    if error.kind.name == "propertyNames":
        inner = ((detail.pop("error"),),)
    return Violation(
        tuple(error.instance_path),
        error.kind.name,
        _value(document, error),
        _holder(schema.at(error.absolute_keyword_location)),
        detail,
        tuple(tuple(_violation(each, schema, document) for each in branch) for branch in inner),
    )


def _value(document: Json, error: jsonschema_rs.ValidationError) -> Json:
    """The value as its author wrote it: the error has a copy whose numbers are others."""
    if isinstance(error.instance, str):  # also a name, which stands at no path
        return error.instance
    for step in error.instance_path:
        document = document[step]
    return document


def _holder(place: Place | None) -> Place | None:
    """The schema that holds a keyword: one step up."""
    return None if place is None or not place[1] else (place[0], place[1][:-1])
