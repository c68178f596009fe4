"""A checked expression as a tree: what the library hands out as bytes, read and made typed.

The bytes are a ``cel.expr.CheckedExpr``; the message types needed to read one are declared in
memory, as far as they are looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_Field = descriptor_pb2.FieldDescriptorProto
_WIRE = {
    "int64": _Field.TYPE_INT64,
    "int32": _Field.TYPE_INT32,
    "uint64": _Field.TYPE_UINT64,
    "double": _Field.TYPE_DOUBLE,
    "bool": _Field.TYPE_BOOL,
    "string": _Field.TYPE_STRING,
    "bytes": _Field.TYPE_BYTES,
}
_MESSAGES = """
Any: type_url=1 string, value=2 bytes
CheckedExpr: type_map=3 *TypeEntry, source_info=5 SourceInfo, expr=4 Expr
TypeEntry: key=1 int64, value=2 Type
SourceInfo: positions=4 *Position
Position: key=1 int64, value=2 int32
Type: primitive=3 int32, wrapper=4 int32, list_type=6 ListType, map_type=7 MapType, \
message_type=9 string
ListType: elem_type=1 Type
MapType: value_type=2 Type
Expr: id=2 int64, const_expr=3 Constant, ident_expr=4 Ident, \
select_expr=5 Select, call_expr=6 Call, \
list_expr=7 CreateList, struct_expr=8 CreateStruct, comprehension_expr=9 Comprehension
Constant: null_value=1 int64, bool_value=2 bool, int64_value=3 int64, uint64_value=4 uint64, \
double_value=5 double, string_value=6 string
Ident: name=1 string
Select: operand=1 Expr, field=2 string, test_only=3 bool
Call: target=1 Expr, function=2 string, args=3 *Expr
CreateList: elements=1 *Expr
CreateStruct: entries=2 *Entry
Entry: map_key=3 Expr, value=4 Expr
Comprehension: iter_var=1 string, iter_range=2 Expr, accu_var=3 string, accu_init=4 Expr, \
loop_condition=5 Expr, loop_step=6 Expr, result=7 Expr
"""


@dataclass(frozen=True, slots=True)
class Kind:
    """The type of a node, as far as rules ask for it: a message, a list of messages, or neither."""

    message: str = ""
    """Without the package."""
    of: str = ""
    """The message that a list holds."""
    plain: bool = True
    """Whether there is no message in it, however deep."""
    scalar: str = ""
    """``string``, ``int``, ``double``, ``bool``, ``list`` or ``map``; empty where it varies."""


@dataclass(frozen=True, slots=True)
class Node:
    """Any node; ``start`` is where it stands in the text, in characters."""

    start: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Const(Node):
    """A literal."""

    value: object


@dataclass(frozen=True, slots=True)
class Ident(Node):
    """A variable."""

    name: str


@dataclass(frozen=True, slots=True)
class Select(Node):
    """``operand.field``, or ``has(operand.field)``."""

    operand: Tree
    field: str
    asks: bool


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function or an operator such as ``_&&_``; a member's target comes first."""

    function: str
    args: tuple[Tree, ...]
    member: bool


@dataclass(frozen=True, slots=True)
class Items(Node):
    """A list or map that is written out."""

    items: tuple[Tree, ...]
    keys: tuple[Tree, ...] = ()
    """Of a map, beside its values."""


@dataclass(frozen=True, slots=True)
class Loop(Node):
    """``all``, ``exists``, ``filter`` and ``map``, unrolled."""

    variable: str
    over: Tree
    begins: Tree
    step: Tree
    result: Tree


Tree: TypeAlias = Const | Ident | Select | Call | Items | Loop


def every(tree: Tree) -> Iterator[Tree]:
    """A tree and all of its parts, those inside of loops too."""
    yield tree
    match tree:
        case Select():
            yield from every(tree.operand)
        case Call(args=parts) | Items(items=parts):
            for each in parts:
                yield from every(each)
        case Loop():
            for each in (tree.over, tree.step):
                yield from every(each)


def tree(serialized: bytes) -> Tree:
    """The tree of a checked expression."""
    make = _types()
    checked = make("CheckedExpr").FromString(make("Any").FromString(serialized).value)
    positions = {each.key: each.value for each in checked.source_info.positions}
    kinds = {each.key: _kind(each.value) for each in checked.type_map}
    return _Reader(positions, kinds).read(checked.expr)


