"""Laws of the bytes of sync: what is written is read again, the same value has the same bytes, and nothing else is ever read from them."""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custmaster.errors import InvalidValue
from custmaster.sync import Catalogue, FieldRow, Message, Replica, Setting, Share, deliver
from custmaster.testing import sync_strategies as s
from custmaster.wire import (
    digest_from_json,
    digest_to_json,
    message_from_bytes,
    message_to_bytes,
    replica_from_json,
    replica_to_json,
    report_from_json,
    report_to_json,
)

Write, Read = Callable[[Any], bytes], Callable[[Any], Any]
ANY_MESSAGE = s.messages() | s.messages(reachable=True)
FORMS = pytest.mark.parametrize(
    ("values", "write", "read"),
    [
        (ANY_MESSAGE, message_to_bytes, message_from_bytes),
        (s.replicas() | s.replicas(reachable=False), replica_to_json, replica_from_json),
        (s.sync_reports(), report_to_json, report_from_json),
        (s.digests(), digest_to_json, digest_from_json),
    ],
    ids=["message", "replica", "report", "digest"],
)
CANARY = "7391"


@FORMS
def test_what_is_written_is_read_again(values: st.SearchStrategy[Any], write: Write, read: Read) -> None:
    @settings(max_examples=60)
    @given(value=values)
    def holds(value: Any) -> None:
        data = write(value)
        again = read(data)
        assert again == value
        assert type(again) is type(value)
        assert write(again) == data
        assert read(data.decode()) == value

    holds()


@FORMS
def test_the_order_of_the_keys_is_of_no_account(values: st.SearchStrategy[Any], write: Write, read: Read) -> None:
    def turned(data: Any) -> Any:
        if isinstance(data, dict):
            return {key: turned(data[key]) for key in reversed(data)}
        return [turned(one) for one in data] if isinstance(data, list) else data

    @settings(max_examples=30)
    @given(value=values)
    def holds(value: Any) -> None:
        assert read(json.dumps(turned(json.loads(write(value))))) == value

    holds()


def only_faults(read: Read, data: bytes) -> Any:
    """The value, or None for an ExceptionGroup of InvalidValue; anything else goes through."""
    try:
        return read(data)
    except ExceptionGroup as problem:
        faults = problem.exceptions
    assert {type(one) for one in faults} == {InvalidValue}
    return None


@FORMS
def test_a_text_cut_short_is_refused(values: st.SearchStrategy[Any], write: Write, read: Read) -> None:
    @settings(max_examples=40)
    @given(value=values, data=st.data())
    def holds(value: Any, data: st.DataObject) -> None:
        whole = write(value)
        assert only_faults(read, whole[: data.draw(st.integers(0, len(whole) - 1))]) is None

    holds()


@FORMS
def test_flipped_bits_give_a_value_or_named_faults(values: st.SearchStrategy[Any], write: Write, read: Read) -> None:
    @settings(max_examples=150)
    @given(value=values, flips=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 7)), min_size=1, max_size=4))
    def holds(value: Any, flips: list[tuple[int, int]]) -> None:
        data = bytearray(write(value))
        for place, bit in flips:
            data[place % len(data)] ^= 1 << bit
        read_again = only_faults(read, bytes(data))
        if read_again is not None:
            assert read(write(read_again)) == read_again

    holds()


@FORMS
@pytest.mark.parametrize("other", [None, True, 0, -1, 1.5, 2**53, 2**70, "", "x", "\x00", [], {}, [1], {"a": 1}])
def test_another_value_in_any_place_is_read_soundly_or_refused(
    values: st.SearchStrategy[Any], write: Write, read: Read, other: Any
) -> None:
    @settings(max_examples=6)
    @given(value=values)
    def holds(value: Any) -> None:
        data = json.loads(write(value))
        for key in data:
            only_faults(read, json.dumps(data | {key: other}).encode())

    holds()


@settings(max_examples=100)
@given(message=s.messages(reachable=True), replica=s.replicas())
def test_no_message_that_is_read_makes_a_replica_fail(message: Message, replica: Replica) -> None:
    setting = Setting(catalogue=Catalogue(fields=[FieldRow(name="name", share=Share.KEY)]))
    step = deliver(replica, message_from_bytes(message_to_bytes(message)), setting)
    assert step.refused or step.parked or step.replica.number == replica.number


# --- the canary ---------------------------------------------------------------------------------------------------------


def planted(value: Any) -> Any:
    """The values of fields with the canary in them."""
    if isinstance(value, dict):
        inside = {key: planted(one) for key, one in value.items()}
        for key in ("values", "base"):
            if key in inside:
                inside[key] = {name: f"{CANARY}{one}" for name, one in inside[key].items()}
        return inside | ({"value": f"x{CANARY}"} if value.get("value") else {})
    return [planted(one) for one in value] if isinstance(value, list) else value


def told(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except Exception as error:  # noqa: BLE001
        return "".join(traceback.format_exception(error)) + repr(error)
    return ""


@pytest.mark.parametrize(
    ("values", "write", "read"),
    [
        (ANY_MESSAGE, message_to_bytes, message_from_bytes),
        (s.replicas() | s.replicas(reachable=False), replica_to_json, replica_from_json),
    ],
    ids=["message", "replica"],
)
def test_no_text_of_it_and_no_error_shows_a_value(values: st.SearchStrategy[Any], write: Write, read: Read) -> None:
    seen = set[bool]()

    @settings(max_examples=60)
    @given(value=values, cut=st.integers(1, 40))
    def holds(value: Any, cut: int) -> None:
        data = json.dumps(planted(json.loads(write(value)))).encode()
        seen.add(CANARY.encode() in data)
        made = read(data)
        assert CANARY not in f"{made!r}{made}{hash(made)!s:.0}"
        broken = json.loads(data) | {
            "values": {"name": [CANARY]},
            CANARY: CANARY,
            "epoch": CANARY,
            "number": f"张{CANARY}",
        }
        for attempt in (
            data[:-cut],
            data + CANARY.encode(),
            data.replace(b'"schema": 1', b'"schema": 7391'),
            json.dumps(broken),
        ):
            assert CANARY not in told(lambda: read(attempt))  # noqa: B023

    holds()
    assert True in seen


def test_a_value_cannot_hide_in_the_name_of_a_field() -> None:
    full: Any = {
        "schema": 1, "message": "FULL", "number": "6000000001", "sender": "BP", "receiver": "EUSP", "catalogue": "0a", "incarnations": [0, 0],
        "epoch": 0, "rev": 1, "ack": 0, "values": {"张伟": "x"}, "stamps": {"张伟": 1}, "creation_id": None,
    }  # fmt: skip
    with pytest.raises(ExceptionGroup) as problem:
        message_from_bytes(json.dumps(full))
    assert [(one.path, one.fault) for one in problem.value.exceptions] == [
        ("values.*", "FORMAT"),
        ("stamps.*", "FORMAT"),
    ]  # type: ignore[attr-defined]


def test_from_type_knows_the_messages_and_the_replica() -> None:
    kinds = set[str]()

    @settings(max_examples=60)
    @given(message=st.from_type(Message), replica=st.from_type(Replica))
    def collect(message: Message, replica: Replica) -> None:
        kinds.add(type(message).__name__)
        assert type(replica) is Replica

    collect()
    assert kinds == {"KeyInfo", "Full", "Ack", "Handoff", "Resync", "Snapshot"}
