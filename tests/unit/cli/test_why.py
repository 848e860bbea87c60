"""`custmaster why`: two records of one file, by source key or line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

MAPPING = (
    '[fields]\nsource_key = "key"\nname = "name"\nmobile = "mobile"\n'
    '[[documents]]\ntype = { column = "type", values = { 1 = "RESIDENT_ID" } }\nnumber = "id"\n'
)
ROWS = """key,name,type,id,mobile
7,张伟,1,11010519491231002X,13612345678
8,张偉,1,11010519491231002X,13952706318
9,李娜,,,13612345678
"""


@pytest.fixture
def ask(run: Callable[..., Any], tmp_path: Path) -> Callable[..., Any]:
    (tmp_path / "m.toml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "c.csv").write_text(ROWS, encoding="utf-8")

    def asks(one: str, other: str, *words: str) -> Any:
        return run("why", one, other, tmp_path / "c.csv", "--mapping", tmp_path / "m.toml", *words)

    return asks


def test_a_link_and_its_row(ask: Callable[..., Any]) -> None:
    ran = ask("7", "line:3", "--json")
    told = json.loads(ran.out)
    assert ran.code == 1
    assert (told["link"], told["row"]) == ("REVIEW", "SAME/NEAR+SAME_VARIANT_NAME")
    assert told["documents"] == ["SAME"]
    assert told["met_under"] == ["NAME_BIRTH", "NUMBER"]


def test_no_link_and_the_nearest_row(ask: Callable[..., Any]) -> None:
    ran = ask("7", "9", "--json")
    told = json.loads(ran.out)
    assert (ran.code, told["link"]) == (0, "NONE")
    assert (told["nearest"]["row"], told["nearest"]["lacks"]) == ("SAME_MOBILE", ["TIE"])
    assert json.loads(ask("7", "7", "--json", "--rules", "counter").out)["link"] == "AUTOMATIC"


@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh", "经他人相连亦不归并: OTHER_NUMBER"), ("en", "kept apart, whoever links them: OTHER_NUMBER")],
)
def test_what_keeps_two_apart_by_way_of_others(ask: Callable[..., Any], tmp_path: Path, lang: str, words: str) -> None:
    """The row that `dedupe` names in a conflict (A=B, B=C, A≠C) is the one that `why` names of A and C."""
    with (tmp_path / "c.csv").open("a", encoding="utf-8") as file:
        file.write("10,张伟,1,110105194912310062,13700002222\n")
    told = json.loads(ask("7", "10", "--json").out)
    assert (told["link"], told["vetoes"], told["apart"]) == ("NONE", [], ["OTHER_NUMBER"])
    assert json.loads(ask("7", "8", "--json").out)["apart"] == []
    assert words in ask("7", "10", "--lang", lang).out
    assert words not in ask("7", "8", "--lang", lang).out


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("pair", [("7", "8"), ("7", "9"), ("8", "9")])
def test_it_shows_no_value(ask: Callable[..., Any], lang: str, pair: tuple[str, str]) -> None:
    ran = ask(*pair, "--lang", lang)
    assert not any(value in ran.out for value in ("张", "李", "13612345678", "1949"))
    assert ("关联" if lang == "zh" else "link:") in ran.out


@pytest.mark.parametrize(("pair", "lacking"), [(("7", "nobody"), "B"), (("line:99", "x"), "A and B")])
def test_a_record_that_is_not_there(ask: Callable[..., Any], pair: tuple[str, str], lacking: str) -> None:
    ran = ask(*pair)
    assert ran.code == 2
    assert f"given as {lacking}" in ran.err
    assert "nobody" not in ran.err


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_record_by_the_name_that_dedupe_made(run: Callable[..., Any], tmp_path: Path, ending: str) -> None:
    """A row without a key, and one with a key that stood before; a key that looks like such a name is that record's own."""
    (tmp_path / "m.toml").write_text(MAPPING, encoding="utf-8")
    rows = [
        ("7", "张伟", "13612345678"),
        ("", "张伟", "13612345678"),
        ("7", "李娜", "13912341234"),
        ("7#3", "李娜", "13700002222"),
    ]
    header = ("key", "name", "type", "id", "mobile")
    cells = [(key, name, "", "", mobile) for key, name, mobile in rows]
    file = tmp_path / f"c.{ending}"
    if ending == "csv":
        file.write_text("".join(",".join(row) + "\n" for row in (header, *cells)), encoding="utf-8")
    else:
        import pyarrow as pa
        import pyarrow.parquet as pq

        pq.write_table(pa.table(dict(zip(header, map(list, zip(*cells, strict=True)), strict=True))), file)

    def link(one: str, other: str) -> str:
        ran = run("why", one, other, file, "--mapping", tmp_path / "m.toml", "--json")
        return str(json.loads(ran.out).get("link", "none"))

    assert (link("7", "#2"), link("#2", "7")) == ("REVIEW", "REVIEW")
    assert link("7#3#3", "7#3#3") == "REVIEW"
    assert link("7#3", "#2") == link("7", "7#3") == "NONE"
    assert link("7", "#9") == "none"
