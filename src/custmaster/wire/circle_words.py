"""The words that the files of QC circles (QC小组) use: headings and what stands under them, Chinese and English, as literal tables."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Final, Protocol, TypeVar

from custmaster.circle.kinds import (
    CIRCLE_KINDS,
    ORIGINALS,
    STEPS,
    TOPIC_SOURCES,
    TOPIC_TYPES,
    CircleKind,
    Step,
    TopicSource,
)
from custmaster.wire._words import plain_word

__all__ = ["CIRCLE_DATES", "CIRCLE_HEADS", "CIRCLE_REQUIRED", "CircleFile", "Happening", "meaning_of"]


class CircleFile(StrEnum):
    """The files of which circles are read."""

    CIRCLES = "circles"
    MEMBERS = "members"
    TOPICS = "topics"
    HISTORY = "history"
    ACTIVITIES = "activities"
    PROJECTS = "projects"


class Happening(StrEnum):
    """What a row of the history of topics says beside an original that is kept: a step of PDCA, a check's answer, a pause that was explained."""

    PLAN = "PLAN"
    DO = "DO"
    CHECK = "CHECK"
    CHECK_MET = "CHECK_MET"
    CHECK_NOT_MET = "CHECK_NOT_MET"
    ACT = "ACT"
    EXPLAINED = "EXPLAINED"


_F = CircleFile
_CIRCLE: Final = ("小组编号", "小组号", "QC小组编号", "circle_number", "circle_no", "circle_id")
_TOPIC: Final = ("课题编号", "课题号", "topic_number", "topic_no", "topic_id")
_STAFF: Final = ("员工号", "员工编号", "工号", "柜员号", "staff_number", "staff_no", "staff_id", "employee_no")

CIRCLE_HEADS: Final[Mapping[CircleFile, Mapping[str, tuple[str, ...]]]] = MappingProxyType(
    {
        # file: field: headings beside the field's own name, the surest first; circles and topics may stand in one file
        _F.CIRCLES: {
            "circle": _CIRCLE,
            "name": ("小组名称", "小组名", "QC小组名称", "circle_name"),
            "kind": ("小组类型", "小组类别", "circle_kind", "circle_type"),
            "centre": ("客户中心", "所属中心", "中心", "center", "circle_centre"),
            "founded_on": ("成立日期", "组建日期", "小组成立日期", "founded"),
            "closed_on": ("撤销日期", "解散日期", "小组撤销日期", "circle_closed_on"),
            "members": ("成员", "小组成员", "circle_members"),
        },
        _F.MEMBERS: {
            "circle": _CIRCLE,
            "staff": (*_STAFF, "成员"),
            "team": ("班组", "组别", "所属班组", "所在组", "staff_team"),
            "leads": ("组长", "是否组长", "leader"),
            "from": ("加入日期", "起始日期", "since", "joined_on"),
            "until": ("退出日期", "终止日期", "to", "left_on"),
        },
        _F.TOPICS: {
            "topic": _TOPIC,
            "circle": _CIRCLE,
            "title": ("课题名称", "课题", "topic_title"),
            "type": ("课题类型", "topic_type"),
            "source": ("课题来源", "topic_source"),
            "themes": ("主题", "标准化主题", "theme"),
            "registration": ("注册编号", "注册登记号", "登记编号", "registration_number", "registration_no"),
            "registered_on": ("注册日期", "注册登记日期", "登记日期", "registration_date"),
            "baseline": ("现状", "现状调查"),
            "target": ("目标", "课题目标"),
            "countermeasures": ("对策",),
            "action": ("措施落实", "措施", "实施情况"),
            "owner": ("责任人", "负责人"),
            "plan": ("活动计划", "计划日期", "activity_plan"),
            "report": ("成果报告", "results_report"),
            "compiled_on": ("整理日期", "成果整理日期", "compiled"),
            "filed_on": ("报备日期", "成果报备日期", "filed"),
            "topic_closed_on": ("课题终止日期", "终止日期", "topic_closed"),
            "explained_on": ("原因说明日期", "说明日期", "explained"),
        },
        _F.HISTORY: {
            "topic": _TOPIC,
            "on": ("日期", "发生日期", "date", "day"),
            "what": ("事项", "内容", "happening", "event"),
            "by": ("经办人", "说明人", "actor"),
            "reference": ("资料编号", "凭证号", "ref"),
            "reason": ("原因", "原因说明", "why"),
        },
        _F.ACTIVITIES: {
            "number": ("记录编号", "记录号", "record_number", "record_no"),
            "topic": _TOPIC,
            "sequence": ("活动次数", "第几次", "次数", "activity_no"),
            "on": ("活动日期", "日期", "date", "activity_date"),
            "place": ("活动地点", "地点", "location"),
            "step": ("PDCA阶段", "阶段", "pdca_step", "phase"),
            "attending": ("实到人员", "实到", "出席人员", "参加人员", "attendees"),
            "absences": ("缺席人员及原因", "缺席人员", "缺席", "absent"),
            "chair": ("主持人", "chaired_by"),
            "recorder": ("记录人", "recorded_by"),
            "content": ("活动内容", "内容", "activity"),
            "speeches": ("成员发言", "发言记录", "发言", "said"),
            "tools": ("应用的QC工具", "QC工具", "工具", "qc_tools"),
            "conclusion": ("结论及下一步", "结论", "下一步", "next_steps"),
            "attachments": ("附件", "attached"),
        },
        _F.PROJECTS: {
            "number": ("立项编号", "项目编号", "project_number", "project_no"),
            "centre": ("客户中心", "所属中心", "中心", "center"),
            "half": ("半年", "立项半年", "所属半年", "half_year"),
            "comparison": ("对比分析", "与理想工作质量的对比分析"),
            "gaps": ("差距与不足", "差距"),
            "improvement_plan": ("改进计划", "plan"),
            "cases": ("PDCA案例", "案例课题", "pdca_cases"),
        },
    }
)
"""Every column that is known; compared without spaces, marks and case."""

