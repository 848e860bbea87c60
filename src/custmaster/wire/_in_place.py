"""A file that stands there whole or not at all: written beside its place and moved when it is done."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from custmaster.errors import UnusableInput
from custmaster.wire._header import why

__all__ = ["folder_in_place", "moved_in_place", "written_bytes", "written_whole"]


@contextmanager
def written_whole(path: Path, source: Path | None, what: str) -> Generator[IO[str]]:
    """A stream of text whose file stands at `path` when the block ends without an error; on any error nothing is left.

    `what` names the content in messages. Errors: UnusableInput when the place cannot be written, or is `source`, the file that is read.
    """
    if source is not None and path.exists() and path.samefile(source):
        raise UnusableInput(
            path.name, problem=f"{what} would overwrite the file that is checked", remedy="name another file"
        )
    with (
        moved_in_place(path, what) as beside,
        beside.open("x", encoding="utf-8", errors="backslashreplace", newline="") as stream,
    ):
        yield stream
        stream.flush()
        os.fsync(stream.fileno())


def written_bytes(path: Path, data: bytes, what: str) -> None:
    """The same for a file that is made of bytes, all of them at hand; errors as `written_whole`."""
    with moved_in_place(path, what) as beside, beside.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


@contextmanager
def moved_in_place(path: Path, what: str) -> Generator[Path]:
    """A place beside `path`, moved there when the block ends without an error, and removed when not."""
    if path.is_dir():
        raise UnusableInput(path.name, problem="this is a folder, not a file", remedy="name a file in it")
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield beside
        beside.replace(path)
    except OSError as problem:
        raise UnusableInput(path.name, problem=f"{what} cannot be written ({why(problem)})") from None
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def folder_in_place(path: Path, what: str) -> Generator[Path]:
    """A folder beside `path` whose files stand at `path` when the block ends without an error; on any error nothing is left or changed.

    Files of a folder that is there already are replaced, each whole, and others in it stay. Errors: UnusableInput when the place cannot be
    written, or is a file.
    """
    if path.exists() and not path.is_dir():
        raise UnusableInput(path.name, problem="this is a file, not a folder", remedy="name a folder")
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        beside.mkdir()
        yield beside
        if path.exists():
            for made in sorted(beside.iterdir()):
                made.replace(path / made.name)
        else:
            beside.rename(path)
    except OSError as problem:
        raise UnusableInput(path.name, problem=f"{what} cannot be written ({why(problem)})") from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)
