"""A roster at random under watch: no orphan, no double, no lost history, no seat too many."""

from __future__ import annotations

import pytest

from custmaster.testing._machines import run_machine
from custmaster.testing.roster_bank import RosterBank
from custmaster.testing.roster_machine import EmptyRun, roster_machine, run_roster_machine


def test_two_thousand_steps_break_nothing() -> None:
    machine = roster_machine(RosterBank)
    run_machine(machine, max_examples=60, steps=50, start=7, shrink=True)
    assert machine.met["step"] >= 2_000


def test_what_is_of_interest_happens() -> None:
    assert run_roster_machine(max_examples=300, steps=60, start=3, rounds=6)["step"] > 10_000


@pytest.mark.slow
def test_two_hundred_thousand_steps_break_nothing() -> None:
    assert run_roster_machine(max_examples=4_500, steps=60, start=1)["step"] >= 200_000


def test_a_run_that_met_nothing_shows_nothing() -> None:
    with pytest.raises(EmptyRun, match="merge of two entries"):
        run_roster_machine(max_examples=1, steps=1)
