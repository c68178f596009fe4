"""The doorway to CEL: typed environments, compiled expressions, evaluation.

Types are declared as protobuf messages in memory. Every scalar field is a wrapper, so that a field
nobody set is an error where it is used, and never a zero that passes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from cel_expr_python import cel
from cel_expr_python.ext import ext_strings
from google.protobuf import (
    descriptor_pb2,
    descriptor_pool,
    message_factory,
    struct_pb2,
    wrappers_pb2,
)
from google.protobuf import (
    message as protobuf_message,
)

from roadgate.evaluate.checked import tree
from roadgate.evaluate.functions.declared import declaration, overloads
from roadgate.evaluate.functions.table import HOST_FUNCTIONS
from roadgate.evaluate.indexing import dotted, meant
from roadgate.evaluate.messages import add_message
from roadgate.evaluate.shown import in_words

if TYPE_CHECKING:
    from roadgate.evaluate.checked import Tree
    from roadgate.evaluate.fields import FieldType
    from roadgate.evaluate.functions.declared import HostFunction

Activation: TypeAlias = cel.Activation
"""Values bound to variables."""
Message: TypeAlias = protobuf_message.Message
_ERROR_AT = re.compile(r"ERROR: <input>:(?P<line>-?\d+):(?P<column>-?\d+): (?P<message>[^\n]*)")
_UNKNOWN = re.compile(r"undeclared reference to '(?P<name>[^']+)'")
_FIELD = re.compile(r"undefined field '(?P<name>[^']*)'")
_WORD = re.compile(r"\w+")
_MAX_ROUNDS = 50
_STATUS = re.compile(r"^(?:[A-Z_]+: )+|(?: \[[A-Z_]+\])$")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong with a stretch of an expression, in characters from its start."""

    start: int
    end: int
    message: str


class CompileError(ValueError):
    """An expression that does not compile, with everything that is wrong with it."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(each.message for each in problems))
        self.problems = problems


class EvaluationError(ValueError):
    """An expression that has no value on this input: something absent, a wrong type, the budget."""


class Types:
    """A set of message types that grows; a type is never declared twice."""

    def __init__(self) -> None:
        self._pool = descriptor_pool.DescriptorPool()
        for module in (wrappers_pb2, struct_pb2):
            self._pool.AddSerializedFile(module.DESCRIPTOR.serialized_pb)
        self._files: list[str] = []
        self.fields: dict[str, Mapping[str, FieldType]] = {}

    def declare(self, types: Mapping[str, Mapping[str, FieldType]]) -> None:
        """Add message types, by their full name; those that are known already stay."""
        new = {name: fields for name, fields in types.items() if name not in self.fields}
        if not new:
            return
        file = descriptor_pb2.FileDescriptorProto(
            name=f"roadgate/{len(self._files)}.proto",
            syntax="proto3",
            package="roadgate",
            dependency=[
                "google/protobuf/wrappers.proto",
                "google/protobuf/struct.proto",
                *self._files,
            ],
        )
        for name, fields in new.items():
            add_message(file, name, fields)
        self._pool.AddSerializedFile(file.SerializeToString())
        self._files.append(file.name)
        self.fields.update(new)

    def maker(self, name: str) -> Callable[..., Message]:
        """The constructor of a message type; it takes each field as a keyword.

        A scalar is given as ``{"value": …}``, which ``scalar`` makes.
        """
        return message_factory.GetMessageClass(self._pool.FindMessageTypeByName(f"roadgate.{name}"))

    def environment(
        self, variables: Mapping[str, FieldType], functions: tuple[HostFunction, ...] = ()
    ) -> Environment:
        """An environment in which these variables have these types, with more functions."""
        typed = {name: _type(field) for name, field in variables.items()}
        env = cel.NewEnv(
            self._pool,
            variables=typed,
            extensions=[ext_strings.ExtStrings()],
            config=_declarations(functions),
            function_impls=_implementations(functions),
        )
        return Environment(env, self.fields)


class Program:
    """A compiled expression."""

    __slots__ = ("_expression",)

    def __init__(self, expression: cel.Expression) -> None:
        self._expression = expression

    def evaluate(self, activation: Activation) -> bool | str:
        """The expression's value.

        Raises:
            EvaluationError: it has none on this input.
        """
        try:
            result = self._expression.eval(activation)
        except RuntimeError as error:
            raise EvaluationError(_plain(str(error))) from None
        if result.type() == cel.Type.ERROR:
            raise EvaluationError(_plain(str(result.value())))
        value = result.value()
        if not isinstance(value, (bool, str)):
            kind = result.type().name().lower()
            raise EvaluationError(f"the value is of type {kind}, neither bool nor string")
        return value

    def tree(self) -> Tree:
        """The checked tree of the expression."""
        return tree(self._expression.serialize())


class Environment:
    """Compiles expressions, and gathers the values that they are evaluated on."""

    __slots__ = ("_env", "_fields")

    def __init__(self, env: cel.Env, fields: Mapping[str, Mapping[str, FieldType]]) -> None:
        self._env = env
        self._fields = fields

    def compile(self, text: str, returns: Literal["bool", "string"]) -> Program:
        """Compile ``text``, which must have the type ``returns``.

        Raises:
            CompileError: it does not, or it is no CEL, or it names what does not exist.
        """
        expression = self._compiled(text)
        found = expression.return_type()
        if found not in (_RETURNS[returns], cel.Type.DYN):
            kind = found.name().lower().removeprefix("roadgate.")
            problem = f"the expression is of type {kind}, not {returns}"
            raise CompileError(Problem(0, len(text), problem))
        return Program(expression)

    def shown(self, text: str, activation: Activation) -> str:
        """The value of a part of an expression, for people to read.

        Raises:
            CompileError: it is no expression by itself.
            EvaluationError: it has no value on this input.
        """
        try:
            result = self._compiled(text).eval(activation)
        except RuntimeError as error:
            raise EvaluationError(_plain(str(error))) from None
        if result.type() == cel.Type.ERROR:
            raise EvaluationError(_plain(str(result.value())))
        return in_words(result.plain_value())

    def tree(self, text: str) -> Tree:
        """The checked tree of an expression that compiles."""
        return tree(self._compiled(text).serialize())

    def _compiled(self, text: str) -> cel.Expression:
        """Compile a text in which fields may be written as indexes."""
        written = text
        for _ in range(_MAX_ROUNDS):
            try:
                return self._env.compile(written)
            except RuntimeError as error:
                report = str(error)
            changed = dotted(written, report, self._fields, self._report)
            if changed is None:
                break
            written = changed
        raise _compile_error(report, text)

    def _report(self, text: str) -> str:
        try:
            self._env.compile(text)
        except RuntimeError as error:
            return str(error)
        return ""

    def activation(self, values: Mapping[str, object]) -> Activation:
        """Bind values to variables."""
        return self._env.Activation(values)


_RETURNS = {"bool": cel.Type.BOOL, "string": cel.Type.STRING}


def scalar(value: object) -> dict[str, object]:
    """How a scalar is given to a message's constructor."""
    return {"value": value}


