"""The command loads the verb that is asked for and no other, and yet says what it would say with all of them."""

from __future__ import annotations

import argparse
import subprocess
import sys

import pytest

from custmaster.cli.main import VERBS, parser


def words(verb: str | None) -> list[str]:
    found = next(one for one in parser(verb)._actions if isinstance(one, argparse._SubParsersAction))
    return list(found.choices)


def test_the_word_of_each_module_is_the_one_that_it_declares() -> None:
    assert words(None) == list(VERBS)
    assert [words(verb) for verb in VERBS] == [[verb] for verb in VERBS]


@pytest.mark.parametrize("word", ["check", "id"])
def test_a_check_does_not_load_the_simulator_of_sync(word: str) -> None:
    asked = f"import sys; from custmaster.cli.main import parser; parser({word!r}); sys.exit('custmaster.sim' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
