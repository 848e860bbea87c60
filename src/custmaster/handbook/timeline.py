"""Dated values: each holds from its day until the next one begins, so that every day has exactly one answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, Generic, TypeVar

from attrs import field, frozen

from custmaster.errors import Fault, InvalidValue
from custmaster.handbook.citation import Citation
from custmaster.value.span import Span

__all__ = ["Dated", "Period", "Timeline", "chain_faults"]

T_co = TypeVar("T_co", covariant=True)
Period = tuple[date, date | None]


@frozen(kw_only=True)
class Dated(Generic[T_co]):
    """A value with the days on which it holds (`until` is the first on which it no longer does) and its origin.

    `article` is where the rule stands; `source` a requirement or document number; `evidence` how well it is attested.

    >>> Dated(since=date(2017, 12, 29), value=25, article="四、2(1)").span
    Span(start=datetime.date(2017, 12, 29), end=None)
    """

    since: date
    until: date | None = None
    value: T_co
    article: str
    source: str = ""
    evidence: str = ""
    note: str = ""

    @property
    def span(self) -> Span:
        """The days on which the value holds."""
        return Span(self.since, self.until)

    def cite(self, key: str | None = None) -> Citation:
        """The citation of a reason that applied this value."""
        return Citation(article=self.article, key=key)


def chain_faults(periods: Sequence[Period]) -> tuple[tuple[int, Fault], ...]:
    """What is wrong with a list of periods as one timeline: the position of each culprit and its fault.

    A period without an end reaches to the next one. Faults: ORDER (ends before it begins), DUPLICATE (two begin on one day),
    OVERLAP (reaches into the next), GAP (ends before the next begins).

    >>> chain_faults([(date(2024, 1, 1), date(2024, 6, 1)), (date(2025, 1, 1), None)])
    ((0, <Fault.GAP: 'GAP'>),)
    """
    found: list[tuple[int, Fault]] = []
    order = sorted(range(len(periods)), key=lambda place: periods[place][0])
    for position, place in enumerate(order):
        after = order[position + 1] if position + 1 < len(order) else None
        fault = _fault(periods[place], None if after is None else periods[after][0])
        if fault is not None:
            found.append((place if fault is not Fault.DUPLICATE or after is None else after, fault))
    return tuple(sorted(found))


def _fault(period: Period, begins: date | None) -> Fault | None:
    since, until = period
    if until is not None and until <= since:
        return Fault.ORDER
    if begins is None:
        return None
    if begins == since:
        return Fault.DUPLICATE
    if until is None or until == begins:
        return None
    return Fault.OVERLAP if until > begins else Fault.GAP


def _chained(entries: Iterable[Dated[T_co]]) -> tuple[Dated[T_co], ...]:
    return tuple(sorted(entries, key=lambda entry: entry.since))


@frozen(kw_only=True)
class Timeline(Generic[T_co]):
    """Dated values in order, without gap or overlap from the first day on; the last one may end.

    Errors: InvalidValue (EMPTY, ORDER, DUPLICATE, OVERLAP, GAP) with the position in the list as its path.

    >>> five = Dated(since=date(2007, 8, 1), value=5, article="a")
    >>> ten = Dated(since=date(2025, 1, 1), value=10, article="b")
    >>> years = Timeline(entries=[ten, five])
    >>> [
    ...     entry.value if (entry := years.at(day)) else None
    ...     for day in (date(2006, 1, 1), date(2024, 12, 31), date(2025, 1, 1))
    ... ]
    [None, 5, 10]
    """

    entries: tuple[Dated[T_co], ...] = field(converter=_chained)

    def __attrs_post_init__(self) -> None:
        if not self.entries:
            raise InvalidValue(Fault.EMPTY, remedy="a timeline holds at least one dated value")
        for place, fault in chain_faults([(entry.since, entry.until) for entry in self.entries]):
            raise InvalidValue(fault, path=f"[{place}]")

    @property
    def first(self) -> date:
        """The first day that has an answer."""
        return self.entries[0].since

    @property
    def end(self) -> date | None:
        """The first day that has none any more; None when the last value holds for good."""
        return self.entries[-1].until

    def spans(self) -> tuple[Span, ...]:
        """For each entry the days that it answers: up to the next entry."""
        ends: Final = [*(entry.since for entry in self.entries[1:]), self.end]
        return tuple(Span(entry.since, end) for entry, end in zip(self.entries, ends, strict=True))

    def at(self, day: date) -> Dated[T_co] | None:
        """The entry that holds on the day; None before the first day and after the end."""
        if self.end is not None and day >= self.end:
            return None
        return next((entry for entry in reversed(self.entries) if entry.since <= day), None)
