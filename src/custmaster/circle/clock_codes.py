"""The codes of the clocks of a topic: activities a month, half a year without any, and filing in time; the texts are in the message table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from custmaster.decision import Outcome

__all__ = ["CLOCK_OUTCOMES", "ClockCode"]


class ClockCode(StrEnum):
    """One code for each thing that a clock tells."""

    ACTIVITIES_SHORT = "ACTIVITIES_SHORT"
    IDLE_LAPSED = "IDLE_LAPSED"
    IDLE_EXPLAINED = "IDLE_EXPLAINED"
    RESULTS_NOT_FILED = "RESULTS_NOT_FILED"
    FILED_LATE = "FILED_LATE"


CLOCK_OUTCOMES: Final[Mapping[ClockCode, Outcome]] = MappingProxyType(
    {
        ClockCode.ACTIVITIES_SHORT: Outcome.REVIEW,  # R-33 says 应; the limit is R-30 (B8.2)
        ClockCode.IDLE_LAPSED: Outcome.REFUSED,  # R-30 says 不得
        ClockCode.IDLE_EXPLAINED: Outcome.ALLOWED,  # excused, and still told
        ClockCode.RESULTS_NOT_FILED: Outcome.ALLOWED,  # R-38 says 及时 and no number
        ClockCode.FILED_LATE: Outcome.REVIEW,  # where a bank has said how many days 及时 is
    }
)
"""How far each goes: a month without activity is a warning, half a year without any is a breach."""
