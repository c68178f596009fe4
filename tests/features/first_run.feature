Feature: The first five minutes

  Scenario: A newcomer starts a roadmap
    Given an empty folder
    When I run "roadgate init"
    Then it succeeds
    And the file "roadgate.yaml" exists
    And the file "roadmap/first-initiative.yaml" exists
    And the file ".github/workflows/roadgate.yml" exists
    When I run "roadgate check"
    Then it succeeds
    And I read "1 resource evaluated"
    When I run "roadgate status"
    Then it succeeds
    And I read "First change in a day"

  Scenario: Starting twice overwrites nothing
    Given an empty folder
    And the file "roadgate.yaml" says
      """
      apiVersion: roadgate/v1
      kind: Config
      """
    When I run "roadgate init"
    Then it succeeds
    And I read "kept   roadgate.yaml"
    And the file "roadgate.yaml" still says what it said

  Scenario: There is nothing to check
    Given an empty folder
    When I run "roadgate check"
    Then it exits with 2
    And I read "nothing to check"
    And I read "roadgate init"

  Scenario: A first idea asks for almost nothing
    Given an empty folder
    And an initiative "dark-mode" that is exploring
    When I run "roadgate check"
    Then it succeeds
