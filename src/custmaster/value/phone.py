"""Telephone numbers as a bank in mainland China writes them down: raw text kept, kind and dialled digits derived.

The shapes are those of the mainland's numbering plan (电信网编号计划) and, for the rest of the world, of ITU-T E.164. Whether an area
code or a mobile prefix is in use is not asked: that changes every year, and an old number is no fault of the customer.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import ClassVar, Final, final

from custmaster.value._chars import BIDI, CONTROL, INVISIBLE, SPACE, WIDE, members
from custmaster.value._sealed import Sealed, keep_ends
from custmaster.value.placeholder import is_placeholder_phone

__all__ = ["Phone", "PhoneKind"]


class PhoneKind(StrEnum):
    """What sort of subscriber a telephone number reaches; INVALID is everything that is not one complete number."""

    MOBILE = "MOBILE"
    LANDLINE = "LANDLINE"
    HOTLINE = "HOTLINE"
    HONG_KONG = "HONG_KONG"
    MACAO = "MACAO"
    TAIWAN = "TAIWAN"
    FOREIGN = "FOREIGN"
    INVALID = "INVALID"


_MOBILE: Final = re.compile("1[3-9][0-9]{9}")
# Two numbers in one cell: a separator that no single number holds, or two long runs of digits.
_SEVERAL: Final = re.compile(r"[;,/|\\、或和]|[0-9]{7}[ -]+[0-9]{7}")
_EXTENSION: Final = re.compile("-?(?:转|分机|EXT|X|#)[-:]?([0-9]{1,6})$")
# What may stand before a number within the mainland: +86, or 86 where a mobile number, an area with its 0, or an area without it
# and a whole local number follow.
_MAINLAND: Final = re.compile(
    r"\+86-?|86-?(?=0|1[3-9])|86-?(?=(?:10|2[0-57-9])-?[2-8](?:-?[0-9]){7}(?:-[0-9]{1,6})?$|[3-9][0-9]{2}-?[2-8](?:-?[0-9]){6,7}(?:-[0-9]{1,6})?$)"
)
# The trunk 0 before a mobile number is an old habit of dialling.
_TRUNK_MOBILE: Final = re.compile("0?(1[3-9][0-9]{9})")
# 010 and 02x have eight digits; other areas (03xx to 09xx) seven or eight. A local number begins with 2 to 8.
_LANDLINE: Final = re.compile("(0?)((?:10|2[0-57-9])[2-8][0-9]{7}|[3-9][0-9]{2}[2-8][0-9]{6,7})")
_EXTENDED: Final = re.compile("((?:0?(?:10|2[0-57-9])-?[2-8][0-9]{7}|0?[3-9][0-9]{2}-?[2-8][0-9]{6,7}))-([0-9]{1,6})")
# 400 and 800 (ten digits); 95xxx and 96xxx with up to three more; 10xxx of the carriers and 12xxx of public services.
_HOTLINE: Final = re.compile("[48]00[0-9]{7}|9[56][0-9]{3,6}|1[02][0-9]{3}")
# The neighbours' codes written without their +; eleven digits that begin with 8 are no mainland mobile number.
_BARE_CODE: Final = re.compile("85[23][2-9][0-9]{7}|8860?9[0-9]{8}")
_ABROAD: Final = (
    (PhoneKind.HONG_KONG, re.compile(r"\+852[2-9][0-9]{7}")),
    (PhoneKind.MACAO, re.compile(r"\+853[268][0-9]{7}")),
    (PhoneKind.TAIWAN, re.compile(r"\+886[2-9][0-9]{7,8}")),
    # E.164: a country code never begins with 0; fifteen digits at most. 86, 852, 853 and 886 have their own lines.
    (PhoneKind.FOREIGN, re.compile(r"\+(?!86|85[23]|886)[1-9][0-9]{6,14}")),
)


@final
class Phone(Sealed):
    """A telephone number as it was written down, shown as 138****1234.

    Length: 1 to 64 characters; not validated. Raises InvalidValue (TYPE, EMPTY, LENGTH). Source: ITU-T E.164; requirements.md B5.

    >>> phone = Phone("+86 138-0000-1234")
    >>> phone.compact, phone.kind, phone.is_valid
    ('13800001234', <PhoneKind.MOBILE: 'MOBILE'>, True)
    """

    __slots__ = ("_filler", "_told")
    _filler: bool
    _told: tuple[PhoneKind, str]
    longest: ClassVar[int] = 64

    @property
    def compact(self) -> str:
        """The number for matching; what is no number comes back tidied, not repaired.

        Mainland digits without +86, a landline with its area and trunk 0; elsewhere + and the digits; an extension after an x.

        >>> Phone("(010) 6275-1234转8").compact, Phone("00852 2345 6789").compact
        ('01062751234x8', '+85223456789')
        """
        return self._read()[1]

    @property
    def kind(self) -> PhoneKind:
        """What sort of subscriber it reaches.

        >>> Phone("95588").kind, Phone("62751234").kind
        (<PhoneKind.HOTLINE: 'HOTLINE'>, <PhoneKind.INVALID: 'INVALID'>)
        """
        return self._read()[0]

    def _read(self) -> tuple[PhoneKind, str]:
        kept: tuple[PhoneKind, str] | None = getattr(self, "_told", None)
        if kept is None:
            kept = (_A_MOBILE, self._text) if _MOBILE.fullmatch(self._text) else _read(self._text)
            _keep_told(self, kept)
        return kept

    @property
    def is_filler(self) -> bool:
        """Whether it was typed to fill the field; see `is_placeholder_phone`.

        >>> Phone("138-0000-0000").is_filler
        True
        """
        kept: bool | None = getattr(self, "_filler", None)
        if kept is None:
            kept = is_placeholder_phone(self.compact)
            _keep_filler(self, kept)
        return kept

    @property
    def is_valid(self) -> bool:
        """Whether the text is one complete telephone number."""
        return self.kind is not PhoneKind.INVALID

    @property
    def is_several(self) -> bool:
        """Whether the text holds more than one number; it is INVALID then, for nobody says which one is meant.

        >>> Phone("13800001234/13900001234").is_several
        True
        """
        return _MOBILE.fullmatch(self._text) is None and _SEVERAL.search(_tidy(self._text)) is not None

    def mask(self) -> str:
        """The first three characters and the last four; stars only when the text is short."""
        return keep_ends(self._text, 3, 4)


# The slots themselves: several rules ask, and each answer is worked out once.
_keep_told = Phone.__dict__["_told"].__set__
_keep_filler = Phone.__dict__["_filler"].__set__
_A_MOBILE: Final = PhoneKind.MOBILE  # the member of an enumeration takes its time to reach


@cache
def _tidying() -> dict[int, str]:
    """Full width to half, every hyphen to '-', white space to a space; invisible characters removed."""
    table = dict.fromkeys([point for ranges in (CONTROL, BIDI, INVISIBLE) for point in members(ranges)], "")
    table |= dict.fromkeys(members(SPACE), " ")
    table |= {point: chr(point - 0xFEE0) for point in members(WIDE)}
    return table | dict.fromkeys((0xAD, *range(0x2010, 0x2016), 0x2212, 0x30FC, 0xFE63, 0x5F), "-")


def _tidy(text: str) -> str:
    return text.translate(_tidying()).upper().strip(" -;,、/")


def _read(text: str) -> tuple[PhoneKind, str]:
    """Kind and compact form of a text that is not a bare mobile number."""
    tidy = _tidy(text)
    if _SEVERAL.search(tidy):
        return PhoneKind.INVALID, tidy
    number = re.sub("^[(]?00(?=[1-9])", "+", tidy)
    number = number.replace("(0)", "") if "+" in number else number
    number = re.sub("[ .()-]+", "-", number).strip("-").replace("+-", "+")
    written = _EXTENSION.search(number)
    kind, compact = _classify(number[: written.start()] if written else number)
    if kind is PhoneKind.INVALID or (written and not (kind in _EXTENSIBLE and "x" not in compact)):
        return PhoneKind.INVALID, tidy
    return kind, f"{compact}x{written[1]}" if written else compact


_EXTENSIBLE: Final = (PhoneKind.LANDLINE, PhoneKind.HOTLINE)


def _classify(number: str) -> tuple[PhoneKind, str]:
    """Kind and compact form of what holds hyphens as its only separator."""
    prefix = _MAINLAND.match(number)
    national = number[prefix.end() :] if prefix else number
    digits = national.replace("-", "")
    if not digits.startswith("+"):
        if mobile := _TRUNK_MOBILE.fullmatch(digits):
            return PhoneKind.MOBILE, mobile[1]
        if _HOTLINE.fullmatch(digits):
            return PhoneKind.HOTLINE, digits
        if found := _landline(national, trunk_needed=prefix is None):
            return PhoneKind.LANDLINE, found
    return _classify_abroad(number.replace("-", ""))


def _landline(national: str, *, trunk_needed: bool) -> str | None:
    """Area with its 0 and number, and after an x the extension; None when it is no landline."""
    extended = _EXTENDED.fullmatch(national)
    landline = _LANDLINE.fullmatch((extended[1] if extended else national).replace("-", ""))
    if landline is None or (trunk_needed and not landline[1]):
        return None
    return f"0{landline[2]}x{extended[2]}" if extended else f"0{landline[2]}"


def _classify_abroad(digits: str) -> tuple[PhoneKind, str]:
    """Kind and +digits of a number with its country code."""
    full = "+" + digits if _BARE_CODE.fullmatch(digits) else digits
    full = re.sub("^[+]8860", "+886", full)
    return next(((kind, full) for kind, shape in _ABROAD if shape.fullmatch(full)), (PhoneKind.INVALID, digits))
