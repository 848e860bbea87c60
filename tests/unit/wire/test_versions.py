from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from custmaster.errors import CustmasterError, Fault, InvalidValue
from custmaster.wire._compiler import Compiler
from custmaster.wire._json import structured
from custmaster.wire.versions import CURRENT, UPCASTERS, Form, versioned


@attrs.frozen(kw_only=True)
class Card:
    """A record in its third version: `no` became `number`, and `day` was split off."""

    schema: int = 3
    number: str
    day: date | None = None


def to_second(data: dict[str, Any]) -> dict[str, Any]:
    data["number"] = data.pop("no")
    return data


def to_third(data: dict[str, Any]) -> dict[str, Any]:
    number, _, day = data["number"].partition(" ")
    return data | {"number": number, "day": day}


CARDS = versioned(Compiler({}, {}).codec(Card), 3, {1: to_second, 2: to_third}, carried=True)


@pytest.mark.parametrize(
    "data",
    [
        {"schema": 1, "no": "42 2024-01-01"},
        {"schema": 2, "number": "42 2024-01-01"},
        {"schema": 3, "number": "42", "day": "2024-01-01"},
    ],
)
def test_every_version_is_read_as_the_current_one(data: dict[str, Any]) -> None:
    before = dict(data)
    assert structured(CARDS, data, "card") == Card(number="42", day=date(2024, 1, 1))
    assert data == before


@pytest.mark.parametrize(
    ("data", "path", "fault"),
    [
        ({"schema": 4, "number": "42"}, "schema", Fault.RANGE),
        ({"schema": 1}, "", Fault.FORMAT),
        ({"schema": 2, "number": 5}, "", Fault.FORMAT),
        ({"schema": 2, "number": "42 yesterday"}, "day", Fault.DATE),
        ({"schema": 1, "no": "42 2024-01-01", "limit": 1}, "limit", Fault.UNKNOWN_FIELD),
    ],
)
def test_a_fault_of_an_old_record_is_named(data: dict[str, Any], path: str, fault: Fault) -> None:
    with pytest.raises(ExceptionGroup) as caught:
        structured(CARDS, data, "card")
    (found,) = caught.value.exceptions
    assert isinstance(found, InvalidValue)
    assert (found.path, found.fault, found.__context__) == (path, fault, None)


def test_the_current_version_is_written() -> None:
    assert CARDS.write(Card(number="42")) == {"schema": 3, "number": "42"}
    with pytest.raises(CustmasterError):
        CARDS.write(Card(schema=2, number="42"))


def test_the_tables_are_total() -> None:
    assert set(CURRENT) == set(UPCASTERS) == set(Form)
    for form, steps in UPCASTERS.items():
        assert list(steps) == list(range(1, CURRENT[form])), form
