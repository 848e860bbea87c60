"""The command as a process: it ends at once, with all that it said and with the code of `main`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


def said(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "custmaster.cli", *words], capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_a_piped_answer_is_whole() -> None:
    done = said("id", "11010519491231002X", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["number"]


@pytest.mark.parametrize("words", [("dedupe", "absent.csv"), ("no-such-verb",)])
def test_what_cannot_be_used_is_told_with_code_2(words: tuple[str, ...]) -> None:
    done = said(*words)
    assert done.returncode == 2
    assert done.stderr


def test_a_run_leaves_nothing_in_its_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spill = tmp_path / "spill"
    spill.mkdir()
    monkeypatch.setenv("TMPDIR", str(spill))
    file, mapping = tmp_path / "c.csv", tmp_path / "m.toml"
    file.write_text("id,name,mobile\n7,张伟,13800001234\n3,張 偉,138 0000 1234\n", encoding="utf-8")
    mapping.write_text('[fields]\nsource_key = "id"\nname = "name"\nmobile = "mobile"', encoding="utf-8")
    done = said("dedupe", str(file), "--mapping", str(mapping), "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["links"] == {"REVIEW": 1}
    assert list(spill.iterdir()) == []
