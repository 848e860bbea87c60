from __future__ import annotations

import sys
from pathlib import Path

import pytest

from custmaster.errors import UnusableInput
from custmaster.wire import Row, load_mapping, open_table, rows
from custmaster.wire.mapping import FileMapping

duckdb = pytest.importorskip("duckdb")


def written(path: Path, select: str) -> Path:
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 2048)")
    connection.close()
    return path


def mapping(**fields: str) -> FileMapping:
    return load_mapping("[fields]\n" + "\n".join(f"{key} = '{column}'" for key, column in fields.items()), "m.toml")


def codes(row: Row) -> list[str]:
    return [str(remark.reason.code) for remark in row.remarks]


def test_every_type_becomes_the_text_that_it_means(tmp_path: Path) -> None:
    columns = {
        "DATE '2024-01-02'": "2024-01-02",
        "TIMESTAMP '2024-01-02 00:00:00'": "2024-01-02",
        "TIMESTAMP '2024-01-02 03:04:05'": "2024-01-02 03:04:05",
        "TIMESTAMPTZ '2024-01-02 00:00:00+00'": "2024-01-02",
        "110101199003071234::BIGINT": "110101199003071234",
        "1.50::DECIMAL(9,2)": "1.50",
        "true": "true",
        "NULL::VARCHAR": "",
        "1.0::DOUBLE": "1",
        "NULL::DOUBLE": "",
        "'张伟'": "张伟",
    }
    select = "SELECT " + ", ".join(f"{sql} AS c{place}" for place, sql in enumerate(columns))
    (row,) = rows(written(tmp_path / "t.parquet", select))
    assert row.cells == tuple(columns.values())


def test_digits_lost_in_floating_point_are_a_finding(tmp_path: Path) -> None:
    path = written(tmp_path / "t.parquet", "SELECT 110101199003071234::DOUBLE AS id, 'a' AS name")
    (row,) = rows(path, mapping(name="name", source_key="id"))
    assert (codes(row), row.cells) == (["NUMBER_AS_FLOAT"], ("", "a"))


def test_rows_come_in_file_order_and_only_the_mapped_columns(tmp_path: Path) -> None:
    path = written(
        tmp_path / "t.parquet", 'SELECT range AS id, \'n\' || range AS "na""me", 0 AS other FROM range(10000)'
    )
    with open_table(path, mapping(source_key="id", name='na"me')) as table:
        assert (table.header, table.typed, table.expected) == (("id", 'na"me'), True, 10000)
        assert all(row.cells == (str(row.line - 1), f"n{row.line - 1}") for row in table.rows)


@pytest.mark.parametrize("name", ["cust[1].parquet", "cust*.parquet", "cust?.parquet"])
def test_a_file_name_is_no_pattern(tmp_path: Path, name: str) -> None:
    plain = written(tmp_path / "plain.parquet", "SELECT 'a' AS name")
    written(tmp_path / "cust1.parquet", "SELECT 'other' AS name")
    path = plain.rename(tmp_path / name)
    assert [row.cells for row in rows(path, mapping(name="name"))] == [("a",)]


@pytest.mark.parametrize("kept", [0, 3, 100, 0.5, 0.99])
def test_a_truncated_file_is_refused_in_one_sentence(tmp_path: Path, kept: float) -> None:
    path = written(tmp_path / "t.parquet", "SELECT range AS id, 'n' || range AS name FROM range(5000)")
    data = path.read_bytes()
    path.write_bytes(data[: int(kept if isinstance(kept, int) else len(data) * kept)])
    with pytest.raises(UnusableInput, match="no whole Parquet file") as refused:
        list(rows(path, mapping(name="name")))
    assert "\n" not in str(refused.value)


def test_damage_in_the_middle_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "t.parquet", "SELECT range AS id, 'n' || hash(range) AS name FROM range(5000)")
    data = bytearray(path.read_bytes())
    data[1000:2000] = bytes(1000)
    path.write_bytes(data)
    with pytest.raises(UnusableInput, match="no whole Parquet file"):
        list(rows(path, mapping(name="name", source_key="id")))


def test_missing_columns_and_columns_that_hold_no_text_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "t.parquet", "SELECT [1] AS l, 'x'::BLOB AS b, {'a': 1} AS s, 'n' AS name")
    for column, told in (
        ("nmae", "no column 'nmae'"),
        ("l", "lists"),
        ("b", "BLOB"),
        ("s", "STRUCT"),
        ("Name", "no column"),
    ):
        with pytest.raises(UnusableInput, match=told):
            list(rows(path, mapping(name=column)))


def test_without_the_package_the_remedy_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "t.parquet", "SELECT 1 AS id")
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(UnusableInput) as refused:
        list(rows(path))
    assert refused.value.remedy == "pip install 'custmaster[duckdb]'"


def test_reading_needs_no_pyarrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "t.parquet", "SELECT 'a' AS name, DATE '2024-01-02' AS d")
    for module in [name for name in sys.modules if name.partition(".")[0] in {"pyarrow", "pandas", "numpy"}]:
        monkeypatch.delitem(sys.modules, module)
    for module in ("pyarrow", "pandas", "numpy"):
        monkeypatch.setitem(sys.modules, module, None)
    assert [row.cells for row in rows(path)] == [("a", "2024-01-02")]
