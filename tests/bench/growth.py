"""How long `custmaster dedupe` takes as files grow, drawn: python tests/bench/growth.py OUT.svg MAPPING.toml FILE...

Both scales are logarithmic; the dashed line is n log n through the second file, for in the first the start of the processes counts most.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WIDTH, HEIGHT, EDGE = 640, 400, 60


def measured(mapping: str, file: str) -> tuple[int, float]:
    """Rows of a file and seconds of the command, from process start to end."""
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder, "out.parquet"))
        command = [sys.executable, "-m", "custmaster.cli", "dedupe", file, "--mapping", mapping, "--out", out, "--json"]
        begun = time.perf_counter()
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
        return json.loads(done.stdout)["records"], time.perf_counter() - begun


def drawn(points: list[tuple[int, float]]) -> str:
    """The points and the line as SVG."""
    rows, seconds = points[min(1, len(points) - 1)]
    line = [(n, seconds * n * math.log(n) / (rows * math.log(rows))) for n, _ in points]
    every = [*points, *line]
    left, right = math.log10(min(n for n, _ in every)), math.log10(max(n for n, _ in every))
    low, high = math.log10(min(s for _, s in every)), math.log10(max(s for _, s in every))

    def at(n: float, s: float) -> tuple[float, float]:
        x = EDGE + (math.log10(n) - left) / max(right - left, 1) * (WIDTH - 2 * EDGE)
        y = HEIGHT - EDGE - (math.log10(s) - low) / max(high - low, 1) * (HEIGHT - 2 * EDGE)
        return round(x, 1), round(y, 1)

    shapes = ['<rect width="100%" height="100%" fill="white"/>']
    path = " ".join(f"{x},{y}" for x, y in (at(*point) for point in line))
    shapes.append(f'<polyline points="{path}" fill="none" stroke="gray" stroke-dasharray="6 4"/>')
    path = " ".join(f"{x},{y}" for x, y in (at(*point) for point in points))
    shapes.append(f'<polyline points="{path}" fill="none" stroke="black"/>')
    for n, s in points:
        x, y = at(n, s)
        shapes.append(f'<circle cx="{x}" cy="{y}" r="4"/>')
        shapes.append(f'<text x="{x}" y="{y - 10}" text-anchor="middle">{n:,} rows: {s:.1f} s</text>')
    shapes.append(f'<text x="{WIDTH / 2}" y="{HEIGHT - 15}" text-anchor="middle">dashed: n log n</text>')
    inner = "\n".join(shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13">\n'
        f"{inner}\n</svg>\n"
    )


def main() -> None:
    """Measure each file, print a line for it, write the drawing."""
    out, mapping, *files = sys.argv[1:]
    points = sorted(measured(mapping, file) for file in files)
    for rows, seconds in points:
        print(
            f"{rows:>12,} rows {seconds:8.1f} s {seconds / (rows * math.log(rows)) * 1e9:8.1f} ns a row and log of the rows"
        )
    Path(out).write_text(drawn(points), encoding="utf-8")


if __name__ == "__main__":
    main()
