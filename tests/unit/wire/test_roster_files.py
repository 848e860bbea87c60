"""The files of a roster: recognised by their headings or a mapping; each bad row is told with file, line and field, and the rest is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from custmaster.errors import UnusableInput
from custmaster.handbook import default
from custmaster.roster import judge_roster
from custmaster.roster.kinds import EntryState, Post, Role, Source
from custmaster.roster.ladder import Ladder, ladder
from custmaster.value.party import PartyKind
from custmaster.wire.roster_entries import entries_of
from custmaster.wire.roster_files import RosterPaths, RosterRead, placed, read_roster
from custmaster.wire.roster_mapping import ANYHOW, file_mapping, load_roster_mapping
from custmaster.wire.roster_proposals import read_candidates
from custmaster.wire.roster_terms import RosterTerms
from custmaster.wire.roster_words import HEADS, LEVEL_WORDS, RosterFile, level_words

DAY = date(2026, 11, 28)
PAGE = default().on(DAY)
CUSTOMERS = (
    "customer,kind,outlet,level,level_since,customer_since,customer_until,source,nominator,needs,entry,struck_off_on"
)
STAFF = "number,post,outlet,from,until,capacity,languages,name"
ASSIGNED = "customer,staff,role,from,until,by"
TELLER = "S-1,TELLER,0101,2020-01-01,,30,,"


def read(
    folder: Path, customers: str, staff: str = TELLER, assignments: str | None = None, **terms: object
) -> RosterRead:
    def file(name: str, head: str, rows: str) -> Path:
        path = folder / name
        path.write_text(f"{head}\n{rows}\n", encoding="utf-8")
        return path

    paths = RosterPaths(
        customers=file("c.csv", CUSTOMERS, customers),
        staff=file("s.csv", STAFF, staff),
        assignments=None if assignments is None else file("a.csv", ASSIGNED, assignments),
    )
    return read_roster(paths, RosterTerms(page=PAGE, day=DAY, **terms))  # type: ignore[arg-type]


def found(answer: RosterRead) -> list[tuple[int, str, str]]:
    return [(one.line, one.field, str(one.reason.code)) for one in answer.findings]


def test_rows_of_one_customer_are_its_levels_each_from_its_day(tmp_path: Path) -> None:
    answer = read(tmp_path, "6,,0101,金,2025-03-01,2020-01-01,,,,,,\n6,,0101,普通,,2020-01-01,,,,,,")
    (one,) = answer.roster.customers
    assert [(held.level, held.since) for held in one.levels] == [("普通", None), ("金卡", date(2025, 3, 1))]
    assert one.level_on(date(2019, 12, 31)) is None
    assert found(answer) == []


def test_a_quality_person_is_on_the_roster_and_a_unit_or_a_closed_one_is_not(tmp_path: Path) -> None:
    rows = "1,个人,0101,金卡,,,,,,,,\n2,对公,0101,金卡,,,,,,,,\n3,个人,0101,普通,,,,,,,,\n4,个人,0101,金卡,,,2026-11-28,,,,,"
    answer = read(tmp_path, rows)
    assert [(one.number, one.source, one.state) for one in answer.roster.entries] == [
        ("1", Source.SYSTEM, EntryState.POOLED)
    ]
    assert [one.kind for one in answer.roster.customers] == [PartyKind.PERSON, PartyKind.UNIT, *[PartyKind.PERSON] * 2]


def test_who_is_listed_or_assigned_is_on_the_roster_whatever_the_level(tmp_path: Path) -> None:
    rows = "1,,0101,普通,,,,更多金融需求,S-1,基金、保险,E-7,\n2,,0101,普通,,,,,,,,\n3,,0101,普通,,,,日常业务,S-1,,,2026-01-01"
    answer = read(tmp_path, rows, assignments="E-7,S-1,,2026-01-01,,S-9\n2,S-1,协管,2026-01-01,,")
    first, second, third = answer.roster.entries
    assert (first.number, first.customer, first.needs) == ("E-7", "1", ("保险", "基金"))
    assert first.maintainer is not None
    assert (first.maintainer.staff, first.maintainer.by, first.maintainer.outlet) == ("S-1", "S-9", "0101")
    assert second.state is EntryState.POOLED
    assert [one.role for one in second.helpers] == [Role.CO_MANAGER]
    assert third.state is EntryState.STRUCK_OFF
    assert found(answer) == [(3, "assignments.customer", "ENTRY_WITHOUT_SOURCE")]


def test_a_closed_customer_keeps_its_last_level_while_it_is_assigned(tmp_path: Path) -> None:
    answer = read(tmp_path, "1,,0101,金卡,,,2026-01-01,,,,,", assignments="1,S-1,,,,")
    (entry,) = answer.roster.entries
    assert (entry.level, entry.source) == ("金卡", Source.SYSTEM)
    assert found(answer) == []


def test_an_entry_whose_number_is_too_long_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    answer = read(tmp_path, f"1,,0101,金卡,,,,,,,{'9' * 41},\n2,,0101,金卡,,,,,,,,")
    assert [one.customer for one in answer.roster.entries] == ["2"]
    assert found(answer) == [(2, "customers.entry", "ROSTER_CELL_UNFIT")]


def test_ended_assignments_are_the_history_and_later_ones_are_left_out(tmp_path: Path) -> None:
    rows = "1,S-8,,2025-01-01,2026-01-01,\n1,S-1,,2026-01-01,,\n1,S-9,,2027-01-01,,"
    answer = read(tmp_path, "1,,0101,金卡,,,,,,,,", assignments=rows)
    (entry,) = answer.roster.entries
    assert entry.maintainer is not None
    assert entry.maintainer.staff == "S-1"
    assert [(one.staff, one.until) for one in entry.past] == [("S-8", date(2026, 1, 1))]
    assert found(answer) == [(4, "assignments.from", "ASSIGNED_LATER")]


def test_the_roster_of_the_last_review_is_read_off_the_same_files(tmp_path: Path) -> None:
    rows = "1,S-8,,2025-01-01,2026-01-01,\n1,S-1,,2026-01-01,,"
    answer = read(tmp_path, "1,,0101,金卡,,,,,,,,", assignments=rows, last=date(2025, 6, 1))
    assert answer.before is not None
    assert [one.maintainer.staff for one in answer.before.entries if one.maintainer is not None] == ["S-8"]
    assert read(tmp_path, "1,,0101,金卡,,,,,,,,").before is None


@pytest.mark.parametrize(
    ("customers", "staff", "assignments", "told"),
    [
        ("1,,0101,黑卡,,,,,,,,", TELLER, None, (2, "customers.level", "LEVEL_OFF_LADDER")),
        ("1,,0101,金卡,soon,,,,,,,", TELLER, None, (2, "customers.level_since", "DATE_UNREADABLE")),
        ("1,外星,0101,普通,,,,,,,,", TELLER, None, (2, "customers.kind", "ROSTER_WORD_UNKNOWN")),
        ("1,,0101,普通,,,,天上,,,,", TELLER, None, (2, "customers.source", "ROSTER_WORD_UNKNOWN")),
        (",,0101,普通,,,,,,,,", TELLER, None, (2, "customers.customer", "ROSTER_CELL_UNFIT")),
        ("1,,,普通,,2026-02-01,2026-01-01,,,,,", TELLER, None, (2, "customers.customer_until", "ROSTER_CELL_UNFIT")),
        (f"{'1' * 41},,,普通,,,,,,,,", TELLER, None, (2, "customers.customer", "ROSTER_CELL_UNFIT")),
        ("1,,,金卡,,,,,,,,\n1,,,普通,,,,,,,,", TELLER, None, (3, "customers.level_since", "LEVEL_DAY_TWICE")),
        (
            "1,,1,金卡,,,,,,,,\n1,,2,普通,2020-01-01,,,,,,,",
            TELLER,
            None,
            (3, "customers.outlet", "ROSTER_ROWS_DISAGREE"),
        ),
        ("", f"{TELLER}\n{TELLER}", None, (3, "staff.post", "POSTING_TWICE")),
        ("", "S-1,astronaut,0101,,,,,", None, (2, "staff.post", "POST_WORD_UNKNOWN")),
        ("", "S-1,,0101,,,,,", None, (2, "staff.post", "ROSTER_CELL_UNFIT")),
        ("", ",TELLER,0101,,,,,", None, (2, "staff.number", "ROSTER_CELL_UNFIT")),
        ("", "S-1,TELLER,0101,,,many,,", None, (2, "staff.capacity", "ROSTER_CELL_UNFIT")),
        ("", "S-1,TELLER,0101,2020-01-01,2019-01-01,,,", None, (2, "staff.until", "ROSTER_CELL_UNFIT")),
        ("", "S-1,TELLER,0101,then,,,,", None, (2, "staff.from", "DATE_UNREADABLE")),
        ("", f"{TELLER}\nS-1,OUTLET_HEAD,0101,,,31,,", None, (3, "staff.capacity", "ROSTER_ROWS_DISAGREE")),
        ("1,,0101,金卡,,,,,,,,", TELLER, "9,S-1,,,,", (2, "assignments.customer", "ASSIGNED_NOBODY")),
        ("1,,0101,金卡,,,,,,,,", TELLER, "1,S-1,,,,\n1,S-2,,,,", (2, "assignments.staff", "ASSIGNED_TWICE")),
        ("1,,0101,金卡,,,,,,,,", TELLER, "1,S-1,pet,,,", (2, "assignments.role", "ROSTER_WORD_UNKNOWN")),
        ("1,,0101,金卡,,,,,,,,", TELLER, "1,,,,,", (2, "assignments.staff", "ROSTER_CELL_UNFIT")),
        (
            "1,,0101,金卡,,,,,,,,",
            TELLER,
            "1,S-1,,2026-02-01,2026-01-01,",
            (2, "assignments.until", "ROSTER_CELL_UNFIT"),
        ),
    ],
)
def test_a_bad_row_is_told_with_file_line_and_field(
    tmp_path: Path, customers: str, staff: str, assignments: str | None, told: tuple[int, str, str]
) -> None:
    good = "7,,0101,金卡,,,,,,,,"
    answer = read(tmp_path, f"{customers}\n{good}" if customers else good, staff, assignments)
    assert told in found(answer)
    assert "7" in {one.customer for one in answer.roster.entries}


@pytest.mark.parametrize(
    ("customers", "staff", "assignments", "told"),
    [
        ("1,对公,0101,金卡,,,,系统提取,,,,", TELLER, None, (2, "customers.customer", "ROSTER_UNIT")),
        ("1,,0101,金卡,,,,,,,,", TELLER, "1,S-9,,,,", (2, "assignments.staff", "ROSTER_STAFF_UNKNOWN")),
        (
            "1,,0101,金卡,,,,,,,,",
            "S-1,TELLER,0101,2020-01-01,2026-01-01,,,",
            "1,S-1,,,,",
            (2, "assignments.staff", "ROSTER_STAFF_OFF_POST"),
        ),
    ],
)
def test_what_the_whole_roster_shows_stands_on_the_line_that_says_it(
    tmp_path: Path, customers: str, staff: str, assignments: str | None, told: tuple[int, str, str]
) -> None:
    answer = read(tmp_path, customers, staff, assignments)
    shown = [placed(one, answer.lines) for one in judge_roster(answer.roster, DAY, PAGE)]
    assert told in [(one.line, one.field, str(one.reason.code)) for one in shown]


def test_the_text_of_a_cell_is_in_no_finding(tmp_path: Path) -> None:
    rows = "1,CANARY,0101,CANARY,CANARY,CANARY,CANARY,CANARY,,,,CANARY"
    answer = read(tmp_path, rows, "S-1,CANARY,0101,CANARY,CANARY,CANARY,,")
    assert len(answer.findings) == 11
    assert "CANARY" not in repr(answer.findings)


def test_a_prospect_needs_its_consent_and_the_day_of_erasing(tmp_path: Path) -> None:
    customers, staff = tmp_path / "c.csv", tmp_path / "s.csv"
    customers.write_text(
        "潜在客户编号,等级,网点,名单来源,推荐人,姓名,同意方式,同意日期,删除期限\n"
        "P-1,金卡,0101,他行,S-1,王小明,书面,2026-10-01,2027-04-01\n"
        "P-2,金卡,0101,他行,S-1,李雷,,,\n",
        encoding="utf-8",
    )
    staff.write_text("工号,岗位,网点\nS-1,柜员,0101\n", encoding="utf-8")
    answer = read_roster(RosterPaths(customers=customers, staff=staff), RosterTerms(page=PAGE, day=DAY))
    (entry,) = answer.roster.entries
    assert entry.is_prospect
    assert (entry.subject, entry.source) == ("P-1", Source.OTHER_BANK)
    assert {one[1] for one in found(answer)} == {"customers.consent", "customers.consent_on", "customers.erase_by"}
    assert "李雷" not in repr(answer)


def test_where_a_customer_lives_lists_nobody_and_two_rows_may_not_differ(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text(
        "客户号,等级,等级起始日,片区,名单来源\n1,普通,,城关,\n1,金卡,2025-01-01,河东,日常业务\n2,普通,,城关,\n3,普通,,城关,日常业务\n",
        encoding="utf-8",
    )
    (tmp_path / "s.csv").write_text("工号,岗位,网点\nS-1,柜员,0101\n", encoding="utf-8")
    paths = RosterPaths(customers=tmp_path / "c.csv", staff=tmp_path / "s.csv")
    answer = read_roster(paths, RosterTerms(page=PAGE, day=DAY))
    assert [(one.customer, one.place) for one in answer.roster.entries] == [("1", "城关"), ("3", "城关")]
    assert found(answer) == [(3, "customers.place", "ROSTER_ROWS_DISAGREE")]


def test_old_numbers_are_read_as_todays(tmp_path: Path) -> None:
    answer = read(tmp_path, "2,,0101,金卡,,,,,,,,", assignments="1,S-1,,,,", aliases={"1": ("2",)})
    (entry,) = answer.roster.entries
    assert entry.maintainer is not None


def test_a_file_of_assignments_alone_shows_who_maintains_whom(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{ASSIGNED}\n2,S-1,,,,\n1,S-2,,2026-01-01,2026-06-01,\n", encoding="utf-8")
    told: list[object] = []
    entries = entries_of(path, RosterTerms(page=PAGE, day=DAY), told.append)
    assert [(one.number, one.maintainer and one.maintainer.staff) for one in entries] == [("1", None), ("2", "S-1")]
    assert told == []


def test_outlets_are_read_once_each(tmp_path: Path) -> None:
    (tmp_path / "o.csv").write_text("网点号,网点名称\n0101,城关\n0101,河东\n0102,河西\n", encoding="utf-8")
    read(tmp_path, "1,,0101,金卡,,,,,,,,")
    paths = RosterPaths(customers=tmp_path / "c.csv", staff=tmp_path / "s.csv", outlets=tmp_path / "o.csv")
    answer = read_roster(paths, RosterTerms(page=PAGE, day=DAY))
    assert [(one.number, one.name) for one in answer.roster.outlets] == [("0101", "城关"), ("0102", "河西")]
    assert found(answer) == [(3, "outlets.number", "OUTLET_TWICE")]


def test_candidates_are_whole_points(tmp_path: Path) -> None:
    path = tmp_path / "k.csv"
    path.write_text("customer,staff,cost\n1,S-1,10\n1,S-2,1.5\n2,,3\n", encoding="utf-8")
    told: list[object] = []
    assert read_candidates(path, ANYHOW, told.append) == {"1": {"S-1": 10}}
    assert len(told) == 2


def test_a_mapping_states_columns_words_and_days(tmp_path: Path) -> None:
    text = (
        '[staff]\nnumber = "a"\npost = "b"\noutlet = "c"\nfrom = "d"\n[values.post]\n"7" = "TELLER"\n'
        '[values.level]\n"L3" = "金卡"\n[dates]\ndefault = ["D.M.YYYY"]\n'
    )
    mapping = load_roster_mapping(text, "m.toml")
    (tmp_path / "c.csv").write_text("客户号,等级\n1,L3\n", encoding="utf-8")
    (tmp_path / "s.csv").write_text("a,b,c,d\nS-1,7,0101,31.1.2020\n", encoding="utf-8")
    paths = RosterPaths(customers=tmp_path / "c.csv", staff=tmp_path / "s.csv")
    answer = read_roster(paths, RosterTerms(page=PAGE, day=DAY, mapping=mapping))
    assert [one.level for one in answer.roster.entries] == ["金卡"]
    assert [(one.post, one.valid.start) for one in answer.roster.staff[0].postings] == [
        (Post.TELLER, date(2020, 1, 31))
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[staf]\nnumber = "a"', "did you mean 'staff'"),
        ('[staff]\nnumber = "a"\npost = "b"', "outlet is missing"),
        ('[staff]\nnumber = "a"\npost = "a"\noutlet = "c"', "already feeds"),
        ('[customers]\nlevel = "a"', "customer or prospect is missing"),
        ('[values.post]\n"1" = "CHIEF"', "means nothing here"),
        ('[values]\nsex = "1"', "values.sex"),
    ],
)
def test_what_a_mapping_does_not_mean_is_refused(text: str, problem: str) -> None:
    with pytest.raises(UnusableInput, match=problem):
        load_roster_mapping(text, "m.toml")


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        (["工号", "网点"], "there is no column for post"),
        (["工号", "岗位", "岗位", "网点"], "two columns are called"),
        (["11010519491231002X", "岗位", "网点"], "not headings"),
    ],
)
def test_a_file_that_is_not_recognised_is_refused(header: list[str], problem: str) -> None:
    with pytest.raises(UnusableInput, match=problem):
        file_mapping(RosterFile.STAFF, header, "s.csv")


def test_no_heading_means_two_fields_of_a_file() -> None:
    for name, fields in HEADS.items():
        words = [word for words in fields.values() for word in words]
        assert sorted(words) == sorted(set(words)), name


def test_no_word_means_two_levels() -> None:
    words = [word for row in LEVEL_WORDS for word in row]
    assert len(words) == len(set(words))
    assert set(level_words(ladder(PAGE)).values()) == set(ladder(PAGE).levels)


def test_a_ladder_with_two_rungs_of_one_row_takes_neither_for_the_other() -> None:
    words = level_words(Ladder(levels=["金", "金卡"], quality_from="金"))
    assert (words["金"], words["金卡"], "gold" in words) == ("金", "金卡", False)


@pytest.mark.parametrize("ending", ["csv", "tsv", "jsonl", "xlsx", "parquet"])
def test_every_format_of_tables_is_read_alike(tmp_path: Path, write_table: Callable[..., None], ending: str) -> None:
    files = {
        "customers": [{"客户号": "6", "等级": "金卡", "等级日期": "2025-03-01", "备注": "a"}],
        "staff": [{"工号": "S-1", "岗位": "柜员", "网点": "0101"}],
        "outlets": [{"网点号": "0101", "网点名称": "一支行"}],
        "assignments": [{"客户号": "6", "工号": "S-1", "起始日期": "2025-04-01"}],
    }
    paths = {name: tmp_path / f"{name}.{ending}" for name in files}
    for name, rows in files.items():
        write_table(paths[name], rows)
    answer = read_roster(RosterPaths(**paths), RosterTerms(page=PAGE, day=DAY))
    assert found(answer) == []
    (entry,) = answer.roster.entries
    assert (entry.customer, entry.level) == ("6", "金卡")
    assert entry.maintainer is not None
    assert (entry.maintainer.staff, entry.maintainer.since) == ("S-1", date(2025, 4, 1))