CIRCLE_REQUIRED: Final[Mapping[CircleFile, tuple[str, ...]]] = MappingProxyType(
    {
        _F.CIRCLES: ("circle", "name", "kind", "centre", "founded_on"),
        _F.MEMBERS: ("circle", "staff", "team"),
        _F.TOPICS: ("topic", "circle", "title", "type", "source"),
        _F.HISTORY: ("topic", "on", "what"),
        _F.ACTIVITIES: ("topic", "on", "step"),
        _F.PROJECTS: ("number", "centre", "half"),
    }
)
"""The columns that have to be there."""

CIRCLE_DATES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"default": ("YYYY-MM-DD", "YYYYMMDD", "YYYY/M/D", "YYYY.M.D", "YYYY年M月D日", "YYYY-M-D")}
)
"""Days are read in every order that begins with the year."""


class _Named(Protocol):
    @property
    def zh(self) -> str: ...

    @property
    def en(self) -> str: ...


_KINDS: Final[Mapping[str, CircleKind]] = MappingProxyType(
    {
        "集团": CircleKind.GROUP_ACCOUNTS,
        "集团客户经理": CircleKind.GROUP_ACCOUNTS,
        "集团客户": CircleKind.GROUP_ACCOUNTS,
        "个人": CircleKind.INDIVIDUAL_ACCOUNTS,
        "个人客户经理": CircleKind.INDIVIDUAL_ACCOUNTS,
        "个人客户": CircleKind.INDIVIDUAL_ACCOUNTS,
        "室内": CircleKind.INDOOR,
        "室内管理": CircleKind.INDOOR,
        "跨组": CircleKind.INDOOR,
    }
)
_STEP_WORDS: Final[Mapping[str, Step]] = MappingProxyType(
    {"P": Step.PLAN, "D": Step.DO, "C": Step.CHECK, "A": Step.ACT, "处置": Step.ACT, "改进": Step.ACT}
)
_HAPPENED: Final[Mapping[str, Happening]] = MappingProxyType(
    {
        "计划": Happening.PLAN,
        "实施": Happening.DO,
        "检查": Happening.CHECK,
        "检查达标": Happening.CHECK_MET,
        "达标": Happening.CHECK_MET,
        "达到目标": Happening.CHECK_MET,
        "check met": Happening.CHECK_MET,
        "检查未达标": Happening.CHECK_NOT_MET,
        "未达标": Happening.CHECK_NOT_MET,
        "未达到目标": Happening.CHECK_NOT_MET,
        "check not met": Happening.CHECK_NOT_MET,
        "处理": Happening.ACT,
        "原因说明": Happening.EXPLAINED,
        "说明": Happening.EXPLAINED,
        "explanation": Happening.EXPLAINED,
    }
)
_YES_NO: Final[Mapping[str, bool]] = MappingProxyType(
    {"是": True, "1": True, "Y": True, "yes": True, "true": True, "组长": True, "leader": True}
    | {"否": False, "0": False, "N": False, "no": False, "false": False, "组员": False, "member": False}
)


C = TypeVar("C", bound=StrEnum)
N = TypeVar("N", bound=_Named)


def _words(rows: Mapping[C, N], more: Mapping[str, C]) -> dict[str, StrEnum]:
    named = {name: code for code, row in rows.items() for name in (code.value, row.zh, row.en)}
    return {plain_word(word): code for word, code in (named | dict(more)).items()}


def _sources() -> dict[str, StrEnum]:
    return _words(TOPIC_SOURCES, {"自选课题": TopicSource.OWN_CHOICE, "自主": TopicSource.OWN_CHOICE})


def _types() -> dict[str, StrEnum]:
    return _words(TOPIC_TYPES, {row.zh.removesuffix("型"): code for code, row in TOPIC_TYPES.items()})


@cache
def meaning_of(field: str) -> Mapping[str, StrEnum | bool]:
    """What the words of a field mean, each as `plain_word` writes it: `kind`, `type`, `source`, `step`, `what` or `leads`.

    >>> meaning_of("step")["实施"], meaning_of("what")["现状调查数据和记录"]
    (<Step.DO: 'DO'>, <Original.SURVEY_DATA: 'SURVEY_DATA'>)
    """
    happened: dict[str, StrEnum] = {plain_word(word): code for word, code in _HAPPENED.items()}
    happened |= {plain_word(code.value): code for code in Happening}
    tables: dict[str, Mapping[str, StrEnum | bool]] = {
        "kind": _words(CIRCLE_KINDS, _KINDS),
        "type": _types(),
        "source": _sources(),
        "step": _words(STEPS, _STEP_WORDS),
        "what": _words(ORIGINALS, {}) | happened,
        "leads": {plain_word(word): yes for word, yes in _YES_NO.items()},
    }
    return MappingProxyType(tables[field])
