"""Roster entries in a merge, its undoing, a removal and a return: one maintainer remains (R-17), no history is lost, and all of it goes back."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import attrs
import pytest

from custmaster.customer import Customer
from custmaster.customer.children import Held, NamedAs
from custmaster.customer.events import Absorbed, Deleted, Reactivated
from custmaster.customer.events import evolve as customer_after
from custmaster.decision import Approval, Occasion, Outcome
from custmaster.dedup.alias_events import NumberOpened
from custmaster.dedup.aliases import replay
from custmaster.desk import (
    Merge,
    MergeAnswer,
    MergeFacts,
    ReferenceManifest,
    Unmerge,
    UnmergeAnswer,
    UnmergeFacts,
    joint,
    record_of,
)
from custmaster.desk.joined_entries import back_with, going_with
from custmaster.desk.merge import plan
from custmaster.desk.roster_facts import RosterBook
from custmaster.desk.unmerge import unplan
from custmaster.errors import CustmasterError
from custmaster.handbook import Language, default, render
from custmaster.roster import (
    Assignment,
    EntryState,
    Post,
    Posting,
    Proposal,
    Role,
    RosterEntry,
    RosterEvent,
    Source,
    Staff,
    StruckFor,
    evolve,
)
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.name import Name
from custmaster.value.party import PartyKind

DAY, LATER, LISTED = date(2026, 11, 23), date(2026, 11, 28), date(2026, 1, 5)
PAGE = default().on(DAY)
A, B = "6000000001", "6000000002"
LEDGER = replay([NumberOpened(number=number, on=LISTED, request_id=f"O-{number}") for number in (A, B)])
MANIFEST = ReferenceManifest(version="2026.1", kinds=[])
LIFTED = Approval(
    by="S-9", reason="seen", codes=["MERGE_NOT_SURE", "MERGE_UNPROVEN", "ROSTER_CHANGED_SINCE", "UNMERGE_CHANGED_SINCE"]
)
STAFF = [Staff(number=f"S-{n}", postings=[Posting(post=Post.TELLER, outlet="0101")]) for n in range(1, 6)]


def held(staff: str, role: Role = Role.MAINTAINER) -> Assignment:
    return Assignment(staff=staff, outlet="0101", role=role, since=date(2026, 2, 1), by="S-9")


def entry(customer: str, state: EntryState, staff: tuple[str, str, str], **more: Any) -> RosterEntry:
    """`staff` are who maintains it, to whom it is offered, and who helps."""
    maintainer, offered, helper = staff
    return RosterEntry(
        number=f"E-{customer[-1]}",
        customer=customer,
        level="金卡",
        source=Source.SYSTEM,
        listed_on=LISTED,
        state=state,
        maintainer=held(maintainer) if state in (EntryState.MAINTAINED, EntryState.HANDING_OVER) else None,
        proposal=Proposal(staff=offered, outlet="0101", on=date(2026, 3, 1), by="S-9")
        if state in (EntryState.PROPOSED, EntryState.HANDING_OVER)
        else None,
        helpers=[held(helper, Role.CO_MANAGER)],
        **more,
    )


def person(number: str) -> Customer:
    document = IdentityDocument(type=DocumentType.RESIDENT_ID, number=DocumentNumber("11010519491231002X"))
    names, documents = [NamedAs(name=Name("张伟"))], [Held(document=document, primary=True)]
    return Customer(number=number, kind=PartyKind.PERSON, names=names, documents=documents)


def merged(*entries: RosterEntry, known: bool = True, on: date = DAY) -> MergeAnswer:
    asked = Merge(survivor=person(A), absorbed=person(B), manifest=MANIFEST, system="BP")
    none: dict[str, Any] = {"references": (), "looked_up": (), "online_wealth": (), "third_party_custody": ()}
    facts = MergeFacts(
        **none,
        legal_holds=(),
        blacklisted=(),
        aliases=LEDGER,
        book=RosterBook(entries=entries, staff=STAFF) if known else None,
    )
    return plan(asked, facts, Occasion(day=on, actor="S-0042", request_id="T-1", approvals=[LIFTED]), PAGE)


def undone(answer: MergeAnswer, book: RosterBook | None) -> UnmergeAnswer:
    assert answer.plan is not None
    absorbed, gone = answer.plan.events
    numbers = [one.effect for one in joint.consequences(answer.plan.events, joint.Noun.NUMBER)]
    record = record_of(answer.plan)
    undo = Unmerge(
        record=record,
        survivor=customer_after(person(A), absorbed),
        absorbed=customer_after(person(B), gone),
        reason="two persons",
        system="BP",
    )
    facts = UnmergeFacts(journal=[record], aliases=replay(numbers, LEDGER), book=book)  # type: ignore[arg-type]
    occasion = Occasion(day=LATER, actor="S-0042", request_id="T-2", approvals=[LIFTED])
    return unplan(undo, facts, occasion, default().on(LATER))


def after(entries: tuple[RosterEntry, ...], events: tuple[RosterEvent, ...]) -> tuple[RosterEntry, ...]:
    there = {one.number: one for one in entries}
    for event in events:
        there[event.number] = evolve(there[event.number], event)
    return tuple(there.values())


def made(answer: MergeAnswer | UnmergeAnswer) -> Any:
    assert answer.plan is not None, codes(answer)
    return answer.plan


def codes(answer: MergeAnswer | UnmergeAnswer) -> list[str]:
    for reason in answer.decision.reasons:
        assert all(render(reason.code, reason.facts, lang) for lang in Language)
    return [reason.code.value for reason in answer.decision.reasons]


LIVE = [state for state in EntryState if state is not EntryState.STRUCK_OFF]
P, M, H, O = EntryState.POOLED, EntryState.MAINTAINED, EntryState.HANDING_OVER, EntryState.PROPOSED  # noqa: E741
# survivor's, absorbed customer's -> what remains, who maintains it, to whom it is offered
REMAINS: dict[tuple[EntryState, EntryState], tuple[EntryState, str | None, str | None]] = {
    (P, P): (P, None, None),
    (P, O): (O, None, "S-4"),
    (P, M): (M, "S-3", None),
    (P, H): (H, "S-3", "S-4"),
    (O, P): (O, None, "S-2"),
    (O, O): (O, None, "S-2"),
    (O, M): (M, "S-3", None),
    (O, H): (H, "S-3", "S-4"),
    (M, P): (M, "S-1", None),
    (M, O): (M, "S-1", None),
    (M, M): (M, "S-1", None),
    (M, H): (M, "S-1", None),
    (H, P): (H, "S-1", "S-2"),
    (H, O): (H, "S-1", "S-2"),
    (H, M): (H, "S-1", "S-2"),
    (H, H): (H, "S-1", "S-2"),
}
PAIRS = pytest.mark.parametrize(("mine", "theirs"), list(product(LIVE, LIVE)))


def both(mine: EntryState, theirs: EntryState) -> tuple[RosterEntry, RosterEntry]:
    return (
        entry(A, mine, ("S-1", "S-2", "S-5"), needs=["理财"]),
        entry(B, theirs, ("S-3", "S-4", "S-5"), needs=["贷款"]),
    )


@PAIRS
def test_r17_a_merge_leaves_one_live_entry_with_one_maintainer(mine: EntryState, theirs: EntryState) -> None:
    entries = both(mine, theirs)
    remains, gone = after(entries, made(merged(*entries)).roster_events)
    maintainer = None if remains.maintainer is None else remains.maintainer.staff
    offered = None if remains.proposal is None else remains.proposal.staff
    assert (remains.state, maintainer, offered) == REMAINS[mine, theirs]
    assert (gone.state, gone.struck_off_for, gone.customer) == (EntryState.STRUCK_OFF, StruckFor.MERGED, B)
    assert remains.needs == tuple(sorted(["理财", "贷款"]))
    assert [one.staff for one in remains.helpers] == ["S-5"]


@PAIRS
def test_no_maintainer_is_forgotten_by_a_merge(mine: EntryState, theirs: EntryState) -> None:
    entries = both(mine, theirs)
    remains, _ = after(entries, made(merged(*entries)).roster_events)
    before = {one.maintainer.staff for one in entries if one.maintainer is not None}
    known = {one.staff for one in (remains.maintainer, *remains.past) if one is not None}
    assert before <= known


def test_r17_both_histories_stand_in_what_remains() -> None:
    """A variant that keeps the survivor's history alone would lose S-4."""
    mine, theirs = both(M, P)
    mine = attrs.evolve(mine, past=[attrs.evolve(held("S-2"), until=DAY)])
    theirs = attrs.evolve(theirs, past=[attrs.evolve(held("S-4"), until=DAY)])
    remains, gone = after((mine, theirs), made(merged(mine, theirs)).roster_events)
    assert [(one.staff, one.until) for one in remains.past] == [("S-2", DAY), ("S-4", DAY)]
    assert [one.staff for one in gone.past] == ["S-4", "S-5"]


