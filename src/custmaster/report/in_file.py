"""The existence check inside one file: which rows are the same customer as another row, in memory that does not grow with the rows.

While the file is checked, the keys of every row go to temporary files. Rows that share a key, however many steps apart, are a
family; the rest are decided at once. The file is then read once more for the rows of families alone, and each is asked about
against those of its family that stand before it. The order is that of the source keys and not of the lines, so that the
same rows in another order give the same answers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import ExitStack
from hashlib import blake2b
from itertools import chain, islice
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, Final, NamedTuple, Self

from attrs import define, field, frozen

from custmaster.dedup import Candidate, Keyed, Verdict, check, keyed
from custmaster.dedup.keys import Side
from custmaster.errors import UnusableInput
from custmaster.report.number_block import numbers_of
from custmaster.value.number_plan import Block
from custmaster.wire._spill import BUCKETS, Families, KeySpill, LineSorter, RowSpill, SharedFamilies, SpilledRow
from custmaster.wire.codes import CellCode, remark_on
from custmaster.wire.findings import Finding
from custmaster.wire.structure import Structured
from custmaster.wire.table import Row, Table

__all__ = ["LARGEST_FAMILY", "Counts", "InFile", "Numbered", "Presence", "Spills", "candidates_of", "record_of"]

LARGEST_FAMILY: Final = 500
"""Rows of one family that are compared with one another; a technical bound, told in a finding on each row of a larger one."""

_SCOPE: Final = ("FILE",)
"""Where is searched: in this file, and a verdict says no more than that."""

Sink = Callable[[Finding], None]
Structure = Callable[[Row], Structured]


@frozen(kw_only=True)
class Presence:
    """How the rows of a file stand to each other: how often each verdict was given, strongest first, and how many rows none was.

    A verdict is about this file alone. The first of several rows of one customer, in the order of the source keys, is NEW.

    >>> Presence(verdicts={Verdict.NEW: 2}, not_compared=1).findings
    1
    """

    verdicts: Mapping[Verdict, int]
    not_compared: int = 0

    @property
    def findings(self) -> int:
        """The findings written: one for each row that is more than new, and for each that was not compared."""
        silent = (Verdict.NEW, Verdict.UNDECIDABLE)
        return self.not_compared + sum(count for verdict, count in self.verdicts.items() if verdict not in silent)


class Numbered(NamedTuple):
    """A new customer of the file and the provisional number (临时客户号) given to it."""

    line: int
    record: str
    number: str


class _Member(NamedTuple):
    """A row of a family, made ready for comparing."""

    order: str
    line: int
    record: str | None
    keyed: Keyed


@define
class Counts:
    """What is counted while rows are watched and families decided: rows with and without a document that no family has, and verdicts."""

    documented: Counter[bool] = field(factory=Counter[bool])
    verdicts: Counter[Verdict] = field(factory=Counter[Verdict])
    not_compared: int = 0

    def as_plain(self) -> dict[str, object]:
        """Plain values for another process."""
        return {
            "documented": [self.documented[True], self.documented[False]],
            "verdicts": {verdict.value: count for verdict, count in self.verdicts.items()},
            "not_compared": self.not_compared,
        }

    def take(self, plain: Mapping[str, Any]) -> None:
        """What was counted elsewhere as well; a count may be negative, since a row can leave where it was not counted."""
        for documented, count in zip((True, False), plain["documented"], strict=True):
            self.documented[documented] += count
        for verdict, count in plain["verdicts"].items():
            self.verdicts[Verdict(verdict)] += count
        self.not_compared += plain["not_compared"]


@frozen(kw_only=True)
class Spills:
    """Where one of several processes lays the keys that it watches, and the salt that they all use."""

    folder: Path
    salt: str

    def keys(self) -> KeySpill:
        """The keys of one customer alone."""
        return self._spill(_KEYS)

    def broad(self) -> KeySpill:
        """The keys that strangers share."""
        return self._spill(_BROAD)

    def _spill(self, name: str) -> KeySpill:
        (self.folder / name).mkdir()
        return KeySpill(salt=self.salt, folder=self.folder / name)


_KEYS: Final = "keys"
_BROAD: Final = "broad"


class InFile:
    """The existence check inside one file: `watch` every row of the first reading, then `resolve` with the file read again.

    To be used in a `with`, at whose end the temporary files are gone. With `numbering` the order of all new rows is kept too, for `numbers`.
    """

    def __init__(self, *, numbering: bool = False, spills: Spills | None = None) -> None:
        self._open = ExitStack()
        self._keys: Final = self._open.enter_context(KeySpill() if spills is None else spills.keys())
        self._broad: Final = self._open.enter_context(KeySpill() if spills is None else spills.broad())
        self._sorter: Final = self._open.enter_context(LineSorter()) if numbering else None
        self._families: Families | None = None
        self._rows = 0
        self._counts = Counts()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def watch(self, row: Row, structured: Structured) -> None:
        """Note the keys of a row; every row of the file must come by, also one that could not be read."""
        place, entry = self._rows, structured.entry
        self._rows = place + 1
        if entry is None:
            return
        side = Side(entry, ())
        self._keys.add(place, side.meeting)
        self._broad.add(place << 1 | side.damaged, side.broad)
        documented = bool(side.papers)
        self._counts.documented[documented] += 1
        if self._sorter is not None and documented:
            self._sorter.add(f"{_order(structured.record, row.cells)}{place:016d}{row.line:016d}")

    def pass_over(self, rows: int) -> None:
        """Somebody else watches so many rows."""
        self._rows += rows

    def hand_over(self) -> None:
        """All keys into the files that are named in `spills`, for `take_keys` of another process."""
        self._keys.hand_over()
        self._broad.hand_over()

    def take_keys(self, spills: Spills) -> None:
        """The keys that another process watched, of rows of the same file."""
        self._keys.take(spills.folder / _KEYS)
        self._broad.take(spills.folder / _BROAD)

    def join(self, named: Path | None = None) -> None:
        """Find the families by all keys, into a named file when other processes are to ask for them."""
        self._families = families = self._open.enter_context(Families(self._rows, named))
        for group in self._keys.groups():
            families.join(group)
        for group in self._broad.groups(odd=True):  # only strangers share a broad key, unless a name is damaged
            families.join([word >> 1 for word in group])

    def take_families(self, named: Path) -> None:
        """The families that another process found."""
        self._families = self._open.enter_context(SharedFamilies(named))

    def resolve(self, table: Table, structure: Structure, sink: Sink) -> Presence:
        """Read the file again and tell of every row that is in it already; findings go to `sink` family by family.

        Errors: UnusableInput when the file is no longer the one that was watched.
        """
        self.join()
        for _ in self.settle(table, structure, sink):
            pass
        return self.presence()

    def settle(
        self, table: Table, structure: Structure, sink: Sink, buckets: Container[int] = range(BUCKETS)
    ) -> Iterator[int]:
        """Read the file again and decide the families of these buckets; gives each bucket, in order, when all of it was told.

        Errors: UnusableInput when the file is no longer the one that was watched.
        """
        families = self._families
        with RowSpill() as spill:
            count = -1
            for count, row in enumerate(table.rows):
                family = families.of(count) if families is not None and count < self._rows else None
                if family is not None and family % BUCKETS in buckets:
                    spill.add(family, row.line, row.cells)
            if count + 1 != self._rows:
                raise UnusableInput(table.source, problem="the file changed while it was read", remedy="check it again")
            before = -1
            for family, rows in spill.families(LARGEST_FAMILY):
                if family % BUCKETS != before and before >= 0:
                    yield before
                before = family % BUCKETS
                self._family(rows, structure, sink)
            if before >= 0:
                yield before

    def hand_over_counts(self, named: Path) -> Counts:
        """What was counted, and, with `numbering`, the order of all new rows in a file; for `take_counts` of another process."""
        if self._sorter is not None:
            self._sorter.hand_over(named)
        return self._counts

    def take_counts(self, plain: Mapping[str, Any], named: Path) -> None:
        """What another process counted, and the order of its new rows."""
        self._counts.take(plain)
        if self._sorter is not None:
            self._sorter.take(named)

    def presence(self) -> Presence:
        """How the rows stand to each other, once every family is decided."""
        verdicts = Counter(self._counts.verdicts)
        for documented, verdict in ((True, Verdict.NEW), (False, Verdict.UNDECIDABLE)):
            verdicts[verdict] += self._counts.documented[documented]
        return Presence(
            verdicts=MappingProxyType({verdict: verdicts[verdict] for verdict in Verdict}),
            not_compared=self._counts.not_compared,
        )

    def numbers(self, block: Block) -> Iterator[Numbered]:
        """A provisional number for every NEW row, in the order of the source keys. Errors: UnusableInput when they run out."""
        families, texts = self._families, () if self._sorter is None else self._sorter.sorted()
        numbers = numbers_of(block)
        for text in texts:
            row, line = text[-32:-16], int(text[-16:])
            if families is not None and row[-1] != " " and families.of(int(row)) is not None:
                continue  # noted again as soon as its family was decided
            number = next(numbers, None)
            if number is None:
                raise UnusableInput(
                    "numbers",
                    problem=f"range {block.range.name} ends at {block.last}",
                    remedy="give a longer range: --numbers FROM:TO",
                )
            yield Numbered(line, text[4 : 4 + int(text[:4])], number)

    def _family(self, rows: Iterator[SpilledRow], structure: Structure, sink: Sink) -> None:
        first = list(islice(rows, LARGEST_FAMILY + 1))
        members = (_member(line, cells, structure) for line, cells in chain(first, rows))
        if len(first) > LARGEST_FAMILY:
            for member in members:
                self._too_large(member, sink)
            return
        seen: dict[str, list[Candidate]] = {}
        for member in sorted(members, key=_by_order):
            self._decide(member, candidates_of(member.keyed, seen), sink)
            candidate = Candidate(number=record_of(member.line, member.record), entry=member.keyed)
            for text in member.keyed.side.texts:
                seen.setdefault(text, []).append(candidate)

    def _decide(self, member: _Member, candidates: Sequence[Candidate], sink: Sink) -> None:
        found = check(member.keyed, candidates, searched=_SCOPE, required=_SCOPE)
        self._leave(member)
        self._counts.verdicts[found.verdict] += 1
        if found.verdict is Verdict.NEW:
            if self._sorter is not None:
                self._sorter.add(f"{member.order}{'':16}{member.line:016d}")
        elif found.verdict is not Verdict.UNDECIDABLE:
            sink(Finding(line=member.line, record=member.record, field="", reason=found.reasons[0]))

    def _too_large(self, member: _Member, sink: Sink) -> None:
        self._leave(member)
        self._counts.not_compared += 1
        remark = remark_on("", CellCode.FAMILY_TOO_LARGE, most=LARGEST_FAMILY)
        sink(Finding(line=member.line, record=member.record, field=remark.field, reason=remark.reason))

    def _leave(self, member: _Member) -> None:
        """A row of a family is not among those decided at once."""
        self._counts.documented[bool(member.keyed.side.papers)] -= 1


def candidates_of(applicant: Keyed, index: Mapping[str, Sequence[Candidate]]) -> list[Candidate]:
    """Those of the index that share a key with the applicant, each once; a broad key counts only where a name is damaged."""
    found: dict[int, Candidate] = {}
    for text in applicant.side.narrow:
        for one in index.get(text, ()):
            found[id(one)] = one
    for text in applicant.side.broad:
        for one in index.get(text, ()):
            if applicant.damaged or one.entry.damaged:
                found[id(one)] = one
    return list(found.values())


def record_of(line: int, record: str | None) -> str:
    """How another finding points to a row: by its source key, else by its line."""
    return record if record is not None else f"line {line}"


_by_order: Final = attrgetter("order", "line")


def _member(line: int, cells: tuple[str, ...], structure: Structure) -> _Member:
    structured = structure(Row(line=line, cells=cells))
    if structured.entry is None:  # only rows with an entry have keys
        raise UnusableInput(f"line {line}", problem="the file changed while it was read", remedy="check it again")
    return _Member(_order(structured.record, cells), line, structured.record, keyed(structured.entry))


def _order(record: str | None, cells: tuple[str, ...]) -> str:
    """The place of a row among all: by its key, numbers as numbers, and by its content where keys are absent or equal."""
    key = record or ""
    content = blake2b("\x1f".join(cells).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return f"{len(key):04d}{key}{content}"
