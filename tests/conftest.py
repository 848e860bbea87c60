"""What every test shares: Hypothesis profiles, the mark `real`, and the documents whose code blocks are run.

README.md and docs/ belong to sybil: Python blocks are executed, a block with a title is written as a file, and each
command of a console block is run in the document's own folder and must print what the document shows.
"""

from __future__ import annotations

import doctest
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sybil import Example, Sybil
from sybil.parsers.abstract import AbstractCodeBlockParser
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser
from sybil.parsers.markdown.lexers import RawFencedCodeBlockLexer

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

# The suite draws the same examples each time, so that a red run can be run again; .ci/slow searches with fresh ones.
settings.register_profile("suite", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("search", deadline=None, derandomize=False, max_examples=2_000, print_blob=True)
settings.load_profile(os.environ.get("CUSTMASTER_HYPOTHESIS", "suite"))


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Every core for the whole suite; none besides this process for places that were named, which is over before others had started."""
    return None if config.args_source is pytest.Config.ArgsSource.TESTPATHS else 0


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("real") is not None and not SHARED.is_dir():
        pytest.skip("the public data is not here: there is no folder 'shared' beside the project")


@pytest.fixture
def interruptible() -> Iterator[None]:
    """SIGINT interrupts, here and in what is started from here, also when the suite itself was started in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


# --- documents ---------------------------------------------------------------------------------------------------------


class TitledBlockParser(AbstractCodeBlockParser):
    """A fenced block with a title, such as a mapping file: later blocks of the document find it under that name."""

    language = "file"

    def __init__(self) -> None:
        info = re.compile(r'[a-z]+[ \t]+title="(?P<arguments>[^"/]+)"[ \t]*$\n', re.MULTILINE)
        super().__init__([RawFencedCodeBlockLexer(info)])

    def __call__(self, document: Any) -> Iterator[Any]:
        for region in self.lexers(document):
            region.parsed = region.lexemes["source"]
            region.evaluator = self.evaluate
            yield region

    def evaluate(self, example: Example) -> None:
        Path(example.region.lexemes["arguments"]).write_text(str(example.parsed), encoding="utf-8")


def commands(block: str) -> list[tuple[str, str]]:
    """The commands of a console block, each with the output that stands under it."""
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    split = [part.replace("\\\n", "").partition("\n") for part in parts]
    return [(command.strip(), expected) for command, _, expected in split]


def run_console(example: Example) -> str | None:
    """Run each command; what differs from the document, or None.

    `...` stands for any output. A command may end with 0 or with 1 (something was found); any other exit code must be
    shown by an `echo $?` below it.
    """
    listed = commands(str(example.parsed))
    status = 0
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = os.environ | {"PATH": path, "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb", "LC_ALL": "C.UTF-8"}
    for at, (command, expected) in enumerate(listed):
        done = subprocess.run(
            ["bash", "-c", f"(exit {status})\n{command}"],
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        status = done.returncode
        shown_below = listed[at + 1][0] == "echo $?" if at + 1 < len(listed) else False
        if status > 1 and not shown_below:
            return f"$ {command}\nended with {status}:\n{done.stdout}"
        printed = "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())
        if not doctest.OutputChecker().check_output(expected, printed, doctest.ELLIPSIS):
            return f"$ {command}\nexpected:\n{expected}\nprinted:\n{done.stdout}"
    return None


def enter_folder(namespace: dict[str, Any]) -> None:
    """Give the document a folder of its own, in which `docs/` can be read as from the top of the project."""
    folder = Path(tempfile.mkdtemp(prefix="custmaster-docs-"))
    (folder / "docs").symlink_to(ROOT / "docs", target_is_directory=True)
    namespace["_folder"], namespace["_back"] = folder, Path.cwd()
    os.chdir(folder)


def leave_folder(namespace: dict[str, Any]) -> None:
    # A document may import an example of its folder, as "docs/examples": neither the place nor what it held is for the next document.
    while "docs/examples" in sys.path:
        sys.path.remove("docs/examples")
    sys.path_importer_cache.pop("docs/examples", None)
    os.chdir(namespace["_back"])
    shutil.rmtree(namespace["_folder"])


DOCUMENTS = Sybil(
    parsers=[
        SkipParser(),
        TitledBlockParser(),
        PythonCodeBlockParser(doctest_optionflags=doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL),
        CodeBlockParser(language="console", evaluator=run_console),
    ],
    path=str(ROOT),
    patterns=["README.md", "docs/**/*.md", "docs/*.md"],
    excludes=["docs/changes/*.md"],
    setup=enter_folder,
    teardown=leave_folder,
)


class Documents:
    """The collection hook as a plugin: a conftest's own hook would not be asked about files outside its folder."""

    pytest_collect_file = staticmethod(DOCUMENTS.pytest())


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Documents(), "custmaster-documents")
