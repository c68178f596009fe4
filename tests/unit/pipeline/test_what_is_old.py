"""What base has already is told apart from what a change brings."""

from __future__ import annotations

from roadgate.testing import Scenario

HEAD = "apiVersion: roadgate/v1\nkind: "
ROADMAP = f"""{HEAD}Initiative
metadata: {{name: a, title: A, labels: {{area: quay}}}}
spec: {{problem: P., horizon: later}}
---
{HEAD}Initiative
metadata: {{name: b, title: B, labels: {{area: quay}}}}
spec: {{problem: P., horizon: later}}
---
{HEAD}Initiative
metadata: {{name: c, title: C, labels: {{area: quay}}}}
spec: {{problem: P., horizon: later}}
"""
WAIVER = f"""{HEAD}Decision
metadata: {{name: slip, title: A slip}}
spec:
  type: waive
  concerns: {{policy: ACME999, initiative: a}}
  date: 2026-06-01
  until: 2026-12-31
  by: [vp]
  because: It is so.
"""
FEW = f"""{HEAD}Policy
metadata: {{name: few, title: One at a time}}
spec:
  id: ACME001
  rationale: Because.
  scope: portfolio
  match: {{kinds: [Initiative], where: "resource.spec.horizon == 'later'"}}
  GROUP
  validations:
    - expression: size(group.resources) <= 1
      messageExpression: "'%d at once'.format([size(group.resources)])"
"""


def merged(*documents: str, policy: str = "") -> Scenario:
    """A roadmap that base has."""
    scenario = Scenario()
    scenario.on("2026-07-01")
    for each in documents:
        scenario.declare(each)
    if policy:
        scenario.write("policies/few.yaml", policy)
    scenario.merged()
    return scenario


def test_a_slip_of_a_decision_in_base() -> None:
    """A Decision that names no policy is an error of base, and refuses no change after it."""
    scenario = merged(ROADMAP, WAIVER)
    scenario.set("Initiative", "b", "spec.problem", "Other words.")

    assert scenario.check().passes


def test_a_slip_of_a_new_decision() -> None:
    """The change that brings it is refused."""
    scenario = merged(ROADMAP)
    scenario.declare(WAIVER)

    assert not scenario.check().passes


def test_a_group_that_becomes_smaller() -> None:
    """A finding about the whole, or a group without a name, is old whatever number it tells."""
    for group in ("", "groupBy: metadata.labels.area"):
        scenario = merged(ROADMAP, policy=FEW.replace("  GROUP\n", f"  {group}\n" if group else ""))
        scenario.set("Initiative", "a", "spec.horizon", "exploring")
        assert not scenario.check().refuses("ACME001")
