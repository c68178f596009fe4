"""Run the examples of policies: documents on which a rule holds, or fails with a known message."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from roadgate.evaluate.policies import PolicySet, compile_alone, evaluate
from roadgate.evaluate.suppression import suppress
from roadgate.evaluate.verdicts import judge
from roadgate.load.project import load_project
from roadgate.model.errors import UsageError
from roadgate.model.finding import Finding, Severity
from roadgate.model.tree import Entry
from roadgate.model.values import parse_day
from roadgate.pipeline.context import parse_context
from roadgate.roadmap.compare import compare
from roadgate.roadmap.link import link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from roadgate.model.change import Change, Context
    from roadgate.model.kinds import Config, Policy
    from roadgate.model.kinds.policy import Example
    from roadgate.model.project import Project
    from roadgate.model.resource import Resource
    from roadgate.model.roadmap import Roadmap

CODE = "RG032"
NO_DAY = date(2000, 1, 1)
"""The day of an example in which nothing is dated."""
_BASE, _HEAD = "b" * 40, "a" * 40
"""The commits of a change in an example; a context names the second as its head."""
_DATED = ("date", "committed")


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One example, run."""

    policy: str
    """The policy's id."""
    example: str
    index: int
    """Which example of the policy, from 0."""
    problem: str
    """Why it is not as it says; empty when it is."""
    messages: tuple[str, ...] = ()
    """What the policy found."""


class MemoryTree:
    """Files that exist only while an example runs."""

    revision = None

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files

    def entries(self, roots: Sequence[str]) -> Iterator[Entry]:
        """Every file at or below ``roots``, sorted."""
        for path in sorted(self._files):
            if any(not root or path == root or path.startswith(f"{root}/") for root in roots):
                yield Entry(path, "file", len(self._files[path]))

    def read(self, path: str) -> bytes:
        """The file's bytes.

        Raises:
            FileNotFoundError: there is none.
        """
        try:
            return self._files[path]
        except KeyError:
            raise FileNotFoundError(path) from None


def example_findings(house: Iterable[Resource[Policy]], config: Config) -> list[Finding]:
    """What is wrong with the examples of a project's own policies; disabled ones are left out."""
    disabled = {
        each.policy for each in config.spec.policies.bindings if each.enforcement == "disabled"
    }
    findings = []
    for policy in house:
        if policy.body.spec.id in disabled:
            continue
        findings += [_finding(policy, each) for each in run_examples(policy) if each.problem]
        if all(each.passes for each in policy.body.spec.examples):
            findings.append(_never_fails(policy))
    return findings


def run_examples(policy: Resource[Policy], *, house: bool = True) -> list[ExampleResult]:
    """Run every example of a policy; none where the policy does not compile."""
    policy_set, broken = compile_alone(policy, house=house)
    if broken:
        return []
    examples = policy.body.spec.examples
    return [_run(policy_set, policy, index, each) for index, each in enumerate(examples)]


def _run(
    policy_set: PolicySet, policy: Resource[Policy], index: int, example: Example
) -> ExampleResult:
    name = policy.body.spec.id
    try:
        messages = _messages(policy_set, policy.body, example)
    except (ValueError, UsageError) as problem:
        return ExampleResult(name, example.name, index, str(problem))
    return ExampleResult(name, example.name, index, _mismatch(example, messages), messages)


def _messages(policy_set: PolicySet, policy: Policy, example: Example) -> tuple[str, ...]:
    """What the policy finds on an example, and no Decision of the example sets aside.

    Raises:
        ValueError: a document of the example is no valid resource.
        UsageError: its context means nothing.
    """
    as_of = example.as_of or _newest(example)
    head_documents = example.files if example.head is None else example.head
    base_documents = example.base or ()
    head_project, head = _project(head_documents)
    base_project, base = _project(base_documents)
    context = _context(example.context)
    change = None
    if policy.spec.scope == "change":
        first = not base_documents
        sides = (None, None) if first else (base_project, base)
        change = _change(sides, (head_project, head), context, as_of)
    verdicts = judge(head, as_of)
    run = evaluate(policy_set, head, verdicts, change, context, as_of, base=base)
    told = suppress(run.findings, head, as_of, used=run.used)
    mine = [each for each in told if each.id == policy.spec.id and each.suppressed is None]
    return tuple(each.message for each in mine)


