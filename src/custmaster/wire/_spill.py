"""What does not fit into memory: keys, rows and lines in temporary files that nobody else can open and that are gone at the end.

This is the one exception that the house names: a check of a whole file may spill. The files have no name where the system allows
that, so that not even a process that is killed leaves one behind; keys are kept as salted digests. Nothing here depends on the
salt but which unlike keys happen to meet, and whoever reads a group compares its rows themselves.
"""

from __future__ import annotations

import json
import mmap
import os
import re
import tempfile
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from heapq import merge
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

from custmaster.errors import UnusableInput

__all__ = ["BUCKETS", "Families", "KeySpill", "LineSorter", "RowSpill", "SharedFamilies", "SpilledRow"]

BUCKETS: Final = 32
"""Files by which keys, and rows by their families, are put apart."""
_FLUSH: Final = 4096
"""Rows between two visits to the disk."""
_AT_ONCE: Final = 1 << 17
"""Keys of a bucket that are held at once; of a larger one a part at a time is read."""
_RUN: Final = 1 << 16
"""Lines that are sorted in memory at once."""
_WAYS: Final = 32
"""Sorted files of one generation; when there are so many they are merged into one of the next, so that few are open at once."""
_UNSIGNED: Final = (1 << 64) - 1
_WORD: Final = 16
"""Bytes of a digest and its row."""
_ROWS_AT_ONCE: Final = 1 << 13

SpilledRow = tuple[int, tuple[str, ...]]
"""Line and cells of a row."""


class _Spill:
    """Temporary files that are closed, and thereby gone, when the `with` ends."""

    def __init__(self) -> None:
        self._files = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._files.close()

    def _file(self, named: Path | None = None) -> IO[bytes]:
        """A file without a name, or one that another process of the same run reads."""
        try:
            if named is not None:
                return self._files.enter_context(named.open("w+b"))
            return self._files.enter_context(tempfile.TemporaryFile(prefix="custmaster-"))
        except OSError as problem:
            raise _no_room(problem) from None

    def _read(self, named: Path) -> IO[bytes]:
        return self._files.enter_context(named.open("rb"))


def _no_room(problem: OSError) -> UnusableInput:
    told = problem.strerror or "it cannot be written"
    return UnusableInput("temporary files", problem=told, remedy="make room, or set TMPDIR to another folder")


