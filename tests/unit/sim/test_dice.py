from __future__ import annotations

from collections import Counter

import pytest

from custmaster.errors import Fault, InvalidValue
from custmaster.sim.dice import Dice, dice


def test_the_draws_are_those_of_every_platform() -> None:
    roll = dice(seed=2026, row=5)
    assert [roll.below(salt, 1000) for salt in range(6)] == PINNED


PINNED = [478, 963, 834, 75, 851, 750]


def test_a_draw_depends_on_seed_row_and_salt_and_on_nothing_else() -> None:
    one = dice(seed=1, row=1)
    assert one.below(1, 10**9) == one.below(1, 10**9)
    others = {dice(seed=2, row=1).below(1, 10**9), dice(seed=1, row=2).below(1, 10**9), one.below(2, 10**9)}
    assert one.below(1, 10**9) not in others
    assert len(others) == 3


def test_below_spreads_evenly_and_stays_below() -> None:
    drawn = Counter(dice(seed=7, row=row).below(3, 10) for row in range(10_000))
    assert sorted(drawn) == list(range(10))
    assert all(850 < count < 1150 for count in drawn.values())


def test_neighbouring_rows_and_salts_are_not_alike() -> None:
    pairs = Counter((dice(seed=7, row=row).below(1, 4), dice(seed=7, row=row + 1).below(1, 4)) for row in range(8_000))
    assert len(pairs) == 16
    assert all(400 < count < 600 for count in pairs.values())
    salts = Counter((dice(seed=7, row=row).below(1, 4), dice(seed=7, row=row).below(2, 4)) for row in range(8_000))
    assert all(400 < count < 600 for count in salts.values())


def test_skewed_draws_the_first_more_often_and_the_last_too() -> None:
    drawn = Counter(dice(seed=7, row=row).skewed(3, 10) for row in range(10_000))
    assert sorted(drawn) == list(range(10))
    assert drawn[0] > drawn[4] > drawn[9] > 0


def test_pick_and_favour_give_an_item() -> None:
    roll = Dice(1)
    assert roll.pick(1, ("a",)) == roll.favour(1, ("a",)) == "a"


@pytest.mark.parametrize(("seed", "row", "path"), [(-1, 0, "seed"), (0, -1, "row")])
def test_a_negative_number_is_refused(seed: int, row: int, path: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        dice(seed=seed, row=row)
    assert (caught.value.fault, caught.value.path) == (Fault.RANGE, path)
