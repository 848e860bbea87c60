"""What may stand against a step of an entry: its life, its day, who stands there, and whether the staff member is on post with a seat free."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar, cast

from attrs import evolve

from custmaster.decision import Citation, Decision, Fact, Occasion, Outcome, Reason
from custmaster.decision import decide as settle
from custmaster.desk.repeated import answered
from custmaster.desk.roster_facts import OfStaff, RosterBook, RosterFacts, ToStaff
from custmaster.handbook import Page
from custmaster.lifecycle import NoSuchStep, step
from custmaster.roster.codes import RosterCode
from custmaster.roster.entry import RosterEntry
from custmaster.roster.events import ENTRY_TRANSITIONS, RosterEvent

__all__ = [
    "against",
    "answer",
    "happened",
    "judge_entry_step",
    "judge_maintains",
    "judge_offered",
    "judge_on_post",
    "judge_open",
    "judge_seat",
    "the_same",
]

Event = TypeVar("Event")


def against(code: RosterCode, entry: RosterEntry, facts: Mapping[str, Fact], article: str = "R-17") -> Reason:
    """A reason that stands against what is asked of the entry, and that no approval lifts."""
    citation = Citation(article=article)
    return Reason(code=code, outcome=Outcome.REFUSED, citation=citation, subject=entry.number, facts=facts)


def happened(kind: type[Event], occasion: Occasion, number: str, **told: Any) -> Event:
    """The event of the occasion on the entry of this number."""
    on, actor, request_id = occasion.day, occasion.actor, occasion.request_id
    return cast("Callable[..., Event]", kind)(on=on, actor=actor, request_id=request_id, number=number, **told)


def the_same(done: Any, event: RosterEvent) -> bool:
    """Whether what was done under this request id is what is asked for now, whoever asks and on whichever day."""
    return type(done) is type(event) and evolve(event, on=done.on, actor=done.actor) == done


def answer(
    event: RosterEvent, grounds: Iterable[Reason], facts: RosterFacts, occasion: Occasion, page: Page
) -> Decision:
    """The answer given before, or the decision over the grounds, which are looked at only then: the entry may have changed since."""
    repeated = answered(facts.earlier, occasion, page, lambda done: the_same(done, event))
    if repeated is not None:
        return repeated
    return settle(grounds, handbook=page.stamp, events=[event], approvals=occasion.approvals)


def judge_entry_step(entry: RosterEntry, event: RosterEvent) -> Iterator[Reason]:
    """What stands against the event in the entry's own life: its state (ENTRY_STATE), or a day before the last event."""
    if isinstance(step(ENTRY_TRANSITIONS, entry.state, event), NoSuchStep):
        yield against(RosterCode.ENTRY_STATE, entry, {"state": entry.state.value})
    if event.on < entry.last_day:
        yield against(RosterCode.ENTRY_DAY_TOO_EARLY, entry, {"last": entry.last_day})


def judge_on_post(asked: ToStaff, book: RosterBook, occasion: Occasion) -> Iterator[Reason]:
    """The staff member is known and holds a post at the outlet on the day, which is open, and does not maintain the entry already. Source: R-17."""
    entry = book.entry(asked.entry)
    if book.member(asked.staff) is None:
        yield against(RosterCode.STAFF_UNKNOWN, entry, {"staff": asked.staff})
    elif not book.is_on_post(asked.staff, asked.outlet, occasion.day):
        yield against(RosterCode.STAFF_OFF_POST, entry, {"staff": asked.staff, "outlet": asked.outlet})
    yield from judge_open(asked.outlet, entry, book, occasion)
    if entry.maintainer is not None and entry.maintainer.staff == asked.staff:
        yield against(RosterCode.MAINTAINS_ALREADY, entry, {"staff": asked.staff})


def judge_open(outlet: str, entry: RosterEntry, book: RosterBook, occasion: Occasion) -> Iterator[Reason]:
    """The outlet, where it was loaded, is open on the day. Source: R-17."""
    if book.is_closed(outlet, occasion.day):
        yield against(RosterCode.OUTLET_CLOSED, entry, {"outlet": outlet})


def judge_seat(asked: ToStaff, book: RosterBook, occasion: Occasion) -> Iterator[Reason]:
    """As `judge_on_post`, and a seat is free: what is maintained and what is offered both take one, so two offers never share the last.

    An entry of a prospect that is to be erased goes to nobody. Source: R-17, B8.11; field.md idea 11.
    """
    entry, member = book.entry(asked.entry), book.member(asked.staff)
    yield from judge_on_post(asked, book, occasion)
    taken = book.seats_of(asked.staff, but=asked.entry)
    if member is not None and member.capacity is not None and taken >= member.capacity:
        facts: dict[str, Fact] = {"staff": asked.staff, "taken": taken, "capacity": member.capacity}
        yield against(RosterCode.STAFF_FULL, entry, facts)
    if entry.prospect is not None and entry.prospect.erase_by <= occasion.day:
        yield against(RosterCode.PROSPECT_OVERDUE, entry, {"erase_by": entry.prospect.erase_by}, "B8.11")


def judge_offered(asked: OfStaff, entry: RosterEntry) -> Iterator[Reason]:
    """The entry is offered to this staff member, and to nobody else; that it is offered at all is told by its state."""
    if entry.proposal is not None and entry.proposal.staff != asked.staff:
        yield against(RosterCode.OFFERED_TO_OTHER, entry, {"staff": asked.staff})


def judge_maintains(staff: str, entry: RosterEntry) -> Iterator[Reason]:
    """The entry is maintained by this staff member, so that nobody takes it from another unseen; that it is maintained is told by its state."""
    if entry.maintainer is not None and entry.maintainer.staff != staff:
        facts = {"staff": staff, "maintainer": entry.maintainer.staff}
        yield against(RosterCode.MAINTAINED_BY_OTHER, entry, facts)
