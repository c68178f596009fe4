"""Message types: how fields of our types are declared to protobuf.

Every scalar field is a wrapper, so that a field nobody set is an error where it is used, and never
a zero that passes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from google.protobuf import descriptor_pb2

if TYPE_CHECKING:
    from collections.abc import Mapping

    from roadgate.evaluate.fields import FieldType

_Field = descriptor_pb2.FieldDescriptorProto
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


def add_message(
    file: descriptor_pb2.FileDescriptorProto, name: str, fields: Mapping[str, FieldType]
) -> None:
    """Declare a message type in a file."""
    message = file.message_type.add(name=name)
    # names in JSON play no part here: fields may differ by case or _ only
    message.options.deprecated_legacy_json_field_conflicts = True
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
    parts = field_name.split("_")  # protobuf asks for this very name
    entry_name = "".join(each[:1].upper() + each[1:] for each in parts) + "Entry"
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
