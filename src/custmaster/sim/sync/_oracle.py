"""What must hold in every state and of every step; each check is a function whose name is the sentence that must hold.

The oracle never predicts what an interleaving gives. It asks of each value whose edit it is, and of each edit what its author had seen:
a value may replace another if its author had seen it, a report is true if the edit that it names really met one unseen. sync.md 3.4.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from custmaster.customer.kinds import Status
from custmaster.sim.sync._book import GRANTED, NOBODY, Book, Doing, Side, is_worn, writer_of
from custmaster.sim.sync._evidence import Arrival, Kept, Pair, Sending, Writing
from custmaster.sim.sync.trace import Invariant
from custmaster.sync.catalogue import Catalogue
from custmaster.sync.codes import ReportCode
from custmaster.sync.messages import RANK, Ack, Full, Handoff, KeyInfo, Resync, Snapshot
from custmaster.sync.options import ForeignCreation, PeerNonKey, StatusRule

__all__ = ["OF_ARRIVALS", "OF_PAIRS", "OF_SENDINGS", "OF_SIDES", "OF_WRITINGS"]

_TOLD_BY_THE_OWNER: Final = frozenset(
    {
        ReportCode.EDIT_LOST,
        ReportCode.CREATION_COLLIDES,
        ReportCode.STATUS_OVERRIDDEN,
        ReportCode.MERGE_CYCLE,
    }
)
_STATE: Final = ("status", "merged_into")


# Of pairs.


def at_most_one_owner(pair: Pair, book: Book) -> bool:
    """S1. A recovering system does not act as owner. Guards the handoff: two owners would number revisions twice."""
    return sum(side.replica.owner and not side.replica.recovering for side in (pair.one, pair.other)) <= 1


def the_peer_is_never_ahead(pair: Pair, book: Book) -> bool:
    """S2. Guards H10: an owner that lost its memory, and a peer that believes in a version nobody has."""
    one, other = pair.one.replica, pair.other.replica
    if one.recovering or other.recovering or one.owner == other.owner:
        return True
    owner, peer = (one, other) if one.owner else (other, one)
    only_proposed = not owner.present and peer.rev == 0
    return only_proposed or peer.version <= owner.version


# Of what one system keeps.


def every_value_was_written(kept: Kept, book: Book) -> bool:
    """S3. No phantom: each value was written by an edit of that very field, the shadow's values too."""
    replica = kept.side.replica
    return all(_written(name, text, book) for held in (replica.values, replica.base) for name, text in held.items())


def an_owner_holds_only_owners_values(kept: Kept, book: Book) -> bool:
    """S4. A field that is not KEY is only ever written by an owner; the shadow tells what an owner said. Guards H5, H11."""
    replica, catalogue = kept.side.replica, kept.setting.catalogue
    held = replica.values if replica.owner else replica.base
    return all(_owners(name, text, book, catalogue) for name, text in held.items())


def a_group_is_one_authors_view(kept: Kept, book: Book) -> bool:
    """GROUP. The fields of a group stand together as one author had them before his eyes. Guards H9: name from A, birth date from B."""
    catalogue = kept.setting.catalogue
    units = {row.group for row in catalogue.fields if row.group is not None}
    return all(_one_view(kept.side, catalogue.members(unit), book) for unit in sorted(units))


def an_owners_record_has_one_creation(kept: Kept, book: Book) -> bool:
    """GROUP of a whole record: its values go back to one creation, never to two that met under one number (A2)."""
    side, found = kept.side, set[int]()
    for name in side.replica.values.names if side.replica.owner else ():
        history = book.history(side.writer(name), name)
        found |= {edit for edit in history if book[edit].doing is Doing.CREATE}
    return len(found) <= 1


def _one_view(side: Side, fields: tuple[str, ...], book: Book) -> bool:
    writers = {name: side.writer(name) for name in fields}
    stands = {name: side.replica.values.get(name) if is_worn(name) else one for name, one in writers.items()}
    authors = sorted({one for one in writers.values() if one in book})
    return not authors or any(_view(one, fields, book) == stands for one in authors)


def _view(number: int, fields: tuple[str, ...], book: Book) -> dict[str, int | str | None]:
    """What the author had before his eyes when he was done: of plain fields the edits, of worn ones the values."""
    edit = book[number]
    shown = {**dict(edit.shown), **dict.fromkeys(edit.fields, number)}
    view: dict[str, int | str | None] = {}
    for name in fields:
        writer = shown.get(name, NOBODY)
        view[name] = writer if not is_worn(name) else dict(book[writer].worn).get(name) if writer in book else None
    return view


