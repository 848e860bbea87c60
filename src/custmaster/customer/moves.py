"""What a merge moves onto the surviving record, as values that can be taken back exactly: core fields and children.

A move says what stood before and what stands after, so that it is its own inverse read backwards. Applying moves and taking the same moves
back in the opposite order leaves every list as it was, in its old order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

import attrs
from attrs import frozen

from custmaster.customer.parts import CHILD_LISTS, CORRECTABLE, Child, CoreField, Correction
from custmaster.customer.record import Customer
from custmaster.errors import CustmasterError, Fault, InvalidValue

__all__ = ["ChildMove", "FieldMove", "find_child", "gained", "given_back", "list_of", "still_standing"]


@frozen(kw_only=True)
class FieldMove:
    """A core field of the survivor takes another value. Errors: InvalidValue (TYPE) for a value of another type than the field's.

    >>> FieldMove(field=CoreField.NATIONALITY, after="CHN").before is None
    True
    """

    field: CoreField
    before: Correction = attrs.field(default=None, repr=False)
    after: Correction = attrs.field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        for path, value in (("before", self.before), ("after", self.after)):
            if value is not None and type(value) is not CORRECTABLE[self.field]:
                raise InvalidValue(
                    Fault.TYPE, path=path, remedy=f"{self.field} is a {CORRECTABLE[self.field].__name__}"
                )


@frozen(kw_only=True)
class ChildMove:
    """A list of the survivor gains `after`, loses `before`, or holds `after` in the place of `before`.

    `place` is the index in the list at that moment. Errors: InvalidValue (MISSING) with neither, (TYPE) with two kinds of child,
    (RANGE) for a negative place.

    >>> from custmaster.customer.children import NamedAs
    >>> from custmaster.value.name import Name
    >>> ChildMove(after=NamedAs(name=Name("张伟")), place=1).list
    'names'
    """

    before: Child | None = None
    after: Child | None = None
    place: int

    def __attrs_post_init__(self) -> None:
        kinds = {type(child) for child in (self.before, self.after) if child is not None}
        if not kinds:
            raise InvalidValue(Fault.MISSING, path="after", remedy="a move has a child before, after, or both")
        if len(kinds) > 1:
            raise InvalidValue(Fault.TYPE, path="after", remedy="a child is replaced by one of its own kind")
        if self.place < 0:
            raise InvalidValue(Fault.RANGE, path="place", remedy="places are counted from 0")

    @property
    def list(self) -> str:
        """The list of the record that is meant."""
        return CHILD_LISTS[type(self._child)]

    @property
    def _child(self) -> Child:
        return cast("Child", self.before if self.after is None else self.after)


def list_of(customer: Customer, name: str) -> tuple[Child, ...]:
    """The children of one list of a record, by the list's name."""
    return cast("tuple[Child, ...]", getattr(customer, name))


def find_child(listed: Sequence[Child], child: Child, place: int) -> int | None:
    """Where the child stands: at its place if it is there, else at the first place that holds it; None when it is nowhere.

    >>> from custmaster.customer.children import InRole
    >>> from custmaster.customer.kinds import RoleKind
    >>> roles = [InRole(kind=RoleKind.STAFF), InRole(kind=RoleKind.AGENT)]
    >>> find_child(roles, roles[1], 0), find_child(roles, InRole(kind=RoleKind.BORROWER), 0)
    (1, None)
    """
    if place < len(listed) and listed[place] == child:
        return place
    return next((index for index, other in enumerate(listed) if other == child), None)


def gained(customer: Customer, fields: Iterable[FieldMove], children: Iterable[ChildMove]) -> Customer:
    """The record with all moves applied in their order, at once: only the record at the end must be sound.

    Errors: CustmasterError when something that a move takes away is not there; InvalidRecord when the record contradicts itself.

    >>> from custmaster.value.party import PartyKind
    >>> bare = Customer(number="6000000001", kind=PartyKind.PERSON)
    >>> gained(bare, [FieldMove(field=CoreField.NATIONALITY, after="CHN")], []).nationality
    'CHN'
    """
    return _moved(customer, [(one.field, one.before, one.after) for one in fields], children)


def given_back(customer: Customer, fields: Iterable[FieldMove], children: Iterable[ChildMove]) -> Customer:
    """The record with the same moves taken back in the opposite order; errors as `gained`.

    >>> from custmaster.value.party import PartyKind
    >>> bare = Customer(number="6000000001", kind=PartyKind.PERSON)
    >>> move = FieldMove(field=CoreField.NATIONALITY, after="CHN")
    >>> given_back(gained(bare, [move], []), [move], []) == bare
    True
    """
    backwards = [_backwards(one) for one in reversed(tuple(children))]
    return _moved(customer, [(one.field, one.after, one.before) for one in fields], backwards)


def still_standing(customer: Customer, children: Sequence[ChildMove]) -> tuple[int, ...]:
    """The places of those moves that can be taken back from the record as it is now: nobody changed since what they put there.

    >>> from custmaster.customer.children import InRole
    >>> from custmaster.customer.kinds import RoleKind
    >>> from custmaster.value.party import PartyKind
    >>> moves = [ChildMove(after=InRole(kind=kind), place=place) for place, kind in enumerate(RoleKind)][:2]
    >>> still_standing(Customer(number="1", kind=PartyKind.PERSON, roles=[moves[1].after]), moves)
    (1,)
    """
    lists: dict[str, list[Child]] = {}
    standing: list[int] = []
    for at in reversed(range(len(children))):
        move = children[at]
        listed = lists.setdefault(move.list, list(list_of(customer, move.list)))
        if move.after is None or find_child(listed, move.after, move.place) is not None:
            _move(listed, _backwards(move))
            standing.append(at)
    return tuple(reversed(standing))


def _backwards(move: ChildMove) -> ChildMove:
    return ChildMove(before=move.after, after=move.before, place=move.place)


def _moved(
    customer: Customer, fields: Iterable[tuple[CoreField, Correction, Correction]], children: Iterable[ChildMove]
) -> Customer:
    changes: dict[str, object] = {}
    for name, before, after in fields:
        if getattr(customer, name) != before:
            raise CustmasterError(f"the field {name} does not hold what the move takes away")
        changes[name] = after
    lists: dict[str, list[Child]] = {}
    for move in children:
        _move(lists.setdefault(move.list, list(list_of(customer, move.list))), move)
    changes.update((name, tuple(listed)) for name, listed in lists.items())
    return attrs.evolve(customer, **changes)  # type: ignore[arg-type]


def _move(listed: list[Child], move: ChildMove) -> None:
    if move.before is None:
        listed.insert(min(move.place, len(listed)), cast("Child", move.after))
        return
    place = find_child(listed, move.before, move.place)
    if place is None:
        raise CustmasterError(f"the list {move.list} does not hold what the move takes away")
    if move.after is None:
        del listed[place]
    else:
        listed[place] = move.after
