"""Seeded corpora: roadmaps of any size, each file with content of its own.

Every initiative has interviews of its own; ten initiatives make a theme, which shares a survey, a
leading and a lagging metric, and their weekly observations. One initiative in a hundred has a
defect, so that a run which skips work is noticed by its findings.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AS_OF = date(2026, 6, 1)
_COMMITTED = date(2026, 2, 2)
_WEEKS = 17
_PER_THEME = 10
_PER_DEFECT = 100
_WORDS = (
    "waiting deploys reviews builds tests pipelines rollbacks searches logins invoices imports "
    "exports alerts dashboards releases branches caches queues reports approvals handovers teams "
    "customers support answers weeks hours steps errors retries forms pages sessions payments"
)
DEFECTS = {
    "no-evidence": "RG012",
    "no-threshold": "RG201",
    "two-interviews": "RG101",
    "unknown-field": "RG007",
}
"""What is wrong, and the finding that must say so."""


@dataclass
class Corpus:
    """What was written, and what a full check must find."""

    initiatives: int
    documents: int = 0
    measurements: int = 0
    expected: dict[str, int] = field(default_factory=dict)
    """Finding code to the number of initiatives that must have one."""


class _Author:
    """Writes sentences that nobody wrote before."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - a corpus, not a secret
        self._words = _WORDS.split()

    def words(self, count: int) -> str:
        """So many words, the first with a capital."""
        return " ".join(self._chance.choices(self._words, k=count)).capitalize()

    def number(self, low: int, high: int) -> int:
        """A whole number in the range."""
        return self._chance.randint(low, high)


def write(folder: Path, initiatives: int, seed: int = 7) -> Corpus:
    """Write a project of so many initiatives into ``folder``."""
    corpus = Corpus(initiatives)
    for path, text in _files(initiatives, _Author(seed), corpus):
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8", newline="\n")
        corpus.documents += path.endswith(".yaml")
        corpus.measurements += path.endswith(".csv")
    return corpus


