"""Where the public data lies: a folder `shared` beside the project, which not every machine has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from coverage import Coverage

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the public data is not here: there is no folder 'shared' beside the project")
    return SHARED


@pytest.fixture(autouse=True)
def unmeasured(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Coverage must be whole where this data is absent; and counting lines makes fifty thousand records take four times as long."""
    monkeypatch.delenv("COVERAGE_PROCESS_START", raising=False)
    measuring = Coverage.current()
    if measuring is not None:
        measuring.stop()
    yield
    if measuring is not None:
        measuring.start()
