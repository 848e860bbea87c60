"""An entry of the roster and its parts: what contradicts itself is no entry."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from attrs import evolve as changed

from custmaster.errors import Fault, InvalidRecord, InvalidValue
from custmaster.roster import (
    Assignment,
    EntryState,
    Ladder,
    LevelHistory,
    LevelSince,
    Outlet,
    Post,
    Posting,
    Proposal,
    Prospect,
    Role,
    RosterEntry,
    Source,
    Staff,
    StruckFor,
)
from custmaster.value.name import Name
from custmaster.value.span import Span

DAY = date(2026, 1, 5)
HELD = Assignment(staff="S-1", outlet="0101", since=DAY, by="S-9")
HELPER = changed(HELD, staff="S-2", role=Role.CO_MANAGER)
OFFER = Proposal(staff="S-3", outlet="0101", on=DAY, by="S-9")
PERSON = Prospect(reference="P-1", name=Name("张玮"), consent="signed", consent_on=DAY, erase_by=date(2027, 1, 5))


def entry(**more: Any) -> RosterEntry:
    basis: dict[str, Any] = {"customer": "6000000001", "level": "金卡", "source": Source.SYSTEM, "listed_on": DAY}
    return RosterEntry(number="E-1", **(basis | more))


@pytest.mark.parametrize(
    ("more", "paths"),
    [
        ({"customer": None}, ["prospect"]),
        ({"prospect": PERSON}, ["prospect"]),
        ({"customer": ""}, ["customer"]),
        ({"outlet": "x" * 41}, ["outlet"]),
        ({"maintainer": HELD}, ["maintainer"]),
        ({"state": EntryState.MAINTAINED}, ["maintainer"]),
        ({"state": EntryState.PROPOSED}, ["proposal"]),
        ({"proposal": OFFER}, ["proposal"]),
        ({"struck_off_on": DAY}, ["struck_off_on"]),
        ({"state": EntryState.STRUCK_OFF}, ["struck_off_on", "struck_off_for"]),
        ({"helpers": [HELPER, HELPER]}, ["helpers"]),
        ({"helpers": [HELD]}, ["helpers"]),
        ({"helpers": [changed(HELPER, until=DAY)]}, ["helpers"]),
        ({"past": [HELD]}, ["past"]),
        (
            {"state": EntryState.HANDING_OVER, "maintainer": HELD, "proposal": changed(OFFER, staff="S-1")},
            ["proposal"],
        ),
        (
            {"state": EntryState.MAINTAINED, "maintainer": HELD, "helpers": [changed(HELPER, staff="S-1")]},
            ["helpers"],
        ),
        ({"state": EntryState.MAINTAINED, "maintainer": HELPER}, ["maintainer"]),
        (
            {
                "state": EntryState.STRUCK_OFF,
                "struck_off_on": DAY,
                "struck_off_for": StruckFor.OUTLET,
                "helpers": [HELPER],
            },
            ["helpers"],
        ),
    ],
)
def test_r17_what_contradicts_itself_is_told_in_full(more: dict[str, Any], paths: list[str]) -> None:
    with pytest.raises(InvalidRecord) as problem:
        entry(**more)
    assert [fault.path for fault in problem.value.faults] == paths


def test_an_entry_knows_its_subject_and_the_last_day_of_what_happened() -> None:
    offered = entry(state=EntryState.PROPOSED, proposal=changed(OFFER, on=date(2026, 3, 1)))
    assert (offered.subject, offered.last_day, offered.is_prospect) == ("6000000001", date(2026, 3, 1), False)
    wanted = entry(customer=None, prospect=PERSON)
    assert (wanted.subject, wanted.last_day, wanted.is_prospect) == ("P-1", DAY, True)
    bare = entry(
        customer=None, state=EntryState.STRUCK_OFF, struck_off_on=date(2026, 4, 1), struck_off_for=StruckFor.ERASED
    )
    assert (bare.subject, bare.last_day) == ("E-1", date(2026, 4, 1))
    kept = entry(
        state=EntryState.MAINTAINED, maintainer=changed(HELD, since=date(2026, 5, 1)), past=[changed(HELD, until=DAY)]
    )
    assert kept.last_day == date(2026, 5, 1)


def test_a_repr_shows_nobody() -> None:
    told = changed(PERSON, consent="张玮 signed")
    shown = repr(entry(customer=None, prospect=told, reason="张玮 asked for it", needs=["张玮的理财"]))
    assert "张玮" not in shown


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (lambda: changed(PERSON, consent=" "), Fault.EMPTY),
        (lambda: changed(PERSON, erase_by=DAY), Fault.ORDER),
        (lambda: changed(HELD, until=date(2026, 1, 4)), Fault.ORDER),
        (lambda: changed(HELD, staff=""), Fault.LENGTH),
        (lambda: changed(OFFER, outlet=""), Fault.LENGTH),
        (lambda: Outlet(number=7), Fault.TYPE),  # type: ignore[arg-type]
        (lambda: Posting(post=Post.TELLER, outlet=""), Fault.LENGTH),
        (lambda: Staff(number="S-1", capacity=-1), Fault.RANGE),
        (lambda: Staff(number="S-1", capacity=True), Fault.RANGE),
        (lambda: Staff(number="S-1", postings=[Posting(post=Post.TELLER, outlet="1")] * 2), Fault.OVERLAP),
        (lambda: Ladder(levels=["a", "a"], quality_from="a"), Fault.DUPLICATE),
        (lambda: Ladder(levels=["a"], quality_from="b"), Fault.UNKNOWN_CODE),
        (lambda: Ladder(levels=["a"], quality_from="a").rank("b"), Fault.UNKNOWN_CODE),
        (lambda: LevelHistory(customer="1", levels=[LevelSince(level="a"), LevelSince(level="b")]), Fault.DUPLICATE),
    ],
)
def test_bad_input_is_told(make: Any, fault: Fault) -> None:
    with pytest.raises(InvalidValue) as problem:
        make()
    assert problem.value.fault is fault


@pytest.mark.parametrize("day", ["2026-01-05", datetime(2026, 1, 5, 8), 20260105])
def test_a_day_is_a_day_and_no_text_or_time(day: Any) -> None:
    kept = {"staff": "S-1", "outlet": "0101", "by": "S-9"}
    listed = {"number": "E-1", "customer": "6000000001", "level": "金卡", "source": Source.SYSTEM}
    agreed = {"reference": "P-1", "consent": "signed"}
    first = date(2026, 1, 5)
    for path, make in {
        "since": lambda: Assignment(**kept, since=day),
        "until": lambda: Assignment(**kept, since=first, until=day),
        "on": lambda: Proposal(**kept, on=day),
        "listed_on": lambda: RosterEntry(**listed, listed_on=day),
        "level_since": lambda: RosterEntry(**listed, listed_on=first, level_since=day),
        "struck_off_on": lambda: RosterEntry(**listed, listed_on=first, struck_off_on=day),
        "level.since": lambda: LevelSince(level="金卡", since=day),
        "consent_on": lambda: Prospect(**agreed, consent_on=day, erase_by=first),
        "erase_by": lambda: Prospect(**agreed, consent_on=first, erase_by=day),
    }.items():
        with pytest.raises(InvalidValue) as caught:
            make()
        assert (caught.value.path, caught.value.fault) == (path.rpartition(".")[2], Fault.TYPE)


def test_two_posts_at_once_are_held_side_by_side_and_a_post_may_be_held_again() -> None:
    again = [
        Posting(post=Post.TELLER, outlet="1", valid=Span(None, DAY)),
        Posting(post=Post.TELLER, outlet="1", valid=Span(DAY)),
        Posting(post=Post.OUTLET_HEAD, outlet="1"),
        Posting(post=Post.TELLER, outlet="2"),
    ]
    held = Staff(number="S-1", postings=again)
    assert held.posts_on(DAY) == (Post.OUTLET_HEAD, Post.TELLER)
    assert held.outlets_on(DAY) == ("1", "2")
    assert held.is_on_post(DAY)
    assert not Staff(number="S-2").is_on_post(DAY)


def test_r05_and_above_includes_the_level_that_is_named() -> None:
    rungs = Ladder(levels=["普通", "金卡", "白金卡"], quality_from="金卡")
    assert [rungs.is_quality(level) for level in rungs.levels] == [False, True, True]


def test_a_level_holds_from_its_day_while_the_customer_is_one() -> None:
    history = LevelHistory(customer="1", valid=Span(DAY), levels=[LevelSince(level="金卡", since=date(2026, 2, 1))])
    assert [history.level_on(day) for day in (date(2026, 1, 4), DAY, date(2026, 2, 1))] == [None, None, "金卡"]
