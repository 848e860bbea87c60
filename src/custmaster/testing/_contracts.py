"""Product catalogues, contracts from small pools, so that many are the same one, and the events of their lives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from attrs import evolve as changed
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from custmaster.contract.catalogue import Catalogue
from custmaster.contract.events import (
    ContractActivated,
    ContractAmended,
    ContractEvent,
    ContractExpired,
    ContractReassigned,
    ContractResumed,
    ContractSigned,
    ContractSuspended,
    ContractTerminated,
    ContractTransferred,
)
from custmaster.contract.kinds import Category, Effect, Flow, Level, PartyRole, State
from custmaster.contract.product import Exclusion, Product
from custmaster.contract.record import REQUESTED, Amendment, Authorisation, Contract, ContractChange, Party, Term
from custmaster.errors import InvalidRecord
from custmaster.handbook.citation import Fact
from custmaster.testing._records import spans
from custmaster.value.account import AccountNumber, CardNumber
from custmaster.value.name import Name
from custmaster.value.reference import PartnerReference
from custmaster.value.span import ALWAYS

__all__ = ["contract_events", "contract_requests", "contracts", "product_catalogues", "products"]

_POSITIONS: Final = 10
_FIRST: Final = date(2024, 1, 1)
_CHANNELS: Final = ("*", "COUNTER", "MOBILE", "WEB")
_CUSTOMERS: Final = ("6000000001", "6000000002", "6000000003")
_NUMBERS: Final = tuple(f"{place:0{_POSITIONS}}" for place in range(1, 9))
_YES_OR_NO: Final = st.booleans()
_FEW_CHANNELS: Final = st.sampled_from(((), ("*",), ("MOBILE",), ("WEB",), ("MOBILE", "WEB")))
_ACCOUNTS: Final = st.sampled_from((None, AccountNumber("62220001"), AccountNumber("6222 0001"), AccountNumber("1")))
_CARDS: Final = st.sampled_from((None, CardNumber("6228000000000001"), CardNumber("6228000000000002")))
_REFERENCES: Final = st.sampled_from((None, *(PartnerReference(text) for text in ("A1", "ａ 1", "A2"))))
_DAYS: Final = st.integers(0, 2000).map(lambda days: _FIRST + timedelta(days=days))
_VALUES: Final[SearchStrategy[Fact]] = st.sampled_from((0, Decimal("5000.00"), "DAY", True, _FIRST))
_TERMS: Final = st.dictionaries(st.sampled_from(("amount", "count")), _VALUES).map(
    lambda held: tuple(Term(name=name, value=value) for name, value in held.items())
)
_WHOLE: Final = Authorisation(
    payee=Name("自来水公司"), purpose="水费", account=AccountNumber("62220001"), cycle="每月", term=ALWAYS
)
_AUTHORISED: Final = st.sampled_from((None, _WHOLE, _WHOLE, changed(_WHOLE, cycle=None)))
_ENDED: Final = (State.TERMINATED, State.EXPIRED)


@st.composite
def _product(draw: DrawFn, number: str) -> Product:
    category = draw(st.sampled_from(Category))
    terminable = draw(_YES_OR_NO)
    return Product(
        number=number,
        zh=f"产品{number}",
        en=f"product {number}",
        category=category,
        level=draw(st.sampled_from(Level)),
        flow=draw(st.sampled_from(Flow)) if category is Category.COLLECTION_PAYMENT else None,
        several_per_card=draw(_YES_OR_NO),
        reference_in_key=draw(_YES_OR_NO),
        terminable=terminable,
        must_end=terminable and draw(_YES_OR_NO),
        transferable=draw(_YES_OR_NO),
        repays=draw(_YES_OR_NO),
        resign_maintains=draw(_YES_OR_NO),
        channels=draw(st.lists(st.sampled_from(_CHANNELS), min_size=1, unique=True)),
        closing=draw(st.sampled_from((None, *Effect))),
        offered=draw(st.just(ALWAYS) | spans()),
    )


def products() -> SearchStrategy[Product]:
    """Products of every category that stand for themselves: they need and exclude none.

    >>> from hypothesis import find
    >>> find(products(), lambda product: True).category
    <Category.THIRD_PARTY: 'THIRD_PARTY'>
    """
    return st.sampled_from(_NUMBERS).flatmap(_product)


@st.composite
def _catalogue(draw: DrawFn) -> Catalogue:
    size = draw(st.integers(1, len(_NUMBERS)))
    plain = [draw(_product(number)) for number in _NUMBERS[:size]]
    # What a product needs has a greater number than its own, so that there is no circle.
    needs = [
        draw(st.lists(st.sampled_from(_NUMBERS[at + 1 : size]), max_size=2, unique=True)) if at + 1 < size else []
        for at in range(size)
    ]
    made = [changed(product, needs=needed) for product, needed in zip(plain, needs, strict=True)]
    apart = [changed(product, excludes=_excluded(draw, product.number, _NUMBERS[:size])) for product in made]
    return _sound(apart, made)


def _excluded(draw: DrawFn, number: str, numbers: Sequence[str]) -> tuple[Exclusion, ...]:
    others = [other for other in numbers if other != number]
    chosen = draw(st.lists(st.sampled_from(others), max_size=1)) if others else []
    return tuple(Exclusion(product=other, priority=draw(st.integers(1, 3))) for other in chosen)


def _sound(apart: Sequence[Product], made: Sequence[Product]) -> Catalogue:
    """The catalogue with what excludes one another, unless a product needs both of a pair."""
    try:
        return Catalogue(version="1", positions=_POSITIONS, products=apart)
    except InvalidRecord:
        return Catalogue(version="1", positions=_POSITIONS, products=made)


def product_catalogues() -> SearchStrategy[Catalogue]:
    """Sound catalogues of one to eight products, with needs and exclusions.

    >>> from hypothesis import find
    >>> find(product_catalogues(), lambda catalogue: any(one.needs for one in catalogue.products)).version
    '1'
    """
    return _catalogue()


@st.composite
def _contract(draw: DrawFn, numbers: Sequence[str]) -> Contract:
    state = draw(st.sampled_from(State))
    signed_on = draw(st.none() | _DAYS)
    return Contract(
        number=f"C{draw(st.integers(1, 99))}",
        product=draw(st.sampled_from(numbers)),
        customer=draw(st.sampled_from(_CUSTOMERS)),
        state=state,
        parties=draw(
            st.lists(
                st.builds(Party, number=st.sampled_from(_CUSTOMERS), role=st.sampled_from(PartyRole)),
                max_size=2,
                unique=True,
            )
        ),
        account=draw(_ACCOUNTS),
        card=draw(_CARDS),
        vouchers=draw(st.sampled_from(((), ("V1",), ("V1", "V2")))),
        organisation=draw(st.sampled_from((None, "0031", "0032"))),
        reference=draw(_REFERENCES),
        instance=draw(_REFERENCES),
        channels=draw(_FEW_CHANNELS),
        valid=draw(st.just(ALWAYS) | spans()),
        authorisation=draw(_AUTHORISED),
        terms=draw(_TERMS),
        amendments=draw(st.lists(_amendment(), max_size=1)),
        signed_on=signed_on,
        ended_on=(signed_on or _FIRST) + timedelta(days=draw(st.integers(0, 400))) if state in _ENDED else None,
        request_id=draw(st.sampled_from((None, "T-1"))),
    )


@st.composite
def _change(draw: DrawFn) -> ContractChange:
    return ContractChange(
        account=draw(_ACCOUNTS),
        card=draw(_CARDS),
        channels=draw(_FEW_CHANNELS),
        vouchers=draw(st.sampled_from((None, (), ("V1",)))),
        valid=draw(st.none() | spans()),
        authorisation=draw(_AUTHORISED),
        terms=draw(st.none() | _TERMS),
    )


@st.composite
def _amendment(draw: DrawFn) -> Amendment:
    change = draw(_change())
    before = draw(st.sampled_from((None, change)))
    return Amendment(on=draw(_DAYS), actor="S-0042", request_id="T-2", fields=change.touched, before=before)


def contracts(*, catalogue: Catalogue | None = None) -> SearchStrategy[Contract]:
    """Contracts in every state, of the catalogue's products or of a few; many of them are the same one.

    >>> from hypothesis import find
    >>> str(find(contracts(), lambda contract: contract.is_live).state)
    'ACTIVE'
    """
    return _contract(_NUMBERS if catalogue is None else [product.number for product in catalogue.products])


@st.composite
def _event(draw: DrawFn) -> ContractEvent:
    contract = draw(contracts())
    head: dict[str, Any] = {"on": draw(_DAYS), "actor": "S-0042", "request_id": "T-3"}
    about: dict[str, Any] = head | {"number": contract.number}
    card = contract.card or CardNumber("6228000000000003")
    new = draw(st.sampled_from((State.DRAFT, State.ACTIVE)))
    made: list[ContractEvent] = [
        ContractSigned(contract=changed(contract, state=new, ended_on=None), **head),
        ContractActivated(**about),
        ContractAmended(change=draw(_change()), **about),
        ContractSuspended(**about),
        ContractResumed(**about),
        ContractTerminated(**about),
        ContractExpired(**about),
        ContractTransferred(card=card, account=contract.account, **about),
        ContractReassigned(customer=contract.customer, becomes=draw(st.sampled_from(_CUSTOMERS)), **about),
    ]
    return draw(st.sampled_from(made))


def contract_events() -> SearchStrategy[ContractEvent]:
    """Single events of every kind, each of some contract.

    >>> from hypothesis import find
    >>> type(find(contract_events(), lambda event: True)).__name__
    'ContractSigned'
    """
    return _event()


@st.composite
def _request(draw: DrawFn, numbers: Sequence[str]) -> Contract:
    contract = draw(_contract(numbers))
    account = contract.account or AccountNumber("62220001")
    return Contract(
        number=REQUESTED,
        product=contract.product,
        customer=contract.customer,
        account=account,
        card=contract.card,
        organisation=contract.organisation or "0031",
        reference=contract.reference or PartnerReference("A1"),
        instance=contract.instance or PartnerReference("A1"),
        channels=draw(st.sampled_from((("*",), ("MOBILE",)))),
        authorisation=changed(_WHOLE, account=account),
        terms=contract.terms,
    )


def contract_requests(*, catalogue: Catalogue) -> SearchStrategy[Contract]:
    """Contracts of the catalogue as somebody asks for them, with all that any key holds and a whole authorisation.

    >>> from hypothesis import find
    >>> product = find(products(), lambda product: True)
    >>> catalogue = Catalogue(version="1", positions=10, products=[product])
    >>> find(contract_requests(catalogue=catalogue), lambda contract: True).number
    'REQUESTED'
    """
    return _request([product.number for product in catalogue.products])
