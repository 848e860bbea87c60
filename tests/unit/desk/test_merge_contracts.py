"""A merge takes the contracts of the absorbed customer along, or names the pairs that would be the same; its undoing gives them back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import attrs
import pytest

from custmaster.contract import (
    Catalogue,
    Category,
    Contract,
    Exclusion,
    Party,
    PartyRole,
    Product,
    State,
)
from custmaster.contract.events import ContractReassigned
from custmaster.contract.events import evolve as contract_after
from custmaster.customer import Customer, evolve
from custmaster.customer.children import Held, NamedAs
from custmaster.customer.events import Absorbed, Released
from custmaster.decision import Allowed, Approval, Occasion, Outcome
from custmaster.dedup.alias_events import AliasEvent, NumberOpened
from custmaster.dedup.aliases import replay
from custmaster.desk import (
    Merge,
    MergeAnswer,
    MergeFacts,
    ReferenceManifest,
    Unmerge,
    UnmergeAnswer,
    UnmergeFacts,
    joint,
    record_of,
)
from custmaster.desk.contract_facts import Register
from custmaster.desk.merge import plan
from custmaster.desk.unmerge import unplan
from custmaster.errors import CustmasterError
from custmaster.handbook import Language, default, render
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.reference import PartnerReference

DAY, OPENED = date(2026, 11, 24), date(2020, 1, 2)
PAGE = default().on(DAY)
A, B, C = "6000000001", "6000000002", "6000000003"
MANIFEST = ReferenceManifest(version="2026.1", kinds=[])
LIFTED = Approval(
    by="S-0007", reason="seen", codes=["MERGE_BY_PERSON", "CONTRACTS_OVERLAP", "UNMERGE_CONTRACT_ELSEWHERE"]
)


def product(number: int, category: Category = Category.PRODUCT_SERVICE, **more: Any) -> Product:
    return Product(number=f"{number:010}", zh="产品", en="product", category=category, **more)


WEALTH, CUSTODY = product(1), product(2, Category.THIRD_PARTY)
FUND, MONEY = product(3), product(4, needs=["0000000003"])
RIVAL = product(5, excludes=[Exclusion(product="0000000003")])
ORDER = product(6, Category.TRANSACTION_BEHAVIOUR)
CATALOGUE = Catalogue(version="2026.1", positions=10, products=[WEALTH, CUSTODY, FUND, MONEY, RIVAL, ORDER])


def contract(number: str, of: Product, customer: str, **more: Any) -> Contract:
    return Contract(number=number, product=of.number, customer=customer, **more)


def register(contracts: Iterable[Contract]) -> Register:
    return Register(catalogue=CATALOGUE, contracts=contracts)


def person(number: str) -> Customer:
    document = IdentityDocument(type=DocumentType.RESIDENT_ID, number=DocumentNumber("11010519491231002X"))
    names, documents = [NamedAs(name=Name("张伟"))], [Held(document=document, primary=True)]
    return Customer(number=number, kind=PartyKind.PERSON, names=names, documents=documents)


LEDGER = replay([NumberOpened(number=number, on=OPENED, request_id=f"O-{number}") for number in (A, B, C)])


def ask(*contracts: Contract, known: bool = True) -> MergeAnswer:
    asked = Merge(survivor=person(A), absorbed=person(B), manifest=MANIFEST, system="BP")
    stated = MergeFacts(
        references=(),
        looked_up=(),
        online_wealth=(),
        third_party_custody=(),
        legal_holds=(),
        blacklisted=(),
        aliases=LEDGER,
        register=register(contracts) if known else None,
    )
    occasion = Occasion(day=DAY, actor="S-0042", request_id="T-1", approvals=[LIFTED])
    return plan(asked, stated, occasion, PAGE)


def told(answer: MergeAnswer | UnmergeAnswer) -> list[tuple[str, str | None, object]]:
    """What is said of contracts: code, whom it is about, and the other number."""
    found = []
    for reason in answer.decision.reasons:
        facts = dict(reason.facts)
        if reason.code.value.startswith(("CONTRACT", "MERGE_CONTRACT", "UNMERGE_CONTRACT", "DEPEND")):
            found.append((reason.code.value, reason.subject, facts.get("other", facts.get("contract"))))
        for lang in Language:
            assert render(reason.code, reason.facts, lang)
    return found


def after(contracts: Iterable[Contract], events: Iterable[ContractReassigned]) -> dict[str, Contract]:
    held = {one.number: one for one in contracts}
    for event in events:
        held[event.number] = contract_after(held[event.number], event)
    return held


def made(answer: MergeAnswer) -> Any:
    assert answer.plan is not None, told(answer)
    return answer.plan


# --- merging --------------------------------------------------------------------------------------------------------------

GUARANTEED = contract("C3", CUSTODY, C, parties=[Party(number=B, role=PartyRole.GUARANTOR)])
ENDED = contract("C4", WEALTH, B, state=State.TERMINATED, ended_on=OPENED)
ALL = (contract("C1", WEALTH, A), contract("C2", FUND, B), GUARANTEED, ENDED, contract("C5", FUND, C))


def test_the_contracts_of_the_absorbed_customer_become_the_survivors() -> None:
    moved = made(ask(*ALL))
    assert moved.contracts == ("C2", "C3", "C4")
    event = moved.contract_events[0]
    assert event == ContractReassigned(on=DAY, actor="S-0042", request_id="T-1", number="C2", customer=B, becomes=A)
    now = after(ALL, moved.contract_events)
    assert [now[number].customer for number in ("C1", "C2", "C3", "C4", "C5")] == [A, A, C, A, C]
    assert now["C3"].parties == (Party(number=A, role=PartyRole.GUARANTOR),)
    assert now["C4"].state is State.TERMINATED


def test_a_host_without_contracts_moves_none() -> None:
    moved = made(ask(*ALL, known=False))
    assert (moved.contracts, moved.contract_events) == ((), ())


def test_two_that_would_be_the_same_are_named_and_nobody_lifts_it() -> None:
    # As the published rule has it: both hold an online wealth account (B6).
    answer = ask(contract("C1", WEALTH, A), contract("C2", WEALTH, B), contract("C3", FUND, B), contract("C4", FUND, A))
    assert told(answer) == [("CONTRACTS_SAME", "C2", "C1"), ("CONTRACTS_SAME", "C3", "C4")]
    assert (answer.decision.outcome, answer.plan) == (Outcome.REFUSED, None)
    ended = attrs.evolve(contract("C2", WEALTH, B), state=State.EXPIRED)
    assert made(ask(contract("C1", WEALTH, A), ended)).contracts == ("C2",)


def test_what_excludes_one_another_does_not_come_together() -> None:
    assert told(ask(contract("C1", RIVAL, A), contract("C2", FUND, B))) == [("CONTRACTS_EXCLUSIVE", "C2", "C1")]


def test_what_overlaps_goes_to_a_person() -> None:
    every, mobile = (
        contract(number, ORDER, customer, channels=[channel], reference=PartnerReference("R"))
        for number, customer, channel in (("C1", A, "*"), ("C2", B, "MOBILE"))
    )
    answer = ask(every, mobile)
    assert told(answer) == [("CONTRACTS_OVERLAP", "C2", "C1")]
    assert made(answer).contracts == ("C2",)


def test_a_contract_between_the_two_is_ended_before_they_are_one() -> None:
    between = contract("C1", CUSTODY, A, parties=[Party(number=B, role=PartyRole.GUARANTOR)])
    answer = ask(between)
    assert told(answer) == [("MERGE_CONTRACT_OF_BOTH", B, "C1")]
    assert answer.decision.outcome is Outcome.REFUSED
    assert made(ask(attrs.evolve(between, state=State.TERMINATED))).contracts == ()


def test_what_was_so_before_the_merge_is_not_held_against_it() -> None:
    one, other = contract("C1", WEALTH, B), contract("C2", WEALTH, B)
    assert told(ask(one, other)) == []
    custody = [
        contract(number, CUSTODY, customer, organisation="0031", reference=PartnerReference("1"))
        for number, customer in (("C1", A), ("C2", B))
    ]
    assert told(ask(*custody)) == []


def test_a_contract_of_an_unknown_product_goes_along() -> None:
    assert made(ask(contract("C1", product(99), B))).contracts == ("C1",)


# --- undoing --------------------------------------------------------------------------------------------------------------


def undo(answer: MergeAnswer, contracts: Iterable[Contract] | None) -> UnmergeAnswer:
    moved = made(answer)
    gained, alias = moved.events
    record = record_of(moved)
    numbers: list[AliasEvent] = [
        one.effect  # type: ignore[misc]
        for one in joint.consequences(moved.events, joint.Noun.NUMBER)
    ]
    asked = Unmerge(
        record=record,
        survivor=evolve(person(A), gained),
        absorbed=evolve(person(B), alias),
        reason="two persons",
        system="BP",
    )
    stated = UnmergeFacts(
        journal=[record],
        aliases=replay(numbers, LEDGER),
        register=None if contracts is None else register(contracts),
    )
    occasion = Occasion(day=date(2026, 12, 24), actor="S-0042", request_id="T-9", approvals=[LIFTED])
    return unplan(asked, stated, occasion, default().on(occasion.day))


def test_undoing_gives_every_contract_back_as_it_was() -> None:
    answer = ask(*ALL)
    now = after(ALL, made(answer).contract_events)
    back = undo(answer, now.values())
    assert back.plan is not None, told(back)
    assert back.plan.contracts == ("C2", "C3", "C4")
    assert after(now.values(), back.plan.contract_events) == {one.number: one for one in ALL}


def test_what_was_signed_after_the_merge_stays_and_what_it_needs_does_not_leave_it() -> None:
    answer = ask(*ALL)
    now = after(ALL, made(answer).contract_events)
    later = contract("C9", WEALTH, A)
    back = undo(answer, [*now.values(), later])
    assert back.plan is not None
    assert "C9" not in back.plan.contracts
    needy = undo(answer, [*now.values(), contract("C9", MONEY, A)])
    assert (needy.decision.outcome, told(needy)) == (Outcome.REFUSED, [("DEPENDENT_LIVE", "C9", None)])


def test_a_contract_that_is_no_longer_the_survivors_is_left_and_told() -> None:
    answer = ask(*ALL)
    now = after(ALL, made(answer).contract_events)
    back = undo(answer, [attrs.evolve(one, customer=C) if one.number == "C2" else one for one in now.values()])
    assert back.plan is not None
    assert (told(back), back.plan.contracts) == ([("UNMERGE_CONTRACT_ELSEWHERE", A, "C2")], ("C3", "C4"))


def test_undoing_a_merge_that_moved_contracts_needs_them_loaded() -> None:
    answer = ask(*ALL)
    with pytest.raises(CustmasterError, match="load the register"):
        undo(answer, None)
    assert isinstance(undo(ask(known=False), None).decision, Allowed)


# --- the rows -------------------------------------------------------------------------------------------------------------


def test_what_a_forced_row_makes_of_each_contract_is_of_the_kind_that_it_says() -> None:
    rows = [row for row in joint.JOINT if isinstance(row, joint.ForceEach)]
    head = {"on": DAY, "actor": "S-1", "request_id": "T-1", "number": A, "absorbed": B}
    events: list[Any] = [Absorbed(**head), Released(**head)]  # type: ignore[arg-type]
    assert [row.on for row in rows] == [type(event) for event in events]
    for row, event in zip(rows, events, strict=True):
        assert type(row.makes(event, "C1")) is row.leads_to
    told_each = joint.consequences(events, joint.Noun.CONTRACT, contracts=["C1", "C2"])
    assert [(one.number, one.effect.number) for one in told_each] == [(A, "C1"), (A, "C2")] * 2  # type: ignore[union-attr]


def test_the_guard_sees_a_row_on_contracts_that_would_lead_on() -> None:
    bad = joint.ForceEach(
        on=Absorbed,
        noun=joint.Noun.CONTRACT,
        leads_to=Released,
        makes=joint.JOINT[0].makes,
        source="-",  # type: ignore[union-attr,arg-type]
    )
    assert joint.leading_on([*joint.JOINT, bad]) == (bad,)
