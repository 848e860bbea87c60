"""Co-managing (协管): a staff member helps with an entry that another one maintains."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from custmaster.decision import Decision, Occasion, Outcome, Reason
from custmaster.desk.roster_facts import RosterFacts, ToStaff
from custmaster.desk.roster_grounds import against, answer, happened, judge_entry_step, judge_on_post
from custmaster.handbook import Page
from custmaster.handbook.roster_keys import CO_MANAGERS
from custmaster.roster.codes import RosterCode
from custmaster.roster.entry import RosterEntry
from custmaster.roster.events import CoManagerAdded

__all__ = ["decide"]


def decide(asked: ToStaff, facts: RosterFacts, occasion: Occasion, page: Page) -> Decision:
    """Whether the staff member may help with the entry from the day on: somebody maintains it, and the handbook allows helpers.

    The staff member is on post at the outlet, and neither maintains the entry nor helps with it yet; helping takes no seat. Allowed carries
    CoManagerAdded. The same request id gives the same answer. Errors: CustmasterError for an earlier answer of another request, or an entry
    that was not loaded. Source: R-17.

    >>> from datetime import date
    >>> from custmaster.desk.roster_facts import RosterBook
    >>> from custmaster.handbook import default
    >>> from custmaster.roster import Source
    >>> entry = RosterEntry(
    ...     number="E-1", customer="6000000001", level="金卡", source=Source.SYSTEM, listed_on=date(2026, 1, 5)
    ... )
    >>> facts = RosterFacts(book=RosterBook(entries=[entry]))
    >>> occasion = Occasion(day=date(2026, 11, 28), actor="S-9", request_id="T-1")
    >>> asked = ToStaff(entry="E-1", staff="S-1", outlet="0101")
    >>> [str(one.code) for one in decide(asked, facts, occasion, default().on(occasion.day)).reasons]
    ['ENTRY_STATE', 'STAFF_UNKNOWN']
    """
    event = happened(CoManagerAdded, occasion, asked.entry, staff=asked.staff, outlet=asked.outlet)
    entry = facts.book.entry(asked.entry)
    grounds = chain(
        judge_entry_step(entry, event), judge_on_post(asked, facts.book, occasion), _judge(entry, asked.staff, page)
    )
    return answer(event, grounds, facts, occasion, page)


def _judge(entry: RosterEntry, staff: str, page: Page) -> Iterator[Reason]:
    if not page[CO_MANAGERS]:
        citation = page.cite(CO_MANAGERS)
        code = RosterCode.CO_MANAGERS_NOT_KEPT
        yield Reason(code=code, outcome=Outcome.REFUSED, citation=citation, subject=entry.number)
    if any(one.staff == staff for one in entry.helpers):
        yield against(RosterCode.CO_MANAGES_ALREADY, entry, {"staff": staff})
