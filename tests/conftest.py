"""What every test shares: Hypothesis profiles, the mark `real`, and the documents whose code blocks are run."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

# The suite draws the same examples each time, so that a red run can be run again; .ci/slow searches with fresh ones.
settings.register_profile("suite", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("search", deadline=None, derandomize=False, max_examples=2_000, print_blob=True)
settings.load_profile(os.environ.get("CUSTMASTER_HYPOTHESIS", "suite"))


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("real") is not None and not SHARED.is_dir():
        pytest.skip("the public data is not here: there is no folder 'shared' beside the project")
