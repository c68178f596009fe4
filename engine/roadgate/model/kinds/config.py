"""Config: ``roadgate.yaml``. Everything has a default."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Field

from roadgate.model.kinds.approval import Approval
from roadgate.model.kinds.base import Metadata, Part
from roadgate.model.kinds.connections import Connection
from roadgate.model.values import Day, Days, Handle, Many, Text, Whole

Preset = Literal["essential", "recommended", "strict", "none"]
Positive = Annotated[Whole, Field(ge=1)]


class Paths(Part):
    """Where things live, relative to the project's root."""

    roadmap: Many[Text] = Field(default=("roadmap",), description="Folders of resources.")
    policies: Many[Text] = Field(default=("policies",), description="Folders of house policies.")
    measurements: Text = Field(default="measurements", description="The folder of observations.")


class Measurements(Part):
    """Where observations come from."""

    ref: Text | None = Field(default=None, description="A branch that holds measurements/.")


class BindingMatch(Part):
    """Which resources a binding is for."""

    labels: dict[str, Text] = Field(
        default_factory=dict, description="Labels that the resource must have, all of them."
    )
    owners: Many[Text] = Field(default=(), description="Teams, one of which must own the resource.")

    def told(self) -> str:
        """In words: ``area: ci, owner core or edge``."""
        labels = [f"{key}: {value}" for key, value in sorted(self.labels.items())]
        owners = [f"owner {' or '.join(self.owners)}"] if self.owners else []
        return ", ".join((*labels, *owners))


