"""The match keys of text: `exact` may decide that two names are equal, `variant` makes them suspects at most.

Both are for comparing and are never written back: the raw text stays what is shown and printed. Both are idempotent, and a
column gives what its texts give one by one. Equal exact keys have equal variant keys.

What `exact` does, in this order: NFC; full-width ASCII to ASCII and brackets （） to (); name separators (间隔号) to U+00B7;
upper case; removal of invisible, bidirectional and control characters; spaces; '.' between two hanzi to U+00B7; NFC again.
NFC and not NFKC, so that ① is not 1 and ㈱ is not (株): those are different registered names.

- **Spaces.** A run of spaces between two words of a spaced script (Latin, Cyrillic, Tibetan, digits ...) becomes one space and
  stays, so that ANNA LEE and ANNAL EE are two names. At an end, beside a hanzi, kana, Hangul or Yi character and beside
  punctuation it is removed.
- **Upper case** is that of Unicode without a language: ß is SS (as in a passport), dotless ı is I, dotted İ stays itself.
- **Invisible characters** include the joiners (U+200C, U+200D) and the Mongolian and other variation selectors. They change how
  a name is drawn, seldom which name it is; combining marks, vowel signs and the Tibetan tsheg all stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from itertools import islice
from typing import Final, NamedTuple

from custmaster.value import _packaged
from custmaster.value._chars import (
    BIDI,
    CONTROL,
    DAMAGE,
    HANZI,
    INVISIBLE,
    SEPARATORS,
    SPACE,
    UNSPACED,
    WIDE,
    Ranges,
    character_class,
    members,
)

__all__ = [
    "Mark",
    "exact",
    "exact_column",
    "is_plain",
    "marks",
    "plain_class",
    "unclean_rows",
    "variant",
    "variant_column",
]

_BMP: Final = 0x10000
# Rows folded in one call: large enough to drown the cost of the call, small enough to stay in the processor's cache.
_CHUNK: Final = 8192
# From one unclean text in eight on, folding the whole chunk is cheaper than picking out the unclean ones.
_SPARSE: Final = 8
# Texts of these alone are their own exact key; the great majority of a Chinese bank's names.
_LATIN: Final = "0-9A-Z()\u00b7"
_HAN: Final[Ranges] = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF))
_ASTRAL: Final = re.compile("[\U00010000-\U0010ffff]")


class Mark(StrEnum):
    """What a person should look at in a text; nothing is hidden by folding that is not also marked.

    INVISIBLE: characters that print nothing. BIDI: controls of the writing direction. CONTROL: control characters and line ends.
    DAMAGED: '?', '*', boxes, pictographs, private use, U+FFFD and code points that are no character. WIDTH: full-width letters
    and digits, and in a text without hanzi any full-width form. SPACES: at an end, doubled, beside a hanzi, or not U+0020.
    """

    INVISIBLE = "INVISIBLE"
    BIDI = "BIDI"
    CONTROL = "CONTROL"
    DAMAGED = "DAMAGED"
    WIDTH = "WIDTH"
    SPACES = "SPACES"


class _Key(NamedTuple):
    """One of the two keys, as tables: which texts it leaves alone, which lines it may change, what becomes of each character."""

    clean_text: re.Pattern[str]
    unclean_line: re.Pattern[str]
    bmp: list[str]
    astral: Mapping[str, str]


def exact(text: str) -> str:
    """The key that may decide that two texts are equal: width, separator, case, spaces and invisible characters folded.

    Never raises on a str. Source: requirements.md B4.

    >>> exact("Ａnna  lee "), exact("买买提•艾合 买提"), exact("某某（北京）公司")
    ('ANNA LEE', '买买提·艾合买提', '某某(北京)公司')
    """
    return _one(text, _exact_key())


def variant(text: str) -> str:
    """The exact key with traditional, variant and rare characters folded too: a hint that two texts may be the same name.

    Never raises on a str. Source: requirements.md B4, B8.10; the table is OpenCC's, see NOTICE.

    >>> variant("張偉"), variant("馬頔") == variant("马𬱖")
    ('张伟', True)
    """
    return _one(text, _variant_key())


def is_plain(text: str) -> bool:
    """Whether a text is its own exact and variant key and bears no mark: one look, and nothing else need be asked.

    >>> is_plain("张伟"), is_plain("張偉"), is_plain("张 伟")
    (True, False, False)
    """
    return _variant_key().clean_text.fullmatch(text) is not None


def exact_column(texts: Sequence[str]) -> list[str]:
    r"""`exact` of each text, in a fraction of the time.

    >>> exact_column(["张 伟", "", "a\nb"])
    ['张伟', '', 'A B']
    """
    return _column(texts, _exact_key())


def variant_column(texts: Sequence[str]) -> list[str]:
    """`variant` of each text, in a fraction of the time.

    >>> variant_column(["張 偉", ""])
    ['张伟', '']
    """
    return _column(texts, _variant_key())


def unclean_rows(texts: Sequence[str]) -> list[int]:
    """The places of the texts that `is_plain` does not hold for, in a fraction of the time; none of them may hold a line end.

    >>> unclean_rows(["张伟", "張偉", "", "张 伟"])
    [1, 3]
    """
    joined = "\n".join(texts)
    return _rows_at(joined, [match.start() for match in _variant_key().unclean_line.finditer(joined)])


def marks(text: str) -> tuple[Mark, ...]:
    """What a person should look at in `text`, in the order of `Mark`; nothing for a clean one.

    >>> marks("张伟"), marks("张\u200b?"), marks("ANNA LEE")
    ((), (<Mark.INVISIBLE: 'INVISIBLE'>, <Mark.DAMAGED: 'DAMAGED'>), ())
    """
    unusual, doubtful = _doubts()
    if not unusual.search(text) or not doubtful.search(text):
        return ()
    return tuple(mark for mark, pattern in _mark_patterns().items() if pattern.search(text))


def plain_class(*, variants: bool) -> str:
    """The inside of a character class: texts of these alone are their own exact key, and without `variants` their own variant key too.

    For whoever asks another engine than Python's which texts are clean; the characters stand there themselves.
    """
    points = [point for point in members(_HAN) if variants or chr(point) not in _han_pairs()]
    return _LATIN + re.sub(r"\\U([0-9a-f]{8})", lambda point: chr(int(point[1], 16)), _spans(points))


def _one(text: str, key: _Key) -> str:
    return text if key.clean_text.fullmatch(text) else _block(text.replace("\n", " "), key)


def _column(texts: Sequence[str], key: _Key) -> list[str]:
    folded: list[str] = []
    for start in range(0, len(texts), _CHUNK):
        folded += _chunk(texts[start : start + _CHUNK], key)
    return folded


def _chunk(texts: Sequence[str], key: _Key) -> Sequence[str]:
    """The lever of house.md, "Batch": one call for many texts, and none for those that are clean."""
    joined = "\n".join(texts)
    if joined.count("\n") >= len(texts):
        texts = [text.replace("\n", " ") for text in texts]
        joined = "\n".join(texts)
    limit = len(texts) // _SPARSE
    begins = [match.start() for match in islice(key.unclean_line.finditer(joined), limit + 1)]
    if not begins:
        return texts
    if len(begins) > limit:
        return _block(joined, key).split("\n")
    rows = _rows_at(joined, begins)
    lines = _block("\n".join([texts[row] for row in rows]), key).split("\n")
    folded = list(texts)
    for row, line in zip(rows, lines, strict=True):
        folded[row] = line
    return folded


def _rows_at(joined: str, begins: list[int]) -> list[int]:
    """Which line begins at each of these places: a count of line ends, which is fast, from one place to the next."""
    rows, row, counted = list[int](), 0, 0
    for begin in begins:
        row += joined.count("\n", counted, begin)
        counted = begin
        rows.append(row)
    return rows


def _block(lines: str, key: _Key) -> str:
    """Fold lines, apart by U+000A, which is the one character that every step leaves alone."""

    def astral(match: re.Match[str]) -> str:
        char = match[0]
        return key.astral[char] if char in key.astral else char.upper()

    lines = _ASTRAL.sub(astral, unicodedata.normalize("NFC", lines).translate(key.bmp))
    if " " in lines:
        lines = re.sub(" {2,}", " ", lines) if "  " in lines else lines
        lines = _needless_space().sub("", lines)
    if "." in lines:
        lines = _dot_of_a_name().sub("\u00b7", lines)
    return unicodedata.normalize("NFC", lines)


@cache
def _needless_space() -> re.Pattern[str]:
    unspaced = character_class(UNSPACED)
    # Both alternatives look around after the literal space: the engine then leaps from space to space.
    return re.compile(f" (?:(?![^{unspaced}])|(?<![^{unspaced}] ))")


@cache
def _dot_of_a_name() -> re.Pattern[str]:
    hanzi = character_class(HANZI)
    return re.compile(rf"(?<=[{hanzi}])\.(?=[{hanzi}])")


@cache
def _exact_key() -> _Key:
    removed = [point for ranges in (CONTROL, BIDI, INVISIBLE) for point in members(ranges)]
    bmp = [chr(point).upper() for point in range(_BMP)]
    for point in removed:
        if point < _BMP:
            bmp[point] = ""
    for point in members(SPACE):
        bmp[point] = " "
    for point in members(WIDE):
        bmp[point] = chr(point - 0xFEE0).upper()
    for char in SEPARATORS:
        bmp[ord(char)] = "\u00b7"
    bmp[0xFE59], bmp[0xFE5A], bmp[0x0A] = "(", ")", "\n"
    clean = _LATIN + character_class(_HAN)
    return _Key(*_sieves(clean), bmp, {chr(point): "" for point in removed if point >= _BMP})


@cache
def _variant_key() -> _Key:
    base, same = _exact_key(), _han_pairs()
    bmp = base.bmp.copy()
    for char, end in same.items():
        if ord(char) < _BMP:
            bmp[ord(char)] = end
    clean = _LATIN + _spans([point for point in members(_HAN) if chr(point) not in same])
    return _Key(*_sieves(clean), bmp, {**base.astral, **same})


def _sieves(clean: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A text that is clean, and a line of several that is not."""
    # Possessive: what was clean is never tried again, so the search is linear in the length of the text.
    return re.compile(f"[{clean}]*+"), re.compile(rf"^[{clean}]*+[^\n{clean}][^\n]*", re.MULTILINE)


