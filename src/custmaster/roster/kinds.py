"""The words of the roster (名单制): posts, sources, segments, the states of an entry, roles and tags, each with its row of names."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from attrs import frozen

from custmaster.handbook import Key
from custmaster.handbook.keys import (
    FLOOR_ACCOUNTING_SUPERVISOR,
    FLOOR_BACK_OFFICE,
    FLOOR_LOBBY_MANAGER,
    FLOOR_OUTLET_HEAD,
    FLOOR_RURAL_MANAGER,
    FLOOR_TELLER,
)

__all__ = [
    "POSTS",
    "SEGMENTS",
    "SOURCES",
    "EntryState",
    "Post",
    "PostRow",
    "Role",
    "Segment",
    "SegmentRow",
    "Source",
    "SourceRow",
    "StruckFor",
    "TagKind",
]


class Post(StrEnum):
    """What a staff member is at an outlet (岗位). Source: R-18..R-22."""

    OUTLET_HEAD = "OUTLET_HEAD"
    LOBBY_MANAGER = "LOBBY_MANAGER"
    ACCOUNTING_SUPERVISOR = "ACCOUNTING_SUPERVISOR"
    TELLER = "TELLER"
    BACK_OFFICE = "BACK_OFFICE"
    RURAL_MANAGER = "RURAL_MANAGER"
    ACCOUNT_MANAGER = "ACCOUNT_MANAGER"
    WEALTH_MANAGER = "WEALTH_MANAGER"


@frozen(kw_only=True)
class PostRow:
    """A post's names, and the handbook's key of its floor; None: a post without a floor, which is not a floor of 0 (R-22)."""

    zh: str
    en: str
    floor: Key[int] | None = None


POSTS: Final[Mapping[Post, PostRow]] = MappingProxyType(
    {
        Post.OUTLET_HEAD: PostRow(zh="网点负责人", en="outlet head", floor=FLOOR_OUTLET_HEAD),
        Post.LOBBY_MANAGER: PostRow(zh="大堂经理", en="lobby manager", floor=FLOOR_LOBBY_MANAGER),
        Post.ACCOUNTING_SUPERVISOR: PostRow(
            zh="会计主管", en="accounting supervisor", floor=FLOOR_ACCOUNTING_SUPERVISOR
        ),
        Post.TELLER: PostRow(zh="柜员", en="teller", floor=FLOOR_TELLER),
        Post.BACK_OFFICE: PostRow(zh="后台管理人员", en="back-office management staff", floor=FLOOR_BACK_OFFICE),
        Post.RURAL_MANAGER: PostRow(zh="三农经理", en="rural-business manager", floor=FLOOR_RURAL_MANAGER),
        Post.ACCOUNT_MANAGER: PostRow(zh="客户经理", en="account manager"),
        Post.WEALTH_MANAGER: PostRow(zh="理财经理", en="wealth manager"),
    }
)
"""Every post; the order is that in which a report lists them."""


class Source(StrEnum):
    """Where an entry comes from (名单来源). Source: R-12..R-15."""

    SYSTEM = "SYSTEM"
    DAILY_BUSINESS = "DAILY_BUSINESS"
    FURTHER_NEEDS = "FURTHER_NEEDS"
    OTHER_BANK = "OTHER_BANK"


@frozen(kw_only=True)
class SourceRow:
    """A source's names, the fields of an entry that it asks for, whether the level must be a quality one, and its article."""

    zh: str
    en: str
    asks: tuple[str, ...] = ()
    quality_only: bool = False
    may_be_prospect: bool = False
    source: str


SOURCES: Final[Mapping[Source, SourceRow]] = MappingProxyType(
    {
        Source.SYSTEM: SourceRow(
            zh="系统提取", en="extracted from the quality-customer system", quality_only=True, source="R-12"
        ),
        Source.DAILY_BUSINESS: SourceRow(
            zh="日常业务", en="known from daily business", asks=("nominator", "reason"), source="R-13"
        ),
        Source.FURTHER_NEEDS: SourceRow(
            zh="更多金融需求", en="has further financial needs", asks=("nominator", "needs"), source="R-14"
        ),
        Source.OTHER_BANK: SourceRow(
            zh="他行优良客户",
            en="good customer of another bank",
            asks=("nominator",),
            may_be_prospect=True,
            source="R-15",
        ),
    }
)
"""Every source and what its entries must state."""


class Segment(StrEnum):
    """The four groups of 稳内攻外 (hold the inside, win the outside). Source: R-04..R-08."""

    MAINTAIN = "MAINTAIN"
    UPGRADE = "UPGRADE"
    DEVELOP = "DEVELOP"
    WIN_OVER = "WIN_OVER"


@frozen(kw_only=True)
class SegmentRow:
    """A segment's names, whether it is inside (内: customers that we have), and its article."""

    zh: str
    en: str
    inside: bool
    source: str


SEGMENTS: Final[Mapping[Segment, SegmentRow]] = MappingProxyType(
    {
        Segment.MAINTAIN: SegmentRow(zh="维护金卡级以上客户", en="maintain gold and above", inside=True, source="R-05"),
        # 潜力客户 are customers with upside, 潜在客户 are prospects: the classic confusion.
        Segment.UPGRADE: SegmentRow(
            zh="提升潜力客户", en="upgrade high-potential customers", inside=True, source="R-06"
        ),
        Segment.DEVELOP: SegmentRow(zh="发展潜在客户", en="develop prospects", inside=False, source="R-07"),
        Segment.WIN_OVER: SegmentRow(
            zh="挖掘他行优质客户", en="win over other banks' customers", inside=False, source="R-08"
        ),
    }
)
"""Every segment."""


class EntryState(StrEnum):
    """Where an entry stands: in the pool, offered to somebody, maintained, maintained and offered to somebody else, struck off."""

    POOLED = "POOLED"
    PROPOSED = "PROPOSED"
    MAINTAINED = "MAINTAINED"
    HANDING_OVER = "HANDING_OVER"
    STRUCK_OFF = "STRUCK_OFF"


class StruckFor(StrEnum):
    """Why an entry left the roster: by the outlet, with its customer (deleted, or merged into another that stands on it), or erased in time.

    Only what left with its customer comes back with it.
    """

    OUTLET = "OUTLET"
    DELETED = "DELETED"
    MERGED = "MERGED"
    ERASED = "ERASED"


class Role(StrEnum):
    """How a staff member stands to an entry: exactly one maintains it (主维护人, R-17); others may help (协管)."""

    MAINTAINER = "MAINTAINER"
    CO_MANAGER = "CO_MANAGER"


class TagKind(StrEnum):
    """The kinds of tags (贴标). Source: R-23, whose text is cut off: A4 is a reconstruction, with no figure invented for it."""

    MAINTAINER = "MAINTAINER"
    LEVEL = "LEVEL"
    SOURCE = "SOURCE"
    SEGMENT = "SEGMENT"
    NEED = "NEED"
