"""Findings, verdicts and plans that the tests of the reports share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from roadgate.model.change import Change, Effect, FieldChange, JudgeChange, ResourceChange
from roadgate.model.exceptions import Account, DisabledPolicy, ExceptionEntry, Standing
from roadgate.model.finding import Finding, Related, Severity, Status, Suppression
from roadgate.model.issues import IssueChange
from roadgate.model.plan import Place, Plan, PlanProblem
from roadgate.model.report import CheckReport, StatusReport
from roadgate.model.seal import Amendment, Promise, Seal, SealState
from roadgate.model.source import ResourceRef, Span
from roadgate.model.verdict import (
    CriterionResult,
    CriterionVerdict,
    Forecast,
    HoldResult,
    HoldsResult,
    HoldVerdict,
    InitiativeResult,
    KillResult,
    KillVerdict,
    LaunchResult,
    Observed,
    Verdicts,
)

DAY = date(2026, 7, 31)
FASTER_CI = ResourceRef("Initiative", "faster-ci")
PATH = "roadmap/faster-ci.yaml"
FILES = {
    PATH: (
        "apiVersion: roadgate/v1\n"
        "kind: Initiative\n"
        "metadata: {name: faster-ci, title: 速いCI, owner: platform-core}\n"
        "spec:\n"
        "\tproblem: waits\x1b[31m \u202ered\n"
        "  horizon: now\n"
        "  evidence: [interviews-2026-q3]\r\n"
        "  status: active"
    )
}


def source(path: str, revision: str | None) -> bytes | None:
    """The sample files; none in base."""
    return FILES[path].encode() if path in FILES and revision is None else None


def finding(  # noqa: PLR0913 - a finding has that many parts
    *,
    id_: str = "RG101",
    severity: Severity = Severity.ERROR,
    message: str = "'faster-ci' moves to now with 3 of 5 interviews",
    fix: str = "add Evidence of 2 more interviews, or record a Decision of type override",
    location: Span | None = None,
    status: Status = Status.FAIL,
    suppressed: Suppression | None = None,
    new: bool | None = None,
    resource: ResourceRef | None = FASTER_CI,
    field: str | None = "spec.horizon",
    related: tuple[Related, ...] = (),
) -> Finding:
    """A finding of RG101 on the sample initiative, or as the arguments say."""
    return Finding(
        id=id_,
        severity=severity,
        message=message,
        fix=fix,
        location=location,
        status=status,
        suppressed=suppressed,
        new=new,
        resource=resource,
        field=field,
        related=related,
    )


def span(line: int, column: int, end_column: int, path: str = PATH) -> Span:
    """A span on one line."""
    return Span(path, line, column, line, end_column)


FINDINGS = (
    finding(location=span(6, 12, 15)),
    finding(
        id_="RG011",
        message="the name 'faster-ci' is taken",
        fix="rename one of them",
        location=span(3, 18, 27),
        related=(Related("first defined here", span(3, 36, 40)),),
    ),
    finding(id_="RG007", severity=Severity.WARNING, message="odd letters", location=span(5, 2, 9)),
    finding(
        id_="RG601",
        message="the Decision is gone",
        location=Span("roadmap/old.yaml", 3, 1, 3, 4, "base"),
        status=Status.ERROR,
    ),
    finding(id_="RG034", severity=Severity.NOTICE, message="RG412 is disabled", resource=None),
    finding(
        id_="RG301",
        message="out of order",
        location=span(6, 3, 10),
        suppressed=Suppression("ceo-wants-it", "override", date(2026, 8, 31)),
    ),
)
CHANGE = Change(
    base="a" * 40,
    merge_base="b" * 40,
    head=None,
    resources=(
        ResourceChange(
            "changed",
            FASTER_CI,
            PATH,
            PATH,
            (
                FieldChange("spec.horizon", "next", "now", Effect.FREE, protected=False),
                FieldChange(
                    "spec.successCriteria[ci-duration].by",
                    "2026-07-31",
                    "2026-08-31",
                    Effect.EASIER,
                    protected=True,
                ),
            ),
        ),
        ResourceChange("added", ResourceRef("Metric", "adoption"), None, "roadmap/metrics.yaml"),
    ),
    judge=(JudgeChange("Policy/five-interviews", "weaker", "error", "warning"),),
)


_EXCEPTIONS = (
    ExceptionEntry(
        name="ceo-wants-it",
        type="override",
        policy="RG301",
        resources=(ResourceRef("Initiative", "faster-ci"),),
        until=date(2026, 8, 31),
        date=date(2026, 6, 1),
        standing=Standing.USED,
        findings=1,
        approved_by=("example-vp",),
    ),
    ExceptionEntry(
        name="pilot",
        type="waive",
        policy="RG101",
        resources=(ResourceRef("Initiative", "faster-ci"),),
        until=date(2026, 6, 30),
        date=date(2026, 5, 1),
        standing=Standing.EXPIRED,
        findings=0,
    ),
)
ACCOUNT = Account(
    _EXCEPTIONS, (DisabledPolicy("RG412", "we have no journeys yet", "owner checkout"),)
)


def check_report(
    findings: tuple[Finding, ...] = FINDINGS, change: Change | None = None
) -> CheckReport:
    """A check of the sample files."""
    return CheckReport(
        as_of=DAY,
        files=41,
        resources=63,
        policies=34,
        evaluations=410,
        findings=findings,
        change=change,
        account=ACCOUNT,
    )


CI = CriterionResult(
    id="ci-duration",
    metric="ci-duration-p50",
    question=None,
    verdict=CriterionVerdict.MISSED,
    target="<= 5",
    from_=date(2026, 2, 2),
    by=date(2026, 7, 31),
    segment=None,
    standing=False,
    observed=Observed(date(2026, 7, 30), Fraction(6)),
    forecast=Forecast(Fraction(17, 3), Fraction(5), Fraction(13, 2)),
    reason="6 on 2026-07-30 does not meet <= 5",
    way_to_green="1 min less",
)
FELT = CriterionResult(
    id="felt-speed",
    metric=None,
    question="Do champions call CI fast, unprompted?",
    verdict=CriterionVerdict.MET,
    target=None,
    from_=None,
    by=date(2026, 7, 31),
    segment=None,
    standing=False,
    observed=None,
    forecast=None,
    reason="the product manager answered met on 2026-07-20",
    way_to_green=None,
)
NO_MOVEMENT = KillResult(
    id="no-movement",
    metric="ci-duration-p50",
    verdict=KillVerdict.TRIGGERED,
    when=">= 15",
    action="kill",
    triggered_on=date(2026, 4, 30),
    answered_by=("go-on-until-june",),
    runway_days=None,
    observed=Observed(date(2026, 7, 30), Fraction(6)),
    reason="16.5 on 2026-04-29 meets >= 15",
)
FLAKES = HoldResult(
    id="flakes",
    metric="ci-flake-rate",
    verdict=HoldVerdict.BREACHED,
    target="<= 2 %",
    observed=Observed(date(2026, 7, 30), Fraction(5, 2)),
    reason="2.5 on 2026-07-30 does not meet <= 2 %",
)
FASTER = InitiativeResult(
    name="faster-ci",
    title="Faster CI pipelines",
    owner="platform-core",
    horizon="now",
    status="active",
    rice=Fraction(50, 3),
    verdict=CriterionVerdict.MISSED,
    kill_verdict=KillVerdict.TRIGGERED,
    frozen_on=None,
    paused_until=None,
    criteria=(CI, FELT),
    guardrails=(FLAKES,),
    kill_thresholds=(NO_MOVEMENT,),
)
MULTI_CLOUD = InitiativeResult(
    name="multi-cloud",
    title="マルチクラウドの抽象化",
    owner=None,
    horizon="exploring",
    status="killed",
    rice=None,
    verdict=None,
    kill_verdict=None,
    frozen_on=date(2026, 2, 9),
    paused_until=None,
    criteria=(),
    guardrails=(),
    kill_thresholds=(),
)
VERDICTS = Verdicts(
    as_of=DAY,
    initiatives=(FASTER, MULTI_CLOUD),
    metrics=(
        HoldResult(
            id="adoption",
            metric="adoption",
            verdict=HoldVerdict.HELD,
            target=">= 75 %",
            observed=Observed(date(2026, 7, 30), Fraction(78)),
            reason="78 on 2026-07-30 meets >= 75 %",
        ),
    ),
    launches=(
        LaunchResult(
            name="faster-ci-launch",
            title="Launch of faster CI",
            owner="platform-core",
            initiative="faster-ci",
            date=date(2026, 4, 15),
            verdict=CriterionVerdict.MISSED,
            criteria=(CI,),
        ),
    ),
    services=(
        HoldsResult("ci-runner", "CI runners", "platform-core", (FLAKES,)),
        HoldsResult("registry", "Registry", None, ()),
    ),
    visions=(
        HoldsResult(
            "fearless",
            "Shipping without fear",
            None,
            (
                replace(FLAKES, id="2026-H2"),
                HoldResult(
                    "2026-H2",
                    "",
                    HoldVerdict.HELD,
                    "",
                    None,
                    "product manager answered 'met' on 2026-07-20",
                    "Do newcomers deploy without asking?",
                ),
            ),
        ),
    ),
    journeys=(HoldsResult("developer", "A developer", None, (replace(FLAKES, id="use/waiting"),)),),
)
SEAL = Seal(
    SealState.AMENDED,
    commit="c" * 40,
    date=date(2026, 2, 2),
    sealed=Promise("faster-ci", "2026-02-02", {}, {}, {}, {}),
    amendments=(Amendment("d" * 40, date(2026, 3, 3), "relax-ci", ("criteria.ci-duration.by",)),),
)
STATUS = StatusReport(
    verdicts=VERDICTS, seals={"faster-ci": SEAL}, revision="e" * 40, account=ACCOUNT
)


def issue_change(**parts: object) -> IssueChange:
    """A change that creates the issue of the sample initiative, or as the arguments say."""
    whole: dict[str, object] = {
        "action": "create",
        "key": "missed/faster-ci",
        "issue": None,
        "observed": None,
        "title": "Faster CI pipelines misses its promise",
        "body": "the body",
        "labels": ("roadgate", "roadgate: missed"),
        "reason": "ci-duration is missed",
    }
    return IssueChange(**{**whole, **parts})  # type: ignore[arg-type] # the parts are the caller's


PLAN = Plan(
    as_of=DAY,
    place=Place("github", "example/roadmap"),
    changes=(
        issue_change(),
        issue_change(action="update", key="missed/docs", issue=7, reason="adoption is 78"),
        issue_change(action="close", key="kill/x/floor", issue=3, reason="killed by stop-x"),
    ),
    unchanged=3,
    problems=(PlanProblem("missed/search", 9, "issue 9 is by somebody else", "adopt or close it"),),
    notes=("no issue is written on sunday",),
    account=ACCOUNT,
)
