"""A prospect becomes a customer: the entry goes on with all its history, and what was kept of the prospect is dropped."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from custmaster.decision import Decision, Occasion, Reason
from custmaster.desk.enlist import EnlistFacts, judge_customer
from custmaster.desk.roster_facts import RosterFacts
from custmaster.desk.roster_grounds import against, answer, happened, judge_entry_step
from custmaster.handbook import Page
from custmaster.roster.codes import RosterCode
from custmaster.roster.events import ProspectConverted

__all__ = ["Conversion", "decide"]


@frozen(kw_only=True)
class Conversion:
    """The request: the entry of a prospect, and the number that the customer was given.

    >>> Conversion(entry="E-1", customer="6000000001").customer
    '6000000001'
    """

    entry: str
    customer: str


def decide(asked: Conversion, facts: EnlistFacts, occasion: Occasion, page: Page) -> Decision:
    """Whether the prospect's entry becomes the customer's on the day, in whatever state it is but STRUCK_OFF.

    The customer is an active individual without an entry (ALREADY_ON_ROSTER names the other one: strike one off). Whoever maintains, helps or is
    offered it goes on. Allowed carries ProspectConverted; the stored listing is then kept as `without_prospect` gives it. The same request id
    gives the same answer. Errors: CustmasterError for an earlier answer of another request, or an entry that was not loaded. Source: R-08, B8.11.

    >>> from datetime import date
    >>> from custmaster.desk.roster_facts import RosterBook
    >>> from custmaster.handbook import default
    >>> from custmaster.roster import RosterEntry, Source
    >>> entry = RosterEntry(
    ...     number="E-1", customer="6000000001", level="金卡", source=Source.SYSTEM, listed_on=date(2026, 1, 5)
    ... )
    >>> occasion = Occasion(day=date(2026, 11, 28), actor="S-9", request_id="T-1")
    >>> facts = EnlistFacts(book=RosterBook(entries=[entry]))
    >>> asked = Conversion(entry="E-1", customer="6000000002")
    >>> [str(one.code) for one in decide(asked, facts, occasion, default().on(occasion.day)).reasons]
    ['NOT_A_PROSPECT', 'CUSTOMER_UNKNOWN']
    """
    event = happened(ProspectConverted, occasion, asked.entry, customer=asked.customer)
    around = RosterFacts(book=facts.book, earlier=facts.earlier)
    return answer(event, _judge(asked, facts, occasion, event), around, occasion, page)


def _judge(asked: Conversion, facts: EnlistFacts, occasion: Occasion, event: ProspectConverted) -> Iterator[Reason]:
    entry = facts.book.entry(asked.entry)
    yield from judge_entry_step(entry, event)
    if entry.prospect is None:
        yield against(RosterCode.NOT_A_PROSPECT, entry, {}, "R-15")
    yield from judge_customer(entry, asked.customer, facts, occasion)
