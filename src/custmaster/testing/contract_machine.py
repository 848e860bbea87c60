"""Contracts as a state machine: a bank opens, signs, amends, suspends, transfers, ends, merges and closes at random, under watch.

What must always hold is written plainly, without the functions that are judged, and looked at after each step. A run that never met a duplicate,
a merge with contracts or a closing that is barred has shown nothing, and fails as empty. `run_contract_machine(factory)` holds a host of your own to it:
a subclass of `ContractBank` that answers the same questions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, ClassVar, Final

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from custmaster.contract.events import ContractExpired
from custmaster.contract.kinds import Category, PartyRole, State
from custmaster.contract.record import REQUESTED, Authorisation, Contract, ContractChange, Party, Term
from custmaster.decision import Allowed
from custmaster.desk.closing_facts import Closing
from custmaster.desk.transfer import Transfer
from custmaster.testing._asking import PLACE, SELDOM, one_of_all
from custmaster.testing._contract_rare import RareSteps
from custmaster.testing._contract_watch import ENDED, held_as
from custmaster.testing._machines import EmptyRun, hold, run_until_met
from custmaster.testing.contract_bank import ContractBank
from custmaster.value.account import AccountNumber, CardNumber
from custmaster.value.name import Name
from custmaster.value.reference import PartnerReference
from custmaster.value.span import ALWAYS, Span

__all__ = ["SOMETIMES", "ContractMachine", "EmptyRun", "contract_machine", "run_contract_machine"]

SOMETIMES: Final = (
    "open ALLOWED",
    "sign ContractSigned",
    "sign ContractActivated",
    "sign ContractAmended",
    "sign AUTHORISATION_OTHER_ACCOUNT",
    "sign CONTRACT_DUPLICATE",
    "sign CONTRACT_HELD_BY_OTHER",
    "sign CONTRACT_EXCLUDED",
    "sign CONTRACT_YIELDS",
    "sign CONTRACT_OVERLAPS",
    "sign CONTRACT_NUMBER_TAKEN",
    "sign DEPENDENCY_MISSING",
    "sign MERGED_INTO",
    "sign CUSTOMER_NOT_ACTIVE",
    "amend ALLOWED",
    "amend CONTRACTS_SAME",
    "suspend ALLOWED",
    "resume ALLOWED",
    "terminate ALLOWED",
    "terminate DEPENDENT_LIVE",
    "terminate NOT_TERMINABLE",
    "transfer ALLOWED",
    "transfer CONTRACTS_SAME",
    "transfer DEPENDENT_LIVE",
    "expired",
    "expired and missed",
    "merge ALLOWED",
    "merge with contracts",
    "merge CONTRACTS_SAME",
    "merge CONTRACTS_EXCLUSIVE",
    "merge MERGE_CONTRACT_OF_BOTH",
    "unmerge ALLOWED",
    "unmerge with contracts",
    "unmerge MERGE_SUPERSEDED",
    "remove ALLOWED",
    "remove CONTRACT_LIVE",
    "reactivate ALLOWED",
    "close ALLOWED",
    "close CLOSING_BLOCKED",
    "close CLOSING_REMINDED",
    "asked again",
    "id used again",
)
"""What a run must have met, or it has shown nothing: a question with an outcome, a reason or an event of its answer."""

_REFERENCES: Final = (None, PartnerReference("A1"), PartnerReference("ａ 1"), PartnerReference("A2"))
_CHANNELS: Final = ((), ("*",), ("MOBILE",), ("MOBILE", "WEB"))
_PRODUCTS: Final = st.sampled_from((*range(14), 3, 4, 5, 6, 7, 9, 10, 10, 12, 13))
_WISHES: Final = st.tuples(
    _PRODUCTS,
    PLACE,
    PLACE,
    st.sampled_from((*_REFERENCES, *_REFERENCES[1:])),
    st.sampled_from((*_CHANNELS, ("*",), ("MOBILE",), ("MOBILE",))),
    st.sampled_from((0, 0, 0, 3, 30)),
)
"""A product, a customer, a place to choose by, a reference, channels, and for how many days."""

_WHOLE: Final = Authorisation(
    payee=Name("自来水公司"), purpose="水费", account=AccountNumber("62220001"), cycle="每月", term=ALWAYS
)


def _authorised(account: AccountNumber | None, card: CardNumber | None) -> Authorisation:
    """What a payer signs of whatever the contract collects from."""
    own = account if account is not None else card
    return _WHOLE if own is None else evolve(_WHOLE, account=AccountNumber(own.reveal()))


_TOLD_BY: Final = {"customer": Category.THIRD_PARTY, "channels": Category.TRANSACTION_BEHAVIOUR}
_DRAFTS: Final = (2, 7, 10)
_OF_TWO: Final = (1, 4, 7, 8)
_OF_ANOTHER: Final = 5
"""The places that make a draft of a wish, one with a further party, and one with an authorisation of another account."""
Wish = tuple[int, int, int, PartnerReference | None, tuple[str, ...], int]


class ContractMachine(RareSteps):
    """Up to four customers, their accounts and cards, and the contracts on them; a subclass, or `contract_machine(factory)`, says whose.

    >>> dict(ContractMachine().bank.books.contracts)
    {}
    """

    sometimes: ClassVar[tuple[str, ...]] = SOMETIMES

    # --- customers --------------------------------------------------------------------------------------------------------

    @initialize(wishes=st.lists(_WISHES, min_size=3, max_size=9))
    def the_bank_has_customers(self, wishes: list[Wish]) -> None:
        """Three customers who are one person, and what they signed."""
        for place in range(3):
            self.somebody_applies(place)
        self.several_are_signed(wishes)

    # --- contracts --------------------------------------------------------------------------------------------------------

    @rule(wish=_WISHES, again=SELDOM)
    def something_is_signed(self, wish: Wish, *, again: bool) -> None:
        """Any product, for any customer, from so few partners that many requests are the same."""
        self.is_signed(self.wished(wish), again=again)

    @rule(wishes=st.lists(_WISHES, min_size=2, max_size=5))
    def several_are_signed(self, wishes: list[Wish]) -> None:
        """A customer at the counter seldom signs one thing alone."""
        for wish in wishes:
            self.is_signed(self.wished(wish), again=False)

    def wished(self, wish: Wish) -> Contract:
        """The contract that is asked for, on an account and a card of the customer."""
        product, who, place, reference, channels, days = wish
        number = self.some(who)
        other = self.some(place)
        accounts, cards = self.open_at(number, AccountNumber), self.open_at(number, CardNumber)
        account = one_of_all(accounts, place) if accounts and place % 3 == 0 else None
        card = one_of_all(cards, place) if cards and place % 4 else None
        return Contract(
            number=REQUESTED,
            state=State.DRAFT if place in _DRAFTS else State.ACTIVE,
            parties=[Party(number=other, role=PartyRole.PAYER)] if place in _OF_TWO and other != number else (),
            product=one_of_all(self.bank.catalogue.products, product).number,
            customer=number,
            account=account,
            card=card,
            organisation="0032" if place % 5 == 0 else "0031",
            reference=reference,
            instance=_REFERENCES[1 + place % 3],
            channels=channels,
            valid=Span(None, self.bank.day + timedelta(days=days)) if days else ALWAYS,
            authorisation=(_WHOLE if place == _OF_ANOTHER else _authorised(account, card)) if place else None,
            terms=[Term(name="amount", value=place)],
        )

    @rule(which=PLACE, place=PLACE, anew=st.sampled_from(("nothing", "customer", "customer", "place", "channels")))
    def the_same_is_signed_again(self, which: int, place: int, anew: str) -> None:
        """A contract that there is, or was, is asked for once more: as it was, by another customer, elsewhere, over another channel."""
        there = self._told_by(anew, which) or self.one_of(which, State.ACTIVE, State.SUSPENDED, *ENDED)
        if there is None:
            return
        customer = self.some(place) if anew == "customer" else there.customer
        cards = self.open_at(customer, CardNumber)
        kept = {name: getattr(there, name) for name in ("product", "organisation", "reference", "instance")}
        account = None if anew == "place" or there.account in self.bank.shut else there.account
        card = None if there.card in self.bank.shut else there.card
        card = one_of_all(cards, place) if cards and anew in ("place", "customer") else card
        self.is_signed(
            Contract(
                number=REQUESTED,
                customer=customer,
                account=account,
                card=card,
                authorisation=there.authorisation and _authorised(account, card),
                channels=_CHANNELS[1 + place % 2] if anew == "channels" else there.channels,
                **kept,
            ),
            again=False,
        )

    def _told_by(self, anew: str, which: int) -> Contract | None:
        """A live contract that is the same whoever signs it, or another one over another channel; three times of four."""
        live = self.plain.live(self.contracts.values())
        found = [one for one in live if self.plain.products[one.product].category is _TOLD_BY.get(anew)]
        return one_of_all(found, which) if found and which % 4 else None

    @rule(pair=st.sampled_from(((3, 4), (6, 7), (3, 5), (12, 13), (13, 12))), wish=_WISHES)
    def two_that_know_each_other_are_signed(self, pair: tuple[int, int], wish: Wish) -> None:
        """A product and one that needs it, or excludes the one that does: at one place, the first for some days only."""
        first, second = (self.wished((product, *wish[1:])) for product in pair)
        soon = Span(None, self.bank.day + timedelta(days=2)) if wish[1] % 2 else first.valid
        self.is_signed(evolve(first, state=State.ACTIVE, valid=soon), again=False)
        self.is_signed(evolve(second, state=State.ACTIVE, valid=ALWAYS), again=False)

    @rule(wish=_WISHES, which=PLACE, place=PLACE)
    def what_another_needs_is_signed_and_goes_alone(self, wish: Wish, which: int, place: int) -> None:
        """Alerts and what needs them, at one place; then one that is needed is transferred."""
        for product in (6, 7):
            asked = self.wished((product, *wish[1:3], _REFERENCES[1], *wish[4:]))
            self.is_signed(evolve(asked, state=State.ACTIVE, valid=ALWAYS), again=False)
        self.what_another_needs_is_transferred(which, place)

    @rule(wish=_WISHES, which=PLACE)
    def one_over_another_channel_is_made_like_the_first(self, wish: Wish, which: int) -> None:
        """A standing order over two channels, each on its own."""
        for channel in ("MOBILE", "WEB"):
            asked = evolve(self.wished((10, *wish[1:])), state=State.ACTIVE, channels=(channel,))
            self.is_signed(asked, again=False)
        self.one_is_made_like_another(which)

    @rule(wish=_WISHES, other=PLACE)
    def two_who_hold_what_excludes_one_another_are_merged(self, wish: Wish, other: int) -> None:
        """One customer signs a product and what that needs, the other one what it excludes."""
        survivor, absorbed = self.some(wish[1]), self.some(other)
        for product, place in ((3, wish[1]), (4, wish[1]), (5, other)):
            self.is_signed(evolve(self.wished((product, place, *wish[2:])), state=State.ACTIVE), again=False)
        if survivor != absorbed:
            self.is_merged(survivor, absorbed)

    @rule(which=PLACE)
    def a_draft_takes_effect(self, which: int) -> None:
        """Judged as if it was signed on this day; not on what is closed, which no bank would ask."""
        draft = self.one_of(which, State.DRAFT)
        if draft is not None and not {draft.account, draft.card} & self.bank.shut:
            self.is_signed(draft, again=False)

    @rule(which=PLACE, place=PLACE, channel=st.sampled_from(_CHANNELS), days=st.sampled_from((-1, 2, 9)))
    def something_is_amended(self, which: int, place: int, channel: tuple[str, ...], days: int) -> None:
        """One field: the channels, which may be a part of the key, the days, an account, or what was agreed."""
        there = self.one_of(which, *State)
        if there is None:
            return
        accounts = self.open_at(there.customer, AccountNumber)
        changes: list[dict[str, Any]] = [
            {"channels": channel},
            {"channels": channel},
            {"valid": Span(None, self.bank.day + timedelta(days=days))},
            {"account": one_of_all(accounts, place)} if accounts else {"vouchers": ("V1",)},
            {"terms": [Term(name="amount", value=place)]},
            {"authorisation": evolve(_authorised(there.account, there.card), cycle=None if place % 2 else "每年")},
        ]
        change = ContractChange(**one_of_all(changes, place))
        self.ask("amend", lambda request: self.bank.amend(request, there.number, change))

    @rule(which=PLACE)
    def something_is_suspended(self, which: int) -> None:
        """Exactly what is active."""
        there = self.one_of(which, State.ACTIVE) or self.one_of(which, *State)
        if there is not None:
            answer = self.ask("suspend", lambda request: self.bank.suspend(request, there.number))
            hold(isinstance(answer, Allowed) is (there.state is State.ACTIVE), "what is active may rest")
            if isinstance(answer, Allowed):
                hold(self.contracts[there.number].state is State.SUSPENDED, "what rests is SUSPENDED")

    @rule(which=PLACE)
    def something_is_resumed(self, which: int) -> None:
        """Exactly what rests: its days are not over, since it would have expired."""
        there = self.one_of(which, State.SUSPENDED) or self.one_of(which, *State)
        if there is not None:
            answer = self.ask("resume", lambda request: self.bank.resume(request, there.number))
            hold(isinstance(answer, Allowed) is (there.state is State.SUSPENDED), "what rests may be resumed")

    @rule(which=PLACE)
    def something_is_terminated(self, which: int) -> None:
        """Exactly what has not ended, and what no other contract would miss; what is not terminable waits for a person."""
        there = self.one_of(which, *State)
        if there is not None:
            self.is_terminated(there)

    @rule(which=PLACE, place=PLACE, named=st.booleans(), by_card=st.booleans())
    def something_is_transferred(self, which: int, place: int, *, named: bool, by_card: bool) -> None:
        """One contract, or everything on its account or card, to another one of the customer."""
        there = self.one_of(which, *State)
        start = None if there is None else (there.card if by_card else there.account)
        if there is None or start is None:
            return
        goals = [one for one in self.open_at(there.customer, type(start)) if one != start]
        if goals:
            self.is_transferred(
                Transfer(start=start, goal=one_of_all(goals, place), contracts=[there.number] if named else ())
            )

    @rule(days=st.sampled_from((1, 2, 10)))
    def days_pass(self, days: int) -> None:
        """What was agreed until one of them expires, and what needed it is excused: time asks nobody."""
        before = len(self.bank.told)
        self.bank.end_of_day(days)
        gone = [one for one in self.bank.told[before:] if isinstance(one, ContractExpired)]
        missed = self.plain.lacking(self.contracts.values()) - self.excused
        self.excused.update(missed if gone else ())
        self.met["expired"] += len(gone)
        self.met["expired and missed"] += bool(missed)

    # --- closing, looking, asking again -----------------------------------------------------------------------------------

    @rule(who=PLACE, place=PLACE, what=st.sampled_from((None, AccountNumber, CardNumber)), pending=SELDOM)
    def something_is_closed(
        self, who: int, place: int, what: type[AccountNumber | CardNumber] | None, *, pending: bool
    ) -> None:
        """An account, a card or a customer."""
        customer = self.some(who)
        held = [] if what is None else self.open_at(customer, what)
        if what is None or held:
            waiting = tuple(self.contracts) if pending else ()
            self.is_closed(Closing(customer=customer, **(held_as(one_of_all(held, place)) if held else {})), waiting)

    @rule(who=PLACE, ended=st.booleans())
    def somebody_looks(self, who: int, *, ended: bool) -> None:
        """The overview shows every contract that names the customer, also under a number that was merged."""
        number = self.some(who)
        end = self.end(number)
        mine = [one for one in self.contracts.values() if any(self.end(each) == end for each in one.customers)]
        shown = self.bank.overview(number, ended=ended)
        over = sum(one.state in ENDED for one in mine)
        hold(shown.count == len(self.plain.live(mine)), "an overview shows what lives")
        hold(len(shown.ended) == (over if ended else 0), "an overview shows what has ended when asked")


def contract_machine(factory: Callable[[], ContractBank]) -> type[ContractMachine]:
    """The machine for banks made by `factory`; its TestCase can be run by pytest."""
    return type("BankOfYours", (ContractMachine,), {"factory": staticmethod(factory), "met": Counter[str]()})


def run_contract_machine(
    factory: Callable[[], ContractBank] = ContractBank,
    *,
    max_examples: int = 100,
    steps: int = 50,
    start: int = 0,
    rounds: int = 1,
) -> Mapping[str, int]:
    """Run the machine from the seed `start`; what was met, and how often; `step` counts the steps.

    Some things of SOMETIMES are rare: up to so many `rounds`, each from the next seed, are run until everything was met.
    The story of a violation is made short. Errors: AssertionError with the sentence that does not hold, EmptyRun when
    something of SOMETIMES was never met, and whatever the bank raises.
    """
    machine = contract_machine(factory)
    return run_until_met(machine, max_examples=max_examples, steps=steps, start=start, rounds=rounds)
