"""Links between records, rulings about them and ledgers: few records, so that links meet, contradict each other and what is ruled."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from custmaster.dedup.codes import Link, Verdict
from custmaster.dedup.items import Closing, Item, ItemState, ItemType, Question, item_of
from custmaster.dedup.links import Edge, Fixed, FixedBy
from custmaster.dedup.rulings import Ruling, RulingKind
from custmaster.dedup.steward import EMPTY_LEDGER, Ledger

__all__ = ["edges", "steward_ledgers", "rulings", "vetoes", "worklist_items"]

_RECORDS: Final = tuple(f"70000000{place:02}" for place in range(1, 10))
_FIRST: Final = date(2026, 1, 1)
_VERDICTS: Final = {
    Link.AUTOMATIC: (Verdict.EXISTS,),
    Link.REVIEW: (Verdict.SUSPECT, Verdict.ID_UPGRADE, Verdict.SAME_NUMBER_OTHER_TYPE),
    Link.CONFLICT: (Verdict.CONFLICT_NAME,),
    Link.NONE: (Verdict.NEW,),
}


@st.composite
def _pair(draw: DrawFn, size: int) -> tuple[str, str]:
    one = draw(st.integers(0, size - 1))
    other = draw(st.integers(0, size - 2))
    return _RECORDS[one], _RECORDS[other if other < one else other + 1]


def _pairs(records: int) -> SearchStrategy[tuple[str, str]]:
    if not 2 <= records <= len(_RECORDS):
        raise ValueError(f"records: 2 to {len(_RECORDS)}")
    return _pair(records)


@st.composite
def _edge(draw: DrawFn, records: int) -> Edge:
    left, right = draw(_pair(records))
    link = draw(st.sampled_from(tuple(Link)))
    return Edge(left, right, link, draw(st.sampled_from(_VERDICTS[link])), "+NAME", "ROW")


def edges(*, records: int = 6) -> SearchStrategy[Edge]:
    """A link of any kind between two of a few records; `records` says of how many, 2 to 9.

    >>> from hypothesis import given
    >>> @given(edges(records=2))
    ... def there_are_two(edge):
    ...     assert {edge.left, edge.right} == {"7000000001", "7000000002"}
    >>> there_are_two()
    """
    _pairs(records)
    return _edge(records)


def vetoes(*, records: int = 6) -> SearchStrategy[Fixed]:
    """Two of the records of `edges` that must not be one, because a row of the tables says so."""
    return _pairs(records).map(lambda pair: Fixed(*pair, FixedBy.VETO, "OTHER_SEX"))


@st.composite
def _ruling(draw: DrawFn, records: int) -> Ruling:
    left, right = draw(_pair(records))
    kind = draw(st.sampled_from(tuple(RulingKind)))
    day = _FIRST + timedelta(days=draw(st.integers(0, 9)))
    until = day + timedelta(days=draw(st.integers(1, 9))) if kind is RulingKind.POSTPONED else None
    by = draw(st.sampled_from(("S-1", "S-2")))
    return Ruling(left=left, right=right, kind=kind, by=by, day=day, until=until)


def rulings(*, records: int = 6) -> SearchStrategy[Ruling]:
    """A ruling of any kind about two of the records of `edges`."""
    _pairs(records)
    return _ruling(records)


def _ledger(given: list[Ruling]) -> Ledger:
    ledger = EMPTY_LEDGER
    for ruling in given:
        answer = ledger.add(ruling)
        ledger = answer if isinstance(answer, Ledger) else ledger
    return ledger


def steward_ledgers(*, records: int = 6) -> SearchStrategy[Ledger]:
    """A ledger of rulings about the records of `edges`; what contradicted it was left out.

    >>> from hypothesis import given
    >>> @given(steward_ledgers())
    ... def it_holds_no_contradiction(ledger):
    ...     assert Ledger(entries=ledger.entries) == ledger
    >>> it_holds_no_contradiction()
    """
    return st.lists(rulings(records=records), max_size=8).map(_ledger)


@st.composite
def worklist_items(draw: DrawFn) -> Item:
    """An item of a worklist, open, put off or closed, about records of `edges`."""
    pairs = draw(st.lists(_pair(len(_RECORDS)), min_size=1, max_size=4, unique_by=frozenset))
    asked = [Question(left=left, right=right, evidence="+NAME", row="ROW") for left, right in pairs]
    item = item_of(draw(st.sampled_from(tuple(ItemType))), asked, _FIRST)
    later = _FIRST + timedelta(days=draw(st.integers(1, 9)))
    match draw(st.sampled_from(tuple(ItemState))):
        case ItemState.OPEN:
            return item
        case ItemState.POSTPONED:
            return evolve(item, state=ItemState.POSTPONED, until=later)
        case ItemState.CLOSED:
            why = draw(st.sampled_from(tuple(Closing)))
            return evolve(item, state=ItemState.CLOSED, closing=why, closed_on=later)
