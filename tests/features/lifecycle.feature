Feature: Stage gates are the organisation's own

  Background:
    Given a roadmap with a team, a persona and a metric
    And an initiative "faster-ci" that is now, with 5 interviews
    And it is in next
    And the file "roadmap/lifecycle.yaml" says
      """
      apiVersion: roadgate/v1
      kind: Lifecycle
      metadata: {name: stages, title: Stage gates}
      spec:
        field: spec.horizon
        transitions:
          - {from: [exploring, later], to: next, gates: [RG101]}
          - {from: next, to: now, gates: [RG101, RG201], approvals: [{team: platform-core, count: 1}]}
          - {from: now, to: next, needs: [pause, kill]}
      """

  Scenario: A commitment waits for the approval of its team
    Given everything is committed on 2026-02-01
    And it is in now
    And everything is committed on 2026-02-02 in a branch
    When I check the branch against main as of 2026-02-02
    Then it exits with 1
    And I read "error[RG088]: 'faster-ci' moves to 'now': approval of 1 member of platform-core is decided on the pull request"
    When "example-vp" approves and I check the branch against main as of 2026-02-02
    Then it succeeds
    When "example-pm" approves and I check the branch against main as of 2026-02-02
    Then it exits with 1
    And I read "'faster-ci' moves to 'now' without the approval of 1 member of platform-core"

  Scenario: A gate makes an advisory policy count
    Given the file "roadgate.yaml" says
      """
      apiVersion: roadgate/v1
      kind: Config
      spec: {policies: {bindings: [{policy: RG201, enforcement: advisory}]}}
      """
    And its kill thresholds are taken out
    And everything is committed on 2026-02-01
    And it is in now
    And everything is committed on 2026-02-02 in a branch
    When "example-vp" approves and I check the branch against main as of 2026-02-02
    Then it exits with 1
    And there is a finding RG201 about "faster-ci"

  Scenario: A gate stands also where no preset has its policy
    Given the file "roadgate.yaml" says
      """
      apiVersion: roadgate/v1
      kind: Config
      spec: {policies: {presets: [none]}}
      """
    And its kill thresholds are taken out
    And everything is committed on 2026-02-01
    And it is in now
    And everything is committed on 2026-02-02 in a branch
    When "example-vp" approves and I check the branch against main as of 2026-02-02
    Then it exits with 1
    And there is a finding RG201 about "faster-ci"

  Scenario: Where no step leads, nothing moves
    Given everything is committed on 2026-02-01
    And the file "roadmap/parked.yaml" says
      """
      apiVersion: roadgate/v1
      kind: Initiative
      metadata: {name: parked, title: Parked}
      spec: {problem: Nobody knows., horizon: next}
      """
    And the file "roadmap/lifecycle.yaml" says
      """
      apiVersion: roadgate/v1
      kind: Lifecycle
      metadata: {name: states, title: States}
      spec:
        field: spec.status
        transitions:
          - {from: proposed, to: active}
          - {from: active, to: shipped, needs: [ship]}
      """
    And everything is committed on 2026-02-02
    And the file "roadmap/parked.yaml" says
      """
      apiVersion: roadgate/v1
      kind: Initiative
      metadata: {name: parked, title: Parked}
      spec: {problem: Nobody knows., horizon: next, status: paused}
      """
    And everything is committed on 2026-02-03 in a branch
    When I check the branch against main as of 2026-02-03
    Then it exits with 1
    And I read "error[RG089]: 'parked' moves from 'proposed' to 'paused', where Lifecycle 'states' lists no way to"

  Scenario: A service has its own stages
    Given the file "roadmap/services.yaml" says
      """
      apiVersion: roadgate/v1
      kind: Lifecycle
      metadata: {name: services, title: From idea to production}
      spec:
        field: spec.lifecycle
        transitions:
          - {from: idea, to: build}
          - {from: build, to: beta, needs: [commit]}
          - {from: beta, to: production, gates: [ACME001]}
      ---
      apiVersion: roadgate/v1
      kind: Service
      metadata: {name: runner, title: CI runner, owner: platform-core}
      spec: {tier: 1, lifecycle: beta}
      """
    And the file "policies/acme001.yaml" says
      """
      apiVersion: roadgate/v1
      kind: Policy
      metadata: {name: dashboards, title: Dashboards before production}
      spec:
        id: ACME001
        rationale: Nobody can run what nobody sees.
        match: {kinds: [Service], where: "resource.spec.lifecycle == 'production'"}
        validations:
          - expression: "has(resource.spec.observability) && resource.spec.observability.dashboards"
            message: there is no dashboard
        severity: notice
        examples:
          - name: none
            passes: false
            files:
              - {apiVersion: roadgate/v1, kind: Service, metadata: {name: a, title: A}, spec: {lifecycle: production}}
      """
    And everything is committed on 2026-02-01
    And in "roadmap/services.yaml" "lifecycle: beta" becomes "lifecycle: production"
    And everything is committed on 2026-02-02 in a branch
    When I check the branch against main as of 2026-02-02
    Then it exits with 1
    And I read "error[ACME001]: there is no dashboard"

  Scenario: A typo in a Lifecycle is never silent
    Given in "roadmap/lifecycle.yaml" "RG201" becomes "rg201"
    And in "roadmap/lifecycle.yaml" "to: now" becomes "to: nwo"
    When I run "roadgate check"
    Then it exits with 1
    And there is a finding RG086 in "roadmap/lifecycle.yaml" at line 8
    And there is a finding RG085 in "roadmap/lifecycle.yaml" at line 8
    And I read "did you mean 'RG201'?"
    And I read "did you mean 'now'?"

  Scenario: A disabled policy keeps no gate
    Given the file "roadgate.yaml" says
      """
      apiVersion: roadgate/v1
      kind: Config
      spec: {policies: {bindings: [{policy: RG101, enforcement: disabled, because: research starts in May}]}}
      """
    When I run "roadgate check"
    Then it exits with 1
    And I read "error[RG086]: the gate 'RG101' is disabled in roadgate.yaml"

  Scenario: A field has one Lifecycle
    Given the file "roadmap/second.yaml" says
      """
      apiVersion: roadgate/v1
      kind: Lifecycle
      metadata: {name: the-second, title: Another}
      spec: {field: spec.horizon, transitions: [{from: next, to: now}]}
      """
    When I run "roadgate check"
    Then it exits with 1
    And I read "'spec.horizon' has a Lifecycle already, 'stages': this one counts for nothing"

  Scenario: Somebody asks what stands before the next step
    Given its kill thresholds are taken out
    When I run "roadgate lifecycle faster-ci --as-of 2026-02-02"
    Then it succeeds
    And I read "Initiative/faster-ci: spec.horizon is next (Lifecycle/stages)"
    And I read "to now: gates are closed"
    And I read "RG101 open: "
    And I read "RG201 closed: "
    And I read "= fix: "
    And I read "needs the approval of 1 of platform-core"

  Scenario: The steps are drawn
    When I run "roadgate lifecycle"
    Then it succeeds
    And I read "spec.horizon (Lifecycle/stages)"
    And I read "now       → next: a Decision of type pause or kill"
    When I run "roadgate lifecycle --format mermaid"
    Then I read "stateDiagram-v2"
    And I read "s2 --> s3: gates RG101, RG201, approval of 1 of platform-core"

  Scenario: No listed step leads there
    When I run "roadgate lifecycle faster-ci --to done"
    Then it exits with 2
    And I read "no listed steps lead 'faster-ci' to 'done'"
    When I run "roadgate lifecycle faster-ci --to nwo"
    Then it exits with 2
    And I read "did you mean 'now'?"
    When I run "roadgate lifecycle fastr-ci"
    Then it exits with 2
    And I read "did you mean 'faster-ci'?"

  Scenario: A service goes into production by a Decision
    Given the file "roadmap/services.yaml" says
      """
      apiVersion: roadgate/v1
      kind: Lifecycle
      metadata: {name: services, title: From idea to production}
      spec:
        field: spec.lifecycle
        transitions:
          - {from: idea, to: build}
          - {from: build, to: production, needs: [commit]}
      ---
      apiVersion: roadgate/v1
      kind: Service
      metadata: {name: runner, title: CI runner, owner: platform-core}
      spec: {tier: 1, lifecycle: build}
      """
    And everything is committed on 2026-02-01
    And in "roadmap/services.yaml" "lifecycle: build}" becomes "lifecycle: production}"
    And everything is committed on 2026-02-02 in a branch
    When I check the branch against main as of 2026-02-02
    Then it exits with 1
    And I read "error[RG087]: 'runner' moves to 'production' without a Decision of type commit"
    Given the file "roadmap/go.yaml" says
      """
      apiVersion: roadgate/v1
      kind: Decision
      metadata: {name: go, title: Go}
      spec: {type: commit, concerns: {resource: Service/runner}, date: 2026-02-02, by: [example-vp], because: It is ready.}
      """
    And everything is committed on 2026-02-02 once more
    When "example-vp" approves and I check the branch against main as of 2026-02-02
    Then it succeeds

  Scenario: A weaker Lifecycle is a weaker judge
    Given everything is committed on 2026-02-01
    And in "roadmap/lifecycle.yaml" ", approvals: [{team: platform-core, count: 1}]" becomes ""
    And everything is committed on 2026-02-02 in a branch
    When "example-vp" approves and I check the branch against main as of 2026-02-02
    Then it exits with 1
    And there is a finding RG507 about "Lifecycle/stages"

  Scenario: A state that the Lifecycle does not name is told
    Given the file "roadmap/states.yaml" says
      """
      apiVersion: roadgate/v1
      kind: Lifecycle
      metadata: {name: states, title: States}
      spec: {field: spec.status, transitions: [{from: proposed, to: shipped}]}
      """
    When I run "roadgate check"
    Then I read "warning[RG089]: 'faster-ci' is in 'active', which Lifecycle 'states' does not name"

  Scenario: Who wants no policies has no built-in gates
    Given the file "roadmap/lifecycle.yaml" says
      """
      apiVersion: roadgate/v1
      kind: Lifecycle
      metadata: {name: states, title: States}
      spec: {field: spec.status, transitions: [{from: proposed, to: active}]}
      """
    And the file "roadgate.yaml" says
      """
      apiVersion: roadgate/v1
      kind: Config
      spec: {policies: {presets: [none]}}
      """
    And its kill thresholds are taken out
    And everything is committed on 2026-02-01
    And it is in now
    And everything is committed on 2026-02-02 in a branch
    When I check the branch against main as of 2026-02-02
    Then it succeeds
    When I run "roadgate lifecycle faster-ci"
    Then I read "spec.horizon is now"
