"""The tables for a whole stock: each row fires on its own, each veto withdraws it, and what is compared late changes no verdict."""

from __future__ import annotations

from itertools import product

import pytest
from attrs import evolve

from custmaster.customer.entry import Entry
from custmaster.dedup.codes import Link, Verdict
from custmaster.dedup.compare import Level, edit_distance, one_edit
from custmaster.dedup.evidence import Finding, compare, link_of
from custmaster.dedup.keys import Keyed, keyed
from custmaster.dedup.papers import Tie
from custmaster.dedup.slips import door, number_slip, place
from custmaster.dedup.stock_keys import STOCK_KEYS, StockKey, stock_keys
from custmaster.dedup.stock_tables import STOCK_PERSON, STOCK_TABLES, STOCK_UNIT
from custmaster.dedup.tables import Suspicion, Table, Veto
from custmaster.value.address import Address
from custmaster.value.dates import read_date
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone
from custmaster.value.sex import Sex

SOUND, SLIPPED, OTHER = "11010519491231002X", "11010519491231003X", "440524188001010014"
HERE, THERE = "广东省深圳市南山区学府路1号2栋301室", "浙江省杭州市西湖区文一路9号3栋502室"


def person(name: str | None, number: str | None = None, **fields: str) -> Keyed:
    kind = DocumentType[fields.get("kind", "RESIDENT_ID")]
    return keyed(
        Entry(
            name=None if name is None else Name(name),
            documents=[] if number is None else [IdentityDocument(type=kind, number=DocumentNumber(number))],
            birth_date=read_date(fields["born"], ["YYYY-MM-DD"]).day if "born" in fields else None,
            sex=Sex[fields["sex"]] if "sex" in fields else None,
            phones=[Phone(fields["mobile"])] if "mobile" in fields else [],
            addresses=[Address(fields["address"])] if "address" in fields else [],
        )
    )


def born(name: str | None, number: str | None = None, **fields: str) -> Keyed:
    return person(name, number, born="1949-12-31", **fields)


