"""The public JSON."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from roadgate.model.bundled import bundled
from roadgate.model.report import StatusReport
from roadgate.model.seal import Seal, SealState
from roadgate.model.verdict import Observed, Verdicts
from roadgate.report import json_v1, plan_json, status_json
from unit.report import samples


def schema(name: str) -> Draft202012Validator:
    """The published schema of one output."""
    text = (bundled("schemas") / "output" / f"{name}.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(
        json.loads(text), format_checker=Draft202012Validator.FORMAT_CHECKER
    )


def checked(text: str, name: str) -> Any:
    """The output, after it met its schema."""
    data = json.loads(text)
    schema(name).validate(data)
    return data


@pytest.mark.parametrize("change", [None, samples.CHANGE])
def test_check_meets_its_schema(change: Any) -> None:
    """What is printed is what is published, with and without a base."""
    data = checked(json_v1.check(samples.check_report(change=change)), "check")

    assert (data["version"], data["asOf"], data["change"] is None) == (
        1,
        "2026-07-31",
        change is None,
    )


@pytest.mark.parametrize("report", [samples.STATUS, StatusReport(Verdicts(samples.DAY, ()))])
def test_status_meets_its_schema(report: StatusReport) -> None:
    """What is printed is what is published, for an empty roadmap too."""
    data = checked(status_json.status(report), "status")

    assert [each["name"] for each in data["initiatives"]] == [
        each.name for each in report.verdicts.initiatives
    ]


def test_plan_meets_its_schema() -> None:
    """A saved plan can be read by other programs too."""
    data = checked(plan_json.dump(samples.PLAN), "plan")

    assert [each["action"] for each in data["changes"]] == ["create", "update", "close"]


def test_an_output_of_another_shape_is_noticed() -> None:
    """The schema is strict enough to see a verdict that does not exist."""
    data = json.loads(status_json.status(samples.STATUS))
    data["initiatives"][0]["criteria"][0]["verdict"] = "passed"

    assert not schema("status").is_valid(data)


def test_a_finding_has_the_published_fields() -> None:
    """Names and shapes are a contract."""
    data = checked(json_v1.check(samples.check_report()), "check")

    waived = next(each for each in data["findings"] if each["id"] == "RG301")
    assert waived == {
        "id": "RG301",
        "severity": "error",
        "status": "fail",
        "enforcement": "mandatory",
        "message": "out of order",
        "fix": "add Evidence of 2 more interviews, or record a Decision of type override",
        "resource": {"kind": "Initiative", "name": "faster-ci"},
        "field": "spec.horizon",
        "location": {
            "path": "roadmap/faster-ci.yaml",
            "line": 6,
            "column": 3,
            "endLine": 6,
            "endColumn": 10,
        },
        "suppressed": {"by": "ceo-wants-it", "type": "override", "until": "2026-08-31"},
        "new": None,
        "related": [],
        "fingerprint": waived["fingerprint"],
        "fixes": [],
    }
    assert re.fullmatch("[0-9a-f]{32}", waived["fingerprint"])


def test_only_what_is_gone_names_the_base_revision() -> None:
    """A location has a revision exactly when head has no such text."""
    data = checked(json_v1.check(samples.check_report()), "check")

    revisions = {
        each["id"]: each["location"].get("revision", "head")
        for each in data["findings"]
        if each["location"]
    }
    assert revisions == {
        "RG011": "head",
        "RG007": "head",
        "RG101": "head",
        "RG301": "head",
        "RG601": "base",
    }


def test_the_summary_counts_what_is_not_suppressed() -> None:
    """A waived error is counted as suppressed and nowhere else."""
    summary = checked(json_v1.check(samples.check_report()), "check")["summary"]

    assert summary == {
        "files": 41,
        "resources": 63,
        "policies": 34,
        "evaluations": 410,
        "errors": 3,
        "warnings": 1,
        "notices": 1,
        "suppressed": 1,
    }


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (Fraction("79.999"), "79.999"),
        (Fraction(1, 10), "0.1"),
        (Fraction(80), "80"),
        (Fraction(1, 3), "0.333333333333"),
        (Fraction("123456789.125"), "123456789.125"),
        (Fraction("123456789012345.6"), "123456789012345.6"),
    ],
)
def test_numbers_print_the_exact_decimal(value: Fraction, printed: str) -> None:
    """A reader of the JSON sees the number that was judged, and no float."""
    criterion = replace(samples.CI, observed=Observed(samples.DAY, value))
    initiative = replace(samples.FASTER, criteria=(criterion,))

    text = status_json.status(StatusReport(Verdicts(samples.DAY, (initiative,))))

    assert f'"value": {printed}\n' in text


def test_initiatives_and_findings_are_sorted() -> None:
    """The same facts give the same bytes, in whatever order they were found."""
    verdicts = replace(samples.VERDICTS, initiatives=samples.VERDICTS.initiatives[::-1])
    turned = replace(samples.STATUS, verdicts=verdicts)

    assert status_json.status(turned) == status_json.status(samples.STATUS)
    assert json_v1.check(samples.check_report(samples.FINDINGS[::-1])) == json_v1.check(
        samples.check_report()
    )


def test_names_are_written_as_they_are() -> None:
    """Japanese titles are UTF-8, and the text ends with one newline."""
    text = status_json.status(samples.STATUS)

    assert "マルチクラウドの抽象化" in text
    assert text.endswith("}\n")


def test_no_string_is_a_command_to_actions() -> None:
    """The JSON may stand in a log; whoever parses it reads what the user wrote."""
    text = json_v1.check(samples.check_report((samples.finding(message="##[error]x"),)))

    assert "##[" not in text
    assert json.loads(text)["findings"][0]["message"] == "##[error]x"


def test_an_unknown_seal_says_why() -> None:
    """Without git there is a reason and no commit."""
    seals = {"faster-ci": Seal(SealState.UNKNOWN, reason="a shallow clone")}

    data = checked(status_json.status(replace(samples.STATUS, seals=seals)), "status")

    assert data["initiatives"][0]["sealed"] == {
        "commit": None,
        "date": None,
        "digest": None,
        "state": "unknown",
        "amendments": [],
        "reason": "a shallow clone",
    }
