"""Start a document of a kind that the project defines itself, from its JSON Schema."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from roadgate.edit.skeleton import Hint, comment, section
from roadgate.model import writing
from roadgate.model.errors import UsageError
from roadgate.pipeline.authoring import values as written
from roadgate.pipeline.authoring.drafts import Draft, or_slug, refuse_taken, refuse_wrong
from roadgate.pipeline.authoring.questions import Question

if TYPE_CHECKING:
    from roadgate.model.custom import CustomKind
    from roadgate.pipeline.workspace import Workspace

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}")
_WILD = re.compile(r"[*?\[\\]")


class CustomAuthor:
    """Writes one new document of a custom kind."""

    def __init__(self, workspace: Workspace, kind: CustomKind, name: str) -> None:
        """Look at the kind's schema.

        Raises:
            UsageError: the name can be none.
        """
        if not _NAME.fullmatch(name):
            raise UsageError(
                f"'{name}' is no name", hint=f"write letters, digits and hyphens{or_slug(name)}"
            )
        self._workspace = workspace
        self._kind = kind
        self.kind, self.name = kind.name, name
        place = kind.schema.followed((kind.schema.root, ()))
        root = kind.schema.node(place)
        self._root: Mapping[str, Any] = root if isinstance(root, Mapping) else {}
        self._fields: dict[str, Mapping[str, Any]] = {
            each: self._field(place[0], place[1], each) for each in self._root.get("properties", {})
        }
        self._refuse_text()

    def _refuse_text(self) -> None:
        """A name that is no number where numbers are the names.

        Raises:
            UsageError: it is one.
        """
        identity = self._kind.identity[0]
        is_number = self._fields.get(identity, {}).get("type") in ("integer", "number")
        if is_number and not self._kind.envelope and not self.name.isdecimal():
            raise UsageError(
                f"'{self.name}' is no whole number, and '{identity}' names each {self.kind}",
                hint=f"for example: roadgate new {self.kind} 12",
            )

    def next_question(self, known: Mapping[str, Any]) -> Question | None:
        """What is to be asked now, after what is known."""
        for name in self._root.get("required", ()):
            if name not in known and name not in self._settled():
                return self._question(name)
        return None

    def answer(self, known: dict[str, Any], path: str, text: str) -> None:
        """Take a typed answer; whether it fits is seen when the document is whole."""
        names = written.steps(path)
        kind = self._fields.get(names[0], {}).get("type") if len(names) == 1 else None
        fits = _TYPES.get(str(kind), (str, int, bool, list, dict))
        value = written.fitting(text, lambda each: isinstance(each, fits))
        written.put(known, ".".join(names), value)

    def draft(self, title: str, owner: str, known: Mapping[str, Any], path: str | None) -> Draft:
        """The document, once nothing is left to ask.

        Raises:
            UsageError: it would not pass, or its place is taken or cannot be told.
        """
        where = path or self._place()
        refuse_taken(self._workspace, where)
        values = {**self._settled(), **known}
        if self._kind.envelope:
            values.setdefault("metadata", {"name": self.name, "title": title})
            if owner:
                values["metadata"] = {**values["metadata"], "owner": owner}
        text = self._text(values, title)
        refuse_wrong(self._workspace, where, text)
        return Draft(where, text, None)

    def _field(self, document: str, steps: tuple[str, ...], name: str) -> Mapping[str, Any]:
        schema = self._kind.schema
        found = schema.node(schema.followed((document, (*steps, "properties", name))))
        return found if isinstance(found, Mapping) else {}

    def _settled(self) -> dict[str, Any]:
        """What the kind itself says: constants, defaults, and the name as the identity."""
        settled = {
            name: field["const"] if "const" in field else field["default"]
            for name, field in self._fields.items()
            if "const" in field or ("default" in field and name in self._root.get("required", ()))
        }
        if self._kind.envelope:
            settled |= {"apiVersion": "roadgate/v1", "kind": self.kind}
        elif len(self._kind.identity) == 1:
            written.put(settled, self._kind.identity[0], self._identity())
        return settled

    def _identity(self) -> str | int:
        """The name, as the schema wants it; where the schema does not name it, as it reads."""
        kind = self._fields.get(self._kind.identity[0], {}).get("type")
        return int(self.name) if kind != "string" and self.name.isdecimal() else self.name

    def _question(self, name: str) -> Question:
        field = self._fields.get(name, {})
        allowed = field.get("enum")
        examples = field.get("examples")
        return Question(
            writing.key(name),
            str(field.get("description") or field.get("title") or _sort(field)).rstrip("."),
            choices=tuple(map(str, allowed)) if isinstance(allowed, list) else (),
            example=str(examples[0]) if isinstance(examples, list) and examples else "",
        )

    def _place(self) -> str:
        """Where a file of that name would be governed: the first glob with its wildcards filled."""
        glob = self._kind.files[0].removeprefix("./")
        path = re.sub(r"\*\*/", f"{self.name}/", glob, count=1)
        path = path if path != glob else re.sub(r"\*", self.name, glob, count=1)
        if _WILD.search(path) or path.startswith((":", "!")) or path == glob:
            raise UsageError(
                f"the files of a {self.kind} could lie in several places",
                hint=f"say where with --path; they match {', '.join(self._kind.files)}",
            )
        return path

    def _text(self, values: dict[str, Any], title: str) -> str:
        if self._kind.format == "json":
            return json.dumps(values, indent=2, ensure_ascii=False) + "\n"
        about = str(self._root.get("description") or self._root.get("title") or "")
        hints = [
            Hint(name, str(field.get("description") or field.get("title") or ""), _sample(field))
            for name, field in self._fields.items()
        ]
        lines = [*comment(about, 0), *section(values, hints, 0)]
        if self._kind.format == "markdown":
            lines = ["---", *lines, "---", "", f"# {title}"]
        return "\n".join([*lines, ""])


_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "array": (list,),
    "object": (dict,),
    "boolean": (bool,),
}


_SORTS = {
    "string": "A text",
    "integer": "A whole number",
    "number": "A number",
    "boolean": "True or false",
    "array": "A list",
    "object": "Fields of its own",
}


def _sort(field: Mapping[str, Any]) -> str:
    """What a field takes, where its schema has no words for it."""
    return "One of a few" if "enum" in field else _SORTS.get(str(field.get("type")), "A value")


def _sample(field: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a value of a file
    """A value that a field could have; None where the schema shows none."""
    for word in ("examples", "enum"):
        shown = field.get(word)
        if isinstance(shown, list) and shown:
            return shown[0]
    samples = {"string": "…", "integer": 1, "boolean": True, "array": []}
    return field.get("default", samples.get(str(field.get("type"))))
