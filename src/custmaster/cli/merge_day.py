"""The end of the demo's day: a second record of the customer is found in the old core, merged after a person has looked, and parted again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final, cast

from custmaster.customer import Customer
from custmaster.customer import evolve as apply
from custmaster.customer.children import Held, NamedAs, Reached
from custmaster.decision import Approval, Decision, Occasion
from custmaster.dedup.alias_events import AliasEvent, NumberOpened
from custmaster.dedup.aliases import replay
from custmaster.desk import (
    EntityKind,
    Merge,
    MergeFacts,
    MergePlan,
    Reference,
    ReferenceManifest,
    Unmerge,
    UnmergeFacts,
    joint,
    record_of,
)
from custmaster.desk.merge import plan
from custmaster.desk.unmerge import unplan
from custmaster.handbook import Page
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone

__all__ = ["merged_and_parted"]

_OPENED: Final = date(1996, 4, 1)
_SYSTEM: Final = "BP"
_MANIFEST: Final = ReferenceManifest(
    version="demo",
    kinds=[EntityKind(name="ACCOUNT", zh="账户", en="account", columns=["account.customer_number"])],
)
_OLD: Final = Customer(
    number="1000000005",
    kind=PartyKind.PERSON,
    opened_on=_OPENED,
    names=[NamedAs(name=Name("张伟"))],
    documents=[
        Held(
            document=IdentityDocument(type=DocumentType.RESIDENT_ID, number=DocumentNumber("440524880101002")),
            primary=True,
        )
    ],
    contacts=[Reached(contact=Phone("0754-82345678"))],
)


def _told(made: MergePlan) -> Iterator[AliasEvent]:
    return (cast("AliasEvent", one.effect) for one in joint.consequences(made.events, joint.Noun.NUMBER))


def merged_and_parted(customer: Customer, page: Page, day: date) -> Iterator[tuple[str, str, Decision]]:
    """What is asked, in both languages, and the answers; nothing is parted that was not merged.

    >>> from custmaster.handbook import default
    >>> today = date(2026, 11, 23)
    >>> she = Customer(number="6000000001", kind=PartyKind.PERSON, names=_OLD.names)
    >>> [str(answer.outcome) for _, _, answer in merged_and_parted(she, default().on(today), today)]
    ['REVIEW', 'ALLOWED', 'ALLOWED']
    """
    ledger = replay(
        NumberOpened(number=one.number, on=one.opened_on or _OPENED, request_id=one.number) for one in (customer, _OLD)
    )
    facts = MergeFacts(
        references=[Reference(kind="ACCOUNT", id="0200-17")],
        looked_up=_MANIFEST.names,
        online_wealth=(),
        third_party_custody=(),
        legal_holds=(),
        blacklisted=(),
        aliases=ledger,
    )
    merge = Merge(survivor=customer, absorbed=_OLD, manifest=_MANIFEST, system=_SYSTEM)
    waiting = Occasion(day=day, actor="S-0042", request_id="T-21")
    asked = plan(merge, facts, waiting, page).decision
    yield "旧核心有她的15位证件记录,要求归并", "a record with her 15-digit number is to be merged", asked
    seen = Approval(by="S-0007", reason="both cards seen", codes=["MERGE_BY_PERSON"])
    answer = plan(merge, facts, Occasion(day=day, actor="S-0042", request_id="T-22", approvals=[seen]), page)
    yield "人工核对后归并,账户随之改指", "a person has looked: merged, her account with it", answer.decision
    made = answer.plan
    if made is not None:
        gained, alias = made.events
        record = record_of(made)
        after = replay(_told(made), ledger)
        undo = Unmerge(
            record=record,
            survivor=apply(customer, gained),
            absorbed=apply(_OLD, alias),
            reason="another person",
            system=_SYSTEM,
        )
        told = UnmergeFacts(journal=[record], aliases=after)
        parted = unplan(undo, told, Occasion(day=day, actor="S-0042", request_id="T-23"), page)
        yield "原来是另一个人: 撤销归并,两边复原", "it was another person: undone, both as before", parted.decision
