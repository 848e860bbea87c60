"""A host in memory that keeps customers, contracts and answers, and does with them what the desk decides.

What a host around this library does stands here in its shortest form: it loads what a question asks for and no more, asks, and stores the
answer, its events and `joint.consequences` in one step. `custmaster.testing.contract_machine` holds it, or a host of your own, to what must always hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache, reduce
from types import MappingProxyType
from typing import Final, cast

from attrs import define, evolve, field, frozen

from custmaster.contract.catalogue import Catalogue
from custmaster.contract.codes import ContractCode
from custmaster.contract.events import ContractEvent
from custmaster.contract.events import evolve as contract_after
from custmaster.contract.record import Contract, ContractChange
from custmaster.customer.events import CustomerEvent
from custmaster.customer.events import evolve as customer_after
from custmaster.customer.kinds import Status
from custmaster.customer.record import Customer
from custmaster.decision import Allowed, Approval, Decision, Occasion, Refused
from custmaster.dedup import aliases
from custmaster.dedup.alias_events import AliasEvent
from custmaster.dedup.alias_records import EMPTY, AliasLedger
from custmaster.dedup.check import Candidate
from custmaster.dedup.codes import ExistenceCode
from custmaster.dedup.steward import EMPTY_LEDGER, Contradiction, Ledger, Ruling
from custmaster.desk import amend, close, expire, joint, reactivate, remove, resume, sign, suspend, terminate, transfer
from custmaster.desk import open as opening
from custmaster.desk.closing_codes import ClosingCode
from custmaster.desk.closing_facts import Closing, ClosingFacts, ClosingReport, Pending
from custmaster.desk.codes import DeskCode
from custmaster.desk.contract_facts import ContractFacts, Register
from custmaster.desk.manifest import ReferenceManifest
from custmaster.desk.merge import plan
from custmaster.desk.merge_codes import MergeCode
from custmaster.desk.merge_facts import Merge, MergeAnswer, MergeFacts, Unmerge, UnmergeAnswer, UnmergeFacts
from custmaster.desk.merge_plan import MergeRecord, record_of
from custmaster.desk.on_account import authorised_on, held_on
from custmaster.desk.overview import Overview, overview
from custmaster.desk.unmerge import unplan
from custmaster.errors import CustmasterError
from custmaster.handbook import Page, default
from custmaster.roster.codes import RosterCode
from custmaster.roster.entry import RosterEntry
from custmaster.roster.events import RosterEvent
from custmaster.roster.life import evolve as entry_after
from custmaster.roster.standing import EntryMove
from custmaster.testing._contract_kit import CATALOGUE
from custmaster.value.account import AccountNumber, CardNumber, bare

__all__ = ["EVERY_APPROVAL", "Books", "ContractBank", "page_on"]

_CODES: Final = (ContractCode, DeskCode, MergeCode, ClosingCode, ExistenceCode, RosterCode)
EVERY_APPROVAL: Final = Approval(by="S-0007", reason="seen", codes=[code.value for kind in _CODES for code in kind])
"""An approval of everything that may be approved."""

_SYSTEMS: Final = ("BP", "EUSP")
_KEPT: Final = (joint.Noun.NUMBER, joint.Noun.CONTRACT, joint.Noun.ROSTER)
"""What this bank keeps beside its customers, its roster being empty (`custmaster.testing.roster_bank`); usage and restrictions are the merge bank's."""
_NO_REFERENCES: Final = ReferenceManifest(version="kit", kinds=[])


@cache
def page_on(day: date) -> Page:
    """The default handbook of the day."""
    return default().on(day)


@frozen(kw_only=True)
class Books:
    """The state of the bank: customers, contracts and roster entries by number, and the ledger of customer numbers; nothing but the fold of its events.

    >>> dict(Books().contracts)
    {}
    """

    customers: Mapping[str, Customer] = MappingProxyType({})
    contracts: Mapping[str, Contract] = MappingProxyType({})
    entries: Mapping[str, RosterEntry] = MappingProxyType({})
    ledger: AliasLedger = EMPTY

    def after(self, event: object) -> Books:
        """The books after one event. Errors: CustmasterError for an event that its record does not take."""
        if isinstance(event, ContractEvent):
            contract = contract_after(self.contracts.get(event.number), event)
            return evolve(self, contracts=MappingProxyType({**self.contracts, event.number: contract}))
        if isinstance(event, CustomerEvent):
            customer = customer_after(self.customers.get(event.number), event)
            return evolve(self, customers=MappingProxyType({**self.customers, event.number: customer}))
        if isinstance(event, RosterEvent):
            entry = entry_after(self.entries.get(event.number), event)
            return evolve(self, entries=MappingProxyType({**self.entries, event.number: entry}))
        return evolve(self, ledger=aliases.evolve(self.ledger, cast("AliasEvent", event)))


