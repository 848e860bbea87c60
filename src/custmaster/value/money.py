"""Money: a Decimal amount in one currency, exact to the currency's smallest unit (分 for CNY); never a float."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Context, Decimal
from typing import Final

from attrs import field, frozen

from custmaster.errors import CustmasterError, Fault, InvalidValue

__all__ = ["EXACT", "MINOR_UNITS", "ONE_AMOUNT", "Money", "total"]

MINOR_UNITS: Final[Mapping[str, int]] = {
    "CNY": 2,
    "HKD": 2,
    "MOP": 2,
    "TWD": 2,
    "USD": 2,
    "EUR": 2,
    "GBP": 2,
    "AUD": 2,
    "CAD": 2,
    "CHF": 2,
    "SGD": 2,
    "JPY": 0,
    "KRW": 0,
}
"""Digits after the point by currency code (ISO 4217)."""

ONE_AMOUNT: Final = Decimal(10**15)
"""One amount, as people write it and as a transaction moves it, is below this on either side of zero; a sum of such may be above."""

_MOST_DIGITS: Final = 30
_WRITTEN: Final = re.compile(r"-?(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.[0-9]{1,4})?")
_LONGEST: Final = 32
EXACT: Final = Context(prec=60)
"""Arithmetic that does not depend on the calling program's decimal context: no sum of money is rounded in it."""


def _amount(amount: object, currency: str) -> Decimal:
    if type(amount) is not Decimal:
        raise InvalidValue(Fault.TYPE, path="amount", remedy="money is a Decimal, never a float")
    if not amount.is_finite() or amount.adjusted() >= _MOST_DIGITS:
        raise InvalidValue(Fault.RANGE, path="amount")
    places = MINOR_UNITS[currency]
    settled = EXACT.quantize(amount, Decimal(1).scaleb(-places, EXACT))
    if settled != amount:
        raise InvalidValue(Fault.FORMAT, path="amount", remedy=f"{currency} has {places} digits after the point")
    return settled or abs(settled)  # no minus zero


@frozen
class Money:
    """An exact amount of one currency; CNY with two places (元 and 分).

    It holds sums of amounts too, as many as any bank can count. Errors: InvalidValue (TYPE) unless a Decimal, (FORMAT) for more places than the
    currency has, (RANGE) from 10**30 on or not finite, (UNKNOWN_CODE) for a currency not in MINOR_UNITS. Mixing currencies is a bug: CustmasterError.

    >>> Money(Decimal("0.10")) + Money(Decimal("0.20")) == Money(Decimal("0.3"))
    True
    """

    amount: Decimal = field()
    currency: str = field(default="CNY")

    def __attrs_post_init__(self) -> None:
        if self.currency not in MINOR_UNITS:
            raise InvalidValue(Fault.UNKNOWN_CODE, path="currency", remedy="a code of MINOR_UNITS")
        object.__setattr__(self, "amount", _amount(self.amount, self.currency))

    @classmethod
    def parse(cls, text: str, currency: str = "CNY") -> Money:
        """One amount as people write it: ASCII digits, 15 before the point at most, in groups of three or none, a point.

        Errors: InvalidValue (FORMAT), and those of Money.

        >>> Money.parse("-1,000.50")
        Money(amount=Decimal('-1000.50'), currency='CNY')
        """
        if len(text) > _LONGEST or _WRITTEN.fullmatch(text) is None:
            raise InvalidValue(Fault.FORMAT, length=len(text), remedy="digits as in 1,000.00")
        return cls(Decimal(text.replace(",", "")), currency)

    def __str__(self) -> str:
        return f"{self.amount:,f} {self.currency}"

    def _like(self, other: Money) -> Decimal:
        if other.currency != self.currency:
            raise CustmasterError(f"{self.currency} and {other.currency} do not mix: convert first")
        return other.amount

    def __add__(self, other: Money) -> Money:
        return Money(EXACT.add(self.amount, self._like(other)), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(EXACT.subtract(self.amount, self._like(other)), self.currency)

    def __neg__(self) -> Money:
        return Money(EXACT.minus(self.amount), self.currency)

    def __mul__(self, times: int) -> Money:
        if type(times) is not int:
            raise InvalidValue(Fault.TYPE, remedy="money is multiplied by a whole number only")
        return Money(EXACT.multiply(self.amount, Decimal(times)), self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._like(other)

    def __le__(self, other: Money) -> bool:
        return self.amount <= self._like(other)

    def __gt__(self, other: Money) -> bool:
        return self.amount > self._like(other)

    def __ge__(self, other: Money) -> bool:
        return self.amount >= self._like(other)


def total(amounts: Iterable[Money], currency: str = "CNY") -> Money:
    """The sum, which is zero of `currency` when there is nothing to add.

    >>> str(total([Money.parse("999.99"), Money.parse("0.01")]))
    '1,000.00 CNY'
    """
    result = Money(Decimal(0), currency)
    for amount in amounts:
        result += amount
    return result
