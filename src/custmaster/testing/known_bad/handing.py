"""Mistakes in giving the ownership away and in taking it over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from attrs import evolve

from custmaster.sync.messages import Ack, Full, Handoff, KeyInfo, Message
from custmaster.sync.options import Setting
from custmaster.sync.replica import Replica, Step, stamped
from custmaster.sync.rules import RULES, Rules
from custmaster.sync.weigh import ALONE, Surroundings
from custmaster.testing.known_bad._kinds import KnownBad, Reach
from custmaster.testing.known_bad._parts import anew, idle, on, saying

__all__ = ["HANDING"]


def _live(replica: Replica) -> Callable[[Message], Message]:
    def change(message: Message) -> Message:
        return evolve(message, values=replica.values) if isinstance(message, Handoff) else message

    return change


def _live_outstanding(replica: Replica, setting: Setting, /) -> tuple[Message, ...]:
    return tuple(map(_live(replica), RULES.outstanding(replica, setting)))


def _live_deliver(replica: Replica, message: Message, setting: Setting, surroundings: Surroundings = ALONE, /) -> Step:
    step = RULES.deliver(replica, message, setting, surroundings)
    return saying(step, _live(step.replica))


def _without_stamps(replica: Replica, setting: Setting, /) -> Step:
    step = RULES.hand_over(replica, setting)
    given = step.replica.handoff
    if step.refused is not None or given is None:
        return step
    return evolve(step, replica=evolve(step.replica, handoff=evolve(given, stamps=())))


def _keeps_pseq(replica: Replica, setting: Setting, /) -> Step:
    step = RULES.hand_over(replica, setting)
    return evolve(step, replica=evolve(step.replica, pseq=replica.pseq))


def _takes_over(replica: Replica, message: Handoff) -> bool:
    return message.epoch > replica.epoch and not replica.owner


@on(Handoff)
def _drops_pending(replica: Replica, message: Handoff, setting: Setting, surroundings: Surroundings) -> Step:
    if not _takes_over(replica, message):
        return RULES.deliver(replica, message, setting, surroundings)
    step = RULES.deliver(evolve(replica, pending=()), message, setting, surroundings)
    return evolve(step, replica=replica) if idle(step) else step


@on(Handoff)
def _applies_unseen(replica: Replica, message: Handoff, setting: Setting, surroundings: Surroundings) -> Step:
    if not _takes_over(replica, message):
        return RULES.deliver(replica, message, setting, surroundings)
    step = RULES.deliver(replica, evolve(message, stamps=()), setting, surroundings)
    if idle(step):
        return step
    own = {unit for unit, _ in step.replica.stamps}
    made = evolve(step.replica, stamps=stamped(message.stamps, own, step.replica.rev))
    return anew(step, made, setting)


@on(Handoff)
def _keeps_nonkey(replica: Replica, message: Handoff, setting: Setting, surroundings: Surroundings) -> Step:
    step = RULES.deliver(replica, message, setting, surroundings)
    if idle(step) or not _takes_over(replica, message):
        return step
    own = {
        name: replica.values.get(name)
        for name in replica.values.differing(replica.base)
        if not setting.catalogue.is_key(name)
    }
    return anew(step, evolve(step.replica, values=step.replica.values.changed(own)), setting)


@on(Handoff)
def _taken_again(replica: Replica, message: Handoff, setting: Setting, surroundings: Surroundings) -> Step:
    again = message.epoch == replica.epoch and replica.owner and replica.epoch > 0
    asked = evolve(replica, owner=False, epoch=replica.epoch - 1, pending=()) if again else replica
    step = RULES.deliver(asked, message, setting, surroundings)
    return evolve(step, replica=replica) if idle(step) else step


@on(Handoff)
def _forgets_ack(replica: Replica, message: Handoff, setting: Setting, surroundings: Surroundings) -> Step:
    step = RULES.deliver(replica, message, setting, surroundings)
    if idle(step) or not _takes_over(replica, message):
        return step
    return anew(step, evolve(step.replica, ack=0), setting)


def _never_closed(replica: Replica, message: Message, setting: Setting, surroundings: Surroundings = ALONE, /) -> Step:
    step = RULES.deliver(replica, message, setting, surroundings)
    if replica.handoff is None or step.replica.owner or step.replica.epoch != replica.epoch:
        return step
    return evolve(step, replica=evolve(step.replica, handoff=replica.handoff))


@on(Full)
def _closed_by_ack_alone(replica: Replica, message: Full, setting: Setting, surroundings: Surroundings) -> Step:
    return _never_closed(replica, message, setting, surroundings)


@on(Ack)
def _closed_by_old_ack(replica: Replica, message: Ack, setting: Setting, surroundings: Surroundings) -> Step:
    step = RULES.deliver(replica, message, setting, surroundings)
    if replica.handoff is None or message.epoch >= replica.epoch or replica.recovering:
        return step
    return Step(replica=evolve(replica, handoff=None))


@on(KeyInfo)
def _closed_by_key(replica: Replica, message: KeyInfo, setting: Setting, surroundings: Surroundings) -> Step:
    step = RULES.deliver(replica, message, setting, surroundings)
    if replica.handoff is None or idle(step):
        return step
    return Step(replica=evolve(replica, handoff=None))


def _owner_until_confirmed(replica: Replica, setting: Setting, /) -> Step:
    if replica.owner and replica.handoff is not None:
        return Step(replica=replica)
    step = RULES.hand_over(replica, setting)
    return step if step.refused is not None else Step(replica=evolve(replica, handoff=step.replica.handoff))


def _owner_still_owes(replica: Replica, setting: Setting, /) -> tuple[Message, ...]:
    owed = RULES.outstanding(replica, setting)
    given = replica.handoff if replica.owner and not replica.recovering else None
    pair = (replica.incarnation, replica.known)
    return owed if given is None else (*owed, evolve(given, incarnations=pair))


def _confirmed_at_last(
    replica: Replica, message: Message, setting: Setting, surroundings: Surroundings = ALONE, /
) -> Step:
    given = replica.handoff
    told = isinstance(message, Ack | Full) and given is not None and message.epoch == given.epoch
    if not told or not replica.owner or replica.recovering:
        return RULES.deliver(replica, message, setting, surroundings)
    step = RULES.deliver(RULES.hand_over(replica, setting).replica, message, setting, surroundings)
    return evolve(step, replica=replica) if idle(step) else step


HANDING: Final = (
    KnownBad(
        name="PAYLOAD_READ_LIVE",
        breaks="3.3 rule 7, H11: the payload is frozen when the ownership is given up",
        hole="What the former owner's teller typed afterwards travels as if the owner had written it.",
        why="Messages are built from the record when they are sent, as all the others are.",
        scope=Reach(edits=1, handoffs=1),
        rules=Rules(outstanding=_live_outstanding, deliver=_live_deliver),
    ),
    KnownBad(
        name="PAYLOAD_WITHOUT_STAMPS",
        breaks="3.2, 3.3 rule 7: the handoff carries when the owner last wrote each field",
        hole="The new owner cannot see that its own pending edit is stale, and overwrites the former owner's write.",
        why="The values are what is handed over; the stamps are the former owner's bookkeeping.",
        scope=Reach(edits=2, handoffs=1),
        rules=Rules(hand_over=_without_stamps),
    ),
    KnownBad(
        name="HANDOFF_KEEPS_PSEQ",
        breaks="3.3 rule 7: the former owner numbers its edits on from ack",
        hole="Its first edits as a peer have numbers that count as processed: they are lost without a word.",
        why="It is a new peer, and counts from where its counter stands.",
        scope=Reach(edits=2, handoffs=1),
        rules=Rules(hand_over=_keeps_pseq),
    ),
    KnownBad(
        name="HANDOFF_DROPS_PENDING",
        breaks="3.3 rule 7, L4: the receiver's pending edits are applied or reported",
        hole="The edit that the peer had on its way when it became the owner vanishes.",
        why="The owner has no pending edits, so the list is emptied.",
        scope=Reach(edits=1, handoffs=1),
        rules=Rules(deliver=_drops_pending),
    ),
    KnownBad(
        name="HANDOFF_APPLIES_UNSEEN",
        breaks="3.3 rule 7: the receiver's pending edits are weighed as under rule 3",
        hole="The new owner overwrites the former owner's last write, which its author had not seen.",
        why="It is the owner now, and the owner wins.",
        scope=Reach(edits=2, handoffs=1),
        rules=Rules(deliver=_applies_unseen),
    ),
    KnownBad(
        name="HANDOFF_KEEPS_NONKEY",
        breaks="3.3 rule 7: all values come from the payload, the receiver's other fields revert",
        hole="A value that was reported as reverted stands at the owner, under a version at which the peer has another.",
        why="The new owner may write every field, so what its teller wrote may stay.",
        scope=Reach(edits=1, handoffs=1),
        rules=Rules(deliver=_keeps_nonkey),
    ),
    KnownBad(
        name="HANDOFF_TAKEN_AGAIN",
        breaks="3.3 rule 7: who is the owner of that epoch already only answers",
        hole="A handoff that comes twice throws the new owner's edits away.",
        why="It is for this epoch, so it is valid.",
        scope=Reach(edits=1, handoffs=1),
        rules=Rules(deliver=_taken_again),
    ),
    KnownBad(
        name="HANDOFF_FORGETS_ACK",
        breaks="3.3 rule 7: ack is the payload's",
        hole="The new owner speaks of a version below the one that the former owner has: it is never confirmed.",
        why="It has not processed any edit of its new peer.",
        scope=Reach(edits=1, handoffs=1),
        rules=Rules(deliver=_forgets_ack),
    ),
    KnownBad(
        name="HANDOFF_NEVER_CLOSED",
        breaks="3.3 rule 7: an ACK or a FULL of the new epoch ends the handoff",
        hole="The handoff is sent for ever.",
        why="To send it again is harmless.",
        scope=Reach(edits=0, handoffs=1),
        rules=Rules(deliver=_never_closed),
    ),
    KnownBad(
        name="HANDOFF_CLOSED_BY_ACK_ALONE",
        breaks="3.3 rules 4 and 7: a FULL of the new epoch ends the handoff as well",
        hole="The new owner that has edited answers each handoff with a FULL: the two never come to rest.",
        why="What confirms a message is an acknowledgement.",
        scope=Reach(edits=1, handoffs=1),
        rules=Rules(deliver=_closed_by_ack_alone),
    ),
    KnownBad(
        name="HANDOFF_CLOSED_BY_OLD_ACK",
        breaks="3.3 rule 7: only an answer of the new epoch ends the handoff",
        hole="The ACK of the last FULL ends it before it arrived: nobody owns the customer any more.",
        why="The next ACK after a message is the ACK of that message.",
        scope=Reach(edits=1, handoffs=1),
        rules=Rules(deliver=_closed_by_old_ack),
    ),
    KnownBad(
        name="HANDOFF_CLOSED_BY_KEY",
        breaks="3.3 rules 3 and 7: a late KEY is answered with the handoff",
        hole="An edit that was on its way ends the handoff before it arrived: nobody owns the customer any more.",
        why="The other system speaks, so it is alive and has what was sent to it.",
        scope=Reach(edits=1, handoffs=1),
        rules=Rules(deliver=_closed_by_key),
    ),
    KnownBad(
        name="OWNER_UNTIL_CONFIRMED",
        breaks="S1, 3.3 rule 7: the former owner is none from the moment that it hands over",
        hole="For a while both own the customer, and what the former one writes meanwhile is thrown away.",
        why="A customer without an owner, if only for a moment, looks worse.",
        scope=Reach(edits=0, handoffs=1),
        rules=Rules(hand_over=_owner_until_confirmed, outstanding=_owner_still_owes, deliver=_confirmed_at_last),
    ),
)
"""The mistakes of this module."""
