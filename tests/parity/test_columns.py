"""The texts and sides that are made from columns are those of the records, whatever stands in the cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from hypothesis import example, given
from hypothesis import strategies as st

from custmaster.batch import STOCK
from custmaster.batch.rules import sides_of
from custmaster.batch.sides import PlainSide, column_sides
from custmaster.batch.texts import column_digests, digest
from custmaster.wire import load_mapping
from custmaster.wire.table import Row, Table

HEADER: Final = ("id", "name", "type", "number", "mobile", "address", "born")
MAPPING: Final = load_mapping(
    """
    [fields]
    source_key = "id"
    name = "name"
    mobile = "mobile"
    address = "address"
    birth_date = "born"
    [[documents]]
    number = "number"
    type = { column = "type", values = { "01" = "RESIDENT_ID", "02" = "RESIDENT_ID/DUPLICATE", "09" = "CHINESE_PASSPORT" }, default = "RESIDENT_ID" }
    """,
    "m.toml",
)
CARD: Final = "11010519491231002X"
HOSTILE: Final = st.text(alphabet=st.characters(codec="utf-8"), max_size=30)
NAMES: Final = (
    st.sampled_from(
        [
            "张伟",
            "張偉",
            "张 伟",
            "测试",
            "测试客户1",
            "不详",
            "无",
            "无名氏",
            "王?明",
            "TEST USER",
            "AAA",
            "Anna Lee",
            "···",
            "阿卜杜拉·买买提",
            "",
            " ",
            "\u3000",
        ]
    )
    | HOSTILE
)
NUMBERS: Final = (
    st.sampled_from(
        [CARD, CARD.lower(), "１１０１０５１９４９１２３１００２Ｘ", "110105491231002", "11010519491231003X", "110105194912310021", "110105800101999", "11010519000101001X", "440524188001010014",
         "000000000000000000", "E12345678", "110105-19491231-002X", "1101051949123100", "无", "", " "]
    )
    | st.from_regex(r"[1-6][0-9]{16}[0-9X]", fullmatch=True)
    | st.builds("1101{:02}{:02}{:02}{:02}{:03}".format, *(st.integers(0, most) for most in (9, 99, 13, 32, 999)))
    | HOSTILE
)  # fmt: skip
MOBILES: Final = (
    st.sampled_from(
        [
            "13800001234",
            "１３８００００１２３４",
            "+86 138-0000-1234",
            "13800138000",
            "13812345678",
            "13800000000",
            "13988888888",
            "13912345678",
            "010-62751234",
            "13800001234\n",
            "",
            " ",
        ]
    )
    | st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
    | HOSTILE
)
ADDRESSES: Final = (
    st.sampled_from(
        [
            "北京市海淀区学院路1号2栋3室",
            "海淀区学院路１号２栋３室",
            "不详",
            "无",
            "北京市海淀区",
            "学院路1号",
            "",
            " ",
            "路" * 300,
        ]
    )
    | HOSTILE
)
DAYS: Final = (
    st.sampled_from(
        ["1949-12-31", "1949-02-30", "19491231", "1949-12-31 00:00:00", "1949/12/31", "", " ", "１９４９-12-31"]
    )
    | st.dates().map(str)
    | HOSTILE
)
ROWS: Final = st.tuples(
    st.just("1"), NAMES, st.sampled_from(["01", "02", "09", "", " 01", "77"]), NUMBERS, MOBILES, ADDRESSES, DAYS
)


def by_row(rows: Sequence[tuple[str, ...]], left: tuple[int, ...] = ()) -> list[list[int] | None]:
    """The digests of each row; None for a row that is left to its record, of which there must be none."""
    quick = column_digests(MAPPING, HEADER, STOCK)
    assert quick is not None
    told = quick(list(zip(*rows, strict=True)), left)
    found: list[list[int]] = [[] for _ in rows]
    for row, one in zip(told.rows, told.digests, strict=True):
        found[row].append(one)
    assert not any(found[row] for row in told.records)
    return [None if row in told.records else sorted(texts) for row, texts in enumerate(found)]


def texts_of(rows: Sequence[tuple[str, ...]], *, typed: bool = False) -> None:
    side_of = sides_of(STOCK, MAPPING, Table(source="t", header=HEADER, rows=iter(()), typed=typed))
    for at, (row, found) in enumerate(zip(rows, by_row(rows), strict=True)):
        if found is not None:
            side = side_of(Row(line=1, cells=row))
            assert side is not None, at
            assert found == sorted(map(digest, STOCK.table_of(side).keys(side)))


@given(st.lists(ROWS, min_size=1, max_size=6))
@example([("1", "张伟\n李", "01", CARD, "13800001234", "学院路1号2栋", "1949-12-31")] * 2)
@example([("1", "张伟", "01", CARD, "13800001234", "\x1b", "1949-12-31")])
def test_texts_by_column_are_those_of_the_records(rows: list[tuple[str, ...]]) -> None:
    texts_of(rows)


def test_nearly_every_row_of_a_usual_file_goes_the_quick_way() -> None:
    rows = [
        ("1", "张伟", "01", CARD, "13800001234", "北京市海淀区学院路1号2栋3室", "1949-12-31"),
        ("2", "張 偉", "01", CARD.lower(), "+86 138-0000-1234", "海淀区学院路１号２栋３室", ""),
        ("3", "李娜", "", "", "", "", ""),
    ]
    found = by_row(rows)
    assert None not in found
    assert [len(texts or ()) for texts in found] == [5, 5, 0]


def test_a_row_that_is_asked_for_is_left_to_its_record() -> None:
    assert by_row([PLAIN, PLAIN], (1,))[1] is None


def test_other_mappings_take_the_way_of_the_records() -> None:
    two_names = load_mapping('[fields]\nname = { columns = ["a", "b"], join = "" }', "m.toml")
    units = load_mapping('[fields]\nname = "a"\n[kind]\ndefault = "UNIT"', "m.toml")
    for mapping in (two_names, units):
        assert column_digests(mapping, ("a", "b"), STOCK) is None


PLAIN: Final = ("1", "张伟", "01", CARD, "13800001234", "北京市海淀区学院路1号2栋3室", "1949-12-31")


def told(side: Any) -> dict[str, object]:
    """Everything that a table asks of a side."""
    asked = [one for one in PlainSide.__slots__ if one not in ("name", "names", "papers", "index", "former")]
    said: dict[str, object] = {one: getattr(side, one) for one in asked}
    said["names"] = [(one.exact, one.loose, one.damaged) for one in side.names]
    said["name"] = side.name is None
    said["former"] = len(side.former)
    said["papers"] = [{part: getattr(one, part) for part in one.__slots__} for one in side.papers]
    return said


def sides_of_rows(rows: Sequence[tuple[str, ...]]) -> int:
    quick = column_sides(MAPPING, HEADER, STOCK)
    assert quick is not None
    side_of = sides_of(STOCK, MAPPING, Table(source="t", header=HEADER, rows=iter(()), typed=False))
    known = 0
    for row, found in zip(rows, quick(list(zip(*rows, strict=True))), strict=True):
        if found is not None:
            known += 1
            assert told(found) == told(side_of(Row(line=1, cells=row)))
    return known


@given(rows=st.lists(ROWS, min_size=1, max_size=12))
@example(rows=[PLAIN, ("1", "", "", "", "", "", "")])
@example(rows=[("1", "張偉", "02", CARD, "13800001234", "", "1950-01-01")])
@example(rows=[("1", "不详", "77", CARD, "13800138000", "不详", "")])
def test_a_side_of_columns_is_that_of_the_record(rows: list[tuple[str, ...]]) -> None:
    sides_of_rows(rows)


def test_a_plain_row_needs_no_record() -> None:
    renamed = (*PLAIN[:1], "張 偉", *PLAIN[2:])
    no_card = (*PLAIN[:2], "", "", *PLAIN[4:])
    assert sides_of_rows([PLAIN, renamed, no_card]) == len((PLAIN, renamed, no_card))


def test_a_number_that_is_not_plain_needs_no_record_either() -> None:
    short = (*PLAIN[:3], "110105491231002", *PLAIN[4:])
    slip = (*PLAIN[:3], "11010519491231003X", *PLAIN[4:])
    assert sides_of_rows([short, slip]) == len((short, slip))


def test_the_rest_is_left_to_the_record() -> None:
    passport = (*PLAIN[:2], "09", "E12345678", *PLAIN[4:])
    code = (*PLAIN[:2], "77", *PLAIN[3:])
    day = (*PLAIN[:6], "1949-02-30")
    endless = (*PLAIN[:3], "7" * 5000, *PLAIN[4:])
    assert sides_of_rows([passport, code, day, endless]) == 0
