"""The engine's own finding codes: what each means, what to do, and an example that shows it.

Codes never change meaning. They cannot be bound, waived or switched off.
"""

from __future__ import annotations

from roadgate.model.codes_baseline import BASELINE_CODES
from roadgate.model.codes_custom import CUSTOM_CODES
from roadgate.model.codes_files import FILE_CODES
from roadgate.model.codes_judge import JUDGE_CODES
from roadgate.model.codes_policies import POLICY_CODES
from roadgate.model.codes_roadmap import ROADMAP_CODES
from roadgate.model.codes_types import Code

CODES: dict[str, Code] = {
    each.code: each
    for each in sorted(
        (*FILE_CODES, *CUSTOM_CODES, *ROADMAP_CODES, *BASELINE_CODES, *JUDGE_CODES, *POLICY_CODES),
        key=lambda each: each.code,
    )
}
"""Every code, in order."""

ROOT_CAUSES = frozenset(
    {
        *("RG001", "RG002", "RG003", "RG004", "RG005", "RG006", "RG014", "RG015", "RG016"),
        *("RG020", "RG030", "RG031", "RG032", "RG040", "RG042", "RG055", "RG056"),
    }
)
"""What keeps a file, a setting or the whole run from being judged: others follow from it."""

__all__ = ["CODES", "ROOT_CAUSES", "Code"]
