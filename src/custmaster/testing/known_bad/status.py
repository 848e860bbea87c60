"""Mistakes about deletion and reactivation (注销与激活): a status changed in passing, or against one that its author had not seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import evolve

from custmaster.customer.kinds import Status
from custmaster.sync.messages import Full, KeyInfo, Proposal
from custmaster.sync.options import Setting
from custmaster.sync.replica import Replica, Step
from custmaster.sync.rules import RULES, Rules
from custmaster.sync.weigh import STATUS, Surroundings
from custmaster.testing.known_bad._kinds import KnownBad, Need, Reach
from custmaster.testing.known_bad._parts import Deliver, anew, idle, on
from custmaster.testing.known_bad.peer import newer

__all__ = ["STATUSES"]


def _edit_reactivates(replica: Replica, changes: Mapping[str, str | None], setting: Setting, /) -> Step:
    step = RULES.edit(replica, changes, setting)
    if step.refused is not None or step.replica is replica or step.replica.values.get(STATUS) != Status.DELETED:
        return step
    woken = RULES.set_status(step.replica, Status.ACTIVE.value, setting)
    return evolve(woken, reports=(*step.reports, *woken.reports))


def _status_wins(status: Status) -> Deliver:
    """The peer's proposal of this status is taken as one whose author had seen everything."""

    def seen(proposal: Proposal, replica: Replica) -> Proposal:
        wins = proposal.field == STATUS and proposal.value == status
        return evolve(proposal, base_rev=replica.rev) if wins else proposal

    @on(KeyInfo)
    def deliver(replica: Replica, message: KeyInfo, setting: Setting, surroundings: Surroundings) -> Step:
        proposals = tuple(seen(one, replica) for one in message.proposals)
        if message.pseq <= replica.ack or proposals == message.proposals:
            return RULES.deliver(replica, message, setting, surroundings)
        step = RULES.deliver(replica, evolve(message, proposals=proposals), setting, surroundings)
        return step if idle(step) else anew(step, evolve(step.replica, seal=None), setting)

    return deliver


@on(Full)
def _status_not_held(replica: Replica, message: Full, setting: Setting, surroundings: Surroundings) -> Step:
    if not newer(message, replica):
        return RULES.deliver(replica, message, setting, surroundings)
    fields = tuple(
        one for one in replica.pending if setting.catalogue.unit(one.field) != setting.catalogue.unit(STATUS)
    )
    step = RULES.deliver(evolve(replica, pending=fields), message, setting, surroundings)
    return evolve(step, replica=replica) if idle(step) else step


STATUSES: Final = (
    KnownBad(
        name="EDIT_REACTIVATES",
        breaks="A3: a field edit never changes the status",
        hole="A correction of a deleted customer's address brings the customer back to life at both systems.",
        why="Whoever edits a customer means it to be there; the old screen saved the whole record as active.",
        scope=Reach(edits=2, needs=(Need.STATUS,)),
        rules=Rules(edit=_edit_reactivates),
    ),
    KnownBad(
        name="ACTIVATE_UNDOES_UNSEEN_DELETE",
        breaks="A3, S12: a reactivation whose author had not seen the deletion loses",
        hole="The owner deletes, the peer reactivates what it had deleted itself: the owner's deletion is gone.",
        why="A reactivation is a decision of its own, with its own approval: it needs no comparison with the base.",
        scope=Reach(edits=3, needs=(Need.STATUS,)),
        rules=Rules(deliver=_status_wins(Status.ACTIVE)),
    ),
    KnownBad(
        name="DELETE_ALWAYS_WINS",
        breaks="A3: by default a stale deletion loses as every other stale edit; and where it wins it is reported",
        hole="The owner's reactivation is undone by a deletion whose author had not seen it, and nobody is told.",
        why="Deletion is final, so it wins.",
        scope=Reach(edits=3, needs=(Need.STATUS,)),
        rules=Rules(deliver=_status_wins(Status.DELETED)),
    ),
    KnownBad(
        name="STATUS_NOT_HELD",
        breaks="A3, 3.3 rule 4, H7: the status is one more key field and is held while its edit is pending",
        hole="A FULL of another edit takes the peer's deletion away before it was ever sent.",
        why="The list of held fields is written by hand, and the status is handled elsewhere.",
        scope=Reach(edits=2, needs=(Need.STATUS,)),
        rules=Rules(deliver=_status_not_held),
    ),
)
"""The mistakes of this module."""
