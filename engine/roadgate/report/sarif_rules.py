"""What SARIF says about the rules behind findings: policies, and the engine's own codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from roadgate.model.codes import CODES
from roadgate.model.finding import Severity
from roadgate.report.markdown_text import escape
from roadgate.report.text.terminal import plain, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from roadgate.model.codes import Code
    from roadgate.model.finding import Finding
    from roadgate.model.rule import Rule

LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}
_PROBLEMS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTICE: "recommendation",
}
_MAX_TEXT = 1_000
"""GitHub takes 1,024 characters."""
_WORD = re.compile(r"[A-Za-z0-9]+")


def descriptors(findings: Iterable[Finding], rules: Sequence[Rule]) -> list[dict[str, Any]]:
    """A descriptor for each id that a finding has, by id; an unknown id is described by itself."""
    policies = {each.id: each for each in rules}
    worst: dict[str, Severity] = {}
    for each in sorted(findings, key=lambda finding: (finding.id, finding.severity.rank)):
        worst.setdefault(each.id, each.severity)
    return [_descriptor(id_, severity, policies.get(id_)) for id_, severity in worst.items()]


def _descriptor(id_: str, severity: Severity, rule: Rule | None) -> dict[str, Any]:
    if rule is not None:
        return _written(id_, rule.title, rule.rationale, rule.fixes, rule.severity, "policy")
    code: Code | None = CODES.get(id_)
    if code is not None:
        return _written(id_, code.title, code.meaning, (code.fix,), severity, "files")
    return _written(id_, id_, id_, (), severity, "policy")


def _written(  # noqa: PLR0913, PLR0917 - the parts of one descriptor
    id_: str, title: str, why: str, fixes: Sequence[str], severity: Severity, tag: str
) -> dict[str, Any]:
    short, full = _text(title), _text(why)
    steps = [_text(each) for each in fixes]
    explain = f"roadgate explain {id_}"
    lines = [full, *(f"To fix it: {each}" for each in steps), f"More: {explain}"]
    marked = [
        escape(full, _MAX_TEXT),
        *(f"**To fix it:** {escape(each, _MAX_TEXT)}" for each in steps),
        f"**More:** `{explain}`",
    ]
    return {
        "id": id_,
        "name": _name(title) or id_,
        "shortDescription": {"text": short},
        "fullDescription": {"text": full},
        "help": {"text": "\n\n".join(lines), "markdown": "\n\n".join(marked)},
        "defaultConfiguration": {"level": LEVELS[severity]},
        "properties": {
            "tags": ["roadmap", tag],
            "precision": "very-high",
            "problem.severity": _PROBLEMS[severity],
        },
    }


def _text(text: str) -> str:
    said = shorten(plain(text), _MAX_TEXT)
    said = f"{said[:1].upper()}{said[1:]}"
    return said if said.endswith((".", "?", "…", "!")) else f"{said}."


def _name(title: str) -> str:
    """A title as the name of a rule: ``UnknownField``."""
    return "".join(word.capitalize() for word in _WORD.findall(title))
