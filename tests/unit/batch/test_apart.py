"""A=B and B=C, but A≠C: never joined in silence, whatever the engine, the workers and the order of the rows."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Final

import pytest

from custmaster.batch import STOCK, EngineName, Run, check_new, dedupe, judging, rules_file
from custmaster.batch.joined import tied
from custmaster.batch.judging import Found, tangles
from custmaster.dedup.codes import Verdict
from custmaster.dedup.evidence import Finding
from custmaster.dedup.links import Fixed, FixedBy, FixedPairs
from custmaster.dedup.steward import EMPTY_LEDGER
from custmaster.dedup.worklist import ItemType, worklist
from custmaster.dedup.worklist import Run as Clustered
from custmaster.wire import load_mapping

MAPPING: Final = load_mapping(
    '[fields]\nsource_key = "id"\nname = "name"\nmobile = "mobile"\nbirth_date = "born"\naddress = "address"\n'
    '[[documents]]\nnumber = "number"\ntype = "RESIDENT_ID"',
    "m.toml",
)
HEADER: Final = ("id", "name", "number", "mobile", "address", "born")
ONE, SAME_DAY = "11010519491231002X", "110105194912310046"
STREET, LANE = "北京市海淀区学院路1号2栋301室", "北京市朝阳区建国路8号1栋502室"
BORN: Final = "1949-12-31"
EXISTS: Final = Finding(Verdict.EXISTS, "+NAME+IDNO+TYPE", "SAME/AGREE")
SUSPECT: Final = Finding(Verdict.SUSPECT, "+NAME+MOBILE", "NAME_MOBILE")
CONFLICT: Final = Finding(Verdict.CONFLICT_NAME, "-NAME+IDNO+TYPE", "SAME/DIFFER")

Row = tuple[str, ...]
BY_BIRTH: Final[tuple[Row, ...]] = (
    ("a", "张伟", ONE, "13800001234", "", ""),
    ("b", "张伟", "", "13800001234", "", ""),
    ("c", "张伟", "", "13800001234", "", "1990-03-07"),
)
BY_NUMBER: Final[tuple[Row, ...]] = (
    ("a", "张伟", ONE, "13800001234", STREET, ""),
    ("b", "张伟", "", "13800001234", LANE, BORN),
    ("c", "张伟", SAME_DAY, "", LANE, BORN),
)
CASES: Final = {"OTHER_BIRTH": BY_BIRTH, "OTHER_NUMBER": BY_NUMBER}


def written(path: Path, rows: Sequence[Row]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEADER, *rows])
    return path


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("engine", [EngineName.PYTHON, EngineName.DUCKDB])
@pytest.mark.parametrize("veto", CASES)
def test_a_chain_between_two_who_are_two_joins_nothing(
    tmp_path: Path, veto: str, engine: EngineName, workers: int
) -> None:
    for order in permutations(CASES[veto]):
        found = dedupe(written(tmp_path / "c.csv", order), MAPPING, run=Run(engine=engine, workers=workers))
        assert sorted(sorted(edge[:2]) for edge in found.edges) == [["a", "b"], ["b", "c"]]
        assert list(found.clusters(review=True)) == [row[0] for row in order]
        (conflict,) = found.conflicts
        assert conflict.forbidden == Fixed("a", "c", FixedBy.VETO, veto)
        assert [sorted(link[:2]) for link in conflict.links] == [["a", "b"], ["b", "c"]]
        assert found.vetoes == (conflict.forbidden,)


def test_two_who_agree_with_a_third_are_one_with_it(tmp_path: Path) -> None:
    """The same three without what contradicts; else the test above would pass where nothing is ever joined."""
    rows = [*BY_BIRTH[:2], ("c", "张伟", "", "13800001234", "", "")]
    found = dedupe(written(tmp_path / "c.csv", rows), MAPPING, run=Run(engine=EngineName.PYTHON, workers=1))
    assert (list(found.clusters(review=True)), found.conflicts, found.vetoes) == (["a", "a", "a"], (), ())


def test_two_without_a_link_whom_nothing_keeps_apart_are_one_by_way_of_a_third(tmp_path: Path) -> None:
    rows = [
        ("a", "张伟", "", "13800001234", "", ""),
        ("b", "张伟", ONE, "13800001234", "", ""),
        ("c", "张伟", ONE, "", "", ""),
    ]
    found = dedupe(written(tmp_path / "c.csv", rows), MAPPING, run=Run(engine=EngineName.PYTHON, workers=1))
    assert sorted(sorted(edge[:2]) for edge in found.edges) == [["a", "b"], ["b", "c"]]
    assert (list(found.clusters(review=True)), found.conflicts, found.vetoes) == (["a", "a", "a"], (), ())


def test_others_are_joined_beside_a_contradiction(tmp_path: Path) -> None:
    rows = [*BY_BIRTH, ("d", "李娜", "", "13612345678", "", ""), ("e", "李娜", "", "13612345678", "", "")]
    found = dedupe(written(tmp_path / "c.csv", rows), MAPPING, run=Run(engine=EngineName.PYTHON, workers=1))
    assert list(found.clusters(review=True)) == ["a", "b", "c", "d", "d"]


def test_a_steward_s_ruling_outranks_the_negative_row(tmp_path: Path) -> None:
    found = dedupe(written(tmp_path / "c.csv", BY_BIRTH), MAPPING, run=Run(engine=EngineName.PYTHON, workers=1))
    kept = found.keeping_to(FixedPairs())
    assert (list(kept.clusters(review=True)), kept.conflicts) == (["a", "b", "c"], found.conflicts)
    one = found.keeping_to(FixedPairs(must=(Fixed("a", "c"),)))
    assert (list(one.clusters(review=True)), one.conflicts) == (["a", "a", "a"], ())


def test_the_steward_is_asked_about_the_chain(tmp_path: Path) -> None:
    found = dedupe(written(tmp_path / "c.csv", BY_NUMBER), MAPPING, run=Run(engine=EngineName.PYTHON, workers=1))
    run = Clustered(edges=found.edges, clusterings=found.clusterings())
    items = worklist(run, ledger=EMPTY_LEDGER, day=date(2026, 11, 24))
    assert [item.records for item in items if item.type is ItemType.ABOVE] == [("a", "b", "c")]
    assert [one.row for one in items[0].questions][-1] == "VETO:OTHER_NUMBER"


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("veto", CASES)
def test_a_record_of_the_stock_joins_no_two_who_are_two(tmp_path: Path, veto: str, workers: int) -> None:
    """Whichever of the three stand in the stock, if both links have a new row; a key may stand in both files and names two records."""
    rows = CASES[veto]
    run = Run(engine=EngineName.PYTHON, workers=workers)
    for some in ({"b"}, {"b", "c"}, {"a", "c"}):
        new, stock = ([row for row in rows if (row[0] in some) is which] for which in (True, False))
        stock = [("a" if row[0] == "b" else row[0], *row[1:]) for row in stock]
        found = check_new(written(tmp_path / "n.csv", new), written(tmp_path / "s.csv", stock), MAPPING, run=run)
        assert list(found.clusters(review=True)) == [row[0] for row in new]
        assert [(one.forbidden.name, len(one.links)) for one in found.conflicts] == [(veto, 2)]


def test_rules_of_other_data_may_keep_apart(tmp_path: Path) -> None:
    """A row of `vetoes` withdraws suspicions too; one of `apart` is asked only of two without a link."""
    text = """
