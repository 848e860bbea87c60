"""How a violation came about: one step after the other, as values that a chart or a test can read."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from custmaster.sync.messages import Ack, Full, Handoff, KeyInfo, Message, Resync, Snapshot

__all__ = ["Event", "Invariant", "TraceStep", "Violation", "label"]


class Invariant(StrEnum):
    """What must hold: the names of sync.md 3.4, and those added here. `RAISED` is no law: the rules raised an exception."""

    S1 = "S1"
    S2 = "S2"
    S3 = "S3"
    S4 = "S4"
    S5 = "S5"
    S6 = "S6"
    S7 = "S7"
    S8 = "S8"
    S9 = "S9"
    S10 = "S10"
    S11 = "S11"
    S12 = "S12"
    L1 = "L1"
    L2 = "L2"
    L3 = "L3"
    L4 = "L4"
    L5 = "L5"
    GROUP = "GROUP"
    EDIT = "EDIT"
    UNTOUCHED = "UNTOUCHED"
    MERGE = "MERGE"
    COST = "COST"
    RAISED = "RAISED"


class Event(StrEnum):
    """What happened."""

    EDIT = "EDIT"
    SEND = "SEND"
    ARRIVE = "ARRIVE"
    LOSE = "LOSE"
    REPORT = "REPORT"
    HAND_OVER = "HAND_OVER"
    BACKUP = "BACKUP"
    RESTORE = "RESTORE"
    REPAIR = "REPAIR"
    REQUEST = "REQUEST"
    UPGRADE = "UPGRADE"
    CRASH = "CRASH"
    CALM = "CALM"


@frozen(kw_only=True)
class TraceStep:
    """One thing that happened at `system` to the customer `number`; no value of the customer stands in it.

    `message` names a message by kind and counters; `again`, that it had arrived before.
    """

    event: Event
    system: str
    number: str = ""
    what: str = ""
    message: str = ""
    again: bool = False


@frozen(kw_only=True)
class Violation:
    """An invariant that does not hold, the sentence that does not, and how it came about."""

    invariant: Invariant
    sentence: str
    trace: tuple[TraceStep, ...]


def label(message: Message) -> str:
    """The message by its kind and counters, such as `FULL e0 r2 a1`; fields by name, never a value.

    >>> from custmaster.sync.messages import Ack
    >>> label(Ack(number="6", sender="EUSP", receiver="BP", catalogue="", incarnations=(0, 1), epoch=0, rev=2, ack=1))
    'ACK e0 r2 a1 i0.1'
    """
    lives = "" if message.incarnations == (0, 0) else " i{}.{}".format(*message.incarnations)
    match message:
        case KeyInfo():
            edits = ", ".join(f"{one.field} p{one.pseq} b{one.base_rev}" for one in message.proposals)
            return f"KEY e{message.epoch} p{message.pseq} ({edits}){lives}"
        case Full():
            return f"FULL e{message.epoch} r{message.rev} a{message.ack}{lives}"
        case Ack():
            return f"ACK e{message.epoch} r{message.rev} a{message.ack}{lives}"
        case Handoff():
            return f"HANDOFF e{message.epoch} r{message.rev} a{message.ack}{lives}"
        case Resync():
            return f"RESYNC e{message.epoch}{lives}"
        case Snapshot():
            role = "owner" if message.owner else "peer"
            return f"SNAP e{message.epoch} r{message.rev} a{message.ack} of the {role}{lives}"
