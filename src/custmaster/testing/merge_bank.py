"""A host in memory that merges customers and undoes merges as the desk plans it: records, references, journal and alias ledger.

What a host around this library does for a merge stands here in its shortest form; docs/examples/merge_host.py does the same in a database.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, cast

import attrs
from attrs import define, field

from custmaster.customer.events import CustomerEvent, evolve
from custmaster.customer.record import Customer
from custmaster.decision import Allowed, Approval, Occasion
from custmaster.dedup import aliases
from custmaster.dedup.alias_events import AliasEvent, NumberOpened
from custmaster.dedup.alias_records import EMPTY, AliasLedger
from custmaster.dedup.steward import EMPTY_LEDGER, Contradiction, Ledger, Ruling
from custmaster.desk import joint
from custmaster.desk.manifest import EntityKind, Reference, ReferenceManifest
from custmaster.desk.merge import plan
from custmaster.desk.merge_codes import MergeCode
from custmaster.desk.merge_facts import Merge, MergeAnswer, MergeFacts, Unmerge, UnmergeAnswer, UnmergeFacts
from custmaster.desk.merge_plan import MergeRecord, record_of
from custmaster.desk.unmerge import unplan
from custmaster.errors import CustmasterError
from custmaster.handbook import Page

__all__ = ["EVERYTHING_SEEN", "MANIFEST", "MergeBank", "content"]

MANIFEST: Final = ReferenceManifest(
    version="kit",
    kinds=[
        EntityKind(name="ACCOUNT", zh="账户", en="account", columns=["account.customer_number"]),
        EntityKind(name="CARD", zh="卡", en="card", columns=["card.customer_number"]),
    ],
)
EVERYTHING_SEEN: Final = Approval(by="S-0007", reason="seen", codes=[code.value for code in MergeCode])
"""An approval of everything that may be approved."""


def content(customer: Customer) -> Customer:
    """The record without the traces of what happened to it: `closures` and `requests`, which only ever grow."""
    return attrs.evolve(customer, closures=(), requests=())


@define
class MergeBank:
    """The bank: `records` by number, `references` (kind and id) with the number that each refers to, `journal` in order of the merges."""

    page: Page
    records: dict[str, Customer] = field(factory=dict[str, Customer])
    references: dict[tuple[str, str], str] = field(factory=dict[tuple[str, str], str])
    journal: list[MergeRecord] = field(factory=list[MergeRecord])
    ledger: AliasLedger = EMPTY
    rulings: Ledger = EMPTY_LEDGER
    told: list[AliasEvent] = field(factory=list[AliasEvent])
    day: date = date(2026, 11, 23)
    asked: int = 0

    def add(self, customers: Iterable[Customer]) -> None:
        """Take customers up, each with an account; all were opened on the bank's day."""
        for customer in customers:
            self.records[customer.number] = customer
            self.references["ACCOUNT", customer.number] = customer.number
            self._tell(NumberOpened(number=customer.number, on=self.day, request_id=f"O-{customer.number}"))

    def happens(self, event: CustomerEvent) -> None:
        """One event: the record after it, and what it forces upon its number."""
        self.records[event.number] = evolve(self.records[event.number], event)
        for one in joint.consequences([event], joint.Noun.NUMBER):
            self._tell(cast("AliasEvent", one.effect))

    def merge(self, survivor: str, absorbed: str, **more: Any) -> MergeAnswer:
        """Ask, and execute what is allowed: events, references and journal together."""
        merge = Merge(
            survivor=self.records[survivor], absorbed=self.records[absorbed], manifest=MANIFEST, system="BP", **more
        )
        answer = plan(merge, self._facts(absorbed), self._occasion(), self.page)
        made = answer.plan
        if made is not None:
            self._execute(answer.decision)
            self._refer(made.references, made.absorbed, made.survivor)
            self.journal.append(record_of(made))
        return answer

    def unmerge(self, request_id: str) -> UnmergeAnswer:
        """Ask to undo the merge of this request, and execute what is allowed."""
        place = next(at for at, one in enumerate(self.journal) if one.request_id == request_id)
        record = self.journal[place]
        undo = Unmerge(
            record=record,
            survivor=self.records[record.survivor],
            absorbed=self.records[record.absorbed],
            reason="two persons",
            system="BP",
        )
        facts = UnmergeFacts(journal=self.journal, aliases=self.ledger, rulings=self.rulings)
        answer = unplan(undo, facts, self._occasion(), self.page)
        made = answer.plan
        if made is not None:
            self._execute(answer.decision)
            self._refer(made.references, made.survivor, made.absorbed)
            self.journal[place] = attrs.evolve(record, reversed_by=made.request_id)
            self.rules(made.ruling)
        return answer

    def rules(self, ruling: Ruling) -> None:
        """A steward's ruling is taken up. Errors: CustmasterError for one that contradicts those before it."""
        answer = self.rulings.add(ruling)
        if isinstance(answer, Contradiction):
            raise CustmasterError(answer.sentence)
        self.rulings = answer

    def _facts(self, absorbed: str) -> MergeFacts:
        held = [Reference(kind=kind, id=id_) for (kind, id_), number in self.references.items() if number == absorbed]
        return MergeFacts(
            references=held,
            looked_up=MANIFEST.names,
            online_wealth=(),
            third_party_custody=(),
            legal_holds=(),
            blacklisted=(),
            aliases=self.ledger,
            rulings=self.rulings,
        )

    def _occasion(self) -> Occasion:
        self.asked += 1
        return Occasion(day=self.day, actor="S-0042", request_id=f"T-{self.asked}", approvals=[EVERYTHING_SEEN])

    def _execute(self, decision: object) -> None:
        for event in cast("Allowed", decision).events:
            self.happens(cast("CustomerEvent", event))

    def _refer(self, moved: Iterable[Reference], before: str, after: str) -> None:
        for one in moved:
            if self.references[one.kind, one.id] != before:
                raise CustmasterError(
                    f"a {one.kind} does not refer to {before}: the references were not those of the plan"
                )
            self.references[one.kind, one.id] = after

    def _tell(self, event: AliasEvent) -> None:
        self.ledger = aliases.evolve(self.ledger, event)
        self.told.append(event)
