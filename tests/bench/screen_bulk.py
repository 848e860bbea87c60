"""`custmaster screen` on a customer file against a list, beside the same in plain SQL in DuckDB, in one run.

    python tests/bench/screen_bulk.py CUSTOMERS.parquet FOLDER [ENTRIES]

CUSTOMERS is a file of docs/examples/cust.toml. A list of ENTRIES (100,000), made from a seed, is written to FOLDER: a third of it are customers
of the file (by document, by a name in traditional characters, by a name and another's day of birth), the rest strangers. Each side
is a process of its own, from its start to its end: wall, user and system seconds, and the greatest resident size. The SQL joins exact names and numbers
as they stand and names by a table of variants, and gives counts, not findings with their reasons; it knows no damaged character and clears nobody.
"""

from __future__ import annotations

import csv
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
from contracts_check import measured

from custmaster.sim.fiction import fictional_customers
from custmaster.value import fold

SEED, DAY = 2026, "2026-11-28"
MAPPING = Path(__file__).parents[2] / "docs" / "examples" / "cust.toml"
LIST_MAPPING = """
[fields]
source_key = "number"
name = "name"
birth_date = "born"
[[documents]]
type = "RESIDENT_ID"
number = "id_no"
[dates]
default = ["YYYY-MM-DD"]
[list]
name = "police"
origin = "EXTERNAL"
"""
TRADITIONAL = str.maketrans("张刘陈杨赵吴孙马罗郑谢韩冯邓萧国华伟丽军东", "張劉陳楊趙吳孫馬羅鄭謝韓馮鄧蕭國華偉麗軍東")
SQL = """
SET threads = 2;
CREATE TEMP TABLE l AS SELECT * FROM read_csv('{listed}', all_varchar = true);
CREATE TEMP TABLE v AS SELECT * FROM read_csv('{variants}', all_varchar = true);
CREATE TEMP TABLE c AS SELECT rec_id, trim(name) AS name, upper(trim(id_no)) AS id_no FROM '{customers}';
CREATE TEMP TABLE ch AS SELECT DISTINCT unnest(string_split(name, '')) AS a FROM (SELECT name FROM c UNION ALL SELECT name FROM l);
CREATE TEMP TABLE odd AS SELECT ch.a, v.b FROM ch JOIN v USING (a);
CREATE TEMP TABLE names AS SELECT DISTINCT name FROM (SELECT name FROM c UNION ALL SELECT name FROM l) WHERE name <> '';
CREATE TEMP TABLE folded AS SELECT name, string_agg(coalesce(odd.b, p.a), '' ORDER BY p.at) AS loose FROM
(SELECT name, unnest(string_split(name, '')) AS a, generate_subscripts(string_split(name, ''), 1) AS at FROM names) AS p LEFT JOIN odd ON odd.a = p.a GROUP BY name;
SELECT count(DISTINCT c.rec_id) FROM c JOIN l ON c.id_no = l.id_no AND l.id_no <> '';
SELECT count(DISTINCT c.rec_id) FROM c JOIN l ON c.name = l.name AND l.name <> '';
SELECT count(DISTINCT c.rec_id) FROM c JOIN folded AS f ON c.name = f.name JOIN folded AS g ON f.loose = g.loose JOIN l ON l.name = g.name;
"""


def entries(customers: Path, count: int) -> Iterator[tuple[str, str, str, str]]:
    """Number, name, day of birth and document; see the module."""
    rng = random.Random(SEED)
    sql = f"SELECT name, CAST(birth_date AS VARCHAR), id_no FROM '{customers}' USING SAMPLE reservoir({count // 3} ROWS) REPEATABLE ({SEED})"
    taken = duckdb.connect(config={"threads": 1}).execute(sql).fetchall()
    for at, (name, born, number) in enumerate(taken):
        way = at % 3
        if way == 0:
            yield str(at), "", "", number or ""
        elif way == 1:
            yield str(at), (name or "").translate(TRADITIONAL), born or "", ""
        else:
            yield str(at), name or "", f"{rng.randint(1950, 2005)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}", ""
    for at, one in zip(range(len(taken), count), fictional_customers(count, seed=SEED + 1), strict=False):
        yield str(at), one.name, one.birth_date, one.document_number if len(one.document_number) == 18 else ""


def generate(customers: Path, folder: Path, count: int) -> Path:
    """The list and its mapping, and the table of variants for the SQL."""
    listed = folder / f"police_{count}.csv"
    (folder / "police.toml").write_text(LIST_MAPPING, encoding="utf-8")
    with (folder / "variants.csv").open("w", encoding="utf-8", newline="") as stream:
        made = csv.writer(stream)
        made.writerow(("a", "b"))
        han = map(chr, (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000)))
        made.writerows((char, fold.variant(char)) for char in han if fold.variant(char) != char)
    if not listed.exists():
        with listed.open("w", encoding="utf-8", newline="") as stream:
            made = csv.writer(stream)
            made.writerow(("number", "name", "born", "id_no"))
            made.writerows(entries(customers, count))
    return listed


def main() -> None:
    """Print one line for each side, and what each found."""
    customers, folder = Path(sys.argv[1]), Path(sys.argv[2])
    listed = generate(customers, folder, int(sys.argv[3]) if len(sys.argv) > 3 else 100_000)
    words = ["screen", str(customers), "--mapping", str(MAPPING), "--list", str(listed)]
    words += [
        "--list-mapping",
        str(folder / "police.toml"),
        "--as-of",
        DAY,
        "--json",
        "--out",
        str(folder / "hits.csv"),
    ]
    answer, ours = measured([sys.executable, "-m", "custmaster.cli", *words])
    found: dict[str, Any] = json.loads(answer)
    script = "import duckdb,sys\nfor s in sys.argv[1].split(';')[:-1]:\n r = duckdb.execute(s).fetchall()"
    script += "\n if s.strip().startswith('SELECT'): print(r[0][0])"
    sql = SQL.format(customers=customers, listed=listed, variants=folder / "variants.csv")
    counts, theirs = measured([sys.executable, "-c", script, sql])
    print(
        f"{'':12} {'wall':>7} {'user':>7} {'sys':>6} {'peak MB':>8}   {found['rows']:,} customers, {found['entries']:,} entries"
    )
    for name, cost in (("custmaster", ours), ("plain SQL", theirs)):
        print(f"{name:12} {cost['wall']:7.2f} {cost['user']:7.2f} {cost['sys']:6.2f} {cost['MB']:8,.0f}")
    print("custmaster:", {(row["code"], row["severity"]): row["count"] for row in found["codes"]}, found["hits"]["how"])
    print("plain SQL, customers by number, by exact name, by variant name:", counts.split())


if __name__ == "__main__":
    main()
