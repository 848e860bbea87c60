from __future__ import annotations

import subprocess
import sys

import pytest

import custmaster.wire as wire


def test_every_promised_name_is_there() -> None:
    for name in wire.__all__:
        assert getattr(wire, name) is not None
    with pytest.raises(AttributeError, match="nothing"):
        _ = wire.nothing


def test_checking_a_file_loads_neither_cattrs_nor_an_optional_library() -> None:
    code = "import sys, custmaster.wire; print([m for m in ('cattrs', 'duckdb', 'python_calamine', 'pyarrow', 'rich') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
