"""A file of changes: what a line may say, and what is told of one that says something else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from custmaster.errors import Fault, InvalidValue, UnusableInput
from custmaster.sync import Cause, Operation
from custmaster.wire.sync_changes import BadLine, Change, open_changes, read_change

SOUND: dict[str, Any] = {"number": "6000000001", "system": "EUSP", "operation": "STATUS"}
FIELDS: dict[str, Any] = {"number": "6000000001", "system": "EUSP", "changed": ["name", "mobile"]}


def without(name: str, row: dict[str, Any] = SOUND) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != name}


def test_a_change_names_its_operation_or_its_fields() -> None:
    assert read_change(json.dumps(SOUND)) == Change(number="6000000001", system="EUSP", operation=Operation.STATUS)
    assert read_change(json.dumps(FIELDS | {"cause": "LOAD"})) == Change(
        number="6000000001", system="EUSP", changed=("name", "mobile"), cause=Cause.LOAD
    )
    merge = SOUND | {"operation": "MERGE", "survivor": "6000000002"}
    assert read_change(json.dumps(merge)).survivor == "6000000002"
    assert read_change(json.dumps(FIELDS | {"changed": []})).changed == ()


@pytest.mark.parametrize(
    ("row", "faults"),
    [
        (without("number"), [("number", Fault.MISSING)]),
        (without("system"), [("system", Fault.MISSING)]),
        (without("operation"), [("operation", Fault.AMBIGUOUS)]),
        (SOUND | FIELDS, [("operation", Fault.AMBIGUOUS)]),
        (SOUND | {"operation": "EDIT"}, [("operation", Fault.UNKNOWN_CODE)]),
        (SOUND | {"operation": 1}, [("operation", Fault.UNKNOWN_CODE)]),
        (SOUND | {"operation": None}, [("operation", Fault.UNKNOWN_CODE)]),
        (SOUND | {"cause": "user"}, [("cause", Fault.UNKNOWN_CODE)]),
        (SOUND | {"number": 6000000001}, [("number", Fault.TYPE)]),
        (SOUND | {"number": ""}, [("number", Fault.LENGTH)]),
        (SOUND | {"system": "X" * 201}, [("system", Fault.LENGTH)]),
        (SOUND | {"survivor": "6000000002"}, [("survivor", Fault.AMBIGUOUS)]),
        (SOUND | {"operation": "MERGE", "survivor": None}, [("survivor", Fault.TYPE)]),
        (SOUND | {"values": {}}, [("", Fault.UNKNOWN_FIELD)]),
        (FIELDS | {"changed": "name"}, [("changed", Fault.TYPE)]),
        (FIELDS | {"changed": {"name": "x"}}, [("changed", Fault.TYPE)]),
        (FIELDS | {"changed": ["name", 1, ""]}, [("changed[1]", Fault.TYPE), ("changed[2]", Fault.LENGTH)]),
        (FIELDS | {"changed": ["x"] * 1001}, [("changed", Fault.LENGTH)]),
        ({}, [("operation", Fault.AMBIGUOUS), ("number", Fault.MISSING), ("system", Fault.MISSING)]),
        ([], [("", Fault.TYPE)]),
        ("text", [("", Fault.TYPE)]),
    ],
)
def test_every_fault_of_a_line_is_told_with_its_place(row: Any, faults: list[tuple[str, Fault]]) -> None:
    with pytest.raises(ExceptionGroup) as caught:
        read_change(json.dumps(row))
    found = [fault for fault in caught.value.exceptions if isinstance(fault, InvalidValue)]
    assert [(fault.path, fault.fault) for fault in found] == faults
    assert all(fault.remedy for fault in found)


@pytest.mark.parametrize(
    ("line", "fault"),
    [("{", Fault.FORMAT), ('{"number": NaN}', Fault.FORMAT), ('{"number": "1", "number": "2"}', Fault.DUPLICATE)],
)
def test_what_is_no_json(line: str, fault: Fault) -> None:
    with pytest.raises(ExceptionGroup) as caught:
        read_change(line)
    assert [one.fault for one in caught.value.exceptions if isinstance(one, InvalidValue)] == [fault]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_is_read_line_by_line_and_a_bad_line_loses_no_other(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "changes.jsonl"
    noted = json.dumps(FIELDS | {"changed": ["手机号码"]}, ensure_ascii=False)
    file.write_text(f"{json.dumps(SOUND)}\n\n{{broken\n{noted}", encoding=encoding)
    with open_changes(file) as opened:
        lines = dict(opened.lines)
    assert (opened.source, opened.expected, sorted(lines)) == ("changes.jsonl", 4, [1, 3, 4])
    assert isinstance(lines[3], BadLine)
    assert isinstance(lines[4], Change)
    assert lines[4].changed == ("手机号码",)


def test_a_file_that_cannot_be_used(tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_text("", encoding="utf-8")
    for file in (empty, tmp_path / "missing.jsonl"):
        with pytest.raises(UnusableInput), open_changes(file):
            pass
