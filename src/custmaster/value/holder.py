"""Whom a document names: the family and number by which two documents are known to be one holder's, and when a number names nobody.

The existence check and screening judge documents alike by this. Source: requirements.md B3, B6, B8.9.
"""

from __future__ import annotations

from typing import Final

from custmaster.errors import InvalidValue
from custmaster.value import fold
from custmaster.value.document import IdentityDocument
from custmaster.value.document_types import DOCUMENT_TYPES, DocumentType, Family
from custmaster.value.identity import resident
from custmaster.value.identity.registry import VERBS, NumberForm

__all__ = ["CITIZEN_LENGTHS", "family_of_malformed", "holder", "holders", "unreadable"]

CITIZEN_LENGTHS: Final = (15, 18)
"""The lengths of a citizen's number: 15 or 18 characters, even misspelt, are meant for one; others in a household register are the book's."""


def unreadable(number: str) -> bool:
    """Whether a compact number is masked or damaged in part: it is not known, though its readable rest is equal to another's.

    >>> unreadable("1101051949****002X"), unreadable("11010519491231002X")
    (True, False)
    """
    return not (number.isascii() and number.isalnum()) and fold.Mark.DAMAGED in fold.marks(number)


def family_of_malformed(kind: DocumentType, number: str, family: Family) -> str:
    """The family of a number that is not well-formed; of a household register (户口簿) the book's own number is of no citizen.

    >>> family_of_malformed(DocumentType.HOUSEHOLD_REGISTER, "012345", Family.CITIZEN_NUMBER)
    'HOUSEHOLD_REGISTER'
    """
    of_the_book = kind is DocumentType.HOUSEHOLD_REGISTER and len(number) not in CITIZEN_LENGTHS
    return str(kind) if of_the_book else str(family)


def holder(document: IdentityDocument) -> tuple[str, str] | None:
    """Family and number that stay with the holder; None when the number is a placeholder (占位), empty, or unreadable in part.

    Of a Hong Kong and Macao permit the number is the holder's nine characters. The 重号 flag is no part of it.

    >>> from custmaster.value.document import DocumentNumber
    >>> holder(IdentityDocument(type=DocumentType.HK_MACAO_PERMIT, number=DocumentNumber("h1234567800")))
    ('HK_MACAO_PERMIT', 'H12345678')
    """
    if document.is_filler:
        return None
    row = DOCUMENT_TYPES[document.type]
    try:
        reading = document.reading()
    except InvalidValue:
        number = VERBS[row.form].compact(document.number.reveal())
        family = family_of_malformed(document.type, number, row.family)
        return None if not number or unreadable(number) else (family, number)
    return None if unreadable(reading.compact) else (str(row.family), reading.holder_key or reading.compact)


def holders(document: IdentityDocument) -> tuple[tuple[str, str], ...]:
    """`holder`, and of a citizen's well-formed number of 15 digits also the 18 that it becomes: a candidate, never proof.

    >>> from custmaster.value.document import DocumentNumber
    >>> old = IdentityDocument(type=DocumentType.RESIDENT_ID, number=DocumentNumber("110105491231002"))
    >>> [number for _, number in holders(old)]
    ['110105491231002', '11010519491231002X']
    """
    own = holder(document)
    if own is None:
        return ()
    short = len(own[1]) == CITIZEN_LENGTHS[0] and DOCUMENT_TYPES[document.type].form is NumberForm.RESIDENT
    return (own, (own[0], resident.upgrade(own[1]))) if short and not document.faults() else (own,)
