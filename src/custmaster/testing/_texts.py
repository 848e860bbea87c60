"""Texts of names, phones, addresses, days and amounts: clean ones, and ones with exactly one named fault."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from itertools import product
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from custmaster.sim import vocabulary as words
from custmaster.testing._grade import NearFault
from custmaster.testing._numbers import digits

__all__ = ["CLEAN_TEXTS", "NEAR_TEXTS", "TextKind", "person_names", "unit_names_text"]

Texts = SearchStrategy[str]


class TextKind(StrEnum):
    """The texts beside identity numbers that can be nearly valid."""

    PERSON_NAME = "PERSON_NAME"
    UNIT_NAME = "UNIT_NAME"
    ADDRESS = "ADDRESS"
    PHONE = "PHONE"
    AMOUNT = "AMOUNT"
    ISO_DAY = "ISO_DAY"


# One draw for the whole given name, so that a Han name, being the plainest, also has the fewest draws to shrink to.
_GIVEN: Final = st.sampled_from(
    (
        *(*words.MALE_GIVEN, *words.FEMALE_GIVEN, *words.RARE_GIVEN, *words.TRADITIONAL_GIVEN),
        *map("".join, product(words.MALE_GIVEN, (*words.MALE_GIVEN, *words.RARE_GIVEN))),
        *map("".join, product(words.FEMALE_GIVEN, words.FEMALE_GIVEN)),
    )
)
_SURNAMES: Final = st.sampled_from((*words.SURNAMES, *words.TRADITIONAL_SURNAMES))
_MINORITY: Final = st.sampled_from((*words.MINORITY_MALE, *words.MINORITY_FEMALE))
_REGIONS: Final = st.sampled_from(words.REGIONS)
_SEVEN_DIGITS: Final = digits(7)
# never a filler such as eight equal digits
_EIGHT_DIGITS: Final = st.integers(1, 999_999).map(lambda number: f"5{number:07}")


@st.composite
def _han_name(draw: DrawFn) -> str:
    return draw(_SURNAMES) + draw(_GIVEN)


@st.composite
def _minority_name(draw: DrawFn) -> str:
    return f"{draw(_MINORITY)}·{draw(st.sampled_from(words.MINORITY_FATHER))}"


@st.composite
def _latin_name(draw: DrawFn) -> str:
    return f"{draw(st.sampled_from(words.LATIN_SURNAMES))} {draw(st.sampled_from(words.LATIN_GIVEN))}"


def person_names() -> Texts:
    """Names of persons without any mark: Han (rare and traditional characters too), minority with ·, Latin."""
    return st.one_of(_han_name(), _minority_name(), _latin_name())


@st.composite
def unit_names_text(draw: DrawFn) -> str:
    """Names of firms and shops without any mark."""
    city = draw(_REGIONS)[2].removesuffix("市")
    trade = draw(st.sampled_from(words.TRADE_FIRST)) + draw(st.sampled_from(words.TRADE_SECOND))
    form = draw(st.sampled_from(("有限公司", "股份有限公司", "经营部", "（有限合伙）", "分公司")))
    return f"{city}{trade}{draw(st.sampled_from(words.INDUSTRIES))}{form}"


@st.composite
def _address(draw: DrawFn) -> str:
    _, province, city, district = draw(_REGIONS)
    street = f"{draw(st.sampled_from(words.STREETS))}{draw(st.integers(1, 998))}号"
    return f"{province if province != city else ''}{city}{district}{street}{draw(st.integers(101, 2900))}室"


@st.composite
def _mobile(draw: DrawFn) -> str:
    return draw(st.sampled_from(words.MOBILE_PREFIXES)) + draw(_EIGHT_DIGITS)


@st.composite
def _other_phone(draw: DrawFn) -> str:
    area = draw(st.sampled_from(("010-6", "021-5", "0571-8", "400", "+8522", "+8536", "+8869")))
    return area + draw(_SEVEN_DIGITS)


@st.composite
def _amount(draw: DrawFn) -> str:
    sign = "-" if draw(st.booleans()) else ""
    whole, fen = draw(st.integers(0, 10**12)), draw(st.integers(0, 99))
    return f"{sign}{whole:,}.{fen:02}" if draw(st.booleans()) else f"{sign}{whole}.{fen:02}"


@st.composite
def _iso_day(draw: DrawFn) -> str:
    return draw(st.dates(min_value=date(1, 1, 1))).isoformat()


CLEAN_TEXTS: Final[Mapping[TextKind, Texts]] = {
    TextKind.PERSON_NAME: person_names(),
    TextKind.UNIT_NAME: unit_names_text(),
    TextKind.ADDRESS: _address(),
    TextKind.PHONE: _mobile() | _other_phone(),
    TextKind.AMOUNT: _amount(),
    TextKind.ISO_DAY: _iso_day(),
}
"""For each kind the texts that nobody need look at."""


@st.composite
def _with(draw: DrawFn, texts: Texts, characters: str) -> str:
    """One of the characters stands somewhere behind the first character."""
    text = draw(texts)
    at = draw(st.integers(1, len(text)))
    return text[:at] + draw(st.sampled_from(characters)) + text[at:]


def _changed(texts: Texts, change: Callable[[str], str]) -> Texts:
    @st.composite
    def changed(draw: DrawFn) -> str:
        return change(draw(texts))

    return changed()


def _marked(texts: Texts) -> Mapping[NearFault, Texts]:
    """What can befall a name or an address; each fault is one mark of `custmaster.value.fold`."""
    return {
        NearFault.INVISIBLE_CHARACTER: _with(texts, "\u200b\u00ad\u2060\ufeff\ufe00\U000e0100"),
        NearFault.DIRECTION_CHARACTER: _with(texts, "\u200e\u202a\u202e\u2066"),
        NearFault.CONTROL_CHARACTER: _with(texts, "\x00\x07\x1b\x7f\x9f"),
        NearFault.DAMAGED_CHARACTER: _with(texts, "?*□\ufffd\ue863\ud800\ufdd0"),
        NearFault.FULL_WIDTH: _with(texts, "Ａａ０９"),
        NearFault.SPACE_TOO_MANY: _changed(texts, lambda text: text + " "),
    }


_MOBILES: Final = _mobile()
_AMOUNTS: Final = st.integers(0, 10**9)

NEAR_TEXTS: Final[Mapping[TextKind, Mapping[NearFault, Texts]]] = {
    TextKind.PERSON_NAME: _marked(CLEAN_TEXTS[TextKind.PERSON_NAME]),
    TextKind.UNIT_NAME: _marked(CLEAN_TEXTS[TextKind.UNIT_NAME]),
    TextKind.ADDRESS: _marked(CLEAN_TEXTS[TextKind.ADDRESS]),
    TextKind.PHONE: {
        NearFault.CHARACTER_LOST: _changed(_MOBILES, lambda text: text[:-1]),
        NearFault.CHARACTER_TOO_MANY: _changed(_MOBILES, lambda text: text + "0"),
        NearFault.LETTER_IN_BODY: _changed(_MOBILES, lambda text: f"{text[:5]}O{text[6:]}"),
        NearFault.WRONG_SERIES: _changed(_MOBILES, lambda text: "12" + text[2:]),
        NearFault.TWO_IN_ONE: _changed(_MOBILES, lambda text: f"{text};{text[::-1]}"),
    },
    TextKind.AMOUNT: {
        NearFault.TOO_MANY_PLACES: _changed(_AMOUNTS.map(str), lambda text: f"{text}.001"),
        NearFault.BAD_GROUPING: _changed(_AMOUNTS.map(str), lambda text: f"{text},00.00"),
        NearFault.FORBIDDEN_CHARACTER: _changed(_AMOUNTS.map(str), lambda text: f"¥{text}"),
        NearFault.FULL_WIDTH: _changed(_AMOUNTS.map(str), lambda text: f"{text}.０"),
    },
    TextKind.ISO_DAY: {
        NearFault.IMPOSSIBLE_DATE: _changed(st.integers(1900, 2100).map(str), lambda year: f"{year}-02-30"),
        NearFault.LETTER_IN_BODY: _changed(CLEAN_TEXTS[TextKind.ISO_DAY], lambda text: text[:-1] + "l"),
        NearFault.CHARACTER_TOO_MANY: _changed(CLEAN_TEXTS[TextKind.ISO_DAY], lambda text: text + "0"),
    },
}
"""For each kind the faults that it can be tested with."""
