"""The steward's worklist of a run: what was raised, what people have answered since, and what closed and why.

An item keeps its id from run to run. One that asks about a record that is gone is closed, and says which; one whose records were joined
meanwhile is closed too. Source: field.md, pain 12.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Final

from attrs import evolve, frozen

from custmaster.dedup._raised import Edges, above, below_and_margin, updates
from custmaster.dedup.clusters import FIRST_RUN, Clusterings, Edge, Known
from custmaster.dedup.items import QUESTION_LIMIT, Closing, Item, ItemState, ItemType, Question
from custmaster.dedup.links import strongest_edges
from custmaster.dedup.rulings import RulingKind
from custmaster.dedup.steward import Ledger

__all__ = ["Closing", "Item", "ItemState", "ItemType", "Question", "Run", "worklist"]

_ANSWERS: Final = (RulingKind.MUST_LINK, RulingKind.CANNOT_LINK)


@frozen(kw_only=True)
class Run:
    """One run of clustering: its links, the clusterings made of them, the records that are there, and the clusters of the run before.

    `records` None: all that are named are there. `closeness` is how little two scores of an outside matcher may differ to compete.
    """

    edges: tuple[Edge, ...]
    clusterings: Clusterings
    records: Collection[str] | None = None
    known: Known = FIRST_RUN
    closeness: float = 0.0

    def gone(self, item: Item) -> tuple[str, ...]:
        """The records of the item that are no longer there, at most QUESTION_LIMIT of them."""
        there = item.records if self.records is None else self.records
        return tuple(one for one in item.records if one not in there)[:QUESTION_LIMIT]


def worklist(run: Run, *, ledger: Ledger, day: date, before: Iterable[Item] = ()) -> tuple[Item, ...]:
    """All items of the run that are not answered, and those of `before` that it closes; by type, then by records.

    Items that were closed `before` are left out, unless they are raised again. The order of the links does not matter.

    >>> from custmaster.dedup.clusters import clusterings
    >>> from custmaster.dedup.codes import Link, Verdict
    >>> from custmaster.dedup.steward import EMPTY_LEDGER
    >>> edges = (Edge("a", "b", Link.REVIEW, Verdict.SUSPECT, "+NAME+MOBILE", "NAME_MOBILE"),)
    >>> run = Run(edges=edges, clusterings=clusterings(edges))
    >>> [(item.type, item.state) for item in worklist(run, ledger=EMPTY_LEDGER, day=date(2026, 11, 24))]
    [(<ItemType.BELOW: 'BELOW'>, <ItemState.OPEN: 'OPEN'>)]
    """
    held = {item.id: item for item in before}
    made: dict[str, Item] = {}
    for raised in _raised(run, ledger, day):
        item = _standing(raised, ledger, day)
        earlier = held.get(item.id)
        if item.state is not ItemState.CLOSED:
            if earlier is not None and earlier.state is not ItemState.CLOSED:
                item = evolve(item, opened_on=earlier.opened_on)
            made[item.id] = item
    for item in held.values():
        if item.id not in made and item.state is not ItemState.CLOSED:
            made[item.id] = _closed(item, run, ledger, day)
    order = list(ItemType)
    return tuple(sorted(made.values(), key=lambda item: (order.index(item.type), item.records, item.id)))


def _raised(run: Run, ledger: Ledger, day: date) -> Iterator[Item]:
    there = run.records
    edges: Edges = {
        pair: edge
        for pair, edge in strongest_edges(run.edges).items()
        if there is None or (edge.left in there and edge.right in there)
    }
    yield from above(edges, run.clusterings, day)
    asked = {pair: edge for pair, edge in edges.items() if ledger.says(*pair) not in _ANSWERS}
    yield from below_and_margin(asked, run.clusterings, day, run.closeness)
    known = run.known.automatic
    present = known if there is None else {record: name for record, name in known.items() if record in there}
    yield from updates(run.clusterings.automatic.clusters, present, edges, day)


def _standing(item: Item, ledger: Ledger, day: date) -> Item:
    """The item by what has been ruled: closed when every pair is answered, put off when the others all are."""
    unanswered = [one for one in item.questions if ledger.says(one.left, one.right) not in _ANSWERS]
    if not unanswered:
        return evolve(item, state=ItemState.CLOSED)
    days = [ledger.postponed_until(one.left, one.right) for one in unanswered]
    later = [until for until in days if until is not None and until > day]
    return evolve(item, state=ItemState.POSTPONED, until=min(later)) if len(later) == len(days) else item


def _closed(item: Item, run: Run, ledger: Ledger, day: date) -> Item:
    gone = run.gone(item)
    homes = {run.clusterings.automatic.id_of(record) for record in item.records}
    if gone:
        why = Closing.RECORD_GONE
    elif any(ledger.says(one.left, one.right) in _ANSWERS for one in item.questions):
        why = Closing.DECIDED
    elif item.type is ItemType.UPDATE:
        why = Closing.SEEN
    else:
        why = Closing.JOINED if len(homes) == 1 else Closing.NO_LONGER
    return evolve(item, state=ItemState.CLOSED, until=None, closing=why, closed_on=day, gone=gone)
