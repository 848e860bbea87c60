"""Pairs that look like one customer and are two: twins, families on one phone, homonyms, reissued numbers, branches."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from custmaster.dedup.codes import Verdict
from custmaster.sim import numbers
from custmaster.testing._pairs import EntryPair, Row, Sheets, pairs_of
from custmaster.testing._sheets import Paper, Someone, another_given, card, some_firm, someone
from custmaster.value.document_types import DocumentType
from custmaster.value.party import PartyKind
from custmaster.value.span import add_years

__all__ = ["LOOK_ALIKES", "LookAlike", "look_alike_pairs"]

_V: Final = Verdict
_T: Final = DocumentType


class LookAlike(StrEnum):
    """Why two customers look like one; a name is never reused for another reason."""

    TWINS = "TWINS"
    FATHER_AND_SON_ON_ONE_PHONE = "FATHER_AND_SON_ON_ONE_PHONE"
    FATHER_AND_SON_OF_ONE_NAME = "FATHER_AND_SON_OF_ONE_NAME"
    HOMONYMS = "HOMONYMS"
    HOMONYMS_BORN_ON_ONE_DAY = "HOMONYMS_BORN_ON_ONE_DAY"
    HOMONYMS_WITHOUT_BIRTH_DATE = "HOMONYMS_WITHOUT_BIRTH_DATE"
    NEIGHBOURING_NUMBERS = "NEIGHBOURING_NUMBERS"
    UPGRADE_OF_ANOTHER = "UPGRADE_OF_ANOTHER"
    UPGRADE_TO_ANOTHER_CENTURY = "UPGRADE_TO_ANOTHER_CENTURY"
    UPGRADE_WITH_ANOTHER_SEQUENCE = "UPGRADE_WITH_ANOTHER_SEQUENCE"
    NUMBER_GIVEN_TWICE = "NUMBER_GIVEN_TWICE"
    NUMBER_GIVEN_TWICE_AND_FLAGGED = "NUMBER_GIVEN_TWICE_AND_FLAGGED"
    OFFICERS_NUMBER_REISSUED = "OFFICERS_NUMBER_REISSUED"
    NUMBER_OF_ANOTHER_PAPER = "NUMBER_OF_ANOTHER_PAPER"
    MOBILE_REISSUED = "MOBILE_REISSUED"
    PERMITS_OF_TWO_HOLDERS = "PERMITS_OF_TWO_HOLDERS"
    CHINESE_NAME_AND_PINYIN = "CHINESE_NAME_AND_PINYIN"
    PERSON_AND_OWN_SHOP = "PERSON_AND_OWN_SHOP"
    BRANCH_AND_HEAD_OFFICE = "BRANCH_AND_HEAD_OFFICE"
    UNITS_OF_ONE_NAME = "UNITS_OF_ONE_NAME"
    ORGANISATION_CODE_OF_ANOTHER = "ORGANISATION_CODE_OF_ANOTHER"


_SERIALS: Final = st.integers(1, 9_999_998)
_SEQUENCES_ON: Final = st.integers(1, 40)
_YEARS: Final = st.integers(18, 40)
_DAYS_OF_THE_2000S: Final = st.dates(min_value=date(2001, 1, 1), max_value=date(2012, 12, 31))


def _another(who: Someone) -> Someone:
    """Another person of the same birth date, place, sex and phone: the given name and the number differ."""
    return evolve(who, given=another_given(who.given), sequence=who.sequence + 2)


def _twins(draw: DrawFn) -> Sheets:
    who = someone(draw)
    return who.sheet(), _another(who).sheet()


def _younger(draw: DrawFn, who: Someone) -> Someone:
    return evolve(who, born=add_years(who.born, draw(_YEARS)))


def _father_and_son(draw: DrawFn) -> Sheets:
    who = someone(draw)
    return who.sheet(), evolve(_younger(draw, who), given=another_given(who.given)).sheet()


def _father_and_son_of_one_name(draw: DrawFn) -> Sheets:
    who = someone(draw)
    return who.sheet(), _younger(draw, who).sheet()


def _homonyms(draw: DrawFn) -> Sheets:
    """Each with a phone and a birth date of his own."""
    who = someone(draw)
    other = evolve(_younger(draw, who), mobile=_other_mobile(who))
    return who.sheet(), other.sheet()


def _other_mobile(who: Someone) -> str:
    last = (int(who.mobile[-1]) + 1) % 10
    return f"{who.mobile[:-1]}{last}"


def _homonyms_of_one_day(draw: DrawFn) -> Sheets:
    who = someone(draw)
    return who.sheet(), evolve(_namesake(draw, who), mobile=_other_mobile(who)).sheet()


def _namesake(draw: DrawFn, who: Someone) -> Someone:
    """Another person of the same name, sex and birth date."""
    return evolve(who, sequence=who.sequence + 2 * draw(_SEQUENCES_ON))


def _homonyms_without_birth_date(draw: DrawFn) -> Sheets:
    """Passports tell no birth date, and a missing one equals none."""
    who, serial = someone(draw), draw(_SERIALS)
    first, second = (
        Paper(type=_T.CHINESE_PASSPORT, number=numbers.passport("E", number)) for number in (serial, serial + 1)
    )
    return who.thin(first), who.thin(second)


def _neighbours(draw: DrawFn) -> Sheets:
    """Two cards of one family printed one after the other: the numbers differ in the sequence and the check character."""
    who = someone(draw)
    other = evolve(who, given=another_given(who.given), sequence=who.sequence + 1, mobile=_other_mobile(who))
    return who.thin(), other.thin()


def _upgrade_of_another(draw: DrawFn) -> Sheets:
    who = someone(draw)
    other = evolve(who, given=another_given(who.given))
    return who.sheet(card(who.old_number)), other.sheet()


def _another_century(draw: DrawFn) -> Sheets:
    """A hundred years lie between the two, which a rule that drops the century does not see."""
    who, born = someone(draw), draw(_DAYS_OF_THE_2000S)
    young = evolve(who, born=born)
    old = evolve(who, born=add_years(born, -100), mobile=_other_mobile(who))
    return old.sheet(card(old.old_number)), young.sheet()


def _another_sequence(draw: DrawFn) -> Sheets:
    """The namesake born on the same day in the same place, whose 18 digits are not those of the other's 15."""
    who = someone(draw)
    return who.sheet(card(who.old_number)), _namesake(draw, who).sheet()


