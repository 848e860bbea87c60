"""A bank's own host that keeps its stock in DuckDB, the keys of each customer indexed, and asks of one person whether he is known.

Two tables: the customers, with the cells of the bank's own columns, and beside them one row for each key. A key is kept as a digest that is made with
a secret of the bank, so that the index holds no name and no number. What changes a customer changes its keys in the same transaction.
"""

# ruff: noqa: D102, S608 -- no value is ever written into a statement

from __future__ import annotations

from contextlib import contextmanager
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import attrs
import duckdb

from custmaster.dedup import BROAD, Candidate, check, keyed
from custmaster.wire.structure import compile_structure
from custmaster.wire.table import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from custmaster.customer import Entry
    from custmaster.dedup import Existence, Keyed
    from custmaster.wire.mapping import FileMapping

CUSTOMERS = """
create table if not exists customer (number varchar not null, status varchar not null, merged_into varchar, cells varchar[] not null)
"""
KEYS = "create table if not exists key (digest bigint not null, number varchar not null)"
INDEXES = (
    "create index if not exists customer_by_number on customer (number)",
    "create index if not exists key_by_digest on key (digest)",
    "create index if not exists key_by_number on key (number)",
)
DAMAGED = "damaged:{}"
"""Under this a customer whose name cannot be read is found by his broad keys, so that others are not found by theirs."""
SYSTEMS = ("BP", "EUSP")


@attrs.frozen(kw_only=True)
class Host:
    """The stock of both systems in one DuckDB; `secret` keys the digests, and is kept where the bank keeps its secrets."""

    connection: Any = attrs.field(repr=False)
    mapping: FileMapping
    secret: bytes = attrs.field(repr=False)
    read: Callable[[Row], Any] = attrs.field(init=False, repr=False)

    @read.default
    def _read(self) -> Callable[[Row], Any]:
        return compile_structure(self.mapping, self.mapping.columns, typed=False)

    @classmethod
    def opened(cls, path: str, mapping: FileMapping, secret: bytes) -> Host:
        host = cls(connection=duckdb.connect(path), mapping=mapping, secret=secret)
        host.connection.execute(CUSTOMERS)
        host.connection.execute(KEYS)
        for statement in INDEXES:
            host.connection.execute(statement)
        return host

    def put(self, number: str, cells: Sequence[str], *, status: str = "ACTIVE", merged_into: str | None = None) -> None:
        """A customer that is new or has changed, by the bank's columns: the old keys go and the new ones come, all or nothing."""
        rows = [(digest, number) for digest in self.digests_of(cells)]
        entry = self.entry(cells)
        if entry is not None:
            Candidate(
                number=number, status=status, merged_into=merged_into, entry=entry
            )  # refused here, not at the counter
        values = [number, status, merged_into, list(cells)]
        with self._transaction():
            self.connection.execute("delete from key where number = ?", [number])
            self.connection.execute("delete from customer where number = ?", [number])
            self.connection.execute(f"insert into customer values ({marks(values)})", values)
            if rows:
                self.connection.executemany("insert into key values (?, ?)", rows)

    def close(self) -> None:
        self.connection.close()

    def exists(self, applicant: Entry) -> Existence:
        """Whether we know this person, in any of our systems."""
        subject = keyed(applicant)
        return check(subject, self.candidates(subject), searched=SYSTEMS, required=SYSTEMS)

    def candidates(self, subject: Keyed) -> list[Candidate]:
        """Whoever shares a key with the subject; a broad key counts only where one of the two names is damaged."""
        narrow, broad = texts_of(subject)
        digests = [self.digest(text) for text in (*narrow, *(broad if subject.damaged else map(DAMAGED.format, broad)))]
        found = self._rows(f"select distinct number from key where digest in ({marks(digests)})", digests)
        return self._read_all([number for (number,) in found])

    def digests_of(self, cells: Sequence[str]) -> list[int]:
        """What stands for each key of a customer; none for one whose columns cannot be read."""
        entry = self.entry(cells)
        if entry is None:
            return []
        subject = keyed(entry)
        narrow, broad = texts_of(subject)
        return [
            self.digest(text) for text in (*narrow, *broad, *(map(DAMAGED.format, broad) if subject.damaged else ()))
        ]

    def entry(self, cells: Sequence[str]) -> Entry | None:
        entry: Entry | None = self.read(Row(line=1, cells=tuple(cells))).entry
        return entry

    def digest(self, text: str) -> int:
        taken = blake2b(text.encode(errors="surrogatepass"), digest_size=8, key=self.secret).digest()
        return int.from_bytes(taken, "big", signed=True)

    def _read_all(self, numbers: list[str]) -> list[Candidate]:
        rows = self._rows(f"select * from customer where number in ({marks(numbers)})", numbers)
        found = ((row, self.entry(row[3])) for row in rows)
        return [
            Candidate(number=row[0], status=row[1], merged_into=row[2], entry=entry) for row, entry in found if entry
        ]

    def _rows(self, sql: str, values: Sequence[object]) -> list[Any]:
        return self.connection.execute(sql, values).fetchall() if values else []

    @contextmanager
    def _transaction(self) -> Generator[None]:
        self.connection.begin()
        try:
            yield
        except BaseException:
            self.connection.rollback()
            raise
        self.connection.commit()


def texts_of(subject: Keyed) -> tuple[list[str], list[str]]:
    """The keys that few share, and the broad ones."""
    narrow = [key.reveal() for key in subject.keys if key.kind not in BROAD]
    return narrow, [key.reveal() for key in subject.keys if key.kind in BROAD]


def marks(values: Sequence[object]) -> str:
    """A place for each value: none is ever written into a statement."""
    return ", ".join("?" for _ in values)
