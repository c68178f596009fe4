"""Config: ``roadgate.yaml``. Everything has a default."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from roadgate.model.kinds.base import Metadata, Part
from roadgate.model.values import Day, Days, Handle, Many, Name, Text, Whole

Preset = Literal["essential", "recommended", "strict", "none"]
Positive = Annotated[Whole, Field(ge=1)]


class Paths(Part):
    """Where things live, relative to the project's root."""

    roadmap: Many[Text] = Field(default=("roadmap",))
    policies: Many[Text] = Field(default=("policies",))
    measurements: Text = "measurements"


class Measurements(Part):
    """Where observations come from."""

    ref: Text | None = Field(default=None, description="A branch that holds measurements/.")


class Binding(Part):
    """How one policy is applied here."""

    policy: Text = Field(description="The policy's id.")
    params: dict[str, Any] = Field(default_factory=dict)
    enforcement: Literal["mandatory", "overridable", "advisory", "disabled"] | None = None
    from_: Day | None = Field(
        default=None, alias="from", description="Commitments made before this day are spared."
    )
    because: Text | None = Field(default=None, description="Required for disabled.")


class Policies(Part):
    """Which policies apply, and how."""

    presets: Many[Preset] = Field(default=("essential",))
    bindings: Many[Binding] = ()


class Approval(Part):
    """How many of whom must approve."""

    team: Name | None = None
    count: Positive = 1


class Freeze(Part):
    """Days on which nothing is asked of anybody."""

    from_: Day = Field(alias="from")
    to: Day


class Calendar(Part):
    """Time as the organisation keeps it."""

    timezone: Text = "UTC"
    quarter_start: Annotated[Whole, Field(ge=1, le=12)] = 1
    freeze: Many[Freeze] = ()


class Labels(Part):
    """The labels of issues."""

    managed: Text = "roadgate"
    missed: Text = "roadgate: missed"
    kill: Text = "roadgate: kill review"


class Escalate(Part):
    """What happens to an issue that nobody answers."""

    after: Days
    mention: Literal["owner"] = "owner"


class Quiet(Part):
    """Days on which no issue is written."""

    days: Many[Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]] = ()


class GitHub(Part):
    """How issues are written."""

    trusted_authors: Many[Handle] = Field(default=("github-actions[bot]",))
    labels: Labels = Field(default_factory=Labels)
    grouping: Literal["initiative", "criterion"] = "initiative"
    max_changes: Positive = 10
    escalate: Escalate | None = None
    quiet: Quiet | None = None


class Site(Part):
    """The published pages."""

    title: Text = "Roadmap"


class Limits(Part):
    """Safety limits; they can be lowered here."""

    file_bytes: Positive | None = None
    nesting: Positive | None = None
    alias_nodes: Positive | None = None
    documents: Positive | None = None


class Approvals(Part):
    """Whose approval a Decision needs on the pull request that brings it, by its type."""

    commit: Approval | None = None
    continue_: Approval | None = Field(default=None, alias="continue")
    pivot: Approval | None = None
    pause: Approval | None = None
    resume: Approval | None = None
    ship: Approval | None = None
    kill: Approval | None = None
    override: Approval | None = None
    waive: Approval | None = None
    relax: Approval | None = None
    correct: Approval | None = None


class ConfigSpec(Part):
    """The settings of one project."""

    paths: Paths = Field(default_factory=Paths)
    measurements: Measurements = Field(default_factory=Measurements)
    ignore: Many[Text] = ()
    policies: Policies = Field(default_factory=Policies)
    approvals: Approvals = Field(default_factory=Approvals)
    calendar: Calendar = Field(default_factory=Calendar)
    github: GitHub = Field(default_factory=GitHub)
    connections: dict[str, dict[str, Any]] = Field(default_factory=dict)
    site: Site = Field(default_factory=Site)
    limits: Limits = Field(default_factory=Limits)


class Config(Part):
    """``roadgate.yaml`` at the project's root."""

    KIND: ClassVar[str] = "Config"

    api_version: Literal["roadgate/v1"]
    kind: Literal["Config"]
    metadata: Metadata | None = None
    spec: ConfigSpec = Field(default_factory=ConfigSpec)


def default_config() -> Config:
    """The configuration of a project without ``roadgate.yaml``."""
    return Config.model_validate({"apiVersion": "roadgate/v1", "kind": "Config"})
