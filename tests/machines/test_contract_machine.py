"""Contracts at random under watch: no live duplicate, no number given twice, no orphan."""

from __future__ import annotations

import pytest

from custmaster.testing._machines import run_machine
from custmaster.testing.contract_bank import ContractBank
from custmaster.testing.contract_machine import SOMETIMES, EmptyRun, contract_machine, run_contract_machine


def test_two_thousand_steps_break_nothing() -> None:
    machine = contract_machine(ContractBank)
    run_machine(machine, max_examples=60, steps=50, start=6, shrink=True)
    assert machine.met["step"] >= 2_000


def test_what_is_of_interest_happens() -> None:
    # What Hypothesis draws depends on which modules are loaded: a round that missed something is followed by another.
    met = run_contract_machine(max_examples=300, steps=60, start=3, rounds=6)
    assert met["step"] > 10_000
    assert all(met[name] for name in SOMETIMES)


@pytest.mark.slow
def test_two_hundred_thousand_steps_break_nothing() -> None:
    assert run_contract_machine(max_examples=4_500, steps=60, start=1)["step"] >= 200_000


def test_a_run_that_met_nothing_shows_nothing() -> None:
    with pytest.raises(EmptyRun, match="merge with contracts"):
        run_contract_machine(max_examples=1, steps=1)
