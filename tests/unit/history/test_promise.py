"""The frozen projection ``promise/v1`` and its digest."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest

from roadgate.model.projection import project
from roadgate.model.seal import Promise
from unit.roadmap.changes import CI, DURATION, FLAKES, edited, renamed, resource

FULL = resource(
    "Initiative",
    "faster-ci",
    {
        "problem": "Developers wait.",
        "horizon": "now",
        "committed": "2026-02-02",
        "successCriteria": [
            {
                "id": "duration",
                "metric": "ci-duration",
                "target": " <= 5 ",
                "baseline": {"value": Decimal("18.0"), "date": "2026-01-15"},
                "by": "2026-07-31",
                "from": "2026-03-01",
                "for": 3,
                "window": "028d",
                "aggregate": "p90",
                "segment": "monorepo",
                "standing": True,
            },
            {"id": "felt", "question": "Fast?", "by": "2026-07-31", "answers": [{"role": "pm"}]},
        ],
        "killThresholds": [
            {
                "id": "no-movement",
                "metric": "ci-duration",
                "when": ">= 15",
                "checkOn": ["2026-06-30", "2026-04-30", "2026-04-30"],
                "action": "kill",
            }
        ],
        "guardrails": [{"id": "flakes", "metric": "flake-rate", "target": "<= 2 %"}],
    },
)
METRIC = resource(
    "Metric",
    "ci-duration",
    {
        "unit": "min",
        "direction": "lower",
        "role": "lagging",
        "counts": "outcome",
        "cadence": "weekly",
        "grace": "4d",
        "target": "<= 6",
        "baseline": {"value": 18},
        "source": {"prometheus": {"query": "rate(ci[7d])", "connection": "prod"}},
    },
)
CONFIG = {
    "apiVersion": "roadgate/v1",
    "kind": "Config",
    "spec": {
        "connections": {
            "prod": {"prometheus": {"url": "http://127.0.0.1:9090"}},
            "other": {"sql": {"urlEnv": "URL"}},
        }
    },
}
EXPECTED = Promise(
    initiative="faster-ci",
    committed="2026-02-02",
    criteria={
        "duration": {
            "metric": "ci-duration",
            "for": "3",
            "window": "28d",
            "aggregate": "p90",
            "segment": "monorepo",
            "baseline": {"value": "18", "date": "2026-01-15"},
            "target": "<= 5",
            "by": "2026-07-31",
            "from": "2026-03-01",
            "standing": True,
        },
        "felt": {"question": "Fast?", "by": "2026-07-31"},
    },
    thresholds={
        "no-movement": {
            "metric": "ci-duration",
            "when": ">= 15",
            "checkOn": ["2026-04-30", "2026-06-30"],
            "action": "kill",
        }
    },
    guardrails={"flakes": {"metric": "flake-rate", "target": "<= 2 %"}},
    metrics={
        "ci-duration": {
            "unit": "min",
            "direction": "lower",
            "cadence": "weekly",
            "baseline": {"value": "18"},
            "target": "<= 6",
            "source": {"prometheus": {"query": "rate(ci[7d])", "connection": "prod"}},
            "connection": {"prod": {"prometheus": {"url": "http://127.0.0.1:9090"}}},
        },
        "flake-rate": {"unit": "%", "direction": "lower", "cadence": "weekly"},
    },
)
GOLDEN = "v1:dc82295e0fefcf855bea12c88383abe93c869cce0117ef4e3c39e0179dda3995"


def promise(*documents: Any, name: str = "faster-ci") -> Promise:
    """The promise of an initiative that is there."""
    found = project(documents, name)
    assert found is not None
    return found


def test_the_projection_is_frozen() -> None:
    """Both the reading and its digest stay for ever: seals of years ago rest on them."""
    found = promise(FULL, METRIC, FLAKES, CONFIG)

    assert found == EXPECTED
    assert found.digest == GOLDEN


def test_the_name_plays_no_part_in_the_digest() -> None:
    """A rename is no other promise."""
    other = promise(renamed(FULL, "quick", "faster-ci"), METRIC, FLAKES, CONFIG)

    assert other.initiative == "quick"
    assert other.digest == GOLDEN


def item(**fields: Any) -> dict[str, Any]:
    """The initiative with other values in its first criterion."""
    return edited(FULL, **{f"duration__{key}": value for key, value in fields.items()})


@pytest.mark.parametrize(
    "same",
    [
        item(target="<= 5"),
        item(baseline={"date": "2026-01-15", "value": 18}),
        item(baseline={"date": "2026-01-15", "value": Decimal("1.8e1")}),
        item(window="28d"),
        item(**{"for": Decimal("3.0")}),
        edited(FULL, problem="Another text", title="Another"),
        edited(FULL, **{"no-movement__checkOn": ["2026-04-30", "2026-06-30"]}),
        edited(FULL, guardrails=[{"target": "<= 2 %", "metric": "flake-rate", "id": "flakes"}]),
        edited(FULL, flakes__aggregate="last", flakes__segment=None),
        edited(FULL, flakes__for=1),
        edited(FULL, felt__standing=False, felt__answers=[]),
    ],
)
def test_equal_meanings_have_equal_digests(same: dict[str, Any]) -> None:
    """Spelling, order, defaults written out and everything outside the promise do not count."""
    assert promise(same, METRIC, FLAKES, CONFIG).digest == GOLDEN


@pytest.mark.parametrize(
    "documents",
    [
        (item(target="<= 6"), METRIC, FLAKES, CONFIG),
        (item(by="2026-08-31"), METRIC, FLAKES, CONFIG),
        (item(standing=None), METRIC, FLAKES, CONFIG),
        (edited(FULL, **{"no-movement__action": "review"}), METRIC, FLAKES, CONFIG),
        (edited(FULL, committed="2026-02-03"), METRIC, FLAKES, CONFIG),
        (edited(FULL, guardrails=None), METRIC, FLAKES, CONFIG),
        (FULL, edited(METRIC, unit="s"), FLAKES, CONFIG),
        (FULL, edited(METRIC, grace="5d"), FLAKES, CONFIG),
        (FULL, edited(METRIC, counts="output"), FLAKES, CONFIG),
        (FULL, METRIC, FLAKES),
    ],
)
def test_another_promise_has_another_digest(documents: tuple[dict[str, Any], ...]) -> None:
    """Whatever verdicts rest on counts, the definitions of metrics and their connections too."""
    assert promise(*documents).digest != GOLDEN


def test_the_order_of_documents_does_not_count() -> None:
    """Files may be split and moved."""
    assert promise(CONFIG, FLAKES, METRIC, FULL).digest == GOLDEN


@pytest.mark.parametrize(
    "spec",
    [
        {},
        {"successCriteria": "all of them", "committed": 20260202, "killThresholds": {"id": "x"}},
        {"successCriteria": [None, "x", {"metric": ["m"], "target": {"le": 5}}, {"id": 7}]},
        {"guardrails": [{"id": "a", "for": [1], "window": 14, "baseline": 3, "checkOn": "never"}]},
    ],
)
def test_old_and_broken_documents_are_read_as_far_as_possible(spec: dict[str, Any]) -> None:
    """Nothing in history can stop the projection, and what it reads has a digest."""
    found = promise(resource("Initiative", "faster-ci", spec))

    assert found.digest.startswith("v1:")


def test_items_without_an_id_are_kept_by_their_place() -> None:
    """They are part of what was promised."""
    spec = {"successCriteria": [{"metric": "m", "target": "<= 5", "by": "2026-07-31"}]}

    assert list(promise(resource("Initiative", "faster-ci", spec)).criteria) == ["#0"]


def test_only_the_named_initiative_is_read() -> None:
    """By its name or by a former one."""
    assert project([FULL, METRIC], "another") is None
    assert promise(renamed(FULL, "quick", "faster-ci")).initiative == "quick"


def test_a_document_of_another_tool_is_not_read() -> None:
    """Something may share the kind's name without being an initiative of ours."""
    other = {**deepcopy(CI), "apiVersion": "example.com/v1"}

    assert project([other, DURATION], "faster-ci") is None
