"""The codes of closing accounts, cards and customers, and of what happens to contracts that exist; those of signing are ContractCode."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["ClosingCode"]


class ClosingCode(StrEnum):
    """One code for each ground; the texts are in the message table."""

    CONTRACT_DAY_TOO_EARLY = "CONTRACT_DAY_TOO_EARLY"
    AMENDMENT_EMPTY = "AMENDMENT_EMPTY"
    CONTRACTS_SAME = "CONTRACTS_SAME"
    CONTRACTS_EXCLUSIVE = "CONTRACTS_EXCLUSIVE"
    CONTRACTS_OVERLAP = "CONTRACTS_OVERLAP"
    TRANSFER_NOTHING = "TRANSFER_NOTHING"
    TRANSFER_AUTHORISATION = "TRANSFER_AUTHORISATION"
    CLOSING_BLOCKED = "CLOSING_BLOCKED"
    CLOSING_MUST_END = "CLOSING_MUST_END"
    CLOSING_ITEMS_PENDING = "CLOSING_ITEMS_PENDING"
    CLOSING_RUNS_UNTIL = "CLOSING_RUNS_UNTIL"
    CLOSING_RUNS_ON = "CLOSING_RUNS_ON"
    CLOSING_REMINDED = "CLOSING_REMINDED"
    CLOSING_DRAFT = "CLOSING_DRAFT"
