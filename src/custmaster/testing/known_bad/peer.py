"""Mistakes of the peer: what it takes of a FULL, what it keeps pending, and upon which revision it says that an edit was made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from attrs import evolve

from custmaster.sync.messages import Full
from custmaster.sync.options import Setting
from custmaster.sync.replica import Replica, Step
from custmaster.sync.rules import RULES, Rules
from custmaster.sync.weigh import Surroundings
from custmaster.testing.known_bad._kinds import KnownBad, Need, Reach
from custmaster.testing.known_bad._parts import anew, idle, on

__all__ = ["PEER", "Changes", "Write", "edits", "newer"]

Changes = Mapping[str, str | None]
Write = Callable[[Replica, Replica], Replica]
"""The replica before and after a user's edit; and what a variant makes of it."""


def newer(message: Full, replica: Replica) -> bool:
    """Whether the message tells a peer something new."""
    return (message.epoch, message.rev, message.ack) > replica.version


def _regressing(replica: Replica, message: Full, setting: Setting, surroundings: Surroundings) -> Step:
    """A FULL taken whatever was taken before: the rules take it for the first."""
    current = message.epoch == replica.epoch and not replica.owner and replica.present
    forgetful = evolve(replica, present=False) if current else replica
    step = RULES.deliver(forgetful, message, setting, surroundings)
    return evolve(step, replica=replica) if idle(step) else step


@on(Full)
def _stale_full(replica: Replica, message: Full, setting: Setting, surroundings: Surroundings) -> Step:
    return _regressing(replica, message, setting, surroundings)


@on(Full)
def _stale_by_rev(replica: Replica, message: Full, setting: Setting, surroundings: Surroundings) -> Step:
    if message.rev < replica.rev:
        return RULES.deliver(replica, message, setting, surroundings)
    return _regressing(replica, message, setting, surroundings)


@on(Full)
def _clobbering(replica: Replica, message: Full, setting: Setting, surroundings: Surroundings) -> Step:
    careless = evolve(replica, pending=()) if newer(message, replica) else replica
    step = RULES.deliver(careless, message, setting, surroundings)
    return evolve(step, replica=replica) if idle(step) else step


@on(Full)
def _waiting_for_echo(replica: Replica, message: Full, setting: Setting, surroundings: Surroundings) -> Step:
    if not newer(message, replica):
        return RULES.deliver(replica, message, setting, surroundings)
    late = message.ack + 1
    awaited = {
        one.field: one
        for one in replica.pending
        if one.pseq <= message.ack and message.values.get(one.field) != one.value
    }
    held = tuple(evolve(one, pseq=late) if one.field in awaited else one for one in replica.pending)
    step = RULES.deliver(evolve(replica, pending=held), message, setting, surroundings)
    if idle(step):
        return evolve(step, replica=replica)
    return evolve(step, replica=evolve(step.replica, pending=[awaited.get(p.field, p) for p in step.replica.pending]))


@on(Full)
def _laid_over(replica: Replica, message: Full, setting: Setting, surroundings: Surroundings) -> Step:
    step = RULES.deliver(replica, message, setting, surroundings)
    if idle(step) or not newer(message, replica):
        return step
    values = replica.values.changed(dict(step.replica.values.items()))
    return evolve(step, replica=evolve(step.replica, values=values))


@on(Full)
def _base_kept(replica: Replica, message: Full, setting: Setting, surroundings: Surroundings) -> Step:
    if not replica.present or replica.owner:
        return RULES.deliver(replica, message, setting, surroundings)
    same = (message.epoch, message.rev, message.ack) == replica.version
    step = RULES.deliver(evolve(replica, base=message.values) if same else replica, message, setting, surroundings)
    return evolve(step, replica=evolve(step.replica, base=replica.base))


def edits(write: Write) -> Rules:
    """Rules by which a peer's edits are written down in another way."""

    def edit(replica: Replica, changes: Changes, setting: Setting, /) -> Step:
        return _rewritten(replica, RULES.edit(replica, changes, setting), write)

    def set_status(replica: Replica, status: str, setting: Setting, /, *, merged_into: str | None = None) -> Step:
        return _rewritten(replica, RULES.set_status(replica, status, setting, merged_into=merged_into), write)

    return Rules(edit=edit, set_status=set_status)


def _rewritten(replica: Replica, step: Step, write: Write) -> Step:
    edited = step.refused is None and not replica.owner and step.replica.pseq > replica.pseq
    return evolve(step, replica=write(replica, step.replica)) if edited else step


def _on_new_base(before: Replica, after: Replica) -> Replica:
    return evolve(after, pending=[evolve(p, base_rev=after.rev) if p.pseq == after.pseq else p for p in after.pending])


