"""Handing over (移交): an entry goes from the one who maintains it to another, for a reason, and its history tells both."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import field, frozen

from custmaster.decision import Decision, Occasion, Reason
from custmaster.desk.roster_facts import RosterFacts, ToStaff
from custmaster.desk.roster_grounds import answer, happened, judge_entry_step, judge_maintains, judge_seat
from custmaster.errors import Fault, InvalidValue
from custmaster.handbook import Page
from custmaster.roster.events import EntryHandedOver

__all__ = ["HandOver", "decide"]


@frozen(kw_only=True)
class HandOver:
    """The request: who gives the entry to whom, at which outlet, and why. Errors: InvalidValue (EMPTY) without a reason.

    >>> HandOver(entry="E-1", giver="S-1", staff="S-2", outlet="0101", reason="on leave").staff
    'S-2'
    """

    entry: str
    giver: str
    staff: str
    outlet: str
    reason: str = field(repr=False)

    def __attrs_post_init__(self) -> None:
        if not self.reason.strip():
            raise InvalidValue(Fault.EMPTY, path="reason", remedy="say why it is handed over")


def decide(asked: HandOver, facts: RosterFacts, occasion: Occasion, page: Page) -> Decision:
    """Whether the entry goes to the other staff member on the day.

    The giver is the one who maintains it; an open offer is answered or withdrawn first. The receiver is on post at the outlet and has a seat
    left; the giver need not be on post any more. Allowed carries EntryHandedOver. The same request id gives the same answer. Errors:
    CustmasterError for an earlier answer of another request, or an entry that was not loaded. Source: R-17.

    >>> from datetime import date
    >>> from custmaster.desk.roster_facts import RosterBook
    >>> from custmaster.handbook import default
    >>> from custmaster.roster import RosterEntry, Source
    >>> entry = RosterEntry(
    ...     number="E-1", customer="6000000001", level="金卡", source=Source.SYSTEM, listed_on=date(2026, 1, 5)
    ... )
    >>> facts = RosterFacts(book=RosterBook(entries=[entry]))
    >>> occasion = Occasion(day=date(2026, 11, 28), actor="S-9", request_id="T-1")
    >>> asked = HandOver(entry="E-1", giver="S-1", staff="S-2", outlet="0101", reason="on leave")
    >>> [str(one.code) for one in decide(asked, facts, occasion, default().on(occasion.day)).reasons]
    ['ENTRY_STATE', 'STAFF_UNKNOWN']
    """
    event = happened(
        EntryHandedOver,
        occasion,
        asked.entry,
        giver=asked.giver,
        staff=asked.staff,
        outlet=asked.outlet,
        reason=asked.reason,
    )
    return answer(event, _judge(asked, facts, occasion, event), facts, occasion, page)


def _judge(asked: HandOver, facts: RosterFacts, occasion: Occasion, event: EntryHandedOver) -> Iterator[Reason]:
    entry = facts.book.entry(asked.entry)
    yield from judge_entry_step(entry, event)
    yield from judge_maintains(asked.giver, entry)
    receiver = ToStaff(entry=asked.entry, staff=asked.staff, outlet=asked.outlet)
    yield from judge_seat(receiver, facts.book, occasion)
