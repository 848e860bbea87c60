"""Every code of the roster review: what a figure shows, what is wrong with a row, why a customer is worth a call, and what has changed."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["CallCode", "ChangeCode", "FigureCode", "RosterRowCode"]


class FigureCode(StrEnum):
    """What a figure shows; never reused for another meaning. Source: R-09..R-11, R-16, R-18..R-22."""

    GROWTH_REACHED = "GROWTH_REACHED"
    GROWTH_SHORT = "GROWTH_SHORT"
    GROWTH_NOT_COMPUTABLE = "GROWTH_NOT_COMPUTABLE"
    GROWTH_IN_PROGRESS = "GROWTH_IN_PROGRESS"
    SHARE_REACHED = "SHARE_REACHED"
    SHARE_SHORT = "SHARE_SHORT"
    SHARE_NOT_COMPUTABLE = "SHARE_NOT_COMPUTABLE"
    PER_HEAD_REACHED = "PER_HEAD_REACHED"
    PER_HEAD_SHORT = "PER_HEAD_SHORT"
    PER_HEAD_NOT_COMPUTABLE = "PER_HEAD_NOT_COMPUTABLE"
    FLOOR_REACHED = "FLOOR_REACHED"
    FLOOR_SHORT = "FLOOR_SHORT"
    FLOOR_NOT_SET = "FLOOR_NOT_SET"
    TAKES_PART = "TAKES_PART"
    TAKES_NO_PART = "TAKES_NO_PART"
    PROSPECTS_APART = "PROSPECTS_APART"


class RosterRowCode(StrEnum):
    """What is wrong, or worth a note, with a row of the roster that can be read; the rows beside it are reviewed all the same."""

    ROSTER_UNIT = "ROSTER_UNIT"
    ROSTER_LEVEL_UNKNOWN = "ROSTER_LEVEL_UNKNOWN"
    ROSTER_OUTLET_UNKNOWN = "ROSTER_OUTLET_UNKNOWN"
    ROSTER_OUTLET_TWICE = "ROSTER_OUTLET_TWICE"
    ROSTER_STAFF_UNKNOWN = "ROSTER_STAFF_UNKNOWN"
    ROSTER_STAFF_OFF_POST = "ROSTER_STAFF_OFF_POST"
    ROSTER_STAFF_TWICE = "ROSTER_STAFF_TWICE"
    ROSTER_ENTRY_TWICE = "ROSTER_ENTRY_TWICE"
    ROSTER_LISTED_TWICE = "ROSTER_LISTED_TWICE"
    ROSTER_TWO_MAINTAINERS = "ROSTER_TWO_MAINTAINERS"
    ROSTER_CUSTOMER_TWICE = "ROSTER_CUSTOMER_TWICE"
    ROSTER_CUSTOMER_GONE = "ROSTER_CUSTOMER_GONE"
    ROSTER_LEVEL_DIFFERS = "ROSTER_LEVEL_DIFFERS"
    ROSTER_PROSPECT_OVERDUE = "ROSTER_PROSPECT_OVERDUE"


class CallCode(StrEnum):
    """Why a customer is worth a call, best first: in this order calls are listed. Source: R-06."""

    CALL_FELL_BELOW = "CALL_FELL_BELOW"
    CALL_NEXT_WITH_NEED = "CALL_NEXT_WITH_NEED"
    CALL_NEXT = "CALL_NEXT"
    CALL_WITH_NEED = "CALL_WITH_NEED"


class ChangeCode(StrEnum):
    """What differs between two rosters. Source: R-16, R-17."""

    NEW_ENTRY = "NEW_ENTRY"
    STRUCK_OFF = "STRUCK_OFF"
    NO_MORE_THERE = "NO_MORE_THERE"
    BECAME_CUSTOMER = "BECAME_CUSTOMER"
    NUMBER_CHANGED = "NUMBER_CHANGED"
    TAKEN_ON = "TAKEN_ON"
    RETURNED = "RETURNED"
    HANDED_OVER = "HANDED_OVER"
    MOVED_OUTLET = "MOVED_OUTLET"
    LEVEL_UP = "LEVEL_UP"
    LEVEL_DOWN = "LEVEL_DOWN"
    LEVEL_CHANGED = "LEVEL_CHANGED"
