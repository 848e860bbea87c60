"""What can be wrong with the files of a roster (名单) before anybody judges it as a whole; a code is never reused."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from custmaster.decision import Citation, Fact, Outcome, Reason, Remark

__all__ = ["ROSTER_FILE_RULES", "RosterFileCode", "roster_remark"]


class RosterFileCode(StrEnum):
    """One code for each thing that the files say and that no roster can hold; the texts are in the message table."""

    LEVEL_OFF_LADDER = "LEVEL_OFF_LADDER"
    LEVEL_DAY_TWICE = "LEVEL_DAY_TWICE"
    POST_WORD_UNKNOWN = "POST_WORD_UNKNOWN"
    ROSTER_WORD_UNKNOWN = "ROSTER_WORD_UNKNOWN"
    ROSTER_CELL_UNFIT = "ROSTER_CELL_UNFIT"
    ROSTER_ROWS_DISAGREE = "ROSTER_ROWS_DISAGREE"
    POSTING_TWICE = "POSTING_TWICE"
    OUTLET_TWICE = "OUTLET_TWICE"
    ASSIGNED_NOBODY = "ASSIGNED_NOBODY"
    ASSIGNED_TWICE = "ASSIGNED_TWICE"
    ASSIGNED_LATER = "ASSIGNED_LATER"
    ENTRY_WITHOUT_SOURCE = "ENTRY_WITHOUT_SOURCE"


_C = RosterFileCode
ROSTER_FILE_RULES: Final[Mapping[RosterFileCode, tuple[Outcome, str]]] = MappingProxyType(
    {
        # code: (how far it goes, where the rule stands)
        _C.LEVEL_OFF_LADDER: (Outcome.REFUSED, "R-16"),
        _C.LEVEL_DAY_TWICE: (Outcome.REFUSED, "R-16"),
        _C.POST_WORD_UNKNOWN: (Outcome.REFUSED, "R-18"),
        _C.ROSTER_WORD_UNKNOWN: (Outcome.REFUSED, "mapping file, [values]"),
        _C.ROSTER_CELL_UNFIT: (Outcome.REFUSED, "R-12..R-18"),
        _C.ROSTER_ROWS_DISAGREE: (Outcome.REVIEW, "R-17"),
        _C.POSTING_TWICE: (Outcome.REFUSED, "R-18"),
        _C.OUTLET_TWICE: (Outcome.REFUSED, "R-03"),
        _C.ASSIGNED_NOBODY: (Outcome.REFUSED, "R-17"),
        _C.ASSIGNED_TWICE: (Outcome.REFUSED, "R-17"),
        _C.ASSIGNED_LATER: (Outcome.ALLOWED, "R-17"),
        _C.ENTRY_WITHOUT_SOURCE: (Outcome.REVIEW, "R-13"),
    }
)
"""Every code of the files, in the order of the docs."""


def roster_remark(field: str, code: RosterFileCode, subject: str | None = None, **facts: Fact) -> Remark:
    """The remark with `code` at `field`; `facts` name columns, lines and lengths, never a cell.

    >>> roster_remark("post", RosterFileCode.POST_WORD_UNKNOWN, "S-1", column="岗位", length=2).reason.subject
    'S-1'
    """
    outcome, article = ROSTER_FILE_RULES[code]
    reason = Reason(code=code, outcome=outcome, citation=Citation(article=article), subject=subject, facts=facts)
    return Remark(field=field, reason=reason)