MOBILE, BACK = "13800001234", "13900005678"
ROWS = [
    ("SAME/AGREE", person("王小明", SOUND), person("王小明", SOUND), Link.AUTOMATIC),
    (
        "ALL_BUT_A_SLIP",
        born("王小明", SOUND, mobile=MOBILE, address=HERE),
        born("王小明", SLIPPED, mobile=MOBILE, address=HERE[3:]),
        Link.AUTOMATIC,
    ),
    ("SLIP_NAME", born("王小明", SOUND, mobile=MOBILE), born("王小明", SLIPPED, mobile=MOBILE), Link.REVIEW),
    ("SLIP_NAME", person("王小明", SOUND), person("王小明", SLIPPED), Link.REVIEW),
    ("SAME/NEAR+SAME_VARIANT_NAME", person("王偉", SOUND), person("王伟", SOUND), Link.REVIEW),
    ("SAME/DIFFER+SAME_MOBILE", person("王芳", SOUND, mobile=MOBILE), person("李明", SOUND, mobile=MOBILE), Link.REVIEW),
    ("SAME/DIFFER+SAME_ADDRESS", person("王芳", SOUND, address=HERE), person("李明", SOUND, address=HERE), Link.REVIEW),
    ("SAME/DIFFER+SAME_CHARACTER", born("王小明", SOUND), born("王晓明", SOUND), Link.REVIEW),
    ("SAME/DIFFER", person("王小明", SOUND), person("王晓明", SOUND), Link.CONFLICT),
    ("SAME/MISSING", person(None, SOUND), person("王晓明", SOUND), Link.CONFLICT),
    ("NAME_MOBILE", person("王小明", mobile=MOBILE), person("王小明", mobile=MOBILE), Link.REVIEW),
    ("NAME_BIRTH_ADDRESS", born("王小明", address=HERE), born("王小明", address=HERE[3:]), Link.REVIEW),
    (
        "NAME_BIRTH_SEX",
        person("王小明", SOUND),
        born("王小明", "E12345678", kind="CHINESE_PASSPORT", sex="FEMALE"),
        Link.REVIEW,
    ),
    ("NAME_BIRTH_UNDOCUMENTED", person("王小明", SOUND), born("王小明"), Link.REVIEW),
    ("SLIP_BIRTH_MOBILE", born("王芳", SOUND, mobile=MOBILE), born("李明", SLIPPED, mobile=MOBILE), Link.REVIEW),
    ("SLIP_BIRTH_ADDRESS", born("王芳", SOUND, address=HERE), born("李明", SLIPPED, address=HERE), Link.REVIEW),
    (
        "CHARACTER_UNDOCUMENTED",
        born("王小明", SOUND, mobile=MOBILE, address=HERE),
        born("王晓明", mobile=MOBILE, address=HERE),
        Link.REVIEW,
    ),
    ("UPGRADE/AGREE", person("王小明", SOUND), person("王小明", "110105491231002"), Link.REVIEW),
    ("SAME_MOBILE", person("王芳", SOUND, mobile=MOBILE), person("李明", "110105491231002", mobile=MOBILE), Link.REVIEW),
    ("", person("王小明", SOUND), person("王小明", OTHER), Link.NONE),
    ("", born("王小明", mobile=MOBILE), person("王小明", born="1950-01-01", mobile=MOBILE), Link.NONE),
    ("", person("王小明", mobile=MOBILE, sex="MALE"), person("王小明", mobile=MOBILE, sex="FEMALE"), Link.NONE),
    ("", born("王芳", mobile=MOBILE, address=HERE), born("李明", mobile=MOBILE, address=HERE), Link.NONE),
    ("", person("王小明", mobile=MOBILE, address=HERE), person("王小明", mobile=BACK, address=HERE), Link.NONE),
    (
        "SAME/DIFFER",
        person("王芳", SOUND, mobile=MOBILE, born="1949-12-31"),
        person("王小芳", SOUND, mobile=MOBILE, born="1975-02-01"),
        Link.CONFLICT,
    ),
    (
        "SAME/DIFFER",
        person("王芳", SOUND, mobile=MOBILE, sex="FEMALE"),
        person("李明", SOUND, mobile=MOBILE, sex="MALE"),
        Link.CONFLICT,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("row", "left", "right", "link"), ROWS)
def test_the_row_and_its_link(row: str, left: Keyed, right: Keyed, link: Link) -> None:
    found = compare(left, right, STOCK_PERSON)
    assert found == compare(right, left, STOCK_PERSON)
    assert (found.row, link_of(found)) == (row, link)
    assert link is Link.NONE or set(stock_keys(left.side)) & set(stock_keys(right.side))


def test_every_row_of_the_table_is_reached_above_or_by_a_labelled_pair() -> None:
    reached = {part for row, *_ in ROWS for part in row.split("+")}
    assert {row.name for row in STOCK_PERSON.suspicions} - reached == {"NAME_SERIES"}


def test_each_row_names_fields_that_are_compared_and_its_sentence() -> None:
    for table in STOCK_TABLES.values():
        rows = (*table.suspicions, *table.vetoes)
        assert {field for row in rows for field in row.asks} <= set(table.fields)
        assert all(row.source[:2] in {"B3", "B4", "B6", "B8", "R-"} for row in rows)
        assert len({row.name for row in rows}) == len(rows)


@pytest.mark.parametrize("table", [STOCK_PERSON, STOCK_UNIT])
def test_what_is_compared_late_changes_no_verdict(table: Table) -> None:
    early = evolve(table, comparisons=(*table.comparisons, *table.late), late=())
    sides = [one for row in ROWS for one in row[1:3]]
    for left, right in product(sides[::3], sides[::2]):
        late, whole = compare(left, right, table), compare(left, right, early)
        assert (late.verdict, late.row, late.review) == (whole.verdict, whole.row, whole.review)


def test_a_row_may_ask_for_levels_ties_and_a_side_without_documents() -> None:
    row = Suspicion(
        name="X", names=(Level.AGREE,), agree=("A",), where={"B": (Level.NEAR,)}, ties=(Tie.SAME,), source="a test"
    )
    assert row.asks == ("A", "B")
    assert row.lacks(Level.DIFFER, {"A": Level.NEAR}, frozenset()) == ("NAME", "TIE", "A", "B")
    assert row.holds(Level.AGREE, {"A": Level.AGREE, "B": Level.NEAR}, frozenset({Tie.SAME, Tie.APART}))
    alone = Suspicion(name="Y", undocumented=True, source="a test")
    assert alone.holds(Level.DIFFER, {}, frozenset())
    assert alone.lacks(Level.DIFFER, {}, frozenset({Tie.APART})) == ("TIE",)


def test_a_veto_withdraws_every_row_of_its_table() -> None:
    veto = Veto(name="V", where={"BIRTH": (Level.MISSING,)}, source="a test")
    table = evolve(STOCK_PERSON, vetoes=(veto,))
    one = person("王小明", mobile=MOBILE)
    assert compare(one, one, STOCK_PERSON).verdict is Verdict.SUSPECT
    assert compare(one, one, table).verdict is Verdict.NEW
    assert veto.verdict is Verdict.NEW


def test_a_unit_of_another_sound_code_is_another_unit() -> None:
    def unit(code: str, mobile: str = MOBILE) -> Keyed:
        card = IdentityDocument(type=DocumentType.CREDIT_CODE, number=DocumentNumber(code))
        return keyed(
            Entry(kind=PartyKind.UNIT, name=Name("江城某某有限公司"), documents=(card,), phones=(Phone(mobile),))
        )

    one, other, slipped = "91330106MA2B1C3D45", "91440300MA5FGH1K2D", "91330106MA2B1C3D54"
    assert compare(unit(one), unit(other), STOCK_UNIT).row == ""
    assert compare(unit(one), unit(one), STOCK_UNIT).row == "SAME/AGREE"
    assert compare(unit(one), unit(slipped, BACK), STOCK_UNIT).row == "SLIP_NAME"
    assert StockKey.UNIT_NAME in {text.partition(":")[0] for text in stock_keys(unit(one).side)}


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("+F:12", "+F:12", Level.AGREE),
        ("+F:12", "+F:13", Level.DIFFER),
        ("+F:12", "-F:13", Level.NEAR),
        ("-F:12", "-F:21", Level.NEAR),
        ("+F:1234", "-F:4321", Level.MISSING),
        ("~F:12", "~F:13", Level.MISSING),
        ("+F:12", "+G:12", Level.MISSING),
    ],
)
def test_a_slip_in_a_number(left: str, right: str, level: Level) -> None:
    assert number_slip(left, right) is number_slip(right, left) is level


