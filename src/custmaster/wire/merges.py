"""Merge plans, the records that a host keeps of merges, and plans of their undoing, as JSON: **in clear text**, as customers are.

A plan holds children of a customer's record (names, documents, addresses), so it is as confidential as the record. Equal plans have equal
bytes. Reading is strict, as everywhere in `wire`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final, cast

from custmaster.customer.moves import FieldMove
from custmaster.dedup.rulings import Ruling
from custmaster.desk.merge_plan import MergePlan, MergeRecord, UnmergePlan
from custmaster.wire._codec import Codec
from custmaster.wire._compiler import Compiler
from custmaster.wire._json import parsed, structured, written
from custmaster.wire.records import TAGS, by_field
from custmaster.wire.versions import CURRENT, UPCASTERS, Form, versioned

__all__ = [
    "merge_codec",
    "merge_plan_from_json",
    "merge_plan_to_json",
    "merge_record_from_json",
    "merge_record_to_json",
    "structure_merge_record",
    "unmerge_plan_from_json",
    "unmerge_plan_to_json",
]

_KINDS: Final[Mapping[Form, type[Any]]] = {
    Form.MERGE_PLAN: MergePlan,
    Form.MERGE_RECORD: MergeRecord,
    Form.UNMERGE_PLAN: UnmergePlan,
}


@cache
def merge_codec(form: Form) -> Codec:
    """The codec of one of the three forms."""
    known: dict[Any, Codec] = {FieldMove: by_field(Compiler({}, TAGS), FieldMove, ("before", "after"))}
    if form is Form.MERGE_RECORD:
        known[MergePlan] = merge_codec(Form.MERGE_PLAN)
    if form is Form.UNMERGE_PLAN:
        known[Ruling] = _stored(Form.RULING, Compiler({}, {}).codec(Ruling))
    return _stored(form, Compiler(known, TAGS).codec(_KINDS[form]))


def _stored(form: Form, inner: Codec) -> Codec:
    return versioned(inner, CURRENT[form], UPCASTERS[form], carried=True)


def merge_plan_to_json(plan: MergePlan) -> bytes:
    """The plan as JSON in UTF-8, for the host to store in one transaction with what it does.

    >>> from datetime import date
    >>> head = {"request_id": "T-1", "on": date(2026, 11, 23), "actor": "S-1", "handbook": "2026.1"}
    >>> merge_plan_to_json(MergePlan(survivor="1", absorbed="2", manifest="2026.1", **head))[:56]
    b'{"schema":3,"request_id":"T-1","on":"2026-11-23","actor"'
    """
    return written(merge_codec(Form.MERGE_PLAN).write(plan))


def merge_plan_from_json(data: bytes | str) -> MergePlan:
    """The plan that the JSON text says. Errors: an ExceptionGroup of InvalidValue, one for every fault, with its path."""
    return cast("MergePlan", structured(merge_codec(Form.MERGE_PLAN), parsed(data), "merge plan"))


def merge_record_to_json(record: MergeRecord) -> bytes:
    """The host's record of a merge as JSON in UTF-8, with its plan."""
    return written(merge_codec(Form.MERGE_RECORD).write(record))


def merge_record_from_json(data: bytes | str) -> MergeRecord:
    """The record that the JSON text says; errors as `merge_plan_from_json`."""
    return structure_merge_record(parsed(data))


def structure_merge_record(data: Mapping[str, Any]) -> MergeRecord:
    """The record that the plain data says, from whatever parser; errors as `merge_plan_from_json`."""
    return cast("MergeRecord", structured(merge_codec(Form.MERGE_RECORD), data, "merge record"))


def unmerge_plan_to_json(plan: UnmergePlan) -> bytes:
    """The plan of an undoing as JSON in UTF-8."""
    return written(merge_codec(Form.UNMERGE_PLAN).write(plan))


def unmerge_plan_from_json(data: bytes | str) -> UnmergePlan:
    """The plan of an undoing that the JSON text says; errors as `merge_plan_from_json`."""
    return cast("UnmergePlan", structured(merge_codec(Form.UNMERGE_PLAN), parsed(data), "unmerge plan"))
