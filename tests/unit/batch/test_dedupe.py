"""A whole run over small files: the same answer from every engine, any number of workers, any order of the rows."""

from __future__ import annotations

import csv
import gc
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pytest
from attrs import evolve

from custmaster.batch import STOCK, CustomerRules, Deduped, EngineName, Run, dedupe, rules_file, write_clusters
from custmaster.batch.results import check_place
from custmaster.dedup import STOCK_TABLES
from custmaster.dedup.links import NOTHING_FIXED
from custmaster.errors import CustmasterError, UnusableInput
from custmaster.sim.fiction import fictional_customers
from custmaster.wire import FileMapping, load_mapping

MAPPING: Final = load_mapping(
    '[fields]\nsource_key = "id"\nname = "name"\nmobile = "mobile"\nbirth_date = "born"\naddress = "address"\n'
    '[[documents]]\nnumber = "number"\ntype = "RESIDENT_ID"',
    "m.toml",
)
HEADER: Final = ("id", "name", "number", "mobile", "address", "born")
ALONE: Final = Run(engine=EngineName.PYTHON, workers=1)
CARD: Final = "11010519491231002X"
ROWS: Final = (
    ("7", "张伟", CARD, "13800001234", "北京市海淀区学院路1号2栋3室", "1949-12-31"),
    ("3", "张伟", CARD.lower(), "", "", ""),
    ("9", "張 偉", "", "138 0000 1234", "", ""),
    ("5", "李娜", "440524188001010014", "13900004321", "", ""),
    ("4", "王芳", CARD, "", "", ""),
)


def written(path: Path, rows: Iterable[tuple[str, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEADER, *rows])
    return path


def parquet(path: Path, rows: Iterable[tuple[str, ...]]) -> Path:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = zip(*rows, strict=True)
    pq.write_table(pa.table(dict(zip(HEADER, map(list, columns), strict=True))), path)
    return path


def told(found: Deduped) -> object:
    return found.edges, list(found.clusters(review=False)), list(found.clusters(review=True)), found.capped, found.pairs


def by_record(found: Deduped) -> dict[str, tuple[str, str]]:
    both = zip(found.clusters(review=False), found.clusters(review=True), strict=True)
    return dict(zip(found.records, both, strict=True))


def dirty_rows() -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for at, one in enumerate(fictional_customers(300, seed=7)):
        number = one.document_number if len(one.document_number) == 18 else ""
        entry = (one.name, number, one.mobile, one.address, one.birth_date)
        rows.append((f"a{at}", *entry))
        if at % 3 == 0:
            rows.append((f"b{at}", f" {one.name}", number.lower(), "", one.address, ""))
        if at % 7 == 0:
            rows.append((f"c{at}", one.name, "", one.mobile, "", one.birth_date))
    return rows


def test_links_are_told_apart(tmp_path: Path) -> None:
    found = dedupe(written(tmp_path / "c.csv", ROWS), MAPPING, run=ALONE)
    assert by_record(found) == {"7": ("3", "3"), "3": ("3", "3"), "9": ("9", "3"), "5": ("5", "5"), "4": ("4", "4")}
    assert [(one.left, one.right, one.link.value) for one in found.edges] == [
        ("7", "3", "AUTOMATIC"),
        ("7", "9", "REVIEW"),
        ("7", "4", "CONFLICT"),
        ("3", "4", "CONFLICT"),
    ]


@pytest.mark.parametrize("engine", [EngineName.DUCKDB, EngineName.PYTHON])
@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_engines_workers_and_formats_agree(tmp_path: Path, engine: EngineName, workers: int, form: str) -> None:
    rows = dirty_rows()
    reference = dedupe(written(tmp_path / "r.csv", rows), MAPPING, run=ALONE)
    file = written(tmp_path / "c.csv", rows) if form == "csv" else parquet(tmp_path / "c.parquet", rows)
    found = dedupe(file, MAPPING, run=Run(engine=engine, workers=workers))
    assert told(found) == told(reference)
    assert len(found.edges) > 100


SAME: Final = ("张伟", "", "13800001234", "", "1949-12-31")
KEYS: Final = {
    "each once": (["7", "3", "9"], ["7", "3", "9"]),
    "repeated": (["7", "7", "7"], ["7", "7#2", "7#3"]),
    "missing": (["", "3", ""], ["#1", "3", "#3"]),
    "all missing": (["", "", ""], ["#1", "#2", "#3"]),
}


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize(("keys", "names"), KEYS.values(), ids=KEYS)
def test_rows_are_named_by_their_keys_and_places(
    tmp_path: Path, keys: list[str], names: list[str], workers: int
) -> None:
    file = parquet(tmp_path / "c.parquet", [(key, *SAME) for key in keys])
    found = dedupe(file, MAPPING, run=Run(workers=workers))
    assert found.records == names
    assert set(found.clusters(review=True)) == {min(names)}


@pytest.mark.parametrize("workers", [1, 2])
def test_a_file_without_a_column_of_keys_names_rows_by_their_places(tmp_path: Path, workers: int) -> None:
    fields = {name: source for name, source in MAPPING.fields.items() if name != "source_key"}
    file = parquet(tmp_path / "c.parquet", [("7", *SAME), ("3", *SAME)])
    found = dedupe(file, evolve(MAPPING, fields=fields), run=Run(workers=workers))
    assert (found.records, found.clusters(review=True)) == (["#1", "#2"], ["#1", "#1"])


@pytest.mark.parametrize("workers", [1, 2])
def test_nobody_is_in_an_empty_file(tmp_path: Path, workers: int) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    file, out = tmp_path / "c.parquet", tmp_path / "o.parquet"
    pq.write_table(pa.table({name: pa.array([], "string") for name in HEADER}), file)
    found = dedupe(file, MAPPING, run=Run(workers=workers))
    assert (found.records, found.edges, found.clusters(review=True), found.count(review=True)) == ([], (), [], 0)
    write_clusters(out, found, file)
    assert pq.read_table(out).column_names == ["record", "cluster_auto", "cluster_review"]


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_is_as_it_was_also_after_a_failure(tmp_path: Path, enabled: bool) -> None:
    was = gc.isenabled()
    (gc.enable if enabled else gc.disable)()
    try:
        dedupe(written(tmp_path / "c.csv", ROWS), MAPPING, run=ALONE)
        with pytest.raises(UnusableInput):
            dedupe(tmp_path / "none.csv", MAPPING, run=ALONE)
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if was else gc.disable)()


