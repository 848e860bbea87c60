"""The figures of the account classes and of the reminders, as the rules wrote them, each with the days on which it holds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from custmaster.decision import Outcome
from custmaster.errors import CustmasterError
from custmaster.handbook import Key, default
from custmaster.handbook.limit_keys import (
    CLASS_ONE_COUNT,
    CLASS_THREE_BALANCE,
    CLASS_THREE_COUNT,
    CLASS_THREE_IN_DAY,
    CLASS_THREE_IN_YEAR,
    CLASS_THREE_OUT_DAY,
    CLASS_THREE_OUT_YEAR,
    CLASS_TWO_COUNT,
    CLASS_TWO_IN_DAY,
    CLASS_TWO_IN_YEAR,
    CLASS_TWO_OUT_DAY,
    CLASS_TWO_OUT_YEAR,
    LIMIT_CERTIFICATE_PERSON,
    LIMIT_CONFIRMATION_PERSON,
    LIMIT_CONFIRMATION_UNIT,
    LIMIT_KEYS,
)
from custmaster.limits import AccountClass, LimitCode, can_open, regulation_rows

BEFORE, IN_2016, LAST_OF_2016, IN_2018 = (
    date(2016, 11, 30),
    date(2016, 12, 1),
    date(2018, 1, 11),
    date(2018, 1, 12),
)
NOTICE_261, NOTICE_302, NOTICE_16 = "银发〔2016〕261号", "银发〔2016〕302号", "银发〔2018〕16号"
FIGURES: list[tuple[Key[object], date, int, str]] = [
    # key, a day, the figure of that day, the notice that says so
    (CLASS_ONE_COUNT, IN_2016, 1, NOTICE_261),
    (CLASS_TWO_COUNT, IN_2016, 5, NOTICE_302),
    (CLASS_THREE_COUNT, IN_2016, 5, NOTICE_302),
    (CLASS_TWO_IN_DAY, IN_2016, 10_000, NOTICE_302),
    (CLASS_TWO_IN_YEAR, IN_2016, 200_000, NOTICE_302),
    (CLASS_TWO_OUT_DAY, IN_2016, 10_000, NOTICE_302),
    (CLASS_TWO_OUT_YEAR, IN_2016, 200_000, NOTICE_302),
    (CLASS_THREE_IN_DAY, IN_2018, 5_000, NOTICE_302),
    (CLASS_THREE_IN_YEAR, IN_2018, 100_000, NOTICE_302),
    (CLASS_THREE_OUT_DAY, IN_2016, 5_000, NOTICE_302),
    (CLASS_THREE_OUT_DAY, LAST_OF_2016, 5_000, NOTICE_302),
    (CLASS_THREE_OUT_DAY, IN_2018, 2_000, NOTICE_16),  # 日累计限额2000元
    (CLASS_THREE_OUT_YEAR, LAST_OF_2016, 100_000, NOTICE_302),
    (CLASS_THREE_OUT_YEAR, IN_2018, 50_000, NOTICE_16),  # 年累计限额5万元
    (CLASS_THREE_BALANCE, LAST_OF_2016, 1_000, NOTICE_302),
    (CLASS_THREE_BALANCE, IN_2018, 2_000, NOTICE_16),  # 任一时点账户余额不得超过2000元
    (LIMIT_CERTIFICATE_PERSON, IN_2016, 50_000, NOTICE_261),  # 单日累计超过5万元
    (LIMIT_CONFIRMATION_PERSON, IN_2016, 300_000, NOTICE_261),  # 30万元
    (LIMIT_CONFIRMATION_UNIT, IN_2016, 1_000_000, NOTICE_261),  # 100万元
]


@pytest.mark.parametrize(("key", "day", "figure", "notice"), FIGURES, ids=lambda one: str(getattr(one, "name", one)))
def test_a_figure_is_that_of_its_notice(key: Key[object], day: date, figure: int, notice: str) -> None:
    page = default().on(day)
    assert page[key] == figure
    assert page.cite(key).article.startswith(notice)
    assert page.cite(key).key == key.name
    assert default().on(BEFORE).get(key) is None


def test_every_figure_is_tested() -> None:
    assert {key.name for key, *_ in FIGURES} == {key.name for key in LIMIT_KEYS if key.unit}


@pytest.mark.parametrize(
    ("account_class", "held", "code", "outcome"),
    [
        (AccountClass.CLASS_I, 0, None, Outcome.ALLOWED),
        (AccountClass.CLASS_I, 1, LimitCode.CLASS_ONE_HELD, Outcome.REFUSED),
        (AccountClass.CLASS_II, 4, None, Outcome.ALLOWED),
        (AccountClass.CLASS_II, 5, LimitCode.CLASS_TWO_MANY, Outcome.REVIEW),
        (AccountClass.CLASS_III, 4, None, Outcome.ALLOWED),
        (AccountClass.CLASS_III, 6, LimitCode.CLASS_THREE_MANY, Outcome.REVIEW),
    ],
)
def test_how_many_of_a_class_may_be_opened(
    account_class: AccountClass, held: int, code: LimitCode | None, outcome: Outcome
) -> None:
    page = default().on(IN_2018)
    others = dict.fromkeys(AccountClass, 9) | {account_class: held}
    decision = can_open(account_class, others, page)
    assert decision.outcome is outcome
    assert [reason.code for reason in decision.reasons] == ([code] if code else [])
    assert decision.handbook == page.stamp


def test_before_the_rule_there_is_none_against_a_second_of_class_one() -> None:
    held = {AccountClass.CLASS_I: 3}
    assert can_open(AccountClass.CLASS_I, held, default().on(BEFORE)).outcome is Outcome.ALLOWED
    assert can_open(AccountClass.CLASS_I, held, default().on(IN_2016)).outcome is Outcome.REFUSED


def test_nobody_holds_less_than_none() -> None:
    with pytest.raises(CustmasterError):
        can_open(AccountClass.CLASS_I, {AccountClass.CLASS_I: -1}, default().on(IN_2016))


def test_regulation_is_that_of_the_day() -> None:
    assert regulation_rows(default().on(BEFORE)) == ()
    rows = {day: {row.code: row for row in regulation_rows(default().on(day))} for day in (LAST_OF_2016, IN_2018)}
    assert rows[LAST_OF_2016].keys() == rows[IN_2018].keys()
    assert rows[LAST_OF_2016]["CLASS_III_OUT_DAY"].figure == Decimal(5000)
    assert rows[IN_2018]["CLASS_III_OUT_DAY"].figure == Decimal(2000)
    assert rows[IN_2018]["CLASS_III_OUT_DAY"].citation.article == NOTICE_16
