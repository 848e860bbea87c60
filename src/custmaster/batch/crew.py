"""The workers of a run: this process itself, others that are started for it and end with it, or both.

A worker is told its task by one line of JSON and answers by one; columns of numbers go through files in a temporary folder of the run.
Other processes are started as commands and not as copies of this one, so that whoever calls needs no guard around his module; they
share the seed of Python's hashes, which is how one worker's digests are those of another.
"""

from __future__ import annotations

import base64
import pickle
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

from attrs import evolve

from custmaster.batch.tasks import Judged, Met, Share, Source, judge_pairs, kinds_of, meeting_texts, other_texts
from custmaster.dedup.codes import Verdict
from custmaster.dedup.evidence import Finding
from custmaster.wire._hands import Hand

__all__ = ["SEED", "Crew", "dump", "judged_in", "load_column"]

SEED: Final = 20261124
"""Of Python's hashes, in all processes of a run: by it one's digests are those of another."""
Progress = Callable[[str, int, int | None], None]


class Crew:
    """The workers, to be used in a `with`; `count` of 1 is this process alone.

    Where digests are DuckDB's, and not those of the seed, this process is one of the workers, for it has started already. Of several
    files, judged by the same rules, the first is the one that is asked about.
    """

    def __init__(self, sources: Sequence[Source], folder: Path, count: int) -> None:
        self._sources: Final = list(sources)
        rules = sources[0].rules.spoken
        alone = count <= 1 or rules is None  # tables that somebody put together are known to this process alone
        self._here: Final = 1 if alone or sources[0].plain else 0
        hired = 0 if alone else count - self._here
        self._hands: Final = [_hired(sources, folder / f"worker{at}") for at in range(hired)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        for hand in self._hands:
            hand.hand.stop(failed=problem[0] is not None)

    def texts(self, told: Callable[[int], None]) -> list[Met]:
        """The digests of all rows of the first file, by worker."""
        if not self._hands:
            return [meeting_texts(self._sources[0], Share(), told)]
        for at, hand in enumerate(self._hands):
            hand.hand.give({"do": "texts", "index": at, "of": len(self._hands)})
        return [_met(hand.folder, answer) for hand, answer in self._answers(told)]

    def others(self, places: array[int], told: Callable[[int], None]) -> list[Met]:
        """The digests of the rows of these places, of which the engine did not tell by itself, by worker."""
        shares = [
            places[len(places) * at // self.size : len(places) * (at + 1) // self.size] for at in range(self.size)
        ]
        for hand, share in zip(self._hands, shares, strict=False):
            dump(share, hand.folder / "only")
            hand.hand.give({"do": "others"})
        here = [other_texts(self._sources[0], share, told) for share in shares[len(self._hands) :]]
        return [*(_met(hand.folder, answer) for hand, answer in self._answers(told)), *here]

    def among(self, digests: frozenset[int], first: int, told: Callable[[int], None]) -> list[Met]:
        """Those digests of the second file that are among the given ones, its rows counted from `first`."""
        self._sources[1] = evolve(self._sources[1], first=first)
        if not self._hands:
            return [meeting_texts(self._sources[1], Share(), told, digests)]
        for at, hand in enumerate(self._hands):
            dump(array("q", digests), hand.folder / "only")
            hand.hand.give({"do": "among", "index": at, "of": len(self._hands), "first": first})
        return [_met(hand.folder, answer) for hand, answer in self._answers(told)]

    def judged(self, pairs: Sequence[tuple[array[int], array[int]]], told: Callable[[int], None]) -> list[Judged]:
        """What was found of each share of the pairs; rows that hang together by way of others stand in one share."""
        for hand, (left, right) in zip(self._hands, pairs, strict=False):
            dump(left, hand.folder / "left")
            dump(right, hand.folder / "right")
            hand.hand.give({"do": "judge"})
        here = [judge_pairs(self._sources, left, right, told) for left, right in pairs[len(self._hands) :]]
        return [*(judged_in(hand.folder, answer) for hand, answer in self._answers(told)), *here]

    def kinds(self, blocks: Mapping[int, int]) -> dict[int, str]:
        """For each digest the kind of that text of this row of the first file which has it; digests mean something to the workers alone."""
        if not blocks:
            return {}
        if not self._hands:
            return kinds_of(self._sources[0], blocks)
        self._hands[0].hand.give({"do": "kinds", "blocks": list(blocks.items())})
        return dict(self._hands[0].hand.answer(lambda done: None)["kinds"])

    @property
    def size(self) -> int:
        """How many shares the work is to be cut into."""
        return len(self._hands) + self._here

    def _answers(self, told: Callable[[int], None]) -> Iterable[tuple[_Hand, dict[str, Any]]]:
        return [(hand, hand.hand.answer(told)) for hand in self._hands]


class _Hand(NamedTuple):
    """A worker and the folder of its files."""

    hand: Hand
    folder: Path


def _hired(sources: Sequence[Source], folder: Path) -> _Hand:
    folder.mkdir()
    hand = Hand("custmaster.batch.worker", SEED)
    files = [(str(one.path), base64.b64encode(pickle.dumps(one.mapping)).decode(), one.plain) for one in sources]
    hand.give({"files": files, "rules": sources[0].rules.spoken, "folder": str(folder)})
    return _Hand(hand, folder)


def dump(column: array[int], path: Path) -> None:
    """A column of whole numbers into a file."""
    with path.open("wb") as stream:
        column.tofile(stream)


def load_column(path: Path) -> array[int]:
    """A column of whole numbers from a file."""
    column = array("q")
    with path.open("rb") as stream:
        column.frombytes(stream.read())
    return column


def _met(folder: Path, answer: Mapping[str, Any]) -> Met:
    texts = (folder / "records").read_text(encoding="utf-8", errors="surrogatepass").split("\x00")
    records: list[tuple[int, list[str]]] = []
    begin = 0
    for first, count in answer["chunks"]:
        records.append((first, texts[begin : begin + count]))
        begin += count
    rows, digests = (load_column(folder / name) for name in ("rows", "digests"))
    return Met(rows=rows, digests=digests, records=records)


def judged_in(folder: Path, answer: Mapping[str, Any]) -> Judged:
    """What another process found: its columns in the folder, the rest in its answer."""
    left, right, found = (load_column(folder / name) for name in ("left", "right", "found"))
    findings = [Finding(Verdict(verdict), *rest) for verdict, *rest in answer["findings"]]
    apart = [(one, other, row) for one, other, row in answer["apart"]]
    return Judged(left=left, right=right, found=found, findings=findings, apart=apart, large=answer["large"])