class _Reader:
    """Turns messages into nodes."""

    def __init__(self, positions: Mapping[int, int], kinds: Mapping[int, Kind]) -> None:
        self._positions = positions
        self._kinds = kinds

    def read(self, expr: Any) -> Tree:  # noqa: ANN401 (a message made in memory)
        at = (self._positions.get(expr.id, 0), self._kinds.get(expr.id, Kind()))
        match name := expr.WhichOneof("kind"):
            case "const_expr":
                return Const(*at, _value(expr.const_expr))
            case "ident_expr":
                return Ident(*at, expr.ident_expr.name)
            case "select_expr":
                chosen = expr.select_expr
                return Select(*at, self.read(chosen.operand), chosen.field, chosen.test_only)
            case "call_expr":
                called = expr.call_expr
                target = [called.target] if called.HasField("target") else []
                args = tuple(self.read(each) for each in (*target, *called.args))
                return Call(*at, called.function, args, bool(target))
            case "comprehension_expr":
                return self._loop(at, expr.comprehension_expr)
        entries = expr.struct_expr.entries if name == "struct_expr" else ()
        items = [each.value for each in entries] if entries else expr.list_expr.elements
        keys = tuple(self.read(each.map_key) for each in entries)
        return Items(*at, tuple(map(self.read, items)), keys)

    def _loop(self, at: tuple[int, Kind], loop: Any) -> Loop:  # noqa: ANN401 (as above)
        return Loop(
            *at,
            loop.iter_var,
            self.read(loop.iter_range),
            self.read(loop.accu_init),
            self.read(loop.loop_step),
            self.read(loop.result),
        )


def _value(constant: Any) -> object:  # noqa: ANN401 (as above)
    kind = constant.WhichOneof("kind")
    return None if kind in (None, "null_value") else getattr(constant, kind)


_PRIMITIVE = {1: "bool", 2: "int", 3: "int", 4: "double", 5: "string"}


def _kind(found: Any) -> Kind:  # noqa: ANN401 (as above)
    message, of = found.message_type, found.list_type.elem_type.message_type
    scalar = _PRIMITIVE.get(found.primitive or found.wrapper, "")
    for shape in ("list", "map"):
        scalar = shape if found.HasField(f"{shape}_type") else scalar
    return Kind(_plain(message), _plain(of), not _has_message(found), scalar)


def _has_message(found: Any) -> bool:  # noqa: ANN401 (as above)
    match found.WhichOneof("kind"):
        case "message_type":
            return True
        case "list_type":
            return _has_message(found.list_type.elem_type)
        case "map_type":
            return _has_message(found.map_type.value_type)
    return False


def _plain(name: str) -> str:
    return name.removeprefix("roadgate.")


@cache
def _types() -> Any:  # noqa: ANN401 (a function from a name to a message class)
    file = descriptor_pb2.FileDescriptorProto(name="checked.proto", syntax="proto3", package="c")
    for line in _MESSAGES.strip().splitlines():
        name, _, fields = line.partition(": ")
        _declare(file.message_type.add(name=name), fields)
    pool = descriptor_pool.DescriptorPool()
    pool.AddSerializedFile(file.SerializeToString())

    def make(name: str) -> Any:  # noqa: ANN401 (a class made in memory)
        return message_factory.GetMessageClass(pool.FindMessageTypeByName(f"c.{name}"))

    return make


def _declare(message: descriptor_pb2.DescriptorProto, fields: str) -> None:
    one_of = message.name in ("Expr", "Constant", "Type")
    if one_of:
        message.oneof_decl.add(name="kind")
    for field in fields.split(", "):
        name, _, rest = field.partition("=")
        number, _, kind = rest.partition(" ")
        made = message.field.add(name=name, number=int(number))
        many = kind.startswith("*")
        made.label = _Field.LABEL_REPEATED if many else _Field.LABEL_OPTIONAL
        kind = kind.removeprefix("*")
        if kind in _WIRE:
            made.type = _WIRE[kind]
        else:
            made.type, made.type_name = _Field.TYPE_MESSAGE, f".c.{kind}"
        if one_of and name != "id":
            made.oneof_index = 0