class Binding(Part):
    """How one policy, or each policy of a pack, is applied here."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": ["policy"]}, {"required": ["pack"]}]}
    )

    policy: Text | None = Field(default=None, description="The policy's id.")
    pack: Text | None = Field(
        default=None, description="Instead of a policy: every policy of this pack."
    )
    match: BindingMatch | None = Field(
        default=None, description="Which resources it is for; without it, all."
    )
    params: dict[str, Any] = Field(default_factory=dict, description="Values of its parameters.")
    enforcement: Literal["mandatory", "overridable", "advisory", "disabled"] | None = Field(
        default=None, description="Instead of its own."
    )
    severity: Literal["error", "warning", "notice"] | None = Field(
        default=None, description="Instead of its own."
    )
    from_: Day | None = Field(
        default=None, alias="from", description="Commitments made before this day are spared."
    )
    because: Text | None = Field(default=None, description="Required for disabled.")


class Policies(Part):
    """Which policies apply, and how."""

    presets: Many[Preset] = Field(default=("essential",), description="Sets of built-in policies.")
    bindings: Many[Binding] = Field(
        default=(), description="How policies and packs are applied here."
    )


class Freeze(Part):
    """Days on which nothing is asked of anybody."""

    from_: Day = Field(alias="from", description="The first day.")
    to: Day = Field(description="The last day.")


class Calendar(Part):
    """Time as the organisation keeps it."""

    timezone: Text = Field(
        default="UTC", description="Where the day begins, such as Europe/Berlin."
    )
    quarter_start: Annotated[Whole, Field(ge=1, le=12)] = Field(
        default=1, description="The month in which the first quarter begins."
    )
    freeze: Many[Freeze] = Field(
        default=(), description="Days on which nothing is asked of anybody."
    )


class Labels(Part):
    """The labels of issues."""

    managed: Text = Field(default="roadgate", description="On every issue of ours.")
    missed: Text = Field(default="roadgate: missed", description="On issues about missed promises.")
    kill: Text = Field(default="roadgate: kill review", description="On kill reviews.")


class Escalate(Part):
    """What happens to an issue that nobody answers."""

    after: Days = Field(description="How long an issue may wait for a Decision.")
    mention: Literal["owner"] = Field(default="owner", description="Who is mentioned then.")


class Quiet(Part):
    """Days on which no issue is written."""

    days: Many[
        Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    ] = Field(default=(), description="Days of the week.")


class GitHub(Part):
    """How issues are written."""

    trusted_authors: Many[Handle] = Field(
        default=("github-actions[bot]",),
        description="Whose marked issues are ours; others are reported.",
    )
    labels: Labels = Field(default_factory=Labels, description="The labels of issues.")
    grouping: Literal["initiative", "criterion"] = Field(
        default="initiative", description="One issue for each initiative, or for each criterion."
    )
    max_changes: Positive = Field(default=10, description="More new issues in one run are refused.")
    escalate: Escalate | None = Field(
        default=None, description="What happens to an issue that nobody answers."
    )
    quiet: Quiet | None = Field(default=None, description="Days on which no issue is written.")


class Site(Part):
    """The published pages."""

    title: Text = Field(default="Roadmap", description="What it is called.")


class Limits(Part):
    """Safety limits; they can be lowered here."""

    file_bytes: Positive | None = Field(default=None, description="Bytes of one file.")
    nesting: Positive | None = Field(default=None, description="Depth of one document.")
    alias_nodes: Positive | None = Field(
        default=None, description="Nodes that the aliases of a file may expand to."
    )
    documents: Positive | None = Field(default=None, description="Documents in all.")


class Approvals(Part):
    """Whose approval a Decision needs on the pull request that brings it, by its type."""

    commit: Approval | None = Field(default=None, description="For Decisions of type commit.")
    continue_: Approval | None = Field(
        default=None, alias="continue", description="For Decisions of type continue."
    )
    pivot: Approval | None = Field(default=None, description="For Decisions of type pivot.")
    pause: Approval | None = Field(default=None, description="For Decisions of type pause.")
    resume: Approval | None = Field(default=None, description="For Decisions of type resume.")
    ship: Approval | None = Field(default=None, description="For Decisions of type ship.")
    kill: Approval | None = Field(default=None, description="For Decisions of type kill.")
    override: Approval | None = Field(default=None, description="For Decisions of type override.")
    waive: Approval | None = Field(default=None, description="For Decisions of type waive.")
    relax: Approval | None = Field(default=None, description="For Decisions of type relax.")
    correct: Approval | None = Field(default=None, description="For Decisions of type correct.")


class ConfigSpec(Part):
    """The settings of one project."""

    paths: Paths = Field(default_factory=Paths, description="Where things live.")
    measurements: Measurements = Field(
        default_factory=Measurements, description="Where observations come from."
    )
    ignore: Many[Text] = Field(default=(), description="Globs of files that are not governed.")
    policies: Policies = Field(
        default_factory=Policies, description="Which policies apply, and how."
    )
    approvals: Approvals = Field(
        default_factory=Approvals, description="Whose approval a Decision needs."
    )
    calendar: Calendar = Field(
        default_factory=Calendar, description="Time as the organisation keeps it."
    )
    github: GitHub = Field(default_factory=GitHub, description="How issues are written.")
    connections: dict[str, Connection] = Field(
        default_factory=dict,
        description="Metric sources by name; secrets by the names of environment variables only.",
    )
    site: Site = Field(default_factory=Site, description="The published pages.")
    limits: Limits = Field(
        default_factory=Limits, description="Safety limits; they can be lowered here."
    )


class Config(Part):
    """``roadgate.yaml`` at the project's root."""

    KIND: ClassVar[str] = "Config"

    api_version: Literal["roadgate/v1"] = Field(description="The version of the format.")
    kind: Literal["Config"] = Field(description="The kind of document.")
    metadata: Metadata | None = Field(default=None, description="Free: nothing depends on it.")
    spec: ConfigSpec = Field(default_factory=ConfigSpec, description="The settings.")


def default_config() -> Config:
    """The configuration of a project without ``roadgate.yaml``."""
    return Config.model_validate({"apiVersion": "roadgate/v1", "kind": "Config"})
