"""Values of internal metrics stay inside."""

from __future__ import annotations

from dataclasses import replace

from roadgate.model.source import ResourceRef
from roadgate.model.verdict import CriterionVerdict
from roadgate.report import markdown, status_json, text
from roadgate.report.redact import (
    WITHHELD,
    observed_numbers,
    redact,
    redact_findings,
    redact_source,
)
from unit.report import samples
from unit.report.samples import finding, span

INTERNAL = frozenset({"ci-duration-p50"})


def test_observed_values_are_withheld_and_verdicts_kept() -> None:
    """A reader sees that it was missed, and not by how much."""
    criterion = redact(samples.VERDICTS, INTERNAL).initiatives[0].criteria[0]

    assert criterion == replace(
        samples.CI, observed=None, forecast=None, reason=WITHHELD, way_to_green=None
    )


def test_kill_thresholds_are_withheld_too() -> None:
    """A runway in days says as much as the value."""
    warned = replace(samples.NO_MOVEMENT, runway_days=12)
    verdicts = replace(
        samples.VERDICTS, initiatives=(replace(samples.FASTER, kill_thresholds=(warned,)),)
    )

    (threshold,) = redact(verdicts, INTERNAL).initiatives[0].kill_thresholds

    assert threshold == replace(
        samples.NO_MOVEMENT, observed=None, runway_days=None, reason=WITHHELD
    )


def test_public_metrics_are_shown() -> None:
    """Only what is internal is withheld."""
    guardrail = redact(samples.VERDICTS, INTERNAL).initiatives[0].guardrails[0]

    assert guardrail == samples.FLAKES


def test_without_internal_metrics_nothing_changes() -> None:
    """Most repositories have none."""
    assert redact(samples.VERDICTS, frozenset()) is samples.VERDICTS


def test_a_public_criterion_does_not_quote_an_internal_guardrail() -> None:
    """A reason that repeats another's reason is cleaned as well."""
    quoting = replace(
        samples.CI,
        verdict=CriterionVerdict.AT_RISK,
        reason=f"guardrail 'flakes' is breached: {samples.FLAKES.reason}",
    )
    verdicts = replace(
        samples.VERDICTS, initiatives=(replace(samples.FASTER, criteria=(quoting,)),)
    )

    (initiative,) = redact(verdicts, frozenset({"ci-flake-rate"})).initiatives

    assert initiative.criteria[0].reason == f"guardrail 'flakes' is breached: {WITHHELD}"


def test_a_way_to_green_does_not_quote_an_internal_guardrail() -> None:
    """What is missing on an internal guardrail says as much as its value."""
    quoting = replace(
        samples.CI,
        reason=f"6 min; guardrail 'flakes' is breached: {samples.FLAKES.reason}; guardrail 'x' is "
        "breached: 3",
        way_to_green="1 min less; guardrail 'flakes': must fall by 0.5",
    )
    verdicts = replace(
        samples.VERDICTS,
        initiatives=(replace(samples.FASTER, criteria=(quoting,)),),
        launches=(replace(samples.VERDICTS.launches[0], criteria=(quoting,)),),
    )

    found = redact(verdicts, frozenset({"ci-flake-rate"}))

    for (criterion,) in (found.initiatives[0].criteria, found.launches[0].criteria):
        assert criterion.reason == (
            f"6 min; guardrail 'flakes' is breached: {WITHHELD}; guardrail 'x' is breached: 3"
        )
        assert criterion.way_to_green == f"1 min less; guardrail 'flakes': {WITHHELD}"


def test_plans_are_withheld_too() -> None:
    """Launches, services, visions and journeys keep their verdicts and lose their values."""
    secret = replace(samples.FLAKES, observed=None, reason=WITHHELD)

    found = redact(samples.VERDICTS, INTERNAL | {"ci-flake-rate"})

    assert found.launches[0].criteria[0].reason == WITHHELD
    assert found.services[0].holds == (secret,)
    assert found.visions[0].holds[0] == replace(secret, id="2026-H2")
    assert found.journeys[0].holds == (replace(secret, id="use/waiting"),)
    assert "2.5" in observed_numbers(samples.VERDICTS, frozenset({"ci-flake-rate"}))


def test_no_output_shows_a_withheld_value() -> None:
    """Neither text nor Markdown nor JSON has the numbers of an internal metric."""
    secret = replace(samples.CI, reason="was 7654.25", way_to_green="7649.25 min less")
    initiative = replace(samples.FASTER, criteria=(secret,))
    launch = replace(samples.VERDICTS.launches[0], criteria=(secret,))
    verdicts = redact(
        replace(samples.VERDICTS, initiatives=(initiative,), launches=(launch,)), INTERNAL
    )
    report = replace(samples.STATUS, verdicts=verdicts)

    outputs = text.status(report) + markdown.status(report) + status_json.status(report)

    assert ("7654" in outputs, "7649" in outputs, WITHHELD in outputs) == (False, False, True)


def test_findings_about_observations_lose_their_numbers() -> None:
    """A broken row is named, not quoted."""
    row = finding(
        message="'18.5 min' is no number",
        fix="write 18.5",
        location=span(3, 12, 20, path="measurements/ci-duration-p50.csv"),
    )

    (redacted,) = redact_findings([row], INTERNAL, frozenset())

    assert (redacted.message, redacted.fix) == ("'(withheld) min' is no number", "write (withheld)")


def test_findings_about_the_metric_lose_their_numbers() -> None:
    """The metric's own findings are treated like those about its rows."""
    about = finding(
        message="the last value is 18", resource=ResourceRef("Metric", "ci-duration-p50")
    )

    (redacted,) = redact_findings([about], INTERNAL, frozenset())

    assert redacted.message == "the last value is (withheld)"


def test_other_findings_lose_the_observed_numbers_only() -> None:
    """A policy that repeats an observed value is cleaned; its own numbers stay."""
    secrets = observed_numbers(samples.VERDICTS, INTERNAL)
    policy = finding(message="16.5 is worse than the 3 interviews of 2026-07-30 expected")

    (redacted,) = redact_findings([policy], INTERNAL, secrets)

    assert redacted.message == ("(withheld) is worse than the 3 interviews of 2026-07-30 expected")


def test_rows_of_internal_metrics_are_not_shown() -> None:
    """The excerpt below a finding would show the value."""
    source = redact_source(lambda path, _revision: path.encode(), INTERNAL)

    assert (
        source("measurements/ci-duration-p50.csv", None),
        source("measurements/adoption.csv", None),
    ) == (None, b"measurements/adoption.csv")
