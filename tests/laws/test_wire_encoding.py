"""Law: a file of Chinese lines is recognised in each encoding, and a mixture of two is never read as one."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custmaster.errors import UnusableInput
from custmaster.wire import recognise

# The characters of names and addresses as people write them: GB 2312, level 1.
COMMON = [bytes([lead, trail]).decode("gb18030") for lead in range(0xB0, 0xD7) for trail in range(0xA1, 0xFF)]
words = st.lists(st.sampled_from(COMMON), min_size=2, max_size=12).map("".join)
lines = st.builds("{},{},{}".format, st.integers(0, 10**6), words, words)
# A row as a customer file has them: name and address.
files = st.lists(lines, min_size=1, max_size=20)


def recognised(data: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "c.csv"
        path.write_bytes(data)
        return recognise(path)


def encoded(texts: list[str], codec: str) -> bytes:
    return "".join(f"{text}\n" for text in texts).encode(codec)


@given(files)
def test_a_file_in_one_encoding_is_recognised(texts: list[str]) -> None:
    data = "".join(f"{text}\n" for text in ["客户姓名,联系地址", *texts])
    assert recognised(data.encode()) == "utf-8"
    assert recognised(data.encode("gb18030")) == "gb18030"
    assert recognised(data.encode("utf-8-sig")) == "utf-8-sig"
    assert recognised(data.encode("utf-16")) == "utf-16"


@given(files, files, st.booleans())
def test_a_file_in_two_encodings_is_refused(first: list[str], second: list[str], utf8_first: bool) -> None:
    codecs = ("utf-8", "gb18030") if utf8_first else ("gb18030", "utf-8")
    data = encoded(["姓名在北京市", *first], codecs[0]) + encoded(["姓名在北京市", *second], codecs[1])
    with pytest.raises(UnusableInput, match="two encodings"):
        recognised(data)
