from __future__ import annotations

import json
from pathlib import Path

import pytest

from custmaster.errors import UnusableInput
from custmaster.wire import Row, load_mapping, open_table, rows

MAPPING = load_mapping('[fields]\nname = "name"\ncard_number = "card"', "m.toml")


def read(folder: Path, text: str) -> list[Row]:
    path = folder / "c.jsonl"
    path.write_text(text, encoding="utf-8")
    return list(rows(path, MAPPING))


def codes(row: Row) -> list[str]:
    return [str(remark.reason.code) for remark in row.remarks]


def test_numbers_keep_the_digits_that_stand_there(tmp_path: Path) -> None:
    found = read(tmp_path, '{"name": 1.10, "card": 6222020000000001234}\n{"name": true, "card": null}\n{"card": "x"}\n')
    assert [row.cells for row in found] == [("1.10", "6222020000000001234"), ("true", ""), ("", "x")]


@pytest.mark.parametrize(
    "bad",
    [
        "[1]",
        '"x"',
        "{",
        '{"name": NaN}',
        '{"name": "a", "name": "b"}',
        '{"name": "\\ud800"}',
        '{"x": {"a": 1, "a": 2}, "name": "b"}',
        "[" * 5000,
        "null",
    ],
)
def test_a_bad_line_is_a_finding_and_the_rest_goes_on(tmp_path: Path, bad: str) -> None:
    first, broken, last = read(tmp_path, f'{{"name": "a", "card": ""}}\n{bad}\n\n{{"name": "b"}}\n')
    assert (codes(broken), broken.cells, broken.line) == (["ROW_UNREADABLE"], (), 2)
    assert (first.cells[0], last.cells[0], last.line) == ("a", "b", 4)


def test_a_list_in_a_mapped_column_is_a_finding_and_elsewhere_ignored(tmp_path: Path) -> None:
    (row,) = read(tmp_path, '{"name": ["a"], "card": "1", "more": {"a": [1]}}\n')
    assert (codes(row), row.cells) == (["CELL_NOT_TEXT"], ("", "1"))
    assert dict(row.remarks[0].reason.facts) == {"column": "name"}


def test_a_column_that_stands_in_no_line_is_told_with_the_last_row(tmp_path: Path) -> None:
    first, last = read(tmp_path, '{"name": "a"}\n{"name": "b"}\n')
    assert (codes(first), codes(last)) == ([], ["COLUMN_ABSENT"])
    assert last.cells == ("b", "")


def test_a_file_without_any_object_is_refused(tmp_path: Path) -> None:
    for text, told in (("", "empty"), ("name,card\na,1\n", "no line is a JSON object")):
        with pytest.raises(UnusableInput, match=told):
            read(tmp_path, text)


def test_blank_lines_alone_have_no_rows(tmp_path: Path) -> None:
    assert read(tmp_path, "\n \n") == []


def test_without_a_mapping_the_header_is_every_key_of_the_first_lines(tmp_path: Path) -> None:
    path = tmp_path / "c.ndjson"
    path.write_text('{"b": 1}\nbroken\n{"a": 2, "b": 3}\n')
    with open_table(path) as table:
        assert table.header == ("b", "a")
        assert [row.cells for row in table.rows] == [("1", ""), (), ("3", "2")]


def test_a_megabyte_cell_is_read(tmp_path: Path) -> None:
    (row,) = read(tmp_path, json.dumps({"name": "x" * 1_000_000, "card": ""}))
    assert len(row.cells[0]) == 1_000_000
