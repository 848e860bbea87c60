"""The demo's day at the contracts desk: a listed applicant, a contract signed and signed again, a limit agreed, a card closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final, cast

from custmaster.contract import Catalogue, Category, Contract, Effect, Product, Term, evolve
from custmaster.contract.events import ContractEvent
from custmaster.customer import Entry
from custmaster.decision import Allowed, Citation, Decision, Occasion, decide
from custmaster.dedup.alias_events import NumberOpened
from custmaster.dedup.aliases import replay, resolve
from custmaster.desk import (
    Closing,
    ClosingFacts,
    ContractFacts,
    Opening,
    OpeningFacts,
    Register,
    Signing,
    SigningFacts,
    close,
    sign,
    terminate,
)
from custmaster.desk import open as opening
from custmaster.handbook import Page
from custmaster.limits import (
    Counterparty,
    LimitRow,
    Measure,
    Slot,
    Source,
    Transaction,
    Usage,
    headroom,
    judge,
    reserve,
    standing,
)
from custmaster.screening import ListEntry, Origin, RestrictionCause, Screen, identity_of
from custmaster.value.account import CardNumber
from custmaster.value.money import Money
from custmaster.value.party import PartyKind
from custmaster.value.reference import PartnerReference

__all__ = ["Told", "closed", "limited", "screened", "signed"]

Told = tuple[str, str, Decision]
"""What is asked, in both languages, and the answer."""

_CARD: Final = CardNumber("6222000011112221")
_CUSTODY: Final = Product(
    number="0100000001", zh="三方存管", en="custody", category=Category.THIRD_PARTY, closing=Effect.BLOCK
)
_LIMIT: Final = Product(
    number="0400000001", zh="限额", en="limit", category=Category.TRANSACTION_BEHAVIOUR, resign_maintains=True
)
_CATALOGUE: Final = Catalogue(version="demo", positions=10, products=[_CUSTODY, _LIMIT])
_WAY: Final = Slot(channel="MOBILE", action="TRANSFER_OUT", counterparty=Counterparty.OTHER_NAME)
_FIGURE: Final = Decimal(20_000)


def _occasion(day: date, request_id: str, *numbers: str) -> Occasion:
    return Occasion(day=day, actor="S-0042", request_id=request_id, numbers=numbers)


def screened(applicant: Entry, searched: tuple[str, ...], page: Page) -> Told:
    """Somebody whose document is on the police's list comes to open."""
    entry = ListEntry(
        origin=Origin.EXTERNAL,
        list_name="POLICE",
        number="7",
        identity=identity_of(applicant),
        cause=RestrictionCause.ACCOUNT_SALE_CONVICTED,
    )
    answer = Screen(entries=[entry]).query(applicant, page.day)
    facts = OpeningFacts(searched=searched, screened=answer)
    asked = opening.decide(Opening(applicant=applicant), facts, _occasion(page.day, "T-31", "6000000031"), page)
    return "黑名单上的人来开户", "somebody on a blacklist comes to open", asked


def signed(customer: str, page: Page) -> Iterator[tuple[Told, tuple[Contract, ...]]]:
    """Third-party custody is signed, then the same again; with each answer the contracts that there are."""
    asked = Contract(
        number="REQUESTED",
        product=_CUSTODY.number,
        customer=customer,
        card=_CARD,
        organisation="BROKER",
        reference=PartnerReference("88001234"),
    )
    there: tuple[Contract, ...] = ()
    for at, (zh, en) in enumerate(
        (("签三方存管", "custody at a broker's is signed"), ("再签一次", "and the same again"))
    ):
        answer = _sign(asked, there, page, at)
        if isinstance(answer, Allowed):
            there = tuple(evolve(None, cast("ContractEvent", event)) for event in answer.events)
        yield (zh, en, answer), there


def _sign(asked: Contract, there: tuple[Contract, ...], page: Page, at: int) -> Decision:
    ledger = replay([NumberOpened(number=asked.customer, on=page.day, request_id="T-1")])
    standings = [resolve(ledger, asked.customer, page.day)]
    facts = SigningFacts(catalogue=_CATALOGUE, standings=standings, contracts=there)
    occasion = _occasion(page.day, f"T-{32 + at}", f"C{1 + at}")
    return sign.decide(Signing(contract=asked, channel="COUNTER"), facts, occasion, page)


def limited(customer: str, there: tuple[Contract, ...], page: Page) -> Iterator[Told]:
    """A limit is agreed; 15,000 are transferred, what is left is said, and as much again is refused."""
    agreed = Contract(
        number="REQUESTED",
        product=_LIMIT.number,
        customer=customer,
        channels=["MOBILE"],
        reference=PartnerReference("DAY"),
        terms=[Term(name="amount", value=_FIGURE)],
    )
    yield "约定手机银行日限额 20,000", "a limit of 20,000 a day is agreed", _sign(agreed, there, page, 2)
    row = LimitRow(
        code="AGREED_MOBILE",
        measure=Measure.DAY_AMOUNT,
        figure=_FIGURE,
        channels=["MOBILE"],
        source=Source.AGREED,
        citation=Citation(article="R-61"),
    )
    stands, usage = standing(page, [row], PartyKind.PERSON), Usage.of(customer)
    for number in ("P-1", "P-2"):
        left = headroom(_WAY, stands, usage).amount or Decimal(0)
        paid = Transaction(id=number, customer=customer, day=page.day, slot=_WAY, amount=Money(Decimal(15_000)))
        answer = decide(judge(paid, stands, usage), handbook=page.stamp)
        yield f"转出 15,000,余额度 {left:,.0f}", f"15,000 are sent, with {left:,.0f} left", answer
        usage = reserve(usage, paid)


def closed(customer: str, there: tuple[Contract, ...], page: Page) -> Iterator[Told]:
    """The card cannot be closed while custody is live, and can when it has ended."""
    asked, ended = Closing(customer=customer, card=_CARD), tuple(_ended(one, page) for one in there)
    tries = (("销卡", "her card is to be closed", there), ("解约后销卡", "the same when custody has ended", ended))
    for at, (zh, en, held) in enumerate(tries):
        facts = ClosingFacts(register=Register(catalogue=_CATALOGUE, contracts=held), pending=())
        yield zh, en, close.decide(asked, facts, _occasion(page.day, f"T-{36 + at}"), page).decision


def _ended(contract: Contract, page: Page) -> Contract:
    facts = ContractFacts(register=Register(catalogue=_CATALOGUE, contracts=[contract]))
    answer = terminate.decide(contract, facts, _occasion(page.day, "T-38"), page)
    if not isinstance(answer, Allowed):  # a handbook of one's own may say otherwise
        return contract
    (event,) = answer.events
    return evolve(contract, cast("ContractEvent", event))
