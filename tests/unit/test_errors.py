"""Errors say what, where and how long; they cross process borders unchanged."""

from __future__ import annotations

import copy
import pickle

import pytest

from custmaster import errors
from custmaster.errors import CustmasterError, Fault, InvalidValue, UnusableInput


def test_every_fault_has_a_meaning() -> None:
    said = [str(InvalidValue(fault)) for fault in Fault]
    assert len(set(said)) == len(Fault)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (InvalidValue(Fault.EMPTY), "nothing is written here (EMPTY)"),
        (InvalidValue(Fault.LENGTH, length=0), "wrong length (LENGTH, length 0)"),
        (InvalidValue(Fault.DATE, path="a[0]", remedy="look"), "a[0]: no such day (DATE); look"),
        (UnusableInput("f.csv", problem="is empty"), "f.csv: is empty"),
        (
            UnusableInput("f.csv", problem="is empty", where="line 1", remedy="fill it"),
            "f.csv, line 1: is empty; fill it",
        ),
        (CustmasterError("bug"), "bug"),
    ],
)
def test_what_an_error_says_and_that_it_survives_a_process_border(error: Exception, said: str) -> None:
    assert str(error) == said
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(twin) is type(error)
        assert vars(twin) == vars(error)
        assert str(twin) == said


@pytest.mark.parametrize(
    ("outer", "inner", "joined"),
    [("documents[0]", "number", "documents[0].number"), ("value", "[2].low", "value[2].low"), ("name", "", "name")],
)
def test_under_joins_paths(outer: str, inner: str, joined: str) -> None:
    seen = InvalidValue(Fault.RANGE, path=inner, length=3, remedy="r").under(outer)
    assert (seen.fault, seen.path, seen.length, seen.remedy) == (Fault.RANGE, joined, 3, "r")


def test_the_channels_are_apart() -> None:
    assert issubclass(InvalidValue, ValueError)
    assert not issubclass(InvalidValue, CustmasterError)
    assert not issubclass(CustmasterError, ValueError)
    assert not issubclass(UnusableInput, (CustmasterError, ValueError))
    assert {"CustmasterError", "Fault", "InvalidRecord", "InvalidValue", "UnusableInput"} == set(errors.__all__)
