"""Every text of the review of QC circles, Chinese and English beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from custmaster.circle.calendar import DUE_KINDS, DueKind
from custmaster.circle.clocks import IdleState
from custmaster.circle.kinds import CIRCLE_KINDS, CircleKind
from custmaster.decision import Outcome
from custmaster.handbook.messages import Language

__all__ = ["circle_said", "circle_word"]

Pair = tuple[str, str]
_TEXTS: Final[Mapping[str, Pair]] = MappingProxyType(
    {
        "title": ("QC小组活动评审", "Review of QC circles"),
        "as_of": ("评审日 {day} · 制度参数版本 {handbook}", "as of {day} · handbook {handbook}"),
        "masked": ("本页不含发言和自由文字；人员仅列工号。", "No speeches and no free text; staff by number only."),
        "overview": ("各小组", "The circles"),
        "none": ("没有小组。", "There are no circles."),
        "circle": ("小组", "circle"),
        "kind": ("类型", "kind"),
        "centre": ("客户中心", "centre"),
        "outcome": ("结论", "compliance"),
        "topics": ("课题", "topics"),
        "topic": ("课题", "topic"),
        "recorded": ("记录活动", "recorded"),
        "counted": ("计入活动", "counted"),
        "short_months": ("未达标月份", "short months"),
        "reasons": ("理由", "reasons"),
        "how_many": ("理由数", "reasons"),
        "article": ("依据", "article"),
        "about": ("对象", "about"),
        "months": ("每月活动", "each month"),
        "activities": ("活动", "activities"),
        "pauses": ("停止活动", "pauses over"),
        "no_reason": ("符合要求。", "As it should be."),
        "not_registered": ("未注册登记，不计时。", "Not registered: no clock runs."),
        "limit": ("至迟 {limit} 前须再次活动。", "The next activity is due by {limit}."),
        "of_month": ("{month}: {held} / {needed}", "{month}: {held} of {needed}"),
        "held_on": ("{day} 活动，计入", "{day}, counted"),
        "lost_on": ("{day} 活动，不计入", "{day}, not counted"),
        "drawn": (
            "{held} 次活动计入，{lost} 次不计入，{short} 个月未达标",
            "{held} activities count, {lost} do not, {short} months are short",
        ),
        "overdue": ("逾期事项（按客户中心）", "Overdue, by centre"),
        "not_overdue": ("没有逾期事项。", "Nothing is overdue."),
        "projects": ("立项活动", "Projects of the half-years"),
        "project": ("立项编号", "project"),
        "half": ("半年", "half-year"),
        "cases": ("PDCA案例", "PDCA cases"),
        "due": ("到期日", "due"),
        "what": ("事项", "what"),
        "how": ("说明", "How to read this"),
        "how_months": (
            "自注册次月起按自然月计，首末不完整月不计；未达标为提示，停止活动超过半年为违规。",
            "Calendar months from the one after registration; partial first and last months are not counted. A short month is a warning, half a year without activity a breach.",
        ),
    }
)
_WORDS: Final[Mapping[str, Pair]] = MappingProxyType(
    {
        Outcome.ALLOWED: ("符合", "complies"),
        Outcome.REVIEW: ("有提示", "with warnings"),
        Outcome.REFUSED: ("不符合", "in breach"),
        IdleState.WITHIN: ("未超期", "within the limit"),
        IdleState.LAPSED: ("超期，未说明", "over, not explained"),
        IdleState.LAPSED_EXPLAINED: ("超期，已说明", "over, explained"),
    }
)


def circle_said(key: str, lang: Language, **facts: object) -> str:
    """A text of the review with its facts filled in.

    >>> circle_said("limit", Language.EN, limit="2026-09-10")
    'The next activity is due by 2026-09-10.'
    """
    zh, en = _TEXTS[key]
    return (zh if lang is Language.ZH else en).format(**facts)


def circle_word(code: Outcome | IdleState | CircleKind | DueKind, lang: Language) -> str:
    """What a code is called.

    >>> circle_word(Outcome.REFUSED, Language.ZH)
    '不符合'
    """
    match code:
        case CircleKind():
            zh, en = CIRCLE_KINDS[code].zh, CIRCLE_KINDS[code].en
        case DueKind():
            zh, en = DUE_KINDS[code].zh, DUE_KINDS[code].en
        case _:
            zh, en = _WORDS[code]
    return zh if lang is Language.ZH else en
