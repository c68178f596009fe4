"""``check --fix``: write what has exactly one right answer, then check again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from roadgate.edit.files import replace_file
from roadgate.edit.repairs import Mended, mend
from roadgate.edit.splice import Refused
from roadgate.load.outline import outline
from roadgate.load.text import decode
from roadgate.load.trees import FolderTree
from roadgate.model.errors import UsageError
from roadgate.pipeline.check import check
from roadgate.report.diff import Changed
from roadgate.report.words import plural

if TYPE_CHECKING:
    from roadgate.model.repair import Repair
    from roadgate.pipeline.outcome import Outcome, Request
    from roadgate.pipeline.workspace import Workspace

BOM = b"\xef\xbb\xbf"
_ROUNDS = 50
"""One answer can bring up another question: a corrected kind has fields to check."""


@dataclass(slots=True)
class _File:
    """One file that is being mended."""

    before: bytes
    after: bytes
    done: int = 0


@dataclass(frozen=True, slots=True)
class Fixed:
    """What ``--fix`` did, or would do."""

    outcome: Outcome
    """What is left; of a dry run, what there is."""
    changed: tuple[Changed, ...]


def fix(workspace: Workspace, request: Request, *, dry_run: bool) -> Fixed:
    """Mend the project's files on disk, and check what is left.

    Raises:
        UsageError: there is no working tree to write, or nothing to check.
        EnvironmentProblem: git, or a folder, cannot be read.
    """
    if request.at is not None:
        raise UsageError(
            "--fix writes files on disk, and --at reads a revision of git",
            hint="leave out one of the two",
        )
    before = check(workspace, request) if dry_run else None
    files, refused = _mended(workspace, request)
    changed = tuple(
        Changed(path, file.before, file.after)
        for path, file in sorted(files.items())
        if file.after != file.before
    )
    if before is not None:
        told = _told("would fix", files, refused)
        return Fixed(_with_notes(before, [told, *refused]), changed)
    written = dict(files)
    for each in changed:
        try:
            replace_file(workspace.root / each.path, each.before, each.after)
        except Refused as problem:
            refused.append(f"not fixed: '{each.path}': {problem}")
            del written[each.path]
    outcome = check(workspace, request)
    return Fixed(_with_notes(outcome, [_told("fixed", written, refused), *refused]), changed)


def _mended(workspace: Workspace, request: Request) -> tuple[dict[str, _File], list[str]]:
    """Every file as it would be, and a note for each repair that is not made."""
    files: dict[str, _File] = {}
    refused: dict[str, None] = {}
    private = replace(request, public=False)
    for _ in range(_ROUNDS):
        overlay = {path: file.after for path, file in files.items()}
        outcome = check(replace(workspace, changed=overlay), private)
        is_new = False
        refused.clear()
        for path, repairs in _by_path(outcome).items():
            file = files.get(path) or _read(workspace, path)
            mended = _in_file(file.after, path, repairs)
            is_new |= bool(mended.done)
            file.after, file.done = _encoded(mended.text, file), file.done + len(mended.done)
            files[path] = file
            refused |= {_refusal(each, why): None for each, why in mended.refused}
        if not is_new:
            break
    return files, list(refused)


def _by_path(outcome: Outcome) -> dict[str, list[Repair]]:
    repairs: dict[str, list[Repair]] = {}
    for finding in outcome.report.findings:
        answer = finding.answer
        if answer is not None and answer.location is not None:
            repairs.setdefault(answer.location.path, []).append(answer)
    return repairs


def _read(workspace: Workspace, path: str) -> _File:
    content = FolderTree(workspace.root).read(path)
    return _File(content, content)


def _in_file(content: bytes, path: str, repairs: list[Repair]) -> Mended:
    text = decode(content, path)[0] or ""
    found = outline(text)
    if found is None:
        why = "something else in the file cannot be read, and comes first"
        return Mended(text, (), tuple((each, why) for each in repairs))
    return mend(found, repairs, outline)


def _encoded(text: str, file: _File) -> bytes:
    content = text.encode("utf-8")
    return BOM + content if file.before.startswith(BOM) else content


def _refusal(repair: Repair, why: str) -> str:
    span = repair.location
    place = f"{span.path}:{span.line}:{span.column}: " if span else ""
    return f"not fixed: {place}{why}"


def _told(verb: str, files: dict[str, _File], refused: list[str]) -> str:
    done = [file.done for file in files.values() if file.done]
    if not done and refused:
        return "nothing was fixed"
    if not done:
        return "nothing to fix: no finding has exactly one right answer"
    return f"{verb} {plural(sum(done), 'problem')} in {plural(len(done), 'file')}"


def _with_notes(outcome: Outcome, notes: list[str]) -> Outcome:
    report = replace(outcome.report, notes=(*outcome.report.notes, *notes))
    return replace(outcome, report=report)
