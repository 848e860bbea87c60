"""Well-formed identity numbers of every form, built up from integers, letters and days, so that they shrink."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from custmaster.sim import numbers
from custmaster.sim.vocabulary import COUNTRIES, REGIONS
from custmaster.value.identity.registry import NumberForm

__all__ = [
    "BIRTHS",
    "CREDIT_ALPHABET",
    "REGION_CODES",
    "VALID_NUMBERS",
    "digits",
    "permanent_2017",
    "resident_15",
    "resident_18",
]

REGION_CODES: Final = (*(code for code, *_ in REGIONS), "710000")
CREDIT_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ALNUM: Final = "0123456789" + _LETTERS
_PERMIT_REGIONS: Final = ("810000", "820000", "830000")
_LETTERS_OF_SERIES: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ"

BIRTHS: Final = st.dates(min_value=date(1900, 1, 1), max_value=date(2026, 11, 23))
_BIRTHS_OF_1989: Final = st.dates(min_value=date(1900, 1, 1), max_value=date(1999, 12, 31))
_REGIONS: Final = st.sampled_from(REGION_CODES)
_COUNTRIES: Final = st.sampled_from(COUNTRIES)
# 999 with the check digit 9 is a number that somebody made up to fill a field
_SEQUENCES: Final = st.integers(min_value=1, max_value=998)


def digits(count: int) -> SearchStrategy[str]:
    """Exactly `count` ASCII digits."""
    return st.text(alphabet="0123456789", min_size=count, max_size=count)


@st.composite
def resident_18(draw: DrawFn, births: SearchStrategy[date] = BIRTHS) -> str:
    """Today's form of the resident number."""
    return numbers.resident_18(draw(_REGIONS), draw(births), draw(_SEQUENCES))


@st.composite
def resident_15(draw: DrawFn) -> str:
    """The historical form; its sequence stays below those of people born before 1900."""
    sequence = draw(st.integers(min_value=1, max_value=995))
    return numbers.resident_15(draw(_REGIONS), draw(_BIRTHS_OF_1989), sequence)


@st.composite
def _residence_permit(draw: DrawFn) -> str:
    return numbers.resident_18(draw(st.sampled_from(_PERMIT_REGIONS)), draw(BIRTHS), draw(_SEQUENCES))


@st.composite
def _permanent_2023(draw: DrawFn) -> str:
    place = draw(_REGIONS)[:2] + draw(_COUNTRIES)[1]
    return numbers.permanent_2023(place, draw(BIRTHS), draw(_SEQUENCES))


@st.composite
def permanent_2017(draw: DrawFn) -> str:
    """The older form of the permanent-residence number."""
    place = draw(_REGIONS)[:4]
    return numbers.permanent_2017(draw(_COUNTRIES)[0], place, draw(st.integers(0, 99_999_999)))


@st.composite
def _credit_code(draw: DrawFn) -> str:
    """No code of the Fujian pilot: their main part begins M000."""
    kind = draw(st.sampled_from(("91", "92", "93", "52", "12", "Y1")))
    serial = draw(digits(1)) + draw(st.text(alphabet=CREDIT_ALPHABET, min_size=7, max_size=7))
    return numbers.credit(kind, draw(_REGIONS), serial)


@st.composite
def _organisation_code(draw: DrawFn) -> str:
    return numbers.organisation(draw(st.text(alphabet=_ALNUM, min_size=8, max_size=8)))


@st.composite
def _lei(draw: DrawFn) -> str:
    return numbers.legal_entity(draw(digits(4)) + draw(st.text(alphabet=_ALNUM, min_size=14, max_size=14)))


@st.composite
def _hong_kong_id(draw: DrawFn) -> str:
    letters = draw(st.text(alphabet=_LETTERS, min_size=1, max_size=2))
    return numbers.hong_kong(letters, draw(st.integers(0, 999_999)))


@st.composite
def _macao_id(draw: DrawFn) -> str:
    return numbers.macao(draw(st.sampled_from((1, 5, 7))), draw(st.integers(0, 9_999_999)))


@st.composite
def _taiwan_id(draw: DrawFn) -> str:
    second = draw(st.sampled_from((1, 2, 8, 9)))
    return numbers.taiwan(draw(st.sampled_from(_LETTERS)), second * 10_000_000 + draw(st.integers(0, 9_999_999)))


@st.composite
def _card_number(draw: DrawFn) -> str:
    width = draw(st.integers(16, 19))
    return numbers.card("62", draw(st.integers(0, 10 ** (width - 3) - 1)), width)


@st.composite
def _hk_macao_permit(draw: DrawFn) -> str:
    whole = numbers.hk_macao_permit(
        draw(st.sampled_from("HM")), draw(st.integers(0, 99_999_999)), draw(st.integers(0, 99))
    )
    return whole if draw(st.booleans()) else whole[:9]


@st.composite
def _chinese_passport(draw: DrawFn) -> str:
    series = draw(st.sampled_from(("E", "G", *(f"E{letter}" for letter in _LETTERS_OF_SERIES))))
    return numbers.passport(series, draw(st.integers(0, 9_999_999)))


@st.composite
def _foreign_passport(draw: DrawFn) -> str:
    return draw(st.text(alphabet=_LETTERS, max_size=2)) + draw(st.text(alphabet="0123456789", min_size=5, max_size=9))


@st.composite
def _taiwan_permit(draw: DrawFn) -> str:
    old = draw(st.booleans())
    return draw(digits(10)) + draw(st.sampled_from(("", "A", "B"))) if old else draw(digits(8))


@st.composite
def _military(draw: DrawFn) -> str:
    return f"{draw(st.sampled_from('南北军政空海'))}字第{draw(digits(8))}号"


@st.composite
def _free_form(draw: DrawFn) -> str:
    return draw(st.text(alphabet=_ALNUM + "字第号-()", min_size=1, max_size=20))


VALID_NUMBERS: Final[Mapping[NumberForm, SearchStrategy[str]]] = {
    NumberForm.RESIDENT: resident_18() | resident_15(),
    NumberForm.RESIDENCE_PERMIT: _residence_permit(),
    NumberForm.PERMANENT_RESIDENCE: _permanent_2023() | permanent_2017(),
    NumberForm.CREDIT_CODE: _credit_code(),
    NumberForm.LEI: _lei(),
    NumberForm.ORGANISATION_CODE: _organisation_code(),
    NumberForm.HONG_KONG_ID: _hong_kong_id(),
    NumberForm.TAIWAN_ID: _taiwan_id(),
    NumberForm.CARD_NUMBER: _card_number(),
    NumberForm.HK_MACAO_PERMIT: _hk_macao_permit(),
    NumberForm.CHINESE_PASSPORT: _chinese_passport(),
    NumberForm.MACAO_ID: _macao_id(),
    NumberForm.TAIWAN_PERMIT: _taiwan_permit(),
    NumberForm.FOREIGN_PASSPORT: _foreign_passport(),
    NumberForm.MILITARY: _military(),
    NumberForm.FREE_FORM: _free_form(),
}
"""For each form the texts that its `validate` takes and returns unchanged."""