@PAIRS
def test_undoing_gives_both_back_as_they_stood(mine: EntryState, theirs: EntryState) -> None:
    entries = both(mine, theirs)
    answer = merged(*entries)
    now = after(entries, made(answer).roster_events)
    back = undone(answer, RosterBook(entries=now, staff=STAFF))
    assert after(now, made(back).roster_events) == entries


def test_the_only_entry_goes_to_the_survivor_and_back_with_what_happened_since() -> None:
    only = entry(B, M, ("S-3", "S-4", "S-5"))
    answer = merged(only)
    (now,) = after((only,), made(answer).roster_events)
    assert (now.number, now.customer, now.maintainer) == ("E-2", A, only.maintainer)
    now = attrs.evolve(now, maintainer=held("S-4"))
    back = undone(answer, RosterBook(entries=[now], staff=STAFF))
    assert after((now,), made(back).roster_events) == (attrs.evolve(now, customer=B),)
    elsewhere = attrs.evolve(now, customer="6000000009")
    left = undone(answer, RosterBook(entries=[elsewhere], staff=STAFF))
    assert ("ROSTER_CHANGED_SINCE" in codes(left), made(left).roster_events) == (True, ())


def test_nothing_moves_for_a_customer_who_is_not_on_the_roster_or_a_host_without_one() -> None:
    only = entry(A, M, ("S-1", "S-2", "S-5"))
    assert made(merged(only)).roster_events == ()
    assert made(merged(only, known=False)).roster_events == ()
    assert made(undone(merged(only, known=False), None)).roster_events == ()


