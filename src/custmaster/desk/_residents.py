"""Citizens' numbers of 15 and of 18 digits: which of them a customer shows, and whether one becomes the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from custmaster.customer.record import Customer
from custmaster.errors import InvalidValue
from custmaster.value.document import IdentityDocument
from custmaster.value.document_types import DOCUMENT_TYPES
from custmaster.value.identity import resident
from custmaster.value.identity.registry import NumberForm, Reading

__all__ = ["Shown", "citizen_cards", "upgrades"]

Shown = tuple[str, IdentityDocument]
"""The compact number, of 15 or of 18 digits, and the document that shows it."""


def _reading(document: IdentityDocument) -> Reading | None:
    if DOCUMENT_TYPES[document.type].form is not NumberForm.RESIDENT:
        return None
    try:
        return document.reading()
    except InvalidValue:
        return None


def citizen_cards(customer: Customer, day: date) -> tuple[tuple[Shown, ...], tuple[Shown, ...]]:
    """The well-formed citizens' numbers on record on the day: those of 15 digits, and those of 18.

    >>> from custmaster.value.party import PartyKind
    >>> citizen_cards(Customer(number="1", kind=PartyKind.PERSON), date(2026, 11, 23))
    ((), ())
    """
    shown = tuple(_shown(customer, day))
    old = tuple(one for one in shown if resident.is_historical(one[0]))
    return old, tuple(one for one in shown if one not in old)


def _shown(customer: Customer, day: date) -> Iterator[Shown]:
    for document in customer.current_documents(day):
        reading = _reading(document)
        if reading is not None:
            yield reading.compact, document


def upgrades(old: IdentityDocument, new: IdentityDocument) -> bool:
    """Whether `old` shows 15 digits and `new` the 18 that they become (GB 11643-1999); not proof that they are one person's.

    >>> from custmaster.value.document import DocumentNumber
    >>> from custmaster.value.document_types import DocumentType
    >>> one, other = (
    ...     IdentityDocument(type=DocumentType.RESIDENT_ID, number=DocumentNumber(number))
    ...     for number in ("110105491231002", "11010519491231002X")
    ... )
    >>> upgrades(one, other), upgrades(other, one)
    (True, False)
    """
    before, after = _reading(old), _reading(new)
    if before is None or after is None or not resident.is_historical(before.compact):
        return False
    return after.compact == resident.upgrade(before.compact)
