"""Start a document: where it goes, what it says, and that it passes before it is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from roadgate.edit.samples import form, spec_form
from roadgate.edit.skeleton import comment, section
from roadgate.model.errors import UsageError
from roadgate.model.kinds import KINDS
from roadgate.model.kinds.base import Metadata
from roadgate.model.roadmap import LISTS
from roadgate.model.values import NAME_PATTERN
from roadgate.pipeline.authoring import values as written
from roadgate.pipeline.authoring.drafts import Draft, or_slug, refuse_taken, refuse_wrong
from roadgate.pipeline.authoring.questions import Question, questions
from roadgate.pipeline.reading import day, read
from roadgate.pipeline.schema_examples import examples

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from roadgate.model.document import Data
    from roadgate.pipeline.reading import Reading
    from roadgate.pipeline.workspace import Workspace

_FOLDERS = {kind.KIND: name for name, kind in LISTS.items()} | {"KindDefinition": "kinds"}
_SCHEMA = ".roadgate/schemas/roadgate.schema.json"
_YAML = re.compile(r".*\.ya?ml", re.IGNORECASE)


class Author:
    """Writes one new document of a kind."""

    def __init__(self, workspace: Workspace, kind: str, name: str, now: datetime) -> None:
        """Look at the project.

        Raises:
            UsageError: the kind does not exist, or the name is taken or can be none.
            EnvironmentProblem: a folder cannot be read.
        """
        self._workspace = workspace
        self.kind, self.name = kind, name
        self._reading: Reading = read(workspace, None)
        self._today: date = day(self._reading.project.config, None, now)
        if not re.fullmatch(NAME_PATTERN, name):
            raise UsageError(
                f"'{name}' is no name",
                hint=f"write lowercase letters, digits and hyphens{or_slug(name)}",
            )
        self._refuse_taken()

    def next_question(self, spec: dict[str, Any]) -> Question | None:
        """What is to be asked now, after what is known."""
        roadmap = self._reading.roadmap
        return next(iter(questions(self.kind, spec, roadmap, self._today)), None)

    def answer(self, spec: dict[str, Any], path: str, text: str) -> None:
        """Take a typed answer.

        Raises:
            UsageError: the field takes no such value; ``spec`` is as before.
        """
        names = ".".join(written.steps(path))

        def found(value: Data) -> list[Any]:
            tried: dict[str, Any] = _copy(spec)
            written.put(tried, names, value)
            data = written.document(self.kind, self.name, self.name, "", tried)
            return list(written.at(written.problems(self.kind, data), f"spec.{names}"))

        value = written.fitting(text, lambda each: not found(each))
        if problems := found(value):
            raise UsageError(problems[0].message, hint=problems[0].fix)
        written.put(spec, names, value)

    def draft(self, title: str, owner: str, spec: Mapping[str, Any], path: str | None) -> Draft:
        """The document, once nothing is left to ask.

        Raises:
            UsageError: it would not pass, or its place is taken.
        """
        where = path or f"{self._folder()}/{_FOLDERS[self.kind]}/{self.name}.yaml"
        refuse_taken(self._workspace, where)
        data = written.document(self.kind, self.name, title, owner, spec)
        text = self._text(where, data)
        refuse_wrong(self._workspace, where, text)
        folder = self._reading.project.config.spec.paths.measurements.strip("/")
        csv = f"{folder}/{self.name}.csv" if self.kind == "Metric" else None
        return Draft(where, text, csv)

    def _refuse_taken(self) -> None:
        for each in self._reading.project.resources:
            names = (each.name, *each.body.metadata.aliases)
            if each.ref.kind == self.kind and self.name in names:
                raise UsageError(
                    f"the {self.kind} '{self.name}' is there already, in '{each.path}'",
                    hint="choose another name, or edit that one",
                )

    def _folder(self) -> str:
        roots = self._reading.project.config.spec.paths.roadmap
        folder = next((each.strip("/") for each in roots if not _YAML.fullmatch(each)), None)
        if folder is None:
            raise UsageError(
                "the configuration names files only, and no folder for new ones",
                hint="say where to write it with --path",
            )
        return folder.removeprefix("./")

    def _text(self, path: str, data: Mapping[str, Any]) -> str:
        model = KINDS[self.kind]
        spec = [each.hint for each in spec_form(model, examples()[self.kind].get("spec", {}))]
        metadata = [
            each.hint
            for each in form(Metadata, {"owner": "a-team"})
            if each.hint.name in ("name", "title", "owner")
        ]
        lines = [*self._modeline(path), *comment(_about(model.__doc__), 0)]
        lines += [f"apiVersion: {data['apiVersion']}", f"kind: {self.kind}", "metadata:"]
        lines += section(data["metadata"], metadata, 2)
        lines.append("spec:" if data["spec"] else "spec: {}  # write what applies in its place")
        lines += section(data["spec"], spec, 2)
        return "\n".join([*lines, ""])

    def _modeline(self, path: str) -> list[str]:
        """What lets an editor complete the file, where init has put the schemas."""
        if not (self._workspace.root / _SCHEMA).is_file():
            return []
        up = "../" * path.count("/")
        return [f"# yaml-language-server: $schema={up}{_SCHEMA}"]


def _about(doc: str | None) -> str:
    return (doc or "").strip().splitlines()[0]


def _copy(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _copy(each) if isinstance(each, dict) else each for key, each in values.items()}
