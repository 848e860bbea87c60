"""A host in memory that keeps a roster beside its customers: entries, staff on their posts, and what is asked of them.

It loads what a question asks for and no more, asks the desk, and stores the answer with its events in one step; merging, its undoing, removing and
coming back are the customers' questions, whose consequences reach the roster. `custmaster.testing.roster_machine` holds it, or a host of your own,
to what must always hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final, TypeVar

from attrs import define, evolve, field

from custmaster.decision import Decision, Occasion
from custmaster.dedup import aliases
from custmaster.desk import (
    accept,
    add_helper,
    assign_to,
    convert,
    drop_helper,
    enlist,
    erase_due,
    hand_over,
    leave_post,
    propose,
    reject,
    return_to_pool,
    revise,
    strike_off,
    withdraw,
)
from custmaster.desk.enlist import EnlistFacts, Enlisting
from custmaster.desk.hand_over import HandOver
from custmaster.desk.joined_entries import back_with, going_with
from custmaster.desk.merge_facts import MergeFacts, UnmergeFacts
from custmaster.desk.merge_plan import MergeRecord
from custmaster.desk.roster_facts import OfStaff, RosterBook, RosterFacts, ToStaff
from custmaster.handbook import Page
from custmaster.roster.entry import RosterEntry
from custmaster.roster.kinds import Post
from custmaster.roster.staff import Posting, Staff
from custmaster.roster.standing import EntryMove
from custmaster.testing.contract_bank import ContractBank, page_on
from custmaster.value.span import Span

__all__ = ["STAFF", "RosterBank"]

Asked = TypeVar("Asked")

_FIRST: Final = Span(date(2026, 1, 1), None)


def _on_post(number: str, capacity: int | None, *places: tuple[Post, str]) -> Staff:
    postings = [Posting(post=post, outlet=outlet, valid=_FIRST) for post, outlet in places]
    return Staff(number=number, capacity=capacity, postings=postings)


STAFF: Final = (
    _on_post("S-1", 1, (Post.TELLER, "0101")),
    _on_post("S-2", 2, (Post.LOBBY_MANAGER, "0101"), (Post.TELLER, "0101")),
    _on_post("S-3", 2, (Post.OUTLET_HEAD, "0102"), (Post.ACCOUNT_MANAGER, "0101")),
    _on_post("S-4", None, (Post.TELLER, "0102")),
)
"""Whoever begins at the bank: with one seat, with two, at two outlets, and without a bound."""


@define
class RosterBank(ContractBank):
    """The bank. Each question is a method: it takes the request id first, and gives the answer that was stored under it.

    `staff` are the staff members by number, with all their postings.

    >>> sorted(RosterBank().staff)
    ['S-1', 'S-2', 'S-3', 'S-4']
    """

    staff: dict[str, Staff] = field(factory=lambda: {one.number: one for one in STAFF})

    # --- coming on the roster and leaving it ------------------------------------------------------------------------------

    def enlist(self, request_id: str, entry: RosterEntry, number: str) -> Decision:
        """Somebody is put on the roster; `number` was reserved for the entry."""
        book = self.book(customers=[entry.customer], references=[entry.subject])
        facts = self._enlisting(request_id, book, entry.customer)
        occasion = self.occasion(request_id, number)
        return self.commit(request_id, enlist.decide(Enlisting(entry=entry), facts, occasion, page_on(self.day)))

    def convert(self, request_id: str, entry: str, customer: str) -> Decision:
        """A prospect became this customer."""
        facts = self._enlisting(request_id, self.book(entries=[entry], customers=[customer]), customer)
        asked = convert.Conversion(entry=entry, customer=customer)
        return self.commit(request_id, convert.decide(asked, facts, self.occasion(request_id), page_on(self.day)))

    def _enlisting(self, request_id: str, book: RosterBook, customer: str | None) -> EnlistFacts:
        known = None if customer is None else self.books.customers.get(customer)
        return EnlistFacts(
            book=book,
            kind=None if known is None else known.kind,
            standings=[] if customer is None else [aliases.resolve(self.books.ledger, customer, self.day)],
            taken=self.books.entries,
            earlier=self.earlier(request_id),
        )

    def strike_off(self, request_id: str, entry: str) -> Decision:
        """An entry leaves the roster."""
        return self._asked(request_id, strike_off.decide, strike_off.StrikeOff(entry=entry), self.book(entries=[entry]))

    def revise(self, request_id: str, asked: revise.Revision) -> Decision:
        """The level or the needs of an entry are recorded anew."""
        return self._asked(request_id, revise.decide, asked, self.book(entries=[asked.entry]))

    def erase_due(self, request_id: str) -> Decision:
        """The prospects are erased whose day came."""
        facts = RosterFacts(book=self.book(entries=self.books.entries), earlier=self.earlier(request_id))
        return self.commit(request_id, erase_due.decide(facts, self.occasion(request_id), page_on(self.day)))

    # --- who maintains, who helps -----------------------------------------------------------------------------------------

    def propose(self, request_id: str, asked: ToStaff) -> Decision:
        """An entry is offered to a staff member."""
        return self._asked(request_id, propose.decide, asked, self._around(asked))

    def assign_to(self, request_id: str, asked: ToStaff) -> Decision:
        """An entry is placed with a staff member."""
        return self._asked(request_id, assign_to.decide, asked, self._around(asked))

    def accept(self, request_id: str, asked: OfStaff) -> Decision:
        """The staff member takes what is offered."""
        return self._asked(request_id, accept.decide, asked, self._around(asked))

    def reject(self, request_id: str, asked: OfStaff) -> Decision:
        """The staff member does not take what is offered."""
        return self._asked(request_id, reject.decide, asked, self._around(asked))

    def withdraw(self, request_id: str, asked: OfStaff) -> Decision:
        """An offer is taken back."""
        return self._asked(request_id, withdraw.decide, asked, self._around(asked))

    def hand_over(self, request_id: str, asked: HandOver) -> Decision:
        """An entry goes from one staff member to another."""
        return self._asked(request_id, hand_over.decide, asked, self._around(asked))

    def return_to_pool(self, request_id: str, asked: OfStaff) -> Decision:
        """A staff member gives an entry up."""
        return self._asked(request_id, return_to_pool.decide, asked, self._around(asked))

    def add_helper(self, request_id: str, asked: ToStaff) -> Decision:
        """A staff member helps with an entry."""
        return self._asked(request_id, add_helper.decide, asked, self._around(asked))

    def drop_helper(self, request_id: str, asked: OfStaff) -> Decision:
        """A staff member helps no longer."""
        return self._asked(request_id, drop_helper.decide, asked, self._around(asked))

    # --- posts ------------------------------------------------------------------------------------------------------------

    def takes_post(self, staff: str, posting: Posting) -> None:
        """A staff member gets a post."""
        there = self.staff[staff]
        self.staff[staff] = evolve(there, postings=[*there.postings, posting])

    def leave_post(self, request_id: str, staff: str, outlet: str) -> Decision:
        """A staff member holds no post at the outlet from the day on, and what was held there goes back."""
        if self.earlier(request_id) is None:
            there = self.staff[staff]
            self.staff[staff] = evolve(there, postings=list(self._ended(there, outlet)))
        return self.left(request_id, staff)

    def _ended(self, staff: Staff, outlet: str) -> Iterator[Posting]:
        for one in staff.postings:
            if one.outlet != outlet or (one.valid.end is not None and one.valid.end <= self.day):
                yield one
            elif one.valid.start is None or one.valid.start < self.day:
                yield evolve(one, valid=Span(one.valid.start, self.day))

    def left(self, request_id: str, staff: str) -> Decision:
        """What a staff member held where no post is held any more goes back."""
        asked = leave_post.LeavePost(staff=staff)
        return self._asked(request_id, leave_post.decide, asked, self.book(staff=[staff]))

    def end_of_day(self, days: int) -> None:
        """Days pass: prospects are erased in time, and whoever held a post until one of them leaves it."""
        ContractBank.end_of_day(self, days)
        self.erase_due(f"EOD-{self.day}-ERASE")
        for number in sorted(self.staff):
            self.left(f"EOD-{self.day}-{number}", number)

    # --- what becomes of the roster when something happens to a customer ------------------------------------------------

    def leaving(self, number: str) -> tuple[EntryMove, ...]:
        """The entry of a customer who goes leaves with it."""
        return going_with(self.book(customers=[number]), number, self.day)

    def returning(self, number: str) -> tuple[EntryMove, ...]:
        """And comes back with it."""
        return back_with(self.book(customers=[number]), number)

    def merge_facts(self, request_id: str, survivor: str, absorbed: str) -> MergeFacts:
        """The entries of both besides."""
        facts = ContractBank.merge_facts(self, request_id, survivor, absorbed)
        return evolve(facts, book=self.book(customers=[survivor, absorbed]))

    def unmerge_facts(self, request_id: str, record: MergeRecord) -> UnmergeFacts:
        """The entries that the merge moved besides, and all that is held by whoever stood there."""
        moves = () if record.plan is None else record.plan.entries
        stood = {
            one.staff
            for move in moves
            for one in (move.before.maintainer, move.before.proposal, *move.before.helpers)
            if one is not None
        }
        book = self.book(entries=[move.entry for move in moves], staff=stood)
        return evolve(ContractBank.unmerge_facts(self, request_id, record), book=book)

    # --- what is loaded, and what is stored -------------------------------------------------------------------------------

    def book(
        self,
        *,
        entries: Iterable[str] = (),
        customers: Iterable[str | None] = (),
        references: Iterable[str] = (),
        staff: Iterable[str] = (),
    ) -> RosterBook:
        """These entries, those of these customers and prospects, and all that these staff members hold; and the staff."""
        numbers, whose, people = {*entries}, {*customers} - {None}, {*staff}
        names = {*references}
        found = [
            one
            for one in self.books.entries.values()
            if one.number in numbers
            or one.customer in whose
            or not names.isdisjoint((one.subject, one.was_prospect))
            or not people.isdisjoint(_standing_at(one))
        ]
        return RosterBook(entries=found, staff=[self.staff[number] for number in people if number in self.staff])

    def _around(self, asked: ToStaff | OfStaff | HandOver) -> RosterBook:
        return self.book(entries=[asked.entry], staff=[asked.staff])

    def _asked(
        self,
        request_id: str,
        decide: Callable[[Asked, RosterFacts, Occasion, Page], Decision],
        asked: Asked,
        book: RosterBook,
    ) -> Decision:
        facts = RosterFacts(book=book, earlier=self.earlier(request_id))
        return self.commit(request_id, decide(asked, facts, self.occasion(request_id), page_on(self.day)))


def _standing_at(entry: RosterEntry) -> set[str]:
    return {one.staff for one in (entry.maintainer, entry.proposal, *entry.helpers) if one is not None}
