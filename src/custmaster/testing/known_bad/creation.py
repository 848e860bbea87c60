"""Mistakes about creation at one system, or at both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import evolve

from custmaster.sync.codes import ReportCode
from custmaster.sync.messages import KeyInfo, Message
from custmaster.sync.options import Setting
from custmaster.sync.replica import Replica, Step
from custmaster.sync.rules import RULES, Rules
from custmaster.sync.weigh import ALONE, Surroundings
from custmaster.testing.known_bad._kinds import KnownBad, Need, Reach
from custmaster.testing.known_bad._parts import anew, idle, on

__all__ = ["CREATIONS"]


def _at_zero(replica: Replica, values: Mapping[str, str | None], creation_id: str, setting: Setting, /) -> Step:
    step = RULES.create(replica, values, creation_id, setting)
    if step.refused is not None or not step.replica.owner:
        return step
    return evolve(step, replica=evolve(step.replica, rev=0, stamps=()))


@on(KeyInfo)
def _merged(replica: Replica, message: KeyInfo, setting: Setting, surroundings: Surroundings) -> Step:
    if not replica.present or not replica.owner or message.creation_id == replica.creation_id:
        return RULES.deliver(replica, message, setting, surroundings)
    empty = {setting.catalogue.unit(p.field) for p in message.proposals if p.field not in replica.values}
    open_ = evolve(replica, stamps=tuple(one for one in replica.stamps if one[0] not in empty))
    step = RULES.deliver(open_, evolve(message, creation_id=replica.creation_id), setting, surroundings)
    return step if idle(step) else anew(step, evolve(step.replica, stamps=replica.stamps), setting)


@on(KeyInfo)
def _taken_for_update(replica: Replica, message: KeyInfo, setting: Setting, surroundings: Surroundings) -> Step:
    if not replica.present or not replica.owner or message.creation_id == replica.creation_id:
        return RULES.deliver(replica, message, setting, surroundings)
    known = evolve(message, creation_id=replica.creation_id)
    step = RULES.deliver(evolve(replica, stamps=()), known, setting, surroundings)
    return step if idle(step) else anew(step, evolve(step.replica, stamps=replica.stamps), setting)


def _untold(replica: Replica, message: Message, setting: Setting, surroundings: Surroundings = ALONE, /) -> Step:
    step = RULES.deliver(replica, message, setting, surroundings)
    return evolve(step, reports=tuple(r for r in step.reports if r.code is not ReportCode.CREATION_COLLIDES))


CREATIONS: Final = (
    KnownBad(
        name="CREATION_LEAVES_REV_AT_ZERO",
        breaks="3.3 rule 1: creation sets rev to 1 and stamps all key fields",
        hole="A proposal whose author had seen nothing has the base 0 too: it counts as one who had seen the creation, and overwrites it.",
        why="Revisions count changes, and a creation is none.",
        scope=Reach(edits=3, restores=1, needs=(Need.CREATION,)),
        rules=Rules(create=_at_zero),
    ),
    KnownBad(
        name="CREATIONS_MERGED",
        breaks="A2: when two creations collide the whole proposal is refused, never merged field by field",
        hole="One customer made of two persons: the fields that the owner had left empty are filled from the other one.",
        why="An empty field cannot conflict.",
        scope=Reach(edits=2, needs=(Need.CREATION,)),
        rules=Rules(deliver=_merged),
    ),
    KnownBad(
        name="CREATION_TAKEN_FOR_UPDATE",
        breaks="A2: the creation id tells a second creation from an edit",
        hole="The second person's name and papers replace those of the first under the same number.",
        why="`INSERT ... ON CONFLICT DO UPDATE`.",
        scope=Reach(edits=2, needs=(Need.CREATION,)),
        rules=Rules(deliver=_taken_for_update),
    ),
    KnownBad(
        name="CREATION_COLLISION_UNTOLD",
        breaks="A2, L4: the refused creation is reported",
        hole="The teller at the peer has opened a customer that never was, and hears nothing.",
        why="The number is taken, so the request is a duplicate.",
        scope=Reach(edits=2, needs=(Need.CREATION,)),
        rules=Rules(deliver=_untold),
    ),
)
"""The mistakes of this module."""
