"""The order of findings."""

from __future__ import annotations

import itertools

from roadgate.model.finding import Finding, Severity
from roadgate.report.order import ordered
from unit.report.samples import FINDINGS, finding, span


def test_order_does_not_depend_on_the_order_of_arrival() -> None:
    """Every permutation of the same findings is shown alike."""
    permutations = {ordered(each) for each in itertools.permutations(FINDINGS[:5])}

    assert len(permutations) == 1


def test_root_causes_come_first() -> None:
    """What could not be read stands above what follows from it, wherever it stands."""
    cause = finding(id_="RG001", location=span(9, 9, 9, path="roadmap/z.yaml"))
    effect = finding(location=span(1, 1, 1, path="roadmap/a.yaml"))

    assert ordered([effect, cause]) == (cause, effect)


def test_places_are_ordered_by_path_line_and_column_as_numbers() -> None:
    """Line 10 comes after line 9."""
    places = [span(10, 1, 2), span(9, 12, 13), span(9, 2, 3), span(1, 1, 2, path="a.yaml")]

    in_order = [each.location for each in ordered(finding(location=place) for place in places)]

    assert in_order == [places[3], places[2], places[1], places[0]]


def test_what_has_no_place_comes_after_what_has_one() -> None:
    """What stands somewhere can be mended at once; the rest is about the project as a whole."""
    project = finding(id_="RG033", resource=None)
    placed = finding(location=span(1, 1, 2))

    assert ordered([project, placed]) == (placed, project)


def test_the_same_finding_is_shown_once() -> None:
    """Two stages that say the same say it once."""
    assert ordered([finding(), finding()]) == (finding(),)


def test_findings_that_differ_in_severity_only_have_an_order() -> None:
    """The graver one comes first."""
    notice: Finding = finding(severity=Severity.NOTICE)

    assert ordered([notice, finding()]) == (finding(), notice)