@define
class ContractBank:
    """The bank. Each question is a method: it takes the request id first, and gives the answer that was stored under it.

    `books` is the state, `told` every event in order, `answers` the decisions by request id, `journal` the merges in their order. `held` are the
    accounts and cards, each with the number of the customer to whom it was given; `shut` are those that were closed.
    """

    catalogue: Catalogue = CATALOGUE
    day: date = date(2026, 11, 23)
    approvals: tuple[Approval, ...] = (EVERY_APPROVAL,)
    books: Books = field(factory=Books)
    told: list[object] = field(factory=list[object])
    answers: dict[str, Decision] = field(factory=dict[str, Decision])
    journal: list[MergeRecord] = field(factory=list[MergeRecord])
    rulings: Ledger = EMPTY_LEDGER
    held: dict[AccountNumber | CardNumber, str] = field(factory=dict[AccountNumber | CardNumber, str])
    shut: set[AccountNumber | CardNumber] = field(factory=set[AccountNumber | CardNumber])

    # --- customers --------------------------------------------------------------------------------------------------------

    def open(self, request_id: str, applicant: opening.Opening, number: str) -> Decision:
        """Somebody becomes a customer."""
        facts = opening.OpeningFacts(
            candidates=self.candidates(),
            searched=_SYSTEMS,
            taken=self.books.customers,
            earlier=self.earlier(request_id),
        )
        return self.commit(
            request_id, opening.decide(applicant, facts, self.occasion(request_id, number), page_on(self.day))
        )

    def remove(self, request_id: str, number: str) -> Decision:
        """A customer is removed. What is held at the bank counts, and so does each live contract that names the customer."""
        ends = aliases.resolutions(self.books.ledger, self.day)
        mine = [one for one, to in self.held.items() if one not in self.shut and ends.get(to, to) == number]
        leaving = self.leaving(number)
        facts = remove.RemovalFacts(
            open_accounts=sum(isinstance(one, AccountNumber) for one in mine),
            live_cards=sum(isinstance(one, CardNumber) for one in mine),
            live_contracts=self.live_contracts(number),
            roster_entries=len(leaving),
            earlier=self.earlier(request_id),
        )
        answer = remove.decide(self.books.customers[number], facts, self.occasion(request_id), page_on(self.day))
        return self.commit(request_id, answer, entries=leaving)

    def leaving(self, number: str) -> tuple[EntryMove, ...]:
        """What becomes of the roster when the customer goes."""
        del number
        return ()

    def live_contracts(self, number: str) -> list[str]:
        """The live contracts in which the customer stands, as the one who signed or as a further party."""
        return [one.number for one in self.books.contracts.values() if one.is_live and number in one.customers]

    def reactivate(self, request_id: str, number: str) -> Decision:
        """A removed customer comes back."""
        facts = reactivate.ReactivationFacts(
            candidates=self.candidates(), searched=_SYSTEMS, earlier=self.earlier(request_id)
        )
        answer = reactivate.decide(self.books.customers[number], facts, self.occasion(request_id), page_on(self.day))
        return self.commit(request_id, answer, entries=self.returning(number))

    def returning(self, number: str) -> tuple[EntryMove, ...]:
        """What becomes of the roster when the customer comes back."""
        del number
        return ()

    def candidates(self) -> list[Candidate]:
        """Every customer, as the existence check sees it."""
        return [
            Candidate(number=number, status=record.status, merged_into=record.merged_into, entry=record.entry(self.day))
            for number, record in self.books.customers.items()
        ]

    def merge(self, request_id: str, survivor: str, absorbed: str) -> Decision:
        """Two customers become one: their events, those of the contracts and the journal together."""
        customers = self.books.customers
        asked = Merge(
            survivor=customers[survivor], absorbed=customers[absorbed], manifest=_NO_REFERENCES, system=_SYSTEMS[0]
        )
        facts = self.merge_facts(request_id, survivor, absorbed)
        answer = plan(asked, facts, self.occasion(request_id), page_on(self.day))
        made = answer.plan
        contracts, entries = ((), ()) if made is None else (made.contracts, made.entries)
        self.commit(request_id, answer.decision, contracts, entries)
        if made is not None:
            self.journal.append(record_of(made))
        return answer.decision

    def merge_facts(self, request_id: str, survivor: str, absorbed: str) -> MergeFacts:
        """What the bank states of the two: all contracts of both, and those of others under the keys of the absorbed customer's."""
        earlier = self.earlier(request_id)
        return MergeFacts(
            references=(),
            looked_up=(),
            online_wealth=(),
            third_party_custody=(),
            legal_holds=(),
            blacklisted=(),
            aliases=self.books.ledger,
            rulings=self.rulings,
            register=self.register(survivor, absorbed),
            earlier=None if earlier is None else MergeAnswer(decision=earlier),
        )

    def unmerge(self, request_id: str, merge: str) -> Decision:
        """The merge of this request is undone: what moved goes back, and the two are ruled to be two."""
        place = next(at for at, one in enumerate(self.journal) if one.request_id == merge)
        record, customers = self.journal[place], self.books.customers
        undo = Unmerge(
            record=record,
            survivor=customers[record.survivor],
            absorbed=customers[record.absorbed],
            reason="two persons",
            system=_SYSTEMS[0],
        )
        facts = self.unmerge_facts(request_id, record)
        answer = unplan(undo, facts, self.occasion(request_id), page_on(self.day))
        made = answer.plan
        contracts, entries = ((), ()) if made is None else (made.contracts, made.entries)
        self.commit(request_id, answer.decision, contracts, entries)
        if made is not None:
            self.journal[place] = evolve(record, reversed_by=request_id)
            self.rules(made.ruling)
        return answer.decision

    def unmerge_facts(self, request_id: str, record: MergeRecord) -> UnmergeFacts:
        """What the bank states of the merge: the journal, and all contracts of both."""
        earlier = self.earlier(request_id)
        return UnmergeFacts(
            journal=self.journal,
            aliases=self.books.ledger,
            rulings=self.rulings,
            register=self.register(record.survivor, record.absorbed),
            earlier=None if earlier is None else UnmergeAnswer(decision=earlier),
        )

    def rules(self, ruling: Ruling) -> None:
        """A steward's ruling is taken up. Errors: CustmasterError for one that contradicts those before it."""
        answer = self.rulings.add(ruling)
        if isinstance(answer, Contradiction):
            raise CustmasterError(answer.sentence)
        self.rulings = answer

    # --- contracts --------------------------------------------------------------------------------------------------------

    def sign(self, request_id: str, contract: Contract, number: str) -> Decision:
        """A contract is signed at the counter, or a draft takes effect; `number` was reserved for it."""
        facts = sign.SigningFacts(
            catalogue=self.catalogue,
            standings=[aliases.resolve(self.books.ledger, one, self.day) for one in contract.customers],
            contracts=self.beside(contract),
            taken=self.taken(),
            earlier=self.earlier(request_id),
        )
        asked = sign.Signing(contract=contract, channel="COUNTER")
        return self.commit(request_id, sign.decide(asked, facts, self.occasion(request_id, number), page_on(self.day)))

    def taken(self) -> Iterable[str]:
        """The contract numbers that were ever given."""
        return self.books.contracts

    def amend(self, request_id: str, number: str, change: ContractChange) -> Decision:
        """Fields of a contract are agreed anew."""
        contract, facts = self._about(request_id, number)
        return self.commit(
            request_id, amend.decide(contract, change, facts, self.occasion(request_id), page_on(self.day))
        )

    def suspend(self, request_id: str, number: str) -> Decision:
        """A contract rests."""
        asked = (self.books.contracts[number], self.occasion(request_id), page_on(self.day), self.earlier(request_id))
        return self.commit(request_id, suspend.decide(*asked))

    def resume(self, request_id: str, number: str) -> Decision:
        """A contract holds again."""
        asked = (self.books.contracts[number], self.occasion(request_id), page_on(self.day), self.earlier(request_id))
        return self.commit(request_id, resume.decide(*asked))

    def terminate(self, request_id: str, number: str) -> Decision:
        """A contract is ended."""
        contract, facts = self._about(request_id, number)
        return self.commit(request_id, terminate.decide(contract, facts, self.occasion(request_id), page_on(self.day)))

    def transfer(self, request_id: str, asked: transfer.Transfer) -> Decision:
        """Contracts go to another card or account."""
        there = [
            one
            for one in self.books.contracts.values()
            if one.number in asked.contracts or held_on(one, asked.start) or authorised_on(one, asked.start)
        ]
        facts = ContractFacts(
            register=self.register(*(number for one in there for number in one.customers)),
            earlier=self.earlier(request_id),
        )
        return self.commit(request_id, transfer.decide(asked, facts, self.occasion(request_id), page_on(self.day)))

    def end_of_day(self, days: int) -> None:
        """Days pass, and what was agreed until one of them expires."""
        self.day += timedelta(days=days)
        self.happen(expire.sweep(self.books.contracts.values(), self.occasion(f"EOD-{self.day}")))

    def close(self, closing: Closing, pending: Iterable[str] = ()) -> ClosingReport:
        """An account, a card or a customer is to be closed; an account or card is shut when nothing bars it."""
        facts = ClosingFacts(
            register=Register(catalogue=self.catalogue, contracts=self.books.contracts.values()),
            pending=[Pending(contract=number) for number in pending],
            numbers=aliases.resolutions(self.books.ledger, self.day),
        )
        report = close.decide(closing, facts, self.occasion("closing"), page_on(self.day))
        number = closing.account or closing.card
        if number is not None and isinstance(report.decision, Allowed):
            self.shut.update(one for one in self.held if bare(one) == bare(number))
        return report

    def overview(self, number: str, *, ended: bool) -> Overview:
        """All contracts of a customer at one glance."""
        register = Register(catalogue=self.catalogue, contracts=self.books.contracts.values())
        return overview(number, register, self.day, aliases.resolutions(self.books.ledger, self.day), ended=ended)

    # --- what is loaded, and what is stored -------------------------------------------------------------------------------

    def _about(self, request_id: str, number: str) -> tuple[Contract, ContractFacts]:
        contract = self.books.contracts[number]
        return contract, ContractFacts(register=self.register(*contract.customers), earlier=self.earlier(request_id))

    def register(self, *customers: str) -> Register:
        """All contracts of the customers, and those of others with the same product, organisation and reference as one of them."""
        mine = [one for one in self.books.contracts.values() if not set(customers).isdisjoint(one.customers)]
        return Register(catalogue=self.catalogue, contracts=self._with_others(mine))

    def beside(self, contract: Contract) -> Iterable[Contract]:
        """All contracts of the customers of a new one, and those of others with the same product, organisation and reference."""
        mine = [one for one in self.books.contracts.values() if not set(contract.customers).isdisjoint(one.customers)]
        return [one for one in self._with_others([*mine, contract]) if one.number in self.books.contracts]

    def _with_others(self, mine: Iterable[Contract]) -> Iterable[Contract]:
        listed = {one.number: one for one in mine}
        places = {_place(one) for one in listed.values()} - {None}
        others = {one.number: one for one in self.books.contracts.values() if _place(one) in places}
        return (listed | others).values()

    def occasion(self, request_id: str, *numbers: str) -> Occasion:
        """The bank's day, a teller, and whoever approves."""
        return Occasion(day=self.day, actor="S-0042", request_id=request_id, numbers=numbers, approvals=self.approvals)

    def earlier(self, request_id: str) -> Decision | None:
        """The answer that is stored under the request id."""
        return self.answers.get(request_id)

    def commit(
        self, request_id: str, answer: Decision, contracts: Iterable[str] = (), entries: Iterable[EntryMove] = ()
    ) -> Decision:
        """Store the answer with all that follows from it; one that is final is never written over."""
        if not isinstance(self.earlier(request_id), Allowed | Refused):
            self.answers[request_id] = answer
            self.happen(answer.events if isinstance(answer, Allowed) else (), contracts, entries)
        return answer

    def happen(
        self, events: Iterable[object], contracts: Iterable[str] = (), entries: Iterable[EntryMove] = ()
    ) -> None:
        """The events and their consequences, in one step: all of them or none."""
        listed = tuple(events)
        forced = joint.consequences(listed, contracts=contracts, entries=entries)
        every = (*listed, *(one.effect for one in forced if one.noun in _KEPT))
        self.books = reduce(Books.after, every, self.books)
        self.told.extend(every)

    def active(self) -> list[str]:
        """The numbers of the active customers, sorted."""
        return sorted(number for number, one in self.books.customers.items() if one.status is Status.ACTIVE)


def _place(contract: Contract) -> tuple[str, str, str] | None:
    if contract.organisation is None or contract.reference is None:
        return None
    return contract.product, contract.organisation, contract.reference.exact
