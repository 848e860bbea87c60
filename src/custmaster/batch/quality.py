"""How good clusters are beside the truth, pair by pair: precision, recall and their harmonic mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import Final

from attrs import frozen

from custmaster.errors import CustmasterError

__all__ = ["Quality", "pairwise"]

_TWO: Final = 2


@frozen(kw_only=True)
class Quality:
    """Pairs of rows that are in one cluster, pairs that are one customer in truth, and those that are both."""

    found: int
    true: int
    both: int

    @property
    def precision(self) -> float:
        """The share of the found pairs that are true; 1 when none was found."""
        return self.both / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of the true pairs that were found; 1 when there are none."""
        return self.both / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two; 0 when both are."""
        total = self.precision + self.recall
        return _TWO * self.precision * self.recall / total if total else 0.0


def pairwise(clusters: Sequence[Hashable], truth: Sequence[Hashable]) -> Quality:
    """The quality of clusters over all pairs that they hold, whether compared or joined by way of others.

    Each row's cluster, and beside it the customer that it is. Errors: CustmasterError for two columns of different lengths.

    >>> found = pairwise(["a", "a", "a", "d"], [1, 1, 2, 2])
    >>> found.found, found.true, found.both, round(found.f1, 2)
    (3, 2, 1, 0.4)
    """
    if len(clusters) != len(truth):
        raise CustmasterError(f"{len(clusters)} rows have a cluster and {len(truth)} have a truth")
    return Quality(
        found=_pairs(Counter(clusters)),
        true=_pairs(Counter(truth)),
        both=_pairs(Counter(zip(clusters, truth, strict=True))),
    )


def _pairs(sizes: Counter[Hashable] | Counter[tuple[Hashable, Hashable]]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())
