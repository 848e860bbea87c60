"""What an edit costs on a clean network that is drained between edits: an owner's 2 messages, a peer's 3. sync.md 3.4."""

from __future__ import annotations

from custmaster.sim.sync._book import Deed, Doing
from custmaster.sim.sync._lab import Cell, Lab
from custmaster.sim.sync._watch import Fault
from custmaster.sim.sync.trace import Invariant

__all__ = ["costs", "too_dear"]

_OWNER, _PEER = 2, 3


def too_dear(lab: Lab, world: tuple[Cell, ...], deeds: tuple[Deed, ...]) -> tuple[Fault, ...]:
    """A fault when some edit from the beginning of the world costs more, or less, than it must."""
    plain = tuple(deed for deed in deeds if deed.doing is Doing.CHANGE)
    for cell in world:
        if not all(lab.sides[side].replica.present for side in cell[:2]):
            continue
        for owner, messages in costs(lab, cell, plain, edits=1):
            if messages != (_OWNER if owner else _PEER):
                return (Fault(invariant=Invariant.COST, sentence=f"an edit costs {messages} messages"),)
    return ()


def costs(lab: Lab, cell: Cell, deeds: tuple[Deed, ...], *, edits: int) -> list[tuple[bool, int]]:
    """Of every sequence of so many edits, drained one by one: whether its last author was the owner, and what that edit cost."""
    found = list[tuple[bool, int]]()
    level = [(cell[0], cell[1])]
    for place in range(edits):
        below = list[tuple[int, int]]()
        for pair in level:
            for author in (0, 1):
                for deed in deeds:
                    move = lab.write(pair[author], deed, 100 + place, False)
                    if move.refused is not None:
                        continue
                    sides = (move.after, pair[1]) if author == 0 else (pair[0], move.after)
                    one, other, _, arrived = lab.exchange(*sides)
                    found.append((lab.sides[pair[author]].replica.owner, len(arrived)))
                    below.append((one, other))
        level = below
    return found
