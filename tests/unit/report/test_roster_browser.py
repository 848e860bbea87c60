"""The page of a roster review in a real browser: drawn within its width, in both languages, and printed on A4 with its first page whole.

`CUSTMASTER_PICTURES` names a folder that keeps the pictures, to be looked at. Without Chromium or Chrome this is skipped.
"""

from __future__ import annotations

import os
import re
import shutil
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from custmaster.report.roster_page import roster_page

sys.path.insert(0, str(Path(__file__).parent))
from made_up_bank import bank

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
WIDTH, HEIGHT, GUTTER = 1280, 2400, 12
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on the path: apt-get install chromium"),
]


def shown(page: Path, *options: str) -> None:
    command = [
        str(BROWSER),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        *options,
        page.as_uri(),
    ]
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command.insert(1, f"--user-data-dir={profile}")
        subprocess.run(command, check=True, capture_output=True, timeout=120)


def pixels(picture: Path) -> list[bytes]:
    """The rows of a PNG of 8 bits a channel, as bytes."""
    data = picture.read_bytes()
    assert data.startswith(b"\x89PNG")
    place, packed, head = 8, b"", (0, 0, 0, 0)
    while place < len(data):
        size, kind = struct.unpack(">I4s", data[place : place + 8])
        body = data[place + 8 : place + 8 + size]
        if kind == b"IHDR":
            head = struct.unpack(">IIBB", body[:10])
        packed += body if kind == b"IDAT" else b""
        place += 12 + size
    width, height, depth, colour = head
    assert (width, height, depth) == (WIDTH, HEIGHT, 8)
    return unfiltered(zlib.decompress(packed), width * {2: 3, 6: 4}[colour], {2: 3, 6: 4}[colour])


def unfiltered(raw: bytes, stride: int, step: int) -> list[bytes]:
    rows: list[bytes] = []
    above = bytearray(stride)
    for start in range(0, len(raw), stride + 1):
        kind, row = raw[start], bytearray(raw[start + 1 : start + 1 + stride])
        for place in range(stride):
            left = row[place - step] if place >= step else 0
            corner = above[place - step] if place >= step else 0
            row[place] = (row[place] + predicted(kind, left, above[place], corner)) & 255
        rows.append(bytes(row))
        above = row
    return rows


def predicted(kind: int, left: int, up: int, corner: int) -> int:
    if kind < 3:
        return (0, left, up)[kind]
    if kind == 3:
        return (left + up) // 2
    guess = left + up - corner
    return min((abs(guess - left), 0, left), (abs(guess - up), 1, up), (abs(guess - corner), 2, corner))[2]


@pytest.fixture(params=["zh", "en"])
def page(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = Path(os.environ.get("CUSTMASTER_PICTURES", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"roster-{request.param}.html"
    path.write_text(roster_page(*bank(3), lang=request.param), encoding="utf-8")
    return path


def test_the_page_is_drawn_within_its_width(page: Path) -> None:
    picture = page.with_suffix(".png")
    shown(page, f"--window-size={WIDTH},{HEIGHT}", f"--screenshot={picture}")
    rows = pixels(picture)
    step = len(rows[0]) // WIDTH
    assert all(set(row[-GUTTER * step :]) == {255} for row in rows), "something reaches over the right edge"
    colours = {bytes(row[place : place + 3]) for row in rows for place in range(0, len(row), step)}
    assert {b"\x8f\xb8\xde", b"\x8c\x2d\x04"} <= colours, "bars that reach and bars that miss their target are drawn"


def test_the_page_is_printed_on_a4_with_its_first_page_whole(page: Path) -> None:
    sheet = page.with_suffix(".pdf")
    shown(page, "--no-pdf-header-footer", f"--print-to-pdf={sheet}")
    printed = sheet.read_bytes()
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert {(round(float(wide)), round(float(high))) for wide, high in boxes} == {(595, 842)}
    assert 4 <= len(boxes) <= 8


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_first_page_of_a_large_bank_is_one_sheet(lang: str, tmp_path: Path) -> None:
    whole = roster_page(*bank(77), lang=lang)
    first, closed, _ = whole.partition("</section>")
    assert 'class="first"' in first
    path, sheet = tmp_path / "first.html", tmp_path / "first.pdf"
    path.write_text(f"{first}{closed}</body></html>", encoding="utf-8")
    shown(path, "--no-pdf-header-footer", f"--print-to-pdf={sheet}")
    assert len(re.findall(rb"/MediaBox", sheet.read_bytes())) == 1
