"""Where schema documents come from: files of the repository, or a KindDefinition itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from roadgate.load import json_text, yaml_text
from roadgate.load.discover import place
from roadgate.load.places import Locator
from roadgate.model.field_path import join
from roadgate.model.finding import Finding, Severity
from roadgate.model.schemas.schema import Json, child

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadgate.load.limits import Limits
    from roadgate.model.document import Format
    from roadgate.model.source import ResourceRef
    from roadgate.model.tree import Tree

CODE = "RG055"


@dataclass(frozen=True, slots=True)
class Inline:
    """A schema that stands in its definition."""

    definition: ResourceRef
    data: Json

    def finding(self, steps: Sequence[str], message: str, fix: str) -> Finding:
        """A finding about a place of the schema."""
        field = join(("spec", "schema", *typed(self.data, steps)))
        return Finding(CODE, Severity.ERROR, message, fix, resource=self.definition, field=field)


@dataclass(frozen=True, slots=True)
class SchemaFile:
    """A schema that is a file of its own."""

    path: str
    data: Json
    locator: Locator = field(compare=False)

    def finding(self, steps: Sequence[str], message: str, fix: str) -> Finding:
        """A finding about a place of the schema."""
        span = self.locator.span(0, join(typed(self.data, steps)))
        return Finding(CODE, Severity.ERROR, message, fix, location=span)


def typed(data: Json, steps: Sequence[str]) -> tuple[str | int, ...]:
    """The steps of a pointer as a field path: positions of lists are numbers."""
    path: list[str | int] = []
    for step in steps:
        is_position = isinstance(data, list) and step.isdecimal()
        path.append(int(step) if is_position else step)
        data = child(data, step)
    return tuple(path)


def read_schema(tree: Tree, path: str, limits: Limits) -> SchemaFile | list[Finding] | str:
    """Read a schema file: the schema, or what is wrong in it, or why there is nothing to read."""
    content = _content(tree, path, limits)
    if isinstance(content, str):
        return content
    form: Format = "json" if path.lower().endswith(".json") else "yaml"
    documents, findings = (json_text if form == "json" else yaml_text).parse(content, path, limits)
    if failing := [each for each in findings if each.fails]:
        return failing
    if len(documents) != 1:
        message = f"a schema is one document; the file holds {len(documents) or 'none'}"
        fix = "keep one schema in the file"
        return [Finding(CODE, Severity.ERROR, message, fix, location=place(path))]
    return SchemaFile(path, documents[0].data, Locator(content, path, form))


def _content(tree: Tree, path: str, limits: Limits) -> bytes | str:
    """The bytes of a file, or why they cannot be had."""
    entry = next((each for each in tree.entries([path]) if each.path == path), None)
    if entry is None:
        return f"there is no file '{path}'"
    if entry.kind != "file":
        return f"'{path}' is no regular file, and links are not followed"
    if entry.size > limits.file_bytes:
        return f"'{path}' is larger than the limit of {limits.file_bytes} bytes"
    try:
        return tree.read(path)
    except OSError:
        return f"'{path}' cannot be read"
