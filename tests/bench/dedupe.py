"""Who is in a file twice: seconds from the start of the process, memory with the workers, and quality beside the truth, at several sizes.

usage: dedupe.py docs/examples/cust.toml cust_100k.parquet cust_1m.parquet ... [--engine duckdb|python] [--truth cluster_id]
The files come from the generator of the benchmark (gen_customers.py); each runs in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path


def peak_of(process: subprocess.Popen[bytes], found: list[int]) -> None:
    """The greatest memory of the process and its children together, looked at twenty times a second (Linux)."""
    while process.poll() is None:
        total = 0
        for status in Path("/proc").glob("[0-9]*/status"):
            try:
                text = status.read_text()
            except OSError:
                continue
            fields = dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
            if process.pid in (int(fields["Pid"]), int(fields["PPid"])):
                total += int(fields.get("VmRSS", "0 kB").split()[0])
        found[0] = max(found[0], total)
        time.sleep(0.05)


def run(arguments: argparse.Namespace, file: str, folder: str) -> str:
    out = str(Path(folder) / "clusters.parquet")
    command = [sys.executable, "-m", "custmaster.cli", "dedupe", file, "--mapping", arguments.mapping, "--json"]
    command += ["--engine", arguments.engine, "--out", out]
    if arguments.truth:
        answer = json.loads(
            subprocess.run([*command, "--truth", arguments.truth], capture_output=True, check=False).stdout
        )
    else:
        answer = {}
    peak, begin = [0], time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    watcher = threading.Thread(target=peak_of, args=(process, peak))
    watcher.start()
    told = json.loads(process.communicate()[0])
    seconds = time.perf_counter() - begin
    watcher.join()
    quality = ""
    if answer:
        both, alone = answer["pairwise"], answer["automatic"]
        quality = f"F1 {both['f1']:.4f}  automatic precision {alone['precision']:.5f} recall {alone['recall']:.4f}"
    return f"{Path(file).name:24} {told['records']:>12,} {seconds:8.2f} {peak[0] // 1024:8,} MB  {quality}"


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("mapping")
    options.add_argument("files", nargs="+")
    options.add_argument("--engine", default="duckdb")
    options.add_argument("--truth")
    arguments = options.parse_args()
    print(f"{'file':24} {'records':>12} {'seconds':>8} {'peak':>11}")
    with tempfile.TemporaryDirectory() as folder:
        for file in arguments.files:
            print(run(arguments, file, folder), flush=True)
    print(f"processor time of all: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime:.1f} s")


if __name__ == "__main__":
    main()
