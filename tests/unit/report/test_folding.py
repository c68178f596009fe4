"""Root causes come first, with what follows from them folded below."""

from __future__ import annotations

from dataclasses import replace

from roadgate.model.finding import Finding, Severity
from roadgate.model.source import ResourceRef
from roadgate.report import text
from roadgate.report.folding import Group, fold
from unit.report.samples import finding, source, span

OTHER = ResourceRef("Initiative", "other")
GONE = finding(
    id_="RG012",
    message="there is no Evidence 'gone'",
    fix="declare the Evidence 'gone'",
    field="spec.evidence[0]",
    location=span(7, 14, 20),
)
INTERVIEWS = finding(field="spec.evidence", location=span(7, 13, 30))


def test_what_follows_is_folded_below_its_cause() -> None:
    """A missing Evidence is why there are no interviews, whichever stands first in the file."""
    assert fold([INTERVIEWS, GONE]) == [Group(GONE, (), (INTERVIEWS,))]


def test_references_are_folded_below_what_took_their_resource_away() -> None:
    """And so is what policies miss because of them; another resource's absence is not."""
    taken = finding(
        id_="RG505",
        message="'gone' disappears after its commitment",
        resource=ResourceRef("Evidence", "gone"),
        field=None,
    )
    other = replace(GONE, message="there is no Evidence 'other'", field="spec.evidence[1]")

    assert fold([GONE, INTERVIEWS, taken]) == [Group(taken, (), (GONE, INTERVIEWS))]
    assert [each.cause for each in fold([taken, other])] == [taken, other]


def test_the_same_in_other_places_is_one() -> None:
    """One missing Evidence is one problem, however many initiatives name it."""
    again = replace(GONE, resource=OTHER, location=span(9, 1, 2))
    theirs = replace(INTERVIEWS, resource=OTHER)

    assert fold([GONE, again, theirs]) == [Group(GONE, (again,), (theirs,))]


def test_what_only_stands_near_is_not_folded() -> None:
    """Another field, another resource, a warning, or a policy beside a policy cause nothing."""
    apart = [
        replace(INTERVIEWS, field="spec.rice"),
        replace(INTERVIEWS, field="spec.evidenceOfSomething"),
        replace(INTERVIEWS, resource=OTHER),
    ]

    assert [each.cause for each in fold([GONE, *apart])] == [GONE, *apart]
    warned = replace(GONE, severity=Severity.WARNING)
    assert [each.cause for each in fold([warned, INTERVIEWS])] == [warned, INTERVIEWS]
    twins = [INTERVIEWS, replace(INTERVIEWS, location=span(1, 1, 2))]
    assert [each.cause for each in fold(twins)] == twins


def test_text_names_five_of_what_is_folded() -> None:
    """The rest is a number; verbose shows each in full."""
    many = [
        replace(GONE, resource=ResourceRef("Initiative", f"i{n}"), location=span(n, 1, 2))
        for n in range(1, 9)
    ]
    short = text.findings_text(many, source)
    long = text.findings_text(many, source, view=text.View(verbose=True))

    places = ", ".join(f"roadmap/faster-ci.yaml:{n}:1" for n in range(2, 7))
    assert f"  = also: {places}, and 2 more" in short
    assert short.count("error[RG012]") == 1
    assert long.count("error[RG012]") == len(many)


def test_a_thousand_findings_stay_readable() -> None:
    """Ten of each id in full, fifty at most, and a count of the others; verbose shows all."""
    many: list[Finding] = [
        finding(id_=f"RG{100 + n % 4}", message=f"problem {n}", location=span(1 + n % 8, 1, 2))
        for n in range(1_000)
    ]
    many.append(finding(id_="RG999", severity=Severity.NOTICE, message="by the way"))
    short = text.findings_text(many, source)

    assert short.count(" ┌─ ") == 40
    assert "notice[RG999]: by the way" in short
    assert short.endswith(
        "and 960 more findings: 240 error[RG100], 240 error[RG101], 240 error[RG102], "
        "240 error[RG103]\n   = all: roadgate check --verbose"
    )
    assert text.findings_text(many, source, view=text.View(verbose=True)).count(" ┌─ ") == 1_000


def test_a_narrow_terminal_wraps_between_words() -> None:
    """Sentences go on below themselves, and excerpts are cut to the width."""
    shown = text.findings_text([INTERVIEWS], source, view=text.View(columns=50))

    assert max(map(len, shown.splitlines())) <= 50
    assert "\n  = fix: add Evidence of 2 more interviews, or\n         record a Decision" in shown


def test_why_settings_cannot_be_used_comes_first() -> None:
    """That defaults stand in for them follows from the line that is wrong."""
    said = finding(
        id_="RG030",
        message="the configuration cannot be used; defaults stand in for it",
        location=span(1, 1, 1, path="roadgate.yaml"),
        resource=None,
        field=None,
    )
    reason = finding(id_="RG009", location=span(4, 3, 9, path="roadgate.yaml"), resource=None)

    assert fold([said, INTERVIEWS, reason]) == [Group(INTERVIEWS), Group(reason, (), (said,))]
    assert fold([said, INTERVIEWS]) == [Group(said), Group(INTERVIEWS)]


def test_long_lists_of_what_fails_nothing_are_cut() -> None:
    """Old findings take a line each, twenty at most; verbose shows all."""
    old = [finding(message=f"problem {n}", location=span(n, 1, 2), new=False) for n in range(1, 41)]

    short = text.findings_text(old, source)

    assert short.startswith("40 findings already in base:\n  error[RG101]: problem 1 (")
    assert short.endswith("problem 20 (roadmap/faster-ci.yaml:20:1)\n  and 20 more")
    assert "problem 40" in text.findings_text(old, source, view=text.View(verbose=True))
