"""Slips of the typist: names one character apart, numbers one character apart, addresses with or without the province.

None of them says that two texts are equal. The check digit tells a slip in a number from another number: those of GB 11643 and GB 32100
detect every single wrong character and every exchange of neighbours, so of two sound numbers neither was mistyped so: they are two
numbers. Source: requirements.md B3, B6.
"""

from __future__ import annotations

from typing import Final

from custmaster.dedup.compare import Level, one_edit
from custmaster.value.document_types import Family
from custmaster.value.identity import resident
from custmaster.value.identity.registry import Flag, Reading
from custmaster.value.placeholder import is_placeholder_name

__all__ = ["LIFELONG", "PLACE", "door", "number_slip", "of_1989", "one_character", "place", "sound", "written"]

LIFELONG: Final = frozenset(
    (
        Family.CITIZEN_NUMBER, Family.RESIDENCE_PERMIT, Family.HK_MACAO_PERMIT, Family.HONG_KONG_ID, Family.MACAO_ID, Family.TAIWAN_ID,
        Family.CREDIT_CODE, Family.ORGANISATION_CODE,
    )
)  # fmt: skip
"""Families whose number stays with its holder for life (of the travel permit the first nine); the others are given anew."""

PLACE: Final = 12
"""How many characters of an address two must share at their ends: fewer are a house and a flat, which every street has."""

_SOUND: Final = "+"
_RENEWED: Final = "~"
_UNSOUND: Final = "-"


def one_character(left: str, right: str) -> Level:
    """AGREE when equal, NEAR when one character is missing, too many, another, or swapped with its neighbour, else DIFFER.

    >>> one_character("王小明", "王晓明"), one_character("王小明", "李晓明")
    (<Level.NEAR: '~'>, <Level.DIFFER: '-'>)
    """
    if left == right:
        return Level.AGREE
    return Level.NEAR if one_edit(left, right) else Level.DIFFER


def place(left: str, right: str) -> Level:
    """AGREE for one text, NEAR when one ends with the other, for the province is often left out; else DIFFER.

    >>> place("广东省深圳市南山区学府路1号2栋", "深圳市南山区学府路1号2栋"), place("学府路1号2栋301室", "301室")
    (<Level.NEAR: '~'>, <Level.DIFFER: '-'>)
    """
    if left == right:
        return Level.AGREE
    if len(left) > len(right):
        left, right = right, left
    return Level.NEAR if len(left) >= PLACE and right.endswith(left) else Level.DIFFER


def door(address: str) -> str | None:
    """The exact key of an address if it leads to a door, else None: nothing that prints, a word for "none", or a district alone.

    >>> door("北京市海淀区学院路1号"), door("北京市海淀区"), door("不详")
    ('北京市海淀区学院路1号', None, None)
    """
    if not address or (len(address) < PLACE and (address.isalpha() or is_placeholder_name(address))):
        return None
    return address


def written(family: str, number: str, reading: Reading | None) -> tuple[str, ...]:
    """The number of a document with what `number_slip` must know of it: whether it is sound and for life, and its family.

    A number of 15 digits is told as the 18 that they become, and as it stands: a slip in it shows in neither alone.

    >>> written("CREDIT_CODE", "91350100M000100Y43", None)
    ('-CREDIT_CODE:91350100M000100Y43',)
    """
    if reading is None:
        return (f"{_UNSOUND}{family}:{number}",)
    if family not in LIFELONG:
        return (f"{_RENEWED}{family}:{number}",)
    if Flag.HISTORICAL_FORM in reading.flags:
        return of_1989(family, number, resident.upgrade(number))
    return (sound(family, number),)


def sound(family: str, number: str) -> str:
    """A number that is well-formed and stays for life as `written` tells it.

    >>> sound("CITIZEN_NUMBER", "11010519491231002X")
    '+CITIZEN_NUMBER:11010519491231002X'
    """
    return f"{_SOUND}{family}:{number}"


def of_1989(family: str, number: str, whole: str) -> tuple[str, str]:
    """A number of 15 digits and the 18 that they become, as `written` tells them.

    >>> of_1989("CITIZEN_NUMBER", "110105491231002", "11010519491231002X")
    ('+CITIZEN_NUMBER:11010519491231002X', '~CITIZEN_NUMBER:110105491231002')
    """
    return sound(family, whole), f"{_RENEWED}{family}:{number}"


def number_slip(left: str, right: str) -> Level:
    """How two `written` numbers compare: AGREE for one number, NEAR for a slip of the typist, DIFFER for another number.

    A slip is one character, where one of the two numbers is not well-formed. Two well-formed numbers that stay for life are two
    numbers. All else is MISSING, for it says nothing: two families, a number that is given anew, one mistyped beyond a slip.

    >>> number_slip("+CITIZEN_NUMBER:11010519491231002X", "-CITIZEN_NUMBER:11010519491231003X")
    <Level.NEAR: '~'>
    """
    family, _, number = left.partition(":")
    other_family, _, other = right.partition(":")
    if family[1:] != other_family[1:]:
        return Level.MISSING
    if number == other:
        return Level.AGREE
    if left[0] == right[0] == _SOUND:
        return Level.DIFFER
    return Level.NEAR if _UNSOUND in (left[0], right[0]) and one_edit(number, other) else Level.MISSING
