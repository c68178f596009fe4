"""``policy new``: a policy to begin with, whose examples come out as they say."""

from __future__ import annotations

import copy
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from roadgate.evaluate.bindings import RESERVED
from roadgate.model.errors import UsageError
from roadgate.model.kinds import KINDS
from roadgate.pipeline.builtin import builtin_policies
from roadgate.pipeline.reading import read
from roadgate.pipeline.schema_examples import examples

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from roadgate.pipeline.reading import Reading
    from roadgate.pipeline.workspace import Workspace

Scope: TypeAlias = Literal["resource", "change", "portfolio"]
_ID = re.compile(r"[A-Z]{2,8}[0-9]{3}")
_NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")

_HEAD = """\
apiVersion: roadgate/v1
kind: Policy
metadata:
  name: {name}
  title: {title}
spec:
  id: {id}
  rationale: >-
    Say in two sentences what goes wrong without this rule, in words that a product manager uses.
  scope: {scope}
"""
_RESOURCE = """\
  match:
    kinds: [{kind}]
    # where: "…"                       # CEL; leave it out to match every {kind}
  validations:
    - expression: "has(resource.metadata.owner)"
      messageExpression: "\\"'%s' has no owner\\".format([resource.metadata.name])"
      at: metadata.owner
      fix: "write the Team that answers for it: metadata.owner"
  severity: warning                    # error fails a check; begin with warning
  enforcement: overridable             # mandatory | overridable | advisory
  examples:
    - name: somebody answers for it
      passes: true
      files:
        - {owned}
    - name: nobody answers for it
      passes: false
      expect: "'{example}' has no owner"
      files:
        - {unowned}
"""
_CHANGE = """\
  match:
    kinds: [{kind}]
    where: "change.action == 'removed'"
  validations:
    - expression: "decisions.exists(d, d.spec.type == 'kill')"
      messageExpression: "\\"'%s' disappears without a Decision\\".format([change.name])"
      fix: restore it, or record a Decision of type kill
  severity: warning                    # error fails a check; begin with warning
  enforcement: overridable             # mandatory | overridable | advisory
  examples:
    - name: it stays
      passes: true
      base:
        - &before {owned}
      head:
        - *before
    - name: it is deleted
      passes: false
      expect: "'{example}' disappears without a Decision"
      base:
        - *before
      head: []
"""
_PORTFOLIO = """\
  params:
    schema:
      type: object
      additionalProperties: false
      properties:
        most: {{type: integer, minimum: 1, x-stricter: lower}}
    default: {{most: 1}}
  validations:
    - expression: "roadmap.initiatives.filter(i, i.spec.horizon == 'now').size() <= params.most"
      messageExpression: >-
        '%d initiatives are in now at once, and %d is the most'.format(
        [roadmap.initiatives.filter(i, i.spec.horizon == 'now').size(), params.most])
      fix: pause one of them, or raise the parameter in roadgate.yaml
  severity: warning                    # error fails a check; begin with warning
  enforcement: overridable             # mandatory | overridable | advisory
  examples:
    - name: one thing at a time
      passes: true
      files:
        - &first {first}
    - name: two things at once
      passes: false
      expect: 2 initiatives are in now at once
      files:
        - *first
        - {second}
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks for."""

    id: str
    name: str
    title: str = ""
    scope: Scope = "resource"
    kind: str = "Initiative"


@dataclass(frozen=True, slots=True)
class Scaffold:
    """A file that is not there yet."""

    path: Path
    shown: str
    """Its path within the project."""
    text: str


def id_problem(text: str) -> str:
    """Why a text can be no id of a house policy; empty where it can."""
    if not _ID.fullmatch(text):
        return f"'{text}' is no id of a policy: write two to eight capitals and three digits"
    if text.startswith(RESERVED):
        return f"'{text}' is reserved: ids that begin with {RESERVED} belong to roadgate"
    return ""


