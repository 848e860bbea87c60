"""Mistakes of the owner that weighs a peer's edits: which were processed already, and which meet an edit that their author had not seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import evolve

from custmaster.sync.messages import KeyInfo
from custmaster.sync.options import Setting
from custmaster.sync.replica import Replica, Step, stamped
from custmaster.sync.rules import RULES, Rules
from custmaster.sync.weigh import Surroundings
from custmaster.testing.known_bad._kinds import KnownBad, Need, Reach
from custmaster.testing.known_bad._parts import anew, idle, new_edits, on

__all__ = ["OWNER", "peer_always_wins"]


@on(KeyInfo)
def _ack_falls_back(replica: Replica, message: KeyInfo, setting: Setting, surroundings: Surroundings) -> Step:
    step = RULES.deliver(replica, message, setting, surroundings)
    if idle(step) or message.pseq >= replica.ack or not step.replica.owner:
        return step
    return anew(step, evolve(step.replica, ack=message.pseq, seal=None), setting)


@on(KeyInfo)
def _processed_again(replica: Replica, message: KeyInfo, setting: Setting, surroundings: Surroundings) -> Step:
    if message.pseq > replica.ack:
        return RULES.deliver(replica, message, setting, surroundings)
    step = RULES.deliver(evolve(replica, ack=0), message, setting, surroundings)
    return step if idle(step) else anew(step, evolve(step.replica, ack=replica.ack, seal=replica.seal), setting)


@on(KeyInfo)
def _field_number_ignored(replica: Replica, message: KeyInfo, setting: Setting, surroundings: Surroundings) -> Step:
    if message.pseq <= replica.ack:
        return RULES.deliver(replica, message, setting, surroundings)
    renumbered = tuple(evolve(one, pseq=message.pseq) for one in message.proposals)
    step = RULES.deliver(replica, evolve(message, proposals=renumbered), setting, surroundings)
    return step if idle(step) else evolve(step, replica=evolve(step.replica, seal=None))


@on(KeyInfo)
def _conflict_by_rev(replica: Replica, message: KeyInfo, setting: Setting, surroundings: Surroundings) -> Step:
    units = {setting.catalogue.unit(one.field) for one in message.proposals}
    touched = evolve(replica, stamps=stamped(replica.stamps, units, replica.rev))
    step = RULES.deliver(touched, message, setting, surroundings)
    return step if idle(step) else anew(step, evolve(step.replica, stamps=replica.stamps), setting)


def _taken_units(before: Replica, message: KeyInfo, step: Step, setting: Setting) -> frozenset[str]:
    lost = {setting.catalogue.unit(report.field) for report in step.reports}
    return frozenset({setting.catalogue.unit(one.field) for one in new_edits(message.proposals, before)} - lost)


@on(KeyInfo)
def _applied_edit_stamped(replica: Replica, message: KeyInfo, setting: Setting, surroundings: Surroundings) -> Step:
    step = RULES.deliver(replica, message, setting, surroundings)
    if idle(step) or message.pseq <= replica.ack or not step.replica.owner:
        return step
    stamps = stamped(replica.stamps, _taken_units(replica, message, step, setting), step.replica.rev)
    return anew(step, evolve(step.replica, stamps=stamps), setting)


@on(KeyInfo)
def _key_raises_rev(replica: Replica, message: KeyInfo, setting: Setting, surroundings: Surroundings) -> Step:
    step = RULES.deliver(replica, message, setting, surroundings)
    if idle(step) or message.pseq <= replica.ack or not step.replica.owner:
        return step
    rev = step.replica.rev + 1
    stamps = stamped(replica.stamps, _taken_units(replica, message, step, setting), rev)
    return anew(step, evolve(step.replica, rev=rev, stamps=stamps), setting)


@on(KeyInfo)
def peer_always_wins(replica: Replica, message: KeyInfo, setting: Setting, surroundings: Surroundings) -> Step:
    """The peer's edit is taken whatever the owner has written meanwhile."""
    step = RULES.deliver(evolve(replica, stamps=()), message, setting, surroundings)
    return step if idle(step) else anew(step, evolve(step.replica, stamps=replica.stamps), setting)


@on(KeyInfo)
def _refused_not_acknowledged(replica: Replica, message: KeyInfo, setting: Setting, surroundings: Surroundings) -> Step:
    step = RULES.deliver(replica, message, setting, surroundings)
    fresh = new_edits(message.proposals, replica)
    if idle(step) or not fresh or len(step.reports) < len(fresh):
        return step
    return anew(step, replica, setting)


def _second_write_unstamped(replica: Replica, changes: Mapping[str, str | None], setting: Setting, /) -> Step:
    step = RULES.edit(replica, changes, setting)
    first = dict(step.replica.stamps) | {unit: rev for unit, rev in replica.stamps if rev > 0}
    return evolve(step, replica=evolve(step.replica, stamps=tuple(sorted(first.items()))))


