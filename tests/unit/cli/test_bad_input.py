"""An input that cannot be used: one clear message, exit code 2, nothing written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

MAPPING = '[fields]\nname = "姓名"\n[[documents]]\ntype = "RESIDENT_ID"\nnumber = "证件号码"\n'
GOOD = "姓名,证件号码\n张伟,11010519491231002X\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "m.toml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "good.csv").write_text(GOOD, encoding="utf-8")
    return tmp_path


def refused(run: Callable[..., object], folder: Path, file: str, mapping: str = "m.toml", out: str = "out.csv") -> str:
    before = sorted(path.name for path in folder.iterdir())
    ran = run("check", folder / file, "--mapping", folder / mapping, "--as-of", "2026-11-23", "--out", folder / out)
    assert ran.code == 2  # type: ignore[attr-defined]
    assert ran.out == ""  # type: ignore[attr-defined]
    assert sorted(path.name for path in folder.iterdir()) == before, "nothing is written"
    message: str = ran.err  # type: ignore[attr-defined]
    assert message.count("\n") == 1, "one message"
    assert "Traceback" not in message
    assert "张伟" not in message
    assert "110105" not in message
    return message


def test_a_header_that_lacks_a_mapped_column(run: Callable[..., object], folder: Path) -> None:
    (folder / "bad.csv").write_text("户名,证件号码\n张伟,11010519491231002X\n", encoding="utf-8")
    assert "姓名" in refused(run, folder, "bad.csv")


def test_a_file_without_a_header_is_not_quoted(run: Callable[..., object], folder: Path) -> None:
    (folder / "m.toml").write_text('[fields]\nname = "张三"\nsource_key = "11010519491231003X"\n', encoding="utf-8")
    (folder / "bad.csv").write_text("张伟,11010519491231002X\n李娜,x\n", encoding="utf-8")
    ran = run("check", folder / "bad.csv", "--mapping", folder / "m.toml")
    assert ran.code == 2  # type: ignore[attr-defined]
    assert "not headings" in ran.err  # type: ignore[attr-defined]
    assert "张伟" not in ran.err  # type: ignore[attr-defined]
    assert "11010519491231002X" not in ran.err  # type: ignore[attr-defined]


def test_a_mapping_that_names_no_column(run: Callable[..., object], folder: Path) -> None:
    (folder / "none.toml").write_text('[source]\nformat = "csv"\n', encoding="utf-8")
    assert "none.toml" in refused(run, folder, "good.csv", mapping="none.toml")


def test_a_mapping_that_is_not_toml(run: Callable[..., object], folder: Path) -> None:
    (folder / "none.toml").write_text("[fields\n", encoding="utf-8")
    assert "line 1" in refused(run, folder, "good.csv", mapping="none.toml")


def test_a_mapping_in_another_encoding(run: Callable[..., object], folder: Path) -> None:
    (folder / "none.toml").write_bytes(MAPPING.encode("gb18030"))
    assert "UTF-8" in refused(run, folder, "good.csv", mapping="none.toml")


def test_a_truncated_parquet(run: Callable[..., object], folder: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    whole = folder / "whole.parquet"
    duckdb.execute(f"copy (select 'x' as \"姓名\", 'y' as \"证件号码\" from range(5000)) to '{whole}' (format parquet)")
    (folder / "cut.parquet").write_bytes(whole.read_bytes()[:-200])
    assert "cut.parquet" in refused(run, folder, "cut.parquet")


def test_mixed_encodings(run: Callable[..., object], folder: Path) -> None:
    utf8 = "王小明北京市朝阳区建国路一号院二号楼,11010519491231002X\n"
    (folder / "mixed.csv").write_bytes((GOOD + utf8).encode() + "李四上海市浦东新区世纪大道,1\n".encode("gb18030"))
    assert "line" in refused(run, folder, "mixed.csv")


def test_an_unclosed_quote(run: Callable[..., object], folder: Path) -> None:
    (folder / "quote.csv").write_text(GOOD + '"张伟,1\n', encoding="utf-8")
    assert "line 3" in refused(run, folder, "quote.csv")


def test_a_file_that_is_not_there(run: Callable[..., object], folder: Path) -> None:
    assert "no such file" in refused(run, folder, "absent.csv")


def test_findings_over_the_file_itself(run: Callable[..., object], folder: Path) -> None:
    refused(run, folder, "good.csv", out="good.csv")
    assert (folder / "good.csv").read_text("utf-8") == GOOD


def test_findings_of_an_unknown_kind(run: Callable[..., object], folder: Path) -> None:
    assert ".csv or .jsonl" in refused(run, folder, "good.csv", out="findings.pdf")


def test_a_handbook_that_cannot_be_used(run: Callable[..., object], folder: Path) -> None:
    (folder / "h.toml").write_text("[handbook]\nname = 'x'\n", encoding="utf-8")
    ran = run("check", folder / "good.csv", "--mapping", folder / "m.toml", "--handbook", folder / "h.toml")
    assert ran.code == 2  # type: ignore[attr-defined]


def test_with_json_the_message_is_the_object(run: Callable[..., object], folder: Path) -> None:
    ran = run("check", folder / "absent.csv", "--mapping", folder / "m.toml", "--json")
    assert ran.code == 2  # type: ignore[attr-defined]
    assert json.loads(ran.out)["error"]["problem"] == "there is no such file"  # type: ignore[attr-defined]
    assert ran.err == ""  # type: ignore[attr-defined]


def test_without_rich_nothing_is_begun(run: Callable[..., Any], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("custmaster.cli.screen.find_spec", lambda name: None)
    assert "custmaster[cli]" in refused(run, folder, "good.csv")
    assert run("check", folder / "good.csv", "--mapping", folder / "m.toml", "--json").code == 0
