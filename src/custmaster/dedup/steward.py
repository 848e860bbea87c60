"""The steward's ledger: what people have ruled about pairs of records, kept apart from all evidence, so that it survives new rules.

The ledger only grows: a ruling that was wrong is withdrawn by another entry. What contradicts it is not taken, and the answer names the
rulings that speak against. Rulings count by way of each other: who says a=b and b=c has said a=c. Source: field.md, pains 3 and 10.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from custmaster.dedup._ruled import Ruled
from custmaster.dedup.links import Fixed, FixedBy, FixedPairs, in_order
from custmaster.dedup.rulings import Ruling, RulingKind
from custmaster.errors import Fault, InvalidValue

__all__ = ["EMPTY_LEDGER", "Contradiction", "Ledger", "Ruling", "RulingKind"]


@frozen(kw_only=True)
class Contradiction:
    """A ruling that was not taken, and those that speak against it: none of them can be left out of the proof."""

    ruling: Ruling
    against: tuple[Ruling, ...]

    @property
    def sentence(self) -> str:
        """The contradiction in words, by the keys of the records and the names of the stewards.

        >>> one = Ruling(left="a", right="b", kind=RulingKind.MUST_LINK, by="S-1", day=date(2026, 11, 23))
        >>> no = Ruling(left="a", right="b", kind=RulingKind.CANNOT_LINK, by="S-2", day=date(2026, 11, 24))
        >>> Contradiction(ruling=no, against=(one,)).sentence
        'a and b: CANNOT_LINK contradicts a and b: MUST_LINK (S-1, 2026-11-23)'
        """
        said = "; ".join(f"{_pair(one)}: {one.kind} ({one.by}, {one.day})" for one in self.against)
        return f"{_pair(self.ruling)}: {self.ruling.kind} contradicts {said}"


def _pair(ruling: Ruling) -> str:
    return " and ".join(ruling.pair)


if TYPE_CHECKING:

    def _entries(values: Iterable[Ruling]) -> tuple[Ruling, ...]: ...

else:
    _entries = tuple


@frozen(kw_only=True)
class Ledger:
    """All rulings in the order in which they were taken; it never holds a contradiction.

    Errors: InvalidValue (CONFLICT) for entries that contradict each other.

    >>> said = {"by": "S-1", "day": date(2026, 11, 23)}
    >>> ledger = EMPTY_LEDGER.extend(
    ...     [
    ...         Ruling(left="a", right="b", kind=RulingKind.MUST_LINK, **said),
    ...         Ruling(left="b", right="c", kind=RulingKind.MUST_LINK, **said),
    ...     ]
    ... )
    >>> answer = ledger.add(Ruling(left="a", right="c", kind=RulingKind.CANNOT_LINK, **said))
    >>> [one.pair for one in answer.against]
    [('a', 'b'), ('b', 'c')]
    """

    entries: tuple[Ruling, ...] = field(default=(), converter=_entries)

    def __attrs_post_init__(self) -> None:
        ruled = self._ruled
        if ruled.refused:
            place = next(place for place, one in enumerate(self.entries) if one is ruled.refused[0][0])
            raise InvalidValue(Fault.CONFLICT, path=f"entries[{place}]", remedy="it contradicts those before it")

    @cached_property
    def _ruled(self) -> Ruled:
        return Ruled(self.entries)

    @property
    def standing(self) -> tuple[Ruling, ...]:
        """The rulings that hold, at most one of a pair, sorted by their records."""
        return tuple(ruling for _, ruling in sorted(self._ruled.standing.items()))

    def add(self, ruling: Ruling) -> Ledger | Contradiction:
        """The ledger with the ruling, or what contradicts it; the same ledger when it says so already.

        A ruling that answers the question (MUST_LINK, CANNOT_LINK) gives way to nothing but a WITHDRAWN of the same two records.
        """
        answer = self.extend((ruling,))
        return answer if isinstance(answer, Ledger) else answer[0]

    def extend(self, rulings: Iterable[Ruling]) -> Ledger | tuple[Contradiction, ...]:
        """The ledger with all the rulings, or every contradiction among them and with it: all are taken, or none is."""
        ruled = Ruled(self.entries)
        taken = [ruling for ruling in rulings if ruled.take(ruling)]
        if ruled.refused:
            return tuple(Contradiction(ruling=ruling, against=against) for ruling, against in ruled.refused)
        return Ledger(entries=(*self.entries, *taken)) if taken else self

    def says(self, left: str, right: str) -> RulingKind | None:
        """What holds of the two records, be it by way of others; None when nobody has said anything.

        >>> EMPTY_LEDGER.says("a", "b") is None
        True
        """
        answer = self._ruled.answer(left, right)
        if answer is not None:
            return answer
        ruling = self._ruled.standing.get(in_order(left, right))
        return None if ruling is None else ruling.kind

    def postponed_until(self, left: str, right: str) -> date | None:
        """The day until which a steward has put the two off, if he has."""
        ruling = self._ruled.standing.get(in_order(left, right))
        return None if ruling is None else ruling.until

    def fixed(self, day: date, *, records: Collection[str] | None = None, vetoes: Iterable[Fixed] = ()) -> FixedPairs:
        """What clustering has to keep to on a day: `must` and `cannot` pairs with the vetoes, and the pairs in doubt.

        With `records` given, only those are named: what was ruled by way of a record that is gone holds of those that are left.

        >>> ruling = Ruling(left="a", right="b", kind=RulingKind.UNSURE, by="S-1", day=date(2026, 11, 23))
        >>> Ledger(entries=[ruling]).fixed(date(2026, 11, 24)).doubted
        frozenset({('a', 'b')})
        """
        ruled = self._ruled
        doubted = (pair for pair, one in ruled.standing.items() if not one.kind.is_final)
        return FixedPairs(
            must=tuple(sorted(_told(ruled.musts(records)))),
            cannot=tuple(sorted({*_told(ruled.cannots(records)), *vetoes})),
            doubted=frozenset(pair for pair in doubted if _in_doubt(ruled.standing[pair], day)),
        )


def _told(pairs: Iterable[tuple[str, str, Ruling]]) -> Iterator[Fixed]:
    return (Fixed(left, right, FixedBy.RULING, ruling.by) for left, right, ruling in pairs)


def _in_doubt(ruling: Ruling, day: date) -> bool:
    return ruling.until is None or ruling.until > day


EMPTY_LEDGER: Final = Ledger()
"""Nobody has ruled anything."""