def name_problem(text: str) -> str:
    """Why a text can be no name; empty where it can."""
    if _NAME.fullmatch(text):
        return ""
    return f"'{text}' is no name: write small letters, digits and hyphens, such as owner-named"


def scaffold(workspace: Workspace, wanted: Wanted) -> Scaffold:
    """The new policy's file.

    Raises:
        UsageError: the id, the name or the file is taken or can be none.
        EnvironmentProblem: a folder cannot be read.
    """
    for problem in (id_problem(wanted.id), name_problem(wanted.name)):
        if problem:
            raise UsageError(problem, hint="for example: roadgate policy new ACME001 owner-named")
    reading = read(workspace, None)
    _refuse_taken(reading, wanted)
    folders = reading.project.config.spec.paths.policies
    folder = folders[0].strip("/") if folders else "policies"
    shown = f"{folder}/{wanted.id.lower()}-{wanted.name}.yaml"
    path = workspace.root / shown
    if path.exists():
        raise UsageError(f"'{shown}' is there already", hint="choose another name")
    return Scaffold(path, shown, _text(wanted))


def _refuse_taken(reading: Reading, wanted: Wanted) -> None:
    for each in (*reading.roadmap.policies.values(), *builtin_policies()):
        if each.body.spec.id == wanted.id:
            raise UsageError(
                f"the id '{wanted.id}' is taken by '{each.path}'",
                hint=f"take the next number, such as {_free(reading, wanted.id)}",
            )
    if wanted.name in reading.roadmap.policies:
        taken = reading.roadmap.policies[wanted.name].path
        raise UsageError(f"the name '{wanted.name}' is taken by '{taken}'", hint="choose another")


def _free(reading: Reading, wanted: str) -> str:
    """The next id that nobody has."""
    prefix, number = wanted[:-3], int(wanted[-3:])
    taken = {each.body.spec.id for each in reading.roadmap.policies.values()}
    numbers = (*range(number + 1, 1000), *range(1, number))
    return next((f"{prefix}{each:03}" for each in numbers if f"{prefix}{each:03}" not in taken), "")


def _text(wanted: Wanted) -> str:
    title = wanted.title or wanted.name.replace("-", " ").capitalize()
    head = _HEAD.format(
        name=wanted.name,
        title=json.dumps(title, ensure_ascii=False),
        id=wanted.id,
        scope=wanted.scope,
    )
    example = examples()[wanted.kind]["metadata"]["name"]
    if wanted.scope == "portfolio":
        parts = {"first": _now("first-thing"), "second": _now("second-thing")}
        return head + _PORTFOLIO.format(**parts)
    body = _RESOURCE if wanted.scope == "resource" else _CHANGE
    return head + body.format(
        kind=wanted.kind,
        example=example,
        owned=_document(wanted.kind, owner="platform-core"),
        unowned=_document(wanted.kind),
    )


def _document(kind: str, owner: str = "") -> str:
    """The shortest document of a kind that is valid, in one line of YAML."""
    if kind == "Initiative":
        spec = "{problem: Developers wait for CI., horizon: next}"
        more = f", owner: {owner}" if owner else ""
        metadata = f"{{name: {examples()[kind]['metadata']['name']}, title: Faster CI{more}}}"
        return f"{{apiVersion: roadgate/v1, kind: {kind}, metadata: {metadata}, spec: {spec}}}"
    document = copy.deepcopy(examples()[kind])
    document["metadata"].pop("owner", None)
    if owner:
        document["metadata"]["owner"] = owner
    return json.dumps(document, ensure_ascii=False)


def _now(name: str) -> str:
    spec = "{problem: Somebody waits., horizon: now, status: active, committed: 2026-02-02}"
    metadata = f"{{name: {name}, title: {name.replace('-', ' ').capitalize()}}}"
    return f"{{apiVersion: roadgate/v1, kind: Initiative, metadata: {metadata}, spec: {spec}}}"


def kinds() -> Iterable[str]:
    """The kinds that a policy may be about."""
    return tuple(kind for kind in KINDS if kind != "Policy")
