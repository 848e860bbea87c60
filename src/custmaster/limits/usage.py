"""What a customer has used: sums by business day and by year for each slot, which grow with the slots and not with the transactions.

Beside the sums stands one entry for each transaction that may still be taken back. It is what keeps a replayed request from being counted
twice and a reversal from being made twice. A host stores the sums as rows and the entries in a table whose key is the id; to ask about
one transaction it loads the sums of its day and its year, and the entry of its id where there is one. `reserving.trimmed` drops the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import MAXYEAR, MINYEAR, date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from attrs import field, frozen

from custmaster.errors import Fault, InvalidRecord, InvalidValue
from custmaster.limits.transaction import Slot, yuan
from custmaster.value._checks import of
from custmaster.value.money import ONE_AMOUNT, Money

__all__ = ["Bucket", "Entry", "Sum", "Sums", "Usage"]

_P = TypeVar("_P", date, int)
Sum = tuple[Decimal, int]
"""An amount in CNY, and the number of transactions that make it."""

Sums = Mapping[Slot, Sum]
"""Those of one period by slot; a slot in which nothing was used is not there."""

if TYPE_CHECKING:

    def _days(values: Mapping[date, Sums]) -> Mapping[date, Sums]: ...

    def _years(values: Mapping[int, Sums]) -> Mapping[int, Sums]: ...

    def _entries(values: Mapping[str, Entry]) -> Mapping[str, Entry]: ...

else:
    _days = _years = _entries = MappingProxyType


@frozen(kw_only=True)
class Bucket:
    """The sum of one slot on one business day, or in one calendar year: what a host stores as a row.

    Errors: InvalidRecord: neither a day nor a year or both, an amount below zero, or more than so many transactions can make, an amount without
    transactions or the other way about.

    >>> way = Slot(channel="MOBILE", action="SPEND")
    >>> Bucket(slot=way, year=2026, amount=Money(Decimal("12.50")), count=2).count
    2
    """

    slot: Slot = field(validator=of(Slot))
    day: date | None = None
    year: int | None = None
    amount: Money
    count: int = field(validator=of(int))

    def __attrs_post_init__(self) -> None:
        faults = tuple(_faults(self))
        if faults:
            raise InvalidRecord(faults) from None

    @property
    def order(self) -> tuple[int, str, tuple[str, ...]]:
        """Years before days, then the slot: for sorting only."""
        return (self.year or 0, "" if self.day is None else self.day.isoformat(), self.slot.order)


def _faults(bucket: Bucket) -> Iterator[InvalidValue]:
    if (bucket.day is None) is (bucket.year is None):
        yield InvalidValue(Fault.CONFLICT, path="day", remedy="a sum is that of a day or that of a year")
    if bucket.day is not None and type(bucket.day) is not date:
        yield InvalidValue(Fault.TYPE, path="day", remedy="a business date without a time of day")
    if bucket.year is not None and not (type(bucket.year) is int and MINYEAR <= bucket.year <= MAXYEAR):
        yield InvalidValue(Fault.RANGE, path="year", remedy="a year of the calendar, as a whole number")
    try:
        amount = yuan(bucket.amount, "amount")
    except InvalidValue as fault:
        yield fault
        return
    if amount < 0 or bucket.count < 0:
        yield InvalidValue(Fault.RANGE, path="amount", remedy="nobody has used less than nothing")
    elif (amount == 0) is not (bucket.count == 0):
        yield InvalidValue(Fault.CONFLICT, path="count", remedy="every transaction has an amount")
    elif amount and amount >= bucket.count * ONE_AMOUNT:
        yield InvalidValue(Fault.RANGE, path="amount", remedy="no transaction is of 10**15 or above")


@frozen(kw_only=True)
class Entry:
    """A transaction that was reserved, as long as it may be reversed, and whether it was. Errors: InvalidValue (TYPE).

    >>> Entry(
    ...     id="T-1", slot=Slot(channel="WEB", action="SPEND"), day=date(2026, 11, 23), amount=Money(Decimal(1))
    ... ).undone
    False
    """

    id: str = field(validator=of(str))
    slot: Slot = field(validator=of(Slot))
    day: date = field(validator=of(date))
    amount: Money = field(validator=of(Money))
    undone: bool = False


@frozen(kw_only=True)
class Usage:
    """What one customer has used over all accounts; made by `Usage.of`, and anew by `reserve` and `reverse`.

    `days` and `years` hold the sums by period and slot, `entries` the transactions by id. Source: R-61, B7.

    >>> Usage.of("6000000001").buckets
    ()
    """

    customer: str
    days: Mapping[date, Sums] = field(converter=_days)
    years: Mapping[int, Sums] = field(converter=_years)
    entries: Mapping[str, Entry] = field(converter=_entries)

    @classmethod
    def of(cls, customer: str, buckets: Iterable[Bucket] = (), entries: Iterable[Entry] = ()) -> Usage:
        """The usage that a host's rows say. Errors: InvalidValue (DUPLICATE) for two sums of one slot and period, or two entries of an id."""
        days: dict[date, dict[Slot, Sum]] = {}
        years: dict[int, dict[Slot, Sum]] = {}
        for place, row in enumerate(buckets):
            period = days.setdefault(row.day, {}) if row.day is not None else years.setdefault(row.year or 0, {})
            if row.slot in period:
                raise InvalidValue(Fault.DUPLICATE, path=f"buckets[{place}]", remedy="one sum a slot and period")
            period[row.slot] = (row.amount.amount, row.count)
        known: dict[str, Entry] = {}
        for place, entry in enumerate(entries):
            if known.setdefault(entry.id, entry) is not entry:
                raise InvalidValue(Fault.DUPLICATE, path=f"entries[{place}]", remedy="an id stands once")
        return cls(customer=customer, days=_filled(days), years=_filled(years), entries=known)

    @property
    def buckets(self) -> tuple[Bucket, ...]:
        """The sums as rows to store, in a total order."""
        of_days = [_bucket(slot, used, day=day) for day, sums in self.days.items() for slot, used in sums.items()]
        of_years = [_bucket(slot, used, year=year) for year, sums in self.years.items() for slot, used in sums.items()]
        return tuple(sorted((*of_years, *of_days), key=lambda row: row.order))


def _bucket(slot: Slot, used: Sum, *, day: date | None = None, year: int | None = None) -> Bucket:
    return Bucket(slot=slot, day=day, year=year, amount=Money(used[0]), count=used[1])


def _filled(periods: Mapping[_P, Mapping[Slot, Sum]]) -> Mapping[_P, Sums]:
    """The periods without the slots in which nothing was used, and without periods that are empty then."""
    some = {period: {slot: used for slot, used in sums.items() if used[1]} for period, sums in periods.items()}
    return {period: MappingProxyType(sums) for period, sums in some.items() if sums}
