"""Short ways to write a base and a head, and to compare them as the pipeline does."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import TYPE_CHECKING, Any

import simplejson

from roadgate.history.seal import protected, seals, used_decisions
from roadgate.load.project import load_project
from roadgate.model.change import Change, Context, FieldChange, Review
from roadgate.model.seal import CommitRecord
from roadgate.model.tree import Entry
from roadgate.roadmap.compare import compare
from roadgate.roadmap.link import link
from roadgate.roadmap.rules import Rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from roadgate.model.seal import Seal

Documents = dict[str, Any]
ON = date(2026, 6, 20)
COMMITTED = date(2026, 2, 2)
HEAD = "ab" * 20
CI: Documents = {
    "apiVersion": "roadgate/v1",
    "kind": "Initiative",
    "metadata": {"name": "faster-ci", "title": "Faster CI", "owner": "core"},
    "spec": {
        "problem": "Developers wait.",
        "horizon": "now",
        "status": "active",
        "committed": "2026-02-02",
        "evidence": ["interviews"],
        "successCriteria": [
            {"id": "duration", "metric": "ci-duration", "target": "<= 5", "by": "2026-07-31"},
            {"id": "felt", "question": "Is it fast?", "by": "2026-07-31"},
        ],
        "killThresholds": [
            {
                "id": "no-movement",
                "metric": "ci-duration",
                "when": ">= 15",
                "checkOn": ["2026-04-30", "2026-06-30"],
            }
        ],
        "guardrails": [{"id": "flakes", "metric": "flake-rate", "target": "<= 2 %"}],
        "rollout": [
            {"phase": "pilot", "exit": {"metric": "ci-duration", "target": "<= 10"}},
        ],
        "nfrs": [{"id": "up", "metric": "flake-rate", "target": "<= 5 %"}],
    },
}


def resource(kind: str, name: str, spec: Mapping[str, Any], **metadata: Any) -> Documents:
    """A document as it stands in YAML."""
    return {
        "apiVersion": "roadgate/v1",
        "kind": kind,
        "metadata": {"name": name, "title": name, **metadata},
        "spec": dict(spec),
    }


DURATION = resource(
    "Metric",
    "ci-duration",
    {"unit": "min", "direction": "lower", "cadence": "weekly", "baseline": {"value": 18}},
)
FLAKES = resource("Metric", "flake-rate", {"unit": "%", "direction": "lower", "cadence": "weekly"})
CORE = resource(
    "Team",
    "core",
    {
        "members": [
            {"role": "product manager", "github": "example-pm"},
            {"role": "sponsor", "github": "Example-VP"},
        ]
    },
)
INTERVIEWS = resource(
    "Evidence",
    "interviews",
    {"method": "interview", "date": "2026-01-20", "sample": 12, "findings": ["slow"]},
)
BASE = (CI, DURATION, FLAKES, CORE, INTERVIEWS)


def decision(kind: str, name: str = "decided", **spec: Any) -> Documents:
    """A Decision about faster-ci; ``criterion``, ``threshold`` and so on narrow it down."""
    narrow = ("criterion", "threshold", "guardrail", "metric", "evidence", "initiative", "resource")
    concerns = {key: spec.pop(key) for key in narrow if key in spec}
    if not {"metric", "evidence", "resource"} & concerns.keys():
        concerns.setdefault("initiative", "faster-ci")
    said = {"date": "2026-06-19", "by": ["example-vp"], "because": "we know more", "learned": "ask"}
    until = {"until": "2026-12-31"} if kind in ("pause", "continue") else {}
    return resource("Decision", name, {"type": kind, "concerns": concerns, **said, **until, **spec})


def edited(document: Mapping[str, Any], **changes: Any) -> Documents:
    """A copy with other values; ``duration__target`` reaches into items, ``None`` takes away."""
    copy: Documents = deepcopy(dict(document))
    for path, value in changes.items():
        target: Any = copy["spec"]
        *steps, last = path.split("__")
        for step in steps:
            target = target[step] if step in target else _item(copy["spec"], step)
        if value is None:
            target.pop(last, None)
        else:
            target[last] = value
    return copy


def _item(spec: Documents, name: str) -> Any:
    lists = (
        spec.get(key, ()) for key in ("successCriteria", "killThresholds", "guardrails", "nfrs")
    )
    return next(item for items in lists for item in items if item["id"] == name)


def without(document: Mapping[str, Any], name: str) -> Documents:
    """A copy without the item of that id."""
    copy: Documents = deepcopy(dict(document))
    for key in ("successCriteria", "killThresholds", "guardrails", "nfrs"):
        items = copy["spec"].get(key, [])
        copy["spec"][key] = [item for item in items if item["id"] != name]
    return copy


def renamed(document: Mapping[str, Any], name: str, *aliases: str) -> Documents:
    """A copy under another name."""
    metadata = {**document["metadata"], "name": name, "aliases": list(aliases)}
    return {**deepcopy(dict(document)), "metadata": metadata}


SHIPPED = Rules(
    {
        "RG101": {
            "enforcement": "overridable",
            "params": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "minInterviews": {"type": "integer", "x-stricter": "higher"},
                        "maxAge": {"type": "integer", "x-stricter": "lower"},
                        "minTeams": {"type": "integer"},
                    },
                },
                "default": {"minInterviews": 5, "maxAge": 90, "minTeams": 1},
            },
        }
    },
    {"essential": ("RG101",), "none": ()},
    {"evidence": {"RG101": True}},
)
"""The policies that come with roadgate, for those tests."""


class MemoryTree:
    """A tree of texts."""

    revision = None

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = {path: text.encode() for path, text in files.items()}

    def entries(self, roots: Sequence[str]) -> Iterator[Entry]:
        """Every path at or below the roots."""
        for path, content in sorted(self._files.items()):
            if any(root in ("", path) or path.startswith(f"{root}/") for root in roots):
                yield Entry(path, "file", len(content))

    def read(self, path: str) -> bytes:
        """The bytes of one file."""
        return self._files[path]


def path_of(document: Mapping[str, Any]) -> str:
    """Where a document stands, unless a test says otherwise."""
    if document["kind"] == "Config":
        return "roadgate.yaml"
    if document["kind"] == "Policy":
        return f"policies/{document['metadata']['name']}.yaml"
    return f"roadmap/{document['kind']}-{document['metadata']['name']}.yaml".lower()


def files(documents: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """One file for each document; JSON is YAML."""
    return {path_of(each): simplejson.dumps(each, use_decimal=True) for each in documents}


def record(commit: str, day: date, *documents: Documents, gone: Sequence[str] = ()) -> CommitRecord:
    """A commit that writes these documents, each to its own file, and takes files away."""
    changed: dict[str, tuple[Documents, ...] | None] = dict.fromkeys(gone)
    for document in documents:
        changed[path_of(document)] = (document,)
    return CommitRecord(commit, day, changed)


def context(*reviews: tuple[str, str], **fields: Any) -> Context:
    """A pull request by example-pm, with reviews of its head."""
    given = tuple(
        Review(by, state, HEAD, ON)  # type: ignore[arg-type]  # tests name the states as text
        for by, state in reviews
    )
    known: dict[str, Any] = {"author": "example-pm", "head": HEAD, "reviews": given}
    return Context(pull_request=7, base="cd" * 20, **{**known, **fields})


APPROVED = context(("example-vp", "approved"))


def change(  # noqa: PLR0913 - every part of a pull request, by keyword
    base: Iterable[Documents] | None,
    head: Iterable[Documents],
    *,
    pull_request: Context | None = APPROVED,
    history: Mapping[str, Seal] | None = None,
    texts: Mapping[str, str] | None = None,
    gone: Iterable[str] = (),
    on: date = ON,
) -> Change:
    """Compare two sets of documents; base is one commit of 2 February unless there is a history.

    ``texts`` are files of head as they are written, ``gone`` those that it has not.
    """
    before = None if base is None else load_project(MemoryTree(files(list(base))))
    kept = {path: text for path, text in files(head).items() if path not in set(gone)}
    after = load_project(MemoryTree({**kept, **(texts or {})}))
    old = None if before is None else link(before)[0]
    if history is None:
        history = seals([record("c1", COMMITTED, *(base or ()))], None, complete=True)
    initiatives = old.initiatives if old is not None else {}
    horizons = {name: str(each.body.spec.horizon) for name, each in initiatives.items()}
    return compare(
        before,
        after,
        base_roadmap=old,
        head_roadmap=link(after)[0],
        protected=protected(history, horizons),
        context=pull_request,
        as_of=on,
        base_sha="cd" * 20,
        merge_base_sha="cd" * 20,
        head_sha=HEAD,
        used=used_decisions(history),
        settings=(before.config, after.config) if before is not None else None,
        shipped=SHIPPED,
    )


def swapped(*documents: Documents) -> list[Documents]:
    """BASE with some documents in the place of those of the same kind and name, or added."""
    own = {(each["kind"], each["metadata"]["name"]): each for each in (*BASE, *documents)}
    return list(own.values())


def fields(found: Change) -> dict[str, FieldChange]:
    """Every field that changed, by ``name field``."""
    return {
        f"{resource.ref.name} {each.field}".strip(): each
        for resource in found.resources
        for each in resource.fields
    }


def offending(found: Change) -> set[str]:
    """What a protected promise loses without a Decision that counts."""
    return {
        name
        for name, each in fields(found).items()
        if each.protected
        and each.effect.needs_decision
        and (each.decision is None or each.approval in ("no", "unknown"))
    }


def codes(found: Change) -> list[str]:
    """The ids of what is wrong with the change itself."""
    return [each.id for each in found.findings]
