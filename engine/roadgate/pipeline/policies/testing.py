"""``policy test``: run the examples of policies, which are their tests."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from roadgate.evaluate.policies import NO_KINDS, compile_alone, compile_policies
from roadgate.load import settings
from roadgate.load.discover import CONFIG_PATH
from roadgate.load.positions import Locators
from roadgate.model.catalogue import ExampleOutcome, Said, TestedPolicy, TestReport
from roadgate.model.errors import UsageError
from roadgate.model.finding import Finding, Severity
from roadgate.pipeline.builtin import builtin_policies, builtin_tree
from roadgate.pipeline.examples import CODE, ExampleResult, never_fails, run_examples
from roadgate.pipeline.reading import Reading, read
from roadgate.report.order import ordered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from roadgate.model.custom import CustomKind
    from roadgate.model.kinds import Config, Policy
    from roadgate.model.resource import Resource
    from roadgate.pipeline.workspace import Workspace


def run_tests(workspace: Workspace, paths: Sequence[str], *, shipped: bool) -> TestReport:
    """Run the examples of the house policies in ``paths`` (all without), or of those that ship.

    Raises:
        UsageError: there is no policy to test.
        EnvironmentProblem: a folder cannot be read.
    """
    policies: list[TestedPolicy] = []
    findings: list[Finding] = []
    if shipped:
        locators = Locators(builtin_tree())
        policies += [_tested(each, (), locators, house=False) for each in builtin_policies()]
    if paths or not shipped:
        reading = read(workspace, None, _looking_in(workspace, paths))
        roots = paths or reading.project.config.spec.paths.policies
        policies += _house(reading, roots)
        findings = [
            each
            for each in reading.located(reading.findings)
            if each.severity is Severity.ERROR and each.location and _tells(each, roots)
        ]
    if not policies and not findings:
        raise UsageError(
            "there is nothing to test: no policy was found",
            hint="write one with roadgate policy new, or use --built-in",
        )
    ordered_policies = sorted(policies, key=lambda each: (each.id, each.path))
    return TestReport(tuple(ordered_policies), tuple(ordered(findings)))


def _looking_in(workspace: Workspace, paths: Sequence[str]) -> Config:
    """The project's settings, looking for policies in ``paths`` as well."""
    config = settings.read(workspace.tree(None)).config
    places = config.spec.paths
    new = [path for path in paths if not any(_within(path, root) for root in places.policies)]
    wider = places.model_copy(update={"policies": (*places.policies, *new)})
    return config.model_copy(update={"spec": config.spec.model_copy(update={"paths": wider})})


def _house(reading: Reading, roots: Sequence[str]) -> list[TestedPolicy]:
    house = tuple(reading.roadmap.policies.values())
    _, broken = compile_policies(
        house, builtin_policies(), reading.project.config, reading.project.governed
    )
    ids = [each for each in reading.located(broken) if each.field == "spec.id"]
    locators = Locators(reading.tree)
    return [
        _tested(
            each,
            [found for found in ids if found.resource == each.ref],
            locators,
            reading.project.governed,
            house=True,
        )
        for each in house
        if any(_within(each.path, root) for root in roots)
    ]


def _tested(
    policy: Resource[Policy],
    problems: Iterable[Finding],
    locators: Locators,
    kinds: Mapping[str, CustomKind] = NO_KINDS,
    *,
    house: bool,
) -> TestedPolicy:
    _, broken = compile_alone(policy, kinds, house=house)
    wrong = [*problems, *(_at(each, policy, locators) for each in broken)]
    if not wrong and never_fails(policy):
        wrong.append(_at(_unseen(policy), policy, locators))
    results = run_examples(policy, kinds, house=house)
    return TestedPolicy(
        id=policy.body.spec.id,
        title=policy.body.metadata.title,
        path=policy.path,
        examples=tuple(_outcome(policy, each, locators) for each in results),
        problems=tuple(wrong),
    )


def _outcome(policy: Resource[Policy], result: ExampleResult, locators: Locators) -> ExampleOutcome:
    example = policy.body.spec.examples[result.index]
    clauses = policy.body.spec.validations
    at = f"spec.examples[{result.index}]{result.at and f'.{result.at}'}"
    said = [
        Said(
            each.message,
            each.clause,
            "" if each.clause is None else clauses[each.clause].expression,
        )
        for each in result.found
    ]
    return ExampleOutcome(
        name=example.name,
        passes=example.passes,
        expect=example.expect,
        said=tuple(said),
        problem=result.problem,
        location=locators.span(policy.path, policy.index, at),
    )


def _at(finding: Finding, policy: Resource[Policy], locators: Locators) -> Finding:
    if finding.location is not None:
        return finding
    field = finding.field or "spec"
    span = locators.span(policy.path, policy.index, field, finding.part)
    return replace(finding, location=span)


def _unseen(policy: Resource[Policy]) -> Finding:
    return Finding(
        CODE,
        Severity.ERROR,
        f"policy '{policy.body.spec.id}' has no example that fails: nobody saw it find anything",
        "add an example with passes: false and the message to expect",
        resource=policy.ref,
        field="spec.examples",
    )


def _tells(finding: Finding, roots: Sequence[str]) -> bool:
    path = finding.location.path if finding.location is not None else ""
    return path == CONFIG_PATH or any(_within(path, root) for root in roots)


def _within(path: str, root: str) -> bool:
    folder = root.strip("/")
    return folder in ("", ".") or path == folder or path.startswith(f"{folder}/")
