"""The rows of a Parquet file whose cells are plain: DuckDB makes their texts by itself, and Python sees the others alone.

A cell is plain when it is already what the folds would make of it, so nothing is folded here and nothing decided: SQL asks only whether
that is so, in doubt no, and puts texts together. The digest of a text is DuckDB's hash of it, for the other rows too.
tests/parity/test_plain_rows.py holds every digest to the texts that `Table.keys` gives for the record.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from custmaster.batch.plan import FILLER_ENDS, FIRST_DAY, LONGEST, MADE_UP_ENDS, Cells, Plan, citizens_codes, plan_of
from custmaster.batch.rules import Rules
from custmaster.dedup.slips import PLACE
from custmaster.value import fold
from custmaster.value.placeholder import KNOWN_PHONES, placeholder_keys
from custmaster.wire.mapping import FileMapping
from custmaster.wire.read_parquet import by_columns, cells_sql
from custmaster.wire.readers import format_of

__all__ = ["Hasher", "PlainRows", "plain_rows"]


@frozen(kw_only=True)
class PlainRows:
    """The plain rows of a file: `where` is the SQL that tells them apart, of cells named as in `cells_sql`; `plan` says where they stand."""

    path: Path
    mapping: FileMapping
    plan: Plan
    where: str

    def tell(self, connection: Any, rows: int) -> array[int]:
        """Lay the place and the digest of each text of the plain rows into a new table `texts`; the places of the others."""
        inner, values = cells_sql(self.path, self.mapping, 0, rows)
        named = ", ".join(f"{_cell(place)} AS {name}" for name, place in _columns_of(self.plan).items())
        cells = f"SELECT place, {self.where} AS plain, {named} FROM ({inner})"  # noqa: S608 -- names are quoted
        halves = f"SELECT place, plain, {_halves('plain')} FROM ({cells})"  # noqa: S608 -- of the lines below
        held = ", ".join(f"{digest} AS d{at}" for at, digest in enumerate(_told()))
        connection.execute(f"CREATE TEMP TABLE told AS SELECT place, plain, {held} FROM ({halves})", values)  # noqa: S608
        others = connection.sql("SELECT place FROM told WHERE NOT plain ORDER BY place").fetchall()
        connection.execute(f"CREATE TEMP TABLE texts AS {_texts()}")
        connection.execute("DROP TABLE told")
        return array("q", [row[0] for row in others])


def plain_rows(path: Path, mapping: FileMapping | None, rules: Rules) -> PlainRows | None:
    """How DuckDB tells the plain rows of this file; None for another format, or where there is no plan, see `plan_of`."""
    if mapping is None or format_of(path, mapping) != "parquet":
        return None
    plan = plan_of(mapping, mapping.columns, rules)
    if plan is None or not by_columns(path, mapping):
        return None
    return PlainRows(path=path, mapping=mapping, plan=plan, where=_where(plan))


class Hasher:
    """DuckDB's hash of texts, for the rows that it does not tell of by itself; to be closed."""

    def __init__(self) -> None:
        self._connection: Final[Any] = import_module("duckdb").connect(":memory:", config={"threads": 1})
        self._pa: Final[Any] = import_module("pyarrow")

    def close(self) -> None:
        """Nothing is asked any more."""
        self._connection.close()

    def texts(self, texts: Sequence[str]) -> list[int]:
        """The digest of each text."""
        parts = list(map(_parts, texts))
        columns = {name: [part[at] for part in parts] for at, name in enumerate(("kind", "one", "other"))}
        self._register("told", columns)
        halves = f"SELECT kind, {_half('one')} AS one, {_half('other')} AS other FROM told"  # noqa: S608 -- no value in it
        whole = f"CASE WHEN other IS NULL THEN {_whole('kind', 'one')} ELSE {_whole('kind', 'one', 'other')} END"
        found = self._connection.execute(f"SELECT {whole} FROM ({halves})")  # noqa: S608 -- no value in it
        return [row[0] for row in found.fetchall()]

    def cells(self, places: Sequence[int], cells: Cells) -> tuple[array[int], array[int]]:
        """The place and the digest of each text that two columns, or a citizen's number, make."""
        held = {"birth": cells.born, "name": cells.names, "mobile": cells.mobiles, "address": cells.doors}
        self._register("cells", {**held, "number": cells.numbers}, place=self._pa.array(places, self._pa.int64()))
        halves = f"SELECT place, {_halves('true')} FROM cells"  # noqa: S608 -- of the lines below
        table = self._connection.sql(_digests(halves)).to_arrow_table().combine_chunks()
        rows, digests = (array("q", table.column(name).to_pylist()) for name in ("place", "digest"))
        return rows, digests

    def _register(self, name: str, columns: Mapping[str, Sequence[str | None]], **further: Any) -> None:
        texts = {column: self._pa.array(cells, "string") for column, cells in columns.items()}
        self._connection.register(name, self._pa.table({**further, **texts}))


_CELLS: Final = ("name", "birth", "mobile", "address", "number")
_KINDS: Final = (
    ("NUMBER", ("number",)),
    ("NAME_BIRTH", ("birth", "name")),
    ("BIRTH_MOBILE", ("birth", "mobile")),
    ("BIRTH_ADDRESS", ("birth", "address")),
    ("NAME_MOBILE", ("mobile", "name")),
)
"""What the texts are made of, see `custmaster.dedup.stock_keys`."""


