"""Banks that do one thing wrong with contracts; written from the rules, before the machine that is to find them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import Any

import pytest
from attrs import evolve as changed

from custmaster.contract.events import ContractAmended, ContractSigned
from custmaster.contract.kinds import State
from custmaster.contract.record import REQUESTED, Contract, ContractChange
from custmaster.decision import Allowed, Decision, Outcome
from custmaster.decision import decide as settle
from custmaster.desk import expire, terminate, transfer
from custmaster.desk.closing_facts import Closing, ClosingReport
from custmaster.desk.contract_facts import Register
from custmaster.desk.joined_contracts import reassigned
from custmaster.desk.merge_facts import MergeFacts
from custmaster.handbook import default
from custmaster.testing._machines import run_machine
from custmaster.testing.contract_bank import Books, ContractBank
from custmaster.testing.contract_machine import contract_machine

FOUND_WITHIN = 1_000
"""Examples of at most fifty steps, within which every bank with a fault is found; over five seeds the slowest one took 425, most of them under forty."""


class SignsBesideSuspended(ContractBank):
    """A suspended contract is not looked at when another one is signed."""

    def beside(self, contract: Contract) -> Iterable[Contract]:
        return [one for one in ContractBank.beside(self, contract) if one.state is not State.SUSPENDED]


class SignsThirdPartyByCustomer(ContractBank):
    """Only the customer's own contracts are looked at: one account at a third party is bound twice."""

    def beside(self, contract: Contract) -> Iterable[Contract]:
        return [one for one in ContractBank.beside(self, contract) if one.customer == contract.customer]


class SignsForWhoeverWasThere(ContractBank):
    """Whether the customer is still active is looked up as of the day on which the number was opened."""

    def sign(self, request_id: str, contract: Contract, number: str) -> Decision:
        held = self.books
        lives = [changed(life, standings=life.standings[:1]) for life in held.ledger.lives]
        self.books = changed(held, ledger=changed(held.ledger, lives=lives))
        answer = ContractBank.sign(self, request_id, contract, number)
        self.books = changed(self.books, ledger=held.ledger)
        return answer


class GivesNumbersAgain(ContractBank):
    """The number of a contract that has ended is free again."""

    def taken(self) -> Iterable[str]:
        return [one.number for one in self.books.contracts.values() if one.is_live]

    def beside(self, contract: Contract) -> Iterable[Contract]:
        return [one for one in ContractBank.beside(self, contract) if one.is_live or one.state is State.DRAFT]

    def happen(self, events: Iterable[object], contracts: Iterable[str] = (), entries: Any = ()) -> None:
        listed = tuple(events)
        again = {one.number for one in listed if isinstance(one, ContractSigned)} & set(self.books.contracts)
        kept = {number: one for number, one in self.books.contracts.items() if number not in again}
        self.books = changed(self.books, contracts=kept)
        ContractBank.happen(self, listed, contracts, entries)


class SignsAnewOnReplay(ContractBank):
    """The same request for a new contract that comes again is another one, with a number of its own."""

    def sign(self, request_id: str, contract: Contract, number: str) -> Decision:
        if request_id in self.answers and contract.number == REQUESTED:
            return ContractBank.sign(self, f"{request_id}-{len(self.told)}", contract, f"N{len(self.told)}")
        return ContractBank.sign(self, request_id, contract, number)


class WritesAnswersOver(ContractBank):
    """The last answer under a request id is kept, and not the one that was executed."""

    def commit(self, request_id: str, answer: Decision, contracts: Iterable[str] = (), entries: Any = ()) -> Decision:
        given = ContractBank.commit(self, request_id, answer, contracts, entries)
        self.answers[request_id] = answer
        return given


class DraftsTakeEffectUnjudged(ContractBank):
    """A draft was judged when it was written, and takes effect without another look."""

    def beside(self, contract: Contract) -> Iterable[Contract]:
        return () if contract.state is State.DRAFT and contract.signed_on else ContractBank.beside(self, contract)


class AmendsUnjudged(ContractBank):
    """What an amendment makes of the key is not looked at."""

    def amend(self, request_id: str, number: str, change: ContractChange) -> Decision:
        held = self.books
        self.books = changed(held, contracts={number: held.contracts[number]})
        answer = ContractBank.amend(self, request_id, number, change)
        self.books = changed(held, contracts={**held.contracts, **self.books.contracts})
        return answer


class AmendsWithoutAnEvent(ContractBank):
    """An amendment is written into the record, and no event tells of it."""

    def happen(self, events: Iterable[object], contracts: Iterable[str] = (), entries: Any = ()) -> None:
        ContractBank.happen(self, events, contracts, entries)
        self.told = [one for one in self.told if not isinstance(one, ContractAmended)]


