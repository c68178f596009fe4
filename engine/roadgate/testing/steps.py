"""Steps of pytest-bdd about policies: ``pytest_plugins = ["roadgate.testing.steps"]``."""

from __future__ import annotations

from typing import TYPE_CHECKING

try:
    import pytest
    from pytest_bdd import given, parsers, then, when
except ImportError as error:
    raise ImportError(
        "roadgate.testing.steps needs pytest-bdd: pip install 'roadgate[testing]'"
    ) from error

from roadgate.model.codes import CODES
from roadgate.testing.scenario import Scenario

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadgate.model.finding import Finding
    from roadgate.testing.checked import Checked


@pytest.fixture
def roadmap_scenario() -> Scenario:
    """A roadmap without files; every step adds to it."""
    return Scenario()


@given("a roadmap")
def _roadmap(roadmap_scenario: Scenario) -> None:
    """Nothing is there yet."""


@given(parsers.parse('the roadmap in "{folder}"'))
def _roadmap_in(roadmap_scenario: Scenario, folder: str) -> None:
    found = Scenario.from_folder(folder)
    for path, text in found.files.items():
        roadmap_scenario.write(path, text)


@given("the roadmap declares")
def _declares(roadmap_scenario: Scenario, docstring: str) -> None:
    roadmap_scenario.declare(docstring)


@given(parsers.parse('the file "{path}"'))
def _file(roadmap_scenario: Scenario, path: str, docstring: str) -> None:
    roadmap_scenario.write(path, docstring)


@given("the settings")
def _settings(roadmap_scenario: Scenario, docstring: str) -> None:
    roadmap_scenario.write("roadgate.yaml", docstring)


@given(parsers.parse('the policy in "{path}"'))
def _policy(roadmap_scenario: Scenario, path: str) -> None:
    roadmap_scenario.read(path)


@given(parsers.parse('the measurements of "{metric}"'))
def _measurements(
    roadmap_scenario: Scenario, metric: str, datatable: Sequence[Sequence[object]]
) -> None:
    _, *rows = datatable
    roadmap_scenario.measure(metric, {str(row[0]): row[1] for row in rows})


@given(parsers.parse("the day is {day}"))
def _day(roadmap_scenario: Scenario, day: str) -> None:
    roadmap_scenario.on(day)


@when(parsers.parse('initiative "{name}" moves to {horizon}'))
def _moves(roadmap_scenario: Scenario, name: str, horizon: str) -> None:
    _start(roadmap_scenario).move("Initiative", name, "spec.horizon", horizon)


@when(parsers.parse('"{field}" of {kind} "{name}" becomes {value}'))
def _becomes(roadmap_scenario: Scenario, field: str, kind: str, name: str, value: str) -> None:
    _start(roadmap_scenario).set(kind, name, field, value)


@when("the change declares")
def _change_declares(roadmap_scenario: Scenario, docstring: str) -> None:
    _start(roadmap_scenario).declare(docstring)


@when(parsers.parse('the file "{path}" becomes'))
def _file_becomes(roadmap_scenario: Scenario, path: str, docstring: str) -> None:
    _start(roadmap_scenario).write(path, docstring)


@when(parsers.parse('the file "{path}" is deleted'))
def _deleted(roadmap_scenario: Scenario, path: str) -> None:
    _start(roadmap_scenario).delete(path)


@when(parsers.parse('"{person}" opens the change'))
def _opens(roadmap_scenario: Scenario, person: str) -> None:
    _start(roadmap_scenario).opened_by(person)


@when(parsers.parse('"{person}" approves the change'))
def _approves(roadmap_scenario: Scenario, person: str) -> None:
    _start(roadmap_scenario).approved_by(person)


@when("the roadmap is checked")
def _checked(roadmap_scenario: Scenario) -> None:
    """Nothing has to be done: the next step asks."""


