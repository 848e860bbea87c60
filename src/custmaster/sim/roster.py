"""A fictional bank's roster (名单) by seed: outlets, staff on their posts, customers with dated levels, and who maintains whom.

Nobody here exists. Every row depends on nothing but the seed, its place and the size of the bank.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final, TextIO

from attrs import frozen

from custmaster.errors import Fault, InvalidValue
from custmaster.sim import vocabulary as words
from custmaster.sim.contracts import holder_number
from custmaster.sim.dice import Dice, dice
from custmaster.sim.fiction import FICTIONAL_DAY

__all__ = ["ROSTER_HEADS", "RosterSize", "roster_size", "write_roster"]

ROSTER_HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    # file: its first line
    "customers": (
        "客户号",
        "客户类型",
        "网点",
        "等级",
        "等级起始日",
        "开户日期",
        "销户日期",
        "名单来源",
        "推荐人",
        "推荐理由",
        "金融需求",
        "片区",
    ),
    "staff": ("工号", "姓名", "岗位", "网点", "上岗日期", "离岗日期", "容量", "语言", "片区"),
    "outlets": ("网点号", "网点名称", "片区"),
    "assignments": ("客户号", "工号", "网点", "角色", "分配日期", "终止日期", "分配人"),
}
"""The files and their headings; `custmaster roster` reads them without a mapping."""

_TEAM: Final = ("网点负责人", "大堂经理", "会计主管", "柜员", "柜员", "三农经理", "客户经理", "理财经理")
_FAIR: Final = (1, 1, 1, 1, 1, 1, 3, 2)
"""Of the team in turn: how many lots each has when a customer is given to somebody."""
_LOTS: Final = tuple(place for place, lots in enumerate(_FAIR) for _ in range(lots))
_LEVELS: Final = ("金卡", "白金卡", "钻石卡", "私人银行")
_NEEDS: Final = ("理财", "保险", "房贷", "信用卡", "养老金")
_DISTRICTS: Final = ("城关", "河东", "河西", "新区", "北山", "南湖")
_LANGUAGES: Final = ("普通话", "粤语", "闽南语", "英语")
_TEAMS_EACH: Final = 500
"""Customers for each member of a team."""
_KIND, _OPENED, _CLOSED, _LEVEL, _RISEN, _UP, _LISTED, _OUTLET = range(50, 58)
_NEED, _PLACE, _WHO, _SINCE, _BEFORE, _POOLED, _NAME, _GIVEN = range(60, 68)
_LEFT, _TONGUE = 70, 71
_LONGEST: Final = 4_000
_TENURE: Final = 1_500
_MOST_QUALITY: Final = 60
_MOST_LISTED: Final = 80
_OF_THOUSAND: Final = 1_000


@frozen(kw_only=True)
class RosterSize:
    """How large the bank is: customers, outlets, and eight staff members at each outlet."""

    customers: int
    outlets: int

    @property
    def staff(self) -> int:
        """All staff members."""
        return self.outlets * len(_TEAM)


def roster_size(customers: int) -> RosterSize:
    """The bank of so many customers. Errors: InvalidValue (RANGE) for fewer than none.

    >>> roster_size(2000).outlets, roster_size(1_000_000).staff
    (2, 2000)
    """
    if customers < 0:
        raise InvalidValue(Fault.RANGE, path="customers")
    return RosterSize(customers=customers, outlets=max(2, customers // (_TEAMS_EACH * len(_TEAM))))


def write_roster(name: str, stream: TextIO, size: RosterSize, *, seed: int, day: date = FICTIONAL_DAY) -> int:
    """Write one of the files of `ROSTER_HEADS` as CSV to a stream opened with `newline=""`; gives how many rows there are.

    >>> import io
    >>> file = io.StringIO()
    >>> write_roster("outlets", file, roster_size(10), seed=1), file.getvalue().splitlines()[1][:5]
    (2, '0101,')
    """
    makers = {
        "customers": lambda: _customers(size, seed, day),
        "staff": lambda: _staff(size, seed, day),
        "outlets": lambda: _outlets(size),
        "assignments": lambda: _assignments(size, seed, day),
    }
    return _written(stream, ROSTER_HEADS[name], makers[name]())


def _written(stream: TextIO, head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> int:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(head)
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    return count


def _outlet(place: int) -> str:
    return f"{101 + place:04}"


def _district(place: int) -> str:
    return _DISTRICTS[place % len(_DISTRICTS)]


def _outlets(size: RosterSize) -> Iterator[tuple[object, ...]]:
    for place in range(size.outlets):
        yield _outlet(place), f"{_district(place)}{place + 1}支行", _district(place)


def _number(place: int) -> str:
    return f"S{place + 1:05}"


def _staff(size: RosterSize, seed: int, day: date) -> Iterator[tuple[object, ...]]:
    """Everybody on one post; one in twelve has left it within the last half year, and one in nine tellers helps in the lobby too."""
    for place in range(size.staff):
        roll = dice(seed=seed, row=place)
        outlet, post = divmod(place, len(_TEAM))
        name = roll.favour(_NAME, words.SURNAMES) + roll.favour(_GIVEN, words.FEMALE_GIVEN)
        since = day - timedelta(days=200 + roll.below(_SINCE, _TENURE))
        until = day - timedelta(days=roll.below(_BEFORE, 180)) if roll.below(_LEFT, 12) == 0 else None
        tongues = "、".join(dict.fromkeys((_LANGUAGES[0], roll.favour(_TONGUE, _LANGUAGES))))
        told = (_TEAM[post], _outlet(outlet), since, until, 30 * (2 + _FAIR[post]), tongues, _district(outlet))
        yield _number(place), name, *told
        if _TEAM[post] == "柜员" and until is None and roll.below(_LEFT, 9) == 0:
            yield _number(place), name, "大堂经理", *told[1:]


def _kinds(roll: Dice) -> tuple[int | None, bool]:
    """The place of the quality level that the customer has, None of none; and whether somebody nominated it."""
    quality = roll.below(_LEVEL, _OF_THOUSAND) < _MOST_QUALITY
    listed = not quality and roll.below(_LISTED, _OF_THOUSAND) < _MOST_LISTED - _MOST_QUALITY
    return (roll.skewed(_UP, len(_LEVELS)) if quality else None), listed


def _is_unit(roll: Dice) -> bool:
    return roll.below(_KIND, _OF_THOUSAND) < _MOST_QUALITY


def _customers(size: RosterSize, seed: int, day: date) -> Iterator[tuple[object, ...]]:
    for row in range(size.customers):
        roll = dice(seed=seed, row=row)
        yield from _customer(row, roll, size, day)


def _customer(row: int, roll: Dice, size: RosterSize, day: date) -> Iterator[tuple[object, ...]]:
    """A customer's rows: its level when it came, and the one that it rose to."""
    quality, listed = (None, False) if _is_unit(roll) else _kinds(roll)
    age = 30 + roll.below(_OPENED, _LONGEST)
    opened = day - timedelta(days=age)
    closed = day - timedelta(days=roll.below(_BEFORE, min(age, 900))) if roll.below(_CLOSED, 50) == 0 else None
    place = roll.below(_OUTLET, size.outlets)
    kind = "单位" if _is_unit(roll) else "个人"
    first: tuple[object, ...] = (holder_number(row), kind, _outlet(place))
    told: tuple[object, ...] = ("", "", "", "", _district(place))
    if listed:
        told = ("更多金融需求", _number(_team_of(place, roll)), "", roll.favour(_NEED, _NEEDS), _district(place))
    yield *first, "普通", opened, opened, closed, *told
    if quality is not None:
        risen = opened + timedelta(days=1 + roll.below(_RISEN, age - 1))
        yield *first, _LEVELS[quality], risen, opened, closed, *told


def _team_of(outlet: int, roll: Dice) -> int:
    """Somebody of the outlet's team, account managers more often."""
    return outlet * len(_TEAM) + roll.pick(_WHO, _LOTS)


def _assignments(size: RosterSize, seed: int, day: date) -> Iterator[tuple[object, ...]]:
    """Nine in ten of the customers on the roster are with somebody; one in seven of those was with the outlet's head before."""
    for row in range(size.customers):
        roll = dice(seed=seed, row=row)
        quality, listed = (None, False) if _is_unit(roll) else _kinds(roll)
        if (quality is None and not listed) or roll.below(_POOLED, 10) == 0:
            continue
        place = roll.below(_OUTLET, size.outlets)
        number, outlet, head = holder_number(row), _outlet(place), _number(place * len(_TEAM))
        since = day - timedelta(days=roll.below(_SINCE, 400))
        staff = _number(_team_of(place, roll))
        if staff != head and roll.below(_BEFORE, 7) == 0:
            yield number, head, outlet, "主维护人", since - timedelta(days=300), since, head
        yield number, staff, outlet, "主维护人", since, "", head
