"""What a message says about its sender, held against what was seen of that sender."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from custmaster.sync import RANK, Ack, Catalogue, Full, Handoff, KeyInfo, Message, Resync, Snapshot
from custmaster.testing._sync_ghost import Content, Side

__all__ = ["carried_by", "outranked", "unsound"]


def carried_by(side: Side, message: Message) -> Content:
    """What the message carries, by what its sender holds."""
    match message:
        case KeyInfo():
            return Content({}, {name: write for name, (_, write) in side.pending.items()}, {})
        case Handoff():
            return side.handed or side.content
        case Snapshot():
            return side.content if side.owner else side.base
        case _:
            return side.content


def unsound(side: Side, message: Message, catalogue: Catalogue) -> str | None:
    """What is wrong with a message that this side sends; None when nothing is."""
    if message.catalogue != catalogue.fingerprint:
        return "it bears another catalogue's fingerprint"
    if side.recovering and not isinstance(message, Resync | Snapshot):
        return "a restored system sends RESYNC alone until it has been answered"
    return _CHECKS[type(message)](side, message, catalogue)


def _key(side: Side, message: KeyInfo, catalogue: Catalogue) -> str | None:
    if side.owner or message.epoch != side.epoch:
        return "only the peer of the current epoch sends KEY"
    others = [one.field for one in message.proposals if not catalogue.is_key(one.field)]
    if others:
        return f"KEY carries {', '.join(others)}, which is not KEY"
    told = {one.field: (one.pseq, one.value) for one in message.proposals}
    pending = {n: (pseq, side.content.values.get(n)) for n, (pseq, _) in side.pending.items()}
    wrong = sorted(name for name in {*told, *pending} if told.get(name) != pending.get(name))
    if wrong:
        return f"KEY does not carry exactly the edits that are not answered: {', '.join(wrong)}"
    if message.pseq != side.pseq:
        return "KEY does not count the edits: every edit of the peer has a number of its own"
    return None if message.creation_id == side.creation else "KEY names another creation"


def _full(side: Side, message: Full, catalogue: Catalogue) -> str | None:
    if not side.owner or message.epoch != side.epoch or not side.present:
        return "only the owner of the current epoch sends FULL"
    if dict(message.values.items()) != side.content.values:
        return "FULL is not the owner's record"
    if (message.rev, message.ack) != (side.rev, side.ack):
        return "FULL bears another version than the owner's edits and the peer's processed edits give"
    return None


def _handoff(side: Side, message: Handoff, catalogue: Catalogue) -> str | None:
    if side.owner or side.handed is None or message.epoch != side.epoch:
        return "HANDOFF without a hand-over that is open"
    return (
        None
        if dict(message.values.items()) == side.handed.values
        else "HANDOFF is not the record as it was handed over"
    )


def _snapshot(side: Side, message: Snapshot, catalogue: Catalogue) -> str | None:
    if (message.owner, message.present, message.epoch) != (side.owner, side.present, side.epoch):
        return "SNAP tells another role or epoch than its sender has"
    held = side.content if side.owner else side.base
    return None if dict(message.values.items()) == held.values else "SNAP tells more than its sender knows for sure"


def _ack(side: Side, message: Ack, catalogue: Catalogue) -> str | None:
    stands = (side.epoch, side.rev, side.ack)
    return None if (message.epoch, message.rev, message.ack) == stands else "ACK confirms what is not there"


def _resync(side: Side, message: Resync, catalogue: Catalogue) -> str | None:
    return None if side.recovering else "RESYNC without a restore"


_CHECKS: Final[Mapping[type[Message], Callable[[Side, Any, Catalogue], str | None]]] = {
    KeyInfo: _key,
    Full: _full,
    Ack: _ack,
    Handoff: _handoff,
    Resync: _resync,
    Snapshot: _snapshot,
}


def outranked(message: Message | None, reply: Message) -> bool:
    """Whether the reply may follow: it ranks below its message, or it is the HANDOFF after a KEY of an old epoch."""
    if message is None:
        return False
    late = isinstance(message, KeyInfo) and isinstance(reply, Handoff) and message.epoch < reply.epoch
    return late or RANK[type(reply)] < RANK[type(message)]
