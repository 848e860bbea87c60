"""The steps of small worlds, each worked out once: sides, messages and histories have numbers, and a step is a look-up the second time.

One customer's world is a cell of five numbers: what BP has stored, what EUSP has stored, every message ever sent, every edit ever made,
and the rest (Aside). Nothing ever leaves the network: a message may arrive at once, later, twice or never, and that is loss, delay,
disorder and repetition in one. A crash needs no step of its own, since what is owed is derived from what is stored.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Generic, TypeVar

from attrs import evolve, frozen

from custmaster.sim.sync._book import Book, Deed, Element, Side, Told
from custmaster.sim.sync._ending import OF_ENDS, OF_HISTORIES, End, History
from custmaster.sim.sync._evidence import Pair
from custmaster.sim.sync._held import holds
from custmaster.sim.sync._oracle import OF_PAIRS
from custmaster.sim.sync._watch import Act, Fault, Survivors, Watch, broken
from custmaster.sim.sync.scope import SYSTEMS, Scope
from custmaster.sync.rules import Rules

__all__ = ["Aside", "Cell", "Lab", "Move"]

T = TypeVar("T")
Cell = tuple[int, int, int, int, int]
"""BP's side, EUSP's side, the messages, the edits, the rest: each by its number."""

_ENOUGH: Final = 24
"""Rounds after which an exchange without faults counts as endless; honest ones need four."""


@frozen(kw_only=True, cache_hash=True)
class Aside:
    """What belongs to a customer's history and to no system: what was spent, the backup, and what a restore took away."""

    handovers: int = 0
    restores: int = 0
    repairs: int = 0
    upgraded: tuple[bool, bool] = (False, False)
    backup: tuple[int, int] | None = None
    excused: frozenset[int] = frozenset()
    told: frozenset[Told] = frozenset()


@frozen
class Move:
    """One step of one system: the side afterwards, the messages sent, the edit made, and what was wrong."""

    after: int
    sent: tuple[int, ...] = ()
    edit: int = 0
    refused: str | None = None
    faults: tuple[Fault, ...] = ()


class Interned(Generic[T]):
    """Values and their numbers, in the order in which they were first seen."""

    def __init__(self) -> None:
        self.values: list[T] = []
        self._numbers: dict[T, int] = {}

    def number(self, value: T) -> int:
        """The number of the value."""
        found = self._numbers.get(value)
        if found is None:
            found = self._numbers[value] = len(self.values)
            self.values.append(value)
        return found

    def __getitem__(self, number: int) -> T:
        return self.values[number]


