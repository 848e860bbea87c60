from __future__ import annotations

import sys
from datetime import datetime, time
from pathlib import Path

import pytest

from custmaster.errors import UnusableInput
from custmaster.wire import Row, compile_structure, load_mapping, open_table, rows

xlsxwriter = pytest.importorskip("xlsxwriter")
pytest.importorskip("python_calamine")

MAPPING = load_mapping('[fields]\nname = "姓名"\nbirth_date = "生日"\n[dates]\nbirth_date = ["YYYY/MM/DD"]', "m.toml")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "customers.xlsx"
    made = xlsxwriter.Workbook(path)
    day = made.add_format({"num_format": "yyyy-mm-dd"})
    sheet = made.add_worksheet("客户")
    sheet.write_row(2, 1, ["姓名", "生日", "证件号码", "是", "时刻", "金额", "误"])
    sheet.write_row(3, 1, ["张伟"])
    sheet.write_datetime(3, 2, datetime(1990, 3, 7), day)
    sheet.write_number(3, 3, 110101199003071234)
    sheet.write_boolean(3, 4, True)
    sheet.write_datetime(3, 5, datetime(1990, 3, 7, 8, 30), day)
    sheet.write_number(3, 6, 1.0)
    sheet.write_formula(3, 7, "=1/0", None, "#DIV/0!")
    sheet.write_row(5, 1, ["李娜", "1991/02/03"])
    sheet.write_datetime(5, 5, time(8, 30), made.add_format({"num_format": "hh:mm"}))
    made.add_worksheet("空")
    made.close()
    return path


def codes(row: Row) -> list[str]:
    return [str(remark.reason.code) for remark in row.remarks]


def test_cells_become_the_text_that_they_mean(book: Path) -> None:
    first, second = rows(book)
    assert first.cells == ("张伟", "1990-03-07", "", "true", "1990-03-07 08:30:00", "1", "")
    assert second.cells == ("李娜", "1991/02/03", "", "", "08:30:00", "", "")
    assert (first.line, second.line) == (4, 6)


def test_an_identity_number_stored_as_a_number_is_a_finding_where_it_is_mapped(book: Path) -> None:
    mapped = load_mapping('[[documents]]\ntype = "RESIDENT_ID"\nnumber = "证件号码"', "m.toml")
    assert [codes(row) for row in rows(book, mapped)] == [["NUMBER_AS_FLOAT"], []]
    assert [codes(row) for row in rows(book, MAPPING)] == [[], []]


def test_a_day_of_excel_passes_whatever_the_patterns(book: Path) -> None:
    with open_table(book, MAPPING) as table:
        structure = compile_structure(MAPPING, table.header, typed=table.typed)
        found = [structure(row) for row in table.rows]
    assert [(one.entry.birth_date.isoformat(), one.remarks) for one in found if one.entry and one.entry.birth_date] == [
        ("1990-03-07", ()),
        ("1991-02-03", ()),
    ]


def test_a_sheet_is_chosen_by_name(book: Path) -> None:
    def of(sheet: str) -> list[Row]:
        return list(rows(book, load_mapping(f'[source]\nsheet = "{sheet}"\n[fields]\nname = "姓名"', "m.toml")))

    assert len(of("客户")) == 2
    with pytest.raises(UnusableInput, match="the sheet is empty"):
        of("空")
    with pytest.raises(UnusableInput, match="no sheet '客'; did you mean '客户'"):
        of("客")
    with pytest.raises(UnusableInput, match="it has 客户, 空"):
        of("xyz")


def test_a_missing_column_is_named_with_the_line_of_the_header(book: Path) -> None:
    with pytest.raises(UnusableInput, match="line 3: there is no column '姓'"):
        list(rows(book, load_mapping('[fields]\nname = "姓"', "m.toml")))


def test_a_damaged_workbook_is_refused(book: Path) -> None:
    for data in (b"", b"PK\x03\x04", book.read_bytes()[:-500], b"name\nx\n"):
        book.write_bytes(data)
        with pytest.raises(UnusableInput, match="no whole Excel workbook"):
            list(rows(book, MAPPING))


def test_without_the_package_the_remedy_is_told(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(UnusableInput) as refused:
        list(rows(book))
    assert refused.value.remedy == "pip install 'custmaster[excel]'"
