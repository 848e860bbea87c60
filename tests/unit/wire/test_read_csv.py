from __future__ import annotations

import csv
from pathlib import Path

import pytest

from custmaster.errors import UnusableInput
from custmaster.wire import Row, load_mapping, open_table, rows
from custmaster.wire.mapping import FileMapping
from custmaster.wire.readers import format_of

MAPPING = load_mapping('[fields]\nname = "name"\nmobile = "mobile"', "m.toml")


def read(folder: Path, data: bytes | str, mapping: FileMapping | None = MAPPING, ending: str = ".csv") -> list[Row]:
    path = folder / f"customers{ending}"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(rows(path, mapping))


def codes(row: Row) -> list[str]:
    return [str(remark.reason.code) for remark in row.remarks]


def refused(folder: Path, data: bytes | str, mapping: FileMapping | None = MAPPING) -> UnusableInput:
    with pytest.raises(UnusableInput) as caught:
        read(folder, data, mapping)
    return caught.value


def test_the_line_of_a_record_is_its_first_physical_line(tmp_path: Path) -> None:
    found = read(tmp_path, 'name,mobile\n"张\n伟",1\n\n,\n李娜,2\n')
    assert [(row.line, row.cells) for row in found] == [(2, ("张\n伟", "1")), (6, ("李娜", "2"))]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_kind(tmp_path: Path, end: str) -> None:
    assert [row.line for row in read(tmp_path, f"name,mobile{end}a,1{end}b,2{end}")] == [2, 3]


def test_too_many_and_too_few_cells_are_findings_and_the_rest_goes_on(tmp_path: Path) -> None:
    short, good, long = read(tmp_path, "name,mobile\na\nb,2\nc,3,4\n")
    assert (codes(short), short.cells, short.line) == (["ROW_CELLS"], (), 2)
    assert dict(long.remarks[0].reason.facts) == {"cells": 3, "columns": 2}
    assert good.cells == ("b", "2")


def test_text_behind_a_closing_quote_is_a_finding_and_the_rest_goes_on(tmp_path: Path) -> None:
    bad, good = read(tmp_path, 'name,mobile\n"x"y,1\nb,2\n')
    assert (codes(bad), bad.line, good.cells) == (["ROW_UNREADABLE"], 2, ("b", "2"))


def test_a_nul_is_a_finding_and_the_rest_goes_on(tmp_path: Path) -> None:
    bad, good = read(tmp_path, b"name,mobile\nx\x00y,1\nb,2\n")
    assert (codes(bad), good.cells) == (["ROW_UNREADABLE"], ("b", "2"))


def test_a_quote_that_is_never_closed_is_refused_with_its_line(tmp_path: Path) -> None:
    problem = refused(tmp_path, 'name,mobile\na,1\nb,"2\nc,3\n')
    assert (problem.where, problem.problem) == ("line 3", "a quote is opened and never closed")


def test_a_cell_beyond_the_limit_is_refused_with_its_line(tmp_path: Path) -> None:
    problem = refused(tmp_path, f"name,mobile\na,1\n{'x' * (csv.field_size_limit() + 1)},2\n")
    assert problem.where == "line 3"
    assert "most likely a quote is not closed" in problem.problem


def test_a_header_with_broken_quotes_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, '"name"x,mobile\n').problem == "the quotes do not fit"


def test_a_missing_column_is_named_with_the_closest(tmp_path: Path) -> None:
    problem = refused(tmp_path, "nmae,mobile\na,1\n")
    assert (problem.problem, problem.remedy) == ("there is no column 'name'", "the closest in the file: 'nmae'")
    assert "'name', 'mobile'" in refused(tmp_path, "x,y\n").problem


def test_a_column_that_stands_twice_is_refused_only_when_it_is_mapped(tmp_path: Path) -> None:
    assert refused(tmp_path, "name,name,mobile\n").problem == "two columns are called 'name'"
    assert len(read(tmp_path, "name,mobile,x,x\na,1,2,3\n")) == 1


def test_another_delimiter_is_guessed_in_the_remedy_and_used_when_stated(tmp_path: Path) -> None:
    assert "delimiter = ';'" in refused(tmp_path, "name;mobile\na;1\n").remedy
    stated = load_mapping('[source]\ndelimiter = ";"\n[fields]\nname = "name"', "m.toml")
    assert read(tmp_path, "name;mobile\na;1\n", stated)[0].cells == ("a", "1")


def test_tabs_by_ending(tmp_path: Path) -> None:
    assert read(tmp_path, "name\tmobile\na\t1\n", ending=".TSV")[0].cells == ("a", "1")


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(tmp_path: Path, data: bytes) -> None:
    assert refused(tmp_path, data).problem == "the file is empty"


def test_a_header_alone_has_no_rows(tmp_path: Path) -> None:
    assert read(tmp_path, "name,mobile\n") == []


def test_a_byte_order_mark_is_no_part_of_the_first_header(tmp_path: Path) -> None:
    for codec in ("utf-8-sig", "utf-16", "gb18030"):
        assert read(tmp_path, "name,mobile\n张伟,1\n".encode(codec))[0].cells == ("张伟", "1")


def test_without_a_mapping_every_column_is_read(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text("a,b,a\n1,2,3\n")
    with open_table(path) as table:
        assert (table.header, table.expected, table.typed) == (("a", "b", "a"), 1, False)
        assert [row.cells for row in table.rows] == [("1", "2", "3")]


def test_a_file_that_changes_under_the_reader_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_bytes(b"name,mobile\n" + b"a,1\n" * 20000)
    with open_table(path, MAPPING) as table, pytest.raises(UnusableInput, match="changed while it was read"):
        path.write_bytes(b"name,mobile\n" + b"a,\xff\n" * 20000)
        list(table.rows)


def test_folders_missing_files_and_unknown_endings_are_refused(tmp_path: Path) -> None:
    (tmp_path / "x.doc").write_text("x")
    for path, told in (
        (tmp_path, "folder"),
        (tmp_path / "no.csv", "no such file"),
        (tmp_path / "x.doc", "'.doc' tells no format"),
    ):
        with pytest.raises(UnusableInput, match=told):
            open_table(path, MAPPING)


def test_the_mapping_may_state_the_format() -> None:
    stated = load_mapping('[source]\nformat = "ndjson"\n[fields]\nname = "n"', "m.toml")
    assert format_of(Path("x.dat"), stated) == "jsonl"


def test_a_row_does_not_show_its_cells() -> None:
    assert "张伟" not in repr(Row(line=1, cells=("张伟",)))
