"""The verdicts of the existence check (存在性检查) and the codes of its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from custmaster.decision import Outcome

__all__ = ["OUTCOMES", "RANK", "UNLIFTABLE", "ExistenceCode", "Link", "Verdict"]


class Verdict(StrEnum):
    """What the check says, strongest first; UNDECIDABLE stands outside the order and only in the place of NEW.

    EXISTS: the same customer. EXISTS_VIA_ALIAS: the same, merged into another number. EXISTS_CLOSED: the same, logically deleted.
    CONFLICT_NAME: the same document under another name. SAME_NUMBER_OTHER_TYPE: the same number on another family of document.
    ID_UPGRADE: the same name with the older or newer form of a number. SUSPECT: a person must look. NEW: nothing was found.
    UNDECIDABLE: nothing was found, and the search could not have found it. Source: R-54, R-72; requirements.md B6, B8.9.

    >>> Verdict.EXISTS.is_match, Verdict.SUSPECT.is_match
    (True, False)
    """

    EXISTS = "EXISTS"
    EXISTS_VIA_ALIAS = "EXISTS_VIA_ALIAS"
    EXISTS_CLOSED = "EXISTS_CLOSED"
    CONFLICT_NAME = "CONFLICT_NAME"
    SAME_NUMBER_OTHER_TYPE = "SAME_NUMBER_OTHER_TYPE"
    ID_UPGRADE = "ID_UPGRADE"
    SUSPECT = "SUSPECT"
    NEW = "NEW"
    UNDECIDABLE = "UNDECIDABLE"

    @property
    def is_match(self) -> bool:
        """Whether it says that the applicant is a customer already."""
        return self in (Verdict.EXISTS, Verdict.EXISTS_VIA_ALIAS, Verdict.EXISTS_CLOSED)


RANK: Final[Mapping[Verdict, int]] = {
    verdict: rank for rank, verdict in enumerate(verdict for verdict in Verdict if verdict is not Verdict.UNDECIDABLE)
}
"""The order, 0 for the strongest; UNDECIDABLE has no place in it."""


class Link(StrEnum):
    """How a pair of one stock hangs together, strongest first; `custmaster.dedup.evidence.link_of` says it of a finding.

    AUTOMATIC: one customer, may be merged unattended. REVIEW: perhaps one, a person must look. CONFLICT: one document under two
    names and nothing more in common; a person must look, and it joins nothing. NONE: nothing connects the two.
    Source: R-54; requirements.md B6, B8.9.
    """

    AUTOMATIC = "AUTOMATIC"
    REVIEW = "REVIEW"
    CONFLICT = "CONFLICT"
    NONE = "NONE"


class ExistenceCode(StrEnum):
    """One code for each ground; those of the order are named as their verdict."""

    EXISTS = "EXISTS"
    EXISTS_VIA_ALIAS = "EXISTS_VIA_ALIAS"
    EXISTS_CLOSED = "EXISTS_CLOSED"
    CONFLICT_NAME = "CONFLICT_NAME"
    SAME_NUMBER_OTHER_TYPE = "SAME_NUMBER_OTHER_TYPE"
    ID_UPGRADE = "ID_UPGRADE"
    SUSPECT = "SUSPECT"
    NEW = "NEW"
    DOCUMENT_NOT_GIVEN = "DOCUMENT_NOT_GIVEN"
    SYSTEM_NOT_SEARCHED = "SYSTEM_NOT_SEARCHED"


OUTCOMES: Final[Mapping[ExistenceCode, Outcome]] = {
    ExistenceCode.EXISTS: Outcome.REFUSED,
    ExistenceCode.EXISTS_VIA_ALIAS: Outcome.REFUSED,
    ExistenceCode.EXISTS_CLOSED: Outcome.REFUSED,
    ExistenceCode.CONFLICT_NAME: Outcome.REVIEW,
    ExistenceCode.SAME_NUMBER_OTHER_TYPE: Outcome.REVIEW,
    ExistenceCode.ID_UPGRADE: Outcome.REVIEW,
    ExistenceCode.SUSPECT: Outcome.REVIEW,
    ExistenceCode.NEW: Outcome.ALLOWED,
    ExistenceCode.DOCUMENT_NOT_GIVEN: Outcome.REVIEW,
    ExistenceCode.SYSTEM_NOT_SEARCHED: Outcome.REVIEW,
}
"""How far each ground goes in a decision."""

UNLIFTABLE: Final = frozenset({ExistenceCode.SYSTEM_NOT_SEARCHED})
"""The grounds for a review that no approval lifts: only searching does (R-72)."""
