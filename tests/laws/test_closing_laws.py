"""Laws of contracts that exist: closing is monotone and blind to order, nothing passes beside a bar, and no change makes two contracts one."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from typing import Any

from attrs import evolve as changed
from hypothesis import given
from hypothesis import strategies as st

from custmaster.contract import (
    Catalogue,
    Category,
    Contract,
    ContractChange,
    Effect,
    Exclusion,
    Flow,
    Level,
    Party,
    PartyRole,
    Product,
    State,
    keyed_contract,
)
from custmaster.contract.events import evolve
from custmaster.customer.events import Absorbed, Merged, Released
from custmaster.decision import Allowed, Approval, Occasion, Outcome
from custmaster.desk import amend, close, expire, joint, resume, suspend, terminate, transfer
from custmaster.desk.closing_facts import Closing, ClosingFacts, ClosingReport, Pending
from custmaster.desk.contract_facts import ContractFacts, Register
from custmaster.desk.joined_contracts import going, judge_joining
from custmaster.desk.overview import overview
from custmaster.handbook import default
from custmaster.value.account import AccountNumber, CardNumber
from custmaster.value.reference import PartnerReference
from custmaster.value.span import Span

TODAY = date(2026, 11, 24)
PAGE = default().on(TODAY)
ALI, BAI, CHEN = "6000000001", "6000000002", "6000000003"
CARDS = [CardNumber(f"622200001111222{n}") for n in range(3)]
RANK = {Outcome.ALLOWED: 0, Outcome.REVIEW: 1, Outcome.REFUSED: 2}


def product(number: int, category: Category = Category.PRODUCT_SERVICE, **more: Any) -> Product:
    return Product(
        number=f"{number:010}", zh="产品", en="product", category=category, transferable=number % 2 == 1, **more
    )


PRODUCTS = [
    product(1, Category.THIRD_PARTY),
    product(2, Category.COLLECTION_PAYMENT, flow=Flow.PAY),
    product(3, level=Level.ACCOUNT),
    product(4, needs=["0000000003"]),
    product(5, level=Level.ACCOUNT, needs=["0000000003", "0000000004"]),
    product(6, terminable=False, closing=Effect.BLOCK),
    product(7, Category.TRANSACTION_BEHAVIOUR, repays=True),
    product(8, must_end=True, excludes=[Exclusion(product="0000000001")]),
    product(9, closing=Effect.REMIND),
]
CATALOGUE = Catalogue(version="1", positions=10, products=PRODUCTS)

one_contract = st.builds(
    lambda **fields: Contract(number="C0", **fields),
    product=st.sampled_from([*(each.number for each in PRODUCTS), "0000000099"]),
    customer=st.sampled_from([ALI, BAI, CHEN]),
    state=st.sampled_from([State.ACTIVE, State.ACTIVE, *State]),
    card=st.none() | st.sampled_from(CARDS),
    parties=st.lists(st.builds(Party, number=st.sampled_from([ALI, BAI]), role=st.just(PartyRole.PAYER)), max_size=1),
    organisation=st.just("0031"),
    reference=st.sampled_from(["R1", "R2"]).map(PartnerReference),
    channels=st.sampled_from([["WEB"], ["MOBILE"], ["*"]]),
    valid=st.sampled_from([Span(), Span(None, TODAY), Span(None, TODAY + timedelta(days=40))]),
)


@st.composite
def registers(draw: st.DrawFn, largest: int = 8) -> tuple[Contract, ...]:
    listed = draw(st.lists(one_contract, max_size=largest))
    return tuple(changed(one, number=f"C{place}") for place, one in enumerate(listed))


pending = st.lists(
    st.builds(Pending, contract=st.sampled_from([f"C{n}" for n in range(8)]), last=st.none() | st.just(TODAY)),
    max_size=3,
    unique_by=lambda one: one.contract,
)
closings = st.sampled_from([Closing(customer=ALI), *(Closing(customer=ALI, card=card) for card in CARDS)])


def register(contracts: Any) -> Register:
    return Register(catalogue=CATALOGUE, contracts=contracts)


def occasion(*codes: str) -> Occasion:
    approvals = [Approval(by="S-7", reason="meant", codes=codes)] if codes else []
    return Occasion(day=TODAY, actor="S-1", request_id="T-1", approvals=approvals)


def report(contracts: Any, closing: Closing, under_way: Any) -> ClosingReport:
    facts = ClosingFacts(register=register(contracts), pending=under_way)
    return close.decide(closing, facts, occasion("CLOSING_BLOCKED", "CLOSING_MUST_END", "PRODUCT_UNKNOWN"), PAGE)


@given(registers(), closings, pending)
def test_more_contracts_never_give_fewer_hits_nor_a_better_answer(contracts: Any, closing: Closing, items: Any) -> None:
    whole = report(contracts, closing, items)
    for place in range(len(contracts)):
        less = report(contracts[:place] + contracts[place + 1 :], closing, items)
        assert set(less.hits) <= set(whole.hits)
        assert RANK[less.decision.outcome] <= RANK[whole.decision.outcome]
        assert set(less.to_end) <= set(whole.to_end)
        if whole.earliest is not None:
            assert less.earliest is not None
            assert less.earliest <= whole.earliest


@given(st.data(), registers(), closings, pending)
def test_the_order_of_the_contracts_says_nothing(data: st.DataObject, contracts: Any, closing: Any, items: Any) -> None:
    shuffled = data.draw(st.permutations(contracts))
    assert report(shuffled, closing, items[::-1]) == report(contracts, closing, items)


BARS = {"0000000001", "0000000006", "0000000007", "0000000008", "0000000099"}


@given(registers(), closings, pending)
def test_closing_never_passes_while_a_contract_that_bars_lives(contracts: Any, closing: Closing, items: Any) -> None:
    touched = [one for one in contracts if closing.customer in one.customers]
    if closing.card is not None:
        touched = [one for one in contracts if one.card == closing.card]
    bars = [
        one
        for one in touched
        if one.is_live
        and (one.product in BARS or (one.product == "0000000002" and one.number in {p.contract for p in items}))
    ]
    assert (report(contracts, closing, items).decision.outcome is Outcome.REFUSED) is bool(bars)


@given(registers(), closings)
def test_what_is_to_be_ended_can_be_ended_in_that_order(contracts: Any, closing: Closing) -> None:
    held = {one.number: one for one in contracts}
    known = {each.number for each in PRODUCTS if each.terminable}
    for number in report(contracts, closing, ()).to_end:
        if held[number].product in known:
            answer = terminate.decide(held[number], ContractFacts(register=register(held.values())), occasion(), PAGE)
            left = {reason.subject for reason in answer.reasons}
            # Only what the closing does not touch may still need it, such as a contract on another card.
            assert left.isdisjoint(report(contracts, closing, ()).to_end)
            if isinstance(answer, Allowed):
                held[number] = evolve(held[number], answer.events[0])  # type: ignore[arg-type]


# --- no change makes two contracts one ------------------------------------------------------------------------------------


def same_pairs(contracts: Any) -> set[tuple[str, str]]:
    """An oracle of its own: every two live contracts with one key."""
    live = [keyed_contract(one, CATALOGUE.product(one.product)) for one in contracts if one.is_live and known(one)]
    keyed = sorted((one for one in live if one.key is not None), key=lambda one: one.contract.number)
    return {(one.contract.number, two.contract.number) for one, two in combinations(keyed, 2) if one.key == two.key}


def known(contract: Contract) -> bool:
    return contract.product in CATALOGUE.by_number


def fold(contracts: Any, events: Any) -> list[Contract]:
    held = {one.number: one for one in contracts}
    for event in events:
        held[event.number] = evolve(held[event.number], event)
    return list(held.values())


LIFTS = ("NOT_TRANSFERABLE", "CONTRACTS_OVERLAP", "TRANSFER_AUTHORISATION")


@given(registers(), st.permutations(CARDS))
def test_a_transfer_makes_no_two_contracts_one_and_is_the_same_in_any_order(contracts: Any, cards: Any) -> None:
    asked = transfer.Transfer(start=cards[0], goal=cards[1])
    answer = transfer.decide(asked, ContractFacts(register=register(contracts)), occasion(*LIFTS), PAGE)
    again = transfer.decide(asked, ContractFacts(register=register(contracts[::-1])), occasion(*LIFTS), PAGE)
    assert answer == again
    if isinstance(answer, Allowed):
        after = fold(contracts, answer.events)
        assert same_pairs(after) <= same_pairs(contracts)
        moved = {event.number for event in answer.events}  # type: ignore[attr-defined]
        assert all(one.card == cards[1] for one in after if one.number in moved)


CHANGES = st.one_of(
    st.sampled_from([["WEB"], ["MOBILE"], ["*"]]).map(lambda channels: ContractChange(channels=channels)),
    st.sampled_from(CARDS).map(lambda card: ContractChange(card=card)),
    st.just(ContractChange(account=AccountNumber("31000001"), vouchers=["V1"])),
    st.just(ContractChange(valid=Span(None, TODAY + timedelta(days=1)))),
)


@given(registers(), CHANGES)
def test_every_question_on_one_contract_gives_an_event_that_it_takes(contracts: Any, change: Any) -> None:
    facts = ContractFacts(register=register(contracts))
    for one in contracts:
        answers = [
            suspend.decide(one, occasion(), PAGE),
            resume.decide(one, occasion(), PAGE),
            expire.decide(one, occasion(), PAGE),
            terminate.decide(one, facts, occasion(), PAGE),
            amend.decide(one, change, facts, occasion("CONTRACTS_OVERLAP"), PAGE),
        ]
        assert answers[-1] == amend.decide(one, change, facts, occasion("CONTRACTS_OVERLAP"), PAGE)
        for answer in answers:
            if isinstance(answer, Allowed):
                assert same_pairs(fold(contracts, answer.events)) <= same_pairs(contracts)
            else:
                assert answer.reasons


HEAD: dict[str, Any] = {"on": TODAY, "actor": "S-1", "request_id": "T-1"}


@given(registers())
def test_a_merge_makes_no_two_contracts_one_leaves_none_behind_and_is_undone_exactly(contracts: Any) -> None:
    kept = register(contracts)
    moved = going(kept, BAI, ALI)
    absorbed, released = Absorbed(number=ALI, absorbed=BAI, **HEAD), Released(number=ALI, absorbed=BAI, **HEAD)
    there = [one.effect for one in joint.consequences([absorbed], joint.Noun.CONTRACT, contracts=moved)]
    back = [one.effect for one in joint.consequences([released], joint.Noun.CONTRACT, contracts=moved)]
    after = fold(contracts, there)
    assert {one.number: one for one in fold(after, back)} == {one.number: one for one in contracts}
    if not any(judge_joining(kept, Merged(number=BAI, into=ALI, **HEAD))):
        assert same_pairs(after) <= same_pairs(contracts)
        assert all(BAI not in one.customers for one in after if one.is_live)


@given(registers())
def test_an_overview_holds_each_contract_of_the_customer_once(contracts: Any) -> None:
    found = overview(ALI, register(contracts), TODAY, {BAI: ALI}, ended=True)
    shown = [*found.unlisted, *found.drafts, *found.ended, *(one for row in found.standing.values() for one in row)]
    mine = sorted(one.number for one in contracts if {ALI, BAI} & set(one.customers))
    assert sorted(one.contract.number for one in shown) == mine
