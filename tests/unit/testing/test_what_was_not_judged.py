"""What nobody judged is never said to pass, nor to refuse: the step fails, and says why."""

from __future__ import annotations

import subprocess
import sys
from textwrap import indent
from typing import TYPE_CHECKING

import pytest

from roadgate.testing import Scenario

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "apiVersion: roadgate/v1\nkind: "
IDEA = (
    f"{HEAD}Initiative\nmetadata: {{name: faster-ci, title: T}}\nspec: {{problem: P., HORIZON}}\n"
)
OFF = "{policy: RG101, enforcement: disabled, because: no time}"
SETTINGS = f"{HEAD}Config\nspec: {{policies: {{bindings: [{OFF}]}}}}\n"
STEPS = {
    "an unknown policy passes": (
        ["Then policy RG111 passes"],
        "there is no policy RG111; did you mean 'RG101'?",
    ),
    "an unknown policy refuses": (
        ['Then policy ACME999 refuses with "x"'],
        "there is no policy ACME999; known here: RG101",
    ),
    "an unknown policy waits": (
        ["Then policy ACME999 waits for an approval"],
        "there is no policy ACME999",
    ),
    "nothing is matched": (
        ["Then policy RG101 passes"],
        "policy RG101 matched nothing: nothing was judged",
    ),
    "nothing is matched that could refuse": (
        ["Then policy RG101 refuses"],
        "policy RG101 matched nothing: nothing was judged",
    ),
    "something is matched": (
        ['When initiative "faster-ci" moves to next', "Then policy RG101 matches nothing"],
        "policy RG101 matches something",
    ),
    "no preset has what matches nothing": (
        ["Then policy RG801 matches nothing"],
        "policy RG801 does not apply: no preset or binding of the settings has it",
    ),
    "no preset has it": (
        ["Then policy RG801 passes"],
        "policy RG801 does not apply: no preset or binding of the settings has it",
    ),
    "it is disabled": (
        ["Given the settings", SETTINGS, "Then policy RG101 passes"],
        "policy RG101 is disabled in the settings: no time",
    ),
    "the settings have a slip": (
        [
            "Given the settings",
            SETTINGS.replace("policies", "polices"),
            'When initiative "faster-ci" moves to next',
            "Then policy RG101 refuses",
        ],
        "nobody knows what policy RG101 says: what was given cannot be used",
    ),
    "a horizon has a slip": (
        ['When initiative "faster-ci" moves to nxt', "Then everything passes"],
        "not everything passes",
    ),
    "a field has a slip": (
        [
            "Given the roadmap declares",
            IDEA.replace("HORIZON", "horizon: next").replace("faster-ci", "other"),
            'When "spec.horizn" of Initiative "faster-ci" becomes next',
            "Then policy RG101 passes",
        ],
        "whether policy RG101 passes is not known: what is written cannot be used",
    ),
    "a resource has a slip": (
        ['When initiative "fastr-ci" moves to next', "Then policy RG101 passes"],
        "there is no Initiative 'fastr-ci'; did you mean 'faster-ci'?",
    ),
    "a kind has a slip": (
        ['When "spec.horizon" of Initative "faster-ci" becomes next', "Then everything passes"],
        "there is no Initative 'faster-ci'; did you mean 'Initiative'?",
    ),
    "a file has a slip": (
        ['When the file "roadmap/declard-0.yaml" is deleted', "Then everything passes"],
        "there is no file 'roadmap/declard-0.yaml'; did you mean 'roadmap/declared-0.yaml'?",
    ),
}


def scenario(steps: list[str]) -> str:
    """A feature of one scenario on an idea that nothing is promised of."""
    told = [
        "Given a roadmap",
        "Given the day is 2026-03-01",
        "Given the roadmap declares",
        IDEA.replace("HORIZON", "horizon: exploring"),
        *steps,
    ]
    lines = [
        each if each.startswith(("Given", "When", "Then")) else f'  """\n{indent(each, "  ")}  """'
        for each in told
    ]
    return f"Feature: f\n  Scenario: s\n{indent(chr(10).join(lines), '    ')}\n"


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What pytest says of all of them, played in a folder of their own."""
    folder: Path = tmp_path_factory.mktemp("scenarios")
    (folder / "conftest.py").write_text('pytest_plugins = ["roadgate.testing.steps"]\n')
    calls = []
    for number, (steps, _) in enumerate(STEPS.values()):
        (folder / f"f{number}.feature").write_text(scenario(steps))
        calls.append(f'@scenario("f{number}.feature", "s")\ndef test_{number}():\n    """It."""\n')
    (folder / "test_all.py").write_text("from pytest_bdd import scenario\n" + "\n".join(calls))
    arguments = [sys.executable, "-m", "pytest", "-q", "--tb=short", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*arguments, str(folder)], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    assert f"{len(STEPS)} failed" in done.stdout, done.stdout
    return done.stdout


@pytest.mark.parametrize("name", STEPS)
def test_a_step_about_what_was_not_judged(name: str, outcome: str) -> None:
    """It fails, and says why nothing is known."""
    assert STEPS[name][1] in outcome


def test_the_class_refuses_an_unknown_policy() -> None:
    """A slip in the id makes no assertion hold, also where it is about nothing being found."""
    checked = Scenario({"roadmap/a.yaml": IDEA.replace("HORIZON", "horizon: next")}).check()

    assert checked.refuses("RG101")
    with pytest.raises(LookupError, match="there is no policy RG1O1; did you mean 'RG101'"):
        checked.refuses("RG1O1")
