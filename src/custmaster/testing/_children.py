"""What a customer's record holds many of: each child alone, and lists of children that do not contradict each other."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from custmaster.customer.children import (
    AddressUse,
    AmlRating,
    Closed,
    Described,
    Held,
    InRole,
    NamedAs,
    Noted,
    Reached,
    Related,
    Residing,
    RiskTolerance,
)
from custmaster.customer.kinds import (
    AddressUsage,
    AmlLevel,
    ContactUsage,
    NameUsage,
    OwnerRelation,
    RelationKind,
    RepresentativeKind,
    RiskLevel,
    RoleKind,
    Status,
)
from custmaster.customer.unit import BeneficialOwner, Representative, UnitDetails
from custmaster.sim import vocabulary as words
from custmaster.testing._entries import identity_documents
from custmaster.testing._grade import Grade
from custmaster.testing._hostile import hostile_texts
from custmaster.testing._records import days, money, spans
from custmaster.testing._sealed_values import addresses, emails, names, phones, unit_names
from custmaster.value.email import Email
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone
from custmaster.value.span import Span

__all__ = [
    "aml_ratings",
    "beneficial_owners",
    "closed_times",
    "described",
    "documents_held",
    "names_borne",
    "notes",
    "other_customers",
    "places",
    "reached",
    "related",
    "representatives",
    "risk_tolerances",
    "roles",
    "spells",
    "unit_details",
    "words_of",
]

_YES_OR_NO: Final = st.booleans()
_SPANS: Final = spans()
_FIRST_DAYS: Final = days(min_value=date(1990, 1, 1), max_value=date(2020, 12, 31))
_DAYS_ON: Final = st.integers(1, 3000)
_LONGEST: Final = 500
_PLAIN_WORDS: Final = st.sampled_from((*words.OCCUPATIONS, *words.INDUSTRIES))
_KEYS: Final = st.sampled_from(("hobby", "branch.remark", "visit.last", "channel.first_seen"))
_UNIT_KINDS: Final = (
    RelationKind.SHAREHOLDER_OF,
    RelationKind.OWNED_BY,
    RelationKind.HEAD_OFFICE_OF,
    RelationKind.BRANCH_OF,
    RelationKind.EMPLOYER_OF,
    RelationKind.ASSOCIATED_WITH,
)
"""Kinds of relationship that a unit may have; a person may have every kind."""


@st.composite
def _bounded(draw: DrawFn) -> str:
    return draw(hostile_texts())[:_LONGEST] or " "


@cache
def words_of(grade: Grade) -> SearchStrategy[str]:
    """A text that somebody types freely: one to 500 characters."""
    return _bounded() if grade is Grade.HOSTILE else _PLAIN_WORDS


@cache
def _steps(most: int) -> SearchStrategy[list[int]]:
    return st.lists(_DAYS_ON, max_size=most)


def spells(draw: DrawFn, most: int) -> list[Span]:
    """One to `most` spans one behind the other, so that none overlaps another; either end may be open."""
    start = draw(_FIRST_DAYS)
    starts = [start]
    for step in draw(_steps(most - 1)):
        starts.append(starts[-1] + timedelta(days=step))
    last = starts[-1] + timedelta(days=draw(_DAYS_ON))
    found = [Span(first, second) for first, second in zip(starts, [*starts[1:], last], strict=True)]
    if draw(_YES_OR_NO):
        found[0] = Span(None, found[0].end)
    if draw(_YES_OR_NO):
        found[-1] = Span(found[-1].start, None)
    return found


_documents: Final = cache(identity_documents)
_names: Final = cache(names)
_unit_names: Final = cache(unit_names)
_addresses: Final = cache(addresses)
_phones: Final = cache(phones)
_EMAILS: Final = emails()
_FURTHER_NAMES: Final = st.sampled_from((NameUsage.FORMER, NameUsage.LATIN, NameUsage.OTHER))
_COUNTS: Final = st.integers(0, 3)
_USAGES: Final = st.permutations(list(AddressUsage))
_CONTACT_USAGES: Final = st.lists(st.sampled_from(ContactUsage), unique=True, max_size=3)


@cache
def _further_names(party: PartyKind, grade: Grade) -> SearchStrategy[list[NamedAs]]:
    return st.lists(st.builds(NamedAs, name=_naming(party, grade), usage=_FURTHER_NAMES, valid=_SPANS), max_size=1)


def _naming(party: PartyKind, grade: Grade) -> SearchStrategy[Name]:
    return _names(grade=grade) if party is PartyKind.PERSON else _unit_names(grade=grade)


def names_borne(draw: DrawFn, party: PartyKind, grade: Grade, most: int = 3) -> list[NamedAs]:
    """The legal names, one after the other, and perhaps a former or Latin one at any time."""
    made = _naming(party, grade)
    legal = [NamedAs(name=draw(made), valid=span) for span in spells(draw, most)]
    return legal + draw(_further_names(party, grade))


def documents_held(draw: DrawFn, party: PartyKind, grade: Grade) -> list[Held]:
    """Up to two documents one after the other as the primary one, of whatever families."""
    document = _documents(party=party, grade=grade)
    return [Held(document=draw(document), primary=True, valid=span) for span in spells(draw, 2)]


def _place(draw: DrawFn, grade: Grade, usages: list[AddressUsage]) -> Residing:
    uses = [AddressUse(usage=usage, preferred=draw(_YES_OR_NO), valid=draw(_SPANS)) for usage in usages]
    return Residing(address=draw(_addresses(grade=grade)), usages=uses, valid=draw(_SPANS))


def places(draw: DrawFn, grade: Grade) -> list[Residing]:
    """Up to three addresses that share the usages out among them, so that for none two can be preferred."""
    usages = draw(_USAGES)
    return [_place(draw, grade, usages[at::3]) for at in range(draw(_COUNTS))]


def reached(draw: DrawFn, grade: Grade) -> list[Reached]:
    """Up to one mobile number, one at home, one at work and one mail address; either preferred or not."""
    usages = draw(_CONTACT_USAGES)
    return [_reached(draw, usage, grade) for usage in usages]


def _reached(draw: DrawFn, usage: ContactUsage, grade: Grade) -> Reached:
    contact: Phone | Email = draw(_EMAILS) if usage is ContactUsage.EMAIL else draw(_phones(grade=grade))
    return Reached(contact=contact, usage=usage, preferred=draw(_YES_OR_NO), valid=draw(_SPANS))


@cache
def described(party: PartyKind, grade: Grade) -> SearchStrategy[Described]:
    """Socio-economic information; of a unit the industry alone."""
    text = st.none() | words_of(grade)
    if party is PartyKind.UNIT:
        return st.builds(Described, industry=text, valid=_SPANS)
    return st.builds(Described, occupation=text, employer=text, industry=text, income_band=text, valid=_SPANS)


@cache
def notes(grade: Grade) -> SearchStrategy[Noted]:
    """Auxiliary information under keys that the bank may choose."""
    return st.builds(Noted, key=_KEYS, text=words_of(grade), valid=_SPANS)


@cache
def roles() -> SearchStrategy[InRole]:
    """Roles that a customer plays."""
    return st.builds(InRole, kind=st.sampled_from(RoleKind), valid=_SPANS)


@cache
def other_customers() -> SearchStrategy[str]:
    """Numbers that no customer of these strategies bears itself."""
    return st.integers(0, 999_999).map(lambda number: f"7000{number:06}")


@cache
def related(party: PartyKind) -> SearchStrategy[Related]:
    """Relationships of a person or of a unit to another customer."""
    kinds = st.sampled_from(tuple(RelationKind) if party is PartyKind.PERSON else _UNIT_KINDS)
    return st.builds(Related, to=other_customers(), kind=kinds, valid=_SPANS)


@cache
def risk_tolerances() -> SearchStrategy[RiskTolerance]:
    """Results of risk questionnaires."""
    return st.builds(RiskTolerance, level=st.sampled_from(RiskLevel), assessed_on=days(), valid=_SPANS)


@cache
def aml_ratings() -> SearchStrategy[AmlRating]:
    """Money-laundering risk ratings."""
    return st.builds(AmlRating, level=st.sampled_from(AmlLevel), rated_on=days(), valid=_SPANS)


@cache
def representatives(grade: Grade) -> SearchStrategy[Representative]:
    """People who stand for a unit."""
    return st.builds(
        Representative,
        kind=st.sampled_from(RepresentativeKind),
        name=names(grade=grade),
        document=st.none() | _documents(party=PartyKind.PERSON, grade=grade),
        valid=_SPANS,
    )


@cache
def beneficial_owners(grade: Grade) -> SearchStrategy[BeneficialOwner]:
    """People who own a unit in the end; 24.99, 25 and 25.01 percent come up often."""
    shares = st.sampled_from(("24.99", "25", "25.01", "0", "100")).map(Decimal)
    return st.builds(
        BeneficialOwner,
        name=names(grade=grade),
        relation=st.sampled_from(OwnerRelation),
        share=st.none() | shares,
        birth_date=st.none() | days(),
        address=st.none() | _addresses(grade=grade),
        contact=st.none() | _phones(grade=grade),
        valid=_SPANS,
    )


@cache
def unit_details(grade: Grade) -> SearchStrategy[UnitDetails]:
    """Particulars of a unit."""
    return st.builds(
        UnitDetails,
        scope=st.none() | words_of(grade),
        registered_capital=st.none() | money(),
        natural_holders_only=_YES_OR_NO,
        exempt_promised=_YES_OR_NO,
        sole_trader=_YES_OR_NO,
    )


def closed_times(draw: DrawFn) -> list[Closed]:
    """Up to two times, one after the other, that are over and in which the customer was deleted or merged."""
    ended = [span for span in spells(draw, 2) if span.end is not None] if draw(_YES_OR_NO) else []
    return [
        Closed(status=Status.DELETED, valid=span)
        if draw(_YES_OR_NO)
        else Closed(status=Status.MERGED, into=draw(other_customers()), valid=span)
        for span in ended
    ]
