Feature: No moved goalposts

  Background:
    Given a roadmap with a team, a persona and a metric
    And an initiative "faster-ci" that is now, with 5 interviews
    And everything is committed on 2026-02-02

  Scenario: The target is made easier
    Given the target of "ci-duration" becomes "<= 6"
    And everything is committed on 2026-06-20 in a branch
    When I check the branch against main as of 2026-06-20
    Then it exits with 1
    And there is a finding RG501 about "faster-ci"
    And I read "'<= 5'"
    And I read "'<= 6'"

  Scenario: The target is made harder
    Given the target of "ci-duration" becomes "<= 4"
    And everything is committed on 2026-06-20 in a branch
    When I check the branch against main as of 2026-06-20
    Then it succeeds

  Scenario: The deadline moves, with a Decision that somebody else approved
    Given the deadline of "ci-duration" becomes 2026-09-30
    And a Decision "more-time" of type relax for criterion "ci-duration" of "faster-ci" dated 2026-06-19
    And everything is committed on 2026-06-20 in a branch
    When I check the branch against main as of 2026-06-20
    Then it exits with 1
    And I read "decided on the pull request"
    When "example-vp" approves and I check the branch against main as of 2026-06-20
    Then it succeeds
    When "example-pm", who wrote it, approves and I check the branch against main as of 2026-06-20
    Then it exits with 1

  Scenario: A commitment disappears
    Given the file of "faster-ci" is deleted
    And everything is committed on 2026-06-20 in a branch
    When I check the branch against main as of 2026-06-20
    Then it exits with 1
    And there is a finding RG505 about "faster-ci"

  Scenario: The branch changes nothing
    When I run "roadgate check --base main --at main"
    Then it succeeds
    And I read "no changes"