def _written(name: str, text: str, book: Book) -> bool:
    if is_worn(name):
        return True
    writer = writer_of(text)
    return writer in book and name in book[writer].fields and text.partition("#")[0] == name


def _owners(name: str, text: str, book: Book, catalogue: Catalogue) -> bool:
    writer = writer_of(text)
    return catalogue.is_key(name) or is_worn(name) or (writer in book and book[writer].owner)


# Of sendings.


def each_role_sends_its_own(sending: Sending, book: Book) -> bool:
    """S9. KEY comes from a peer and carries KEY fields alone; FULL comes from an owner, HANDOFF from who has given the ownership up."""
    replica, message = sending.sender.replica, sending.element.message
    named = (message.number, message.sender, message.receiver) == (replica.number, replica.system, replica.other)
    if replica.recovering and not isinstance(message, (Resync, Snapshot)):
        return False
    return named and _its_own(sending)


def _its_own(sending: Sending) -> bool:
    replica, message = sending.sender.replica, sending.element.message
    match message:
        case KeyInfo():
            return not replica.owner and all(
                map(sending.setting.catalogue.is_key, (p.field for p in message.proposals))
            )
        case Full():
            return replica.owner and replica.present
        case Handoff():
            return not replica.owner and replica.handoff is not None
        case Ack():
            return not replica.owner or isinstance(sending.cause, Handoff)
        case Snapshot():
            return sending.cause is not None and message.owner == replica.owner
        case Resync():
            return replica.recovering


def what_is_sent_was_written(sending: Sending, book: Book) -> bool:
    """S3 and S4 of messages: a full message carries written values alone, and of fields that are not KEY only an owner's."""
    match sending.element.message:
        case KeyInfo(proposals=proposals):
            return all(one.value is None or _written(one.field, one.value, book) for one in proposals)
        case Full(values=values) | Snapshot(values=values) | Handoff(values=values):
            catalogue = sending.setting.catalogue
            return all(_written(*item, book) and _owners(*item, book, catalogue) for item in values.items())
        case _:
            return True


# Of arrivals.


def nothing_unseen_is_replaced(arrival: Arrival, book: Book) -> bool:
    """S5. A peer's edit takes the place of a value only if its author had seen that value, and no edit is taken twice. Guards H3."""
    for name, old, new in _replacements(arrival, book):
        if (new, name) in arrival.before.taken:
            return False
        if not (name in _STATE and _overrides(arrival)) and old not in book.saw(new, name):
            return False
    return True


def a_proposal_changes_what_it_names(arrival: Arrival, book: Book) -> bool:
    """S3 of KEY: at the owner a field takes the value that was proposed for it, or keeps its own."""
    message, before, after = arrival.element.message, arrival.before.replica, arrival.after.replica
    if not isinstance(message, KeyInfo):
        return True
    proposed = {one.field: one.value for one in message.proposals}
    changed = before.values.differing(after.values)
    return all(name in proposed and proposed[name] == after.values.get(name) for name in changed)


def no_deletion_is_undone_unseen(arrival: Arrival, book: Book) -> bool:
    """S12. An activation takes the place of a deletion only if its author had seen it, under every option."""
    return all(
        old in book.saw(new, name)
        for name, old, new in _replacements(arrival, book)
        if name == "status" and arrival.after.replica.values.get(name) == Status.ACTIVE
    )


def versions_never_fall(arrival: Arrival, book: Book) -> bool:
    """S6. Neither the version nor what is known of the two incarnations; the count of edits only with a new epoch."""
    before, after = arrival.before.replica, arrival.after.replica
    lives = (before.incarnation, before.known), (after.incarnation, after.known)
    return (
        before.version <= after.version
        and before.epoch <= after.epoch
        and lives[0][0] == lives[1][0]
        and lives[0][1] <= lives[1][1]
        and (before.pseq <= after.pseq or before.epoch < after.epoch)
    )


def answers_rank_below(arrival: Arrival, book: Book) -> bool:
    """S7. At most one answer, of lower rank; a late KEY of an old epoch is answered by HANDOFF. Guards H8: endless exchanges."""
    message, replies = arrival.element.message, arrival.step.replies
    return len(replies) <= 1 and all(
        RANK[type(reply)] < RANK[type(message)]
        or (isinstance(reply, Handoff) and isinstance(message, KeyInfo) and message.epoch < reply.epoch)
        for reply in replies
    )


