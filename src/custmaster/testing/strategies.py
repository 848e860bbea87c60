"""Hypothesis strategies for every public value, in three grades (see `Grade`).

A strategy says what is valid, never how it is distributed. All arguments are keyword-only and are checked when the strategy is
made. Everything is built up from integers, letters and days, so that examples shrink to short plain ones.

>>> from hypothesis import given
>>> from custmaster.value.identity import resident
>>> @given(resident_ids())
... def every_generated_number_is_valid(number):
...     assert resident.validate(number) == number
>>> every_generated_number_is_valid()
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from custmaster.customer.entry import Entry
from custmaster.errors import Fault, InvalidValue
from custmaster.sim import numbers
from custmaster.testing._grade import Grade, NearFault, require_grade
from custmaster.testing._hostile import hostile_texts
from custmaster.testing._near_numbers import NEAR_NUMBERS
from custmaster.testing._numbers import REGION_CODES, VALID_NUMBERS, resident_15
from custmaster.testing._records import (
    approvals,
    blocks,
    citations,
    days,
    money,
    near_valid_periods,
    near_valid_ranges,
    near_valid_spans,
    number_plans,
    number_ranges,
    occasions,
    reasons,
    remarks,
    spans,
    timelines,
)
from custmaster.testing._texts import CLEAN_TEXTS, NEAR_TEXTS, TextKind
from custmaster.value._sealed import Sealed
from custmaster.value.account import AccountNumber, CardNumber
from custmaster.value.address import Address
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DOCUMENT_TYPES, DocumentType
from custmaster.value.email import Email
from custmaster.value.identity.registry import NumberForm, Reading, read
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone
from custmaster.value.sex import Sex

__all__ = [
    "Grade",
    "NearFault",
    "TextKind",
    "account_numbers",
    "addresses",
    "approvals",
    "blocks",
    "card_numbers",
    "citations",
    "credit_codes",
    "days",
    "document_numbers",
    "emails",
    "entries",
    "historical_resident_ids",
    "hk_macao_permits",
    "hong_kong_ids",
    "hostile",
    "identity_documents",
    "leis",
    "macao_ids",
    "money",
    "names",
    "near_valid",
    "near_valid_periods",
    "near_valid_ranges",
    "near_valid_spans",
    "number_plans",
    "number_ranges",
    "numbers_of",
    "occasions",
    "organisation_codes",
    "passports",
    "permanent_residence_numbers",
    "phones",
    "readings",
    "reasons",
    "refused_as",
    "remarks",
    "residence_permits",
    "resident_ids",
    "sealed_card_numbers",
    "spans",
    "taiwan_ids",
    "taiwan_permits",
    "texts_of",
    "timelines",
    "unit_names",
]

S = TypeVar("S", bound=Sealed)
_CARDS_SINCE: Final = date(2017, 1, 1)
_CARDS_UNTIL: Final = date(2026, 11, 22)


def _require(path: str, value: object, kinds: tuple[type, ...]) -> None:
    """Checked when the strategy is made, so that a slip is seen where it was made and not at the first example."""
    if not isinstance(value, kinds):
        raise InvalidValue(Fault.TYPE, path=path, remedy=" or ".join(kind.__name__ for kind in kinds))


def hostile() -> SearchStrategy[str]:
    """Texts that a file may hold: full width, foreign digits, surrogates, writing direction, NUL, formulas, far too long."""
    return hostile_texts()


def near_valid(kind: NumberForm | TextKind) -> SearchStrategy[tuple[str, NearFault]]:
    """Texts of this kind with exactly one fault, and the fault's name. Errors: InvalidValue (TYPE).

    >>> from hypothesis import find
    >>> find(near_valid(NumberForm.HK_MACAO_PERMIT), lambda pair: pair[1] is NearFault.CHARACTER_LOST)[0]
    'H000000000'
    """
    _require("kind", kind, (NumberForm, TextKind))
    if isinstance(kind, NumberForm):
        return st.one_of([st.tuples(row.texts, st.just(row.fault)) for row in NEAR_NUMBERS[kind]])
    return st.one_of([st.tuples(texts, st.just(fault)) for fault, texts in NEAR_TEXTS[kind].items()])


def refused_as(form: NumberForm, fault: NearFault) -> Fault:
    """The Fault that a validator of this form must report. Errors: InvalidValue (UNKNOWN_CODE) where the form cannot have it.

    >>> refused_as(NumberForm.RESIDENT, NearFault.SWAPPED_DIGITS)
    <Fault.CHECK_DIGIT: 'CHECK_DIGIT'>
    """
    for row in NEAR_NUMBERS[form]:
        if row.fault is fault:
            return row.refused_as
    raise InvalidValue(Fault.UNKNOWN_CODE, path="fault", remedy="a fault that near_valid gives for this form")


@st.composite
def _text_alone(draw: DrawFn, kind: NumberForm | TextKind) -> str:
    return draw(near_valid(kind))[0]


def _graded(kind: NumberForm | TextKind, grade: Grade, valid: SearchStrategy[str]) -> SearchStrategy[str]:
    match require_grade(grade):
        case Grade.VALID:
            return valid
        case Grade.NEAR_VALID:
            return _text_alone(kind)
        case Grade.HOSTILE:
            return hostile_texts()


def numbers_of(form: NumberForm, *, grade: Grade = Grade.VALID) -> SearchStrategy[str]:
    """Numbers of a form as texts; valid ones are in their compact form. Errors: InvalidValue (TYPE)."""
    _require("form", form, (NumberForm,))
    return _graded(form, grade, VALID_NUMBERS[form])


def texts_of(kind: TextKind, *, grade: Grade = Grade.VALID) -> SearchStrategy[str]:
    """Texts of names, addresses, phones, amounts and days. Errors: InvalidValue (TYPE)."""
    _require("kind", kind, (TextKind,))
    return _graded(kind, grade, CLEAN_TEXTS[kind])


def resident_ids(*, grade: Grade = Grade.VALID) -> SearchStrategy[str]:
    """Resident identity numbers (公民身份号码) of 18 digits and of the historical 15."""
    return numbers_of(NumberForm.RESIDENT, grade=grade)


def residence_permits(*, grade: Grade = Grade.VALID) -> SearchStrategy[str]:
    """Residence permit numbers of Hong Kong, Macao and Taiwan residents (港澳台居民居住证)."""
    return numbers_of(NumberForm.RESIDENCE_PERMIT, grade=grade)


def permanent_residence_numbers(*, grade: Grade = Grade.VALID) -> SearchStrategy[str]:
    """Permanent-residence numbers of foreigners (外国人永久居留身份证), old and new."""
    return numbers_of(NumberForm.PERMANENT_RESIDENCE, grade=grade)


def credit_codes(*, grade: Grade = Grade.VALID) -> SearchStrategy[str]:
    """Unified social credit codes (统一社会信用代码), none of the Fujian pilot."""
    return numbers_of(NumberForm.CREDIT_CODE, grade=grade)


def organisation_codes(*, grade: Grade = Grade.VALID) -> SearchStrategy[str]:
    """Organisation codes (组织机构代码)."""
    return numbers_of(NumberForm.ORGANISATION_CODE, grade=grade)


def hk_macao_permits(*, grade: Grade = Grade.VALID) -> SearchStrategy[str]:
    """Permits of Hong Kong and Macao residents (港澳居民来往内地通行证), whole or the holder's nine."""
    return numbers_of(NumberForm.HK_MACAO_PERMIT, grade=grade)


