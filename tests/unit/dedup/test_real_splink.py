"""The predictions of the real Splink 5, in every shape in which it gives them, become the same links; and the clusters of dedupe 3 do.

Splink asks for an environment of its own: name its interpreter in CUSTMASTER_SPLINK_PYTHON, with splink, pandas, pyarrow, attrs, cattrs
python-dateutil and, where it is to be tried, dedupe installed there; without that variable this one is tried.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import custmaster
from custmaster.dedup.clusters import clusterings
from custmaster.dedup.outside import SplinkColumns, Thresholds, from_splink
from custmaster.wire.predictions import read_predictions

pytestmark = pytest.mark.slow

PEER = os.environ.get("CUSTMASTER_SPLINK_PYTHON", sys.executable)
THRESHOLDS = Thresholds(review=0.5, automatic=0.999)
SCRIPT = r"""
import json, logging, sys, warnings
warnings.filterwarnings("ignore"); logging.disable(logging.WARNING)
import duckdb, splink, splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from custmaster.dedup.outside import SplinkColumns, Thresholds, from_splink

folder = sys.argv[1]
con = duckdb.connect(); con.execute("set threads=1"); api = DuckDBAPI(connection=con)
con.execute('''create table t as select i // 2 * 10 + i % 2 as rec_id, 'name' || (i // 2) as first_name,
    's' || ((i // 2) % 50) as surname, '19' || (10 + (i // 2) % 80) || '-01-0' || (1 + i % 2 * ((i // 2) % 3)) as dob
    from range(200) r(i)''')
con.execute("create table core as select * from t where rec_id % 10 = 0")
con.execute("create table web as select * from t where rec_id % 10 = 1")

def predicted(link_type, inputs):
    model = Linker(inputs, SettingsCreator(link_type=link_type, unique_id_column_name="rec_id",
        blocking_rules_to_generate_predictions=[block_on("first_name"), block_on("surname")],
        comparisons=[cl.ExactMatch("first_name"), cl.ExactMatch("surname"), cl.ExactMatch("dob")]))
    model.training.estimate_probability_two_random_records_match([block_on("first_name")], recall=0.9)
    model.training.estimate_u_using_random_sampling(max_pairs=1e4, seed=2)
    return model.inference.predict(threshold_match_probability=0.01)

def told(table, **columns):
    limits = Thresholds(review=0.5, automatic=0.999)
    return sorted([e.left, e.right, e.link, e.score] for e in from_splink(table, limits, SplinkColumns(unique_id="rec_id", **columns)))

alone = predicted("dedupe_only", api.register(con.sql("select * from t")))
both = predicted("link_only", [api.register(con.sql("select * from core")), api.register(con.sql("select * from web"))])
alone.to_parquet(folder + "/alone.parquet"); both.to_parquet(folder + "/both.parquet")
shapes = {"frame": alone, "relation": alone.as_duckdbpyrelation(), "pandas": alone.as_pandas_dataframe(),
    "arrow": alone.as_pyarrow_table(), "rows": alone.as_record_list()}
print(json.dumps({"version": splink.__version__, "shapes": {name: told(table) for name, table in shapes.items()},
    "both": told(both), "pairs": len(alone.as_record_list())}))
"""


@pytest.fixture(scope="module")
def splink(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    probe = [PEER, "-c", "import splink, duckdb, pandas, pyarrow, attrs, cattrs, dateutil; print(splink.__version__)"]
    found = subprocess.run(probe, capture_output=True, text=True, check=False)
    if found.returncode or not found.stdout.startswith("5."):
        pytest.skip("Splink 5 is not installed: name an interpreter that has it in CUSTMASTER_SPLINK_PYTHON")
    folder = tmp_path_factory.mktemp("splink")
    source = Path(custmaster.__file__).parents[1]
    environment = {**os.environ, "PYTHONPATH": str(source)}
    done = subprocess.run(
        [PEER, "-c", SCRIPT, str(folder)], capture_output=True, text=True, check=False, env=environment, cwd=folder
    )
    assert done.returncode == 0, done.stderr
    return folder, json.loads(done.stdout.splitlines()[-1])


def links(table: object, columns: SplinkColumns) -> list[list[object]]:
    return sorted([e.left, e.right, e.link, e.score] for e in from_splink(table, THRESHOLDS, columns))


def test_every_shape_of_its_predictions_says_the_same(splink: tuple[Path, dict[str, Any]]) -> None:
    folder, told = splink
    columns = SplinkColumns(unique_id="rec_id")
    stored = links(read_predictions(folder / "alone.parquet", columns), columns)
    assert stored
    assert all(shape == stored for shape in told["shapes"].values()), told["shapes"].keys()
    assert {link for _, _, link, _ in stored} == {"AUTOMATIC", "REVIEW"}
    assert len(stored) <= told["pairs"]


def test_records_of_two_data_sets_keep_both_names(splink: tuple[Path, dict[str, Any]]) -> None:
    folder, told = splink
    columns = SplinkColumns(unique_id="rec_id")
    stored = links(read_predictions(folder / "both.parquet", columns), columns)
    assert stored == told["both"]
    assert all("-__-" in left and "-__-" in right for left, right, *_ in stored)


def test_its_pairs_become_clusters_that_only_the_caller_lets_join_unattended(
    splink: tuple[Path, dict[str, Any]],
) -> None:
    folder, _ = splink
    columns = SplinkColumns(unique_id="rec_id")
    table = read_predictions(folder / "alone.parquet", columns)
    careful = clusterings(from_splink(table, Thresholds(review=0.5), columns))
    assert careful.automatic.joined == ()
    assert len(careful.review.joined) == 100
    assert 0 < len(clusterings(from_splink(table, THRESHOLDS, columns)).automatic.joined) < 100


DEDUPE = r"""
import json, sys
import numpy
from dedupe import clustering
from custmaster.dedup.outside import Thresholds, from_dedupe

scored = [((1, 2), 0.9), ((2, 3), 0.8), ((1, 3), 0.7), ((4, 5), 0.95)]
kind = [("pairs", "i4", 2), ("score", "f4")]
table = numpy.memmap(sys.argv[1] + "/scores", dtype=kind, mode="w+", shape=(len(scored),))
table[:] = numpy.array(scored, dtype=kind)
links = [[e.left, e.right, e.link] for e in from_dedupe(clustering.cluster(table, 0.3), Thresholds(review=0.5))]
print(json.dumps(links))
"""


def test_the_clusters_of_dedupe_become_links(tmp_path: Path) -> None:
    probe = [PEER, "-c", "import dedupe, attrs, cattrs, dateutil"]
    if subprocess.run(probe, capture_output=True, check=False).returncode:
        pytest.skip("dedupe 3 is not installed: name an interpreter that has it in CUSTMASTER_SPLINK_PYTHON")
    environment = {**os.environ, "PYTHONPATH": str(Path(custmaster.__file__).parents[1])}
    done = subprocess.run(
        [PEER, "-c", DEDUPE, str(tmp_path)], capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stderr
    links = json.loads(done.stdout.splitlines()[-1])
    assert sorted(sorted(link[:2]) for link in links) == [["1", "2"], ["2", "3"], ["4", "5"]]
    assert {link[2] for link in links} == {"REVIEW"}
