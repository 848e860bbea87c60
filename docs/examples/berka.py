"""The roster review over the public data of a real Czech bank (PKDD'99, "Berka").

`python docs/examples/berka.py FOLDER [OUT]`, where FOLDER holds client.asc, disp.asc, account.asc, card.asc and district.asc; with OUT the review is written
there as a page in Chinese and one in English. A demonstration mapping: the handbook speaks of a customer's level and not of a card, so the day on which a
gold card was issued is taken for the day on which its client rose to 金卡 (gold); junior and classic cards are 普通 (ordinary). A client is a customer
since its earliest account, and the client's district is the outlet. The staff is generated: a team of four at each outlet, to whom the card holders of
the outlet are assigned by how well they fit, as if each had been maintained since the card was issued.
"""

# ruff: noqa: D103 -- the names say it

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Final

from attrs import evolve

from custmaster.handbook import Language, Page, default
from custmaster.report.roster_page import roster_page
from custmaster.roster import (
    Assignment,
    EntryState,
    FitCustomer,
    FitStaff,
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
    assign,
    fit_costs,
    fit_weights,
    review,
    roster_questions,
)
from custmaster.value.span import Span

DAY: Final = date(1998, 12, 31)
LEVEL_OF_CARD: Final = {"junior": "普通", "classic": "普通", "gold": "金卡"}
TEAM: Final = (
    # post, the levels that it looks after
    (Post.OUTLET_HEAD, ("金卡",)),
    (Post.LOBBY_MANAGER, ("金卡",)),
    (Post.TELLER, ("普通",)),
    (Post.TELLER, ("普通",)),
)
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
    """The customers with the roster of all who hold a card, each assigned to one of the team of its outlet."""
    pool = pooled(folder)
    asked = roster_questions(pool, DAY, the_rules(), candidates(pool))
    pairs: dict[str, str] = {}
    for one in asked.questions:
        pairs |= assign(one.wishes, one.seats, asked.terms).pairs
    return evolve(pool, entries=[maintained(one, pairs[one.subject]) for one in pool.entries])


def pooled(folder: Path) -> Roster:
    """The same with everybody in the pool, maintained by nobody."""
    outlets = [Outlet(number=one["A1"], name=one["A2"]) for one in rows(folder, "district")]
    team = [
        Staff(number=f"S-{outlet.number}-{place}", postings=[Posting(post=post, outlet=outlet.number)])
        for outlet in outlets
        for place, (post, _) in enumerate(TEAM, 1)
    ]
    listed, issued = customers(folder), cards(folder)
    entries = [entry(one, issued[one.customer][1]) for one in listed if one.customer in issued]
    return Roster(outlets=outlets, staff=team, customers=listed, entries=entries)


def entry(one: LevelHistory, issued: date) -> RosterEntry:
    level = one.level_on(DAY) or "普通"
    gold = level == "金卡"
    return RosterEntry(
        number=f"E-{one.customer}",
        customer=one.customer,
        level=level,
        outlet=one.outlet,
        source=Source.SYSTEM if gold else Source.DAILY_BUSINESS,
        nominator=None if gold else f"S-{one.outlet}-1",
        reason=None if gold else "holds a card",
        listed_on=issued,
    )


def candidates(pool: Roster) -> Mapping[str, Mapping[str, int]]:
    """The points of each card holder with each of the team of its outlet: the fewer the better."""
    teams: dict[str, list[FitStaff]] = {}
    for one in pool.staff:
        held = one.postings[0]
        fits = FitStaff(staff=one.number, outlet=held.outlet, levels=dict(TEAM)[held.post])
        teams.setdefault(held.outlet, []).append(fits)
    weights = fit_weights(the_rules())
    return {
        one.subject: fit_costs(
            FitCustomer(customer=one.subject, level=one.level, outlet=one.outlet), teams[one.outlet or ""], weights
        )
        for one in pool.entries
    }


def maintained(one: RosterEntry, staff: str) -> RosterEntry:
    held = Assignment(staff=staff, outlet=one.outlet or "", since=one.listed_on, by="assigned")
    return evolve(one, state=EntryState.MAINTAINED, maintainer=held)


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


def write(found: RosterReview, roster: Roster, out: Path) -> None:
    """The review as a page in each language."""
    out.mkdir(parents=True, exist_ok=True)
    for lang in Language:
        page = roster_page(found, roster, lang=lang.value)
        (out / f"berka-{lang.value}.html").write_text(page, encoding="utf-8", newline="\n")


def main(data: Path, out: Path | None = None) -> None:
    roster = staffed(data)
    found = review(roster, DAY, the_rules())
    show(found)
    print(f"clients of another district than their account's: {elsewhere(data)}")
    if out is not None:
        write(found, roster, out)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
