"""Finding codes about what judges: configuration, policies, Decisions, changes, approvals."""

from __future__ import annotations

from roadgate.model.codes_types import Code

JUDGE_CODES = (
    Code(
        "RG030",
        "configuration broken",
        "'roadgate.yaml' cannot be used, or a folder that it names does not exist. Defaults stand "
        "in for a configuration that cannot be used.",
        "Mend 'roadgate.yaml' at the places that the findings beside this one show.",
        "# roadgate.yaml\napiVersion: roadgate/v1\nkind: Config\nspec:\n"
        "  calendar: {timezone: Europe/Berlyn}\n",
    ),
    Code(
        "RG031",
        "binding that means nothing",
        "A binding, preset or parameter in 'roadgate.yaml' names a policy or parameter that does "
        "not exist, or gives a value that the policy's schema refuses.",
        "Correct the policy id or the parameter.",
        "# roadgate.yaml\napiVersion: roadgate/v1\nkind: Config\nspec:\n  policies:\n"
        "    bindings:\n      - {policy: RG101, params: {minInterview: 8}}\n",
    ),
    Code(
        "RG032",
        "policy broken",
        "A policy does not compile, its examples do not come out as they say, or its id is "
        "reserved or taken. It judges nothing until it is mended.",
        "Correct the expression at the place shown, or the example.",
        "spec:\n  id: ACME001\n  rationale: Owners answer questions.\n  validations:\n"
        "    - {expression: has(resource.metadata.ownr), message: no owner}\n",
    ),
    Code(
        "RG033",
        "policy that matched nothing",
        "A policy applied to no resource here. That may be right; it may also be a typo in its "
        "'match'.",
        "Look at the policy's 'match' if you expected it to apply.",
        "spec:\n  match:\n    kinds: [Initiative]\n"
        "    where: \"resource.metadata.labels['area'] == 'cii'\"\n",
    ),
    Code(
        "RG034",
        "policy switched off",
        "A binding disables a policy. Each run says so.",
        "Delete the binding to switch the policy on again.",
        "# roadgate.yaml\napiVersion: roadgate/v1\nkind: Config\nspec:\n  policies:\n"
        "    bindings:\n"
        "      - {policy: RG101, enforcement: disabled, because: research starts in May}\n",
    ),
    Code(
        "RG035",
        "Decision unused, expired or expiring",
        "A Decision allows something that nothing asks for, has ended, or ends within 14 days.",
        "Record a new Decision if it should go on; otherwise leave it as a record.",
        "spec:\n  type: waive\n  concerns: {policy: RG101, initiative: faster-ci}\n"
        "  date: 2026-01-10\n  until: 2026-02-10\n"
        "  by: [example-vp]\n  because: The pilot is small.\n",
    ),
    Code(
        "RG085",
        "Lifecycle that means nothing",
        "A Lifecycle speaks of a field that no kind has, or of a state that the field cannot be "
        "in; or the field has a Lifecycle already.",
        "Correct the field or the state, or keep one Lifecycle for each field.",
        "kind: Lifecycle\nspec:\n  field: spec.horizn\n  transitions: [{from: next, to: now}]\n",
    ),
    Code(
        "RG086",
        "gate that no policy keeps",
        "A transition of a Lifecycle names a policy that does not exist, is disabled or is about "
        "other kinds than those that move there, so that nothing would stand at the gate.",
        "Correct the policy's id, switch the policy on, or take the gate out.",
        "kind: Lifecycle\nspec:\n  field: spec.horizon\n"
        "  transitions: [{from: next, to: now, gates: [RG1O1]}]\n",
    ),
    Code(
        "RG087",
        "move without its Decision",
        "The Lifecycle asks for a Decision of a certain type where a resource goes from one state "
        "to another, and there is none that counts.",
        "Record a Decision of one of the types that the finding names, in the same change.",
        "kind: Lifecycle\nspec:\n  field: spec.status\n"
        "  transitions: [{from: active, to: shipped, needs: [ship]}]\n",
    ),
    Code(
        "RG088",
        "move without its approval",
        "The Lifecycle asks for the approval of a Team where a resource goes from one state to "
        "another, and it is missing, or only the forge knows.",
        "Ask a member of the Team that the finding names for a review.",
        "kind: Lifecycle\nspec:\n  field: spec.horizon\n  transitions:\n"
        "    - {from: next, to: now, approvals: [{team: product-leads, count: 1}]}\n",
    ),
    Code(
        "RG089",
        "move that no Lifecycle lists",
        "A resource goes from one state to another, or begins in one, where the steps that the "
        "Lifecycle lists do not lead.",
        "Take a step that is listed: roadgate lifecycle shows them.",
        "kind: Lifecycle\nspec:\n  field: spec.status\n"
        "  transitions: [{from: proposed, to: active}, {from: active, to: shipped}]\n",
    ),
    Code(
        "RG091",
        "setting without effect",
        "'roadgate.yaml' says something that changes nothing, or spares everything: a limit above "
        "the largest, 'none' beside other presets, 'from' of a binding in another age, a glob of "
        "'ignore' that is about no file.",
        "Correct it, or take it out.",
        "# roadgate.yaml\napiVersion: roadgate/v1\nkind: Config\nspec:\n  policies:\n"
        "    bindings:\n      - {policy: RG101, from: 2226-06-01}\n",
    ),
    Code(
        "RG040",
        "change not checked",
        "What the change is compared with cannot be read: there is no common ancestor, or the "
        "clone is shallow. Nothing about the change is known to be right.",
        "Fetch the whole history (actions/checkout: fetch-depth: 0) and check again.",
        "# .github/workflows/roadgate.yml\n- uses: actions/checkout@v4\n  with: {fetch-depth: 1}\n",
    ),
    Code(
        "RG041",
        "approval unknown or missing",
        "A Decision counts only once somebody with the right to has approved the pull request, and "
        "nobody has yet, or only the forge knows.",
        "Ask a member of the team that the finding names for a review.",
        "# roadgate.yaml\napiVersion: roadgate/v1\nkind: Config\nspec:\n"
        "  approvals: {relax: {team: product-leads, count: 1}}\n",
    ),
    Code(
        "RG042",
        "context of another head",
        "The context file speaks of another commit than the one that is checked, so none of its "
        "reviews count.",
        "Write the context again for this commit.",
        '{"version": 1, "pullRequest": 7, "base": "1f2e…",\n'
        ' "head": "9c8d…", "author": "example-pm"}\n',
    ),
    Code(
        "RG043",
        "preview of the proposed judge",
        "The change would alter what judges. This is what the new policies and configuration "
        "would say after the merge; it fails nothing now.",
        "Nothing has to be done now.",
        "# roadgate.yaml, in the change\napiVersion: roadgate/v1\nkind: Config\nspec:\n"
        "  policies: {presets: [strict]}\n",
    ),
    Code(
        "RG044",
        "judge weakened",
        "The change would make a policy, a binding or a setting judge less strictly. Retired: the "
        "policy RG507 says so now.",
        "Record a Decision of type relax that concerns it, and have it approved.",
        "# roadgate.yaml, in the change\napiVersion: roadgate/v1\nkind: Config\nspec:\n"
        "  policies:\n"
        "    bindings:\n      - {policy: RG101, params: {minInterviews: 1}}\n",
    ),
    Code(
        "RG045",
        "Decision that cannot count",
        "A Decision that the change brings has no effect as it is written: its date is too old or "
        "in the future, or it concerns nothing that its type can allow.",
        "Correct the Decision as the finding says.",
        "spec:\n  type: relax\n  concerns: {initiative: faster-ci, criterion: ci-duration}\n"
        "  date: 2020-01-01\n  by: [example-vp]\n  because: The runners arrive late.\n",
    ),
)
