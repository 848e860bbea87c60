"""A day's file beside the stock finds of every pair with a new row what `dedupe` of both files in one finds, and reads no more than that."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import pytest

from custmaster.batch import CheckedNew, CustomerRules, EngineName, Run, check_new, dedupe, rules_file
from custmaster.dedup import STOCK_TABLES, Link, Verdict
from custmaster.dedup.codes import RANK
from custmaster.dedup.components import components
from custmaster.dedup.links import Edge
from custmaster.errors import UnusableInput
from custmaster.sim.fiction import fictional_customers
from custmaster.wire import load_mapping

FIELDS: Final = (
    '[fields]\nsource_key = "id"\nname = "name"\nmobile = "mobile"\nbirth_date = "born"\naddress = "address"\n'
)
MAPPING: Final = load_mapping(f'{FIELDS}[[documents]]\nnumber = "number"\ntype = "RESIDENT_ID"', "m.toml")
HEADER: Final = ("id", "name", "number", "mobile", "address", "born")
ALONE: Final = Run(engine=EngineName.PYTHON, workers=1)
CARD: Final = "11010519491231002X"
STOCK_ROWS: Final = (
    ("700", "张伟", CARD, "13800001234", "", "1949-12-31"),
    ("701", "张伟", CARD, "13900004321", "", ""),
    ("702", "王芳", "440524188001010014", "13700002222", "", ""),
)
NEW_ROWS: Final = (
    ("a", "张伟", CARD.lower(), "", "", ""),
    ("b", "張 偉", "", "138 0000 1234", "", ""),
    ("c", "李娜", "", "13612345678", "", ""),
    ("d", "李娜", "", "136 1234 5678", "", ""),
    ("e", "王芳芳", "440524188001010014", "", "", ""),
    ("f", "", "", "", "", ""),
)

Rows = Iterable[tuple[str, ...]]


def written(path: Path, rows: Rows, header: Sequence[str] = HEADER) -> Path:
    if path.suffix == ".parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        columns = map(list, zip(*rows, strict=True))
        pq.write_table(pa.table(dict(zip(header, columns, strict=True))), path)
    else:
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([header, *rows])
    return path


def dirty_rows() -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    new: list[tuple[str, ...]] = []
    stock: list[tuple[str, ...]] = []
    for at, one in enumerate(fictional_customers(400, seed=11)):
        number = one.document_number if len(one.document_number) == 18 else ""
        stock.append((f"s{at}", one.name, number, one.mobile, one.address, one.birth_date))
        if at % 5 == 0:
            new.append((f"n{at}", f" {one.name}", number.lower(), "", one.address, ""))
        if at % 7 == 0:
            new.append((f"o{at}", one.name, "", one.mobile, "", one.birth_date))
        if at % 9 == 0:
            stock.append((f"t{at}", one.name, number, "", one.address, ""))
    new += [
        (f"p{at}", one.name, "", one.mobile, one.address, one.birth_date)
        for at, one in enumerate(fictional_customers(30, seed=8))
    ]
    return new + [(f"q{row[0]}", *row[1:]) for row in new[::4]], stock


def expected(folder: Path, new: Sequence[tuple[str, ...]], stock: Sequence[tuple[str, ...]], run: Run) -> object:
    """What `dedupe` of both files in one finds of the pairs with a new row, put together in another way."""
    whole = dedupe(written(folder / "whole.csv", [*new, *stock]), MAPPING, run=run)
    place = {record: at for at, record in enumerate(whole.records)}
    rows = len(new)
    touching = [edge for edge in whole.edges if place[edge.left] < rows]
    matches = sorted(
        (edge for edge in touching if place[edge.right] >= rows),
        key=lambda edge: (place[edge.left], RANK[edge.verdict], edge.right),
    )
    clusters: list[list[str]] = []
    for links in ((Link.AUTOMATIC,), (Link.AUTOMATIC, Link.REVIEW)):
        joined = components(
            ((place[edge.left], place[edge.right]) for edge in touching if edge.link in links), len(place)
        )
        names = {
            root: min(whole.records[at] for at in range(rows) if joined[at] == root) for root in set(joined[:rows])
        }
        clusters.append([names[root] for root in joined[:rows]])
    best = {edge.left: edge.verdict for edge in reversed(matches)}
    return (
        matches,
        [edge for edge in touching if place[edge.right] < rows],
        clusters,
        [best.get(record) for record in whole.records[:rows]],
        [one for one in whole.capped if place[one.first] < rows],
    )


def told(found: CheckedNew) -> object:
    return (
        list(found.matches),
        list(found.edges),
        [list(found.clusters(review=which)) for which in (False, True)],
        [verdict if RANK.get(verdict, 99) < RANK[Verdict.NEW] else None for verdict in found.verdicts],
        list(found.capped),
    )


def test_each_new_row_has_its_verdict(tmp_path: Path) -> None:
    today, stock = written(tmp_path / "today.csv", NEW_ROWS), written(tmp_path / "stock.csv", STOCK_ROWS)
    found = check_new(today, stock, MAPPING, run=ALONE)
    assert list(zip(found.records, map(str, found.verdicts), strict=True)) == [
        ("a", "EXISTS"),
        ("b", "SUSPECT"),
        ("c", "NEW"),
        ("d", "NEW"),
        ("e", "CONFLICT_NAME"),
        ("f", "UNDECIDABLE"),
    ]
    assert [(one.left, one.right) for one in found.matches] == [("a", "700"), ("a", "701"), ("b", "700"), ("e", "702")]
    assert [(one.left, one.right) for one in found.edges] == [("c", "d")]
    assert list(found.clusters(review=True)) == ["a", "a", "c", "c", "e", "f"]
    assert list(found.clusters(review=False)) == ["a", "b", "c", "d", "e", "f"]
    assert [None if one is None else one.right for one in found.strongest()] == ["700", "700", None, None, "702", None]
    assert found.pairs == 5


@pytest.mark.parametrize("engine", [EngineName.DUCKDB, EngineName.PYTHON])
@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_it_finds_what_dedupe_of_both_files_finds(tmp_path: Path, engine: EngineName, workers: int, form: str) -> None:
    new, stock = dirty_rows()
    today = written(tmp_path / f"today.{form}", new)
    found = check_new(
        today, written(tmp_path / f"stock.{form}", stock), MAPPING, run=Run(engine=engine, workers=workers)
    )
    assert told(found) == expected(tmp_path, new, stock, ALONE)
    assert len(found.matches) > 80
    assert len(found.edges) > 20


@pytest.mark.parametrize("engine", [EngineName.DUCKDB, EngineName.PYTHON])
@pytest.mark.parametrize("workers", [1, 2])
def test_a_text_of_too_many_is_told_and_leaves_its_rows_undecided(
    tmp_path: Path, engine: EngineName, workers: int
) -> None:
    crowd = [(f"x{at}", "王小明", "", "13911112222", "", "") for at in range(40)]
    others = [(f"y{at}", "王小红", "", "13911112222", "", "") for at in range(40)]
    run = Run(engine=engine, workers=workers, largest_block=30)
    new, stock = [*NEW_ROWS, crowd[0]], [*STOCK_ROWS, *crowd[1:], *others]
    found = check_new(written(tmp_path / "today.csv", new), written(tmp_path / "stock.csv", stock), MAPPING, run=run)
    assert [(one.kind, one.rows, one.first) for one in found.capped] == [("NAME_MOBILE", 40, "x0")]
    assert found.verdicts[-1] is Verdict.UNDECIDABLE
    assert told(found) == expected(tmp_path, new, stock, run)


FEW = 5
"""More texts than this no row has."""


def test_of_the_stock_only_rows_that_meet_are_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[int] = []

    def counted(self: object, digests: object, cap: int, stock: int) -> object:
        sizes = [len(rows) for rows, _ in digests]  # type: ignore[attr-defined]
        held.extend(sizes)
        return before(self, digests, cap, stock)  # type: ignore[arg-type]

    from custmaster.batch import engines

    before = engines.InPython.meet
    monkeypatch.setattr(engines.InPython, "meet", counted)
    crowd = [(f"x{at}", f"人{at}", "", f"138{at:08}", "", "") for at in range(2000)]
    found = check_new(
        written(tmp_path / "today.csv", NEW_ROWS),
        written(tmp_path / "stock.csv", [*STOCK_ROWS, *crowd]),
        MAPPING,
        run=ALONE,
    )
    assert len(found.matches) == 4
    assert 0 < held[1] <= FEW * len(STOCK_ROWS)  # and none of the two thousand others


def test_the_stock_may_have_other_columns_and_no_keys(tmp_path: Path) -> None:
    today = written(tmp_path / "today.csv", NEW_ROWS)
    stock = written(tmp_path / "stock.csv", [row[1:] for row in STOCK_ROWS], ("who", "card", "tel", "place", "day"))
    other = load_mapping('[fields]\nname = "who"\n[[documents]]\nnumber = "card"\ntype = "RESIDENT_ID"', "s.toml")
    found = check_new(today, (stock, other), MAPPING, run=ALONE)
    assert [(one.left, one.right) for one in found.matches] == [("a", "#1"), ("a", "#2"), ("e", "#3")]


def test_tables_that_somebody_made_and_rules_of_other_data(tmp_path: Path) -> None:
    today, stock = written(tmp_path / "today.csv", NEW_ROWS), written(tmp_path / "stock.csv", STOCK_ROWS)
    own = CustomerRules(tables=dict(STOCK_TABLES))
    assert told(check_new(today, stock, MAPPING, rules=own, run=Run(workers=2))) == told(
        check_new(today, stock, MAPPING, run=ALONE)
    )
    rules = rules_file(
        'keys = [["name"]]\n[features]\nname = { columns = ["name"], folds = ["variant"] }\n'
        '[[comparisons]]\nfield = "NAME"\nfeature = "name"\n[[rows]]\nname = "NAME"\nwhere = { NAME = ["AGREE"] }\nsource = "an example"',
        "r.toml",
    )
    for workers in (1, 2):
        found = check_new(today, stock, None, rules=rules, run=Run(engine=EngineName.PYTHON, workers=workers))
        assert {(one.left, one.right) for one in found.matches} == {
            ("#1", "#1"),
            ("#1", "#2"),
            ("#2", "#1"),
            ("#2", "#2"),
        }


def test_nobody_is_new_or_nobody_is_there(tmp_path: Path) -> None:
    some, none = written(tmp_path / "some.csv", STOCK_ROWS), written(tmp_path / "none.csv", [])
    for workers in (1, 2):
        for engine in (EngineName.DUCKDB, EngineName.PYTHON):
            run = Run(engine=engine, workers=workers)
            assert check_new(none, some, MAPPING, run=run).records == []
            assert [str(one) for one in check_new(some, none, MAPPING, run=run).verdicts] == ["NEW"] * 3


@pytest.mark.parametrize("workers", [1, 2])
def test_a_stock_that_cannot_be_read_is_named(tmp_path: Path, workers: int) -> None:
    today, broken = written(tmp_path / "today.csv", NEW_ROWS), tmp_path / "stock.parquet"
    broken.write_bytes(b"PAR1 and no more")
    with pytest.raises(UnusableInput, match=r"stock\.parquet"):
        check_new(today, broken, MAPPING, run=Run(workers=workers))


def test_progress_is_told_by_stage(tmp_path: Path) -> None:
    heard: list[tuple[str, int, int]] = []
    run = Run(
        engine=EngineName.PYTHON, workers=1, progress=lambda stage, done, total: heard.append((stage, done, total))
    )
    check_new(written(tmp_path / "a.csv", NEW_ROWS), written(tmp_path / "b.csv", STOCK_ROWS), MAPPING, run=run)
    assert [one for one in heard if one[0] != "verdicts"] == [("texts", 6, 0), ("stock", 3, 0)]
    assert sum(done for stage, done, _ in heard if stage == "verdicts") > 0


def test_it_shows_nothing_of_a_customer(tmp_path: Path) -> None:
    found = check_new(
        written(tmp_path / "a.csv", NEW_ROWS), written(tmp_path / "b.csv", STOCK_ROWS), MAPPING, run=ALONE
    )
    shown = repr(found) + repr(found.matches)
    assert not any(text in shown for text in ("张伟", CARD, "13800001234"))
    assert isinstance(found.matches[0], Edge)
