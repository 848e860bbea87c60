"""Mistakes about the lives of a system: messages sent, or written for one, before a restore from backup."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from attrs import evolve

from custmaster.sync.messages import Message, Resync, Snapshot
from custmaster.sync.options import Setting
from custmaster.sync.replica import Replica, Step
from custmaster.sync.rules import RULES, Rules
from custmaster.sync.weigh import ALONE, Surroundings
from custmaster.testing.known_bad._kinds import KnownBad, Reach
from custmaster.testing.known_bad._parts import Deliver, idle, on

__all__ = ["INCARNATIONS"]

Pair = Callable[[Replica, Message], tuple[int, int]]
"""The incarnations that a message is read with: the sender's, and the receiver's as the sender knows it."""


def _read_with(pair: Pair) -> Deliver:
    def deliver(replica: Replica, message: Message, setting: Setting, surroundings: Surroundings = ALONE, /) -> Step:
        if isinstance(message, Resync | Snapshot):
            return RULES.deliver(replica, message, setting, surroundings)
        read = evolve(message, incarnations=pair(replica, message))
        return RULES.deliver(replica, read, setting, surroundings)

    return deliver


def _none(replica: Replica, message: Message) -> tuple[int, int]:
    return replica.known, replica.incarnation


def _receivers_alone(replica: Replica, message: Message) -> tuple[int, int]:
    return replica.known, message.incarnations[1]


@on(Snapshot)
def _of_earlier_restore(replica: Replica, message: Snapshot, setting: Setting, surroundings: Surroundings) -> Step:
    pair = (message.incarnations[0], replica.incarnation)
    return RULES.deliver(replica, evolve(message, incarnations=pair), setting, surroundings)


@on(Snapshot)
def _of_earlier_sender(replica: Replica, message: Snapshot, setting: Setting, surroundings: Surroundings) -> Step:
    pair = (max(message.incarnations[0], replica.known), message.incarnations[1])
    return RULES.deliver(replica, evolve(message, incarnations=pair), setting, surroundings)


@on(Snapshot)
def _not_adopted(replica: Replica, message: Snapshot, setting: Setting, surroundings: Surroundings) -> Step:
    step = RULES.deliver(replica, message, setting, surroundings)
    return step if idle(step) else evolve(step, replica=evolve(step.replica, known=replica.known))


INCARNATIONS: Final = (
    KnownBad(
        name="INCARNATION_IGNORED",
        breaks="3.6, H10: a message whose pair of incarnations differs is dropped",
        hole="A message of before the restore is taken as one of today: its numbers mean another edit by now.",
        why="The versions are compared already.",
        scope=Reach(edits=2, restores=1),
        rules=Rules(deliver=_read_with(_none)),
    ),
    KnownBad(
        name="INCARNATION_OF_RECEIVER_ALONE",
        breaks="3.6: both numbers of the pair are compared",
        hole="A message that the other system sent before its restore is taken, though the other does not know of it any more.",
        why="It was not this system that was restored.",
        scope=Reach(edits=2, restores=1),
        rules=Rules(deliver=_read_with(_receivers_alone)),
    ),
    KnownBad(
        name="SNAP_OF_EARLIER_RESTORE_TAKEN",
        breaks="3.6 rule 3: a SNAP is addressed to the own current incarnation",
        hole="The answer to an earlier restore ends the present one, with a state from before it.",
        why="A SNAP was asked for, and here is one.",
        scope=Reach(edits=2, restores=2),
        rules=Rules(deliver=_of_earlier_restore),
    ),
    KnownBad(
        name="SNAP_OF_EARLIER_SENDER_TAKEN",
        breaks="3.6 rule 3: the sender's incarnation is not below the known one",
        hole="The other system was restored after it answered: its answer speaks of edits that it has lost.",
        why="The answer is for this restore, which is all that was asked.",
        scope=Reach(edits=2, restores=2),
        rules=Rules(deliver=_of_earlier_sender),
    ),
    KnownBad(
        name="SNAP_INCARNATION_NOT_ADOPTED",
        breaks="3.6 rule 3: the sender's incarnation is adopted",
        hole="The backup does not know of the other system's restore: each message of the other is dropped, for ever.",
        why="Incarnations are learnt from RESYNC.",
        scope=Reach(edits=1, restores=2),
        rules=Rules(deliver=_not_adopted),
    ),
)
"""The mistakes of this module."""
