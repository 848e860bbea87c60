"""Documents and customers as entered."""

from __future__ import annotations

from datetime import date
from typing import Any, assert_never

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from custmaster.customer.entry import Entry
from custmaster.testing._grade import Grade, require_grade
from custmaster.testing._graded import numbers_of, require_kind
from custmaster.testing._hostile import hostile_texts
from custmaster.testing._numbers import resident_18
from custmaster.testing._records import days
from custmaster.testing._sealed_values import addresses, names, phones, sealed, sealed_card_numbers, unit_names
from custmaster.value.address import Address
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DOCUMENT_TYPES, DocumentType
from custmaster.value.identity import resident
from custmaster.value.identity.registry import NumberForm
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone
from custmaster.value.sex import Sex

__all__ = ["entries", "identity_documents", "person_of", "unit_of"]

_ISSUED = days(min_value=date(1990, 1, 1), max_value=date(2015, 12, 31))
_EXPIRES = days(min_value=date(2016, 1, 1), max_value=date(2060, 12, 31))


def _documents_of(kind: DocumentType, grade: Grade) -> SearchStrategy[IdentityDocument]:
    number = sealed(DocumentNumber, numbers_of(DOCUMENT_TYPES[kind].form, grade=grade))
    issuer = st.none() | st.just("某市公安局")
    return st.builds(
        IdentityDocument,
        type=st.just(kind),
        number=number,
        duplicate=st.booleans(),
        issued_on=_ISSUED,
        long_term=st.just(True),
        issuer=issuer,
    ) | st.builds(
        IdentityDocument, type=st.just(kind), number=number, issued_on=st.none() | _ISSUED, expires_on=_EXPIRES
    )


def identity_documents(
    *, party: PartyKind | None = None, grade: Grade = Grade.VALID
) -> SearchStrategy[IdentityDocument]:
    """Documents of every type, or of those that persons or units hold; `grade` is that of the number."""
    require_kind("party", party, (PartyKind, type(None)))
    require_grade(grade)
    kinds = [kind for kind, row in DOCUMENT_TYPES.items() if party is None or row.party is party]
    return st.one_of([_documents_of(kind, grade) for kind in kinds])


def _several(document: IdentityDocument, phones: list[Phone], addresses: list[Address]) -> dict[str, Any]:
    """The fields that hold several values; mypy cannot see through their converter `tuple`."""
    return {"documents": (document,), "phones": phones, "addresses": addresses}


def person_of(*, number: str, issued_on: date, name: Name, phones: list[Phone], addresses: list[Address]) -> Entry:
    """An entry of a person with a resident card for life, whose birth date and sex are those of the number if it has any.

    >>> person_of(
    ...     number="11010519491231002X", issued_on=date(2017, 1, 1), name=Name("王伟"), phones=[], addresses=[]
    ... ).sex
    <Sex.FEMALE: 'FEMALE'>
    """
    known = resident.is_valid(number)
    card = IdentityDocument(
        type=DocumentType.RESIDENT_ID, number=DocumentNumber(number), issued_on=issued_on, long_term=True
    )
    return Entry(
        kind=PartyKind.PERSON,
        name=name,
        sex=resident.sex(number) if known else None,
        birth_date=resident.birth_date(number) if known else None,
        opened_on=issued_on,
        **_several(card, phones, addresses),
    )


def unit_of(*, number: str, founded: date, name: Name, phones: list[Phone], addresses: list[Address]) -> Entry:
    """An entry of a unit with its social credit code.

    >>> unit_of(
    ...     number="91350100M000100Y43", founded=date(2017, 1, 1), name=Name("某公司"), phones=[], addresses=[]
    ... ).kind
    <PartyKind.UNIT: 'UNIT'>
    """
    licence = IdentityDocument(
        type=DocumentType.CREDIT_CODE, number=DocumentNumber(number), issued_on=founded, long_term=True
    )
    return Entry(
        kind=PartyKind.UNIT,
        name=name,
        birth_date=founded,
        opened_on=founded,
        **_several(licence, phones, addresses),
    )


_OLD_AGE = days(min_value=date(1930, 1, 1), max_value=date(1965, 12, 31))
_LATELY = days(min_value=date(2017, 1, 1), max_value=date(2026, 11, 22))


def _persons(numbers: SearchStrategy[str], named: SearchStrategy[Name]) -> SearchStrategy[Entry]:
    contacts = {"phones": st.lists(phones(), max_size=2), "addresses": st.lists(addresses(), max_size=2)}
    return st.builds(person_of, number=numbers, issued_on=_LATELY, name=named, **contacts)


def _units(numbers: SearchStrategy[str], named: SearchStrategy[Name]) -> SearchStrategy[Entry]:
    contacts = {"phones": st.lists(phones(), max_size=2), "addresses": st.lists(addresses(), max_size=2)}
    return st.builds(unit_of, number=numbers, founded=_LATELY, name=named, **contacts)


def _hostile_entry() -> SearchStrategy[Entry]:
    grade = Grade.HOSTILE
    return st.builds(
        Entry,
        kind=st.sampled_from(PartyKind),
        name=st.none() | names(grade=grade),
        documents=st.lists(identity_documents(grade=grade), max_size=3),
        sex=st.none() | st.sampled_from(Sex),
        birth_date=st.none() | st.dates(),
        nationality=st.none() | hostile_texts(),
        phones=st.lists(phones(grade=grade), max_size=2),
        addresses=st.lists(addresses(grade=grade), max_size=2),
        card_numbers=st.lists(sealed_card_numbers(grade=grade), max_size=2),
        opened_on=st.none() | st.dates(),
    )


def entries(*, grade: Grade = Grade.VALID) -> SearchStrategy[Entry]:
    """Customers as entered.

    VALID: nothing worse than a note is found on them on 2026-11-23 under the packaged handbook. NEAR_VALID: one fault, in the
    document's number or in the name. HOSTILE: anything in every field.
    """
    require_grade(grade)
    match grade:
        case Grade.VALID:
            return _persons(resident_18(_OLD_AGE), names()) | _units(numbers_of(NumberForm.CREDIT_CODE), unit_names())
        case Grade.NEAR_VALID:
            return st.one_of(
                _persons(numbers_of(NumberForm.RESIDENT, grade=grade), names()),
                _persons(resident_18(_OLD_AGE), names(grade=grade)),
                _units(numbers_of(NumberForm.CREDIT_CODE, grade=grade), unit_names()),
                _units(numbers_of(NumberForm.CREDIT_CODE), unit_names(grade=grade)),
            )
        case Grade.HOSTILE:
            return _hostile_entry()
    assert_never(grade)
