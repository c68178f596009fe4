"""Fingerprints stay while lines move, and tell findings of one file apart."""

from __future__ import annotations

from dataclasses import replace

from roadgate.model.finding import Finding, Severity
from roadgate.model.fingerprint import fingerprints
from roadgate.model.source import ResourceRef, Span

ONE = Finding(
    "RG101",
    Severity.ERROR,
    "'faster-ci' is in now with 0 of 5 interviews",
    resource=ResourceRef("Initiative", "faster-ci"),
    field="spec.evidence",
    location=Span("roadmap/a.yaml", 7, 3, 7, 9),
)


def test_a_finding_keeps_its_fingerprint() -> None:
    """Other lines, another file and another count of interviews are the same finding."""
    moved = replace(
        ONE,
        message="'faster-ci' is in now with 3 of 5 interviews",
        severity=Severity.WARNING,
        location=Span("roadmap/b.yaml", 70, 1, 71, 1),
    )

    assert fingerprints([ONE]) == fingerprints([moved])


def test_another_rule_resource_or_field_is_another_finding() -> None:
    """Nothing that names a finding is left out of its fingerprint."""
    others = [
        replace(ONE, id="RG102"),
        replace(ONE, resource=ResourceRef("Initiative", "other")),
        replace(ONE, field="spec.rice"),
        replace(ONE, resource=None),
    ]

    assert len(set(fingerprints([ONE, *others]))) == 1 + len(others)


def test_equal_findings_are_counted() -> None:
    """The second of two equal findings has a fingerprint of its own, the same in each run."""
    twice = fingerprints([ONE, ONE])

    assert twice[0] != twice[1]
    assert twice == fingerprints([ONE, replace(ONE, id="RG102"), ONE])[::2]


def test_without_a_field_the_words_count() -> None:
    """Two problems of one file that name no field are told apart by what they say."""
    first = replace(ONE, resource=None, field=None)

    assert len(set(fingerprints([first, replace(first, message="a tab indents the line")]))) == 2
