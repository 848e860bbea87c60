"""The versions of the stored forms, and how a record of an older one is brought up to date before it is read.

Each form (customer, event, decision, handbook, and those of sync, aliases, merges, contracts, rosters, screening, limits and circles) counts its own versions, which a record tells as its `schema`. When a form changes, its
number in CURRENT goes up by one and UPCASTERS gets the function that makes the new version of the data from the old one; what has been
written is never rewritten. Golden files of every version are kept with the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final

from custmaster.errors import CustmasterError, Fault, InvalidValue
from custmaster.wire._codec import Codec, Faults, below, unwanted
from custmaster.wire._shapes import is_list, is_table

__all__ = ["CURRENT", "UPCASTERS", "Form", "Upcaster", "versioned"]

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
"""Makes the data of the next version from that of its own; it is given a copy of the top level, and no more."""


class Form(StrEnum):
    """What is stored in versions."""

    CUSTOMER = "CUSTOMER"
    EVENT = "EVENT"
    DECISION = "DECISION"
    HANDBOOK = "HANDBOOK"
    SYNC_MESSAGE = "SYNC_MESSAGE"
    REPLICA = "REPLICA"
    SYNC_REPORT = "SYNC_REPORT"
    DIGEST = "DIGEST"
    ALIAS = "ALIAS"
    ALIAS_EVENT = "ALIAS_EVENT"
    MERGE_PLAN = "MERGE_PLAN"
    MERGE_RECORD = "MERGE_RECORD"
    UNMERGE_PLAN = "UNMERGE_PLAN"
    RULING = "RULING"
    WORKLIST_ITEM = "WORKLIST_ITEM"
    CONTRACT = "CONTRACT"
    CONTRACT_EVENT = "CONTRACT_EVENT"
    ROSTER_ENTRY = "ROSTER_ENTRY"
    ROSTER_EVENT = "ROSTER_EVENT"
    STAFF = "STAFF"
    OUTLET = "OUTLET"
    LIST_ENTRY = "LIST_ENTRY"
    RESTRICTION_EVENT = "RESTRICTION_EVENT"
    LIMIT_EVENT = "LIMIT_EVENT"
    LIMIT_ROW = "LIMIT_ROW"
    LIMIT_PACK = "LIMIT_PACK"
    USAGE = "USAGE"
    HEADROOM = "HEADROOM"
    CIRCLE = "CIRCLE"
    TOPIC = "TOPIC"
    ACTIVITY = "ACTIVITY"
    CIRCLE_EVENT = "CIRCLE_EVENT"
    PROJECT = "PROJECT"
    SUPPORT_REQUEST = "SUPPORT_REQUEST"
    LEADER_DECISION = "LEADER_DECISION"


def _with_unliftable_reasons(data: dict[str, Any]) -> dict[str, Any]:
    """A decision of version 1 did not say which review no approval lifts; there was one such code."""
    listed = data.get("reasons")
    return data | {"reasons": [_lifted_by_nobody(one) for one in listed]} if is_list(listed) else data


def _lifted_by_nobody(reason: Any) -> Any:
    barred = is_table(reason) and reason.get("code") == "SYSTEM_NOT_SEARCHED"
    return reason | {"liftable": False} if barred else reason


def _without_contracts(data: dict[str, Any]) -> dict[str, Any]:
    """A plan of version 1 moved no contracts; a plan that moves none says nothing of them, so it reads as it is."""
    return data


def _without_entries(data: dict[str, Any]) -> dict[str, Any]:
    """A plan of version 2 moved no roster entries, and reads as one that moves none."""
    return data


CURRENT: Final[Mapping[Form, int]] = {
    Form.CUSTOMER: 1,
    Form.EVENT: 1,
    Form.DECISION: 2,  # a reason says whether an approval lifts it
    Form.HANDBOOK: 1,
    Form.SYNC_MESSAGE: 1,
    Form.REPLICA: 1,
    Form.SYNC_REPORT: 1,
    Form.DIGEST: 1,
    Form.ALIAS: 1,
    Form.ALIAS_EVENT: 1,
    Form.MERGE_PLAN: 3,  # a merge moves contracts (2) and roster entries (3)
    Form.MERGE_RECORD: 1,
    Form.UNMERGE_PLAN: 3,
    Form.RULING: 1,
    Form.WORKLIST_ITEM: 1,
    Form.CONTRACT: 1,
    Form.CONTRACT_EVENT: 1,
    Form.ROSTER_ENTRY: 1,
    Form.ROSTER_EVENT: 1,
    Form.STAFF: 1,
    Form.OUTLET: 1,
    Form.LIST_ENTRY: 1,
    Form.RESTRICTION_EVENT: 1,
    Form.LIMIT_EVENT: 1,
    Form.LIMIT_ROW: 1,
    Form.LIMIT_PACK: 1,
    Form.USAGE: 1,
    Form.HEADROOM: 1,
    Form.CIRCLE: 1,
    Form.TOPIC: 1,
    Form.ACTIVITY: 1,
    Form.CIRCLE_EVENT: 1,
    Form.PROJECT: 1,
    Form.SUPPORT_REQUEST: 1,
    Form.LEADER_DECISION: 1,
}
"""The version that is written today; older ones are read as well."""

UPCASTERS: Final[Mapping[Form, Mapping[int, Upcaster]]] = {
    # form: version of the data -> what makes the next version of it
    Form.CUSTOMER: {},
    Form.EVENT: {},
    Form.DECISION: {1: _with_unliftable_reasons},
    Form.HANDBOOK: {},
    Form.SYNC_MESSAGE: {},
    Form.REPLICA: {},
    Form.SYNC_REPORT: {},
    Form.DIGEST: {},
    Form.ALIAS: {},
    Form.ALIAS_EVENT: {},
    Form.MERGE_PLAN: {1: _without_contracts, 2: _without_entries},
    Form.MERGE_RECORD: {},
    Form.UNMERGE_PLAN: {1: _without_contracts, 2: _without_entries},
    Form.RULING: {},
    Form.WORKLIST_ITEM: {},
    Form.CONTRACT: {},
    Form.CONTRACT_EVENT: {},
    Form.ROSTER_ENTRY: {},
    Form.ROSTER_EVENT: {},
    Form.STAFF: {},
    Form.OUTLET: {},
    Form.LIST_ENTRY: {},
    Form.RESTRICTION_EVENT: {},
    Form.LIMIT_EVENT: {},
    Form.LIMIT_ROW: {},
    Form.LIMIT_PACK: {},
    Form.USAGE: {},
    Form.HEADROOM: {},
    Form.CIRCLE: {},
    Form.TOPIC: {},
    Form.ACTIVITY: {},
    Form.CIRCLE_EVENT: {},
    Form.PROJECT: {},
    Form.SUPPORT_REQUEST: {},
    Form.LEADER_DECISION: {},
}
"""For each form the steps from its first version to the current one; total."""

_KEY: Final = "schema"
_BROKEN: Final = (LookupError, TypeError, ValueError, AttributeError)


def versioned(inner: Codec, current: int, upcasters: Mapping[int, Upcaster], *, carried: bool) -> Codec:
    """The codec of records that tell their version: `inner` reads the current one, after the steps that lead to it.

    `carried` says that the records have a `schema` field of their own, so that `inner` reads it.
    """

    def read(data: Any) -> Any:
        if data[_KEY] != current:
            raise ValueError
        return inner.read(data if carried else _without(data))

    def gather(data: Any, path: str, faults: Faults) -> Any:
        if not is_table(data):
            return unwanted(path, faults, "an object")
        risen = _risen(data, path, faults, (current, upcasters))
        return None if risen is None else inner.gather(risen if carried else _without(risen), path, faults)

    def write(value: Any) -> Any:
        if carried and value.schema != current:
            raise CustmasterError(f"a record of schema {value.schema} is not written as schema {current}")
        return {_KEY: current} | inner.write(value)

    return Codec(read=read, gather=gather, write=write)


def _without(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != _KEY}


def _risen(
    data: dict[str, Any], path: str, faults: Faults, steps: tuple[int, Mapping[int, Upcaster]]
) -> dict[str, Any] | None:
    """The data as of the current version; None when a fault was added."""
    current, upcasters = steps
    place = below(path, _KEY)
    version = data.get(_KEY)
    if _KEY not in data:
        faults.append(InvalidValue(Fault.MISSING, path=place, remedy="a stored record says which version it has"))
    elif type(version) is not int:
        faults.append(InvalidValue(Fault.TYPE, path=place, remedy="a whole number is wanted, and nothing is converted"))
    elif not 1 <= version <= current:
        newer = "a newer version of the library wrote this" if version > current else "versions begin at 1"
        faults.append(InvalidValue(Fault.RANGE, path=place, remedy=f"{newer}; this one reads versions 1 to {current}"))
    else:
        try:
            for one in range(version, current):
                data = upcasters[one](dict(data)) | {_KEY: one + 1}
        except _BROKEN:
            faults.append(InvalidValue(Fault.FORMAT, path=path, remedy=f"it is no sound record of version {version}"))
        else:
            return data
    return None
