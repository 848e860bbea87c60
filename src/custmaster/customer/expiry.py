"""How long a document serves, and how long a closed customer's record is kept: ladders of days whose figures are the handbook's."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from custmaster.errors import InvalidValue
from custmaster.handbook import Page, keys
from custmaster.value.document import IdentityDocument
from custmaster.value.identity.registry import Flag, NumberForm
from custmaster.value.span import add_years

__all__ = ["Rung", "kept_until", "last_valid_day", "rung", "rung_of"]

_ONE_DAY: Final = timedelta(days=1)


class Rung(StrEnum):
    """A step of the expiry ladder: valid, expiring (give notice), grace (合理期限), suspend (中止办理业务); unknown without an expiry.

    Source: requirements.md B5 (2007 No. 2, article 19).
    """

    VALID = "VALID"
    EXPIRING = "EXPIRING"
    GRACE = "GRACE"
    SUSPEND = "SUSPEND"
    UNKNOWN = "UNKNOWN"


def last_valid_day(document: IdentityDocument, page: Page) -> date | None:
    """The last day on which the document is valid: the printed one, or for a 15-digit number the last before that form ceased.

    None for 长期 and for an expiry that is not known. Source: B8.13.

    >>> from custmaster.handbook import default
    >>> from custmaster.value.document import DocumentNumber
    >>> from custmaster.value.document_types import DocumentType
    >>> old = IdentityDocument(type=DocumentType.RESIDENT_ID, number=DocumentNumber("110105491231002"), long_term=True)
    >>> last_valid_day(old, default().on(date(2026, 11, 23)))
    datetime.date(2012, 12, 31)
    """
    ends = None if document.long_term else document.expires_on
    ceased = page.get(keys.FIFTEEN_DIGIT_UNTIL) if _is_historical(document) else None
    if ceased is None:
        return ends
    return ceased - _ONE_DAY if ends is None else min(ends, ceased - _ONE_DAY)


def _is_historical(document: IdentityDocument) -> bool:
    if document.row.form is not NumberForm.RESIDENT:
        return False
    try:
        return Flag.HISTORICAL_FORM in document.reading().flags
    except InvalidValue:
        return False


def rung(document: IdentityDocument, *, page: Page, day: date) -> Rung:
    """Where the document stands on the ladder on the day; the day of expiry still belongs to it, and so does the last day of grace.

    Errors: NotInForce on a page that has no figures for the ladder.

    >>> from custmaster.handbook import default
    >>> from custmaster.value.document import DocumentNumber
    >>> from custmaster.value.document_types import DocumentType
    >>> card = IdentityDocument(type=DocumentType.LEI, number=DocumentNumber("1"), expires_on=date(2026, 8, 25))
    >>> page = default().on(date(2026, 11, 23))
    >>> [
    ...     rung(card, page=page, day=date(2026, *day)).value
    ...     for day in ((7, 25), (7, 26), (8, 25), (8, 26), (11, 23), (11, 24))
    ... ]
    ['VALID', 'EXPIRING', 'EXPIRING', 'GRACE', 'GRACE', 'SUSPEND']
    """
    return rung_of(last_valid_day(document, page), long_term=document.long_term, page=page, day=day)


def rung_of(last: date | None, *, long_term: bool, page: Page, day: date) -> Rung:
    """As `rung`, of a document whose last valid day is known already."""
    if last is None:
        return Rung.VALID if long_term else Rung.UNKNOWN
    left = (last - day).days
    if left >= 0:
        return Rung.EXPIRING if left <= page[keys.EXPIRING_DAYS] else Rung.VALID
    return Rung.GRACE if -left <= page[keys.GRACE_DAYS] else Rung.SUSPEND


def kept_until(closed_on: date, page: Page) -> date:
    """The first day on which a record closed on that day may be erased: closure and the years of retention (保存年限).

    The page is that of the day of asking: a longer period in force by then holds for records closed before. Errors: NotInForce.
    Source: requirements.md B5 (5 years under the 2007 rule, 10 under the law in force from 2025).

    >>> from custmaster.handbook import default
    >>> (
    ...     kept_until(date(2024, 2, 29), default().on(date(2024, 12, 31))),
    ...     kept_until(date(2024, 2, 29), default().on(date(2025, 1, 1))),
    ... )
    (datetime.date(2029, 2, 28), datetime.date(2034, 2, 28))
    """
    return add_years(closed_on, page[keys.RETENTION_YEARS])
