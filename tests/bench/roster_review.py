"""How long `roster.review` takes of a whole bank: python tests/bench/roster_review.py [CUSTOMERS] [SEED] [--profile].

A bank of 250 outlets with eight staff each; every customer stands on an entry, nine of ten maintained. The making of the roster is not counted. Printed are the
processor's seconds of the review, how many of them went into the search for cycles, and a digest of the answer, which must stay the same from one version to the next.
"""

from __future__ import annotations

import cProfile
import gc
import hashlib
import pstats
import random
import resource
import sys
import time
from datetime import date, timedelta

from attrs import evolve

from custmaster.handbook import default
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
    review,
)
from custmaster.value.span import Span

DAY = date(2026, 11, 28)
OUTLETS, TEAM = 250, (Post.OUTLET_HEAD, Post.LOBBY_MANAGER, Post.ACCOUNTING_SUPERVISOR, *[Post.TELLER] * 5)
LEVELS, SHARES = ("普通", "金卡", "白金卡", "钻石卡", "私人银行"), (900, 70, 20, 8, 2)
NEEDS = ("LOAN", "WEALTH", "CARD")


def customer(place: int, draw: random.Random) -> LevelHistory:
    since = date(2019, 1, 1) + timedelta(days=draw.randrange(2500))
    level = draw.choices(LEVELS, SHARES)[0]
    levels = [LevelSince(level="普通", since=since)]
    if level != "普通":
        levels.append(LevelSince(level=level, since=since + timedelta(days=1 + draw.randrange(600))))
    outlet = f"B-{place % OUTLETS:03}"
    return LevelHistory(customer=f"60{place:08}", outlet=outlet, valid=Span(since, None), levels=levels)


def entry(one: LevelHistory, place: int, draw: random.Random) -> RosterEntry:
    since = date(2025, 1, 1) + timedelta(days=draw.randrange(600))
    held = draw.random() < 0.9
    who = f"S-{place % OUTLETS:03}-{draw.randrange(len(TEAM))}"
    return RosterEntry(
        number=f"E-{place:08}",
        customer=one.customer,
        level=one.level_on(DAY) or "普通",
        source=Source.SYSTEM,
        needs=draw.sample(NEEDS, draw.choice((0, 0, 1, 2))),
        outlet=one.outlet,
        listed_on=since,
        state=EntryState.MAINTAINED if held else EntryState.POOLED,
        maintainer=Assignment(staff=who, outlet=one.outlet or "", since=since, by="sample") if held else None,
    )


def bank(customers: int, seed: int) -> Roster:
    draw = random.Random(seed)
    listed = [customer(place, draw) for place in range(customers)]
    outlets = [Outlet(number=f"B-{place:03}") for place in range(OUTLETS)]
    staff = [
        Staff(number=f"S-{place:03}-{seat}", postings=[Posting(post=post, outlet=f"B-{place:03}")])
        for place in range(OUTLETS)
        for seat, post in enumerate(TEAM)
    ]
    entries = [entry(one, place, draw) for place, one in enumerate(listed)]
    return Roster(outlets=outlets, staff=staff, entries=entries, customers=listed)


class Collector:
    """The processor's seconds between the beginning and the end of each search for cycles."""

    def __init__(self) -> None:
        self.seconds = self.begun = 0.0

    def __call__(self, phase: str, _: dict[str, int]) -> None:
        if phase == "start":
            self.begun = time.process_time()
        else:
            self.seconds += time.process_time() - self.begun


def timed(roster: Roster) -> RosterReview:
    collector = Collector()
    gc.callbacks.append(collector)
    begun = time.process_time()
    found = review(roster, DAY, default().on(DAY))
    spent = time.process_time() - begun
    gc.callbacks.remove(collector)
    print(
        f"{len(roster.entries):,} entries, {len(roster.customers):,} customers: {spent:.1f} s of processor time, "
        f"of which {collector.seconds:.1f} s searching for cycles; "
        f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB with the roster"
    )
    return found


def main(arguments: list[str]) -> None:
    numbers = [int(one) for one in arguments if not one.startswith("-")]
    roster = bank(*(*numbers, *(1_000_000, 1)[len(numbers) :]))
    if "--profile" in arguments:
        profile = cProfile.Profile()
        profile.runcall(review, roster, DAY, default().on(DAY))
        pstats.Stats(profile).sort_stats("tottime").print_stats(25)
        return
    # Without the handbook's version, which goes with its text.
    found = evolve(timed(roster), handbook="")
    print(
        f"{len(found.calls):,} calls, {len(found.findings):,} findings, {hashlib.sha256(repr(found).encode()).hexdigest()[:16]}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
