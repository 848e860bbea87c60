"""The direction table (同步方向表), literal and total: operation x role x cause -> what is sent, and the sentence it comes from.

Its keys are roles and never systems, so that the ranges of the new and of the old core mirror each other by construction.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from attrs import frozen

from custmaster.sync import sentences as said
from custmaster.sync.codes import Cause, Operation, Scope, SyncCode
from custmaster.sync.direction_codes import DirectionCode, NextCode
from custmaster.sync.options import ForeignCreation, InitialLoad, Options, PeerNonKey, StatusRule
from custmaster.sync.sentences import Sentence
from custmaster.value.number_plan import Role

__all__ = ["CELLS", "NEXT", "Cell", "Place", "cells"]

Place = tuple[Operation, Role, Cause]
"""Where a cell stands in the table."""


@frozen(kw_only=True, cache_hash=True)
class Cell:
    """One cell: what is sent, why, what happens next, and the sentences it comes from.

    `mark` is the open place of the handbook that it settles, A1 to A11 (`custmaster.sync.ambiguities`), None where the words are
    plain. `local_nonkey_survives` is False where a peer enters what the owner's answer reverts.
    """

    operation: Operation
    role: Role
    cause: Cause
    scope: Scope
    code: DirectionCode | SyncCode
    next: NextCode
    sentences: tuple[Sentence, ...]
    mark: str | None = None

    @property
    def local_nonkey_survives(self) -> bool:
        """Whether what was entered outside the key information stays where it was entered. Source: R-75, A5."""
        return self.scope is not Scope.KEY or self.operation not in _ENTERS_MORE_THAN_KEYS

    def said_of(self, owner: str | None) -> tuple[Sentence, ...]:
        """The sentences that speak of the ranges of this owner; all of them when none does, as for a third system."""
        spoken = tuple(one for one in self.sentences if one.owner in {None, owner})
        return spoken or self.sentences


_ENTERS_MORE_THAN_KEYS: Final = frozenset({Operation.CREATE, Operation.CHANGE_NONKEY})

NEXT: Final[Mapping[DirectionCode | SyncCode, NextCode]] = MappingProxyType(
    {
        DirectionCode.FULL_FROM_OWNER: NextCode.NEXT_ACKNOWLEDGED,
        DirectionCode.KEY_FROM_PEER: NextCode.NEXT_ANSWERED_BY_FULL,
        DirectionCode.STOCK_SENT: NextCode.NEXT_ACKNOWLEDGED,
        DirectionCode.STOCK_NOT_SENT: NextCode.NEXT_NOTHING,
        DirectionCode.NOTHING_CHANGED: NextCode.NEXT_NOTHING,
        DirectionCode.APPLIED_BY_SYNC: NextCode.NEXT_NOTHING,
        DirectionCode.OWNERSHIP_MOVES: NextCode.NEXT_NEW_OWNER,
        SyncCode.NUMBER_IN_NO_RANGE: NextCode.NEXT_CORRECT_AND_REPEAT,
        SyncCode.FOREIGN_CREATION: NextCode.NEXT_DO_IT_AT_THE_OWNER,
        SyncCode.NOT_THE_OWNER: NextCode.NEXT_DO_IT_AT_THE_OWNER,
        SyncCode.EDIT_FORBIDDEN: NextCode.NEXT_DO_IT_AT_THE_OWNER,
        SyncCode.STATUS_OWNER_ONLY: NextCode.NEXT_DO_IT_AT_THE_OWNER,
        SyncCode.NOT_THE_COORDINATOR: NextCode.NEXT_DO_IT_AT_THE_COORDINATOR,
        SyncCode.OPERATION_REJECTED: NextCode.NEXT_CORRECT_AND_REPEAT,
    }
)
"""What happens next, by the reason for it."""

_Row = tuple[Scope, DirectionCode | SyncCode, tuple[Sentence, ...], str | None]
_O, _D, _S = Operation, DirectionCode, SyncCode
_OWNER, _PEER = Role.OWNER, Role.PEER
_USER, _REPLICA, _LOAD = Cause.USER, Cause.REPLICA, Cause.LOAD
_FULL, _KEY, _NONE, _HANDOFF, _REJECT = Scope.FULL, Scope.KEY, Scope.NONE, Scope.HANDOFF, Scope.REJECT


def _table(rows: Mapping[Place, _Row]) -> Mapping[Place, Cell]:
    return MappingProxyType(
        {
            (operation, role, cause): Cell(
                operation=operation,
                role=role,
                cause=cause,
                scope=scope,
                code=code,
                next=NEXT[code],
                sentences=sentences,
                mark=mark,
            )
            for (operation, role, cause), (scope, code, sentences, mark) in rows.items()
        }
    )


CELLS: Final = _table(
    {
        (_O.CREATE, _OWNER, _USER): (_FULL, _D.FULL_FROM_OWNER, said.CREATED, None),
        (_O.CREATE, _OWNER, _REPLICA): (_NONE, _D.APPLIED_BY_SYNC, said.ECHO, None),
        (_O.CREATE, _OWNER, _LOAD): (_NONE, _D.STOCK_NOT_SENT, said.LOADED, None),
        (_O.CREATE, _PEER, _USER): (_REJECT, _S.FOREIGN_CREATION, said.CREATED, "A2"),
        (_O.CREATE, _PEER, _REPLICA): (_NONE, _D.APPLIED_BY_SYNC, said.ECHO, None),
        (_O.CREATE, _PEER, _LOAD): (_NONE, _D.STOCK_NOT_SENT, said.LOADED, None),
        (_O.CHANGE_KEY, _OWNER, _USER): (_FULL, _D.FULL_FROM_OWNER, said.CHANGED, None),
        (_O.CHANGE_KEY, _OWNER, _REPLICA): (_NONE, _D.APPLIED_BY_SYNC, said.ECHO, None),
        (_O.CHANGE_KEY, _OWNER, _LOAD): (_NONE, _D.STOCK_NOT_SENT, said.LOADED, None),
        (_O.CHANGE_KEY, _PEER, _USER): (_KEY, _D.KEY_FROM_PEER, said.CHANGED, "A1"),
        (_O.CHANGE_KEY, _PEER, _REPLICA): (_NONE, _D.APPLIED_BY_SYNC, said.ECHO, None),
        (_O.CHANGE_KEY, _PEER, _LOAD): (_NONE, _D.STOCK_NOT_SENT, said.LOADED, None),
        (_O.CHANGE_NONKEY, _OWNER, _USER): (_FULL, _D.FULL_FROM_OWNER, said.CHANGED, None),
        (_O.CHANGE_NONKEY, _OWNER, _REPLICA): (_NONE, _D.APPLIED_BY_SYNC, said.ECHO, None),
        (_O.CHANGE_NONKEY, _OWNER, _LOAD): (_NONE, _D.STOCK_NOT_SENT, said.LOADED, None),
        (_O.CHANGE_NONKEY, _PEER, _USER): (_KEY, _D.KEY_FROM_PEER, said.CHANGED, "A5"),
        (_O.CHANGE_NONKEY, _PEER, _REPLICA): (_NONE, _D.APPLIED_BY_SYNC, said.ECHO, None),
        (_O.CHANGE_NONKEY, _PEER, _LOAD): (_NONE, _D.STOCK_NOT_SENT, said.LOADED, None),
        (_O.STATUS, _OWNER, _USER): (_FULL, _D.FULL_FROM_OWNER, said.STATUS_CHANGED, None),
        (_O.STATUS, _OWNER, _REPLICA): (_NONE, _D.APPLIED_BY_SYNC, said.ECHO, None),
        (_O.STATUS, _OWNER, _LOAD): (_NONE, _D.STOCK_NOT_SENT, said.LOADED, None),
        (_O.STATUS, _PEER, _USER): (_KEY, _D.KEY_FROM_PEER, said.STATUS_CHANGED, "A3"),
        (_O.STATUS, _PEER, _REPLICA): (_NONE, _D.APPLIED_BY_SYNC, said.ECHO, None),
        (_O.STATUS, _PEER, _LOAD): (_NONE, _D.STOCK_NOT_SENT, said.LOADED, None),
        (_O.RELATION, _OWNER, _USER): (_FULL, _D.FULL_FROM_OWNER, said.RELATED, None),
        (_O.RELATION, _OWNER, _REPLICA): (_NONE, _D.APPLIED_BY_SYNC, said.ECHO, None),
        (_O.RELATION, _OWNER, _LOAD): (_NONE, _D.STOCK_NOT_SENT, said.LOADED, None),
        (_O.RELATION, _PEER, _USER): (_KEY, _D.KEY_FROM_PEER, said.RELATED, "A4"),
        (_O.RELATION, _PEER, _REPLICA): (_NONE, _D.APPLIED_BY_SYNC, said.ECHO, None),
        (_O.RELATION, _PEER, _LOAD): (_NONE, _D.STOCK_NOT_SENT, said.LOADED, None),
        (_O.MERGE, _OWNER, _USER): (_FULL, _D.FULL_FROM_OWNER, said.MERGED, None),
        (_O.MERGE, _OWNER, _REPLICA): (_NONE, _D.APPLIED_BY_SYNC, said.ECHO, None),
        (_O.MERGE, _OWNER, _LOAD): (_NONE, _D.STOCK_NOT_SENT, said.LOADED, None),
        (_O.MERGE, _PEER, _USER): (_KEY, _D.KEY_FROM_PEER, said.MERGED, "A8"),
        (_O.MERGE, _PEER, _REPLICA): (_NONE, _D.APPLIED_BY_SYNC, said.ECHO, None),
        (_O.MERGE, _PEER, _LOAD): (_NONE, _D.STOCK_NOT_SENT, said.LOADED, None),
        (_O.REASSIGN, _OWNER, _USER): (_HANDOFF, _D.OWNERSHIP_MOVES, said.HANDED_OVER, "A7"),
        (_O.REASSIGN, _OWNER, _REPLICA): (_NONE, _D.APPLIED_BY_SYNC, said.ECHO, None),
        (_O.REASSIGN, _OWNER, _LOAD): (_REJECT, _S.OPERATION_REJECTED, said.HANDED_OVER, "A7"),
        (_O.REASSIGN, _PEER, _USER): (_REJECT, _S.NOT_THE_OWNER, said.HANDED_OVER, "A7"),
        (_O.REASSIGN, _PEER, _REPLICA): (_NONE, _D.APPLIED_BY_SYNC, said.ECHO, None),
        (_O.REASSIGN, _PEER, _LOAD): (_REJECT, _S.OPERATION_REJECTED, said.HANDED_OVER, "A7"),
        (_O.NO_CHANGE, _OWNER, _USER): (_NONE, _D.NOTHING_CHANGED, said.UNCHANGED, None),
        (_O.NO_CHANGE, _OWNER, _REPLICA): (_NONE, _D.APPLIED_BY_SYNC, said.ECHO, None),
        (_O.NO_CHANGE, _OWNER, _LOAD): (_NONE, _D.STOCK_NOT_SENT, said.LOADED, None),
        (_O.NO_CHANGE, _PEER, _USER): (_NONE, _D.NOTHING_CHANGED, said.UNCHANGED, None),
        (_O.NO_CHANGE, _PEER, _REPLICA): (_NONE, _D.APPLIED_BY_SYNC, said.ECHO, None),
        (_O.NO_CHANGE, _PEER, _LOAD): (_NONE, _D.STOCK_NOT_SENT, said.LOADED, None),
    }
)
"""The table under the default reading of every open place."""

_FOREIGN_CREATION: Final = _table(
    {(_O.CREATE, _PEER, _USER): (_KEY, _D.KEY_FROM_PEER, said.CHANGED, "A2")},
)
_OWNERS_STATUS: Final = _table(
    {
        (_O.STATUS, _PEER, _USER): (_REJECT, _S.STATUS_OWNER_ONLY, said.STATUS_CHANGED, "A3"),
        (_O.MERGE, _PEER, _USER): (_REJECT, _S.STATUS_OWNER_ONLY, said.MERGED, "A3"),
    }
)
_NO_NONKEY: Final = _table(
    {(_O.CHANGE_NONKEY, _PEER, _USER): (_REJECT, _S.EDIT_FORBIDDEN, said.CHANGED, "A5")},
)
_LOAD_IN_FULL: Final = _table(
    {
        (_O.CREATE, _OWNER, _LOAD): (_FULL, _D.STOCK_SENT, said.CREATED, None),
        (_O.CHANGE_KEY, _OWNER, _LOAD): (_FULL, _D.STOCK_SENT, said.CHANGED, None),
        (_O.CHANGE_NONKEY, _OWNER, _LOAD): (_FULL, _D.STOCK_SENT, said.CHANGED, None),
        (_O.STATUS, _OWNER, _LOAD): (_FULL, _D.STOCK_SENT, said.STATUS_CHANGED, None),
        (_O.RELATION, _OWNER, _LOAD): (_FULL, _D.STOCK_SENT, said.RELATED, None),
        (_O.MERGE, _OWNER, _LOAD): (_FULL, _D.STOCK_SENT, said.MERGED, None),
    }
)


@cache
def cells(options: Options) -> Mapping[Place, Cell]:
    """The whole table under these readings, as total as CELLS and in its order.

    >>> from custmaster.sync.options import Options, PeerNonKey
    >>> cells(Options(peer_nonkey=PeerNonKey.FORBID))[Operation.CHANGE_NONKEY, Role.PEER, Cause.USER].scope
    <Scope.REJECT: 'REJECT'>
    """
    table = dict(CELLS)
    if options.foreign_creation is ForeignCreation.KEY_PROPOSAL:
        table |= _FOREIGN_CREATION
    if options.status is StatusRule.OWNER_ONLY:
        table |= _OWNERS_STATUS
    if options.peer_nonkey is PeerNonKey.FORBID:
        table |= _NO_NONKEY
    if options.initial_load is InitialLoad.FULL:
        table |= _LOAD_IN_FULL
    return MappingProxyType(table)
