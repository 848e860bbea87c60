"""The worklist goes out as a sheet, comes back edited, and closes the loop; nothing of a person is shown unless it is wanted."""

from __future__ import annotations

import csv
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from custmaster.dedup.items import Closing, Item, ItemState, ItemType, Question, item_of
from custmaster.dedup.rulings import RulingKind
from custmaster.dedup.steward import EMPTY_LEDGER, Ledger
from custmaster.errors import UnusableInput
from custmaster.value.name import Name
from custmaster.value.phone import Phone
from custmaster.value.sex import Sex
from custmaster.wire.worklist import (
    FILLED_IN,
    NOTHING_SHOWN,
    WORKLIST_COLUMNS,
    Shown,
    apply_decision_file,
    read_answers,
    write_worklist,
)

DAY = date(2026, 11, 24)
ITEMS = (
    item_of(ItemType.BELOW, [Question(left="=a", right="'b", evidence="+NAME~IDNO", row="ID_UPGRADE")], DAY),
    item_of(ItemType.MARGIN, [Question(left="x", right="y"), Question(left="x", right="z")], DAY),
)
SHEETS = pytest.mark.parametrize("name", ["work.csv", "work.xlsx"])


def rows_of(path: Path) -> list[list[str]]:
    if path.suffix == ".csv":
        return list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    calamine = pytest.importorskip("python_calamine", reason="reading .xlsx needs the package python-calamine")
    return [
        [str(cell) for cell in row]
        for row in calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    ]


def written(path: Path, items: tuple[Item, ...] = ITEMS, shown: Shown = NOTHING_SHOWN) -> list[list[str]]:
    write_worklist(path, items, shown)
    return rows_of(path)


def edited(path: Path, *answers: tuple[str, str, str]) -> Path:
    """The sheet as a steward gives it back: sorted otherwise, with a column of his own, saved as plain CSV."""
    header, *rows = rows_of(path)
    table = [dict(zip(header, row, strict=True)) for row in rows]
    for row, answer in zip(table, answers, strict=False):
        row.update(zip(FILLED_IN, answer, strict=True))
    back = path.with_name("back.csv")
    with back.open("w", encoding="utf-8", newline="") as stream:
        out = csv.DictWriter(stream, ["mine", *reversed(header)])
        out.writeheader()
        out.writerows({"mine": "1"} | row for row in reversed(table))
    return back


@SHEETS
def test_a_row_for_each_pair(tmp_path: Path, name: str) -> None:
    header, *rows = written(tmp_path / name)
    assert header == [*WORKLIST_COLUMNS, *FILLED_IN]
    assert rows[0][1:] == ["BELOW", "OPEN", "", "'=a", "''b", "'+NAME~IDNO", "ID_UPGRADE", "", "", ""]
    assert [row[4:6] for row in rows[1:]] == [["x", "y"], ["x", "z"]]
    assert len({row[0] for row in rows}) == 3


@SHEETS
def test_what_a_steward_wrote_comes_back_as_rulings(tmp_path: Path, name: str) -> None:
    written(tmp_path / name)
    back = edited(tmp_path / name, ("SAME", "S-1", "同住"), ("", "", ""), ("POSTPONE until 2026-12-01", "S-1", ""))
    for items in ((), ITEMS):
        ledger = apply_decision_file(EMPTY_LEDGER, back, day=DAY, items=items)
        assert isinstance(ledger, Ledger)
        assert [(one.pair, one.kind, one.reason) for one in ledger.entries] == [
            (("x", "z"), RulingKind.POSTPONED, ""),
            (("'b", "=a"), RulingKind.MUST_LINK, "同住"),
        ]


def test_an_edited_excel_sheet_is_read_as_it_is(tmp_path: Path) -> None:
    written(tmp_path / "work.xlsx")
    answers, problems = read_answers(tmp_path / "work.xlsx")
    assert [(one.left, one.right, one.decision) for one in answers] == [
        ("=a", "'b", ""),
        ("x", "y", ""),
        ("x", "z", ""),
    ]
    assert problems == ()


DETAILS: dict[str, Any] = {
    "name": (Name("王伟"), Name("王小伟")),
    "phone": Phone("13800001234"),
    "sex": Sex.MALE,
    "note": "围棋",
}


@pytest.mark.parametrize(
    ("reveal", "told"),
    [
        (False, ["王* / 王**", "138****1234", "MALE", "**", ""]),
        (True, ["王伟 / 王小伟", "13800001234", "MALE", "围棋", ""]),
    ],
)
def test_details_are_masked_unless_revealed(tmp_path: Path, reveal: bool, told: list[str]) -> None:
    shown = Shown(columns=["name", "phone", "sex", "note", "none"], of=lambda _: DETAILS, reveal=reveal)
    header, row = written(tmp_path / "work.csv", ITEMS[:1], shown)
    assert header[8:12] == ["name_left", "name_right", "phone_left", "phone_right"]
    assert row[8:18:2] == row[9:18:2] == told
    assert NOTHING_SHOWN.of("a") == {}


def test_where_an_item_stands_is_noted(tmp_path: Path) -> None:
    later = evolve(ITEMS[0], state=ItemState.POSTPONED, until=date(2026, 12, 1), unlisted=3)
    closed = evolve(ITEMS[0], state=ItemState.CLOSED, closing=Closing.RECORD_GONE, gone=("a", "b"))
    _, *rows = written(tmp_path / "work.csv", (later, closed))
    assert [row[3] for row in rows] == ["until 2026-12-01; and 3 more", "RECORD_GONE; a, b"]


def test_another_ending_tells_no_format(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="tells no format"):
        write_worklist(tmp_path / "work.ods", ITEMS)


def test_without_the_package_excel_is_refused_with_its_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(UnusableInput, match="custmaster\\[excel\\]"):
        write_worklist(tmp_path / "work.xlsx", ITEMS)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "work.xlsx").mkdir()
    with pytest.raises(UnusableInput, match="a folder"):
        write_worklist(tmp_path / "work.xlsx", ITEMS)


@pytest.mark.parametrize(
    ("header", "wrong"),
    [
        ("item,decision", "by"),
        ("item,by,decision,by", "by"),
        ("item,decision,by,left,left", "left"),
        ("a,b", "item, decision, by"),
    ],
)
def test_a_sheet_without_its_columns_is_refused(tmp_path: Path, header: str, wrong: str) -> None:
    path = tmp_path / "back.csv"
    path.write_text(f"{header}\n", encoding="utf-8")
    with pytest.raises(UnusableInput, match=f"the columns {wrong} must"):
        read_answers(path)


def test_one_row_that_cannot_be_read_takes_all_others_with_it(tmp_path: Path) -> None:
    key = ITEMS[1].key_of(ITEMS[1].questions[0])
    path = tmp_path / "back.csv"
    path.write_text(f"item,decision,by\n{key},SAME,S-1\n{key},SAME\n", encoding="utf-8")
    refused = apply_decision_file(EMPTY_LEDGER, path, day=DAY, items=ITEMS)
    assert isinstance(refused, tuple)
    assert [(one.line, one.column) for one in refused] == [(3, "item")]
    path.write_text(f"item,decision,by\n{key},王,S-1\n{key},SAME\n", encoding="utf-8")
    refused = apply_decision_file(EMPTY_LEDGER, path, day=DAY, items=ITEMS)
    assert isinstance(refused, tuple)
    assert [(one.line, one.column) for one in refused] == [(2, "decision"), (3, "item")]
