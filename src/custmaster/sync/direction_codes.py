"""The codes of a direction: why something is sent or not, and what happens next; the texts are in the message table."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["DirectionCode", "NextCode"]


class DirectionCode(StrEnum):
    """Why this much is sent."""

    FULL_FROM_OWNER = "FULL_FROM_OWNER"
    KEY_FROM_PEER = "KEY_FROM_PEER"
    STOCK_SENT = "STOCK_SENT"
    STOCK_NOT_SENT = "STOCK_NOT_SENT"
    NOTHING_CHANGED = "NOTHING_CHANGED"
    APPLIED_BY_SYNC = "APPLIED_BY_SYNC"
    OWNERSHIP_MOVES = "OWNERSHIP_MOVES"
    NONKEY_DOES_NOT_STAY = "NONKEY_DOES_NOT_STAY"
    """Beside KEY_FROM_PEER, for what a peer enters outside the key information."""


class NextCode(StrEnum):
    """What happens next."""

    NEXT_NOTHING = "NEXT_NOTHING"
    NEXT_ACKNOWLEDGED = "NEXT_ACKNOWLEDGED"
    NEXT_ANSWERED_BY_FULL = "NEXT_ANSWERED_BY_FULL"
    NEXT_NEW_OWNER = "NEXT_NEW_OWNER"
    NEXT_DO_IT_AT_THE_OWNER = "NEXT_DO_IT_AT_THE_OWNER"
    NEXT_DO_IT_AT_THE_COORDINATOR = "NEXT_DO_IT_AT_THE_COORDINATOR"
    NEXT_CORRECT_AND_REPEAT = "NEXT_CORRECT_AND_REPEAT"
