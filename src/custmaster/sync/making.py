"""The messages that a replica sends, made from what it holds."""

from __future__ import annotations

from attrs import evolve

from custmaster.sync.messages import Ack, Full, Handoff, KeyInfo, Resync, Snapshot
from custmaster.sync.options import Setting
from custmaster.sync.replica import Replica

__all__ = ["ack", "full", "handoff", "key_info", "resend", "resync", "snapshot"]


def key_info(replica: Replica, setting: Setting) -> KeyInfo:
    """Every pending key edit of a peer."""
    return KeyInfo(
        number=replica.number,
        sender=replica.system,
        receiver=replica.other,
        catalogue=setting.catalogue.fingerprint,
        incarnations=(replica.incarnation, replica.known),
        epoch=replica.epoch,
        pseq=replica.pseq,
        seen=replica.rev,
        proposals=replica.pending,
        creation_id=replica.creation_id,
    )


def full(replica: Replica, setting: Setting) -> Full:
    """All shared fields of the owner."""
    return Full(
        number=replica.number,
        sender=replica.system,
        receiver=replica.other,
        catalogue=setting.catalogue.fingerprint,
        incarnations=(replica.incarnation, replica.known),
        epoch=replica.epoch,
        rev=replica.rev,
        ack=replica.ack,
        values=replica.values,
        stamps=replica.stamps,
        creation_id=replica.creation_id,
    )


def ack(replica: Replica, setting: Setting) -> Ack:
    """How far the sender has come."""
    return Ack(
        number=replica.number,
        sender=replica.system,
        receiver=replica.other,
        catalogue=setting.catalogue.fingerprint,
        incarnations=(replica.incarnation, replica.known),
        epoch=replica.epoch,
        rev=replica.rev,
        ack=replica.ack,
    )


def handoff(replica: Replica, setting: Setting) -> Handoff:
    """The ownership, with the values as they stand now: the owner makes it once and keeps it."""
    return Handoff(
        number=replica.number,
        sender=replica.system,
        receiver=replica.other,
        catalogue=setting.catalogue.fingerprint,
        incarnations=(replica.incarnation, replica.known),
        epoch=replica.epoch + 1,
        rev=replica.rev,
        ack=replica.ack,
        values=replica.values,
        stamps=replica.stamps,
        creation_id=replica.creation_id,
    )


def resend(kept: Handoff, replica: Replica, setting: Setting) -> Handoff:
    """The kept handoff, its payload as it was, under the incarnations of today."""
    return evolve(kept, catalogue=setting.catalogue.fingerprint, incarnations=(replica.incarnation, replica.known))


def resync(replica: Replica, setting: Setting) -> Resync:
    """The question where the other system stands."""
    return Resync(
        number=replica.number,
        sender=replica.system,
        receiver=replica.other,
        catalogue=setting.catalogue.fingerprint,
        incarnations=(replica.incarnation, replica.known),
        epoch=replica.epoch,
    )


def snapshot(replica: Replica, setting: Setting) -> Snapshot:
    """Where the sender stands: a peer tells what it last had from the owner, never its own unanswered edits."""
    return Snapshot(
        number=replica.number,
        sender=replica.system,
        receiver=replica.other,
        catalogue=setting.catalogue.fingerprint,
        incarnations=(replica.incarnation, replica.known),
        epoch=replica.epoch,
        owner=replica.owner,
        present=replica.present,
        rev=replica.rev,
        ack=replica.ack,
        values=replica.values if replica.owner else replica.base,
        stamps=replica.stamps,
        creation_id=replica.creation_id,
    )