def a_second_time_changes_nothing(arrival: Arrival, book: Book) -> bool:
    """S8. The same message once more: the same replica, and no report."""
    return arrival.again.replica == arrival.step.replica and not arrival.again.reports


def what_is_refused_leaves_no_trace(arrival: Arrival, book: Book) -> bool:
    """UNTOUCHED. A refused or parked message changes nothing, is not answered and reports nothing."""
    step = arrival.step
    idle = step.replica == arrival.before.replica and not step.replies and not step.reports
    return idle or (step.refused is None and step.parked is None)


def lost_edits_met_one_unseen(arrival: Arrival, book: Book) -> bool:
    """S10. No false conflict: the other system really edited the same unit, unseen by the author; or created the customer too. Guards H4."""
    catalogue = arrival.setting.catalogue
    everything = arrival.before.replica.values.names
    return all(
        any(
            book.concurrent(told.edit, book.history(_stood(arrival, name), name) | _granted(arrival, name), name)
            for name in (
                catalogue.members(catalogue.unit(told.field)) if told.code == ReportCode.EDIT_LOST else everything
            )
        )
        for told in arrival.new
        if told.code in {ReportCode.EDIT_LOST, ReportCode.CREATION_COLLIDES}
    )


def reports_are_true_and_told_once(arrival: Arrival, book: Book) -> bool:
    """S11. Each names an edit that was made, is told by the owner (doubt after a restore: by the restored), once, and not of an equal value."""
    after = arrival.after.replica
    for told in arrival.new:
        by_owner = told.code in _TOLD_BY_THE_OWNER and after.owner
        in_doubt = told.code == ReportCode.UNCERTAIN_AFTER_RESTORE and isinstance(arrival.element.message, Snapshot)
        if told in arrival.before.told or not (by_owner or in_doubt):
            return False
        if told.code != ReportCode.STATUS_OVERRIDDEN and book[told.edit].owner:
            return False
    if any(told.code in _LOST and _asked(arrival, told.field) == after.values.get(told.field) for told in arrival.new):
        return False
    return not arrival.untrue and len(set(arrival.new)) == len(arrival.new) == len(arrival.step.reports)


def what_was_taken_is_not_lost(arrival: Arrival, book: Book) -> bool:
    """L5. No edit is both taken and reported as lost, whichever came first; of a refused creation no field is taken."""
    lost = {(told.edit, told.field) for told in arrival.after.told if told.code in _LOST}
    collided = {told.edit for told in arrival.after.told if told.code == ReportCode.CREATION_COLLIDES}
    return not any(one in lost or one[0] in collided for one in arrival.after.taken)


def a_deletion_overrides_only_by_option(arrival: Arrival, book: Book) -> bool:
    """S11 of STATUS_OVERRIDDEN. Told exactly when a deletion takes the place of an activation unseen, under DELETE_WINS alone."""
    happened = any(
        name == "status" and old not in book.saw(new, name) for name, old, new in _replacements(arrival, book)
    )
    told = _overrides(arrival)
    by_option = arrival.setting.options.status is StatusRule.DELETE_WINS
    return (told == happened) if by_option else not told


_LOST: Final = frozenset({ReportCode.EDIT_LOST, ReportCode.CREATION_COLLIDES, ReportCode.MERGE_CYCLE})


def _granted(arrival: Arrival, name: str) -> frozenset[int]:
    """Edits that asked for what stood already: they too were made, and may have been unseen."""
    return frozenset(told.edit for told in arrival.before.told if (told.code, told.field) == (GRANTED, name))


def _overrides(arrival: Arrival) -> bool:
    deleted = arrival.after.replica.values.get("status") == Status.DELETED
    return deleted and any(told.code == ReportCode.STATUS_OVERRIDDEN for told in arrival.new)


def _asked(arrival: Arrival, name: str) -> str | None:
    """What the weighed proposal asked for."""
    message = arrival.element.message
    proposals = message.proposals if isinstance(message, KeyInfo) else arrival.before.replica.pending
    return next((one.value for one in proposals if one.field == name), "")


def _stood(arrival: Arrival, name: str) -> int:
    """The edit that stood in the field when proposals were weighed: here, or in the payload of a handoff."""
    message = arrival.element.message
    if not isinstance(message, Handoff):
        return arrival.before.writer(name)
    return dict(arrival.element.notes).get(name, NOBODY) if is_worn(name) else writer_of(message.values.get(name))


