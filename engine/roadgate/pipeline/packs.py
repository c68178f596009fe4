"""The pages of the reference about the policies that ship."""

from __future__ import annotations

from roadgate.evaluate.bindings import presets
from roadgate.model.packs import PACK
from roadgate.pipeline.builtin import builtin_policies
from roadgate.report.packs import PRESETS, PolicyPage, pack_page, table_page


def pages() -> dict[str, str]:
    """The path of each page, below ``docs/reference``, to its text."""
    builtin = builtin_policies()
    of = presets(builtin)
    found = [
        PolicyPage(
            each.body,
            each.body.metadata.labels[PACK],
            tuple(name for name in PRESETS if each.body.spec.id in of[name]),
        )
        for each in builtin
    ]
    packs = sorted({each.pack for each in found})
    return {
        "packs/README.md": table_page(found),
        **{f"packs/{pack}.md": pack_page(pack, found) for pack in packs},
    }
