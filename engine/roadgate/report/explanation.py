"""What ``explain`` prints: a policy, a finding code, a resource."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import fill
from typing import TYPE_CHECKING

from roadgate.model.custom import CustomResource
from roadgate.report.text.terminal import plain, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadgate.model.codes import Code
    from roadgate.model.document import Data
    from roadgate.model.kinds import Decision, Envelope
    from roadgate.model.resource import Resource
    from roadgate.model.roadmap import Roadmap

WIDTH = 96


def paragraph(text: str) -> str:
    """A text, folded."""
    return fill(plain(" ".join(text.split())), WIDTH)


def _indented(text: str) -> list[str]:
    return [f"    {''.join(map(shown, line))}".rstrip() for line in text.strip("\n").splitlines()]


def item(text: str) -> str:
    """An entry of a list, folded."""
    return fill(
        plain(" ".join(text.split())), WIDTH, initial_indent="  - ", subsequent_indent="    "
    )


def code_text(code: Code) -> str:
    """An engine finding: what it means, what to do, and an example that shows it."""
    lines = [f"{code.code}: {code.title}", "", paragraph(code.meaning), ""]
    lines += [f"fix: {paragraph(code.fix)}", "", "example:", *_indented(code.example)]
    return "\n".join(lines)


def resource_text(resource: Resource[Envelope], roadmap: Roadmap) -> str:
    """A resource: what it is, where it is declared, and which Decisions concern it."""
    metadata = resource.body.metadata
    lines = [f"{resource.ref}: {plain(metadata.title)}", f"declared in {plain(resource.path)}"]
    if metadata.owner:
        lines.append(f"owned by {plain(metadata.owner)}")
    if isinstance(resource.body, CustomResource):
        lines += [*_governed(resource, roadmap), *_facts(resource.data)]
    elif resource.ref.kind != "Initiative":
        lines += _facts(resource.data.get("spec"))
    else:
        evidence = ", ".join(roadmap.evidence_of.get(resource.name, ())) or "none"
        lines.append(f"evidence: {plain(evidence)}")
    if resource.ref.kind == "Decision":
        return "\n".join(lines)
    decisions = [
        f"{each.name} ({each.body.spec.type}, {each.body.spec.date})"
        for each in decisions_about(resource, roadmap)
    ]
    return "\n".join([*lines, f"decisions: {plain(', '.join(decisions) or 'none')}"])


def _governed(resource: Resource[Envelope], roadmap: Roadmap) -> Iterable[str]:
    """What defines the kind of a resource of the organisation's own."""
    for each in roadmap.kind_definitions.values():
        if each.body.spec.kind == resource.ref.kind:
            yield plain(f"governed by the KindDefinition '{each.name}' in {each.path}")


def _facts(spec: Data) -> Iterable[str]:
    """What a resource says, a line a field."""
    for field, value in spec.items() if isinstance(spec, Mapping) else ():
        if value is not None:
            yield fill(plain(f"{field}: {_told(value)}"), WIDTH, subsequent_indent="  ")


def _told(value: Data) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_told(each)}" for key, each in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(map(_told, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def decisions_about(resource: Resource[Envelope], roadmap: Roadmap) -> list[Resource[Decision]]:
    """The Decisions that concern a resource, by name."""
    return [
        each
        for each in roadmap.decisions.values()
        if _concerns(each.body.spec.concerns.initiative, each.body.spec.concerns.resource, resource)
    ]


def _concerns(initiative: str | None, named: str | None, resource: Resource[Envelope]) -> bool:
    if named == str(resource.ref):
        return True
    return resource.ref.kind == "Initiative" and initiative == resource.name
