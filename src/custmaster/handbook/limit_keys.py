"""The keys of limits (交易限额): account classes, the reminders of transfers that are not made at a counter, and which codes they speak of."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from custmaster.handbook._key import Key
from custmaster.handbook.kinds import TEXT, Kind, decimal, listed, whole
from custmaster.value.channel import check_code

__all__ = [
    "CLASS_ONE_COUNT",
    "CLASS_THREE_BALANCE",
    "CLASS_THREE_COUNT",
    "CLASS_THREE_IN_DAY",
    "CLASS_THREE_IN_YEAR",
    "CLASS_THREE_OUT_DAY",
    "CLASS_THREE_OUT_YEAR",
    "CLASS_TWO_COUNT",
    "CLASS_TWO_IN_DAY",
    "CLASS_TWO_IN_YEAR",
    "CLASS_TWO_OUT_DAY",
    "CLASS_TWO_OUT_YEAR",
    "LIMIT_ACTIONS_IN",
    "LIMIT_ACTIONS_OUT",
    "LIMIT_ACTIONS_TRANSFER",
    "LIMIT_CERTIFICATE_PERSON",
    "LIMIT_CHANNELS_NON_COUNTER",
    "LIMIT_CONFIRMATION_PERSON",
    "LIMIT_CONFIRMATION_UNIT",
    "LIMIT_KEYS",
]

_YUAN: Final = decimal(0, 1_000_000_000)
_ACCOUNTS: Final = whole(0, 1_000)


def _code(raw: object) -> str:
    text = TEXT.read(raw)
    check_code(text, "")
    return text


_CODES: Final = listed(Kind(name="code such as MOBILE", read=_code), at_least=1)


def _yuan(name: str, zh: str, en: str) -> Key[Decimal]:
    return Key(name=name, kind=_YUAN, zh=zh, en=en, unit="CNY")


def _accounts(name: str, zh: str, en: str) -> Key[int]:
    return Key(name=name, kind=_ACCOUNTS, zh=zh, en=en, unit="accounts")


def _codes(name: str, zh: str, en: str) -> Key[tuple[str, ...]]:
    return Key(name=name, kind=_CODES, zh=zh, en=en)


CLASS_ONE_COUNT: Final = _accounts(
    "limits.class_one.count", "同一人在同一银行的Ⅰ类户数", "Class I accounts of one person at one bank, at most"
)
CLASS_TWO_COUNT: Final = _accounts(
    "limits.class_two.count",
    "同一人在同一银行的Ⅱ类户数(原则上)",
    "Class II accounts of one person, in principle at most",
)
CLASS_THREE_COUNT: Final = _accounts(
    "limits.class_three.count",
    "同一人在同一银行的Ⅲ类户数(原则上)",
    "Class III accounts of one person, in principle at most",
)
CLASS_TWO_IN_DAY: Final = _yuan(
    "limits.class_two.in_day",
    "Ⅱ类户非绑定转入、存现日累计限额",
    "Class II: in from unbound accounts and in cash, a day",
)
CLASS_TWO_IN_YEAR: Final = _yuan(
    "limits.class_two.in_year",
    "Ⅱ类户非绑定转入、存现年累计限额",
    "Class II: in from unbound accounts and in cash, a year",
)
CLASS_TWO_OUT_DAY: Final = _yuan(
    "limits.class_two.out_day",
    "Ⅱ类户消费缴费、向非绑定转出、取现日累计限额",
    "Class II: spent, out to unbound accounts and in cash, a day",
)
CLASS_TWO_OUT_YEAR: Final = _yuan(
    "limits.class_two.out_year",
    "Ⅱ类户消费缴费、向非绑定转出、取现年累计限额",
    "Class II: spent, out to unbound accounts and in cash, a year",
)
CLASS_THREE_IN_DAY: Final = _yuan(
    "limits.class_three.in_day", "Ⅲ类户非绑定转入日累计限额", "Class III: in from unbound accounts, a day"
)
CLASS_THREE_IN_YEAR: Final = _yuan(
    "limits.class_three.in_year", "Ⅲ类户非绑定转入年累计限额", "Class III: in from unbound accounts, a year"
)
CLASS_THREE_OUT_DAY: Final = _yuan(
    "limits.class_three.out_day",
    "Ⅲ类户消费缴费、向非绑定转出日累计限额",
    "Class III: spent and out to unbound accounts, a day",
)
CLASS_THREE_OUT_YEAR: Final = _yuan(
    "limits.class_three.out_year",
    "Ⅲ类户消费缴费、向非绑定转出年累计限额",
    "Class III: spent and out to unbound accounts, a year",
)
CLASS_THREE_BALANCE: Final = _yuan(
    "limits.class_three.balance", "Ⅲ类户任一时点账户余额上限", "Class III: balance at any time, at most"
)
LIMIT_CERTIFICATE_PERSON: Final = _yuan(
    "limits.certificate.person",
    "个人非柜面转账日累计超过即须数字证书或电子签名",
    "a person's transfers of a day, away from the counter, above which a certificate or electronic signature is needed",
)
LIMIT_CONFIRMATION_PERSON: Final = _yuan(
    "limits.confirmation.person",
    "个人非柜面转账日累计超过即须大额提醒并确认",
    "a person's transfers of a day, away from the counter, above which the customer is reminded and confirms",
)
LIMIT_CONFIRMATION_UNIT: Final = _yuan(
    "limits.confirmation.unit",
    "单位非柜面转账日累计超过即须大额提醒并确认",
    "a unit's transfers of a day, away from the counter, above which the customer is reminded and confirms",
)
LIMIT_ACTIONS_IN: Final = _codes("limits.actions.in", "计入转入限额的交易", "actions that bring money in")
LIMIT_ACTIONS_OUT: Final = _codes(
    "limits.actions.out", "计入转出限额的交易", "actions that take money out: spending, transfers, cash"
)
LIMIT_ACTIONS_TRANSFER: Final = _codes(
    "limits.actions.transfer", "转账交易", "actions that are a transfer to another account"
)
LIMIT_CHANNELS_NON_COUNTER: Final = _codes(
    "limits.channels.non_counter", "非柜面渠道", "the channels that are not the counter"
)

LIMIT_KEYS: Final[tuple[Key[object], ...]] = (
    CLASS_ONE_COUNT,
    CLASS_TWO_COUNT,
    CLASS_THREE_COUNT,
    CLASS_TWO_IN_DAY,
    CLASS_TWO_IN_YEAR,
    CLASS_TWO_OUT_DAY,
    CLASS_TWO_OUT_YEAR,
    CLASS_THREE_IN_DAY,
    CLASS_THREE_IN_YEAR,
    CLASS_THREE_OUT_DAY,
    CLASS_THREE_OUT_YEAR,
    CLASS_THREE_BALANCE,
    LIMIT_CERTIFICATE_PERSON,
    LIMIT_CONFIRMATION_PERSON,
    LIMIT_CONFIRMATION_UNIT,
    LIMIT_ACTIONS_IN,
    LIMIT_ACTIONS_OUT,
    LIMIT_ACTIONS_TRANSFER,
    LIMIT_CHANNELS_NON_COUNTER,
)
"""All of them."""
