"""The verdicts of pairs of rows, and which rows that hang together by way of others a negative row keeps apart (A=B, B=C, A≠C).

Links are judged pair by pair; that two rows are one by way of a third nobody has judged. So every two rows that hang together without a
link are held to the negative rows of their table.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations
from typing import Final, NamedTuple

from custmaster.dedup.codes import Link
from custmaster.dedup.comparable import Comparable
from custmaster.dedup.components import components_of
from custmaster.dedup.evidence import Finding, forbidden, judge, link_of
from custmaster.dedup.links import JOINING
from custmaster.dedup.tables import Table

__all__ = ["LARGEST_TANGLE", "Apart", "Found", "Tangles", "apart_of", "linked_pairs", "tangles"]

LARGEST_TANGLE: Final = 1000
"""Rows that hang together and are held to the negative rows two by two; a larger tangle joins nothing, and is told."""

Found = tuple[int, int, Finding]
"""Two rows, the lesser first, and what was found of them."""
Apart = tuple[int, int, str]
"""Two rows, the lesser first, that hang together by way of others, and the negative row that says they are two."""

_Sides = Mapping[int, Comparable]
_TableOf = Callable[[Comparable], Table]


def linked_pairs(
    left: Sequence[int], right: Sequence[int], ones: _Sides, others: _Sides, table_of: _TableOf
) -> Iterator[Found]:
    """The pairs that hang together; a row that could not be read is in neither of the sides."""
    for one, other in zip(left, right, strict=True):
        mine, theirs = ones.get(one), others.get(other)
        if mine is not None and theirs is not None:
            finding = judge(mine, theirs, table_of(mine))
            if link_of(finding) is not Link.NONE:
                yield one, other, finding


def apart_of(
    left: Sequence[int], right: Sequence[int], ones: _Sides, others: _Sides, table_of: _TableOf
) -> Iterator[Apart]:
    """Those of the pairs without a link that a negative row keeps apart."""
    for one, other in zip(left, right, strict=True):
        row = forbidden(ones[one], others[other], table_of(ones[one]))
        if row:
            yield one, other, row


class Tangles(NamedTuple):
    """Every two rows that hang together without a link of their own, in two columns; and the least row of each tangle that is too large."""

    left: array[int]
    right: array[int]
    large: list[int]


def tangles(found: Iterable[Found]) -> Tangles:
    """Which rows hang together by way of others: by AUTOMATIC links without one of their own, by all that join without any.

    >>> from custmaster.dedup.codes import Verdict
    >>> same = Finding(Verdict.EXISTS, "+NAME+IDNO+TYPE")
    >>> tangles([(3, 5, same), (3, 9, same), (8, 11, same)])
    Tangles(left=array('q', [5]), right=array('q', [9]), large=[])
    """
    links = [(left, right, link_of(finding)) for left, right, finding in found]
    pairs: set[tuple[int, int]] = set()
    large: set[int] = set()
    for joining in (_SURE, JOINING):
        linked = [(left, right) for left, right, link in links if link in joining]
        direct = set(linked)
        for members in _hanging(linked):
            if len(members) > LARGEST_TANGLE:
                large.add(members[0])
            else:
                pairs.update(pair for pair in combinations(members, 2) if pair not in direct)
    told = sorted(pairs)
    return Tangles(array("q", [one for one, _ in told]), array("q", [other for _, other in told]), sorted(large))


_SURE: Final = frozenset((Link.AUTOMATIC,))


def _hanging(pairs: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
    """The rows of each three and more that hang together: of each of their links one end has another link."""
    links = Counter(chain.from_iterable(pairs))
    some = [pair for pair in pairs if links[pair[0]] > 1 or links[pair[1]] > 1]
    rows = sorted(set(chain.from_iterable(some)))
    at = {row: number for number, row in enumerate(rows)}
    near, far = (array("q", [at[pair[end]] for pair in some]) for end in (0, 1))
    held: dict[int, list[int]] = {}
    for row, root in zip(rows, components_of(near, far, len(rows)), strict=True):
        held.setdefault(root, []).append(row)
    yield from held.values()
