"""Placing an entry with a staff member directly (落实到人), as the outlet does."""

from __future__ import annotations

from itertools import chain

from custmaster.decision import Decision, Occasion
from custmaster.desk.roster_facts import RosterFacts, ToStaff
from custmaster.desk.roster_grounds import answer, happened, judge_entry_step, judge_seat
from custmaster.handbook import Page
from custmaster.roster.events import EntryAssigned

__all__ = ["decide"]


def decide(asked: ToStaff, facts: RosterFacts, occasion: Occasion, page: Page) -> Decision:
    """Whether the entry may be placed with the staff member on the day.

    It lies in the pool and is offered to nobody; one that somebody maintains is handed over (`hand_over`). The staff member is on post at the outlet
    and has a seat left. Allowed carries EntryAssigned.
    The same request id gives the same answer. Errors: CustmasterError for an earlier answer of another request, or an entry that was not
    loaded. Source: R-17.

    >>> from datetime import date
    >>> from custmaster.desk.roster_facts import RosterBook
    >>> from custmaster.handbook import default
    >>> from custmaster.roster import RosterEntry, Source
    >>> entry = RosterEntry(
    ...     number="E-1", customer="6000000001", level="金卡", source=Source.SYSTEM, listed_on=date(2026, 1, 5)
    ... )
    >>> facts = RosterFacts(book=RosterBook(entries=[entry]))
    >>> occasion = Occasion(day=date(2026, 11, 28), actor="S-9", request_id="T-1")
    >>> asked = ToStaff(entry="E-1", staff="S-1", outlet="0101")
    >>> [str(one.code) for one in decide(asked, facts, occasion, default().on(occasion.day)).reasons]
    ['STAFF_UNKNOWN']
    """
    event = happened(EntryAssigned, occasion, asked.entry, staff=asked.staff, outlet=asked.outlet)
    entry = facts.book.entry(asked.entry)
    grounds = chain(judge_entry_step(entry, event), judge_seat(asked, facts.book, occasion))
    return answer(event, grounds, facts, occasion, page)
