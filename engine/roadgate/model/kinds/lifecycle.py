"""Lifecycle: which way a resource may move, and what each step asks for."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import BeforeValidator, Field, WithJsonSchema

from roadgate.model.kinds.approval import Approval
from roadgate.model.kinds.base import Envelope, Part
from roadgate.model.kinds.decision import DecisionType
from roadgate.model.values import Many, Text


def _listed(value: object) -> object:
    return (value,) if isinstance(value, str) else value


States: TypeAlias = Annotated[
    Many[Text],
    BeforeValidator(_listed),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "minLength": 1},
                {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1},
            ]
        }
    ),
]
"""One state, or a list of them."""


class Transition(Part):
    """A step from one state to another, and what it asks for."""

    from_: States = Field(
        alias="from", min_length=1, description="The state, or states, that it leaves."
    )
    to: States = Field(min_length=1, description="The state, or states, that it leads to.")
    gates: Many[Text] = Field(
        default=(), description="The ids of the policies that must hold.", examples=[["RG101"]]
    )
    needs: Many[DecisionType] = Field(
        default=(), description="A Decision of one of these types must allow it."
    )
    approvals: Many[Approval] = Field(
        default=(), description="Who must approve the pull request that does it."
    )


class LifecycleSpec(Part):
    """The field that holds the state, and the steps it may take."""

    field: Text = Field(description="The field that holds the state.", examples=["spec.horizon"])
    transitions: Many[Transition] = Field(
        min_length=1, description="The steps that are allowed, each with what it asks for."
    )


class Lifecycle(Envelope):
    """The workflow: states, the steps between them, and the gates on the way."""

    KIND: ClassVar[str] = "Lifecycle"

    kind: Literal["Lifecycle"] = Field(description="The kind of document.")
    spec: LifecycleSpec