def taiwan_permits(*, grade: Grade = Grade.VALID) -> SearchStrategy[str]:
    """Permits of Taiwan residents (台湾居民来往大陆通行证)."""
    return numbers_of(NumberForm.TAIWAN_PERMIT, grade=grade)


def passports(*, grade: Grade = Grade.VALID) -> SearchStrategy[str]:
    """Chinese passport numbers of the series E, G and E with a letter."""
    return numbers_of(NumberForm.CHINESE_PASSPORT, grade=grade)


def hong_kong_ids(*, grade: Grade = Grade.VALID) -> SearchStrategy[str]:
    """Hong Kong identity card numbers."""
    return numbers_of(NumberForm.HONG_KONG_ID, grade=grade)


def macao_ids(*, grade: Grade = Grade.VALID) -> SearchStrategy[str]:
    """Macao identity card numbers."""
    return numbers_of(NumberForm.MACAO_ID, grade=grade)


def taiwan_ids(*, grade: Grade = Grade.VALID) -> SearchStrategy[str]:
    """Taiwan identity card numbers."""
    return numbers_of(NumberForm.TAIWAN_ID, grade=grade)


def leis(*, grade: Grade = Grade.VALID) -> SearchStrategy[str]:
    """Legal entity identifiers (ISO 17442)."""
    return numbers_of(NumberForm.LEI, grade=grade)


