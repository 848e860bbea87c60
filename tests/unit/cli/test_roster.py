"""`custmaster roster review`, `assign` and `diff`, and the fictional roster that they are tried on."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from custmaster.dedup.alias_events import NumberMerged, NumberOpened, NumberSplit
from custmaster.dedup.aliases import replay
from custmaster.sim.roster import ROSTER_HEADS
from custmaster.wire.aliases import ledger_to_jsonl

Run = Callable[..., Any]
DAY = "2026-11-23"
HEADS = {
    "customers": "customer,kind,outlet,level,level_since,source",
    "staff": "number,post,outlet,until",
    "assignments": "customer,staff,from,until",
}
STAFF = "S-1,TELLER,0101,\nS-2,TELLER,0101,"


def files(folder: Path, **rows: str) -> list[object]:
    words: list[object] = ["--as-of", DAY]
    for name, text in ({"staff": STAFF} | rows).items():
        path = folder / f"{name}.csv"
        path.write_text(f"{HEADS[name]}\n{text}\n", encoding="utf-8")
        words += [f"--{name}", path]
    return words


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def sample(run: Run, tmp_path: Path) -> list[object]:
    assert run("sample", "--roster", "--customers", 600, "--seed", 3, "--out", tmp_path / "bank").code == 0
    named = ((f"--{name}", tmp_path / "bank" / f"{name}.csv") for name in ROSTER_HEADS)
    return ["--as-of", DAY, *(word for pair in named for word in pair)]


def test_the_sample_is_the_same_for_the_same_seed_and_reads_without_a_bad_cell(run: Run, tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert run("sample", "--roster", "--customers", 300, "--seed", 5, "--out", tmp_path / name).code == 0
    other = run("sample", "--roster", "--customers", 300, "--seed", 6, "--out", tmp_path / "c", "--json")
    assert json.loads(other.out)["rows"].keys() == ROSTER_HEADS.keys()
    for name in ROSTER_HEADS:
        texts = [(tmp_path / folder / f"{name}.csv").read_bytes() for folder in "abc"]
        assert texts[0] == texts[1]
        assert (texts[0] == texts[2]) is (name == "outlets")
    assert run("sample", "--roster", "--contracts", "--out", tmp_path / "d").code == 2


def test_a_review_writes_all_it_promises_and_gives_its_figures(run: Run, sample: list[object], tmp_path: Path) -> None:
    out = tmp_path / "out"
    ran = run("roster", "review", *sample, "--out", out, "--json")
    answer = json.loads(ran.out)
    assert ran.code == 1
    assert sorted(path.name for path in out.iterdir()) == sorted(answer["written"])
    assert set(answer["written"]) >= {"review.html", "figures.json", "figures.csv", "findings.csv"}
    assert ("roster.xlsx" in answer["written"]) is (find_spec("xlsxwriter") is not None)
    kept = json.loads((out / "figures.json").read_text("utf-8"))
    assert kept.items() <= answer.items()
    for figure in (*answer["growth"], answer["share"], *answer["per_head"], *answer["floors"]):
        assert figure["met"] in {"YES", "NO", "NOT_COMPUTABLE", "NO_TARGET"}
        assert isinstance(figure["numerator"], int)
        if figure["met"] in {"YES", "NO"}:
            assert (figure["left"] >= figure["right"]) is (figure["met"] == "YES")
    in_table = [row for row in rows_of(out / "figures.csv") if row["kind"] == "FLOOR"]
    assert [(row["staff"], row["numerator"]) for row in in_table] == [
        (one["staff"], str(one["numerator"])) for one in answer["floors"]
    ]


def test_share_growth_and_floors_are_those_of_the_files(run: Run, tmp_path: Path) -> None:
    customers = [f"{at},,0101,普通,," for at in range(1, 91)]
    customers += [f"{at},,0101,金卡,2025-01-01," for at in range(91, 101)]
    customers += ["101,UNIT,0101,普通,,"]
    assigned = [f"{at},S-1,2025-02-01," for at in range(91, 101)]
    words = files(tmp_path, customers="\n".join(customers), assignments="\n".join(assigned))
    answer = json.loads(run("roster", "review", *words, "--out", tmp_path / "out", "--json").out)
    assert (answer["share"]["numerator"], answer["share"]["denominator"], answer["share"]["met"]) == (10, 100, "YES")
    assert [(one["staff"], one["numerator"], one["met"], one["missing"]) for one in answer["floors"]] == [
        ("S-1", 10, "YES", 0),
        ("S-2", 0, "NO", 10),
    ]
    assert [(one["numerator"], one["denominator"]) for one in answer["per_head"]] == [(10, 2)]
    years = {one["year"]: (one["begin"], one["end"], one["met"]) for one in answer["growth"]}
    assert years[2025] == (0, 10, "NOT_COMPUTABLE")
    assert years[2026] == (10, 10, "NO")


def test_the_order_of_the_rows_changes_no_figure(run: Run, sample: list[object], tmp_path: Path) -> None:
    run("roster", "review", *sample, "--out", tmp_path / "one", "--json")
    for name in ROSTER_HEADS:
        path = tmp_path / "bank" / f"{name}.csv"
        head, *rows = path.read_text("utf-8").splitlines()
        path.write_text("\n".join([head, *reversed(rows)]) + "\n", "utf-8")
    run("roster", "review", *sample, "--out", tmp_path / "two", "--json")
    for name in ("figures.json", "figures.csv", "review.html"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_each_bad_row_is_named_with_its_line_and_the_rest_is_reviewed(run: Run, tmp_path: Path) -> None:
    words = files(
        tmp_path,
        customers="1,,0101,金卡,,\n2,对公,0101,金卡,,系统提取\n3,,0101,黑卡,,\n4,,0101,gold,,",
        staff=f"{STAFF}\nS-2,TELLER,0101,\nS-3,宇航员,0101,\nS-4,柜员,0101,2026-01-01",
        assignments="1,S-4,,\n4,S-1,,",
    )
    ran = run("roster", "review", *words, "--out", tmp_path / "out", "--json")
    answer = json.loads(ran.out)
    assert ran.code == 1
    assert [(row["line"], row["field"], row["code"]) for row in rows_of(tmp_path / "out" / "findings.csv")] == [
        ("2", "assignments.staff", "ROSTER_STAFF_OFF_POST"),
        ("3", "customers.customer", "ROSTER_UNIT"),
        ("4", "customers.level", "LEVEL_OFF_LADDER"),
        ("4", "staff.post", "POSTING_TWICE"),
        ("5", "staff.post", "POST_WORD_UNKNOWN"),
    ]
    assert {one["file"] for one in answer["codes"]} == {"assignments", "customers", "staff"}
    assert [one["numerator"] for one in answer["floors"] if one["staff"] == "S-1"] == [1]


def test_what_has_changed_is_told_by_a_day_or_by_another_file(run: Run, tmp_path: Path) -> None:
    words = files(
        tmp_path,
        customers="1,,0101,金卡,,\n2,,0101,金卡,2026-10-01,",
        assignments="1,S-1,,2026-10-01\n1,S-2,2026-10-01,",
    )
    out = ("--out", tmp_path / "out", "--json")
    by_day = json.loads(run("roster", "review", *words, "--last", "2026-09-01", *out).out)
    assert by_day["changes"] == {"HANDED_OVER": 1, "NEW_ENTRY": 1}
    before = tmp_path / "before.csv"
    before.write_text("customer,staff\n1,S-1\n", "utf-8")
    by_file = json.loads(run("roster", "review", *words, "--before", before, *out).out)
    assert by_file["changes"] == {"HANDED_OVER": 1}
    assert json.loads(run("roster", "review", *words, *out).out)["changes"] == {}


def test_old_numbers_are_todays_by_the_ledger(run: Run, tmp_path: Path) -> None:
    opened = [NumberOpened(number=number, on=date(2020, 1, 1), request_id="T-1") for number in "12"]
    ledger = replay([*opened, NumberMerged(number="1", into="2", on=date(2026, 1, 1), request_id="T-2")])
    (tmp_path / "l.jsonl").write_bytes(ledger_to_jsonl(ledger))
    words = [*files(tmp_path, customers="2,,0101,金卡,,", assignments="1,S-1,,"), "--out", tmp_path / "out", "--json"]
    lost = json.loads(run("roster", "review", *words).out)
    assert [one["code"] for one in lost["codes"]] == ["ASSIGNED_NOBODY"]
    kept = json.loads(run("roster", "review", *words, "--ledger", tmp_path / "l.jsonl").out)
    assert kept["codes"] == []
    assert [one["numerator"] for one in kept["floors"]] == [1, 0]
    (tmp_path / "l.jsonl").write_text("{}\n", "utf-8")
    assert run("roster", "review", *words, "--ledger", tmp_path / "l.jsonl").code == 2


def test_an_older_file_of_customers_keeps_its_own_numbers_and_both_parts_of_a_split_their_maintainer(
    run: Run, tmp_path: Path
) -> None:
    opened = [NumberOpened(number=number, on=date(2020, 1, 1), request_id="T-1") for number in "12345"]
    merged = NumberMerged(number="1", into="2", on=date(2026, 1, 1), request_id="T-2")
    split = NumberSplit(number="3", into=("4", "5"), on=date(2026, 1, 1), request_id="T-3")
    (tmp_path / "l.jsonl").write_bytes(ledger_to_jsonl(replay([*opened, merged, split])))
    tail = ["--ledger", tmp_path / "l.jsonl", "--out", tmp_path / "out", "--json"]
    customers = {"old": "1,,0101,金卡,,\n3,,0101,金卡,,", "new": "2,,0101,金卡,,\n4,,0101,金卡,,\n5,,0101,金卡,,"}
    for file in (*customers.values(), "\n".join(customers.values())):
        words = [*files(tmp_path, customers=file, assignments="1,S-1,,\n3,S-2,,"), *tail]
        answer = json.loads(run("roster", "review", *words).out)
        assert {one["code"] for one in answer["codes"]} <= {"ROSTER_LISTED_TWICE"}
        assert [one["numerator"] for one in answer["floors"]] == [1, 2]
        assert (answer["share"]["numerator"], answer["share"]["denominator"], answer["pooled"]) == (3, 3, 0)
        words[words.index("--out") + 1] = tmp_path / "p.csv"
        assert json.loads(run("roster", "assign", *words).out)["moves"] == 0


def test_what_is_listed_or_struck_off_later_is_so_from_its_day_on(run: Run, tmp_path: Path) -> None:
    def asked(question: str, out: str, row: str, *more: object) -> Any:
        words = files(tmp_path, customers="1,,0101,普通,,DAILY_BUSINESS", assignments="1,S-1,2025-01-01,")
        head = f"{HEADS['customers']},listed_on,struck_off_on\n1,,0101,普通,,DAILY_BUSINESS,{row}\n"
        (tmp_path / "customers.csv").write_text(head, "utf-8")
        return json.loads(run("roster", question, *words, "--out", tmp_path / out, "--json", *more).out)

    def held(row: str, *more: object) -> tuple[int, dict[str, int], int]:
        answer = asked("review", "out", row, *more)
        return answer["floors"][0]["numerator"], answer["changes"], asked("assign", "p.csv", row)["customers"]

    last = ("--last", "2026-08-23")
    assert held(f"2025-01-01,{DAY}", *last) == (0, {"STRUCK_OFF": 1}, 0)
    assert held("2025-01-01,2026-11-24", *last) == (1, {}, 1)
    assert held(f"{DAY},", *last) == (1, {"NEW_ENTRY": 1}, 1)
    assert held("2026-11-24,", *last) == (0, {}, 0)


@pytest.mark.parametrize("ending", ["tsv", "jsonl", "xlsx", "parquet"])
def test_the_same_rows_are_read_from_every_format_by_their_headings(run: Run, tmp_path: Path, ending: str) -> None:
    words = files(tmp_path, customers="")
    heads, row = ("客户号", "网点", "客户等级", "等级生效日"), ("0001", "0101", "金卡", "2025-03-01")
    path = tmp_path / f"c.{ending}"
    if ending == "tsv":
        path.write_text("\t".join(heads) + "\n" + "\t".join(row) + "\n", "utf-8")
    elif ending == "jsonl":
        path.write_text(json.dumps(dict(zip(heads, row, strict=True)), ensure_ascii=False) + "\n", "utf-8")
    elif ending == "xlsx":
        book = pytest.importorskip("xlsxwriter").Workbook(path)
        sheet = book.add_worksheet()
        for at, listed in enumerate((heads, row)):
            sheet.write_row(at, 0, listed)
        book.close()
    else:
        frame = pytest.importorskip("duckdb").sql(
            "select unnest($rows, recursive := true)", params={"rows": [dict(zip(heads, row, strict=True))]}
        )
        frame.write_parquet(str(path))
    answer = json.loads(run("roster", "review", *words, "--customers", path, "--out", tmp_path / "out", "--json").out)
    assert answer["codes"] == []
    assert [(year["begin"], year["end"]) for year in answer["growth"]][-2:] == [(0, 1), (1, 1)]
    assert [one["outlet"] for one in answer["per_head"]] == ["0101"]


def test_names_are_masked_unless_revealed(run: Run, sample: list[object], tmp_path: Path) -> None:
    names = {row["姓名"] for row in rows_of(tmp_path / "bank" / "staff.csv") if len(row["姓名"]) > 1}
    run("roster", "review", *sample, "--out", tmp_path / "masked")
    run("roster", "review", *sample, "--out", tmp_path / "clear", "--reveal")
    masked, clear = ((tmp_path / name / "review.html").read_text("utf-8") for name in ("masked", "clear"))
    assert not any(name in masked for name in names)
    assert any(name in clear for name in names)


def test_both_languages_are_spoken(run: Run, sample: list[object], tmp_path: Path) -> None:
    for lang, word in (("zh", "年增长率"), ("en", "annual growth")):
        ran = run("roster", "review", *sample, "--out", tmp_path / lang, "--lang", lang)
        assert word in ran.out
    assert (tmp_path / "zh" / "review.html").read_bytes() != (tmp_path / "en" / "review.html").read_bytes()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (["--customers", "nothing.csv"], "there is no such file"),
        (["--staff", "customers.csv"], "there is no column for"),
        (["--mapping", "nothing.toml"], "No such file"),
        (["--ledger", "nothing.jsonl"], "the ledger cannot be read"),
        (["--out", "customers.csv"], "this is a file, not a folder"),
        (["--out", "none/out"], "the folder above it is not there"),
        (["--as-of", "2001-01-01"], "the handbook has no value for"),
        (["--last", "2026-11-24"], "after the day under review"),
        (["--customers", "."], ".: this is a folder"),
    ],
)
def test_what_cannot_be_used_ends_with_2_and_leaves_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: list[str], problem: str
) -> None:
    monkeypatch.chdir(tmp_path)
    words = files(tmp_path, customers="1,,0101,金卡,,")
    there = sorted(tmp_path.iterdir())
    ran = run("roster", "review", *words, "--out", "out", *change)
    assert ran.code == 2
    assert problem in ran.err
    assert sorted(tmp_path.iterdir()) == there


@pytest.mark.parametrize("option", ["--customers", "--staff", "--assignments", "--before", "--mapping", "--ledger"])
def test_a_review_replaces_no_file_that_it_reads(run: Run, tmp_path: Path, option: str) -> None:
    words = files(tmp_path, customers="1,,0101,金卡,,", assignments="1,S-1,,")
    mine = tmp_path / "out" / "figures.csv"
    mine.parent.mkdir()
    mine.write_text("客户号,等级\n1,金卡\n", "utf-8")
    ran = run("roster", "review", *words, option, mine, "--out", mine.parent)
    assert (ran.code, "overwrite a file" in ran.err) == (2, True)
    assert [(path.name, path.read_text("utf-8")) for path in mine.parent.iterdir()] == [
        (mine.name, "客户号,等级\n1,金卡\n")
    ]


def test_a_review_that_breaks_off_leaves_the_folder_as_it_was(
    run: Run, sample: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "figures.json").write_text("old", "utf-8")

    def full(path: Path, review: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("custmaster.cli.roster_review.write_figures", full)
    ran = run("roster", "review", *sample, "--out", out)
    assert ran.code == 2
    assert "No space left on device" in ran.err
    assert [(path.name, path.read_text("utf-8")) for path in out.iterdir()] == [("figures.json", "old")]
    assert {path.name for path in tmp_path.iterdir()} == {"bank", "out"}


def test_proposals_fill_the_floors_and_say_why(run: Run, tmp_path: Path) -> None:
    customers = "\n".join(f"{at:02},,0101,金卡,," for at in range(24))
    assigned = "\n".join(f"{at:02},S-1,," for at in range(24))
    words = files(tmp_path, customers=customers, assignments=assigned)
    out = tmp_path / "proposals.csv"
    ran = run("roster", "assign", *words, "--out", out, "--json")
    answer = json.loads(ran.out)
    rows = rows_of(out)
    assert (ran.code, answer["moves"], answer["unplaced"]) == (0, len(rows), 0)
    assert {(row["before"], row["staff"], row["code"]) for row in rows} >= {("S-1", "S-2", "ASSIGN_FLOOR_OF")}
    assert len(rows) >= 10
    assert all(row["why"] and re.fullmatch(r"R-\d\d", row["article"]) for row in rows)
    moved = {row["customer"]: row["staff"] for row in rows}
    again = "\n".join(f"{at:02},{moved.get(f'{at:02}', 'S-1')},," for at in range(24))
    settled = run("roster", "assign", *files(tmp_path, customers=customers, assignments=again), "--out", out, "--json")
    assert json.loads(settled.out)["moves"] == 0


def test_nobody_is_offered_a_unit_a_closed_customer_or_somebody_of_another_outlet(run: Run, tmp_path: Path) -> None:
    customers = "1,对公,0101,金卡,,系统提取\n2,,0101,金卡,,\n3,,0102,金卡,,"
    out = tmp_path / "proposals.csv"
    ran = run("roster", "assign", *files(tmp_path, customers=customers), "--out", out)
    assert ran.code == 1
    told = {row["customer"]: (row["staff"], row["code"]) for row in rows_of(out) if row["customer"]}
    assert told["3"] == ("", "ASSIGN_NO_CANDIDATE")
    assert told.keys() == {"2", "3"}


def test_candidates_with_costs_decide_and_a_bad_one_is_told(run: Run, tmp_path: Path) -> None:
    costs = tmp_path / "costs.csv"
    costs.write_text("客户号,工号,成本\n1,S-2,5\n1,S-1,9\n1,S-3,x\n1,S-1,9\n1,S-1,1\n", "utf-8")
    out = tmp_path / "proposals.csv"
    ran = run(
        "roster", "assign", *files(tmp_path, customers="1,,0101,金卡,,"), "--candidates", costs, "--out", out, "--json"
    )
    answer = json.loads(ran.out)
    assert [(one["file"], one["code"], one["first_line"], one["count"]) for one in answer["codes"]] == [
        ("candidates", "ROSTER_CELL_UNFIT", 4, 2)
    ]
    assert [row["staff"] for row in rows_of(out) if row["customer"]] == ["S-2"]


def test_both_engines_find_an_optimum(run: Run, sample: list[object], tmp_path: Path) -> None:
    pytest.importorskip("ortools")
    answers = [
        json.loads(
            run("roster", "assign", *sample, "--engine", engine, "--out", tmp_path / f"{engine}.csv", "--json").out
        )
        for engine in ("python", "ortools")
    ]
    assert [(one["assigned"], one["unplaced"]) for one in answers[:1]] == [
        (one["assigned"], one["unplaced"]) for one in answers[1:]
    ]


@pytest.mark.parametrize(("out", "problem"), [("p.txt", "let it end in .csv"), ("customers.csv", "overwrite a file")])
def test_proposals_go_to_a_table_of_their_own(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str, problem: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("roster", "assign", *files(tmp_path, customers="1,,0101,金卡,,"), "--out", out)
    assert ran.code == 2
    assert problem in ran.err


def test_two_files_of_assignments_are_compared(run: Run, tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text("客户号,工号\n1,S-1\n2,S-1\n3,S-1\n", "utf-8")
    two.write_text("客户号,工号\n1,S-2\n3,S-1\n4,S-2\n", "utf-8")
    ran = run("roster", "diff", one, two, "--as-of", DAY, "--json")
    answer = json.loads(ran.out)
    assert ran.code == 1
    assert [(row["code"], row["subject"], row["before"], row["after"]) for row in answer["changes"]] == [
        ("HANDED_OVER", "1", "S-1", "S-2"),
        ("NO_MORE_THERE", "2", "S-1", None),
        ("NEW_ENTRY", "4", None, "S-2"),
    ]
    assert run("roster", "diff", one, one, "--as-of", DAY).code == 0
    shown = run("roster", "diff", one, two, "--as-of", DAY, "--lang", "zh")
    assert "共 3 项变化" in shown.out
    for path in (one, two):
        path.write_text(f"{path.read_text('utf-8')}8,\n", "utf-8")
    told = json.loads(run("roster", "diff", one, two, "--as-of", DAY, "--json").out)["codes"]
    assert {(row["file"], row["first_line"]) for row in told} == {("before", 5), ("assignments", 5)}


def test_one_file_is_compared_with_itself_on_an_earlier_day(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("customer,staff,from,until\n1,S-1,2026-01-01,2026-06-01\n1,S-2,2026-06-01,\n", "utf-8")
    answer = json.loads(run("roster", "diff", file, file, "--last", "2026-05-31", "--as-of", DAY, "--json").out)
    assert answer["counts"] == {"HANDED_OVER": 1}
    assert answer["findings"] == 0
    assert run("roster", "diff", file, file, "--last", "2027-01-01", "--as-of", DAY).code == 2


def test_the_demo_ends_with_a_roster_review(run: Run) -> None:
    answer = json.loads(run("demo", "--json").out)["roster"]
    assert answer["share"]["met"] == "YES"
    assert {one["met"] for one in answer["floors"]} >= {"YES", "NO"}
    assert "custmaster roster review" in run("demo", "--lang", "zh").out
