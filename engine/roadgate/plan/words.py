"""The parts that the bodies of issues are put together from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from roadgate.model import numbers
from roadgate.plan import chart, markdown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from roadgate.model.kinds import Decision
    from roadgate.model.measurement import Observation
    from roadgate.model.resource import Resource
    from roadgate.model.roadmap import Roadmap
    from roadgate.model.verdict import Observed

WITHHELD = "internal metric: value withheld"
NOTHING = "—"
LAST = 12
_DECISIONS_BUDGET = 12_000
_MEASUREMENTS_BUDGET = 12_000


@dataclass(frozen=True, slots=True)
class View:
    """What bodies are written from."""

    roadmap: Roadmap
    as_of: date
    repository_url: str = ""

    def is_internal(self, metric: str | None) -> bool:
        """Whether the metric's values must not appear."""
        found = self.roadmap.metrics.get(metric or "")
        return found is not None and found.body.spec.visibility == "internal"

    def value(self, metric: str | None, observed: Observed | None) -> str:
        """What was observed, with its unit and its day; values of internal metrics are withheld."""
        if self.is_internal(metric):
            return WITHHELD
        if observed is None:
            return NOTHING
        return f"{self._number(metric, observed)} on {observed.date.isoformat()}"

    def _number(self, metric: str | None, observed: Observed | Observation) -> str:
        found = self.roadmap.metrics.get(metric or "")
        unit = found.body.spec.unit if found else None
        return f"{numbers.text(observed.value)}{f' {markdown.text(unit)}' if unit else ''}"

    def decisions(self, initiative: str) -> list[Resource[Decision]]:
        """The Decisions about an initiative up to the day judged, oldest first."""
        return sorted(
            (each for each in self.roadmap.decisions.values() if self._about(each, initiative)),
            key=lambda each: (each.body.spec.date, each.name),
        )

    def _about(self, decision: Resource[Decision], initiative: str) -> bool:
        concerns = decision.body.spec.concerns
        kind, _, name = (concerns.resource or "").partition("/")
        named = concerns.initiative or (name if kind == "Initiative" else None)
        return (
            named is not None
            and self.roadmap.name_of("Initiative", named) == initiative
            and decision.body.spec.date <= self.as_of
        )

    def decided(self, initiative: str) -> str:
        """The section that says what was decided so far."""
        lines = [_decision(each) for each in self.decisions(initiative)]
        listed = "\n".join(markdown.within(lines, _DECISIONS_BUDGET, "Decisions"))
        return f"### Decided so far\n\n{listed or 'Nothing yet.'}"

    def measured(self, series: Iterable[tuple[str, str]]) -> str:
        """The section with the last observations of each metric and segment."""
        parts = [self._series(metric, segment) for metric, segment in dict.fromkeys(series)]
        kept = markdown.within([part for part in parts if part], _MEASUREMENTS_BUDGET, "metrics")
        return "\n\n".join(["### Measurements", *kept]) if kept else ""

    def _series(self, metric: str, segment: str) -> str:
        name = f"`{metric}`" + (f", segment {markdown.text(segment)}" if segment else "")
        if self.is_internal(metric):
            return f"{name}: {WITHHELD}"
        file = self.roadmap.measurements.get(metric)
        rows = [
            each
            for each in (file.observations if file else ())
            if each.segment == segment and each.date <= self.as_of
        ][-LAST:]
        if not rows:
            return f"{name}: no observation yet"
        line = chart.sparkline([each.value for each in rows])
        cells = [(each.date.isoformat(), self._number(metric, each)) for each in rows]
        shown = markdown.table(("date", "value"), cells, _MEASUREMENTS_BUDGET)
        return f"{name}: {line}\n\n{shown}"

    def file_link(self, initiative: str) -> str:
        """A link to the initiative's file, where the repository is known."""
        found = self.roadmap.initiatives.get(initiative)
        if found is None or not self.repository_url:
            return ""
        path = quote(found.path)
        return f"Declared in [{markdown.text(found.path)}]({self.repository_url}/blob/HEAD/{path})."


def _decision(decision: Resource[Decision]) -> str:
    spec = decision.body.spec
    who = ", ".join(markdown.text(each.removeprefix("@")) for each in spec.by)
    until = f" until {spec.until.isoformat()}" if spec.until else ""
    what = spec.concerns.threshold or spec.concerns.criterion or spec.concerns.guardrail
    about = f" (`{what}`)" if what else ""
    return (
        f"- {spec.date.isoformat()} **{spec.type}**{about}{until}, decided by {who}: "
        f"{markdown.text(spec.because)} (`{decision.name}`)"
    )


def snippet(kind: str, initiative: str, concerns: str, extra: tuple[str, ...] = ()) -> str:
    """A Decision to fill in and commit."""
    lines = [
        "apiVersion: roadgate/v1",
        "kind: Decision",
        f"metadata: {{name: {kind}-{initiative}, title: say what}}",
        "spec:",
        f"  type: {kind}",
        f"  concerns: {{initiative: {initiative}{concerns}}}",
        "  date: YYYY-MM-DD",
        *(f"  {line}" for line in extra),
        "  by: [your-github-handle]",
        "  because: say why",
    ]
    return "\n".join(["```yaml", *lines, "```"])
