"""What ``explain`` prints: a policy, a finding code, a resource."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import fill
from typing import TYPE_CHECKING

from roadgate.report.text.terminal import plain, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadgate.model.codes import Code
    from roadgate.model.document import Data
    from roadgate.model.kinds import Envelope, Policy
    from roadgate.model.kinds.config import Binding
    from roadgate.model.resource import Resource
    from roadgate.model.roadmap import Roadmap

WIDTH = 96


def _paragraph(text: str) -> str:
    return fill(plain(" ".join(text.split())), WIDTH)


def _indented(text: str) -> list[str]:
    return [f"    {''.join(map(shown, line))}".rstrip() for line in text.strip("\n").splitlines()]


def _item(text: str) -> str:
    return fill(
        plain(" ".join(text.split())), WIDTH, initial_indent="  - ", subsequent_indent="    "
    )


def code_text(code: Code) -> str:
    """An engine finding: what it means, what to do, and an example that shows it."""
    lines = [f"{code.code}: {code.title}", "", _paragraph(code.meaning), ""]
    lines += [f"fix: {_paragraph(code.fix)}", "", "example:", *_indented(code.example)]
    return "\n".join(lines)


def policy_text(policy: Policy, *, enforcement: str | None, binding: Binding | None) -> str:
    """A policy: why it is there, what it asks, how it is applied here, what shows it."""
    spec = policy.spec
    applied = enforcement or "not applied here: no preset or binding names it"
    lines = [f"{spec.id}: {plain(policy.metadata.title)}", "", _paragraph(spec.rationale), ""]
    lines.append(f"severity: {spec.severity}; enforcement here: {applied}")
    lines += _parameters(policy, binding)
    lines += ["", "asks:", *_clauses(policy)]
    lines += ["", "examples:", *(_item(each) for each in _examples(policy))]
    return "\n".join(lines)


def _parameters(policy: Policy, binding: Binding | None) -> list[str]:
    if policy.spec.params is None:
        return []
    bound = binding.params if binding is not None else {}
    values = {**policy.spec.params.default, **bound}
    return [
        f"parameter {plain(name)}: {plain(str(value))}"
        + (" (set in roadgate.yaml)" if name in bound else " (the default)")
        for name, value in sorted(values.items())
    ]


def _clauses(policy: Policy) -> Iterable[str]:
    for clause in policy.spec.validations:
        yield _item(clause.expression)
        if clause.fix:
            yield f"    fix: {plain(' '.join(clause.fix.split()))}"


def _examples(policy: Policy) -> Iterable[str]:
    for example in policy.spec.examples:
        told = f" ('{example.expect}')" if example.expect else ""
        yield f"{example.name}: {'passes' if example.passes else 'fails'}{told}"


def resource_text(resource: Resource[Envelope], roadmap: Roadmap) -> str:
    """A resource: what it is, where it is declared, and which Decisions concern it."""
    metadata = resource.body.metadata
    lines = [f"{resource.ref}: {plain(metadata.title)}", f"declared in {plain(resource.path)}"]
    if metadata.owner:
        lines.append(f"owned by {plain(metadata.owner)}")
    if resource.ref.kind != "Initiative":
        lines += _facts(resource.data.get("spec"))
    else:
        evidence = ", ".join(roadmap.evidence_of.get(resource.name, ())) or "none"
        lines.append(f"evidence: {plain(evidence)}")
    if resource.ref.kind == "Decision":
        return "\n".join(lines)
    decisions = [
        f"{each.name} ({each.body.spec.type}, {each.body.spec.date})"
        for each in roadmap.decisions.values()
        if _concerns(each.body.spec.concerns.initiative, each.body.spec.concerns.resource, resource)
    ]
    return "\n".join([*lines, f"decisions: {plain(', '.join(decisions) or 'none')}"])


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


def _concerns(initiative: str | None, named: str | None, resource: Resource[Envelope]) -> bool:
    if named == str(resource.ref):
        return True
    return resource.ref.kind == "Initiative" and initiative == resource.name
