"""The roster review over a real bank's data: docs/examples/berka.py, and every figure counted a second time in SQL."""

from __future__ import annotations

import importlib.util
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from custmaster.roster import Met, Post, Roster, RosterReview, assign, review, roster_questions

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "examples" / "berka.py"
pytestmark = pytest.mark.real

# One row a client: since when a customer, from which day gold, which district, and whether it has a card.
CLIENTS = """
create view person as
select c.client_id, c.district_id, min(strptime(a.date, '%y%m%d'))::date as since,
       min(case when k.type = 'gold' then strptime(left(k.issued, 6), '%y%m%d')::date end) as gold, count(k.card_id) as cards
from client c join disp d using (client_id) join account a using (account_id) left join card k using (disp_id)
group by all
"""
HEADS = "select count(*) from person where gold <= ?::date and since <= ?::date"
MAINTAINED = "select district_id, count(*) from person where cards > 0 group by all"
# How the assignment must part the card holders of a district whose ordinary ones the two floors of the tellers hold: gold to head and lobby, the others to the tellers.
PARTED = """
select district_id, count(gold) as gold, count(*) - count(gold) as others
from person where cards > 0 group by all having count(*) - count(gold) <= 20 and count(gold) <= 25
"""
# A teller reaches the floor of 10 for every ten of them, at most both.
TELLERS = "select sum(least(floor(others / 10), 2)) from (" + PARTED + ")"


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    return shared / "data" / "berka"


@pytest.fixture(scope="module")
def example() -> ModuleType:
    spec = importlib.util.spec_from_file_location("berka", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def placed(example: ModuleType, folder: Path) -> Roster:
    roster = example.staffed(folder)
    assert isinstance(roster, Roster)
    return roster


@pytest.fixture(scope="module")
def found(example: ModuleType, placed: Roster) -> RosterReview:
    return review(placed, example.DAY, example.the_rules())


@pytest.fixture(scope="module")
def sql(folder: Path) -> Any:
    duckdb = pytest.importorskip("duckdb")
    connection = duckdb.connect()
    for table in ("client", "disp", "account", "card"):
        read = f"read_csv('{folder}/{table}.asc', delim=';', header=true, all_varchar=true)"
        connection.execute(f"create table {table} as select * from {read}")
    connection.execute(CLIENTS)
    return connection


def heads(sql: Any, day: date) -> int:
    return int(sql.execute(HEADS, [day.isoformat()] * 2).fetchone()[0])


def test_growth_at_five_year_ends(found: RosterReview, sql: Any) -> None:
    counted = [(one.year, one.begin, one.end, one.figure.met) for one in found.growth]
    assert counted == [
        (1994, 0, 0, Met.NOT_COMPUTABLE),
        (1995, 0, 4, Met.NOT_COMPUTABLE),
        (1996, 4, 9, Met.YES),
        (1997, 9, 35, Met.YES),
        (1998, 35, 88, Met.YES),
    ]
    ends = {year: heads(sql, date(year, 12, 31)) for year in range(1993, 1999)}
    assert [(year, begin, end) for year, begin, end, _ in counted] == [
        (year, ends[year - 1], ends[year]) for year in range(1994, 1999)
    ]


def test_the_share(found: RosterReview, sql: Any) -> None:
    everybody = sql.execute("select count(*) from person where since <= '1998-12-31'").fetchone()[0]
    assert (found.share.numerator, found.share.denominator) == (heads(sql, date(1998, 12, 31)), everybody) == (88, 5369)
    assert found.share.met is Met.YES


def test_per_head_by_outlet(found: RosterReview, sql: Any) -> None:
    counted = dict(sql.execute(MAINTAINED).fetchall())
    assert {one.outlet: one.per_head.numerator for one in found.outlets if one.maintained} == counted
    assert sum(counted.values()) == 892
    assert {one.per_head.denominator for one in found.outlets} == {4}
    assert [one.name for one in found.outlets if one.per_head.met is Met.YES] == ["Hl.m. Praha"]


def test_growth_of_the_outlets_adds_up(found: RosterReview, sql: Any) -> None:
    gold = dict(
        sql.execute("select district_id, count(*) from person where gold <= '1998-12-31' group by all").fetchall()
    )
    assert {one.outlet: one.growth[-1].end for one in found.outlets if one.growth[-1].end} == gold
    assert sum(one.credit for one in found.outlets) == found.growth[-1].figure.numerator


def test_everybody_is_on_the_roster_once_and_nothing_is_amiss(found: RosterReview) -> None:
    assert found.findings == ()
    assert sum(one.maintained for outlet in found.outlets for one in outlet.staff) == 892
    assert len(found.calls) == 892 - 88


def test_who_maintains_whom_is_as_the_assignment_should_part_them(found: RosterReview, sql: Any) -> None:
    parted = {row[0]: row[1:] for row in sql.execute(PARTED).fetchall()}
    assert len(parted) == 74
    for outlet in (one for one in found.outlets if one.outlet in parted):
        team = {one.staff[-1]: one.maintained for one in outlet.staff}
        assert (team["1"] + team["2"], team["3"] + team["4"]) == parted[outlet.outlet]
    tellers = [
        one
        for outlet in found.outlets
        if outlet.outlet in parted
        for one in outlet.staff
        if one.posts == (Post.TELLER,)
    ]
    reached = sum(one.floor.met is Met.YES for one in tellers)
    assert reached == sql.execute(TELLERS).fetchone()[0]


def test_asked_again_the_assignment_moves_nobody(example: ModuleType, placed: Roster) -> None:
    asked = roster_questions(placed, example.DAY, example.the_rules(), example.candidates(placed))
    again = [assign(one.wishes, one.seats, asked.terms) for one in asked.questions]
    assert [(one.moves, one.unplaced) for one in again] == [((), ())]
    assert again[0].pairs == {one.subject: one.maintainer.staff for one in placed.entries if one.maintainer}


@pytest.mark.parametrize(("lang", "gold"), [("zh", "金卡"), ("en", "gold")])
def test_the_pages_show_what_was_counted(
    example: ModuleType, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, gold: str
) -> None:
    example.main(folder, tmp_path / "out")
    page = (tmp_path / "out" / f"berka-{lang}.html").read_text(encoding="utf-8")
    for told in ("100 × (88 − 35) = 5300 ≥ 15 × 35 = 525", "130 ≥ 20 × 4 = 80", "Hl.m. Praha", gold):
        assert told in page
    assert "floors met: 40 of 308" in capsys.readouterr().out


def test_clients_of_another_district_than_their_account(example: ModuleType, folder: Path, sql: Any) -> None:
    query = "select count(*) from disp join client c using (client_id) join account a using (account_id) where c.district_id <> a.district_id"
    assert example.elsewhere(folder) == sql.execute(query).fetchone()[0] == 494
