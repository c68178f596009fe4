"""The words of every finding and error that the engine can produce keep the rules of CONTRIBUTING.

The texts are read from the source: what is passed as a message, a fix or a hint, or assigned to a
name that says so. Parts that are filled in at run time stand as ``{}``.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from roadgate.model.codes import CODES

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGINE = Path(__file__).parents[2] / "engine" / "roadgate"
ERRORS = {"UsageError", "EnvironmentProblem", "InternalError", "RoadgateError"}
SAYING = {"message", "fix", "hint"}
PROPER = (
    *("Decision", "RICE", "JSON", "YAML", "Git", "GitHub", "Actions", "RG", "Evidence", "Kind"),
    *("Initiative", "Metric", "Goal", "Persona", "Team", "Policy", "Journey", "Service", "Canvas"),
    *("Launch", "Vision", "Review", "Lifecycle", "KindDefinition", "CEL", "PATHS", "SARIF", "NFR"),
    *("Markdown", "DNS", "ISO", "UTF", "NUL", "URL", "Python", "KIND", "NAME", "ROADGATE_"),
)
"""What begins with a capital because it is called so."""
HOST = re.compile(
    r"\b(mapping|mappings|sequence|scalar|dict|NoneType|tuple|regex|regexp|stdin|stdout|boolean|"
    r"parse error|parser|traceback|exception|null pointer|flow style|token stream)\b",
    re.IGNORECASE,
)
"""Words of programmers, which tell a product manager nothing."""


class Said(NamedTuple):
    """A text that a reader may see."""

    role: str
    text: str
    place: str


def texts(node: ast.expr) -> Iterator[str]:
    """The texts that an expression may be, as far as they stand in the source."""
    match node:
        case ast.Constant(value=str(value)):
            yield value
        case ast.JoinedStr(values=values):
            parts = [each.value if isinstance(each, ast.Constant) else "{}" for each in values]
            yield "".join(map(str, parts))
        case ast.IfExp(body=body, orelse=orelse):
            yield from texts(body)
            yield from texts(orelse)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            ends = list(texts(right)) or ["{}"]
            yield from (f"{each}{end}" for each in texts(left) for end in ends)
        case ast.BoolOp(values=values):
            for each in values:
                yield from texts(each)


def called(node: ast.Call) -> str:
    """The name of what is called."""
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def arguments(node: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    """The arguments that are said to a reader, each with its role."""
    name = called(node)
    if name == "Finding":
        yield from zip(("", "", "message", "fix"), node.args, strict=False)
    elif name in ERRORS and node.args:
        yield "message", node.args[0]
    elif name == "Related" and node.args:
        yield "related", node.args[0]
    if name == "Finding" or name in ERRORS:
        for keyword in node.keywords:
            if keyword.arg in SAYING:
                yield keyword.arg, keyword.value


def assigned(node: ast.Assign) -> Iterator[tuple[str, ast.expr]]:
    """What is assigned to names such as ``message``; in tuples too."""
    for target in node.targets:
        pairs = [(target, node.value)]
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            pairs = list(zip(target.elts, node.value.elts, strict=False))
        for name, value in pairs:
            if isinstance(name, ast.Name) and name.id in SAYING:
                yield name.id, value


def all_said() -> Iterator[Said]:
    """Every text in the engine that is a message, a fix or a hint."""
    for path in sorted(ENGINE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            found: Iterator[tuple[str, ast.expr]] = iter(())
            if isinstance(node, ast.Call):
                found = arguments(node)
            elif isinstance(node, ast.Assign):
                found = assigned(node)
            for role, value in found:
                for text in texts(value):
                    yield Said(role, text, f"{path.relative_to(ENGINE)}:{value.lineno}")


SAID = [each for each in all_said() if each.text and each.role]


def wrong(
    rule: object, roles: set[str] = frozenset({"message", "fix", "hint", "related"})
) -> list[str]:  # type: ignore[assignment]
    """Where the texts of some roles break a rule."""
    assert callable(rule)
    return [
        f"{each.place}: {each.text}" for each in SAID if each.role in roles and not rule(each.text)
    ]


def test_the_source_is_read() -> None:
    """An empty list of texts would keep every rule."""
    assert len(SAID) > 400
    assert {each.role for each in SAID} == {"message", "fix", "hint", "related"}


def test_sentences_start_in_lowercase() -> None:
    """They follow a colon; what is called by a name keeps its capital."""
    assert wrong(lambda text: not text[:1].isupper() or text.startswith(PROPER)) == []


def test_sentences_have_no_full_stop() -> None:
    """They are one sentence, and no shout."""
    assert wrong(lambda text: not text.endswith((".", "!", " ")) or text.endswith("…")) == []


def test_no_word_is_a_programmers() -> None:
    """Neither Python's nor YAML's own words reach a reader."""
    assert wrong(lambda text: HOST.search(text) is None) == []


TABLES = (
    *("load/syntax.py", "load/slips.py", "load/hints.py", "load/elsewhere.py"),
    *("load/scalars.py", "load/measurements.py", "model/values.py", "model/condition.py"),
    *("model/condition_words.py", "model/schemas/sentences.py", "load/schema_errors.py"),
)


@pytest.mark.parametrize("module", TABLES)
def test_tables_of_sentences_have_no_programmers_words(module: str) -> None:
    """Sentences that stand in tables are read too: whatever has a space and is no docstring."""
    tree = ast.parse((ENGINE / module).read_text(encoding="utf-8"))
    documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    sentences = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documented
        and " " in node.value
    ]
    assert sentences
    keys = ("values are not allowed", "keys are not allowed", "entries are not allowed")
    said = [each for each in sentences if not each.endswith(keys)]  # the parser's own words
    assert [each for each in said if HOST.search(each)] == []


def test_every_error_has_a_way_out() -> None:
    """A finding of level error says what to do; where it is made, a fix is passed."""
    without = []
    for path in sorted(ENGINE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or called(node) != "Finding" or len(node.args) < 2:
                continue
            is_error = ast.unparse(node.args[1]) == "Severity.ERROR"
            has_fix = len(node.args) > 3 or any(each.arg == "fix" for each in node.keywords)
            if is_error and not has_fix:
                without.append(f"{path.relative_to(ENGINE)}:{node.lineno}")
    assert without == []


@pytest.mark.parametrize("code", CODES)
def test_the_table_of_codes_reads_like_a_book(code: str) -> None:
    """Titles are phrases; meanings and fixes are sentences."""
    entry = CODES[code]

    assert not entry.title.endswith(".")
    assert entry.meaning[:1].isupper() or entry.meaning.startswith("'")
    assert entry.meaning.endswith(".")
    assert entry.fix.endswith(".")
    assert HOST.search(f"{entry.title} {entry.meaning} {entry.fix}") is None
