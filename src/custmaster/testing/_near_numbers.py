"""Identity numbers with exactly one named fault, and the Fault with which a validator must refuse each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from attrs import frozen
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from custmaster.errors import Fault
from custmaster.sim import numbers
from custmaster.sim.vocabulary import COUNTRIES
from custmaster.testing._grade import NearFault
from custmaster.testing._numbers import (
    BIRTHS,
    CREDIT_ALPHABET,
    REGION_CODES,
    VALID_NUMBERS,
    digits,
    permanent_2017,
    resident_15,
    resident_18,
)
from custmaster.value.identity import resident
from custmaster.value.identity.registry import NumberForm

__all__ = ["NEAR_NUMBERS", "NearNumber"]

Texts = SearchStrategy[str]
_DIGITS: Final = "0123456789"
_FORBIDDEN_IN_CREDIT: Final = "IOSVZ"
_NO_DAYS: Final = ("0230", "0431", "0631", "1301", "0001", "0100", "0132", "9999")
_NO_PROVINCES: Final = ("00", "10", "16", "20", "24", "38", "47", "55", "60", "70", "72", "84", "99")


@frozen
class NearNumber:
    """One way to be nearly valid: its name, the Fault that a validator must report, and the texts."""

    fault: NearFault
    refused_as: Fault
    texts: Texts


def _other(draw: DrawFn, alphabet: str, old: str) -> str:
    """Another character of the alphabet, found by a step, not by filtering."""
    others = alphabet.replace(old, "")
    return others[draw(st.integers(0, len(others) - 1))]


def _put(text: str, at: int, new: str) -> str:
    return text[:at] + new + text[at + 1 :]


@st.composite
def _lost(draw: DrawFn, texts: Texts) -> str:
    return draw(texts)[:-1]


@st.composite
def _too_many(draw: DrawFn, texts: Texts) -> str:
    return draw(texts) + draw(digits(1))


@st.composite
def _other_last(draw: DrawFn, texts: Texts, alphabet: str) -> str:
    text = draw(texts)
    return text[:-1] + _other(draw, alphabet, text[-1])


@st.composite
def _replaced(draw: DrawFn, texts: Texts, places: Sequence[int], alphabet: str) -> str:
    """The character at one of the places becomes another one of the alphabet."""
    text, at = draw(texts), draw(st.sampled_from(places))
    return _put(text, at, _other(draw, alphabet, text[at]))


@st.composite
def _swapped(draw: DrawFn, region: str) -> str:
    """Two different neighbours of the sequence changed places after the check character was made."""
    first, step, last = draw(st.integers(0, 9)), draw(st.integers(1, 9)), draw(st.integers(0, 9))
    sequence = first * 100 + (first + step) % 10 * 10 + last
    good = numbers.resident_18(region, draw(BIRTHS), sequence)
    return good[:14] + good[15] + good[14] + good[16:]


@st.composite
def _on_no_day(draw: DrawFn, regions: Sequence[str]) -> str:
    """Day or month cannot be, the check character is right."""
    body = f"{draw(st.sampled_from(regions))}{draw(st.integers(1900, 2025))}{draw(st.sampled_from(_NO_DAYS))}"
    return _checked(body + draw(digits(3)))


@st.composite
def _historical_on_no_day(draw: DrawFn) -> str:
    return draw(st.sampled_from(REGION_CODES)) + draw(digits(2)) + draw(st.sampled_from(_NO_DAYS)) + draw(digits(3))


@st.composite
def _in_no_province(draw: DrawFn, regions: Sequence[str]) -> str:
    born = draw(BIRTHS)
    return numbers.resident_18(draw(st.sampled_from(regions)), born, draw(st.integers(1, 999)))


@st.composite
def _historical_in_no_province(draw: DrawFn) -> str:
    text = draw(resident_15())
    return draw(st.sampled_from(_NO_PROVINCES)) + text[2:]


@st.composite
def _hong_kong(draw: DrawFn, letters: int) -> str:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return numbers.hong_kong(draw(st.text(alphabet, min_size=letters, max_size=letters)), draw(st.integers(0, 999_999)))


@st.composite
def _organisation_of_digits(draw: DrawFn) -> str:
    return numbers.organisation(draw(digits(8)))


@st.composite
def _lei_of_digits(draw: DrawFn) -> str:
    return numbers.legal_entity(draw(digits(18)))


@st.composite
def _lei_with_other_check(draw: DrawFn) -> str:
    text = draw(VALID_NUMBERS[NumberForm.LEI])
    return text[:18] + f"{(int(text[18:]) + draw(st.integers(1, 99))) % 100:02}"


@st.composite
def _card(draw: DrawFn, width: int) -> str:
    return numbers.card("62", draw(st.integers(0, 10 ** (width - 3) - 1)), width)


@st.composite
def _whole_permit(draw: DrawFn, letters: str) -> str:
    return numbers.hk_macao_permit(
        draw(st.sampled_from(letters)), draw(st.integers(0, 99_999_999)), draw(st.integers(0, 99))
    )


@st.composite
def _passport(draw: DrawFn, series: Sequence[str]) -> str:
    return numbers.passport(draw(st.sampled_from(series)), draw(st.integers(0, 9_999_999)))


def _checked(body: str) -> str:
    return body + resident.check_character(body)


def _row(fault: NearFault, refused_as: Fault, texts: Texts) -> NearNumber:
    return NearNumber(fault, refused_as, texts)


def _lengths(shortest: Texts, longest: Texts | None = None) -> tuple[NearNumber, NearNumber]:
    """A character lost from the shortest form, a digit added to the longest."""
    return (
        _row(NearFault.CHARACTER_LOST, Fault.LENGTH, _lost(shortest)),
        _row(NearFault.CHARACTER_TOO_MANY, Fault.LENGTH, _too_many(shortest if longest is None else longest)),
    )


def _check(texts: Texts, alphabet: str, of_digits: Texts, places: Sequence[int]) -> tuple[NearNumber, NearNumber]:
    """Another check character; another digit at a place where the check character must notice."""
    return (
        _row(NearFault.WRONG_CHECK_CHARACTER, Fault.CHECK_DIGIT, _other_last(texts, alphabet)),
        _row(NearFault.WRONG_DIGIT, Fault.CHECK_DIGIT, _replaced(of_digits, places, _DIGITS)),
    )


def _letter(texts: Texts, places: Sequence[int], alphabet: str = "OILB") -> NearNumber:
    return _row(NearFault.LETTER_IN_BODY, Fault.FORMAT, _replaced(texts, places, alphabet))


def _forbidden(texts: Texts, places: Sequence[int], alphabet: str = "_*") -> NearNumber:
    return _row(NearFault.FORBIDDEN_CHARACTER, Fault.FORMAT, _replaced(texts, places, alphabet))


def _person(texts: Texts, regions: Sequence[str], elsewhere: Sequence[str]) -> tuple[NearNumber, ...]:
    """What every 18-digit number of a person can suffer."""
    return (
        *_check(texts, "0123456789X", texts, range(14, 17)),
        _row(NearFault.SWAPPED_DIGITS, Fault.CHECK_DIGIT, _swapped(regions[0])),
        *_lengths(texts),
        _letter(texts, range(17)),
        _row(NearFault.IMPOSSIBLE_DATE, Fault.DATE, _on_no_day(regions)),
        _row(NearFault.UNKNOWN_REGION, Fault.REGION, _in_no_province(elsewhere)),
    )


_PERMANENT_REGIONS: Final = tuple(f"911{numeric}" for _, numeric in COUNTRIES)
_CREDIT: Final = VALID_NUMBERS[NumberForm.CREDIT_CODE]
_LEI: Final = VALID_NUMBERS[NumberForm.LEI]
_TAIWAN: Final = VALID_NUMBERS[NumberForm.TAIWAN_ID]
_MACAO: Final = VALID_NUMBERS[NumberForm.MACAO_ID]
_PERMIT: Final = VALID_NUMBERS[NumberForm.RESIDENCE_PERMIT]

NEAR_NUMBERS: Final[Mapping[NumberForm, tuple[NearNumber, ...]]] = {
    NumberForm.RESIDENT: (
        *_person(resident_18(), REGION_CODES, [f"{province}0101" for province in _NO_PROVINCES]),
        *_lengths(resident_15()),
        _letter(resident_15(), range(15)),
        _row(NearFault.IMPOSSIBLE_DATE, Fault.DATE, _historical_on_no_day()),
        _row(NearFault.UNKNOWN_REGION, Fault.REGION, _historical_in_no_province()),
    ),
    NumberForm.RESIDENCE_PERMIT: _person(
        _PERMIT, ("810000", "820000", "830000"), ("800000", "840000", "810001", "110105", "911840")
    ),
    NumberForm.PERMANENT_RESIDENCE: (
        *_person(
            _in_no_province(_PERMANENT_REGIONS),
            _PERMANENT_REGIONS,
            [f"9{province}840" for province in _NO_PROVINCES] + ["110105", "810000"],
        ),
        *_lengths(permanent_2017()),
        _letter(permanent_2017(), range(3, 15)),
        _row(NearFault.WRONG_SERIES, Fault.FORMAT, _replaced(permanent_2017(), range(3), _DIGITS)),
    ),
    NumberForm.CREDIT_CODE: (
        *_check(_CREDIT, CREDIT_ALPHABET, _CREDIT, range(9, 17)),
        *_lengths(_CREDIT),
        _letter(_CREDIT, range(2, 8)),
        _forbidden(_CREDIT, (0, 1, *range(8, 18)), _FORBIDDEN_IN_CREDIT),
    ),
    NumberForm.LEI: (
        _row(NearFault.WRONG_CHECK_CHARACTER, Fault.CHECK_DIGIT, _lei_with_other_check()),
        _row(NearFault.WRONG_DIGIT, Fault.CHECK_DIGIT, _replaced(_lei_of_digits(), range(18), _DIGITS)),
        *_lengths(_LEI),
        _letter(_LEI, (18, 19)),
        _forbidden(_LEI, range(18)),
    ),
    NumberForm.ORGANISATION_CODE: (
        *_check(VALID_NUMBERS[NumberForm.ORGANISATION_CODE], "0123456789X", _organisation_of_digits(), range(8)),
        *_lengths(VALID_NUMBERS[NumberForm.ORGANISATION_CODE]),
        _letter(VALID_NUMBERS[NumberForm.ORGANISATION_CODE], (8,)),
        _forbidden(VALID_NUMBERS[NumberForm.ORGANISATION_CODE], range(8)),
    ),
    NumberForm.HONG_KONG_ID: (
        *_check(VALID_NUMBERS[NumberForm.HONG_KONG_ID], "0123456789A", _hong_kong(1), range(1, 7)),
        *_lengths(_hong_kong(1), _hong_kong(2)),
        _letter(_hong_kong(1), range(1, 7)),
        _row(NearFault.WRONG_SERIES, Fault.FORMAT, _replaced(_hong_kong(1), (0,), _DIGITS)),
    ),
    NumberForm.TAIWAN_ID: (
        # only where the weight has no factor in common with ten does the check digit notice every other digit
        *_check(_TAIWAN, _DIGITS, _TAIWAN, (2, 6, 8)),
        *_lengths(_TAIWAN),
        _letter(_TAIWAN, range(2, 10)),
        _row(NearFault.WRONG_SERIES, Fault.FORMAT, _replaced(_TAIWAN, (1,), "034567")),
    ),
    NumberForm.CARD_NUMBER: (
        *_check(VALID_NUMBERS[NumberForm.CARD_NUMBER], _DIGITS, VALID_NUMBERS[NumberForm.CARD_NUMBER], range(2, 16)),
        *_lengths(_card(13), _card(19)),
        _letter(VALID_NUMBERS[NumberForm.CARD_NUMBER], range(16)),
    ),
    NumberForm.HK_MACAO_PERMIT: (
        *_lengths(_whole_permit("HM")),
        _letter(_whole_permit("HM"), range(1, 11)),
        _row(NearFault.WRONG_SERIES, Fault.FORMAT, _whole_permit("CTWL")),
    ),
    NumberForm.CHINESE_PASSPORT: (
        *_lengths(VALID_NUMBERS[NumberForm.CHINESE_PASSPORT]),
        _letter(VALID_NUMBERS[NumberForm.CHINESE_PASSPORT], range(2, 9)),
        _row(NearFault.WRONG_SERIES, Fault.FORMAT, _passport(("EI", "EO", "A", "H", "GA"))),
    ),
    NumberForm.MACAO_ID: (
        *_lengths(_MACAO),
        _letter(_MACAO, range(8)),
        _row(NearFault.WRONG_SERIES, Fault.FORMAT, _replaced(_MACAO, (0,), "0234689")),
    ),
    NumberForm.TAIWAN_PERMIT: (*_lengths(digits(8)), _letter(digits(8), range(8))),
    NumberForm.FOREIGN_PASSPORT: (
        *_lengths(digits(5), digits(20)),
        _forbidden(digits(9), range(9)),
        _row(NearFault.NO_DIGIT, Fault.FORMAT, st.text("ABCDEFGHJKLMNPQRSTUVWXYZ", min_size=5, max_size=20)),
    ),
    NumberForm.MILITARY: (
        *_lengths(digits(4), digits(32)),
        _forbidden(VALID_NUMBERS[NumberForm.MILITARY], range(12), "_*\x00"),
        _row(NearFault.NO_DIGIT, Fault.FORMAT, st.text("南北军字第号", min_size=4, max_size=12)),
    ),
    NumberForm.FREE_FORM: (
        _row(NearFault.CHARACTER_TOO_MANY, Fault.LENGTH, digits(65)),
        _forbidden(digits(8), range(8), "\x00\x7f\ufffd"),
    ),
}
"""For each form every fault that it can be tested with."""