keys = [["name"], ["zip"]]
[features]
name = { columns = ["name"] }
zip = { columns = ["mobile"] }
born = { columns = ["born"] }
[[comparisons]]
field = "NAME"
feature = "name"
[[comparisons]]
field = "ZIP"
feature = "zip"
[[comparisons]]
field = "BORN"
feature = "born"
[[rows]]
name = "N"
where = { NAME = ["AGREE"] }
source = "an example"
[[rows]]
name = "Z"
where = { ZIP = ["AGREE"] }
source = "an example"
[[apart]]
name = "OTHER_BORN"
where = { BORN = ["DIFFER"] }
source = "an example"
"""
    rows = [("a", "x", "", "1", "", "1990"), ("b", "x", "", "2", "", ""), ("c", "y", "", "2", "", "1991")]
    rows += [("d", "z", "", "7", "", "1990"), ("e", "z", "", "8", "", "1991")]
    found = dedupe(
        written(tmp_path / "c.csv", rows),
        None,
        rules=rules_file(text, "r.toml"),
        run=Run(engine=EngineName.PYTHON, workers=1),
    )
    names = list(found.clusters(review=True))
    assert names[:3] == list(found.records[:3])
    assert names[3] == names[4]
    assert [one.forbidden.name for one in found.conflicts] == ["OTHER_BORN"]


def test_only_links_that_join_make_a_tangle() -> None:
    assert tangles([(1, 2, SUSPECT), (2, 3, CONFLICT)]).left.tolist() == []
    assert (
        tangles([(1, 2, SUSPECT), (2, 3, SUSPECT), (1, 3, CONFLICT)])[:2]
        == tangles([(1, 2, SUSPECT), (2, 3, SUSPECT)])[:2]
    )


def test_two_whom_a_suspicion_links_are_asked_before_an_unattended_merge() -> None:
    """By AUTOMATIC links alone the two would be one, and their own link only says that a person should look."""
    found: list[Found] = [(1, 2, EXISTS), (1, 3, SUSPECT), (2, 3, EXISTS)]
    assert [list(one) for one in tangles(found)[:2]] == [[1], [3]]
    assert list(tied(found, [(1, 3, "NO")], (), str, 4).automatic) == [0, 1, 2, 3]
    assert list(tied(found, [], (), str, 4).automatic) == [0, 1, 1, 1]


def test_a_tangle_that_is_too_large_joins_nothing_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "LARGEST_TANGLE", 3)
    found: list[Found] = [(1, 2, EXISTS), (2, 3, EXISTS), (3, 4, EXISTS), (5, 6, EXISTS)]
    made = tangles(found)
    assert (made.large, list(made.left)) == ([1], [])
    joined = tied(found, [], made.large, str, 7)
    assert list(joined.automatic) == list(joined.review) == [0, 1, 2, 3, 4, 5, 5]
    assert joined.loose == {"1", "2", "3", "4"}


def test_the_stock_s_tables_name_what_keeps_apart() -> None:
    for table in STOCK.tables.values():
        assert [row.name for row in table.apart] == ["OTHER_NUMBER"]
