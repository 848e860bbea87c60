from __future__ import annotations

from pathlib import Path

import pytest

from custmaster.errors import UnusableInput
from custmaster.wire import encoding
from custmaster.wire.encoding import recognise, survey

CHINESE = "客户姓名,地址\n张伟,北京市朝阳区人民路1号\n王芳,上海市浦东新区\n"


def write(folder: Path, *parts: bytes) -> Path:
    path = folder / "customers.csv"
    path.write_bytes(b"".join(parts))
    return path


@pytest.mark.parametrize(
    ("codec", "expected"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gb18030", "gb18030"),
        ("gb2312", "gb18030"),
        ("utf-16", "utf-16"),
    ],
)
def test_each_encoding_is_recognised(tmp_path: Path, codec: str, expected: str) -> None:
    assert recognise(write(tmp_path, CHINESE.encode(codec))) == expected


@pytest.mark.parametrize("text", ["name\nZhang\n", "", "name\nMüller\n", "name\nИван Петров\n", "name\nJosé·María\n"])
def test_ascii_and_western_texts_are_utf8(tmp_path: Path, text: str) -> None:
    assert recognise(write(tmp_path, text.encode())) == "utf-8"


@pytest.mark.parametrize("endian", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_named(tmp_path: Path, endian: str) -> None:
    with pytest.raises(UnusableInput, match="UTF-16 without a byte order mark"):
        recognise(write(tmp_path, "name,id\nZhang,1\n张伟,2\n".encode(endian)))


def test_utf32_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="UTF-32"):
        recognise(write(tmp_path, CHINESE.encode("utf-32")))


def test_a_mixed_file_is_refused_with_the_first_line_of_each(tmp_path: Path) -> None:
    head = b"name\nA\n"
    path = write(tmp_path, head, "张伟在北京\n".encode("gb18030"), "李娜\n".encode(), "王芳\n".encode("gb18030"))
    with pytest.raises(UnusableInput, match="line 4 is written in UTF-8 and line 3 in GB18030"):
        recognise(path)


def test_a_mixed_file_is_refused_though_gb18030_reads_all_of_it(tmp_path: Path) -> None:
    # 你好 in UTF-8 is 浣犲ソ in GB18030: a decoder alone sees nothing wrong.
    data = "张伟在北京\n".encode("gb18030") + "你好\n".encode()
    data.decode("gb18030")
    with pytest.raises(UnusableInput, match="line 2 is written in UTF-8 and line 1 in GB18030"):
        recognise(write(tmp_path, data))


def test_a_gb18030_word_that_is_valid_utf8_does_not_make_a_file_mixed(tmp_path: Path) -> None:
    # 眉 is C3 BC, which is also ü in UTF-8.
    path = write(tmp_path, "name\n眉\n张伟\n".encode("gb18030"))
    assert recognise(path) == "gb18030"


def test_mixed_lines_far_apart_are_found_in_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "_CHUNK", 64)
    lines = ["张伟在北京朝阳\n".encode()] * 200 + ["王芳\n".encode("gb18030")]
    with pytest.raises(UnusableInput, match="line 1 is written in UTF-8 and line 201 in GB18030"):
        recognise(write(tmp_path, *lines))


def test_bytes_that_are_neither_are_named_by_line(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="neither as UTF-8 nor as GB18030") as refused:
        recognise(write(tmp_path, b"name\nA\n\xff\xfe\xff\n"))
    assert refused.value.where == "line 3"


def test_a_file_that_could_be_either_is_refused_with_the_remedy(tmp_path: Path) -> None:
    # 拢拧 is C2 A3 C5 A1: pound sign and š.
    data = b"name\n" + b"\xc5\xa1\xd7\xa1\n"
    with pytest.raises(UnusableInput, match="both as UTF-8 and as GB18030") as refused:
        recognise(write(tmp_path, data))
    assert "encoding" in refused.value.remedy
    assert survey(write(tmp_path, data), "gb18030").encoding == "gb18030"


