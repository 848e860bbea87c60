"""`custmaster dedupe`: what it tells, what it writes, what it refuses before any work is done."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, Final

import pytest

from custmaster.cli.main import main

MAPPING: Final = '[fields]\nsource_key = "id"\nname = "name"\nmobile = "mobile"\n[[documents]]\nnumber = "number"\ntype = "RESIDENT_ID"'
CARD: Final = "11010519491231002X"
ROWS: Final = (
    f"id,who,name,number,mobile\n7,1,张伟,{CARD},\n3,1,张伟,{CARD},13800001234\n9,1,張偉,,13800001234\n5,2,李娜,,\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "m.toml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "c.csv").write_text(ROWS, encoding="utf-8")
    return tmp_path


def asked(folder: Path, *more: str) -> list[str]:
    mapping = [] if "--rules" in more else ["--mapping", str(folder / "m.toml")]
    return ["dedupe", str(folder / "c.csv"), *mapping, "--engine", "python", "--workers", "1", *more]


def answer(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def test_figures_beside_the_truth(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(asked(folder, "--truth", "who", "--out", str(folder / "out.csv"), "--json")) == 1
    told = answer(capsys)
    assert (told["records"], told["clusters"], told["links"]) == (4, 2, {"AUTOMATIC": 1, "REVIEW": 1})
    assert told["pairwise"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert told["automatic"]["recall"] == pytest.approx(1 / 3)
    assert told["seconds"] >= 0
    lines = (folder / "out.csv").read_text(encoding="utf-8").splitlines()
    assert lines == ["record,cluster_auto,cluster_review", "7,3,3", "3,3,3", "9,9,3", "5,5,5"]


def test_rows_of_which_no_truth_is_told_count_for_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty cell is nobody, and never the same nobody as in another row; nor is a row that cannot be read."""
    rows = [
        f"1,A,张伟,{CARD},",
        f"2,A,张伟,{CARD},",
        f"3,,张伟,{CARD},",
        "4, ,李娜,,",
        "5,,王芳,,",
        "6,B,王芳芳,,",
        "7,torn",
    ]
    (folder / "c.csv").write_text("\n".join(["id,who,name,number,mobile", *rows, ""]), encoding="utf-8")
    assert main(asked(folder, "--truth", "who", "--json")) == 1
    told = answer(capsys)
    assert (told["records"], told["with_truth"]) == (7, 3)
    assert told["pairwise"] == told["automatic"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}


@pytest.mark.parametrize(("lang", "word"), [("en", "beside the truth of 4"), ("zh", "与真实归属比较, 4 条")])
def test_figures_for_people(folder: Path, capsys: pytest.CaptureFixture[str], lang: str, word: str) -> None:
    assert main(asked(folder, "--truth", "who", "--lang", lang)) == 1
    shown = capsys.readouterr().out
    assert word in shown
    assert CARD not in shown
    assert "张" not in shown


def test_nobody_is_there_twice(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "c.csv").write_text("id,name,number,mobile\n1,张伟,,\n", encoding="utf-8")
    assert main(asked(folder)) == 0
    assert "1 records are 1 customers" in capsys.readouterr().out


@pytest.mark.parametrize(
    "more",
    [
        ("--out", "out.txt"),
        ("--truth", "no such column"),
        ("--rules", "m.toml", "--mapping", "m.toml"),
    ],
)
def test_what_cannot_be_done_is_told_before_any_work(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...]
) -> None:
    monkeypatch.chdir(folder)
    assert main(asked(folder, *more)) == 2
    assert "error" in capsys.readouterr().err
    assert not (folder / "out.txt").exists()


def test_a_place_that_is_the_file_itself_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(asked(folder, "--out", str(folder / "c.csv"))) == 2
    assert "overwrite" in capsys.readouterr().err
    assert (folder / "c.csv").read_text(encoding="utf-8") == ROWS


RULES: Final = (
    'keys = [["name", "mobile"]]\n[features]\nname = { columns = ["name", "alias"] }\nmobile = { columns = ["mobile"] }\n'
    '[[comparisons]]\nfield = "NAME"\nfeature = "name"\n'
    '[[rows]]\nname = "NAME"\nwhere = { NAME = ["AGREE"] }\nsource = "an example"\n'
)


def test_columns_that_rules_name_in_vain_are_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "r.toml").write_text(RULES, encoding="utf-8")
    (folder / "c.csv").write_text("id, name, mobile\n1, A, 2\n2, a, 2\n", encoding="utf-8")
    assert main(asked(folder, "--rules", str(folder / "r.toml"), "--json")) == 1
    told = answer(capsys)
    assert (told["clusters"], told["absent_columns"]) == (1, ["alias"])
    assert main(asked(folder, "--rules", str(folder / "r.toml"))) == 1
    assert "does not have: alias" in capsys.readouterr().out
    (folder / "c.csv").write_text("id,mobile,name,alias\n1,2,A,\n2,2,a,\n", encoding="utf-8")
    assert main(asked(folder, "--rules", str(folder / "r.toml"), "--json")) == 1
    assert "absent_columns" not in answer(capsys)
    (folder / "c.csv").write_text("1,2,A,\n2,2,a,\n", encoding="utf-8")
    assert main(asked(folder, "--rules", str(folder / "r.toml"))) == 2
    assert "none of the columns" in capsys.readouterr().err


