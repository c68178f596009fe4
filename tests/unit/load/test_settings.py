"""``roadgate.yaml``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from roadgate.load.settings import Settings, read
from roadgate.load.trees import FolderTree
from unit.load.repositories import write

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "apiVersion: roadgate/v1\nkind: Config\n"


def settings(root: Path, text: str) -> Settings:
    """The settings of a project with this configuration."""
    return read(FolderTree(write(root, {"roadgate.yaml": text})))


def test_without_a_file_the_default_counts(tmp_path: Path) -> None:
    """No configuration is a configuration."""
    found = read(FolderTree(tmp_path))
    assert (found.is_there, found.broken, found.findings) == (False, False, ())
    assert found.config.spec.paths.roadmap == ("roadmap",)


def test_reads_settings(tmp_path: Path) -> None:
    """What is written counts; what is null has its default."""
    found = settings(
        tmp_path,
        HEAD + "spec:\n  calendar: {timezone: Europe/Berlin}\n  measurements: {ref: null}\n",
    )
    assert (found.is_there, found.broken, found.findings) == (True, False, ())
    assert found.config.spec.calendar.timezone == "Europe/Berlin"
    assert found.config.spec.measurements.ref is None


@pytest.mark.parametrize(
    ("text", "code", "line", "message"),
    [
        (HEAD + "---\n" + HEAD, "RG030", 1, "the file holds more than one document"),
        ("x: [\n", "RG001", 2, "a value is missing"),
        (HEAD + "kind: Config\n", "RG004", 3, "'kind' is written twice"),
        ("kind: Team\n", "RG006", 1, "the file is no Config document"),
        (HEAD + "spec: {presets: [strict]}\n", "RG007", 3, "'presets' is no field"),
        (HEAD + "spec: {policies: {presets: strict}}\n", "RG009", 3, "'spec.policies.presets' is"),
        (HEAD + "spec: {paths: {roadmap: [../x]}}\n", "RG030", 3, "the path '../x' leaves"),
        (HEAD + "spec: {paths: {policies: [/x]}}\n", "RG030", 3, "the path '/x' leaves"),
        (
            HEAD + "spec: {paths: {measurements: a/../..}}\n",
            "RG030",
            3,
            "the path 'a/../..' leaves",
        ),
        (HEAD + "spec: {calendar: {timezone: Mars}}\n", "RG030", 3, "there is no time zone 'Mars'"),
        (HEAD + "spec: {calendar: {timezone: ../x}}\n", "RG030", 3, "there is no time zone"),
        (HEAD + "spec: {ignore: ['a[z-a]']}\n", "RG030", 3, "this is no glob"),
        (HEAD + "# " + "x" * (1 << 20), "RG003", 1, "the file is larger than the limit"),
    ],
)
def test_a_broken_configuration_says_where(
    tmp_path: Path, text: str, code: str, line: int, message: str
) -> None:
    """The summary comes first, then what is wrong; the default stands in."""
    found = settings(tmp_path, text)
    summary, problem = found.findings
    assert (found.broken, summary.id, found.config.spec.ignore) == (True, "RG030", ())
    assert problem.id == code
    assert problem.message.startswith(message)
    assert problem.location is not None
    assert (problem.location.path, problem.location.line) == ("roadgate.yaml", line)


def test_a_linked_configuration_is_not_followed(tmp_path: Path) -> None:
    """A link could lead out of the repository."""
    (tmp_path / "roadgate.yaml").symlink_to("/etc/hostname")
    assert [each.id for each in read(FolderTree(tmp_path)).findings] == ["RG030", "RG015"]
