"""The keys of screening (黑名单) and of restrictions: what is asked before opening, and how long the law's sanctions last."""

from __future__ import annotations

from typing import Final

from custmaster.handbook._key import Key
from custmaster.handbook.kinds import SWITCH, TEXTS, whole

__all__ = [
    "SCREENING_BEFORE_OPENING",
    "SCREENING_CONVICTED_NEW_ACCOUNT",
    "SCREENING_CONVICTED_NON_COUNTER",
    "SCREENING_COUNTER_CHANNELS",
    "SCREENING_IDENTIFIED_NEW_ACCOUNT",
    "SCREENING_IDENTIFIED_NON_COUNTER",
    "SCREENING_KEYS",
    "SCREENING_NO_TRANSACTION",
    "SCREENING_OPENING_ACTIONS",
]

_YEARS: Final = whole(1, 100)

SCREENING_BEFORE_OPENING: Final[Key[bool]] = Key(
    name="screening.before_opening",
    kind=SWITCH,
    zh="开户前是否必须查询黑名单",
    en="whether nobody becomes a customer before the blacklists were asked on the day",
)
SCREENING_OPENING_ACTIONS: Final[Key[tuple[str, ...]]] = Key(
    name="screening.opening_actions",
    kind=TEXTS,
    zh="新开立业务的交易代码",
    en="the codes of the actions by which something is newly opened",
)
SCREENING_COUNTER_CHANNELS: Final[Key[tuple[str, ...]]] = Key(
    name="screening.counter_channels",
    kind=TEXTS,
    zh="柜面渠道代码",
    en="the codes of the channels at the counter; every other channel is a non-counter one",
)
SCREENING_CONVICTED_NON_COUNTER: Final[Key[int]] = Key(
    name="screening.account_sale.convicted.non_counter_years",
    kind=_YEARS,
    zh="买卖账户(刑事处罚)暂停非柜面业务年限",
    en="years without non-counter business after a judgment for selling or lending accounts",
    unit="years",
)
SCREENING_CONVICTED_NEW_ACCOUNT: Final[Key[int]] = Key(
    name="screening.account_sale.convicted.new_account_years",
    kind=_YEARS,
    zh="买卖账户(刑事处罚)不得新开户年限",
    en="years without a new account after a judgment for selling or lending accounts",
    unit="years",
)
SCREENING_IDENTIFIED_NON_COUNTER: Final[Key[int]] = Key(
    name="screening.account_sale.identified.non_counter_years",
    kind=_YEARS,
    zh="买卖账户(公安认定)暂停非柜面业务年限",
    en="years without non-counter business for whom the police found to sell or lend accounts",
    unit="years",
)
SCREENING_IDENTIFIED_NEW_ACCOUNT: Final[Key[int]] = Key(
    name="screening.account_sale.identified.new_account_years",
    kind=_YEARS,
    zh="买卖账户(公安认定)不得新开户年限",
    en="years without a new account for whom the police found to sell or lend accounts",
    unit="years",
)
SCREENING_NO_TRANSACTION: Final[Key[int]] = Key(
    name="screening.no_transaction_months",
    kind=whole(1, 120),
    zh="开户后无交易暂停非柜面业务的月数",
    en="months after the opening without a transaction, after which non-counter business is suspended",
    unit="months",
)

SCREENING_KEYS: Final[tuple[Key[object], ...]] = (
    SCREENING_BEFORE_OPENING,
    SCREENING_OPENING_ACTIONS,
    SCREENING_COUNTER_CHANNELS,
    SCREENING_CONVICTED_NON_COUNTER,
    SCREENING_CONVICTED_NEW_ACCOUNT,
    SCREENING_IDENTIFIED_NON_COUNTER,
    SCREENING_IDENTIFIED_NEW_ACCOUNT,
    SCREENING_NO_TRANSACTION,
)
"""All of them."""
