"""Mistakes in what a KEY carries: not the pending edits, all of them and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from attrs import evolve

from custmaster.sync.messages import KeyInfo, Message, Proposal
from custmaster.sync.options import Setting
from custmaster.sync.replica import Replica, Step
from custmaster.sync.rules import RULES, Rules
from custmaster.sync.weigh import ALONE, STATUS, Surroundings
from custmaster.testing.known_bad._kinds import KnownBad, Need, Reach
from custmaster.testing.known_bad._parts import unsealed
from custmaster.testing.known_bad.owner import peer_always_wins

__all__ = ["PROPOSING", "key_made"]

Made = Callable[[KeyInfo, Replica, Setting], Iterable[KeyInfo]]
"""What is sent in the place of one KEY."""


def key_made(made: Made) -> Callable[[Replica, Setting], tuple[Message, ...]]:
    """`outstanding` with each KEY made in another way."""

    def outstanding(replica: Replica, setting: Setting, /) -> tuple[Message, ...]:
        sent: list[Message] = []
        for message in RULES.outstanding(replica, setting):
            sent.extend(made(message, replica, setting) if isinstance(message, KeyInfo) else [message])
        return tuple(sent)

    return outstanding


def _unsealed(replica: Replica, message: Message, setting: Setting, surroundings: Surroundings = ALONE, /) -> Step:
    return unsealed(RULES.deliver(replica, message, setting, surroundings))


def _always(replica: Replica, message: Message, setting: Setting, surroundings: Surroundings = ALONE, /) -> Step:
    return unsealed(peer_always_wins(replica, message, setting, surroundings))


def _snapshot(message: KeyInfo, replica: Replica, setting: Setting) -> Iterable[KeyInfo]:
    named = {one.field for one in message.proposals}
    others = [
        Proposal(field=name, value=value, pseq=message.pseq, base_rev=replica.rev)
        for name, value in replica.values.items()
        if setting.catalogue.is_key(name) and name not in named
    ]
    return (evolve(message, proposals=[*message.proposals, *others]),)


def _newest(message: KeyInfo, replica: Replica, setting: Setting) -> Iterable[KeyInfo]:
    return (evolve(message, proposals=[one for one in message.proposals if one.pseq == message.pseq]),)


def _without_empty(message: KeyInfo, replica: Replica, setting: Setting) -> Iterable[KeyInfo]:
    return (evolve(message, proposals=[one for one in message.proposals if one.value is not None]),)


def _status_apart(message: KeyInfo, replica: Replica, setting: Setting) -> Iterable[KeyInfo]:
    unit = setting.catalogue.unit(STATUS)
    status = [one for one in message.proposals if setting.catalogue.unit(one.field) == unit]
    fields = [one for one in message.proposals if setting.catalogue.unit(one.field) != unit]
    if not status or not fields:
        return (message,)
    return evolve(message, proposals=fields), evolve(message, proposals=status)


PROPOSING: Final = (
    KnownBad(
        name="KEY_AS_SNAPSHOT",
        breaks="3.2, H4: only pending fields are proposals",
        hole="A field that nobody touched at the peer is refused against the owner's newer write and reported as lost.",
        why="The handbook says that the key information is sent, so all of it is sent.",
        scope=Reach(edits=2),
        rules=Rules(outstanding=key_made(_snapshot), deliver=_unsealed),
    ),
    KnownBad(
        name="KEY_AS_SNAPSHOT_WITHOUT_BASE",
        breaks="3.2, H3: each proposal says which revision its author had seen",
        hole="The peer's old value of a field that it never edited overwrites the owner's new one.",
        why="The source's words taken literally: key information arrives, key information is stored.",
        scope=Reach(edits=2),
        rules=Rules(outstanding=key_made(_snapshot), deliver=_always),
    ),
    KnownBad(
        name="KEY_OF_LAST_EDIT_ONLY",
        breaks="3.3 rule 3a: a KEY carries every pending edit",
        hole="The second KEY overtakes the first and raises ack: the first edit is never processed.",
        why="One edit, one message.",
        scope=Reach(edits=2),
        rules=Rules(outstanding=key_made(_newest)),
    ),
    KnownBad(
        name="EMPTY_NOT_PROPOSED",
        breaks="3.2: a proposal may take a value away",
        hole="The peer's removal of a value is acknowledged and never made; the value comes back.",
        why="Empty fields are left out of every other interface file.",
        scope=Reach(edits=2, needs=(Need.REMOVAL,)),
        rules=Rules(outstanding=key_made(_without_empty), deliver=_unsealed),
    ),
    KnownBad(
        name="STATUS_SENT_APART",
        breaks="A3, 3.3 rule 3a: the status travels in the same cumulative KEY",
        hole="Whichever of the two messages comes first raises ack, and the other one's edit is lost.",
        why="Deletion is a transaction of its own, so it has a message of its own.",
        scope=Reach(edits=2, needs=(Need.STATUS,)),
        rules=Rules(outstanding=key_made(_status_apart), deliver=_unsealed),
    ),
)
"""The mistakes of this module."""
