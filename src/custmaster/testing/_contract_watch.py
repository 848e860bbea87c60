"""What the machine of contracts keeps of a bank under watch, and what must hold after each step, whatever the step was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from itertools import count
from typing import Any, Final, TypeVar

from attrs import evolve
from hypothesis.stateful import invariant

from custmaster.contract.events import ContractSigned
from custmaster.contract.kinds import State
from custmaster.contract.record import REQUESTED, Contract, Party
from custmaster.customer.kinds import Status
from custmaster.decision import Allowed
from custmaster.desk.closing_facts import Closing
from custmaster.desk.transfer import Transfer
from custmaster.testing._asking import Asking, one_of_all
from custmaster.testing._contract_plain import Plain
from custmaster.testing._machines import hold
from custmaster.testing.contract_bank import Books, ContractBank
from custmaster.value.account import AccountNumber, CardNumber

__all__ = ["ENDED", "ContractWatch", "held_as"]

ENDED: Final = (State.TERMINATED, State.EXPIRED)
H = TypeVar("H", bound=AccountNumber | CardNumber)


class ContractWatch(Asking[ContractBank]):
    """A bank, what was asked of it, and what was seen; the rules of `ContractMachine` are the steps."""

    def __init__(self) -> None:
        super().__init__()
        self.plain: Plain = Plain(self.bank.catalogue)
        self.seen: int = 0
        self.rebuilt: Books = Books()
        self.given: set[str] = set()
        self.excused: set[tuple[str, str]] = set()
        self.moved: dict[str, dict[str, tuple[str, tuple[Party, ...]]]] = {}
        self.serving: Iterator[int] = count(1)

    # --- what the rules have in common ------------------------------------------------------------------------------------

    @property
    def contracts(self) -> Mapping[str, Contract]:
        """The contracts as they are now."""
        return self.bank.books.contracts

    def one_of(self, place: int, *states: State) -> Contract | None:
        """One of the contracts in these states."""
        found = [one for one in self.contracts.values() if one.state in states]
        return one_of_all(found, place) if found else None

    def end(self, number: str) -> str:
        """The customer to whom the number leads, by the records."""
        into = self.bank.books.customers[number].merged_into
        return number if into is None else self.end(into)

    def open_at(self, customer: str, kind: type[H]) -> list[H]:
        """The open accounts or cards of the customer."""
        held = self.bank.held.items()
        return [
            one
            for one, owner in held
            if isinstance(one, kind) and one not in self.bank.shut and self.end(owner) == self.end(customer)
        ]

    # --- questions with an expected answer ---------------------------------------------------------------------------

    def is_signed(self, asked: Contract, *, again: bool) -> None:
        """Allowed exactly when everybody in it is active and nothing stands against it; overlaps wait for a person."""
        number = (
            one_of_all(sorted(self.contracts), len(self.asked)) if again and self.contracts else f"C{len(self.asked)}"
        )
        active = set(self.bank.active()).issuperset(asked.customers)
        may = active and self.plain.may_be_signed(asked, self.contracts.values(), self.bank.day)
        known = number in self.contracts and asked.number == REQUESTED
        answer = self.ask("sign", lambda request: self.bank.sign(request, asked, number))
        hold(may or not isinstance(answer, Allowed), "what stands against a contract refuses its signing")
        if may and not known and self.bank.approvals:
            hold(isinstance(answer, Allowed), "nothing else refuses a signing")

    def is_transferred(self, asked: Transfer) -> None:
        """When it is allowed, everything that was to go has gone."""
        answer = self.ask("transfer", lambda request: self.bank.transfer(request, asked))
        if isinstance(answer, Allowed):
            hold(not self.still_on(asked), "what is transferred stands on the new account or card")

    def still_on(self, asked: Transfer) -> list[str]:
        """The contracts that were to go, and still name the old number."""
        return [
            one.number
            for one in self.contracts.values()
            if one.state not in ENDED
            and (not asked.contracts or one.number in asked.contracts)
            and self.plain.products[one.product].transferable
            and self.plain.names(one, asked.start.reveal())
            and not (one.authorisation and self.plain.names(evolve(one, account=None, card=None), asked.start.reveal()))
        ]

    def is_closed(self, closing: Closing, pending: tuple[str, ...]) -> None:
        """Every live contract is told, and one that bars is enough."""
        number = closing.account or closing.card
        end = self.end(closing.customer)
        there = [
            one
            for one in self.plain.live(self.contracts.values())
            if (
                any(self.end(each) == end for each in one.customers)
                if number is None
                else self.plain.names(one, number.reveal())
            )
        ]
        report = self.bank.close(closing, pending)
        self.count("close", report.decision)
        barred = any(self.plain.bars(one, pending) for one in there)
        hold(isinstance(report.decision, Allowed) is not barred, "nothing is closed while a contract bars it")
        hold(set(report.to_end) == {one.number for one in there}, "a closing names every live contract")

    # --- what always holds ------------------------------------------------------------------------------------------------

    @invariant()
    def no_two_live_contracts_are_the_same(self) -> None:
        """R-66, and what excludes one another never lives side by side."""
        self.met["step"] += 1
        hold(not self.plain.twins(self.contracts.values()), "no two live contracts are the same")
        hold(not self.plain.quarrels(self.contracts.values()), "what excludes one another is not side by side")

    @invariant()
    def what_is_needed_lives(self) -> None:
        """Unless it expired."""
        lacking = self.plain.lacking(self.contracts.values())
        self.excused &= lacking
        hold(lacking <= self.excused, "what a contract needs lives beside it")

    @invariant()
    def no_contract_is_an_orphan(self) -> None:
        """Everybody in a live contract is an active customer, and no draft names a number that was merged; nothing lives past its days."""
        customers = self.bank.books.customers
        for one in self.contracts.values():
            states = {customers[number].status if number in customers else None for number in one.customers}
            if one.state not in ENDED:
                hold(Status.MERGED not in states, "no contract is left with a number that was merged")
                hold(
                    one.valid.end is None or one.valid.end > self.bank.day or not one.is_live,
                    "nothing outlives its days",
                )
            if one.state in (State.ACTIVE, State.SUSPENDED):
                hold(states == {Status.ACTIVE}, "everybody in a live contract is an active customer")
                shut = {one.account, one.card} & self.bank.shut
                hold(not (shut and self.plain.bars(one)), "nothing that bars lives on what is closed")

    @invariant()
    def a_number_is_given_once_and_the_events_rebuild_the_books(self) -> None:
        """R-67, and the law of fold: only what was told since the last step is folded anew."""
        new = self.bank.told[self.seen :]
        self.seen = len(self.bank.told)
        for signed in (one for one in new if isinstance(one, ContractSigned)):
            hold(signed.number not in self.given, "a contract number is given once")
            self.given.add(signed.number)
        self.rebuilt = reduce(Books.after, new, self.rebuilt)
        hold(self.rebuilt == self.bank.books, "the events rebuild the books")


def held_as(number: AccountNumber | CardNumber) -> dict[str, Any]:
    return {"account" if isinstance(number, AccountNumber) else "card": number}
