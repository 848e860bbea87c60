"""Pairs that are one customer twice: what time, clerks and systems do to one record, each change by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from custmaster.dedup.codes import Verdict
from custmaster.sim import numbers
from custmaster.sim import vocabulary as words
from custmaster.testing._pairs import EntryPair, Row, Sheets, pairs_of
from custmaster.testing._sheets import Paper, Sheet, Someone, another_given, card, licence, some_firm, someone
from custmaster.value.document_types import DocumentType

__all__ = ["SAME_PERSON", "Mutation", "same_person_pairs"]

_V: Final = Verdict
_T: Final = DocumentType


class Mutation(StrEnum):
    """What happened between the two entries of one customer; a name is never reused for another change."""

    NOTHING_BUT_GAPS = "NOTHING_BUT_GAPS"
    NUMBER_SPELLING = "NUMBER_SPELLING"
    NAME_SPACES = "NAME_SPACES"
    NAME_SEPARATOR = "NAME_SEPARATOR"
    NAME_CASE_AND_WIDTH = "NAME_CASE_AND_WIDTH"
    NAME_INVISIBLE = "NAME_INVISIBLE"
    NAME_COMPATIBILITY = "NAME_COMPATIBILITY"
    NAME_TYPO = "NAME_TYPO"
    NAME_CHANGED = "NAME_CHANGED"
    NAME_TRADITIONAL = "NAME_TRADITIONAL"
    NAME_RARE = "NAME_RARE"
    NAME_DAMAGED = "NAME_DAMAGED"
    NAME_MISSING = "NAME_MISSING"
    HOUSEHOLD_REGISTER = "HOUSEHOLD_REGISTER"
    PERMIT_RENEWED = "PERMIT_RENEWED"
    DUPLICATE_FLAG = "DUPLICATE_FLAG"
    WRONG_DOCUMENT_TYPE = "WRONG_DOCUMENT_TYPE"
    FIFTEEN_TO_EIGHTEEN = "FIFTEEN_TO_EIGHTEEN"
    FIFTEEN_TO_EIGHTEEN_TRADITIONAL = "FIFTEEN_TO_EIGHTEEN_TRADITIONAL"
    PASSPORT_RENEWED = "PASSPORT_RENEWED"
    PERMANENT_RESIDENCE_RENEWED = "PERMANENT_RESIDENCE_RENEWED"
    PHONE_PREFIX = "PHONE_PREFIX"
    PHONE_PREFIX_TRADITIONAL = "PHONE_PREFIX_TRADITIONAL"
    UNIT_BRACKETS_AND_WIDTH = "UNIT_BRACKETS_AND_WIDTH"
    UNIT_RENAMED = "UNIT_RENAMED"
    ORGANISATION_TO_CREDIT_CODE = "ORGANISATION_TO_CREDIT_CODE"
    ORGANISATION_TO_CREDIT_CODE_RENAMED = "ORGANISATION_TO_CREDIT_CODE_RENAMED"


_YES_OR_NO: Final = st.booleans()
_SERIALS: Final = st.integers(1, 9_999_998)
_LATIN: Final = st.sampled_from(words.LATIN_SURNAMES)
_LATIN_GIVEN: Final = st.sampled_from(words.LATIN_GIVEN)
_COUNTRIES: Final = st.sampled_from(words.COUNTRIES)
_TRADITIONAL: Final = st.sampled_from(
    (("国强", "國強"), ("家杰", "家傑"), ("丽华", "麗華"), ("志伟", "志偉"), ("俊仪", "俊儀"))
)
_RARE: Final = st.sampled_from((("䶮", "龑"), ("䶮", "\ue863"), ("\U0002cc56", "頔")))
_FULL_WIDTH: Final = {code: code + 0xFEE0 for code in (*range(ord("0"), ord("9") + 1), *range(ord("A"), ord("z") + 1))}


def _wide(text: str) -> str:
    return text.translate(_FULL_WIDTH)


def _grouped(number: str) -> str:
    return f" {number[:6]} {number[6:14]}\u3000{number[14:]}"


_NUMBER_SPELLINGS: Final = st.sampled_from((_wide, _grouped, str.lower, lambda number: number + "\n"))
_SPACES: Final = st.sampled_from((" ", "\u3000", "\u00a0", "  "))
_INVISIBLE: Final = st.sampled_from(("\u200b", "\ufeff", "\u2060", "\ufe00"))
_SEPARATORS: Final = st.sampled_from(("\u2022", "\u2027", "\u30fb", "\uff65", "\u2219", "\u22c5", ".", "\uff0e"))
_DAMAGE: Final = st.sampled_from(("?", "□", "*", "\ufffd"))
_MOBILE_SPELLINGS: Final = st.sampled_from(("+86{}", "0086{}", "+86-{}", "+86 {}", "＋86{}"))
_PAPERS_OF_A_CITIZEN: Final = st.sampled_from((_T.HOUSEHOLD_REGISTER, _T.TEMPORARY_RESIDENT_ID))
_MISTAKEN_TYPES: Final = st.sampled_from((_T.OTHER_PERSON, _T.FOREIGN_RESIDENCE_PERMIT, _T.SOLDIER_ID))


def _again(draw: DrawFn, who: Someone, *papers: Paper) -> Sheet:
    """The same person once more, with everything on record or with no more than name and paper."""
    return who.sheet(*papers) if draw(_YES_OR_NO) else who.thin(*papers)


def _renamed(draw: DrawFn, rename: Callable[[DrawFn, Someone], tuple[str, str]]) -> Sheets:
    """One card, and whatever two names the change gives."""
    who = someone(draw)
    first, second = rename(draw, who)
    return who.sheet().named(first), _again(draw, who).named(second)


def _row(rename: Callable[[DrawFn, Someone], tuple[str, str]], *allowed: Verdict) -> Row:
    return Row(allowed=allowed, make=lambda draw: _renamed(draw, rename))


def _gaps(draw: DrawFn) -> Sheets:
    who = someone(draw)
    return who.sheet(), who.thin()


def _number_spelling(draw: DrawFn) -> Sheets:
    who = someone(draw)
    return who.sheet(), _again(draw, who, card(draw(_NUMBER_SPELLINGS)(who.number)))


def _spaced(draw: DrawFn, who: Someone) -> tuple[str, str]:
    return who.name, draw(_SPACES).join(("", *who.name, ""))


def _separated(draw: DrawFn, who: Someone) -> tuple[str, str]:
    own, father = draw(st.sampled_from(words.MINORITY_MALE)), draw(st.sampled_from(words.MINORITY_FATHER))
    return f"{own}·{father}", f"{own}{draw(_SEPARATORS)}{father}"


def _latin(draw: DrawFn, who: Someone) -> tuple[str, str]:
    surname, given = draw(_LATIN), draw(_LATIN_GIVEN)
    return f"{surname} {given}", f"{surname.title()}  {_wide(given) if draw(_YES_OR_NO) else given.lower()}"


def _invisible(draw: DrawFn, who: Someone) -> tuple[str, str]:
    return who.name, who.surname + draw(_INVISIBLE) + who.given


def _compatibility(draw: DrawFn, who: Someone) -> tuple[str, str]:
    return who.surname + "隆", who.surname + "\uf9dc"


def _typo(draw: DrawFn, who: Someone) -> tuple[str, str]:
    return who.name, who.surname + another_given(who.given)


def _changed(draw: DrawFn, who: Someone) -> tuple[str, str]:
    return who.name, "".join(another_given(char) for char in who.given)


def _traditional(draw: DrawFn, who: Someone) -> tuple[str, str]:
    simplified, traditional = draw(_TRADITIONAL)
    return who.surname + simplified, who.surname + traditional


def _rare(draw: DrawFn, who: Someone) -> tuple[str, str]:
    rare, written = draw(_RARE)
    return who.surname + rare, who.surname + written


def _damaged(draw: DrawFn, who: Someone) -> tuple[str, str]:
    return who.name, who.name[:-1] + draw(_DAMAGE)


def _name_missing(draw: DrawFn) -> Sheets:
    who = someone(draw)
    return who.sheet(), _again(draw, who).named(None)


def _household_register(draw: DrawFn) -> Sheets:
    who = someone(draw)
    return who.sheet(), _again(draw, who, Paper(type=draw(_PAPERS_OF_A_CITIZEN), number=who.number))


def _permit(draw: DrawFn) -> Sheets:
    who, letter, holder = someone(draw), draw(st.sampled_from("HM")), draw(_SERIALS)
    old, new = (numbers.hk_macao_permit(letter, holder, renewal) for renewal in (0, draw(st.integers(1, 9))))
    shown = new[:9] if draw(_YES_OR_NO) else new  # cards of today print nine characters
    first, second = (Paper(type=_T.HK_MACAO_PERMIT, number=number) for number in (old, shown))
    return who.sheet(first), _again(draw, who, second)


def _flagged(draw: DrawFn) -> Sheets:
    who = someone(draw)
    return who.sheet(), who.sheet(card(who.number, duplicate=True))


def _mistaken_type(draw: DrawFn) -> Sheets:
    who = someone(draw)
    return who.sheet(), _again(draw, who, Paper(type=draw(_MISTAKEN_TYPES), number=who.number))


def _fifteen(draw: DrawFn) -> Sheets:
    who = someone(draw)
    return who.sheet(), _again(draw, who, card(who.old_number))


def _fifteen_traditional(draw: DrawFn) -> Sheets:
    who = someone(draw)
    simplified, traditional = _traditional(draw, who)
    return who.sheet().named(simplified), who.sheet(card(who.old_number)).named(traditional)


def _passport(draw: DrawFn) -> Sheets:
    who, serial = someone(draw), draw(_SERIALS)
    old, new = (Paper(type=_T.CHINESE_PASSPORT, number=numbers.passport(series, serial)) for series in ("G", "EA"))
    one, other = who.sheet(old), who.sheet(new)
    return (one, evolve(other, phones=())) if draw(_YES_OR_NO) else (one, other)


def _permanent_residence(draw: DrawFn) -> Sheets:
    who, (country, numeric) = someone(draw), draw(_COUNTRIES)
    place = who.region[:4]
    cards = (
        numbers.permanent_2017(country, place, draw(_SERIALS)),
        numbers.permanent_2023(place[:2] + numeric, who.born, who.sequence),
    )
    old, new = (Paper(type=_T.PERMANENT_RESIDENCE, number=number) for number in cards)
    name = f"{draw(_LATIN)} {draw(_LATIN_GIVEN)}"
    return who.sheet(old).named(name), who.sheet(new).named(name)


def _prefixed(draw: DrawFn) -> Sheets:
    """Two kinds of document, so that name and mobile alone connect the two."""
    who, serial = someone(draw), draw(_SERIALS)
    passport = Paper(type=_T.CHINESE_PASSPORT, number=numbers.passport("E", serial))
    other = evolve(who.thin(passport), phones=(draw(_MOBILE_SPELLINGS).format(who.mobile),))
    return who.sheet(), other


def _prefixed_traditional(draw: DrawFn) -> Sheets:
    one, other = _prefixed(draw)
    simplified, traditional = draw(_TRADITIONAL)
    return one.named("陈" + simplified), other.named("陳" + traditional)


def _brackets(draw: DrawFn) -> Sheets:
    firm = evolve(some_firm(draw), form="（有限合伙）")
    other = firm.sheet(Paper(type=_T.CREDIT_CODE, number=_wide(firm.credit_code)))
    return firm.sheet(), other.named(f" {firm.stem}(有限合伙)")


def _unit_renamed(draw: DrawFn) -> Sheets:
    firm = some_firm(draw)
    return firm.sheet(), firm.sheet().named("新" + firm.name)


def _organisation_code(draw: DrawFn) -> Sheets:
    firm = some_firm(draw)
    written = firm.organisation_code
    if draw(_YES_OR_NO):
        written = f"{written[:8]}-{written[8:]}"
    return firm.sheet(licence(firm.credit_code)), firm.sheet(Paper(type=_T.ORGANISATION_CODE, number=written))


def _organisation_code_renamed(draw: DrawFn) -> Sheets:
    one, other = _organisation_code(draw)
    return one, evolve(other, name=f"新{other.name}", phones=())


_M: Final = Mutation
SAME_PERSON: Final[Mapping[Mutation, Row]] = MappingProxyType(
    {
        # B6, B8.9: same kind, family and number, and a name equal under the exact key of B4
        _M.NOTHING_BUT_GAPS: Row(allowed=(_V.EXISTS,), make=_gaps),
        _M.NUMBER_SPELLING: Row(allowed=(_V.EXISTS,), make=_number_spelling),
        _M.NAME_SPACES: _row(_spaced, _V.EXISTS),
        _M.NAME_SEPARATOR: _row(_separated, _V.EXISTS),
        _M.NAME_CASE_AND_WIDTH: _row(_latin, _V.EXISTS),
        _M.NAME_INVISIBLE: _row(_invisible, _V.EXISTS),
        _M.NAME_COMPATIBILITY: _row(_compatibility, _V.EXISTS),
        _M.HOUSEHOLD_REGISTER: Row(allowed=(_V.EXISTS,), make=_household_register),
        _M.PERMIT_RENEWED: Row(allowed=(_V.EXISTS,), make=_permit),
        _M.UNIT_BRACKETS_AND_WIDTH: Row(allowed=(_V.EXISTS,), make=_brackets),
        # B6: same document, different name; B8.10: a variant name never gives EXISTS
        _M.NAME_TYPO: _row(_typo, _V.CONFLICT_NAME),
        _M.NAME_CHANGED: _row(_changed, _V.CONFLICT_NAME),
        _M.NAME_TRADITIONAL: _row(_traditional, _V.CONFLICT_NAME),
        _M.NAME_RARE: _row(_rare, _V.CONFLICT_NAME),
        _M.NAME_DAMAGED: _row(_damaged, _V.CONFLICT_NAME),
        _M.UNIT_RENAMED: Row(allowed=(_V.CONFLICT_NAME,), make=_unit_renamed),
        # B6 does not say whether a missing name is a different one; a missing value is never an equal one
        _M.NAME_MISSING: Row(allowed=(_V.CONFLICT_NAME, _V.SUSPECT), make=_name_missing),
        # B8.9 makes it EXISTS, B3 counts the 重号 flag as part of the key, and then B6 makes it a suspect
        _M.DUPLICATE_FLAG: Row(allowed=(_V.EXISTS, _V.SUSPECT), make=_flagged),
        # B8.9
        _M.WRONG_DOCUMENT_TYPE: Row(allowed=(_V.SAME_NUMBER_OTHER_TYPE,), make=_mistaken_type),
        _M.FIFTEEN_TO_EIGHTEEN: Row(allowed=(_V.ID_UPGRADE,), make=_fifteen),
        _M.ORGANISATION_TO_CREDIT_CODE: Row(allowed=(_V.ID_UPGRADE,), make=_organisation_code),
        # B6: organisation code against credit code, whatever the name
        _M.ORGANISATION_TO_CREDIT_CODE_RENAMED: Row(allowed=(_V.SUSPECT,), make=_organisation_code_renamed),
        # B6: name, sex and birth date; name and mobile; B8.10: old and new permanent residence
        _M.PASSPORT_RENEWED: Row(allowed=(_V.SUSPECT,), make=_passport),
        _M.PERMANENT_RESIDENCE_RENEWED: Row(allowed=(_V.SUSPECT,), make=_permanent_residence),
        _M.PHONE_PREFIX: Row(allowed=(_V.SUSPECT,), make=_prefixed),
        # B8.10: a variant name gives at most SUSPECT without the same document
        _M.FIFTEEN_TO_EIGHTEEN_TRADITIONAL: Row(allowed=(_V.SUSPECT, _V.NEW), make=_fifteen_traditional),
        _M.PHONE_PREFIX_TRADITIONAL: Row(allowed=(_V.SUSPECT, _V.NEW), make=_prefixed_traditional),
    }
)
"""How each change is made and what the check may say of it; total. Source: requirements.md B3, B4, B6, B8.9, B8.10."""


def same_person_pairs(*, only: Mutation | None = None) -> SearchStrategy[EntryPair]:
    """One customer entered twice, with one named change between; of one name, or of all. Errors: InvalidValue (TYPE).

    >>> from hypothesis import find
    >>> pair = find(same_person_pairs(only=Mutation.FIFTEEN_TO_EIGHTEEN), lambda pair: True)
    >>> pair.same, sorted(pair.allowed)
    (True, [<Verdict.ID_UPGRADE: 'ID_UPGRADE'>])
    """
    return pairs_of(SAME_PERSON, only, same=True)