def test_clusters_are_counted_without_their_names(tmp_path: Path) -> None:
    found = dedupe(written(tmp_path / "c.csv", dirty_rows()), MAPPING, run=ALONE)
    for kept in (found, found.keeping_to(NOTHING_FIXED)):
        for review in (False, True):
            assert kept.count(review=review) == len(set(kept.clusters(review=review))) < len(found.records)


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    rows = dirty_rows()
    shuffled = random.Random(5).sample(rows, len(rows))
    one, other = (
        dedupe(written(tmp_path / name, some), MAPPING, run=ALONE)
        for name, some in (("a.csv", rows), ("b.csv", shuffled))
    )
    assert by_record(one) == by_record(other)


@pytest.mark.parametrize("engine", [EngineName.DUCKDB, EngineName.PYTHON])
@pytest.mark.parametrize("workers", [1, 2])
def test_a_block_that_is_too_large_is_told_and_others_are_compared(
    tmp_path: Path, engine: EngineName, workers: int
) -> None:
    crowd = [(f"x{at}", "王小明", "", "13911112222", "", "") for at in range(40)]
    run = Run(engine=engine, workers=workers, largest_block=30)
    found = dedupe(written(tmp_path / "c.csv", [*ROWS, *crowd]), MAPPING, run=run)
    (block,) = found.capped
    assert (block.kind, block.rows, block.first) == ("NAME_MOBILE", 40, "x0")
    assert by_record(found)["3"] == ("3", "3")
    assert len(found.edges) == 4


def test_thousands_with_one_placeholder_are_no_block(tmp_path: Path) -> None:
    crowd = ((f"x{at}", "王小明", "", "13800000000", "", "") for at in range(3000))
    found = dedupe(written(tmp_path / "c.csv", [*ROWS, *crowd]), MAPPING, run=ALONE)
    assert found.capped == ()
    assert found.pairs == 4


@pytest.mark.slow
@pytest.mark.parametrize("engine", [EngineName.DUCKDB, EngineName.PYTHON])
def test_a_hundred_thousand_behind_one_telephone_harm_nobody(tmp_path: Path, engine: EngineName) -> None:
    """One that stands among the placeholders makes no block; one that does not makes one that is told. All others fare as without it."""
    run = Run(engine=engine)
    alone = dedupe(written(tmp_path / "few.csv", dirty_rows()), MAPPING, run=run)
    for mobile in ("13800000000", "13911112222"):
        crowd = [(f"x{at}", "王小明", "", mobile, "", "") for at in range(100_000)]
        found = dedupe(written(tmp_path / "many.csv", [*dirty_rows(), *crowd]), MAPPING, run=run)
        assert (found.edges, found.pairs, found.conflicts) == (alone.edges, alone.pairs, alone.conflicts)
        told = [(one.kind, one.rows, one.first) for one in found.capped]
        assert told == ([] if mobile == "13800000000" else [("NAME_MOBILE", 100_000, "x0")])


