"""Documents of one custom kind that have the same name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.model.finding import Finding, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from roadgate.load.positions import Locators
    from roadgate.model.document import Document
    from roadgate.model.source import ResourceRef


def twins(
    documents: Iterable[Document], locators: Locators, identities: Mapping[str, str]
) -> list[Finding]:
    """A finding for each document whose name an earlier one has, also where it is broken."""
    first: dict[ResourceRef, Document] = {}
    findings = []
    for each in documents:
        if each.ref is None or each.ref.kind not in identities:
            continue
        earlier = first.setdefault(each.ref, each)
        if earlier is each:
            continue
        path = identities[each.ref.kind]
        start = locators.span(earlier.path, earlier.index, path)
        findings.append(
            Finding(
                "RG011",
                Severity.ERROR,
                f"the {each.ref.kind} '{each.ref.name}' is defined twice",
                f"give one of the two another '{path}', or delete it",
                resource=each.ref,
                field=path,
                location=locators.span(each.path, each.index, path),
                related=(Related("first defined here", start),),
            )
        )
    return findings