def _one_field_stamped(replica: Replica, changes: Mapping[str, str | None], setting: Setting, /) -> Step:
    step = RULES.edit(replica, changes, setting)
    fresh = sorted(set(step.replica.stamps) - set(replica.stamps))
    if not replica.owner or len(fresh) < 2:
        return step
    stamps = stamped(replica.stamps, [fresh[0][0]], step.replica.rev)
    return evolve(step, replica=evolve(step.replica, stamps=stamps))


OWNER: Final = (
    KnownBad(
        name="ACK_FALLS_BACK",
        breaks="3.3 rule 3: a KEY whose pseq is not above ack is answered and no more",
        hole="An old KEY lowers ack: versions go back, and the peer never learns that its newest edit was answered.",
        why="`ack = message.pseq` reads as the rule itself, and messages mostly arrive in order.",
        scope=Reach(edits=2),
        rules=Rules(deliver=_ack_falls_back),
    ),
    KnownBad(
        name="OLD_KEY_PROCESSED_AGAIN",
        breaks="3.3 rules 3 and 8: the proposal number is checked; an edit is processed once",
        hole="A KEY that comes twice meets the owner's own later edit: an edit that was applied is reported as lost.",
        why="Applying the same values twice looks harmless, as it is for one writer.",
        scope=Reach(edits=2),
        rules=Rules(deliver=_processed_again),
    ),
    KnownBad(
        name="FIELD_NUMBER_IGNORED",
        breaks="3.3 rules 3 and 8: a field whose pseq_f is not above ack is skipped",
        hole="A cumulative KEY brings an edit that was processed, after the owner wrote the field again: a false report.",
        why="The number of the message was checked already; that each field has its own looks like a doubling.",
        scope=Reach(edits=3),
        rules=Rules(deliver=_field_number_ignored),
    ),
    KnownBad(
        name="CONFLICT_BY_REV",
        breaks="3.3 rules 3 and 5: the base is compared with the owner's last write of that field",
        hole="An owner's edit of any other field refuses the peer's edit, and reports a conflict that never was.",
        why="The record has one revision; optimistic locking compares it everywhere else.",
        scope=Reach(edits=2),
        rules=Rules(deliver=_conflict_by_rev),
    ),
    KnownBad(
        name="APPLIED_EDIT_STAMPED",
        breaks="3.3 rules 3 and 5: only the owner's own write counts against the peer",
        hole="The peer's second edit of a field conflicts with its own first, once the owner has edited anything else.",
        why="The field was written just now, so its stamp is set just now.",
        scope=Reach(edits=3),
        rules=Rules(deliver=_applied_edit_stamped),
    ),
    KnownBad(
        name="KEY_RAISES_REV",
        breaks="3.3 rules 3 and 5: rev and stamps are unchanged by a KEY",
        hole="Two quick edits of one field by the peer: the second is refused because of the first.",
        why="Every change of a record raises its revision and says when the field was written.",
        scope=Reach(edits=2),
        rules=Rules(deliver=_key_raises_rev),
    ),
    KnownBad(
        name="PEER_ALWAYS_WINS",
        breaks="3.3 rule 3, S5: the owner wins over an edit whose author had not seen its own",
        hole="The owner's concurrent write is overwritten, and nobody is told.",
        why="What arrives last is the newest.",
        scope=Reach(edits=2),
        rules=Rules(deliver=peer_always_wins),
    ),
    KnownBad(
        name="REFUSED_EDIT_NOT_ACKNOWLEDGED",
        breaks="3.3 rule 3, H6: ack rises to the message's pseq whatever became of its fields",
        hole="A KEY that lost whole stays owed for ever, and each time that it is sent the loss is reported again.",
        why="Nothing was applied, so there is nothing to acknowledge.",
        scope=Reach(edits=2),
        rules=Rules(deliver=_refused_not_acknowledged),
    ),
    KnownBad(
        name="SECOND_WRITE_UNSTAMPED",
        breaks="3.3 rule 1: each owner's edit stamps the field",
        hole="The owner's second write of a field is taken for the first, which the peer had seen: it is lost.",
        why="`setdefault` instead of an assignment.",
        scope=Reach(edits=2),
        rules=Rules(edit=_second_write_unstamped),
    ),
    KnownBad(
        name="ONE_FIELD_STAMPED",
        breaks="3.3 rule 1: an edit stamps every key field that it writes",
        hole="Of two fields edited together one is unprotected: the peer's concurrent edit of it overwrites the owner's.",
        why="The screen edits one field at a time; that the call takes several was added later.",
        scope=Reach(edits=2, needs=(Need.TWO_FIELDS,)),
        rules=Rules(edit=_one_field_stamped),
    ),
)
"""The mistakes of this module."""
