"""The Excel forms of QC circles: what was written is read back as it was; what was filled in wrongly is said by line."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from custmaster.circle.activity import Absence, ActivityRecord, Speech
from custmaster.circle.circle import Circle, Member
from custmaster.circle.kinds import CircleKind, Step, TopicSource, TopicState, TopicType
from custmaster.circle.topic import Topic
from custmaster.errors import UnusableInput
from custmaster.handbook import Language
from custmaster.report.circle_forms import (
    Registration,
    read_activity_form,
    read_registration_form,
    write_activity_form,
    write_registration_form,
)
from custmaster.report.excel_form import decoded, encoded
from custmaster.value.span import Span

xlsxwriter = pytest.importorskip("xlsxwriter")
pytest.importorskip("python_calamine")

AWKWARD = [
    "",
    " ",
    "=1+1",
    "+86",
    "@SUM(A1)",
    "-1",
    "'quoted",
    "\n",
    "\r\n",
    "a\r",
    "\t",
    "\x00",
    "_x000D_",
    "_x005F_x000D_",
    "\\u000a",
    "\\u----",
    "\\",
    "…",
    "2026-03-05",
    "0012",
    "1e5",
    "TRUE",
    "http://example.org",
    "\ud800",
    "\ufffe",
    "𠮷" * 3,
    "第一行\n第二行\n\n第四行",
    "长" * 700,
    "行\n" * 90,
    "很长的发言。" * 6_000,
]
texts = st.sampled_from(AWKWARD) | st.text(max_size=40)
staff = st.sampled_from(["S-1", "S-2", "S-3", "", "=S"]) | st.text(max_size=8)
days = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@st.composite
def records(draw: st.DrawFn) -> ActivityRecord:
    spoken = draw(st.lists(staff, max_size=6, unique=True))
    there = draw(st.lists(staff, max_size=4, unique=True))
    absent = [one for one in draw(st.lists(staff, max_size=3)) if one not in there]
    free = {name: draw(texts) for name in ("place", "chair", "recorder", "content", "conclusion")}
    return ActivityRecord(
        number=draw(texts),
        topic=draw(texts),
        sequence=draw(st.integers(1, 999_999_999)),
        on=draw(days),
        step=draw(st.sampled_from(Step)),
        attending=there,
        absences=[Absence(staff=one, why=draw(texts)) for one in absent],
        speeches=[Speech(staff=one, said=draw(texts)) for one in spoken],
        tools=draw(st.lists(texts, max_size=3)),
        attachments=draw(st.lists(texts, max_size=3)),
        **free,
    )


@st.composite
def registrations(draw: st.DrawFn) -> Registration:
    founded = draw(days)
    members = [
        Member(staff=one, team=draw(staff), leads=draw(st.booleans()), valid=Span(None, draw(st.none() | days)))
        for one in draw(st.lists(staff, max_size=5, unique=True))
    ]
    circle = Circle(
        number=draw(texts),
        name=draw(texts),
        kind=draw(st.sampled_from(CircleKind)),
        centre=draw(texts),
        founded_on=founded,
        closed_on=draw(st.none() | st.just(founded)),
        members=members,
    )
    registered = draw(st.none() | days)
    topic = Topic(
        number=draw(texts),
        circle=circle.number,
        title=draw(texts),
        type=draw(st.sampled_from(TopicType)),
        source=draw(st.sampled_from(TopicSource)),
        themes=draw(st.lists(texts, max_size=3)),
        plan=draw(st.lists(days, max_size=4)),
        registration=draw(st.none() | st.text(min_size=1, max_size=9)),
        registered_on=registered,
        state=TopicState.DRAFT if registered is None else TopicState.REGISTERED,
        **{name: draw(texts) for name in ("baseline", "target", "countermeasures", "action", "owner")},
    )
    return Registration(circle=circle, topic=topic)


@given(texts)
def test_a_cell_holds_what_was_put_in(text: str) -> None:
    assert decoded(encoded(text)) == text


@settings(deadline=None)
@given(records(), st.sampled_from(Language))
def test_a_record_is_read_back_as_it_was_written(record: ActivityRecord, lang: Language) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.xlsx")
        write_activity_form(path, record, lang=lang)
        assert read_activity_form(path) == record


@settings(deadline=None)
@given(registrations(), st.sampled_from(Language))
def test_a_registration_is_read_back_as_it_was_written(asked: Registration, lang: Language) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "r.xlsx")
        write_registration_form(path, asked, lang=lang)
        assert read_registration_form(path) == asked


RECORD = ActivityRecord(
    number="A-1",
    topic="T-1",
    sequence=2,
    on=date(2026, 3, 5),
    place="会议室",
    step=Step.CHECK,
    attending=["S-1", "S-2", ""],
    absences=[Absence(staff="S-3", why="=病假")],
    chair="S-1",
    recorder="S-2",
    content="\n".join(AWKWARD[:20]),
    speeches=[Speech(staff=f"S-{n}", said=text) for n, text in enumerate(AWKWARD)],
    tools=["排列图", "", "=鱼骨图"],
    conclusion="下一步\n\n",
    attachments=["D-1"],
)


def test_every_awkward_text_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_activity_form(path, RECORD)
    assert read_activity_form(path) == RECORD


def cells(path: Path, rows: list[list[object]]) -> Path:
    """A form that somebody typed."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy/m/d"}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return path


