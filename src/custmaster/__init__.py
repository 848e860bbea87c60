"""A bank's customer master as an embeddable domain library.

This is the face: every name that the library promises, loaded from its room when it is first asked for, so that
`import custmaster` stays cheap.

>>> import custmaster
>>> custmaster.Outcome.REVIEW
<Outcome.REVIEW: 'REVIEW'>
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from custmaster.customer import Customer, CustomerEvent, Entry, InvalidRecord, Status, evolve, judge
    from custmaster.decision import (
        Allowed,
        Approval,
        Citation,
        Decision,
        Fact,
        Occasion,
        Outcome,
        Reason,
        Refused,
        Remark,
        Review,
        decide,
    )
    from custmaster.dedup import AliasLedger, Candidate, Existence, Verdict
    from custmaster.dedup.clusters import clusterings
    from custmaster.dedup.links import Edge
    from custmaster.dedup.rulings import Ruling
    from custmaster.dedup.survivorship import survive
    from custmaster.dedup.worklist import worklist
    from custmaster.desk import MergePlan, MergeRecord, ReferenceManifest
    from custmaster.errors import CustmasterError, Fault, InvalidValue, UnusableInput
    from custmaster.handbook import Handbook, Key, Language, Page, Timeline, render
    from custmaster.lifecycle import NoSuchStep, step
    from custmaster.report.file_check import FileCheck, check_table
    from custmaster.report.tally import Tally
    from custmaster.sync import Catalogue, Cause, Direction, FieldRow, Operation, Scope, Setting
    from custmaster.value.account import AccountNumber, CardNumber
    from custmaster.value.address import Address
    from custmaster.value.document import DocumentNumber, IdentityDocument
    from custmaster.value.document_types import DocumentType, Family
    from custmaster.value.email import Email
    from custmaster.value.identity.registry import NumberForm, Reading, explain
    from custmaster.value.money import Money
    from custmaster.value.name import Name
    from custmaster.value.number_plan import Block, Exhausted, NumberPlan, NumberRange, Role, allocate
    from custmaster.value.party import PartyKind
    from custmaster.value.phone import Phone, PhoneKind
    from custmaster.value.sex import Sex
    from custmaster.value.span import Span
    from custmaster.wire import (
        FileMapping,
        Finding,
        apply_decision_file,
        customer_from_json,
        customer_to_json,
        load_manifest,
        load_mapping,
        open_table,
        write_findings,
        write_worklist,
    )

__all__ = [
    "AccountNumber",
    "Address",
    "AliasLedger",
    "Allowed",
    "Approval",
    "Block",
    "Candidate",
    "CardNumber",
    "Catalogue",
    "Cause",
    "Citation",
    "CustmasterError",
    "Customer",
    "CustomerEvent",
    "Decision",
    "Direction",
    "DocumentNumber",
    "DocumentType",
    "Edge",
    "Email",
    "Entry",
    "Exhausted",
    "Existence",
    "Fact",
    "Family",
    "Fault",
    "FieldRow",
    "FileCheck",
    "FileMapping",
    "Finding",
    "Handbook",
    "IdentityDocument",
    "InvalidRecord",
    "InvalidValue",
    "Key",
    "Language",
    "MergePlan",
    "MergeRecord",
    "Money",
    "Name",
    "NoSuchStep",
    "NumberForm",
    "NumberPlan",
    "NumberRange",
    "Occasion",
    "Operation",
    "Outcome",
    "Page",
    "PartyKind",
    "Phone",
    "PhoneKind",
    "Reading",
    "Reason",
    "ReferenceManifest",
    "Refused",
    "Remark",
    "Review",
    "Role",
    "Ruling",
    "Scope",
    "Setting",
    "Sex",
    "Span",
    "Status",
    "Tally",
    "Timeline",
    "UnusableInput",
    "Verdict",
    "allocate",
    "apply_decision_file",
    "check_table",
    "clusterings",
    "customer_from_json",
    "customer_to_json",
    "decide",
    "evolve",
    "explain",
    "judge",
    "load_manifest",
    "load_mapping",
    "open_table",
    "render",
    "step",
    "survive",
    "worklist",
    "write_findings",
    "write_worklist",
]

_ROOM_OF: Final = {
    "AccountNumber": "custmaster.value.account",
    "Address": "custmaster.value.address",
    "AliasLedger": "custmaster.dedup",
    "Allowed": "custmaster.decision",
    "Approval": "custmaster.decision",
    "Block": "custmaster.value.number_plan",
    "Candidate": "custmaster.dedup",
    "CardNumber": "custmaster.value.account",
    "Catalogue": "custmaster.sync",
    "Cause": "custmaster.sync",
    "Citation": "custmaster.decision",
    "CustmasterError": "custmaster.errors",
    "Customer": "custmaster.customer",
    "CustomerEvent": "custmaster.customer",
    "Decision": "custmaster.decision",
    "Direction": "custmaster.sync",
    "DocumentNumber": "custmaster.value.document",
    "DocumentType": "custmaster.value.document_types",
    "Edge": "custmaster.dedup.links",
    "Email": "custmaster.value.email",
    "Entry": "custmaster.customer",
    "Exhausted": "custmaster.value.number_plan",
    "Existence": "custmaster.dedup",
    "Fact": "custmaster.decision",
    "Family": "custmaster.value.document_types",
    "Fault": "custmaster.errors",
    "FieldRow": "custmaster.sync",
    "FileCheck": "custmaster.report.file_check",
    "FileMapping": "custmaster.wire",
    "Finding": "custmaster.wire",
    "Handbook": "custmaster.handbook",
    "IdentityDocument": "custmaster.value.document",
    "InvalidRecord": "custmaster.customer",
    "InvalidValue": "custmaster.errors",
    "Key": "custmaster.handbook",
    "Language": "custmaster.handbook",
    "MergePlan": "custmaster.desk",
    "MergeRecord": "custmaster.desk",
    "Money": "custmaster.value.money",
    "Name": "custmaster.value.name",
    "NoSuchStep": "custmaster.lifecycle",
    "NumberForm": "custmaster.value.identity.registry",
    "NumberPlan": "custmaster.value.number_plan",
    "NumberRange": "custmaster.value.number_plan",
    "Occasion": "custmaster.decision",
    "Operation": "custmaster.sync",
    "Outcome": "custmaster.decision",
    "Page": "custmaster.handbook",
    "PartyKind": "custmaster.value.party",
    "Phone": "custmaster.value.phone",
    "PhoneKind": "custmaster.value.phone",
    "Reading": "custmaster.value.identity.registry",
    "Reason": "custmaster.decision",
    "ReferenceManifest": "custmaster.desk",
    "Refused": "custmaster.decision",
    "Remark": "custmaster.decision",
    "Review": "custmaster.decision",
    "Role": "custmaster.value.number_plan",
    "Ruling": "custmaster.dedup.rulings",
    "Scope": "custmaster.sync",
    "Setting": "custmaster.sync",
    "Sex": "custmaster.value.sex",
    "Span": "custmaster.value.span",
    "Status": "custmaster.customer",
    "Tally": "custmaster.report.tally",
    "Timeline": "custmaster.handbook",
    "UnusableInput": "custmaster.errors",
    "Verdict": "custmaster.dedup",
    "allocate": "custmaster.value.number_plan",
    "apply_decision_file": "custmaster.wire",
    "check_table": "custmaster.report.file_check",
    "clusterings": "custmaster.dedup.clusters",
    "customer_from_json": "custmaster.wire",
    "customer_to_json": "custmaster.wire",
    "decide": "custmaster.decision",
    "evolve": "custmaster.customer",
    "explain": "custmaster.value.identity.registry",
    "judge": "custmaster.customer",
    "load_manifest": "custmaster.wire",
    "load_mapping": "custmaster.wire",
    "open_table": "custmaster.wire",
    "render": "custmaster.handbook",
    "step": "custmaster.lifecycle",
    "survive": "custmaster.dedup.survivorship",
    "worklist": "custmaster.dedup.worklist",
    "write_findings": "custmaster.wire",
    "write_worklist": "custmaster.wire",
}

if not TYPE_CHECKING:  # a type checker reads the imports above, and calls any other name an error

    def __getattr__(name: str) -> object:
        room = _ROOM_OF.get(name)
        if room is None:
            raise AttributeError(f"module 'custmaster' has no attribute {name!r}")
        value = getattr(import_module(room), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted(__all__)
