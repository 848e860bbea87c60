"""Rejecting an entry that is offered: it is as it was before."""

from __future__ import annotations

from collections.abc import Iterator

from custmaster.decision import Decision, Occasion, Reason
from custmaster.desk.roster_facts import OfStaff, RosterFacts
from custmaster.desk.roster_grounds import answer, happened, judge_entry_step, judge_offered
from custmaster.handbook import Page
from custmaster.roster.events import EntryRejected

__all__ = ["decide"]


def decide(asked: OfStaff, facts: RosterFacts, occasion: Occasion, page: Page) -> Decision:
    """Whether the staff member declines the entry on the day: one that is offered to nobody else.

    It goes back to the pool, or stays with whoever maintains it. Allowed carries EntryRejected.
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
    >>> answer = decide(OfStaff(entry="E-1", staff="S-1"), facts, occasion, default().on(occasion.day))
    >>> [str(one.code) for one in answer.reasons]
    ['ENTRY_STATE']
    """
    event = happened(EntryRejected, occasion, asked.entry, staff=asked.staff, reason=asked.reason)
    return answer(event, _judge(asked, facts, event), facts, occasion, page)


def _judge(asked: OfStaff, facts: RosterFacts, event: EntryRejected) -> Iterator[Reason]:
    entry = facts.book.entry(asked.entry)
    yield from judge_entry_step(entry, event)
    yield from judge_offered(asked, entry)
