"""The existence check inside a file against the truth: how often each verdict, and whether the two rows are one customer.

    python tests/bench/existence_quality.py MAPPING.toml FILE.csv

The file has a column `cluster_id` that says who is who, and `rec_id` that the mapping names as source key. EXISTS-class precision is the
share of EXISTS verdicts that point to a row of the same cluster.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path


def findings(mapping: str, file: str) -> list[dict[str, object]]:
    """What the command says about whole rows."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "findings.jsonl")
        words = [
            "check",
            file,
            "--mapping",
            mapping,
            "--as-of",
            "2026-11-23",
            "--out",
            str(out),
            "--json",
        ]
        subprocess.run([sys.executable, "-m", "custmaster.cli", *words], stdout=subprocess.DEVNULL, check=False)
        told = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    return [one for one in told if "evidence" in one["facts"]]


def main() -> None:
    """Print one line a verdict, and the recall over all rows that are not the first of their cluster."""
    mapping, file = sys.argv[1:]
    with Path(file).open(encoding="utf-8", newline="") as stream:
        cluster = {row["rec_id"]: row["cluster_id"] for row in csv.DictReader(stream)}
    right, wrong = Counter[object](), Counter[object]()
    for one in findings(mapping, file):
        same = cluster[str(one["record"])] == cluster[str(one["facts"]["number"])]  # type: ignore[index]
        (right if same else wrong)[one["code"]] += 1
    repeated = len(cluster) - len(set(cluster.values()))
    print(f"{len(cluster):,} rows, {repeated:,} of them not the first of their cluster")
    print(f"{'verdict':24} {'same cluster':>12} {'another':>8} {'precision':>9}")
    for code in sorted(right | wrong, key=str):
        print(f"{code!s:24} {right[code]:12,} {wrong[code]:8,} {right[code] / (right[code] + wrong[code]):9.5f}")
    print(f"rows of a known customer that were pointed to it: {right.total() / max(repeated, 1):.4f}")


if __name__ == "__main__":
    main()
