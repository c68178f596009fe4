"""Evidence and Metric: what was learned, and what is measured."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from roadgate.model.kinds.base import Envelope, Part
from roadgate.model.kinds.conditions import Baseline
from roadgate.model.values import Day, Days, HttpsLink, Many, Name, Number, Text, Whole

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

    n: Count
    successes: Count


class Claim(Part):
    """What the experiment is said to have shown."""

    effect: Literal["positive", "negative", "none"]
    confidence: Annotated[Whole, Field(ge=1, le=99)]


class Experiment(Part):
    """The counts of an experiment; its significance is recomputed."""

    metric: Name | None = None
    arms: dict[str, Arm]
    claim: Claim | None = None


class EvidenceSpec(Part):
    """How it was learned, from how many, and what was found."""

    method: Method
    date: Day = Field(description="The last day of the research.")
    participants: dict[Name, Count] = Field(
        default_factory=dict, description="Persona to count; never names."
    )
    sample: Count | None = Field(default=None, description="For analytics and tickets.")
    teams: Count | None = None
    supports: Many[Name] = Field(default=(), description="Initiatives.")
    findings: Many[Text] = ()
    limits: Many[Text] = Field(default=(), description="What was not learned.")
    link: HttpsLink | None = None
    experiment: Experiment | None = None


class Evidence(Envelope):
    """One piece of research."""

    KIND: ClassVar[str] = "Evidence"

    kind: Literal["Evidence"]
    spec: EvidenceSpec


class PrometheusSource(Part):
    """A query to a Prometheus server."""

    query: Text
    connection: Text


class SqlSource(Part):
    """A query to a database."""

    query: Text
    connection: Text | None = None


class FileSource(Part):
    """A file of the repository."""

    path: Text
    date: Text
    value: Text


class HttpSource(Part):
    """A JSON document on the web, and a JMESPath into it."""

    url: HttpsLink
    query: Text


class MetricSource(Part):
    """How ``measure`` obtains the metric."""

    prometheus: PrometheusSource | None = None
    sql: SqlSource | None = None
    file: FileSource | None = None
    http: HttpSource | None = None
    github: dict[str, Any] | None = None


class MetricSpec(Part):
    """What the number means and how often it comes."""

    unit: Text | None = None
    direction: Literal["higher", "lower"] = Field(description="Which way is better.")
    role: Literal["leading", "lagging", "guardrail"] | None = None
    counts: Literal["outcome", "output"] = Field(
        default="outcome", description="Output (features shipped) can carry no success criterion."
    )
    cadence: Cadence = Field(description="How often an observation is expected.")
    grace: Days | None = Field(default=None, description="How late one may be; half the cadence.")
    target: str | None = Field(default=None, description="Standing target.")
    baseline: Baseline | None = None
    pairs_with: Many[Name] = ()
    visibility: Literal["public", "internal"] = "public"
    source: MetricSource | None = None

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

    kind: Literal["Metric"]
    spec: MetricSpec


__all__ = ["CADENCE_DAYS", "Evidence", "Metric"]
