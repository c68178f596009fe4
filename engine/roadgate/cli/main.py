"""The command ``roadgate``: its verbs, and what its exit status means."""

from __future__ import annotations

import os
import re
import sys
import traceback
from pathlib import Path

import click

from roadgate import __version__
from roadgate.cli.output import discard
from roadgate.cli.verbs import Verb, Verbs
from roadgate.model.errors import ExitCode, RoadgateError
from roadgate.model.suggest import closest

VERBS: dict[str, Verb] = {
    "init": Verb("init", "Start a roadmap repository in a folder.", "Every day"),
    "check": Verb("check", "Validate the roadmap and enforce its policies.", "Every day"),
    "status": Verb("status", "Judge every promise against its measurements.", "Every day"),
    "plan": Verb("plan", "Show what apply would do to issues.", "Every day"),
    "apply": Verb("apply", "Open, update and close issues.", "Every day"),
    "explain": Verb("explain", "Explain a policy, a finding or a resource.", "Every day"),
    "new": Verb("new", "Start a document, such as an Initiative.", "Authoring"),
    "fmt": Verb("fmt", "Put the project's files into their canonical form.", "Authoring"),
    "schema": Verb("schema", "Print or write the JSON Schemas.", "Authoring"),
    "lifecycle": Verb("lifecycle", "Show stages, and what stands before the next one.", "Looking"),
    "graph": Verb("graph", "Draw what hangs from what, and from nothing.", "Looking"),
    "policy": Verb("policy", "Look at, test, write and try policies.", "Policies"),
    "doctor": Verb("doctor", "Show what roadgate sees, and what it does not.", "Running"),
    "completion": Verb("completion", "Let a shell complete commands and options.", "Running"),
    "demo": Verb("demo", "Replay a six-month roadmap story.", "Running"),
    "context": Verb("context", "Write what GitHub knows about a pull request.", "Running"),
    "publish": Verb("publish", "Set the commit status of a pull request.", "Running"),
}
"""Every verb, in the order in which help shows them."""

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _Verbs(Verbs):
    verbs = VERBS


@click.command(cls=_Verbs, context_settings=CONTEXT)
@click.version_option(__version__, "--version", message="roadgate %(version)s")
def command() -> None:
    """Keep a product roadmap honest.

    A roadmap repository declares what will be done, why, how success will be known, and when to
    stop. roadgate validates it, enforces policies on changes, judges promises against
    measurements, and opens and closes issues.
    """


def run() -> int:
    """Run the command with the process's arguments and return its exit code."""
    try:
        status = command.main(prog_name="roadgate", standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):
        return int(ExitCode.INTERRUPTED)
    except SystemExit as ended:  # click's answer to a shell that completes, or to a broken pipe
        if not ended.code:
            return int(ExitCode.OK)
        discard()
        return int(ExitCode.ENVIRONMENT)
    except Exception as error:  # noqa: BLE001 - the last resort: a bug of ours is reported as one
        return _ended_by(error)
    return status if isinstance(status, int) else int(ExitCode.OK)


def _ended_by(error: Exception) -> int:
    match error:
        case click.ClickException() if error.message.startswith("Usage: "):
            click.echo(error.message, err=True)  # no verb at all: all of them are shown
            return int(ExitCode.USAGE)
        case click.ClickException():
            return _fail(*_in_our_words(error), ExitCode.USAGE)
        case RoadgateError():
            return _fail(error.message, error.hint, error.exit_code)
        case _:
            return _bug(error)


_VALUE = r"Invalid value for (?P<where>.+?): "
_ABSENT = re.compile(
    _VALUE + r"(?P<what>Path|File|Directory) (?P<name>'.*') does not exist\.?", re.DOTALL
)
_CHOICE = re.compile(_VALUE + r"(?P<name>'.*') is not one of (?P<choices>'.*')\.?", re.DOTALL)


def _in_our_words(error: click.ClickException) -> tuple[str, str]:
    """What click says and what to do about it, written like every other message."""
    said, help_ = error.format_message(), _help_on(error)
    if found := _ABSENT.fullmatch(said):
        what = {"Path": "file or folder", "File": "file", "Directory": "folder"}[found["what"]]
        return f"there is no {what} {found['name']}", _path_meant(found["name"][1:-1], help_)
    if found := _CHOICE.fullmatch(said):
        return _not_one_of(error, found)
    if isinstance(error, click.NoSuchOption) and isinstance(error.ctx and error.ctx.command, Verbs):
        return f"no such option '{error.option_name}'", _after_verb(error)
    if isinstance(error, click.NoSuchOption) and error.possibilities:
        near = closest(error.option_name, error.possibilities) or error.possibilities[0]
        return f"no such option '{error.option_name}'; did you mean '{near}'?", help_
    said = said.removesuffix(".")
    return f"{said[:1].lower()}{said[1:]}", help_


def _not_one_of(error: click.ClickException, found: re.Match[str]) -> tuple[str, str]:
    name, choices = found["name"], found["choices"].replace("'", "").split(", ")
    near = closest(name[1:-1], choices)
    guess = f"did you mean '{near}'? " if near is not None else ""
    context = error.ctx if isinstance(error, click.UsageError) else None
    is_option = "|" not in found["where"]  # of an argument click names all its choices
    where = found["where"] if is_option or context is None else f"'{context.command_path}'"
    return f"{name} is no value of {where}", f"{guess}write one of {', '.join(choices)}"


def _path_meant(path: str, help_: str) -> str:
    """What to do about a path that leads nowhere: the file beside it that was meant."""
    folder, _, name = path.rpartition("/")
    try:
        near = closest(name, [each.name for each in Path(folder or ".").iterdir()])
    except OSError:
        near = None
    if near is None:
        return f"check the path, or {help_}"
    return f"did you mean '{f'{folder}/{near}' if folder else near}'?"


def _after_verb(error: click.NoSuchOption) -> str:
    """What to do about an option that stands before the command, where only few may stand."""
    group = error.ctx.command if error.ctx is not None else None
    path = error.ctx.command_path if error.ctx is not None else ""
    near = closest(error.option_name, ["--help", "--version"])
    if near is not None or not isinstance(group, Verbs):
        return f"did you mean '{near}'?" if near is not None else f"run {path} -h"
    verb = next((each for each in sys.argv[1:] if each in group.verbs), next(iter(group.verbs)))
    return f"options go after the command: {path} {verb} {error.option_name} …"


def _help_on(error: click.ClickException) -> str:
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f"run {context.command_path} -h" if context else ""


def _fail(message: str, hint: str, code: ExitCode) -> int:
    """Print an error; what a user or a file named in it cannot steer a terminal or a log."""
    from roadgate.report.text.terminal import harmless, plain  # noqa: PLC0415 - see Verb

    click.echo(harmless(f"error: {plain(message)}"), err=True)
    if hint:
        click.echo(harmless(f"  = fix: {plain(hint)}"), err=True)
    return int(code)


def _bug(error: Exception) -> int:
    if os.environ.get("ROADGATE_DEBUG"):
        traceback.print_exc()
    return _fail(
        f"roadgate failed: {type(error).__name__}: {error}",
        "this is a bug of roadgate's: run again with ROADGATE_DEBUG=1 and report what it prints",
        ExitCode.BUG,
    )
