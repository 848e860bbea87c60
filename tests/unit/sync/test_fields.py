"""Field values and the catalogue: what they hold, refuse and never show."""

from __future__ import annotations

import copy
import pickle
from typing import cast

import pytest

from custmaster.errors import Fault, InvalidValue
from custmaster.sync import Catalogue, FieldRow, FieldValues, Share, parked_edges, relationship_field, role_field

SECRET = "张伟丽"


def test_values_are_sorted_and_a_missing_value_is_not_held() -> None:
    held = FieldValues({"b": "2", "a": "1", "c": None})
    assert held.names == ("a", "b")
    assert list(held.items()) == [("a", "1"), ("b", "2")]
    assert ("a" in held, "c" in held, held.get("c"), len(held)) == (True, False, None, 2)


def test_equal_contents_are_equal_and_have_one_hash_whatever_made_them() -> None:
    made = FieldValues({"a": "1", "b": "2"})
    same = FieldValues({"b": "9", "a": "1"}).changed({"b": "2"})
    assert made == same
    assert hash(made) == hash(same) == hash(same)
    assert made != FieldValues({"a": "1"})
    assert made != {"a": "1", "b": "2"}


@pytest.mark.parametrize(
    ("changes", "after"),
    [
        ({}, {"a": "1", "b": "2"}),
        ({"a": "1"}, {"a": "1", "b": "2"}),
        ({"a": "9"}, {"a": "9", "b": "2"}),
        ({"a": None}, {"b": "2"}),
        ({"c": "3"}, {"a": "1", "b": "2", "c": "3"}),
        ({"c": None}, {"a": "1", "b": "2"}),
    ],
)
def test_changes_are_laid_over(changes: dict[str, str | None], after: dict[str, str]) -> None:
    before = FieldValues({"a": "1", "b": "2"})
    assert before.changed(changes) == FieldValues(after)
    assert before == FieldValues({"a": "1", "b": "2"})


def test_taking_another_keeps_the_named_fields_even_when_they_are_missing() -> None:
    mine, theirs = FieldValues({"a": "1", "b": "2"}), FieldValues({"a": "8", "c": "9", "d": "7"})
    assert mine.taking(theirs, frozenset()) is theirs
    assert mine.taking(theirs, frozenset({"a", "d"})) == FieldValues({"a": "1", "c": "9"})
    assert mine.differing(theirs) == ("a", "b", "c", "d")
    assert mine.differing(mine) == ()


def test_nothing_is_shown_and_nothing_is_pickled() -> None:
    held = FieldValues({"name": SECRET})
    assert SECRET not in repr(held) + str(held) + f"{held}"
    assert copy.copy(held) is held
    assert copy.deepcopy([held])[0] is held
    with pytest.raises(TypeError):
        pickle.dumps(held)


@pytest.mark.parametrize(("value", "fault"), [(7, Fault.TYPE), (SECRET * 2000, Fault.LENGTH)])
def test_a_value_that_cannot_be_held_is_named_by_its_field(value: object, fault: Fault) -> None:
    given = cast("str", value)  # whoever is not type-checked
    with pytest.raises(InvalidValue) as caught:
        FieldValues({"name": given})
    with pytest.raises(InvalidValue) as changed:
        FieldValues({"name": "x"}).changed({"name": given})
    for error in (caught.value, changed.value):
        assert (error.fault, error.path) == (fault, "name")
        assert SECRET not in str(error)


SHARED = Catalogue(
    fields=[
        FieldRow(name="name", share=Share.KEY, group="person"),
        FieldRow(name="birth_date", share=Share.KEY, group="person"),
        FieldRow(name="relationship", share=Share.KEY, family=True),
        FieldRow(name="role", family=True),
        FieldRow(name="occupation"),
    ]
)


@pytest.mark.parametrize(
    ("name", "knows", "key", "unit"),
    [
        ("name", True, True, "person"),
        ("occupation", True, False, "occupation"),
        ("note", False, False, "note"),
        ("relationship", False, False, "relationship"),
        (relationship_field("SPOUSE", "6000000002"), True, True, "relationship/SPOUSE/6000000002"),
        (role_field("GUARANTOR"), True, False, "role/GUARANTOR"),
        ("role/", False, False, "role/"),
        ("role/a b", False, False, "role/a b"),
        ("name/x", False, False, "name/x"),
        ("other/x", False, False, "other/x"),
    ],
)
def test_what_the_catalogue_says_of_a_field(name: str, knows: bool, key: bool, unit: str) -> None:
    assert (SHARED.knows(name), SHARED.is_key(name), SHARED.unit(name)) == (knows, key, unit)


def test_members_and_fingerprint() -> None:
    assert SHARED.members("person") == ("birth_date", "name")
    assert SHARED.members("occupation") == ("occupation",)
    assert Catalogue(fields=SHARED.fields[::-1]) == SHARED
    assert Catalogue(fields=SHARED.fields[::-1]).fingerprint == SHARED.fingerprint
    assert Catalogue(fields=SHARED.fields[1:]).fingerprint != SHARED.fingerprint


@pytest.mark.parametrize(
    ("row", "path"),
    [
        ({"name": "Name"}, "name"),
        ({"name": "occupation", "group": "g"}, "group"),
        ({"name": "name", "share": Share.KEY, "group": "姓名"}, "group"),
        ({"name": "edge", "share": Share.KEY, "family": True, "group": "g"}, "group"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused(row: dict[str, object], path: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        FieldRow(**row)  # type: ignore[arg-type]
    assert caught.value.path == path


def test_a_field_stands_once() -> None:
    with pytest.raises(InvalidValue, match="fields"):
        Catalogue(fields=[FieldRow(name="name"), FieldRow(name="name", share=Share.KEY)])


def test_edges_to_customers_that_are_not_known_here_are_parked() -> None:
    held = FieldValues({relationship_field("SPOUSE", "6000000002"): "ACTIVE", "name": "x"})
    assert parked_edges(held, {"6000000002"}) == ()
    assert parked_edges(held, ()) == ("relationship/SPOUSE/6000000002",)