def test_an_entry_that_changed_after_the_merge_stays_and_a_person_looks_at_it() -> None:
    entries = both(P, M)
    answer = merged(*entries)
    remains, gone = after(entries, made(answer).roster_events)
    remains = attrs.evolve(remains, maintainer=held("S-1"))
    back = undone(answer, RosterBook(entries=[remains, gone], staff=STAFF))
    assert "ROSTER_CHANGED_SINCE" in codes(back)
    assert after((remains, gone), made(back).roster_events) == (remains, entries[1])


def test_whoever_left_the_post_since_maintains_nothing_after_the_undoing() -> None:
    entries = both(M, H)
    answer = merged(*entries)
    now = after(entries, made(answer).roster_events)
    left = [one for one in STAFF if one.number not in ("S-3", "S-4", "S-5")]
    back = undone(answer, RosterBook(entries=now, staff=left))
    assert [code for code in codes(back) if code == "MAINTAINER_GONE"] == ["MAINTAINER_GONE"]
    mine, theirs = after(now, made(back).roster_events)
    assert (mine.state, mine.helpers) == (M, ())
    assert (theirs.state, theirs.helpers) == (P, ())
    assert [(one.staff, one.until) for one in theirs.past] == [("S-3", LATER), ("S-5", LATER)]


def full(staff: str, capacity: int) -> list[Staff]:
    return [attrs.evolve(one, capacity=capacity) if one.number == staff else one for one in STAFF]


def test_whoever_filled_the_seats_since_maintains_nothing_more_after_the_undoing() -> None:
    """The seat that the merge freed was given to another entry: putting it back would be one too many."""
    entries = both(M, M)
    answer = merged(*entries)
    now = after(entries, made(answer).roster_events)
    another = attrs.evolve(entry(B, M, ("S-3", "S-4", "S-5")), number="E-3", customer="6000000003", helpers=())
    for capacity, code, state in ((1, ["MAINTAINER_FULL"], P), (2, [], M)):
        back = undone(answer, RosterBook(entries=[*now, another], staff=full("S-3", capacity)))
        assert [told for told in codes(back) if told.startswith("MAINTAINER")] == code
        mine, theirs = after(now, made(back).roster_events)
        assert (mine, theirs.state) == (entries[0], state)
        assert ("S-3", LATER) in {(one.staff, one.until) for one in theirs.past} or capacity == 2


