"""The words of limits (交易限额): classes of accounts, who is on the other side, what is measured, and what happens above it."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

__all__ = ["NOT_BOUND", "AccountClass", "Counterparty", "Measure", "Over", "Scope", "Source"]


class AccountClass(StrEnum):
    """The three classes of a person's settlement accounts (Ⅰ、Ⅱ、Ⅲ类户). Source: B5."""

    CLASS_I = "CLASS_I"
    CLASS_II = "CLASS_II"
    CLASS_III = "CLASS_III"


class Counterparty(StrEnum):
    """Who is on the other side of a transaction; HERE is the same bank. A bound account (绑定账户) bears the customer's own name.

    NONE stands for cash, and for all that has no account on the other side.
    """

    NONE = "NONE"
    BOUND_HERE = "BOUND_HERE"
    BOUND_ELSEWHERE = "BOUND_ELSEWHERE"
    OWN_HERE = "OWN_HERE"
    OWN_ELSEWHERE = "OWN_ELSEWHERE"
    OTHER_NAME = "OTHER_NAME"


NOT_BOUND: Final = (
    Counterparty.NONE,
    Counterparty.OTHER_NAME,
    Counterparty.OWN_ELSEWHERE,
    Counterparty.OWN_HERE,
)
"""All but bound accounts (非绑定账户), cash among them: what the amounts of Class II and III speak of."""


class Measure(StrEnum):
    """What a limit is a figure of: one amount (单笔), the amounts or the number of a day (日累计、日笔数), the amounts of a year, a balance.

    A day is the bank's business date, a year the calendar's. Source: B7.
    """

    SINGLE = "SINGLE"
    DAY_AMOUNT = "DAY_AMOUNT"
    DAY_COUNT = "DAY_COUNT"
    YEAR_AMOUNT = "YEAR_AMOUNT"
    BALANCE = "BALANCE"


class Scope(StrEnum):
    """Whether sums are taken over all of the customer's accounts or over each account by itself. Source: R-61."""

    CUSTOMER = "CUSTOMER"
    ACCOUNT = "ACCOUNT"


class Source(StrEnum):
    """Who set the limit: a regulator, the bank, or the bank with the customer (约定), who can only tighten. Source: R-61."""

    REGULATION = "REGULATION"
    BANK = "BANK"
    AGREED = "AGREED"


class Over(StrEnum):
    """What happens above the figure: refused, or done once a certificate (数字证书) is used, or once the customer confirmed (提醒、确认)."""

    REFUSE = "REFUSE"
    CERTIFICATE = "CERTIFICATE"
    CONFIRMATION = "CONFIRMATION"
