from __future__ import annotations

from typing import Any

import pytest

from custmaster.errors import Fault, InvalidValue
from custmaster.handbook import Key, default
from custmaster.handbook.kinds import whole
from custmaster.wire import handbook_from_json, handbook_to_json, structure_handbook, unstructure_handbook

ENTRY: dict[str, Any] = {"since": "2024-01-01", "value": 10, "article": "a"}
FLOOR = "roster.floor.teller"


def book(**keys: Any) -> dict[str, Any]:
    return {
        "schema": 1,
        "name": "n",
        "version": "v",
        "keys": {name.replace("__", "."): value for name, value in keys.items()},
    }


def faults_of(data: Any) -> dict[str, Fault]:
    with pytest.raises(ExceptionGroup) as caught:
        structure_handbook(data)
    return {fault.path: fault.fault for fault in caught.value.exceptions if isinstance(fault, InvalidValue)}


def test_the_packaged_handbook_is_read_back_whole() -> None:
    read = handbook_from_json(handbook_to_json(default()))
    assert read.timelines == default().timelines
    assert (read.name, read.stamp) == (default().name, default().stamp)


def test_what_is_not_there_is_no_fault() -> None:
    assert not structure_handbook(book()).timelines


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        (book(roster__floor__teller=[ENTRY | {"value": "10"}]), {f"keys.{FLOOR}[0].value": Fault.TYPE}),
        (book(roster__floor__teller=[ENTRY | {"value": -1}]), {f"keys.{FLOOR}[0].value": Fault.RANGE}),
        (book(roster__floor__teller=[ENTRY, ENTRY]), {f"keys.{FLOOR}[1]": Fault.DUPLICATE}),
        (book(roster__floor__teller=[]), {f"keys.{FLOOR}": Fault.EMPTY}),
        (book(roster__floor__teller=10), {f"keys.{FLOOR}": Fault.TYPE}),
        (book(roster__floor__teller=[10]), {f"keys.{FLOOR}[0]": Fault.TYPE}),
        (book(roster__floor__teller=[ENTRY | {"from": 1}]), {f"keys.{FLOOR}[0].from": Fault.UNKNOWN_FIELD}),
        (book(document__fifteen_digit_until=[ENTRY | {"value": "2013"}]),
         {"keys.document.fifteen_digit_until[0].value": Fault.DATE}),
        (book(no__such__key=[]), {"keys.no.such.key": Fault.UNKNOWN_FIELD}),
        (book() | {"keys": {"某键": []}}, {"keys.*": Fault.UNKNOWN_FIELD}),
        (book() | {"keys": []}, {"keys": Fault.TYPE}),
        (book() | {"more": 1}, {"more": Fault.UNKNOWN_FIELD}),
        (book() | {"schema": 2}, {"schema": Fault.RANGE}),
        ({"schema": 1}, {"name": Fault.MISSING, "version": Fault.MISSING, "keys": Fault.MISSING}),
    ],
)  # fmt: skip
def test_a_fault_of_a_handbook_is_named(data: dict[str, Any], faults: dict[str, Fault]) -> None:
    assert faults_of(data) == faults


def test_a_bank_adds_its_own_keys() -> None:
    own = Key(name="own.limit", kind=whole(), zh="上限", en="limit")
    assert structure_handbook(book(own__limit=[ENTRY]), [own]).timeline(own).entries[0].value == 10


def test_plain_data_is_what_is_written() -> None:
    data = book(roster__floor__teller=[ENTRY])
    assert unstructure_handbook(structure_handbook(data)) == data
