"""Every enumeration of the coded grounds of findings and decisions, so that a stored reason finds its code again."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from custmaster.circle.clock_codes import ClockCode
from custmaster.circle.codes import CircleCode
from custmaster.contract.codes import ContractCode
from custmaster.contract.register import RegisterCode
from custmaster.customer.change import ChangeCode
from custmaster.customer.codes import EntryCode
from custmaster.customer.elements import ElementCode
from custmaster.dedup.aliases import AliasCode
from custmaster.dedup.codes import ExistenceCode
from custmaster.desk.closing_codes import ClosingCode
from custmaster.desk.codes import DeskCode
from custmaster.desk.merge_codes import MergeCode
from custmaster.limits.codes import LimitCode
from custmaster.roster.assign_kinds import AssignCode
from custmaster.roster.codes import RosterCode
from custmaster.roster.figure_codes import CallCode, FigureCode, RosterRowCode
from custmaster.roster.figure_codes import ChangeCode as RosterChangeCode
from custmaster.screening.codes import ScreeningCode
from custmaster.sync.codes import ReportCode, SyncCode
from custmaster.sync.digest import DigestCode
from custmaster.sync.direction_codes import DirectionCode, NextCode
from custmaster.wire.circle_codes import CircleFileCode
from custmaster.wire.codes import CellCode
from custmaster.wire.roster_codes import RosterFileCode

__all__ = ["REASON_CODES"]

REASON_CODES: Final[tuple[type[StrEnum], ...]] = (
    CellCode,
    RosterFileCode,
    FigureCode,
    RosterRowCode,
    CallCode,
    RosterChangeCode,
    AssignCode,
    EntryCode,
    ElementCode,
    ChangeCode,
    ExistenceCode,
    AliasCode,
    DeskCode,
    ContractCode,
    RegisterCode,
    CircleCode,
    ClockCode,
    CircleFileCode,
    ClosingCode,
    MergeCode,
    RosterCode,
    ScreeningCode,
    LimitCode,
    DirectionCode,
    NextCode,
    SyncCode,
    ReportCode,
    DigestCode,
)
"""All of them; a test looks for one that is missing. A bank's own are named by whoever reads a decision."""
