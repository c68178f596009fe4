"""Wrong input of every sort, through the command: a finding or one line, and never a success."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROADGATE = Path(sys.executable).with_name("roadgate")
DAY = "2026-08-04"
HEAD = "apiVersion: roadgate/v1\nkind: "
CSV = "date,value\n2026-07-20,9\n"


def document(kind: str, name: str, spec: str) -> str:
    """One resource."""
    return f"{HEAD}{kind}\nmetadata: {{name: {name}, title: T}}\nspec: {spec}\n"


def metric(name: str) -> str:
    """A metric, whose measurements are elsewhere."""
    return document("Metric", name, "{direction: lower, cadence: weekly, unit: min}")


def initiative(name: str, spec: str) -> str:
    """An initiative with more fields."""
    return document("Initiative", name, f"{{problem: p, horizon: later{spec}}}")


def criterion(name: str, more: str) -> str:
    """An initiative with a success criterion on its fifth line."""
    item = f"{{id: c, metric: fine, target: '< 5', by: 2026-12-31, {more}}}"
    return f"{initiative(name, '')[:-2]}, successCriteria: [\n  {item}]}}\n"


FINE = document("Initiative", "fine", "{problem: p, horizon: exploring}") + "---\n" + metric("fine")

YAML: dict[str, tuple[str | bytes, str, int, str]] = {
    "not-yaml": ("}{ [\n", "RG001", 1, ""),
    "tab": ("a:\n\t- b\n", "RG001", 2, "tab"),
    "unclosed": ('a: "x\n', "RG001", 1, "not closed"),
    "conflict": (f"{HEAD}Team\n<<<<<<< HEAD\n", "RG001", 3, "merge conflict"),
    "backtick": ("a: `x`\n", "RG001", 1, "`"),
    "undefined-alias": ("a: *x\n", "RG001", 1, "x"),
    "empty": ("", "RG002", 1, "empty"),
    "latin-1": ("a: caf\xe9\n".encode("latin-1"), "RG002", 1, "UTF-8"),
    "utf-16": ("a: b\n".encode("utf-16"), "RG002", 1, "UTF-16"),
    "nul": (b"a: b\nb: \0\n", "RG002", 2, "NUL"),
    "ten-megabytes": (b"a: " + b"x" * 10_000_000, "RG003", 1, "1048576 bytes"),
    "deep": ("[" * 5_000, "RG003", 1, "64"),
    "bomb": ("a: &a [x]\n" + "".join(
        f"b{n}: &{'bcdefghi'[n]} [{','.join(['*' + 'abcdefgh'[n]] * 9)}]\n" for n in range(8)
    ), "RG003", 5, "10000"),
    "duplicate-key": (f"{HEAD}Team\nkind: Goal\n", "RG004", 3, "kind"),
    "python-tag": ("a: !!python/object/apply:os.system [ls]\n", "RG005", 1, ""),
    "list": ("- a\n", "RG006", 1, "no fields"),
    "text": ("hello\n", "RG006", 1, "no fields"),
    "kind": (document("Initiatve", "a", "{}"), "RG006", 2, "Initiatve"),
    "version": ("apiVersion: roadgate/v9\nkind: Team\n", "RG006", 1, "roadgate/v9"),
    "unknown-field": (initiative("a1", ", gaol: x"), "RG007", 4, "gaol"),
    "missing": (document("Initiative", "a2", "{horizon: now}"), "RG008", 4, "problem"),
    "no-metadata": (f"{HEAD}Team\nspec: {{}}\n", "RG008", 1, "metadata"),
    "text-for-list": (initiative("a3", ", evidence: e"), "RG009", 4, "instead of a list"),
    "list-for-mapping": (initiative("a4", ", scope: [a]"), "RG009", 4, "instead of fields"),
    "number-for-text": (initiative("a5", ", summary: 7"), "RG009", 4, "instead of a text"),
    "true-for-list": (initiative("a6", ", risks: true"), "RG009", 4, "instead of a list"),
    "date": (initiative("a7", ", committed: 2026-02-30"), "RG009", 4, "2026-02-30"),
    "name": (document("Team", "A_b", "{}"), "RG009", 3, "A_b"),
    "huge-for": (criterion("a8", f"for: 1{'0' * 30}"), "RG009", 5, "1000"),
    "no-observation": (criterion("a9", "for: 0"), "RG010", 5, "for: 0"),
    "from-after-by": (criterion("b1", "from: 2027-01-01"), "RG010", 5, "2027-01-01"),
    "name-twice": (document("Initiative", "fine", "{problem: p, horizon: next}"), "RG011", 3, ""),
    "dangling": (initiative("b2", ", goal: nowhere"), "RG012", 4, "nowhere"),
    "itself": (initiative("b3", ", dependsOn: [b3]"), "RG013", 4, "b3"),
}  # fmt: skip
"""File under ``roadmap`` to its text, and the code, the line and a word of its first finding."""

ROWS: dict[str, tuple[str | bytes, str, int, str]] = {
    "zero-bytes": ("", "RG020", 1, "empty"),
    "semicolons": ("date;value\n2026-01-01;5\n", "RG020", 1, "semicolons"),
    "no-value": ("date\n2026-01-01\n", "RG020", 1, "value"),
    "unknown-column": ("date,value,colour\n2026-01-01,5,red\n", "RG020", 1, "colour"),
    "utf16-rows": (CSV.encode("utf-16"), "RG020", 1, "UTF-16"),
    "nul-row": (b"date,value\n2026-01-01,\0\n", "RG020", 2, "NUL"),
    "quote": ('date,value\n2026-01-01,"5\n', "RG020", 2, "quote"),
    "no-day": (CSV + "2026-02-30,5\n", "RG020", 3, "2026-02-30"),
    "compact-day": (CSV + "20260701,5\n", "RG020", 3, "20260701"),
    "not-a-number": (CSV + "2026-07-01,nan\n", "RG021", 3, "nan"),
    "beyond": (CSV + "2026-07-01,1e400\n", "RG021", 3, "1e400"),
    "underscore": (CSV + "2026-07-01,1_000\n", "RG021", 3, "1_000"),
    "decimal-comma": (CSV + "2026-07-01,1,5\n", "RG021", 3, "3 cells"),
    "twice": (CSV + "2026-07-20,8\n", "RG021", 3, "second row"),
}
"""The same for files under ``measurements``."""


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command, which neither shows a traceback nor blames itself, whatever happens."""
    done = subprocess.run(
        [ROADGATE, *arguments],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "Traceback" not in done.stdout + done.stderr
    assert done.returncode in (0, 1, 2, 3), done.stderr
    return done


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write files below a folder."""
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def commit(folder: Path) -> None:
    """Make the folder a repository with one commit."""
    for arguments in (
        ("init", "-q", "-b", "main"),
        ("add", "-A"),
        ("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-m", "one"),
    ):
        subprocess.run(["git", *arguments], cwd=folder, check=True)


@pytest.fixture(scope="module")
def wreck(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """What one check says about all wrong files together, by path, from disk and from git."""
    folder = tmp_path_factory.mktemp("wreck")
    files: dict[str, str | bytes] = {"roadmap/fine.yaml": FINE}
    files |= {f"roadmap/wrong/{name}.yaml": each[0] for name, each in YAML.items()}
    files |= {f"measurements/{name}.csv": each[0] for name, each in ROWS.items()}
    files["roadmap/metrics.yaml"] = "---\n".join(map(metric, ROWS))
    write(folder, files)
    commit(folder)
    said = [
        run(folder, "check", "--format", "json", "--as-of", DAY, *more)
        for more in ((), ("--at", "HEAD"))
    ]
    assert [each.returncode for each in said] == [1, 1]
    on_disk, in_git = (json.loads(each.stdout)["findings"] for each in said)
    assert on_disk == in_git
    found: dict[str, list[dict[str, Any]]] = {}
    for each in on_disk:
        found.setdefault((each["location"] or {"path": ""})["path"], []).append(each)
    return found


@pytest.mark.parametrize(
    ("path", "code", "line", "word"),
    [
        *((f"roadmap/wrong/{name}.yaml", *each[1:]) for name, each in YAML.items()),
        *((f"measurements/{name}.csv", *each[1:]) for name, each in ROWS.items()),
    ],
)
def test_a_wrong_file(
    wreck: dict[str, list[dict[str, Any]]], path: str, code: str, line: int, word: str
) -> None:
    """Each wrong file has its error, at its line and with a way out; none hides another."""
    errors = [each for each in wreck[path] if each["severity"] == "error"]
    first = next(each for each in errors if each["id"] == code)

    assert first["location"]["line"] == line
    assert word in f"{first['message']} {first['field']}"
    assert all(each["fix"] for each in errors)
    assert not [each for each in errors if each["message"][0].isupper()]


def test_a_right_file_among_wrong_ones(wreck: dict[str, list[dict[str, Any]]]) -> None:
    """What is right is not blamed for its neighbours."""
    assert [
        each for each in wreck.get("roadmap/fine.yaml", []) if each["severity"] == "error"
    ] == []


@pytest.mark.parametrize(
    ("config", "word"),
    [
        ("- a\n", ""),
        ("}{\n", ""),
        (f"{HEAD}Config\n---\n{HEAD}Config\n", "more than one"),
        (f"{HEAD}Config\nspec: {{polices: {{}}}}\n", "did you mean 'policies'?"),
        (f"{HEAD}Config\nspec: {{calendar: {{timezone: Mars/Phobos}}}}\n", "Mars/Phobos"),
        (f"{HEAD}Config\nspec: {{calendar: {{timezone: /etc/passwd}}}}\n", "/etc/passwd"),
        (f"{HEAD}Config\nspec: {{paths: {{roadmap: [../x]}}}}\n", "leaves the project"),
        (f"{HEAD}Config\nspec: {{github: {{maxChanges: -1}}}}\n", "maxChanges"),
    ],
)
def test_a_wrong_configuration(tmp_path: Path, config: str, word: str) -> None:
    """Defaults never stand in silently, whatever is wrong with the settings."""
    done = run(write(tmp_path, {"roadmap/a.yaml": FINE, "roadgate.yaml": config}), "check")

    assert done.returncode == 2
    assert "roadgate.yaml:" in done.stdout
    assert "= fix: " in done.stdout
    assert word in done.stdout


@pytest.mark.parametrize("folder", ["roadmap", "policies", "measurements"])
def test_a_file_in_the_place_of_a_folder(tmp_path: Path, folder: str) -> None:
    """What is there and cannot be read is not the same as nothing."""
    files: dict[str, str | bytes] = {"plan/a.yaml": FINE, folder: "x\n"}
    if folder != "roadmap":
        files["roadmap/a.yaml"] = files.pop("plan/a.yaml")
    done = run(write(tmp_path, files), "check")

    assert done.returncode in (1, 2)
    assert f"'{folder}' is a file instead of a folder" in done.stdout + done.stderr


@pytest.mark.parametrize("verb", ["check", "status"])
def test_a_damaged_repository(tmp_path: Path, verb: str) -> None:
    """An object that git has lost is a problem of the environment, not of ours."""
    commit(write(tmp_path, {"roadmap/a.yaml": FINE}))
    shown = ["git", "rev-parse", "HEAD:roadmap/a.yaml"]
    blob = subprocess.check_output(shown, cwd=tmp_path, text=True).strip()
    (tmp_path / ".git/objects" / blob[:2] / blob[2:]).unlink()

    done = run(tmp_path, verb, "--at", "HEAD")

    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith(f"error: git object {blob[:12]} is missing")
    assert "= fix: " in done.stderr


@pytest.mark.parametrize("option", ["--json-file", "--summary-file"])
def test_a_device_stays_a_device(tmp_path: Path, option: str) -> None:
    """Output that goes to a pipe goes through it; nothing is put in its place."""
    write(tmp_path, {"roadmap/a.yaml": FINE})
    script = f'mkfifo out; cat out > read & "$R" check {option} out; code=$?; wait; exit $code'
    environment = {"PATH": "/usr/bin:/bin", "R": str(ROADGATE)}
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=environment, check=False, timeout=60
    )

    assert done.returncode == 0
    assert (tmp_path / "out").is_fifo()
    assert (tmp_path / "read").read_text()


def test_schemas_beside_others(tmp_path: Path) -> None:
    """Writing the schemas leaves those of others alone, and says where it cannot write."""
    write(tmp_path, {"schemas/kep.schema.json": "{}", "file": "x"})

    assert run(tmp_path, "schema", "--write", "schemas").returncode == 0
    assert (tmp_path / "schemas/kep.schema.json").read_text() == "{}"
    done = run(tmp_path, "schema", "--write", "file/below")
    assert done.returncode == 3
    assert "= fix: " in done.stderr


def test_a_broken_metric(tmp_path: Path) -> None:
    """A metric that is there and broken is not said to be missing."""
    wrong = metric("fine").replace("weekly", "wekly")
    write(tmp_path, {"roadmap/a.yaml": criterion("a", "for: 2"), "roadmap/m.yaml": wrong})

    done = run(tmp_path, "status", "--as-of", DAY)

    assert done.returncode == 1
    assert "the metric 'fine' is broken" in done.stdout
    assert "there is no metric" not in done.stdout


@pytest.mark.parametrize("text", ["", "[1", "[]", '{"author": 7}', '{"version": 99}'])
def test_a_wrong_context(tmp_path: Path, text: str) -> None:
    """A context that cannot be read is said to be wrong, also where nothing has changed."""
    commit(write(tmp_path, {"roadmap/a.yaml": FINE}))
    write(tmp_path, {"context.json": text})

    done = run(tmp_path, "check", "--at", "HEAD", "--base", "HEAD", "--context", "context.json")

    assert (done.returncode, done.stdout) == (2, "")
    assert "context" in done.stderr
    assert "= fix: " in done.stderr


def test_a_name_that_the_locale_cannot_spell(tmp_path: Path) -> None:
    """It is a finding like any other, with its excerpt, and no fault of ours."""
    write(tmp_path, {"roadmap/日本.yaml": "kind: [x\n"})

    done = run(tmp_path, "check", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")

    assert done.returncode == 1
    assert "roadmap/日本.yaml:1:1" in done.stdout
    assert "= fix: " in done.stdout
