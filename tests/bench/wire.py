"""How long a row takes to read and to structure, and how much memory that needs: one line for each file named.

usage: wire.py MAPPING FILE [FILE ...]     each file is measured in a process of its own
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

from custmaster.wire import compile_structure, load_mapping, open_table


def resident() -> float:
    """The memory of this process now, in MB; 0 where the system does not tell."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * resource.getpagesize() / 1e6 if statm.exists() else 0.0


def measure(mapping_file: Path, path: Path) -> str:
    mapping = load_mapping(mapping_file.read_text(encoding="utf-8"), mapping_file.name)
    before = resident()
    began = time.perf_counter()
    with open_table(path, mapping) as table:
        opened = time.perf_counter()
        count = sum(1 for _ in table.rows)
    read = time.perf_counter()
    with open_table(path, mapping) as table:
        structure = compile_structure(mapping, table.header, typed=table.typed)
        reopened = time.perf_counter()
        remarks = sum(len(structure(row).remarks) for row in table.rows)
    done = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    survey, cells = (opened - began) / count * 1e6, (read - opened) / count * 1e6
    both = (done - reopened) / count * 1e6
    return (
        f"{path.name:<22} {count:>9,} rows  open {survey:5.2f}  read {cells:5.2f}  read+structure {both:5.2f} us/row  "
        f"{remarks:>6,} remarks  before {before:4.0f} MB  peak {peak:4.0f} MB"
    )


def main() -> None:
    mapping, *files = map(Path, sys.argv[1:])
    if len(files) == 1:
        print(measure(mapping, files[0]))
        return
    for path in files:
        subprocess.run([sys.executable, __file__, mapping, path], check=True)


if __name__ == "__main__":
    main()
