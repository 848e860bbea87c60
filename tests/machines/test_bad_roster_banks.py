"""Banks that do one thing wrong with a roster; each is found by the machine."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from attrs import evolve as changed

from custmaster.customer.events import Merged, Unmerged
from custmaster.decision import Decision
from custmaster.desk.hand_over import HandOver
from custmaster.desk.merge_facts import MergeFacts, UnmergeFacts
from custmaster.desk.merge_plan import MergeRecord
from custmaster.desk.roster_facts import RosterBook, ToStaff
from custmaster.roster import (
    EntryHandedOver,
    EntryReturned,
    ProspectConverted,
    RosterEntry,
    StruckFor,
)
from custmaster.roster.standing import EntryMove
from custmaster.testing._machines import run_machine
from custmaster.testing.contract_bank import ContractBank
from custmaster.testing.roster_bank import RosterBank
from custmaster.testing.roster_machine import roster_machine
from custmaster.value.span import ALWAYS

FOUND_WITHIN = 1_000
"""Examples of at most fifty steps, within which every bank with a fault is found."""


class CountsOffersForNothing(RosterBank):
    """What is offered takes no seat: two offers share the last one."""

    def propose(self, request_id: str, asked: ToStaff) -> Decision:
        held = self.books
        kept = {n: one for n, one in held.entries.items() if n == asked.entry or one.proposal is None}
        self.books = changed(held, entries=kept)
        answer = RosterBank.propose(self, request_id, asked)
        self.books = changed(held, entries={**held.entries, **self.books.entries})
        return answer


class HandsOverToTheFull(RosterBank):
    """Whoever hands over does not look at what the other one maintains."""

    def hand_over(self, request_id: str, asked: HandOver) -> Decision:
        held = self.books
        self.books = changed(held, entries={asked.entry: held.entries[asked.entry]})
        answer = RosterBank.hand_over(self, request_id, asked)
        self.books = changed(held, entries={**held.entries, **self.books.entries})
        return answer


class TakesOldPosts(RosterBank):
    """A post that was held once counts."""

    def assign_to(self, request_id: str, asked: ToStaff) -> Decision:
        held = dict(self.staff)
        member = held.get(asked.staff)
        if member is not None:
            places = {(one.post, one.outlet): changed(one, valid=ALWAYS) for one in member.postings}
            self.staff[asked.staff] = changed(member, postings=list(places.values()))
        answer = RosterBank.assign_to(self, request_id, asked)
        self.staff = held
        return answer


class LeavesUnasked(RosterBank):
    """A post is left, and what was maintained there stays."""

    def left(self, request_id: str, staff: str) -> Decision:
        held = self.books
        kept = {n: one for n, one in held.entries.items() if one.maintainer is None}
        self.books = changed(held, entries=kept)
        answer = RosterBank.left(self, request_id, staff)
        self.books = changed(held, entries={**held.entries, **self.books.entries})
        return answer


class LeavesTheFirstOnly(RosterBank):
    """Of several entries that are left the first one returns to the pool."""

    def happen(
        self, events: Iterable[object], contracts: Iterable[str] = (), entries: Iterable[EntryMove] = ()
    ) -> None:
        listed = tuple(events)
        returned = [one for one in listed if isinstance(one, EntryReturned)]
        RosterBank.happen(self, [one for one in listed if one not in returned[1:]], contracts, entries)


class LetsTheDayPass(RosterBank):
    """Nobody looks at the end of the day whose post was over."""

    def end_of_day(self, days: int) -> None:
        ContractBank.end_of_day(self, days)
        self.erase_due(f"EOD-{self.day}-ERASE")


class ErasesTheLiveOnly(RosterBank):
    """A prospect whose entry was struck off is forgotten, and so kept."""

    def erase_due(self, request_id: str) -> Decision:
        held = self.books
        self.books = changed(held, entries={n: one for n, one in held.entries.items() if one.is_live})
        answer = RosterBank.erase_due(self, request_id)
        self.books = changed(held, entries={**held.entries, **self.books.entries})
        return answer


class ListsTwice(RosterBank):
    """What already stands on the roster is not looked up."""

    def enlist(self, request_id: str, entry: RosterEntry, number: str) -> Decision:
        held = self.books
        self.books = changed(held, entries={n: one for n, one in held.entries.items() if n == number})
        answer = RosterBank.enlist(self, request_id, entry, number)
        self.books = changed(held, entries={**held.entries, **self.books.entries})
        return answer


class ConvertsByListingAnew(RosterBank):
    """A prospect who becomes a customer gets a new entry without the history."""

    def happen(
        self, events: Iterable[object], contracts: Iterable[str] = (), entries: Iterable[EntryMove] = ()
    ) -> None:
        for event in events:
            RosterBank.happen(self, [event], contracts, entries)
            if isinstance(event, ProspectConverted):
                now = self.books.entries[event.number]
                self.books = changed(self.books, entries={**self.books.entries, event.number: changed(now, past=())})


class HandsOverByOverwriting(RosterBank):
    """A handover writes the new maintainer over the old one, and tells of it as of a return and a first assignment."""

    def happen(
        self, events: Iterable[object], contracts: Iterable[str] = (), entries: Iterable[EntryMove] = ()
    ) -> None:
        for event in events:
            before = dict(self.books.entries)
            RosterBank.happen(self, [event], contracts, entries)
            if isinstance(event, EntryHandedOver):
                now = self.books.entries[event.number]
                self.books = changed(
                    self.books, entries={**before, event.number: changed(now, past=before[event.number].past)}
                )


class MergesWithoutRoster(RosterBank):
    """A merge leaves the entries with the absorbed number."""

    def merge_facts(self, request_id: str, survivor: str, absorbed: str) -> MergeFacts:
        return changed(RosterBank.merge_facts(self, request_id, survivor, absorbed), book=None)

    def unmerge_facts(self, request_id: str, record: MergeRecord) -> UnmergeFacts:
        return changed(RosterBank.unmerge_facts(self, request_id, record), book=None)


class MergesKeepingBoth(RosterBank):
    """Both entries go on: the customer has two maintainers."""

    def happen(
        self, events: Iterable[object], contracts: Iterable[str] = (), entries: Iterable[EntryMove] = ()
    ) -> None:
        listed, moves = tuple(events), tuple(entries)
        if any(isinstance(one, Merged) for one in listed):
            moves = tuple(one for one in moves if one.after.struck_off_for is not StruckFor.MERGED)
        RosterBank.happen(self, listed, contracts, moves)


class MergesLosingTheAbsorbed(RosterBank):
    """The absorbed customer's entry is struck off, and whoever maintained it is forgotten."""

    def happen(
        self, events: Iterable[object], contracts: Iterable[str] = (), entries: Iterable[EntryMove] = ()
    ) -> None:
        listed = tuple(events)
        joins = any(isinstance(one, Merged) for one in listed)
        moves = [one for one in entries if not (joins and one.other and one.after.struck_off_for is None)]
        RosterBank.happen(self, listed, contracts, moves)