def _mismatch(example: Example, messages: tuple[str, ...]) -> str:
    found = "; ".join(messages)
    if example.passes:
        return f"it should pass, and fails: {found}" if messages else ""
    if not messages:
        return "it should fail, and passes"
    if example.expect is not None and not any(example.expect in each for each in messages):
        return f"it should fail with '{example.expect}', and fails with: {found}"
    return ""


def _project(documents: Sequence[Mapping[str, Any]]) -> tuple[Project, Roadmap]:
    """Documents as a project; they may name what they do not show.

    Raises:
        ValueError: one of them does not meet the schema of its kind.
    """
    project = load_project(MemoryTree(_files(documents)))
    for finding in project.findings:
        if finding.severity is Severity.ERROR:
            place = finding.location.path if finding.location else "a document"
            raise ValueError(f"{place}: {finding.message}")
    roadmap, _ = link(project)
    return project, roadmap


def _files(documents: Sequence[Mapping[str, Any]]) -> dict[str, bytes]:
    """One file a document, called by its kind and name, so that it keeps its place in a change."""
    files: dict[str, bytes] = {}
    for position, each in enumerate(documents):
        path, text = _file(each)
        if path in files:
            path = path.replace(".yaml", f"-{position}.yaml")
        files[path] = text.encode("utf-8")
    return files


def _file(document: Mapping[str, Any]) -> tuple[str, str]:
    path, text = document.get("path"), document.get("text")
    if isinstance(path, str) and isinstance(text, str):
        return path, text
    kind, metadata = document.get("kind"), document.get("metadata")
    if kind == "Config":
        return "roadgate.yaml", _yaml(document)
    name = metadata.get("name") if isinstance(metadata, dict) else ""
    folder = "policies" if kind == "Policy" else "roadmap"
    return f"{folder}/{kind}-{name}.yaml".lower(), _yaml(document)


def _yaml(value: Any) -> str:  # noqa: ANN401 - any plain data
    """Plain data as flow YAML, which JSON is; numbers stay exactly as they were written."""
    if isinstance(value, dict):
        inner = ", ".join(f"{json.dumps(str(key))}: {_yaml(each)}" for key, each in value.items())
        return f"{{{inner}}}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_yaml(each) for each in value)}]"
    return str(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)


def _newest(example: Example) -> date:
    """The newest day on which something in the example happened."""
    documents = (*example.files, *(example.base or ()), *(example.head or ()))
    days = []
    for each in documents:
        spec = each.get("spec")
        texts = [spec.get(key) for key in _DATED] if isinstance(spec, dict) else []
        days += [parse_day(text) for text in texts if isinstance(text, str)]
    return max(days, default=NO_DAY)


def _context(data: Mapping[str, Any] | None) -> Context | None:
    if data is None:
        return None
    known = {"version": 1, "base": _BASE, "head": _HEAD, "reviews": []}
    return parse_context(_yaml({**known, **data}).encode("utf-8"))


def _change(
    base: tuple[Project | None, Roadmap | None],
    head: tuple[Project, Roadmap],
    context: Context | None,
    as_of: date,
) -> Change:
    initiatives = base[1].initiatives if base[1] is not None else {}
    committed = [name for name, each in initiatives.items() if each.body.spec.horizon == "now"]
    return compare(
        base[0],
        head[0],
        base_roadmap=base[1],
        head_roadmap=head[1],
        protected=dict.fromkeys(committed),
        context=context,
        as_of=as_of,
        base_sha=_BASE,
        merge_base_sha=_BASE,
        head_sha=_HEAD,
    )


def _finding(policy: Resource[Policy], result: ExampleResult) -> Finding:
    return Finding(
        CODE,
        Severity.ERROR,
        f"policy '{result.policy}', example '{result.example}': {result.problem}",
        fix="correct the example or the policy",
        resource=policy.ref,
        field=f"spec.examples[{result.index}]",
    )


def _never_fails(policy: Resource[Policy]) -> Finding:
    return Finding(
        CODE,
        Severity.WARNING,
        f"policy '{policy.body.spec.id}' has no example that fails: nobody saw it find anything",
        fix="add an example with passes: false and the message to expect",
        resource=policy.ref,
        field="spec.examples",
    )
