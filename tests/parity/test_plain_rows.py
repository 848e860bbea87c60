"""The digests that DuckDB makes by itself, and those of the rows that it leaves, are those of the texts of the records."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.parity.test_columns import HEADER, MAPPING, ROWS

from custmaster.batch import STOCK
from custmaster.batch.engines import InDuckDB
from custmaster.batch.plain import Hasher, plain_rows
from custmaster.batch.rules import sides_of
from custmaster.batch.tasks import Source, other_texts, record_keys
from custmaster.value import fold
from custmaster.wire import load_mapping
from custmaster.wire.table import Row, Table

duckdb: Any = pytest.importorskip("duckdb")
pa: Any = pytest.importorskip("pyarrow")
parquet: Any = pytest.importorskip("pyarrow.parquet")

Cells = tuple[str, ...]
PLAIN: Final = ("1", "张伟", "01", "11010519491231002X", "13800001837", "北京市海淀区学院路1号2栋3室", "1949-12-31")
ORDER: Final = tuple(HEADER.index(name) for name in MAPPING.columns)


def written(folder: Path, rows: Sequence[Cells]) -> Source:
    target = folder / "customers.parquet"
    columns = {name: [row[at] or None for row in rows] for at, name in enumerate(HEADER)}
    parquet.write_table(pa.table({name: pa.array(cells, "string") for name, cells in columns.items()}), target)
    return Source(path=target, mapping=MAPPING, rules=STOCK, plain=True)


def digests_of(source: Source) -> tuple[list[tuple[int, int]], array[int]]:
    """Place and digest of each text, and the places that were left to Python."""
    plain = plain_rows(source.path, source.mapping, STOCK)
    assert plain is not None
    with InDuckDB(folder=source.path.parent).opened() as connection:
        others = plain.tell(connection, len(record_keys(source)))
        told = connection.sql("SELECT place, digest FROM texts").fetchall()
    met = other_texts(source, others, lambda done: None)
    return sorted([*told, *zip(met.rows, met.digests, strict=True)]), others


def digests_of_records(rows: Sequence[Cells]) -> list[tuple[int, int]]:
    side_of = sides_of(STOCK, MAPPING, Table(source="t", header=MAPPING.columns, rows=iter(()), typed=True))
    texts: list[tuple[int, str]] = []
    for at, row in enumerate(rows):
        side = side_of(Row(line=at + 1, cells=tuple(row[place] for place in ORDER)))
        texts += [(at, text) for text in (() if side is None else STOCK.table_of(side).keys(side))]
    with closing(Hasher()) as hasher:
        hashed = hasher.texts([text for _, text in texts])
    return sorted((at, one) for (at, _), one in zip(texts, hashed, strict=True))


def whole(cell: str) -> bool:
    return "\x00" not in cell


@settings(max_examples=40)
@given(rows=st.lists(ROWS.filter(lambda row: all(map(whole, row))), min_size=1, max_size=40))
@example(rows=[PLAIN, ("1", "张伟", "", "", "", "", "")])
@example(rows=[("1", "张:伟", "01", "11010519491231003X", "13800001234", "北京市海淀区学院路1:2栋3室", "1949-12-31")])
@example(rows=[("1", "张伟", "01", "110105194912310021", "13800000000", "北京市海淀区学院路1号2栋", "1950-01-01")])
@example(rows=[("1", "测试客户", "77", "110105194912310000", "13812345678", "某", "1949-12-32"), PLAIN])
@example(rows=[("1", "馬頔", "01", "", "13800001234", "北京市海澱區學院路1号2栋3室", "2000-02-30")])
def test_every_digest_is_that_of_the_records_text(tmp_path_factory: pytest.TempPathFactory, rows: list[Cells]) -> None:
    found, _ = digests_of(written(tmp_path_factory.mktemp("plain"), rows))
    assert found == digests_of_records(rows)


def test_a_usual_row_is_not_seen_by_python(tmp_path: Path) -> None:
    mistyped = (*PLAIN[:3], "11010519491231003X", *PLAIN[4:])
    nobody = ("1", "李娜", "", "", "", "", "")
    traditional = ("1", "張偉", *PLAIN[2:])
    _, others = digests_of(written(tmp_path, [PLAIN, mistyped, nobody, traditional]))
    assert list(others) == [3]


def test_a_telephone_is_left_to_python_only_where_it_may_be_filled_in(tmp_path: Path) -> None:
    """Its last eight digits once over and over; three of them, or a row of three, are anybody's."""
    some = ("13800001000", "13811111111", "13800001123", "13912345670", "15900000000", "13812345678")
    rows = [(*PLAIN[:4], mobile, *PLAIN[5:]) for mobile in some]
    found, others = digests_of(written(tmp_path, rows))
    assert list(others) == [1, 4, 5]
    assert found == digests_of_records(rows)


def test_a_fold_that_is_altered_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [PLAIN, ("1", "張偉", *PLAIN[2:])]
    found, _ = digests_of(written(tmp_path, rows))
    assert found == digests_of_records(rows)
    monkeypatch.setattr(fold, "plain_class", lambda *, variants: "一-龥0-9A-Z")
    assert digests_of(written(tmp_path, rows))[0] != digests_of_records(rows)


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_no_other_format_is_told_by_duckdb(tmp_path: Path, ending: str) -> None:
    assert plain_rows(tmp_path / f"customers.{ending}", MAPPING, STOCK) is None


def test_a_file_whose_documents_have_no_type_column(tmp_path: Path) -> None:
    mapping = load_mapping(
        '[fields]\nname = "name"\nbirth_date = "born"\n[[documents]]\nnumber = "number"\ntype = "CHINESE_PASSPORT"',
        "m.toml",
    )
    source = written(tmp_path, [PLAIN])
    plain = plain_rows(source.path, mapping, STOCK)
    assert plain is not None
    with InDuckDB(folder=tmp_path).opened() as connection:
        assert list(plain.tell(connection, 1)) == [0]
    assert record_keys(Source(path=source.path, mapping=mapping, rules=STOCK)) == [""]


def test_texts_that_differ_have_digests_that_differ() -> None:
    """Numbers are alike but for some digits, where DuckDB's hash of the text alone takes these two for one."""
    pair = ["NUMBER:PERSON:330102196812125629", "NUMBER:PERSON:340102196612125626"]
    numbers = [
        f"NUMBER:PERSON:{area}{year}{month:02}{day:02}{serial:04}"
        for area in (110105, 330102, 340102, 440524)
        for year in range(1950, 2000)
        for month in range(1, 13)
        for day in range(1, 29)
        for serial in (12, 5626, 5629)
    ]
    with closing(Hasher()) as hasher:
        assert len(set(hasher.texts([*pair, *numbers]))) == len({*pair, *numbers})
