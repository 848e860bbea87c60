"""`custmaster circle`: the review of files, and the forms."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from custmaster.circle.activity import Absence, ActivityRecord, Speech
from custmaster.circle.kinds import Step
from custmaster.circle.records import silent
from custmaster.report.circle_forms import write_activity_form
from custmaster.wire.circle_files import CirclePaths, read_circles

Run = Callable[..., Any]
CIRCLES = "小组编号,小组名称,小组类型,客户中心,成立日期\nQC-01,晨曦<b>,室内管理人员,C-1,2026-01-05\n"
MEMBERS = "小组编号,工号,班组\nQC-01,S-1,甲组\nQC-01,S-2,乙组\nQC-01,S-3,丙组\n"
TOPICS = (
    "课题编号,小组编号,课题名称,课题类型,课题来源,注册日期,活动计划\n"
    "T-1,QC-01,缩短开户时间,服务型,自选,2026-02-02,2026-03-05\n"
)
HEAD = "记录编号,课题编号,活动次数,活动日期,地点,PDCA阶段,实到,主持人,记录人,内容,发言,结论\n"


def held(number: int, day: str, said: str = "S-1: 好\nS-2: 好\nS-3: 好") -> str:
    return f'A-{number},T-1,{number},{day},会议室,计划,S-1、S-2、S-3,S-1,S-2,讨论,"{said}",继续\n'


def files(folder: Path, activities: str) -> list[object]:
    words: list[object] = []
    texts = {"circles": CIRCLES, "members": MEMBERS, "topics": TOPICS, "activities": HEAD + activities}
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        words += [f"--{name}", folder / f"{name}.csv"]
    return words


def review(run: Run, folder: Path, activities: str, *words: object, day: str = "2026-05-01") -> Any:
    out = folder / "out"
    return run("circle", "review", *files(folder, activities), "--as-of", day, "--out", out, *words)


def test_circles_that_comply_end_with_0(run: Run, tmp_path: Path) -> None:
    ran = review(run, tmp_path, held(1, "2026-03-05") + held(2, "2026-04-07"), "--json")
    told = json.loads(ran.out)
    assert (ran.code, told["rows"], told["findings"], told["overdue"]) == (0, 7, 0, {})
    (circle,) = told["circles"]
    assert (circle["outcome"], circle["codes"]) == ("ALLOWED", [])
    (topic,) = circle["topics"]
    assert (topic["counted"], topic["short_months"], topic["next_by"]) == (2, [], "2026-10-07")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(told["written"])


def test_what_is_wrong_is_told_with_its_line_and_article(run: Run, tmp_path: Path) -> None:
    ran = review(run, tmp_path, held(1, "2026-03-05", "S-1: 好") + held(2, "2026-01-20"), day="2026-09-01")
    rows = list(csv.DictReader((tmp_path / "out" / "findings.csv").read_text("utf-8-sig").splitlines()))
    assert ran.code == 1
    found = {(row["field"], row["line"], row["severity"], row["code"], row["article"]) for row in rows}
    assert ("activities", "2", "error", "SPEECH_MISSING", "文二 第五条(五) (R-37)") in found
    assert ("activities", "3", "error", "ACTIVITY_BEFORE_REGISTRATION", "文二 第五条(二) (R-29)") in found
    assert ("topics", "2", "warning", "ACTIVITIES_SHORT", "文二 第五条(四)") in found
    assert ("topics", "2", "error", "IDLE_LAPSED", "文二 第五条(三)") in found
    late = (tmp_path / "out" / "overdue.csv").read_text("utf-8-sig")
    assert '"C-1","2026-08-02"' in late
    assert "IDLE_LAPSED" in ran.out
    assert "centre C-1: 8 overdue" in ran.out


def test_an_explained_pause_is_a_note(run: Run, tmp_path: Path) -> None:
    history = tmp_path / "history.csv"
    history.write_text("课题编号,日期,事项\nT-1,2026-08-01,原因说明\n", encoding="utf-8")
    ran = review(run, tmp_path, "", "--history", history, "--json", day="2026-09-01")
    (topic,) = json.loads(ran.out)["circles"][0]["topics"]
    assert {"IDLE_EXPLAINED", "ACTIVITIES_SHORT"} == set(topic["codes"])
    assert (topic["outcome"], topic["next_by"]) == ("REVIEW", "2026-08-02")
    strict = review(run, tmp_path, "", "--history", history, "--json", "--explained-months", "0", day="2026-09-01")
    assert json.loads(strict.out)["circles"][0]["topics"][0]["outcome"] == "REFUSED"


@pytest.mark.parametrize(("lang", "word"), [("zh", "不符合"), ("en", "in breach")])
def test_the_page_needs_nothing_else_and_says_nothing_that_was_spoken(
    run: Run, tmp_path: Path, lang: str, word: str
) -> None:
    said = "S-1: 秘密发言\nS-2: 好"
    activities = held(1, "2026-03-05", said) + held(2, "2026-04-07") + held(3, "2026-01-07")
    review(run, tmp_path, activities, "--lang", lang, day="2026-12-01")
    page = (tmp_path / "out" / "review.html").read_text("utf-8")
    tree = ET.fromstring(page.removeprefix("<!DOCTYPE html>\n"))
    assert word in page
    assert "秘密" not in page
    assert "晨曦&lt;b&gt;" in page
    assert "http" not in page.replace("http-equiv", "")
    assert len(tree.findall(".//svg")) == 1
    assert len(tree.findall(".//svg//circle")) == 2  # the activity before the registration lies before the drawing
    assert len(tree.findall(".//svg//rect")) == 8 + 2  # March to November, of which one month is whole; pauses


def test_the_same_files_give_the_same_bytes(run: Run, tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        folder = tmp_path / name
        folder.mkdir()
        review(run, folder, held(1, "2026-03-05") + held(2, "2026-04-07"))
        made.append([path.read_bytes() for path in sorted((folder / "out").iterdir())])
    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--out", "/no/such/folder/out"), "folder above"),
        (("--members", "absent.csv"), "no such file"),
    ],
)
def test_what_cannot_be_used_ends_with_2(run: Run, tmp_path: Path, words: tuple[str, ...], problem: str) -> None:
    ran = review(run, tmp_path, held(1, "2026-03-05"), *words)
    assert ran.code == 2
    assert problem in ran.err


def test_a_day_before_the_rules_were_in_force_is_no_day_for_a_review(run: Run, tmp_path: Path) -> None:
    words = files(tmp_path, "")
    circles = tmp_path / "circles.csv"
    circles.write_text(CIRCLES.replace("2026-01-05", "2016-01-05"), encoding="utf-8")
    ran = run("circle", "review", *words, "--as-of", "2017-01-01", "--out", tmp_path / "out")
    assert ran.code == 2
    assert "--as-of" in ran.err


@pytest.mark.parametrize("days", ["-1", "x", "100000"])
def test_days_are_a_whole_number(run: Run, tmp_path: Path, days: str) -> None:
    with pytest.raises(SystemExit) as ended:
        review(run, tmp_path, "", "--filing-days", days)
    assert ended.value.code == 2


PROJECTS = (
    "立项编号,客户中心,半年,对比分析,差距与不足,改进计划,PDCA案例\n"
    "P-1,C-1,2026年上半年,较理想多二十分钟,单据多,预填单据,T-1\n"
    "P-2,C-2,2026H2,,,,\n"
)


def projects_told(run: Run, folder: Path, text: str, day: str) -> Any:
    path = folder / "projects.csv"
    path.write_text(text, encoding="utf-8")
    activities = held(1, "2026-03-05") + held(2, "2026-04-07")
    return run(
        "circle",
        "review",
        *files(folder, activities),
        "--projects",
        path,
        "--as-of",
        day,
        "--out",
        folder / "out",
        "--json",
    )


def test_projects_are_judged_when_their_half_year_is_over(run: Run, tmp_path: Path) -> None:
    early = json.loads(projects_told(run, tmp_path, PROJECTS, "2026-05-01").out)
    assert [(one["project"], one["outcome"]) for one in early["projects"]] == [("P-1", "ALLOWED"), ("P-2", "ALLOWED")]
    ran = projects_told(run, tmp_path, PROJECTS, "2026-07-01")
    told = json.loads(ran.out)
    assert ran.code == 1
    assert told["projects"][0] == {
        "project": "P-1",
        "centre": "C-1",
        "half": "2026H1",
        "outcome": "REVIEW",
        "codes": ["PROJECT_CASE_MISSING"],
    }
    assert told["projects"][1]["codes"] == []
    rows = list(csv.DictReader((tmp_path / "out" / "findings.csv").read_text("utf-8-sig").splitlines()))
    assert [(row["field"], row["line"], row["severity"]) for row in rows if row["code"] == "PROJECT_CASE_MISSING"] == [
        ("projects", "2", "warning")
    ]
    assert '"2026-06-30"' in (tmp_path / "out" / "overdue.csv").read_text("utf-8-sig")
    page = (tmp_path / "out" / "review.html").read_text("utf-8")
    assert "P-1" in page
    assert "2026H1" in page
    assert json.loads((tmp_path / "out" / "compliance.json").read_text("utf-8"))["projects"] == told["projects"]


def test_a_second_project_in_a_half_year_is_a_breach_at_once(run: Run, tmp_path: Path) -> None:
    text = PROJECTS.replace("C-2,2026H2", "C-1,2026 上半年")
    told = json.loads(projects_told(run, tmp_path, text, "2026-05-01").out)
    assert [one["codes"] for one in told["projects"]] == [["PROJECT_TOO_MANY"]] * 2


@pytest.mark.parametrize(
    ("was", "now", "field", "code"),
    [
        ("2026H2", "2026H3", "projects.half", "CIRCLE_CELL_UNFIT"),
        ("2026H2", "0000H2", "projects.year", "CIRCLE_CELL_UNFIT"),
        ("2026H2", "", "projects.half", "CIRCLE_CELL_MISSING"),
        ("T-1", "T-9", "projects.topic", "TOPIC_NOT_LISTED"),
        ("P-2", "P-1", "projects", "CIRCLE_ROW_TWICE"),
    ],
)
def test_a_bad_row_of_projects_is_told(run: Run, tmp_path: Path, was: str, now: str, field: str, code: str) -> None:
    ran = projects_told(run, tmp_path, PROJECTS.replace(was, now), "2026-05-01")
    rows = list(csv.DictReader((tmp_path / "out" / "findings.csv").read_text("utf-8-sig").splitlines()))
    assert ran.code == 1
    assert (field, code) in {(row["field"], row["code"]) for row in rows}


# --- forms ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["activity", "registration"])
def test_an_empty_form_is_written(run: Run, tmp_path: Path, kind: str) -> None:
    ran = run("circle", "form", "--empty", kind, "--out", tmp_path / "f.xlsx", "--json")
    assert (ran.code, json.loads(ran.out)["records"]) == (0, 0)
    assert (tmp_path / "f.xlsx").read_bytes()[:2] == b"PK"


def test_filled_in_forms_become_a_file_that_is_reviewed(run: Run, tmp_path: Path) -> None:
    record = ActivityRecord(
        number="A-1",
        topic="T-1",
        sequence=1,
        on=date(2026, 3, 5),
        place="会议室",
        step=Step.DO,
        attending=["S-1", "S-2"],
        absences=[Absence(staff="S-3", why="病假")],
        chair="S-1",
        recorder="S-2",
        content="讨论\n对策",
        speeches=[Speech(staff="S-1", said="=好\n再查"), Speech(staff="S-2", said="好")],
        tools=["排列图"],
        conclusion="继续",
        attachments=["D-1"],
    )
    write_activity_form(tmp_path / "a.xlsx", record)
    out = tmp_path / "held.jsonl"
    assert run("circle", "form", "--read", tmp_path / "a.xlsx", "--out", out).code == 0
    files(tmp_path, "")
    paths = CirclePaths(circles=tmp_path / "circles.csv", topics=tmp_path / "topics.csv", activities=out)
    assert read_circles(paths).sorted.folders[0].activities == (record,)


def test_marks_within_a_form_make_no_other_speakers_and_no_other_absent(run: Run, tmp_path: Path) -> None:
    record = ActivityRecord(
        number="A-1",
        topic="T-1",
        sequence=1,
        on=date(2026, 3, 5),
        step=Step.DO,
        attending=["S-1", "S-2"],
        absences=[Absence(staff="S-3", why="病假、事假;其他")],
        speeches=[Speech(staff="S-1", said="第一\nS-2: 同意\n完"), Speech(staff="S-3", said="")],
        attachments=["照片、表", "D/1"],
    )
    write_activity_form(tmp_path / "a.xlsx", record)
    out = tmp_path / "held.jsonl"
    assert run("circle", "form", "--read", tmp_path / "a.xlsx", "--out", out).code == 0
    files(tmp_path, "")
    paths = CirclePaths(circles=tmp_path / "circles.csv", topics=tmp_path / "topics.csv", activities=out)
    (read,) = read_circles(paths).sorted.folders[0].activities
    assert silent(read) == ("S-2",)
    assert read.speeches[0].said == "第一\n… S-2: 同意\n完"
    assert read.absences == (Absence(staff="S-3", why="病假 事假 其他"),)
    assert read.attachments == ("照片 表", "D 1")


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--empty", "activity", "--out", "f.csv"), ".xlsx"),
        (("--read", "absent.xlsx", "--out", "f.jsonl"), "absent.xlsx"),
        (("--read", "a.xlsx", "--out", "f.xlsx"), ".jsonl"),
    ],
)
def test_a_form_that_cannot_be_used_ends_with_2(run: Run, words: tuple[str, ...], problem: str) -> None:
    ran = run("circle", "form", *words)
    assert ran.code == 2
    assert problem in ran.err


def test_a_fault_of_the_circle_stands_on_the_circles_line(run: Run, tmp_path: Path) -> None:
    words = files(tmp_path, held(1, "2026-03-05") + held(2, "2026-04-07"))
    (tmp_path / "members.csv").write_text("小组编号,工号,班组\nQC-01,S-1,甲组\n", encoding="utf-8")
    for lang in ("zh", "en"):
        ran = run("circle", "review", *words, "--as-of", "2026-05-01", "--out", tmp_path / "out", "--lang", lang)
        rows = list(csv.DictReader((tmp_path / "out" / "findings.csv").read_text("utf-8-sig").splitlines()))
        found = {(row["field"], row["line"], row["code"]) for row in rows}
        assert ran.code == 1
        assert {("circles", "2", "MEMBERS_FEW"), ("circles", "2", "NOT_ACROSS_TEAMS")} <= found
        assert ("activities", "2", "NOT_A_MEMBER") in found


def test_a_record_that_bears_the_number_of_its_topic_is_found_on_its_own_line(run: Run, tmp_path: Path) -> None:
    quiet = held(1, "2026-03-05").replace("A-1", "T-1").replace("S-2: ", "")
    words = files(tmp_path, held(2, "2026-02-01") + quiet)
    run("circle", "review", *words, "--as-of", "2026-05-01", "--out", tmp_path / "out")
    rows = list(csv.DictReader((tmp_path / "out" / "findings.csv").read_text("utf-8-sig").splitlines()))
    found = [(row["field"], row["line"], row["code"]) for row in rows]
    assert ("activities", "2", "ACTIVITY_BEFORE_REGISTRATION") in found
    assert ("activities", "5", "SPEECH_MISSING") in found  # each speech above is a line of the file
    assert ("topics", "2", "ACTIVITIES_SHORT") in found


def test_a_topic_that_is_no_more_than_a_draft_has_no_timeline(run: Run, tmp_path: Path) -> None:
    words = files(tmp_path, "")
    (tmp_path / "topics.csv").write_text(TOPICS.replace("2026-02-02", ""), encoding="utf-8")
    run("circle", "review", *words, "--as-of", "2026-05-01", "--out", tmp_path / "out")
    page = (tmp_path / "out" / "review.html").read_text("utf-8")
    assert "<svg" not in page
    assert "no clock runs" in page
