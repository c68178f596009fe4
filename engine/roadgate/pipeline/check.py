"""``check``: validate one project and enforce its policies.

Without ``--base`` the project judges itself. With it, the base judges the head: see ``change``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.evaluate.far_off import far_off
from roadgate.evaluate.named import named_findings
from roadgate.evaluate.policies import compile_policies, evaluate
from roadgate.evaluate.suppression import decide
from roadgate.model.errors import UsageError
from roadgate.model.exceptions import Account
from roadgate.model.project import unread_policies
from roadgate.model.report import CheckReport
from roadgate.pipeline.baselining import apply
from roadgate.pipeline.builtin import builtin_policies
from roadgate.pipeline.change import check_change
from roadgate.pipeline.context import read_context
from roadgate.pipeline.examples import example_findings
from roadgate.pipeline.gates import gate_findings
from roadgate.pipeline.judging import judged, later_rows
from roadgate.pipeline.outcome import Outcome, Request, exit_code, nothing_to_check, selection
from roadgate.pipeline.reading import day, read, source_of
from roadgate.pipeline.redaction import internal_metrics, redacted_check
from roadgate.pipeline.rules import rules
from roadgate.report.order import ordered

if TYPE_CHECKING:
    from roadgate.pipeline.workspace import Workspace


def check(workspace: Workspace, request: Request) -> Outcome:
    """Check the project of ``workspace``.

    Raises:
        UsageError: there is nothing to check, or the context file is wrong.
        EnvironmentProblem: git, or a folder, cannot be read.
    """
    if request.base is not None:
        if request.write_baseline is not None:
            raise UsageError(
                "--write-baseline and --base do not go together",
                hint="write the baseline without --base, and commit it",
            )
        return check_change(workspace, request, request.base)
    return _check_itself(workspace, request)


def _check_itself(workspace: Workspace, request: Request) -> Outcome:
    unused = _unused_context(request)
    reading = read(workspace, request.at)
    project, roadmap = reading.project, reading.roadmap
    if not project.resources and not reading.findings:
        raise nothing_to_check()
    as_of = day(project.config, request.as_of, request.now)
    found = judged(workspace, reading, as_of)
    house = tuple(roadmap.policies.values())
    policies, broken = compile_policies(
        house,
        builtin_policies(),
        project.config,
        project.governed,
        unread=unread_policies(project),
    )
    run = evaluate(policies, roadmap, found.judgements, None, None, as_of)
    decided = decide(
        [
            *reading.findings,
            *later_rows(reading, as_of),
            *broken,
            *example_findings(house, project.config, project.governed),
            *gate_findings(roadmap, policies, project.config),
            *named_findings(policies.policies, roadmap),
            *far_off(project.config, as_of),
            *run.findings,
        ],
        roadmap,
        as_of,
        used=run.used,
        known=policies.known,
        verdicts=found.judgements,
    )
    placed, written = apply(ordered(reading.located(decided.findings)), reading.tree, request)
    shown, notes = selection(placed, request.paths)
    report = CheckReport(
        as_of=as_of,
        files=project.files,
        resources=len(project.resources),
        policies=run.policies,
        evaluations=run.evaluations,
        findings=ordered(shown),
        notes=(*unused, *notes, *((written.note,) if written else ())),
        account=Account(decided.exceptions, policies.disabled),
        rules=rules(roadmap),
    )
    source = source_of(reading.tree)
    if request.public:
        report, source = redacted_check(report, source, found.verdicts, internal_metrics(roadmap))
    code = exit_code(report, config_broken=project.config_broken)
    return Outcome(report, code, source, written)


def _unused_context(request: Request) -> tuple[str, ...]:
    """A context file that is wrong is told in any case; a good one has nothing to say here."""
    if request.context_file is None:
        return ()
    read_context(request.context_file)
    return ("the context file is about a change: it counts with --base only",)
