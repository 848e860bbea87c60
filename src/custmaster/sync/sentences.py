"""The sentences that the direction table comes from: those of the handbook in its own words, and those that follow from them."""

from __future__ import annotations

from typing import Final

from attrs import frozen

__all__ = [
    "CHANGED",
    "CREATED",
    "ECHO",
    "HANDED_OVER",
    "LOADED",
    "MERGED",
    "RELATED",
    "SENTENCES",
    "STATUS_CHANGED",
    "UNCHANGED",
    "Sentence",
]


@frozen(kw_only=True)
class Sentence:
    """One sentence: its number, its words and their reading in English.

    `owner` names the system whose ranges it speaks of, None when it speaks of all; `quoted` says that the words are those of the
    handbook, else they are what this library reads between them.
    """

    source: str
    zh: str
    en: str
    owner: str | None = None
    quoted: bool = True


CREATED_NEW: Final = Sentence(
    source="R-69",
    zh="新核心创建的客户号(新核心系统生成的号段):bp全字段同步eusp",
    en="A number that the new core gives (its range): BP sends all fields to EUSP.",
    owner="BP",
)
CHANGED_NEW: Final = Sentence(
    source="R-70",
    zh="之后的修改,eusp仅同步关键信息到bp,bp同步全字段信息到eusp",
    en="Later changes: EUSP sends key information alone to BP, BP sends all fields to EUSP.",
    owner="BP",
)
CREATED_OLD: Final = Sentence(
    source="R-71",
    zh="老核心创建的客户号,eusp全字段同步bp",
    en="A number that the old core gives: EUSP sends all fields to BP.",
    owner="EUSP",
)
CHANGED_OLD: Final = Sentence(
    source="R-71",
    zh="之后的修改,eusp全字段同步bp;bp仅同步关键信息到eusp",
    en="Later changes: EUSP sends all fields to BP; BP sends key information alone to EUSP.",
    owner="EUSP",
)
STOCK: Final = Sentence(
    source="R-72",
    zh="老核心存量的客户信息,发生修改时,eusp全字段同步bp;bp仅同步关键信息到eusp",
    en="Stock of the old core: when it is modified, EUSP sends all fields to BP; BP sends key information alone to EUSP.",
)
RANGES_NEW: Final = Sentence(
    source="R-73",
    zh="即:新系统号段,bp同步eusp为全字段;eusp同步bp为关键字段",
    en="That is: in ranges of the new system BP to EUSP is all fields, EUSP to BP is key fields.",
    owner="BP",
)
RANGES_OLD: Final = Sentence(
    source="R-73",
    zh="即:老系统号段,bp同步eusp为关键字段;eusp同步bp为全字段",
    en="That is: in ranges of the old system BP to EUSP is key fields, EUSP to BP is all fields.",
    owner="EUSP",
)
LIFE: Final = Sentence(
    source="R-63",
    zh="客户信息的生命周期包括客户信息的创建、客户信息的查询、客户信息维护、客户的逻辑删除及逻辑激活",
    en="The life of customer information: creation, query, maintenance, logical removal and reactivation.",
)
MAINTENANCE: Final = Sentence(
    source="R-64",
    zh="客户信息的维护包括客户信息的修改、相关客户信息的同步、客户角色的维护以及客户关系维护",
    en="Maintenance: changes of customer information and their sync, of a customer's roles and of its relationships.",
)
NO_ECHO: Final = Sentence(
    source="R-75",
    zh="收到的同步内容不再回传(原文未写,由上述方向推出)",
    en="What sync brought is never sent back (not written; it follows from the directions above).",
    quoted=False,
)
NOTHING: Final = Sentence(
    source="R-70",
    zh="同步的是修改:没有修改,就没有同步(原文未写)",
    en="It is changes that are sent: without a change nothing is (not written).",
    quoted=False,
)
MOVING: Final = Sentence(
    source="R-73",
    zh="归属由号段决定:改变归属须由现归属系统明确移交(原文未写)",
    en="The range decides who owns a number: ownership moves only by the owner's explicit hand-over (not written).",
    quoted=False,
)
MERGING: Final = Sentence(
    source="R-45",
    zh="归并即被归并客户的状态变更,与其他修改同向;跨归属系统的归并由一个协调系统发起(原文未写)",
    en="A merge is a change of the merged customer's status and goes the way of every change; across owners one system starts it (not written).",
    quoted=False,
)

CREATED: Final = (CREATED_NEW, CREATED_OLD)
CHANGED: Final = (CHANGED_NEW, CHANGED_OLD)
STATUS_CHANGED: Final = (LIFE, RANGES_NEW, RANGES_OLD)
RELATED: Final = (MAINTENANCE, CHANGED_NEW, CHANGED_OLD)
MERGED: Final = (MERGING, RANGES_NEW, RANGES_OLD)
HANDED_OVER: Final = (MOVING, RANGES_NEW, RANGES_OLD)
UNCHANGED: Final = (NOTHING, CHANGED_NEW, CHANGED_OLD)
ECHO: Final = (NO_ECHO,)
LOADED: Final = (STOCK,)

SENTENCES: Final = (
    CREATED_NEW,
    CHANGED_NEW,
    CREATED_OLD,
    CHANGED_OLD,
    STOCK,
    RANGES_NEW,
    RANGES_OLD,
    LIFE,
    MAINTENANCE,
    NO_ECHO,
    NOTHING,
    MOVING,
    MERGING,
)
"""All of them; a test looks the quoted ones up in the handbook's text."""
