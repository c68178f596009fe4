"""``policy new``: a policy to begin with, whose examples come out as they say."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from roadgate.evaluate.bindings import RESERVED
from roadgate.model.errors import UsageError
from roadgate.model.kinds import KINDS
from roadgate.model.suggest import closest
from roadgate.pipeline.builtin import builtin_policies
from roadgate.pipeline.policies.samples import of_ours, of_yours, second
from roadgate.pipeline.reading import read

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
    - expression: "{asks}"
      messageExpression: {message}
      at: {field}
      fix: "{fix}"
  severity: warning                    # error fails a check; begin with warning
  enforcement: overridable             # mandatory | overridable | advisory
  examples:
    - name: {there}
      passes: true
      files:
        - {having}
    - name: {missing}
      passes: false
      expect: "{expect}"
      files:
        - {lacking}
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
        - &before {having}
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
_GROUPS = """\
  match:
    kinds: [{kind}]
    # where: "…"                       # CEL; leave it out to count every {kind}
  groupBy: {by}
  params:
    schema:
      type: object
      additionalProperties: false
      properties:
        most: {{type: integer, minimum: 1, x-stricter: lower}}
    default: {{most: 1}}
  validations:
    - expression: "size(group.resources) <= params.most"
      messageExpression: >-
        '%s has %d, and %d is the most: %s'.format(
        [group.key, size(group.resources), params.most, group.resources.named()])
      fix: take one away, or raise the parameter in roadgate.yaml
  severity: warning                    # error fails a check; begin with warning
  enforcement: overridable             # mandatory | overridable | advisory
  examples:
    - name: one of them
      passes: true
      files:
        - &first {having}
    - name: two of them
      passes: false
      expect: platform-core has 2, and 1 is the most
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
    known = (*kinds(), *reading.project.governed)
    if wanted.kind not in known:
        match = closest(wanted.kind, known)
        meant = f"did you mean '{match}'? " if match is not None else ""
        raise UsageError(
            f"'{wanted.kind}' is no value of '--kind'",
            hint=f"{meant}write one of {', '.join(known)}",
        )
    _refuse_taken(reading, wanted)
    folders = reading.project.config.spec.paths.policies
    folder = folders[0].strip("/") if folders else "policies"
    shown = f"{folder}/{wanted.id.lower()}-{wanted.name}.yaml"
    path = workspace.root / shown
    if path.exists():
        raise UsageError(f"'{shown}' is there already", hint="choose another name")
    return Scaffold(path, shown, _text(wanted, reading))


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


def _text(wanted: Wanted, reading: Reading) -> str:
    title = wanted.title or wanted.name.replace("-", " ").capitalize()
    head = _HEAD.format(
        name=wanted.name,
        title=json.dumps(title, ensure_ascii=False),
        id=wanted.id,
        scope=wanted.scope,
    )
    return head + (_whole(wanted) if wanted.scope == "portfolio" else _single(wanted, reading))


def _whole(wanted: Wanted) -> str:
    if wanted.kind == "Initiative":
        return _PORTFOLIO.format(first=_now("first-thing"), second=_now("second-thing"))
    if wanted.kind not in KINDS:
        raise UsageError(
            f"a rule about several {wanted.kind} needs a field to group by",
            hint="begin with --scope resource, then write scope: portfolio and groupBy",
        )
    having = of_ours(wanted.kind).having
    return _GROUPS.format(kind=wanted.kind, by="owner", having=having, second=second(wanted.kind))


def _single(wanted: Wanted, reading: Reading) -> str:
    own = reading.project.governed.get(wanted.kind)
    if own is None:
        sample = of_ours(wanted.kind)
        message = "\"'%s' has no owner\".format([resource.metadata.name])"
        words = {
            "message": json.dumps(message),
            "fix": "write the Team that answers for it: metadata.owner",
            "there": "somebody answers for it",
            "missing": "nobody answers for it",
            "expect": f"'{sample.name}' has no owner",
        }
    else:
        sample = of_yours(own, reading.roadmap)
        words = {
            "message": json.dumps(f"{sample.called} + ' has no {sample.field}'"),
            "fix": f"write {sample.field}",
            "there": "it is there",
            "missing": "it is not there",
            "expect": f"has no {sample.field}",
        }
    body = _RESOURCE if wanted.scope == "resource" else _CHANGE
    return body.format(
        kind=wanted.kind,
        example=sample.name,
        asks=sample.asks,
        field=sample.field,
        having=sample.having,
        lacking=sample.lacking,
        **words,
    )


def _now(name: str) -> str:
    spec = "{problem: Somebody waits., horizon: now, status: active, committed: 2026-02-02}"
    metadata = f"{{name: {name}, title: {name.replace('-', ' ').capitalize()}}}"
    return f"{{apiVersion: roadgate/v1, kind: Initiative, metadata: {metadata}, spec: {spec}}}"


def kinds() -> Iterable[str]:
    """The kinds that a policy may be about."""
    return tuple(kind for kind in KINDS if kind != "Policy")
