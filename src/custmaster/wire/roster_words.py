"""The words that the files of a roster (名单) use: headings and what stands under them, Chinese and English, as literal tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from custmaster.roster.kinds import POSTS, SOURCES, Post, Role, Source
from custmaster.roster.ladder import Ladder
from custmaster.value.party import PartyKind
from custmaster.wire._words import plain_word

__all__ = [
    "HEADS",
    "KIND_WORDS",
    "LEVEL_WORDS",
    "REQUIRED",
    "ROSTER_DATES",
    "RosterFile",
    "bare_level",
    "known_words",
    "level_words",
]


class RosterFile(StrEnum):
    """The files of which a roster is read."""

    CUSTOMERS = "customers"
    STAFF = "staff"
    OUTLETS = "outlets"
    ASSIGNMENTS = "assignments"
    BEFORE = "before"
    CANDIDATES = "candidates"


_F = RosterFile
_NUMBER: Final = (
    "客户号",
    "客户编号",
    "客户代码",
    "客户号码",
    "customer_number",
    "customer_no",
    "customer_id",
    "cust_no",
)
_STAFF: Final = ("员工号", "员工编号", "工号", "柜员号", "staff_number", "staff_no", "staff_id", "employee_no")
_OUTLET: Final = (
    "网点",
    "网点号",
    "机构号",
    "机构编号",
    "所属网点",
    "所属机构",
    "outlet_number",
    "branch",
    "branch_no",
)
_PLACE: Final = ("地点", "片区", "区域", "所在地", "location", "area", "district")
_LANGUAGES: Final = ("语言", "方言", "language")

_ASSIGNED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "customer": _NUMBER,
        "entry": ("名单编号", "条目号", "entry_number", "entry_no"),
        "staff": (*_STAFF, "维护人", "主维护人", "maintainer"),
        "outlet": _OUTLET,
        "role": ("角色", "维护角色", "assignment_role"),
        "from": ("分配日期", "维护起始日", "起始日期", "接手日期", "since", "start"),
        "until": ("维护终止日", "终止日期", "移交日期", "to", "end"),
        "by": ("分配人", "经办人", "assigned_by"),
        "reason": ("原因", "移交原因", "理由", "why"),
    }
)

HEADS: Final[Mapping[RosterFile, Mapping[str, tuple[str, ...]]]] = MappingProxyType(
    {
        # file: field: headings beside the field's own name, the surest first
        _F.CUSTOMERS: {
            "customer": _NUMBER,
            "kind": ("客户类型", "客户类别", "对公对私", "customer_type", "customer_kind"),
            "outlet": _OUTLET,
            "level": ("客户等级", "客户级别", "等级", "级别", "customer_level", "tier"),
            "level_since": ("等级起始日", "等级生效日", "等级日期", "评级日期", "定级日期", "level_from", "level_date"),
            "customer_since": ("开户日期", "开户日", "建档日期", "opened_on", "open_date", "customer_from"),
            "customer_until": ("销户日期", "销户日", "closed_on", "close_date", "customer_to"),
            "entry": ("名单编号", "条目号", "entry_number", "entry_no"),
            "source": ("名单来源", "来源", "entry_source"),
            "nominator": ("推荐人", "推荐员工", "nominated_by"),
            "reason": ("推荐理由", "入选理由", "理由", "nomination_reason"),
            "needs": ("金融需求", "需求", "need"),
            "languages": _LANGUAGES,
            "place": _PLACE,
            "listed_on": ("入选日期", "入名单日期", "列入日期", "listed_since"),
            "struck_off_on": ("移出日期", "移出名单日期", "剔除日期", "struck_off"),
            "prospect": ("潜在客户编号", "潜在客户", "prospect_reference", "prospect_no", "lead"),
            "name": ("姓名", "客户姓名", "prospect_name"),
            "phone": ("手机号", "电话", "联系电话", "mobile", "prospect_phone"),
            "consent": ("同意方式", "授权方式", "授权", "consent_given"),
            "consent_on": ("同意日期", "授权日期", "consent_date"),
            "erase_by": ("删除期限", "删除日期", "erase_on", "delete_by"),
        },
        _F.STAFF: {
            "number": (*_STAFF, "编号"),
            "name": ("姓名", "员工姓名", "staff_name"),
            "post": ("岗位", "职务", "职位", "position", "role"),
            "outlet": _OUTLET,
            "from": ("上岗日期", "任职日期", "到岗日期", "起始日期", "生效日期", "since", "start", "valid_from"),
            "until": ("离岗日期", "卸任日期", "终止日期", "失效日期", "to", "end", "valid_until"),
            "capacity": ("容量", "户数上限", "最多户数", "max_customers", "maximum"),
            "languages": _LANGUAGES,
            "place": _PLACE,
        },
        _F.OUTLETS: {
            "number": (*_OUTLET, "编号", "outlet"),
            "name": ("网点名称", "机构名称", "名称", "outlet_name", "branch_name"),
            "place": _PLACE,
            "from": ("开业日期", "起始日期", "since", "start"),
            "until": ("撤并日期", "停业日期", "终止日期", "to", "end"),
        },
        _F.ASSIGNMENTS: _ASSIGNED,
        _F.BEFORE: _ASSIGNED,
        _F.CANDIDATES: {
            "customer": _NUMBER,
            "staff": (*_STAFF, "候选人", "candidate"),
            "cost": ("成本", "代价", "费用", "points", "distance"),
        },
    }
)
"""Every column that is known; compared without spaces, marks and case."""

REQUIRED: Final[Mapping[RosterFile, tuple[str, ...]]] = MappingProxyType(
    {
        # of `a|b` one is enough
        _F.CUSTOMERS: ("customer|prospect", "level"),
        _F.STAFF: ("number", "post", "outlet"),
        _F.OUTLETS: ("number",),
        _F.ASSIGNMENTS: ("customer|entry", "staff"),
        _F.BEFORE: ("customer|entry", "staff"),
        _F.CANDIDATES: ("customer", "staff", "cost"),
    }
)
"""The columns without which a file cannot be read."""

ROSTER_DATES: Final[tuple[str, ...]] = (
    "level_since",
    "customer_since",
    "customer_until",
    "listed_on",
    "struck_off_on",
    "consent_on",
    "erase_by",
    "from",
    "until",
)
"""The fields that hold days; each `until` is the first day on which it no longer holds."""

LEVEL_WORDS: Final[tuple[tuple[str, ...], ...]] = (
    ("普通", "普通卡", "一般", "大众", "基础", "ordinary", "standard", "basic", "classic"),
    ("银", "银卡", "silver"),
    ("金", "金卡", "黄金", "gold"),
    ("白金", "白金卡", "铂金", "铂金卡", "platinum"),
    ("钻石", "钻石卡", "diamond"),
    ("私行", "私人银行", "私人", "私钻", "private", "private banking"),
)
"""Words that mean one level: where the ladder has one of a row, the others are read as it. 级 and 客户 behind a word are passed over."""

KIND_WORDS: Final[Mapping[str, PartyKind]] = MappingProxyType(
    {
        "个人": PartyKind.PERSON,
        "对私": PartyKind.PERSON,
        "自然人": PartyKind.PERSON,
        "个人客户": PartyKind.PERSON,
        "person": PartyKind.PERSON,
        "individual": PartyKind.PERSON,
        "personal": PartyKind.PERSON,
        "单位": PartyKind.UNIT,
        "对公": PartyKind.UNIT,
        "企业": PartyKind.UNIT,
        "公司": PartyKind.UNIT,
        "机构": PartyKind.UNIT,
        "单位客户": PartyKind.UNIT,
        "公司客户": PartyKind.UNIT,
        "unit": PartyKind.UNIT,
        "corporate": PartyKind.UNIT,
        "company": PartyKind.UNIT,
    }
)
"""Whether a customer is a person or a unit; codes such as 1 and 2 differ between systems and need `[values.kind]` of a mapping."""

_POST_WORDS: Final[Mapping[str, Post]] = MappingProxyType(
    {
        "网点主任": Post.OUTLET_HEAD,
        "支行行长": Post.OUTLET_HEAD,
        "行长": Post.OUTLET_HEAD,
        "负责人": Post.OUTLET_HEAD,
        "head": Post.OUTLET_HEAD,
        "branch manager": Post.OUTLET_HEAD,
        "大堂": Post.LOBBY_MANAGER,
        "主管会计": Post.ACCOUNTING_SUPERVISOR,
        "会计": Post.ACCOUNTING_SUPERVISOR,
        "综合柜员": Post.TELLER,
        "后台": Post.BACK_OFFICE,
        "后台管理": Post.BACK_OFFICE,
        "三农客户经理": Post.RURAL_MANAGER,
        "rural manager": Post.RURAL_MANAGER,
        "个人客户经理": Post.ACCOUNT_MANAGER,
        "理财师": Post.WEALTH_MANAGER,
    }
)
_SOURCE_WORDS: Final[Mapping[str, Source]] = MappingProxyType(
    {
        "系统": Source.SYSTEM,
        "系统提取": Source.SYSTEM,
        "日常": Source.DAILY_BUSINESS,
        "业务": Source.DAILY_BUSINESS,
        "需求": Source.FURTHER_NEEDS,
        "金融需求": Source.FURTHER_NEEDS,
        "他行": Source.OTHER_BANK,
        "他行客户": Source.OTHER_BANK,
    }
)
_ROLE_WORDS: Final[Mapping[str, Role]] = MappingProxyType(
    {
        "主维护人": Role.MAINTAINER,
        "主维护": Role.MAINTAINER,
        "维护人": Role.MAINTAINER,
        "主办": Role.MAINTAINER,
        "协管": Role.CO_MANAGER,
        "协管人": Role.CO_MANAGER,
        "协办": Role.CO_MANAGER,
        "helper": Role.CO_MANAGER,
    }
)


def _plain(words: Mapping[str, StrEnum]) -> dict[str, StrEnum]:
    return {plain_word(word): meaning for word, meaning in words.items()}


def _posts() -> dict[str, StrEnum]:
    named = {name: post for post, row in POSTS.items() for name in (post.value, row.zh, row.en)}
    return _plain(named) | _plain(_POST_WORDS)


def _sources() -> dict[str, StrEnum]:
    named = {name: source for source, row in SOURCES.items() for name in (source.value, row.zh, row.en)}
    return _plain(named) | _plain(_SOURCE_WORDS)


def _kinds() -> dict[str, StrEnum]:
    return _plain(KIND_WORDS)


def _roles() -> dict[str, StrEnum]:
    return _plain({role.value: role for role in Role}) | _plain(_ROLE_WORDS)


_KNOWN: Final[Mapping[str, Callable[[], dict[str, StrEnum]]]] = MappingProxyType(
    {"kind": _kinds, "post": _posts, "source": _sources, "role": _roles}
)


def known_words(field: str) -> Mapping[str, StrEnum]:
    """What the words of a field mean, each as `plain_word` writes it: `kind`, `post`, `source` or `role`.

    >>> known_words("post")["网点负责人"], known_words("role")["comanager"]
    (<Post.OUTLET_HEAD: 'OUTLET_HEAD'>, <Role.CO_MANAGER: 'CO_MANAGER'>)
    """
    return _KNOWN[field]()


def level_words(ladder: Ladder) -> Mapping[str, str]:
    """What each word means on a ladder: its own levels as they stand, and the variants of `LEVEL_WORDS` that mean one of them alone.

    >>> words = level_words(Ladder(levels=["普通", "金卡级", "私行"], quality_from="金卡级"))
    >>> words["gold"], words["金"], words["私人银行"], "diamond" in words
    ('金卡级', '金卡级', '私行', False)
    """
    found: dict[str, str] = {}
    for row in LEVEL_WORDS:
        rungs = [level for level in ladder.levels if _bare(level) in row or plain_word(level) in map(plain_word, row)]
        if len(rungs) == 1:
            found |= {plain_word(word): rungs[0] for word in row}
    return found | {plain_word(level): level for level in ladder.levels}


def _bare(word: str) -> str:
    """A level's word without 级 and 客户 behind it."""
    return word.strip().removesuffix("客户").removesuffix("级")


def bare_level(text: str) -> str:
    """A cell of a level as it is looked up when it is not there as it stands.

    >>> bare_level(" 金卡级客户 "), bare_level("GOLD")
    ('金卡', 'gold')
    """
    return plain_word(_bare(text))
