"""The values that expressions are evaluated on: one roadmap, on one day, as messages."""

from __future__ import annotations

from bisect import bisect_right
from copy import copy
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from roadgate.evaluate import concerns
from roadgate.evaluate.cel import EvaluationError, scalar
from roadgate.evaluate.computed import COMPUTED
from roadgate.evaluate.environment import converter, maker
from roadgate.evaluate.facts import OPEN, Facts
from roadgate.evaluate.functions.paths import values_at
from roadgate.evaluate.verdict_views import launch_fields, verdict_fields
from roadgate.evaluate.vocabulary import OWN, Vocabulary
from roadgate.model import rice
from roadgate.model.custom import CustomResource
from roadgate.model.kinds import Envelope, Initiative, Launch

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from fractions import Fraction

    from roadgate.evaluate.cel import Message
    from roadgate.evaluate.judged_initiative import JudgedInitiative
    from roadgate.evaluate.looks import Looks
    from roadgate.evaluate.verdicts import Judgements
    from roadgate.model.kinds import Decision
    from roadgate.model.resource import Resource
    from roadgate.model.roadmap import Roadmap
    from roadgate.model.source import ResourceRef

Approval: TypeAlias = Literal["yes", "no", "unknown"]
MOST_RANKED = 10
_MOST_MESSAGES = 1_000
"""More are made again when they are needed: messages take several times the room of a resource."""


