"""What a file check found beside its findings: who is in the file twice, how complete the customers are, which numbers were given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from custmaster.cli.screen import Screen
from custmaster.customer.elements import ELEMENT_NAMES, ElementState
from custmaster.dedup import Verdict
from custmaster.report.completeness_tally import Completeness
from custmaster.report.in_file import Presence
from custmaster.report.tally import Tally

__all__ = ["Found", "Given", "found_as_json", "show_completeness", "show_found", "show_presence"]

_VERDICTS: Final[Mapping[Verdict, tuple[str, str]]] = {
    Verdict.EXISTS: ("与文件中另一行是同一客户", "the same customer as another row"),
    Verdict.EXISTS_VIA_ALIAS: ("同一客户,已归并", "the same customer, merged"),
    Verdict.EXISTS_CLOSED: ("同一客户,已注销", "the same customer, deleted"),
    Verdict.CONFLICT_NAME: ("证件相同,姓名不同", "the same document under another name"),
    Verdict.SAME_NUMBER_OTHER_TYPE: ("号码相同,证件种类不同", "the same number on another kind of document"),
    Verdict.ID_UPGRADE: ("同名,证件号码为新旧两种形式", "the same name with the older or newer form of a number"),
    Verdict.SUSPECT: ("疑似同一客户,须人工核实", "perhaps the same customer: a person must look"),
    Verdict.NEW: ("新客户", "new"),
    Verdict.UNDECIDABLE: ("无证件,无法判定", "no document, so nobody can say"),
}
_STATES: Final[Mapping[ElementState, tuple[str, str]]] = {
    ElementState.PRESENT: ("齐全", "present"),
    ElementState.EXPIRED: ("过期", "expired"),
    ElementState.INCONSISTENT: ("矛盾", "inconsistent"),
    ElementState.INVALID: ("无效", "invalid"),
    ElementState.PLACEHOLDER: ("占位", "placeholder"),
    ElementState.MISSING: ("缺失", "missing"),
}


@frozen(kw_only=True)
class Given:
    """Which provisional numbers were given, and the file in which they stand."""

    out: str
    first: str | None = None
    last: str | None = None


@frozen(kw_only=True)
class Found:
    """All that a check of a file found; `completeness` and `presence` are None when they were not asked for."""

    tally: Tally
    completeness: Completeness | None = None
    presence: Presence | None = None
    given: Given | None = None

    @property
    def findings(self) -> int:
        """The findings on rows, and those on rows that are in the file already."""
        return self.tally.findings + (0 if self.presence is None else self.presence.findings)


def found_as_json(found: Found) -> dict[str, object]:
    """The same as plain values; what was left out is absent."""
    told: dict[str, object] = {}
    if found.completeness is not None:
        told["completeness"] = {
            "rows": found.completeness.rows,
            "complete": found.completeness.complete,
            "elements": {
                element.value: {state.value: count for state, count in states.items() if count}
                for element, states in found.completeness.elements.items()
            },
        }
    if found.presence is not None:
        told["existence"] = {
            "verdicts": {verdict.value: count for verdict, count in found.presence.verdicts.items() if count},
            "not_compared": found.presence.not_compared,
            "findings": found.presence.findings,
        }
    if found.given is not None:
        told["numbers"] = {"out": found.given.out, "first": found.given.first, "last": found.given.last}
    return told


def show_found(found: Found, screen: Screen) -> None:
    """The same as tables."""
    if found.presence is not None:
        show_presence(found.presence, screen)
    if found.completeness is not None:
        show_completeness(found.completeness, screen)
    if found.given is not None and found.given.first is not None:
        screen.say(
            f"新客户的临时客户号 {found.given.first} 至 {found.given.last}: {found.given.out}",
            f"provisional numbers of the new customers, {found.given.first} to {found.given.last}: {found.given.out}",
        )


def show_presence(presence: Presence, screen: Screen) -> None:
    """Verdicts that were given, strongest first."""
    rows: list[tuple[object, ...]] = [
        (verdict.value, count, screen.pick(*_VERDICTS[verdict]))
        for verdict, count in presence.verdicts.items()
        if count
    ]
    if presence.not_compared:
        rows.append(
            ("-", presence.not_compared, screen.pick("关联行过多,未比对", "too many connected rows: not compared"))
        )
    heads = [screen.pick("结论", "verdict"), screen.pick("行数", "rows"), screen.pick("含义", "meaning")]
    screen.table(screen.pick("本文件内", "in this file"), heads, rows)


def show_completeness(completeness: Completeness, screen: Screen) -> None:
    """Each element with the rows in each state that occurs; what no row has is named in a sentence."""
    absent = [e for e, row in completeness.elements.items() if row[ElementState.MISSING] == completeness.rows]
    listed = {element: row for element, row in completeness.elements.items() if element not in absent}
    screen.say(
        f"要素齐全的有 {completeness.complete:,} 行(共 {completeness.rows:,} 行)",
        f"{completeness.complete:,} of {completeness.rows:,} rows have every element of identification",
    )
    if absent:
        screen.say(
            f"各行均缺: {'、'.join(ELEMENT_NAMES[element] for element in absent)}",
            f"no row has {', '.join(absent)}",
        )
    if listed:
        seen = [state for state in ElementState if any(row[state] for row in listed.values())]
        heads = [screen.pick("要素", "element"), *(screen.pick(*_STATES[state]) for state in seen)]
        rows = [
            (screen.pick(ELEMENT_NAMES[element], element.value), *(states[state] for state in seen))
            for element, states in listed.items()
        ]
        screen.table(screen.pick("完整性", "completeness"), heads, rows)
