"""Pages of the reference about the policies that ship: a table, and a page for each pack."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from roadgate.model.writing import flow, key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from roadgate.model.document import Data
    from roadgate.model.kinds import Policy
    from roadgate.model.kinds.policy import Example, Params, Validation

PRESETS = ("essential", "recommended", "strict")
_MADE = "<!-- Generated from the policies themselves by `make generated`. -->"
_HEAD = f"""\
# The policies that ship

{_MADE}

Each belongs to a pack, and to a preset and every stricter one; [policies](../policies.md) says how
they are chosen, bound and written.
An empty configuration has `essential`.
`roadgate explain RG101` prints one as it applies here.
"""


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """A policy, and where it belongs."""

    policy: Policy
    pack: str
    presets: Sequence[str]

    @property
    def id(self) -> str:
        """The policy's id."""
        return self.policy.spec.id


def table_page(pages: Sequence[PolicyPage]) -> str:
    """Every policy in one table, by preset."""
    lines = [
        _HEAD,
        "| policy | what it asks | pack | severity | " + " | ".join(PRESETS) + " |",
        "|---" * (4 + len(PRESETS)) + "|",
    ]
    for each in sorted(pages, key=lambda each: each.id):
        marks = " | ".join("●" if name in each.presets else "" for name in PRESETS)
        title, severity = each.policy.metadata.title, each.policy.spec.severity
        link = f"[{each.id}]({each.pack}.md#{_anchor(each)})"
        lines.append(f"| {link} | {title} | [{each.pack}]({each.pack}.md) | {severity} | {marks} |")
    counts = [f"{name} {sum(name in each.presets for each in pages)}" for name in PRESETS]
    return "\n".join([*lines, "", f"In all: {', '.join(counts)}.", ""])


def pack_page(pack: str, pages: Sequence[PolicyPage]) -> str:
    """The policies of one pack, each with its examples."""
    head = f"# Pack {pack}\n\n{_MADE}\n\n[All policies](README.md)\n"
    ordered = sorted(pages, key=lambda each: each.id)
    return "\n".join([head, *(_section(each) for each in ordered if each.pack == pack)])


def _heading(page: PolicyPage) -> str:
    return f"{page.id}: {page.policy.metadata.title}"


def _anchor(page: PolicyPage) -> str:
    """The name that forges give a heading."""
    kept = (each for each in _heading(page).lower() if each.isalnum() or each in " -")
    return "".join(kept).replace(" ", "-")


def _section(page: PolicyPage) -> str:
    spec = page.policy.spec
    parts = [f"## {_heading(page)}", " ".join(spec.rationale.split()), _terms(page)]
    if spec.match.where is not None:
        parts.append(f"It applies where\n\n{_code('text', spec.match.where)}")
    parts += [_parameters(spec.params)] if spec.params is not None else []
    parts += ["It asks:", *(_clause(each) for each in spec.validations), "### Examples"]
    parts += [text for each in spec.examples for text in _example(each)]
    return "\n\n".join(filter(None, parts)) + "\n"


def _example(example: Example) -> Iterator[str]:
    """What it shows, and its documents."""
    told = f", with “{example.expect}”" if example.expect else ""
    day = f" on {example.as_of}" if example.as_of else ""
    yield f"**{example.name}**: {'passes' if example.passes else 'fails'}{day}{told}"
    for label, documents in (
        ("", example.files),
        ("before", example.base),
        ("after", example.head),
    ):
        if documents:
            yield f"{label}:" if label else ""
            yield _code("yaml", "\n---\n".join(map(_document, documents)))


def _document(document: Mapping[str, Data]) -> str:
    """A document, each of its parts on a line; a plain file as it is."""
    path, text = document.get("path"), document.get("text")
    if isinstance(path, str) and isinstance(text, str):
        return f"# {path}\n" + "\n".join(f"# {line}" for line in text.splitlines())
    return "\n".join(f"{key(name)}: {flow(value)}" for name, value in document.items())


def _terms(page: PolicyPage) -> str:
    """How much it weighs, who has it, what it is about."""
    spec = page.policy.spec
    about = ", ".join(spec.match.kinds) or "the roadmap as a whole"
    weight = f"{spec.severity.capitalize()}, {spec.enforcement}"
    return f"{weight}; presets: {', '.join(page.presets)}; scope: {spec.scope}; about: {about}."


def _clause(clause: Validation) -> str:
    fix = clause.fix or clause.fix_expression or ""
    own = f" ({clause.severity})" if clause.severity else ""
    kind = "Fix" if clause.fix else "Fix, computed"
    lines = [_code("text", clause.expression)]
    if clause.at:
        lines.append(f"It points to `{clause.at}`{own}.")
    told = " ".join(fix.split())
    lines += [f"{kind}: {told if clause.fix else f'`{told}`'}"] if fix else []
    return "\n\n".join(lines)


def _parameters(params: Params) -> str:
    """A table of the parameters: what they may be, and what they are."""
    lines = ["| parameter | type | default | stricter |", "|---|---|---|---|"]
    properties = params.schema_.get("properties", {})
    for name, schema in properties.items():
        kind, stricter = schema.get("type", ""), schema.get("x-stricter", "")
        default = _plain(params.default.get(name))
        lines.append(f"| `{name}` | {kind} | `{default}` | {stricter} |")
    return "\n".join(lines)


def _plain(value: Data) -> str:
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_plain, value))}]"
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    return text.replace("|", "\\|")


def _code(language: str, text: str) -> str:
    return f"```{language}\n{text.strip()}\n```"
