"""A plan as JSON: what ``plan --format json`` prints, ``plan --out`` saves and ``apply`` reads."""

from __future__ import annotations

import json
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from roadgate.model.errors import UsageError
from roadgate.model.issues import ActionKind, CloseReason, IssueChange
from roadgate.model.plan import Place, Plan, PlanProblem
from roadgate.report.account_json import disabled_output, exceptions_output, read_account
from roadgate.report.output_v1 import DisabledOutput, ExceptionOutput

_NEW_PLAN = "make a new one: roadgate plan --out plan.json"


class PlanPart(BaseModel):
    """An object of the plan."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, alias_generator=to_camel, populate_by_name=True
    )


class ChangeOutput(PlanPart):
    """One write."""

    action: ActionKind
    key: str = Field(description="What the issue is about, whatever its title says.")
    issue: int | None = Field(description="The issue's number; null for one to be created.")
    observed: str | None = Field(description="Digest of what was seen; apply refuses another.")
    title: str
    body: str = Field(description="The whole new body, or the text of the comment.")
    labels: tuple[str, ...]
    reason: str = Field(description="Why, in one line.")
    close_reason: CloseReason | None = None


class ProblemOutput(PlanPart):
    """What a person has to sort out."""

    key: str
    issue: int | None
    message: str
    fix: str


class PlanOutput(PlanPart):
    """What would be done to issues."""

    version: Literal[1]
    as_of: date
    tracker: Literal["github", "local"]
    repository: str
    revision: str | None = Field(description="The commit that was judged; null for files on disk.")
    engine: str = Field(description="The version of roadgate.")
    managed_label: str = Field(description="The label by which issues are listed.")
    trusted_authors: tuple[str, ...] | None = Field(
        description="Whose marked issues are roadgate's own; null where everybody's are."
    )
    changes: tuple[ChangeOutput, ...]
    unchanged: int
    problems: tuple[ProblemOutput, ...]
    notes: tuple[str, ...]
    exceptions: tuple[ExceptionOutput, ...] = Field(
        default=(), description="What Decisions let off on the day judged, as check tells."
    )
    disabled: tuple[DisabledOutput, ...] = Field(
        default=(), description="Policies that are switched off, in the order of roadgate.yaml."
    )


def dump(plan: Plan) -> str:
    """The plan as JSON text, the same for the same plan."""
    output = PlanOutput.model_validate(
        {
            "version": plan.version,
            "as_of": plan.as_of,
            "tracker": plan.place.tracker,
            "repository": plan.place.repository,
            "revision": plan.place.revision,
            "engine": plan.place.engine,
            "managed_label": plan.managed_label,
            "trusted_authors": plan.trusted_authors,
            "changes": tuple(_change(each) for each in plan.changes),
            "unchanged": plan.unchanged,
            "problems": tuple(_problem(each) for each in plan.problems),
            "notes": plan.notes,
            "exceptions": tuple(exceptions_output(plan.account)),
            "disabled": tuple(disabled_output(plan.account)),
        }
    )
    data = output.model_dump(mode="json", by_alias=True)
    # An old workflow command, should somebody print the plan in a log of GitHub Actions.
    return json.dumps(data, ensure_ascii=False, indent=2).replace("##[", "#\\u0023[") + "\n"


def load(text: str) -> Plan:
    """Read a saved plan.

    Raises:
        UsageError: it is no plan of this version.
    """
    try:
        read = PlanOutput.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise UsageError(
            f"this is no saved plan: {where}: {first['msg']}", hint=_NEW_PLAN
        ) from None
    return Plan(
        as_of=read.as_of,
        place=Place(read.tracker, read.repository, read.revision, read.engine),
        changes=tuple(IssueChange(**dict(each)) for each in read.changes),
        unchanged=read.unchanged,
        problems=tuple(PlanProblem(**dict(each)) for each in read.problems),
        notes=read.notes,
        managed_label=read.managed_label,
        trusted_authors=read.trusted_authors,
        account=read_account(read.exceptions, read.disabled),
        version=read.version,
    )


def _change(each: IssueChange) -> ChangeOutput:
    return ChangeOutput(
        action=each.action,
        key=each.key,
        issue=each.issue,
        observed=each.observed,
        title=each.title,
        body=each.body,
        labels=each.labels,
        reason=each.reason,
        close_reason=each.close_reason,
    )


def _problem(each: PlanProblem) -> ProblemOutput:
    return ProblemOutput(key=each.key, issue=each.issue, message=each.message, fix=each.fix)
