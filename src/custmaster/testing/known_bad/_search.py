"""From the reach of a variant to the bounds of the search that must find it."""

from __future__ import annotations

from typing import Final

from attrs import evolve

from custmaster.sim.sync.scope import Scope
from custmaster.sync.options import ForeignCreation, Options
from custmaster.testing.known_bad._kinds import Need, Reach

__all__ = ["first_edit", "search_of"]

_PROPOSED: Final = Options(foreign_creation=ForeignCreation.KEY_PROPOSAL)


def search_of(reach: Reach) -> Scope:
    """The bounds of a search within the reach, with as few fields as show the variant.

    >>> search_of(Reach(edits=3)).keys, search_of(Reach(edits=1, restores=1)).restores
    (2, 1)
    """
    needs = frozenset(reach.needs)
    merge = Need.MERGE in needs
    lean = bool(reach.handoffs or reach.restores or needs & {Need.STATUS, Need.RETURNING_VALUE, Need.RELATIONSHIP})
    return Scope(
        edits=reach.edits,
        handovers=reach.handoffs,
        restores=reach.restores,
        customers=2 if merge else 1,
        keys=0 if merge else 1 if lean else 2,
        others=0 if needs & {Need.MERGE, Need.GROUP} else 1,
        two_field_edits=Need.TWO_FIELDS in needs,
        group=Need.GROUP in needs,
        creation=Need.CREATION in needs,
        status=bool(needs & {Need.STATUS, Need.RETURNING_VALUE}),
        merge=merge,
        one_range=merge,
        relations=2 if Need.RELATIONSHIP in needs else 1 if Need.REMOVAL in needs else 0,
        options=_PROPOSED if Need.CREATION in needs else Options(),
    )


def first_edit(reach: Reach) -> Scope:
    """The bounds of the search that must not find the variant: the same scenario, and one edit.

    >>> first_edit(Reach(edits=2, handoffs=1)).handovers
    0
    """
    return search_of(evolve(reach, edits=1, handoffs=0, restores=0))
