"""What a table of verdicts needs of either side of a pair, whoever made it ready.

The side of an entry, the packed columns of a whole file and the row of another data set all go through the same comparison; a
table says what else it reads of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from custmaster.dedup.papers import Paper
from custmaster.value.party import PartyKind

__all__ = ["Comparable"]


class Comparable(Protocol):
    """One side of a pair; its kind is that of the table, its papers are compared by their ties.

    `index` holds the texts under which it is found, and is read only by a table that asks for a shared key
    (`Table.needs_shared_key`).
    """

    @property
    def kind(self) -> PartyKind:
        """The kind of customer; two kinds never match."""
        ...

    @property
    def papers(self) -> Sequence[Paper]:
        """The documents made ready; a data set without documents has none."""
        ...

    @property
    def index(self) -> frozenset[str]:
        """The keys in clear, as a set."""
        ...
