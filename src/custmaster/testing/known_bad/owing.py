"""Mistakes in what counts as having arrived, and so in what is sent again."""

from __future__ import annotations

from typing import Final

from attrs import evolve

from custmaster.sync.messages import Ack, Full, Message
from custmaster.sync.options import Setting
from custmaster.sync.replica import Replica, Step
from custmaster.sync.rules import RULES, Rules
from custmaster.sync.weigh import ALONE, Surroundings
from custmaster.testing.known_bad._kinds import KnownBad, Reach
from custmaster.testing.known_bad._parts import idle, on

__all__ = ["OWING"]


def _at_send(replica: Replica, message: Message, setting: Setting, surroundings: Surroundings = ALONE, /) -> Step:
    step = RULES.deliver(replica, message, setting, surroundings)
    made = step.replica
    if idle(step) or not made.owner or not any(isinstance(reply, Full) for reply in step.replies):
        return step
    return evolve(step, replica=evolve(made, peer_has=(made.rev, made.ack)))


@on(Ack)
def _confirms_all(replica: Replica, message: Ack, setting: Setting, surroundings: Surroundings) -> Step:
    step = RULES.deliver(replica, message, setting, surroundings)
    made = step.replica
    return step if idle(step) or not made.owner else evolve(step, replica=evolve(made, peer_has=(made.rev, made.ack)))


@on(Ack)
def _lowers(replica: Replica, message: Ack, setting: Setting, surroundings: Surroundings) -> Step:
    step = RULES.deliver(replica, message, setting, surroundings)
    if idle(step) or not step.replica.owner:
        return step
    return evolve(step, replica=evolve(step.replica, peer_has=(message.rev, message.ack)))


OWING: Final = (
    KnownBad(
        name="PEER_HAS_AT_SEND",
        breaks="3.3 rule 3a: peer_has rises only by an ACK",
        hole="A repeated KEY is answered with the newest FULL; if that is lost, nothing is owed and the two stay different.",
        why="The answer was written to the queue, and the queue is reliable.",
        scope=Reach(edits=2),
        rules=Rules(deliver=_at_send),
    ),
    KnownBad(
        name="ACK_CONFIRMS_ALL",
        breaks="3.3 rule 3a: an ACK confirms the version that it names",
        hole="The ACK of an older FULL is taken for the newer one, which was lost and is never sent again.",
        why="There is one flag `sent and not confirmed` on the record.",
        scope=Reach(edits=2),
        rules=Rules(deliver=_confirms_all),
    ),
    KnownBad(
        name="ACK_LOWERS",
        breaks="3.3 rule 3a, L3: peer_has rises; an old message changes nothing",
        hole="An ACK that comes late makes the owner forget what the peer has, and start again after all was quiet.",
        why="`peer_has = (message.rev, message.ack)`.",
        scope=Reach(edits=2),
        rules=Rules(deliver=_lowers),
    ),
)
"""The mistakes of this module."""
