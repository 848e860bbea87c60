"""Putting a customer or prospect on the roster (列入名单): individuals only, each once, with what the source asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import evolve, field, frozen

from custmaster.decision import Citation, Decision, Occasion, Outcome, Reason
from custmaster.decision import decide as settle
from custmaster.dedup.aliases import Resolution
from custmaster.desk.repeated import answered
from custmaster.desk.roster_facts import RosterBook
from custmaster.desk.roster_grounds import against, judge_open
from custmaster.desk.search import named
from custmaster.desk.standing import judge_standing
from custmaster.errors import Fault, InvalidValue
from custmaster.handbook import Page
from custmaster.roster.codes import RosterCode
from custmaster.roster.entry import RosterEntry
from custmaster.roster.events import EntryListed
from custmaster.roster.kinds import EntryState
from custmaster.roster.rules import judge_entry
from custmaster.value.party import PartyKind

__all__ = ["ASKED", "EnlistFacts", "Enlisting", "decide", "judge_customer"]

ASKED: Final = "REQUESTED"
"""The number of an entry that is asked for: it gets its own when it is listed."""


@frozen(kw_only=True)
class Enlisting:
    """The request: the entry as it is to be, under the number `ASKED`, in the pool and without a history.

    Errors: InvalidValue (CONFLICT) for one that has a number, or that somebody stands at. Source: R-12..R-15.
    """

    entry: RosterEntry

    def __attrs_post_init__(self) -> None:
        entry = self.entry
        if entry.number != ASKED or entry.was_prospect is not None or entry.level_since is not None:
            raise InvalidValue(Fault.CONFLICT, path="entry.number", remedy=f"an entry is asked for as {ASKED}")
        if entry.state is not EntryState.POOLED or entry.helpers or entry.past:
            raise InvalidValue(Fault.CONFLICT, path="entry.state", remedy="an entry is listed in the pool")


@frozen(kw_only=True)
class EnlistFacts:
    """What the host found: the customer's kind and standing, every entry of the same customer or prospect, and entry numbers that are given.

    `standings` is the answer of `custmaster.dedup.aliases.resolve` for the customer; `kind` is None where nobody is known under the number. Both
    stay empty for a prospect. `earlier` is the answer stored under the same request id.
    """

    book: RosterBook
    kind: PartyKind | None = None
    standings: tuple[Resolution, ...] = field(default=(), converter=tuple[Resolution, ...])
    taken: tuple[str, ...] = field(default=(), converter=named)
    earlier: Decision | None = None


def decide(asked: Enlisting, facts: EnlistFacts, occasion: Occasion, page: Page) -> Decision:
    """Whether the customer or prospect is put on the roster on the day, into the pool, under the first reserved number.

    The customer is an active individual (NOT_INDIVIDUAL, R-02) and stands on the roster at most once (ALREADY_ON_ROSTER); its outlet, where it was
    loaded, is open (OUTLET_CLOSED); the entry itself is as `judge_entry` wants it. Allowed carries EntryListed. The same request id gives the same
    answer. Errors: CustmasterError for an earlier answer of another request, or a customer with two live entries. Source: R-02, R-12..R-17, B8.11.

    >>> from datetime import date
    >>> from custmaster.handbook import default
    >>> from custmaster.roster.kinds import Source
    >>> day = date(2026, 11, 28)
    >>> entry = RosterEntry(number=ASKED, customer="6000000001", level="金卡", source=Source.SYSTEM, listed_on=day)
    >>> occasion = Occasion(day=day, actor="S-9", request_id="T-1", numbers=["E-1"])
    >>> answer = decide(Enlisting(entry=entry), EnlistFacts(book=RosterBook()), occasion, default().on(day))
    >>> [str(one.code) for one in answer.reasons]
    ['CUSTOMER_UNKNOWN']
    """
    repeated = answered(facts.earlier, occasion, page, lambda done: _is(done, asked.entry))
    if repeated is not None:
        return repeated
    numbers = occasion.numbers[:1]
    entry = evolve(asked.entry, listed_on=occasion.day)
    reasons = [*_judge(entry, facts, occasion, page), *_judge_number(entry, numbers, facts)]
    return settle(reasons, handbook=page.stamp, events=_events(entry, occasion), approvals=occasion.approvals)


def _is(done: object, asked: RosterEntry) -> bool:
    return isinstance(done, EntryListed) and done.entry == evolve(asked, number=done.number, listed_on=done.on)


def _events(entry: RosterEntry, occasion: Occasion) -> Iterator[EntryListed]:
    for number in occasion.numbers[:1]:
        listed = evolve(entry, number=number)
        yield EntryListed(on=occasion.day, actor=occasion.actor, request_id=occasion.request_id, entry=listed)


def _judge(entry: RosterEntry, facts: EnlistFacts, occasion: Occasion, page: Page) -> Iterator[Reason]:
    if entry.customer is not None:
        yield from judge_customer(entry, entry.customer, facts, occasion)
    for one in facts.book.entries:
        references = () if one.prospect is None else (one.prospect.reference,)
        if entry.prospect is not None and one.is_live and entry.prospect.reference in (one.was_prospect, *references):
            yield against(RosterCode.ALREADY_ON_ROSTER, entry, {"entry": one.number})
    if entry.outlet is not None:
        yield from judge_open(entry.outlet, entry, facts.book, occasion)
    yield from judge_entry(entry, page, occasion.day)


def judge_customer(entry: RosterEntry, customer: str, facts: EnlistFacts, occasion: Occasion) -> Iterator[Reason]:
    """The customer is there, active, an individual, and on the roster by no other entry. Source: R-02, R-17."""
    unfit = judge_standing((customer,), facts.standings, occasion.day)
    yield from unfit
    if facts.kind is not PartyKind.PERSON and (facts.kind is not None or not unfit):
        kind = "-" if facts.kind is None else facts.kind.value
        yield _about(RosterCode.NOT_INDIVIDUAL, customer, "R-02", kind)
    there = facts.book.live_of(customer)
    if there is not None and there.number != entry.number:
        yield against(RosterCode.ALREADY_ON_ROSTER, entry, {"entry": there.number})


def _about(code: RosterCode, customer: str, article: str, kind: str) -> Reason:
    citation = Citation(article=article)
    return Reason(code=code, outcome=Outcome.REFUSED, citation=citation, subject=customer, facts={"kind": kind})


def _judge_number(entry: RosterEntry, numbers: tuple[str, ...], facts: EnlistFacts) -> Iterator[Reason]:
    if not numbers:
        yield against(RosterCode.ENTRY_NUMBER_NOT_RESERVED, entry, {})
    if any(number in facts.taken or any(one.number == number for one in facts.book.entries) for number in numbers):
        yield against(RosterCode.ENTRY_NUMBER_TAKEN, entry, {"number": numbers[0]})
