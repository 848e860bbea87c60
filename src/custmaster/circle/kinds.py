"""The words of QC circles (QC小组): kinds of circles and topics, the steps of PDCA, the states of a topic, and the originals that are kept."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from attrs import frozen

__all__ = [
    "CIRCLE_KINDS",
    "ORIGINALS",
    "STEPS",
    "TOPIC_SOURCES",
    "TOPIC_TYPES",
    "CircleKind",
    "CircleKindRow",
    "Named",
    "Original",
    "OriginalRow",
    "Step",
    "TopicSource",
    "TopicState",
    "TopicType",
]


@frozen(kw_only=True)
class Named:
    """What a code is called in both languages."""

    zh: str
    en: str


class CircleKind(StrEnum):
    """The three kinds of circles. Source: R-28."""

    GROUP_ACCOUNTS = "GROUP_ACCOUNTS"
    INDIVIDUAL_ACCOUNTS = "INDIVIDUAL_ACCOUNTS"
    INDOOR = "INDOOR"


@frozen(kw_only=True)
class CircleKindRow:
    """A kind's names, and whether its members come from several teams (跨组) or from one."""

    zh: str
    en: str
    across_teams: bool


CIRCLE_KINDS: Final[Mapping[CircleKind, CircleKindRow]] = MappingProxyType(
    {
        CircleKind.GROUP_ACCOUNTS: CircleKindRow(zh="集团客户经理组", en="group account managers", across_teams=False),
        CircleKind.INDIVIDUAL_ACCOUNTS: CircleKindRow(
            zh="个人客户经理组", en="individual account managers", across_teams=False
        ),
        CircleKind.INDOOR: CircleKindRow(
            zh="室内管理人员", en="indoor management staff across teams", across_teams=True
        ),
    }
)
"""Every kind of circle."""


class Step(StrEnum):
    """The steps of the PDCA cycle, in their order (计划、实施、检查、处理). Source: R-31."""

    PLAN = "PLAN"
    DO = "DO"
    CHECK = "CHECK"
    ACT = "ACT"


STEPS: Final[Mapping[Step, Named]] = MappingProxyType(
    {
        Step.PLAN: Named(zh="计划", en="plan"),
        Step.DO: Named(zh="实施", en="do"),
        Step.CHECK: Named(zh="检查", en="check"),
        Step.ACT: Named(zh="处理", en="act"),
    }
)
"""Every step, as the handbook names it."""


class TopicType(StrEnum):
    """What a topic (课题) is about. Source: B2."""

    ON_SITE = "ON_SITE"
    SERVICE = "SERVICE"
    PROBLEM = "PROBLEM"
    MANAGEMENT = "MANAGEMENT"
    INNOVATION = "INNOVATION"


TOPIC_TYPES: Final[Mapping[TopicType, Named]] = MappingProxyType(
    {
        TopicType.ON_SITE: Named(zh="现场型", en="on site"),
        TopicType.SERVICE: Named(zh="服务型", en="service"),
        TopicType.PROBLEM: Named(zh="攻关型", en="hard problem"),
        TopicType.MANAGEMENT: Named(zh="管理型", en="management"),
        TopicType.INNOVATION: Named(zh="创新型", en="innovation"),
    }
)
"""Every type of topic."""


class TopicSource(StrEnum):
    """Who chose the topic. Source: B2."""

    DIRECTED = "DIRECTED"
    GUIDED = "GUIDED"
    OWN_CHOICE = "OWN_CHOICE"


TOPIC_SOURCES: Final[Mapping[TopicSource, Named]] = MappingProxyType(
    {
        TopicSource.DIRECTED: Named(zh="指令性", en="directed"),
        TopicSource.GUIDED: Named(zh="指导性", en="guided"),
        TopicSource.OWN_CHOICE: Named(zh="自选", en="own choice"),
    }
)
"""Every source of a topic."""


class TopicState(StrEnum):
    """Where a topic stands: not yet registered (注册登记), registered, its report compiled, filed (成果报备), closed without a result."""

    DRAFT = "DRAFT"
    REGISTERED = "REGISTERED"
    COMPILED = "COMPILED"
    FILED = "FILED"
    CLOSED = "CLOSED"


class Original(StrEnum):
    """The originals (原始资料) that are kept over a topic; the speeches of every meeting stand in its record. Source: R-37."""

    SURVEY_DATA = "SURVEY_DATA"
    IMPLEMENTATION_DATA = "IMPLEMENTATION_DATA"
    PEERS_COMPARED = "PEERS_COMPARED"
    OWN_BEST_COMPARED = "OWN_BEST_COMPARED"
    BEFORE_AFTER_COMPARED = "BEFORE_AFTER_COMPARED"
    SUGGESTIONS = "SUGGESTIONS"
    STANDARD_REVISIONS = "STANDARD_REVISIONS"
    OTHER = "OTHER"


@frozen(kw_only=True)
class OriginalRow:
    """An original's names, and whether every topic must have it; the others are kept where there are any."""

    zh: str
    en: str
    required: bool


ORIGINALS: Final[Mapping[Original, OriginalRow]] = MappingProxyType(
    {
        Original.SURVEY_DATA: OriginalRow(zh="现状调查数据和记录", en="survey data and records", required=True),
        Original.IMPLEMENTATION_DATA: OriginalRow(
            zh="对策实施数据和记录", en="implementation data and records", required=True
        ),
        Original.PEERS_COMPARED: OriginalRow(zh="与国内外同行业的对比", en="compared with peers", required=True),
        Original.OWN_BEST_COMPARED: OriginalRow(
            zh="与公司历史最好水平的对比", en="compared with our own best", required=True
        ),
        Original.BEFORE_AFTER_COMPARED: OriginalRow(zh="活动前后的对比", en="before and after", required=True),
        Original.SUGGESTIONS: OriginalRow(zh="合理化建议", en="improvement suggestions", required=False),
        Original.STANDARD_REVISIONS: OriginalRow(zh="标准修订文件", en="revised standards", required=False),
        Original.OTHER: OriginalRow(zh="其他", en="other", required=False),  # 等等: the list is open
    }
)
"""Every kind of original."""
