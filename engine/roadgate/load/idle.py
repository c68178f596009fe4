"""Settings that change nothing, or everything, and can hardly be meant so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.load.globs import matcher
from roadgate.load.limits import DEFAULT
from roadgate.model.finding import Finding, Severity
from roadgate.model.suggest import closest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from roadgate.model.kinds import Config
    from roadgate.model.tree import Entry

IDLE = "RG091"
_DAYS = 7


def idle(config: Config) -> Iterator[Finding]:
    """What a configuration says in vain, whatever the project holds."""
    spec = config.spec
    presets = spec.policies.presets
    if "none" in presets and len(presets) > 1:
        yield _finding(
            f"spec.policies.presets[{presets.index('none')}]",
            "'none' beside other presets takes nothing away",
            "delete 'none', or the others",
        )
    for written, asked, most in (
        ("fileBytes", spec.limits.file_bytes, DEFAULT.file_bytes),
        ("nesting", spec.limits.nesting, DEFAULT.nesting),
        ("aliasNodes", spec.limits.alias_nodes, DEFAULT.alias_nodes),
        ("documents", spec.limits.documents, DEFAULT.documents),
    ):
        if asked is not None and asked > most:
            told = f"'{written}' stays {most}: limits can only be lowered"
            yield _finding(f"spec.limits.{written}", told, f"write {most} or less, or delete it")
    quiet = spec.github.quiet
    if quiet is not None and len(set(quiet.days)) == _DAYS:
        told = "every day of the week is quiet: no issue would ever be written"
        yield _finding("spec.github.quiet.days", told, "leave out the days for issues")


def idle_globs(config: Config, entries: Sequence[Entry]) -> Iterator[Finding]:
    """Globs of ``ignore`` that are about no file."""
    for index, glob in enumerate(config.spec.ignore):
        ignores = matcher([glob])
        if any(ignores(each.path) for each in entries):
            continue
        first = glob.strip("/").split("/")[0]
        near = closest(first, {each.path.split("/")[0] for each in entries})
        fix = f"did you mean '{near}'?" if near not in (None, first) else "correct it, or delete it"
        told = f"'{glob}' is about no file here"
        yield _finding(f"spec.ignore[{index}]", told, fix, Severity.NOTICE)


def _finding(field: str, message: str, fix: str, severity: Severity = Severity.WARNING) -> Finding:
    return Finding(IDLE, severity, message, fix, field=field)
