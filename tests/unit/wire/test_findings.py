from __future__ import annotations

import csv
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from custmaster.decision import Citation, Outcome, Reason
from custmaster.errors import UnusableInput
from custmaster.handbook import Language
from custmaster.wire import CellCode, Finding, write_findings
from custmaster.wire.codes import remark_on
from custmaster.wire.findings import COLUMNS, safe_cell


def finding(record: str | None = "R-1", column: str = "c") -> Finding:
    told = remark_on("birth_date", CellCode.DATE_UNREADABLE, column=column, length=3)
    return Finding(line=2, record=record, field=told.field, reason=told.reason)


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def test_csv_has_a_mark_quotes_everywhere_and_crlf(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    with write_findings(path) as write:
        write(finding())
    data = path.read_bytes()
    assert data.startswith(b'\xef\xbb\xbf"line","record"')
    assert data.count(b"\r\n") == data.count(b"\n") == 2
    (row,) = read_csv(path)
    assert tuple(row) == COLUMNS
    assert (row["line"], row["record"], row["severity"], row["code"]) == ("2", "R-1", "error", "DATE_UNREADABLE")


def test_jsonl_tells_the_facts_too(tmp_path: Path) -> None:
    path = tmp_path / "f.jsonl"
    reason = Reason(
        code=CellCode.ROW_UNREADABLE,
        outcome=Outcome.ALLOWED,
        citation=Citation(article="R-1", key="k"),
        facts={"day": date(2024, 1, 2), "sum": Decimal("1.50"), "n": 3},
    )
    with write_findings(path, lang=Language.ZH) as write:
        write(Finding(line=3, record=None, field="", reason=reason))
    (told,) = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    assert told["facts"] == {"day": "2024-01-02", "sum": "1.50", "n": 3}
    assert (told["record"], told["severity"], told["key"]) == (None, "note", "k")
    assert "本行" in told["message"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'"])
def test_no_cell_can_be_taken_for_a_formula(tmp_path: Path, start: str) -> None:
    path = tmp_path / "f.csv"
    with write_findings(path) as write:
        write(finding(record=f"{start}cmd|x"))
    assert read_csv(path)[0]["record"] == f"'{start}cmd|x"
    assert safe_cell(f"a{start}") == f"a{start}"


def test_hostile_record_keys_are_written_whole(tmp_path: Path) -> None:
    keys = ["\u202egnp.exe", "a\x00b", 'q"q', "l\nl", "𬱖", "x" * 10_000]
    for ending in ("csv", "jsonl"):
        path = tmp_path / f"f.{ending}"
        with write_findings(path) as write:
            for key in keys:
                write(finding(record=key))
        if ending == "csv":
            assert [row["record"] for row in read_csv(path)] == keys
        else:
            assert [json.loads(line)["record"] for line in path.read_bytes().decode().split("\n") if line] == keys


def test_half_a_surrogate_does_not_stop_the_writer(tmp_path: Path) -> None:
    with write_findings(tmp_path / "f.csv") as write:
        write(finding(record="a\ud800"))
    assert read_csv(tmp_path / "f.csv")[0]["record"] == "a\\ud800"


def test_nothing_is_written_when_anything_fails(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    for failure in (ValueError("x"), KeyboardInterrupt(), UnusableInput("in.csv", problem="broken")):
        with pytest.raises(type(failure)), write_findings(path) as write:
            write(finding())
            raise failure
    assert list(tmp_path.iterdir()) == []


def test_an_older_file_stays_when_anything_fails_and_is_replaced_when_not(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text("old")
    with pytest.raises(ValueError, match="x"), write_findings(path) as write:
        write(finding())
        raise ValueError("x")
    assert path.read_text() == "old"
    with write_findings(path):
        pass
    assert path.read_bytes() != b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["f.csv"]


def test_nothing_stands_there_until_the_end(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    with write_findings(path) as write:
        write(finding())
        assert not path.exists()
    assert path.exists()


def test_the_checked_file_is_never_overwritten(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text("name\n")
    (tmp_path / "link.csv").symlink_to(source)
    for path in (source, tmp_path / "." / "in.csv", tmp_path / "link.csv"):
        with pytest.raises(UnusableInput, match="overwrite"), write_findings(path, source=source):
            pytest.fail("entered")
    assert source.read_text() == "name\n"


def test_wrong_targets_are_refused_before_anything_is_done(tmp_path: Path) -> None:
    (tmp_path / "d.csv").mkdir()
    targets = {"f.txt": "tells no format", "d.csv": "a folder", "no/f.csv": "cannot be written"}
    for name, told in targets.items():
        with pytest.raises(UnusableInput, match=told), write_findings(tmp_path / name):
            pytest.fail("entered")
    assert [one.name for one in tmp_path.iterdir()] == ["d.csv"]


def test_a_full_disk_is_one_clear_message(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="cannot be written"), write_findings(tmp_path / "f.csv"):
        raise OSError(28, "No space left on device", str(tmp_path / "secret"))
    assert list(tmp_path.iterdir()) == []