def test_a_seat_that_one_of_the_two_gives_up_is_free_for_the_other() -> None:
    """The survivor's entry had taken over the only seat, and gives it back."""
    entries = both(P, M)
    answer = merged(*entries)
    now = after(entries, made(answer).roster_events)
    back = undone(answer, RosterBook(entries=now, staff=full("S-3", 1)))
    assert after(now, made(back).roster_events) == entries


def test_an_entry_that_stayed_where_it_is_keeps_a_seat_even_when_there_are_fewer_now() -> None:
    entries = both(M, M)
    answer = merged(*entries)
    now = after(entries, made(answer).roster_events)
    back = undone(answer, RosterBook(entries=now, staff=full("S-1", 0)))
    assert after(now, made(back).roster_events) == entries


def test_a_helper_who_comes_to_maintain_helps_no_longer() -> None:
    mine = entry(A, P, ("S-1", "S-2", "S-3"))
    theirs = entry(B, M, ("S-3", "S-4", "S-5"))
    remains, _ = after((mine, theirs), made(merged(mine, theirs)).roster_events)
    assert remains.maintainer is not None
    assert (remains.maintainer.staff, [one.staff for one in remains.helpers]) == ("S-3", ["S-5"])
    assert [(one.staff, one.role) for one in remains.past] == [("S-3", Role.CO_MANAGER)]


def test_a_merge_before_the_last_event_of_an_entry_is_refused() -> None:
    answer = merged(*both(M, M), on=date(2026, 1, 31))
    assert answer.decision.outcome is Outcome.REFUSED
    assert codes(answer).count("ENTRY_DAY_TOO_EARLY") == 2


def test_undoing_a_merge_that_moved_entries_needs_them_loaded() -> None:
    with pytest.raises(CustmasterError, match="roster entries"):
        undone(merged(*both(M, M)), None)


# --- removing and bringing back -------------------------------------------------------------------------------------------


def test_r63_a_removed_customer_leaves_the_roster_and_is_in_the_pool_when_it_comes_back() -> None:
    head: dict[str, Any] = {"on": DAY, "actor": "S-1", "request_id": "T-1", "number": A}
    there = entry(A, H, ("S-1", "S-2", "S-5"))
    (told,) = joint.consequences(
        [Deleted(**head)], joint.Noun.ROSTER, entries=going_with(RosterBook(entries=[there]), A, DAY)
    )
    gone = evolve(there, told.effect)  # type: ignore[arg-type]
    assert (gone.state, gone.struck_off_for) == (EntryState.STRUCK_OFF, StruckFor.DELETED)
    moves = back_with(RosterBook(entries=[gone]), A)
    (told,) = joint.consequences([Reactivated(**head)], joint.Noun.ROSTER, entries=moves)
    back = evolve(gone, told.effect)  # type: ignore[arg-type]
    assert (back.state, [one.staff for one in back.past]) == (P, ["S-1", "S-5"])


def test_what_the_outlet_struck_off_does_not_come_back_with_the_customer() -> None:
    there = entry(A, P, ("S-1", "S-2", "S-5"), struck_off_on=None)
    struck = attrs.evolve(
        there, state=EntryState.STRUCK_OFF, helpers=(), struck_off_on=DAY, struck_off_for=StruckFor.OUTLET
    )
    assert back_with(RosterBook(entries=[struck]), A) == ()
    assert going_with(RosterBook(entries=[struck]), A, DAY) == ()


# --- the rows -------------------------------------------------------------------------------------------------------------


def test_no_row_of_the_roster_leads_to_another_and_the_guard_would_see_one_that_did() -> None:
    rows = [row for row in joint.JOINT if isinstance(row, joint.ForceEntry)]
    assert len(rows) == 8
    assert joint.leading_on(joint.JOINT) == ()
    bad = attrs.evolve(rows[0], leads_to=Absorbed)
    assert joint.leading_on([*joint.JOINT, bad]) == (bad,)


def test_a_forced_event_is_of_the_kind_that_its_row_says_and_of_no_other() -> None:
    """A row that took every move would make a joined entry also a reassigned one."""
    answer = made(merged(*both(P, M)))
    told = joint.consequences(answer.events, joint.Noun.ROSTER, entries=answer.entries)
    assert [type(one.effect).__name__ for one in told] == ["EntryJoined", "EntryStruckOff"]
    assert joint.consequences(answer.events, joint.Noun.ROSTER) == ()
