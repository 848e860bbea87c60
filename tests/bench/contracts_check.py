"""`custmaster contracts check` on a fictional register, beside the same questions in plain SQL in DuckDB, in one run.

    python tests/bench/contracts_check.py CUSTOMERS FOLDER [FAULTS]

CUSTOMERS customers with five contracts each are written to FOLDER as Parquet unless they are there; of a thousand customers FAULTS (10) carry
a fault. Each side is a process of its own, from its start to its end: wall, user and system seconds, and the greatest resident size.
The SQL folds with upper(), trim() and replace() only, and gives counts, not findings with their reasons.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from custmaster.sim.contracts import CONTRACT_HEADER, fictional_holders, holder_number

pa: Any = import_module("pyarrow")
pq: Any = import_module("pyarrow.parquet")
SEED, DAY = 2026, "2026-11-23"
CATALOGUE = Path(__file__).parents[2] / "docs" / "examples" / "catalogue.toml"
SQL = """
SET enable_progress_bar = false; SET threads = 2; SET memory_limit = '4GB';
CREATE TEMP TABLE c AS SELECT *, upper(replace(trim(coalesce(nullif(account, ''), card)), ' ', '')) AS a,
upper(replace(trim(reference), ' ', '')) AS r, state IN ('ACTIVE', 'SUSPENDED') AS live FROM '{contracts}';
SELECT count(*) FROM (SELECT number FROM c GROUP BY number HAVING count(*) > 1);
SELECT count(*) FROM c WHERE live AND try_cast(nullif(valid_until, '') AS DATE) < DATE '{day}';
SELECT count(*) FROM c WHERE live AND ended_on <> '';
SELECT count(*) FROM c ANTI JOIN '{customers}' AS h ON c.customer = h.customer_number;
SELECT count(*) FROM c WHERE product NOT IN ('0100000001', '0100000002', '0100000003', '0200000001', '0200000002', '0200000003',
 '0300000001', '0300000002', '0300000003', '0300000004', '0300000005', '0400000001', '0400000002', '0400000003');
CREATE TEMP TABLE k AS SELECT number, customer, product, channels, valid_from, valid_until, CASE
 WHEN product[2] IN ('1', '2') THEN concat_ws('|', product, organisation, r)
 WHEN product IN ('0300000002', '0300000003') THEN concat_ws('|', product, customer)
 WHEN product = '0300000001' THEN concat_ws('|', product, customer, r)
 WHEN product[2] = '3' THEN concat_ws('|', product, customer, a)
 WHEN product = '0400000001' THEN concat_ws('|', product, customer, channels, r)
 ELSE concat_ws('|', product, customer, a, channels, r) END AS key, concat_ws('|', product, customer, a, r) AS place
FROM c WHERE live;
SELECT count(*) FROM (SELECT key FROM k GROUP BY key HAVING count(DISTINCT number) > 1 AND count(DISTINCT customer) = 1);
SELECT count(*) FROM (SELECT key FROM k GROUP BY key HAVING count(DISTINCT customer) > 1);
SELECT count(*) FROM c WHERE live AND ((product[2] IN ('1', '2') AND (organisation = '' OR r = '')) OR (product[2] = '4' AND r = ''));
SELECT count(DISTINCT one.place) FROM k AS one JOIN k AS other ON one.place = other.place AND one.number < other.number
 AND one.channels <> other.channels AND '*' IN (one.channels, other.channels) WHERE one.product IN ('0400000002', '0400000003');
SELECT count(DISTINCT one.customer) FROM c AS one JOIN c AS other ON one.customer = other.customer
 WHERE one.live AND other.live AND one.product = '0300000002' AND other.product = '0300000003';
SELECT count(*) FROM c AS one WHERE live AND product = '0300000005' AND NOT EXISTS (SELECT 1 FROM c AS other
 WHERE other.live AND other.customer = one.customer AND other.product = '0300000004' AND other.a = one.a);
"""


def generate(customers: int, folder: Path, faults: int) -> tuple[Path, Path]:
    """The register and the customer file."""
    contracts, holders = folder / f"contracts_{customers}_{faults}.parquet", folder / f"holders_{customers}.parquet"
    if not contracts.exists():
        schema = pa.schema([(name, pa.string()) for name in CONTRACT_HEADER])
        made = fictional_holders(customers, seed=SEED, faults=faults)
        with pq.ParquetWriter(contracts, schema) as writer:
            while some := [row for one in islice(made, 20_000) for row in one.rows]:
                writer.write_table(pa.table([list(column) for column in zip(*some, strict=True)], schema=schema))
        pq.write_table(pa.table({"customer_number": list(map(holder_number, range(customers)))}), holders)
    return contracts, holders


def measured(command: list[str]) -> tuple[str, dict[str, float]]:
    """What a command wrote, and what it cost."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    answer = process.stdout.read()
    _, _, usage = os.wait4(process.pid, 0)
    cost = {"wall": time.perf_counter() - begun, "user": usage.ru_utime, "sys": usage.ru_stime}
    return answer, cost | {"MB": usage.ru_maxrss / 1024}


def main() -> None:
    """Print one line for each side, and what each found."""
    customers, folder = int(sys.argv[1]), Path(sys.argv[2])
    contracts, holders = generate(customers, folder, int(sys.argv[3]) if len(sys.argv) > 3 else 10)
    words = ["contracts", "check", str(contracts), "--catalogue", str(CATALOGUE), "--customers", str(holders)]
    words += ["--as-of", DAY, "--json", "--out", str(folder / "findings.csv")]
    answer, ours = measured([sys.executable, "-m", "custmaster.cli", *words])
    found: dict[str, Any] = json.loads(answer)
    script = "import duckdb,sys\nfor s in sys.argv[1].split(';')[:-1]:\n r = duckdb.execute(s).fetchall()"
    script += "\n if s.strip().startswith('SELECT'): print(r[0][0])"
    sql = SQL.format(contracts=contracts, customers=holders, day=DAY)
    counts, theirs = measured([sys.executable, "-c", script, sql])
    print(f"{'':12} {'wall':>7} {'user':>7} {'sys':>6} {'peak MB':>8}   {found['rows']:,} contracts")
    for name, cost in (("custmaster", ours), ("plain SQL", theirs)):
        print(f"{name:12} {cost['wall']:7.2f} {cost['user']:7.2f} {cost['sys']:6.2f} {cost['MB']:8,.0f}")
    print("custmaster:", {row["code"]: row["count"] for row in found["codes"]})
    print("plain SQL:", counts.split())


if __name__ == "__main__":
    main()
