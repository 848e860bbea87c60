"""Every key of the handbook: its name in the file, the type of its value, and what it means in both languages.

This is the literal table; the values are in the file. A rule names the constant, never the text of the key.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

from custmaster.handbook._key import Key
from custmaster.handbook.circle_keys import CIRCLE_KEYS
from custmaster.handbook.kinds import (
    DAY,
    SWITCH,
    TEXT,
    TEXTS,
    AgeBand,
    Kind,
    Weight,
    age_bands,
    choice,
    decimal,
    weights,
    weights_of,
    whole,
)
from custmaster.handbook.limit_keys import LIMIT_KEYS
from custmaster.handbook.number_ranges import CHECK_SCHEME, NUMBER_RANGES
from custmaster.handbook.review_keys import REVIEW_KEYS
from custmaster.handbook.roster_fit_keys import ROSTER_FIT_KEYS
from custmaster.handbook.roster_keys import ROSTER_KEYS
from custmaster.handbook.screening_keys import SCREENING_KEYS
from custmaster.handbook.sync_keys import SYNC_KEYS
from custmaster.value.number_plan import CheckScheme, NumberRange

__all__ = [
    "KEYS",
    "ADULT_AGE",
    "BENEFICIAL_OWNER_SHARE",
    "CIRCLE_ACTIVITIES",
    "CIRCLE_APPRAISAL",
    "CIRCLE_CASES",
    "CIRCLE_CRITERIA",
    "CIRCLE_IDLE_MONTHS",
    "CIRCLE_MEMBERS_HIGH",
    "CIRCLE_MEMBERS_LOW",
    "CIRCLE_POINTS",
    "CIRCLE_PROJECTS",
    "CIRCLE_SCORING",
    "CIRCLE_STEPS",
    "CIRCLE_THEMES",
    "CIRCLE_WEIGHTS",
    "CLOSING_COLLECTION_PENDING",
    "CLOSING_OTHER",
    "CLOSING_REPAYMENT",
    "CLOSING_THIRD_PARTY",
    "CONTRACT_CATEGORIES",
    "ENTRIES_PER_STAFF",
    "EXPIRING_DAYS",
    "FIFTEEN_DIGIT_UNTIL",
    "FLOOR_ACCOUNTING_SUPERVISOR",
    "FLOOR_BACK_OFFICE",
    "FLOOR_LOBBY_MANAGER",
    "FLOOR_OUTLET_HEAD",
    "FLOOR_RURAL_MANAGER",
    "FLOOR_TELLER",
    "GRACE_DAYS",
    "GROWTH_TARGET",
    "HOUSEHOLD_REGISTER_BELOW_AGE",
    "INFORMATION_CATEGORIES",
    "LEVELS",
    "NAME_CAPACITY",
    "NUMBER_CHECK_OF_CUSTOMERS",
    "NUMBER_RANGES_OF_CUSTOMERS",
    "OLDEST_AGE",
    "OWNERS_EXEMPT_CAPITAL",
    "PASSPORT_LETTER_SERIES_FROM",
    "PERMANENT_RESIDENCE_NEW_FROM",
    "PERSON_ELEMENTS",
    "PER_HEAD_TARGET",
    "PRODUCT_NUMBER_POSITIONS",
    "PROSPECTS_COUNT",
    "QUALITY_FROM_LEVEL",
    "RESIDENT_ID_TERMS",
    "RETENTION_YEARS",
    "SHARE_DENOMINATOR",
    "SHARE_TARGET",
    "TEMPORARY_ID_MONTHS",
    "UNIT_ELEMENTS",
    "Key",
]

T = TypeVar("T")

_COUNT: Final = whole(0, 100_000)
_PERCENT: Final = decimal(0, 100)
_OF_BOTH: Final = ("NAME", "ADDRESS", "DOCUMENT_TYPE", "DOCUMENT_NUMBER", "DOCUMENT_EXPIRY")
_EFFECT: Final = choice("REMIND", "BLOCK")


def _key(name: str, kind: Kind[T], zh: str, en: str, unit: str = "") -> Key[T]:
    return Key(name=name, kind=kind, zh=zh, en=en, unit=unit)


def _count(name: str, zh: str, en: str, unit: str = "") -> Key[int]:
    return Key(name=name, kind=_COUNT, zh=zh, en=en, unit=unit)


# The roster, 名单制管理
LEVELS: Final[Key[tuple[str, ...]]] = _key("roster.levels", TEXTS, "客户等级,由低到高", "customer levels, lowest first")
QUALITY_FROM_LEVEL: Final[Key[str]] = _key(
    "roster.quality_from_level",
    TEXT,
    "优质客户起始等级(含)",
    "the level from which a customer is a quality customer, inclusive",
)
GROWTH_TARGET: Final[Key[Decimal]] = _key(
    "roster.growth.target_percent",
    _PERCENT,
    "金卡级以上个人客户年增长率目标",
    "annual growth of gold-and-above individuals, at least",
    "%",
)
SHARE_TARGET: Final[Key[Decimal]] = _key(
    "roster.share.target_percent",
    _PERCENT,
    "金卡级以上客户占比目标",
    "share of gold-and-above customers, at least",
    "%",
)
SHARE_DENOMINATOR: Final[Key[str]] = _key(
    "roster.share.denominator", choice("INDIVIDUALS", "ALL"), "占比的分母", "which customers the share is taken of"
)
PER_HEAD_TARGET: Final[Key[int]] = _count(
    "roster.per_head.target",
    "网点人均维护优质客户",
    "quality customers maintained per head of an outlet, at least",
    "customers",
)
ENTRIES_PER_STAFF: Final[Key[int]] = _count(
    "roster.entries_per_staff",
    "每名在岗人员至少维护户数",
    "customers that everyone on post maintains, at least",
    "customers",
)
PROSPECTS_COUNT: Final[Key[bool]] = _key(
    "roster.prospects_count", SWITCH, "潜在客户是否计入户数", "whether prospects count for floors and averages"
)
FLOOR_OUTLET_HEAD: Final[Key[int]] = _count(
    "roster.floor.outlet_head", "网点负责人维护户数下限", "floor of an outlet head", "customers"
)
FLOOR_LOBBY_MANAGER: Final[Key[int]] = _count(
    "roster.floor.lobby_manager", "大堂经理维护户数下限", "floor of a lobby manager", "customers"
)
FLOOR_ACCOUNTING_SUPERVISOR: Final[Key[int]] = _count(
    "roster.floor.accounting_supervisor", "会计主管维护户数下限", "floor of an accounting supervisor", "customers"
)
FLOOR_TELLER: Final[Key[int]] = _count("roster.floor.teller", "柜员维护户数下限", "floor of a teller", "customers")
FLOOR_BACK_OFFICE: Final[Key[int]] = _count(
    "roster.floor.back_office", "后台管理人员维护户数下限", "floor of back-office management staff", "customers"
)
FLOOR_RURAL_MANAGER: Final[Key[int]] = _count(
    "roster.floor.rural_manager", "三农经理维护户数下限", "floor of a rural-business manager", "customers"
)

# QC circles (QC 小组)
CIRCLE_THEMES: Final[Key[tuple[str, ...]]] = _key(
    "circle.themes", TEXTS, "三个标准化主题", "the three standardisations, as theme tags"
)
CIRCLE_STEPS: Final[Key[tuple[str, ...]]] = _key("circle.steps", TEXTS, "PDCA 循环程序", "the steps of PDCA, in order")
CIRCLE_CRITERIA: Final[Key[tuple[str, ...]]] = _key(
    "circle.criteria", TEXTS, "活动质量五项要求", "the five quality criteria of an activity"
)
CIRCLE_IDLE_MONTHS: Final[Key[int]] = _key(
    "circle.idle_months",
    whole(1, 120),
    "停止活动上限(超过即违规)",
    "months without activity; strictly more is a breach",
    "months",
)
CIRCLE_ACTIVITIES: Final[Key[int]] = _count(
    "circle.activities_per_month", "每月活动次数下限", "activities a calendar month, at least", "activities"
)
CIRCLE_PROJECTS: Final[Key[int]] = _count(
    "circle.projects_per_half_year", "每半年立项次数", "projects a calendar half-year", "projects"
)
CIRCLE_CASES: Final[Key[int]] = _count(
    "circle.cases_per_project", "每次立项应完成的 PDCA 案例", "PDCA cases due for a project", "cases"
)
CIRCLE_MEMBERS_LOW: Final[Key[int]] = _count(
    "circle.members.usual_low", "小组人数通常下限", "usual smallest number of members", "members"
)
CIRCLE_MEMBERS_HIGH: Final[Key[int]] = _count(
    "circle.members.usual_high", "小组人数通常上限", "usual largest number of members", "members"
)
CIRCLE_SCORING: Final[Key[bool]] = _key("circle.scoring", SWITCH, "执行情况是否打分", "whether execution is scored")
CIRCLE_APPRAISAL: Final[Key[bool]] = _key("circle.appraisal", SWITCH, "是否纳入考核", "whether circles are appraised")
CIRCLE_POINTS: Final[Key[tuple[Weight, ...]]] = _key("circle.points", weights, "积分表", "reward points", "points")
CIRCLE_WEIGHTS: Final[Key[tuple[Weight, ...]]] = _key(
    "circle.evaluation_weights", weights, "评审权重", "weights of the evaluation"
)

# Customer numbers and the customer master (客户信息管理)
NUMBER_RANGES_OF_CUSTOMERS: Final[Key[tuple[NumberRange, ...]]] = _key(
    "customer.number.ranges", NUMBER_RANGES, "客户号号段", "the ranges of customer numbers"
)
NUMBER_CHECK_OF_CUSTOMERS: Final[Key[CheckScheme]] = _key(
    "customer.number.check_digit", CHECK_SCHEME, "客户号校验位算法", "how the check digit of a customer number is made"
)
INFORMATION_CATEGORIES: Final[Key[tuple[str, ...]]] = _key(
    "customer.information_categories", TEXTS, "通用客户信息分类", "the categories of general customer information"
)
OLDEST_AGE: Final[Key[int]] = _key(
    "customer.oldest_age", whole(1, 200), "可信的最大年龄", "the oldest plausible age", "years"
)
ADULT_AGE: Final[Key[int]] = _key(
    "customer.adult_age", whole(1, 100), "成年年龄", "the age from which a person is of full age", "years"
)
BENEFICIAL_OWNER_SHARE: Final[Key[Decimal]] = _key(
    "customer.beneficial_owner_percent",
    _PERCENT,
    "受益所有人持股比例(含)",
    "share that makes a beneficial owner, inclusive",
    "%",
)
OWNERS_EXEMPT_CAPITAL: Final[Key[Decimal]] = _key(
    "customer.owners_exempt_capital",
    decimal(0, 1_000_000_000),
    "免于备案受益所有人的注册资本上限(含)",
    "registered capital up to which a unit may be exempt from naming beneficial owners, inclusive",
    "CNY",
)
PERSON_ELEMENTS: Final[Key[tuple[Weight, ...]]] = _key(
    "customer.elements.person",
    weights_of(*_OF_BOTH, "SEX", "NATIONALITY", "OCCUPATION", "CONTACT"),
    "个人客户九要素及权重",
    "the nine elements of a person and their weights",
)
UNIT_ELEMENTS: Final[Key[tuple[Weight, ...]]] = _key(
    "customer.elements.unit",
    weights_of(*_OF_BOTH, "SCOPE", "REPRESENTATIVE", "AGENT", "CONTROLLER", "OWNERS"),
    "单位客户身份要素及权重",
    "the elements of a unit and their weights",
)
RETENTION_YEARS: Final[Key[int]] = _key(
    "customer.retention_years",
    whole(1, 100),
    "客户资料保存年限",
    "years for which records are kept after closure",
    "years",
)
NAME_CAPACITY: Final[Key[int]] = _key(
    "name.shortest_capacity",
    whole(1, 500),
    "姓名栏最小容量",
    "characters that a field for names must hold, at least",
    "characters",
)

# Identity documents (身份证件)
RESIDENT_ID_TERMS: Final[Key[tuple[AgeBand, ...]]] = _key(
    "document.resident_id.validity",
    age_bands,
    "居民身份证有效期(按签发时年龄)",
    "term of a resident card by age at issue",
    "years",
)
EXPIRING_DAYS: Final[Key[int]] = _count(
    "document.expiry.notice_days",
    "证件到期提前提示天数",
    "days before its expiry in which a document is expiring",
    "days",
)
GRACE_DAYS: Final[Key[int]] = _count(
    "document.expiry.grace_days",
    "证件过期后的合理期限",
    "days after its expiry in which a document may be renewed",
    "days",
)
FIFTEEN_DIGIT_UNTIL: Final[Key[date]] = _key(
    "document.fifteen_digit_until",
    DAY,
    "15 位号码证件停止使用之日",
    "the day on which the 15-digit card ceased to be valid",
)
TEMPORARY_ID_MONTHS: Final[Key[int]] = _key(
    "document.temporary_id.months", whole(1, 120), "临时身份证有效期", "term of a temporary resident card", "months"
)
HOUSEHOLD_REGISTER_BELOW_AGE: Final[Key[int]] = _key(
    "document.household_register.below_age",
    whole(1, 100),
    "可用户口簿的年龄(未满)",
    "below this age the household register serves",
    "years",
)
PERMANENT_RESIDENCE_NEW_FROM: Final[Key[date]] = _key(
    "document.permanent_residence.new_from",
    DAY,
    "新版永居证启用之日",
    "the day from which the 18-digit permanent-residence card is issued",
)
PASSPORT_LETTER_SERIES_FROM: Final[Key[date]] = _key(
    "document.passport.letter_series_from",
    DAY,
    "护照字母号段启用之日",
    "the day from which passports bear a second letter",
)

# Contracts and closing (签约、销户); those of limits (限额) stand in limit_keys, those of sync (同步) in sync_keys
PRODUCT_NUMBER_POSITIONS: Final[Key[int]] = _key(
    "contract.product_number.positions", whole(1, 32), "产品编号位数", "positions of a product number", "positions"
)
CONTRACT_CATEGORIES: Final[Key[tuple[str, ...]]] = _key(
    "contract.categories", TEXTS, "签约信息分类", "the categories of contracts"
)
CLOSING_THIRD_PARTY: Final[Key[str]] = _key(
    "closing.third_party", _EFFECT, "第三方签约销户控制", "closing with a third-party contract"
)
CLOSING_COLLECTION_PENDING: Final[Key[str]] = _key(
    "closing.collection_pending",
    _EFFECT,
    "有未了代收付签约的销户控制",
    "closing with a collection contract that has pending items",
)
CLOSING_REPAYMENT: Final[Key[str]] = _key(
    "closing.repayment",
    _EFFECT,
    "贷款或信用卡还款签约销户控制",
    "closing with a contract that repays a loan or a credit card",
)
CLOSING_OTHER: Final[Key[str]] = _key("closing.other", _EFFECT, "其他签约销户控制", "closing with any other contract")

KEYS: Final[tuple[Key[object], ...]] = (
    LEVELS,
    QUALITY_FROM_LEVEL,
    GROWTH_TARGET,
    SHARE_TARGET,
    SHARE_DENOMINATOR,
    PER_HEAD_TARGET,
    ENTRIES_PER_STAFF,
    PROSPECTS_COUNT,
    FLOOR_OUTLET_HEAD,
    FLOOR_LOBBY_MANAGER,
    FLOOR_ACCOUNTING_SUPERVISOR,
    FLOOR_TELLER,
    FLOOR_BACK_OFFICE,
    FLOOR_RURAL_MANAGER,
    CIRCLE_THEMES,
    CIRCLE_STEPS,
    CIRCLE_CRITERIA,
    CIRCLE_IDLE_MONTHS,
    CIRCLE_ACTIVITIES,
    CIRCLE_PROJECTS,
    CIRCLE_CASES,
    CIRCLE_MEMBERS_LOW,
    CIRCLE_MEMBERS_HIGH,
    CIRCLE_SCORING,
    CIRCLE_APPRAISAL,
    CIRCLE_POINTS,
    CIRCLE_WEIGHTS,
    NUMBER_RANGES_OF_CUSTOMERS,
    NUMBER_CHECK_OF_CUSTOMERS,
    INFORMATION_CATEGORIES,
    OLDEST_AGE,
    ADULT_AGE,
    BENEFICIAL_OWNER_SHARE,
    OWNERS_EXEMPT_CAPITAL,
    PERSON_ELEMENTS,
    UNIT_ELEMENTS,
    RETENTION_YEARS,
    NAME_CAPACITY,
    RESIDENT_ID_TERMS,
    EXPIRING_DAYS,
    GRACE_DAYS,
    FIFTEEN_DIGIT_UNTIL,
    TEMPORARY_ID_MONTHS,
    HOUSEHOLD_REGISTER_BELOW_AGE,
    PERMANENT_RESIDENCE_NEW_FROM,
    PASSPORT_LETTER_SERIES_FROM,
    PRODUCT_NUMBER_POSITIONS,
    CONTRACT_CATEGORIES,
    CLOSING_THIRD_PARTY,
    CLOSING_COLLECTION_PENDING,
    CLOSING_REPAYMENT,
    CLOSING_OTHER,
    *REVIEW_KEYS,
    *LIMIT_KEYS,
    *SYNC_KEYS,
    *SCREENING_KEYS,
    *ROSTER_KEYS,
    *ROSTER_FIT_KEYS,
    *CIRCLE_KEYS,
)
"""All keys, in the order of this module."""
