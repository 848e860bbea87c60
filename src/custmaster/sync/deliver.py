"""A message arrives: what becomes of the replica, what is answered, what is reported; or why nothing is done."""

from __future__ import annotations

from hashlib import blake2b
from typing import assert_never

from attrs import evolve

from custmaster.sync import making
from custmaster.sync.catalogue import Share
from custmaster.sync.codes import SyncCode
from custmaster.sync.handing import on_handoff
from custmaster.sync.messages import Ack, Full, Handoff, KeyInfo, Message, Proposal, Resync, Snapshot
from custmaster.sync.options import ForeignCreation, Setting
from custmaster.sync.recover import on_resync, on_snapshot
from custmaster.sync.replica import Replica, Step, refused
from custmaster.sync.weigh import ALONE, Surroundings, Weighing, weigh

__all__ = ["deliver"]


def deliver(replica: Replica, message: Message, setting: Setting, surroundings: Surroundings = ALONE) -> Step:
    """Take one message into the replica of its receiver; a second time it changes nothing and reports nothing.

    The replica is unchanged when the message is refused (`Step.refused`), or parked since the two catalogues differ (`Step.parked`): the
    host keeps it in a Parking and tries again. `surroundings` matter to proposals of a merge alone. Source: sync.md 3.3, 3.6.
    """
    problem = _not_for(replica, message)
    if problem is not None:
        return refused(replica, problem)
    if message.catalogue != setting.catalogue.fingerprint:
        return Step(replica=replica, parked=SyncCode.OTHER_CATALOGUE)
    match message:
        case Resync():
            return on_resync(replica, message, setting)
        case Snapshot():
            return on_snapshot(replica, message, setting)
        case _:
            return _ordinary(replica, message, setting, surroundings)


def _not_for(replica: Replica, message: Message) -> SyncCode | None:
    if message.receiver != replica.system or message.sender != replica.other:
        return SyncCode.WRONG_SYSTEM
    return None if message.number == replica.number else SyncCode.WRONG_CUSTOMER


def _ordinary(
    replica: Replica, message: KeyInfo | Full | Ack | Handoff, setting: Setting, surroundings: Surroundings
) -> Step:
    if replica.recovering:
        return refused(replica, SyncCode.RECOVERING)
    theirs, mine = message.incarnations
    if mine != replica.incarnation or (theirs != replica.known and not _first_heard(replica, theirs)):
        return refused(replica, SyncCode.OTHER_INCARNATION)
    here = replica if theirs == replica.known else evolve(replica, known=theirs)
    match message:
        case KeyInfo():
            step = _on_key(here, message, setting, surroundings)
        case Full():
            step = _on_full(here, message, setting)
        case Ack():
            step = _on_ack(here, message)
        case Handoff():
            step = on_handoff(here, message, setting, surroundings)
        case _:
            assert_never(message)
    return step if step.refused is None else refused(replica, step.refused)


def _first_heard(replica: Replica, theirs: int) -> bool:
    """A customer that is not here yet holds nothing that a restore of the other system could contradict."""
    return not replica.present and theirs > replica.known


def _on_key(replica: Replica, message: KeyInfo, setting: Setting, surroundings: Surroundings) -> Step:
    if message.epoch != replica.epoch or not replica.owner:
        return _not_owner_of(replica, message, setting)
    problem = _unsound(replica, message, setting)
    if problem is not None:
        return refused(replica, problem)
    if replica.present and message.pseq <= replica.ack:
        return Step(replica=replica, replies=(making.full(replica, setting),))
    return _processed(replica, message, setting, surroundings)


def _not_owner_of(replica: Replica, message: KeyInfo, setting: Setting) -> Step:
    if message.epoch == replica.epoch:
        return refused(replica, SyncCode.NOT_THE_OWNER)
    if replica.handoff is not None and message.epoch < replica.epoch:
        return Step(replica=replica, replies=(making.resend(replica.handoff, replica, setting),))
    return refused(replica, SyncCode.OTHER_EPOCH)


def _unsound(replica: Replica, message: KeyInfo, setting: Setting) -> SyncCode | None:
    for one in message.proposals:
        problem = _unsound_proposal(one, message, setting)
        if problem is not None:
            return problem
    if not replica.present:
        return _no_proposed_creation(message, setting)
    if message.seen > replica.rev or any(one.base_rev > replica.rev for one in message.proposals):
        return SyncCode.PEER_AHEAD
    repeated = message.pseq == replica.ack and replica.seal is not None and replica.seal != _seal(message)
    return SyncCode.REPEATED_WITH_OTHER_CONTENT if repeated else None


