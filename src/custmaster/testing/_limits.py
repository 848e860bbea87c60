"""Limits, what was used and transactions: few channels, actions and small amounts, so that they meet and bind."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from custmaster.decision import Citation
from custmaster.limits.kinds import AccountClass, Counterparty, Measure, Over, Scope, Source
from custmaster.limits.reserving import reserve
from custmaster.limits.row import LimitRow
from custmaster.limits.transaction import Slot, Transaction
from custmaster.limits.usage import Usage
from custmaster.value.account import AccountNumber
from custmaster.value.money import Money
from custmaster.value.party import PartyKind
from custmaster.value.span import Span

__all__ = ["limit_rows", "slots", "transactions", "usages"]

_CUSTOMER: Final = "6000000001"
_CHANNELS: Final = ("MOBILE", "WEB", "COUNTER")
_ACTIONS: Final = ("TRANSFER_OUT", "SPEND", "TRANSFER_IN")
_ACCOUNTS: Final = (None, AccountNumber("6222000000000001"), AccountNumber("6222000000000002"))
_DAY: Final = date(2026, 12, 31)
_DAYS: Final = (_DAY, _DAY - timedelta(days=1), _DAY + timedelta(days=1))
_MOST_FEN: Final = 100_000
_MOST_COUNT: Final = 5


def _fen(most: int = _MOST_FEN) -> SearchStrategy[Decimal]:
    return st.integers(1, most).map(lambda fen: Decimal(fen).scaleb(-2))


def slots() -> SearchStrategy[Slot]:
    """One of a few ways in which money moves, over one of two accounts or none that is told.

    >>> from hypothesis import given
    >>> @given(slots())
    ... def it_is_found_by_its_way(slot):
    ...     assert slot.way.startswith(slot.channel)
    >>> it_is_found_by_its_way()
    """
    return st.builds(
        Slot,
        channel=st.sampled_from(_CHANNELS),
        action=st.sampled_from(_ACTIONS),
        counterparty=st.sampled_from(tuple(Counterparty)),
        account_class=st.sampled_from((None, *AccountClass)),
        account=st.sampled_from(_ACCOUNTS),
    )


@st.composite
def transactions(draw: DrawFn, *, day: date | None = None) -> Transaction:
    """A transaction of one customer with its balance, on `day` or on one of three days around the turn of a year.

    >>> from hypothesis import given
    >>> @given(transactions(day=date(2026, 11, 23)))
    ... def it_is_of_that_day(transaction):
    ...     assert transaction.day == date(2026, 11, 23) and transaction.amount.amount > 0
    >>> it_is_of_that_day()
    """
    return Transaction(
        id=f"T-{draw(st.integers(1, 1000))}",
        customer=_CUSTOMER,
        day=day or draw(st.sampled_from(_DAYS)),
        slot=draw(slots()),
        amount=Money(draw(_fen())),
        balance=Money(draw(_fen())),
    )


@st.composite
def usages(draw: DrawFn, *, most: int = 8) -> Usage:
    """What up to `most` transactions of that customer used, each of its own id.

    >>> from hypothesis import given
    >>> @given(usages(most=2))
    ... def it_holds_so_many(usage):
    ...     assert len(usage.entries) <= 2
    >>> it_holds_so_many()
    """
    used = Usage.of(_CUSTOMER)
    for one in draw(st.lists(transactions(), max_size=most, unique_by=lambda made: made.id)):
        used = reserve(used, one)
    return used


@st.composite
def limit_rows(draw: DrawFn, *, source: Source | None = None) -> LimitRow:
    """A limit of any kind that its figure, lists, scope and days may have; of `source` where one is asked for.

    >>> from hypothesis import given
    >>> @given(limit_rows(source=Source.AGREED))
    ... def it_is_agreed(row):
    ...     assert row.source is Source.AGREED and row.figure >= 0
    >>> it_is_agreed()
    """
    measure = draw(st.sampled_from(tuple(Measure)))
    counted = measure is Measure.DAY_COUNT
    return LimitRow(
        code=f"LIMIT_{draw(st.integers(1, 99))}",
        measure=measure,
        figure=draw(st.integers(0, _MOST_COUNT).map(Decimal) if counted else _fen(2 * _MOST_FEN)),
        channels=draw(_codes(_CHANNELS)),
        actions=draw(_codes(_ACTIONS)),
        account_classes=draw(st.sets(st.sampled_from(tuple(AccountClass)))),
        counterparties=draw(st.sets(st.sampled_from(tuple(Counterparty)))),
        party=draw(st.sampled_from((None, *PartyKind))),
        account=draw(st.sampled_from(_ACCOUNTS)),
        scope=Scope.ACCOUNT if measure is Measure.BALANCE else draw(st.sampled_from(tuple(Scope))),
        source=source or draw(st.sampled_from(tuple(Source))),
        over=draw(st.sampled_from((Over.REFUSE, Over.REFUSE, Over.CERTIFICATE, Over.CONFIRMATION))),
        valid=draw(st.sampled_from((Span(), Span(_DAY, None), Span(None, _DAY)))),
        citation=Citation(article=f"rule {draw(st.integers(1, 3))}"),
    )


def _codes(known: tuple[str, ...]) -> SearchStrategy[set[str]]:
    return st.one_of(st.just({"*"}), st.sets(st.sampled_from(known), min_size=1))