class TransfersUnjudged(ContractBank):
    """Only what stands on the old card is loaded: on the new one it may be there already."""

    def transfer(self, request_id: str, asked: transfer.Transfer) -> Decision:
        held = self.books
        there = transfer.held_on
        left = {n: one for n, one in held.contracts.items() if there(one, asked.start) or n in asked.contracts}
        self.books = changed(held, contracts=left)
        answer = ContractBank.transfer(self, request_id, asked)
        self.books = changed(held, contracts={**held.contracts, **self.books.contracts})
        return answer


class TransfersTheFirstOnly(ContractBank):
    """Of several contracts on a card only the first one is stored on the new one."""

    def happen(self, events: Iterable[object], contracts: Iterable[str] = (), entries: Any = ()) -> None:
        listed = tuple(events)
        moves = [one for one in listed if type(one).__name__ == "ContractTransferred"]
        ContractBank.happen(self, moves[:1] if moves else listed, contracts, entries)


class TerminatesWithoutDependents(ContractBank):
    """A contract is ended although another one needs it."""

    def terminate(self, request_id: str, number: str) -> Decision:
        contract, facts = self._about(request_id, number)
        facts = changed(facts, register=Register(catalogue=self.catalogue, contracts=[contract]))
        page = default().on(self.day)
        return self.commit(request_id, terminate.decide(contract, facts, self.occasion(request_id), page))


class SweepsTheActiveOnly(ContractBank):
    """At the end of a day suspended contracts are forgotten."""

    def end_of_day(self, days: int) -> None:
        held = self.books
        resting = {number: one for number, one in held.contracts.items() if one.state is State.SUSPENDED}
        rest = {number: one for number, one in held.contracts.items() if number not in resting}
        self.books = changed(held, contracts=rest)
        ContractBank.end_of_day(self, days)
        self.books = changed(self.books, contracts={**self.books.contracts, **resting})


class SweepsOneOfSeveral(ContractBank):
    """At the end of a day the first contract expires, and the others of the day wait."""

    def happen(self, events: Iterable[object], contracts: Iterable[str] = (), entries: Any = ()) -> None:
        listed = tuple(events)
        swept = listed[:1] if listed and all(type(one) is expire.ContractExpired for one in listed) else listed
        ContractBank.happen(self, swept, contracts, entries)


class ClosesByTheMildest(ContractBank):
    """A closing is decided by its mildest hit."""

    def close(self, closing: Closing, pending: Iterable[str] = ()) -> ClosingReport:
        report = ContractBank.close(self, closing, pending)
        if any(hit.reason.outcome is Outcome.ALLOWED for hit in report.hits):
            return changed(report, decision=settle([], handbook="kit"))
        return report


class ClosesWithoutTheOthers(ContractBank):
    """Of the contracts on an account those of other customers are not looked at."""

    def close(self, closing: Closing, pending: Iterable[str] = ()) -> ClosingReport:
        held = self.books
        mine = {number: one for number, one in held.contracts.items() if one.customer == closing.customer}
        self.books = changed(held, contracts=mine)
        report = ContractBank.close(self, closing, [number for number in pending if number in mine])
        self.books = held
        return report


class RemovesWithContracts(ContractBank):
    """A customer is removed whatever was signed."""

    def live_contracts(self, number: str) -> list[str]:
        return []


class RemovesFurtherParties(ContractBank):
    """A customer is removed who stands in another one's contract."""

    def live_contracts(self, number: str) -> list[str]:
        listed = ContractBank.live_contracts(self, number)
        return [one for one in listed if self.books.contracts[one].customer == number]


class MergesWithoutContracts(ContractBank):
    """A merge leaves the contracts with the absorbed number."""

    def merge_facts(self, request_id: str, survivor: str, absorbed: str) -> MergeFacts:
        return changed(ContractBank.merge_facts(self, request_id, survivor, absorbed), register=None)


class MergesUnjudged(MergesWithoutContracts):
    """A merge moves the contracts, and nobody looks whether two are the same then."""

    def happen(self, events: Iterable[object], contracts: Iterable[str] = (), entries: Any = ()) -> None:
        listed = tuple(events)
        ContractBank.happen(self, listed, contracts, entries)
        for event in (one for one in listed if type(one).__name__ == "Merged"):
            told: Any = event
            for one in self.books.contracts.values():
                if told.number in one.customers and told.into not in one.customers:
                    ContractBank.happen(self, [reassigned(told, one.number, told.number, told.into)])


