"""One document made ready for comparing, and what ties two documents together.

A document whose number is a placeholder (占位) or partly unreadable identifies nobody and is left out. Documents of one family
carry one number of their holder; a household register (户口簿) is of the citizens' family only with a citizen's number in it, for
the number of the book itself belongs to the whole household. Source: requirements.md B3, B6, B8.9, B8.10.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from custmaster.dedup.slips import of_1989, sound, written
from custmaster.errors import InvalidValue
from custmaster.value.document import IdentityDocument
from custmaster.value.document_types import DOCUMENT_TYPES, DocumentType, Family
from custmaster.value.holder import CITIZEN_LENGTHS, family_of_malformed, unreadable
from custmaster.value.identity import credit_code, hong_kong_id, resident
from custmaster.value.identity._mod_11_2 import read_day, read_sex
from custmaster.value.identity.registry import VERBS, Flag, NumberForm, Reading
from custmaster.value.sex import Sex

__all__ = ["TIES", "Paper", "Tie", "citizens_card", "paper", "tie"]


class Tie(StrEnum):
    """What ties two documents together, strongest first.

    SAME: family, number and 重号 flag are equal; of a Hong Kong and Macao permit the number is the holder's nine characters.
    ONE_FLAGGED: the same, but one is marked 重号 and the other is not, so a second person may hold the number. OTHER_FAMILY: the
    number is equal, the family is not. UPGRADE: 15 digits and the 18 that they become. ORGANISATION: an organisation code and a
    credit code that contains it. SPELLING: one family's number once with a dash or bracket and once without, which of a number whose
    form is not known may be a part of it. SERIES: an old and a new permanent-residence number, which nothing but the holder's name
    connects. APART: nothing.
    """

    SAME = "SAME"
    ONE_FLAGGED = "ONE_FLAGGED"
    OTHER_FAMILY = "OTHER_FAMILY"
    UPGRADE = "UPGRADE"
    ORGANISATION = "ORGANISATION"
    SPELLING = "SPELLING"
    SERIES = "SERIES"
    APART = "APART"


class Paper:
    """A document made ready for comparing; shows nothing of its number.

    `type` and `duplicate` are those of the document; `holder` is the family and the number that stays; `upgraded` the 18 digits of a citizen's number, also of one with 15;
    `bare` are the numbers that any other family may have written down; `code` is the organisation code of a unit;
    `old_series` is None but for permanent residence; `born` and `sex` are what the number states; `well_formed` says whether the
    number passes the check of its form; `written` is its number as `custmaster.dedup.slips` compares
    it. Two papers without a member of `marks` in common are APART.
    """

    __slots__ = (
        "bare", "born", "code", "duplicate", "holder", "marks", "old_series", "sex", "type", "upgraded", "well_formed",
        "written",
    )  # fmt: skip

    def __init__(
        self,
        *,
        kind: DocumentType,
        duplicate: bool,
        holder: tuple[str, str],
        bare: frozenset[str],
        well_formed: bool,
        written: tuple[str, ...],
        upgraded: str | None = None,
        code: str | None = None,
        old_series: bool | None = None,
        born: date | None = None,
        sex: Sex | None = None,
    ) -> None:
        self.type: Final = kind
        self.duplicate: Final = duplicate
        self.well_formed: Final = well_formed
        self.written: Final = written
        self.holder: Final = holder
        self.bare: Final = bare
        self.upgraded: Final = upgraded
        self.code: Final = code
        self.old_series: Final = old_series
        self.born: Final = born
        self.sex: Final = sex
        marks = (upgraded, code, None if old_series is None else holder[0])
        self.marks: Final = bare.union([mark for mark in marks if mark is not None])


def paper(document: IdentityDocument) -> Paper | None:
    """The document made ready; None when its number identifies nobody."""
    if document.is_filler:
        return None
    row = DOCUMENT_TYPES[document.type]
    try:
        reading = document.reading()
    except InvalidValue:
        compact = VERBS[row.form].compact(document.number.reveal())
        if not compact or unreadable(compact):
            return None
        return _malformed(document, family_of_malformed(document.type, compact, row.family), compact)
    compact = reading.compact
    return None if unreadable(compact) else _well_formed(document, str(row.family), reading)


def citizens_card(kind: DocumentType, number: str, *, duplicate: bool) -> Paper:
    """What `paper` makes of a citizen's number that is known to be well-formed, tidy and no placeholder.

    >>> from custmaster.value.document import DocumentNumber
    >>> card = IdentityDocument(type=DocumentType.RESIDENT_ID, number=DocumentNumber("11010519491231002X"))
    >>> citizens_card(DocumentType.RESIDENT_ID, "11010519491231002X", duplicate=False).holder == paper(card).holder
    True
    >>> citizens_card(DocumentType.RESIDENT_ID, "110105491231002", duplicate=False).upgraded
    '11010519491231002X'
    """
    whole = _upgraded(number)
    return Paper(
        kind=kind,
        duplicate=duplicate,
        holder=(_CITIZENS, number),
        bare=frozenset((number,)),
        well_formed=True,
        written=(sound(_CITIZENS, number),) if whole == number else of_1989(_CITIZENS, number, whole),
        upgraded=whole,
        born=read_day(whole),
        sex=read_sex(whole[16]),
    )


def _malformed(document: IdentityDocument, family: str, number: str) -> Paper:
    return Paper(
        kind=document.type,
        duplicate=document.duplicate,
        holder=(family, number),
        bare=frozenset((_bare(number),)),
        well_formed=False,
        written=written(family, number, None),
    )


def _well_formed(document: IdentityDocument, family: str, reading: Reading) -> Paper:
    compact, form = reading.compact, reading.form
    number = reading.holder_key or compact
    return Paper(
        kind=document.type,
        duplicate=document.duplicate,
        holder=(family, number),
        bare=frozenset((_bare(compact),) if compact == number else (_bare(compact), _bare(number))),
        well_formed=True,
        written=written(family, number, reading),
        upgraded=_upgraded(compact) if form is _RESIDENT else None,
        code=_CODES[form](compact) if form in _CODES else None,
        old_series=Flag.OLD_SERIES in reading.flags if form is _PERMANENT_RESIDENCE else None,
        born=reading.birth_date,
        sex=reading.sex,
    )


def the_same(left: Paper, right: Paper) -> bool:
    """Family, number and 重号 flag are equal: what a bank takes for the key of a document (B3)."""
    return left.holder == right.holder and left.duplicate is right.duplicate


def the_same_but_one_flagged(left: Paper, right: Paper) -> bool:
    """Family and number are equal, be it but for separators, and one of the two is marked 重号."""
    return left.duplicate is not right.duplicate and (
        left.holder == right.holder or one_is_spelt_otherwise(left, right)
    )


def the_same_number_elsewhere(left: Paper, right: Paper) -> bool:
    """The number is equal and the family is another."""
    return left.holder[0] != right.holder[0] and not left.bare.isdisjoint(right.bare)


def one_upgrades_to_the_other(left: Paper, right: Paper) -> bool:
    """15 digits become these 18 by the rule of GB 11643-1999: a candidate, never proof."""
    return left.upgraded is not None and left.upgraded == right.upgraded and left.holder != right.holder


def one_contains_the_other(left: Paper, right: Paper) -> bool:
    """The organisation code stands at positions 9 to 17 of the credit code."""
    return left.code is not None and left.code == right.code and left.holder[0] != right.holder[0]


def one_is_spelt_otherwise(left: Paper, right: Paper) -> bool:
    """The family is one, and the numbers are equal once dashes and brackets are taken out: a suspicion, never equality."""
    return left.holder[0] == right.holder[0] and not left.bare.isdisjoint(right.bare)


def old_and_new_series(left: Paper, right: Paper) -> bool:
    """Permanent-residence numbers of before and after 2023-12-01, each well-formed."""
    return left.old_series is not None and right.old_series is not None and left.old_series is not right.old_series


TIES: Final[tuple[tuple[Tie, Callable[[Paper, Paper], bool]], ...]] = (
    (Tie.SAME, the_same),
    (Tie.ONE_FLAGGED, the_same_but_one_flagged),
    (Tie.OTHER_FAMILY, the_same_number_elsewhere),
    (Tie.UPGRADE, one_upgrades_to_the_other),
    (Tie.ORGANISATION, one_contains_the_other),
    (Tie.SPELLING, one_is_spelt_otherwise),
    (Tie.SERIES, old_and_new_series),
)
"""The sentence that must hold for each tie; of several that hold, the first."""


def tie(left: Paper, right: Paper) -> Tie:
    """What ties two documents together.

    >>> from custmaster.value.document import DocumentNumber
    >>> def card(kind, number):
    ...     return paper(IdentityDocument(type=DocumentType[kind], number=DocumentNumber(number)))
    >>> tie(card("RESIDENT_ID", "110105491231002"), card("HOUSEHOLD_REGISTER", "11010519491231002x"))
    <Tie.UPGRADE: 'UPGRADE'>
    """
    if left.marks.isdisjoint(right.marks):
        return Tie.APART
    for kind, holds in TIES:
        if holds(left, right):
            return kind
    return Tie.APART


def _bare(number: str) -> str:
    """Without spaces, dashes and brackets: what one type prints with a bracket another was typed without."""
    return (
        number if number.isascii() and number.isalnum() and number == number.upper() else hong_kong_id.compact(number)
    )


def _upgraded(number: str) -> str:
    return number if len(number) == CITIZEN_LENGTHS[1] else resident.upgrade(number)


_CITIZENS: Final = str(Family.CITIZEN_NUMBER)
_RESIDENT: Final = NumberForm.RESIDENT
_PERMANENT_RESIDENCE: Final = NumberForm.PERMANENT_RESIDENCE
_CODES: Final[Mapping[NumberForm | None, Callable[[str], str | None]]] = {
    # the organisation code, the unit's own or the one within its credit code
    NumberForm.ORGANISATION_CODE: str,
    NumberForm.CREDIT_CODE: credit_code.organisation_code,
}
