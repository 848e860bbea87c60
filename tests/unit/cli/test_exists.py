"""`custmaster exists`: one question against one file, the verdict, its evidence and its reasons."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

MAPPING = (
    '[fields]\nsource_key = "key"\nname = "name"\nmobile = "mobile"\n[kind]\ncolumn = "kind"\nvalues = { U = "UNIT" }\n'
    '[[documents]]\ntype = { column = "type", values = { 1 = "RESIDENT_ID", 2 = "CREDIT_CODE" } }\nnumber = "id"\n'
)
ROWS = """key,name,type,id,mobile,kind
7,张伟,1,11010519491231002X,13612345678,
8,王?,1,440524188001010014,13952706318,
9,某某有限公司,2,91350100M000100Y43,,U
too,few
"""


@pytest.fixture
def ask(run: Callable[..., object], tmp_path: Path) -> Callable[..., object]:
    (tmp_path / "m.toml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "c.csv").write_text(ROWS, encoding="utf-8")

    def asks(*words: str) -> object:
        return run(
            "exists", "--in", tmp_path / "c.csv", "--mapping", tmp_path / "m.toml", "--as-of", "2026-11-23", *words
        )

    return asks


@pytest.mark.parametrize(
    ("words", "verdict", "record"),
    [
        (["--name", "张 伟", "--number", "11010519491231002x"], "EXISTS", "7"),
        (["--name", "李娜", "--number", "11010519491231002X"], "CONFLICT_NAME", "7"),
        (["--name", "张伟", "--number", "110105491231002"], "ID_UPGRADE", "7"),
        (["--name", "张偉", "--mobile", "+86 136 1234 5678"], "SUSPECT", "7"),
        (["--name", "王芳", "--mobile", "13952706318"], "SUSPECT", "8"),
        (["--name", "张伟"], "UNDECIDABLE", None),
        (["--name", "张伟", "--type", "CHINESE_PASSPORT", "--number", "E12345678"], "NEW", None),
        (["--name", "某某有限公司", "--type", "CREDIT_CODE", "--number", "91350100m000100y43"], "EXISTS", "9"),
    ],
)
def test_the_verdict_and_the_record(
    ask: Callable[..., object], words: list[str], verdict: str, record: str | None
) -> None:
    ran = ask(*words, "--json")
    answer = json.loads(ran.out)  # type: ignore[attr-defined]
    assert (answer["verdict"], answer["record"]) == (verdict, record)
    assert ran.code == (0 if verdict == "NEW" else 1)  # type: ignore[attr-defined]
    assert answer["reasons"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_says_why_without_what_was_asked(ask: Callable[..., object], lang: str) -> None:
    ran = ask("--name", "张伟", "--number", "11010519491231002X", "--birth-date", "1949-12-31", "--lang", lang)
    assert "+NAME+IDNO+TYPE+BIRTH+SEX" in ran.out  # type: ignore[attr-defined]
    for text in ("张伟", "110105", "1949"):
        assert text not in ran.out + ran.err  # type: ignore[attr-defined]


@pytest.mark.parametrize("words", [["--type", "NO_SUCH"], ["--number", "1" * 999], ["--name", "x" * 999]])
def test_what_cannot_be_asked(ask: Callable[..., object], words: list[str]) -> None:
    ran = ask(*words)
    assert (ran.code, ran.out) == (2, "")  # type: ignore[attr-defined]
    assert "Traceback" not in ran.err  # type: ignore[attr-defined]
