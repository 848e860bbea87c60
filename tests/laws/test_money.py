"""Laws of money: exact, independent of the caller's decimal context, written and read back."""

from __future__ import annotations

from decimal import Decimal, localcontext

from hypothesis import given
from hypothesis import strategies as st

from custmaster.value.money import MINOR_UNITS, Money, total

FEN = st.integers(-(10**15), 10**15)


def cny(fen: int) -> Money:
    return Money(Decimal(fen).scaleb(-2))


@given(FEN, FEN, st.integers(-10, 10))
def test_arithmetic_is_that_of_whole_fen(a: int, b: int, times: int) -> None:
    with localcontext(prec=3):  # a calling program that rounds
        assert cny(0) + Money.parse("0.10") == Money.parse("0.1")
        left, right = Money.parse(f"{a // 100}"), Money.parse(f"{b // 100}")
        assert (left + right).amount == a // 100 + b // 100
        assert (left - right).amount == a // 100 - b // 100
        assert (-left).amount == -(a // 100)
    assert cny(a) + cny(b) == cny(a + b)
    assert cny(a) - cny(b) == cny(a - b)
    assert cny(a) * times == cny(a * times)
    assert (cny(a) < cny(b), cny(a) <= cny(b), cny(a) > cny(b), cny(a) >= cny(b)) == (a < b, a <= b, a > b, a >= b)
    assert total([cny(a), cny(b), cny(-a)]) == cny(b)


@given(FEN, st.sampled_from(sorted(MINOR_UNITS)))
def test_what_is_written_reads_back(units: int, currency: str) -> None:
    money = Money(Decimal(units).scaleb(-MINOR_UNITS[currency]) if abs(units) < 10**14 else Decimal(1), currency)
    written = str(money)
    assert written.endswith(f" {currency}")
    assert Money.parse(written.removesuffix(f" {currency}"), currency) == money
    assert Money.parse(written.removesuffix(f" {currency}").replace(",", ""), currency) == money
    assert hash(Money(money.amount.normalize(), currency)) == hash(money)
