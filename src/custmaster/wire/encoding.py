"""Which encoding a text file is written in, found by reading its bytes once, in constant memory, and guessing nothing.

A byte order mark is believed. Without one, every line that is not plain ASCII is tried as UTF-8 and as GB18030, both strictly:

- readable as UTF-8 only: a UTF-8 line;
- readable as GB18030 only: a GB18030 line (GB2312 and GBK files are GB18030 files too);
- readable as neither: the file is damaged, and the line is named;
- readable as both: GB18030 reads most Chinese UTF-8 of even length, as rare characters (你好 becomes 浣犲ソ). Such a line counts as UTF-8 when
  UTF-8 finds Chinese in it and fewer than half of the characters that GB18030 finds are of the 3,755 common ones (GB 2312, level 1).
  Otherwise it says nothing: a short GB word can be valid UTF-8 by accident (眉, C3 BC, is also ü).

A file in which GB18030 finds mostly rare characters is refused: it is perhaps Big5 or Latin-1, which can be stated but are not recognised.
A file with lines of both kinds is refused, naming the first of each. A file whose lines say nothing either way is UTF-8 when each of
them keeps to one script (Müller, Иван), else it is refused with the advice to state the encoding in the mapping file.
What this cannot see: a GB18030 line among UTF-8 lines whose every character happens to be valid UTF-8 and not Chinese.
"""

from __future__ import annotations

import codecs
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from attrs import define, frozen

from custmaster.errors import UnusableInput

__all__ = ["ENCODINGS", "Survey", "recognise", "survey"]

ENCODINGS: Final = ("utf-8", "utf-8-sig", "gb18030", "utf-16")
"""What `recognise` can answer. A mapping may also state gb2312 or gbk, which are read as gb18030."""

_CHUNK: Final = 1 << 18
# No row of a table is longer: what has no line end within this many bytes is no table, and would not fit constant memory.
_LONGEST_LINE: Final = 16 << 20
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAVE_AS: Final = "save the file as UTF-8 or GB18030"
# First code point of each script that a two-byte UTF-8 sequence can hold.
_SCRIPTS: Final = (0x80, 0xA0, 0xC0, 0x250, 0x370, 0x400, 0x530, 0x590, 0x600, 0x700, 0x780, 0x7C0, 0x800, 0x10000)
_SIGNS: Final = 2


@frozen(kw_only=True)
class Survey:
    """What one pass over the bytes told: the encoding, the number of physical lines, and whether a NUL stands in them."""

    encoding: str
    lines: int
    has_nul: bool


def recognise(path: Path) -> str:
    r"""The encoding of a text file: utf-8, utf-8-sig, gb18030 or utf-16 (with a byte order mark).

    Errors: UnusableInput for a mixed or damaged file, UTF-16 without a byte order mark, UTF-32, or a file that cannot be opened.
    Source: issue 2, "GB18030 and UTF-8 with BOM recognised".

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     target = Path(folder) / "customers.csv"
    ...     _ = target.write_bytes("name\n张伟\n".encode("gb18030"))
    ...     recognise(target)
    'gb18030'
    """
    return survey(path).encoding


def survey(path: Path, stated: str | None = None) -> Survey:
    """Read the bytes once: recognise the encoding, or hold the file to the one that is `stated`.

    Errors: as `recognise`; a file that does not keep to the stated encoding is refused with the line.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(4096)
            encoding = _by_mark(path.name, head) if stated is None else stated
            stream.seek(0)
            chunks = iter(lambda: stream.read(_CHUNK), b"")
            if encoding is None:
                return _by_evidence(path.name, chunks)
            return _held_to(path.name, encoding, chunks)
    except OSError as problem:
        raise UnusableInput(path.name, problem=f"the file cannot be opened ({_why(problem)})") from None


def _why(problem: OSError) -> str:
    return problem.strerror or type(problem).__name__


def _by_mark(source: str, head: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            if encoding == "utf-32":
                raise UnusableInput(source, problem="the file is UTF-32, which is not read", remedy=_SAVE_AS)
            return encoding
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) * 10 > len(head) and min(even, odd) * 4 <= max(even, odd):
        raise UnusableInput(
            source, problem="the file looks like UTF-16 without a byte order mark", where="line 1", remedy=_SAVE_AS
        )
    return None


def _count_lines(chunk: bytes) -> int:
    return chunk.count(b"\n") + (chunk.count(b"\r") - chunk.count(b"\r\n") if b"\r" in chunk else 0)


def _whole_lines(source: str, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes, cut behind line ends only."""
    rest = b""
    for chunk in chunks:
        held = rest + chunk
        cut = held.rfind(b"\n") + 1 or held.rfind(b"\r", 0, -1) + 1
        if not cut and len(held) > _LONGEST_LINE:
            raise _endless(source)
        if cut:
            yield held[:cut]
        rest = held[cut:]
    if rest:
        yield rest


def _held_to(source: str, encoding: str, chunks: Iterator[bytes]) -> Survey:
    """Decode strictly from end to end; memory is one chunk."""
    if encoding == "utf-16":
        return _held_to_utf16(source, chunks)
    done, has_nul, last = 0, False, b"\n"
    for chunk in _whole_lines(source, chunks):
        if not chunk.isascii() and _decoded(chunk, encoding) is None:
            numbered = enumerate(chunk.splitlines(), start=done + 1)
            wrong = next(number for number, line in numbered if _decoded(line, encoding) is None)
            raise _not_throughout(source, encoding, f"line {wrong}")
        has_nul = has_nul or b"\0" in chunk
        done += _count_lines(chunk)
        last = chunk[-1:]
    return Survey(encoding=encoding, lines=done + (last not in b"\r\n"), has_nul=has_nul)