class UnmergeLeavesEntries(RosterBank):
    """When a merge is undone the entries stay with the survivor."""

    def happen(
        self, events: Iterable[object], contracts: Iterable[str] = (), entries: Iterable[EntryMove] = ()
    ) -> None:
        listed = tuple(events)
        undone = any(isinstance(one, Unmerged) for one in listed)
        RosterBank.happen(self, listed, contracts, () if undone else entries)


class UnmergeFillsSeatsTwice(RosterBank):
    """What was given to the staff since the merge is not loaded when it is undone."""

    def unmerge_facts(self, request_id: str, record: MergeRecord) -> UnmergeFacts:
        facts = RosterBank.unmerge_facts(self, request_id, record)
        assert facts.book is not None
        moved = {one.entry for one in record.plan.entries} if record.plan is not None else set[str]()
        return changed(facts, book=changed(facts.book, entries=[n for n in facts.book.entries if n.number in moved]))


class RemovesFromTheBooksOnly(RosterBank):
    """A customer goes, and stays on the roster."""

    def leaving(self, number: str) -> tuple[EntryMove, ...]:
        return ()


class ComesBackWithout(RosterBank):
    """A customer comes back, and its entry does not."""

    def returning(self, number: str) -> tuple[EntryMove, ...]:
        return ()


class StoresWithoutAsking(RosterBank):
    """An answer is asked anew each time."""

    def earlier(self, request_id: str) -> Decision | None:
        return None


class ForgetsHelpers(RosterBank):
    """What somebody helps with is not loaded when a post is left."""

    def book(self, **named: Any) -> RosterBook:
        found = RosterBank.book(self, **named)
        if set(named) != {"staff"}:
            return found
        kept = [one for one in found.entries if one.maintainer and one.maintainer.staff in named["staff"]]
        return changed(found, entries=kept)


BAD_BANKS = (
    CountsOffersForNothing,
    HandsOverToTheFull,
    TakesOldPosts,
    LeavesUnasked,
    LeavesTheFirstOnly,
    LetsTheDayPass,
    ErasesTheLiveOnly,
    ListsTwice,
    ConvertsByListingAnew,
    HandsOverByOverwriting,
    MergesWithoutRoster,
    MergesKeepingBoth,
    MergesLosingTheAbsorbed,
    UnmergeLeavesEntries,
    UnmergeFillsSeatsTwice,
    RemovesFromTheBooksOnly,
    ComesBackWithout,
    StoresWithoutAsking,
    ForgetsHelpers,
)
"""Every one of them, each a subclass with one fault."""


@pytest.mark.parametrize("bad", BAD_BANKS, ids=lambda bad: bad.__name__)
def test_a_bank_with_a_fault_is_found(bad: type[RosterBank]) -> None:
    with pytest.raises(AssertionError):
        run_machine(roster_machine(bad), max_examples=FOUND_WITHIN, steps=50, start=0, shrink=False)
