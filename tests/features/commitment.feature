Feature: No commitment without research

  Background:
    Given a roadmap with a team, a persona and a metric

  Scenario: An initiative is promised before anybody was asked
    Given an initiative "faster-ci" that is now, without evidence
    When I run "roadgate check"
    Then it exits with 1
    And there is a finding RG101 about "faster-ci"
    And I read "0 of 5 interviews"

  Scenario: Five interviews are enough
    Given an initiative "faster-ci" that is now, with 5 interviews
    When I run "roadgate check"
    Then it succeeds

  Scenario: A commitment without a way to lose
    Given an initiative "faster-ci" that is now, with 5 interviews
    And its kill thresholds are taken out
    When I run "roadgate check"
    Then it exits with 1
    And there is a finding RG201 about "faster-ci"

  Scenario: An executive's override is recorded, and stays visible
    Given an initiative "faster-ci" that is now, without evidence
    And a Decision "boss-wants-it" of type override for policy RG101 on "faster-ci" until 2026-12-31
    When I run "roadgate check --as-of 2026-03-01"
    Then it succeeds
    And I read "boss-wants-it"
    When I run "roadgate check --as-of 2027-01-01"
    Then it exits with 1
    And there is a finding RG101 about "faster-ci"