def struct(value: Mapping[str, Any]) -> struct_pb2.Struct:
    """Untyped data, for a field of type ``struct``."""
    message = struct_pb2.Struct()
    message.update({str(key): _untyped(each) for key, each in value.items()})
    return message


def any_value(value: object) -> dict[str, Any]:
    """Untyped data, for a field of type ``any``: a Value by the names of its own fields."""
    if value is None:
        return {"null_value": 0}
    if isinstance(value, Mapping):
        return {"struct_value": _untyped(value)}
    if isinstance(value, (list, tuple)):
        return {"list_value": _untyped(value)}
    if isinstance(value, bool):
        return {"bool_value": value}
    if isinstance(value, (int, Decimal)):
        return {"number_value": float(value)}
    return {"string_value": str(value)}


def _untyped(value: Any) -> Any:  # noqa: ANN401 (any JSON)
    """Untyped numbers are doubles in CEL, as they are in JSON."""
    if isinstance(value, Mapping):
        return {str(key): _untyped(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_untyped(each) for each in value]
    return (
        float(value) if isinstance(value, (int, Decimal)) and not isinstance(value, bool) else value
    )


def _type(field: FieldType) -> cel.Type:
    scalars = {
        "string": cel.Type.STRING,
        "int": cel.Type.INT,
        "double": cel.Type.DOUBLE,
        "bool": cel.Type.BOOL,
    }
    one = scalars.get(field.name) or cel.Type(f"roadgate.{field.name}")
    return cel.Type.List(one) if field.shape == "list" else one


@cache
def _declarations(more: tuple[HostFunction, ...]) -> cel.EnvConfig:
    return cel.NewEnvConfigFromYaml(declaration((*HOST_FUNCTIONS, *more)))


@cache
def _implementations(more: tuple[HostFunction, ...]) -> Mapping[str, Callable[..., Any]]:
    return {
        each.id: each.function.implementation
        for each in overloads((*HOST_FUNCTIONS, *more))
        if each.runs
    }


def _compile_error(report: str, text: str) -> CompileError:
    found = [_problem(each, text) for each in _ERROR_AT.finditer(report)]
    # what is wrong with the value of something that is wrong itself says nothing new
    found = [each for each in found if "*error*" not in each.message] or found
    if not found:  # a limit of CEL's own, which is about the whole
        return CompileError(Problem(0, len(text), _plain(report).splitlines()[0]))
    return CompileError(*found)


def _problem(found: re.Match[str], text: str) -> Problem:
    message = _plain(found["message"])
    lines = text.split("\n")
    line, column = max(1, int(found["line"])), max(1, int(found["column"]))
    start = sum(len(each) + 1 for each in lines[: line - 1]) + column - 1
    if name := _UNKNOWN.search(message):
        # CEL points to the last dot of a.b.c, though it is a that is unknown
        start = max(0, text.rfind(name["name"], 0, start + len(name["name"]) + 1))
    elif field := _FIELD.search(message):
        # CEL points to the dot, and within has() to what stands before it
        plain = re.compile(rf"[^\[]*?\.\s*{field['name']}\b").match(text, start)
        index = None if plain else meant(text, start, field["name"])
        start = plain.end() - len(field["name"]) if plain else start + 1
        if index is not None:  # a field that is written as an index
            start, written = index
            message = _FIELD.sub(f"undefined index '{written}'", message)
            return Problem(start, start + len(written) + 2, message)
    word = _WORD.match(text, start)
    return Problem(start, word.end() if word else min(start + 1, len(text)), message)


def _plain(text: str) -> str:
    return _STATUS.sub("", text)
