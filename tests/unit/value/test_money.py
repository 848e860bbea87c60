"""Money refuses what is not exact."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from custmaster.errors import CustmasterError, Fault, InvalidValue
from custmaster.value.money import ONE_AMOUNT, Money, total


@pytest.mark.parametrize(
    ("amount", "currency", "fault"),
    [
        (1, "CNY", Fault.TYPE),
        (0.1, "CNY", Fault.TYPE),
        (True, "CNY", Fault.TYPE),
        ("1", "CNY", Fault.TYPE),
        (Decimal("NaN"), "CNY", Fault.RANGE),
        (Decimal("sNaN"), "CNY", Fault.RANGE),
        (Decimal("-Infinity"), "CNY", Fault.RANGE),
        (Decimal(10**30), "CNY", Fault.RANGE),
        (Decimal(-(10**30)), "CNY", Fault.RANGE),
        (Decimal("1E+999999"), "CNY", Fault.RANGE),
        (Decimal("0.001"), "CNY", Fault.FORMAT),
        (Decimal("1E-999999"), "CNY", Fault.FORMAT),
        (Decimal("0.1"), "JPY", Fault.FORMAT),
        (Decimal(1), "RMB", Fault.UNKNOWN_CODE),
    ],
)
def test_refused(amount: Any, currency: str, fault: Fault) -> None:
    with pytest.raises(InvalidValue) as caught:
        Money(amount, currency)
    assert caught.value.fault is fault


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1,00.00",
        "1,0000",
        "01,000,",
        "1.",
        ".5",
        "1e3",
        "１００",
        "1 000",
        "1000\n",
        "+1",
        "--1",
        "1" * 16,
        "1" * 40,
        "¥1",
    ],
)
def test_not_as_people_write_it(text: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        Money.parse(text)
    assert caught.value.fault is Fault.FORMAT
    assert text == "" or text not in str(caught.value.args[1:3])


def test_settled_form() -> None:
    assert str(Money(Decimal("1E+3"))) == "1,000.00 CNY"
    assert str(Money(Decimal("-0.00"))) == "0.00 CNY"
    assert str(Money(Decimal(999_999_999_999_999))) == "999,999,999,999,999.00 CNY"
    assert str(Money.parse("1,234", "JPY")) == "1,234 JPY"
    assert Money(Decimal("1.5")).amount.as_tuple().exponent == -2


def test_currencies_do_not_mix() -> None:
    yuan, dollar = Money(Decimal(1)), Money(Decimal(1), "USD")
    assert yuan != dollar
    for mix in (lambda: yuan + dollar, lambda: yuan - dollar, lambda: yuan < dollar, lambda: total([dollar])):
        with pytest.raises(CustmasterError, match="do not mix"):
            mix()
    assert total([], "USD") == Money(Decimal(0), "USD")


def test_times_whole_numbers_only_and_the_result_stays_in_range() -> None:
    times: Any = 0.5
    with pytest.raises(InvalidValue) as caught:
        Money(Decimal(1)) * times
    assert caught.value.fault is Fault.TYPE
    with pytest.raises(InvalidValue) as beyond:
        Money(Decimal(10**29)) * 10
    assert beyond.value.fault is Fault.RANGE


def test_amounts_at_their_greatest_have_a_sum() -> None:
    greatest = Money.parse("999,999,999,999,999.99")
    assert greatest.amount < ONE_AMOUNT
    assert total([greatest] * 1000).amount == Decimal("999999999999999990.00")
    for beyond in ("1000000000000000", "1,000,000,000,000,000"):
        with pytest.raises(InvalidValue):
            Money.parse(beyond)
