"""The kinds that expressions may speak of: roadgate's own, and those of KindDefinitions."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, TypeAlias

from roadgate.evaluate.cel import EvaluationError
from roadgate.evaluate.custom_types import declare
from roadgate.evaluate.environment import ROADMAP, base_types, converter, maker
from roadgate.evaluate.fields import FieldType
from roadgate.evaluate.functions.declared import HostFunction
from roadgate.evaluate.functions.host import ask
from roadgate.model.kinds import Metadata

if TYPE_CHECKING:
    from roadgate.evaluate.cel import Message
    from roadgate.model.custom import CustomKind
    from roadgate.model.kinds import Envelope
    from roadgate.model.resource import Resource

Convert: TypeAlias = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What expressions may name. Two are equal when they know the same custom kinds."""

    digest: str = ""
    kinds: Mapping[str, CustomKind] = field(compare=False, default_factory=dict)
    types: Mapping[str, str] = field(compare=False, default_factory=dict)
    """The message type of each custom kind that can be used."""
    converters: Mapping[str, Convert] = field(compare=False, default_factory=dict)
    roadmap: str = "Roadmap"
    """The message type of the whole."""
    functions: tuple[HostFunction, ...] = field(compare=False, default=())

    @property
    def unusable(self) -> frozenset[str]:
        """Custom kinds that are declared, but whose schema is broken."""
        return frozenset(self.kinds) - frozenset(self.types)

    def type_of(self, kind: str) -> str:
        """The message type of a kind's resources."""
        return self.types.get(kind, kind)

    def kind_of(self, message: Message) -> CustomKind | None:
        """The custom kind that a message is of; None for one of ours."""
        name = message.DESCRIPTOR.name
        return next((self.kinds[kind] for kind, each in self.types.items() if each == name), None)

    def message(self, resource: Resource[Envelope]) -> Message:
        """A resource of a custom kind as a message.

        Raises:
            EvaluationError: its kind cannot be used.
            ValueError: a value does not fit, such as a whole number beyond 64 bits.
        """
        kind = resource.ref.kind
        if kind not in self.types:
            raise EvaluationError(f"the kind {kind} cannot be used: its schema is broken")
        made = self.converters[kind](resource.data)
        if self.kinds[kind].envelope:
            made["metadata"] = converter(Metadata)(resource.body.metadata)
        return maker(self.types[kind])(**made)


OWN = Vocabulary()
"""Without custom kinds."""


def vocabulary(kinds: Mapping[str, CustomKind]) -> Vocabulary:
    """The vocabulary of a project; its types are declared on the way."""
    return _vocabulary(tuple(each for _, each in sorted(kinds.items()))) if kinds else OWN


@lru_cache(maxsize=64)
def _vocabulary(kinds: tuple[CustomKind, ...]) -> Vocabulary:
    declared = {each.name: declare(each) for each in kinds if each.is_usable}
    types = {name: each.type for name, each in declared.items()}
    digest = hashlib.sha256("\n".join(types.values()).encode()).hexdigest()[:8]
    roadmap = f"Roadmap_{digest}"
    lists = {name: FieldType(each, "list") for name, each in types.items()}
    base_types().declare({roadmap: {**ROADMAP["Roadmap"], **lists}})
    return Vocabulary(
        digest,
        {each.name: each for each in kinds},
        types,
        {name: each.convert for name, each in declared.items()},
        roadmap,
        tuple(_function(name, each) for name, each in types.items()),
    )


def _function(kind: str, type_name: str) -> HostFunction:
    """``KEP('1287')`` is the KEP of that name."""
    return HostFunction(
        kind,
        (FieldType("string"),),
        FieldType(type_name),
        partial(ask("lookup"), kind),
        f"the {kind} of that name; an error when there is none",
        f"!exists('{kind}', 'x') || {kind}('x') == {kind}('x')",
        arguments=("name",),
    )
