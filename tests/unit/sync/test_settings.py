"""From the handbook to the catalogue and the readings; what a handbook says of fields that cannot be is told with its key."""

from __future__ import annotations

import re
from datetime import date

import pytest

from custmaster.errors import Fault, InvalidValue
from custmaster.handbook import default, default_text, parse
from custmaster.handbook.book import Page
from custmaster.handbook.sync_keys import (
    SYNC_FOREIGN_CREATION,
    SYNC_INITIAL_LOAD,
    SYNC_KEY_FIELDS,
    SYNC_KEYS,
    SYNC_PEER_NONKEY,
    SYNC_STATUS,
)
from custmaster.sync import ForeignCreation, InitialLoad, Options, PeerNonKey, Share, StatusRule
from custmaster.sync.ambiguities import AMBIGUITIES, option_of
from custmaster.sync.cells import CELLS
from custmaster.sync.record import SINGLE_FIELDS
from custmaster.sync.settings import catalogue, options, policy, setting

DAY = date(2026, 11, 23)


def page(**values: str) -> Page:
    """The packaged handbook with the values of some keys of sync replaced, each written as in the file."""
    text = default_text()
    for name, value in values.items():
        pattern = rf"(\[\[sync\.{name}\]\][^\n]*\nfrom = [0-9-]+\nvalue = )(\[\n.*?\n\]|[^\n]*)"
        text, count = re.subn(pattern, lambda found, value=value: found[1] + value, text, flags=re.DOTALL)
        assert count == 1, name
    return parse(text).on(DAY)


def test_the_default_catalogue() -> None:
    shared = setting(default().on(DAY)).catalogue
    keys = [row.name for row in shared.fields if row.share is Share.KEY]
    assert keys == [
        "birth_date", "document.expiry", "document.number", "document.type", "kind", "merged_into", "name",
        "relationship", "status",
    ]  # fmt: skip
    assert [row.name for row in shared.fields if row.family] == ["relationship", "role"]
    assert shared.members("person") == ("birth_date", "name")
    assert shared.members("document") == ("document.expiry", "document.number", "document.type")
    assert shared.members("life") == ("merged_into", "status")
    assert (shared.unit("kind"), shared.is_key("role/GUARANTOR"), shared.knows("teller_note")) == ("kind", False, False)
    assert shared.is_key("relationship/MARRIED_TO/6000000002")


def test_the_default_handbook_shares_what_can_be_read_from_a_record() -> None:
    rows = setting(default().on(DAY)).catalogue.fields
    assert {row.name for row in rows if not row.family} == set(SINGLE_FIELDS)


def test_the_default_options_are_the_recommended_ones() -> None:
    assert options(default().on(DAY)) == Options()
    made = policy(default().on(DAY))
    assert (made.plan.systems, made.handbook) == (("BP", "EUSP"), default().stamp)


def test_every_option_can_be_chosen() -> None:
    chosen = page(
        foreign_creation='"KEY_PROPOSAL"', status='"DELETE_WINS"', peer_nonkey='"FORBID"', initial_load='"FULL"',
        merge_coordinator='"EUSP"',
    )  # fmt: skip
    assert options(chosen) == Options(
        foreign_creation=ForeignCreation.KEY_PROPOSAL,
        status=StatusRule.DELETE_WINS,
        peer_nonkey=PeerNonKey.FORBID,
        initial_load=InitialLoad.FULL,
        merge_coordinator="EUSP",
    )


def test_the_handbook_offers_exactly_the_readings_that_the_code_knows() -> None:
    for key, kind in (
        (SYNC_FOREIGN_CREATION, ForeignCreation),
        (SYNC_STATUS, StatusRule),
        (SYNC_PEER_NONKEY, PeerNonKey),
        (SYNC_INITIAL_LOAD, InitialLoad),
    ):
        assert key.kind.name == f"one of {', '.join(kind)}"


def test_with_no_key_field_nothing_is_key() -> None:
    shared = catalogue(page(key_fields="[]", groups="[]", other_fields='["name", "status"]'))
    assert {row.share for row in shared.fields} == {Share.FULL}
    assert [row.name for row in shared.fields] == ["merged_into", "name", "relationship", "role", "status"]


def test_the_status_is_always_shared() -> None:
    shared = catalogue(page(key_fields='["name"]', groups="[]", other_fields="[]"))
    assert [(row.name, row.share.value) for row in shared.fields] == [
        ("merged_into", "FULL"), ("name", "KEY"), ("relationship", "KEY"), ("role", "FULL"), ("status", "FULL"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "fault", "path"),
    [
        ({"key_fields": '["name", "role"]', "groups": "[]"}, Fault.DUPLICATE, "sync.key_fields"),
        ({"other_fields": '["merged_into"]'}, Fault.DUPLICATE, "sync.other_fields"),
        ({"other_fields": '["name"]'}, Fault.DUPLICATE, "sync.other_fields"),
        ({"key_fields": '["Name"]', "groups": "[]"}, Fault.FORMAT, "sync.key_fields"),
        ({"other_fields": '["备注"]'}, Fault.FORMAT, "sync.other_fields"),
        ({"groups": '[{ name = "a", fields = ["name", "mobile"] }]'}, Fault.UNKNOWN_FIELD, "sync.groups.a"),
        ({"groups": '[{ name = "a", fields = ["name", "status"] }]'}, Fault.UNKNOWN_FIELD, "sync.groups.a"),
        ({"groups": '[{ name = "a", fields = ["name", "nickname"] }]'}, Fault.UNKNOWN_FIELD, "sync.groups.a"),
        ({"groups": '[{ name = "kind", fields = ["name", "birth_date"] }]'}, Fault.DUPLICATE, "sync.groups.kind"),
        ({"groups": '[{ name = "mobile", fields = ["name", "birth_date"] }]'}, Fault.DUPLICATE, "sync.groups.mobile"),
        ({"groups": '[{ name = "life", fields = ["name", "birth_date"] }]'}, Fault.DUPLICATE, "sync.groups.life"),
        ({"key_fields": "[]"}, Fault.UNKNOWN_FIELD, "sync.groups.person"),
    ],
)
def test_fields_that_cannot_be_are_refused_with_their_key(values: dict[str, str], fault: Fault, path: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        setting(page(**values))
    assert (caught.value.fault, caught.value.path) == (fault, path)
    assert caught.value.remedy


def test_the_open_places_are_a1_to_a11() -> None:
    assert [row.name for row in AMBIGUITIES] == [f"A{n}" for n in range(1, 12)]
    assert all(row.zh and row.en and row.reason and row.source.startswith("R-") for row in AMBIGUITIES)
    assert {one.mark for one in CELLS.values()} - {None} <= {row.name for row in AMBIGUITIES}


def test_an_open_place_with_an_option_says_its_default_and_the_others() -> None:
    in_force = default().on(DAY)
    for row in AMBIGUITIES:
        assert (row.key is None) == (not row.others) == (option_of(row.name) is None)
        if row.key is None:
            continue
        assert row.key in SYNC_KEYS
        value = in_force[row.key]
        if isinstance(value, str):
            assert row.default == value
            assert all(row.key.kind.read(other) == other for other in row.others)
            if row.key.kind.name.startswith("one of"):
                assert row.key.kind.name == f"one of {', '.join((row.default, *row.others))}"
    assert AMBIGUITIES[8].default == ", ".join(in_force[SYNC_KEY_FIELDS])
