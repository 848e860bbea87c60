"""A host that has Spark already: who is twice in a frame of its own, by the library's tables.

    python dedupe_on_spark.py CUSTOMERS.csv MAPPING.toml

Prints, as JSON, the records of each cluster for review. On a cluster of machines take away `master`, and install the package, with the
extra `spark`, where the workers run. `place` must be the same when a row is read again: a key of your own, or a column that was written down;
`monotonically_increasing_id()` of a frame that is not stored is not.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from pyspark.sql import SparkSession

from custmaster.batch.spark_frames import dedupe_spark
from custmaster.wire import load_mapping

BY_REVIEW = """
SELECT collect_list(named.record) AS records FROM
(SELECT cluster_review AS cluster, customers.{key} AS record FROM {{clusters}} AS clusters JOIN {{customers}} AS customers ON clusters.place = customers.place
 ORDER BY cluster, clusters.place) AS named
GROUP BY cluster HAVING count(*) > 1 ORDER BY cluster
"""


def main() -> None:
    """Read, ask, print."""
    file, mapping_file = map(Path, sys.argv[1:])
    mapping = load_mapping(mapping_file.read_text(encoding="utf-8"), mapping_file.name)
    # Spark's workers are the first python3 of the path unless it is told; on this machine they are this very one.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    lines = file.read_text(encoding="utf-8").splitlines()
    header = lines[0].split(",")
    schema = ", ".join(["place BIGINT", *(f"`{name}` STRING" for name in header)])
    rows = [(at, *line.split(",")) for at, line in enumerate(lines[1:])]
    customers = spark.createDataFrame(rows, schema)
    made = dedupe_spark(customers, mapping, "place")
    key = next(iter(mapping.fields["source_key"].columns()))
    found = spark.sql(BY_REVIEW.format(key=key), clusters=made.clusters, customers=customers).collect()
    print(json.dumps([sorted(row.records) for row in found]))
    spark.stop()


if __name__ == "__main__":
    main()