def _unsound_proposal(one: Proposal, message: KeyInfo, setting: Setting) -> SyncCode | None:
    row = setting.catalogue.row(one.field)
    if row is None:
        return SyncCode.UNKNOWN_FIELD
    if row.share is not Share.KEY:
        return SyncCode.NOT_A_KEY_FIELD
    return None if 0 < one.pseq <= message.pseq and one.base_rev >= 0 else SyncCode.MALFORMED


def _no_proposed_creation(message: KeyInfo, setting: Setting) -> SyncCode | None:
    if message.seen > 0 or message.creation_id is None:
        return SyncCode.NOT_PRESENT  # the peer has had this customer from here: a restore without `resume`
    if setting.options.foreign_creation is ForeignCreation.REJECT:
        return SyncCode.FOREIGN_CREATION
    return None


def _processed(replica: Replica, message: KeyInfo, setting: Setting, surroundings: Surroundings) -> Step:
    weighed = weigh(
        (one for one in message.proposals if one.pseq > replica.ack),
        Weighing(
            number=replica.number,
            peer=message.sender,
            owner=replica.system,
            epoch=replica.epoch,
            values=replica.values,
            stamps=replica.stamps,
            collides=replica.present and message.creation_id != replica.creation_id,
            setting=setting,
            surroundings=surroundings,
        ),
    )
    made = evolve(
        replica,
        present=True,
        creation_id=replica.creation_id if replica.present else message.creation_id,
        rev=replica.rev if replica.present else 1,
        values=weighed.values,
        ack=message.pseq,
        seal=_seal(message),
    )
    return Step(replica=made, replies=(making.full(made, setting),), reports=weighed.reports)


def _seal(message: KeyInfo) -> str:
    """A digest of the newest edit of a KEY, which every KEY with the same number carries alike."""
    newest = [_said(one) for one in message.proposals if one.pseq == message.pseq]
    return blake2b("\x1e".join(newest).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _said(one: Proposal) -> str:
    return f"{one.field}\x1f{one.base_rev}\x1f{'-' if one.value is None else '+' + one.value}"


def _on_full(replica: Replica, message: Full, setting: Setting) -> Step:
    if message.epoch != replica.epoch:
        return refused(replica, SyncCode.OTHER_EPOCH)
    if replica.owner:
        return refused(replica, SyncCode.FROM_NON_OWNER)
    if not all(map(setting.catalogue.knows, message.values.names)):
        return refused(replica, SyncCode.UNKNOWN_FIELD)
    theirs = (message.epoch, message.rev, message.ack)
    if theirs == replica.version and message.values != replica.base:
        return refused(replica, SyncCode.REPEATED_WITH_OTHER_CONTENT)
    if replica.present and message.ack > replica.pseq:
        return refused(replica, SyncCode.MALFORMED)
    closed = replica if replica.handoff is None else evolve(replica, handoff=None)
    made = closed if theirs <= replica.version else adopted(closed, message, setting)
    return Step(replica=made, replies=(making.ack(made, setting),))


def adopted(replica: Replica, message: Full, setting: Setting) -> Replica:
    """The peer takes what the owner says, but for the units with an edit that the owner has not answered."""
    catalogue = setting.catalogue
    waiting = tuple(one for one in replica.pending if one.pseq > message.ack)
    held = frozenset(name for one in waiting for name in catalogue.members(catalogue.unit(one.field)))
    own_creation = any(one.base_rev == 0 for one in waiting)
    return evolve(
        replica,
        present=True,
        creation_id=replica.creation_id if own_creation else message.creation_id,
        values=replica.values.taking(message.values, held),
        base=message.values,
        rev=message.rev,
        ack=message.ack,
        stamps=message.stamps,
        pending=waiting,
        pseq=max(replica.pseq, message.ack),
    )


def _on_ack(replica: Replica, message: Ack) -> Step:
    if message.epoch != replica.epoch:
        return refused(replica, SyncCode.OTHER_EPOCH)
    if not replica.owner:
        return Step(replica=replica if replica.handoff is None else evolve(replica, handoff=None))
    arrived = (message.rev, message.ack)
    if (message.epoch, *arrived) > replica.version:
        return refused(replica, SyncCode.PEER_AHEAD)
    if replica.peer_has is not None and arrived <= replica.peer_has:
        return Step(replica=replica)
    return Step(replica=evolve(replica, peer_has=arrived))
