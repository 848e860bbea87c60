"""What each cause restricts by rule, and for how long: a literal table; the years are the handbook's of the day on which it is imposed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final, assert_never

from attrs import frozen

from custmaster.handbook import Key, Page
from custmaster.handbook.keys import GRACE_DAYS
from custmaster.handbook.screening_keys import (
    SCREENING_CONVICTED_NEW_ACCOUNT,
    SCREENING_CONVICTED_NON_COUNTER,
    SCREENING_COUNTER_CHANNELS,
    SCREENING_IDENTIFIED_NEW_ACCOUNT,
    SCREENING_IDENTIFIED_NON_COUNTER,
    SCREENING_NO_TRANSACTION,
    SCREENING_OPENING_ACTIONS,
)
from custmaster.screening.kinds import EVERYTHING, LiftCondition, RestrictionCause, Scope
from custmaster.screening.restriction import Restriction
from custmaster.value.span import Span, add_months, add_years

__all__ = ["SANCTIONS", "Measure", "Sanction", "no_transaction_since", "sanctions"]


class Measure(StrEnum):
    """What is restricted.

    NON_COUNTER: all business but at the counter (非柜面业务). NEW_ACCOUNT: whatever is newly opened. EVERYTHING: all business.
    """

    NON_COUNTER = "NON_COUNTER"
    NEW_ACCOUNT = "NEW_ACCOUNT"
    EVERYTHING = "EVERYTHING"


@frozen(kw_only=True)
class Sanction:
    """One row: what is restricted, for how many years (None: until it is lifted), what lifts it, and the key of the rule."""

    measure: Measure
    lift: LiftCondition
    years: Key[int] | None = None
    rule: Key[int] | None = None


def _until(measure: Measure, lift: LiftCondition, rule: Key[int] | None = None) -> tuple[Sanction, ...]:
    return (Sanction(measure=measure, lift=lift, rule=rule),)


def _sale(non_counter: Key[int], new_account: Key[int]) -> tuple[Sanction, ...]:
    rows = ((Measure.NON_COUNTER, non_counter), (Measure.NEW_ACCOUNT, new_account))
    return tuple(Sanction(measure=measure, lift=LiftCondition.AUTHORITY, years=key, rule=key) for measure, key in rows)


_M, _C, _L = Measure, RestrictionCause, LiftCondition
SANCTIONS: Final[Mapping[RestrictionCause, tuple[Sanction, ...]]] = MappingProxyType(
    {
        _C.BLACKLIST: _until(_M.EVERYTHING, _L.AUTHORITY),
        _C.SANCTIONED: _until(_M.EVERYTHING, _L.AUTHORITY),
        _C.ACCOUNT_SALE_CONVICTED: _sale(SCREENING_CONVICTED_NON_COUNTER, SCREENING_CONVICTED_NEW_ACCOUNT),
        _C.ACCOUNT_SALE_IDENTIFIED: _sale(SCREENING_IDENTIFIED_NON_COUNTER, SCREENING_IDENTIFIED_NEW_ACCOUNT),
        _C.NO_TRANSACTION: _until(_M.NON_COUNTER, _L.VERIFIED, SCREENING_NO_TRANSACTION),
        _C.ID_EXPIRED: _until(_M.EVERYTHING, _L.RENEWED, GRACE_DAYS),
        _C.KYC_INCOMPLETE: _until(_M.NON_COUNTER, _L.COMPLETED),
        _C.PHONE_SHARED: _until(_M.NON_COUNTER, _L.PHONE_CONFIRMED),
        _C.COURT_FREEZE: _until(_M.EVERYTHING, _L.COURT),
        _C.DECEASED: _until(_M.EVERYTHING, _L.TERM),
    }
)
"""What each cause restricts; total. A bank that restricts less, such as debits alone, makes the Restriction itself."""


def sanctions(
    cause: RestrictionCause, *, customer: str, number: str, source: str, page: Page
) -> tuple[Restriction, ...]:
    """The restrictions that the cause brings the customer on the page's day, numbered `number`-1 and so on; nothing is imposed yet.

    The last day is counted with the years in force on that day, and a later change of the rule does not move it. Errors: NotInForce before
    the rule; InvalidRecord for an empty number or customer. Source: requirements.md B5, B8.14.

    >>> from custmaster.handbook import default
    >>> page = default().on(date(2024, 12, 1))
    >>> found = sanctions(
    ...     RestrictionCause.ACCOUNT_SALE_IDENTIFIED, customer="6000000001", number="R1", source="notice 7", page=page
    ... )
    >>> [(one.number, str(one.valid.end), one.scope.besides) for one in found]
    [('R1-1', '2026-12-01', ('COUNTER',)), ('R1-2', '2026-12-01', ())]
    """
    rows = SANCTIONS[cause]
    return tuple(
        Restriction(
            number=f"{number}-{place}" if number else "",
            customer=customer,
            cause=cause,
            scope=_scope(row.measure, page),
            valid=Span(page.day, None if row.years is None else add_years(page.day, page[row.years])),
            lift=row.lift,
            article="" if row.rule is None else page.article(row.rule),
            key=None if row.rule is None else row.rule.name,
            source=source,
        )
        for place, row in enumerate(rows, start=1)
    )


def no_transaction_since(opened_on: date, first_transaction_on: date | None, page: Page) -> bool:
    """Whether no transaction was made in the months after the opening that the handbook names, as of the page's day.

    A transaction after them comes too late: the restriction stands until the customer is verified. Errors: NotInForce. Source: B5.

    >>> from custmaster.handbook import default
    >>> page = default().on(date(2026, 11, 28))
    >>> no_transaction_since(date(2026, 5, 28), None, page), no_transaction_since(date(2026, 5, 29), None, page)
    (True, False)
    """
    due = add_months(opened_on, page[SCREENING_NO_TRANSACTION])
    return due <= page.day and (first_transaction_on is None or first_transaction_on >= due)


def _scope(measure: Measure, page: Page) -> Scope:
    match measure:
        case Measure.NON_COUNTER:
            return Scope(besides=page[SCREENING_COUNTER_CHANNELS])
        case Measure.NEW_ACCOUNT:
            return Scope(actions=page[SCREENING_OPENING_ACTIONS])
        case Measure.EVERYTHING:
            return EVERYTHING
    assert_never(measure)