@pytest.mark.parametrize("stated", ["utf-8", "gb18030", "utf-16"])
def test_a_stated_encoding_is_held_to(tmp_path: Path, stated: str) -> None:
    good = survey(write(tmp_path, CHINESE.encode(stated)), stated)
    assert (good.encoding, good.lines, good.has_nul) == (stated, 3, False)


@pytest.mark.parametrize(
    ("stated", "data", "where"),
    [
        ("utf-8", "a\n张\n".encode() + "张伟\n".encode("gb18030"), "line 3"),
        ("gb18030", b"a\n\xff\xff\n", "line 2"),
        ("utf-16", "a\nb\n".encode("utf-16") + b"\x00", "after line 2"),
        ("utf-16", "a\nb\n".encode("utf-16") + b"\x00\xd8\n\x00", "after line 0"),
    ],
)
def test_a_file_that_breaks_its_stated_encoding_is_refused_with_the_line(
    tmp_path: Path, stated: str, data: bytes, where: str
) -> None:
    with pytest.raises(UnusableInput, match=f"not {stated} throughout") as refused:
        survey(write(tmp_path, data), stated)
    assert refused.value.where == where


@pytest.mark.parametrize(
    ("data", "lines"),
    [(b"", 0), (b"a", 1), (b"a\n", 1), (b"a\nb", 2), (b"a\r\nb\r\n", 2), (b"a\rb\rc\r", 3), (b"a\n\nb\n", 3)],
)
def test_physical_lines_are_counted(tmp_path: Path, data: bytes, lines: int) -> None:
    assert survey(write(tmp_path, data)).lines == lines


def test_line_ends_of_every_kind_are_counted_across_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "_CHUNK", 3)
    for end in (b"\n", b"\r\n", b"\r"):
        assert survey(write(tmp_path, (b"ab" + end) * 50)).lines == 50


def test_a_nul_is_told(tmp_path: Path) -> None:
    assert survey(write(tmp_path, b"name,id\nZhang\x00Wei,1\n")).has_nul
    assert not survey(write(tmp_path, b"name\nZhang\n")).has_nul


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_a_line_without_end_is_refused_before_memory_fills(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, codec: str
) -> None:
    monkeypatch.setattr(encoding, "_LONGEST_LINE", 1000)
    monkeypatch.setattr(encoding, "_CHUNK", 100)
    with pytest.raises(UnusableInput, match="this is no table"):
        recognise(write(tmp_path, ("x" * 5000).encode(codec)))


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere.csv"):
        with pytest.raises(UnusableInput, match="cannot be opened"):
            recognise(path)


def test_the_separator_of_names_survives_a_file_declared_gb2312(tmp_path: Path) -> None:
    # A1A4: Python's gb2312 codec reads U+30FB, gb18030 the U+00B7 that everybody else means.
    path = write(tmp_path, "姓名\n".encode("gb18030"), b"\xb0\xa2\xb2\xb7\xa1\xa4\xc2\xf2\n")
    assert path.read_text(encoding=recognise(path)).splitlines()[1] == "阿卜·买"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("name\nJürgen Müller\n", "latin-1"), ("姓名,地址\n張偉,臺北市信義區松仁路一號\n", "big5")],
)
def test_another_encoding_is_not_taken_for_gb18030(tmp_path: Path, text: str, encoding: str) -> None:
    file = tmp_path / "customers.csv"
    file.write_bytes(text.encode(encoding))
    with pytest.raises(UnusableInput) as caught:
        recognise(file)
    assert "big5" in caught.value.remedy
    assert survey(file, encoding).encoding == encoding


def test_a_rare_character_among_common_ones_is_gb18030(tmp_path: Path) -> None:
    file = tmp_path / "customers.csv"
    file.write_bytes("姓名,地址\n䶮䶮,北京市朝阳区\n".encode("gb18030"))
    assert recognise(file) == "gb18030"
