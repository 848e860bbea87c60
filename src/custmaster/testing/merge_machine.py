"""Merging as a state machine: a bank merges, undoes, changes and withdraws at random, and what must always hold is looked at after each step.

Subclass it with a `bank` of your own to hold your merging to the same invariants: it needs the fields and methods of `MergeBank`.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from custmaster.customer.children import Noted
from custmaster.customer.events import Added, Ended
from custmaster.customer.kinds import Status
from custmaster.customer.record import Customer
from custmaster.decision import Allowed
from custmaster.dedup.aliases import replay, resolutions, resolve
from custmaster.dedup.rulings import Ruling, RulingKind
from custmaster.desk.merge_plan import MergeRecord
from custmaster.handbook import default
from custmaster.screening.ledger import standing
from custmaster.testing._merges import one_person_customers
from custmaster.testing.merge_bank import MergeBank, content

__all__ = ["MergesOfABank"]

_DAY: Final = date(2026, 11, 23)
_WHO: Final = st.integers(0, 5)
_NOTES: Final = st.sampled_from(("散步", "唱歌", "下棋"))


class MergesOfABank(RuleBasedStateMachine):
    """Two to six records of one person; every step goes through the desk.

    >>> MergesOfABank().bank.records
    {}
    """

    def __init__(self) -> None:
        super().__init__()
        self.bank: MergeBank = MergeBank(page=default().on(_DAY))
        self.before: dict[str, tuple[Customer, Customer]] = {}
        self.touched: set[str] = set()
        self.paid: dict[str, str] = {}

    def some(self, who: int) -> str:
        """One of the numbers."""
        return sorted(self.bank.records)[who % len(self.bank.records)]

    def standing(self) -> list[MergeRecord]:
        """The merges that were not undone, in the order in which they were made."""
        return [one for one in self.bank.journal if one.reversed_by is None]

    @initialize(people=one_person_customers())
    def the_bank_has_customers(self, people: tuple[Customer, ...]) -> None:
        """Records of one person, each with an account."""
        self.bank.add(people)

    @rule(days=st.integers(1, 40))
    def days_pass(self, days: int) -> None:
        """The bank's day goes on."""
        self.bank.day += timedelta(days=days)

    @rule(one=_WHO, other=_WHO)
    def two_are_merged(self, one: int, other: int) -> None:
        """Allowed exactly when both are active, apart, and nobody ruled against it."""
        survivor, absorbed = self.some(one), self.some(other)
        active = all(self.bank.records[number].status is Status.ACTIVE for number in (survivor, absorbed))
        forbidden = survivor == absorbed or self.bank.rulings.says(survivor, absorbed) is RulingKind.CANNOT_LINK
        was = (content(self.bank.records[survivor]), content(self.bank.records[absorbed]))
        answer = self.bank.merge(survivor, absorbed)
        _hold(
            (answer.plan is not None) is (active and not forbidden), "a merge is allowed when nothing stands against it"
        )
        if answer.plan is not None:
            self.before[answer.plan.request_id] = was

    @rule(which=_WHO)
    def a_merge_is_undone(self, which: int) -> None:
        """Only the last one of its customers goes; what was before it comes back, unless something was changed since."""
        if not self.standing():
            return
        record = self.standing()[which % len(self.standing())]
        both = {record.survivor, record.absorbed}
        later = self.standing()[self.standing().index(record) + 1 :]
        last = not any(both & {one.survivor, one.absorbed} for one in later)
        answer = self.bank.unmerge(record.request_id)
        _hold(
            isinstance(answer.decision, Allowed) is last, "the last merge of two customers can be undone, and no other"
        )
        if last and record.survivor not in self.touched:
            now = tuple(content(self.bank.records[number]) for number in (record.survivor, record.absorbed))
            _hold(now == self.before[record.request_id], "undoing restores both sides")

    @rule(who=_WHO, note=_NOTES)
    def something_is_entered(self, who: int, note: str) -> None:
        """A note on an active customer."""
        number = self.some(who)
        if self.bank.records[number].status is Status.ACTIVE:
            child = Noted(key="later", text=note)
            self.bank.asked += 1
            request = f"C-{self.bank.asked}"
            self.bank.happens(Added(number=number, child=child, on=self.bank.day, actor="S-1", request_id=request))
            self.touched.add(number)

    @rule(who=_WHO)
    def a_note_ends(self, who: int) -> None:
        """What was moved may be changed afterwards: it is kept, and told."""
        record = self.bank.records[self.some(who)]
        notes = [note for note in record.notes if note.valid.end is None]
        if record.status is Status.ACTIVE and notes and (notes[0].valid.start or date.min) < self.bank.day:
            self.bank.asked += 1
            said: dict[str, Any] = {"number": record.number, "actor": "S-1", "request_id": f"C-{self.bank.asked}"}
            self.bank.happens(Ended(child=notes[0], end=self.bank.day, on=self.bank.day, **said))
            self.touched.add(record.number)

    @rule(one=_WHO, other=_WHO)
    def a_ruling_is_withdrawn(self, one: int, other: int) -> None:
        """A steward looks again at what was undone."""
        left, right = self.some(one), self.some(other)
        if self.bank.rulings.says(left, right) is RulingKind.CANNOT_LINK:
            said: dict[str, Any] = {"left": left, "right": right, "by": "S-1"}
            self.bank.rules(Ruling(kind=RulingKind.WITHDRAWN, day=self.bank.day, **said))

    @invariant()
    def nothing_refers_to_a_merged_customer(self) -> None:
        """Pain 2: what is left on a dead record."""
        dead = {number for number, record in self.bank.records.items() if record.status is Status.MERGED}
        _hold(dead.isdisjoint(self.bank.references.values()), "every reference moves with a merge")

    @rule(one=_WHO, other=_WHO)
    def something_is_paid(self, one: int, other: int) -> None:
        """Over one of a customer's accounts, its own or one that came with a merge."""
        number = self.some(one)
        held = sorted(account for (_, account), holder in self.bank.references.items() if holder == number)
        if held:
            self.bank.asked += 1
            self.paid[f"P-{self.bank.asked}"] = held[other % len(held)]
            self.bank.pays(number, held[other % len(held)], f"P-{self.bank.asked}")

    @invariant()
    def whatever_was_paid_counts_once_for_the_holder_of_its_account(self) -> None:
        """No merge and no undoing loses a reservation, or counts one twice."""
        accounts = self.paid | {f"P-{number}": number for number in self.bank.records}
        owed = sorted((name, self.bank.references["ACCOUNT", account]) for name, account in accounts.items())
        held = sorted((name, usage.customer) for usage in self.bank.usages.values() for name in usage.entries)
        _hold(owed == held, "what was reserved stands with the customer who has its account")
        years = [sums for usage in self.bank.usages.values() for sums in usage.years.values()]
        counted = sum(count for sums in years for _, count in sums.values())
        _hold(counted == len(owed), "the sums hold each transaction once")

    @invariant()
    def whoever_stands_for_several_is_restricted_as_each_was(self) -> None:
        """The worse holds; once the merge is undone, each has its own again."""
        for number in self.bank.usages:
            own = {f"R-{one}" for (_, one), holder in self.bank.references.items() if holder == number}
            stands = {one.number for one in standing(self.bank.restrictions, number, self.bank.day)}
            _hold(own == stands, "restrictions go with their customers")

    @invariant()
    def the_ledger_and_the_records_say_the_same(self) -> None:
        """Each merged customer's number leads where its record says, and in the end to an active customer."""
        found = resolutions(self.bank.ledger, self.bank.day)
        merged = {number for number, record in self.bank.records.items() if record.status is Status.MERGED}
        _hold(set(found) == merged, "the numbers that lead elsewhere are those of merged customers")
        for number in merged:
            chain = resolve(self.bank.ledger, number, self.bank.day).chain
            _hold(chain[1].number == self.bank.records[number].merged_into, "a number leads to its survivor")
            _hold(self.bank.records[found[number]].status is Status.ACTIVE, "a chain ends at an active customer")

    @invariant()
    def the_events_rebuild_the_ledger(self) -> None:
        """What downstream systems replay."""
        _hold(replay(self.bank.told) == self.bank.ledger, "replaying the events rebuilds the ledger")


def _hold(true: bool, sentence: str) -> None:  # noqa: FBT001 -- a sentence and whether it holds
    if not true:
        raise AssertionError(sentence)
