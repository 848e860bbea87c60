"""Line numbers found in the text itself."""

from __future__ import annotations

import pytest

from custmaster.handbook.locate import Lines, broken_at

TEXT = """\
top = 1
[[a.b]]   # first
from = 1
  value = [
    "x",
  ]
article = "y"
[[ "a" . b ]]
from = 2
[a.c]
'from' = 3
"""


def test_headers_and_attributes() -> None:
    lines = Lines(TEXT)
    assert [lines.of("a.b", 0, name) for name in ("from", "value", "article", "until", "")] == [3, 4, 7, 2, 2]
    assert lines.of("a.b", 1, "from") == 9
    assert lines.of("a.b", 1, "value") == 8
    assert lines.of("a.b", 2, "from") is None
    assert lines.of("a.c", 0, "from") == 10
    assert lines.of("zz") is None


def test_under() -> None:
    lines = Lines(TEXT)
    assert (lines.under("a"), lines.under("a.c"), lines.under("top"), lines.under("b")) == (2, 10, 1, None)


@pytest.mark.parametrize(
    ("message", "line"),
    [
        ("Invalid value (at line 12, column 3)", 12),
        ("Unclosed array (at end of document)", 4),
        ("Exceeds the limit (4300 digits) for integer string conversion", 4),
    ],
)
def test_broken_at(message: str, line: int) -> None:
    assert broken_at(message, "a\nb\nc\nd") == line
    assert broken_at("at end of document", "") == 1
