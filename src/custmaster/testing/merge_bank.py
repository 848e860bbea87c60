"""A host in memory that merges customers and undoes merges as the desk plans it: records, references, journal, numbers, usage, restrictions.

What a host around this library does for a merge stands here in its shortest form; docs/examples/merge_host.py does the same in a database.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
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
from custmaster.limits.events import UsagesJoined, UsagesParted
from custmaster.limits.reserving import combined, parted, reserve
from custmaster.limits.transaction import Slot, Transaction
from custmaster.limits.usage import Usage
from custmaster.screening.kinds import LiftCondition, RestrictionCause
from custmaster.screening.ledger import EMPTY_RESTRICTIONS, RestrictionLedger
from custmaster.screening.restriction import Restriction, RestrictionImposed, RestrictionsJoined, RestrictionsParted
from custmaster.value.account import AccountNumber
from custmaster.value.money import Money
from custmaster.value.span import Span

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
    usages: dict[str, Usage] = field(factory=dict[str, Usage])
    restrictions: RestrictionLedger = EMPTY_RESTRICTIONS
    day: date = date(2026, 11, 23)
    asked: int = 0

    def add(self, customers: Iterable[Customer]) -> None:
        """Take customers up, each with an account over which something was paid, and restricted; all were opened on the bank's day."""
        for customer in customers:
            number = customer.number
            self.records[number] = customer
            self.references["ACCOUNT", number] = number
            self._tell(NumberOpened(number=number, on=self.day, request_id=f"O-{number}"))
            self.usages[number] = Usage.of(number)
            self.pays(number, number, f"P-{number}")
            self.restrictions = self.restrictions.extend([self._restricted(number)])

    def pays(self, customer: str, account: str, name: str) -> None:
        """One yuan goes out over the account, and counts for the customer."""
        way = Slot(channel="MOBILE", action="SPEND", account=AccountNumber(account))
        paid = Transaction(id=name, customer=customer, day=self.day, slot=way, amount=Money(Decimal(1)))
        self.usages[customer] = reserve(self.usages[customer], paid)

    def happens(self, event: CustomerEvent, accounts: Iterable[AccountNumber] = ()) -> None:
        """One event: the record after it, and what it forces upon its number, upon what was used and upon restrictions.

        `accounts` are those that go back to a customer whose merge is undone.
        """
        self.records[event.number] = evolve(self.records[event.number], event)
        for one in joint.consequences([event]):
            match one.effect:
                case UsagesJoined() as told:
                    self.usages[told.into] = combined(self.usages[told.into], self.usages.pop(told.customer))
                case UsagesParted() as told:
                    left, gone = parted(self.usages[told.into], told.customer, tuple(accounts))
                    self.usages |= {told.into: left, told.customer: gone}
                case RestrictionsJoined() | RestrictionsParted() as told:
                    self.restrictions = self.restrictions.extend([told])
                case effect if one.noun is joint.Noun.NUMBER:
                    self._tell(cast("AliasEvent", effect))
                case _:
                    pass  # sync and contracts are kept elsewhere

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
            accounts = [AccountNumber(one.id) for one in made.references if one.kind == "ACCOUNT"]
            self._execute(answer.decision, accounts)
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

    def _restricted(self, number: str) -> RestrictionImposed:
        restriction = Restriction(
            number=f"R-{number}",
            customer=number,
            cause=RestrictionCause.PHONE_SHARED,
            valid=Span(self.day, None),
            lift=LiftCondition.PHONE_CONFIRMED,
        )
        return RestrictionImposed(on=self.day, actor="S-0042", request_id=f"R-{number}", restriction=restriction)

    def _execute(self, decision: object, accounts: Iterable[AccountNumber] = ()) -> None:
        for event in cast("Allowed", decision).events:
            self.happens(cast("CustomerEvent", event), accounts)

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
