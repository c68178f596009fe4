Feature: Promises are judged by what was measured

  Background:
    Given a roadmap with a team, a persona and a metric
    And an initiative "faster-ci" that is now, with 5 interviews

  Scenario Outline: A promise of at most 5 minutes by the end of July
    Given "ci-duration-p50" measured <measured>
    When I ask for the status as of <day>
    Then the criterion "ci-duration" of "faster-ci" is <verdict>

    Examples:
      | measured                                | day        | verdict  |
      | nothing                                 | 2026-02-03 | pending  |
      | nothing                                 | 2026-03-30 | no-data  |
      | 9 on 2026-05-01                         | 2026-05-02 | at-risk  |
      | 4.5 on 2026-05-01                       | 2026-05-02 | on-track |
      | 4.5 on 2026-05-01                       | 2026-06-20 | stale    |
      | 5 on 2026-07-31                         | 2026-08-01 | met      |
      | 6 on 2026-07-31                         | 2026-08-01 | missed   |
      | 6 on 2026-07-31 and 4 on 2026-08-20     | 2026-08-21 | recovered |
      | nothing                                 | 2026-12-01 | no-data  |

  Scenario: A broken row is never read as good
    Given "ci-duration-p50" measured n/a on 2026-07-31
    When I ask for the status as of 2026-08-30
    Then the criterion "ci-duration" of "faster-ci" is error
    When I run "roadgate check --as-of 2026-08-30"
    Then it exits with 1
    And there is a finding RG021 in "measurements/ci-duration-p50.csv" at line 2
