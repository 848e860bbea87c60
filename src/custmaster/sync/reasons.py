"""The codes of sync as reasons, cited: a report as a finding for people, a refusal as the ground of a Decision."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from custmaster.decision import Citation, Outcome, Reason
from custmaster.handbook.citation import Fact
from custmaster.handbook.keys import NUMBER_RANGES_OF_CUSTOMERS
from custmaster.handbook.sync_keys import (
    SYNC_FOREIGN_CREATION,
    SYNC_KEY_FIELDS,
    SYNC_MERGE_COORDINATOR,
    SYNC_OTHER_FIELDS,
    SYNC_PEER_NONKEY,
    SYNC_STATUS,
)
from custmaster.sync.codes import ReportCode, SyncCode
from custmaster.sync.replica import Report

__all__ = ["REFUSALS", "REPORTS", "as_reason", "refusal"]

_RANGES: Final = Citation(article="R-73", key=NUMBER_RANGES_OF_CUSTOMERS.name)
_DIRECTION: Final = Citation(article="R-70, R-71")
_STATUS: Final = Citation(article="R-63", key=SYNC_STATUS.name)
_FIELDS: Final = Citation(article="R-74", key=SYNC_KEY_FIELDS.name)
_SHARED: Final = Citation(article="R-69, R-71", key=SYNC_OTHER_FIELDS.name)
_CREATION: Final = Citation(article="R-69, R-71", key=SYNC_FOREIGN_CREATION.name)
_PROTOCOL: Final = Citation(article="R-73, R-75")

REFUSALS: Final[Mapping[SyncCode, Citation]] = MappingProxyType(
    {
        SyncCode.NUMBER_IN_NO_RANGE: _RANGES,
        SyncCode.FOREIGN_CREATION: _CREATION,
        SyncCode.NOT_THE_OWNER: _RANGES,
        SyncCode.NOT_THE_COORDINATOR: Citation(article="R-45", key=SYNC_MERGE_COORDINATOR.name),
        SyncCode.OPERATION_REJECTED: _RANGES,
        SyncCode.EDIT_FORBIDDEN: Citation(article="R-75", key=SYNC_PEER_NONKEY.name),
        SyncCode.STATUS_OWNER_ONLY: _STATUS,
        SyncCode.STATUS_BY_ITS_OWN_OPERATION: _STATUS,
        SyncCode.NOT_PRESENT: Citation(article="R-72"),
        SyncCode.ALREADY_PRESENT: Citation(article="R-45"),
        SyncCode.RECOVERING: _PROTOCOL,
        SyncCode.UNKNOWN_FIELD: _SHARED,
        SyncCode.NOT_A_KEY_FIELD: _FIELDS,
        SyncCode.WRONG_SYSTEM: _RANGES,
        SyncCode.WRONG_CUSTOMER: Citation(article="R-45"),
        SyncCode.FROM_NON_OWNER: _DIRECTION,
        SyncCode.PEER_AHEAD: _PROTOCOL,
        SyncCode.REPEATED_WITH_OTHER_CONTENT: _PROTOCOL,
        SyncCode.MALFORMED: _PROTOCOL,
        SyncCode.OTHER_CATALOGUE: _SHARED,
        SyncCode.OTHER_INCARNATION: _PROTOCOL,
        SyncCode.OTHER_EPOCH: _PROTOCOL,
    }
)
"""Where each refusal comes from; total."""

REPORTS: Final[Mapping[ReportCode, Citation]] = MappingProxyType(
    {
        ReportCode.EDIT_LOST: _DIRECTION,
        ReportCode.NONKEY_REVERTS: Citation(article="R-75", key=SYNC_PEER_NONKEY.name),
        ReportCode.CREATION_COLLIDES: _CREATION,
        ReportCode.STATUS_OVERRIDDEN: _STATUS,
        ReportCode.MERGE_CYCLE: Citation(article="R-45", key=SYNC_MERGE_COORDINATOR.name),
        ReportCode.UNCERTAIN_AFTER_RESTORE: _PROTOCOL,
    }
)
"""Where each report comes from; total."""


def as_reason(report: Report) -> Reason:
    """A report as a warning for people: which edit of which system, and never what it said.

    >>> report = Report(code=ReportCode.EDIT_LOST, number="6000000001", system="EUSP", epoch=0, pseq=2, field="name")
    >>> reason = as_reason(report)
    >>> reason.outcome.value, reason.subject, reason.citation.article
    ('REVIEW', '6000000001', 'R-70, R-71')
    """
    facts: dict[str, Fact] = {
        "system": report.system,
        "epoch": report.epoch,
        "pseq": report.pseq,
        "field": report.field,
    }
    return Reason(
        code=report.code, outcome=Outcome.REVIEW, citation=REPORTS[report.code], subject=report.number, facts=facts
    )


def refusal(code: SyncCode, number: str | None = None) -> Reason:
    """Why an operation or a message about a customer is refused or parked, as the ground of a refused Decision.

    >>> refusal(SyncCode.FOREIGN_CREATION, "6000000001").citation.key
    'sync.foreign_creation'
    """
    return Reason(code=code, outcome=Outcome.REFUSED, citation=REFUSALS[code], subject=number)
