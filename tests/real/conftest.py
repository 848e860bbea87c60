"""Where the public data lies: a folder `shared` beside the project, which not every machine has."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the public data is not here: there is no folder 'shared' beside the project")
    return SHARED