def _under_old_number(before: Replica, after: Replica) -> Replica:
    first = {one.field: one.pseq for one in before.pending}
    return evolve(after, pending=[evolve(p, pseq=first.get(p.field, p.pseq)) for p in after.pending])


def _undo_forgotten(before: Replica, after: Replica) -> Replica:
    return evolve(after, pending=[one for one in after.pending if after.base.get(one.field) != one.value])


@on(Full)
def _full_refreshes_base(replica: Replica, message: Full, setting: Setting, surroundings: Surroundings) -> Step:
    step = RULES.deliver(replica, message, setting, surroundings)
    if idle(step) or not newer(message, replica):
        return step
    seen = tuple(evolve(one, base_rev=message.rev) for one in step.replica.pending)
    return anew(step, evolve(step.replica, pending=seen), setting)


PEER: Final = (
    KnownBad(
        name="STALE_FULL_APPLIED",
        breaks="3.3 rule 4, H2: a FULL that is not newer is acknowledged and no more",
        hole="A FULL that was overtaken puts the old values back, and the owner believes that the new ones are there.",
        why="The owner is right, so what it sends is taken.",
        scope=Reach(edits=2),
        rules=Rules(deliver=_stale_full),
    ),
    KnownBad(
        name="STALE_BY_REV_ALONE",
        breaks="3.3 rule 4, 3.1: versions compare as (epoch, rev, ack)",
        hole="A FULL from before the peer's own edit was processed has the same rev: it takes the edit back.",
        why="The revision is the version; ack looks like bookkeeping of the transport.",
        scope=Reach(edits=2),
        rules=Rules(deliver=_stale_by_rev),
    ),
    KnownBad(
        name="FULL_CLOBBERS_PENDING",
        breaks="3.3 rule 4, H7: key fields with an unanswered edit are kept",
        hole="An owner's edit of another field wipes out the peer's edit that was still on its way: it is silently lost.",
        why="FULL means all fields.",
        scope=Reach(edits=2),
        rules=Rules(deliver=_clobbering),
    ),
    KnownBad(
        name="PENDING_WAITS_FOR_ECHO",
        breaks="3.3 rule 4: what is pending ends with ack, whatever the value",
        hole="An edit that the owner refused stays at the peer for ever: the two never become equal.",
        why="The edit is through when its value comes back.",
        scope=Reach(edits=2),
        rules=Rules(deliver=_waiting_for_echo),
    ),
    KnownBad(
        name="FULL_LAID_OVER",
        breaks="3.3 rule 4: all values of the FULL are taken, the absence of one as well",
        hole="A value that the owner took away stays at the peer.",
        why="`record.update(message.values)`.",
        scope=Reach(edits=2, needs=(Need.REMOVAL,)),
        rules=Rules(deliver=_laid_over),
    ),
    KnownBad(
        name="BASE_NOT_REFRESHED",
        breaks="3.1, 3.6 rule 2: base is the values at (rev, ack)",
        hole="After a restore of the owner the peer answers with values of long ago under the newest version.",
        why="The shadow is written when the customer arrives; no test of daily work ever reads it again.",
        scope=Reach(edits=2, restores=1),
        rules=Rules(deliver=_base_kept),
    ),
    KnownBad(
        name="REEDIT_TAKES_NEW_BASE",
        breaks="3.3 rule 2: the edit of a field that is pending keeps its base",
        hole="The author never saw the owner's value, which was held back; yet his second edit overwrites it.",
        why="Each edit is based on the revision that the record has when it is made.",
        scope=Reach(edits=3),
        rules=edits(_on_new_base),
    ),
    KnownBad(
        name="FULL_RENEWS_BASE",
        breaks="3.3 rules 2 and 4: a pending edit keeps its base until it is answered",
        hole="A FULL that arrives while an edit is pending makes its author one who had seen it: the owner's write is lost.",
        why="After a FULL the peer is up to date, so its open edits are rebased, as one does with branches.",
        scope=Reach(edits=2),
        rules=Rules(deliver=_full_refreshes_base),
    ),
    KnownBad(
        name="REEDIT_KEEPS_NUMBER",
        breaks="3.3 rules 2 and 8: each edit has its own pseq",
        hole="The second edit of a field passes for the first, which was processed: it is skipped and nobody is told.",
        why="The entry is there already; only its value is updated.",
        scope=Reach(edits=2),
        rules=edits(_under_old_number),
    ),
    KnownBad(
        name="UNDO_FORGETS_EDIT",
        breaks="3.3 rule 2: an edit that returns to the old value is an edit",
        hole="The first edit may be applied already; the second, which takes it back, is never sent.",
        why="Compared with the base nothing has changed, so nothing need be sent.",
        scope=Reach(edits=2, needs=(Need.RETURNING_VALUE,)),
        rules=edits(_undo_forgotten),
    ),
)
"""The mistakes of this module."""
