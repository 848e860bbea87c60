"""Texts that a file may hold and no form of number foresees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from custmaster.testing._numbers import VALID_NUMBERS

__all__ = ["hostile_texts"]

_ZERO: Final = ord("0")


def _digits_from(zero: str) -> Callable[[str], str]:
    table = {_ZERO + digit: ord(zero) + digit for digit in range(10)}
    return lambda text: text.translate(table)


_DRESSES: Final[tuple[Callable[[str], str], ...]] = (
    lambda text: text + "\n",
    lambda text: " " + text + "\u3000",
    lambda text: "\ufeff" + text,
    lambda text: "\u202e" + text,
    lambda text: text[:3] + "\u200b" + text[3:],
    lambda text: text[:3] + "\x00" + text[3:],
    lambda text: text[:3] + "\u0301" + text[3:],
    lambda text: text[:3] + "\ud800" + text[3:],
    lambda text: "=" + text,
    lambda text: "'" + text,
    lambda text: text.lower(),
    lambda text: text + text,
    lambda text: text * 1000,
    _digits_from("０"),
    _digits_from("٠"),
    _digits_from("०"),
    _digits_from("\U0001d7ce"),
    lambda text: text.replace("1", "²").replace("0", "〇"),
)
"""What can be done to a good number; each is hidden, foreign or too much."""

_KNOWN: Final = (
    "",
    " ",
    "\x00",
    "\n",
    "?",
    "□",
    "\ufffd",
    "\ue863",
    "\ufdd0",
    "\U0010ffff",
    "\ud800",
    "\udfff\ud800",
    "e\u0301" * 40,
    "\u0338" * 60,
    "\u202e9102\u202c",
    "\u2066\u2069",
    "\U000e0041\U000e007f",
    "葛\U000e0100",
    "👨\u200d👩\u200d👧",
    "ﷺ" * 30,
    "ß",
    "İ",
    "ǆ",
    "\uf9dc",
    "\u3164",
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1＋1",
    "\t=1",
    '=HYPERLINK("x")',
    "NULL",
    "nan",
    "1e400",
    "0x10",
    "１２３",
    "'; --",
    "{0.__class__}",
    "%s%n",
    "\\u0000",
    "张" * 2000,
    "9" * 5000,
    "a" * 5000 + "!",
)


_NUMBERS: Final = st.one_of(*VALID_NUMBERS.values())
_DRESS: Final = st.sampled_from(_DRESSES)


@st.composite
def _dressed(draw: DrawFn) -> str:
    number = draw(_NUMBERS)
    return draw(_DRESS)(number)


_HOSTILE: Final = st.one_of(
    st.sampled_from(_KNOWN), _dressed(), st.text(alphabet=st.characters(exclude_categories=()), max_size=50)
)


def hostile_texts() -> SearchStrategy[str]:
    """Known troublemakers, good numbers in bad dress, and any text at all, lone surrogates included."""
    return _HOSTILE