def test_rows_that_cannot_be_read_join_nobody(tmp_path: Path) -> None:
    file = tmp_path / "c.csv"
    file.write_text(
        "id,name,number,mobile,address,born\n1,张伟\n2,张伟,,13800001234,,\n2,张伟,,13800001234,,\n", encoding="utf-8"
    )
    found = dedupe(file, MAPPING, run=ALONE)
    assert list(found.records) == ["#1", "2", "2#3"]
    assert list(found.clusters(review=True)) == ["#1", "2", "2"]


def test_progress_is_told_by_stage(tmp_path: Path) -> None:
    heard: list[tuple[str, int, int]] = []
    run = Run(
        engine=EngineName.PYTHON, workers=1, progress=lambda stage, done, total: heard.append((stage, done, total))
    )
    dedupe(written(tmp_path / "c.csv", ROWS), MAPPING, run=run)
    assert heard == [("texts", 5, 0), ("verdicts", 4, 4)]


def test_tables_that_somebody_made_are_judged_by_this_process_alone(tmp_path: Path) -> None:
    own = CustomerRules(tables=dict(STOCK_TABLES))
    found = dedupe(written(tmp_path / "c.csv", ROWS), MAPPING, rules=own, run=Run(workers=2))
    assert told(found) == told(dedupe(written(tmp_path / "d.csv", ROWS), MAPPING, run=ALONE))


def test_other_data_bring_their_rules(tmp_path: Path) -> None:
    rules = rules_file(
        'keys = [["zip"]]\n[features]\nzip = { columns = ["born"], folds = ["digits"] }\n'
        '[[comparisons]]\nfield = "ZIP"\nfeature = "zip"\n[[rows]]\nname = "ZIP"\nwhere = { ZIP = ["AGREE"] }\nsource = "an example"',
        "r.toml",
    )
    file = written(
        tmp_path / "c.csv",
        [("1", "", "", "", "", "89132"), ("2", "", "", "", "", "NV 89132"), ("3", "", "", "", "", "1")],
    )
    for workers in (1, 2):
        found = dedupe(file, None, rules=rules, run=Run(engine=EngineName.PYTHON, workers=workers))
        assert [(one.left, one.right, one.link.value) for one in found.edges] == [("#1", "#2", "REVIEW")]
    with pytest.raises(CustmasterError):
        dedupe(file, None, rules=STOCK, run=ALONE)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_file_that_cannot_be_read_is_told_whoever_reads_it(tmp_path: Path, workers: int) -> None:
    broken = tmp_path / "c.parquet"
    broken.write_bytes(b"PAR1 and no more")
    missing = written(tmp_path / "c.csv", ROWS)
    mapping: FileMapping = load_mapping('[fields]\nname = "no such column"', "m.toml")
    for file, by in ((broken, MAPPING), (missing, mapping)):
        with pytest.raises(UnusableInput, match=file.name):
            dedupe(file, by, run=Run(workers=workers))


def test_clusters_are_written_whole(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    file = written(tmp_path / "c.csv", ROWS)
    found = dedupe(file, MAPPING, run=ALONE)
    write_clusters(tmp_path / "out.csv", found, file)
    write_clusters(tmp_path / "out.parquet", found, file)
    lines = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()
    assert lines[:3] == ["record,cluster_auto,cluster_review", "7,3,3", "3,3,3"]
    read = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert [",".join(row.values()) for row in read] == lines[1:]
    for place in (tmp_path / "out.xlsx", file):
        with pytest.raises(UnusableInput):
            check_place(place, file)


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_key_that_is_no_text_is_written_by_its_number(tmp_path: Path, ending: str) -> None:
    """Half a surrogate pair, which a host's own rows may hold: no file of UTF-8 can."""
    file = written(tmp_path / "c.csv", ROWS[:2])
    found = evolve(dedupe(file, MAPPING, run=ALONE), records=["\ud800x", "2"])
    out = tmp_path / f"o.{ending}"
    write_clusters(out, found, file)
    if ending == "csv":
        assert "\\ud800x" in out.read_text(encoding="utf-8")
    else:
        import pyarrow.parquet as pq

        assert pq.read_table(out).column("record").to_pylist() == ["\\ud800x", "2"]
