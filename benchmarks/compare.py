"""Time roadgate beside its peers, over the same files in one run: ``benchmarks/compare.py``.

Peers validate each file against the published schema, and nothing else. roadgate reads the
observations too, resolves references, judges every promise and enforces all recommended policies;
what it must find is known beforehand, and a run that finds anything else is no measurement.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))

from corpus import AS_OF, DEFECTS, Corpus, write
from memory import peak

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[1]
SCHEMA = ROOT / "schemas" / "roadgate.schema.json"
BIN = Path(sys.executable).parent
README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- measured -->", "<!-- end -->"


@dataclass(frozen=True)
class Run:
    """One process, from start to end."""

    seconds: float
    megabytes: float
    output: bytes


def main() -> None:
    """Measure, print the table, and keep it if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--rounds", type=int, default=3, help="the median counts")
    parser.add_argument("--slow-peers", action="store_true", help="check-jsonschema too")
    parser.add_argument("--write", action="store_true", help="keep the table in the README")
    asked = parser.parse_args()
    compileall.compile_dir(ROOT / "engine", quiet=1)  # as pip does when it installs a package
    rows: list[str] = []
    plain: dict[int, float] = {}
    for size in asked.sizes:
        with tempfile.TemporaryDirectory() as folder:
            found = measured(Path(folder), size, asked.rounds, slow=asked.slow_peers)
        plain[size] = found["roadgate check"].seconds
        rows += table(size, found)
    text = "\n".join([*HEAD, *rows, "", growth(plain)])
    print(text)
    if asked.write:
        keep(text)


def measured(folder: Path, size: int, rounds: int, *, slow: bool) -> dict[str, Run]:
    """Every command's median run over a corpus of so many initiatives, in turns."""
    corpus = write(folder, size)
    (folder / "roadgate.yaml").write_text(CONFIG, encoding="utf-8")
    commit(folder)
    commands = {
        "ajv-cli, schema only": ajv(),
        "roadgate check": roadgate(),
        "roadgate check --base": roadgate("--base", "main"),
    }
    if slow:
        commands["check-jsonschema, schema only"] = check_jsonschema(folder)
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for turn in range(rounds):
        for name, command in commands.items():
            if turn and name.startswith("check-jsonschema"):
                continue  # a minute each: one says enough
            runs[name].append(timed(command, folder))
    certain(corpus, runs["roadgate check"])
    return {name: median(several, commands[name], folder) for name, several in runs.items()}


def commit(folder: Path) -> None:
    """The corpus as a repository, and a branch that changes three of its files."""

    def git(*words: str) -> None:
        subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("config", "user.name", "benchmark")
    git("config", "user.email", "benchmark@example.com")
    git("add", "-A")
    git("commit", "-qm", "Corpus")
    git("checkout", "-qb", "change")
    for path in sorted((folder / "roadmap" / "initiatives").iterdir())[:3]:
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("title: ", "title: The ", 1), encoding="utf-8")
    git("commit", "-qam", "Change three titles")


def roadgate(*words: str) -> list[str]:
    """The command of this very environment, with machine output."""
    return [
        str(BIN / "roadgate"),
        "check",
        "--as-of",
        AS_OF.isoformat(),
        "--format",
        "json",
        *words,
    ]


def ajv() -> list[str]:
    """The quickest validator there is on a command line."""
    command = ROOT / "node_modules" / ".bin" / "ajv"
    schema = ["--spec=draft2020", "--strict=false", "-c", str(ROOT / "node_modules/ajv-formats")]
    return [str(command), "validate", *schema, "-s", str(SCHEMA), "-d", "roadmap/**/*.yaml"]


def check_jsonschema(folder: Path) -> list[str]:
    """The usual validator of pre-commit hooks; it takes its files one by one."""
    files = sorted(str(path.relative_to(folder)) for path in folder.glob("roadmap/**/*.yaml"))
    return [str(BIN / "check-jsonschema"), "--schemafile", str(SCHEMA), *files]


def timed(command: Sequence[str], folder: Path) -> Run:
    """Run a command in a process of its own; nothing is kept from one run to the next."""
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=subprocess.DEVNULL)
        _, _, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = 0  # it has been waited for
        output.seek(0)
        return Run(seconds, used.ru_maxrss / 1024, output.read())


def median(runs: Sequence[Run], command: Sequence[str], folder: Path) -> Run:
    """The median of the time, and the memory of one more run; a slow peer has no more."""
    seconds = statistics.median(each.seconds for each in runs)
    megabytes = peak(command, folder) if len(runs) > 1 else runs[0].megabytes
    return Run(seconds, megabytes, b"")


def certain(corpus: Corpus, runs: Sequence[Run]) -> None:
    """Each seeded defect was found, each time, and nothing else of its kind."""
    for run in runs:
        report = json.loads(run.output)
        found = Counter(each["id"] for each in report["findings"] if each["severity"] == "error")
        for code in DEFECTS.values():
            expected = corpus.expected.get(code, 0)
            if code == "RG101":  # who names no evidence has no interviews either
                expected += corpus.expected.get("RG012", 0)
            if found[code] != expected:
                sys.exit(f"{corpus.initiatives}: {found[code]} {code}, and {expected} were seeded")


def table(size: int, found: dict[str, Run]) -> list[str]:
    """Rows of the table, each a ratio to the peer and to a plain check."""
    peer, plain = found["ajv-cli, schema only"].seconds, found["roadgate check"].seconds
    return [
        f"| {size:,} | {name} | {run.seconds / peer:.2f} | {run.seconds / plain:.2f} "
        f"| {run.megabytes:.0f} MB |"
        for name, run in found.items()
    ]


def growth(plain: dict[int, float]) -> str:
    """How the time of a check grows with the corpus."""
    sizes = sorted(plain)
    if len(sizes) < 2:  # noqa: PLR2004 - a ratio needs two
        return ""
    small, large = sizes[0], sizes[-1]
    return (
        f"{large:,} initiatives take {plain[large] / plain[small]:.1f} times as long as {small:,}."
    )


def keep(text: str) -> None:
    """Put the table between its marks in the README."""
    before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    README.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


CONFIG = """\
apiVersion: roadgate/v1
kind: Config
spec:
  policies: {presets: [recommended]}
"""
HEAD = (
    "| initiatives | command | to ajv-cli | to a plain check | peak memory |",
    "|---|---|---|---|---|",
)

if __name__ == "__main__":
    main()
