"""The codes of what the desk says of its own; those of the existence check and of completeness come from their rooms."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["DeskCode"]


class DeskCode(StrEnum):
    """One code for each ground of the desk; the texts are in the message table."""

    NUMBER_NOT_RESERVED = "NUMBER_NOT_RESERVED"
    NUMBER_OUTSIDE_PLAN = "NUMBER_OUTSIDE_PLAN"
    NUMBER_OF_OTHER_SYSTEM = "NUMBER_OF_OTHER_SYSTEM"
    NUMBER_TAKEN = "NUMBER_TAKEN"
    REQUEST_ID_REUSED = "REQUEST_ID_REUSED"
    NOT_ACTIVE = "NOT_ACTIVE"
    NOT_DELETED = "NOT_DELETED"
    MERGED_INTO = "MERGED_INTO"
    DAY_TOO_EARLY = "DAY_TOO_EARLY"
    ALSO_CLOSED = "ALSO_CLOSED"
    ACCOUNTS_OPEN = "ACCOUNTS_OPEN"
    CARDS_LIVE = "CARDS_LIVE"
    CONTRACT_LIVE = "CONTRACT_LIVE"
    ON_ROSTER = "ON_ROSTER"
    CUSTOMER_UNKNOWN = "CUSTOMER_UNKNOWN"
    CUSTOMER_NOT_ACTIVE = "CUSTOMER_NOT_ACTIVE"
    CONTRACT_NUMBER_NOT_RESERVED = "CONTRACT_NUMBER_NOT_RESERVED"
    CONTRACT_NUMBER_UNFIT = "CONTRACT_NUMBER_UNFIT"
    CONTRACT_NUMBER_TAKEN = "CONTRACT_NUMBER_TAKEN"
