"""What is asked when two customers are merged, what the host states, and what is answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from attrs import field, frozen

from custmaster.customer.record import Customer
from custmaster.decision import Allowed, Decision
from custmaster.dedup.alias_records import AliasLedger
from custmaster.dedup.steward import EMPTY_LEDGER, Ledger
from custmaster.desk.contract_facts import Register
from custmaster.desk.manifest import Reference, ReferenceManifest, references
from custmaster.desk.merge_plan import MergeField, MergePlan, MergeRecord, Side, UnmergePlan
from custmaster.desk.roster_facts import RosterBook
from custmaster.desk.search import named
from custmaster.errors import Fault, InvalidValue

__all__ = ["Merge", "MergeAnswer", "MergeFacts", "Unmerge", "UnmergeAnswer", "UnmergeFacts"]


def _choices(given: Mapping[MergeField, Side]) -> Mapping[MergeField, Side]:
    try:
        return MappingProxyType({MergeField(name): Side(side) for name, side in given.items()})
    except ValueError:
        remedy = f"one of {', '.join(MergeField)}, each from one of {', '.join(Side)}"
    raise InvalidValue(Fault.UNKNOWN_CODE, path="choices", remedy=remedy)


@frozen(kw_only=True)
class Merge:
    """The request: who survives, who is absorbed, the host's reference manifest, and the system at which it is asked.

    `choices` says from which of the two a field is taken that a record holds once; without one the survivor's stays, and what it lacks is
    taken from the absorbed customer. Errors: InvalidValue (UNKNOWN_CODE) for a field or side that there is not.
    """

    survivor: Customer
    absorbed: Customer
    manifest: ReferenceManifest
    system: str
    choices: Mapping[MergeField, Side] = field(default=MappingProxyType({}), converter=_choices, hash=False)


@frozen(kw_only=True)
class MergeFacts:
    """What the host knows of the two beyond their records; each must be stated, for what was not looked up is not none.

    `references` are the things that refer to the absorbed customer, `looked_up` the kinds that were searched for them. The other four
    are customer numbers: who holds an online wealth account (网上理财), who has third-party custody (三方存管), whom an authority has
    frozen, who stands on a blacklist. `aliases` holds both numbers and whatever leads to or from them; `rulings` what stewards have
    said of the two, by their customer numbers. `register` holds all contracts of both, and those of others under the
    keys of the absorbed customer's; None says that the host keeps no contracts by this library. `book` holds the live roster
    entries of both; None says that it keeps no roster. `earlier` is the answer stored under the same request id. Errors: InvalidValue (DUPLICATE, LENGTH) for the references.
    """

    references: tuple[Reference, ...] = field(converter=references)
    looked_up: tuple[str, ...] = field(converter=named)
    online_wealth: tuple[str, ...] = field(converter=named)
    third_party_custody: tuple[str, ...] = field(converter=named)
    legal_holds: tuple[str, ...] = field(converter=named)
    blacklisted: tuple[str, ...] = field(converter=named)
    aliases: AliasLedger
    rulings: Ledger = EMPTY_LEDGER
    register: Register | None = None
    book: RosterBook | None = None
    earlier: MergeAnswer | None = None


@frozen(kw_only=True)
class MergeAnswer:
    """The decision, and what the merge would do; `preview` is None where there is nothing to show, as for a person and a unit."""

    decision: Decision
    preview: MergePlan | None = None

    @property
    def plan(self) -> MergePlan | None:
        """The plan to execute: None unless the decision is Allowed."""
        return self.preview if isinstance(self.decision, Allowed) else None


if TYPE_CHECKING:

    def _records(values: Iterable[MergeRecord]) -> tuple[MergeRecord, ...]: ...

else:
    _records = tuple


@frozen(kw_only=True)
class Unmerge:
    """The request to undo a merge: its record, the two customers as they are now, why, and the system at which it is asked."""

    record: MergeRecord
    survivor: Customer
    absorbed: Customer
    reason: str
    system: str


@frozen(kw_only=True)
class UnmergeFacts:
    """What the host knows: the records of all merges that touched either customer, in the order in which they were made.

    `aliases` holds both numbers and whatever leads to or from them; `rulings` what stewards have said of the two. `register` holds all
    contracts of both as they are now, `book` the roster entries that the merge moved, the staff that
    stood there, and all that these maintain or are offered. `earlier` is the answer stored under the same request id.
    """

    journal: tuple[MergeRecord, ...] = field(converter=_records)
    aliases: AliasLedger
    rulings: Ledger = EMPTY_LEDGER
    register: Register | None = None
    book: RosterBook | None = None
    earlier: UnmergeAnswer | None = None


@frozen(kw_only=True)
class UnmergeAnswer:
    """The decision, and what the undoing would do; `preview` is None where nothing can be undone."""

    decision: Decision
    preview: UnmergePlan | None = None

    @property
    def plan(self) -> UnmergePlan | None:
        """The plan to execute: None unless the decision is Allowed."""
        return self.preview if isinstance(self.decision, Allowed) else None
