"""Sealed values, built by `st.builds` on a text, so that a counterexample shows what the value itself masks."""

from __future__ import annotations

from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from custmaster.testing._grade import Grade
from custmaster.testing._graded import numbers_of, texts_of
from custmaster.testing._numbers import VALID_NUMBERS
from custmaster.testing._texts import TextKind
from custmaster.value._sealed import Sealed
from custmaster.value.account import AccountNumber, CardNumber
from custmaster.value.address import Address
from custmaster.value.document import DocumentNumber
from custmaster.value.email import Email
from custmaster.value.identity.registry import NumberForm, Reading, read
from custmaster.value.name import Name
from custmaster.value.phone import Phone

__all__ = [
    "account_numbers",
    "addresses",
    "document_numbers",
    "emails",
    "names",
    "phones",
    "readings",
    "sealed",
    "sealed_card_numbers",
    "unit_names",
]

S = TypeVar("S", bound=Sealed)


@st.composite
def _fitting(draw: DrawFn, texts: SearchStrategy[str], longest: int) -> str:
    """The text cut to what a sealed value holds; an empty one becomes a space."""
    return draw(texts)[:longest] or " "


def sealed(kind: type[S], texts: SearchStrategy[str]) -> SearchStrategy[S]:
    """A sealed value of each text."""
    return st.builds(kind, _fitting(texts, kind.longest))


def names(*, grade: Grade = Grade.VALID) -> SearchStrategy[Name]:
    """Names of persons: Han, minority with ·, Latin; a nearly valid one bears one mark."""
    return sealed(Name, texts_of(TextKind.PERSON_NAME, grade=grade))


def unit_names(*, grade: Grade = Grade.VALID) -> SearchStrategy[Name]:
    """Names of firms and shops."""
    return sealed(Name, texts_of(TextKind.UNIT_NAME, grade=grade))


def addresses(*, grade: Grade = Grade.VALID) -> SearchStrategy[Address]:
    """Postal addresses in one line."""
    return sealed(Address, texts_of(TextKind.ADDRESS, grade=grade))


def phones(*, grade: Grade = Grade.VALID) -> SearchStrategy[Phone]:
    """Mobile, landline, hotline, Hong Kong, Macao and Taiwan numbers; a nearly valid one is INVALID."""
    return sealed(Phone, texts_of(TextKind.PHONE, grade=grade))


def sealed_card_numbers(*, grade: Grade = Grade.VALID) -> SearchStrategy[CardNumber]:
    """Payment card numbers, sealed."""
    return sealed(CardNumber, numbers_of(NumberForm.CARD_NUMBER, grade=grade))


def account_numbers() -> SearchStrategy[AccountNumber]:
    """Account and passbook numbers; any digits are one."""
    return sealed(AccountNumber, st.text("0123456789", min_size=10, max_size=22))


def emails() -> SearchStrategy[Email]:
    """Mail addresses in domains that are kept for examples (RFC 2606)."""
    return sealed(Email, st.from_regex(r"[a-z]{1,12}(\.[a-z]{1,8})?@example\.(com|org|net)", fullmatch=True))


def document_numbers(*, grade: Grade = Grade.VALID) -> SearchStrategy[DocumentNumber]:
    """Sealed numbers of any form."""
    return sealed(DocumentNumber, st.one_of([numbers_of(form, grade=grade) for form in NumberForm]))


def readings() -> SearchStrategy[Reading]:
    """What a number of any form says."""
    return st.one_of([st.builds(read, st.just(form), texts) for form, texts in VALID_NUMBERS.items()])
