"""Finding codes about policies that can be used, and may not say what their author meant."""

from __future__ import annotations

from roadgate.model.codes_types import Code

POLICY_CODES = (
    Code(
        "RG073",
        "expression that absence makes hold",
        "In CEL 'x != y' is true where x is absent, and so is 'all' of an empty list. The "
        "expression rests on it, so that what was forgotten passes.",
        "Ask for what must be there with has() or size(); where absence is fine, say so: "
        "'!has(x) || x != y', 'size(list) == 0 || list.all(…)'.",
        "spec:\n  id: ACME001\n  rationale: Debts are paid back.\n  match: {kinds: [Initiative]}\n"
        "  validations:\n    - {expression: \"resource.spec.goal != 'none'\", message: no goal}\n",
    ),
    Code(
        "RG075",
        "parameter that nothing reads",
        "A policy declares a parameter that none of its expressions names. Whoever binds it "
        "changes nothing.",
        "Name it in an expression as params.x, or delete it from the schema.",
        "spec:\n  id: ACME001\n  rationale: Work has an end.\n"
        "  params: {schema: {properties: {most: {type: integer}}}, default: {most: 5}}\n"
        "  validations:\n"
        "    - {expression: size(resource.spec.successCriteria) > 0, message: none}\n",
    ),
    Code(
        "RG074",
        "binding that matched nothing",
        "A binding in 'roadgate.yaml' is for resources of some labels or owners, and there is no "
        "such resource.",
        "Correct its 'match', or take the binding out.",
        "# roadgate.yaml\napiVersion: roadgate/v1\nkind: Config\nspec:\n  policies:\n"
        "    bindings:\n      - {policy: RG101, match: {labels: {area: cii}}, severity: error}\n",
    ),
)
