"""What a system still owes the other about one customer, derived from what it holds: there is no outbox that could be lost."""

from __future__ import annotations

from collections.abc import Iterator

from custmaster.sync import making
from custmaster.sync.messages import Message
from custmaster.sync.options import Setting
from custmaster.sync.replica import Replica

__all__ = ["outstanding"]


def outstanding(replica: Replica, setting: Setting) -> tuple[Message, ...]:
    """The messages that the other system has not confirmed; to send them again is harmless, to send none ends nothing.

    A recovering system owes RESYNC alone; an owner FULL while the peer has another version; a peer the HANDOFF that is not confirmed,
    and KEY while an edit is not answered. Source: sync.md 3.3, rule 3a.
    """
    return tuple(_owed(replica, setting))


def _owed(replica: Replica, setting: Setting) -> Iterator[Message]:
    if replica.recovering:
        yield making.resync(replica, setting)
        return
    if replica.owner:
        if replica.present and replica.peer_has != (replica.rev, replica.ack):
            yield making.full(replica, setting)
        return
    if replica.handoff is not None:
        yield making.resend(replica.handoff, replica, setting)
    if replica.present and replica.pseq > replica.ack:
        yield making.key_info(replica, setting)
