"""Keys of rows as a column of Arrow: only where each is the name of its row, and then they are those that are read one by one."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

from custmaster.batch import Run, dedupe, write_clusters
from custmaster.batch.engines import InDuckDB
from custmaster.batch.key_column import KeyColumn, key_column
from custmaster.batch.rules import STOCK
from custmaster.batch.steps import named
from custmaster.batch.tasks import Source, record_keys
from custmaster.wire import load_mapping

pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")
pytest.importorskip("duckdb")

FIELDS: Final = '[fields]\nname = "name"\n'
MAPPING: Final = load_mapping(FIELDS + 'source_key = "id"', "m.toml")


def read(folder: Path, keys: Sequence[object], mapping: object = MAPPING) -> KeyColumn | None:
    file = folder / "c.parquet"
    parquet.write_table(pa.table({"id": pa.array(keys), "name": pa.array(["张伟"] * len(keys), "string")}), file)
    with InDuckDB(folder=folder).opened() as connection:
        return key_column(connection, file, mapping)  # type: ignore[arg-type]


@pytest.mark.parametrize("keys", [["7", "3", "A-1"], [7, 3, 10], [str(one) for one in range(300_000, 0, -1)]])
def test_plain_keys_are_the_names_of_their_rows(tmp_path: Path, keys: Sequence[object]) -> None:
    found = read(tmp_path, keys)
    assert found is not None
    assert found == named(record_keys(Source(path=tmp_path / "c.parquet", mapping=MAPPING, rules=STOCK)))
    assert found == [str(key) for key in keys]


@pytest.mark.parametrize(
    "keys",
    [
        ["7", "7"],
        ["7", None],
        ["7", ""],
        ["7", " 8"],
        ["7", "8\u3000"],
        ["客1", "客2"],
        ["7", "a b"],
        ["7", "x" * 201],
        [],
    ],
)
def test_other_keys_are_left_to_the_rows(tmp_path: Path, keys: Sequence[object]) -> None:
    assert read(tmp_path, keys) is None


def test_a_key_of_several_columns_and_none_at_all(tmp_path: Path) -> None:
    assert read(tmp_path, ["7"], load_mapping('[fields]\nsource_key = { columns = ["id", "name"] }', "m.toml")) is None
    assert read(tmp_path, ["7"], load_mapping(FIELDS, "m.toml")) is None


def test_it_is_a_sequence_of_texts(tmp_path: Path) -> None:
    found = read(tmp_path, ["7", "31", "A-1"])
    assert found is not None
    assert (found[0], found[-1], found[1:], list(found), len(found)) == (
        "7",
        "A-1",
        ["31", "A-1"],
        ["7", "31", "A-1"],
        3,
    )
    with pytest.raises(IndexError):
        found[3]
    assert "31" in found
    assert found.index("A-1") == 2
    assert found != ["7"]
    assert found != 7
    assert pickle.loads(pickle.dumps(found)) == found


@pytest.mark.parametrize("keys", [("7", "3", "5"), ("7", "7", "")])
def test_the_clusters_are_those_of_rows_read_one_by_one(tmp_path: Path, keys: tuple[str, ...]) -> None:
    people = {"id": keys, "name": ("张伟", "張偉", "李娜"), "mobile": ("13800001234", "13800001234", "13900001235")}
    file, other = tmp_path / "c.parquet", tmp_path / "c.csv"
    parquet.write_table(pa.table({name: pa.array(cells, "string") for name, cells in people.items()}), file)
    other.write_text("\n".join(map(",".join, [tuple(people), *zip(*people.values(), strict=True)])), encoding="utf-8")
    mapping = load_mapping(FIELDS + 'source_key = "id"\nmobile = "mobile"', "m.toml")
    for one in (file, other):
        write_clusters(one.parent / f"{one.suffix[1:]}.parquet", dedupe(one, mapping, run=Run(workers=1)), one)
    tables = [parquet.read_table(tmp_path / f"{form}.parquet").to_pylist() for form in ("parquet", "csv")]
    assert tables[0] == tables[1]
