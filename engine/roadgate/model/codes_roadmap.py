"""Finding codes about resources: what they mean, and what they mean together."""

from __future__ import annotations

from roadgate.model.codes_types import Code

ROADMAP_CODES = (
    Code(
        "RG010",
        "no meaning",
        "Each field is well-formed, and together they mean nothing: a target that is no condition "
        "or is in another unit than its metric, a baseline that lacks, 'for: 0', 'aggregate' "
        "without 'window', 'checkOn' with 'from', a check date twice, 'from' after 'by', a "
        "criterion with neither a metric nor a question, an answer that shows nothing. The "
        "verdict on such an item is an error.",
        "Say what is meant, as the finding proposes.",
        "spec:\n  problem: Developers wait.\n  horizon: later\n  successCriteria:\n"
        '    - {id: ci, metric: ci-duration, target: "between 4 and 2", by: 2026-07-31}\n',
    ),
    Code(
        "RG011",
        "duplicate name, alias or id",
        "Two resources of one kind have the same name, or one's alias is the other's name; or two "
        "items of one list have the same id. The first counts.",
        "Give one of the two another name or id.",
        "spec:\n  problem: Developers wait.\n  horizon: later\n  guardrails:\n"
        '    - {id: flakes, metric: ci-flake-rate, target: "<= 2"}\n'
        '    - {id: flakes, metric: ci-flake-rate, target: "<= 3"}\n',
    ),
    Code(
        "RG012",
        "reference that leads nowhere",
        "A field names a resource, an item, a connection or a team that does not exist. As a "
        "notice: it names it as it was once called.",
        "Correct the name, or declare what it names.",
        "apiVersion: roadgate/v1\nkind: Initiative\nmetadata:\n"
        "  name: faster-ci\n  title: Faster CI\n"
        "  owner: platform-cor\nspec: {problem: Developers wait., horizon: later}\n",
    ),
    Code(
        "RG013",
        "cycle",
        "Initiatives depend on one another in a circle, or one on itself, or a goal is its own "
        "ancestor: none of them could ever come first.",
        "Take out one of the steps shown.",
        "spec:\n  problem: Developers wait.\n  horizon: later\n  dependsOn: [faster-ci]\n",
    ),
    Code(
        "RG017",
        "inconsistent state",
        "The state contradicts itself: an initiative in 'now' is only proposed, or does not say "
        "since when it is committed.",
        "Set 'status: active' and 'committed', or move the initiative out of 'now'.",
        "spec:\n  problem: Developers wait.\n  horizon: now\n  status: proposed\n",
    ),
)