@then(parsers.re(r'policy (?P<policy>[A-Z]+\d{3}) refuses( "(?P<about>[^"]+)")?$'))
def _refuses(roadmap_scenario: Scenario, policy: str, about: str | None) -> None:
    checked = _judged(roadmap_scenario, policy)
    why = checked.not_judged(policy) or f"policy {policy} refuses nothing"
    _require(checked.refuses(policy, about), why, checked, policy)


@then(
    parsers.re(
        r'policy (?P<policy>[A-Z]+\d{3}) refuses( "(?P<about>[^"]+)")? with "(?P<words>.+)"$'
    )
)
def _refuses_with(roadmap_scenario: Scenario, policy: str, about: str | None, words: str) -> None:
    checked = _judged(roadmap_scenario, policy)
    why = checked.not_judged(policy) or f"policy {policy} refuses nothing"
    _require(checked.refuses(policy, about), why, checked, policy)
    _says(checked, policy, words, about)


@then(parsers.re(r'policy (?P<policy>[A-Z]+\d{3}) (warns|says)( with)? "(?P<words>.+)"$'))
def _warns(roadmap_scenario: Scenario, policy: str, words: str) -> None:
    _says(_judged(roadmap_scenario, policy), policy, words)


@then(parsers.re(r"policy (?P<policy>[A-Z]+\d{3}) waits for an approval$"))
def _waits(roadmap_scenario: Scenario, policy: str) -> None:
    checked = _judged(roadmap_scenario, policy)
    _require(checked.awaits(policy), f"policy {policy} waits for nobody", checked, policy)


@then(parsers.re(r"policy (?P<policy>[A-Z]+\d{3}) passes$"))
def _passes(roadmap_scenario: Scenario, policy: str) -> None:
    checked = _judged(roadmap_scenario, policy)
    why = checked.not_judged(policy)
    _require(why is None, str(why), checked, policy)
    wrong = f"whether policy {policy} passes is not known: what is written cannot be used"
    _require(not checked.unread, wrong, checked, policy)
    _require(not checked.of(policy), f"policy {policy} does not pass", checked, policy)


@then(parsers.re(r"policy (?P<policy>[A-Z]+\d{3}) matches nothing$"))
def _matches_nothing(roadmap_scenario: Scenario, policy: str) -> None:
    checked = _judged(roadmap_scenario, policy)
    count = checked.evaluated.get(policy)
    _require(count is not None, str(checked.not_judged(policy)), checked, policy)
    _require(count == 0, f"policy {policy} matches something", checked, policy)


@then("everything passes")
def _everything(roadmap_scenario: Scenario) -> None:
    checked = roadmap_scenario.check()
    _require(checked.passes, "not everything passes", checked)


def _judged(scenario: Scenario, policy: str) -> Checked:
    """What was said, where the policy exists and what was given can be used."""
    checked = scenario.check()
    if policy not in CODES:
        _require(policy in checked.known, str(checked.not_judged(policy)), checked, policy)
        wrong = f"nobody knows what policy {policy} says: what was given cannot be used"
        _require(not checked.given, wrong, checked, policy)
    return checked


def _start(scenario: Scenario) -> Scenario:
    """The first step of a change: what was given before is merged."""
    if not scenario.is_change:
        scenario.merged()
    return scenario


def _says(checked: Checked, policy: str, words: str, about: str | None = None) -> None:
    said = any(words in each for each in checked.messages(policy, about))
    why = checked.not_judged(policy) or f"policy {policy} does not say '{words}'"
    _require(said, why, checked, policy)


def _require(holds: object, problem: str, checked: Checked, policy: str = "") -> None:
    """Fail with what was found instead.

    Raises:
        AssertionError: it does not hold.
    """
    if holds:
        return
    seen = dict.fromkeys((*checked.unread, *checked.findings))
    found = [_line(each) for each in seen if not policy or each.id == policy]
    others = [_line(each) for each in seen if policy and each.id != policy]
    told = [*(found or ["it found nothing"]), *(["besides:", *others] if others else [])]
    raise AssertionError("\n  ".join([f"{problem}; found:", *told]))


def _line(finding: Finding) -> str:
    return f"{finding.severity}[{finding.id}] {finding.message}"
