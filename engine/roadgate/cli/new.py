"""``roadgate new``: start a document."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from roadgate.cli import options
from roadgate.cli.output import write, write_file
from roadgate.model.errors import RoadgateError, UsageError
from roadgate.model.kinds import KINDS
from roadgate.pipeline import workspace
from roadgate.pipeline.authoring import begin, drafts
from roadgate.pipeline.policies.scaffold import Wanted, scaffold
from roadgate.report.text.terminal import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadgate.pipeline.authoring.custom import CustomAuthor
    from roadgate.pipeline.authoring.new import Author
    from roadgate.pipeline.authoring.questions import Question
    from roadgate.pipeline.workspace import Workspace


def _kinds(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """The kinds that begin with what is typed."""
    del ctx, parameter
    return [each for each in KINDS if each.lower().startswith(incomplete.lower())]


@click.command("new")
@click.argument("kind", shell_complete=_kinds)
@click.argument("name")
@click.option("--title", default="", help="What people call it; default: the name in words.")
@click.option("--owner", default="", help="The Team that answers for it.")
@click.option(
    "--set",
    "settings",
    metavar="FIELD=VALUE",
    multiple=True,
    help="A field of spec, such as horizon=later or by='[example-vp]'; may be repeated.",
)
@click.option("--path", type=click.Path(path_type=Path), help="Write it here instead.")
@click.option(
    "--csv/--no-csv", default=None, help="For a Metric: write its file of observations as well."
)
@click.option("--dry-run", is_flag=True, help="Print the file, and write nothing.")
@options.directory
def command(
    *,
    kind: str,
    name: str,
    title: str,
    owner: str,
    settings: tuple[str, ...],
    path: Path | None,
    csv: bool | None,
    dry_run: bool,
    directory: Path,
) -> None:
    """Start a document of KIND, such as Initiative, called NAME.

    Writes a file under roadmap/ that check passes, with what it needs filled in and the rest as
    comments that say what each field is for. On a terminal, what is needed and not given is asked
    for; elsewhere it exits with 2 and says which option is missing. Nothing is ever overwritten.
    """
    place = workspace.find(directory)
    asks = sys.stdin.isatty() and sys.stdout.isatty()
    found = begin.kind_named(place, kind)
    name = _name(name, asks=asks) if isinstance(found, str) else name
    title = title or _title(name, asks=asks)
    if found == "Policy":
        _policy(place, name, title, settings, asks=asks, dry_run=dry_run)
        return
    author = begin.author(place, found, name, options.now())
    spec: dict[str, Any] = {}
    for setting in settings:
        field, equals, value = setting.partition("=")
        if not equals:
            raise UsageError(f"'{setting}' sets nothing", hint="write --set FIELD=VALUE")
        author.answer(spec, field.strip(), value)
    _complete(author, spec, asks=asks)
    where = workspace.selected(place, (path,))[0] if path else None
    draft = author.draft(title, owner, spec, where)
    if dry_run:
        write(draft.text)
        return
    if csv is None and draft.measurements and asks:
        csv = click.confirm(f"Write {draft.measurements} for its observations, too?", default=True)
    _tell(drafts.write(place, draft, measurements=bool(csv)), draft.measurements)


def _name(name: str, *, asks: bool) -> str:
    """The name, or on a terminal the one that is offered in its place."""
    better = drafts.slug(name)
    if better == name or not asks or not better:
        return name
    return better if click.confirm(f"'{name}' is no name. Use '{better}'?", default=True) else name


def _title(name: str, *, asks: bool) -> str:
    words = name.replace("-", " ").capitalize()
    return str(click.prompt("Title", default=words)) if asks else words


def _complete(author: Author | CustomAuthor, spec: dict[str, Any], *, asks: bool) -> None:
    """Ask for everything that is needed; without a terminal, take defaults and name the rest."""
    missing: list[Question] = []
    known = dict(spec)
    while (question := author.next_question(known)) is not None:
        if asks:
            _ask(author, spec, question)
            known = dict(spec)
            continue
        if question.default is None:
            missing.append(question)
            known[question.key] = None
        else:
            known[question.key] = spec[question.key] = question.default
    if missing:
        flags = " ".join(f"--set {each.field.removeprefix('spec.')}=…" for each in missing)
        first = missing[0]
        choices = f" (one of {', '.join(first.choices)})" if first.choices else ""
        raise UsageError(
            f"'{first.field}' is needed: {first.text[:1].lower()}{first.text[1:]}{choices}",
            hint=f"add {flags}",
        )


def _ask(author: Author | CustomAuthor, spec: dict[str, Any], question: Question) -> None:
    """Ask one question until its answer can be used."""
    default = question.default
    if default is not None and not isinstance(default, str):
        spec[question.key] = default
        return
    if question.known and default is None and len(question.known) == 1:
        default = question.known[0]
    while True:
        answer = click.prompt(_worded(question), default=default, show_default=default is not None)
        try:
            author.answer(spec, question.field, str(answer))
        except RoadgateError as problem:
            click.echo(f"  {plain(problem.message)}: {plain(problem.hint)}")
        else:
            return


def _worded(question: Question) -> str:
    shown: Sequence[str] = question.choices or question.known[:5]
    if shown:
        more = ", …" if len(question.known) > len(shown) else ""
        return f"{question.text} ({', '.join(shown)}{more})"
    return f"{question.text}{f' (such as: {question.example})' if question.example else ''}"


def _tell(paths: list[str], measurements: str | None) -> None:
    lines = [f"  wrote  {plain(each)}" for each in paths]
    lines += ["", "Next:", f"  open {plain(paths[0])}: its comments say what else it can hold"]
    if measurements is not None:
        lines.append(f"  write observations into {plain(measurements)} as 'date,value' rows")
    write("\n".join([*lines, "  roadgate check"]))


def _policy(
    place: Workspace,
    name: str,
    title: str,
    settings: tuple[str, ...],
    *,
    asks: bool,
    dry_run: bool,
) -> None:
    """A policy has a beginning of its own: a rule with examples that pass and fail."""
    given = dict(each.partition("=")[::2] for each in settings)
    id_ = given.pop("id", "") or (str(click.prompt("Id, such as ACME001")) if asks else "")
    if not id_ or given:
        raise UsageError(
            "'spec.id' is needed: two to eight capitals and three digits"
            if not id_
            else f"'{next(iter(given))}' is set in the file, once it is there",
            hint="add --set id=ACME001",
        )
    new = scaffold(place, Wanted(id=id_, name=name, title=title))
    if dry_run:
        write(new.text)
        return
    write_file(new.path, new.text)
    write(f"  wrote  {plain(new.shown)}\n\nNext:\n  roadgate policy test {plain(new.shown)}")
