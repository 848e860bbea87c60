"""Where two sentences of the document do not agree: the reading that this library takes, the others, and the handbook key that switches."""

from __future__ import annotations

from typing import Final

from attrs import frozen

from custmaster.handbook import Key, keys

__all__ = ["READINGS", "Reading"]


@frozen(kw_only=True)
class Reading:
    """One way to read two sentences: what it means, and the value of the key under which it holds. The first row of a pair is the default."""

    sources: tuple[str, str]
    question: str
    reading: str
    effect: str
    key: Key[object]
    value: str


_SCORES: Final = ("R-26", "R-43")
_PAUSES: Final = ("R-30", "R-33")
READINGS: Final = (
    Reading(
        sources=_SCORES,
        question="Execution is scored, rewarded and punished (打分、奖惩), yet circles are not in the appraisal for now (暂不纳入考核).",
        reading="For now the scores are kept, and have no effect.",
        effect="evaluate_circle stores the score as not appraised, with the note APPRAISAL_OFF; points come from the bank's own table alone; "
        "no penalty is computed.",
        key=keys.CIRCLE_APPRAISAL,
        value="false",
    ),
    Reading(
        sources=_SCORES,
        question="The same.",
        reading="Circles are in the appraisal, from the day on which the bank says so.",
        effect="Scores from that day on are marked as appraised, without the note; those before it stay as they are. What follows in the "
        "appraisal is the bank's own.",
        key=keys.CIRCLE_APPRAISAL,
        value="true, as one more value with its own day",
    ),
    Reading(
        sources=_PAUSES,
        question="Activities are held once a month at least (每月应不少于一次), yet a circle may stop for up to half a year (不得超过半年).",
        reading="The month is what should be, the half-year is the limit.",
        effect="A calendar month without an activity is a warning; more than six months are a breach, which an explanation excuses.",
        key=keys.CIRCLE_ACTIVITIES,
        value="1",
    ),
    Reading(
        sources=_PAUSES,
        question="The same.",
        reading="Only the half-year counts.",
        effect="No month is asked for; more than six months without an activity are a breach.",
        key=keys.CIRCLE_ACTIVITIES,
        value="0",
    ),
    Reading(
        sources=_PAUSES,
        question="The same.",
        reading="The month is the limit.",
        effect="More than one month without an activity is a breach, which an explanation excuses.",
        key=keys.CIRCLE_IDLE_MONTHS,
        value="1",
    ),
)
"""Every reading of the two pairs of sentences. Source: R-26, R-30, R-33, R-43, B8."""
