"""What stands around the protocol: the gate, the parking, change events, digests."""

from __future__ import annotations

import pytest
from attrs import evolve

from custmaster.sync import (
    NOBODY_WAITS,
    PARKED_FOR,
    Ack,
    Catalogue,
    DigestCode,
    Echo,
    FieldRow,
    FieldValues,
    Full,
    KeyInfo,
    LocalChange,
    Message,
    NoChange,
    Replica,
    Resync,
    Setting,
    SyncCode,
    admit,
    blank,
    compare,
    digest,
    observe,
)
from custmaster.value.number_plan import NumberPlan, NumberRange

SETTING = Setting(catalogue=Catalogue(fields=[FieldRow(name="occupation"), FieldRow(name="name")]))
PLAN = NumberPlan(
    width=4,
    ranges=(
        NumberRange(name="new", low="6000", high="6999", owner="BP"),
        NumberRange(name="old", low="1000", high="1999", owner="EUSP"),
    ),
)
TOLD = Resync(
    number="6001",
    sender="BP",
    receiver="EUSP",
    catalogue=SETTING.catalogue.fingerprint,
    incarnations=(0, 0),
    epoch=0,
)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, None),
        ({"receiver": "BP"}, SyncCode.WRONG_SYSTEM),
        ({"sender": "EUSP"}, SyncCode.WRONG_SYSTEM),
        ({"sender": "CRM"}, SyncCode.WRONG_SYSTEM),
        ({"number": "9001"}, SyncCode.NUMBER_IN_NO_RANGE),
        ({"number": "60001"}, SyncCode.NUMBER_IN_NO_RANGE),
        ({"catalogue": "0"}, SyncCode.OTHER_CATALOGUE),
    ],
)
def test_what_the_gate_says(changes: dict[str, str], code: SyncCode | None) -> None:
    assert admit(evolve(TOLD, **changes), "EUSP", PLAN, SETTING) is code  # type: ignore[arg-type]
    assert (code in PARKED_FOR) is (code in (SyncCode.NUMBER_IN_NO_RANGE, SyncCode.OTHER_CATALOGUE))


def key(pseq: int) -> KeyInfo:
    return KeyInfo(
        number="6001",
        sender="BP",
        receiver="EUSP",
        catalogue="0",
        incarnations=(0, 0),
        epoch=0,
        pseq=pseq,
        seen=0,
        proposals=(),
        creation_id=None,
    )


def ack(rev: int) -> Ack:
    return Ack(number="6001", sender="BP", receiver="EUSP", catalogue="0", incarnations=(0, 0), epoch=0, rev=rev, ack=0)


@pytest.mark.parametrize(
    ("older", "newer"),
    [(key(1), key(2)), (ack(1), ack(2)), (TOLD, evolve(TOLD, epoch=1)), (ack(9), evolve(ack(1), incarnations=(1, 0)))],
)
def test_the_newest_of_a_customer_and_kind_waits(older: Message, newer: Message) -> None:
    for first, second in ((older, newer), (newer, older)):
        assert NOBODY_WAITS.park(first).park(second).messages == (newer,)
    other = evolve(older, number="6002")
    parking = NOBODY_WAITS.park(older).park(other)
    free, rest = parking.release(lambda message: message.number == "6002")
    assert (free, rest.messages) == ((other,), (older,))


def held(values: dict[str, str], *, owner: bool = True) -> Replica:
    return evolve(
        blank(number="6001", system="BP", other="EUSP", owner=owner),
        present=True,
        values=FieldValues(values),
        base=FieldValues({} if owner else values),
        rev=1,
    )


def test_what_a_change_event_means() -> None:
    replica = held({"name": "n", "occupation": "o"})
    now = {"name": "n", "occupation": "o", "note": "x"}
    assert observe(replica, {**now, "note": "y"}, now, SETTING) == NoChange()
    assert observe(replica, {**now, "name": "m"}, now, SETTING) == Echo()
    seen = observe(replica, now, {"name": "secret", "occupation": None, "note": "x"}, SETTING)
    assert seen == LocalChange(changes={"name": "secret", "occupation": None})
    assert isinstance(seen, LocalChange)
    assert seen.names == ("name", "occupation")
    assert "secret" not in repr(seen)


def test_digests_find_what_no_message_tells() -> None:
    mine, theirs = held({"name": "n"}), held({"name": "n"}, owner=False)
    unsent = evolve(theirs, values=FieldValues({"name": "m"}), pseq=1)
    assert compare([digest(mine)], [digest(theirs)]) == compare([digest(mine)], [digest(unsent)]) == ()
    purged = compare([], [digest(theirs)])
    later = compare([digest(evolve(mine, rev=2))], [digest(theirs)])
    other = compare([digest(held({"name": "x"}))], [digest(theirs)])
    absent = compare([digest(mine)], [])
    assert [found.code for (found,) in (purged, absent, later, other)] == list(DigestCode)
    assert compare([digest(evolve(mine, number=n)) for n in ("3", "1")], [])[0].number == "1"


def test_a_full_never_shows_what_it_carries() -> None:
    full = Full(
        number="6001",
        sender="BP",
        receiver="EUSP",
        catalogue="0",
        incarnations=(0, 0),
        epoch=0,
        rev=1,
        ack=0,
        values=FieldValues({"name": "张伟丽"}),
        stamps=(),
        creation_id=None,
    )
    assert "张伟丽" not in repr(full) + str(held({"name": "张伟丽"}))