TYPED: list[list[object]] = [
    ["QC小组活动记录表"],
    ["记录编号", "A-1"],
    ["课题", "T-1"],
    [],
    ["活动次数", 3],
    ["活动日期", "2026-03-05"],
    ["活动地点", "会议室"],
    ["PDCA阶段", "计划"],
    ["实到人员", "S-1"],
    ["", "S-2"],
    ["缺席人员及原因", "工号", "原因"],
    ["主持人", "S-1"],
    ["记录人", "S-2"],
    ["活动内容", "讨论"],
    ["成员发言", "工号", "发言"],
    ["", "S-1", "好"],
    ["…", "", ",再查"],
    ["", "S-2", 12],
    ["应用的QC工具"],
    ["结论及下一步", "继续"],
    ["附件"],
]


def test_a_form_that_was_typed_is_read(tmp_path: Path) -> None:
    record = read_activity_form(cells(tmp_path / "t.xlsx", TYPED))
    assert (record.sequence, record.step, record.attending) == (3, Step.PLAN, ("S-1", "S-2"))
    assert record.speeches == (Speech(staff="S-1", said="好,再查"), Speech(staff="S-2", said="12"))
    assert record.tools == ()


@pytest.mark.parametrize(
    ("line", "row", "problem"),
    [
        (4, ["活动次数", "三"], "活动次数"),
        (5, ["活动日期", "三月"], "活动日期"),
        (5, ["活动日期", ""], "活动日期"),
        (7, ["PDCA阶段", "总结"], "PDCA阶段"),
        (6, ["别的", "x"], "none of the form"),
        (6, ["主持人", "x"], "twice"),
        (6, [], "missing: 活动地点"),
        (1, ["…", "x"], "nothing stands above"),
        (10, ["缺席人员及原因", "工号", "原因"], ""),
        (9, ["", "S-2"], ""),
    ],
)
def test_what_is_filled_in_wrongly_is_said(tmp_path: Path, line: int, row: list[object], problem: str) -> None:
    rows = [*TYPED]
    rows[line] = row
    path = cells(tmp_path / "t.xlsx", rows)
    if not problem:
        assert read_activity_form(path).number == "A-1"
        return
    with pytest.raises(UnusableInput, match=problem):
        read_activity_form(path)


@pytest.mark.parametrize("day", ["2026-03-05", "2026/3/5", "2026年3月5日", "20260305", " 2026-3-5 ", date(2026, 3, 5)])
def test_a_day_is_filled_in_in_every_way_of_the_files(tmp_path: Path, day: object) -> None:
    rows = [*TYPED]
    rows[5] = ["活动日期", day]
    assert read_activity_form(cells(tmp_path / "t.xlsx", rows)).on == date(2026, 3, 5)


def test_lines_that_contradict_each_other_are_said(tmp_path: Path) -> None:
    rows = [*TYPED]
    rows.insert(11, ["", "S-1", "病"])
    with pytest.raises(UnusableInput, match="absences"):
        read_activity_form(cells(tmp_path / "t.xlsx", rows))


def test_an_empty_form_is_printed_to_be_filled_in(tmp_path: Path) -> None:
    for place, write in enumerate((write_activity_form, write_registration_form)):
        path = tmp_path / f"{place}.xlsx"
        write(path)
        assert path.stat().st_size > 1_000
    with pytest.raises(UnusableInput, match="活动次数"):
        read_activity_form(tmp_path / "0.xlsx")
    with pytest.raises(UnusableInput, match="小组类型"):
        read_registration_form(tmp_path / "1.xlsx")


def test_who_leads_is_a_word_that_is_known(tmp_path: Path) -> None:
    circle = Circle(number="QC-1", name="n", kind=CircleKind.INDOOR, centre="C", founded_on=date(2026, 1, 1))
    topic = Topic(number="T", circle="QC-1", title="t", type=TopicType.SERVICE, source=TopicSource.GUIDED)
    path = tmp_path / "r.xlsx"
    write_registration_form(
        path, Registration(circle=evolve(circle, members=[Member(staff="S", team="")]), topic=topic)
    )
    rows = [list(row) for _, row in _rows(path)]
    place = next(n for n, row in enumerate(rows) if row[1] == "S")
    rows[place][3] = "maybe"
    with pytest.raises(UnusableInput, match="小组成员"):
        read_registration_form(cells(tmp_path / "t.xlsx", rows))


def _rows(path: Path) -> list[tuple[int, tuple[str, ...]]]:
    from custmaster.wire.read_xlsx import sheet_rows

    return list(sheet_rows(path))


def test_a_text_no_cell_can_hold_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="too long"):
        write_activity_form(tmp_path / "a.xlsx", evolve(RECORD, speeches=[Speech(staff="S" * 40_000, said="")]))


@pytest.mark.slow
def test_libreoffice_opens_the_forms_and_they_are_read_back_equal(tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed here")
    members = [Member(staff="S-1", team="集团客户经理组", leads=True), Member(staff="S-2", team="=1+1")]
    circle = Circle(
        number="QC-01", name="晨曦", kind=CircleKind.INDOOR, centre="C-1", founded_on=date(2026, 1, 5), members=members
    )
    topic = Topic(
        number="T-1",
        circle="QC-01",
        title="缩短开户时间",
        type=TopicType.SERVICE,
        source=TopicSource.GUIDED,
        plan=[date(2026, 3, 5)],
        action="\n".join(AWKWARD[:20]),
    )
    asked = Registration(circle=circle, topic=topic)
    held, registered, out = tmp_path / "a.xlsx", tmp_path / "r.xlsx", tmp_path / "out"
    write_activity_form(held, RECORD)
    write_registration_form(registered, asked)
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    words = [office, home, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out)]
    subprocess.run([*words, str(held), str(registered)], check=True, timeout=300, capture_output=True)
    assert read_activity_form(out / "a.xlsx") == RECORD
    assert read_registration_form(out / "r.xlsx") == asked
