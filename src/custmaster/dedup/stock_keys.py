"""Under which texts the customers of a whole stock meet: two are compared when they share one.

A text is made of two things that strangers seldom share both, so that a telephone which stands in a hundred thousand records brings
nobody together by itself. Engines join on equal texts and know nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from custmaster.dedup.keys import Side
from custmaster.dedup.slips import PLACE
from custmaster.value.party import PartyKind

__all__ = ["STOCK_KEYS", "StockKey", "stock_keys"]


class StockKey(StrEnum):
    """What a text is made of: the kind of customer and these.

    NUMBER: a document's number whatever its family, of 15 digits also the upgraded 18. ORGANISATION: the organisation code, also the one
    within a credit code. NAME_BIRTH, NAME_MOBILE, NAME_RESIDENCE: variant name with birth date, mobile, or the holding of permanent
    residence; UNIT_NAME: the variant name of a unit, for few are called alike. Where no birth date is known, NAME_BIRTH takes the one that stands in a mistyped citizen's number. BIRTH_MOBILE, BIRTH_ADDRESS: birth date with mobile or the end of the address.
    """

    NUMBER = "NUMBER"
    ORGANISATION = "ORGANISATION"
    NAME_BIRTH = "NAME_BIRTH"
    NAME_MOBILE = "NAME_MOBILE"
    NAME_RESIDENCE = "NAME_RESIDENCE"
    UNIT_NAME = "UNIT_NAME"
    BIRTH_MOBILE = "BIRTH_MOBILE"
    BIRTH_ADDRESS = "BIRTH_ADDRESS"


_CITIZEN: Final = 18
_CHECK: Final = 17


def _number(side: Side) -> list[str]:
    return list(side.numbers)


def _organisation(side: Side) -> list[str]:
    return [one.code for one in side.papers if one.code is not None]


def _name_birth(side: Side) -> list[str]:
    return [f"{birth}:{name.loose}" for name in side.names for birth in side.births or _read_off(side)]


def _read_off(side: Side) -> list[str]:
    """The birth date within a citizen's number that is not well-formed: no evidence, but the way to the number that was meant."""
    numbers = [number for one in side.papers if not one.well_formed and (number := one.holder[1]).isascii()]
    return [
        f"{one[6:10]}-{one[10:12]}-{one[12:14]}" for one in numbers if len(one) == _CITIZEN and one[:_CHECK].isdigit()
    ]


def _name_mobile(side: Side) -> list[str]:
    return [f"{mobile}:{name.loose}" for name in side.names for mobile in side.mobiles]


def _name_residence(side: Side) -> list[str]:
    held = any(one.old_series is not None for one in side.papers)
    return [name.loose for name in side.names] if held else []


def _unit_name(side: Side) -> list[str]:
    return [name.loose for name in side.names] if side.kind is PartyKind.UNIT else []


def _birth_mobile(side: Side) -> list[str]:
    return [f"{birth}:{mobile}" for birth in side.births for mobile in side.mobiles]


def _birth_address(side: Side) -> list[str]:
    return [f"{birth}:{address[-PLACE:]}" for birth in side.births for address in side.addresses]


STOCK_KEYS: Final[Mapping[StockKey, Callable[[Side], list[str]]]] = MappingProxyType(
    {
        StockKey.NUMBER: _number,
        StockKey.ORGANISATION: _organisation,
        StockKey.NAME_BIRTH: _name_birth,
        StockKey.NAME_MOBILE: _name_mobile,
        StockKey.NAME_RESIDENCE: _name_residence,
        StockKey.UNIT_NAME: _unit_name,
        StockKey.BIRTH_MOBILE: _birth_mobile,
        StockKey.BIRTH_ADDRESS: _birth_address,
    }
)
"""How the texts of each kind are made, without the kind of key and of customer before them."""


def stock_keys(side: Side) -> tuple[str, ...]:
    """The texts of a side, each once, in the order of the kinds.

    >>> from custmaster.customer.entry import Entry
    >>> from custmaster.dedup.keys import keyed
    >>> from custmaster.value.name import Name
    >>> from custmaster.value.phone import Phone
    >>> stock_keys(keyed(Entry(name=Name("王偉"), phones=(Phone("13800001234"),))).side)
    ('NAME_MOBILE:PERSON:13800001234:王伟',)
    """
    party = str(side.kind)
    return tuple(dict.fromkeys(f"{kind}:{party}:{text}" for kind, texts in STOCK_KEYS.items() for text in texts(side)))
