"""How the command is run in these tests: in this process, with its output caught."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from custmaster.cli import main


class Ran(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    def runs(*argv: object) -> Ran:
        code = main([str(word) for word in argv])
        caught = capsys.readouterr()
        return Ran(code, caught.out, caught.err)

    return runs
