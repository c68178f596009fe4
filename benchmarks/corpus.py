"""Seeded corpora: roadmaps of any size, every file with content of its own.

Each initiative has its Evidence, its Metric and a file of weekly observations. One in a hundred
carries a seeded defect, so that a run which skips work is noticed by its number of findings.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

START = date(2026, 2, 2)
AS_OF = "2026-06-01"
WEEKS = 16
WORDS = (
    "waiting deploys reviews builds tests pipelines rollbacks searches logins invoices imports "
    "exports alerts dashboards releases branches caches queues reports approvals handovers"
).split()
DEFECTS = ("unknown-evidence", "no-threshold", "two-interviews", "typo")
EVERY = 100
"""One initiative in so many has a defect; they take turns."""


@dataclass(frozen=True)
class Corpus:
    """What was written, and what a full check must say about it."""

    initiatives: int
    yaml_files: int
    resources: int
    defects: dict[str, int]


def write(folder: Path, initiatives: int, seed: int = 7) -> Corpus:
    """Write a project of so many initiatives into ``folder``."""
    chance = random.Random(seed)  # noqa: S311 - a corpus, not a secret
    defects = dict.fromkeys(DEFECTS, 0)
    for part in ("initiatives", "evidence", "metrics"):
        (folder / "roadmap" / part).mkdir(parents=True, exist_ok=True)
    (folder / "measurements").mkdir(exist_ok=True)
    shared = _shared()
    for name, text in shared.items():
        (folder / "roadmap" / f"{name}.yaml").write_text(text, encoding="utf-8")
    for number in range(initiatives):
        defect = DEFECTS[number // EVERY % len(DEFECTS)] if number % EVERY == EVERY - 1 else None
        if defect:
            defects[defect] += 1
        name = f"initiative-{number:05d}"
        files = {
            f"roadmap/initiatives/{name}.yaml": _initiative(name, number, chance, defect),
            f"roadmap/evidence/{name}-interviews.yaml": _evidence(name, chance, defect),
            f"roadmap/metrics/{name}-metric.yaml": _metric(name, chance),
            f"measurements/{name}-metric.csv": _rows(chance),
        }
        for path, text in files.items():
            (folder / path).write_text(text, encoding="utf-8", newline="\n")
    resources = 3 * initiatives + len(shared)
    return Corpus(initiatives, resources, resources, defects)


def _sentence(chance: random.Random, length: int = 8) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(length)).capitalize() + "."


def _shared() -> dict[str, str]:
    persona = (
        "apiVersion: roadgate/v1\nkind: Persona\n"
        "metadata: {name: developer, title: Developer}\n"
        "spec: {population: 100000, jobs: [ship a change safely], needs: [fast feedback]}\n"
    )
    goal = (
        "apiVersion: roadgate/v1\nkind: Goal\n"
        "metadata: {name: ship-daily, title: Every team ships daily}\n"
        "spec: {outcome: Time from merge to production under 30 minutes}\n"
    )
    team = (
        "apiVersion: roadgate/v1\nkind: Team\n"
        "metadata: {name: platform, title: Platform}\n"
        "spec:\n  members: [{role: product manager, github: example-pm}]\n"
        "  covers: [product, design, engineering, operations, support]\n"
        "  capacity: 100000\n"
    )
    return {"persona": persona, "goal": goal, "team": team}


def _initiative(name: str, number: int, chance: random.Random, defect: str | None) -> str:
    reach = 100 + number
    evidence = f"{name}-interviews" if defect != "unknown-evidence" else f"{name}-interview"
    threshold = (
        f"  killThresholds:\n"
        f'    - {{id: no-movement, metric: {name}-metric, when: ">= 95",'
        f" checkOn: [2026-04-30], action: kill}}\n"
    )
    return (
        f"apiVersion: roadgate/v1\nkind: Initiative\nmetadata:\n"
        f"  name: {name}\n  title: {_sentence(chance, 4)}\n  owner: platform\n"
        f"  labels: {{area: {chance.choice(WORDS)}}}\n"
        f"spec:\n  problem: {_sentence(chance, 14)}\n  horizon: now\n  status: active\n"
        f"  committed: {START.isoformat()}\n"
        f"  {'sumary' if defect == 'typo' else 'summary'}: {_sentence(chance, 12)}\n"
        f"  personas: [developer]\n  goal: ship-daily\n"
        f"  impact: {{actor: developer, change: {_sentence(chance, 5)}}}\n"
        f"  scope: {{includes: [{chance.choice(WORDS)}, {chance.choice(WORDS)}],"
        f" excludes: [a new vendor]}}\n"
        f"  rice: {{reach: {reach}, impact: 2, confidence: 80, effort: {chance.randint(1, 9)}}}\n"
        f"  evidence: [{evidence}]\n"
        f"  successCriteria:\n    - id: shorter\n      metric: {name}-metric\n"
        f'      target: "<= {chance.randint(20, 40)}"\n'
        f"      baseline: {{value: {chance.randint(80, 99)}, date: 2026-01-15}}\n"
        f"      by: 2026-07-31\n"
        f"{threshold if defect != 'no-threshold' else ''}"
        f"  risks:\n    - {{risk: {_sentence(chance, 4)} mitigation: {_sentence(chance, 3)}"
        f" fallback: {_sentence(chance, 3)}}}\n".replace(". mitigation", ", mitigation").replace(
            ". fallback", ", fallback"
        )
        + f"  milestones:\n    - {{id: half, title: {_sentence(chance, 3)} due: 2026-03-31}}\n".replace(
            ". due", ", due"
        )
    )


def _evidence(name: str, chance: random.Random, defect: str | None) -> str:
    count = 2 if defect == "two-interviews" else chance.randint(5, 15)
    return (
        f"apiVersion: roadgate/v1\nkind: Evidence\n"
        f"metadata: {{name: {name}-interviews, title: {_sentence(chance, 3)} owner: platform}}\n"
        f"spec:\n  method: interview\n  date: 2026-01-20\n"
        f"  participants: {{developer: {count}}}\n  teams: {chance.randint(2, 9)}\n"
        f"  findings:\n    - {_sentence(chance, 10)}\n    - {_sentence(chance, 10)}\n"
        f"  limits:\n    - {_sentence(chance, 5)}\n"
    ).replace(". owner", ", owner")


def _metric(name: str, chance: random.Random) -> str:
    return (
        f"apiVersion: roadgate/v1\nkind: Metric\nmetadata:\n  name: {name}-metric\n"
        f"  title: {_sentence(chance, 3)}\n  owner: platform\n"
        f"spec:\n  unit: min\n  direction: lower\n  role: lagging\n  counts: outcome\n"
        f"  cadence: weekly\n  grace: 4d\n"
        f"  baseline: {{value: {chance.randint(80, 99)}, date: 2026-01-15}}\n"
    )


def _rows(chance: random.Random) -> str:
    value = 80.0
    rows = ["date,value"]
    for week in range(WEEKS):
        value -= chance.random() * 4
        rows.append(f"{START + timedelta(weeks=week)},{value:.1f}")
    return "\n".join(rows) + "\n"
