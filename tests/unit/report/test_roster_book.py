"""The workbook of a roster: text stays text, heads stay in sight, nobody is named unless asked, equal input gives equal bytes."""

from __future__ import annotations

import re
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import attrs
import pytest

from custmaster.decision import Citation, Outcome, Reason
from custmaster.errors import UnusableInput
from custmaster.handbook import Language
from custmaster.report import roster_book
from custmaster.report._roster_texts import column, said
from custmaster.report.roster_book import write_roster_book
from custmaster.report.roster_sheets import SHEETS
from custmaster.roster.figure_codes import FigureCode
from custmaster.value.name import Name

sys.path.insert(0, str(Path(__file__).parent))
from made_up_bank import bank

pytest.importorskip("xlsxwriter")
calamine = pytest.importorskip("python_calamine")

SMALL = bank(3)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def written(path: Path, made: tuple[object, ...] = SMALL, lang: str = "zh", *, reveal: bool = False) -> Path:
    write_roster_book(path / "roster.xlsx", *made, lang=lang, reveal=reveal)
    return path / "roster.xlsx"


def rows(path: Path, key: str, lang: Language = Language.ZH) -> list[list[object]]:
    book = calamine.CalamineWorkbook.from_path(path)
    return book.get_sheet_by_name(said(f"sheet_{key}", lang)).to_python()


def parts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name).decode("utf-8") for name in book.namelist()}


@pytest.mark.parametrize("lang", Language)
def test_every_sheet_has_its_heads_in_the_language(tmp_path: Path, lang: Language) -> None:
    path = written(tmp_path, lang=lang.value)
    names = [said(f"sheet_{key}", lang) for key in SHEETS]
    assert calamine.CalamineWorkbook.from_path(path).sheet_names == names
    for key, columns in SHEETS.items():
        assert rows(path, key, lang)[0] == [column(one.key, lang) for one in columns] or key == "findings"


def test_the_roster_and_the_ledger_are_whole(tmp_path: Path) -> None:
    path = written(tmp_path)
    review, roster = SMALL
    assert len(rows(path, "entries")) == 1 + len(roster.entries)
    assert len(rows(path, "staff")) == 1 + sum(len(one.staff) for one in review.outlets)
    held = sum(len(one.past) + len(one.helpers) + (one.maintainer is not None) for one in roster.entries)
    assert len(rows(path, "history")) == 1 + held
    assert len(rows(path, "calls")) == 1 + len(review.calls)
    assert len(rows(path, "changes")) == 1 + len(review.changes)


def test_numbers_of_the_bank_are_text_and_counts_are_numbers(tmp_path: Path) -> None:
    path = written(tmp_path)
    head, first, *_ = rows(path, "outlets")
    assert first[head.index("网点号")] == "0101"
    assert first[head.index("在岗人数")] == 10.0
    head, *listed = rows(path, "entries")
    assert {row[head.index("客户号")] for row in listed} >= {"6000000001"}
    assert all(isinstance(row[head.index("客户号")], str) for row in listed)


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "http://x.cn"])
def test_no_data_becomes_a_formula_or_a_link(tmp_path: Path, start: str) -> None:
    review, roster = SMALL
    entry = attrs.evolve(roster.entries[0], reason=start, level=start)
    staff = (attrs.evolve(roster.staff[0], name=Name(start)), *roster.staff[1:])
    made = (review, attrs.evolve(roster, entries=(entry, *roster.entries[1:]), staff=staff))
    path = written(tmp_path, made, reveal=True)
    head, *listed = rows(path, "entries")
    row = next(one for one in listed if one[head.index("名单编号")] == entry.number)
    assert (row[head.index("推荐理由")], row[head.index("等级")], row[head.index("姓名")]) == (start, start, start)
    for name, part in parts(path).items():
        if name.startswith("xl/worksheets/"):
            cells = ET.fromstring(part).iter(f"{MAIN}c")
            assert {one.get("t") for one in cells} <= {"s", None}
            assert "<f>" not in part
            assert "hyperlink" not in part.lower()


