from __future__ import annotations

from datetime import date

import pytest

from custmaster.customer.children import InRole, NamedAs, Noted, Related
from custmaster.customer.events import Absorbed, Released, evolve
from custmaster.customer.kinds import NameUsage, RelationKind, RoleKind
from custmaster.customer.moves import ChildMove, FieldMove, find_child, gained, given_back
from custmaster.customer.parts import CoreField
from custmaster.customer.record import Customer
from custmaster.errors import CustmasterError, Fault, InvalidRecord, InvalidValue
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.sex import Sex

NAME = NamedAs(name=Name("张伟"))
FORMER = NamedAs(name=Name("张伟"), usage=NameUsage.FORMER)
KIN = Related(to="2", kind=RelationKind.SIBLING_OF)
OTHER_KIN = Related(to="3", kind=RelationKind.SIBLING_OF)
NOTE = Noted(key="hobby", text="围棋")
CUSTOMER = Customer(
    number="1", kind=PartyKind.PERSON, sex=Sex.UNKNOWN, names=[NAME], relationships=[KIN, OTHER_KIN], requests=["T-1"]
)
FIELDS = [FieldMove(field=CoreField.SEX, before=Sex.UNKNOWN, after=Sex.MALE)]
CHILDREN = [
    ChildMove(before=NAME, after=FORMER, place=0),
    ChildMove(before=KIN, place=0),
    ChildMove(after=NamedAs(name=Name("张玮")), place=1),
    ChildMove(after=NOTE, place=0),
]


def test_moves_come_onto_the_record_and_are_taken_back_in_their_old_places() -> None:
    after = gained(CUSTOMER, FIELDS, CHILDREN)
    assert (after.sex, after.relationships, after.notes) == (Sex.MALE, (OTHER_KIN,), (NOTE,))
    assert [named.usage for named in after.names] == [NameUsage.FORMER, NameUsage.LEGAL]
    assert given_back(after, FIELDS, CHILDREN) == CUSTOMER


def test_what_came_later_stays_when_the_moves_are_taken_back() -> None:
    after = gained(CUSTOMER, FIELDS, CHILDREN)
    role = InRole(kind=RoleKind.STAFF)
    later = gained(after, [], [ChildMove(after=role, place=0), ChildMove(after=Noted(key="b", text="c"), place=1)])
    back = given_back(later, FIELDS, CHILDREN)
    assert (back.roles, [note.key for note in back.notes]) == ((role,), ["b"])


def test_a_child_is_added_at_the_end_when_its_place_is_beyond_it() -> None:
    assert gained(CUSTOMER, [], [ChildMove(after=NOTE, place=7)]).notes == (NOTE,)


@pytest.mark.parametrize(
    ("fields", "children"),
    [
        ([FieldMove(field=CoreField.SEX, before=Sex.MALE)], []),
        ([], [ChildMove(before=NOTE, place=0)]),
    ],
)
def test_what_is_not_there_cannot_be_taken_away(fields, children) -> None:
    with pytest.raises(CustmasterError, match="does not hold what the move takes away"):
        gained(CUSTOMER, fields, children)


def test_a_record_that_would_contradict_itself_is_not_made() -> None:
    with pytest.raises(InvalidRecord):
        gained(CUSTOMER, [], [ChildMove(after=NamedAs(name=Name("李芳")), place=1)])


def test_of_equal_children_the_one_at_its_place_is_meant() -> None:
    assert find_child([NOTE, NOTE], NOTE, 1) == 1
    assert find_child([NOTE, NOTE], NOTE, 5) == 0


@pytest.mark.parametrize(
    ("said", "fault", "path"),
    [
        ({"place": 0}, Fault.MISSING, "after"),
        ({"before": NAME, "after": NOTE, "place": 0}, Fault.TYPE, "after"),
        ({"after": NOTE, "place": -1}, Fault.RANGE, "place"),
    ],
)
def test_a_move_of_a_child_is_sound(said, fault, path) -> None:
    with pytest.raises(InvalidValue) as caught:
        ChildMove(**said)
    assert (caught.value.fault, caught.value.path) == (fault, path)


@pytest.mark.parametrize("side", ["before", "after"])
def test_a_move_of_a_field_has_values_of_its_type_and_shows_none(side) -> None:
    with pytest.raises(InvalidValue) as caught:
        FieldMove(field=CoreField.SEX, **{side: "MALE"})
    assert (caught.value.fault, caught.value.path) == (Fault.TYPE, side)
    assert "1950" not in repr(FieldMove(field=CoreField.BIRTH_DATE, **{side: date(1950, 1, 1)}))


def test_both_events_fold_and_remember_their_requests() -> None:
    head = {"number": "1", "absorbed": "2", "on": date(2026, 11, 23), "actor": "S-1"}
    after = evolve(CUSTOMER, Absorbed(request_id="T-2", fields=FIELDS, children=CHILDREN, **head))
    back = evolve(after, Released(request_id="T-3", fields=FIELDS, children=CHILDREN, **head))
    assert back.requests == ("T-1", "T-2", "T-3")
    assert (back.names, back.relationships, back.notes, back.sex) == (
        CUSTOMER.names,
        CUSTOMER.relationships,
        CUSTOMER.notes,
        CUSTOMER.sex,
    )
