"""Whether an edit has reached the other system, so that it survives when its author's own store is lost."""

from __future__ import annotations

from attrs import evolve

from custmaster.sim.sync._book import NOBODY, Book, Side

__all__ = ["holds"]


def holds(book: Book, edit: int, side: Side) -> bool:
    """Whether the edit is in the side's values, in its shadow, in what their authors had seen, or in what it told."""
    if any(told.edit == edit for told in side.told):
        return True
    waiting = {one.field for one in side.replica.pending}
    shadow = side if side.replica.owner else evolve(side, replica=evolve(side.replica, values=side.replica.base))
    base = dict(side.base)
    for name in book[edit].fields:
        if not side.replica.present and name not in waiting:
            continue  # a copy that was given up for a repair is what people still see, and nothing more
        stands = {side.writer(name), shadow.writer(name), base.get(name, NOBODY)}
        if any(edit in book.history(one, name) for one in stands):
            return True
    return False
