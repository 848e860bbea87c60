"""Merges, their undoing and everything in between at random: the machine that the kit ships, on the kit's own bank."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from custmaster.testing.merge_bank import MergeBank
from custmaster.testing.merge_machine import MergesOfABank

TestMergesOfABank = MergesOfABank.TestCase
TestMergesOfABank.settings = settings(max_examples=30, stateful_step_count=25)


class Forgetful(MergeBank):
    """A host that forgets to move what refers to the absorbed customer."""

    def _refer(self, moved: Any, before: str, after: str) -> None:
        return


class OnForgetful(MergesOfABank):
    def __init__(self) -> None:
        super().__init__()
        self.bank = Forgetful(page=self.bank.page)


def test_the_machine_sees_a_host_that_forgets_references() -> None:
    with pytest.raises(AssertionError, match="every reference moves with a merge"):
        run_state_machine_as_test(
            OnForgetful, settings=settings(max_examples=30, stateful_step_count=20, database=None)
        )
