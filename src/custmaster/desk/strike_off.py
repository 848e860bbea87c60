"""Striking an entry off the roster: it stays as history, and whoever maintained it or helped stands in it."""

from __future__ import annotations

from attrs import field, frozen

from custmaster.decision import Decision, Occasion
from custmaster.desk.roster_facts import RosterFacts
from custmaster.desk.roster_grounds import answer, happened, judge_entry_step
from custmaster.handbook import Page
from custmaster.roster.events import EntryStruckOff

__all__ = ["StrikeOff", "decide"]


@frozen(kw_only=True)
class StrikeOff:
    """The request: which entry, and why, where that is told.

    >>> StrikeOff(entry="E-1").reason is None
    True
    """

    entry: str
    reason: str | None = field(default=None, repr=False)


def decide(asked: StrikeOff, facts: RosterFacts, occasion: Occasion, page: Page) -> Decision:
    """Whether the entry leaves the roster on the day: a live one does, whatever offer is open.

    A customer who is to be on the roster again is listed anew. Allowed carries EntryStruckOff. The same request id gives the same answer.
    Errors: CustmasterError for an earlier answer of another request, or an entry that was not loaded. Source: R-17.

    >>> from datetime import date
    >>> from custmaster.desk.roster_facts import RosterBook
    >>> from custmaster.handbook import default
    >>> from custmaster.roster import RosterEntry, Source
    >>> entry = RosterEntry(
    ...     number="E-1", customer="6000000001", level="金卡", source=Source.SYSTEM, listed_on=date(2026, 1, 5)
    ... )
    >>> facts = RosterFacts(book=RosterBook(entries=[entry]))
    >>> occasion = Occasion(day=date(2026, 11, 28), actor="S-9", request_id="T-1")
    >>> str(decide(StrikeOff(entry="E-1"), facts, occasion, default().on(occasion.day)).outcome)
    'ALLOWED'
    """
    event = happened(EntryStruckOff, occasion, asked.entry, reason=asked.reason)
    return answer(event, judge_entry_step(facts.book.entry(asked.entry), event), facts, occasion, page)