def _files(initiatives: int, author: _Author, corpus: Corpus) -> Iterator[tuple[str, str]]:
    yield "roadmap/personas/developer.yaml", _PERSONA
    yield "roadmap/goals/ship-daily.yaml", _GOAL
    for theme in range((initiatives + _PER_THEME - 1) // _PER_THEME):
        yield from _theme(f"theme-{theme:04d}", author)
    defects = list(DEFECTS)
    for number in range(initiatives):
        defect = ""
        if number % _PER_DEFECT == _PER_DEFECT - 1:
            defect = defects[number // _PER_DEFECT % len(defects)]
            code = DEFECTS[defect]
            corpus.expected[code] = corpus.expected.get(code, 0) + 1
        name, theme = f"initiative-{number:05d}", f"theme-{number // _PER_THEME:04d}"
        yield f"roadmap/initiatives/{name}.yaml", _initiative(name, theme, number, author, defect)
        yield f"roadmap/evidence/{name}.yaml", _interviews(name, theme, author, defect)


def _theme(theme: str, author: _Author) -> Iterator[tuple[str, str]]:
    yield f"roadmap/teams/{theme}.yaml", _TEAM.format(theme=theme, title=author.words(2))
    survey = _SURVEY.format(
        theme=theme, title=author.words(3), sample=author.number(60, 400), found=author.words(12)
    )
    yield f"roadmap/evidence/{theme}-survey.yaml", survey
    for role in ("lagging", "leading"):
        metric = _METRIC.format(
            theme=theme, role=role, title=author.words(3), value=author.number(80, 99)
        )
        yield f"roadmap/metrics/{theme}-{role}.yaml", metric
        yield f"measurements/{theme}-{role}.csv", _observations(author)


def _observations(author: _Author) -> str:
    value = 800
    rows = ["date,value"]
    for week in range(_WEEKS):
        value -= author.number(0, 40)
        rows.append(f"{_COMMITTED + timedelta(weeks=week)},{value / 10}")
    return "\n".join(rows) + "\n"


def _initiative(name: str, theme: str, number: int, author: _Author, defect: str) -> str:
    text = _INITIATIVE.format(
        name=name,
        theme=theme,
        evidence="nobody-asked" if defect == "no-evidence" else name,
        summary="sumary" if defect == "unknown-field" else "summary",
        thresholds="" if defect == "no-threshold" else _THRESHOLDS.format(theme=theme),
        reach=100 + number,
        effort=author.number(1, 9),
        target=author.number(20, 40),
        **{f"words{length}": author.words(length) for length in (2, 3, 4, 5, 6, 8, 12, 14)},
    )
    return text.replace("{more}", author.words(10))


def _interviews(name: str, theme: str, author: _Author, defect: str) -> str:
    return _INTERVIEWS.format(
        name=name,
        theme=theme,
        title=author.words(3),
        count=1 if defect == "two-interviews" else author.number(5, 15),
        teams=author.number(2, 9),
        first=author.words(10),
        second=author.words(11),
        limit=author.words(5),
    )


_PERSONA = """\
apiVersion: roadgate/v1
kind: Persona
metadata: {name: developer, title: Developer}
spec: {population: 100000, jobs: [ship a change safely], needs: [fast feedback]}
"""
_GOAL = """\
apiVersion: roadgate/v1
kind: Goal
metadata: {name: ship-daily, title: Every team ships daily}
spec: {outcome: Time from merge to production under 30 minutes}
"""
_TEAM = """\
apiVersion: roadgate/v1
kind: Team
metadata: {{name: {theme}, title: {title}}}
spec:
  members:
    - {{role: product manager, github: example-pm}}
    - {{role: engineer, github: example-eng}}
  covers: [product, design, engineering, operations, support]
  capacity: 200
"""
_METRIC = """\
apiVersion: roadgate/v1
kind: Metric
metadata:
  name: {theme}-{role}
  title: {title}
  owner: {theme}
spec:
  unit: min
  direction: lower
  role: {role}
  counts: outcome
  cadence: weekly
  grace: 4d
  baseline: {{value: {value}, date: 2026-01-15}}
"""
_SURVEY = """\
apiVersion: roadgate/v1
kind: Evidence
metadata: {{name: {theme}-survey, title: {title}, owner: {theme}}}
spec:
  method: survey
  date: 2026-01-12
  participants: {{developer: {sample}}}
  teams: 12
  findings: [{found}]
  limits: [Those who left did not answer]
"""
_INTERVIEWS = """\
apiVersion: roadgate/v1
kind: Evidence
metadata: {{name: {name}, title: {title}, owner: {theme}}}
spec:
  method: interview
  date: 2026-01-20
  participants: {{developer: {count}}}
  teams: {teams}
  findings:
    - {first}
    - {second}
  limits:
    - {limit}
"""
_THRESHOLDS = """\
  killThresholds:
    - id: no-movement
      metric: {theme}-lagging
      when: ">= 95"
      checkOn: [2026-04-15]
      action: kill
"""
_INITIATIVE = """\
apiVersion: roadgate/v1
kind: Initiative
metadata:
  name: {name}
  title: {words4}
  owner: {theme}
  labels: {{area: developer-experience, theme: {theme}}}
spec:
  problem: >-
    {words14},
    {words12}.
  horizon: now
  status: active
  committed: 2026-02-02
  {summary}: {words12}.
  personas: [developer]
  goal: ship-daily
  impact: {{actor: developer, change: {words5}}}
  scope:
    includes: [{words2}, {words3}]
    excludes: [{words4}]
  rice: {{reach: {reach}, impact: 2, confidence: 80, effort: {effort}}}
  evidence: [{evidence}, {theme}-survey]
  successCriteria:
    - id: shorter
      metric: {theme}-lagging
      target: "<= {target}"
      baseline: {{value: 90, date: 2026-01-15}}
      by: 2026-07-31
    - id: earlier
      metric: {theme}-leading
      target: "<= {target}"
      by: 2026-06-30
{thresholds}\
  guardrails:
    - {{id: no-worse, metric: {theme}-leading, target: "<= 200"}}
  risks:
    - risk: {words6}
      mitigation: {words5}
      fallback: {words4}
  milestones:
    - {{id: half, title: {words3}, due: 2026-03-31, done: 2026-03-27}}
    - {{id: whole, title: {words6}, due: 2026-06-30}}
  rollout:
    - phase: pilot
      audience: {words3}
      exit: {{metric: {theme}-lagging, target: "<= 60"}}
      fallback: {words4}
  messages:
    executives: {words8}.
    engineers: {{more}}.
    users: {words5}.
    security: {words6}.
  review: {{every: 120d}}
"""
