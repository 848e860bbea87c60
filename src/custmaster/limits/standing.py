"""The limits that stand for one customer on one day: regulation, the bank's own and agreed ones, of which an agreed one only tightens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from attrs import evolve, field, frozen

from custmaster.decision import Fact, Outcome, Reason
from custmaster.handbook import Page
from custmaster.limits.codes import LimitCode
from custmaster.limits.kinds import Measure, Over, Scope, Source
from custmaster.limits.regulation import regulation_rows
from custmaster.limits.row import LimitRow
from custmaster.limits.transaction import Slot
from custmaster.value.party import PartyKind

__all__ = ["Standing", "standing", "stricter"]


Part = tuple[int, int]
Places = tuple[tuple[Part, ...], tuple[Part, ...]]
_ADDS: Final[Mapping[Measure, tuple[int, int] | None]] = {
    # which sums count towards the measure: those of the day (0) or the year (1), the amount (0) or the number (1)
    Measure.SINGLE: None,
    Measure.DAY_AMOUNT: (0, 0),
    Measure.DAY_COUNT: (0, 1),
    Measure.YEAR_AMOUNT: (1, 0),
    Measure.BALANCE: None,
}


@frozen(kw_only=True)
class Standing:
    """The rows that bind a customer of this kind on this day, in their order, and a note for each agreed one that binds nothing.

    Made once for a day by `standing`, and asked as often as there are transactions: which rows cover which way money moves is looked up once
    and remembered. Customers of one kind with whom nothing was agreed may share it. `handbook` is the stamp of the page.
    """

    day: date
    party: PartyKind
    rows: tuple[LimitRow, ...]
    notes: tuple[Reason, ...] = ()
    handbook: str
    apart: tuple[bool, ...] = field(init=False, repr=False, eq=False)
    """For each row whether it counts what went over one account only."""
    # What was found by `over` and `places`; by way and not by account, so that it cannot grow beyond the bank's own codes.
    _over: dict[str, Standing] = field(init=False, repr=False, eq=False, factory=dict[str, "Standing"])
    _places: dict[str, Places] = field(init=False, repr=False, eq=False, factory=dict[str, Places])

    def __attrs_post_init__(self) -> None:
        apart = tuple(row.scope is Scope.ACCOUNT or row.account is not None for row in self.rows)
        object.__setattr__(self, "apart", apart)

    def over(self, slot: Slot) -> Standing:
        """The same with only the rows that cover the slot, whatever the account of each."""
        found = self._over.get(slot.way)
        if found is None:
            found = evolve(self, rows=tuple(row for row in self.rows if row.covers_way(slot)))
            self._over[slot.way] = found
        return found

    def places(self, slot: Slot) -> Places:
        """The places of the rows that add up what goes over the slot, whatever the account: those of a day, those of a year.

        With each place stands whether the row adds up amounts (0) or numbers (1).
        """
        found = self._places.get(slot.way)
        if found is None:
            rows = [(place, _ADDS[row.measure]) for place, row in enumerate(self.rows) if row.covers_way(slot)]
            adding = [(place, *adds) for place, adds in rows if adds is not None]
            of_day, of_year = (tuple((place, part) for place, kind, part in adding if kind == one) for one in (0, 1))
            found = self._places[slot.way] = (of_day, of_year)
        return found


def standing(page: Page, rows: Iterable[LimitRow], party: PartyKind) -> Standing:
    """What stands on the page's day for a customer of this kind: what regulation says, and of `rows` those that hold.

    `rows` are the bank's pack and what was agreed with the customer, together, in any order. An agreed row that is looser than a
    row of the bank or of regulation which covers all that it covers is told as a note (AGREED_LOOSER), and binds nothing. For a
    day gone by, give the page of that day. Source: R-61, field.md idea 7.

    >>> from custmaster.handbook import default
    >>> stands = standing(default().on(date(2026, 11, 23)), [], PartyKind.UNIT)
    >>> [row.code for row in stands.rows if row.party]
    ['UNIT_CONFIRMATION']
    """
    given = dict.fromkeys((*regulation_rows(page), *rows))
    held = sorted((row for row in given if row.holds(party, page.day)), key=lambda row: row.order)
    firm = [row for row in held if row.source is not Source.AGREED]
    looser = {row: found for row in held if (found := _tighter(row, firm)) is not None}
    return Standing(
        day=page.day,
        party=party,
        rows=tuple(row for row in held if row not in looser),
        notes=tuple(_note(row, found) for row, found in looser.items()),
        handbook=page.stamp,
    )


def _tighter(row: LimitRow, firm: Iterable[LimitRow]) -> LimitRow | None:
    """The first of the firm rows beside which an agreed one says nothing."""
    if row.source is not Source.AGREED:
        return None
    return next((one for one in firm if one.figure < row.figure and _stands_for(one, row)), None)


def _stands_for(one: LimitRow, other: LimitRow) -> bool:
    """Whether the one, were its figure no greater, would hold back everything that the other does."""
    return one.over in (Over.REFUSE, other.over) and one.covers_all_of(other)


def _note(row: LimitRow, stands: LimitRow) -> Reason:
    facts: dict[str, Fact] = {"row": row.code, "figure": row.figure, "stands": stands.code, "bound": stands.figure}
    return Reason(code=LimitCode.AGREED_LOOSER, outcome=Outcome.ALLOWED, citation=stands.citation, facts=facts)


def stricter(survivor: Iterable[LimitRow], absorbed: Iterable[LimitRow]) -> tuple[LimitRow, ...]:
    """The agreed rows of two customers that became one (归并), without those beside which a stricter one stands all their days.

    What is left holds the merged customer back from all that held back either. Source: requirements.md B6.

    >>> from decimal import Decimal
    >>> from custmaster.decision import Citation
    >>> from custmaster.limits.kinds import Measure
    >>> rows = [
    ...     LimitRow(
    ...         code=c, measure=Measure.SINGLE, figure=Decimal(f), source=Source.AGREED, citation=Citation(article=c)
    ...     )
    ...     for c, f in (("A", 500), ("B", 300))
    ... ]
    >>> [row.code for row in stricter(rows[:1], rows[1:])]
    ['B']
    """
    rows = sorted(dict.fromkeys((*survivor, *absorbed)), key=lambda row: row.order)
    return tuple(_left(rows))


def _left(rows: list[LimitRow]) -> Iterator[LimitRow]:
    kept: list[LimitRow] = []
    for row in rows:  # by measure and figure: what could stand for a row comes before it
        if not any(_stands_for(one, row) and _is_in_time(one, row) for one in kept):
            kept.append(row)
            yield row


def _is_in_time(one: LimitRow, other: LimitRow) -> bool:
    return one.party in (None, other.party) and one.valid.intersection(other.valid) == other.valid
