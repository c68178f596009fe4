"""The doorway to CEL: typed environments, compiled expressions, evaluation.

Types are declared as protobuf messages in memory. Every scalar field is a wrapper, so that a field
nobody set is an error where it is used, and never a zero that passes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
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

from roadgate.evaluate.functions.declared import declaration, overloads
from roadgate.evaluate.functions.table import HOST_FUNCTIONS

if TYPE_CHECKING:
    from roadgate.evaluate.fields import FieldType

Activation: TypeAlias = cel.Activation
"""Values bound to variables."""
Message: TypeAlias = protobuf_message.Message
_Field = descriptor_pb2.FieldDescriptorProto
_ERROR_AT = re.compile(r"ERROR: <input>:(?P<line>-?\d+):(?P<column>-?\d+): (?P<message>[^\n]*)")
_UNKNOWN = re.compile(r"undeclared reference to '(?P<name>[^']+)'")
_STATUS = re.compile(r"^(?:[A-Z_]+: )+|(?: \[[A-Z_]+\])$")

_WRAPPERS = {
    "string": ".google.protobuf.StringValue",
    "int": ".google.protobuf.Int64Value",
    "double": ".google.protobuf.DoubleValue",
    "bool": ".google.protobuf.BoolValue",
    "any": ".google.protobuf.Value",
}
_SCALARS = {
    "string": _Field.TYPE_STRING,
    "int": _Field.TYPE_INT64,
    "double": _Field.TYPE_DOUBLE,
    "bool": _Field.TYPE_BOOL,
}


class CompileError(ValueError):
    """An expression that does not compile, with its line and column from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


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
            _add_message(file, name, fields)
        self._pool.AddSerializedFile(file.SerializeToString())
        self._files.append(file.name)
        self.fields.update(new)

    def maker(self, name: str) -> Callable[..., Message]:
        """The constructor of a message type; it takes each field as a keyword.

        A scalar is given as ``{"value": …}``, which ``scalar`` makes.
        """
        return message_factory.GetMessageClass(self._pool.FindMessageTypeByName(f"roadgate.{name}"))

    def environment(self, variables: Mapping[str, FieldType]) -> Environment:
        """An environment in which these variables have these types."""
        typed = {name: _type(field) for name, field in variables.items()}
        env = cel.NewEnv(
            self._pool,
            variables=typed,
            extensions=[ext_strings.ExtStrings()],
            config=_declarations(),
            function_impls=_implementations(),
        )
        return Environment(env)


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


class Environment:
    """Compiles expressions, and gathers the values that they are evaluated on."""

    __slots__ = ("_env",)

    def __init__(self, env: cel.Env) -> None:
        self._env = env

    def compile(self, text: str, returns: Literal["bool", "string"]) -> Program:
        """Compile ``text``, which must have the type ``returns``.

        Raises:
            CompileError: it does not, or it is no CEL, or it names what does not exist.
        """
        try:
            expression = self._env.compile(text)
        except RuntimeError as error:
            raise _compile_error(str(error), text) from None
        found = expression.return_type()
        if found not in (_RETURNS[returns], cel.Type.DYN):
            kind = found.name().lower()
            raise CompileError(f"the expression is of type {kind}, not {returns}", 1, 1)
        return Program(expression)

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


def _add_message(
    file: descriptor_pb2.FileDescriptorProto, name: str, fields: Mapping[str, FieldType]
) -> None:
    message = file.message_type.add(name=name)
    for number, (field_name, field) in enumerate(fields.items(), start=1):
        if field.shape == "map":
            _add_map(message, field_name, number, field, f".roadgate.{name}")
            continue
        repeated = field.shape == "list"
        target = message.field.add(name=field_name, number=number)
        target.label = _Field.LABEL_REPEATED if repeated else _Field.LABEL_OPTIONAL
        _set_type(target, field, wrapped=not repeated)


def _add_map(
    message: descriptor_pb2.DescriptorProto,
    field_name: str,
    number: int,
    field: FieldType,
    scope: str,
) -> None:
    entry_name = field_name[0].upper() + field_name[1:] + "Entry"
    entry = message.nested_type.add(name=entry_name)
    entry.options.map_entry = True
    entry.field.add(name="key", number=1, type=_Field.TYPE_STRING, label=_Field.LABEL_OPTIONAL)
    value = entry.field.add(name="value", number=2, label=_Field.LABEL_OPTIONAL)
    _set_type(value, field, wrapped=False)
    message.field.add(
        name=field_name,
        number=number,
        label=_Field.LABEL_REPEATED,
        type=_Field.TYPE_MESSAGE,
        type_name=f"{scope}.{entry_name}",
    )


def _set_type(
    target: descriptor_pb2.FieldDescriptorProto, field: FieldType, *, wrapped: bool
) -> None:
    if not wrapped and field.name in _SCALARS:
        target.type = _SCALARS[field.name]
        return
    target.type = _Field.TYPE_MESSAGE
    if field.name == "struct":
        target.type_name = ".google.protobuf.Struct"
    else:
        target.type_name = _WRAPPERS.get(field.name, f".roadgate.{field.name}")


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
def _declarations() -> cel.EnvConfig:
    return cel.NewEnvConfigFromYaml(declaration(HOST_FUNCTIONS))


@cache
def _implementations() -> Mapping[str, Callable[..., Any]]:
    return {
        each.id: each.function.implementation for each in overloads(HOST_FUNCTIONS) if each.runs
    }


def _compile_error(report: str, text: str) -> CompileError:
    found = _ERROR_AT.search(report)
    if found is None:  # a limit of CEL's own, which is about the whole
        return CompileError(_plain(report).splitlines()[0], 1, 1)
    message = _plain(found["message"])
    line, column = max(1, int(found["line"])), max(1, int(found["column"]))
    if unknown := _UNKNOWN.search(message):
        # CEL points to the last dot of a.b.c, though it is a that is unknown
        before = text.splitlines()[line - 1][: column + len(unknown["name"])]
        column = before.rfind(unknown["name"]) + 1 or column
    return CompileError(message, line, column)


def _plain(text: str) -> str:
    return _STATUS.sub("", text)
