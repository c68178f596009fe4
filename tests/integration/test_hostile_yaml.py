"""Hostile files through the real command: a finding each, in bounded time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROADGATE = Path(sys.executable).with_name("roadgate")
MEASURED = Path(__file__).parents[1] / "rig" / "measured.py"
MIB = 1 << 20
MAX_MEMORY_KIB = 300 * 1024
MAX_SECONDS = 15
"""Of the processor's time; 2 on an idle machine. Coverage and neighbours take their share here."""
HEAD = (
    "apiVersion: roadgate/v1\nkind: Initiative\nmetadata: {name: a, title: T}\n"
    "spec:\n  problem: p\n  horizon: later\n"
)
METRIC = (
    "apiVersion: roadgate/v1\nkind: Metric\nmetadata: {name: m, title: T}\nspec:\n"
    "  {direction: lower, cadence: weekly, unit: min, counts: outcome, role: lagging}\n"
)


def bomb(first: str, opening: str, closing: str) -> str:
    """Ten aliases of ten aliases of ten …: a billion values in a kilobyte."""
    lines = [f"a: &a {first}"]
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        entries = ",".join(opening.format(each) + f"*{before} " for each in range(10))
        lines.append(f"{name}: &{name} {closing[0]}{entries}{closing[1]}")
    return "\n".join(lines) + "\n"


YAML: dict[str, tuple[str | bytes, str]] = {
    "a billion lists": (bomb("[x]", "", "[]"), "RG003"),
    "a billion mappings": (bomb("{x: y}", "k{}: ", "{}"), "RG003"),
    "aliases": ("a: &a 1\n" + "".join(f"k{i}: *a\n" for i in range(80_000)), "RG003"),
    "an alias of itself": ("a: &a [*a]\n", "RG005"),
    "brackets": ("a: " + "[" * 1_000_000, "RG003"),
    "braces": ("{a: " * 250_000, "RG003"),
    "dashes that nest": ("- " * 500_000, "RG003"),
    "indentation that nests": ("".join(" " * i + "a:\n" for i in range(1_400)), "RG003"),
    "JSON that nests": ('{"a":' + "[" * 100_000 + "]" * 100_000 + "}", "RG003"),
    "half a million entries": ("a: [" + "1," * 500_000 + "]\n", "RG006"),
    "many unknown fields": (HEAD + "".join(f"  k{i}: 1\n" for i in range(80_000)), "RG003"),
    "many empty entries": (HEAD + "  risks:\n" + "  -\n" * 250_000, "RG003"),
    "many dangling names": (HEAD + "  evidence:\n" + "  - x\n" * 150_000, "RG012"),
    "many anchors": ("".join(f"k{i}: &a{i} 1\n" for i in range(60_000)), "RG006"),
    "many duplicates": ("a: 1\n" * 200_000, "RG004"),
    "many tags": ("a:\n" + " - !!python/object x\n" * 40_000, "RG005"),
    "many broken documents": ("---\na: b: c\n" * 80_000, "RG001"),
    "more documents than the limit": ("---\na: 1\n" * 100_001, "RG003"),
    "a line of a MiB": (HEAD + "  " + "x" * (MIB - 300) + ": 1\n", "RG001"),
    "a wide line": (HEAD + "  summary: " + "速" * 340_000 + ": x\n", "RG001"),
    "a line of combining marks": (HEAD + "  summry: " + "\u0301" * 500_000 + "\n", "RG007"),
    "a line of tabs": (HEAD + "  summry: x" + "\t" * (MIB - 300) + "y\n", "RG007"),
    "an unclosed quote": (HEAD + '  summary: "' + "x" * (MIB - 300), "RG001"),
    "NUL": (HEAD + "  summary: a\0b\n", "RG002"),
    "NUL by escape": (HEAD + '  summary: "a\\0b"\n', "RG002"),
    "half a pair by escape": (HEAD + '  summary: "a\\ud800b"\n', "RG001"),
    "no UTF-8": ((HEAD + "  summary: ").encode() + b"\xff\xfe", "RG002"),
    "no UTF-8 at the end": (HEAD.encode() + b"  summary: " + b"x" * 1_048_000 + b"\xff", "RG002"),
    "UTF-16": (HEAD.encode("utf-16"), "RG002"),
    "UTF-16 without a mark": (HEAD.encode("utf-16-be"), "RG002"),
    "turned text": (HEAD + "  summary: a\u202eb\n", "RG002"),
    "a duplicate key": (HEAD + "  horizon: now\n", "RG004"),
    "a merge key": ("x-a: &a {summary: x}\n" + HEAD + "  <<: *a\n", "RG007"),
    "a tag that runs code": (HEAD + "  summary: !!python/object/apply:os.system [ls]\n", "RG005"),
    "a tag that names code": (HEAD + "  summary: !!python/name:os.system\n", "RG005"),
    "a binary tag": (HEAD + "  summary: !!binary aGVsbG8=\n", "RG005"),
    "a huge number": (HEAD + "  x-n: " + "9" * 900_000 + "\n", "RG005"),
    "a huge hexadecimal": (HEAD + "  x-n: 0x" + "f" * 900_000 + "\n", "RG005"),
    "a huge exponent": (HEAD + "  x-n: 1e999999999\n", "RG005"),
    "colons": (":" * MIB, "RG001"),
    "blank lines": ("\r" * MIB, "RG006"),
}
"""What stands in the file, and the code that it must be found with."""

