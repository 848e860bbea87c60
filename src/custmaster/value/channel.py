"""Channels (渠道) and actions: the codes by which a bank names how and what a customer does, such as MOBILE and TRANSFER.

The list is the bank's own, so a code is plain text in capitals. Where a row speaks of all channels it says `*`.
"""

from __future__ import annotations

import re
from typing import Final

from custmaster.errors import Fault, InvalidValue

__all__ = ["EVERY", "check_code", "covers"]

EVERY: Final = "*"
"""All channels, or all actions: a literal, which is no name of a channel."""

_CODE: Final = re.compile(r"[A-Z][A-Z0-9_]{0,39}")


def check_code(text: object, path: str, *, every: bool = False) -> None:
    """Refuse what is no code; `every` says whether `*` may stand here. Errors: InvalidValue (TYPE, FORMAT) at the path.

    >>> check_code("MOBILE", "channel")
    """
    if type(text) is not str:
        raise InvalidValue(Fault.TYPE, path=path, remedy="a code is a text")
    if _CODE.fullmatch(text) is None and not (every and text == EVERY):
        remedy = "write it like MOBILE" + (", or * for all" if every else "")
        raise InvalidValue(Fault.FORMAT, path=path, length=len(text), remedy=remedy)


def covers(row: str, code: str) -> bool:
    """Whether a row that speaks of `row` speaks of `code`: it is the same one, or `*`.

    >>> covers("*", "MOBILE"), covers("WEB", "MOBILE")
    (True, False)
    """
    return row in (EVERY, code)
