"""What authors may do in a scope, and what a sensible host lets them ask for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from custmaster.customer.kinds import Status
from custmaster.sim.sync._book import Deed, Doing
from custmaster.sim.sync.scope import Scope
from custmaster.sync.replica import Replica

__all__ = ["deeds_of", "is_sensible"]


def deeds_of(scope: Scope) -> Iterator[Deed]:
    """Everything that an author may do, creation first.

    >>> [deed.doing.value for deed in deeds_of(Scope(keys=1, others=0, status=True))]
    ['CREATE', 'CHANGE', 'DELETE', 'ACTIVATE']
    """
    yield Deed(doing=Doing.CREATE, fields=scope.created)
    if scope.creation and scope.keys > 1:
        yield Deed(doing=Doing.CREATE, fields=scope.created[:1])
    yield from (Deed(doing=Doing.CHANGE, fields=(name,)) for name in (*scope.plain_fields, *scope.related))
    if scope.two_field_edits:
        yield from (Deed(doing=Doing.CHANGE, fields=pair) for pair in combinations(sorted(scope.plain_fields), 2))
    if scope.status:
        yield Deed(doing=Doing.DELETE, fields=("status",))
    if scope.status or scope.merge:
        yield Deed(doing=Doing.ACTIVATE, fields=("status",))
    if scope.merge:
        yield from (Deed(doing=Doing.MERGE, fields=("status",), into=number) for number in scope.numbers)


def is_sensible(deed: Deed, replica: Replica) -> bool:
    """Nobody edits a customer that is not there, creates one twice, or sets a status that stands."""
    if replica.present == (deed.doing is Doing.CREATE):
        return False
    match deed.doing:
        case Doing.DELETE | Doing.MERGE:
            return replica.values.get("status") == Status.ACTIVE
        case Doing.ACTIVATE:
            return replica.values.get("status") != Status.ACTIVE
        case Doing.CREATE | Doing.CHANGE:
            return True
