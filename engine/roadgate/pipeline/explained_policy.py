"""A policy as it applies here: who bound what, whom it affects, by which values it answers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from roadgate.evaluate.bindings import presets
from roadgate.evaluate.policies import compile_policies
from roadgate.evaluate.tracing import trace
from roadgate.load.discover import CONFIG_PATH
from roadgate.load.positions import Locators
from roadgate.model.explanation import BoundFor, BoundParameter, PolicyExplanation, Trace
from roadgate.model.finding import Severity
from roadgate.pipeline.bound import bound_here
from roadgate.pipeline.builtin import builtin_policies
from roadgate.pipeline.judging import judged
from roadgate.pipeline.redaction import internal_metrics

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from roadgate.evaluate.policies import PolicySet
    from roadgate.model.kinds import Policy
    from roadgate.model.kinds.config import Binding
    from roadgate.model.resource import Resource
    from roadgate.model.source import ResourceRef
    from roadgate.pipeline.reading import Reading
    from roadgate.pipeline.workspace import Workspace

WITHHELD = "withheld: there are internal metrics here"


def explained(  # noqa: PLR0913 - what an explanation depends on
    workspace: Workspace,
    reading: Reading,
    policy: Resource[Policy],
    about: ResourceRef | None,
    as_of: date,
    *,
    public: bool,
) -> PolicyExplanation:
    """Everything there is to say about a policy, and about what it says of one resource."""
    spec = policy.body.spec
    policies = _policies(reading)
    applied = next((each for each in policies.policies if each.id == spec.id), None)
    bound = _Bound(reading, policy)
    found = PolicyExplanation(
        id=spec.id,
        title=policy.body.metadata.title,
        rationale=spec.rationale,
        scope=spec.scope,
        severity=applied.severity if applied is not None else Severity(spec.severity),
        enforcement=applied.enforcement if applied is not None else None,
        bound_by=bound.by(applies=applied is not None),
        since=applied.since if applied is not None else None,
        parameters=tuple(bound.parameters()),
        bindings=tuple(bound.scoped()),
        clauses=tuple((each.expression, each.fix or "") for each in spec.validations),
        examples=tuple((each.name, each.passes, each.expect or "") for each in spec.examples),
        as_of=as_of,
        trace=None,
        about=about,
    )
    if applied is None or spec.scope == "change":
        return found
    verdicts = judged(workspace, reading, as_of).judgements
    traced = trace(applied, reading.roadmap, verdicts, as_of, about, policies.vocabulary)
    if public and internal_metrics(reading.roadmap):
        traced = _withheld(traced)
    return replace(found, trace=traced)


def _policies(reading: Reading) -> PolicySet:
    project = reading.project
    house = tuple(reading.roadmap.policies.values())
    return compile_policies(house, builtin_policies(), project.config, project.governed)[0]


class _Bound:
    """What presets and bindings make of a policy."""

    def __init__(self, reading: Reading, policy: Resource[Policy]) -> None:
        self._policy = policy
        self._config = reading.project.config.spec.policies
        self._locators = Locators(reading.tree)
        self._mine = [
            (each.at, each.binding)
            for each in bound_here(reading.project.config)
            if each.policy == policy.body.spec.id
        ]

    def by(self, *, applies: bool) -> str:
        """What makes the policy apply, or why it does not."""
        name = self._policy.body.spec.id
        known = presets(builtin_policies())
        chosen = [each for each in self._config.presets if name in known[each]]
        said = [f"preset {each}" for each in chosen]
        if name not in {each.body.spec.id for each in builtin_policies()}:
            said.append(f"a policy of this repository ({self._policy.path})")
        for at, binding in self._mine:
            if binding.match is None:
                because = f": {binding.because}" if binding.because else ""
                what = f"a binding of pack {binding.pack}" if binding.pack else "a binding"
                said.append(f"{what} ({self._place(at)}){because}")
        if applies:
            return " and ".join(said) or "bindings for some resources"
        disabled = [each for each in self._mine if each[1].enforcement == "disabled"]
        if disabled:
            at, binding = disabled[0]
            return f"disabled in {self._place(at)}: {binding.because}"
        in_presets = [each for each, ids in known.items() if name in ids]
        if in_presets:
            return f"no preset or binding here names it; it is in the preset {in_presets[0]}"
        return "no preset or binding names it, or it is broken: roadgate check says which"

    def parameters(self) -> Iterator[BoundParameter]:
        """Each parameter as it is bound for all resources, and who set it."""
        params = self._policy.body.spec.params
        if params is None:
            return
        general = [(at, each) for at, each in self._mine if each.match is None]
        declared = params.schema_.get("properties")
        names = [*(declared if isinstance(declared, dict) else ()), *params.default]
        for name in sorted(set(names)):
            value, source = params.default.get(name), "its default"
            for at, binding in general:
                if name in binding.params:
                    value, source = binding.params[name], self._place(f"{at}.params.{name}")
            yield BoundParameter(name, _told(value), source)

    def scoped(self) -> Iterator[BoundFor]:
        """What bindings say for some resources, in the order in which they count."""
        for at, binding in self._mine:
            if binding.match is not None:
                says = ", ".join(_says(binding))
                yield BoundFor(binding.match.told(), says, self._place(at))

    def _place(self, field: str) -> str:
        span = self._locators.span(CONFIG_PATH, 0, field)
        return f"{span.path}:{span.line}"


def _says(binding: Binding) -> Iterator[str]:
    if binding.enforcement is not None:
        because = f" ({binding.because})" if binding.because else ""
        yield f"enforcement {binding.enforcement}{because}"
    if binding.severity is not None:
        yield f"severity {binding.severity}"
    if binding.from_ is not None:
        yield f"from {binding.from_}"
    for name, value in sorted(binding.params.items()):
        yield f"{name}: {_told(value)}"


def _told(value: Any) -> str:  # noqa: ANN401 (any JSON)
    if isinstance(value, list):
        return f"[{', '.join(map(_told, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return "unset"
    return str(value)


def _withheld(found: Trace) -> Trace:
    """Without the values that a public reader must not see, and the messages that quote them."""
    return replace(
        found,
        parts=tuple(replace(each, value=WITHHELD) for each in found.parts),
        cases=tuple(
            replace(
                case,
                findings=tuple(replace(each, message=WITHHELD, fix="") for each in case.findings),
                clauses=tuple(
                    replace(
                        each,
                        parts=tuple(replace(part, value=WITHHELD) for part in each.parts),
                        finding=None
                        if each.finding is None
                        else replace(each.finding, message=WITHHELD, fix=""),
                    )
                    for each in case.clauses
                ),
            )
            for case in found.cases
        ),
    )
