"""The limits that were agreed with a customer (约定限额): the terms of its contracts, read as rows of limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from attrs import field, frozen

from custmaster.contract.catalogue import Catalogue
from custmaster.contract.kinds import Category, Level, State
from custmaster.contract.product import Product
from custmaster.contract.record import Contract, Term
from custmaster.decision import Citation, Outcome, Reason
from custmaster.desk.codes import DeskCode
from custmaster.errors import InvalidRecord
from custmaster.limits.kinds import Counterparty, Measure, Scope, Source
from custmaster.limits.row import LimitRow
from custmaster.value.channel import EVERY

__all__ = ["FIGURES", "NARROWING", "Agreed", "agreed_rows"]

FIGURES: Final[Mapping[str, Measure]] = MappingProxyType(
    {
        "single": Measure.SINGLE,
        "day_amount": Measure.DAY_AMOUNT,
        "day_count": Measure.DAY_COUNT,
        "year_amount": Measure.YEAR_AMOUNT,
        "balance": Measure.BALANCE,
    }
)
"""The terms that are figures, and what each is a figure of. Source: B5 (日累计限额、笔数、年累计限额), B7."""

NARROWING: Final = ("actions", "counterparties")
"""The terms that say which actions and counterparties the figures are about: codes with spaces between them; all of them without."""


@frozen(kw_only=True)
class Agreed:
    """The rows that contracts come to, and what is to be told of contracts whose terms do not all come to one.

    A note is a Review where a limit was or may have been agreed that cannot be read, for what is not read binds nobody; it is Allowed where none was.
    """

    rows: tuple[LimitRow, ...] = field(default=(), converter=tuple[LimitRow, ...])
    notes: tuple[Reason, ...] = field(default=(), converter=tuple[Reason, ...])


def agreed_rows(contracts: Iterable[Contract], catalogue: Catalogue, day: date) -> Agreed:
    """What the contracts of one customer limit on the day: of those that are ACTIVE and in their days, one row for each figure.

    Read are contracts on how the customer acts (交易行为签约) that state a figure or whose product is signed again to change it. Their
    channels are the row's, all channels where none is named. A product of account level limits the contract's account, and each account by itself
    where none is named; a balance is always an account's. A limit that stands on a card alone cannot be read, since transactions name accounts: it
    is a Review, until the contract names the account beside the card. Source: R-61, B7.

    >>> from custmaster.contract.record import Term
    >>> limit = Product(number="0000000002", zh="限额", en="limit", category=Category.TRANSACTION_BEHAVIOUR)
    >>> signed = Contract(
    ...     number="C1",
    ...     product=limit.number,
    ...     customer="6000000001",
    ...     channels=["MOBILE"],
    ...     terms=[Term(name="day_amount", value=Decimal(5000)), Term(name="colour", value="red")],
    ... )
    >>> found = agreed_rows([signed], Catalogue(version="1", positions=10, products=[limit]), date(2026, 11, 23))
    >>> [(row.code, row.figure, row.channels) for row in found.rows], [str(note.code) for note in found.notes]
    ([('AGREED_DAY_AMOUNT', Decimal('5000'), ('MOBILE',))], ['AGREED_TERM_UNKNOWN'])
    """
    standing = (one for one in contracts if one.state is State.ACTIVE and one.valid.contains(day))
    ordered = sorted(standing, key=lambda one: one.number)
    made = [each for one in ordered for each in _read(one, catalogue.by_number.get(one.product))]
    return Agreed(
        rows=[one for one in made if isinstance(one, LimitRow)],
        notes=[one for one in made if isinstance(one, Reason)],
    )


def _read(contract: Contract, product: Product | None) -> Iterator[LimitRow | Reason]:
    figures = [term for term in contract.terms if term.name in FIGURES]
    if product is None:
        if figures:
            yield _note(DeskCode.AGREED_PRODUCT_UNKNOWN, Outcome.REVIEW, contract, contract.product)
        return
    if product.category is not Category.TRANSACTION_BEHAVIOUR or not (figures or product.resign_maintains):
        return
    if figures and contract.card is not None and contract.account is None:
        yield _note(DeskCode.AGREED_OF_CARD, Outcome.REVIEW, contract, contract.product)
        return
    for term in contract.terms:
        if term.name in FIGURES:
            yield _row(contract, product, term)
        elif term.name not in NARROWING:
            yield _note(DeskCode.AGREED_TERM_UNKNOWN, Outcome.ALLOWED, contract, term.name)


def _row(contract: Contract, product: Product, term: Term) -> LimitRow | Reason:
    measure, by_account = FIGURES[term.name], product.level is Level.ACCOUNT
    try:
        return LimitRow(
            code=f"AGREED_{measure}",
            measure=measure,
            figure=_figure(term.value),
            channels=_channels(contract),
            **_narrowed(contract),
            account=contract.account if by_account else None,
            scope=Scope.ACCOUNT if by_account or measure is Measure.BALANCE else Scope.CUSTOMER,
            source=Source.AGREED,
            valid=contract.valid,
            citation=Citation(article=f"contract {contract.number}"),
        )
    except (InvalidRecord, ValueError):
        return _note(DeskCode.AGREED_FIGURE_UNFIT, Outcome.REVIEW, contract, term.name)


def _figure(value: object) -> Any:
    """The number as a Decimal; anything else as it is, which a row refuses."""
    return Decimal(value) if type(value) is int else value


def _channels(contract: Contract) -> tuple[str, ...]:
    """`*` is a channel of its own to a contract; a limit on it is one on all."""
    return (EVERY,) if EVERY in contract.channels else contract.channels or (EVERY,)


def _narrowed(contract: Contract) -> dict[str, Any]:
    """Actions and counterparties as the terms state them. Errors: ValueError for a code that is none, which a row refuses too."""
    stated = {term.name: str(term.value).split() for term in contract.terms if term.name in NARROWING}
    parties = [Counterparty(code) for code in stated.get("counterparties", ())]
    return {"actions": stated.get("actions", (EVERY,)), "counterparties": parties}


def _note(code: DeskCode, outcome: Outcome, contract: Contract, about: str) -> Reason:
    facts = {"contract": contract.number, "about": about}
    return Reason(code=code, outcome=outcome, citation=Citation(article="R-61"), subject=contract.customer, facts=facts)
