"""Python, DuckDB and Spark give the same bytes: nasty customers, every format, and a fold altered behind one engine alone is noticed."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from custmaster.batch import STOCK, Deduped, EngineName, Run, check_new, dedupe, plan, write_clusters, write_new
from custmaster.dedup import names, table_file
from custmaster.errors import CustmasterError, UnusableInput
from custmaster.value import fold
from custmaster.wire import load_mapping

sys.path.insert(0, str(Path(__file__).parent))
from nasty import HEADER, MAPPING, MAPPING_TEXT, nasty, written

SMALL: Final = 2_000
WHOLE: Final = 100_000
CAP: Final = 100
ALTERED: Final = """
from custmaster.value import {module}
{module}.{name} = {instead}
"""


def spark_or_skip() -> None:
    for name in ("pyspark", "pandas"):
        if importlib.util.find_spec(name) is None:
            pytest.skip(f"the package {name} is not there: pip install 'custmaster[spark]'")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, and there is none")


@pytest.fixture(params=list(EngineName))
def engine(request: pytest.FixtureRequest) -> EngineName:
    if request.param is EngineName.SPARK:
        spark_or_skip()
    return request.param


def the_bytes(folder: Path, found: Deduped, source: Path) -> dict[str, bytes]:
    """The clusters and the edges as Parquet files: same rows, same order, same bytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder.mkdir(exist_ok=True)
    # Half a surrogate pair is not text for Parquet.
    if all(name.isascii() for name in found.records):
        write_clusters(folder / "clusters.parquet", found, source)
    else:
        write_clusters(folder / "clusters.csv", found, source)
    columns: dict[str, list[Any]] = {
        name: [ascii(getattr(edge, name)) for edge in found.edges]
        for name in ("left", "right", "link", "verdict", "evidence", "row")
    }
    columns["capped"] = [[ascii(block) for block in found.capped]] * len(found.edges)
    columns["pairs"] = [found.pairs] * len(found.edges)
    pq.write_table(pa.table(columns), folder / "edges.parquet")
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def run_of(engine: EngineName, workers: int = 2) -> Run:
    return Run(engine=engine, workers=workers, largest_block=CAP)


def reference(folder: Path, file: Path) -> dict[str, bytes]:
    found = dedupe(file, MAPPING, run=run_of(EngineName.PYTHON, 1))
    assert len(found.edges) > SMALL // 10
    assert {edge.link.value for edge in found.edges} == {"AUTOMATIC", "REVIEW", "CONFLICT"}
    assert {block.kind for block in found.capped} >= {"NAME_MOBILE", "NAME_BIRTH"}  # of a hundred thousand others too
    return the_bytes(folder / "reference", found, file)


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_engines_give_the_same_bytes(tmp_path: Path, engine: EngineName, form: str) -> None:
    rows = list(nasty(SMALL, seed=11, lone=form == "jsonl"))
    file = written(tmp_path / f"c.{form}", rows)
    found = dedupe(file, MAPPING, run=run_of(engine))
    assert the_bytes(tmp_path / "found", found, file) == reference(tmp_path, file)


def test_a_file_without_some_columns_and_rows_that_cannot_be_read(tmp_path: Path, engine: EngineName) -> None:
    """Other rules than those of customers, too: a table that names columns, of which one is not there."""
    rules = table_rules()
    rows = [row[:5] for row in nasty(300, seed=3)]
    file = written(tmp_path / "c.csv", rows, HEADER[:5])
    with file.open("a", encoding="utf-8") as stream:
        stream.write("alone\n")
    one, other = (dedupe(file, None, rules=rules, run=run_of(which)) for which in (engine, EngineName.PYTHON))
    assert the_bytes(tmp_path / "a", one, file) == the_bytes(tmp_path / "b", other, file)
    assert len(one.edges) > 10


def table_rules() -> Any:
    from custmaster.batch import rules_file

    text = (
        'keys = [["name"]]\n[features]\nname = { columns = ["name"], folds = ["exact"] }\nzip = { columns = ["zip"] }\n'
        '[[comparisons]]\nfield = "NAME"\nfeature = "name"\n[[rows]]\nname = "N"\nwhere = { NAME = ["AGREE"] }\nsource = "an example"'
    )
    assert table_file.parse(text, "r.toml")
    return rules_file(text, "r.toml")


def test_a_day_s_file_beside_the_stock(tmp_path: Path, engine: EngineName) -> None:
    rows = list(nasty(SMALL, seed=5))
    today, stock = written(tmp_path / "new.csv", rows[::4]), written(tmp_path / "stock.jsonl", rows)
    told: list[tuple[object, ...]] = []
    for which in (engine, EngineName.PYTHON):
        found = check_new(today, stock, MAPPING, run=run_of(which))
        write_new(tmp_path / f"{which}.csv", found, today)
        told.append((found.edges, found.matches, found.capped, found.pairs, (tmp_path / f"{which}.csv").read_bytes()))
    assert told[0] == told[1]
    assert len(told[0][1]) > SMALL // 10  # type: ignore[arg-type]