class Lab:
    """All steps of the worlds of one scope under one set of rules."""

    def __init__(self, rules: Rules, scope: Scope) -> None:
        self.scope = scope
        self.book = Book()
        self.watch = Watch(rules, self.book)
        self.settings = (scope.setting(), scope.setting(upgraded=True))
        self.sides = Interned[Side]()
        self.elements = Interned[Element]()
        self.bags = Interned[tuple[int, ...]]()
        self.asides = Interned[Aside]()
        self.arrivals: dict[tuple[int, int, bool, Survivors], Move] = {}
        self._writings: dict[tuple[int, Deed, int, bool], Move] = {}
        self._owed: dict[tuple[int, bool], Move] = {}
        self._added: dict[tuple[int, tuple[int, ...]], int] = {}
        self._pairs: dict[tuple[int, int], tuple[Fault, ...]] = {}
        self._kept: dict[tuple[int, bool], tuple[Fault, ...]] = {}
        self._ends: dict[tuple[int, int, Survivors], tuple[int, int, bool, tuple[int, ...], tuple[Fault, ...]]] = {}
        self._wakes: dict[tuple[int, int, int], bool] = {}
        self._histories: dict[tuple[int, int, int, int], tuple[Fault, ...]] = {}

    # Steps.

    def _move(self, act: Act) -> Move:
        sent = tuple(map(self.elements.number, act.sent))
        return Move(self.sides.number(act.after), sent, act.edit, act.refused, act.faults)

    def arrive(self, side: int, element: int, upgraded: bool, survivors: Survivors = ()) -> Move:  # noqa: FBT001  # a memo's key
        """The message arrives at the side."""
        key = (side, element, upgraded, survivors)
        move = self.arrivals.get(key)
        if move is None:
            act = self.watch.deliver(self.sides[side], self.elements[element], self.settings[upgraded], survivors)
            move = self.arrivals[key] = self._move(act)
        return move

    def write(self, side: int, deed: Deed, place: int, upgraded: bool) -> Move:  # noqa: FBT001  # a memo's key
        """An author at the side does the deed."""
        key = (side, deed, place, upgraded)
        move = self._writings.get(key)
        if move is None:
            move = self._move(self.watch.write(self.sides[side], deed, place, self.settings[upgraded]))
            self._writings[key] = move
        return move

    def owed(self, side: int, upgraded: bool) -> Move:  # noqa: FBT001  # a memo's key
        """What the side owes."""
        move = self._owed.get((side, upgraded))
        if move is None:
            move = self._move(self.watch.owed(self.sides[side], self.settings[upgraded]))
            self._owed[side, upgraded] = move
        return move

    def act(self, act: Act) -> Move:
        """Any other step, by its numbers."""
        return self._move(act)

    # Cells.

    def place(self, element: int) -> int:
        """Which system the message is for: 0 is BP."""
        return SYSTEMS.index(self.elements[element].message.receiver)

    def bag(self, bag: int, more: Iterable[int]) -> int:
        """The bag with more in it."""
        wanted = tuple(more)
        if not wanted:
            return bag
        key = (bag, wanted)
        found = self._added.get(key)
        if found is None:
            held = self.bags[bag]
            united = tuple(sorted({*held, *wanted}))
            found = self._added[key] = bag if len(united) == len(held) else self.bags.number(united)
        return found

    def after(self, cell: Cell, place: int, move: Move) -> tuple[Cell, tuple[Fault, ...]]:
        """The cell after a step of the system at `place`, and what is wrong with the step or with what came of it."""
        one, other, sent, made, aside = cell
        upgraded = self.asides[aside].upgraded
        owed = self.owed(move.after, upgraded[place])
        sent = self.bag(sent, (*move.sent, *owed.sent))
        made = self.bag(made, (move.edit,)) if move.edit else made
        one, other = (move.after, other) if place == 0 else (one, move.after)
        faults = (*move.faults, *owed.faults, *self.kept(move.after, upgraded[place]), *self.pair(one, other))
        return (one, other, sent, made, aside), faults

    def kept(self, side: int, upgraded: bool) -> tuple[Fault, ...]:  # noqa: FBT001  # a memo's key
        """What is wrong with the side."""
        found = self._kept.get((side, upgraded))
        if found is None:
            found = self._kept[side, upgraded] = self.watch.kept(self.sides[side], self.settings[upgraded])
        return found

    def pair(self, one: int, other: int) -> tuple[Fault, ...]:
        """What is wrong with the two sides together."""
        found = self._pairs.get((one, other))
        if found is None:
            found = broken(OF_PAIRS, Pair(one=self.sides[one], other=self.sides[other]), self.book)
            self._pairs[one, other] = found
        return found

    # Calm: every message arrives at once, in order, once.

    def exchange(self, one: int, other: int, survivors: Survivors = ()) -> tuple[int, int, bool, tuple[int, ...]]:
        """Both sides after an exchange without faults, whether it came to rest, and the messages in the order of their arrival."""
        sides, arrived = [one, other], list[int]()
        upgraded = self.scope.upgrades > 0
        for _ in range(_ENOUGH):
            queue = [element for side in sides for element in self.owed(side, upgraded).sent] or self._asked(sides)
            if not queue:
                return sides[0], sides[1], True, tuple(arrived)
            while queue and len(arrived) < 10 * _ENOUGH:
                element = queue.pop(0)
                place = self.place(element)
                move = self.arrive(sides[place], element, upgraded, survivors)
                sides[place] = move.after
                arrived.append(element)
                queue += move.sent
        return sides[0], sides[1], False, tuple(arrived)

    def _asked(self, sides: list[int]) -> list[int]:
        """At rest a peer asks for a customer of the other's stock, which nobody has modified (R-72)."""
        held = [self.sides[side].replica for side in sides]
        if not self.scope.stock or all(replica.present for replica in held):
            return []
        place = 0 if not held[0].present else 1
        sides[place] = self.act(self.watch.request(self.sides[sides[place]])).after
        return list(self.owed(sides[place], False).sent)

    def end(self, cell: Cell, survivors: Survivors = ()) -> tuple[Fault, ...]:
        """What is wrong with the rest to which the cell comes once the faults stop."""
        key = (cell[0], cell[1], survivors)
        found = self._ends.get(key)
        if found is None:
            one, other, rested, arrived = self.exchange(*key)
            end = End(one=self.sides[one], other=self.sides[other], rested=rested)
            found = self._ends[key] = (one, other, rested, arrived, broken(OF_ENDS, end, self.book))
        one, other, rested, arrived, faults = found
        if faults or not rested:
            return faults
        if any(self.wakes(one, other, element) for element in (*self.bags[cell[2]], *arrived)):
            end = End(one=self.sides[one], other=self.sides[other], rested=True, woken=True)
            return broken(OF_ENDS, end, self.book)
        return self._history(one, other, cell)

    def wakes(self, one: int, other: int, element: int) -> bool:
        """Whether the message, arriving at this rest, changes a replica; or an answer to it does."""
        key = (one, other, element)
        found = self._wakes.get(key)
        if found is None:
            place = self.place(element)
            side = (one, other)[place]
            move = self.arrive(side, element, self.scope.upgrades > 0)
            self._wakes[key] = False
            found = self.sides[move.after].replica != self.sides[side].replica or any(
                self.wakes(one, other, answer) for answer in move.sent
            )
            self._wakes[key] = found
        return found

    def _history(self, one: int, other: int, cell: Cell) -> tuple[Fault, ...]:
        key = (one, other, cell[3], cell[4])
        found = self._histories.get(key)
        if found is None:
            end = End(one=self.sides[one], other=self.sides[other], rested=True)
            aside = self.asides[cell[4]]
            told = end.one.told | end.other.told | aside.told
            history = History(end=end, made=self.bags[cell[3]], excused=aside.excused, told=told)
            found = self._histories[key] = broken(OF_HISTORIES, history, self.book)
        return found

    # Backups.

    def backed_up(self, cell: Cell, place: int) -> Cell:
        """The cell with a backup of this system, in place of an older one."""
        aside = evolve(self.asides[cell[4]], backup=(place, cell[place]))
        return (*cell[:4], self.asides.number(aside))

    def restored(self, cell: Cell) -> tuple[Cell, tuple[Fault, ...]]:
        """The cell after its backup was restored; the edits that neither system has now are gone for good."""
        aside = self.asides[cell[4]]
        if aside.backup is None:
            return cell, ()
        place, backup = aside.backup
        now = self.sides[cell[place]]
        gone = self.gone(cell, (backup, cell[1 - place]))
        rest = evolve(
            aside,
            restores=aside.restores + 1,
            backup=None,
            excused=aside.excused | gone,
            told=aside.told | now.told,
        )
        move = self.act(self.watch.resume(self.sides[backup], now.replica.incarnation + 1))
        return self.after((*cell[:4], self.asides.number(rest)), place, move)

    def gone(self, cell: Cell, sides: tuple[int, int]) -> frozenset[int]:
        """The edits that neither of these sides holds."""
        held = [self.sides[side] for side in sides]
        return frozenset(edit for edit in self.bags[cell[3]] if not any(holds(self.book, edit, side) for side in held))