def _spans(points: list[int]) -> str:
    """Ascending code points as the inside of a character class, neighbours drawn together."""
    starts = [point for before, point in zip([-1, *points], points, strict=False) if point != before + 1]
    ends = [point for point, after in zip(points, [*points[1:], -1], strict=True) if after != point + 1]
    return character_class(tuple(zip(starts, ends, strict=True)))


@cache
def _han_pairs() -> dict[str, str]:
    """Each variant and what stands for it in the key, both tables together, followed to the end of every chain."""
    pairs = {line[0]: line[1] for line in _entries("han_variants.txt")}
    for line in _entries("rare_pairs.txt"):
        left, right = (chr(int(point, 16)) for point in line.split(" ")[:2])
        end = pairs.get(right, right)
        pairs.update({char: end for char, other in pairs.items() if other == left})
        pairs[left] = end
    return pairs


def _entries(name: str) -> list[str]:
    return [line for line in _packaged.read_text(name).split("\n") if line and not line.startswith("#")]


@cache
def _doubts() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Two sieves before the marks: the first passes every name without a space, the second also words with one space between."""
    plain = "!-)+->@-~"
    unusual = f"[^{plain}\u00b7{character_class(_HAN)}]"
    return re.compile(unusual), re.compile(f" (?![{plain}])|(?<![{plain}]) |[^ {unusual[2:]}")


@cache
def _mark_patterns() -> Mapping[Mark, re.Pattern[str]]:
    hanzi, wide = character_class(HANZI), character_class(WIDE)
    odd = character_class(tuple(span for span in SPACE if span != (0x20, 0x20)))
    return {
        Mark.INVISIBLE: re.compile(f"[{character_class(INVISIBLE)}]"),
        Mark.BIDI: re.compile(f"[{character_class(BIDI)}]"),
        Mark.CONTROL: re.compile(f"[{character_class(CONTROL)}]"),
        Mark.DAMAGED: re.compile(f"[{character_class(DAMAGE)}]"),
        Mark.WIDTH: re.compile(rf"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]|\A(?=[^{hanzi}]*+\Z)[^{wide}]*+[{wide}]"),
        Mark.SPACES: re.compile(rf"\A | \Z|[{odd}]| [ {hanzi}]|[{hanzi}] "),
    }
