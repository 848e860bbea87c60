"""The review of a small bank, counted by hand: outlets, staff, segments, calls, changes, credit, and the bad rows beside them."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

from custmaster.decision import Approval, Outcome
from custmaster.errors import InvalidValue
from custmaster.handbook import Language, Page, default, default_text, parse, render
from custmaster.handbook.review_keys import LEVELS_EN
from custmaster.roster import (
    NOBODY,
    Assignment,
    EntryState,
    LevelHistory,
    LevelSince,
    Met,
    Outlet,
    Post,
    Posting,
    Proposal,
    Prospect,
    Role,
    Roster,
    RosterEntry,
    Segment,
    Source,
    Staff,
    StruckFor,
    credit_of_outlets,
    credit_of_staff,
    diff,
    judge_roster,
    ladder,
    population,
    review,
    seats_of,
    share,
)
from custmaster.roster.resolved import resolver
from custmaster.value.party import PartyKind
from custmaster.value.span import Span

DAY = date(2026, 11, 28)
PAGE = default().on(DAY)
NEW_YEAR = date(2026, 1, 1)


def option(text: str, *swaps: tuple[str, str]) -> Page:
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new, 1)
    return parse(text).on(DAY)


def credit_by(way: str) -> Page:
    return option(default_text(), ('value = "SINGLE"', f'value = "{way}"'))


def customer(number: str, *levels: tuple[str, date | None], **more: Any) -> LevelHistory:
    return LevelHistory(
        customer=number, levels=[LevelSince(level=level, since=since) for level, since in levels], **more
    )


def held(staff: str, outlet: str = "A", since: date = NEW_YEAR, until: date | None = None) -> Assignment:
    return Assignment(staff=staff, outlet=outlet, since=since, until=until, by="S-0")


def entry(number: str, customer: str | None, level: str = "金卡", **more: Any) -> RosterEntry:
    who = more.get("maintainer")
    state = more.pop("state", EntryState.POOLED if who is None else EntryState.MAINTAINED)
    more.setdefault("listed_on", NEW_YEAR)
    return RosterEntry(
        number=number, customer=customer, level=level, source=more.pop("source", Source.SYSTEM), state=state, **more
    )


def prospect(reference: str) -> Prospect:
    return Prospect(reference=reference, consent="signed", consent_on=NEW_YEAR, erase_by=date(2027, 1, 1))


def teller(number: str, *outlets: str, post: Post = Post.TELLER) -> Staff:
    return Staff(number=number, postings=[Posting(post=post, outlet=outlet) for outlet in outlets])


OLD = date(2020, 1, 1)
ROSTER = Roster(
    outlets=[Outlet(number="A", name="城关"), Outlet(number="B"), Outlet(number="C", valid=Span(None, OLD))],
    staff=[
        teller("S-1", "A"),
        teller("S-2", "A", "B"),
        Staff(number="S-3"),
        teller("S-4", "D", post=Post.ACCOUNT_MANAGER),
    ],
    customers=[
        customer("1", ("普通", None), ("金卡", date(2026, 3, 1)), outlet="A"),
        customer("2", ("金卡", None), outlet="A"),
        customer("3", ("金卡", None), ("普通", date(2026, 6, 1)), outlet="B"),
        customer("4", ("普通", None), outlet="B"),
        customer("5", outlet="B"),
        customer("6", ("金卡", None), valid=Span(None, date(2026, 5, 1))),
        customer("7", ("白金卡", None), kind=PartyKind.UNIT),
        customer("8", ("普通", date(2026, 12, 1))),
        customer("9", ("黑卡", None)),
        customer("10", ("金卡", None), kind=PartyKind.UNIT, valid=Span(None, OLD)),
    ],
    entries=[
        entry("E-1", "1", maintainer=held("S-1")),
        entry("E-2", "2", maintainer=held("S-2"), past=[held("S-1", "A", OLD, NEW_YEAR)]),
        entry("E-3", "3", maintainer=held("S-2", "B"), needs=["loan"], source=Source.FURTHER_NEEDS),
        entry("E-4", "4", "普通", outlet="B"),
        entry(
            "E-5",
            "5",
            "普通",
            proposal=Proposal(staff="S-1", outlet="A", on=NEW_YEAR, by="x"),
            state=EntryState.PROPOSED,
        ),
        entry("E-6", None, prospect=prospect("P-1"), source=Source.OTHER_BANK, maintainer=held("S-1")),
        entry("E-7", None, "普通", prospect=prospect("P-2"), source=Source.OTHER_BANK),
        entry("E-8", "8", "普通", listed_on=date(2026, 12, 1)),
        entry("E-9", "2", state=EntryState.STRUCK_OFF, struck_off_on=date(2026, 2, 1), struck_off_for=StruckFor.OUTLET),
    ],
    approvals=[("S-1", Approval(by="S-9", reason="new", codes=["FLOOR_SHORT"]))],
)


def test_r04_to_r10_the_bank_and_its_segments() -> None:
    found = review(ROSTER, DAY, PAGE)
    year = found.growth[-1]
    # 2, 3 and 6 at the year's end before; 1 came, 3 fell, 6 left.
    assert (year.begin, year.end, year.gained, year.lost, year.in_progress) == (3, 2, 1, 2, True)
    assert (year.still_needed, year.days_left) == (2, 33)
    assert [(one.year, one.begin, one.end) for one in found.growth[:-1]] == [(2022 + n, 3, 3) for n in range(4)]
    assert {one.still_needed for one in found.growth[:-1]} == {None}
    # 1, 2, 3, 4, 5, 8 and 9 are individuals of the day, 1 and 2 quality customers.
    assert (found.share.numerator, found.share.denominator) == (2, 7)
    assert found.levels == (("普通", 2), ("金卡", 2), ("白金卡", 0), ("钻石卡", 0), ("私人银行", 0))
    assert found.without_level == 3
    assert found.segments == {Segment.MAINTAIN: 2, Segment.UPGRADE: 3, Segment.DEVELOP: 1, Segment.WIN_OVER: 1}
    assert (found.prospects, found.pooled) == (2, 2)
    assert found.handbook == PAGE.stamp


def test_r11_r16_r22_the_outlets_and_their_staff() -> None:
    a, b, d = review(ROSTER, DAY, PAGE).outlets
    assert (a.outlet, a.name, a.heads, a.maintained, a.pooled, a.prospects, a.astray) == ("A", "城关", 2, 2, 0, 1, 0)
    assert (b.outlet, b.name, b.heads, b.maintained, b.pooled) == ("B", "", 1, 1, 1)
    assert (d.outlet, d.heads, d.per_head.met, d.staff[0].floor.met) == ("D", 1, Met.NO, Met.NO_TARGET)
    assert (a.per_head.numerator, a.per_head.denominator, a.per_head.apart, a.per_head.missing) == (2, 2, 1, 38)
    one, two = a.staff
    assert (one.staff, one.maintained, one.proposed, one.prospects, one.posts) == ("S-1", 1, 1, 1, (Post.TELLER,))
    assert (one.floor.numerator, one.floor.approval is not None, one.taking_part.met) == (1, True, Met.YES)
    assert one.by_segment[Segment.WIN_OVER] == 1
    assert one.by_level["金卡"] == 1
    # S-2 is a head of both outlets, judged over both.
    assert (two.maintained, two.floor.numerator, b.staff[0].floor) == (1, 2, two.floor)
    assert a.growth[-1].end == 2
    assert b.growth[-1].lost == 1


def test_r11_prospects_count_where_the_handbook_says_so() -> None:
    page = option(default_text(), ("value = false", "value = true"))
    a = review(ROSTER, DAY, page).outlets[0]
    assert (a.per_head.numerator, a.per_head.apart, a.maintained, a.prospects) == (3, 0, 2, 1)


def test_r10_the_share_of_all_customers_counts_units_too() -> None:
    page = option(default_text(), ('value = "INDIVIDUALS"', 'value = "ALL"'))
    assert share(population(ROSTER, DAY, page), page).denominator == 8


def test_r09_on_the_last_day_of_a_year_it_is_over() -> None:
    year = review(ROSTER, date(2026, 12, 31), PAGE).growth[-1]
    assert (year.in_progress, year.still_needed, year.days_left) == (False, None, None)


def test_r06_whom_to_call() -> None:
    listed = evolve(
        ROSTER,
        entries=[
            *ROSTER.entries,
            entry("E-20", "4", "普通", needs=["fund", "loan"], source=Source.FURTHER_NEEDS),
            entry("E-21", "20", "普通", source=Source.OTHER_BANK, nominator="S-1"),
        ],
    )
    found = review(listed, DAY, PAGE).calls
    assert [(one.subject, one.why, one.staff, one.outlet) for one in found] == [
        ("3", "CALL_FELL_BELOW", "S-2", "B"),
        ("4", "CALL_NEXT_WITH_NEED", None, None),
        ("20", "CALL_NEXT", None, None),
        ("5", "CALL_NEXT", None, None),
    ]


def test_far_below_only_a_need_is_worth_a_call() -> None:
    page = option(default_text(), ('value = "金卡"', 'value = "钻石卡"'))
    rows = [entry("E-1", "1", "普通"), entry("E-2", "2", "普通", needs=["loan"]), entry("E-3", "3", "白金卡")]
    assert [(one.subject, one.why) for one in review(Roster(entries=rows), DAY, page).calls] == [
        ("3", "CALL_NEXT"),
        ("2", "CALL_WITH_NEED"),
    ]


# --- credit --------------------------------------------------------------------------------------------------------------


def handed_over() -> Roster:
    """One gained customer, held by X for 100 days of the year up to 28 November and by Y for the other 232; one lost, held by nobody."""
    day = date(2026, 4, 11)
    return Roster(
        customers=[
            customer("1", ("普通", None), ("金卡", date(2026, 3, 1))),
            customer("2", ("金卡", None), ("普通", date(2026, 3, 1))),
            customer("3", ("金卡", None)),
            customer("7", ("金卡", date(2022, 3, 1)), ("普通", date(2023, 3, 1))),
        ],
        entries=[
            entry(
                "E-1",
                "1",
                maintainer=held("Y", "B", day),
                past=[held("X", "A", OLD, day), evolve(held("Z", "A", OLD, day), role=Role.CO_MANAGER)],
            ),
            entry("E-2", "2", past=[held("X", "A", OLD, NEW_YEAR)]),
            entry("E-3", "3", maintainer=held("X")),
            entry("E-4", "4", maintainer=held("X")),
            entry("E-5", None, prospect=prospect("P-1"), maintainer=held("X")),
        ],
    )


@pytest.mark.parametrize(
    ("way", "x", "y"),
    [
        ("SINGLE", Fraction(0), Fraction(1)),
        ("DUAL", Fraction(1), Fraction(1)),
        ("WEIGHTED", Fraction(100, 332), Fraction(232, 332)),
    ],
)
def test_r17_credit_after_a_handover_by_the_option(way: str, x: Fraction, y: Fraction) -> None:
    page = credit_by(way)
    counted = population(handed_over(), DAY, page)
    seats = seats_of(handed_over(), counted)
    staff, outlets = credit_of_staff(seats, counted, page), credit_of_outlets(seats, counted, page)
    assert (staff["X"].net, staff["Y"].net, staff["X"].base, staff[NOBODY].lost) == (x, y, 1, 1)
    assert (outlets["A"].net, outlets["B"].net) == (x, y)
    assert "Z" not in staff


def test_of_two_maintainers_at_once_the_later_is_credited() -> None:
    rows = [entry("E-1", "1", maintainer=held("X")), entry("E-2", "9", maintainer=held("W", since=date(2026, 2, 1)))]
    roster = Roster(customers=[customer("1", ("金卡", date(2026, 3, 1)))], entries=rows, aliases={"9": ("1",)})
    counted = population(roster, DAY, PAGE)
    assert credit_of_staff(seats_of(roster, counted), counted, PAGE)["W"].net == 1


# --- numbers of today ----------------------------------------------------------------------------------------------------


def test_numbers_are_followed_to_their_ends_and_a_circle_stands_for_itself() -> None:
    today = resolver({"1": ("2",), "2": ("3", "4"), "4": ("3",), "7": ("8",), "8": ("7",), "9": ()})
    assert [today(one) for one in ("1", "4", "5", "7", "9")] == [("3",), ("3",), ("5",), ("7",), ("9",)]


def test_a_merged_customer_is_one_of_its_own_outlet_at_its_higher_level() -> None:
    roster = Roster(
        customers=[
            customer("1", ("金卡", None), outlet="A", valid=Span(None, date(2026, 6, 1))),
            customer("2", ("普通", None), outlet="B"),
            customer("3", ("白金卡", None), outlet="C"),
        ],
        aliases={"1": ("2",), "3": ("2",)},
    )
    counted = population(roster, DAY, PAGE)
    assert (counted.quality["2"].outlet, counted.ranks, counted.gone) == ("B", {"2": 2}, frozenset())


# --- bad rows ------------------------------------------------------------------------------------------------------------


def told(roster: Roster) -> list[tuple[str | None, str, str]]:
    return [(one.reason.subject, one.field, str(one.reason.code)) for one in judge_roster(roster, DAY, PAGE)]


def test_r02_r05_r17_each_bad_row_is_named_and_the_rest_is_reviewed() -> None:
    bad = evolve(
        ROSTER,
        outlets=[*ROSTER.outlets, Outlet(number="B")],
        staff=[*ROSTER.staff, teller("S-1", "B")],
        customers=[*ROSTER.customers, customer("1", ("金卡", None))],
        entries=[
            *ROSTER.entries,
            entry("F-1", "7"),
            entry("F-2", "6"),
            entry("F-3", "30", "黑卡", outlet="Z"),
            entry("F-4", "31", maintainer=held("S-3")),
            entry("F-5", "32", maintainer=held("S-77", "Y")),
            entry("F-6", "1", maintainer=held("S-2")),
            entry("F-7", "33"),
            entry("F-7", "34"),
        ],
    )
    assert told(bad) == [
        ("1", "customers.customer", "ROSTER_CUSTOMER_TWICE"),
        ("1", "entries.customer", "ROSTER_LISTED_TWICE"),
        ("1", "entries.maintainer", "ROSTER_TWO_MAINTAINERS"),
        ("9", "customers.levels", "ROSTER_LEVEL_UNKNOWN"),
        ("B", "outlets.number", "ROSTER_OUTLET_TWICE"),
        ("E-3", "entries.level", "ROSTER_LEVEL_DIFFERS"),
        ("F-1", "entries.customer", "ROSTER_UNIT"),
        ("F-2", "entries.customer", "ROSTER_CUSTOMER_GONE"),
        ("F-3", "entries.level", "ROSTER_LEVEL_UNKNOWN"),
        ("F-3", "entries.outlet", "ROSTER_OUTLET_UNKNOWN"),
        ("F-4", "entries.maintainer.staff", "ROSTER_STAFF_OFF_POST"),
        ("F-5", "entries.maintainer.outlet", "ROSTER_OUTLET_UNKNOWN"),
        ("F-5", "entries.maintainer.staff", "ROSTER_STAFF_UNKNOWN"),
        ("F-7", "entries.number", "ROSTER_ENTRY_TWICE"),
        ("S-1", "staff.number", "ROSTER_STAFF_TWICE"),
        ("S-4", "staff.postings", "ROSTER_OUTLET_UNKNOWN"),
    ]
    found = review(bad, DAY, PAGE)
    assert found.findings == judge_roster(bad, DAY, PAGE)
    for one in found.findings:
        assert all(render(one.reason.code, one.reason.facts, lang) for lang in Language)
    a = found.outlets[0]
    # 1 is counted once for the outlet; what S-3 and S-77 hold counts for nobody.
    assert (a.maintained, a.astray, a.per_head.numerator) == (2, 1, 2)
    assert [one.outlet for one in found.outlets] == ["A", "B", "D", "Y"]
    assert found.outlets[-1].per_head.met is Met.NOT_COMPUTABLE


def test_b811_a_prospect_that_was_to_be_erased_is_told_from_its_day_on() -> None:
    by = prospect("P-9").erase_by
    late = evolve(ROSTER, entries=[entry("E-99", None, prospect=prospect("P-9"), source=Source.OTHER_BANK)])
    for day, found in ((by - timedelta(days=1), []), (by, ["ROSTER_PROSPECT_OVERDUE"])):
        remarks = [one for one in judge_roster(late, day, PAGE) if one.reason.subject == "E-99"]
        assert [str(one.reason.code) for one in remarks] == found
        assert all(by.isoformat() in render(one.reason.code, one.reason.facts, Language.EN) for one in remarks)


def test_a_sound_roster_has_no_findings() -> None:
    assert [one[0] for one in told(ROSTER)] == ["9", "E-3", "S-4"]
    assert judge_roster(Roster(), DAY, PAGE) == ()
    assert {one.reason.outcome for one in judge_roster(ROSTER, DAY, PAGE)} == {Outcome.REFUSED, Outcome.ALLOWED}


def test_r17_a_past_day_is_reviewed_by_who_maintained_then() -> None:
    handed = entry("E-1", "2", maintainer=held("S-2"), past=[held("S-1", "A", OLD, NEW_YEAR)], listed_on=OLD)
    roster = evolve(ROSTER, entries=[handed])
    by_staff = [
        {one.staff: one.maintained for one in review(roster, day, PAGE).outlets[0].staff}
        for day in (date(2025, 12, 31), NEW_YEAR)
    ]
    assert by_staff == [{"S-1": 1, "S-2": 0}, {"S-1": 0, "S-2": 1}]


def levels_told(roster: Roster) -> list[tuple[str, tuple[tuple[str, object], ...]]]:
    found = (one.reason for one in judge_roster(roster, DAY, PAGE) if one.reason.code == "ROSTER_LEVEL_DIFFERS")
    return [(one.subject or "", one.facts) for one in found if one.outcome is Outcome.ALLOWED]


def test_r16_an_entry_of_another_level_than_its_customers_is_a_note() -> None:
    risen = customer("1", ("普通", None), ("金卡", DAY))
    none_yet = customer("2", ("金卡", date(2026, 11, 29)))
    entries = [
        entry("E-1", "1", "普通"),
        entry("E-2", "2", "普通"),
        entry("E-3", "3", "普通"),
        entry("E-4", "1", "黑卡"),
    ]
    roster = Roster(customers=[risen, none_yet], entries=entries)
    assert levels_told(roster) == [("E-1", (("level", "普通"), ("current", "金卡")))]
    assert levels_told(evolve(roster, entries=[entry("E-1", "1", "金卡")])) == []
    # The customer's level counts: it is one to keep, and nobody to call.
    found = review(roster, DAY, PAGE)
    assert found.segments[Segment.MAINTAIN] == 1
    assert [one.subject for one in found.calls] == ["2", "3"]


def test_r16_after_a_split_the_first_part_of_another_level_is_told_once() -> None:
    parts = [customer("11", ("普通", None)), customer("12", ("金卡", None)), customer("13", ("白金卡", None))]
    split = Roster(customers=parts, entries=[entry("E-1", "1", "普通")], aliases={"1": ("11", "12", "13")})
    assert levels_told(split) == [("E-1", (("level", "普通"), ("current", "金卡")))]


def test_a_review_carries_the_names_of_the_banks_own_levels() -> None:
    names = default().on(DAY)[LEVELS_EN]
    own = option(default_text(), (f'"{names[1]}"', '"golden"'))
    found = review(ROSTER, DAY, own)
    assert [shown["金卡"] for shown in found.level_names.values()] == ["金卡", "golden"]
    short = option(default_text(), (f', "{names[-1]}"', ""))
    with pytest.raises(InvalidValue, match=r"roster\.levels_en"):
        review(ROSTER, DAY, short)


# --- changes -------------------------------------------------------------------------------------------------------------


def test_what_has_changed_since_the_last_review() -> None:
    before = [
        entry("1", "1", "普通", maintainer=held("S-1")),
        entry("2", "2", "金卡", maintainer=held("S-1")),
        entry("3", "3", "黑卡"),
        entry("4", None, prospect=prospect("P-4"), source=Source.OTHER_BANK),
        entry("5", "5", maintainer=held("S-1")),
        entry("6", "6"),
        entry("7", "7"),
        entry("8", "8", state=EntryState.STRUCK_OFF, struck_off_on=DAY, struck_off_for=StruckFor.OUTLET),
        entry("9", "9", state=EntryState.STRUCK_OFF, struck_off_on=DAY, struck_off_for=StruckFor.OUTLET),
        entry("10", "10", state=EntryState.STRUCK_OFF, struck_off_on=DAY, struck_off_for=StruckFor.OUTLET),
        entry("11", "11", maintainer=held("S-1")),
    ]
    after = [
        entry("1", "1", "金卡", maintainer=held("S-2")),
        entry("2", "2", "普通", maintainer=held("S-1", "B")),
        entry("3", "33", "金卡", maintainer=held("S-3")),
        entry("4", "4"),
        entry("5", "5"),
        entry("6", "6", state=EntryState.STRUCK_OFF, struck_off_on=DAY, struck_off_for=StruckFor.OUTLET),
        entry("8", "8"),
        entry("9", "9", state=EntryState.STRUCK_OFF, struck_off_on=DAY, struck_off_for=StruckFor.OUTLET),
        entry("11", "11", maintainer=held("S-1")),
        entry("12", "12"),
    ]
    rungs = ladder(PAGE)
    assert [(one.entry, one.code, one.before, one.after) for one in diff(before, after, rungs)] == [
        ("1", "HANDED_OVER", "S-1", "S-2"),
        ("1", "LEVEL_UP", "普通", "金卡"),
        ("12", "NEW_ENTRY", None, None),
        ("2", "MOVED_OUTLET", "A", "B"),
        ("2", "LEVEL_DOWN", "金卡", "普通"),
        ("3", "NUMBER_CHANGED", "3", "33"),
        ("3", "TAKEN_ON", None, "S-3"),
        ("3", "LEVEL_CHANGED", "黑卡", "金卡"),
        ("4", "BECAME_CUSTOMER", "P-4", "4"),
        ("5", "RETURNED", "S-1", None),
        ("6", "STRUCK_OFF", None, None),
        ("7", "NO_MORE_THERE", None, None),
        ("8", "NEW_ENTRY", None, None),
    ]
    assert {one.code for one in diff(before, after)} >= {"LEVEL_CHANGED"}
    assert review(Roster(entries=after), DAY, PAGE, Roster(entries=before)).changes == diff(before, after, rungs)
