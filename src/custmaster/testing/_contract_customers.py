"""What happens to customers while contracts are under watch: opening, removing, merging, and what is ruled of that."""

from __future__ import annotations

from typing import Final

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.stateful import rule

from custmaster.contract.record import Contract
from custmaster.customer.kinds import Status
from custmaster.decision import Allowed, Outcome, Reason, Refused
from custmaster.dedup.rulings import Ruling, RulingKind
from custmaster.desk.closing_facts import Closing
from custmaster.desk.open import Opening
from custmaster.testing._asking import PLACE, SELDOM, one_of_all
from custmaster.testing._contract_kit import PEOPLE
from custmaster.testing._contract_watch import ENDED, ContractWatch, held_as
from custmaster.testing._machines import hold
from custmaster.testing.contract_bank import EVERY_APPROVAL
from custmaster.value.account import AccountNumber, CardNumber

__all__ = ["CustomerSteps"]

_OF_CONTRACTS: Final = frozenset(
    ("CONTRACTS_SAME", "CONTRACTS_EXCLUSIVE", "CONTRACTS_OVERLAP", "MERGE_CONTRACT_OF_BOTH", "DEPENDENT_LIVE")
)


class CustomerSteps(ContractWatch):
    """The steps that are about customers."""

    @rule(place=PLACE)
    def somebody_applies(self, place: int) -> None:
        """A person applies, and gets an account and two cards as a new customer."""
        number = f"60000000{len(self.bank.books.customers) + 1:02}"
        applicant = Opening(applicant=one_of_all(PEOPLE, place))
        answer = self.ask("open", lambda request: self.bank.open(request, applicant, number))
        if isinstance(answer, Allowed):
            self.something_is_opened(len(self.bank.books.customers) - 1)
            self.something_is_opened(len(self.bank.books.customers) - 1)

    @rule(who=PLACE)
    def something_is_opened(self, who: int) -> None:
        """A customer gets an account and a card."""
        served = next(self.serving)
        number = self.some(who)
        if self.bank.books.customers[number].status is Status.ACTIVE:
            self.bank.held[AccountNumber(f"6222{served:04}")] = number
            self.bank.held[CardNumber(f"6228{served:012}")] = number

    @rule(who=PLACE, whose=st.sampled_from(("", "anybody", "party", "free")), accounts=SELDOM)
    def a_customer_is_removed(self, who: int, whose: str, *, accounts: bool) -> None:
        """With what is held closed before, most of the time: contracts on it may live on. Of some only others hold a contract."""
        found = self._only_parties() if whose == "party" else self._without_contracts() if whose == "free" else []
        number = one_of_all(found, who) if found else self.some(who)
        if not whose:
            return
        held: list[AccountNumber | CardNumber] = [
            *self.open_at(number, AccountNumber),
            *self.open_at(number, CardNumber),
        ]
        for one in () if accounts else held:
            self.is_closed(Closing(customer=number, **held_as(one)), ())
        self.ask("remove", lambda request: self.bank.remove(request, number))

    def _only_parties(self) -> list[str]:
        """The customers who stand in a live contract and signed none."""
        live = self.plain.live(self.contracts.values())
        return sorted({party.number for one in live for party in one.parties} - {one.customer for one in live})

    def _without_contracts(self) -> list[str]:
        """The active customers who stand in no live contract."""
        live = self.plain.live(self.contracts.values())
        return sorted(set(self.bank.active()) - {number for one in live for number in one.customers})

    @rule(who=PLACE)
    def a_customer_comes_back(self, who: int) -> None:
        """A removed customer, or one that is not."""
        gone = [n for n, one in self.bank.books.customers.items() if one.status is Status.DELETED]
        number = one_of_all(gone, who) if gone else self.some(who)
        self.ask("reactivate", lambda request: self.bank.reactivate(request, number))

    @rule(there=st.sampled_from((True, True, True, False)))
    def whoever_approves_comes_or_goes(self, *, there: bool) -> None:
        """Without approvals a Review stays one."""
        self.bank.approvals = (EVERY_APPROVAL,) if there else ()

    @rule(one=PLACE, other=PLACE, party=SELDOM)
    def two_are_merged(self, one: int, other: int, *, party: bool) -> None:
        """Contracts alone refuse a merge exactly when two would be the same, exclude one another, lose what they need, or hold both."""
        parties = self._only_parties() if party else []
        self.is_merged(self.some(one), one_of_all(parties, other) if parties else self.some(other))

    @rule(first=PLACE, second=PLACE, third=PLACE)
    def three_are_merged_and_the_first_merge_is_undone(self, first: int, second: int, third: int) -> None:
        """The second merge stands in the way of undoing the first."""
        one, other, end = (self.some(place) for place in (first, second, third))
        if len({one, other, end}) == 3 and self.is_merged(other, one) and self.is_merged(end, other):
            self.is_undone(self.bank.journal[-2].request_id)

    def is_merged(self, survivor: str, absorbed: str) -> bool:
        """Whether one customer went up in the other."""
        before = dict(self.contracts)
        going = {n: c for n, c in before.items() if absorbed in c.customers and survivor not in c.customers}
        troubled = self._trouble_of_merging(survivor, absorbed)
        answer = self.ask("merge", lambda request: self.bank.merge(request, survivor, absorbed))
        if isinstance(answer, Allowed):
            self.moved[self.asked[-1][0]] = {n: (c.customer, c.parties) for n, c in going.items()}
            self.met["merge with contracts"] += bool(going)
            hold(not troubled, "a merge makes no trouble between contracts")
            hold(all(survivor in self.contracts[n].customers for n in going), "contracts go with a merge")
        elif isinstance(answer, Refused) and {r.code.value for r in answer.reasons if _bars(r)} <= _OF_CONTRACTS:
            hold(troubled, "contracts refuse no merge without a ground")
        return isinstance(answer, Allowed)

    def _trouble_of_merging(self, survivor: str, absorbed: str) -> bool:
        held = self.contracts.values()
        both = any(
            {survivor, absorbed} <= set(one.customers) and one.state not in ENDED and survivor != absorbed
            for one in held
        )
        after = [_in_place_of(one, absorbed, survivor) for one in held]
        plain = self.plain
        return (
            both
            or bool(plain.twins(after))
            or bool(plain.quarrels(after))
            or bool(plain.lacking(after) - plain.lacking(held))
        )

    @rule(which=PLACE)
    def a_merge_is_undone(self, which: int) -> None:
        """What went with the merge comes back, in the places in which it stood."""
        standing = [one for one in self.bank.journal if one.reversed_by is None]
        if standing:
            self.is_undone(one_of_all(standing, which).request_id)

    def is_undone(self, merge: str) -> None:
        """The merge of this request is undone."""
        answer = self.ask("unmerge", lambda request: self.bank.unmerge(request, merge))
        if isinstance(answer, Allowed):
            went = self.moved[merge]
            back = {number: (self.contracts[number].customer, self.contracts[number].parties) for number in went}
            self.met["unmerge with contracts"] += bool(went)
            hold(back == went, "undoing a merge gives back the contracts that went with it")

    @rule(one=PLACE, other=PLACE)
    def a_ruling_is_withdrawn(self, one: int, other: int) -> None:
        """A steward looks again at what was undone."""
        left, right = self.some(one), self.some(other)
        if left != right and self.bank.rulings.says(left, right) is RulingKind.CANNOT_LINK:
            withdrawn = RulingKind.WITHDRAWN
            self.bank.rules(Ruling(left=left, right=right, by="S-1", kind=withdrawn, day=self.bank.day))


def _bars(reason: Reason) -> bool:
    return reason.outcome is Outcome.REFUSED


def _in_place_of(contract: Contract, absorbed: str, survivor: str) -> Contract:
    parties = tuple(evolve(one, number=survivor) if one.number == absorbed else one for one in contract.parties)
    signs = survivor if contract.customer == absorbed else contract.customer
    return evolve(contract, customer=signs, parties=tuple(dict.fromkeys(parties)))
