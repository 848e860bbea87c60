"""The exhaustive search: every history of a small world, shortest first, over the real functions; from each state also the way to rest.

A state is one cell for each customer. From a state lead: every edit, handoff, backup, restore that the scope still allows, and every
message ever sent, arriving (again). The first thing found wrong therefore has the shortest history there is.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from typing import Final

from attrs import evolve, frozen

from custmaster.sim.sync._book import Deed, Doing, Side
from custmaster.sim.sync._cost import too_dear
from custmaster.sim.sync._deeds import deeds_of, is_sensible
from custmaster.sim.sync._ending import ends_in_a_circle
from custmaster.sim.sync._lab import Aside, Cell, Lab, Move
from custmaster.sim.sync._met import MET, met
from custmaster.sim.sync._telling import Label, told, told_of_calm
from custmaster.sim.sync._watch import Fault, Survivors
from custmaster.sim.sync.scope import OLD, SYSTEMS, Scope
from custmaster.sim.sync.trace import Event, Invariant, Violation
from custmaster.sync.replica import blank
from custmaster.sync.rules import RULES, Rules

__all__ = ["ExploreResult", "explore"]

World = tuple[Cell, ...]
Step = tuple[tuple[Event, int, object], Cell, tuple[Fault, ...]]
_TICK: Final = 1000
_AT_REST: Final = frozenset({Invariant.L1, Invariant.L2, Invariant.L3, Invariant.L4})


@frozen(kw_only=True)
class ExploreResult:
    """What a search found. `complete`: every state within the scope was visited; `sometimes`: how often what must be met was met.

    `transitions` counts the steps that changed something. `violations`: the first one, with the shortest history that leads to it.
    """

    states: int
    transitions: int
    seconds: float
    complete: bool
    violations: tuple[Violation, ...] = ()
    sometimes: tuple[tuple[str, int], ...] = ()


def explore(
    scope: Scope,
    *,
    rules: Rules = RULES,
    deadline: float | None = None,
    progress: Callable[[int], None] | None = None,
) -> ExploreResult:
    """Search all histories within the scope; stops at the first violation, or after `deadline` seconds.

    `progress` is told the number of states every thousand. The same scope and rules give the same counts on every machine.
    Source: sync.md 4, 5.

    >>> found = explore(Scope(edits=1))
    >>> found.states, found.complete, found.violations
    (22, True, ())
    """
    search = _Search(rules, scope)
    begun = time.monotonic()
    limit = None if deadline is None else begun + deadline
    complete = search.run(limit, progress)
    return ExploreResult(
        states=len(search.parents),
        transitions=search.transitions,
        seconds=round(time.monotonic() - begun, 3),
        complete=complete,
        violations=search.violations,
        sometimes=search.sometimes(),
    )


class _Search:
    def __init__(self, rules: Rules, scope: Scope) -> None:
        self.scope = scope
        self.rules = rules
        self.lab = Lab(rules, scope)
        self.deeds = tuple(deeds_of(scope))
        self.parents: dict[World, tuple[World, Label] | None] = {}
        self.transitions = 0
        self.violations: tuple[Violation, ...] = ()
        self.queue: deque[World] = deque()
        self.restored = 0

    def run(self, limit: float | None, progress: Callable[[int], None] | None) -> bool:
        """Search until nothing is left, something is wrong or the time is up; whether nothing is left."""
        first, faults = self._first()
        self.parents[first] = None
        faults = faults or too_dear(self.lab, first, self.deeds)
        if faults or self._wrong(first):
            self._found(first, None, faults or self._wrong(first))
            return False
        self.queue.append(first)
        while self.queue:
            world = self.queue.popleft()
            for label, after, faults in self._next(world):
                self.transitions += 1
                if after in self.parents and not faults:
                    continue
                wrong = faults or self._wrong(after)
                if wrong:
                    self._found(world, (label, after), wrong)
                    return False
                self.parents[after] = (world, label)
                self.queue.append(after)
                if len(self.parents) % _TICK == 0:
                    if progress is not None:
                        progress(len(self.parents))
                    if limit is not None and time.monotonic() > limit:
                        return False
        return True

    # The beginning.

    def _first(self) -> tuple[World, tuple[Fault, ...]]:
        cells, faults = list[Cell](), tuple[Fault, ...]()
        for number in self.scope.numbers:
            owner = 1 if number == OLD else 0
            cell = self._blank(number, owner)
            if not self.scope.creation:
                cell, wrong = self._stocked(cell, owner)
                faults = faults or wrong
            cells.append(cell)
        return tuple(cells), faults

    def _blank(self, number: str, owner: int) -> Cell:
        made = (
            blank(number=number, system=SYSTEMS[place], other=SYSTEMS[1 - place], owner=place == owner)
            for place in (0, 1)
        )
        one, other = (self.lab.sides.number(Side(replica=replica)) for replica in made)
        return one, other, self.lab.bags.number(()), self.lab.bags.number(()), self.lab.asides.number(Aside())

    def _stocked(self, cell: Cell, owner: int) -> tuple[Cell, tuple[Fault, ...]]:
        """The customer stands at both systems; or at its owner's alone, loaded and never modified."""
        move = self.lab.write(cell[owner], self.deeds[0], 0, False)
        if self.scope.stock:
            side = self.lab.sides[move.after]
            loaded = evolve(side.replica, peer_has=(side.replica.rev, side.replica.ack))
            move = Move(self.lab.sides.number(evolve(side, replica=loaded)), (), move.edit)
            return self.lab.after(cell, owner, move)
        cell, faults = self.lab.after(cell, owner, move)
        if faults:
            return cell, faults
        one, other, _, _ = self.lab.exchange(cell[0], cell[1])
        return (one, other, self.lab.bags.number(()), cell[3], cell[4]), ()

    # The steps.

    def _next(self, world: World) -> Iterator[tuple[Label, World, tuple[Fault, ...]]]:
        merged = self._merged(world)
        for which, cell in enumerate(world):
            for label, after, faults in self._steps(world, which, cell, merged):
                yield (which, *label), (*world[:which], after, *world[which + 1 :]), faults

    def _steps(self, world: World, which: int, cell: Cell, merged: tuple[Survivors, Survivors]) -> Iterator[Step]:
        yield from self._arrivals(cell, merged)
        if sum(len(self.lab.bags[one[3]]) for one in world) < self._most_edits(world):
            yield from self._writings(cell, self.scope.numbers[which], merged)
        yield from self._operations(world, cell)

    def _most_edits(self, world: World) -> int:
        return self.scope.edits + (0 if self.scope.creation else len(world))

    def _arrivals(self, cell: Cell, merged: tuple[Survivors, Survivors]) -> Iterator[Step]:
        lab, upgraded = self.lab, self.lab.asides[cell[4]].upgraded
        for element in lab.bags[cell[2]]:
            place = lab.place(element)
            move = lab.arrive(cell[place], element, upgraded[place], merged[place])
            if move.after == cell[place] and not move.sent and not move.faults:
                continue
            after, faults = lab.after(cell, place, move)
            if after != cell or faults:
                yield (Event.ARRIVE, place, element), after, faults

    def _writings(self, cell: Cell, number: str, merged: tuple[Survivors, Survivors]) -> Iterator[Step]:
        lab = self.lab
        made = [lab.book[edit].system for edit in lab.bags[cell[3]]]
        for place in (0, 1):
            replica = lab.sides[cell[place]].replica
            for deed in self.deeds:
                if is_sensible(deed, replica) and self._may_merge(deed, (place, number), merged[place]):
                    upgraded = lab.asides[cell[4]].upgraded[place]
                    move = lab.write(cell[place], deed, made.count(SYSTEMS[place]), upgraded)
                    if move.refused is None or move.faults:
                        yield (Event.EDIT, place, move.edit), *lab.after(cell, place, move)

    def _may_merge(self, deed: Deed, where: tuple[int, str], merged: Survivors) -> bool:
        """A host merges only where its own records show no circle, and across ranges only at the coordinator (A8)."""
        if deed.doing is not Doing.MERGE:
            return True
        place, number = where
        coordinates = self.scope.one_range or SYSTEMS[place] == self.scope.options.merge_coordinator
        return deed.into != number and coordinates and dict(merged).get(deed.into or "") != number

    def _operations(self, world: World, cell: Cell) -> Iterator[Step]:
        lab, scope = self.lab, self.scope
        spent = [lab.asides[one[4]] for one in world]
        aside = lab.asides[cell[4]]
        if sum(one.handovers for one in spent) < scope.handovers:
            yield from self._handovers(cell, aside)
        if sum(one.repairs for one in spent) < scope.repairs:
            yield from self._asked(cell, evolve(aside, repairs=aside.repairs + 1), Event.REPAIR)
        if scope.stock:
            yield from self._asked(cell, aside, Event.REQUEST)
        if sum(one.restores for one in spent) < scope.restores:
            for place in (0, 1) if aside.backup is None else ():
                yield (Event.BACKUP, place, None), lab.backed_up(cell, place), ()
            if aside.backup is not None and aside.backup[1] != cell[aside.backup[0]]:
                yield (Event.RESTORE, aside.backup[0], None), *lab.restored(cell)
        for place in (0, 1) if scope.upgrades else ():
            if not aside.upgraded[place]:
                both = (True, aside.upgraded[1]) if place == 0 else (aside.upgraded[0], True)
                changed = (*cell[:4], lab.asides.number(evolve(aside, upgraded=both)))
                yield (Event.UPGRADE, place, None), *lab.after(changed, place, Move(cell[place]))

    def _handovers(self, cell: Cell, aside: Aside) -> Iterator[Step]:
        lab = self.lab
        spent = lab.asides.number(evolve(aside, handovers=aside.handovers + 1))
        for place in (0, 1):
            move = lab.act(lab.watch.hand_over(lab.sides[cell[place]], lab.settings[aside.upgraded[place]]))
            if move.refused is None or move.faults:
                yield (Event.HAND_OVER, place, None), *lab.after((*cell[:4], spent), place, move)

    def _asked(self, cell: Cell, aside: Aside, event: Event) -> Iterator[Step]:
        lab = self.lab
        for place in (0, 1):
            side = lab.sides[cell[place]]
            replica = side.replica
            wanted = replica.present if event is Event.REPAIR else not replica.present
            if wanted and not replica.owner and not replica.recovering:
                act = lab.watch.repair(side) if event is Event.REPAIR else lab.watch.request(side)
                move = lab.act(act)
                rest = evolve(aside, excused=aside.excused | lab.gone(cell, (move.after, cell[1 - place])))
                yield (event, place, None), *lab.after((*cell[:4], lab.asides.number(rest)), place, move)

    # What is wrong.

    def _wrong(self, world: World) -> tuple[Fault, ...]:
        merged = self._merged(world) if self.scope.merge else ((), ())
        for number, cell in zip(self.scope.numbers, world, strict=True):
            faults = self.lab.end(cell, merged[1 if number == OLD else 0])
            if faults:
                return faults
        if (
            self.scope.merge
            and self._at_rest(world)
            and any(ends_in_a_circle(dict(one)) for one in _direct(self.lab, world))
        ):
            return (Fault(invariant=Invariant.MERGE, sentence="merges end in no circle"),)
        return ()

    def _at_rest(self, world: World) -> bool:
        return not any(self.lab.owed(side, False).sent for cell in world for side in cell[:2])

    def _merged(self, world: World) -> tuple[Survivors, Survivors]:
        if not self.scope.merge:
            return (), ()
        one, other = _direct(self.lab, world)
        return one, other

    def _found(self, world: World, last: tuple[Label, World] | None, faults: tuple[Fault, ...]) -> None:
        labels, worlds = list[Label](), [world]
        while (above := self.parents[worlds[-1]]) is not None:
            worlds.append(above[0])
            labels.append(above[1])
        worlds.reverse()
        labels.reverse()
        if last is not None:
            labels.append(last[0])
            worlds.append(last[1])
        trace = told(self.lab, worlds, labels)
        if any(fault.invariant in _AT_REST for fault in faults):
            trace = (*trace, *told_of_calm(self.lab, worlds[-1]))
        self.violations = tuple(
            Violation(invariant=fault.invariant, sentence=fault.sentence, trace=trace) for fault in faults
        )

    # What was met.

    def sometimes(self) -> tuple[tuple[str, int], ...]:
        """How many different steps of each kind there were; a search that never met a conflict has shown nothing about conflicts."""
        lab = self.lab
        counts: dict[str, int] = dict.fromkeys(MET, 0)
        for (side, element, _, _), move in lab.arrivals.items():
            for name in met(lab, side, element, move):
                counts[name] += 1
        return tuple(sorted(counts.items()))


def _direct(lab: Lab, world: World) -> tuple[Survivors, Survivors]:
    """At each system: who is merged into whom, as its records say."""
    held = [[lab.sides[cell[place]].replica for cell in world] for place in (0, 1)]
    one, other = (
        tuple(
            (replica.number, replica.values.get("merged_into") or "")
            for replica in listed
            if "merged_into" in replica.values
        )
        for listed in held
    )
    return one, other
