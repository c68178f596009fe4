"""What ``lifecycle`` prints: a drawing in text or Mermaid, a resource's next steps, and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.report import stages_v1 as out
from roadgate.report.json_v1 import dump, findings_output
from roadgate.report.text.terminal import Palette, harmless, pad, plain, width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from roadgate.model.stages import Ahead, Gate, Stage, Stages
    from roadgate.model.workflow import Step, Workflow


def text(found: Stages, *, color: bool = False) -> str:
    """The next steps of a resource; without one, every step of every field."""
    palette = Palette(color)
    if found.stages:
        blocks = ["\n".join(_stage(each, palette)) for each in found.stages]
    else:
        blocks = ["\n".join(_drawn(each, palette)) for each in found.workflows]
    blocks += [palette.bad(f"{each.id}: {plain(each.message)}") for each in found.findings]
    return harmless("\n\n".join(blocks) + "\n")


def _drawn(workflow: Workflow, palette: Palette) -> Iterator[str]:
    told = _by(workflow)
    yield palette.bold(f"{plain(workflow.field)}{told}")
    wide = max((width(plain(each.old)) for each in workflow.steps), default=0)
    for each in _moves(workflow):
        asked = ", ".join(_asked(each)) or "free"
        yield f"  {pad(plain(each.old), wide)} → {plain(each.new)}: {asked}"


def _moves(workflow: Workflow) -> Iterator[Step]:
    """The steps that lead somewhere: lists of states on both sides also pair each with itself."""
    return (each for each in workflow.steps if each.old != each.new)


def _by(workflow: Workflow) -> str:
    return f" ({workflow.resource})" if workflow.resource is not None else " (built in)"


def _asked(step: Step) -> list[str]:
    asked = [f"gates {', '.join(map(plain, step.gates))}"] if step.gates else []
    if step.needs:
        asked.append(f"a Decision of type {' or '.join(step.needs)}")
    return [*asked, *(f"approval of {each.count} of {_team(each.team)}" for each in step.approvals)]


def _team(team: str | None) -> str:
    return plain(team) if team else "any Team"


def _stage(stage: Stage, palette: Palette) -> Iterator[str]:
    by = f" ({stage.lifecycle})" if stage.lifecycle is not None else ""
    where = f"{plain(str(stage.ref))}: {plain(stage.field)} is {plain(stage.state)}{by}"
    yield palette.bold(where)
    if not stage.steps:
        yield "  no listed step leads further"
    for each in stage.steps:
        yield from _ahead(each, palette)


def _ahead(step: Ahead, palette: Palette) -> Iterator[str]:
    word = palette.good("every gate is open") if step.is_open else palette.bad("gates are closed")
    if not step.gates:
        word = palette.good("no gates")
    yield f"  to {plain(step.to)}: {word}"
    for gate in step.gates:
        yield from _gate(gate, palette)
    for types in step.needs:
        yield f"    needs a Decision of type {' or '.join(types)}"
    for each in step.approvals:
        yield f"    needs the approval of {each.count} of {_team(each.team)}"


def _gate(gate: Gate, palette: Palette) -> Iterator[str]:
    paint = {"open": palette.good, "closed": palette.bad}.get(gate.outcome, palette.doubtful)
    title = plain(gate.title) or "no policy stands at this gate"
    waived = f" (Decision {', '.join(map(plain, gate.waived))})" if gate.waived else ""
    yield f"    {plain(gate.policy)} {paint(gate.outcome)}: {title}{waived}"
    if gate.outcome == "unknown" and not gate.findings:
        yield "      it judges a change: only a pull request tells"
    for each in gate.findings:
        yield f"      {plain(each.message)}"
        if each.fix:
            yield f"      = fix: {plain(each.fix)}"


def mermaid(found: Stages) -> str:
    """One state diagram, as Markdown pages on GitHub show it; each of several fields has a box."""
    lines = ["stateDiagram-v2"]
    several = len(found.workflows) > 1
    for number, each in enumerate(found.workflows):
        if several:
            lines.append(f'  state "{_label(f"{each.field}{_by(each)}")}" as f{number} {{')
            lines += [f"  {line}" for line in _diagram(each, f"f{number}s")]
            lines.append("  }")
        else:
            lines += _diagram(each, "s")
    return "\n".join(lines) + "\n"


def _diagram(workflow: Workflow, prefix: str) -> Iterator[str]:
    names = {state: f"{prefix}{number}" for number, state in enumerate(workflow.states)}
    yield f"  %% {_label(workflow.field)}{_by(workflow)}"
    for state, name in names.items():
        yield f'  state "{_label(state)}" as {name}'
    yield f"  [*] --> {names[workflow.first]}"
    for each in _moves(workflow):
        asked = _label(", ".join(_asked(each)))
        yield f"  {names[each.old]} --> {names[each.new]}{f': {asked}' if asked else ''}"


def _label(words: str) -> str:
    """Text that ends nothing in a diagram."""
    kept = "".join(each if each not in '"<>{}[]:;#%\\`' else " " for each in plain(words))
    return " ".join(kept.split())


def json(found: Stages) -> str:
    """The JSON of ``roadgate lifecycle``."""
    output = out.LifecycleOutput(
        version=1,
        as_of=found.as_of,
        workflows=[_workflow(each) for each in found.workflows],
        stages=[_stage_output(each) for each in found.stages],
        findings=findings_output(found.findings),
    )
    return dump(output)


def _workflow(workflow: Workflow) -> out.WorkflowOutput:
    return out.WorkflowOutput(
        field=workflow.field,
        lifecycle=workflow.resource.name if workflow.resource is not None else None,
        states=list(workflow.states),
        steps=[
            out.StepOutput.model_validate(
                {
                    "from_": each.old,
                    "to": each.new,
                    "gates": list(each.gates),
                    "needs": list(each.needs),
                    "approvals": _approvals(each.approvals),
                }
            )
            for each in workflow.steps
        ],
    )


def _stage_output(stage: Stage) -> out.StageOutput:
    return out.StageOutput(
        kind=stage.ref.kind,
        name=stage.ref.name,
        field=stage.field,
        state=stage.state,
        lifecycle=stage.lifecycle.name if stage.lifecycle is not None else None,
        steps=[
            out.AheadOutput(
                to=each.to,
                open=each.is_open,
                gates=[_gate_output(gate) for gate in each.gates],
                needs=[list(types) for types in each.needs],
                approvals=_approvals(each.approvals),
            )
            for each in stage.steps
        ],
    )


def _gate_output(gate: Gate) -> out.GateOutput:
    return out.GateOutput(
        policy=gate.policy,
        title=gate.title,
        outcome=gate.outcome,
        findings=findings_output(gate.findings),
        waived_by=list(gate.waived),
    )


def _approvals(asked: Iterable[object]) -> list[out.ApprovalOutput]:
    return [out.ApprovalOutput.model_validate(each, from_attributes=True) for each in asked]
