"""An identity document as it was recorded: type, sealed number, and for how long it is valid."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from custmaster.errors import Fault, InvalidValue
from custmaster.value._checks import of
from custmaster.value._document_number import DocumentNumber
from custmaster.value.document_types import DOCUMENT_TYPES, DocumentType, DocumentTypeRow, Family
from custmaster.value.identity.registry import VERBS, Reading, faults, read_number
from custmaster.value.placeholder import is_placeholder_number
from custmaster.value.span import Span

__all__ = ["DocumentNumber", "IdentityDocument"]


class _Kept:
    """What a document found out about its number is kept here: no fields, so neither compared nor shown, copied or pickled."""

    __slots__ = ("_filler", "_reading")
    _filler: bool
    _reading: Reading


# The slots themselves: several rules ask, and each answer is worked out once.
_keep_filler = _Kept.__dict__["_filler"].__set__
_keep_reading = _Kept.__dict__["_reading"].__set__


@frozen(kw_only=True)
class IdentityDocument(_Kept):
    """One document of a customer; its number is kept as written and is not validated here, since dirty stock must load.

    `duplicate` marks the 重号 variant of its type: a second person holds the same number. `expires_on` is the printed last day;
    `long_term` stands for 长期. With neither, the end is not known.

    >>> document = IdentityDocument(type=DocumentType.RESIDENT_ID, number=DocumentNumber("11010519491231002x"))
    >>> document.number, document.reading().birth_date
    (DocumentNumber(110*************2x), datetime.date(1949, 12, 31))
    """

    type: DocumentType
    number: DocumentNumber = field(validator=of(DocumentNumber))
    duplicate: bool = False
    issued_on: date | None = None
    expires_on: date | None = None
    long_term: bool = False
    issuer: str | None = field(default=None, repr=False)

    @property
    def row(self) -> DocumentTypeRow:
        """The row of the type's table."""
        return DOCUMENT_TYPES[self.type]

    def reading(self) -> Reading:
        """What the number says, read in the form of its type; InvalidValue when it is not well-formed.

        >>> IdentityDocument(type=DocumentType.LEI, number=DocumentNumber("969500T3M8S4SQAMHJ45")).reading().flags
        ()
        """
        kept: Reading | None = getattr(self, "_reading", None)
        if kept is None:
            kept = read_number(DOCUMENT_TYPES[self.type].form, self.number)
            _keep_reading(self, kept)
        return kept

    @property
    def is_filler(self) -> bool:
        """Whether the number was typed to fill the field; see `is_placeholder_number`.

        >>> IdentityDocument(type=DocumentType.LEI, number=DocumentNumber("0000000000")).is_filler
        True
        """
        kept: bool | None = getattr(self, "_filler", None)
        if kept is None:
            kept = is_placeholder_number(self.number.reveal())
            _keep_filler(self, kept)
        return kept

    def faults(self) -> tuple[Fault, ...]:
        """Everything that is wrong with the number, read in the form of its type; empty when it is well-formed.

        >>> IdentityDocument(type=DocumentType.LEI, number=DocumentNumber("969500")).faults()
        (<Fault.LENGTH: 'LENGTH'>,)
        """
        return faults(self.row.form, self.number.reveal())

    def key(self) -> tuple[Family, str]:
        """Family and number by which two records are found to show one document.

        The number is in the compact form of its type, of a Hong Kong and Macao permit the holder's nine characters. A number that
        is not well-formed has a key too. The 重号 flag is no part of it: whoever compares two records looks at it himself.

        >>> IdentityDocument(type=DocumentType.HOUSEHOLD_REGISTER, number=DocumentNumber("11010519491231002x")).key()
        (<Family.CITIZEN_NUMBER: 'CITIZEN_NUMBER'>, '11010519491231002X')
        """
        row = self.row
        try:
            reading = self.reading()
        except InvalidValue:
            return row.family, VERBS[row.form].compact(self.number.reveal())
        return row.family, reading.holder_key or reading.compact

    @property
    def valid(self) -> Span:
        """The days on which the document is valid, half-open; an open end for 长期 and for an end that is not known.

        Errors: InvalidValue ORDER when it expires before it was issued.

        >>> IdentityDocument(type=DocumentType.LEI, number=DocumentNumber("1"), expires_on=date(2030, 1, 31)).valid.end
        datetime.date(2030, 2, 1)
        """
        return Span.through(self.issued_on, None if self.long_term else self.expires_on)