def _held_to_utf16(source: str, chunks: Iterator[bytes]) -> Survey:
    decoder = codecs.getincrementaldecoder("utf-16")("strict")
    done, has_nul, last, since = 0, False, "\n", 0
    try:
        for chunk in chunks:
            text = decoder.decode(chunk)
            has_nul = has_nul or "\0" in text
            done += text.count("\n")
            since = len(text) - text.rfind("\n") - 1 if "\n" in text else since + len(text)
            last = text[-1:] or last
            if since > _LONGEST_LINE:
                raise _endless(source)
        decoder.decode(b"", final=True)
    except UnicodeError:
        raise _not_throughout(source, "utf-16", f"after line {done}") from None
    return Survey(encoding="utf-16", lines=done + (last != "\n"), has_nul=has_nul)


def _not_throughout(source: str, encoding: str, where: str) -> UnusableInput:
    return UnusableInput(source, problem=f"the file is not {encoding} throughout", where=where, remedy=_SAVE_AS)


def _endless(source: str) -> UnusableInput:
    return UnusableInput(source, problem="a line goes on for more than 16 MB: this is no table of customers")


@define
class _Evidence:
    """The first line that speaks for each encoding, and the first that speaks for neither and mixes scripts."""

    source: str
    utf8: int = 0
    gb: int = 0
    unclear: int = 0
    strange: int = 0  # lines that GB18030 reads as rare characters, less those that it reads as common ones

    def weigh(self, line: bytes, number: int) -> None:
        """Note what one line says that is not plain ASCII."""
        as_utf8, as_gb = _decoded(line, "utf-8"), _decoded(line, "gb18030")
        if as_utf8 is None and as_gb is None:
            problem = "the bytes can be read neither as UTF-8 nor as GB18030"
            raise UnusableInput(self.source, problem=problem, where=f"line {number}", remedy="export the file again")
        if as_utf8 is None:
            self.gb = self.gb or number
            self.strange += -1 if _mostly_common(as_gb or "") else 1
        elif as_gb is None or (_has_chinese(as_utf8) and not _mostly_common(as_gb)):
            self.utf8 = self.utf8 or number
        elif not _one_script(as_utf8):
            self.unclear = self.unclear or number
        if self.gb and self.utf8:
            problem = f"line {self.utf8} is written in UTF-8 and line {self.gb} in GB18030: two encodings in one file"
            where = f"line {max(self.utf8, self.gb)}"
            raise UnusableInput(
                self.source, problem=problem, where=where, remedy="export the file again in one encoding"
            )

    def verdict(self) -> str:
        """The encoding of the whole file."""
        if self.gb and self.strange > 0:
            raise UnusableInput(
                self.source,
                problem="as GB18030 the file would hold mostly rare characters: it is perhaps written in Big5 or Latin-1",
                where=f"line {self.gb}",
                remedy='export it as UTF-8, or state [source] encoding = "gb18030", "big5" or "latin-1" in the mapping file',
            )
        if self.gb:
            return "gb18030"
        if self.unclear and not self.utf8:
            raise UnusableInput(
                self.source,
                problem="the few letters outside ASCII can be read both as UTF-8 and as GB18030",
                where=f"line {self.unclear}",
                remedy='state it in the mapping file: [source] encoding = "gb18030" or "utf-8"',
            )
        return "utf-8"


def _by_evidence(source: str, chunks: Iterator[bytes]) -> Survey:
    found = _Evidence(source)
    done, has_nul, last = 0, False, b"\n"
    for chunk in _whole_lines(source, chunks):
        has_nul = has_nul or b"\0" in chunk
        if not chunk.isascii() and not (found.utf8 and _decoded(chunk, "utf-8") is not None):
            for number, line in enumerate(chunk.splitlines(), start=done + 1):
                if not line.isascii():
                    found.weigh(line, number)
        done += _count_lines(chunk)
        last = chunk[-1:]
    return Survey(encoding=found.verdict(), lines=done + (last not in b"\r\n"), has_nul=has_nul)


def _decoded(line: bytes, encoding: str) -> str | None:
    try:
        return line.decode(encoding)
    except UnicodeDecodeError:
        return None


def _has_chinese(text: str) -> bool:
    """Whether a Chinese character or sign stands in it: CJK blocks, full-width forms, or the supplementary planes."""
    return any("⺀" <= character <= "퟿" or "豈" <= character <= "￮" or character >= "\U00020000" for character in text)


def _mostly_common(text: str) -> bool:
    """Whether at least half of the characters outside ASCII are among the 3,755 common ones of GB 2312."""
    pairs = [character.encode("gb18030") for character in text if character > "\x7f"]
    common = sum(len(pair) == 2 and 0xB0 <= pair[0] <= 0xD7 and pair[1] >= 0xA1 for pair in pairs)
    return common * 2 >= len(pairs)


def _one_script(text: str) -> bool:
    """Whether all letters outside ASCII belong to one script, as those of a word do; signs such as · and © belong to none."""
    outside = {bisect_right(_SCRIPTS, ord(character)) for character in text if character > "\x7f"}
    return len(outside - {_SIGNS}) <= 1
