"""`custmaster exists` repeats nothing that was asked and no cell of the file, on whatever way it ends, in both languages and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from custmaster.cli import main

CARD, OLD, BIRTH, MOBILE = "11010519491231002X", "110105491231002", "1949-12-31", "13612345678"
NAME, OTHER, DAMAGED = "迦那瑞", "旁人甲", "迦?瑞"
# Everything personal that is asked or stands in the file; a longer spelling of one of them is caught with it.
SECRETS = ("迦那", "那瑞", "旁人", "迦?", "110105", "1105", "1949", "491231", "1361234", "CANARY", "ＣＡＮＡＲＹ")

MAPPING = (
    '[fields]\nsource_key = "key"\nname = "name"\nmobile = "mobile"\nbirth_date = "born"\nsex = "sex"\n[kind]\ncolumn = "kind"\n'
    'values = { U = "UNIT" }\n[sex]\nvalues = { 1 = "MALE", 2 = "FEMALE" }\n[dates]\ndefault = ["YYYY-MM-DD"]\n'
    '[[documents]]\ntype = { column = "type", values = { 1 = "RESIDENT_ID", 2 = "OTHER_PERSON" } }\nnumber = "id"\n'
)
ROWS = f"""key,name,type,id,mobile,born,sex,kind
7,{NAME},1,{CARD},{MOBILE},{BIRTH},2,
8,{DAMAGED},1,440524188001010014,{MOBILE},CANARY,CANARY,
9,CANARY Ltd,CANARY,CANARY-1,CANARY,1949/31/12,9,U
10,{NAME},2,CANARY-77,,{BIRTH},,CANARY
too,{NAME}
"""
WHOLE = ["--name", NAME, "--number", CARD, "--mobile", MOBILE, "--birth-date", BIRTH, "--sex", "FEMALE"]
ANSWERS: dict[str, list[str]] = {
    "EXISTS": WHOLE,
    "CONFLICT_NAME": ["--name", OTHER, "--number", CARD],
    "ID_UPGRADE": ["--name", NAME, "--number", OLD],
    "SAME_NUMBER_OTHER_TYPE": ["--name", OTHER, "--type", "OTHER_PERSON", "--number", CARD],
    "SUSPECT": ["--name", NAME, "--mobile", MOBILE],
    "UNDECIDABLE": ["--name", NAME],
    "NEW": ["--name", OTHER, "--type", "OTHER_PERSON", "--number", "CANARY-1"],
}
UNUSABLE: dict[str, list[str]] = {
    "no such type": ["--type", f"CANARY{CARD}"],
    "too long a number": ["--number", CARD * 60],
    "too long a name": ["--name", NAME * 400],
    "too long a mobile": ["--mobile", MOBILE * 60],
    "a name with a lone surrogate": ["--name", f"{NAME}\udcff" * 400],
}
SLIPS: dict[str, list[str]] = {
    "a slip in an option": ["--nmae", NAME],
    "a slip with an equals sign": [f"--nmae={NAME}"],
    "a word too many": [NAME, CARD],
    "the name for the sex": ["--sex", NAME],
    "the choices in the value": ["--sex", f"(choose from {NAME}"],
    "the number for the day": ["--birth-date", CARD],
    "a value for a flag": [f"--json={NAME}"],
    "the name for the language": ["--lang", NAME],
    "an option without its value": ["--number", CARD, "--name"],
}
HOW = [("en", False), ("zh", False), ("en", True), ("zh", True)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "m.toml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "c.csv").write_text(ROWS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    def asks(
        words: list[str], lang: str, *, as_json: bool, file: str = "c.csv", mapping: str = "m.toml"
    ) -> tuple[int, str]:
        where = ["--in", str(folder / file), "--mapping", str(folder / mapping), "--as-of", "2026-11-23"]
        how = ["--lang", lang, *(["--json"] if as_json else [])]
        try:
            code = main(["exists", *where, *how, *words])
        except SystemExit as left:  # of argparse
            code = int(left.code or 0)
        caught = capsys.readouterr()
        return code, caught.out + caught.err

    return asks


def assert_silent(text: str) -> None:
    assert text
    assert [secret for secret in SECRETS if secret in text] == []
    assert "Traceback" not in text


@pytest.mark.parametrize(("lang", "as_json"), HOW)
@pytest.mark.parametrize("verdict", ANSWERS)
def test_an_answer(shown: Callable[..., tuple[int, str]], verdict: str, lang: str, as_json: bool) -> None:
    code, text = shown(ANSWERS[verdict], lang, as_json=as_json)
    assert code == (0 if verdict == "NEW" else 1)
    assert verdict in text
    assert_silent(text)


@pytest.mark.parametrize(("lang", "as_json"), HOW)
@pytest.mark.parametrize("why", UNUSABLE)
def test_a_question_that_cannot_be_asked(
    shown: Callable[..., tuple[int, str]], why: str, lang: str, as_json: bool
) -> None:
    code, text = shown(UNUSABLE[why], lang, as_json=as_json)
    assert code == 2
    assert_silent(text)
    if as_json:
        assert json.loads(text)["error"]["problem"]


@pytest.mark.parametrize(("lang", "as_json"), HOW)
@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_at_the_keyboard(shown: Callable[..., tuple[int, str]], slip: str, lang: str, as_json: bool) -> None:
    code, text = shown(SLIPS[slip], lang, as_json=as_json)
    assert code == 2
    assert "usage: custmaster" in text
    assert_silent(text)


@pytest.mark.parametrize(("lang", "as_json"), HOW)
@pytest.mark.parametrize(
    "content",
    [
        b"",
        "CANARY,迦那瑞\n".encode(),
        f"key,name,type,id,mobile,born,sex,kind\n7,{NAME}\0{CARD},1\n".encode(),
        f'key,name,type,id,mobile,born,sex,kind\n7,"{NAME},1,{CARD}\n'.encode(),
        f"key,name,type,id,mobile,born,sex,kind\n7,{NAME * 20000},1,{CARD}\n".encode(),
        f"key,name,type,id,mobile,born,sex,kind\n7,{NAME},1,{CARD},,,,\n".encode()
        + f"8,{NAME},1,,,,,\n".encode("gb18030"),
    ],
    ids=["empty", "no such column", "a zero byte", "a quote that stays open", "a cell too long", "two encodings"],
)
def test_a_file_that_cannot_be_read(
    shown: Callable[..., tuple[int, str]], folder: Path, content: bytes, lang: str, as_json: bool
) -> None:
    (folder / "broken.csv").write_bytes(content)
    code, text = shown(WHOLE, lang, as_json=as_json, file="broken.csv")
    assert code in {0, 1, 2}
    assert_silent(text)


@pytest.mark.parametrize(("lang", "as_json"), HOW)
def test_more_rows_than_can_be_compared(
    shown: Callable[..., tuple[int, str]], folder: Path, lang: str, as_json: bool
) -> None:
    head, *_ = ROWS.splitlines()
    rows = "\n".join(f"{place},{NAME},1,{CARD},{MOBILE},{BIRTH},2," for place in range(1001))
    (folder / "many.csv").write_text(f"{head}\n{rows}\n", encoding="utf-8")
    code, text = shown(WHOLE, lang, as_json=as_json, file="many.csv")
    assert code == 2
    assert "1,000" in text
    assert_silent(text)


@pytest.mark.parametrize(("lang", "as_json"), HOW)
@pytest.mark.parametrize("missing", [{"file": "absent.csv"}, {"mapping": "absent.toml"}])
def test_a_file_that_is_not_there(
    shown: Callable[..., tuple[int, str]], missing: dict[str, str], lang: str, as_json: bool
) -> None:
    code, text = shown(WHOLE, lang, as_json=as_json, **missing)
    assert code == 2
    assert_silent(text)
