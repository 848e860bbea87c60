"""Which characters count as what in text about people: ranges of code points, each with its reason.

The ranges are literal, not asked of `unicodedata`, so that a key does not change with the Python that computes it. (NFC and
upper case do follow the Unicode version of the Python, for characters that were assigned after Unicode 14.)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

__all__ = [
    "BIDI",
    "CONTROL",
    "DAMAGE",
    "HANZI",
    "INVISIBLE",
    "SEPARATORS",
    "SPACE",
    "UNSPACED",
    "WIDE",
    "Ranges",
    "character_class",
    "members",
]

Ranges = tuple[tuple[int, int], ...]

# White space in any script; U+2800 is the blank Braille pattern, which prints nothing and is typed as a space.
SPACE: Final[Ranges] = (
    (0x09, 0x0D), (0x1C, 0x1F), (0x20, 0x20), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A),
    (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x2800, 0x2800), (0x3000, 0x3000),
)  # fmt: skip
# Controls of C0 and C1, and the two Unicode line ends.
CONTROL: Final[Ranges] = ((0x00, 0x1F), (0x7F, 0x9F), (0x2028, 0x2029))
# Marks and overrides of the writing direction (UAX 9).
BIDI: Final[Ranges] = ((0x061C, 0x061C), (0x200E, 0x200F), (0x202A, 0x202E), (0x2066, 0x2069))
# Unicode's Default_Ignorable_Code_Point less the above: soft hyphen, joiners, fillers (U+115F, U+1160, U+3164, U+FFA0), Khmer
# inherent vowels, variation selectors, byte order mark, tags; and the interlinear anchors U+FFF9-FFFB. Format characters that
# print (Arabic number signs and their like) are not here.
INVISIBLE: Final[Ranges] = (
    (0xAD, 0xAD), (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200D),
    (0x2060, 0x2065), (0x206A, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFB), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip
# What older systems leave where a character could not be stored (requirements.md B4): '?' and '*', boxes and the geta mark,
# the replacement characters, pictographs, private use, surrogates and noncharacters.
DAMAGE: Final[Ranges] = (
    (0x2A, 0x2A), (0x3F, 0x3F), (0x25A0, 0x25A1), (0x25FB, 0x25FC), (0x3013, 0x3013), (0xD800, 0xF8FF),
    (0xFDD0, 0xFDEF), (0xFF0A, 0xFF0A), (0xFF1F, 0xFF1F), (0xFFFC, 0xFFFF), (0x1F300, 0x1FAFF),
    *((plane + 0xFFFE, plane + 0xFFFF) for plane in range(0x10000, 0xF0000, 0x10000)), (0xF0000, 0x10FFFF),
)  # fmt: skip
# Full-width ASCII.
WIDE: Final[Ranges] = ((0xFF01, 0xFF5E),)
# Hanzi; private use counts as one, for that is what a Chinese bank's private-use code point stands for.
HANZI: Final[Ranges] = (
    (0x3005, 0x3007), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xE000, 0xFAFF), (0x20000, 0x3FFFF), (0xF0000, 0x10FFFF),
)  # fmt: skip
# Beside these a space says nothing: scripts written without spaces between words (Han, kana, bopomofo, Hangul in names, Yi)
# with their punctuation, the name separator, general and ASCII punctuation. 0x0A is here as the edge of a line.
UNSPACED: Final[Ranges] = (
    (0x0A, 0x0A), (0x21, 0x2F), (0x3A, 0x40), (0x5B, 0x60), (0x7B, 0x7E), (0xB7, 0xB7), (0x1100, 0x11FF), (0x2010, 0x2027),
    (0x2030, 0x205E), (0x2E80, 0xA4CF), (0xA960, 0xA97F), (0xAC00, 0xD7FF), (0xE000, 0xFAFF), (0xFE30, 0xFE6F),
    (0xFF00, 0xFFEF), (0x20000, 0x3FFFF), (0xF0000, 0x10FFFF),
)  # fmt: skip
# What is typed for the separator of a name (间隔号) in place of U+00B7 (requirements.md B4).
SEPARATORS: Final = "\u2022\u2027\u30fb\uff65\u2219\u22c5\u0387"


def members(ranges: Ranges) -> Iterator[int]:
    """Every code point of `ranges`, in order.

    >>> [hex(point) for point in members(((0x2028, 0x2029), (0x3000, 0x3000)))]
    ['0x2028', '0x2029', '0x3000']
    """
    return (point for low, high in ranges for point in range(low, high + 1))


def character_class(*groups: Ranges) -> str:
    r"""`groups` as the inside of a character class of a regular expression.

    >>> character_class(((0x5B, 0x5D),), ((0x41, 0x41),))
    '\\U0000005b-\\U0000005d\\U00000041-\\U00000041'
    """
    return "".join(rf"\U{low:08x}-\U{high:08x}" for ranges in groups for low, high in ranges)
