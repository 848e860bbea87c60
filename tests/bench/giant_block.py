"""A hundred thousand rows behind one telephone beside a file: seconds, peak memory, and whether others are harmed.

    python tests/bench/giant_block.py MAPPING.toml FILE.csv

FILE has the columns of the generated customers. The telephone once stands among the known placeholders and once does not.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

CROWD = 100_000
PLACEHOLDER, UNKNOWN = "13800000000", "13911112222"


def with_crowd(file: Path, target: Path, mobile: str) -> None:
    """The file with the crowd behind it."""
    with file.open(encoding="utf-8", newline="") as source, target.open("w", encoding="utf-8", newline="") as out:
        rows = csv.DictReader(source)
        writer = csv.DictWriter(out, rows.fieldnames or ())
        writer.writeheader()
        writer.writerows(rows)
        writer.writerows({"rec_id": f"x{at}", "name": "王小明", "mobile": mobile} for at in range(CROWD))


def run(mapping: str, file: Path, out: Path) -> dict[str, Any]:
    """The command in a process of its own, with its seconds and the peak memory of it and its children together, sampled."""
    command = [
        sys.executable,
        "-m",
        "custmaster.cli",
        "dedupe",
        str(file),
        "--mapping",
        mapping,
        "--out",
        str(out),
        "--json",
    ]
    begun, peak = time.perf_counter(), 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max(peak, memory(process.pid))
            time.sleep(0.02)
        said = process.stdout.read() if process.stdout is not None else b"{}"
    return json.loads(said) | {"seconds": time.perf_counter() - begun, "megabytes": peak / 2**20}


def memory(process: int) -> int:
    """The resident memory of a process and its descendants."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except (OSError, IndexError):
        return 0
    return pages * 4096 + sum(memory(int(child)) for child in children)


def others(out: Path) -> list[str]:
    """The lines of those who are not of the crowd."""
    return [line for line in out.read_text("utf-8").splitlines() if not line.startswith("x")]


def main() -> None:
    """Print one line for the file alone and one for each telephone."""
    mapping, name = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        out, many = Path(folder, "out.csv"), Path(folder, "many.csv")
        told = run(mapping, Path(name), out)
        alone = others(out)
        print(f"alone: {told['seconds']:.1f} s, {told['megabytes']:.0f} MB, not compared {told['not_compared']}")
        for mobile in (PLACEHOLDER, UNKNOWN):
            with_crowd(Path(name), many, mobile)
            told = run(mapping, many, out)
            harm = "unharmed" if others(out) == alone else "HARMED"
            print(
                f"{mobile}: {told['seconds']:.1f} s, {told['megabytes']:.0f} MB, not compared {told['not_compared']}, others {harm}"
            )


if __name__ == "__main__":
    main()
