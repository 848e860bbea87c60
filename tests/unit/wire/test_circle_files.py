"""The files of QC circles: recognised by their headings, read row by row, with every fault told by line and field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from custmaster.circle.activity import Absence, Speech
from custmaster.circle.kinds import CircleKind, Original, Step, TopicState
from custmaster.decision import Outcome
from custmaster.errors import UnusableInput
from custmaster.handbook import Language, render
from custmaster.wire.circle_codes import CIRCLE_FILE_RULES, CircleFileCode
from custmaster.wire.circle_files import CirclePaths, CirclesRead, read_circles
from custmaster.wire.circle_words import CIRCLE_HEADS, CIRCLE_REQUIRED, CircleFile

CIRCLES = "小组编号,小组名称,小组类型,客户中心,成立日期,撤销日期\nQC-01,晨曦,室内管理人员,C-1,2026-01-05,\n"
TOPICS = "课题编号,小组编号,课题名称,课题类型,课题来源,注册日期\nT-1,QC-01,缩短开户时间,服务型,自选,2026/2/2\n"
HELD = "记录编号,课题编号,活动日期,PDCA阶段\nA-1,T-1,2026年3月5日,计划\n"


def read(folder: Path, **texts: str) -> CirclesRead:
    texts = {"circles": CIRCLES, "topics": TOPICS, "activities": HELD} | texts
    paths = {}
    for name, text in texts.items():
        paths[name] = folder / f"{name}.csv"
        paths[name].write_text(text, encoding="utf-8")
    return read_circles(CirclePaths(**paths))


def told(found: CirclesRead) -> list[tuple[int, str, str]]:
    return [(one.line, one.field, str(one.reason.code)) for one in found.findings]


def test_the_files_are_read_by_their_headings(tmp_path: Path) -> None:
    found = read(tmp_path)
    (folder,) = found.sorted.folders
    (topic,), (held,) = folder.topics, folder.activities
    assert (folder.circle.kind, folder.circle.founded_on) == (CircleKind.INDOOR, date(2026, 1, 5))
    assert (topic.state, topic.registered_on) == (TopicState.REGISTERED, date(2026, 2, 2))
    assert (held.number, held.on, held.step, held.sequence) == ("A-1", date(2026, 3, 5), Step.PLAN, 1)
    assert (found.rows, found.findings) == (3, ())


def test_english_headings_and_codes_are_read_too(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        circles="Circle No,Name,Kind,Center,Founded On\nQC-01,Dawn,INDOOR,C-1,2026-01-05\n",
        topics="topic_id,circle_id,title,type,source\nT-1,QC-01,Less waiting,service,own choice\n",
        activities="topic_id,date,step,attendees,said,absent\nT-1,2026-03-05,P,S-1;S-2,S-1: yes,S-3: leave\n",
    )
    (folder,) = found.sorted.folders
    (held,) = folder.activities
    assert (folder.topics[0].state, held.number) == (TopicState.DRAFT, "T-1/1")
    assert held.attending == ("S-1", "S-2")
    assert held.speeches == (Speech(staff="S-1", said="yes"),)
    assert held.absences == (Absence(staff="S-3", why="leave"),)
    assert found.findings == ()


def test_circles_and_topics_may_stand_in_one_file(tmp_path: Path) -> None:
    head = CIRCLES.splitlines()[0] + ",课题编号,课题名称,课题类型,课题来源,成员\n"
    row = "QC-01,晨曦,跨组,C-1,2026-01-05,,{},课题,现场型,指令性,S-1、S-2\n"
    other = "QC-02,夜空,集团,C-1,2026-01-05,,,,,,\n"
    circles = tmp_path / "circles.csv"
    circles.write_text(head + row.format("T-1") + row.format("T-2") + other, encoding="utf-8")
    held = tmp_path / "held.csv"
    held.write_text(HELD, encoding="utf-8")
    found = read_circles(CirclePaths(circles=circles, activities=held))
    assert [[one.number for one in folder.topics] for folder in found.sorted.folders] == [["T-1", "T-2"], []]
    assert [one.staff for one in found.sorted.folders[0].circle.members] == ["S-1", "S-2"]
    assert (found.rows, found.findings) == (4, ())


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("circles", CIRCLES + "QC-02,,室内,C-1,2026-01-05,\n", [(3, "circles.name", "CIRCLE_CELL_MISSING")]),
        ("circles", CIRCLES + ",甲,室内,C-1,2026-01-05,\n", [(3, "circles.circle", "CIRCLE_CELL_MISSING")]),
        ("circles", CIRCLES + "QC-02,甲,室外,C-1,2026-01-05,\n", [(3, "circles.kind", "CIRCLE_WORD_UNKNOWN")]),
        ("circles", CIRCLES + "QC-02,甲,室内,C-1,2026-13-05,\n", [(3, "circles.founded_on", "DATE_UNREADABLE")]),
        (
            "circles",
            CIRCLES + "QC-02,甲,室内,C-1,2026-01-05,2025-01-05\n",
            [(3, "circles.closed_on", "CIRCLE_CELL_UNFIT")],
        ),
        ("circles", CIRCLES + "QC-01,别名,室内,C-1,2026-01-05,\n", [(3, "circles", "CIRCLE_ROW_TWICE")]),
        ("circles", CIRCLES + "QC-02,甲\n", [(3, "circles", "ROW_CELLS")]),
        ("topics", TOPICS + "T-2,QC-09,课题,服务型,自选,\n", [(3, "topics.circle", "CIRCLE_NOT_LISTED")]),
        ("topics", TOPICS + "T-1,QC-01,课题,服务型,自选,\n", [(3, "topics", "CIRCLE_ROW_TWICE")]),
        ("topics", TOPICS + "T-2,QC-01,,服务型,自选,\n", [(3, "topics.title", "CIRCLE_CELL_MISSING")]),
        (
            "members",
            "小组编号,工号,班组\nQC-01,S-1,甲组\nQC-09,S-2,甲组\n",
            [(3, "members.circle", "CIRCLE_NOT_LISTED")],
        ),
        (
            "members",
            "小组编号,工号,班组\nQC-01,S-1,甲组\nQC-01,S-1,乙组\n",
            [(3, "members.staff", "CIRCLE_CELL_UNFIT")],
        ),
        ("members", "小组编号,工号,班组\nQC-01,,甲组\n", [(2, "members.staff", "CIRCLE_CELL_MISSING")]),
        (
            "members",
            "小组编号,工号,班组,加入日期,退出日期\nQC-01,S-1,甲组,2026-02-01,2026-01-01\n",
            [(2, "members", "CIRCLE_CELL_UNFIT")],
        ),
        ("history", "课题编号,日期,事项\nT-9,2026-02-03,计划\n", [(2, "history.topic", "TOPIC_NOT_LISTED")]),
        ("history", "课题编号,日期,事项\nT-1,2026-02-03,开会\n", [(2, "history.what", "CIRCLE_WORD_UNKNOWN")]),
        ("activities", HELD + "A-2,T-9,2026-03-05,计划\n", [(3, "activities.topic", "TOPIC_NOT_LISTED")]),
        ("activities", HELD + "A-1,T-1,2026-03-06,计划\n", [(3, "activities", "CIRCLE_ROW_TWICE")]),
        ("activities", HELD + "A-2,T-1,,计划\n", [(3, "activities.on", "CIRCLE_CELL_MISSING")]),
        (
            "activities",
            "课题编号,日期,阶段,次数\nT-1,2026-03-05,D,0\n",
            [(2, "activities.sequence", "CIRCLE_CELL_UNFIT")],
        ),
        (
            "activities",
            "课题编号,日期,阶段,次数\nT-1,2026-03-05,D,二\n",
            [(2, "activities.sequence", "CIRCLE_CELL_UNFIT")],
        ),
        (
            "activities",
            "课题编号,日期,阶段,实到,发言\nT-1,2026-03-05,D,S-1,同意\n",
            [(2, "activities.speeches", "SPEAKER_UNKNOWN")],
        ),
        (
            "activities",
            "课题编号,日期,阶段,实到,缺席\nT-1,2026-03-05,D,S-1,S-1:病\n",
            [(2, "activities.absences", "CIRCLE_CELL_UNFIT")],
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_field(
    tmp_path: Path, file: str, text: str, expected: list[tuple[int, str, str]]
) -> None:
    found = read(tmp_path, **{file: text})
    assert told(found) == expected
    assert [one.circle.number for one in found.sorted.folders] == ["QC-01"]
    for one in found.findings:
        assert all(render(one.reason.code, one.reason.facts, lang) for lang in Language)


def test_members_have_their_days_and_their_part(tmp_path: Path) -> None:
    members = (
        "小组编号,员工号,班组,组长,加入日期,退出日期\nQC-01,S-1,甲组,是,2026-01-05,2026-03-01\nQC-01,S-2,乙组,,,\n"
    )
    (folder,) = read(tmp_path, members=members).sorted.folders
    assert [(one.staff, one.team, one.leads) for one in folder.circle.members] == [
        ("S-1", "甲组", True),
        ("S-2", "乙组", False),
    ]
    assert [one.staff for one in folder.circle.members_on(date(2026, 3, 1))] == ["S-2"]


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (",,,", TopicState.DRAFT),
        ("2026-02-02,,,", TopicState.REGISTERED),
        ("2026-02-02,2026-05-01,,", TopicState.COMPILED),
        ("2026-02-02,2026-05-01,2026-05-02,", TopicState.FILED),
        ("2026-02-02,,,2026-05-02", TopicState.CLOSED),
    ],
)
def test_a_topics_days_tell_its_state(tmp_path: Path, days: str, state: TopicState) -> None:
    head = "课题编号,小组编号,课题名称,课题类型,课题来源,主题,活动计划,说明日期,注册日期,整理日期,报备日期,终止日期"
    row = f"T-1,QC-01,课题,创新,指导性,流程规范化、服务标准化,2026-04-01;2026-03-01 2026-04-01,2026-05-01,{days}"
    (folder,) = read(tmp_path, topics=f"{head}\n{row}\n").sorted.folders
    (topic,) = folder.topics
    assert (topic.state, topic.plan) == (state, (date(2026, 3, 1), date(2026, 4, 1)))
    assert topic.themes == ("服务标准化", "流程规范化")
    assert [one.on for one in topic.explanations] == [date(2026, 5, 1)]


def test_the_history_gives_steps_answers_originals_and_explanations(tmp_path: Path) -> None:
    history = (
        "课题编号,日期,事项,经办人,资料编号,原因\n"
        "T-1,2026-02-04,检查,,,\nT-1,2026-02-03,计划,,,\nT-1,2026-02-04,未达标,,,\nT-1,2026-02-05,达标,,,\n"
        "T-1,2026-02-06,现状调查数据和记录,,D-7,\nT-1,2026-03-01,原因说明,S-1,,停电\n"
    )
    (folder,) = read(tmp_path, history=history).sorted.folders
    (topic,) = folder.topics
    assert [(one.step, one.on.day, one.met) for one in topic.steps] == [
        (Step.PLAN, 3, None),
        (Step.CHECK, 4, False),
        (Step.CHECK, 5, True),
    ]
    assert [(one.kind, one.reference) for one in topic.originals] == [(Original.SURVEY_DATA, "D-7")]
    assert [(one.by, one.reason) for one in topic.explanations] == [("S-1", "停电")]


def test_speeches_of_several_lines_stay_with_their_speakers(tmp_path: Path) -> None:
    text = '课题编号,日期,阶段,实到,发言\nT-1,2026-03-05,D,S-1、S-2,"S-1：先查\n时间: 九点\nS-2: 好"\n'
    (folder,) = read(tmp_path, activities=text).sorted.folders
    assert folder.activities[0].speeches == (
        Speech(staff="S-1", said="先查\n时间: 九点"),
        Speech(staff="S-2", said="好"),
    )


@pytest.mark.parametrize(
    ("file", "text", "problem"),
    [
        ("activities", "课题编号,日期\nT-1,2026-03-05\n", "no column for step"),
        ("topics", "课题编号,课题编号,小组编号\nT-1,T-1,QC-01\n", "called"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, file: str, text: str, problem: str) -> None:
    with pytest.raises(UnusableInput, match=problem):
        read(tmp_path, **{file: text})


def test_circles_without_topics_are_told_of_a_file_of_topics(tmp_path: Path) -> None:
    circles, held = tmp_path / "c.csv", tmp_path / "a.csv"
    circles.write_text("小组编号,小组名称,小组类型,客户中心,成立日期\n", encoding="utf-8")
    held.write_text("课题编号,日期,阶段\n", encoding="utf-8")
    with pytest.raises(UnusableInput, match="topics in a file of their own"):
        read_circles(CirclePaths(circles=circles, activities=held))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("S-3:病假", Absence(staff="S-3", why="病假")),
        ("S-3（病假）", Absence(staff="S-3", why="病假")),
        ("S-3 (leave)", Absence(staff="S-3", why="leave")),
        ("S-3：出差(上海)", Absence(staff="S-3", why="出差(上海)")),
        ("S-3", Absence(staff="S-3", why="")),
    ],
)
def test_an_absence_is_a_number_and_why(tmp_path: Path, cell: str, expected: Absence) -> None:
    (folder,) = read(tmp_path, activities=f"课题编号,日期,阶段,缺席\nT-1,2026-03-05,D,{cell}\n").sorted.folders
    assert folder.activities[0].absences == (expected,)


def test_r29_a_registration_has_its_day_and_its_number_is_that_of_one_topic(tmp_path: Path) -> None:
    head = "课题编号,小组编号,课题名称,课题类型,课题来源,注册编号,注册日期\n"
    rows = [f"T-{n},QC-01,课题,服务型,自选,{number},{day}\n" for n, (number, day) in enumerate(REGISTERED)]
    found = read(tmp_path, topics=head + "".join(rows))
    assert [
        (one.line, one.field, str(one.reason.code)) for one in found.findings if one.field != "activities.topic"
    ] == [
        (3, "topics.registration", "REGISTRATION_TAKEN"),
        (4, "topics.registered_on", "TOPIC_NOT_REGISTERED"),
    ]
    assert len(found.sorted.folders[0].topics) == len(REGISTERED)


REGISTERED = [("R-1", "2026-02-02"), ("R-1", "2026-02-03"), ("R-2", ""), ("", "2026-02-02"), ("", "")]


def test_a_row_without_a_number_that_stands_twice_is_one_activity(tmp_path: Path) -> None:
    held = "T-1,2026-03-05,D,一楼\nT-1,2026-03-05,D,二楼\nT-1,2026-03-05,D,一楼\n"
    found = read(tmp_path, activities="课题编号,日期,阶段,地点\n" + held)
    assert [one.number for one in found.sorted.folders[0].activities] == ["T-1/1", "T-1/2"]
    assert [(one.line, str(one.reason.code)) for one in found.findings] == [(4, "CIRCLE_ROW_TWICE")]


def test_the_tables_are_total() -> None:
    assert set(CIRCLE_HEADS) == set(CIRCLE_REQUIRED) == set(CircleFile)
    assert set(CIRCLE_FILE_RULES) == set(CircleFileCode)
    assert {outcome for outcome, _ in CIRCLE_FILE_RULES.values()} <= set(Outcome)
    assert all(set(CIRCLE_REQUIRED[name]) <= set(CIRCLE_HEADS[name]) for name in CircleFile)


@pytest.mark.parametrize("ending", ["tsv", "jsonl", "xlsx", "parquet"])
def test_every_format_of_tables_is_read_alike(tmp_path: Path, write_table: Callable[..., None], ending: str) -> None:
    head, *lines = (line.split(",") for line in HELD.splitlines())
    path = tmp_path / f"held.{ending}"
    write_table(path, [dict(zip(head, line, strict=True)) for line in lines])
    (expected,) = read(tmp_path).sorted.folders
    paths = CirclePaths(circles=tmp_path / "circles.csv", topics=tmp_path / "topics.csv", activities=path)
    assert read_circles(paths).sorted.folders == (expected,)