def _given_twice(draw: DrawFn) -> Sheets:
    who = someone(draw)
    other = evolve(who, given=another_given(who.given), mobile=_other_mobile(who))
    return who.sheet(), other.sheet()


def _given_twice_and_flagged(draw: DrawFn) -> Sheets:
    who = someone(draw)
    other = evolve(who, given=another_given(who.given), mobile=_other_mobile(who))
    return who.sheet(), other.sheet(card(who.number, duplicate=True))


def _officers(draw: DrawFn) -> Sheets:
    who = someone(draw)
    paper = Paper(type=_T.OFFICER_ID, number=f"南字第{draw(_SERIALS):08}号")
    return who.sheet(paper), _another(who).sheet(paper)


def _number_of_another_paper(draw: DrawFn) -> Sheets:
    """Short numbers without a check digit coincide."""
    who, number = someone(draw), f"{draw(_SERIALS):08}"
    other = evolve(_younger(draw, who), given=another_given(who.given), mobile=_other_mobile(who))
    return (
        who.sheet(Paper(type=_T.TAIWAN_PERMIT, number=number)),
        other.sheet(Paper(type=_T.FOREIGN_PASSPORT, number=number)),
    )


def _mobile_reissued(draw: DrawFn) -> Sheets:
    who, other = someone(draw), someone(draw)
    stranger = evolve(other, given=another_given(who.given), mobile=who.mobile, sequence=who.sequence + 2)
    return who.sheet(), stranger.sheet()


def _permits(draw: DrawFn) -> Sheets:
    who, holder = someone(draw), draw(_SERIALS)
    first, second = (
        Paper(type=_T.HK_MACAO_PERMIT, number=numbers.hk_macao_permit("H", serial, 0))
        for serial in (holder, holder + 1)
    )
    return who.thin(first), who.thin(second)


def _pinyin(draw: DrawFn) -> Sheets:
    """A Chinese name and pinyin are two names, even with the birth date and the phone of a household."""
    who, serial = evolve(someone(draw), surname="王", given="伟"), draw(_SERIALS)
    passport = Paper(type=_T.FOREIGN_PASSPORT, number=f"K{serial:07}")
    return who.sheet(), who.sheet(passport).named("WANG WEI")


def _person_and_shop(draw: DrawFn) -> Sheets:
    who, firm = someone(draw), some_firm(draw)
    shop = evolve(firm, stem=who.name, form="", mobile=who.mobile)
    return evolve(who.sheet(), birth_date=None), evolve(shop.sheet(), kind=PartyKind.UNIT)


def _branch(draw: DrawFn) -> Sheets:
    """Names, codes and, but for the phone, nothing in common that counts."""
    firm = some_firm(draw)
    branch = evolve(firm, form=f"{firm.form}第一分公司", serial=firm.serial + 1)
    return firm.sheet(), branch.sheet()


