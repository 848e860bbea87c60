"""The codes of what screening says; the texts are in the message table."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["ScreeningCode"]


class ScreeningCode(StrEnum):
    """One code for each ground of screening, of restrictions and of lifting them."""

    LISTED = "LISTED"
    LISTED_PERHAPS = "LISTED_PERHAPS"
    LISTED_CLEARED = "LISTED_CLEARED"
    LISTED_LAPSED = "LISTED_LAPSED"
    NOT_SCREENED = "NOT_SCREENED"
    NOTHING_TO_SCREEN_BY = "NOTHING_TO_SCREEN_BY"
    RESTRICTED = "RESTRICTED"
    RESTRICTION_KNOWN = "RESTRICTION_KNOWN"
    RESTRICTION_UNKNOWN = "RESTRICTION_UNKNOWN"
    RESTRICTION_LIFTED = "RESTRICTION_LIFTED"
    RESTRICTION_MISTAKEN = "RESTRICTION_MISTAKEN"
    LIFT_CONDITION_DIFFERS = "LIFT_CONDITION_DIFFERS"
    LIFTED_TOO_EARLY = "LIFTED_TOO_EARLY"
