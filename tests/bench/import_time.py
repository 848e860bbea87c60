"""How long `import custmaster` takes beyond the bare interpreter: median of cold starts, in milliseconds.

    python tests/bench/import_time.py [RUNS] [LIMIT]

Ends with 1 when the median is over the limit (150 ms, house rule).
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

STATEMENTS = ("pass", "import custmaster", "from custmaster import *", "import custmaster.cli")


def start(statement: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True)
    return (time.perf_counter() - began) * 1000


def main() -> int:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    limit = float(sys.argv[2]) if len(sys.argv) > 2 else 150.0
    for statement in STATEMENTS:  # warm the file cache and the byte code
        start(statement)
    medians = {statement: statistics.median(start(statement) for _ in range(runs)) for statement in STATEMENTS}
    for statement, median in medians.items():
        print(f"{statement:28} {median - medians['pass']:7.1f} ms over the bare interpreter ({medians['pass']:.1f} ms)")
    return 1 if medians["import custmaster"] - medians["pass"] > limit else 0


if __name__ == "__main__":
    sys.exit(main())
