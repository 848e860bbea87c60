"""The roster review over the public data of a real Czech bank (PKDD'99, "Berka").

`python docs/examples/berka.py FOLDER`, where FOLDER holds client.asc, disp.asc, account.asc, card.asc and district.asc. A demonstration mapping: the handbook speaks of a customer's level and not
of a card, so the day on which a gold card was issued is taken for the day on which its client rose to 金卡 (gold); junior and classic cards are
普通 (ordinary). A client is a customer since its earliest account, and the client's district is the outlet. The staff is generated.
"""

# ruff: noqa: D103 -- the names say it

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from datetime import date, datetime
from itertools import cycle
from pathlib import Path
from typing import Final

from custmaster.handbook import Page, default
from custmaster.roster import (
    Assignment,
    EntryState,
    LevelHistory,
    LevelSince,
    Outlet,
    Post,
    Posting,
    Roster,
    RosterEntry,
    RosterReview,
    Source,
    Staff,
    arithmetic,
    review,
)
from custmaster.value.span import Span

DAY: Final = date(1998, 12, 31)
LEVEL_OF_CARD: Final = {"junior": "普通", "classic": "普通", "gold": "金卡"}
TEAM: Final = (Post.OUTLET_HEAD, Post.LOBBY_MANAGER, Post.TELLER, Post.TELLER)
Rows = list[dict[str, str]]


def rows(folder: Path, table: str) -> Rows:
    with (folder / f"{table}.asc").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def day_of(text: str) -> date:
    """Both forms of the files: 930101 and 931107 00:00:00."""
    return datetime.strptime(text[:6], "%y%m%d").date()  # noqa: DTZ007 -- a day without a time


def the_rules() -> Page:
    """The figures of the packaged handbook, which did not hold in 1998: the past is measured by the rules of today."""
    return default().on(date(2026, 11, 28))


def customers(folder: Path) -> tuple[LevelHistory, ...]:
    opened = {one["account_id"]: day_of(one["date"]) for one in rows(folder, "account")}
    since: dict[str, date] = {}
    for one in rows(folder, "disp"):
        day = opened[one["account_id"]]
        since[one["client_id"]] = min(day, since.get(one["client_id"], day))
    rises = cards(folder)
    return tuple(history(one, since[one["client_id"]], rises) for one in rows(folder, "client"))


def history(client: dict[str, str], since: date, rises: dict[str, tuple[str, date]]) -> LevelHistory:
    number = client["client_id"]
    levels = {since: "普通"}
    if number in rises:
        card, issued = rises[number]
        levels[max(issued, since)] = LEVEL_OF_CARD[card]
    return LevelHistory(
        customer=number,
        outlet=client["district_id"],
        valid=Span(since, None),
        levels=[LevelSince(level=level, since=day) for day, level in levels.items()],
    )


def cards(folder: Path) -> dict[str, tuple[str, date]]:
    """The card of each client that has one; no client has two."""
    holder = {one["disp_id"]: one["client_id"] for one in rows(folder, "disp")}
    return {holder[one["disp_id"]]: (one["type"], day_of(one["issued"])) for one in rows(folder, "card")}


def elsewhere(folder: Path) -> int:
    """How many clients hold or use an account that is kept in another district than theirs: the client's own is taken."""
    district = {one["client_id"]: one["district_id"] for one in rows(folder, "client")}
    kept = {one["account_id"]: one["district_id"] for one in rows(folder, "account")}
    return sum(district[one["client_id"]] != kept[one["account_id"]] for one in rows(folder, "disp"))


def staffed(folder: Path) -> Roster:
    """The customers with the roster of all who hold a card, handed in turn to a generated team of four at each outlet."""
    outlets = [Outlet(number=one["A1"], name=one["A2"]) for one in rows(folder, "district")]
    team = [
        Staff(number=f"S-{outlet.number}-{place}", postings=[Posting(post=post, outlet=outlet.number)])
        for outlet in outlets
        for place, post in enumerate(TEAM, 1)
    ]
    listed = customers(folder)
    return Roster(outlets=outlets, staff=team, customers=listed, entries=entries(listed, team, cards(folder)))


def entries(
    listed: tuple[LevelHistory, ...], team: list[Staff], rises: dict[str, tuple[str, date]]
) -> list[RosterEntry]:
    by_outlet: dict[str, list[str]] = defaultdict(list)
    for one in team:
        by_outlet[one.postings[0].outlet].append(one.number)
    turns = {outlet: cycle(numbers) for outlet, numbers in by_outlet.items()}
    return [
        entry(one, next(turns[one.outlet or ""]), rises[one.customer][1]) for one in listed if one.customer in rises
    ]


def entry(one: LevelHistory, staff: str, issued: date) -> RosterEntry:
    level = one.level_on(DAY) or "普通"
    gold = level == "金卡"
    return RosterEntry(
        number=f"E-{one.customer}",
        customer=one.customer,
        level=level,
        source=Source.SYSTEM if gold else Source.DAILY_BUSINESS,
        nominator=None if gold else staff,
        reason=None if gold else "holds a card",
        listed_on=issued,
        state=EntryState.MAINTAINED,
        maintainer=Assignment(staff=staff, outlet=one.outlet or "", since=issued, by="generated"),
    )


def show(found: RosterReview) -> None:
    for year in found.growth:
        print(f"{year.year}: {year.begin} -> {year.end}  {year.figure.met}  {arithmetic(year.figure)}")
    print(f"share: {found.share.met}  {arithmetic(found.share)}")
    reached = [outlet for outlet in found.outlets if outlet.per_head.met == "YES"]
    print(f"per head: {len(reached)} of {len(found.outlets)} outlets reach 20")
    for outlet in sorted(found.outlets, key=lambda one: -one.maintained)[:3]:
        print(f"  {outlet.name}: {arithmetic(outlet.per_head)}")
    staff = [one for outlet in found.outlets for one in outlet.staff]
    print(f"floors met: {sum(one.floor.met == 'YES' for one in staff)} of {len(staff)}")
    print(f"takes part: {sum(one.taking_part.met == 'YES' for one in staff)} of {len(staff)}")
    print(f"worth a call: {len(found.calls)}")


if __name__ == "__main__":
    data = Path(sys.argv[1])
    show(review(staffed(data), DAY, the_rules()))
    print(f"clients of another district than their account's: {elsewhere(data)}")
