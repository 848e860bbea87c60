"""Which noted rows of a register have something in common: equal digests and nothing else, in plain Python or in DuckDB.

Whether rows that meet are about the same thing is judged by their records; a digest that two things happen to share costs a second look.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Protocol

from attrs import frozen

from custmaster.batch.contract_notes import Held, Noted, Notes
from custmaster.batch.engines import EngineName, InDuckDB
from custmaster.contract.kinds import Level
from custmaster.errors import UnusableInput

__all__ = ["Groups", "Met", "Suspects", "meeting_in"]

Suspects = Callable[[frozenset[int], Level], bool]
"""Whether live contracts of these products, by their places, must be looked at: all of a customer's, or those within one account."""


@frozen(kw_only=True)
class Groups:
    """Rows that have something in common: group after group by their first rows, in each the rows in order; `ids` tells them apart."""

    rows: array[int]
    ids: array[int]

    def __iter__(self) -> Iterator[list[int]]:
        held: list[int] = []
        before: int | None = None
        for row, one in zip(self.rows, self.ids, strict=True):
            if one != before and held:
                yield held
                held = []
            held.append(row)
            before = one
        if held:
            yield held


@frozen(kw_only=True)
class Met:
    """The groups of each kind; the keys are those of `GROUP_RULES`, and `numbers`."""

    numbers: Groups
    groups: dict[str, Groups]


class _Engine(Protocol):
    def repeated(self, noted: Noted) -> Groups:
        """The rows of digests that stand there more than once; where there are marks, one of them is not 0."""
        ...

    def suspects(self, held: Held, suspects: Suspects) -> Groups:
        """The rows of customers whose products together are suspect."""
        ...


def meeting_in(engine: EngineName | None, folder: Path, memory: str | None) -> Callable[[Notes, Suspects], Met]:
    """The function that brings rows together: in DuckDB where it is installed, unless plain Python is asked for.

    Errors: UnusableInput for an engine that is not there.
    """
    there = all(find_spec(name) is not None for name in ("duckdb", "pyarrow"))
    if engine is EngineName.SPARK:
        raise UnusableInput("engine spark", problem="a register is not checked there", remedy="take duckdb or python")
    if engine is EngineName.PYTHON or (engine is None and not there):
        return lambda notes, suspects: _met(_InPython(), notes, suspects)

    def met(notes: Notes, suspects: Suspects) -> Met:
        with InDuckDB(folder=folder, memory=memory).opened() as connection:
            return _met(_InDuckDB(connection=connection), notes, suspects)

    return met


def _met(engine: _Engine, notes: Notes, suspects: Suspects) -> Met:
    return Met(
        numbers=engine.repeated(notes.numbers),
        groups={
            "key": engine.repeated(notes.keys),
            "place": engine.repeated(notes.places),
            "customer": engine.suspects(notes.held, suspects),
        },
    )


@frozen(kw_only=True)
class _InPython:
    def repeated(self, noted: Noted) -> Groups:
        marks = noted.marks or [1] * len(noted.rows)
        held: dict[int, list[int]] = {}
        marked = set[int]()
        for row, digest, mark in zip(noted.rows, noted.digests, marks, strict=True):
            held.setdefault(digest, []).append(row)
            if mark:
                marked.add(digest)
        return _groups((digest, rows) for digest, rows in held.items() if len(rows) > 1 and digest in marked)

    def suspects(self, held: Held, suspects: Suspects) -> Groups:
        rows: dict[int, set[int]] = {}
        products: dict[tuple[int, int | None], set[int]] = {}
        for row, customer, account, product in zip(
            held.rows, held.customers, held.accounts, held.products, strict=True
        ):
            rows.setdefault(customer, set()).add(row)
            products.setdefault((customer, None), set()).add(product)
            products.setdefault((customer, account), set()).add(product)
        found = {
            customer
            for (customer, account), places in products.items()
            if suspects(frozenset(places), Level.CUSTOMER if account is None else Level.ACCOUNT)
        }
        return _groups((customer, list(rows[customer])) for customer in found)


