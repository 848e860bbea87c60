"""What the pairs of the existence check are written from: made-up people and firms, and sheets of plain text about them.

A sheet holds texts, not sealed values, so that a failing pair is printed readable; `Sheet.entry` seals them.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from attrs import evolve, frozen
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from custmaster.customer.entry import Entry
from custmaster.sim import numbers
from custmaster.sim import vocabulary as words
from custmaster.testing._numbers import REGION_CODES
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone
from custmaster.value.sex import Sex

__all__ = ["Firm", "Paper", "Sheet", "Someone", "another_given", "card", "licence", "some_firm", "someone"]

# The 15-digit numbers ended on the last day of 1999, and nobody in these pairs is too old to bank.
_BORN: Final = st.dates(min_value=date(1930, 1, 1), max_value=date(1995, 12, 31))
_REGIONS: Final = st.sampled_from(REGION_CODES[:-1])
_SURNAMES: Final = st.sampled_from(words.SURNAMES)
_GIVEN: Final = (*words.MALE_GIVEN, *words.FEMALE_GIVEN)
_GIVENS: Final = st.integers(0, len(_GIVEN) - 1)
_SEQUENCES: Final = st.integers(1, 900)
_PREFIXES: Final = st.sampled_from(words.MOBILE_PREFIXES)
_SUBSCRIBERS: Final = st.integers(1, 9_999_998)
_CITIES: Final = st.sampled_from(tuple(city.removesuffix("市") for _, _, city, _ in words.REGIONS))
_FIRST: Final = st.sampled_from(words.TRADE_FIRST)
_SECOND: Final = st.sampled_from(words.TRADE_SECOND)
_INDUSTRIES: Final = st.sampled_from(words.INDUSTRIES)
_SERIALS: Final = st.integers(10_000_000, 89_999_999)


@frozen(kw_only=True)
class Paper:
    """Type, number and 重号 flag of a document, as plain text."""

    type: DocumentType
    number: str
    duplicate: bool = False

    def document(self) -> IdentityDocument:
        """The document, its number sealed."""
        return IdentityDocument(type=self.type, number=DocumentNumber(self.number), duplicate=self.duplicate)


@frozen(kw_only=True)
class Sheet:
    """What was entered about one customer, as plain text; None and an empty tuple are fields left out."""

    kind: PartyKind = PartyKind.PERSON
    name: str | None
    papers: tuple[Paper, ...]
    sex: Sex | None = None
    birth_date: date | None = None
    phones: tuple[str, ...] = ()

    def entry(self) -> Entry:
        """The same as an Entry, its texts sealed.

        >>> Sheet(name="王伟", papers=()).entry().name
        Name(王*)
        """
        return Entry(
            kind=self.kind,
            name=None if self.name is None else Name(self.name),
            documents=tuple(paper.document() for paper in self.papers),
            sex=self.sex,
            birth_date=self.birth_date,
            phones=tuple(Phone(text) for text in self.phones),
        )

    def named(self, name: str | None) -> Sheet:
        """The same under another name."""
        return evolve(self, name=name)


@frozen(kw_only=True)
class Someone:
    """A made-up person: the parts from which name, numbers and sheet follow."""

    surname: str
    given: str
    born: date
    region: str
    sequence: int
    mobile: str

    @property
    def name(self) -> str:
        """Surname and given name."""
        return self.surname + self.given

    @property
    def sex(self) -> Sex:
        """Odd sequences are men (GB 11643)."""
        return Sex.MALE if self.sequence % 2 else Sex.FEMALE

    @property
    def number(self) -> str:
        """The 18 digits."""
        return numbers.resident_18(self.region, self.born, self.sequence)

    @property
    def old_number(self) -> str:
        """The 15 digits."""
        return numbers.resident_15(self.region, self.born, self.sequence)

    def sheet(self, *papers: Paper) -> Sheet:
        """Everything on record, with these papers or the resident card."""
        held = papers or (card(self.number),)
        return Sheet(name=self.name, papers=held, sex=self.sex, birth_date=self.born, phones=(self.mobile,))

    def thin(self, *papers: Paper) -> Sheet:
        """Name and papers alone."""
        return Sheet(name=self.name, papers=papers or (card(self.number),))


@frozen(kw_only=True)
class Firm:
    """A made-up firm: the parts from which name, code and sheet follow."""

    stem: str
    region: str
    serial: int
    mobile: str
    form: str = "有限公司"

    @property
    def name(self) -> str:
        """The registered name."""
        return self.stem + self.form

    @property
    def organisation_code(self) -> str:
        """The old organisation code (组织机构代码)."""
        return numbers.organisation(str(self.serial))

    @property
    def credit_code(self) -> str:
        """The unified social credit code, which holds the organisation code."""
        return numbers.credit("91", self.region, str(self.serial))

    def sheet(self, *papers: Paper) -> Sheet:
        """Everything on record, with these papers or the licence."""
        held = papers or (licence(self.credit_code),)
        return Sheet(kind=PartyKind.UNIT, name=self.name, papers=held, phones=(self.mobile,))


def card(number: str, *, duplicate: bool = False) -> Paper:
    """A resident card."""
    return Paper(type=DocumentType.RESIDENT_ID, number=number, duplicate=duplicate)


def licence(code: str) -> Paper:
    """A business licence, whose number is the credit code."""
    return Paper(type=DocumentType.BUSINESS_LICENCE, number=code)


def _mobile(draw: DrawFn) -> str:
    """Never a filler such as eight equal digits."""
    return f"{draw(_PREFIXES)}5{draw(_SUBSCRIBERS):07}"


def someone(draw: DrawFn) -> Someone:
    """A person born 1930 to 1995, with a name of plain characters."""
    return Someone(
        surname=draw(_SURNAMES),
        given=_GIVEN[draw(_GIVENS)] + _GIVEN[draw(_GIVENS)],
        born=draw(_BORN),
        region=draw(_REGIONS),
        sequence=draw(_SEQUENCES),
        mobile=_mobile(draw),
    )


def another_given(given: str) -> str:
    """A given name that differs in its last character, and in no way that a fold would close."""
    return given[:-1] + _GIVEN[(_GIVEN.index(given[-1]) + 1) % len(_GIVEN)]


def some_firm(draw: DrawFn) -> Firm:
    """A company with limited liability."""
    return Firm(
        stem=f"{draw(_CITIES)}{draw(_FIRST)}{draw(_SECOND)}{draw(_INDUSTRIES)}",
        region=draw(_REGIONS),
        serial=draw(_SERIALS),
        mobile=_mobile(draw),
    )
