"""Evidence and Metric: what was learned, and what is measured."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from roadgate.model.kinds.base import Envelope, Part, meanings
from roadgate.model.kinds.conditions import CONDITION, SPOKEN, Baseline
from roadgate.model.kinds.connections import HttpsAddress
from roadgate.model.reference import InitiativeName, MetricName, PersonaName
from roadgate.model.target import Target
from roadgate.model.values import Day, Days, HttpsLink, Many, Text, Whole

CONTROL = "control"
"""The arm of an experiment that the others are compared with."""
Method = Literal[
    "interview",
    "shadowing",
    "survey",
    "usage-analytics",
    "support-tickets",
    "dogfooding",
    "experiment",
    "prototype-test",
]
Count = Annotated[Whole, Field(ge=0)]
Cadence = Literal["daily", "weekly", "monthly", "quarterly", "yearly"]
CADENCE_DAYS: dict[str, int] = {
    "daily": 1,
    "weekly": 7,
    "monthly": 31,
    "quarterly": 92,
    "yearly": 366,
}


class Arm(Part):
    """One group of an experiment."""

    n: Count = Field(description="How many took part.")
    successes: Count = Field(description="How many of them succeeded.")


class Claim(Part):
    """What the experiment is said to have shown."""

    effect: Literal["positive", "negative", "none"] = Field(
        description="What is said to have happened."
    )
    confidence: Annotated[Whole, Field(ge=1, le=99)] = Field(description="In percent.")


class Experiment(Part):
    """The counts of an experiment; its significance is recomputed."""

    metric: MetricName | None = Field(default=None, description="The Metric that it was about.")
    arms: dict[str, Arm] = Field(
        description="Name of the group to its counts: control and treatment."
    )
    claim: Claim | None = Field(default=None, description="What it is said to have shown.")


class EvidenceSpec(Part):
    """How it was learned, from how many, and what was found."""

    method: Method = Field(
        description="How it was learned.",
        json_schema_extra=meanings(
            interview="People were asked, half an hour each; monthly.",
            shadowing="People were watched at work, two hours each; quarterly.",
            survey="Many were asked the same; quarterly.",
            usage_analytics="What people do, counted; always on.",
            support_tickets="What people ask for help with; monthly.",
            dogfooding="The team uses it itself; always on.",
            experiment="Two groups were compared in numbers.",
            prototype_test="People tried something that does not exist yet.",
        ),
    )
    date: Day = Field(description="The last day of the research.")
    participants: dict[PersonaName, Count] = Field(
        default_factory=dict, description="Persona to count; never names."
    )
    sample: Count | None = Field(default=None, description="For analytics and tickets.")
    teams: Count | None = Field(default=None, description="How many teams took part.")
    cost: Literal["low", "medium", "high"] | None = Field(
        default=None, description="What it costs to learn in this way."
    )
    insight: Literal["low", "medium", "high", "very-high"] | None = Field(
        default=None, description="How much is learned in this way."
    )
    every: Days | None = Field(default=None, description="How often it is repeated, such as 30d.")
    supports: Many[InitiativeName] = Field(default=(), description="Initiatives.")
    findings: Many[Text] = Field(default=(), description="What was learned.")
    limits: Many[Text] = Field(default=(), description="What was not learned.")
    link: HttpsLink | None = Field(default=None, description="Where the notes are; https only.")
    experiment: Experiment | None = Field(
        default=None, description="The counts, for method experiment."
    )


class Evidence(Envelope):
    """One piece of research."""

    KIND: ClassVar[str] = "Evidence"

    kind: Literal["Evidence"] = Field(description="The kind of document.")
    spec: EvidenceSpec


class PrometheusSource(Part):
    """A query to a Prometheus server."""

    query: Text = Field(description="A query in PromQL.")
    connection: Text = Field(description="A connection of roadgate.yaml.")


class SqlSource(Part):
    """A query to a database."""

    query: Text = Field(description="SQL that yields a day and a value.")
    connection: Text | None = Field(
        default=None, description="A connection of roadgate.yaml; the embedded database without."
    )


class FileSource(Part):
    """A file of the repository."""

    path: Text = Field(description="A CSV, JSON or YAML file of the repository.")
    date: Text = Field(description="The column of the day.")
    value: Text = Field(description="The column of the value.")


class HttpSource(Part):
    """A JSON document on the web, and a JMESPath into it."""

    url: HttpsAddress = Field(description="The address; https only, and without a secret.")
    query: Text = Field(description="JMESPath to a list of day and value.")


class GitHubSource(Part):
    """What GitHub knows of a repository."""

    workflow: Text | None = Field(default=None, description="The file of a workflow: its runs.")
    issues: Text | None = Field(default=None, description="A search for issues.")
    pulls: Text | None = Field(default=None, description="A search for pull requests.")
    releases: Text | None = Field(default=None, description="A pattern of tags of releases.")
    measure: Text = Field(description="What of them is measured, such as duration-p50 or count.")


class MetricSource(Part):
    """How ``measure`` obtains the metric."""

    prometheus: PrometheusSource | None = Field(default=None, description="A query to Prometheus.")
    sql: SqlSource | None = Field(default=None, description="A query to a database.")
    file: FileSource | None = Field(default=None, description="A file of the repository.")
    http: HttpSource | None = Field(default=None, description="A JSON document on the web.")
    github: GitHubSource | None = Field(
        default=None, description="Issues, pull requests, releases or workflow runs."
    )


class MetricSpec(Part):
    """What the number means and how often it comes."""

    unit: Text | None = Field(default=None, description="What the number counts, such as min or %.")
    direction: Literal["higher", "lower"] = Field(
        description="Which way is better.",
        json_schema_extra=meanings(higher="More is better.", lower="Less is better."),
    )
    role: Literal["leading", "lagging", "guardrail"] | None = Field(
        default=None,
        description="How it is used.",
        json_schema_extra=meanings(
            leading="Moves early; read weekly.",
            lagging="Shows the outcome; read monthly.",
            guardrail="Must not get worse meanwhile.",
        ),
    )
    counts: Literal["outcome", "output"] = Field(
        default="outcome",
        description="Outcome or output.",
        json_schema_extra=meanings(
            outcome="What is different for customers.",
            output="What was made, such as features shipped; it can carry no success criterion.",
        ),
    )
    cadence: Cadence = Field(description="How often an observation is expected.")
    grace: Days | None = Field(default=None, description="How late one may be; half the cadence.")
    target: Target | None = Field(
        default=None, description=f"What it should be on any day. {CONDITION}", examples=SPOKEN
    )
    baseline: Baseline | None = Field(
        default=None, description="Where it stood before the work began."
    )
    pairs_with: Many[MetricName] = Field(
        default=(), description="Metrics to be read together with it."
    )
    visibility: Literal["public", "internal"] = Field(
        default="public",
        description="Who may read its values.",
        json_schema_extra=meanings(
            public="Everybody.",
            internal="Its values never reach issues, comments, pages or public logs.",
        ),
    )
    source: MetricSource | None = Field(
        default=None,
        description="How it is obtained; without it people edit the file of observations.",
    )

    @property
    def cadence_days(self) -> int:
        """Days between two observations."""
        return CADENCE_DAYS[self.cadence]

    @property
    def grace_days(self) -> int:
        """Days an observation may be late: as declared, else half the cadence, rounded up."""
        return self.grace if self.grace is not None else -(-self.cadence_days // 2)


class Metric(Envelope):
    """A number that is observed over time."""

    KIND: ClassVar[str] = "Metric"

    kind: Literal["Metric"] = Field(description="The kind of document.")
    spec: MetricSpec


__all__ = ["CADENCE_DAYS", "CONTROL", "Evidence", "Metric"]