class World:
    """A roadmap on one day; resources become messages when they are looked at.

    With ``looks``, messages have these fields only, which is all that is looked at.
    """

    def __init__(  # noqa: PLR0913 (all that a value depends on)
        self,
        roadmap: Roadmap,
        verdicts: Judgements | None,
        as_of: date,
        countable: Mapping[str, Approval] | None = None,
        looks: Looks | None = None,
        *,
        vocabulary: Vocabulary = OWN,
    ) -> None:
        self.roadmap = roadmap
        self.vocabulary = vocabulary
        self._looks = looks
        self.as_of = as_of
        self._countable = countable or {}
        self._verdicts = verdicts
        self._refs = {each.ref for each in roadmap.resources}
        self._decisions = concerns.by_resource(roadmap)
        self._facts = Facts(roadmap, as_of)
        self.scores = {
            each.name: rice.score(each.body.spec.rice)
            for each in roadmap.initiatives.values()
            if each.body.spec.rice is not None
        }
        """RICE, exactly, by initiative."""
        self._waiting = self._in_next()
        self._messages: dict[int, Message] = {}
        self._whole: Message | None = None
        self._seen: dict[Looks, World] = {}

    def seen(self, looks: Looks) -> World:
        """The same for somebody who looks at these fields alone."""
        if looks not in self._seen:
            made = copy(self)
            made._looks, made._messages, made._whole = looks, {}, None  # noqa: SLF001 - its own
            self._seen[looks] = made
        return self._seen[looks]

    def has(self, ref: ResourceRef) -> bool:
        """Whether the roadmap has such a resource."""
        return ref in self._refs

    def message(self, resource: Resource[Envelope]) -> Message:
        """A resource as a message.

        Raises:
            EvaluationError: a value of it does not fit, such as a count beyond 64 bits.
        """
        known = self._messages.get(id(resource))  # base and head share names
        if known is not None:
            return known
        try:
            made = self._made(resource)
        except (ValueError, TypeError) as error:
            raise EvaluationError(
                f"{resource.ref} has a value that does not fit: {error}"
            ) from None
        if len(self._messages) >= _MOST_MESSAGES:
            self._messages.clear()
        self._messages[id(resource)] = made
        return made

    def _made(self, resource: Resource[Envelope]) -> Message:
        body = resource.body
        if isinstance(body, CustomResource):
            return self.vocabulary.message(resource)
        fields = converter(type(body), self._looks)(body)
        return maker(resource.ref.kind)(**fields, **self._computed(body))

    def name_of(self, message: Message) -> str:
        """What the resource of a message is called.

        Raises:
            ValueError: a kind of its own is named by a field that expressions cannot ask for.
        """
        kind = self.vocabulary.kind_of(message)
        if kind is None or kind.envelope:
            return _word(values_at(message, "metadata.name"))
        return ":".join(_word(values_at(message, each)) for each in kind.identity)

    def nothing(self, kind: str) -> Message:
        """A resource of a kind of which nothing is known."""
        return maker(self.vocabulary.type_of(kind))()

    def evidence(self, ref: ResourceRef) -> list[Message]:
        """The Evidence of an initiative, dated up to the day judged."""
        if ref.kind != "Initiative":
            return []
        linked = (
            self.roadmap.evidence.get(name) for name in self.roadmap.evidence_of.get(ref.name, ())
        )
        return [
            self.message(each)
            for each in linked
            if each is not None and each.body.spec.date <= self.as_of
        ]

    def in_force(self, ref: ResourceRef) -> tuple[Resource[Decision], ...]:
        """The Decisions in force that concern a resource, whether or not they are approved."""
        about = self._decisions.get(ref, ())
        bodies = [each.body for each in about]
        return tuple(each for each in about if concerns.in_force(each.body, self.as_of, bodies))

    def approval(self, decision: str) -> Approval:
        """Whether a Decision counts: only those that the change brings need an approval."""
        return self._countable.get(decision, "yes")

    def judged(self, initiative: str) -> JudgedInitiative | None:
        """What the measurements say of an initiative; None where nothing has judged it."""
        return self._verdicts.judged(initiative) if self._verdicts is not None else None

    def verdicts(self, ref: ResourceRef) -> Message:
        """The verdicts of an initiative or a launch; nothing is set for anything else."""
        if ref.kind == Launch.KIND and self._verdicts is not None:
            launch = self._verdicts.launch(ref.name)
            return maker("Verdicts")(**(launch_fields(self._looks)(launch) if launch else {}))
        found = self.judged(ref.name) if ref.kind == Initiative.KIND else None
        return maker("Verdicts")(**(verdict_fields(self._looks)(found) if found else {}))

    def whole(self) -> Message:
        """The roadmap's resources, by kind."""
        if self._whole is None:
            message = self.vocabulary.roadmap
            self._whole = maker(message)(
                **{
                    name: [self.message(each) for each in resources]
                    for name, resources in {**self.roadmap.lists(), **self._custom()}.items()
                    if self._looks is None or (message, name) in self._looks
                }
            )
        return self._whole

    def _custom(self) -> dict[str, list[Resource[Envelope]]]:
        """The resources of custom kinds."""
        found: dict[str, list[Resource[Envelope]]] = {}
        for each in self.roadmap.resources if self.vocabulary.types else ():
            if each.ref.kind in self.vocabulary.types:
                found.setdefault(each.ref.kind, []).append(each)
        return found

    def _computed(self, body: Envelope) -> dict[str, Any]:
        if body.KIND not in COMPUTED:
            return {}
        return {"computed": {**self._facts.of(body, self._looks), **self._ranking(body)}}

    def _ranking(self, body: Envelope) -> dict[str, Any]:
        if not isinstance(body, Initiative) or body.spec.rice is None:
            return {}
        known = self.roadmap.initiatives.get(body.metadata.name)
        same = known is not None and known.body is body  # else it is the one in base
        score = self.scores[body.metadata.name] if same else rice.score(body.spec.rice)
        ranked = [
            {"name": scalar(name), "rice": scalar(float(higher))}
            for higher, name in self._outranking(body, score)
        ]
        return {"rice": scalar(float(score)), "outrankedBy": ranked}

    def _in_next(self) -> list[tuple[Fraction, str]]:
        """The scores that wait in next, lowest first."""
        specs = {each.name: each.body.spec for each in self.roadmap.initiatives.values()}
        return sorted(
            (score, name)
            for name, score in self.scores.items()
            if specs[name].horizon == "next" and specs[name].status in OPEN
        )

    def _outranking(self, body: Initiative, score: Fraction) -> Sequence[tuple[Fraction, str]]:
        """What waits in next with a higher RICE, highest first, compared exactly."""
        if body.spec.horizon != "now" or body.spec.status not in OPEN:
            return ()
        first = bisect_right(self._waiting, score, key=lambda each: each[0])
        return self._waiting[max(first, len(self._waiting) - MOST_RANKED) :][::-1]


def _word(values: Sequence[Any]) -> str:
    """The first of some values as a part of a name: an untyped number is a double."""
    value = values[0] if values else ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
