"""Mistakes after a restore from backup: what a recovering system does, what it is told, and what it makes of the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from attrs import evolve

from custmaster.sync import making
from custmaster.sync.codes import ReportCode
from custmaster.sync.messages import Full, KeyInfo, Message, Resync, Snapshot
from custmaster.sync.options import Setting
from custmaster.sync.replica import Replica, Step
from custmaster.sync.rules import RULES, Rules
from custmaster.sync.weigh import ALONE, Surroundings
from custmaster.testing.known_bad._kinds import KnownBad, Reach
from custmaster.testing.known_bad._parts import idle, on, saying

__all__ = ["RECOVERY"]


def _as_it_was(replica: Replica, incarnation: int, /) -> Replica:
    return replica


def _awake(replica: Replica) -> Replica:
    return evolve(replica, recovering=False)


def _asleep(step: Step) -> Step:
    return evolve(step, replica=evolve(step.replica, recovering=True))


@on(KeyInfo)
def _acts_as_owner(replica: Replica, message: KeyInfo, setting: Setting, surroundings: Surroundings) -> Step:
    if not replica.recovering:
        return RULES.deliver(replica, message, setting, surroundings)
    return _asleep(RULES.deliver(_awake(replica), message, setting, surroundings))


def _owes_as_owner(replica: Replica, setting: Setting, /) -> tuple[Message, ...]:
    owed = RULES.outstanding(replica, setting)
    return (*owed, *RULES.outstanding(_awake(replica), setting)) if replica.recovering and replica.owner else owed


def _edits(replica: Replica, changes: Mapping[str, str | None], setting: Setting, /) -> Step:
    if not replica.recovering:
        return RULES.edit(replica, changes, setting)
    return _asleep(RULES.edit(_awake(replica), changes, setting))


def _sets_status(replica: Replica, status: str, setting: Setting, /, *, merged_into: str | None = None) -> Step:
    if not replica.recovering:
        return RULES.set_status(replica, status, setting, merged_into=merged_into)
    return _asleep(RULES.set_status(_awake(replica), status, setting, merged_into=merged_into))


@on(Snapshot)
def _unasked(replica: Replica, message: Snapshot, setting: Setting, surroundings: Surroundings) -> Step:
    step = RULES.deliver(evolve(replica, recovering=True), message, setting, surroundings)
    return evolve(step, replica=replica) if idle(step) else step


@on(Snapshot)
def _older_adopted(replica: Replica, message: Snapshot, setting: Setting, surroundings: Surroundings) -> Step:
    asked = evolve(replica, present=False) if replica.recovering else replica
    step = RULES.deliver(asked, message, setting, surroundings)
    return evolve(step, replica=replica) if idle(step) else step


@on(Snapshot)
def _role_kept(replica: Replica, message: Snapshot, setting: Setting, surroundings: Surroundings) -> Step:
    return RULES.deliver(replica, evolve(message, owner=not replica.owner), setting, surroundings)


@on(Snapshot)
def _pending_survives_epoch(replica: Replica, message: Snapshot, setting: Setting, surroundings: Surroundings) -> Step:
    passed = replica.recovering and message.owner and message.present and message.epoch > replica.epoch
    asked = evolve(replica, epoch=message.epoch, owner=False, present=False) if passed else replica
    step = RULES.deliver(asked, message, setting, surroundings)
    return evolve(step, replica=replica) if idle(step) else step


@on(Snapshot)
def _pseq_not_raised(replica: Replica, message: Snapshot, setting: Setting, surroundings: Surroundings) -> Step:
    step = RULES.deliver(replica, message, setting, surroundings)
    return evolve(step, replica=evolve(step.replica, pseq=replica.pseq))


@on(Snapshot)
def _pending_dropped(replica: Replica, message: Snapshot, setting: Setting, surroundings: Surroundings) -> Step:
    if not replica.recovering or replica.owner:
        return RULES.deliver(replica, message, setting, surroundings)
    step = RULES.deliver(evolve(replica, pending=(), values=replica.base), message, setting, surroundings)
    return evolve(step, replica=replica) if idle(step) else step


@on(Snapshot)
def _uncertain_untold(replica: Replica, message: Snapshot, setting: Setting, surroundings: Surroundings) -> Step:
    step = RULES.deliver(replica, message, setting, surroundings)
    kept = tuple(one for one in step.reports if one.code is not ReportCode.UNCERTAIN_AFTER_RESTORE)
    return evolve(step, reports=kept)


@on(Resync)
def _from_values(replica: Replica, message: Resync, setting: Setting, surroundings: Surroundings) -> Step:
    step = RULES.deliver(replica, message, setting, surroundings)
    return saying(step, lambda reply: evolve(reply, values=replica.values) if isinstance(reply, Snapshot) else reply)


@on(Resync)
def _unanswered(replica: Replica, message: Resync, setting: Setting, surroundings: Surroundings) -> Step:
    step = RULES.deliver(replica, message, setting, surroundings)
    return evolve(step, replies=()) if replica.recovering else step


Said = Callable[[Message], Message]


def _bare_snapshot(message: Message) -> Message:
    return evolve(message, stamps=()) if isinstance(message, Snapshot) else message


def _bare_full(message: Message) -> Message:
    return evolve(message, stamps=()) if isinstance(message, Full) else message


def _saying_always(said: Said) -> Rules:
    def deliver(replica: Replica, message: Message, setting: Setting, surroundings: Surroundings = ALONE, /) -> Step:
        return saying(RULES.deliver(replica, message, setting, surroundings), said)

    def outstanding(replica: Replica, setting: Setting, /) -> tuple[Message, ...]:
        return tuple(map(said, RULES.outstanding(replica, setting)))

    return Rules(deliver=deliver, outstanding=outstanding)


@on(Resync)
def _known_lowered(replica: Replica, message: Resync, setting: Setting, surroundings: Surroundings) -> Step:
    theirs = message.incarnations[0]
    step = RULES.deliver(evolve(replica, known=theirs), message, setting, surroundings)
    if idle(step):
        return evolve(step, replica=replica)
    made = step.replica if theirs == replica.known else evolve(step.replica, peer_has=None)
    return evolve(step, replica=made, replies=(making.snapshot(made, setting),))


RECOVERY: Final = (
    KnownBad(
        name="RESTORE_UNNOTICED",
        breaks="3.6, H10: a restored system counts a new incarnation and asks",
        hole="Revisions are given out twice with other contents: the two differ, and neither owes anything.",
        why="A restore is the business of the operators, not of the application.",
        scope=Reach(edits=2, restores=1),
        rules=Rules(resume=_as_it_was),
    ),
    KnownBad(
        name="RECOVERING_OWNER_ACTS",
        breaks="3.6 rule 1: a recovering system does not act as the owner",
        hole="It answers an edit on top of a state that it is about to throw away: the edit is acknowledged and gone.",
        why="The edit would only have to be sent again.",
        scope=Reach(edits=1, restores=1),
        rules=Rules(deliver=_acts_as_owner, outstanding=_owes_as_owner),
    ),
    KnownBad(
        name="RECOVERING_EDITS",
        breaks="3.6 rule 1: no edits while recovering",
        hole="What is typed before the answer has come is overwritten by it, without a word.",
        why="The branch must be able to work.",
        scope=Reach(edits=2, restores=1),
        rules=Rules(edit=_edits, set_status=_sets_status),
    ),
    KnownBad(
        name="SNAP_UNASKED",
        breaks="3.6 rule 3: SNAP is accepted only while recovering",
        hole="An answer that comes twice is taken after work has gone on.",
        why="It is newer than nothing, and it compares versions anyhow.",
        scope=Reach(edits=2, restores=1),
        rules=Rules(deliver=_unasked),
    ),
    KnownBad(
        name="SNAP_OLDER_ADOPTED",
        breaks="3.6 rule 3: the newer of the two states goes on",
        hole="The owner's backup holds an edit that the peer never had: the peer's older copy overwrites it.",
        why="After a restore the other system is right.",
        scope=Reach(edits=2, restores=1),
        rules=Rules(deliver=_older_adopted),
    ),
    KnownBad(
        name="SNAP_ROLE_KEPT",
        breaks="3.6 rule 3: at an equal or higher epoch the role is the opposite of the sender's",
        hole="The backup is from before a handoff: afterwards both systems own the customer, or neither does.",
        why="Who owns a number follows from its range.",
        scope=Reach(edits=0, handoffs=1, restores=1),
        rules=Rules(deliver=_role_kept),
    ),
    KnownBad(
        name="SNAP_KEEPS_PENDING_OF_OLD_EPOCH",
        breaks="3.6 rule 3: at a higher epoch pending edits are discarded and reported as uncertain",
        hole="An edit of an earlier ownership, perhaps applied long ago, is proposed again under a number of this one.",
        why="They are the user's edits; to keep them is safer than to drop them.",
        scope=Reach(edits=2, handoffs=2, restores=1),
        rules=Rules(deliver=_pending_survives_epoch),
    ),
    KnownBad(
        name="SNAP_PSEQ_NOT_RAISED",
        breaks="3.6 rule 3: pseq becomes the greater of pseq and ack",
        hole="The restored peer numbers its next edit as one that was processed before the restore: it is lost.",
        why="The counter was restored with everything else.",
        scope=Reach(edits=2, restores=1),
        rules=Rules(deliver=_pseq_not_raised),
    ),
    KnownBad(
        name="SNAP_DROPS_PENDING",
        breaks="3.6 rule 3: at the same epoch a peer keeps its pending edits above ack",
        hole="An edit that is in the backup and was not delivered is dropped, and nobody is told.",
        why="After a restore one begins with a clean copy.",
        scope=Reach(edits=2, restores=1),
        rules=Rules(deliver=_pending_dropped),
    ),
    KnownBad(
        name="UNCERTAIN_UNTOLD",
        breaks="3.6 rule 3, L4: discarded edits are reported as uncertain",
        hole="An edit in the backup of a system that has since had another role vanishes without a word.",
        why="Nothing certain can be said, so nothing is said.",
        scope=Reach(edits=1, handoffs=1, restores=1),
        rules=Rules(deliver=_uncertain_untold),
    ),
    KnownBad(
        name="SNAP_FROM_PEERS_VALUES",
        breaks="3.6 rule 2: a peer answers with its base",
        hole="The peer's unanswered edits become the restored owner's truth: fields that it must not write, too.",
        why="The record is sent; the shadow is an internal matter.",
        scope=Reach(edits=1, restores=1),
        rules=Rules(deliver=_from_values),
    ),
    KnownBad(
        name="SNAP_WITHOUT_STAMPS",
        breaks="3.6 rule 2: SNAP carries when the owner last wrote each field",
        hole="The restored owner no longer knows its own writes: a stale edit of the peer overwrites one.",
        why="Stamps are made by the owner, so a peer has nothing to say about them.",
        scope=Reach(edits=2, restores=1),
        rules=_saying_always(_bare_snapshot),
    ),
    KnownBad(
        name="FULL_WITHOUT_STAMPS",
        breaks="3.6 rule 2: FULL carries the stamps, so that the peer holds them",
        hole="The peer cannot give back to a restored owner what it never got: a stale edit overwrites the owner's write.",
        why="The peer never looks at the stamps.",
        scope=Reach(edits=2, restores=1),
        rules=_saying_always(_bare_full),
    ),
    KnownBad(
        name="RESYNC_UNANSWERED_WHILE_RECOVERING",
        breaks="3.6 rule 2: a recovering system answers too",
        hole="Both were restored: each waits for the other, for ever.",
        why="It does not know yet where it stands itself.",
        scope=Reach(edits=1, restores=2),
        rules=Rules(deliver=_unanswered),
    ),
    KnownBad(
        name="RESYNC_LOWERS_KNOWN",
        breaks="3.6 rule 2: a RESYNC of a lower incarnation than the known one is dropped",
        hole="An old RESYNC makes the receiver refuse the other's messages of today, for ever.",
        why="Whoever asks says which incarnation it is.",
        scope=Reach(edits=1, restores=2),
        rules=Rules(deliver=_known_lowered),
    ),
)
"""The mistakes of this module."""
