"""SARIF of the real command, held against the standard's schema and Microsoft's validator."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

ROADGATE = Path(sys.executable).with_name("roadgate")
TOOL = Path(__file__).parents[2] / "node_modules" / "@microsoft" / "sarif-multitool-linux"
DAY = "2026-08-04"
HEAD = "apiVersion: roadgate/v1\nkind: "
COMMITTED = (
    "spec: {problem: p, horizon: now, status: active, committed: 2026-01-02, evidence: [gone]}\n"
)
FILES = {
    "roadmap/速い CI.yaml": f"{HEAD}Initiative\nmetadata: {{name: fast, title: 速い}}\n{COMMITTED}",
    "roadmap/twice.yaml": f"{HEAD}Initiative\nmetadata: {{name: fast, title: '[a](b)'}}\n"
    f"{COMMITTED}---\n{HEAD}Initiative\nmetadata: {{name: typo, title: T}}\n"
    "spec: {problem: p, horizont: now}\n",
    "roadmap/broken.yaml": "a: b: c\n",
    "roadmap/latin.yaml": b"a: caf\xe9\n",
    "measurements/none.csv": "date,value\n2026-01-01,x\n2027-01-01,1\n",
    "roadmap/waiver.yaml": f"{HEAD}Decision\nmetadata: {{name: later, title: Later}}\n"
    "spec:\n  type: waive\n  concerns: {policy: RG101, initiative: fast}\n"
    "  date: 2026-08-01\n  until: 2026-12-31\n  by: [boss]\n  because: it is small\n",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with problems of many sorts, in a folder of its repository."""
    top = tmp_path_factory.mktemp("re po")
    subprocess.run(["git", "init", "-q", str(top)], check=True)
    for name, text in FILES.items():
        path = top / "チーム a" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return top / "チーム a"


def sarif(project: Path, *arguments: str) -> str:
    """What the command prints."""
    run = subprocess.run(
        [ROADGATE, "check", "--as-of", DAY, "--format", "sarif", *arguments],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (1, "")
    return run.stdout


def complaints(text: str, folder: Path) -> list[str]:
    """What Microsoft's validator has against a file, at the levels error and warning."""
    binary = TOOL / "Sarif.Multitool"
    binary.chmod(0o755)  # npm leaves it so where scripts are not run
    subject, answer = folder / "subject.sarif", folder / "answer.sarif"
    subject.write_text(text, encoding="utf-8")
    subprocess.run(
        [
            *(binary, "validate", subject, "-o", answer, "--log", "ForceOverwrite"),
            *("--rule-kind", "Sarif;Ghas", "--level", "Error;Warning"),
        ],
        capture_output=True,
        check=False,
        env={"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1", "HOME": str(folder)},
    )
    (run,) = json.loads(answer.read_bytes().removeprefix(b"\xef\xbb\xbf"))["runs"]
    assert run["invocations"][0]["executionSuccessful"]
    return [each["ruleId"] for each in run["results"]]


def breaches(data: Any) -> list[str]:
    """Where a file breaks the standard's schema."""
    schema = json.loads((TOOL / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    found = Draft202012Validator(schema).iter_errors(data)
    return [f"{each.json_path}: {each.message}" for each in found]


def test_the_output_is_valid(project: Path, tmp_path: Path) -> None:
    """Neither the schema nor the validator has anything against it; both notice a broken file."""
    text = sarif(project)
    data = json.loads(text)

    assert breaches(data) == []
    assert complaints(text, tmp_path) == []
    data["runs"][0]["results"][0]["ruleIndex"] = 99
    assert "SARIF1009" in complaints(json.dumps(data), tmp_path)
    data["runs"][0]["results"][0]["level"] = "fatal"
    assert breaches(data) != []


def test_every_finding_is_there(project: Path) -> None:
    """What JSON lists SARIF lists too, the waived one as suppressed."""
    json_file = project.parent / "findings.json"
    results = json.loads(sarif(project, "--json-file", str(json_file)))["runs"][0]["results"]
    findings = json.loads(json_file.read_text(encoding="utf-8"))["findings"]

    by_fingerprint = {each["partialFingerprints"]["roadgate/v1"]: each for each in results}
    assert sorted(by_fingerprint) == sorted(each["fingerprint"] for each in findings)
    suppressed = [each["fingerprint"] for each in findings if each["suppressed"]]
    assert len(suppressed) == 1
    assert "suppressions" in by_fingerprint[suppressed[0]]
    assert sum("suppressions" in each for each in results) == 1


def test_lines_inserted_above_change_no_fingerprint(project: Path) -> None:
    """Comments at the top of a file make no new alerts."""

    def told() -> list[tuple[str, str]]:
        results = json.loads(sarif(project))["runs"][0]["results"]
        return sorted((r["ruleId"], r["partialFingerprints"]["roadgate/v1"]) for r in results)

    path = project / "roadmap" / "twice.yaml"
    original = path.read_text(encoding="utf-8")
    before = told()
    path.write_text("# one\n\n# two\n" + original, encoding="utf-8")
    after = told()
    path.write_text(original, encoding="utf-8")

    assert before == after


def test_the_file_is_the_output(project: Path, tmp_path: Path) -> None:
    """--sarif-file writes what --format sarif prints, beside another format."""
    path = tmp_path / "deep" / "roadgate.sarif"
    printed = sarif(project, "--sarif-file", str(path))

    assert path.read_text(encoding="utf-8") == printed