@pytest.mark.parametrize(
    "more", [("--workers", "0"), ("--workers", "-1"), ("--workers", "x"), ("--memory", "much"), ("--memory", "0GB")]
)
def test_numbers_that_mean_nothing_are_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(asked(folder, *more))
    assert more[0] in capsys.readouterr().err


def test_the_loop_with_stewards_closes_in_files(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet, ledger = folder / "work.csv", folder / "rulings.jsonl"
    assert main(asked(folder, "--worklist", str(sheet), "--json")) == 1
    assert answer(capsys)["worklist"] == 1
    header, row = sheet.read_text("utf-8-sig").splitlines()
    assert CARD not in row
    assert header.endswith('"decision","by","reason"')
    decided = row.removesuffix('"","",""') + '"DIFFERENT","S-1","seen"'
    sheet.write_text(f"{header}\n{decided}\n", encoding="utf-8")
    more = ("--ledger", str(ledger), "--as-of", "2026-11-24", "--json")
    assert main(asked(folder, "--decisions", str(sheet), *more)) == 1
    assert answer(capsys)["clusters"] == 3
    kept = ledger.read_bytes()
    assert main(asked(folder, "--worklist", str(folder / "again.csv"), *more)) == 1
    assert (told := answer(capsys))["clusters"] == 3
    assert told["worklist"] == 0
    assert ledger.read_bytes() == kept


def test_the_worklist_is_told_to_people(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(asked(folder, "--worklist", str(folder / "work.xlsx"))) == 1
    assert "1 items for the stewards" in capsys.readouterr().out


@pytest.mark.parametrize("broken", ["no decisions at all", "item,decision,by\nBELOW-1,PERHAPS,S-1"])
def test_a_sheet_with_a_fault_changes_nothing(folder: Path, capsys: pytest.CaptureFixture[str], broken: str) -> None:
    sheet, ledger = folder / "work.csv", folder / "rulings.jsonl"
    sheet.write_text(broken, encoding="utf-8")
    assert main(asked(folder, "--decisions", str(sheet))) == 2
    assert main(asked(folder, "--decisions", str(sheet), "--ledger", str(ledger))) == 2
    assert "work.csv" in capsys.readouterr().err
    assert not ledger.exists()


def test_a_ledger_that_is_none_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "rulings.jsonl").write_bytes(b'{"no": "ruling"}\n')
    for place in (folder / "rulings.jsonl", folder):
        assert main(asked(folder, "--ledger", str(place))) == 2
    assert "ledger" in capsys.readouterr().err


TODAY: Final = f"id,name,number,mobile\na,张伟,{CARD},\nb,張 偉,,138 0000 1234\nc,赵敏,,13912341234\n"


def test_a_days_file_against_the_stock(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "today.csv").write_text(TODAY, encoding="utf-8")
    command = asked(folder, "--against", str(folder / "c.csv"), "--out", str(folder / "out.csv"), "--json")
    command[1] = str(folder / "today.csv")
    assert main(command) == 1
    told = answer(capsys)
    assert (told["records"], told["clusters"]) == (3, 2)
    assert told["verdicts"] == {"EXISTS": 1, "SUSPECT": 1, "NEW": 1}
    assert (folder / "out.csv").read_text(encoding="utf-8").splitlines() == [
        "record,verdict,customer,evidence,cluster_auto,cluster_review",
        "a,EXISTS,3,+NAME+IDNO+TYPE+BIRTH+SEX,a,a",
        "b,SUSPECT,3,~NAME+MOBILE+CHARACTER,b,a",
        "c,NEW,,,c,c",
    ]


@pytest.mark.parametrize(("lang", "word"), [("en", "new records beside the stock"), ("zh", "条新记录已与存量比对")])
def test_the_day_is_told_to_people(folder: Path, capsys: pytest.CaptureFixture[str], lang: str, word: str) -> None:
    (folder / "s.toml").write_text('[fields]\nname = "kunde"', encoding="utf-8")
    (folder / "stock.csv").write_text("kunde\n王芳\n", encoding="utf-8")
    (folder / "c.csv").write_text("id,name,number,mobile\n1,张伟,,13912341234\n", encoding="utf-8")
    command = ["--against", str(folder / "stock.csv"), "--against-mapping", str(folder / "s.toml"), "--lang", lang]
    assert main(asked(folder, *command)) == 0
    shown = capsys.readouterr().out
    assert word in shown
    assert "张" not in shown


@pytest.mark.parametrize(
    "options",
    [
        ("--against", "c.csv", "--truth", "who"),
        ("--against", "c.csv", "--survivors", "o.csv"),
        ("--against", "c.csv", "--reveal"),
        ("--against-mapping", "m.toml"),
        ("--out", "nowhere/o.csv"),
        ("--survivors", "nowhere/o.csv"),
        ("--survivors", "o.csv", "--out", "./o.csv"),
        ("--survivors", "o.csv", "--survivorship", "m.toml"),
        ("--survivorship", "m.toml"),
        ("--reveal",),
    ],
)
def test_what_does_not_go_together_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert main(asked(folder, *options)) == 2
    assert CARD not in capsys.readouterr().err


def test_survivors_are_written_masked_unless_asked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = folder / "left.csv"
    assert main(asked(folder, "--survivors", str(out), "--json")) == 1
    count = json.loads(capsys.readouterr().out)["survivors"]
    lines = out.read_text(encoding="utf-8").splitlines()
    assert len(lines) == count + 1 > 1
    assert CARD not in "".join(lines)
    (folder / "s.toml").write_text('rules = ["COMPLETENESS"]', encoding="utf-8")
    assert main(asked(folder, "--survivors", str(out), "--reveal", "--survivorship", str(folder / "s.toml"))) == 1
    assert CARD in out.read_text(encoding="utf-8")
    assert "survivors written" in capsys.readouterr().out


def test_survivors_ask_for_a_customer_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = Path(__file__).parents[3] / "docs/examples/rules/febrl.toml"
    assert main(["dedupe", str(folder / "c.csv"), "--rules", str(rules), "--survivors", str(folder / "o.csv")]) == 2
    assert "--mapping" in capsys.readouterr().err


@pytest.mark.parametrize(("lang", "word"), [("en", "contradict a negative rule"), ("zh", "与否定规则相矛盾")])
def test_a_contradiction_is_told(folder: Path, capsys: pytest.CaptureFixture[str], lang: str, word: str) -> None:
    """A telephone and a name join two who were born on two days, by way of one of whom no day is known."""
    rows = [f"{key},张伟,{number},13912341234" for key, number in (("1", CARD), ("2", ""), ("3", "110105199003070025"))]
    (folder / "c.csv").write_text("\n".join(["id,name,number,mobile", *rows, ""]), encoding="utf-8")
    assert main(asked(folder, "--worklist", str(folder / "w.csv"), "--lang", lang)) == 1
    assert word in capsys.readouterr().out
    assert "VETO:OTHER_NUMBER" in (folder / "w.csv").read_text(encoding="utf-8")
    assert main(asked(folder, "--json")) == 1
    assert json.loads(capsys.readouterr().out)["conflicts"] == 1
    (folder / "new.csv").write_text(f"id,name,number,mobile\n{rows[1]}\n", encoding="utf-8")
    assert (
        main(
            ["dedupe", str(folder / "new.csv"), *asked(folder)[2:], "--against", str(folder / "c.csv"), "--lang", lang]
        )
        == 1
    )
    assert word in capsys.readouterr().out


def test_rows_in_too_large_a_tangle_are_told(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("custmaster.batch.judging.LARGEST_TANGLE", 2)
    rows = [f"{key},张伟,{CARD},13912341234" for key in "123"]
    (folder / "c.csv").write_text("\n".join(["id,name,number,mobile", *rows, ""]), encoding="utf-8")
    assert main(asked(folder, "--workers", "1", "--lang", "en")) == 1
    assert "3 records hang together with too many others" in capsys.readouterr().out


def many(folder: Path) -> list[str]:
    """A command that has work for some seconds, with a temporary folder of its own."""
    rows = (f"{at},张伟,,139{at:08d}\n" for at in range(150_000))
    with (folder / "c.csv").open("w", encoding="utf-8") as stream:
        stream.writelines(["id,name,number,mobile\n", *rows])
    (folder / "tmp").mkdir()
    return [sys.executable, "-m", "custmaster.cli", *asked(folder), "--workers", "2"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_a_run_that_is_ended_leaves_no_worker_and_no_traceback(folder: Path, number: signal.Signals, code: int) -> None:
    surroundings = {**os.environ, "TMPDIR": str(folder / "tmp")}
    with subprocess.Popen(
        many(folder), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, env=surroundings, text=True
    ) as process:
        until = time.monotonic() + 30
        while not list((folder / "tmp").glob("custmaster-*/worker1")) and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(0.5)
        process.send_signal(number)
        said = process.communicate(timeout=60)[1]  # ends when the last worker has let go of standard error
    assert (process.returncode, "Traceback" in said) == (code, False)
    if number is not signal.SIGKILL:
        assert list((folder / "tmp").iterdir()) == []


def test_another_thread_may_run_the_command(folder: Path) -> None:
    """Signals are the main thread's alone."""
    codes: list[int] = []
    thread = threading.Thread(target=lambda: codes.append(main(["id", "11010519491231002X", "--json"])))
    thread.start()
    thread.join()
    assert codes == [0]
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