def test_a_contradiction_is_one_in_every_engine(tmp_path: Path, engine: EngineName) -> None:
    """Two whom a negative row keeps apart, joined by a third: of one file, and with the third in the stock or in the day's file."""
    rows = [contradicting(born) for born in ("1949-12-31", "", "1990-03-07")]
    rows += list(nasty(200, seed=23))
    files = [
        written(tmp_path / f"{name}.csv", some) for name, some in (("all", rows), ("new", rows[1:]), ("old", rows))
    ]
    told: list[object] = []
    for which in (engine, EngineName.PYTHON):
        found, beside = (
            dedupe(files[0], MAPPING, run=run_of(which)),
            check_new(files[1], files[2], MAPPING, run=run_of(which)),
        )
        told.append((found.vetoes, found.conflicts, list(found.review), beside.conflicts, list(beside.review)))
        assert "OTHER_BIRTH" in {one.name for one in found.vetoes}
        assert any(one.forbidden.name == "OTHER_BIRTH" for one in beside.conflicts)
    assert told[0] == told[1]


def contradicting(born: str) -> tuple[str, ...]:
    cells = {"id": f"x{born}", "kind": "P", "name": "欧阳小芳", "mobile": "13612349876", "born": born}
    return tuple(cells.get(name, "") for name in HEADER)


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_a_row_has_one_name_in_every_engine(tmp_path: Path, engine: EngineName, form: str) -> None:
    """Keys of two columns, some empty, some with blanks about them, some twice; of jsonl, half a surrogate pair among them."""
    mapping = load_mapping(
        MAPPING_TEXT.replace('source_key = "id"', 'source_key = { columns = ["kind", "id"], join = "/" }'), "m.toml"
    )
    rows = [[*row] for row in nasty(300, seed=29, lone=form == "jsonl")]
    for at, row in enumerate(rows):
        row[0] = ("", f"k{at}", "k7", f"  k{at} ", "#3", "k7#9")[at % 6]
    file = written(tmp_path / f"c.{form}", [tuple(row) for row in rows])
    one, other = (dedupe(file, mapping, run=run_of(which)) for which in (engine, EngineName.PYTHON))
    assert the_bytes(tmp_path / "a", one, file) == the_bytes(tmp_path / "b", other, file)
    assert list(one.records) == list(other.records)
    assert len(set(one.records)) == len(rows)
    assert len([name for name in one.records if "/k" in name]) > 90
    new = [check_new(file, file, mapping, run=run_of(which)).matches for which in (engine, EngineName.PYTHON)]
    assert new[0] == new[1]


def test_no_new_row_and_no_stock(tmp_path: Path, engine: EngineName) -> None:
    some, none = written(tmp_path / "some.csv", list(nasty(50, seed=5))), written(tmp_path / "none.csv", [])
    assert check_new(none, some, MAPPING, run=run_of(engine)).records == []
    assert check_new(some, none, MAPPING, run=run_of(engine)).matches == ()


FOLDS: Final = {
    "variants of characters": ("fold", "variant", "fold.exact"),
    "width, case and blanks": ("fold", "exact", "str"),
}


@pytest.mark.parametrize("which", FOLDS)
def test_a_fold_altered_behind_one_engine_is_noticed(
    tmp_path: Path, engine: EngineName, which: str, alter: Callable[[str], None]
) -> None:
    """Altered in this process alone: Python works here, the workers of DuckDB's run and Spark's are others."""
    file = written(tmp_path / "c.csv", list(nasty(SMALL, seed=11)))
    found = the_bytes(tmp_path / "found", dedupe(file, MAPPING, run=run_of(engine)), file)
    same = reference(tmp_path, file)
    assert found == same
    alter(which)
    altered = dedupe(file, MAPPING, run=run_of(EngineName.PYTHON, 1))
    assert the_bytes(tmp_path / "altered", altered, file) != found


