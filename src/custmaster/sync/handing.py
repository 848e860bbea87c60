"""The ownership of one customer goes to the other system, by the owner's own deed and with the next epoch (sync.md A7, 3.3 rule 7)."""

from __future__ import annotations

from attrs import evolve

from custmaster.sync import making
from custmaster.sync.codes import SyncCode
from custmaster.sync.fields import NOTHING
from custmaster.sync.messages import Handoff
from custmaster.sync.options import Setting
from custmaster.sync.replica import Replica, Step, refused, stamped
from custmaster.sync.weigh import Surroundings, Weighed, Weighing, weigh

__all__ = ["hand_over", "on_handoff"]


def hand_over(replica: Replica, setting: Setting) -> Step:
    """The owner gives the customer to the other system; from now on it is the peer, and owes the handoff until it is confirmed.

    Refused: RECOVERING, NOT_PRESENT, NOT_THE_OWNER. Source: sync.md A7.
    """
    if replica.recovering:
        return refused(replica, SyncCode.RECOVERING)
    if not replica.present:
        return refused(replica, SyncCode.NOT_PRESENT)
    if not replica.owner:
        return refused(replica, SyncCode.NOT_THE_OWNER)
    given = making.handoff(replica, setting)
    made = evolve(
        replica,
        epoch=given.epoch,
        owner=False,
        handoff=given,
        base=replica.values,
        pending=(),
        pseq=replica.ack,
        peer_has=None,
        seal=None,
    )
    return Step(replica=made, replies=())


def on_handoff(replica: Replica, message: Handoff, setting: Setting, surroundings: Surroundings) -> Step:
    """The ownership arrives: the payload is taken whole, and the own pending edits are weighed against it."""
    if message.epoch < replica.epoch:
        return refused(replica, SyncCode.OTHER_EPOCH)
    if replica.owner != (message.epoch == replica.epoch):
        return refused(replica, SyncCode.FROM_NON_OWNER)
    if not all(map(setting.catalogue.knows, message.values.names)):
        return refused(replica, SyncCode.UNKNOWN_FIELD)
    if message.epoch == replica.epoch:
        risen = replica.version > (message.epoch, message.rev, message.ack)
        answer = making.full(replica, setting) if risen else making.ack(replica, setting)
        return Step(replica=replica, replies=(answer,))
    return _taken(replica, message, setting, surroundings)


def _taken(replica: Replica, message: Handoff, setting: Setting, surroundings: Surroundings) -> Step:
    weighed = _weighed(replica, message, setting, surroundings)
    rev = message.rev + bool(weighed.units)
    made = evolve(
        replica,
        owner=True,
        epoch=message.epoch,
        present=True,
        creation_id=message.creation_id,
        values=weighed.values,
        base=NOTHING,
        rev=rev,
        ack=message.ack,
        stamps=stamped(message.stamps, weighed.units, rev),
        peer_has=(message.rev, message.ack),
        pseq=message.ack,
        pending=(),
        handoff=None,
        seal=None,
    )
    answer = making.full(made, setting) if rev > message.rev else making.ack(made, setting)
    return Step(replica=made, replies=(answer,), reports=weighed.reports)


def _weighed(replica: Replica, message: Handoff, setting: Setting, surroundings: Surroundings) -> Weighed:
    return weigh(
        (one for one in replica.pending if one.pseq > message.ack),
        Weighing(
            number=replica.number,
            peer=replica.system,
            owner=message.sender,
            epoch=replica.epoch,
            values=message.values,
            stamps=message.stamps,
            collides=replica.present and replica.creation_id != message.creation_id,
            setting=setting,
            surroundings=surroundings,
        ),
    )
