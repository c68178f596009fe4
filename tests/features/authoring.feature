Feature: The command helps to write a roadmap

  Scenario: A first initiative in an empty folder
    Given an empty folder
    When I run "roadgate new Initiative dark-mode --set problem=Glare"
    Then it succeeds
    And the file "roadmap/initiatives/dark-mode.yaml" exists
    When I run "roadgate check"
    Then it succeeds

  Scenario: What is missing is named, and nothing is written by halves
    Given an empty folder
    When I run "roadgate new Initiative dark-mode"
    Then it exits with 2
    And I read "'spec.problem' is needed"
    And I read "add --set problem=…"

  Scenario: Slips are mended where there is one right answer
    Given an empty folder
    And the file "roadmap/dark-mode.yaml" says
      """
      apiVersion: roadgate/v1
      kind: initiative
      metadata: {name: dark-mode, title: Dark mode}
      spec:
        problm: Screens are too bright at night.   # said by everybody
        horizon: Later
        milestones: [{id: pilot, title: A pilot, due: 2026/7/31}]
      """
    When I run "roadgate check --fix"
    Then it succeeds
    And I read "fixed 4 problems in 1 file"
    When I run "roadgate check --fix"
    Then I read "nothing to fix"

  Scenario: A date that reads two ways is nobody's to guess
    Given an empty folder
    And the file "roadmap/dark-mode.yaml" says
      """
      apiVersion: roadgate/v1
      kind: Initiative
      metadata: {name: dark-mode, title: Dark mode}
      spec:
        problem: Screens are too bright at night.
        horizon: later
        milestones: [{id: pilot, title: A pilot, due: 07/08/2026}]
      """
    When I run "roadgate check --fix"
    Then it exits with 1
    And I read "nothing to fix"
    And the file "roadmap/dark-mode.yaml" still says what it said

  Scenario: A file is put in order, once
    Given an empty folder
    And the file "roadmap/dark-mode.yaml" says
      """
      kind: Initiative
      apiVersion: roadgate/v1
      metadata: { title: Dark mode, name: dark-mode }
      spec:
          horizon: later
          # in their words
          problem: Screens are too bright at night.
      """
    When I run "roadgate fmt --check"
    Then it exits with 1
    And the file "roadmap/dark-mode.yaml" still says what it said
    When I run "roadgate fmt"
    Then it succeeds
    When I run "roadgate fmt"
    Then I read "1 file in order"
