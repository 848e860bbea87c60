from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custmaster.testing import plugin
from custmaster.testing import strategies as s

FAILING = """
from hypothesis import Phase, given, settings, strategies as st
from custmaster.customer.entry import Entry
from custmaster.value.document import IdentityDocument
from custmaster.value.name import Name

@settings(database=None, derandomize=True, max_examples=5, phases=[Phase.generate, Phase.shrink])
@given(name=st.from_type(Name), document=st.from_type(IdentityDocument), entry=st.from_type(Entry))
def test(name, document, entry):
    raise AssertionError(f"masked: {name} {name!r} {document!r}")

test()
"""


def python(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=folder,
    )


@pytest.mark.parametrize(("module", "name", "maker"), plugin.REGISTERED)
def test_from_type_gives_values_of_the_type(module: str, name: str, maker: str) -> None:
    kind = getattr(import_module(module), name)
    seen: list[object] = []

    @settings(max_examples=10, database=None)
    @given(st.from_type(kind))
    def collect(value: object) -> None:
        seen.append(value)

    collect()
    assert {type(value) for value in seen} == {kind}
    assert maker in s.__all__


def test_hypothesis_finds_the_plugin() -> None:
    (entry,) = entry_points(group="hypothesis", name="custmaster")
    assert entry.load() is plugin.register


def test_registering_twice_is_harmless() -> None:
    plugin.register()
    plugin.register()


def test_a_counterexample_shows_the_text_while_the_value_stays_masked(tmp_path: Path) -> None:
    done = python(FAILING, tmp_path)
    assert done.returncode == 1
    assert "Name('王伟')" in done.stderr
    assert "number=DocumentNumber('110105200001010016')" in done.stderr
    assert re.search(r"entry=person_of\(\s+number='[0-9X]{18}'", done.stderr)
    assert "masked: 王* Name(王*)" in done.stderr
    assert done.stderr.count("Name(王*)") == 1


def test_importing_hypothesis_loads_no_strategy_and_no_sample(tmp_path: Path) -> None:
    code = "import hypothesis, sys; print([m for m in sys.modules if m.startswith(('custmaster.testing._', 'custmaster.sim', 'custmaster.wire', 'custmaster.cli'))])"
    done = python(code, tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, "[]")
