"""SARIF: everything there, marked, escaped, and within what GitHub takes."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from roadgate.model.finding import Finding, Related, Severity, Status, Suppression
from roadgate.model.rule import Rule
from roadgate.model.source import Span
from roadgate.report import sarif
from unit.report.samples import DAY, check_report, finding, span


def run_of(*findings: Finding, prefix: str = "", **more: Any) -> dict[str, Any]:
    """The one run of a report of these findings."""
    report = replace(check_report(findings), **more)
    (run,) = json.loads(sarif.check(report, prefix=prefix))["runs"]
    assert isinstance(run, dict)
    return run


def test_lines_above_change_no_fingerprint() -> None:
    """The same finding further down is the same alert."""
    (before,) = run_of(finding(location=span(6, 12, 15)))["results"]
    (after,) = run_of(finding(location=span(60, 12, 15)))["results"]

    assert before["partialFingerprints"] == after["partialFingerprints"]
    assert before["locations"] != after["locations"]


def test_equal_findings_of_one_file_are_two_alerts() -> None:
    """What two lines have wrong in the same words stays two results."""
    first = finding(location=span(3, 1, 2), resource=None, field=None)
    second = replace(first, location=span(9, 1, 2))

    results = run_of(first, second)["results"]

    assert len({each["partialFingerprints"][sarif.FINGERPRINT] for each in results}) == 2


def test_what_is_set_aside_is_marked_and_stays() -> None:
    """Waived and baselined findings are there, with the reason why they fail nothing."""
    waived = Suppression("ceo-wants-it", "override", DAY)
    results = run_of(
        finding(suppressed=waived),
        finding(id_="RG301", suppressed=Suppression("baseline", "baseline", None)),
        finding(id_="RG401"),
    )["results"]

    told = [each.get("suppressions") for each in results]
    assert told[0][0]["justification"] == (
        "Decision 'ceo-wants-it' of type override until 2026-07-31, approved by example-vp."
    )
    assert "baseline" in told[1][0]["justification"]
    assert told[2] is None
    assert {each["kind"] for each in (told[0][0], told[1][0])} == {"external"}


def test_addresses_are_encoded_from_the_top_of_the_repository() -> None:
    """Japanese, spaces and percent signs in paths are no addresses as they are."""
    run = run_of(finding(location=span(1, 1, 2, path="速い 50%.yaml")), prefix="a b/")
    location = run["results"][0]["locations"][0]["physicalLocation"]

    uri = "a%20b/%E9%80%9F%E3%81%84%2050%25.yaml"
    assert location["artifactLocation"]["uri"] == uri
    assert run["artifacts"][0]["location"]["uri"] == uri
    assert run["automationDetails"]["id"] == "roadgate/a%20b/"
    assert run["columnKind"] == "unicodeCodePoints"


def test_what_head_no_longer_has_points_at_no_line_of_head() -> None:
    """A place in base is told in words; its line would be another one in head."""
    gone = finding(message="gone", fix="", location=Span("a.yaml", 7, 1, 7, 2, "base"))
    (result,) = run_of(gone)["results"]

    assert result["message"]["text"] == "gone (at a.yaml:7:1 (in base))."
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}
    assert result["properties"]["revision"] == "base"


def test_a_finding_without_a_place_has_an_address() -> None:
    """GitHub takes no result without a location."""
    (result,) = run_of(finding(location=None, resource=None, field=None))["results"]

    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "roadgate.yaml"


def test_user_text_makes_no_link_and_hides_nothing() -> None:
    """SARIF reads [text](address) in a message as a link."""
    evil = finding(message="'[click](https://evil.example)' is \u202etaken\nhere", fix="")
    (result,) = run_of(evil)["results"]

    text = result["message"]["text"]
    assert "](" not in text
    assert "\u202e" not in text
    assert "\n" not in text


def test_related_places_are_there() -> None:
    """What was defined first is one click away."""
    both = finding(
        location=span(3, 1, 2), related=(Related("first defined here", span(9, 1, 4, "b.yaml")),)
    )
    (result,) = run_of(both)["results"]

    (related,) = result["relatedLocations"]
    assert related["message"]["text"] == "first defined here."
    assert related["physicalLocation"]["region"]["startLine"] == 9


def test_what_was_not_checked_is_notified() -> None:
    """An unread file and a policy that broke are told apart from what was judged."""
    (invocation,) = run_of(
        finding(id_="RG002", message="the file is not UTF-8", location=span(1, 1, 1)),
        finding(status=Status.ERROR, message="the rule broke"),
        finding(id_="RG401"),
        notes=("not shown, since they are in other files: 2 errors",),
    )["invocations"]

    told = [each["message"]["text"] for each in invocation["toolExecutionNotifications"]]
    assert told[0] == "not shown, since they are in other files: 2 errors."
    assert told[1].startswith("not checked: the file is not UTF-8.")
    assert told[2].startswith("not checked: the rule broke.")
    assert len(told) == 3


def test_more_than_github_takes_is_cut_gravest_first() -> None:
    """Beyond the limit the least grave are left out, and a notification says so."""
    notices = [
        finding(severity=Severity.NOTICE, message=f"notice {number}", resource=None, field=None)
        for number in range(sarif.MAX_RESULTS)
    ]
    run = run_of(*notices, finding(id_="RG999"))

    assert len(run["results"]) == sarif.MAX_RESULTS
    assert run["results"][0]["ruleId"] == "RG999"
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith("1 finding left out")


def test_rules_explain_themselves() -> None:
    """A policy brings its rationale and its fixes; an engine code its meaning."""
    rule = Rule("RG101", "Evidence first", "Nobody *asked*.", Severity.ERROR, ("ask 5 people",))
    rules = run_of(finding(), finding(id_="RG007"), rules=(rule,))["tool"]["driver"]["rules"]

    assert [each["id"] for each in rules] == ["RG007", "RG101"]
    assert rules[0]["name"] == "UnknownField"
    assert "To fix it: Ask 5 people." in rules[1]["help"]["text"]
    assert r"Nobody \*asked\*." in rules[1]["help"]["markdown"]
    assert rules[1]["defaultConfiguration"] == {"level": "error"}