def _units_of_one_name(draw: DrawFn) -> Sheets:
    firm, other = some_firm(draw), some_firm(draw)
    namesake = evolve(
        other, stem=firm.stem, serial=firm.serial + 1, mobile=f"{firm.mobile[:-1]}{(int(firm.mobile[-1]) + 1) % 10}"
    )
    return firm.sheet(), namesake.sheet()


def _organisation_code_of_another(draw: DrawFn) -> Sheets:
    firm = some_firm(draw)
    neighbour = evolve(firm, stem="新" + firm.stem, serial=firm.serial + 1)
    return firm.sheet(), neighbour.sheet(Paper(type=_T.ORGANISATION_CODE, number=neighbour.organisation_code))


_NEW: Final = (_V.NEW,)
_SUSPECT: Final = (_V.SUSPECT,)
_L: Final = LookAlike
LOOK_ALIKES: Final[Mapping[LookAlike, Row]] = MappingProxyType(
    {
        # B6: never mobile alone, name alone, address alone; a near number is another number
        _L.TWINS: Row(allowed=_NEW, make=_twins),
        _L.FATHER_AND_SON_ON_ONE_PHONE: Row(allowed=_NEW, make=_father_and_son),
        _L.HOMONYMS: Row(allowed=_NEW, make=_homonyms),
        _L.HOMONYMS_WITHOUT_BIRTH_DATE: Row(allowed=_NEW, make=_homonyms_without_birth_date),
        _L.NEIGHBOURING_NUMBERS: Row(allowed=_NEW, make=_neighbours),
        _L.MOBILE_REISSUED: Row(allowed=_NEW, make=_mobile_reissued),
        _L.UNITS_OF_ONE_NAME: Row(allowed=_NEW, make=_units_of_one_name),
        # B6: name and mobile; name, sex and birth date. They are two people, and only a person can see it
        _L.FATHER_AND_SON_OF_ONE_NAME: Row(allowed=_SUSPECT, make=_father_and_son_of_one_name),
        _L.HOMONYMS_BORN_ON_ONE_DAY: Row(allowed=_SUSPECT, make=_homonyms_of_one_day),
        _L.UPGRADE_WITH_ANOTHER_SEQUENCE: Row(allowed=_SUSPECT, make=_another_sequence),
        # B3: 15 to 18 is no proof, and needs the name; the upgrade inserts 19
        _L.UPGRADE_OF_ANOTHER: Row(allowed=_NEW, make=_upgrade_of_another),
        _L.UPGRADE_TO_ANOTHER_CENTURY: Row(allowed=_NEW, make=_another_century),
        # B6: same document, different name; with the 重号 flag one may create
        _L.NUMBER_GIVEN_TWICE: Row(allowed=(_V.CONFLICT_NAME,), make=_given_twice),
        _L.OFFICERS_NUMBER_REISSUED: Row(allowed=(_V.CONFLICT_NAME,), make=_officers),
        _L.NUMBER_GIVEN_TWICE_AND_FLAGGED: Row(allowed=_NEW, make=_given_twice_and_flagged),
        # B8.9: equal number outside the family
        _L.NUMBER_OF_ANOTHER_PAPER: Row(allowed=(_V.SAME_NUMBER_OTHER_TYPE,), make=_number_of_another_paper),
        # B3: the first nine tell the holder
        _L.PERMITS_OF_TWO_HOLDERS: Row(allowed=_NEW, make=_permits),
        # B4: a Chinese name and its pinyin are no match; a branch has its own code; B6: a person and a unit never are
        _L.CHINESE_NAME_AND_PINYIN: Row(allowed=_NEW, make=_pinyin),
        _L.PERSON_AND_OWN_SHOP: Row(allowed=_NEW, make=_person_and_shop),
        _L.BRANCH_AND_HEAD_OFFICE: Row(allowed=_NEW, make=_branch),
        _L.ORGANISATION_CODE_OF_ANOTHER: Row(allowed=_NEW, make=_organisation_code_of_another),
    }
)
"""How each pair is made and what the check may say of it; total. Source: requirements.md B3, B4, B6, B8.9, B8.10."""


def look_alike_pairs(*, only: LookAlike | None = None) -> SearchStrategy[EntryPair]:
    """Two customers who look like one, for one named reason or for any. Errors: InvalidValue (TYPE).

    >>> from hypothesis import find
    >>> pair = find(look_alike_pairs(only=LookAlike.TWINS), lambda pair: True)
    >>> pair.same, sorted(pair.allowed)
    (False, [<Verdict.NEW: 'NEW'>])
    """
    return pairs_of(LOOK_ALIKES, only, same=False)