def test_sheets_keep_their_head_in_sight_on_screen_and_on_paper(tmp_path: Path) -> None:
    found = parts(written(tmp_path))
    sheets = [part for name, part in found.items() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)]
    assert len(sheets) == len(SHEETS)
    for part in sheets:
        assert 'state="frozen"' in part
        assert "<autoFilter" in part
        assert '<pageSetup paperSize="9"' in part
        assert 'orientation="landscape"' in part
        assert 'fitToHeight="0"' in part
        assert "<cols>" in part
    assert found["xl/workbook.xml"].count("_xlnm.Print_Titles") == len(SHEETS)


def test_each_outlet_begins_a_page_of_the_ledger(tmp_path: Path) -> None:
    found = parts(written(tmp_path, bank(2)))
    staff = found[f"xl/worksheets/sheet{list(SHEETS).index('staff') + 1}.xml"]
    assert re.findall(r'<brk id="(\d+)"', staff) == ["11"]
    assert "rowBreaks" not in found["xl/worksheets/sheet1.xml"]


def test_equal_input_gives_equal_bytes(tmp_path: Path) -> None:
    first = written(tmp_path).read_bytes()
    other = bank(3)
    shuffled = (other[0], attrs.evolve(other[1], staff=other[1].staff[::-1], entries=other[1].entries[::-1]))
    assert written(tmp_path, shuffled).read_bytes() == first
    assert "2026-11-28T00:00:00Z" in parts(tmp_path / "roster.xlsx")["docProps/core.xml"]


def test_a_masked_workbook_names_nobody(tmp_path: Path) -> None:
    review, roster = SMALL
    staff = (attrs.evolve(roster.staff[0], name=Name("金丝雀甲")), *roster.staff[1:])
    made = (review, attrs.evolve(roster, staff=staff))
    told = "".join(parts(written(tmp_path, made)).values())
    assert not [one for one in ("丝雀", "诸葛", "王芳", "接任", "13800001234", "signed form") if one in told]
    revealed = "".join(parts(written(tmp_path, made, reveal=True)).values())
    assert [one for one in ("金丝雀甲", "诸葛明亮", "王芳的邻居", "接任") if one in revealed] == [
        "金丝雀甲",
        "诸葛明亮",
        "王芳的邻居",
        "接任",
    ]
    assert "13800001234" not in revealed


def test_reasons_posts_and_levels_are_in_words(tmp_path: Path) -> None:
    review, roster = SMALL
    missing = Reason(code=FigureCode.SHARE_NOT_COMPUTABLE, outcome=Outcome.REVIEW, citation=Citation(article="R-10"))
    other = attrs.evolve(missing, code=Outcome.REVIEW)
    made = (attrs.evolve(review, share=attrs.evolve(review.share, reasons=(missing, other))), roster)
    path = written(tmp_path, made, "en")
    assert rows(path, "summary", Language.EN)[-1][-1] == "the share cannot be computed: there are no customers, REVIEW"
    head, first, *_ = rows(path, "staff", Language.EN)
    assert first[head.index("posts")] == "outlet head"
    assert first[head.index("levels")].startswith("ordinary 5, gold 13")
    assert not any(str(cell).endswith(", ") for row in rows(path, "staff", Language.EN) for cell in row)


def test_a_cell_takes_what_it_can(tmp_path: Path) -> None:
    review, roster = SMALL
    long = attrs.evolve(roster.entries[0], reason="长" * 40_000, nominator="\ud800")
    head, *listed = rows(written(tmp_path, (review, attrs.evolve(roster, entries=(long,))), reveal=True), "entries")
    assert listed[0][head.index("推荐理由")] == "长" * 32_766 + "…"
    assert listed[0][head.index("推荐人")] == "?"


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roster_book, "_LONGEST", 100)
    with pytest.raises(UnusableInput, match="名单 has more rows"):
        written(tmp_path)
    assert not (tmp_path / "roster.xlsx").exists()


def test_without_the_package_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(UnusableInput, match=r"custmaster\[excel\]"):
        written(tmp_path)