class MergesTheSignedOnly(ContractBank):
    """Contracts in which the absorbed customer is a further party stay behind."""

    def happen(self, events: Iterable[object], contracts: Iterable[str] = (), entries: Any = ()) -> None:
        listed: tuple[Any, ...] = tuple(events)
        gone = {one.number for one in listed if type(one).__name__ == "Merged"}
        held = self.books.contracts
        ContractBank.happen(self, listed, [n for n in contracts if not gone or held[n].customer in gone])


class MergesTheLiveOnly(ContractBank):
    """Drafts stay with the absorbed number."""

    def happen(self, events: Iterable[object], contracts: Iterable[str] = (), entries: Any = ()) -> None:
        held = self.books.contracts
        ContractBank.happen(self, events, [n for n in contracts if held[n].state is not State.DRAFT])


class UnmergeLeavesContracts(ContractBank):
    """When a merge is undone its contracts stay with the survivor."""

    def happen(self, events: Iterable[object], contracts: Iterable[str] = (), entries: Any = ()) -> None:
        listed = tuple(events)
        undone = any(type(one).__name__ == "Unmerged" for one in listed)
        ContractBank.happen(self, listed, () if undone else contracts)


class ForgetsTheNumbers(ContractBank):
    """The customers' events are stored, and what they force upon the numbers is not."""

    def happen(self, events: Iterable[object], contracts: Iterable[str] = (), entries: Any = ()) -> None:
        listed = tuple(events)
        if not any(type(one).__name__ == "Merged" for one in listed):
            return ContractBank.happen(self, listed, contracts, entries)
        ledger = self.books.ledger
        ContractBank.happen(self, listed, contracts, entries)
        self.books = changed(self.books, ledger=ledger)
        self.told = [one for one in self.told if type(one).__name__ != "NumberMerged"]
        return None


class StoresRefusals(ContractBank):
    """A contract whose signing was refused is kept as a draft, under the number that was reserved."""

    def sign(self, request_id: str, contract: Contract, number: str) -> Decision:
        answer = ContractBank.sign(self, request_id, contract, number)
        if not isinstance(answer, Allowed) and number not in self.books.contracts:
            draft = changed(contract, number=number, state=State.DRAFT)
            signed = ContractSigned(on=self.day, actor="S-1", request_id=request_id, contract=draft)
            self.books = reduce(Books.after, [signed], self.books)
            self.told.append(signed)
        return answer


class SuspendsByEnding(ContractBank):
    """A contract that rests is taken out of the books of the live ones: it counts as ended."""

    def suspend(self, request_id: str, number: str) -> Decision:
        answer = ContractBank.suspend(self, request_id, number)
        held = self.books.contracts[number]
        if held.state is State.SUSPENDED:
            ended = changed(held, state=State.TERMINATED)
            self.books = changed(self.books, contracts={**self.books.contracts, number: ended})
        return answer


class ShowsTheSignedOnly(ContractBank):
    """The overview leaves out the contracts in which the customer is a further party."""

    def overview(self, number: str, *, ended: bool) -> Any:
        held = self.books
        signed = {one.number: changed(one, parties=()) for one in held.contracts.values()}
        self.books = changed(held, contracts=signed)
        shown = ContractBank.overview(self, number, ended=ended)
        self.books = held
        return shown


BAD_BANKS = (
    SignsBesideSuspended,
    SignsThirdPartyByCustomer,
    SignsForWhoeverWasThere,
    GivesNumbersAgain,
    SignsAnewOnReplay,
    WritesAnswersOver,
    DraftsTakeEffectUnjudged,
    AmendsUnjudged,
    AmendsWithoutAnEvent,
    TransfersUnjudged,
    TransfersTheFirstOnly,
    TerminatesWithoutDependents,
    SweepsTheActiveOnly,
    SweepsOneOfSeveral,
    ClosesByTheMildest,
    ClosesWithoutTheOthers,
    RemovesWithContracts,
    RemovesFurtherParties,
    MergesWithoutContracts,
    MergesUnjudged,
    MergesTheSignedOnly,
    MergesTheLiveOnly,
    UnmergeLeavesContracts,
    ForgetsTheNumbers,
    StoresRefusals,
    SuspendsByEnding,
    ShowsTheSignedOnly,
)
"""Every one of them, each a subclass with one fault."""


@pytest.mark.parametrize("bad", BAD_BANKS, ids=lambda bad: bad.__name__)
def test_a_bank_with_a_fault_is_found(bad: type[ContractBank]) -> None:
    with pytest.raises(AssertionError):
        run_machine(contract_machine(bad), max_examples=FOUND_WITHIN, steps=50, start=0, shrink=False)
