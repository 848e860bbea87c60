"""The life of customers as a state machine: a host opens, changes, removes, reactivates and merges as the desk decides."""

from __future__ import annotations

from datetime import date, timedelta
from functools import reduce
from typing import Any

from attrs import evolve as altered
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from custmaster.customer import change
from custmaster.customer.children import InRole, NamedAs, Noted
from custmaster.customer.entry import Entry
from custmaster.customer.events import (
    TRANSITIONS,
    CustomerEvent,
    Deleted,
    Merged,
    Reactivated,
    Unmerged,
    evolve,
)
from custmaster.customer.kinds import RoleKind, Status
from custmaster.customer.record import Customer
from custmaster.decision import Allowed, Decision, Occasion, Outcome
from custmaster.dedup.check import Candidate
from custmaster.dedup.keys import keys
from custmaster.desk import open as opening
from custmaster.desk import reactivate, remove
from custmaster.errors import CustmasterError
from custmaster.handbook import default
from custmaster.sim import numbers
from custmaster.testing.strategies import person_of
from custmaster.value.address import Address
from custmaster.value.name import Name
from custmaster.value.phone import Phone
from custmaster.value.span import Span

FIRST_DAY = date(2026, 11, 23)
SYSTEMS = ("BP", "EUSP")


def person(place: int, name: str) -> Entry:
    entry = person_of(
        number=numbers.resident_18("110105", date(1950, 1, 1 + place), place + 1),
        issued_on=date(2018, 3, 1),
        name=Name(name),
        phones=[Phone(f"1390000{1230 + place}")],
        addresses=[Address(f"北京市朝阳区桂影路{1 + place}号101室")],
    )
    return altered(entry, opened_on=None, nationality="CHN", occupation="教师")


PEOPLE = tuple(person(place, name) for place, name in enumerate(("王伟", "李芳", "张敏", "刘强", "陈静")))
KIND_OF_PLAIN: dict[str, type[Any]] = {"deleted": Deleted, "reactivated": Reactivated, "unmerged": Unmerged}
WHO = st.integers(0, 4)
ROLES = st.builds(InRole, kind=st.sampled_from(RoleKind))
NOTES = st.builds(Noted, key=st.just("hobby"), text=st.sampled_from(("围棋", "钓鱼")))


