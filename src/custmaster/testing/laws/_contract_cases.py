"""The cases of the laws of contracts: stocks of contracts, questions about signing, and signings one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from random import Random
from typing import Final

from attrs import evolve as changed
from attrs import frozen
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from custmaster.contract.catalogue import Catalogue
from custmaster.contract.codes import ContractCode
from custmaster.contract.kinds import State
from custmaster.contract.record import REQUESTED, Contract
from custmaster.decision import Approval, Occasion
from custmaster.dedup.alias_events import NumberMerged, NumberOpened
from custmaster.dedup.aliases import AliasLedger, replay, resolve
from custmaster.desk.codes import DeskCode
from custmaster.desk.sign import Signing, SigningFacts
from custmaster.testing._contracts import contract_requests, contracts, product_catalogues
from custmaster.value.span import ALWAYS

__all__ = ["DAY", "Dice", "Question", "Stock", "crowds", "dice", "facts_of", "questions", "sequences", "stocks"]

DAY: Final = date(2026, 11, 23)
Stock = tuple[Catalogue, list[Contract]]
"""A catalogue, and contracts of its products, numbered apart."""
Dice = Random
dice: Final = st.randoms(use_true_random=False)

_CUSTOMERS: Final = ("6000000001", "6000000002", "6000000003")
_OPENED: Final = [NumberOpened(number=number, on=date(2020, 1, 1), request_id="T-0") for number in _CUSTOMERS]
_LEDGER: Final = replay(_OPENED)
_MERGED: Final = replay(
    [*_OPENED, NumberMerged(number=_CUSTOMERS[2], into=_CUSTOMERS[0], on=date(2021, 1, 1), request_id="T-9")]
)
_EVERY: Final = Approval(
    by="S-0007", reason="seen", codes=[code.value for kind in (ContractCode, DeskCode) for code in kind]
)


@frozen(kw_only=True)
class Question:
    """One question about signing, whole."""

    request: Signing
    facts: SigningFacts
    occasion: Occasion


def _offered(catalogue: Catalogue) -> Catalogue:
    """The catalogue with everything offered every day and over every channel, so that requests are often allowed."""
    return changed(
        catalogue, products=[changed(product, offered=ALWAYS, channels=("*",)) for product in catalogue.products]
    )


def _catalogues(own: Catalogue | None) -> SearchStrategy[Catalogue]:
    made = product_catalogues() if own is None else st.just(own)
    return made | made.map(_offered)


@st.composite
def stocks(draw: DrawFn, own: Catalogue | None) -> Stock:
    """A catalogue and up to eight contracts of it, most of them whole."""
    catalogue = draw(_catalogues(own))
    asked = contract_requests(catalogue=catalogue)
    standing = st.sampled_from([State.ACTIVE, State.ACTIVE, State.SUSPENDED, State.DRAFT])
    whole = st.tuples(asked, standing).map(lambda pair: changed(pair[0], state=pair[1]))
    return catalogue, _numbered(draw(st.lists(whole | contracts(catalogue=catalogue), max_size=8)))


@st.composite
def crowds(draw: DrawFn, own: Catalogue | None) -> Stock:
    """One product and six live contracts, of which many are the same."""
    catalogue = draw(_catalogues(own))
    alone = changed(draw(st.sampled_from(catalogue.products)), needs=(), excludes=())
    one = changed(catalogue, products=[alone])
    return one, _numbered(draw(st.lists(contract_requests(catalogue=one), min_size=6, max_size=6)))


@st.composite
def sequences(draw: DrawFn, own: Catalogue | None) -> tuple[Catalogue, list[tuple[Contract, str, int]]]:
    """A catalogue, and what is asked for in turn: the contract, the number that is reserved, and a place among the drafts or -1."""
    catalogue = draw(_catalogues(own).map(_offered))
    asked = contract_requests(catalogue=catalogue)
    steps: list[tuple[Contract, str, int]] = []
    for place, wanted in enumerate(draw(st.lists(asked, min_size=3, max_size=12))):
        as_draft = draw(st.integers(0, 3)) == 3
        number = draw(st.sampled_from([f"N{place}", f"N{place}", "N0"]))
        draft = draw(st.integers(-5, 4))
        steps.append((changed(wanted, state=State.DRAFT) if as_draft else wanted, number, draft))
    return catalogue, steps


def _numbered(listed: Iterable[Contract]) -> list[Contract]:
    return [changed(contract, number=f"C{place}") for place, contract in enumerate(listed, start=1)]


def facts_of(
    catalogue: Catalogue, asked: Contract, there: Iterable[Contract], day: date, ledger: AliasLedger = _LEDGER
) -> SigningFacts:
    """What a host states that loaded all of them."""
    standings = [resolve(ledger, number, day) for number in asked.customers]
    return SigningFacts(catalogue=catalogue, standings=standings, contracts=tuple(there))


def occasion(day: date, request_id: str, *numbers: str, approved: bool = True) -> Occasion:
    """A teller who reserved these numbers, and whoever approves."""
    approvals = [_EVERY] if approved else []
    return Occasion(day=day, actor="S-0042", request_id=request_id, numbers=numbers, approvals=approvals)


def _fresh(contract: Contract) -> Contract:
    """The contract as it would be asked for, whatever it lacks."""
    return changed(
        contract, number=REQUESTED, state=State.ACTIVE, amendments=(), signed_on=None, ended_on=None, request_id=None
    )


@st.composite
def questions(draw: DrawFn, own: Catalogue | None, day: date = DAY) -> Question:
    """Any question: a new contract or a draft among others, of which one is often the same."""
    catalogue, there = draw(stocks(own))
    asked = draw(contract_requests(catalogue=catalogue) | contracts(catalogue=catalogue).map(_fresh))
    drafts = [one for one in there if one.state is State.DRAFT]
    among = draw(st.sampled_from([None, *drafts]))
    numbers = draw(st.sampled_from([("C900",), ("C900",), ("C900",), ("C1",), ()]))
    return Question(
        request=Signing(contract=among or asked, channel=draw(st.sampled_from(["COUNTER", "MOBILE"]))),
        facts=facts_of(
            catalogue, among or asked, there, day, draw(st.sampled_from([_LEDGER, _LEDGER, _LEDGER, _MERGED]))
        ),
        occasion=occasion(day, "T-1", *numbers, approved=draw(st.booleans())),
    )
