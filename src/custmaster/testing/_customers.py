"""Customers' whole records, in three grades."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any, Final, assert_never

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from custmaster.customer.children import Held, NamedAs
from custmaster.customer.kinds import Status
from custmaster.customer.record import Customer
from custmaster.testing import _children as children
from custmaster.testing._grade import Grade, require_grade
from custmaster.testing._graded import numbers_of, require_kind
from custmaster.testing._numbers import resident_18
from custmaster.testing._records import days
from custmaster.testing._sealed_values import names, unit_names
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.identity import resident
from custmaster.value.identity.registry import NumberForm
from custmaster.value.party import PartyKind

__all__ = ["customer_numbers", "customers"]

_YES_OR_NO: Final = st.booleans()
_PARTIES: Final = st.sampled_from(PartyKind)
_OPENED: Final = days(min_value=date(1995, 1, 1), max_value=date(2015, 12, 31))
_CLOSED: Final = days(min_value=date(2016, 1, 1), max_value=date(2026, 11, 22))
_NUMBERS: Final = st.integers(0, 999_999).map(lambda number: f"6000{number:06}")
_RESIDENTS: Final = resident_18()
_OPENED_OR_NOT: Final = st.none() | _OPENED
_BORN_OR_NOT: Final = st.none() | days()
_STATUSES: Final = st.sampled_from(Status)
_REQUESTS: Final = st.lists(
    st.integers(1, 999_999).map(lambda number: f"T-{number}"), min_size=1, max_size=3, unique=True
)


def customer_numbers() -> SearchStrategy[str]:
    """Numbers that generated customers bear; the other customers that they name bear none of them."""
    return _NUMBERS


@cache
def _up_to_two(strategy: SearchStrategy[Any]) -> SearchStrategy[list[Any]]:
    return st.lists(strategy, max_size=2)


def _list(draw: DrawFn, strategy: SearchStrategy[Any]) -> list[Any]:
    return draw(_up_to_two(strategy))


def _state(draw: DrawFn) -> dict[str, Any]:
    """Opened perhaps, and closed later; a merged customer names its survivor."""
    opened: dict[str, Any] = {"opened_on": draw(_OPENED_OR_NOT)}
    status: Status = draw(_STATUSES)
    if status is Status.ACTIVE:
        return opened | {"closures": children.closed_times(draw)}
    into = draw(children.other_customers()) if status is Status.MERGED else None
    return opened | {"status": status, "closed_on": draw(_CLOSED), "merged_into": into}


def _of_any_kind(draw: DrawFn, party: PartyKind, grade: Grade) -> dict[str, Any]:
    return {
        "addresses": children.places(draw, grade),
        "contacts": children.reached(draw, grade),
        "described": _list(draw, children.described(party, grade)),
        "notes": _list(draw, children.notes(grade)),
        "roles": _list(draw, children.roles()),
        "relationships": _list(draw, children.related(party)),
        "aml": _list(draw, children.aml_ratings()),
        "requests": draw(_REQUESTS),
    }


def _of_person(draw: DrawFn) -> dict[str, Any]:
    """Birth date, sex and perhaps the resident card that states them."""
    number = draw(_RESIDENTS)
    card = IdentityDocument(type=DocumentType.RESIDENT_ID, number=draw(st.builds(DocumentNumber, st.just(number))))
    held = [Held(document=card, primary=True)]
    return {
        "birth_date": resident.birth_date(number),
        "sex": resident.sex(number),
        "nationality": "CHN",
        "documents": held if draw(_YES_OR_NO) else children.documents_held(draw, PartyKind.PERSON, Grade.VALID),
        "risk": _list(draw, children.risk_tolerances()),
    }


def _of_unit(draw: DrawFn, grade: Grade) -> dict[str, Any]:
    return {
        "birth_date": draw(_BORN_OR_NOT),
        "documents": children.documents_held(draw, PartyKind.UNIT, grade),
        "unit": draw(children.unit_details(grade)) if draw(_YES_OR_NO) else None,
        "representatives": _list(draw, children.representatives(grade)),
        "owners": _list(draw, children.beneficial_owners(grade)),
    }


@st.composite
def _valid(draw: DrawFn, party: PartyKind | None) -> Customer:
    kind = draw(_PARTIES) if party is None else party
    return Customer(
        number=draw(_NUMBERS),
        kind=kind,
        names=children.names_borne(draw, kind, Grade.VALID),
        **_state(draw),
        **_of_any_kind(draw, kind, Grade.VALID),
        **(_of_person(draw) if kind is PartyKind.PERSON else _of_unit(draw, Grade.VALID)),
    )


@st.composite
def _near_valid(draw: DrawFn, party: PartyKind | None) -> Customer:
    """One name and one document, always current, and the fault in one of the two."""
    kind = draw(_PARTIES) if party is None else party
    of_name, of_number = draw(st.sampled_from(((Grade.NEAR_VALID, Grade.VALID), (Grade.VALID, Grade.NEAR_VALID))))
    person = kind is PartyKind.PERSON
    named = draw(names(grade=of_name) if person else unit_names(grade=of_name))
    form = NumberForm.RESIDENT if person else NumberForm.CREDIT_CODE
    number = draw(st.builds(DocumentNumber, numbers_of(form, grade=of_number)))
    document = IdentityDocument(type=DocumentType.RESIDENT_ID if person else DocumentType.CREDIT_CODE, number=number)
    return Customer(
        number=draw(_NUMBERS),
        kind=kind,
        opened_on=draw(_OPENED),
        names=[NamedAs(name=named)],
        documents=[Held(document=document, primary=True)],
    )


@st.composite
def _hostile(draw: DrawFn, party: PartyKind | None) -> Customer:
    kind, grade = draw(_PARTIES) if party is None else party, Grade.HOSTILE
    return Customer(
        number=draw(children.words_of(grade))[:32],
        kind=kind,
        nationality=draw(children.words_of(grade)),
        source_key=draw(children.words_of(grade)),
        names=children.names_borne(draw, kind, grade),
        **_state(draw),
        **_of_any_kind(draw, kind, grade),
        **(_of_unit(draw, grade) if kind is PartyKind.UNIT else {}),
    )


def customers(*, party: PartyKind | None = None, grade: Grade = Grade.VALID) -> SearchStrategy[Customer]:
    """Records of persons and units, or of one of the two, in every state of their life. Errors: InvalidValue (TYPE).

    VALID: every text and number in it is well-formed, and names, documents and preferred addresses follow each other. NEAR_VALID: one
    fault in its one name or the number of its one document; records that cannot be constructed are `near_valid_customers`.
    HOSTILE: anything that the constructors take, in every text.
    """
    require_kind("party", party, (PartyKind, type(None)))
    require_grade(grade)
    match grade:
        case Grade.VALID:
            return _valid(party)
        case Grade.NEAR_VALID:
            return _near_valid(party)
        case Grade.HOSTILE:
            return _hostile(party)
    assert_never(grade)
