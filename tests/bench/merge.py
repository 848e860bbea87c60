"""Planning a merge and undoing it: python tests/bench/merge.py [PLANS]. No aim is set.

Two customers that are one, each with several children of its own of which name, document, one telephone and one address are the same, five references, and one approval. Beside the
pair stands one with the least that a customer has. Undoing is asked with the record of that merge in the journal.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date

from custmaster.customer import Customer, evolve
from custmaster.customer.children import Held, NamedAs, Reached, Residing
from custmaster.customer.kinds import NameUsage
from custmaster.decision import Approval, Occasion, Outcome
from custmaster.dedup.alias_events import NumberMerged, NumberOpened
from custmaster.dedup.aliases import replay
from custmaster.desk import (
    EntityKind,
    Merge,
    MergeFacts,
    Reference,
    ReferenceManifest,
    Unmerge,
    UnmergeFacts,
    record_of,
)
from custmaster.desk.merge import plan
from custmaster.desk.unmerge import unplan
from custmaster.handbook import default
from custmaster.value.address import Address
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone

DAY = date(2026, 11, 23)
PAGE = default().on(DAY)
CARD = "11010519491231002X"
KIND = EntityKind(name="ACCOUNT", zh="账户", en="account", columns=["account.customer_number"])
MANIFEST = ReferenceManifest(version="2026.1", kinds=[KIND])
OPENED = [NumberOpened(number=f"600000000{at}", on=date(2020, 1, 1), request_id=f"O-{at}") for at in (1, 2)]
LIFTED = Approval(by="S-0007", reason="seen", codes=["MERGE_BY_PERSON", "MERGE_FIELD_DIFFERS", "MERGE_NAMES_ALIKE"])


def customer(at: int, own: int) -> Customer:
    """A customer with one child of each list that the other has too, and so many of its own; a passport stands with the second alone."""
    number = IdentityDocument(type=DocumentType.RESIDENT_ID, number=DocumentNumber(CARD))
    passport = IdentityDocument(type=DocumentType.CHINESE_PASSPORT, number=DocumentNumber("E12345678"))
    others = [Held(document=passport, primary=False)] if own and at > 1 else []
    former = [NamedAs(name=Name(f"张{'一二'[at - 1]}{one}"), usage=NameUsage.FORMER) for one in range(own)]
    return Customer(
        number=f"600000000{at}",
        kind=PartyKind.PERSON,
        names=[NamedAs(name=Name("张伟")), *former],
        documents=[Held(document=number, primary=True), *others],
        contacts=[Reached(contact=Phone(f"1365198{at if one else 0}{one:03d}")) for one in range(own + 1)],
        addresses=[
            Residing(address=Address(f"北京市海淀区学院路{at if one else 0}号{one}栋")) for one in range(own + 1)
        ],
    )


def microseconds(work: Callable[[], object], times: int) -> float:
    """The best of five runs, for one call."""
    spent: list[float] = []
    for _ in range(5):
        begun = time.perf_counter_ns()
        for _ in range(times):
            work()
        spent.append((time.perf_counter_ns() - begun) / times / 1000)
    return min(spent)


def measured(own: int, times: int) -> str:
    """One line: what moves, and what both questions take."""
    survivor, absorbed = customer(1, own), customer(2, own)
    asked = Merge(survivor=survivor, absorbed=absorbed, manifest=MANIFEST, system="BP")
    facts = MergeFacts(
        references=[Reference(kind="ACCOUNT", id=f"0200-{at}") for at in range(5)],
        looked_up=["ACCOUNT"],
        online_wealth=[],
        third_party_custody=[],
        legal_holds=[],
        blacklisted=[],
        aliases=replay(OPENED),
    )
    occasion = Occasion(day=DAY, actor="S-0042", request_id="T-1", approvals=[LIFTED])
    made = plan(asked, facts, occasion, PAGE)
    assert made.plan is not None, [str(reason.code) for reason in made.decision.reasons]
    gained, alias = made.plan.events
    record = record_of(made.plan)
    undo = Unmerge(
        record=record, survivor=evolve(survivor, gained), absorbed=evolve(absorbed, alias), reason="two", system="BP"
    )
    merged = NumberMerged(number=absorbed.number, into=survivor.number, on=DAY, request_id="T-1")
    known = UnmergeFacts(journal=[record], aliases=replay([*OPENED, merged]))
    later = Occasion(day=date(2026, 12, 24), actor="S-0042", request_id="T-2")
    back = unplan(undo, known, later, PAGE)
    assert back.decision.outcome is Outcome.ALLOWED
    assert back.plan is not None
    assert evolve(undo.survivor, back.plan.events[0]).contacts == survivor.contacts
    planning = microseconds(lambda: plan(asked, facts, occasion, PAGE), times)
    undoing = microseconds(lambda: unplan(undo, known, later, PAGE), times)
    children = sum(
        len(some) for one in (survivor, absorbed) for some in (one.names, one.documents, one.contacts, one.addresses)
    )
    moved = f"{children} children, {len(made.plan.children)} of them move"
    return f"{moved}: plan {planning:,.0f} us, unplan {undoing:,.0f} us"


def main(times: int) -> None:
    """Print a line for a plain pair and for one with several children."""
    for own in (0, 3):
        print(measured(own, times))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
