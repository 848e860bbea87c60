"""The example host of merging: one transaction for a plan, one for its undoing, and a manifest that forgets no foreign key."""

from __future__ import annotations

import importlib
import json
import sqlite3
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from custmaster.customer.children import InRole
from custmaster.customer.events import Added, Opened
from custmaster.customer.kinds import RoleKind
from custmaster.decision import Approval, Occasion
from custmaster.dedup.aliases import replay, resolve
from custmaster.handbook import default
from custmaster.limits import Slot, Transaction, combined, reserve
from custmaster.roster import EntryAssigned, EntryListed, EntryReturned, Post, Posting, RosterEntry, Source, Staff
from custmaster.screening import LiftCondition, Restriction, RestrictionCause, RestrictionImposed, standing
from custmaster.testing.merge_bank import content
from custmaster.value.account import AccountNumber
from custmaster.value.money import Money
from custmaster.value.span import Span
from custmaster.wire import alias_event_from_json, ledger_to_jsonl, structure_customer

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
DAY = date(2026, 11, 23)
PAGE = default().on(DAY)
A, B = "6000000001", "1000000005"


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(EXAMPLES)
    yield importlib.import_module("merge_host")
    sys.modules.pop("merge_host", None)


@pytest.fixture
def host(module: Any) -> Any:
    made = module.MergeHost()
    people = json.loads((EXAMPLES / "merge" / "merge.json").read_text(encoding="utf-8"))
    for side in ("survivor", "absorbed"):
        customer = structure_customer(people[side])
        made.open(Opened(customer=customer, on=date(2020, 1, 1), actor="S-1", request_id=f"O-{customer.number}"))
    for table, id_, number in (("account", "1", A), ("account", "2", B), ("roster_entry", "3", B)):
        made.db.execute(f"insert into {table} (id, customer_number) values (?, ?)", (id_, number))
    yield made
    made.db.close()


def occasion(request: str, day: date = DAY) -> Occasion:
    seen = Approval(by="S-7", reason="both cards seen", codes=["MERGE_BY_PERSON"])
    return Occasion(day=day, actor="S-0042", request_id=request, approvals=[seen])


def dump(host: Any) -> list[str]:
    return list(host.db.iterdump())


def test_the_manifest_lists_every_column_that_refers_to_a_customer(host: Any) -> None:
    assert host.forgotten_columns() == ()
    host.db.execute("create table allergy (id text primary key, patient text references customer)")
    assert host.forgotten_columns() == ("allergy.patient",)


def test_a_plan_is_executed_and_undone_and_both_sides_are_as_they_were(host: Any) -> None:
    before = [content(host.customer(number)) for number in (A, B)]
    assert host.merge(A, B, occasion("T-1"), PAGE).plan is not None
    assert host.references(B) == []
    assert len(host.references(A)) == 3
    assert resolve(host.ledger(), B, DAY).end == A
    host.open(Added(number=A, child=InRole(kind=RoleKind.STAFF), on=DAY, actor="S-1", request_id="T-2"))
    host.db.execute("insert into card values ('9', ?)", (A,))
    assert host.undo("T-1", "two persons", occasion("T-3"), PAGE).plan is not None
    survivor, absorbed = (content(host.customer(number)) for number in (A, B))
    assert absorbed == before[1]
    assert (survivor.roles[-1].kind, survivor.roles[:-1]) == (RoleKind.STAFF, before[0].roles)
    assert (survivor.contacts, survivor.documents, survivor.sex) == (before[0].contacts, before[0].documents, None)
    assert {(one.kind, one.id) for one in host.references(B)} == {("ACCOUNT", "2"), ("ROSTER_ENTRY", "3")}
    assert {(one.kind, one.id) for one in host.references(A)} == {("ACCOUNT", "1"), ("CARD", "9")}


def test_who_replays_the_events_has_the_same_ledger(host: Any) -> None:
    host.merge(A, B, occasion("T-1"), PAGE)
    host.undo("T-1", "two persons", occasion("T-2", date(2026, 12, 1)), PAGE)
    downstream = replay(map(alias_event_from_json, host.number_events()))
    assert ledger_to_jsonl(downstream) == ledger_to_jsonl(host.ledger())


def test_what_was_undone_is_not_merged_again(host: Any) -> None:
    host.merge(A, B, occasion("T-1"), PAGE)
    host.undo("T-1", "two persons", occasion("T-2"), PAGE)
    before = dump(host)
    again = host.merge(A, B, occasion("T-3"), PAGE)
    assert "MERGE_CANNOT_LINK" in [str(reason.code) for reason in again.decision.reasons]
    assert dump(host) == before
    twice = host.undo("T-1", "again", occasion("T-4"), PAGE)
    assert [str(reason.code) for reason in twice.decision.reasons] == ["MERGE_ALREADY_REVERSED"]
    assert dump(host) == before


def enlisted(host: Any, number: str, customer: str, staff: str) -> None:
    entry = RosterEntry(
        number=number, customer=customer, level="金卡", source=Source.SYSTEM, listed_on=date(2026, 1, 5)
    )
    told: dict[str, Any] = {"on": date(2026, 1, 5), "actor": "S-9", "request_id": f"L-{number}"}
    host.store_staff(Staff(number=staff, postings=[Posting(post=Post.TELLER, outlet="0101")]))
    host.enlist(EntryListed(entry=entry, **told))
    host.enlist(EntryAssigned(number=number, staff=staff, outlet="0101", **told))


