"""Ending co-management (协管): a staff member helps with an entry no longer."""

from __future__ import annotations

from collections.abc import Iterator

from custmaster.decision import Decision, Occasion, Reason
from custmaster.desk.roster_facts import OfStaff, RosterFacts
from custmaster.desk.roster_grounds import against, answer, happened, judge_entry_step
from custmaster.handbook import Page
from custmaster.roster.codes import RosterCode
from custmaster.roster.events import CoManagerRemoved

__all__ = ["decide"]


def decide(asked: OfStaff, facts: RosterFacts, occasion: Occasion, page: Page) -> Decision:
    """Whether the staff member ceases to help with the entry on the day.

    Also where the handbook no longer allows co-managers. Allowed carries CoManagerRemoved.
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
    ['NOT_CO_MANAGER']
    """
    event = happened(CoManagerRemoved, occasion, asked.entry, staff=asked.staff, reason=asked.reason)
    return answer(event, _judge(asked, facts, event), facts, occasion, page)


def _judge(asked: OfStaff, facts: RosterFacts, event: CoManagerRemoved) -> Iterator[Reason]:
    entry = facts.book.entry(asked.entry)
    yield from judge_entry_step(entry, event)
    if all(one.staff != asked.staff for one in entry.helpers):
        yield against(RosterCode.NOT_CO_MANAGER, entry, {"staff": asked.staff})
