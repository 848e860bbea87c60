"""The assignment through OR-tools: nothing asked, the library not there, and an answer that is none."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from custmaster.batch import assign_optimal, optimum
from custmaster.errors import CustmasterError, UnusableInput
from custmaster.roster import Seat, Terms, Wish

WISHES = [Wish(customer="C-1", costs={"T-1": 3}), Wish(customer="C-2", costs={"T-1": 2})]


def test_nothing_asked_is_nothing_assigned() -> None:
    assert assign_optimal([], [Seat(staff="T-1")], Terms()).pairs == {}


def test_what_cannot_be_done_is_told_as_by_the_plain_assignment() -> None:
    made = assign_optimal(WISHES, [Seat(staff="T-1", capacity=1), Seat(staff="T-2", floor=2)], Terms())
    assert dict(made.pairs) == {"C-2": "T-1"}
    assert [ground.code.value for ground in (*made.unplaced, *made.short)] == ["ASSIGN_NO_ROOM", "ASSIGN_FLOOR_SHORT"]


def test_without_the_library_it_says_what_to_install(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "ortools.graph.python.min_cost_flow", None)
    with pytest.raises(UnusableInput, match="OR-tools is not installed; pip install 'custmaster"):
        assign_optimal(WISHES, [Seat(staff="T-1")], Terms())


def test_an_answer_that_is_none_is_an_error(monkeypatch) -> None:
    class Refusing(optimum._imported(optimum._LIBRARY).SimpleMinCostFlow):
        def solve(self):
            return SimpleNamespace(name="BAD_COST_RANGE")

    plain = optimum._imported
    library = SimpleNamespace(SimpleMinCostFlow=Refusing)
    monkeypatch.setattr(optimum, "_imported", lambda name: library if name == optimum._LIBRARY else plain(name))
    with pytest.raises(CustmasterError, match="found no optimum: BAD_COST_RANGE"):
        assign_optimal(WISHES, [Seat(staff="T-1")], Terms())