def maintained(host: Any) -> list[tuple[str, str | None, str | None]]:
    book = host.book(A, B)
    return [(one.number, one.customer, one.maintainer and one.maintainer.staff) for one in book.entries if one.is_live]


def test_r17_a_merge_leaves_one_entry_with_one_maintainer_and_its_undoing_gives_both_back(host: Any) -> None:
    enlisted(host, "E-1", A, "S-1")
    enlisted(host, "E-2", B, "S-2")
    before = host.book(A, B)
    merged = host.merge(A, B, occasion("T-1"), PAGE)
    assert [type(one).__name__ for one in merged.plan.roster_events] == ["EntryJoined", "EntryStruckOff"]
    assert maintained(host) == [("E-1", A, "S-1")]
    # The history of the other stands in it, and nothing of its references was lost: the row without a record is moved as one.
    assert [one.staff for one in host.book(A).entry("E-1").past] == ["S-2"]
    assert {one.id for one in host.references(A) if one.kind == "ROSTER_ENTRY"} == {"3"}
    assert host.undo("T-1", "two persons", occasion("T-2", date(2026, 12, 1)), PAGE).plan is not None
    assert host.book(A, B) == before


def test_r17_an_entry_of_the_absorbed_customer_alone_goes_to_the_survivor_and_back_with_what_happened_since(
    host: Any,
) -> None:
    enlisted(host, "E-2", B, "S-2")
    host.merge(A, B, occasion("T-1"), PAGE)
    assert maintained(host) == [("E-2", A, "S-2")]
    told: dict[str, Any] = {"on": DAY, "actor": "S-9", "request_id": "T-2"}
    host.enlist(EntryReturned(number="E-2", staff="S-2", **told))
    host.undo("T-1", "two persons", occasion("T-3", date(2026, 12, 1)), PAGE)
    assert maintained(host) == [("E-2", B, None)]


def test_a_crash_after_the_entries_were_joined_leaves_them_as_they_were(
    host: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    enlisted(host, "E-1", A, "S-1")
    enlisted(host, "E-2", B, "S-2")
    before = dump(host)

    def crash(*args: Any, **more: Any) -> None:
        raise sqlite3.OperationalError("disk full")

    monkeypatch.setattr(host, "_refer", crash)
    with pytest.raises(sqlite3.OperationalError):
        host.merge(A, B, occasion("T-1"), PAGE)
    assert dump(host) == before


def paid(name: str, customer: str, account: str) -> Transaction:
    way = Slot(channel="MOBILE", action="SPEND", account=AccountNumber(account))
    return Transaction(id=name, customer=customer, day=DAY, slot=way, amount=Money(Decimal(30)))


def frozen(customer: str) -> RestrictionImposed:
    restriction = Restriction(
        number=f"R-{customer}",
        customer=customer,
        cause=RestrictionCause.PHONE_SHARED,
        valid=Span(date(2026, 1, 1), None),
        lift=LiftCondition.PHONE_CONFIRMED,
    )
    return RestrictionImposed(on=DAY, actor="S-1", request_id=f"R-{customer}", restriction=restriction)


def numbers(host: Any, customer: str, day: date) -> list[str]:
    return [one.number for one in standing(host.restrictions(), customer, day)]


def test_what_both_used_is_summed_and_what_either_may_not_do_neither_may_until_they_part(host: Any) -> None:
    for number, account in ((A, "1"), (B, "2")):
        host.store_usage(reserve(host.usage(number), paid(f"P-{number}", number, account)))
        host.restrict(frozen(number))
    own = [host.usage(number) for number in (A, B)]
    assert host.merge(A, B, occasion("T-1"), PAGE).plan is not None
    both = host.usage(A)
    assert both == combined(*own)
    assert sum(count for _, count in both.days[DAY].values()) == 2
    assert host.usage(B).buckets == ()
    assert numbers(host, A, DAY) == [f"R-{B}", f"R-{A}"]
    host.store_usage(reserve(both, paid("P-3", A, "2")))
    later = date(2026, 12, 1)
    assert host.undo("T-1", "two persons", occasion("T-2", later), PAGE).plan is not None
    assert host.usage(A) == own[0]
    assert host.usage(B) == reserve(own[1], paid("P-3", B, "2"))  # with its account
    assert (numbers(host, A, later), numbers(host, B, later)) == ([f"R-{A}"], [f"R-{B}"])
    assert numbers(host, A, DAY) == [f"R-{B}", f"R-{A}"]  # a past day stays as it was


def test_a_crash_after_the_sums_were_joined_leaves_them_as_they_were(
    host: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    host.store_usage(reserve(host.usage(B), paid("P-1", B, "2")))
    before = dump(host)

    def crash(*args: Any) -> None:
        raise sqlite3.OperationalError("disk full")

    monkeypatch.setattr(host, "restrict", crash)
    with pytest.raises(sqlite3.OperationalError):
        host.merge(A, B, occasion("T-1"), PAGE)
    assert dump(host) == before


def test_a_crash_in_the_middle_leaves_nothing_behind(host: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dump(host)

    def crash(*args: Any, **more: Any) -> None:
        raise sqlite3.OperationalError("disk full")

    monkeypatch.setattr(host, "_refer", crash)
    with pytest.raises(sqlite3.OperationalError):
        host.merge(A, B, occasion("T-1"), PAGE)
    assert dump(host) == before
