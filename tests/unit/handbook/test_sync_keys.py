"""The keys of sync: groups of fields are read or refused with the place of the fault; the default has every key."""

from __future__ import annotations

from datetime import date

import pytest

from custmaster.errors import Fault, InvalidValue
from custmaster.handbook import default
from custmaster.handbook.sync_keys import SYNC_GROUPS, SYNC_KEYS, FieldGroup

PERSON = {"name": "person", "fields": ["name", "birth_date"]}
PAPER = {"name": "paper", "fields": ["document.type", "document.number"]}


def test_groups_are_read_in_order() -> None:
    assert SYNC_GROUPS.kind.read([PERSON, PAPER]) == (
        FieldGroup(name="person", fields=("name", "birth_date")),
        FieldGroup(name="paper", fields=("document.type", "document.number")),
    )
    assert SYNC_GROUPS.kind.read([]) == ()


@pytest.mark.parametrize(
    ("raw", "fault", "path"),
    [
        ([PERSON, {**PAPER, "name": "person"}], Fault.DUPLICATE, "[1]"),
        ([PERSON, {"name": "paper", "fields": ["name", "kind"]}], Fault.DUPLICATE, "[1]"),
        ([{"name": "person", "fields": ["name"]}], Fault.LENGTH, "[0].fields"),
        ([{"name": "person"}], Fault.MISSING, "[0].fields"),
        ([{**PERSON, "extra": 1}], Fault.UNKNOWN_FIELD, "[0]"),
        ("person", Fault.TYPE, ""),
    ],
)
def test_a_group_that_cannot_be_is_refused(raw: object, fault: Fault, path: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        SYNC_GROUPS.kind.read(raw)
    assert (caught.value.fault, caught.value.path) == (fault, path)


def test_a_group_may_bear_the_name_of_a_field_of_another() -> None:
    rows = [{"name": "kind", "fields": ["name", "birth_date"]}, {"name": "b", "fields": ["kind", "status"]}]
    assert [group.name for group in SYNC_GROUPS.kind.read(rows)] == ["kind", "b"]


@pytest.mark.parametrize("day", [date(2012, 8, 24), date(2026, 11, 23)])
def test_every_key_is_in_force_since_the_system_went_live(day: date) -> None:
    page = default().on(day)
    assert [key.name for key in SYNC_KEYS if page.get(key) is None] == []
    assert {page.article(key) for key in SYNC_KEYS} == {"文三 四"}
