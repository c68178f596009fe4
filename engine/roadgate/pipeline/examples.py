"""Run the examples of policies: documents on which a rule holds, or fails with a known message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from roadgate.evaluate.policies import NO_KINDS, PolicySet, compile_alone, evaluate
from roadgate.evaluate.suppression import suppress
from roadgate.evaluate.verdicts import Judgements
from roadgate.load.memory import flow
from roadgate.model.errors import UsageError
from roadgate.model.finding import Finding, Severity
from roadgate.model.values import parse_day
from roadgate.pipeline.bound import switched_off
from roadgate.pipeline.context import parse_context
from roadgate.pipeline.example_files import DocumentError, files_of, read_side
from roadgate.pipeline.machinery import is_watched, watched
from roadgate.roadmap.compare import compare

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from roadgate.model.change import Change, Context, JudgeChange
    from roadgate.model.custom import CustomKind
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
    at: str = ""
    """The field of the example that is to blame; empty for the example as a whole."""
    found: tuple[Finding, ...] = ()
    """What the policy found, and no Decision of the example sets aside."""
    matched: bool = False
    """Whether the policy is about anything in it."""


def example_findings(
    house: Iterable[Resource[Policy]],
    config: Config,
    kinds: Mapping[str, CustomKind] = NO_KINDS,
) -> list[Finding]:
    """What is wrong with the examples of a project's own policies; disabled ones are left out."""
    disabled = switched_off(config)
    findings = []
    for policy in house:
        if policy.body.spec.id in disabled:
            continue
        findings += [_finding(policy, each) for each in run_examples(policy, kinds) if each.problem]
        if never_fails(policy):
            findings.append(_unseen(policy))
    return findings


def never_fails(policy: Resource[Policy]) -> bool:
    """Whether no example shows the policy finding anything."""
    return all(each.passes for each in policy.body.spec.examples)


def run_examples(
    policy: Resource[Policy], kinds: Mapping[str, CustomKind] = NO_KINDS, *, house: bool = True
) -> list[ExampleResult]:
    """Run every example of a policy; none where the policy does not compile."""
    policy_set, _ = compile_alone(policy, kinds, house=house)
    if not policy_set.policies:
        return []
    examples = policy.body.spec.examples
    return [_run(policy_set, policy, index, each) for index, each in enumerate(examples)]


def _run(
    policy_set: PolicySet, policy: Resource[Policy], index: int, example: Example
) -> ExampleResult:
    name = policy.body.spec.id
    try:
        found, matched = _found(policy_set, policy.body, example)
    except DocumentError as problem:
        return ExampleResult(name, example.name, index, str(problem), problem.at)
    except UsageError as problem:
        return ExampleResult(name, example.name, index, str(problem), "context")
    return ExampleResult(name, example.name, index, _mismatch(example, found), "", found, matched)


def _found(
    policy_set: PolicySet, policy: Policy, example: Example
) -> tuple[tuple[Finding, ...], bool]:
    """What the policy finds on an example, and no Decision of the example sets aside.

    The second is whether it is about anything in it.

    Raises:
        DocumentError: a document of the example is no valid resource.
        UsageError: its context means nothing.
    """
    as_of = example.as_of or _newest(example)
    if example.base is not None and policy.spec.scope != "change":
        raise DocumentError(f"'base' means nothing in scope {policy.spec.scope}", "base")
    base_documents = example.base or ()
    kinds = policy_set.vocabulary.kinds
    if example.head is None:
        head_project, head = read_side(example.files, "files", kinds)
    else:
        head_project, head = read_side(example.head, "head", kinds)
    base_project, base = read_side(base_documents, "base", kinds)
    context = _context(example.context, as_of)
    change = None
    if policy.spec.scope == "change":
        first = not base_documents
        sides = (None, None) if first else (base_project, base)
        before, after = files_of(base_documents), files_of(example.head or example.files)
        paths = filter(is_watched, {*before, *after})
        edited = {each: each for each in paths if before.get(each) != after.get(each)}
        runs = watched(edited, base_project.config)
        change = _change(sides, (head_project, head), context, as_of, tuple(runs))
    verdicts = Judgements(head, as_of)
    run = evaluate(policy_set, head, verdicts, change, context, as_of, base=base)
    told = suppress(run.findings, head, as_of, used=run.used)
    name = policy.spec.id
    mine = tuple(each for each in told if each.id == name and each.suppressed is None)
    return mine, bool(run.matched.get(name))


def _mismatch(example: Example, findings: Sequence[Finding]) -> str:
    messages = [each.message for each in findings]
    found = "; ".join(messages)
    if example.passes and example.expect is not None:
        return "'expect' means nothing where nothing is to be found: passes is true"
    if example.passes:
        return f"it should pass, and fails: {found}" if messages else ""
    if not messages:
        return "it should fail, and passes"
    if example.expect is not None and not any(example.expect in each for each in messages):
        return f"it should fail with '{example.expect}', and fails with: {found}"
    return ""


def _newest(example: Example) -> date:
    """The newest day on which something in the example happened."""
    documents = (*example.files, *(example.base or ()), *(example.head or ()))
    days = []
    for each in documents:
        spec = each.get("spec")
        texts = [spec.get(key) for key in _DATED] if isinstance(spec, dict) else []
        days += [parse_day(text) for text in texts if isinstance(text, str)]
    return max(days, default=NO_DAY)


def _context(data: Mapping[str, Any] | None, as_of: date) -> Context | None:
    """A context; what it leaves out is the example's own: its commits, its head, its day."""
    if data is None:
        return None
    said = {"version": 1, "base": _BASE, "head": _HEAD, "reviews": [], **data}
    if isinstance(said["reviews"], (list, tuple)):
        given = {"commit": said["head"], "date": as_of.isoformat()}
        said["reviews"] = [
            {**given, **each} if isinstance(each, dict) else each for each in said["reviews"]
        ]
    return parse_context(flow(said).encode("utf-8"))


def _change(
    base: tuple[Project | None, Roadmap | None],
    head: tuple[Project, Roadmap],
    context: Context | None,
    as_of: date,
    further: tuple[JudgeChange, ...],
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
        base_sha=context.base if context is not None else _BASE,
        merge_base_sha=context.base if context is not None else _BASE,
        head_sha=context.head if context is not None else _HEAD,
        further=further,
        settings=(base[0].config, head[0].config) if base[0] is not None else None,
    )


def _finding(policy: Resource[Policy], result: ExampleResult) -> Finding:
    return Finding(
        CODE,
        Severity.ERROR,
        f"policy '{result.policy}', example '{result.example}': {result.problem}",
        fix="correct the example or the policy",
        resource=policy.ref,
        field=f"spec.examples[{result.index}]{result.at and f'.{result.at}'}",
    )


def _unseen(policy: Resource[Policy]) -> Finding:
    return Finding(
        CODE,
        Severity.WARNING,
        f"policy '{policy.body.spec.id}' has no example that fails: nobody saw it find anything",
        fix="add an example with passes: false and the message to expect",
        resource=policy.ref,
        field="spec.examples",
    )