CSV: dict[str, tuple[str, str]] = {
    "a row of a MiB": ("date,value,note\n2026-01-01,1," + "x" * (MIB - 100) + "\n", "RG020"),
    "many columns": ("date,value," + ",".join(f"c{i}" for i in range(100_000)) + "\n", "RG020"),
    "many cells": ("date,value\n2026-01-01,1" + "," * (MIB - 100) + "\n", "RG021"),
    "many equal columns": ("date,value" + ",date" * 200_000 + "\n", "RG020"),
    "many equal rows": ("date,value\n" + "2026-01-01,1\n" * 80_000, "RG021"),
    "many broken rows": ("date,value\n" + "x,1\n" * 250_000, "RG020"),
    "an open quote": ('date,value\n"' + "x" * (MIB - 100), "RG020"),
    "a number of a MiB": ("date,value\n2026-01-01," + "9" * 100_000 + "\n", "RG021"),
    "a NUL in a cell": ("date,value\n2026-01-01,\0\n", "RG020"),
}


KIND = (
    "apiVersion: roadgate/v1\nkind: KindDefinition\nmetadata: {name: note, title: N}\nspec:\n"
    "  {kind: Note, files: ['data/*'], format: json, envelope: false, identity: id, schema: {\n"
    "   type: object, required: [id], additionalProperties: false, properties: {\n"
    "    id: {type: string}, tags: {type: array, items: {type: string}}}}}\n"
)
POLICY = (
    "apiVersion: roadgate/v1\nkind: Policy\nmetadata: {name: p, title: T}\nspec:\n"
    "  id: ACME001\n  rationale: r\n  validations:\n"
)
ELSEWHERE: dict[str, tuple[str, str, str]] = {
    "JSON of a custom kind that nests": ("data/a.json", '{"a":' + "[" * 200_000, "RG003"),
    "half a million wrong entries": (
        "data/a.json",
        '{"id":"x","tags":[' + "1," * 400_000 + "1]}",
        "RG060",
    ),
    "many unknown names": (
        "data/a.json",
        "{" + ",".join(f'"k{i}":1' for i in range(70_000)) + "}",
        "RG059",
    ),
    "a policy of thousands of clauses": (
        "policies/p.yaml",
        POLICY + "    - {expression: 'true', message: x}\n" * 20_000,
        "RG009",
    ),
    "a settings file that nests": ("roadgate.yaml", "spec: " + "[" * 100_000, "RG003"),
    "a baseline that nests": ("roadgate.baseline.json", "[" * 100_000, "RG065"),
}


def judged(folder: Path) -> set[str]:
    """Check a project, with every format at once; the codes that it has findings of."""
    json_file = folder / "out.json"
    cost_file = folder / "cost.json"
    run = subprocess.run(
        [
            *(sys.executable, str(MEASURED), str(cost_file)),
            *(ROADGATE, "check", "-C", str(folder), "--as-of", "2026-08-04"),
            *("--json-file", str(json_file), "--sarif-file", str(folder / "out.sarif")),
            *("--summary-file", str(folder / "out.md")),
        ],
        capture_output=True,
        check=False,
    )
    text, cost = run.stdout, json.loads(cost_file.read_bytes())

    assert run.stderr == b""
    assert run.returncode in (0, 1, 2)
    assert cost["kibibytes"] < MAX_MEMORY_KIB
    assert cost["seconds"] < MAX_SECONDS
    assert len(text) < MIB
    assert max(map(len, text.decode().splitlines())) < 2_000
    return {each["id"] for each in json.loads(json_file.read_bytes())["findings"]}


@pytest.mark.parametrize("name", YAML)
def test_a_hostile_yaml_file_is_a_finding(name: str, tmp_path: Path) -> None:
    """Whatever stands in a file of at most a MiB, it costs little and is told."""
    content, code = YAML[name]
    data = content if isinstance(content, bytes) else content.encode()
    (tmp_path / "roadmap").mkdir()
    (tmp_path / "roadmap" / "hostile.yaml").write_bytes(data[:MIB])

    assert code in judged(tmp_path)


@pytest.mark.parametrize("name", CSV)
def test_a_hostile_measurement_file_is_a_finding(name: str, tmp_path: Path) -> None:
    """Measurements are held to the same."""
    content, code = CSV[name]
    for path, text in (("roadmap/m.yaml", METRIC), ("measurements/m.csv", content)):
        (tmp_path / path).parent.mkdir()
        (tmp_path / path).write_bytes(text.encode()[:MIB])

    assert code in judged(tmp_path)


@pytest.mark.parametrize("name", ELSEWHERE)
def test_hostile_files_of_other_sorts_are_findings(name: str, tmp_path: Path) -> None:
    """Governed files, policies, settings and the baseline are held to the same."""
    path, content, code = ELSEWHERE[name]
    for each, text in (("roadmap/k.yaml", KIND), ("roadmap/m.yaml", METRIC), (path, content)):
        (tmp_path / each).parent.mkdir(exist_ok=True)
        (tmp_path / each).write_bytes(text.encode()[:MIB])

    assert code in judged(tmp_path)


def test_more_files_than_the_limit(tmp_path: Path) -> None:
    """A hundred thousand files and one are refused before any of them is read."""
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    folder = tmp_path / "roadmap"
    folder.mkdir()
    for number in range(100_001):
        path = folder / f"{number}.yaml"
        if number % 50_000 == 0:  # a file system takes 65,000 links to one file
            first = path
            first.write_text("a: 1\n", encoding="utf-8")
        else:
            path.hardlink_to(first)

    assert "RG003" in judged(tmp_path)
