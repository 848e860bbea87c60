"""From a roster to the questions of an assignment: which customers, which candidates, which seats, one question for outlets that share staff."""

from __future__ import annotations

from datetime import date
from typing import Any

from attrs import evolve

from custmaster.handbook import default
from custmaster.roster import (
    Assignment,
    EntryState,
    LevelHistory,
    LevelSince,
    Post,
    Posting,
    Question,
    Role,
    Roster,
    RosterEntry,
    Source,
    Staff,
    StruckFor,
    assign,
    roster_questions,
)
from custmaster.value.party import PartyKind
from custmaster.value.span import Span

DAY, LISTED = date(2026, 11, 28), date(2026, 1, 5)
PAGE = default().on(DAY)


def person(number: str, *levels: tuple[str, date | None], **more: Any) -> LevelHistory:
    held = [LevelSince(level=level, since=since) for level, since in levels]
    return LevelHistory(customer=number, levels=held, **more)


def entry(customer: str | None, **more: Any) -> RosterEntry:
    held = more.get("maintainer")
    given: dict[str, Any] = {
        "number": f"E-{customer}",
        "customer": customer,
        "level": "金卡",
        "source": Source.SYSTEM,
        "listed_on": LISTED,
        "state": EntryState.POOLED if held is None else EntryState.MAINTAINED,
    }
    return RosterEntry(**given | more)


def held(staff: str, outlet: str, role: Role = Role.MAINTAINER) -> Assignment:
    return Assignment(staff=staff, outlet=outlet, since=LISTED, by="x", role=role)


def teller(number: str, *outlets: str, **more: Any) -> Staff:
    return Staff(number=number, postings=[Posting(post=Post.TELLER, outlet=one) for one in outlets], **more)


def asked(roster: Roster, **more: Any) -> tuple[Question, ...]:
    return roster_questions(roster, DAY, PAGE, **more).questions


def costs(roster: Roster) -> dict[str, dict[str, int]]:
    return {wish.customer: dict(wish.costs) for one in asked(roster) for wish in one.wishes}


def test_r16_only_persons_who_are_customers_on_the_day_at_a_level_of_the_ladder() -> None:
    struck = {"state": EntryState.STRUCK_OFF, "struck_off_on": LISTED, "struck_off_for": StruckFor.OUTLET}
    roster = Roster(
        staff=[teller("S-1", "A")],
        customers=[
            person("1"),
            person("2", kind=PartyKind.UNIT),
            person("3", valid=Span(None, LISTED)),
            person("4", ("黑卡", None)),
            person("5"),
            person("6", ("金卡", None)),
        ],
        entries=[entry(str(n), outlet="A") for n in (1, 2, 3, 4, 7)]
        + [entry("5", outlet="A", **struck), entry("6", outlet="A", level="黑卡")],
    )
    assert sorted(costs(roster)) == ["1", "6"]
    assert roster_questions(roster, DAY, PAGE).customers == 2


def test_r16_the_customers_own_level_of_the_day_counts() -> None:
    staff, risen = [teller("S-1", "A")], person("1", ("普通", None), ("金卡", LISTED))
    roster = Roster(staff=staff, customers=[risen], entries=[entry("1", level="普通", outlet="A")])
    same = evolve(roster, entries=[entry("1", level="金卡", outlet="A")])
    assert asked(roster) == asked(same)


def test_r17_candidates_are_on_post_at_the_outlet_and_known_ones_cost_less() -> None:
    off = Staff(number="S-9", postings=[Posting(post=Post.TELLER, outlet="A", valid=Span(None, LISTED))])
    helper, before = held("S-2", "A", Role.CO_MANAGER), evolve(held("S-3", "A"), until=DAY)
    roster = Roster(
        staff=[*(teller(f"S-{n}", "A") for n in (1, 2, 3, 4)), teller("S-5", "B"), off],
        customers=[person("1"), person("2"), person("3", outlet="B")],
        entries=[
            entry("1", maintainer=held("S-1", "A"), helpers=[helper], past=[before]),
            entry("2", outlet="A", languages=["YUE"]),
            entry("3"),
        ],
    )
    found = costs(roster)
    assert found["1"] == {"S-1": 0, "S-2": 0, "S-3": 0, "S-4": 40}
    assert found["2"] == dict.fromkeys(("S-1", "S-2", "S-3", "S-4"), 80)
    # Of no outlet: nobody is a candidate.
    assert found["3"] == {}
    assert [wish.today for one in asked(roster) for wish in one.wishes if wish.customer == "1"] == ["S-1"]


def test_r18_seats_have_the_floor_of_the_posts_as_far_as_the_capacity_holds_it() -> None:
    manager = Staff(number="S-3", postings=[Posting(post=Post.ACCOUNT_MANAGER, outlet="A")])
    roster = Roster(
        staff=[teller("S-1", "A"), teller("S-2", "A", capacity=4), manager],
        customers=[person(str(n)) for n in range(30)],
        entries=[entry(str(n), outlet="A") for n in range(30)],
    )
    seats = [(one.staff, one.floor, one.share, one.capacity) for one in asked(roster)[0].seats]
    assert seats == [("S-1", 10, 10, None), ("S-2", 4, 10, 4), ("S-3", 0, 10, None)]
    answer = assign(asked(roster)[0].wishes, asked(roster)[0].seats, roster_questions(roster, DAY, PAGE).terms)
    assert (answer.unplaced, answer.short) == ((), ())


def test_outlets_that_share_a_staff_member_are_one_question() -> None:
    roster = Roster(
        staff=[teller("S-1", "A", "C"), teller("S-2", "B"), teller("S-3", "C", "D")],
        customers=[person(str(n)) for n in range(5)],
        entries=[entry(str(n), outlet=outlet) for n, outlet in enumerate("ABCDE")],
    )
    groups = [([w.customer for w in one.wishes], [s.staff for s in one.seats]) for one in asked(roster)]
    assert groups == [(["0", "2", "3"], ["S-1", "S-3"]), (["1"], ["S-2"]), (["4"], [])]
    assert roster_questions(roster, DAY, PAGE).homes == {"S-1": "A, C", "S-2": "B", "S-3": "C, D"}


def test_candidates_of_the_banks_own_are_one_question() -> None:
    roster = Roster(
        staff=[teller("S-1", "A"), teller("S-2", "B")],
        customers=[person("1"), person("2")],
        entries=[entry("1", outlet="A"), entry("2", outlet="B")],
    )
    (one,) = asked(roster, costs={"1": {"S-2": 7}})
    assert [(wish.customer, dict(wish.costs)) for wish in one.wishes] == [("1", {"S-2": 7}), ("2", {})]
