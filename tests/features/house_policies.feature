Feature: What is asked of an initiative grows with what is promised

  Background:
    Given a roadmap
    And the day is 2026-02-02
    And the roadmap declares
      """
      apiVersion: roadgate/v1
      kind: Team
      metadata: {name: core, title: Core}
      spec: {members: [{role: product manager, github: pm}, {role: sponsor, github: vp}]}
      ---
      apiVersion: roadgate/v1
      kind: Metric
      metadata: {name: duration, title: Duration, owner: core}
      spec: {unit: min, direction: lower, cadence: monthly, baseline: {value: 18, date: 2026-01-15}}
      ---
      apiVersion: roadgate/v1
      kind: Initiative
      metadata: {name: faster-ci, title: Faster CI, owner: core}
      spec:
        problem: Developers wait.
        horizon: next
        status: active
        rice: {reach: 100, impact: 2, confidence: 80, effort: 2}
        evidence: [interviews]
        successCriteria: [{id: faster, metric: duration, target: "<= 5", by: 2026-08-31}]
        killThresholds: [{id: stuck, metric: duration, when: ">= 15", checkOn: [2026-05-31]}]
      ---
      apiVersion: roadgate/v1
      kind: Evidence
      metadata: {name: interviews, title: Interviews}
      spec: {method: interview, date: 2026-01-20, participants: {developer: 6}}
      ---
      apiVersion: roadgate/v1
      kind: Persona
      metadata: {name: developer, title: Developer}
      spec: {population: 480}
      """

  Scenario: A commitment that has everything
    When initiative "faster-ci" moves to now
    Then policy RG101 passes
    And policy RG201 passes
    And everything passes

  Scenario: What is later is not asked for interviews
    When "spec.horizon" of Initiative "faster-ci" becomes later
    Then policy RG101 matches nothing

  Scenario: A commitment out of the order of RICE
    Given the roadmap declares
      """
      apiVersion: roadgate/v1
      kind: Initiative
      metadata: {name: rival, title: Rival, owner: core}
      spec: {problem: It hurts., horizon: next, rice: {reach: 400, impact: 3, confidence: 80, effort: 1}, evidence: [interviews]}
      """
    When initiative "faster-ci" moves to now
    Then policy RG301 refuses "faster-ci"
    And policy RG301 refuses "faster-ci" with "faster-ci"

  Scenario: A goalpost moves with a Decision
    Given the file "roadmap/promise.yaml"
      """
      apiVersion: roadgate/v1
      kind: Initiative
      metadata: {name: promised, title: Promised, owner: core}
      spec:
        problem: Developers wait.
        horizon: now
        status: active
        committed: 2026-02-01
        rice: {reach: 400, impact: 3, confidence: 80, effort: 1}
        evidence: [interviews]
        successCriteria: [{id: faster, metric: duration, target: "<= 5", by: 2026-08-31}]
        killThresholds: [{id: stuck, metric: duration, when: ">= 15", checkOn: [2026-05-31]}]
      """
    When the file "roadmap/promise.yaml" becomes
      """
      apiVersion: roadgate/v1
      kind: Initiative
      metadata: {name: promised, title: Promised, owner: core}
      spec:
        problem: Developers wait.
        horizon: now
        status: active
        committed: 2026-02-01
        rice: {reach: 400, impact: 3, confidence: 80, effort: 1}
        evidence: [interviews]
        successCriteria: [{id: faster, metric: duration, target: "<= 7", by: 2026-08-31}]
        killThresholds: [{id: stuck, metric: duration, when: ">= 15", checkOn: [2026-05-31]}]
      """
    Then policy RG501 refuses with "moves the target of faster from '<= 5' to '<= 7'"
    When the change declares
      """
      apiVersion: roadgate/v1
      kind: Decision
      metadata: {name: easier, title: Easier}
      spec:
        type: relax
        concerns: {initiative: promised, criterion: faster}
        date: 2026-02-02
        by: [vp]
        because: The runners come late.
      """
    Then policy RG501 waits for an approval
    When "pm" opens the change
    And "vp" approves the change
    Then policy RG501 passes

  Scenario: Measurements are judged on their day
    Given the file "policies/acme001.yaml"
      """
      apiVersion: roadgate/v1
      kind: Policy
      metadata: {name: no-misses, title: No missed promise stays as it is}
      spec:
        id: ACME001
        rationale: A promise that was missed is looked at.
        match: {kinds: [Initiative]}
        validations:
          - expression: "!has(verdicts.verdict) || verdicts.verdict != 'missed'"
            message: the promise was missed
        examples: []
      """
    And the measurements of "duration"
      | date       | value |
      | 2026-02-28 | 12    |
      | 2026-08-31 | 9     |
      | 2026-09-30 | 9     |
    And the settings
      """
      apiVersion: roadgate/v1
      kind: Config
      spec: {policies: {presets: [none]}}
      """
    And the day is 2026-10-01
    When "spec.committed" of Initiative "faster-ci" becomes 2026-02-02
    And initiative "faster-ci" moves to now
    Then policy ACME001 refuses with "the promise was missed"
