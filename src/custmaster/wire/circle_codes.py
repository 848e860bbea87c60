"""What can be wrong with the files of QC circles (QC小组) before anybody reviews them; a code is never reused."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from custmaster.decision import Citation, Fact, Outcome, Reason, Remark

__all__ = ["CIRCLE_FILE_RULES", "CircleFileCode", "circle_remark"]


class CircleFileCode(StrEnum):
    """One code for each thing that the files say and that no circle can hold; the texts are in the message table."""

    CIRCLE_CELL_MISSING = "CIRCLE_CELL_MISSING"
    CIRCLE_WORD_UNKNOWN = "CIRCLE_WORD_UNKNOWN"
    CIRCLE_CELL_UNFIT = "CIRCLE_CELL_UNFIT"
    CIRCLE_ROW_TWICE = "CIRCLE_ROW_TWICE"
    CIRCLE_NOT_LISTED = "CIRCLE_NOT_LISTED"
    TOPIC_NOT_LISTED = "TOPIC_NOT_LISTED"
    SPEAKER_UNKNOWN = "SPEAKER_UNKNOWN"


_C = CircleFileCode
CIRCLE_FILE_RULES: Final[Mapping[CircleFileCode, tuple[Outcome, str]]] = MappingProxyType(
    {
        # code: (how far it goes, where the rule stands)
        _C.CIRCLE_CELL_MISSING: (Outcome.REFUSED, "R-36"),
        _C.CIRCLE_WORD_UNKNOWN: (Outcome.REFUSED, "R-28"),
        _C.CIRCLE_CELL_UNFIT: (Outcome.REFUSED, "R-36"),
        _C.CIRCLE_ROW_TWICE: (Outcome.REFUSED, "R-29"),
        _C.CIRCLE_NOT_LISTED: (Outcome.REFUSED, "R-28"),
        _C.TOPIC_NOT_LISTED: (Outcome.REFUSED, "R-29"),
        _C.SPEAKER_UNKNOWN: (Outcome.REVIEW, "R-37"),
    }
)
"""Every code of the files, in the order of the docs."""


def circle_remark(field: str, code: CircleFileCode, subject: str | None = None, **facts: Fact) -> Remark:
    """The remark with `code` at `field`; `facts` name columns, lines and lengths, never a cell.

    >>> circle_remark("kind", CircleFileCode.CIRCLE_WORD_UNKNOWN, "QC-01", column="小组类型", length=2).reason.subject
    'QC-01'
    """
    outcome, article = CIRCLE_FILE_RULES[code]
    reason = Reason(code=code, outcome=outcome, citation=Citation(article=article), subject=subject, facts=facts)
    return Remark(field=field, reason=reason)
