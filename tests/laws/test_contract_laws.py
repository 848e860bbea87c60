"""What holds for contracts whatever is signed: sameness, signing in any order, no duplicates, replay, fold, the wire."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import combinations, product

from attrs import evolve as changed
from attrs import frozen
from hypothesis import event, given, settings
from hypothesis import strategies as st

from custmaster.contract import (
    REQUESTED,
    Catalogue,
    Contract,
    ContractAmended,
    ContractCode,
    ContractEvent,
    ContractSigned,
    KeyedContract,
    State,
    evolve,
    judge_signing,
    keyed_contract,
    same_as,
)
from custmaster.decision import Allowed, Approval, Decision, Occasion
from custmaster.dedup.alias_events import NumberMerged, NumberOpened
from custmaster.dedup.aliases import AliasLedger, replay, resolve
from custmaster.desk import sign
from custmaster.desk.codes import DeskCode
from custmaster.desk.sign import Signing, SigningFacts
from custmaster.handbook import default
from custmaster.testing.strategies import contract_events, contract_requests, contracts, product_catalogues
from custmaster.value.span import ALWAYS
from custmaster.wire import (
    contract_event_from_json,
    contract_event_to_json,
    contract_from_json,
    contract_to_json,
    decision_from_json,
    decision_to_json,
)

DAY = date(2026, 11, 23)
PAGE = default().on(DAY)
CUSTOMERS = ("6000000001", "6000000002", "6000000003")
OPENED = [NumberOpened(number=number, on=date(2020, 1, 1), request_id="T-0") for number in CUSTOMERS]
LEDGER = replay(OPENED)
MERGED = replay([*OPENED, NumberMerged(number=CUSTOMERS[2], into=CUSTOMERS[0], on=DAY, request_id="T-9")])
EVERY = Approval(by="S-0007", reason="seen", codes=[code.value for kind in (ContractCode, DeskCode) for code in kind])
fewer = settings(max_examples=settings.default.max_examples * 2 // 5)


def offered(catalogue: Catalogue) -> Catalogue:
    """The catalogue with everything offered every day and over every channel, so that requests are often allowed."""
    return changed(
        catalogue, products=[changed(product, offered=ALWAYS, channels=("*",)) for product in catalogue.products]
    )


catalogues = product_catalogues() | product_catalogues().map(offered)


@st.composite
def stocks(draw: st.DrawFn) -> tuple[Catalogue, list[Contract]]:
    """A catalogue and up to eight contracts of it, numbered apart, most of them whole."""
    catalogue = draw(catalogues)
    asked = contract_requests(catalogue=catalogue)
    standing = st.sampled_from([State.ACTIVE, State.ACTIVE, State.SUSPENDED, State.DRAFT])
    whole = st.builds(changed, asked, state=standing)
    listed = draw(st.lists(whole | contracts(catalogue=catalogue), max_size=8))
    return catalogue, [changed(contract, number=f"C{place}") for place, contract in enumerate(listed, start=1)]


@st.composite
def crowds(draw: st.DrawFn) -> tuple[Catalogue, list[Contract]]:
    """A catalogue of one product and six live contracts, of which many are the same."""
    catalogue = draw(
        product_catalogues().map(lambda one: changed(one, products=[changed(one.products[0], needs=(), excludes=())]))
    )
    listed = draw(st.lists(contract_requests(catalogue=catalogue), min_size=6, max_size=6))
    return catalogue, [changed(contract, number=f"C{place}") for place, contract in enumerate(listed, start=1)]


def keyed(catalogue: Catalogue, listed: Iterable[Contract]) -> list[KeyedContract]:
    return [keyed_contract(contract, catalogue.product(contract.product)) for contract in listed]


def is_same(one: KeyedContract, other: KeyedContract) -> bool:
    return bool(same_as(one, [other]))


# --- sameness -----------------------------------------------------------------------------------------------------------


@fewer
@given(crowds() | stocks())
def test_sameness_is_an_equivalence_on_live_contracts_with_whole_keys(stock: tuple[Catalogue, list[Contract]]) -> None:
    catalogue, listed = stock
    live = [one for one in keyed(catalogue, listed) if one.contract.is_live and one.key is not None]
    for one in live:  # a copy under another number
        assert is_same(one, keyed_contract(changed(one.contract, number="C0"), one.product))
    for one, other in combinations(live, 2):
        assert is_same(one, other) is is_same(other, one)
    for one, other, third in product(live, repeat=3):
        numbers = {one.contract.number, other.contract.number, third.contract.number}
        if len(numbers) == 3 and is_same(one, other) and is_same(other, third):
            event("three are the same")
            assert is_same(one, third)


@fewer
@given(stocks())
def test_the_same_contract_is_of_one_product_and_its_category(stock: tuple[Catalogue, list[Contract]]) -> None:
    catalogue, listed = stock
    for one, other in combinations(keyed(catalogue, listed), 2):
        if is_same(one, other):
            assert one.product == other.product
            assert other.contract.is_live


@fewer
@given(stocks())
def test_the_days_of_a_contract_are_no_part_of_its_sameness(stock: tuple[Catalogue, list[Contract]]) -> None:
    catalogue, listed = stock
    for one in listed:
        other = changed(one, valid=changed(one.valid, start=None, end=None))
        of = catalogue.product(one.product)
        assert keyed_contract(one, of).key == keyed_contract(other, of).key


# --- signing ------------------------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class Asked:
    """One question about signing."""

    request: Signing
    facts: SigningFacts
    occasion: Occasion

    def answer(self) -> Decision:
        return sign.decide(self.request, self.facts, self.occasion, PAGE)


def facts_of(catalogue: Catalogue, asked: Contract, there: Iterable[Contract], ledger: AliasLedger) -> SigningFacts:
    standings = [resolve(ledger, number, DAY) for number in asked.customers]
    return SigningFacts(catalogue=catalogue, standings=standings, contracts=tuple(there))


def fresh(contract: Contract) -> Contract:
    """The contract as it would be asked for, whatever it lacks."""
    return changed(
        contract, number=REQUESTED, state=State.ACTIVE, amendments=(), signed_on=None, ended_on=None, request_id=None
    )


@st.composite
def questions(draw: st.DrawFn) -> Asked:
    """Any question: a new contract or a draft among others, of which one is often the same."""
    catalogue, there = draw(stocks())
    asked = draw(contract_requests(catalogue=catalogue) | contracts(catalogue=catalogue).map(fresh))
    drafts = [one for one in there if one.state is State.DRAFT]
    if drafts and draw(st.booleans()):
        asked = draw(st.sampled_from(drafts))
    return Asked(
        request=Signing(contract=asked, channel=draw(st.sampled_from(["COUNTER", "MOBILE"]))),
        facts=facts_of(catalogue, asked, there, draw(st.sampled_from([LEDGER, LEDGER, LEDGER, MERGED]))),
        occasion=Occasion(
            day=DAY,
            actor="S-0042",
            request_id="T-1",
            numbers=draw(st.sampled_from([("C900",), ("C900",), ("C900",), ("C1",), ()])),
            approvals=draw(st.sampled_from([(), (EVERY,)])),
        ),
    )


@fewer
@given(questions(), st.randoms(use_true_random=False))
def test_the_answer_does_not_depend_on_the_order_of_the_facts(asked: Asked, dice: object) -> None:
    there = list(asked.facts.contracts)
    dice.shuffle(there)  # type: ignore[attr-defined]
    shuffled = changed(asked, facts=changed(asked.facts, contracts=there, standings=asked.facts.standings[::-1]))
    assert shuffled.answer() == asked.answer()
    catalogue = asked.facts.catalogue
    given = (asked.request.contract, asked.request.channel, catalogue)
    assert judge_signing(*given, there, DAY) == judge_signing(*given, asked.facts.contracts, DAY)


@fewer
@given(questions())
def test_replay_and_the_wire(asked: Asked) -> None:
    answer = asked.answer()
    event(type(answer).__name__)
    assert asked.answer() == answer
    assert decision_to_json(asked.answer()) == decision_to_json(answer)
    assert decision_from_json(decision_to_json(answer)) == answer
    again = changed(asked, facts=changed(asked.facts, earlier=answer))
    if isinstance(answer, Allowed):
        assert again.answer() is answer


@fewer
@given(questions())
def test_fold(asked: Asked) -> None:
    answer = asked.answer()
    for happened in answer.events if isinstance(answer, Allowed) else ():
        assert isinstance(happened, ContractEvent)
        event(type(happened).__name__)
        there = {contract.number: contract for contract in asked.facts.contracts}
        assert evolve(there.get(happened.number), happened).number == happened.number


@fewer
@given(questions())
def test_nothing_personal_is_in_an_answer(asked: Asked) -> None:
    contract = asked.request.contract
    shown = repr(asked.answer().reasons) + str(asked.answer())
    for held in (contract.account, contract.card):
        if held is not None and len(held.reveal()) > 4:
            assert held.reveal() not in shown


def duplicates(catalogue: Catalogue, listed: Iterable[Contract]) -> list[tuple[str, str]]:
    """The pairs of live contracts with one key."""
    live = [one for one in keyed(catalogue, listed) if one.contract.is_live and one.key is not None]
    return [
        (one.contract.number, other.contract.number) for one, other in combinations(live, 2) if one.key == other.key
    ]


@st.composite
def sequences(draw: st.DrawFn) -> tuple[Catalogue, list[Contract]]:
    catalogue = draw(product_catalogues().map(offered))
    asked = contract_requests(catalogue=catalogue)
    return catalogue, draw(st.lists(asked, min_size=3, max_size=12))


@fewer
@given(sequences(), st.data())
def test_no_sequence_of_signings_makes_a_live_duplicate_or_gives_a_number_twice(
    sequence: tuple[Catalogue, list[Contract]], data: st.DataObject
) -> None:
    catalogue, requests = sequence
    register: dict[str, Contract] = {}
    for place, wanted in enumerate(requests):
        as_draft = data.draw(st.integers(0, 3)) == 3
        asked = changed(wanted, state=State.DRAFT) if as_draft else wanted
        drafts = [one for one in register.values() if one.state is State.DRAFT]
        if drafts and data.draw(st.booleans()):
            asked = data.draw(st.sampled_from(drafts))
        number = data.draw(st.sampled_from([f"N{place}", f"N{place}", "N0"]))
        occasion = Occasion(day=DAY, actor="S-1", request_id=f"T-{place}", numbers=[number], approvals=[EVERY])
        facts = facts_of(catalogue, asked, register.values(), LEDGER)
        answer = sign.decide(Signing(contract=asked, channel="COUNTER"), facts, occasion, PAGE)
        for happened in answer.events if isinstance(answer, Allowed) else ():
            assert isinstance(happened, ContractEvent)
            assert not (isinstance(happened, ContractSigned) and happened.number in register)
            if isinstance(happened, ContractAmended):
                event("a limit is maintained")
            register[happened.number] = evolve(register.get(happened.number), happened)
        assert duplicates(catalogue, register.values()) == []
        assert exclusion_breaches(catalogue, register.values()) == []
    event(f"{min(len(register), 4)} contracts")


def exclusion_breaches(catalogue: Catalogue, listed: Iterable[Contract]) -> list[tuple[str, str]]:
    """The pairs of live contracts of one customer whose products exclude one another; of accounts, those of one account."""
    live = [one for one in listed if one.is_live]
    return [
        (one.number, other.number)
        for one, other in combinations(live, 2)
        if one.customer == other.customer
        and catalogue.exclude(one.product, other.product)
        and not _on_other_accounts(catalogue, one, other)
    ]


def _on_other_accounts(catalogue: Catalogue, one: Contract, other: Contract) -> bool:
    levels = {catalogue.product(contract.product).level.value for contract in (one, other)}
    if levels != {"ACCOUNT"}:
        return False
    texts = [
        (held.reveal().replace(" ", "") if held else None)
        for held in (contract.account or contract.card for contract in (one, other))
    ]
    return None not in texts and texts[0] != texts[1]


# --- the wire -----------------------------------------------------------------------------------------------------------


@given(contracts())
def test_a_contract_comes_back_from_the_wire(contract: Contract) -> None:
    assert contract_from_json(contract_to_json(contract)) == contract


@given(contract_events())
def test_an_event_comes_back_from_the_wire(happened: ContractEvent) -> None:
    assert contract_event_from_json(contract_event_to_json(happened)) == happened
