"""Make `src/custmaster/_data/han_variants.txt` from OpenCC (a development tool only): python .ci/make_han_table.py [--check]."""

from __future__ import annotations

import sys
import unicodedata
from importlib import metadata
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "src" / "custmaster" / "_data" / "han_variants.txt"
HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x2F7FF), (0x30000, 0x3347F))
HEADER = """\
# Traditional and variant hanzi and the character that stands for them in a match key, one pair a line, by code point.
# Made by .ci/make_han_table.py from OpenCC {version}, t2s, character by character; Apache-2.0, see NOTICE.
# Closed under iteration: no character on the right stands on the left. Lossy: for match keys only, never written back.
"""


def pairs() -> dict[str, str]:
    """Every hanzi that OpenCC turns into one other hanzi, followed to the end of its chain."""
    import opencc

    convert = opencc.OpenCC("t2s").convert
    step: dict[str, str] = {}
    for low, high in HAN:
        for char in map(chr, range(low, high + 1)):
            other = convert(char)
            if other != char and len(other) == 1 and unicodedata.is_normalized("NFC", other):
                step[char] = other
    return {char: end for char in step if (end := _end(char, step)) != char}


def _end(char: str, step: dict[str, str]) -> str:
    """Where the chain that begins at `char` ends; of a ring, its least character."""
    seen = [char]
    while (following := step.get(seen[-1])) is not None:
        if following in seen:
            return min(seen[seen.index(following) :])
        seen.append(following)
    return seen[-1]


def render() -> str:
    """The whole text of the data file."""
    lines = "".join(f"{char}{end}\n" for char, end in sorted(pairs().items()))
    return HEADER.format(version=metadata.version("opencc")) + lines


def main(arguments: list[str]) -> int:
    """Write the file, or with --check say whether it is the one that would be written."""
    text = render()
    if arguments == ["--check"]:
        return 0 if TARGET.read_text(encoding="utf-8") == text else 1
    TARGET.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
