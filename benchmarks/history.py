"""Build a git repository with years of roadmap history, the same for the same seed.

    python benchmarks/history.py FOLDER [--files 700] [--commits 1000] [--seed 1]

A few commits do what policies refuse: a target is loosened, a commitment has no research, a promise
is deleted. ``Built.loosened`` says in how many of them a promise became easier unseen.
"""

from __future__ import annotations

import argparse
import random
import subprocess
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

FIRST = date(2023, 1, 2)
LOOSENED, MEASURED = 0.05, 0.4
"""Below which number of a die a change loosens a target, or else measures."""
_NAMES = ("search", "checkout", "billing", "login", "export", "import", "sync", "alerts")


@dataclass
class Built:
    """A repository, and what was done in it."""

    folder: Path
    files: int = 0
    commits: int = 0
    loosened: list[int] = field(default_factory=list)
    """The commits, counted from 0, that loosen a target of a committed initiative."""


class _Story:
    """The files of a roadmap, changed step by step."""

    def __init__(self, files: int, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - the same corpus for the same seed
        self.files: dict[str, str] = {}
        self.targets: dict[int, int] = {}
        self.rows: dict[int, int] = {}
        self.words: dict[int, int] = {}
        self.count = (files - 4) * 3 // 7
        self.metrics = (files - 4 - self.count) // 3

    def start(self) -> None:
        """The roadmap of the first day."""
        self.files["roadgate.yaml"] = (
            "apiVersion: roadgate/v1\nkind: Config\nspec: {policies: {presets: [recommended]}}\n"
        )
        self.files["roadmap/team.yaml"] = (
            "apiVersion: roadgate/v1\nkind: Team\nmetadata: {name: core, title: Core}\n"
            "spec: {members: [{role: pm, github: pm}, {role: lead, github: lead}], capacity: 900}\n"
        )
        self.files["roadmap/persona.yaml"] = (
            "apiVersion: roadgate/v1\nkind: Persona\nmetadata: {name: dev, title: Developer}\n"
            "spec: {population: 900}\n"
        )
        for index in range(self.metrics):
            self.files[f"roadmap/metrics/m{index}.yaml"] = (
                "apiVersion: roadgate/v1\nkind: Metric\n"
                f"metadata: {{name: m{index}, title: Metric {index}, owner: core}}\n"
                "spec: {unit: min, direction: lower, cadence: monthly}\n"
            )
            self.rows[index] = 1
            self.measure(index)
            self.files[f"roadmap/evidence/e{index}.yaml"] = (
                "apiVersion: roadgate/v1\nkind: Evidence\n"
                f"metadata: {{name: e{index}, title: Interviews {index}, owner: core}}\n"
                "spec:\n  method: interview\n  date: 2022-12-01\n"
                f"  participants: {{dev: {5 + index % 7}}}\n"
            )
        for index in range(self.count):
            self.targets[index] = 5
            self.words[index] = 0
            self.initiative(index)

    def initiative(self, index: int) -> str:
        """Write one initiative as it stands now; every third is committed."""
        name = f"{_NAMES[index % len(_NAMES)]}-{index}"
        metric = index % self.metrics
        promise = (
            "  horizon: now\n  status: active\n  committed: 2023-01-02\n"
            "  scope: {includes: [one thing], excludes: [another]}\n"
            "  successCriteria:\n"
            f'    - {{id: faster, metric: m{metric}, target: "<= {self.targets[index]}", '
            "by: 2027-12-31}\n"
            "  killThresholds:\n"
            f'    - {{id: stuck, metric: m{metric}, when: ">= 50", checkOn: [2027-06-30]}}\n'
        )
        horizon = promise if index % 3 == 0 else f"  horizon: {('later', 'next')[index % 2]}\n"
        path = f"roadmap/initiatives/{name}.yaml"
        self.files[path] = (
            "apiVersion: roadgate/v1\nkind: Initiative\n"
            f"metadata: {{name: {name}, title: Initiative {index}, owner: core}}\n"
            f"spec:\n  problem: People wait, wording {self.words[index]}.\n{horizon}"
            f"  summary: Faster for all of {index}.\n  personas: [dev]\n"
            f"  rice: {{reach: {900 - index}, impact: 2, confidence: 80, effort: 3}}\n"
            f"  evidence: [e{metric}]\n"
        )
        return path

    def measure(self, index: int) -> str:
        """Append one row."""
        rows = "".join(
            f"{FIRST + timedelta(30 * row)},{20 - row % 9}\n" for row in range(self.rows[index])
        )
        path = f"measurements/m{index}.csv"
        self.files[path] = f"date,value\n{rows}"
        return path

    def step(self, number: int, built: Built) -> list[str]:
        """One change: the paths that it touches."""
        chance = self.random.random()
        index = self.random.randrange(self.count)
        if chance < LOOSENED:
            index -= index % 3
            self.targets[index] += 1
            built.loosened.append(number)
            return [self.initiative(index)]
        if chance < MEASURED:
            metric = self.random.randrange(self.metrics)
            self.rows[metric] += 1
            return [self.measure(metric)]
        touched = []
        for _ in range(self.random.randrange(1, 4)):
            index = self.random.randrange(self.count)
            self.words[index] += 1
            touched.append(self.initiative(index))
        return list(dict.fromkeys(touched))


def build(folder: Path, *, files: int = 700, commits: int = 1000, seed: int = 1) -> Built:
    """Write the repository in one go, as git's own import format."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["git", "init", "-q", "-b", "main", str(folder)], check=True)
    story = _Story(files, seed)
    story.start()
    built = Built(folder, len(story.files), commits)
    stream = [*_commit(0, list(story.files), story.files)]
    for number in range(1, commits):
        stream += _commit(number, story.step(number, built), story.files)
    git = ["git", "-C", str(folder)]
    text = "".join(stream).encode()
    subprocess.run([*git, "fast-import", "--quiet"], input=text, check=True)
    subprocess.run([*git, "reset", "-q", "--hard", "main"], check=True)
    return built


def _commit(number: int, paths: list[str], files: dict[str, str]) -> list[str]:
    at = datetime.combine(FIRST + timedelta(number), datetime.min.time(), UTC).timestamp()
    message = f"Change {number}"
    parts = [
        "commit refs/heads/main\n",
        f"committer pm <pm@example.com> {int(at) + 43200} +0000\n",
        f"data {len(message)}\n{message}\n",
    ]
    for path in paths:
        content = files[path]
        parts.append(f"M 100644 inline {path}\ndata {len(content.encode())}\n{content}\n")
    return parts


def main() -> None:
    """Build one and say what it holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=700)
    parser.add_argument("--commits", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    built = build(given.folder, files=given.files, commits=given.commits, seed=given.seed)
    print(f"{built.files} files, {built.commits} commits, {len(built.loosened)} targets loosened")


if __name__ == "__main__":
    main()
