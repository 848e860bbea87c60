"""The main job: every row through the rules, findings in file order, the watcher sees all, progress is told."""

from __future__ import annotations

from datetime import date

import pytest

from custmaster.handbook import default
from custmaster.report import FileCheck, check_table, checked_rows, file_check
from custmaster.report.file_check import ignore, let_pass
from custmaster.wire.codes import CellCode, remark_on
from custmaster.wire.findings import Finding
from custmaster.wire.mapping_file import load_mapping
from custmaster.wire.table import Row, Table

MAPPING = load_mapping('[fields]\nsource_key = "key"\nname = "name"\nbirth_date = "born"', "m.toml")
BY = FileCheck(mapping=MAPPING, handbook=default(), day=date(2026, 11, 23))
ROWS = (
    Row(line=2, cells=("1", "张伟", "1990-05-05")),
    Row(line=3, cells=("2", "测试", "tomorrow")),
    Row(line=5, cells=(), remarks=(remark_on("", CellCode.ROW_CELLS, cells=2, columns=3),)),
    Row(line=6, cells=("4", "李娜", "2031-01-01")),
)


def table() -> Table:
    return Table(source="c.csv", header=("key", "name", "born"), rows=iter(ROWS))


def test_findings_come_in_file_order_cells_first() -> None:
    found: list[Finding] = []
    tally = check_table(table(), BY, found.append)
    assert [(one.line, one.record, one.field, str(one.reason.code)) for one in found] == [
        (3, "2", "birth_date", "DATE_UNREADABLE"),
        (3, "2", "name", "NAME_PLACEHOLDER"),
        (5, None, "", "ROW_CELLS"),
        (6, "4", "birth_date", "BIRTH_DATE_IN_FUTURE"),
    ]
    assert (tally.rows, tally.rows_with_findings, tally.findings) == (4, 3, 4)


def test_the_watcher_sees_every_row_and_progress_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, str | None]] = []
    told: list[int] = []
    monkeypatch.setattr(file_check, "_EVERY", 2)
    check_table(table(), BY, let, told.append, lambda row, structured: seen.append((row.line, structured.record)))
    assert seen == [(2, "1"), (3, "2"), (5, None), (6, "4")]
    assert told == [2, 4, 4]


@pytest.mark.parametrize("together", [1, 2, 3, 64])
def test_how_many_rows_are_looked_at_together_changes_nothing(together: int, monkeypatch: pytest.MonkeyPatch) -> None:
    one_by_one = [finding for checked in checked_rows(table(), BY) for finding in checked.findings()]
    seen: list[int] = []
    found: list[Finding] = []
    monkeypatch.setattr(file_check, "_TOGETHER", together)
    tally = check_table(table(), BY, found.append, watch=lambda row, structured: seen.append(row.line))
    assert (found, seen, tally.rows) == (one_by_one, [2, 3, 5, 6], 4)


def let(finding: Finding) -> None:
    """Nobody keeps the finding."""


def test_nobody_has_to_watch() -> None:
    assert [checked.line for checked in checked_rows(table(), BY)] == [2, 3, 5, 6]
    assert ignore(1) is None  # type: ignore[func-returns-value]
    assert let_pass is check_table.__defaults__[-1]  # type: ignore[index]