def _parts(text: str) -> tuple[str, str, str | None]:
    """The kind of a text with that of its customer, and the one thing or the two that it is made of."""
    kind, party, one, *other = text.split(":", 3)
    return f"{kind}:{party}", one, other[0] if other else None


def _half(cell: str) -> str:
    """What stands for a cell in all its texts, NULL for an empty one."""
    # Of the cell alone, DuckDB's hash takes numbers of one length for equal, one in some thousands: its bytes are taken in two alignments.
    return f"CASE WHEN {cell} <> '' THEN hash({cell}, 'a' || {cell}) END"


def _whole(kind: str, *halves: str) -> str:
    """The digest of a text, by what stands for its parts."""
    return f"CAST(hash({', '.join((kind, *halves))}) >> 1 AS BIGINT)"


def _halves(plain: str) -> str:
    """What stands for each cell of a row, NULL where the row is not plain."""
    ends = {name: f"right({name}, {PLACE})" if name == "address" else name for name in _CELLS}
    return ", ".join(f"CASE WHEN {plain} THEN {_half(end)} END AS {name}" for name, end in ends.items())


def _texts() -> str:
    kinds = range(len(_KINDS))
    return " UNION ALL ".join(f"SELECT place, d{at} AS digest FROM told WHERE d{at} IS NOT NULL" for at in kinds)  # noqa: S608 -- numbers


def _digests(halves: str) -> str:
    """The query for place and digest, over a query for what stands for the cells."""
    every = f"SELECT place, unnest([{', '.join(_told())}]) AS digest FROM ({halves})"  # noqa: S608 -- of the lines above
    return f"SELECT place, digest FROM ({every}) WHERE digest IS NOT NULL"  # noqa: S608 -- the same


def _told() -> Iterator[str]:
    """The digest of each kind of text, NULL where a cell is empty."""
    for kind, names in _KINDS:
        given = " AND ".join(f"{name} IS NOT NULL" for name in names)
        digest = _whole(f"'{kind}:PERSON'", *names)
        yield f"CASE WHEN {given} THEN {digest} END"


def _columns_of(plan: Plan) -> dict[str, int]:
    return {
        "name": plan.name, "birth": plan.birth, "mobile": plan.mobile, "address": plan.address, "number": plan.number,
    }  # fmt: skip


def _cell(place: int) -> str:
    return f"c{place}" if place >= 0 else "''"


def _where(plan: Plan) -> str:
    """The SQL of plainness: the conditions of `Plan.read`, each at least as narrow."""
    name, birth, mobile, address, number = map(_cell, _columns_of(plan).values())
    conditions = (
        f"({name} = '' OR {_name(name)})",
        f"({birth} = '' OR {_birth(birth)})",
        f"({mobile} = '' OR {_mobile(mobile)})",
        f"({address} = '' OR {_address(address)})",
        f"({number} = '' OR ({_number(number, birth)} AND {_type(plan)}))",
    )
    return " AND ".join(conditions)


def _name(cell: str) -> str:
    words = ", ".join(map(_quoted, sorted(placeholder_keys())))
    plain = f"[{fold.plain_class(variants=False)}]+"
    first = f"substr({cell}, 1, 1) NOT IN ('测', '试', '样', '示', '·') AND NOT regexp_matches({cell}, '^[0-9A-Z()]')"
    return f"(length({cell}) <= {LONGEST} AND regexp_full_match({cell}, {_quoted(plain)}) AND {first} AND {cell} NOT IN ({words}))"


def _birth(cell: str) -> str:
    return (
        f"(regexp_full_match({cell}, '[12][0-9]{{3}}-[0-9]{{2}}-[0-9]{{2}}') AND try_cast({cell} AS DATE) IS NOT NULL)"
    )


def _mobile(cell: str) -> str:
    fillers, known = (", ".join(map(_quoted, sorted(some))) for some in (FILLER_ENDS, KNOWN_PHONES))
    return f"(regexp_full_match({cell}, '1[3-9][0-9]{{9}}') AND substr({cell}, 4) NOT IN ({fillers}) AND {cell} NOT IN ({known}))"


def _address(cell: str) -> str:
    plain = f"[{fold.plain_class(variants=True)}]+"
    return f"(length({cell}) BETWEEN {PLACE} AND {LONGEST} AND regexp_full_match({cell}, {_quoted(plain)}))"


def _number(cell: str, birth: str) -> str:
    """Of 18 characters that state the day of birth that was entered: whether the check fits changes none of the texts."""
    ends = ", ".join(map(_quoted, MADE_UP_ENDS))
    made_up = f"substr({cell}, 15) IN ({ends}) OR contains({cell}, {_quoted(FIRST_DAY)})"
    same = f"substr({cell}, 7, 8) = replace({birth}, '-', '') AND NOT ({made_up})"
    return f"(regexp_full_match({cell}, '[1-9][0-9]{{16}}[0-9X]') AND {same})"


def _type(plan: Plan) -> str:
    if plan.type < 0:
        return "true" if plan.usually_citizens else "false"
    codes = [*citizens_codes(plan.types), *([""] if plan.usually_citizens and "" not in plan.types else [])]
    return f"{_cell(plan.type)} IN ({', '.join(map(_quoted, codes))})" if codes else "false"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
