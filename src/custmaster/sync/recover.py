"""After a restore from backup, for a customer of the other's stock, and after the digests differed: ask where the other stands.

Edits that the restored system made after its backup and never delivered are lost, and a recovering system stays blocked for the customer
while its counterpart cannot be reached. Source: sync.md 3.6.
"""

from __future__ import annotations

from attrs import evolve

from custmaster.errors import CustmasterError
from custmaster.sync import making
from custmaster.sync.codes import ReportCode, SyncCode
from custmaster.sync.fields import NOTHING
from custmaster.sync.messages import Proposal, Resync, Snapshot
from custmaster.sync.options import Setting
from custmaster.sync.replica import ABSENT, Replica, Report, Step, Version, refused

__all__ = ["on_resync", "on_snapshot", "repair", "request", "resume"]


def resume(replica: Replica, incarnation: int) -> Replica:
    """The replica after its system was restored from a backup: it does nothing but ask, until the other system has answered.

    `incarnation` is the system's own count of its lives, kept outside the backup and above all that it ever used. Errors: CustmasterError
    when it is not above the replica's.
    """
    if incarnation <= replica.incarnation:
        raise CustmasterError("a restored system counts a new incarnation: keep the count outside the backup")
    return evolve(replica, incarnation=incarnation, recovering=True)


def request(replica: Replica) -> Replica:
    """A peer that never held a customer of the other's stock asks for it; one that lost it resumes as after a restore.

    Errors: CustmasterError for an owner, or when the customer is here.
    """
    if replica.owner or replica.present:
        raise CustmasterError("only a peer asks for a customer, and only for one that it does not hold")
    return evolve(replica, recovering=True)


def repair(replica: Replica, incarnation: int) -> Replica:
    """A peer whose copy has silently come to differ asks for the owner's; its own unanswered edits are kept.

    `incarnation` as for `resume`: without a new one, the late answer to an earlier question would be taken for the answer to this one.
    Nothing is given up before the owner has answered: should the owner be restored meanwhile, this copy may be the newer one.
    Errors: CustmasterError as `resume`, and for an owner, whose copy is the truth; an owner that lost its record resumes.
    """
    if replica.owner:
        raise CustmasterError("the owner's copy is the truth: repair the peer's")
    return resume(replica, incarnation)


def on_resync(replica: Replica, message: Resync, setting: Setting) -> Step:
    """Answer where this system stands; an incarnation not heard of before means that the other may have lost what it acknowledged."""
    theirs = message.incarnations[0]
    if theirs < replica.known:
        return refused(replica, SyncCode.OTHER_INCARNATION)
    made = replica if theirs == replica.known else evolve(replica, known=theirs, peer_has=None)
    return Step(replica=made, replies=(making.snapshot(made, setting),))


def on_snapshot(replica: Replica, message: Snapshot, setting: Setting) -> Step:
    """Go on from the newer of the two states; what has become doubtful is reported."""
    theirs, mine = message.incarnations
    if mine != replica.incarnation or theirs < replica.known:
        return refused(replica, SyncCode.OTHER_INCARNATION)
    if not replica.recovering:
        return Step(replica=replica)
    if not all(map(setting.catalogue.knows, message.values.names)):
        return refused(replica, SyncCode.UNKNOWN_FIELD)
    owner = not message.owner if message.epoch >= replica.epoch else replica.owner
    here = evolve(replica, known=theirs, owner=owner, recovering=False)
    step = _adopted(here, message, setting) if _is_better(message, replica) else _kept(here, replica, message)
    answered = step.replica.present and not step.replica.owner
    replies = (making.ack(step.replica, setting),) if answered else ()
    return Step(replica=step.replica, replies=replies, reports=step.reports)


def _is_better(message: Snapshot, replica: Replica) -> bool:
    """A newer state is; and of the same version the owner's, since a peer's copy may have come to differ."""
    theirs = _version(message)
    says_it = message.present and message.owner and not replica.owner
    return theirs > replica.version or (says_it and theirs == replica.version)


def _version(message: Snapshot) -> Version:
    return (message.epoch, message.rev, message.ack) if message.present else ABSENT


def _kept(here: Replica, before: Replica, message: Snapshot) -> Step:
    has = (message.rev, message.ack) if message.present and message.epoch == before.epoch else None
    return Step(replica=evolve(here, peer_has=has if here.owner else None))


def _adopted(here: Replica, message: Snapshot, setting: Setting) -> Step:
    goes_on = message.epoch == here.epoch and not here.owner
    waiting = tuple(one for one in here.pending if one.pseq > message.ack) if goes_on else ()
    catalogue = setting.catalogue
    held = frozenset(name for one in waiting for name in catalogue.members(catalogue.unit(one.field)))
    own_creation = any(one.base_rev == 0 for one in waiting)
    made = evolve(
        here,
        present=True,
        epoch=message.epoch,
        creation_id=here.creation_id if own_creation else message.creation_id,
        values=here.values.taking(message.values, held),
        base=NOTHING if here.owner else message.values,
        rev=message.rev,
        ack=message.ack,
        stamps=message.stamps,
        peer_has=(message.rev, message.ack) if here.owner else None,
        pending=waiting,
        pseq=max(here.pseq, message.ack) if goes_on else message.ack,
        handoff=None,
        seal=None,
    )
    lost = () if goes_on else tuple(_uncertain(here, one) for one in here.pending)
    return Step(replica=made, reports=lost)


def _uncertain(replica: Replica, edit: Proposal) -> Report:
    return Report(
        code=ReportCode.UNCERTAIN_AFTER_RESTORE,
        number=replica.number,
        system=replica.system,
        epoch=replica.epoch,
        pseq=edit.pseq,
        field=edit.field,
    )