def test_a_place_with_and_without_its_province() -> None:
    assert place(HERE, HERE) is Level.AGREE
    assert place(HERE, HERE[3:]) is place(HERE[3:], HERE) is Level.NEAR
    assert place(HERE, HERE[-6:]) is place(HERE, THERE) is Level.DIFFER
    assert [door(text) for text in ("深圳市南山区", "无", "无1", HERE)] == [None, None, "无1", HERE]


def test_one_edit_is_a_distance_of_one() -> None:
    texts = ["".join(chars) for size in range(5) for chars in product("AB", repeat=size)]
    for left, right in product(texts, texts):
        assert one_edit(left, right) == (edit_distance(left, right) <= 1), (left, right)


def test_the_keys_of_a_stock() -> None:
    side = person("王小明", SLIPPED, mobile=MOBILE, address=HERE).side
    assert stock_keys(side) == (
        f"NUMBER:PERSON:{SLIPPED}",
        "NAME_BIRTH:PERSON:1949-12-31:王小明",
        f"NAME_MOBILE:PERSON:{MOBILE}:王小明",
    )
    assert list(STOCK_KEYS) == list(StockKey)
    assert stock_keys(person("不详").side) == ()


def test_a_finding_of_nothing_links_nothing() -> None:
    assert link_of(Finding(Verdict.NEW, "")) is Link.NONE
    assert link_of(Finding(Verdict.CONFLICT_NAME, "", "SAME/NEAR+X", review=True)) is Link.REVIEW