def card_numbers(*, grade: Grade = Grade.VALID) -> SearchStrategy[str]:
    """Payment card numbers of 16 to 19 digits as texts; `sealed_card_numbers` gives CardNumber."""
    return numbers_of(NumberForm.CARD_NUMBER, grade=grade)


def historical_resident_ids() -> SearchStrategy[str]:
    """Resident numbers of 15 digits alone."""
    return resident_15()


@st.composite
def _fitting(draw: DrawFn, texts: SearchStrategy[str], longest: int) -> str:
    """The text cut to what a sealed value holds; an empty one becomes a space."""
    return draw(texts)[:longest] or " "


def _sealed(kind: type[S], texts: SearchStrategy[str]) -> SearchStrategy[S]:
    """By `builds` on a text, so that a counterexample shows the text although the value is masked."""
    return st.builds(kind, _fitting(texts, kind.longest))


def names(*, grade: Grade = Grade.VALID) -> SearchStrategy[Name]:
    """Names of persons: Han, minority with ·, Latin; a nearly valid one bears one mark."""
    return _sealed(Name, texts_of(TextKind.PERSON_NAME, grade=grade))


def unit_names(*, grade: Grade = Grade.VALID) -> SearchStrategy[Name]:
    """Names of firms and shops."""
    return _sealed(Name, texts_of(TextKind.UNIT_NAME, grade=grade))


def addresses(*, grade: Grade = Grade.VALID) -> SearchStrategy[Address]:
    """Postal addresses in one line."""
    return _sealed(Address, texts_of(TextKind.ADDRESS, grade=grade))


def phones(*, grade: Grade = Grade.VALID) -> SearchStrategy[Phone]:
    """Mobile, landline, hotline, Hong Kong, Macao and Taiwan numbers; a nearly valid one is INVALID."""
    return _sealed(Phone, texts_of(TextKind.PHONE, grade=grade))


def sealed_card_numbers(*, grade: Grade = Grade.VALID) -> SearchStrategy[CardNumber]:
    """Payment card numbers, sealed."""
    return _sealed(CardNumber, card_numbers(grade=grade))


def account_numbers() -> SearchStrategy[AccountNumber]:
    """Account and passbook numbers; any digits are one."""
    return _sealed(AccountNumber, st.text("0123456789", min_size=10, max_size=22))


def emails() -> SearchStrategy[Email]:
    """Mail addresses in domains that are kept for examples (RFC 2606)."""
    return _sealed(Email, st.from_regex(r"[a-z]{1,12}(\.[a-z]{1,8})?@example\.(com|org|net)", fullmatch=True))


@st.composite
def _number_of_any_form(draw: DrawFn, grade: Grade) -> str:
    return draw(numbers_of(draw(st.sampled_from(NumberForm)), grade=grade))


def document_numbers(*, grade: Grade = Grade.VALID) -> SearchStrategy[DocumentNumber]:
    """Sealed numbers of any form."""
    return _sealed(DocumentNumber, _number_of_any_form(require_grade(grade)))


