"""Every code of the room of limits: why an account of a class is not opened, and which limit a transaction goes over."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["LimitCode"]


class LimitCode(StrEnum):
    """A stable code; never reused for another meaning. Texts in both languages are in the handbook's messages.

    The last three are about the transaction itself: what it was told about an id, and what it does not tell.
    """

    CLASS_ONE_HELD = "CLASS_ONE_HELD"
    CLASS_TWO_MANY = "CLASS_TWO_MANY"
    CLASS_THREE_MANY = "CLASS_THREE_MANY"
    AGREED_LOOSER = "AGREED_LOOSER"
    OVER_SINGLE = "OVER_SINGLE"
    OVER_DAY_AMOUNT = "OVER_DAY_AMOUNT"
    OVER_DAY_COUNT = "OVER_DAY_COUNT"
    OVER_YEAR_AMOUNT = "OVER_YEAR_AMOUNT"
    OVER_BALANCE = "OVER_BALANCE"
    CERTIFICATE_NEEDED = "CERTIFICATE_NEEDED"
    CONFIRMATION_NEEDED = "CONFIRMATION_NEEDED"
    BALANCE_UNKNOWN = "BALANCE_UNKNOWN"
    TRANSACTION_CLASHES = "TRANSACTION_CLASHES"
    TRANSACTION_REVERSED = "TRANSACTION_REVERSED"
    TRANSACTION_NOT_RESERVED = "TRANSACTION_NOT_RESERVED"
