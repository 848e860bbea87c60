"""What is spilled: groups, families, rows and sorted texts are those that memory would give, and no file is left behind."""

from __future__ import annotations

import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from custmaster.errors import UnusableInput
from custmaster.wire import _spill
from custmaster.wire._spill import Families, KeySpill, LineSorter, RowSpill


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield tmp_path
    assert list(tmp_path.iterdir()) == [], "nothing is left behind"


def keyed_rows(count: int, seed: int) -> list[list[str]]:
    dice = random.Random(seed)
    return [sorted({f"k{dice.randrange(count)}" for _ in range(3)}) for _ in range(count)]


@pytest.mark.parametrize("at_once", [7, 1 << 18])
def test_groups_are_those_of_a_dictionary(place: Path, at_once: int) -> None:
    rows, expected = keyed_rows(9000, seed=1), defaultdict(list)
    with KeySpill(at_once=at_once) as spilled:
        for row, keys in enumerate(rows):
            spilled.add(row, keys)
            for key in keys:
                expected[key].append(row)
        found = sorted(spilled.groups())
    assert found == sorted(tuple(group) for group in expected.values() if len(group) > 1)


def test_families_are_connected_components(place: Path) -> None:
    dice, count = random.Random(2), 3000
    pairs = [tuple(dice.sample(range(count), dice.choice((2, 2, 3)))) for _ in range(900)]
    label = {row: row for row in range(count)}
    for pair in pairs:
        low = min(label[row] for row in pair)
        high = {label[row] for row in pair}
        label = {row: low if old in high else old for row, old in label.items()}
    joined = {row for pair in pairs for row in pair}
    with Families(count) as families:
        for pair in pairs:
            families.join(pair)
        found = [families.of(row) for row in range(count)]
    assert found == [label[row] if row in joined else None for row in range(count)]


def test_no_rows_have_no_families(place: Path) -> None:
    with Families(0), KeySpill() as spilled:
        assert list(spilled.groups()) == []


def test_rows_come_back_by_family(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_spill, "_ROWS_AT_ONCE", 16)
    dice, expected = random.Random(3), defaultdict(list)
    with RowSpill() as spilled:
        for line in range(2, 1000):
            family = min(dice.randrange(300), dice.randrange(300))
            cells = ("张\n伟", "", f"\ud800{line}")
            spilled.add(family, line, cells)
            expected[family].append((line, cells))
        found = {family: list(rows) for family, rows in spilled.families(4)}
    assert found == expected
    assert max(map(len, expected.values())) > 4, "some are too large to be held"


@pytest.mark.parametrize("run", [3, 1 << 16])
def test_texts_come_back_sorted(place: Path, run: int) -> None:
    dice = random.Random(4)
    texts = ["".join(dice.choices("ab\n\x00张\U00020bb7", k=dice.randrange(4))) for _ in range(50)]
    with LineSorter(run=run) as sorter:
        for text in texts:
            sorter.add(text)
        assert list(sorter.sorted()) == sorted(texts)


def test_only_groups_with_an_odd_row_are_asked_for(place: Path) -> None:
    with KeySpill() as spilled:
        for row, keys in ((0, ["a"]), (2, ["a", "b"]), (4, ["b", "c"]), (7, ["c"]), (9, ["d"])):
            spilled.add(row, keys)
        assert list(spilled.groups(odd=True)) == [(4, 7)]
        assert sorted(spilled.groups()) == [(0, 2), (2, 4), (4, 7)]


def test_many_sorted_runs_are_merged_and_few_files_are_open(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[IO[bytes]] = []
    real = tempfile.TemporaryFile

    def counted(**more: str) -> IO[bytes]:
        opened.append(real(**more))  # type: ignore[call-overload]
        return opened[-1]

    monkeypatch.setattr(tempfile, "TemporaryFile", counted)
    monkeypatch.setattr(_spill, "_WAYS", 3)
    dice, most = random.Random(6), 0
    texts = ["".join(dice.choices("ab\\n\n\r\ud800张\U00020bb7", k=dice.randrange(5))) for _ in range(500)]
    with LineSorter(run=4) as sorter:
        for text in texts:
            sorter.add(text)
            most = max(most, sum(not file.closed for file in opened))
        assert list(sorter.sorted()) == sorted(texts)
    assert len(opened) > 125
    assert most <= 3 * 4 + 1, "three of each generation, and the one that is being written"
    assert all(file.closed for file in opened)


def test_files_are_gone_after_an_error(place: Path) -> None:
    with pytest.raises(KeyError), KeySpill() as spilled, RowSpill() as rows, Families(9):
        rows.add(1, 2, ("x",))
        for row in range(5000):
            spilled.add(row, ["a", "b"])
        raise KeyError


def test_no_place_to_spill_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "absent"))
    with pytest.raises(UnusableInput, match="TMPDIR"), RowSpill() as rows:
        rows.add(1, 2, ("x",))
