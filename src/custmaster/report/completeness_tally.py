"""How complete the customers of a file are: for each element how many rows have it in which state, never a finding for each row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from attrs import frozen

from custmaster.customer.completeness import Scorer
from custmaster.customer.elements import Element, ElementState
from custmaster.handbook import Page
from custmaster.value.party import PartyKind
from custmaster.wire.structure import Structured
from custmaster.wire.table import Row

__all__ = ["Completeness", "CompletenessCounter"]


@frozen(kw_only=True)
class Completeness:
    """For each element that the handbook asks for, in its order, the rows by state; `complete` rows have every element.

    An element that no column of the file feeds is MISSING in every row: the bank does not have it in this file.
    """

    rows: int
    complete: int
    elements: Mapping[Element, Mapping[ElementState, int]]


class CompletenessCounter:
    """Counts the scores of row after row; `counted()` gives the summary so far. Source: requirements.md B5.

    >>> from custmaster.customer.entry import Entry
    >>> from custmaster.handbook import default
    >>> from custmaster.value.name import Name
    >>> counter = CompletenessCounter(default().on(date(2026, 11, 23)), date(2026, 11, 23))
    >>> counter.watch(Row(line=2, cells=("张伟",)), Structured(entry=Entry(name=Name("张伟")), record=None))
    >>> counter.counted().elements[Element.NAME][ElementState.PRESENT]
    1
    """

    def __init__(self, page: Page, day: date) -> None:
        self._scorer = Scorer(page=page, day=day)
        self._profiles = Counter[tuple[PartyKind, tuple[ElementState | None, ...]]]()

    def watch(self, _row: Row, structured: Structured) -> None:
        """Score one row; one that could not be read is passed over."""
        if structured.entry is not None:
            entry = structured.entry
            self._profiles[entry.kind, self._scorer.states(entry)] += 1

    def as_plain(self) -> list[object]:
        """Plain values for another process, see `take`."""
        return [(kind.value, list(profile), count) for (kind, profile), count in self._profiles.items()]

    def take(self, plain: Iterable[tuple[str, list[str | None], int]]) -> None:
        """What was counted elsewhere, of other rows of the same file."""
        for kind, profile, count in plain:
            states = tuple([None if state is None else ElementState(state) for state in profile])
            self._profiles[PartyKind(kind), states] += count

    def counted(self) -> Completeness:
        """The summary of all rows so far."""
        states: dict[Element, Counter[ElementState]] = {}
        complete = 0
        for (kind, profile), count in self._profiles.items():
            complete += count * all(state is ElementState.PRESENT for state in profile if state is not None)
            for element, state in zip(self._scorer.elements[kind], profile, strict=True):
                if state is not None:
                    states.setdefault(element, Counter())[state] += count
        order = [element for element in Element if element in states]
        elements = {element: _in_order(states[element]) for element in order}
        return Completeness(rows=self._profiles.total(), complete=complete, elements=MappingProxyType(elements))


def _in_order(counts: Counter[ElementState]) -> Mapping[ElementState, int]:
    return MappingProxyType({state: counts[state] for state in ElementState})
