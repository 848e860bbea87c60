"""Limits (交易限额): account classes, channel limits of a customer, usage, and what is left: sums only."""

from __future__ import annotations

from custmaster.limits.classes import can_open
from custmaster.limits.codes import LimitCode
from custmaster.limits.events import (
    LimitEvent,
    TransactionReserved,
    TransactionReversed,
    UsageEvent,
    UsagesJoined,
    UsagesParted,
    evolve,
)
from custmaster.limits.headroom import Headroom, Remaining, headroom
from custmaster.limits.judge import judge
from custmaster.limits.kinds import NOT_BOUND, AccountClass, Counterparty, Measure, Over, Scope, Source
from custmaster.limits.regulation import regulation_rows
from custmaster.limits.reserving import (
    NotReservable,
    NotReversible,
    combined,
    judge_reversal,
    parted,
    reserve,
    reverse,
    trimmed,
)
from custmaster.limits.row import LimitPack, LimitRow
from custmaster.limits.standing import Standing, standing, stricter
from custmaster.limits.transaction import Slot, Transaction
from custmaster.limits.usage import Bucket, Entry, Usage

__all__ = [
    "NOT_BOUND",
    "AccountClass",
    "Bucket",
    "Counterparty",
    "Entry",
    "Headroom",
    "LimitCode",
    "LimitEvent",
    "LimitPack",
    "LimitRow",
    "Measure",
    "NotReservable",
    "NotReversible",
    "Over",
    "Remaining",
    "Scope",
    "Slot",
    "Source",
    "Standing",
    "Transaction",
    "TransactionReserved",
    "TransactionReversed",
    "Usage",
    "UsageEvent",
    "UsagesJoined",
    "UsagesParted",
    "can_open",
    "combined",
    "evolve",
    "headroom",
    "judge",
    "judge_reversal",
    "parted",
    "regulation_rows",
    "reserve",
    "reverse",
    "standing",
    "stricter",
    "trimmed",
]
