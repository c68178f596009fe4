"""One resource cannot fill a report."""

from __future__ import annotations

from roadgate.model.finding import Finding, Severity
from roadgate.model.source import ResourceRef
from roadgate.roadmap.bounded import LIMIT, bounded

REF = ResourceRef("Initiative", "faster-ci")


def problems(count: int, ref: ResourceRef = REF, code: str = "RG012") -> list[Finding]:
    """So many problems of a resource."""
    return [
        Finding(
            code, Severity.ERROR, f"there is no Evidence 'e{i}'", "x", resource=ref, field=f"{i}"
        )
        for i in range(count)
    ]


def test_up_to_the_limit_everything_is_told() -> None:
    """Nothing changes for files that people write."""
    found = [*problems(LIMIT), *problems(LIMIT, code="RG010")]

    assert bounded(found) == found


def test_beyond_the_limit_the_rest_is_counted() -> None:
    """The count is an error like those that it stands for."""
    other = problems(1, ResourceRef("Initiative", "other"))
    *kept, rest = bounded([*problems(LIMIT + 7), *other])

    assert kept == [*problems(LIMIT), *other]
    assert (rest.id, rest.severity, rest.resource) == ("RG012", Severity.ERROR, REF)
    assert rest.message.startswith("7 more such problems")