def _replacements(arrival: Arrival, book: Book) -> list[tuple[str, int, int]]:
    """Field, edit that stood, edit that stands now: where a peer's proposals were weighed by an owner."""
    message, after = arrival.element.message, arrival.after
    weighed = isinstance(message, KeyInfo) or (
        isinstance(message, Handoff) and message.epoch > arrival.before.replica.epoch
    )
    if not weighed or not after.replica.owner or after.replica == arrival.before.replica:
        return []
    names = sorted({*after.replica.values.names, *(name for name, _ in after.shown)})
    pairs = ((name, _stood(arrival, name), after.writer(name)) for name in names)
    return [(name, old, new) for name, old, new in pairs if old != new and old in book and new in book]


# Of writings.


def an_edit_does_what_was_asked(writing: Writing, book: Book) -> bool:
    """EDIT. What the options allow is done: the author sees what he wrote, nothing else changes, and nothing is sent by hand."""
    step, before, after = writing.step, writing.before.replica, writing.after.replica
    wanted = before.values.changed(writing.values)
    if not _allowed(writing, book):
        return step.refused is not None and after == before
    return step.refused is None and after.values == wanted and after.epoch == before.epoch and not step.replies


def reverting_edits_are_told_at_once(writing: Writing, book: Book) -> bool:
    """S11 of NONKEY_REVERTS. Told when it is made, for each field that is not KEY, by a peer alone. Guards H5."""
    catalogue, edit = writing.setting.catalogue, book[writing.edit]
    reverting = () if edit.owner else tuple(name for name in edit.fields if not catalogue.is_key(name))
    told = writing.step.reports
    named = all(one.code is ReportCode.NONKEY_REVERTS and book.names(writing.edit, one) for one in told)
    return writing.step.refused is not None or (named and sorted(one.field for one in told) == sorted(reverting))


def a_writing_never_lowers_the_version(writing: Writing, book: Book) -> bool:
    """S6 of writings; an owner's raises it."""
    before, after = writing.before.replica.version, writing.after.replica.version
    owner = writing.before.replica.owner and writing.step.refused is None
    return before < after if owner else before <= after


def _allowed(writing: Writing, book: Book) -> bool:
    """Whether the options allow it; a recovering system's never are, an owner's always."""
    edit, options = book[writing.edit], writing.setting.options
    if writing.before.replica.recovering:
        return False
    if edit.owner:
        return True
    if edit.doing is Doing.CREATE:
        return options.foreign_creation is ForeignCreation.KEY_PROPOSAL
    if edit.doing is not Doing.CHANGE:
        return options.status is not StatusRule.OWNER_ONLY
    key = all(map(writing.setting.catalogue.is_key, edit.fields))
    return key or options.peer_nonkey is not PeerNonKey.FORBID


OF_PAIRS: Final[Mapping[Invariant, tuple[Callable[[Pair, Book], bool], ...]]] = {
    Invariant.S1: (at_most_one_owner,),
    Invariant.S2: (the_peer_is_never_ahead,),
}
OF_SIDES: Final[Mapping[Invariant, tuple[Callable[[Kept, Book], bool], ...]]] = {
    Invariant.S3: (every_value_was_written,),
    Invariant.S4: (an_owner_holds_only_owners_values,),
    Invariant.GROUP: (a_group_is_one_authors_view, an_owners_record_has_one_creation),
}
OF_SENDINGS: Final[Mapping[Invariant, tuple[Callable[[Sending, Book], bool], ...]]] = {
    Invariant.S9: (each_role_sends_its_own,),
    Invariant.S3: (what_is_sent_was_written,),
}
OF_ARRIVALS: Final[Mapping[Invariant, tuple[Callable[[Arrival, Book], bool], ...]]] = {
    Invariant.S3: (a_proposal_changes_what_it_names,),
    Invariant.S5: (nothing_unseen_is_replaced,),
    Invariant.S6: (versions_never_fall,),
    Invariant.S7: (answers_rank_below,),
    Invariant.S8: (a_second_time_changes_nothing,),
    Invariant.S10: (lost_edits_met_one_unseen,),
    Invariant.S11: (reports_are_true_and_told_once, a_deletion_overrides_only_by_option),
    Invariant.S12: (no_deletion_is_undone_unseen,),
    Invariant.L5: (what_was_taken_is_not_lost,),
    Invariant.UNTOUCHED: (what_is_refused_leaves_no_trace,),
}
OF_WRITINGS: Final[Mapping[Invariant, tuple[Callable[[Writing, Book], bool], ...]]] = {
    Invariant.EDIT: (an_edit_does_what_was_asked,),
    Invariant.S11: (reverting_edits_are_told_at_once,),
    Invariant.S6: (a_writing_never_lowers_the_version,),
}
