"""The cases of the laws of closing: registers of few customers, cards and products, what is closed, and what is pending."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from attrs import evolve as changed
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from custmaster.contract.catalogue import Catalogue
from custmaster.contract.kinds import Category, Effect, Flow, Level, PartyRole, State
from custmaster.contract.product import Exclusion, Product
from custmaster.contract.record import Contract, ContractChange, Party
from custmaster.decision import Approval, Occasion
from custmaster.desk.closing_facts import Closing, Pending
from custmaster.desk.transfer import Transfer
from custmaster.value.account import AccountNumber, CardNumber
from custmaster.value.reference import PartnerReference
from custmaster.value.span import Span

__all__ = [
    "ALI",
    "BAI",
    "CARDS",
    "CLOSING_CATALOGUE",
    "TODAY",
    "changes",
    "closings",
    "occasion",
    "pending",
    "registers",
]

TODAY: Final = date(2026, 11, 24)
ALI, BAI, CHEN = "6000000001", "6000000002", "6000000003"
CARDS: Final = tuple(CardNumber(f"622200001111222{n}") for n in range(3))


def _product(number: int, category: Category = Category.PRODUCT_SERVICE, **more: Any) -> Product:
    goes = number % 2 == 1
    return Product(number=f"{number:010}", zh="产品", en="product", category=category, transferable=goes, **more)


CLOSING_CATALOGUE: Final = Catalogue(
    version="1",
    positions=10,
    products=[
        _product(1, Category.THIRD_PARTY),
        _product(2, Category.COLLECTION_PAYMENT, flow=Flow.PAY),
        _product(3, level=Level.ACCOUNT),
        _product(4, needs=["0000000003"]),
        _product(5, level=Level.ACCOUNT, needs=["0000000003", "0000000004"]),
        _product(6, terminable=False, closing=Effect.BLOCK),
        _product(7, Category.TRANSACTION_BEHAVIOUR, repays=True),
        _product(8, must_end=True, excludes=[Exclusion(product="0000000001")]),
        _product(9, closing=Effect.REMIND),
    ],
)
"""What is closed where no other catalogue is given: a product of each kind that a closing knows."""


def _contract(products: Sequence[str], customers: Sequence[str]) -> SearchStrategy[Contract]:
    return st.builds(
        Contract,
        number=st.just("C0"),
        product=st.sampled_from(products),
        customer=st.sampled_from(customers),
        state=st.sampled_from([State.ACTIVE, State.ACTIVE, *State]),
        card=st.none() | st.sampled_from(CARDS),
        parties=st.lists(
            st.builds(Party, number=st.sampled_from([ALI, BAI]), role=st.just(PartyRole.PAYER)), max_size=1
        ),
        organisation=st.just("0031"),
        reference=st.sampled_from(["R1", "R2"]).map(PartnerReference),
        channels=st.sampled_from([["WEB"], ["MOBILE"], ["*"]]),
        valid=st.sampled_from([Span(), Span(None, TODAY), Span(None, TODAY + timedelta(days=40))]),
    )


_COPIES: Final = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(CARDS), st.sampled_from([["WEB"], ["MOBILE"]])), max_size=3
)


@st.composite
def registers(draw: DrawFn, catalogue: Catalogue) -> tuple[Contract, ...]:
    """Up to eight contracts, some of a product that the catalogue does not hold, many of which differ by a card or a channel alone."""
    unknown = str(10**catalogue.positions - 1)
    known = [each.number for each in catalogue.products]
    with_needs = [[each.number, *each.needs] for each in catalogue.products]
    products = draw(st.just([*known, unknown]) | st.sampled_from(with_needs))
    customers = draw(st.sampled_from([(ALI,), (ALI, BAI), (ALI, BAI, CHEN)]))
    listed = draw(st.lists(_contract(products, customers), max_size=5))
    for place, card, channels in draw(_COPIES) if listed else ():
        like = listed[place % len(listed)]
        listed.append(changed(like, card=card, channels=channels) if place % 2 else changed(like, card=card))
    return tuple(changed(one, number=f"C{place}") for place, one in enumerate(listed))


@st.composite
def transfers(draw: DrawFn, catalogue: Catalogue) -> tuple[tuple[Contract, ...], Transfer]:
    """Contracts, and everything on a card that one of them is on, or on another, to the next."""
    contracts = draw(registers(catalogue))
    start = draw(st.sampled_from([one.card for one in contracts if one.card is not None] or CARDS))
    return contracts, Transfer(start=start, goal=draw(st.sampled_from([card for card in CARDS if card != start])))


def pending() -> SearchStrategy[list[Pending]]:
    """Items under way."""
    one = st.builds(Pending, contract=st.sampled_from([f"C{n}" for n in range(8)]), last=st.none() | st.just(TODAY))
    return st.lists(one, max_size=3, unique_by=lambda one: one.contract)


def closings() -> SearchStrategy[Closing]:
    """A customer, or one of the customer's cards."""
    return st.just(Closing(customer=ALI)) | st.sampled_from(CARDS).map(lambda card: Closing(customer=ALI, card=card))


def changes() -> SearchStrategy[ContractChange]:
    """A part of the key, or the days."""
    return st.one_of(
        st.sampled_from([["WEB"], ["MOBILE"], ["*"]]).map(lambda channels: ContractChange(channels=channels)),
        st.sampled_from(CARDS).map(lambda card: ContractChange(card=card)),
        st.just(ContractChange(account=AccountNumber("31000001"), vouchers=["V1"])),
        st.just(ContractChange(valid=Span(None, TODAY + timedelta(days=1)))),
    )


def occasion(day: date, *codes: str) -> Occasion:
    """A teller, with an approval of these codes."""
    approvals = [Approval(by="S-7", reason="meant", codes=codes)] if codes else []
    return Occasion(day=day, actor="S-1", request_id="T-1", approvals=approvals)
