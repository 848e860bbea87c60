"""How far each code of this room goes, the requirement that it comes from, and whether an approval lifts it: one table, total."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from attrs import frozen

from custmaster.circle.codes import CircleCode
from custmaster.decision import Citation, Fact, Outcome, Reason

__all__ = ["ARTICLES", "CIRCLE_GROUNDS", "CircleGround", "ground"]


ARTICLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        # number of the requirement: the article of 《客户中心质量管理制度》
        "R-25": "文二 第三条",
        "R-26": "文二 第四条",
        "R-27": "文二 第五条",
        "R-28": "文二 第五条(一)",
        "R-29": "文二 第五条(二)",
        "R-30": "文二 第五条(三)",
        "R-31": "文二 第五条(四)",
        "R-32": "文二 第五条(四)",
        "R-33": "文二 第五条(四)",
        "R-34": "文二 第五条(四)",
        "R-35": "文二 第五条(四)",
        "R-36": "文二 第五条(五)",
        "R-37": "文二 第五条(五)",
        "R-38": "文二 第五条(六)",
        "R-39": "文二 第五条(六)",
        "R-40": "文二 第五条(六)",
        "R-41": "文二 第六条(一)",
        "R-42": "文二 第六条(二)",
        "R-43": "文二 第七条",
    }
)
"""Where each requirement on circles stands."""


@frozen(kw_only=True)
class CircleGround:
    """One row. A REVIEW is a warning where it is found, and something for a leader (R-41) where it stands in the way."""

    outcome: Outcome
    source: str

    @property
    def article(self) -> str:
        """The article and the number of the requirement, as a reason cites them."""
        return f"{ARTICLES[self.source]} ({self.source})"


def _row(outcome: Outcome, source: str) -> CircleGround:
    return CircleGround(outcome=outcome, source=source)


_C = CircleCode
_NOTE, _WARN, _NO = Outcome.ALLOWED, Outcome.REVIEW, Outcome.REFUSED
CIRCLE_GROUNDS: Final[Mapping[CircleCode, CircleGround]] = MappingProxyType(
    {
        _C.TEAM_NOT_OF_KIND: _row(_WARN, "R-28"),
        _C.NOT_ACROSS_TEAMS: _row(_WARN, "R-28"),
        _C.MEMBERS_FEW: _row(_WARN, "R-28"),
        _C.MEMBERS_MANY: _row(_WARN, "R-28"),
        _C.CIRCLE_ENDED: _row(_NO, "R-27"),
        _C.TOPIC_NOT_REGISTERED: _row(_NO, "R-29"),
        _C.TOPIC_STATE: _row(_NO, "R-38"),
        _C.TOPIC_OF_OTHER_CIRCLE: _row(_NO, "R-29"),
        _C.REGISTRATION_NOT_NUMBERED: _row(_NO, "R-29"),
        _C.REGISTRATION_TAKEN: _row(_NO, "R-29"),
        _C.THEME_UNKNOWN: _row(_NO, "R-25"),
        _C.CIRCLE_DAY_TOO_EARLY: _row(_NO, "R-31"),
        _C.STEP_SKIPPED: _row(_NO, "R-31"),
        _C.PLAN_MISSING: _row(_NO, "R-32"),
        _C.CRITERION_UNANSWERED: _row(_WARN, "R-32"),
        _C.TOOLS_NOT_USED: _row(_WARN, "R-32"),
        _C.RECORD_INCOMPLETE: _row(_NO, "R-36"),
        _C.SPEECH_MISSING: _row(_NO, "R-37"),
        _C.ACTIVITY_OF_OTHER_TOPIC: _row(_NO, "R-29"),
        _C.ACTIVITY_BEFORE_REGISTRATION: _row(_NO, "R-29"),
        _C.ACTIVITY_AFTER_END: _row(_NO, "R-33"),
        _C.ACTIVITY_NOT_YET_HELD: _row(_NO, "R-36"),
        _C.ACTIVITY_OUT_OF_TURN: _row(_NO, "R-36"),
        _C.NOT_A_MEMBER: _row(_WARN, "R-28"),
        _C.MEMBER_UNACCOUNTED: _row(_WARN, "R-36"),
        _C.ORIGINAL_MISSING: _row(_WARN, "R-37"),
        _C.CYCLE_INCOMPLETE: _row(_NO, "R-38"),
        _C.REPORT_OF_OTHER_TOPIC: _row(_NO, "R-38"),
        _C.REPORT_BY_ONE_ALONE: _row(_WARN, "R-40"),
        _C.REPORT_OUT_OF_ORDER: _row(_WARN, "R-40"),
        _C.REPORT_WITHOUT_FIGURES: _row(_WARN, "R-40"),
        _C.REPORT_NOT_SEEN_TO: _row(_WARN, "R-40"),
        _C.JARGON_UNEXPLAINED: _row(_WARN, "R-40"),
        _C.RESULTS_NOT_COMPILED: _row(_NO, "R-38"),
        _C.PROJECT_TOO_MANY: _row(_NO, "R-42"),
        _C.PROJECT_UNANSWERED: _row(_WARN, "R-42"),
        _C.PROJECT_CASE_MISSING: _row(_WARN, "R-42"),
        _C.SUPPORT_ASKED_ELSEWHERE: _row(_WARN, "R-35"),
        _C.SCORING_OFF: _row(_NO, "R-26"),
        _C.SCORE_MISSING: _row(_NO, "R-39"),
        _C.SCORE_WITHOUT_WEIGHT: _row(_NO, "R-39"),
        _C.SCORE_TWICE: _row(_NO, "R-39"),
        _C.APPRAISAL_OFF: _row(_NOTE, "R-43"),
        _C.POINTS_NOT_LISTED: _row(_NOTE, "R-43"),
    }
)
"""Every code of the room. What R-28 says of teams a leader may lift; nothing lifts what the document says must be."""


def ground(
    code: CircleCode, subject: str | None, facts: Mapping[str, Fact] | None = None, citation: Citation | None = None
) -> Reason:
    """The reason with this code about the circle, topic or record of that number; `citation` names the handbook key that was applied.

    >>> ground(CircleCode.STEP_SKIPPED, "T-1", {"stands": "PLAN", "asked": "CHECK"}).citation.article
    '文二 第五条(四) (R-31)'
    """
    row = CIRCLE_GROUNDS[code]
    cited = citation or Citation(article=row.article)
    return Reason(code=code, outcome=row.outcome, citation=cited, subject=subject, facts=facts or {})
