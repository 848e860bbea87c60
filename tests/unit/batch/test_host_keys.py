"""What runs call a row by: the host's key as a record of the row has it, and never one name for two rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custmaster.batch import EngineName, Run, check_new, dedupe
from custmaster.batch.host_keys import key_reader
from custmaster.batch.steps import named
from custmaster.wire import load_mapping
from custmaster.wire.structure import compile_structure
from custmaster.wire.table import Row

ALONE: Final = Run(engine=EngineName.PYTHON, workers=1)
REST: Final = 'name = "name"\nmobile = "mobile"\n'
MAPPINGS: Final = {
    "one": '[fields]\nsource_key = "b"\n',
    "number": '[fields]\ncustomer_number = "a"\n',
    "joined": '[fields]\nsource_key = { columns = ["b", "a"], join = "-" }\n',
    "first": '[fields]\nsource_key = { first_of = ["a", "b"] }\n',
    "both": '[fields]\nsource_key = "b"\ncustomer_number = "a"\n',
    "none": "[fields]\n",
}
CELL: Final = st.one_of(st.sampled_from(["", " ", "7", " 7 ", "\u30007", "x" * 201, "a b"]), st.text(max_size=4))


@pytest.mark.parametrize("which", MAPPINGS)
@given(rows=st.lists(st.tuples(CELL, CELL, CELL, CELL), min_size=1, max_size=6))
def test_keys_by_columns_are_those_of_the_records(which: str, rows: list[tuple[str, ...]]) -> None:
    header = ("a", "b", "name", "mobile")
    mapping = load_mapping(MAPPINGS[which] + REST, "m.toml")
    structure = compile_structure(mapping, header)
    records = [structure(Row(line=line, cells=cells)).record or "" for line, cells in enumerate(rows, 2)]
    assert key_reader(mapping, header)(list(zip(*rows, strict=True))) == records


@given(st.lists(st.one_of(st.sampled_from(["", "7", "#1", "#2", "7#2", "7#3", "7#2#2"]), st.text("7#123", max_size=6))))
def test_no_two_rows_have_one_name(records: list[str]) -> None:
    names = named(records)
    assert len(set(names)) == len(records)
    for record, name in zip(records, names, strict=True):
        assert name.startswith(record)
        assert name == record or not record or records.count(record) > 1


@pytest.mark.parametrize("form", ["csv", "parquet"])
@pytest.mark.parametrize("engine", [EngineName.DUCKDB, EngineName.PYTHON])
def test_a_key_of_several_columns_is_told_whole(tmp_path: Path, form: str, engine: EngineName) -> None:
    mapping = load_mapping(f'[fields]\nsource_key = {{ columns = ["branch", "no"], join = "-" }}\n{REST}', "m.toml")
    rows = [("B1", "1", "张伟", "13800001234"), ("B1", "2", "張偉", "13800001234"), (" ", "", "李娜", "13800001234")]
    file = written(tmp_path / f"c.{form}", ("branch", "no", "name", "mobile"), rows)
    found = dedupe(file, mapping, run=Run(engine=engine, workers=1))
    assert list(found.records) == ["B1-1", "B1-2", "#3"]
    assert [(one.left, one.right) for one in found.edges] == [("B1-1", "B1-2")]
    new = check_new(file, file, mapping, run=Run(engine=engine, workers=1))
    assert {(one.left, one.right) for one in new.matches} >= {("B1-1", "B1-2"), ("B1-2", "B1-1")}


def test_a_key_that_looks_like_the_name_of_another_row_joins_nobody(tmp_path: Path) -> None:
    """The third row would be called 7#3 for its key and place, which is the key of the second."""
    rows = [("7", "王芳", "13700002222"), ("7#3", "张伟", "13800001234"), ("7", "李娜", "13612345678")]
    rows += [("8", "张伟", "13800001234"), ("9", "李娜", "13612345678")]
    mapping = load_mapping(f'[fields]\nsource_key = "id"\n{REST}', "m.toml")
    found = dedupe(written(tmp_path / "c.csv", ("id", "name", "mobile"), rows), mapping, run=ALONE)
    assert list(found.records) == ["7", "7#3", "7#3#3", "8", "9"]
    assert list(found.clusters(review=True)) == ["7", "7#3", "7#3#3", "7#3", "7#3#3"]
    assert [one.members for one in found.clusterings().review.joined] == [("7#3", "8"), ("7#3#3", "9")]


def written(path: Path, header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Path:
    if path.suffix == ".parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        pq.write_table(pa.table(dict(zip(header, map(list, zip(*rows, strict=True)), strict=True))), path)
    else:
        path.write_text("".join(",".join(row) + "\n" for row in (header, *rows)), encoding="utf-8")
    return path
