"""The end of a simulated run: who lost what to a restore, whose digests differ, whether all came to rest equal and accounted for."""

from __future__ import annotations

from collections.abc import Mapping

from custmaster.sim.sync._book import Book, Side, Told
from custmaster.sim.sync._ending import OF_ENDS, OF_HISTORIES, End, History
from custmaster.sim.sync._held import holds
from custmaster.sim.sync._host import Core, Letter
from custmaster.sim.sync._watch import Fault, broken
from custmaster.sync.digest import compare

__all__ = ["Settling"]


class Settling:
    """What must be remembered of a run to judge its end. `made`: the edits of each customer."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.made: dict[str, list[int]] = {}
        self.excused: set[int] = set()
        self.told: set[Told] = set()
        self.letters: dict[str, dict[Letter, None]] = {}

    def wrote(self, edit: int) -> None:
        """An edit was made and stored."""
        self.made.setdefault(self.book[edit].number, []).append(edit)

    def sent(self, one: Letter) -> None:
        """A letter was sent."""
        self.letters.setdefault(one.number, {})[one] = None

    def restored(self, lost: Mapping[str, Side], cores: tuple[Core, ...]) -> None:
        """A system lost what it had stored: the edits that neither system has now are gone."""
        for number, side in lost.items():
            self.told |= side.told
            kept = tuple(core.side(number) for core in cores)
            made = self.made.get(number, ())
            self.excused |= {edit for edit in made if not any(holds(self.book, edit, one) for one in kept)}

    def differing(self, cores: tuple[Core, ...], sick: frozenset[str]) -> tuple[str, ...]:
        """The customers whose digests differ."""
        one, other = (core.digests() for core in cores)
        return tuple(found.number for found in compare(one, other) if found.number not in sick)

    def ended(self, number: str, cores: tuple[Core, ...]) -> tuple[Fault, ...]:
        """What is wrong with one customer at the end; then every old letter comes once more."""
        one, other = (core.side(number) for core in cores)
        made = tuple(self.made.get(number, ()))
        if not one.replica.present and not other.replica.present and not made:
            return ()
        rested = not any(core.owed(number).sent for core in cores)
        for old in self.letters.get(number, ()):
            core = next(core for core in cores if core.system == old.receiver)
            core.receive(old)
        after = tuple(core.side(number).replica for core in cores)
        end = End(one=one, other=other, rested=rested, woken=after != (one.replica, other.replica))
        history = History(
            end=end,
            made=made,
            excused=frozenset(self.excused),
            told=frozenset(self.told) | one.told | other.told,
        )
        return (*broken(OF_ENDS, end, self.book), *broken(OF_HISTORIES, history, self.book))
