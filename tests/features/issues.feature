Feature: A missed promise becomes one issue

  Background:
    Given a roadmap with a team, a persona and a metric
    And an initiative "faster-ci" that is now, with 5 interviews

  Scenario: The issue is opened, kept, and closed with its reason
    Given "ci-duration-p50" measured 6 on 2026-07-31
    When I plan and apply to the local tracker as of 2026-08-05
    Then it succeeds
    And 1 issue is open
    When I plan and apply to the local tracker as of 2026-08-06
    Then it succeeds
    And I read "0 changes"
    And 1 issue is open
    Given "ci-duration-p50" measured 6 on 2026-07-31 and 4 on 2026-08-20
    When I plan and apply to the local tracker as of 2026-08-21
    Then it succeeds
    And 0 issues are open
    And an issue says "recovered"

  Scenario: What somebody wrote into the issue survives
    Given "ci-duration-p50" measured 6 on 2026-07-31
    When I plan and apply to the local tracker as of 2026-08-05
    And somebody writes "we talk on Monday" at the top of the issue
    Given "ci-duration-p50" measured 6 on 2026-07-31 and 5.5 on 2026-08-20
    When I plan and apply to the local tracker as of 2026-08-21
    Then it succeeds
    And an issue says "we talk on Monday"
    And an issue says "5.5"

  Scenario: A plan that the world has overtaken is refused
    Given "ci-duration-p50" measured 6 on 2026-07-31
    When I plan to the local tracker as of 2026-08-05
    And somebody else applies meanwhile
    And I apply the plan
    Then it exits with 1
    And I read "stale"
    And 1 issue is open

  Scenario: Unknown numbers close nothing
    Given "ci-duration-p50" measured 6 on 2026-07-31
    When I plan and apply to the local tracker as of 2026-08-05
    Given "ci-duration-p50" measured n/a on 2026-07-31
    When I plan and apply to the local tracker as of 2026-08-06
    Then 1 issue is open

  Scenario: A setting that has no effect yet says so
    Given the file "roadgate.yaml" says
      """
      apiVersion: roadgate/v1
      kind: Config
      spec:
        github: {escalate: {after: 14d, mention: owner}}
      """
    When I run "roadgate plan --as-of 2026-08-05"
    Then it succeeds
    And I read "spec.github.escalate has no effect in this version"
