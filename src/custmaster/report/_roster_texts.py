"""Every text of the roster review, Chinese and English beside each other: the page, the workbook and the plots take theirs from here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from custmaster.handbook.messages import Language, messages, title
from custmaster.roster.figures import FigureKind, Met
from custmaster.roster.kinds import POSTS, SEGMENTS, SOURCES, EntryState, Role

__all__ = ["TEXTS", "WORDS", "Pair", "column", "said", "word"]

Pair = tuple[str, str]
"""A text in Chinese and in English."""

TEXTS: Final[Mapping[str, Pair]] = MappingProxyType(
    {
        "title": ("个人优质客户名单评审", "Review of the roster of quality customers"),
        "as_of": ("评审日 {day} · 制度参数版本 {handbook}", "as of {day} · handbook {handbook}"),
        "masked": (
            "姓名与自由文字已遮盖；客户号照列。",
            "Names and free text are masked; customer numbers are shown.",
        ),
        "revealed": (
            "本文件含个人信息，请按规定保管。",
            "This file holds personal data: keep it as the rules demand.",
        ),
        "first": ("要点", "At a glance"),
        "short_of": ("差 {count} 户", "{count} short"),
        "short_of_some": ("{count} / {all} 未达到", "{count} of {all} below"),
        "so_many_of": ("{count} / {all}", "{count} of {all}"),
        "growth_tile": ("{year} 年金卡级以上年增长", "Growth of gold and above, {year}"),
        "share_tile": ("金卡级以上占比", "Share of gold and above"),
        "per_head_tile": ("人均未达到的网点数", "Outlets below the average per head"),
        "floor_tile": ("未达到岗位下限的人数", "Persons below the floor of the post"),
        "in_progress": ("本年进行中", "year in progress"),
        "still_needed": ("年底前还需净增 {count} 户，剩 {days} 天", "{count} more by the year's end, {days} days left"),
        "prospects_apart": ("另有潜在客户 {count} 户，未计入", "prospects apart, not counted: {count}"),
        "who_is_short": ("谁差多少", "Who is short, and by how many"),
        "no_one_short": ("在岗人员均达到下限。", "Everybody reaches the floor of the post."),
        "outlets_short": ("人均未达到的网点", "Outlets below the average"),
        "no_outlet_short": ("各网点人均均达到。", "Every outlet reaches the average."),
        "whom_to_call": ("该联系谁（潜力客户）", "Whom to call (潜力客户, customers with upside)"),
        "no_calls": ("目前没有需要联系的潜力客户。", "Nobody to call at present."),
        "what_changed": ("与上次评审相比", "What changed since the last review"),
        "no_changes": (
            "与上次相比没有变化，或未提供上次名单。",
            "Nothing changed, or no earlier roster was given.",
        ),
        "all_changes": ("全部变化", "All changes"),
        "first_of": (
            "列出前 {shown}，共 {all}；其余见 Excel 工作簿。",
            "The first {shown} of {all}; the rest is in the workbook.",
        ),
        "see_below": ("共 {all}，按网点列于下文。", "{all} in all, listed by outlet below."),
        "plots": ("图表", "Plots"),
        "growth_plot": ("年增长率与目标 (%)", "Growth against target (%)"),
        "share_plot": ("金卡级以上占比与目标 (%)", "Share of gold and above against target (%)"),
        "floors_plot": ("各岗位：维护户数与下限", "Posts: customers maintained, and the floor"),
        "floors_axis": ("横轴：每人维护户数；纵轴：人数", "across: customers a person maintains; up: persons"),
        "per_head_plot": ("网点人均维护户数与目标", "Customers per head of an outlet against target"),
        "pyramid_plot": ("客户等级金字塔（户）", "Pyramid of levels (customers)"),
        "lowest_of": (
            "最低的 {shown} 个，共 {all} 个网点；全部见下表。",
            "The lowest {shown} of {all} outlets; all are in the table below.",
        ),
        "cut": ("断开的条太长，按 {count} 户截断。", "A broken bar is too long and ends at {count}."),
        "legend_reached": ("达到", "reached"),
        "legend_short": ("未达到", "missed"),
        "legend_target": ("目标", "target"),
        "no_floor": ("无下限", "no floor"),
        "outlets": ("各网点", "Outlets"),
        "drill_down": ("逐网点、逐人", "Outlet by outlet, person by person"),
        "bank_figures": ("全行指标与算式", "The bank's figures and their arithmetic"),
        "how_to_read": ("怎么读", "How to read this"),
        "how_test": (
            "每项指标都用整数比较，不作四舍五入；百分比与人均只作参考，一律向下取两位小数。",
            "Every figure is tested in whole numbers, without rounding; percentages and averages are there to be read, always rounded down to two decimals.",
        ),
        "how_floor": (
            "“原则上”的下限只作提示，不拦截业务；无下限的岗位不评。各岗位达到下限，不等于网点人均达到。",
            "A floor holds in principle: missing it blocks nothing, and a post without one is not judged. Everybody at the floor does not mean an outlet at its average.",
        ),
        "how_print": (
            "折叠的明细展开后才会打印。",
            "What is folded is printed only when it is unfolded.",
        ),
        "lifted": ("已由 {by} 批准例外", "exception approved by {by}"),
        "unassigned": ("（未分配）", "(nobody)"),
        "no_outlet": ("（无网点）", "(no outlet)"),
        "of_year": ("{year} 年：{told}", "{year}: {told}"),
        "findings": ("数据问题（{all} 条）：其余各行照常评审", "Rows that are wrong ({all}): all others are reviewed"),
        "pooled_in_all": ("待分配 {count} 户", "in the pool: {count}"),
        "without_level": (
            "当日没有等级的个人客户 {count} 户",
            "individual customers without a level on the day: {count}",
        ),
        "astray": (
            "主维护人当日不在本网点任岗的 {count} 户，未计入任何人",
            "maintained by somebody who is not on post here, and counted for nobody: {count}",
        ),
        "sheet_findings": ("数据问题", "Findings"),
        "sheet_summary": ("指标", "Figures"),
        "sheet_outlets": ("网点台账", "Outlets"),
        "sheet_staff": ("人员台账", "Staff ledger"),
        "sheet_entries": ("名单", "Roster"),
        "sheet_history": ("维护记录", "Maintenance record"),
        "sheet_calls": ("潜力客户", "Whom to call"),
        "sheet_changes": ("变化", "Changes"),
        "page_of": ("第 &P 页，共 &N 页", "Page &P of &N"),
    }
)
"""Sentences and headings by what they are for; {words} in braces are filled in."""

_COLUMNS: Final[Mapping[str, Pair]] = MappingProxyType(
    {
        "figure": ("指标", "figure"),
        "year": ("年度", "year"),
        "begin": ("年初", "begin"),
        "end": ("期末", "end"),
        "gained": ("新增", "gained"),
        "lost": ("流失", "lost"),
        "value": ("数值", "value"),
        "target": ("目标", "target"),
        "met": ("结果", "result"),
        "missing": ("差（户）", "short by"),
        "arithmetic": ("算式", "arithmetic"),
        "article": ("条款", "article"),
        "note": ("说明", "note"),
        "outlet": ("网点号", "outlet"),
        "outlet_name": ("网点", "name of the outlet"),
        "heads": ("在岗人数", "on post"),
        "maintained": ("维护（户）", "maintained"),
        "pooled": ("待分配", "in the pool"),
        "proposed": ("待接收", "proposed"),
        "prospects": ("潜在客户", "prospects"),
        "per_head": ("人均", "per head"),
        "staff_short": ("未达下限人数", "persons short"),
        "person": ("人员", "person"),
        "at": ("网点", "outlet"),
        "staff": ("工号", "staff number"),
        "staff_name": ("姓名", "name"),
        "posts": ("岗位", "posts"),
        "floor": ("下限", "floor"),
        "taking_part": ("人人参与", "takes part"),
        "MAINTAIN": ("维护", "maintain"),
        "UPGRADE": ("提升", "upgrade"),
        "DEVELOP": ("发展", "develop"),
        "WIN_OVER": ("挖掘", "win over"),
        "levels": ("等级", "levels"),
        "entry": ("名单编号", "entry"),
        "customer": ("客户号", "customer number"),
        "prospect": ("潜在客户编号", "prospect reference"),
        "subject": ("客户", "customer"),
        "subject_name": ("潜在客户姓名", "name of the prospect"),
        "level": ("等级", "level"),
        "segment": ("类别", "segment"),
        "source": ("来源", "source"),
        "nominator": ("推荐人", "nominated by"),
        "reason": ("推荐理由", "reason"),
        "needs": ("需求", "needs"),
        "listed_on": ("列入日", "listed on"),
        "state": ("状态", "state"),
        "since": ("自", "since"),
        "until": ("至（不含）", "until (not included)"),
        "role": ("角色", "role"),
        "by": ("经办", "by"),
        "helpers": ("协管", "co-managers"),
        "erase_by": ("应删除日", "erase by"),
        "struck_off_on": ("移出日", "struck off on"),
        "why": ("理由", "why"),
        "change": ("变化", "change"),
        "before": ("原", "before"),
        "after": ("现", "after"),
        "row": ("编号", "number"),
        "field": ("字段", "field"),
        "astray": ("维护人不在岗", "maintainer off post"),
    }
)

WORDS: Final[Mapping[str, Pair]] = MappingProxyType(
    {
        FigureKind.GROWTH: ("年增长率", "annual growth"),
        FigureKind.SHARE: ("占比", "share"),
        FigureKind.PER_HEAD: ("人均维护", "per head"),
        FigureKind.FLOOR: ("维护下限", "floor"),
        FigureKind.TAKING_PART: ("人人参与", "everyone takes part"),
        # A sign and a word, so that colour is never needed.
        Met.YES: ("✓ 达到", "✓ reached"),
        Met.NO: ("✗ 未达到", "✗ missed"),
        Met.NOT_COMPUTABLE: ("– 无法计算", "– not computable"),
        Met.NO_TARGET: ("· 无目标", "· no target"),
        EntryState.POOLED: ("待分配", "in the pool"),
        EntryState.PROPOSED: ("待接收", "proposed"),
        EntryState.MAINTAINED: ("维护中", "maintained"),
        EntryState.HANDING_OVER: ("移交中", "handing over"),
        EntryState.STRUCK_OFF: ("已移出", "struck off"),
        Role.MAINTAINER: ("主维护人", "maintainer"),
        Role.CO_MANAGER: ("协管", "co-manager"),
        **{code: (row.zh, row.en) for code, row in POSTS.items()},
        **{code: (row.zh, row.en) for code, row in SEGMENTS.items()},
        **{code: (row.zh, row.en) for code, row in SOURCES.items()},
    }
)
"""The words of every code that a review shows; the codes of its reasons, calls and changes have messages of their own."""


def said(key: str, lang: Language, **facts: object) -> str:
    """The text of `TEXTS` in the language, its words in braces filled in.

    >>> said("short_of", Language.EN, count=7)
    '7 short'
    """
    return _of(TEXTS[key], lang).format(**facts)


def column(key: str, lang: Language) -> str:
    """The heading of a column.

    >>> column("heads", Language.ZH)
    '在岗人数'
    """
    return _of(_COLUMNS[key], lang)


def word(code: str, lang: Language) -> str:
    """What a code means: of `WORDS`, else its message with its facts left open, else the code itself.

    >>> word("TELLER", Language.EN), word("FAULT_DATE", Language.EN), word("OF_THE_BANK", Language.EN)
    ('teller', 'no such day', 'OF_THE_BANK')
    """
    if code in WORDS:
        return _of(WORDS[code], lang)
    return title(code, lang) if code in messages() else str(code)


def _of(pair: Pair, lang: Language) -> str:
    return pair[0] if lang is Language.ZH else pair[1]
