"""Pull requests as data: what base holds, what head does to it, and what must be said about it.

Each file beside ``base`` is a list of cases. Paths may be written by their short names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "pull-requests"
TODAY = "2026-06-20"
SHORT = {
    "promise": "roadmap/faster-ci.yaml",
    "rollback": "roadmap/rollback.yaml",
    "ideas": "roadmap/ideas.yaml",
    "metrics": "roadmap/metrics.yaml",
    "research": "roadmap/research.yaml",
    "teams": "roadmap/teams.yaml",
    "going": "roadmap/keep-going.yaml",
    "config": "roadgate.yaml",
    "owned": "policies/owned.yaml",
    "ci": "measurements/ci-duration.csv",
    "adoption": "measurements/adoption.csv",
    "steps": "measurements/steps.csv",
    "views": "measurements/docs-views.csv",
}
_EXPECTED = re.compile(r"(?P<id>[A-Z]+\d+)(?: (?P<place>[^\s:]+(?::\S*\w)?))?(?:: (?P<says>.*))?")
_ADDED = {
    "kill": {"learned": "Ask first."},
    "ship": {"learned": "Ask first."},
    "continue": {"until": "2026-12-31"},
    "pause": {"until": "2026-12-31"},
    "waive": {"until": "2026-12-31"},
    "override": {"until": "2026-12-31", "tradeoff": "Something waits."},
}


@dataclass(frozen=True)
class Link:
    """What stands in a tree instead of a file's text."""

    mode: str
    """120000 for a symbolic link, 160000 for a submodule."""
    target: str


Files = dict[str, "bytes | Link"]


@dataclass(frozen=True)
class Expected:
    """A finding that must be there."""

    id: str
    place: str
    """``path``, ``path:line``, or either behind ``base:``; empty for anywhere."""
    says: str

    def fits(self, finding: dict[str, Any]) -> bool:
        """Whether it is this finding."""
        where = finding["location"]
        places = {""}
        if where is not None:
            side = "base:" if where.get("revision") else ""
            places |= {f"{side}{where['path']}", f"{side}{where['path']}:{where['line']}"}
        return finding["id"] == self.id and self.place in places and self.says in finding["message"]


@dataclass(frozen=True)
class Case:
    """One pull request."""

    name: str
    base: Files
    later: Files | None
    """What base was pushed afterwards, before the pull request."""
    head: Files
    context: dict[str, Any] | None
    as_of: str
    arguments: list[str]
    errors: list[Expected]
    """All new errors; without any the command succeeds."""
    warnings: list[Expected]
    notices: list[Expected]
    effects: dict[str, str] = field(default_factory=dict)
    """What the change does to some fields."""


def standard() -> Files:
    """The project that every case starts from."""
    root = FOLDER / "base"
    return {
        each.relative_to(root).as_posix(): each.read_bytes()
        for each in sorted(root.rglob("*"))
        if each.is_file()
    }


def cases() -> list[Case]:
    """Every case, in the order of the files."""
    start = standard()
    return [
        _case(each, start)
        for path in sorted(FOLDER.glob("*.yaml"))
        for each in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - plain text only
    ]


def _case(data: dict[str, Any], start: Files) -> Case:
    known = {"name", "base", "later", "context", "asOf", "errors", "warnings", "notices", "effects"}
    known |= {"edit", "files", "move", "decide", "link", "append", "arguments"}
    assert data.keys() <= known, (data["name"], data.keys() - known)
    base = _after(start, data.get("base", {}))
    later = _after(base, data["later"]) if "later" in data else None
    return Case(
        name=data["name"],
        base=base,
        later=later,
        head=_after(later or base, data),
        context=_context(data.get("context")),
        as_of=data.get("asOf", TODAY),
        arguments=data.get("arguments", []),
        errors=[_expected(each) for each in data.get("errors", [])],
        warnings=[_expected(each) for each in data.get("warnings", [])],
        notices=[_expected(each) for each in data.get("notices", [])],
        effects=data.get("effects", {}),
    )


def _after(files: Files, edits: dict[str, Any]) -> Files:
    """The files after everything that a case says."""
    found = dict(files)
    for name, swaps in edits.get("edit", {}).items():
        path = _path(name)
        content = found[path]
        assert isinstance(content, bytes)
        text = content.decode()
        for old, new in zip(swaps[::2], swaps[1::2], strict=True):
            assert old in text, (name, old)
            text = text.replace(old, new, 1)
        found[path] = text.encode()
    for old, new in edits.get("move", {}).items():
        found[_path(new)] = found.pop(_path(old))
    for name, text in edits.get("files", {}).items():
        if text == "null":
            del found[_path(name)]
        else:
            found[_path(name)] = (
                text.encode("utf-8").decode("unicode_escape").encode("latin-1")
                if text.startswith("\\x")
                else text.encode()
            )
    for name, text in edits.get("append", {}).items():
        content = found[_path(name)]
        assert isinstance(content, bytes)
        found[_path(name)] = content + text.replace("BIG", "x" * 2**20).encode()
    for name, target in edits.get("link", {}).items():
        mode = "160000" if target == "submodule" else "120000"
        found[_path(name)] = Link(mode, target)
    for name, decision in edits.get("decide", {}).items():
        found[f"roadmap/{name}.yaml"] = _decision(name, decision).encode()
    return found


def _decision(name: str, text: str) -> str:
    """``TYPE@DATE CONCERNS | key: value | …`` as a document."""
    head, *more = text.split(" | ")
    kind, _, concerns = head.partition(" ")
    kind, _, day = kind.partition("@")
    given = dict(each.split(": ", 1) for each in more)
    spec = {
        "type": kind,
        "concerns": concerns,
        "date": day or "2026-06-18",
        "by": "[example-vp]",
        "because": "We know more.",
        **_ADDED.get(kind, {}),
        **given,
    }
    lines = [f"  {key}: {value}\n" for key, value in spec.items()]
    return (
        "apiVersion: roadgate/v1\nkind: Decision\n"
        f"metadata: {{name: {name}, title: Decided}}\nspec:\n{''.join(lines)}"
    )


def _context(data: Any) -> dict[str, Any] | None:
    if data is None:
        return None
    if data == "approved":
        data = {"reviews": ["example-vp approved"]}
    elif data == "nobody":
        data = {}
    reviews = [_review(each) for each in data.get("reviews", [])]
    known = {"version": 1, "pullRequest": 7, "base": "BASE", "head": "HEAD", "author": "example-pm"}
    return {**known, **data, "reviews": reviews}


def _review(text: str) -> dict[str, str]:
    by, state, *commit = text.split()
    return {"by": by, "state": state, "commit": (commit or ["HEAD"])[0], "date": "2026-06-19"}


def _expected(text: str) -> Expected:
    found = _EXPECTED.fullmatch(text)
    assert found is not None, text
    side, colon, rest = (found["place"] or "").partition(":")
    place = f"{side}:{_place(rest)}" if side == "base" and colon else _place(found["place"] or "")
    return Expected(found["id"], place, found["says"] or "")


def _place(text: str) -> str:
    name, colon, line = text.partition(":")
    return f"{SHORT.get(name, name)}{colon}{line}"


def _path(name: str) -> str:
    return SHORT.get(name, name)
