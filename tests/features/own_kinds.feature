Feature: Files of a kind of one's own are governed where they lie

  Background:
    Given the file "roadmap/kinds/rfc.yaml" says
      """
      apiVersion: roadgate/v1
      kind: KindDefinition
      metadata: {name: rfc, title: Requests for comments}
      spec:
        kind: RFC
        files: ["rfcs/*.md"]
        format: markdown
        identity: rfc
        schema: schemas/rfc.yaml
      """
    And the file "schemas/rfc.yaml" says
      """
      type: object
      required: [rfc, state]
      additionalProperties: false
      properties:
        rfc: {type: integer}
        state: {enum: [discussion, decided]}
        decided-by: {type: string}
      """
    And the file "policies/decided.yaml" says
      """
      apiVersion: roadgate/v1
      kind: Policy
      metadata: {name: decided-by-somebody, title: A decision has somebody who made it}
      spec:
        id: RFC001
        rationale: Who decides answers questions.
        match: {kinds: [RFC], where: "resource.state == 'decided'"}
        validations:
          - {expression: "has(resource['decided-by'])", message: nobody decided it, at: state}
        examples:
          - name: decided by nobody
            passes: false
            expect: nobody decided it
            files: [{path: rfcs/1.md, text: "---\nrfc: 1\nstate: decided\n---\n"}]
      """

  Scenario: Files as they should be
    Given the file "rfcs/0001.md" says
      """
      ---
      rfc: 1
      state: decided
      decided-by: the architects
      ---
      # One log
      """
    When I run "roadgate check"
    Then it exits with 0

  Scenario: A slip in the front matter is found in the Markdown file
    Given the file "rfcs/0001.md" says
      """
      ---
      rfc: 1
      state: decidet
      ---
      # One log
      """
    When I run "roadgate check"
    Then it exits with 1
    And there is a finding RG060 in "rfcs/0001.md"

  Scenario: A rule about the kind
    Given the file "rfcs/0001.md" says
      """
      ---
      rfc: 1
      state: decided
      ---
      # One log
      """
    When I run "roadgate check"
    Then it exits with 1
    And there is a finding RFC001 in "rfcs/0001.md"

  Scenario: A broken schema leaves nothing ungoverned unseen
    Given the file "rfcs/0001.md" says
      """
      ---
      rfc: 1
      state: decided
      decided-by: the architects
      ---
      """
    And the file "schemas/rfc.yaml" says
      """
      type: objekt
      """
    When I run "roadgate check"
    Then it exits with 1
    And there is a finding RG055 in "schemas/rfc.yaml"
    And there is a finding RG032 in "policies/decided.yaml"

  Scenario: A message names resources of the kind by what tells them apart
    Given the file "rfcs/0001.md" says
      """
      ---
      rfc: 1
      state: discussion
      ---
      """
    And the file "rfcs/0002.md" says
      """
      ---
      rfc: 2
      state: discussion
      ---
      """
    And the file "policies/few.yaml" says
      """
      apiVersion: roadgate/v1
      kind: Policy
      metadata: {name: few-discussions, title: One discussion at a time}
      spec:
        id: RFC002
        rationale: Who discusses everything decides nothing.
        scope: portfolio
        match: {kinds: [RFC]}
        groupBy: state
        validations:
          - expression: group.key != 'discussion' || size(group.resources) <= 1
            messageExpression: "'open at once: ' + group.resources.named()"
        examples:
          - name: two at once
            passes: false
            expect: "open at once: '1', '2'"
            files:
              - {path: rfcs/1.md, text: "---\nrfc: 1\nstate: discussion\n---\n"}
              - {path: rfcs/2.md, text: "---\nrfc: 2\nstate: discussion\n---\n"}
      """
    When I run "roadgate check"
    Then it exits with 1
    And I read "open at once: '1', '2'"
