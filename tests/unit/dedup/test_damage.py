"""A name of which nothing is left is no name."""

from __future__ import annotations

import pytest

from custmaster.customer import Entry
from custmaster.dedup.keys import keyed
from custmaster.value.name import Name


@pytest.mark.parametrize("name", ["□□", "\ue000\ue001", "?□"])
def test_nothing_but_damage_is_a_missing_name(name: str) -> None:
    assert keyed(Entry(name=Name(name))).side.name is None


def test_one_sound_character_is_a_damaged_name() -> None:
    called = keyed(Entry(name=Name("张□"))).side.name
    assert called is not None
    assert called.damaged