def _groups(held: Iterable[tuple[int, list[int]]]) -> Groups:
    rows, ids = array("q"), array("q")
    for digest, some in sorted(((digest, sorted(some)) for digest, some in held), key=lambda one: (one[1][0], one[0])):
        rows.extend(some)
        ids.extend([digest] * len(some))
    return Groups(rows=rows, ids=ids)


_REPEATED: Final = """
SELECT place, digest FROM noted JOIN
(SELECT digest, min(place) AS first FROM noted GROUP BY digest HAVING count(*) > 1 AND max(mark) > 0)
USING (digest) ORDER BY first, digest, place
"""
_SETS: Final = """
CREATE TEMP TABLE sets AS
SELECT customer, min(place) AS first, bitstring_agg(product, -1, $most)::VARCHAR AS products FROM held GROUP BY customer
"""
_WITHIN: Final = """
CREATE TEMP TABLE within AS
SELECT customer, bitstring_agg(product, -1, $most)::VARCHAR AS products FROM held GROUP BY customer, account
"""
_DIFFERENT: Final = "SELECT DISTINCT products FROM sets ORDER BY products"
_DIFFERENT_WITHIN: Final = "SELECT DISTINCT products FROM within ORDER BY products"
_SUSPECT: Final = """
SELECT place, customer FROM (SELECT DISTINCT first, customer, place FROM held JOIN sets USING (customer)
WHERE products IN (SELECT unnest($whole))
OR customer IN (SELECT customer FROM within WHERE products IN (SELECT unnest($part)))) ORDER BY first, customer, place
"""


@frozen(kw_only=True)
class _InDuckDB:
    connection: Any

    def repeated(self, noted: Noted) -> Groups:
        marks = noted.marks or array("q", [1]) * len(noted.rows)
        self._register("noted", {"place": noted.rows, "digest": noted.digests, "mark": marks})
        return self._asked(_REPEATED, {})

    def suspects(self, held: Held, suspects: Suspects) -> Groups:
        if not held.rows:
            return Groups(rows=array("q"), ids=array("q"))
        columns = {"place": held.rows, "customer": held.customers, "account": held.accounts, "product": held.products}
        self._register("held", columns)
        most = {"most": max(held.products)}
        self.connection.execute(_SETS, most)
        self.connection.execute(_WITHIN, most)
        found = {
            name: [one for one in self._different(asked) if suspects(_places(one), level)]
            for name, asked, level in (
                ("whole", _DIFFERENT, Level.CUSTOMER),
                ("part", _DIFFERENT_WITHIN, Level.ACCOUNT),
            )
        }
        return self._asked(_SUSPECT, found)

    def _different(self, sql: str) -> list[str]:
        """The different sets of products."""
        return [str(row[0]) for row in self.connection.execute(sql).fetchall()]

    def _register(self, name: str, columns: Mapping[str, array[int]]) -> None:
        pa: Any = import_module("pyarrow")
        self.connection.register(name, pa.table({column: _column(pa, one) for column, one in columns.items()}))

    def _asked(self, sql: str, values: Mapping[str, object]) -> Groups:
        rows, ids = array("q"), array("q")
        for batch in self.connection.sql(sql, params=values).to_arrow_reader(1 << 17):
            for column, held in zip((rows, ids), batch.columns, strict=True):
                column.extend(held.to_pylist())
        return Groups(rows=rows, ids=ids)


def _places(bits: str) -> frozenset[int]:
    """The products of a set of bits, of which the first stands for an account that is not named."""
    return frozenset(at - 1 for at, bit in enumerate(bits) if bit == "1")


def _column(pa: Any, values: Sequence[int]) -> Any:
    return pa.Array.from_buffers(pa.int64(), len(values), [None, pa.py_buffer(values)])