@pytest.mark.parametrize("which", FOLDS)
def test_a_fold_altered_in_the_workers_of_one_engine_is_noticed(
    tmp_path: Path, engine: EngineName, which: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other way round: this process is as it was, those that the run starts are altered as they begin."""
    module, name, instead = FOLDS[which]
    altered = ALTERED.format(module=module, name=name, instead=instead)
    (tmp_path / "sitecustomize.py").write_text(altered, encoding="utf-8")
    file = written(tmp_path / "c.csv", list(nasty(SMALL, seed=11)))
    same = reference(tmp_path, file)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    found = dedupe(file, MAPPING, run=run_of(engine))
    assert the_bytes(tmp_path / "found", found, file) != same
    assert dedupe(file, MAPPING, run=run_of(EngineName.PYTHON, 1)).edges != found.edges


def test_spark_tells_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = written(tmp_path / "c.csv", list(nasty(10, seed=1)))
    monkeypatch.setattr("custmaster.batch.spark.find_spec", lambda name: None)
    with pytest.raises(UnusableInput, match=r"custmaster\[spark\]"):
        dedupe(file, MAPPING, run=run_of(EngineName.SPARK))
    monkeypatch.setattr("custmaster.batch.spark.find_spec", lambda name: name)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(UnusableInput, match="Java"):
        dedupe(file, MAPPING, run=run_of(EngineName.SPARK))


REFUSED: Final = """
import sys
from pyspark.sql import SparkSession
from custmaster.batch.spark_frames import dedupe_spark
from custmaster.errors import UnusableInput
from custmaster.wire import load_mapping
spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
mapping = load_mapping('[fields]\\nsource_key = "id"\\nmobile = "tel"', "m.toml")
frames = {
    "place STRING, id BIGINT, tel STRING": "'place' holds no whole",
    "id BIGINT, tel STRING": "'place' is missing",
    "place BIGINT, id BIGINT": "'tel' is missing",
    "place BIGINT, id BIGINT, tel BIGINT": "'tel' holds neither",
    "place BIGINT, id DOUBLE, tel STRING": "'id' holds neither",
}
for schema, said in frames.items():
    try:
        dedupe_spark(spark.createDataFrame([], schema), mapping, "place")
    except UnusableInput as problem:
        assert said in str(problem), (said, str(problem))
    else:
        raise AssertionError(schema)
spark.stop()
"""


def test_spark_of_a_host_finds_what_a_file_shows(tmp_path: Path) -> None:
    """The example, in a process of its own, beside Python alone; among the rows a contradiction, which joins nothing."""
    spark_or_skip()
    rows = [contradicting(born) for born in ("1949-12-31", "", "1990-03-07")]
    rows += [
        row
        for row in nasty(400, seed=31)
        if not any(set(cell) & set(',"\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029') for cell in row)
    ]
    rows = [(f"k{at}", *row[1:]) for at, row in enumerate(rows)]
    file = tmp_path / "c.csv"
    file.write_text("\n".join(",".join(row) for row in [HEADER, *rows]), encoding="utf-8")
    (tmp_path / "m.toml").write_text(MAPPING_TEXT, encoding="utf-8")
    example = Path(__file__).parents[2] / "docs" / "examples" / "dedupe_on_spark.py"
    command = [sys.executable, str(example), str(file), str(tmp_path / "m.toml")]
    said = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    found = dedupe(file, MAPPING, run=Run(engine=EngineName.PYTHON, workers=1))
    held: dict[str, list[str]] = {}
    for record, name in zip(found.records, found.clusters(review=True), strict=True):
        held.setdefault(name, []).append(record)
    expected = sorted(sorted(some) for some in held.values() if len(some) > 1)
    assert sorted(json.loads(said.splitlines()[-1])) == expected
    assert len(expected) > 20
    assert found.conflicts


def test_spark_of_a_host_refuses_columns_by_name(tmp_path: Path) -> None:
    spark_or_skip()
    (tmp_path / "x.py").write_text(REFUSED, encoding="utf-8")
    subprocess.run([sys.executable, str(tmp_path / "x.py")], capture_output=True, check=True)


def test_spark_refuses_tables_without_a_name(tmp_path: Path) -> None:
    from custmaster.batch import CustomerRules

    file = written(tmp_path / "c.csv", list(nasty(10, seed=1)))
    with pytest.raises(CustmasterError):
        dedupe(file, MAPPING, rules=CustomerRules(tables=STOCK.tables), run=run_of(EngineName.SPARK))


@pytest.mark.slow
@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_a_hundred_thousand_nasty_records(tmp_path: Path, form: str) -> None:
    rows = list(nasty(WHOLE, seed=17, lone=form == "jsonl"))
    file = written(tmp_path / f"c.{form}", rows)
    expected = reference(tmp_path, file)
    assert the_bytes(tmp_path / "duckdb", dedupe(file, MAPPING, run=run_of(EngineName.DUCKDB)), file) == expected
    spark_or_skip()
    assert the_bytes(tmp_path / "spark", dedupe(file, MAPPING, run=run_of(EngineName.SPARK)), file) == expected


@pytest.fixture
def alter(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Alters a fold of this process until the test is over; what was folded before, and meanwhile, is forgotten."""

    def altered(which: str) -> None:
        module, name, instead = FOLDS[which]
        assert module == "fold"
        monkeypatch.setattr(fold, name, {"fold.exact": fold.exact, "str": str}[instead])
        forget()

    yield altered
    monkeypatch.undo()
    forget()


def forget() -> None:
    for kept in (plan, names):
        for cached in vars(kept).values():
            if hasattr(cached, "cache_clear"):
                cached.cache_clear()