def readings() -> SearchStrategy[Reading]:
    """What a number of any form says."""
    return st.one_of([st.builds(read, st.just(form), texts) for form, texts in VALID_NUMBERS.items()])


@st.composite
def _document(draw: DrawFn, party: PartyKind | None, grade: Grade) -> IdentityDocument:
    kinds = [kind for kind, row in DOCUMENT_TYPES.items() if party is None or row.party is party]
    kind = draw(st.sampled_from(kinds))
    issued = draw(days(min_value=date(1990, 1, 1), max_value=date(2026, 11, 22)))
    long_term = draw(st.booleans())
    expires = None if long_term else issued + timedelta(days=draw(st.integers(0, 7300)))
    return draw(
        st.builds(
            IdentityDocument,
            type=st.just(kind),
            number=_sealed(DocumentNumber, numbers_of(DOCUMENT_TYPES[kind].form, grade=grade)),
            duplicate=st.booleans(),
            issued_on=st.just(issued),
            expires_on=st.just(expires),
            long_term=st.just(long_term),
            issuer=st.none() | st.just("某市公安局"),
        )
    )


def identity_documents(
    *, party: PartyKind | None = None, grade: Grade = Grade.VALID
) -> SearchStrategy[IdentityDocument]:
    """Documents of every type, or of those that persons or units hold; `grade` is that of the number."""
    _require("party", party, (PartyKind, type(None)))
    return _document(party, require_grade(grade))


@st.composite
def _person_entry(draw: DrawFn, number: SearchStrategy[str] | None, name: SearchStrategy[Name]) -> Entry:
    """Somebody past 46 with a resident card for life, all of whose parts agree."""
    born = draw(days(min_value=date(1930, 1, 1), max_value=date(1965, 12, 31)))
    sequence = draw(st.integers(1, 999))
    own = numbers.resident_18(draw(st.sampled_from(REGION_CODES)), born, sequence)
    issued = draw(days(min_value=_CARDS_SINCE, max_value=_CARDS_UNTIL))
    document = st.builds(
        IdentityDocument,
        type=st.just(DocumentType.RESIDENT_ID),
        number=_sealed(DocumentNumber, st.just(own) if number is None else number),
        issued_on=st.just(issued),
        long_term=st.just(True),
    )
    return draw(
        st.builds(
            Entry,
            kind=st.just(PartyKind.PERSON),
            name=name,
            documents=st.tuples(document),
            sex=st.just(Sex.MALE if sequence % 2 else Sex.FEMALE),
            birth_date=st.just(born),
            phones=st.lists(phones(), max_size=2),
            addresses=st.lists(addresses(), max_size=2),
            card_numbers=st.lists(sealed_card_numbers(), max_size=1),
            opened_on=st.just(issued),
        )
    )


@st.composite
def _unit_entry(draw: DrawFn, number: SearchStrategy[str], name: SearchStrategy[Name]) -> Entry:
    founded = draw(days(min_value=date(1990, 1, 1), max_value=_CARDS_UNTIL))
    document = st.builds(
        IdentityDocument,
        type=st.just(DocumentType.CREDIT_CODE),
        number=_sealed(DocumentNumber, number),
        issued_on=st.just(founded),
        long_term=st.just(True),
    )
    return draw(
        st.builds(
            Entry,
            kind=st.just(PartyKind.UNIT),
            name=name,
            documents=st.tuples(document),
            birth_date=st.just(founded),
            phones=st.lists(phones(), max_size=2),
            addresses=st.lists(addresses(), max_size=2),
            opened_on=st.just(founded),
        )
    )


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
    match require_grade(grade):
        case Grade.VALID:
            return _person_entry(None, names()) | _unit_entry(credit_codes(), unit_names())
        case Grade.NEAR_VALID:
            return st.one_of(
                _person_entry(resident_ids(grade=grade), names()),
                _person_entry(None, names(grade=grade)),
                _unit_entry(credit_codes(grade=grade), unit_names()),
                _unit_entry(credit_codes(), unit_names(grade=grade)),
            )
        case Grade.HOSTILE:
            return _hostile_entry()
