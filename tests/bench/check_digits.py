"""Every wrong check digit of a customer file found and none invented, counted against an independent SQL query in DuckDB.

    python tests/bench/check_digits.py FILE.csv MAPPING.toml

FILE is one that `gen_customers.py --csv` of the shared benchmark folder writes (columns rec_id and id_no). The query knows
nothing of custmaster: it folds the width, weighs the seventeen digits as GB 11643 says, and compares the last character.
Prints both counts and how many records only one side names; exit code 1 unless that is none.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SUM = " + ".join(f"{weight} * cast(number[{place}] as integer)" for place, weight in enumerate(WEIGHTS, start=1))
QUERY = f"""
    with folded as (
        select rec_id, upper(translate(id_no, '０１２３４５６７８９Ｘｘ', '0123456789Xx')) as number
        from read_csv(?, all_varchar = true, header = true)
    )
    select rec_id from folded
    where regexp_full_match(number, '[0-9]{{17}}[0-9X]')
      and substr('10X98765432', cast(({SUM}) % 11 as integer) + 1, 1) <> number[18]
"""


def by_sql(file: Path) -> set[str]:
    """The records whose check character is wrong, as the query sees them."""
    return {row[0] for row in duckdb.execute(QUERY, [str(file)]).fetchall()}


def by_custmaster(file: Path, mapping: Path) -> set[str]:
    """The records on which `custmaster check` remarks DOCUMENT_CHECK_DIGIT."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "findings.jsonl")
        command = [
            sys.executable,
            "-m",
            "custmaster.cli",
            "check",
            str(file),
            "--mapping",
            str(mapping),
            "--out",
            str(out),
            "--json",
        ]
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
        lines = map(json.loads, out.read_text("utf-8").splitlines())
        return {found["record"] for found in lines if found["code"] == "DOCUMENT_CHECK_DIGIT"}


def main() -> int:
    """Compare the two."""
    file, mapping = Path(sys.argv[1]), Path(sys.argv[2])
    expected, found = by_sql(file), by_custmaster(file, mapping)
    missed, invented = len(expected - found), len(found - expected)
    print(f"SQL {len(expected):,}  custmaster {len(found):,}  missed {missed}  invented {invented}")
    return 1 if missed or invented else 0


if __name__ == "__main__":
    raise SystemExit(main())
