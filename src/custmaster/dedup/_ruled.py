"""Rulings as groups of records and what stands between groups; it grows while a ledger is made, and belongs to nobody else."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator

from custmaster.dedup.links import in_order
from custmaster.dedup.rulings import Ruling, RulingKind

__all__ = ["Ruled"]

_Near = dict[str, dict[str, Ruling]]


class Ruled:
    """What a row of rulings says together; `refused` are those that contradicted what stood before them, with the proof."""

    def __init__(self, rulings: Iterable[Ruling]) -> None:
        self.standing: dict[tuple[str, str], Ruling] = {}
        self.refused: list[tuple[Ruling, tuple[Ruling, ...]]] = []
        self._regroup()
        for ruling in rulings:
            self.take(ruling)

    def take(self, ruling: Ruling) -> bool:
        """Whether the ruling was taken and said something new; one that contradicts is put with the refused."""
        held = self.standing.get(ruling.pair)
        if ruling.kind is RulingKind.WITHDRAWN:
            return held is not None and self._withdraw(held)
        if held is not None and (held == ruling or held.kind is ruling.kind is not RulingKind.POSTPONED):
            return False
        against = (held,) if held is not None and held.kind.is_final else self._against(ruling)
        if against:
            self.refused.append((ruling, against))
            return False
        self.standing[ruling.pair] = ruling
        self._group(ruling)
        return True

    def answer(self, left: str, right: str) -> RulingKind | None:
        """MUST_LINK or CANNOT_LINK where rulings say so, by way of others too."""
        one, other = self._root(left), self._root(right)
        if one == other:
            return RulingKind.MUST_LINK
        return RulingKind.CANNOT_LINK if other in self._foes.get(one, ()) else None

    def musts(self, records: Collection[str] | None) -> Iterator[tuple[str, str, Ruling]]:
        """Pairs that are one; of a group with records that are gone, the first of the others with each of them."""
        for members in self._groups():
            left = members if records is None else [one for one in members if one in records]
            rulings = sorted((one.pair, one) for member in members for one in self._musts[member].values())
            if len(left) == len(members):
                yield from ((*pair, ruling) for pair, ruling in dict(rulings).items())
            else:
                yield from ((left[0], other, rulings[0][1]) for other in left[1:])

    def cannots(self, records: Collection[str] | None) -> Iterator[tuple[str, str, Ruling]]:
        """Pairs that are not one; in the place of a record that is gone, the first of its group that is not."""
        for (one, other), ruling in self.standing.items():
            if ruling.kind is RulingKind.CANNOT_LINK:
                left, right = self._present(one, records), self._present(other, records)
                if left is not None and right is not None:
                    yield (*in_order(left, right), ruling)

    def _present(self, record: str, records: Collection[str] | None) -> str | None:
        if records is None or record in records:
            return record
        return min((one for one in self._reach(record) if one in records), default=None)

    def _groups(self) -> Iterator[list[str]]:
        held: dict[str, list[str]] = {}
        for record in sorted(self._musts):
            held.setdefault(self._root(record), []).append(record)
        yield from held.values()

    def _withdraw(self, held: Ruling) -> bool:
        del self.standing[held.pair]
        if held.kind.is_final:
            self._regroup()
        return True

    def _regroup(self) -> None:
        self._parent: dict[str, str] = {}
        self._size: dict[str, int] = {}
        self._foes: dict[str, set[str]] = {}
        self._musts: _Near = {}
        for ruling in self.standing.values():
            self._group(ruling)

    def _group(self, ruling: Ruling) -> None:
        left, right = self._root(ruling.left), self._root(ruling.right)
        if ruling.kind is RulingKind.CANNOT_LINK:
            self._foes.setdefault(left, set()).add(right)
            self._foes.setdefault(right, set()).add(left)
        elif ruling.kind is RulingKind.MUST_LINK:
            self._musts.setdefault(ruling.left, {})[ruling.right] = ruling
            self._musts.setdefault(ruling.right, {})[ruling.left] = ruling
            if left != right:
                self._unite(left, right)

    def _unite(self, left: str, right: str) -> None:
        """The smaller group takes the root of the larger, and all that stands between it and others."""
        sizes = {root: self._size.get(root, 1) for root in (left, right)}
        less, more = (left, right) if sizes[left] < sizes[right] else (right, left)
        self._parent[less] = more
        self._size[more] = sizes[left] + sizes[right]
        for foe in self._foes.pop(less, set[str]()):
            self._foes[foe].remove(less)
            self._foes[foe].add(more)
            self._foes.setdefault(more, set()).add(foe)

    def _root(self, record: str) -> str:
        while (up := self._parent.get(record, record)) != record:
            record = up
        return record

    def _against(self, ruling: Ruling) -> tuple[Ruling, ...]:
        """The fewest rulings that say something else of the two; none when nothing does."""
        answer = self.answer(ruling.left, ruling.right)
        if answer is None or answer is ruling.kind:
            return ()
        one, other = self._reach(ruling.pair[0]), self._reach(ruling.pair[1])
        if answer is RulingKind.MUST_LINK:
            return one[ruling.pair[1]]
        proofs = [
            (*one[near], between, *reversed(other[far]))
            for (left, right), between in self.standing.items()
            if between.kind is RulingKind.CANNOT_LINK
            for near, far in ((left, right), (right, left))
            if near in one and far in other
        ]
        return min(proofs, key=lambda proof: (len(proof), [said.pair for said in proof]))

    def _reach(self, start: str) -> dict[str, tuple[Ruling, ...]]:
        """Each record of the group with the fewest rulings that lead there."""
        found: dict[str, tuple[Ruling, ...]] = {start: ()}
        waiting = deque(found)
        while waiting:
            here = waiting.popleft()
            for there, ruling in sorted(self._musts.get(here, {}).items(), key=lambda one: one[0]):
                if there not in found:
                    found[there] = (*found[here], ruling)
                    waiting.append(there)
        return found
