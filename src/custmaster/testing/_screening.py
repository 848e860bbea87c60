"""Blacklists and ledgers of restrictions: few people, numbers and days, so that entries meet and restrictions stand beside each other."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from custmaster.errors import InvalidValue
from custmaster.screening.kinds import EVERYTHING, LiftCondition, Origin, RestrictionCause, Scope
from custmaster.screening.ledger import EMPTY_RESTRICTIONS, RestrictionLedger
from custmaster.screening.listing import Identity, ListEntry
from custmaster.screening.restriction import (
    Restriction,
    RestrictionEvent,
    RestrictionImposed,
    RestrictionLifted,
    RestrictionsJoined,
    RestrictionsParted,
)
from custmaster.testing._entries import identity_documents
from custmaster.testing._grade import Grade, require_grade
from custmaster.testing._records import days
from custmaster.testing._sealed_values import names, unit_names
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.sex import Sex
from custmaster.value.span import Span

__all__ = [
    "identities",
    "list_entries",
    "restriction_events",
    "restriction_ledgers",
    "restrictions",
    "scopes",
    "screening_lists",
]

_FIRST: Final = date(2026, 1, 1)
_CUSTOMERS: Final = tuple(f"60000000{place:02}" for place in range(1, 5))
_NUMBERS: Final = tuple(f"R{place}" for place in range(1, 7))
_CHANNELS: Final = ("COUNTER", "MOBILE", "WEB")
_ACTIONS: Final = ("OPEN_ACCOUNT", "OPEN_CUSTOMER", "TRANSFER")
# Names that are one, may be one, or are near each other: exact, traditional, spaced, damaged, and strangers.
_NEAR: Final = tuple(map(Name, ("张伟", "張偉", "张 伟", "张?", "王小明", "王?明", "李娜", "ANNA LEE", "不详")))
_NEAR_UNITS: Final = tuple(map(Name, ("某某（北京）有限公司", "某某(北京)股份有限公司", "某?(北京)有限公司", "ACME")))
_LIFTS: Final = tuple(one for one in LiftCondition if one is not LiftCondition.MISTAKEN)
_BIRTHS: Final = (None, date(1980, 1, 1), date(1985, 6, 15))


def scopes() -> SearchStrategy[Scope]:
    """Scopes over a few channels and actions, with and without channels left out.

    >>> from hypothesis import given
    >>> @given(scopes())
    ... def it_covers_something(scope):
    ...     assert scope.channels and scope.actions
    >>> it_covers_something()
    """
    codes = st.lists(st.sampled_from(_ACTIONS), min_size=1, unique=True) | st.just(["*"])
    some = st.lists(st.sampled_from(_CHANNELS), min_size=1, unique=True)
    left_out = st.lists(st.sampled_from(_CHANNELS), unique=True)
    return (
        st.just(EVERYTHING)
        | st.builds(Scope, channels=some, actions=codes)
        | st.builds(Scope, actions=codes, besides=left_out)
    )


def _paper(kind: DocumentType, number: str, *, duplicate: bool = False) -> IdentityDocument:
    return IdentityDocument(type=kind, number=DocumentNumber(number), duplicate=duplicate)


_K: Final = DocumentType
# Documents that are one holder's, may be, or are not: upgraded, flagged, renewed, of another family, damaged.
_PAPERS: Final = (
    _paper(_K.RESIDENT_ID, "11010519491231002X"),
    _paper(_K.TEMPORARY_RESIDENT_ID, "11010519491231002x"),
    _paper(_K.RESIDENT_ID, "11010519491231002X", duplicate=True),
    _paper(_K.RESIDENT_ID, "110105491231002"),
    _paper(_K.RESIDENT_ID, "440524188001010014"),
    _paper(_K.RESIDENT_ID, "1101051949****002X"),
    _paper(_K.HOUSEHOLD_REGISTER, "012345678"),
    _paper(_K.HK_MACAO_PERMIT, "H1234567800"),
    _paper(_K.HK_MACAO_PERMIT, "H1234567801"),
    _paper(_K.CHINESE_PASSPORT, "E12345678"),
    _paper(_K.CREDIT_CODE, "91350100M000100Y43"),
    _paper(_K.OTHER_UNIT, "0000000000"),
)


def _named(kind: PartyKind, grade: Grade) -> SearchStrategy[Name]:
    near = st.sampled_from(_NEAR if kind is PartyKind.PERSON else _NEAR_UNITS)
    if grade is Grade.VALID:
        return near
    return near | (names(grade=grade) if kind is PartyKind.PERSON else unit_names(grade=grade))


@st.composite
def _identity(draw: DrawFn, grade: Grade) -> Identity:
    kind = draw(st.sampled_from(PartyKind))
    papers = st.sampled_from(_PAPERS)
    if grade is not Grade.VALID:
        papers |= identity_documents(party=kind, grade=grade)
    return Identity(
        kind=kind,
        names=draw(st.lists(_named(kind, grade), min_size=1, max_size=3)),
        documents=draw(st.lists(papers, max_size=2)),
        birth_date=draw(st.sampled_from(_BIRTHS)),
        sex=draw(st.sampled_from((None, *Sex))),
    )


def identities(*, grade: Grade = Grade.VALID) -> SearchStrategy[Identity]:
    """Whoever may be listed or asked about, with a name at least.

    VALID: names and documents of a few that are one, near each other, damaged or strangers, so that some are the same. Otherwise `grade` is that of
    names and documents of every kind beside them.
    """
    require_grade(grade)
    return _identity(grade)


@st.composite
def _entry(draw: DrawFn, grade: Grade) -> ListEntry:
    start = _FIRST + timedelta(days=draw(st.integers(0, 9)))
    end = draw(st.none() | st.integers(1, 9).map(lambda more: start + timedelta(days=more)))
    return ListEntry(
        origin=draw(st.sampled_from(Origin)),
        list_name=draw(st.sampled_from(("internal", "police"))),
        number=str(draw(st.integers(1, 99))),
        identity=draw(_identity(grade)),
        cause=draw(st.sampled_from(RestrictionCause)),
        scope=draw(scopes()),
        valid=Span(draw(st.sampled_from((None, start))), end),
        lift=draw(st.sampled_from(_LIFTS)),
        source=draw(st.sampled_from(("", "notice 2026-7"))),
    )


def list_entries(*, grade: Grade = Grade.VALID) -> SearchStrategy[ListEntry]:
    """Entries of two lists, in force in January of 2026 or without end; `grade` is that of names and documents."""
    require_grade(grade)
    return _entry(grade)


def screening_lists(*, grade: Grade = Grade.VALID, size: int = 8) -> SearchStrategy[list[ListEntry]]:
    """Up to `size` entries, each under a number of its own."""
    return st.lists(list_entries(grade=grade), max_size=size, unique_by=lambda entry: entry.key)


@st.composite
def _restriction(draw: DrawFn) -> Restriction:
    start = _FIRST + timedelta(days=draw(st.integers(0, 9)))
    end = draw(st.none() | st.integers(1, 9).map(lambda more: start + timedelta(days=more)))
    return Restriction(
        number=draw(st.sampled_from(_NUMBERS)),
        customer=draw(st.sampled_from(_CUSTOMERS)),
        cause=draw(st.sampled_from(RestrictionCause)),
        scope=draw(scopes()),
        valid=Span(start, end),
        lift=draw(st.sampled_from(_LIFTS)),
        source=draw(st.sampled_from(("", "notice 2026-7"))),
    )


def restrictions() -> SearchStrategy[Restriction]:
    """Restrictions of four customers under six numbers, which begin in the first days of 2026."""
    return _restriction()


@st.composite
def _event(draw: DrawFn) -> RestrictionEvent:
    on = draw(days(min_value=_FIRST, max_value=_FIRST + timedelta(days=20)))
    request = draw(st.sampled_from(("T-1", "T-2", "T-3")))
    kind = draw(st.integers(0, 5))
    if kind <= 2:
        return RestrictionImposed(on=on, actor="S-1", request_id=request, restriction=draw(_restriction()))
    if kind == 3:
        number, ground = draw(st.sampled_from(_NUMBERS)), draw(st.sampled_from(LiftCondition))
        return RestrictionLifted(
            on=on, actor="S-1", request_id=request, number=number, ground=ground, reason="as ordered"
        )
    place = draw(st.integers(0, len(_CUSTOMERS) - 2))
    made = RestrictionsJoined if kind == 4 else RestrictionsParted
    return made(on=on, actor="S-1", request_id=request, customer=_CUSTOMERS[place], into=_CUSTOMERS[place + 1])


def restriction_events() -> SearchStrategy[RestrictionEvent]:
    """Events of every kind; few follow each other in one ledger: see `restriction_ledgers`."""
    return _event()


@st.composite
def _ledger(draw: DrawFn) -> RestrictionLedger:
    ledger = EMPTY_RESTRICTIONS
    for event in draw(st.lists(_event(), max_size=12)):
        try:
            ledger = ledger.extend([event])
        except InvalidValue:
            continue
    return ledger


def restriction_ledgers() -> SearchStrategy[RestrictionLedger]:
    """Ledgers of up to twelve events, as drawn: those that cannot follow are left out."""
    return _ledger()