class KeySpill(_Spill):
    """Keys with the row that has them; afterwards the groups of rows that share one.

    >>> with KeySpill() as spill:
    ...     for row, keys in enumerate((["a", "b"], ["c"], ["b", "c"])):
    ...         spill.add(row, keys)
    ...     sorted(spill.groups())
    [(0, 2), (1, 2)]
    """

    def __init__(self, *, at_once: int = _AT_ONCE, salt: str | None = None, folder: Path | None = None) -> None:
        super().__init__()
        self._at_once = at_once
        self._salt = os.urandom(16).decode("latin-1") if salt is None else salt
        self._folder = folder
        self._kept: list[list[int]] = [[] for _ in range(BUCKETS)]
        self._disk: list[IO[bytes] | None] = [None] * BUCKETS
        self._more: list[list[IO[bytes]]] = [[] for _ in range(BUCKETS)]
        self._waiting = 0

    def add(self, row: int, keys: Iterable[str]) -> None:
        """Note the keys of a row, each once; rows are counted by the caller, from 0, each at most once."""
        kept, salt = self._kept, self._salt
        for key in keys:
            # SipHash, which the interpreter keys afresh for each process; where its seed is set from outside, the salt is left.
            digest = hash(salt + key) & _UNSIGNED
            kept[digest % BUCKETS] += digest, row
        self._waiting += 1
        if self._waiting == _FLUSH:
            self._flush()

    def groups(self, *, odd: bool = False) -> Iterator[tuple[int, ...]]:
        """The rows of every key that two rows or more share, ascending; the order of the groups means nothing.

        Where keys were taken from several processes, the rows of a group do not ascend.

        With `odd` only the groups that hold an odd row.
        """
        self._flush()
        for disk, more in zip(self._disk, self._more, strict=True):
            disks = more if disk is None else [disk, *more]
            parts = -(-sum(one.seek(0, os.SEEK_END) for one in disks) // (_WORD * self._at_once))
            for part in range(parts):
                yield from _grouped(_pairs(disks, part, parts), odd=odd)

    def hand_over(self) -> None:
        """Everything noted into the named files, for `take`."""
        self._flush()
        for disk in self._disk:
            if disk is not None:
                disk.flush()

    def take(self, folder: Path) -> None:
        """What another process noted, with the same salt and the same seed of the interpreter's hashes."""
        for place, more in enumerate(self._more):
            if (named := folder / str(place)).exists():
                more.append(self._read(named))

    def _flush(self) -> None:
        for place, kept in enumerate(self._kept):
            if kept:
                disk = self._disk[place] or self._file(None if self._folder is None else self._folder / str(place))
                self._disk[place] = disk
                _write(disk, array("Q", kept).tobytes())
                kept.clear()
        self._waiting = 0


def _write(disk: IO[bytes], data: bytes) -> None:
    try:
        disk.write(data)
    except OSError as problem:
        raise _no_room(problem) from None


def _pairs(disks: Iterable[IO[bytes]], part: int, parts: int) -> tuple[Sequence[int], Sequence[int]]:
    """Digests and rows of one part of a bucket; the digest tells to which part it belongs."""
    digests, rows = array("Q"), array("Q")
    for both in chain.from_iterable(map(_words, disks)):
        if parts == 1:
            digests.extend(both[::2])
            rows.extend(both[1::2])
            continue
        for digest, row in zip(both[::2], both[1::2], strict=True):
            if (digest >> 8) % parts == part:
                digests.append(digest)
                rows.append(row)
    return digests, rows


def _words(disk: IO[bytes]) -> Iterator[array[int]]:
    disk.seek(0)
    while data := disk.read(_WORD * _FLUSH):
        both = array("Q")
        both.frombytes(data)
        yield both


def _grouped(pairs: tuple[Sequence[int], Sequence[int]], *, odd: bool) -> Iterator[tuple[int, ...]]:
    digests, rows = pairs
    shared = {digest for digest, count in Counter(digests).items() if count > 1}
    if odd:
        shared.intersection_update([digest for digest, row in zip(digests, rows, strict=True) if row & 1])
    groups: dict[int, list[int]] = {}
    for digest, row in zip(digests, rows, strict=True):
        if digest in shared:
            groups.setdefault(digest, []).append(row)
    yield from map(tuple, groups.values())


class Families(_Spill):
    """Which rows are connected by groups, however many steps apart: eight bytes a row, in a file and not in memory.

    >>> with Families(5) as families:
    ...     families.join((1, 3))
    ...     families.join((3, 4))
    ...     [families.of(row) for row in range(5)]
    [None, 1, None, 1, 1]
    """

    def __init__(self, rows: int, named: Path | None = None) -> None:
        super().__init__()
        file = self._file(named)
        try:
            file.truncate(8 * max(rows, 1))
            self._map = mmap.mmap(file.fileno(), 0)
        except OSError as problem:
            raise _no_room(problem) from None
        self._files.callback(self._map.close)
        self._over = memoryview(self._map).cast("Q")  # the row above and one; 0 for a row that was never joined
        self._files.callback(self._over.release)

    def join(self, rows: Sequence[int]) -> None:
        """These rows belong together."""
        first = self._top(rows[0])
        for row in rows[1:]:
            other = self._top(row)
            low, high = (first, other) if first < other else (other, first)
            self._over[high] = low + 1
            first = low
        self._over[first] = first + 1

    def of(self, row: int) -> int | None:
        """The first row of the family, by which it is known; None when the row was never joined to another."""
        return self._top(row) if self._over[row] else None

    def _top(self, row: int) -> int:
        over = self._over
        while (above := over[row]) and above - 1 != row:
            if (higher := over[above - 1]) != 0:
                over[row] = higher  # halve the way for the next who asks
            row = above - 1
        return row


class SharedFamilies(Families):
    """The families that another process found, to be asked and not joined: what is halved on the way stays with this process."""

    def __init__(self, named: Path) -> None:
        _Spill.__init__(self)
        self._map = mmap.mmap(self._read(named).fileno(), 0, access=mmap.ACCESS_COPY)
        self._files.callback(self._map.close)
        self._over = memoryview(self._map).cast("Q")
        self._files.callback(self._over.release)


class RowSpill(_Spill):
    """Rows put together by family, a bounded number of them in memory.

    >>> with RowSpill() as spill:
    ...     for line, family in ((2, 0), (3, 7), (4, 0)):
    ...         spill.add(family, line, ("张伟",))
    ...     [(family, [line for line, cells in rows]) for family, rows in spill.families(10)]
    [(0, [2, 4]), (7, [3])]
    """

    def __init__(self) -> None:
        super().__init__()
        self._disk: list[IO[bytes] | None] = [None] * BUCKETS
        self._lines = [0] * BUCKETS

    def add(self, family: int, line: int, cells: Sequence[str]) -> None:
        """Keep a row of the family."""
        place = family % BUCKETS
        disk = self._disk[place] or self._file()
        self._disk[place] = disk
        self._lines[place] += 1
        _write(disk, b"%016x%b\n" % (family, json.dumps((line, *cells)).encode("ascii")))

    def families(self, most: int) -> Iterator[tuple[int, Iterator[SpilledRow]]]:
        """Each family with its rows in the order added; one of more than `most` rows is read as it is asked for.

        The rows of a family must be taken before the next family is asked for.
        """
        for place, disk in enumerate(self._disk):
            if disk is None:
                continue
            parts = -(-self._lines[place] // _ROWS_AT_ONCE)
            for part in range(parts):
                yield from _families(disk, (part, parts), most)


def _families(disk: IO[bytes], share: tuple[int, int], most: int) -> Iterator[tuple[int, Iterator[SpilledRow]]]:
    part, parts = share
    sizes = Counter(family for line in _lines(disk) if ((family := int(line[:16], 16)) // BUCKETS) % parts == part)
    held: dict[int, list[bytes]] = {family: [] for family, size in sizes.items() if size <= most}
    for line in _lines(disk):
        rows = held.get(int(line[:16], 16))
        if rows is not None:
            rows.append(line)
    for family in sizes:
        yield family, map(_row, held[family] if family in held else _of_family(disk, family))


def _lines(disk: IO[bytes]) -> Iterator[bytes]:
    disk.flush()
    disk.seek(0)
    yield from disk


def _of_family(disk: IO[bytes], family: int) -> Iterator[bytes]:
    head = b"%016x" % family
    return (line for line in _lines(disk) if line.startswith(head))


def _row(line: bytes) -> SpilledRow:
    number, *cells = json.loads(line[16:])
    return number, tuple(cells)


class LineSorter(_Spill):
    r"""Texts in, the same texts sorted, a bounded number of them in memory.

    >>> with LineSorter(run=2) as sorter:
    ...     for text in ("b", "c\n1", "a"):
    ...         sorter.add(text)
    ...     list(sorter.sorted())
    ['a', 'b', 'c\n1']
    """

    def __init__(self, *, run: int = _RUN) -> None:
        super().__init__()
        self._run = run
        self._kept: list[str] = []
        self._disk: list[list[IO[bytes]]] = []  # by generation, the youngest first

    def hand_over(self, named: Path) -> None:
        """All texts, sorted, into a file for `take`."""
        disk = self._file(named)
        for text in self.sorted():
            _write(disk, _line(text))
        disk.flush()

    def take(self, named: Path) -> None:
        """The texts that another process had."""
        self._disk = self._disk or [[]]
        self._disk[0].append(self._read(named))

    def add(self, text: str) -> None:
        """Keep a text."""
        self._kept.append(text)
        if len(self._kept) == self._run:
            self._kept.sort()
            self._keep(self._kept, 0)
            self._kept = []

    def sorted(self) -> Iterator[str]:
        """All texts by their characters' numbers."""
        self._kept.sort()
        files = [disk for generation in self._disk for disk in generation]
        return merge(*map(_texts, files), self._kept) if files else iter(self._kept)

    def _keep(self, texts: Iterable[str], age: int) -> None:
        """Sorted texts into a file of their generation, and many files into one of the next."""
        disk = self._file()
        lines = map(_line, texts)
        while some := list(islice(lines, _FLUSH)):
            _write(disk, b"".join(some))
        if age == len(self._disk):
            self._disk.append([])
        self._disk[age].append(disk)
        if len(full := self._disk[age]) == _WAYS:
            self._keep(merge(*map(_texts, full)), age + 1)
            for one in full:
                one.close()
            full.clear()


def _line(text: str) -> bytes:
    if "\n" in text or "\\" in text:
        text = text.replace("\\", "\\\\").replace("\n", "\\n")
    return f"{text}\n".encode("utf-8", "surrogatepass")


def _texts(disk: IO[bytes]) -> Iterator[str]:
    for line in _lines(disk):
        text = line[:-1].decode("utf-8", "surrogatepass")
        yield _ESCAPED.sub(_unescape, text) if "\\" in text else text


_ESCAPED: Final = re.compile(r"\\(.)")


def _unescape(escaped: re.Match[str]) -> str:
    return "\n" if escaped[1] == "n" else escaped[1]
