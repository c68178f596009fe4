"""The engine's own finding codes: what each means, what to do, and an example that shows it.

Codes never change meaning. They cannot be bound, waived or switched off.
"""

from __future__ import annotations

from roadgate.model.codes_files import FILE_CODES
from roadgate.model.codes_judge import JUDGE_CODES
from roadgate.model.codes_roadmap import ROADMAP_CODES
from roadgate.model.codes_types import Code

CODES: dict[str, Code] = {
    each.code: each
    for each in sorted((*FILE_CODES, *ROADMAP_CODES, *JUDGE_CODES), key=lambda each: each.code)
}
"""Every code, in order."""

__all__ = ["CODES", "Code"]
