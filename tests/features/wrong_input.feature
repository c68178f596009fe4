Feature: Wrong input is answered, never hidden

  Scenario Outline: A file that cannot be used is a finding, and the others are still checked
    Given an initiative "awake" that is exploring
    And the file "roadmap/bad.yaml" contains <content>
    When I run "roadgate check"
    Then it exits with 1
    And there is a finding <code> in "roadmap/bad.yaml"
    And no traceback is shown

    Examples:
      | content                  | code  |
      | something that is no YAML | RG001 |
      | a tab as indentation     | RG001 |
      | a duplicate key          | RG004 |
      | a Python object tag      | RG005 |
      | a list                   | RG006 |
      | an unknown kind          | RG006 |
      | an unknown field         | RG007 |
      | no problem               | RG008 |
      | a date that is none      | RG009 |
      | the name of another      | RG011 |
      | an unknown metric        | RG012 |
      | Latin-1 text             | RG002 |
      | a NUL character          | RG002 |
      | nothing at all           | RG002 |
      | ten megabytes            | RG003 |
      | nesting 20,000 deep      | RG003 |
      | an alias bomb            | RG003 |
      | a link out of the tree   | RG015 |

  Scenario: A broken configuration is no reason to pass
    Given an initiative "awake" that is exploring
    And the file "roadgate.yaml" says
      """
      apiVersion: roadgate/v1
      kind: Config
      spec:
        polices: {}
      """
    When I run "roadgate check"
    Then it exits with 2
    And I read "did you mean 'policies'"
    And no traceback is shown

  Scenario: There is no git repository to compare with
    Given an initiative "awake" that is exploring
    When I run "roadgate check --base main"
    Then it exits with 3
    And I read "git"
    And no traceback is shown

  Scenario: A mistyped verb
    Given an empty folder
    When I run "roadgate chekc"
    Then it exits with 2
    And I read "did you mean 'check'?"

  Scenario: A context file that is wrong is never "no approvals"
    Given an initiative "awake" that is exploring
    And the file "context.json" says
      """
      {"version": 1, "aproved": true}
      """
    When I run "roadgate check --context context.json"
    Then it exits with 2
    And I read "aproved"
    And no traceback is shown