class CustomersOfABank(RuleBasedStateMachine):
    """What a host keeps: records, the events they are folded from, answers by request id, and what held at the end of each day."""

    def __init__(self) -> None:
        super().__init__()
        self.day = FIRST_DAY
        self.asked = 0
        self.given: list[str] = []
        self.records: dict[str, Customer] = {}
        self.events: dict[str, list[CustomerEvent]] = {}
        self.ended_days: list[tuple[date, dict[str, tuple[Status, str | None]]]] = []
        self.person_of: dict[str, int] = {}

    # --- the host ---------------------------------------------------------------------------------------------------------

    def occasion(self, **more: Any) -> Occasion:
        self.asked += 1
        return Occasion(day=self.day, actor="S-0042", request_id=f"T-{self.asked}", **more)

    def page(self) -> Any:
        return default().on(self.day)

    def found(self, entry: Entry) -> list[Candidate]:
        asked = {key.reveal() for key in keys(entry)}
        entries = {number: record.entry(self.day) for number, record in self.records.items()}
        return [
            Candidate(number=number, status=record.status, merged_into=record.merged_into, entry=entries[number])
            for number, record in self.records.items()
            if asked & {key.reveal() for key in keys(entries[number])}
        ]

    def store(self, decision: Decision) -> tuple[CustomerEvent, ...]:
        """One transaction: the events of an Allowed; of any other answer there is nothing to store."""
        events: tuple[Any, ...] = decision.events if isinstance(decision, Allowed) else ()
        for event in events:
            self.happens(event)
        return events

    def happens(self, event: CustomerEvent) -> None:
        self.records[event.number] = evolve(self.records.get(event.number), event)
        self.events.setdefault(event.number, []).append(event)

    def some(self, who: int) -> str:
        return list(self.records)[who % len(self.records)]

    # --- what happens -----------------------------------------------------------------------------------------------------

    @initialize(first=WHO, second=WHO)
    def the_bank_has_customers(self, first: int, second: int) -> None:
        """Hypothesis leaves rules out at will: without this many runs would see no customer."""
        self.somebody_applies(first, SYSTEMS)
        self.somebody_applies(second, SYSTEMS)

    @rule(days=st.integers(1, 40))
    def days_pass(self, days: int) -> None:
        states = {number: (record.status, record.merged_into) for number, record in self.records.items()}
        self.ended_days.append((self.day, states))
        self.day += timedelta(days=days)

    @rule(who=WHO, searched=st.sampled_from((SYSTEMS, SYSTEMS, SYSTEMS, ("BP",))))
    def somebody_applies(self, who: int, searched: tuple[str, ...]) -> None:
        known = who in self.person_of.values()
        request = opening.Opening(applicant=PEOPLE[who])
        occasion = self.occasion(numbers=[f"60000000{len(self.given):02}"])
        facts = opening.OpeningFacts(candidates=self.found(PEOPLE[who]), searched=searched)
        decision = opening.decide(request, facts, occasion, self.page())
        assert (decision.outcome is Outcome.ALLOWED) is (not known and searched == SYSTEMS)
        for event in self.store(decision):
            self.given.append(event.number)
            self.person_of[event.number] = who
        again = altered(facts, candidates=self.found(PEOPLE[who]), earlier=decision)
        assert opening.decide(request, again, occasion, self.page()) == decision

    @precondition(lambda self: self.records)
    @rule(who=WHO)
    def a_number_is_reserved_twice(self, who: int) -> None:
        stranger = person(9, "周杰")
        facts = opening.OpeningFacts(searched=SYSTEMS, taken=self.given)
        occasion = self.occasion(numbers=[self.some(who)])
        decision = opening.decide(opening.Opening(applicant=stranger), facts, occasion, self.page())
        assert decision.outcome is Outcome.REFUSED
        assert not self.store(decision)

    @precondition(lambda self: self.records)
    @rule(who=WHO, child=ROLES | NOTES, later=st.integers(-5, 30))
    def a_child_is_added(self, who: int, child: InRole | Noted, later: int) -> None:
        customer = self.records[self.some(who)]
        dated = altered(child, valid=Span(self.day + timedelta(days=later), None))
        self.changes(customer, change.AddChild(child=dated))

    @precondition(lambda self: self.records)
    @rule(who=WHO, later=st.integers(0, 30))
    def the_newest_role_ends(self, who: int, later: int) -> None:
        customer = self.records[self.some(who)]
        if customer.roles:
            self.changes(customer, change.EndChild(child=customer.roles[-1], end=self.day + timedelta(days=later)))

    @precondition(lambda self: self.records)
    @rule(who=WHO)
    def a_second_legal_name_is_refused(self, who: int) -> None:
        customer = self.records[self.some(who)]
        decision = self.changes(customer, change.AddChild(child=NamedAs(name=Name("赵云"))))
        assert decision.outcome is Outcome.REFUSED

    def changes(self, customer: Customer, asked: change.Change) -> Decision:
        decision = change.decide(customer, asked, occasion=self.occasion(), page=self.page())
        if customer.status is not Status.ACTIVE:
            assert decision.outcome is Outcome.REFUSED
        self.store(decision)
        return decision

    @precondition(lambda self: self.records)
    @rule(who=WHO, accounts=st.sampled_from((0, 0, 2)))
    def a_customer_is_removed(self, who: int, accounts: int) -> None:
        customer = self.records[self.some(who)]
        facts = remove.RemovalFacts(open_accounts=accounts, live_cards=0, live_contracts=[], roster_entries=0)
        decision = remove.decide(customer, facts, self.occasion(), self.page())
        allowed = customer.status is Status.ACTIVE and not accounts
        assert decision.outcome is (Outcome.ALLOWED if allowed else Outcome.REFUSED)
        self.store(decision)

    @precondition(lambda self: self.records)
    @rule(who=WHO)
    def a_customer_comes_back(self, who: int) -> None:
        customer = self.records[self.some(who)]
        facts = reactivate.ReactivationFacts(candidates=self.found(customer.entry(self.day)), searched=SYSTEMS)
        decision = reactivate.decide(customer, facts, self.occasion(), self.page())
        assert decision.outcome is (Outcome.ALLOWED if customer.status is Status.DELETED else Outcome.REFUSED)
        self.store(decision)

    @precondition(lambda self: len(self.records) > 1)
    @rule(who=WHO, other=WHO)
    def one_is_merged_into_another(self, who: int, other: int) -> None:
        loser, survivor = self.records[self.some(who)], self.records[self.some(other)]
        if loser != survivor and loser.status is survivor.status is Status.ACTIVE:
            occasion = self.occasion()
            said = {"on": self.day, "actor": occasion.actor, "request_id": occasion.request_id}
            self.happens(Merged(number=loser.number, into=survivor.number, **said))

    @precondition(lambda self: any(record.status is Status.MERGED for record in self.records.values()))
    @rule(data=st.data())
    def a_merge_is_undone(self, data: st.DataObject) -> None:
        merged = [number for number, record in self.records.items() if record.status is Status.MERGED]
        number = data.draw(st.sampled_from(merged))
        occasion = self.occasion()
        self.happens(Unmerged(number=number, on=self.day, actor=occasion.actor, request_id=occasion.request_id))

    @precondition(lambda self: self.records)
    @rule(who=WHO, name=st.sampled_from(sorted(KIND_OF_PLAIN)))
    def a_step_that_the_table_does_not_hold_changes_nothing(self, who: int, name: str) -> None:
        customer, kind = self.records[self.some(who)], KIND_OF_PLAIN[name]
        if kind in TRANSITIONS[customer.status]:
            return
        refused = None
        try:
            evolve(customer, kind(number=customer.number, on=self.day, actor="S-1", request_id="T-0"))
        except CustmasterError as problem:
            refused = problem
        assert refused is not None

    # --- what always holds ------------------------------------------------------------------------------------------------

    @invariant()
    def a_number_is_given_once_and_never_changes(self) -> None:
        assert len(set(self.given)) == len(self.given) == len(self.records)
        assert all(record.number == number for number, record in self.records.items())

    @invariant()
    def the_fold_of_the_events_is_the_record(self) -> None:
        for number, events in self.events.items():
            assert reduce(evolve, events, None) == self.records[number]

    @invariant()
    def only_a_merged_customer_names_its_survivor(self) -> None:
        for record in self.records.values():
            assert (record.status is Status.MERGED) is (record.merged_into is not None)

    @invariant()
    def what_held_at_the_end_of_a_day_is_seen_as_of_that_day(self) -> None:
        for day, states in self.ended_days[-6:]:
            for number, record in self.records.items():
                seen = record.as_of(day)
                if number in states:
                    assert (seen.status, seen.merged_into) == states[number]
                else:
                    assert seen.opened_on is None

    @invariant()
    def no_past_day_shows_what_began_after_it(self) -> None:
        for day, _ in self.ended_days[-6:]:
            for record in self.records.values():
                seen = record.as_of(day)
                assert all(child.valid.contains(day) for child in (*seen.names, *seen.roles, *seen.notes))


TestCustomersOfABank = CustomersOfABank.TestCase
TestCustomersOfABank.settings = settings(max_examples=60, stateful_step_count=40)


def test_the_machine_begins_with_people_whom_the_desk_opens() -> None:
    for place, entry in enumerate(PEOPLE):
        occasion = Occasion(day=FIRST_DAY, actor="S-1", request_id="T-1", numbers=[f"60000000{place:02}"])
        facts = opening.OpeningFacts(searched=SYSTEMS)
        decision = opening.decide(opening.Opening(applicant=entry), facts, occasion, default().on(FIRST_DAY))
        assert isinstance(decision, Allowed), [str(reason.code) for reason in decision.reasons]
