"""One JSON file with everything that is asked about a merge or its undoing: the two customers, and what the host states of them.

What a host must state it must state here too: an empty list says that somebody looked and found nothing. The numbers' ledger may be left out;
then it is what the two records themselves say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

from attrs import field, frozen

from custmaster.customer.kinds import Status
from custmaster.customer.record import Customer
from custmaster.dedup.alias_events import NumberStatus
from custmaster.dedup.alias_records import AliasLedger, NumberLife, Standing
from custmaster.desk.manifest import Reference
from custmaster.desk.merge_facts import MergeFacts, UnmergeFacts
from custmaster.desk.merge_plan import MergeField, MergeRecord, Side
from custmaster.errors import Fault, InvalidValue
from custmaster.wire._codec import Codec
from custmaster.wire._compiler import Compiler
from custmaster.wire._json import parsed, structured
from custmaster.wire.aliases import number_life_codec
from custmaster.wire.merges import merge_codec
from custmaster.wire.records import TAGS, customer_codec
from custmaster.wire.versions import Form

__all__ = ["Chosen", "MergeFile", "UndoFile", "read_merge", "read_undo"]

_BEFORE_EVERYTHING: Final = date(1, 1, 1)

if TYPE_CHECKING:

    def _references(values: Iterable[Reference]) -> tuple[Reference, ...]: ...

    def _texts(values: Iterable[str]) -> tuple[str, ...]: ...

    def _lives(values: Iterable[NumberLife]) -> tuple[NumberLife, ...]: ...

    def _records(values: Iterable[MergeRecord]) -> tuple[MergeRecord, ...]: ...

else:
    _references = _texts = _lives = _records = tuple


@frozen(kw_only=True)
class Chosen:
    """From which side each field is taken that a record holds once; None leaves it to the merge."""

    name: Side | None = None
    document: Side | None = None
    sex: Side | None = None
    birth_date: Side | None = None
    nationality: Side | None = None
    source_key: Side | None = None
    opened_on: Side | None = None
    unit: Side | None = None

    @property
    def choices(self) -> Mapping[MergeField, Side]:
        """Those that were made."""
        return {choice: side for choice in MergeField if (side := getattr(self, choice.value)) is not None}


_NOTHING_CHOSEN: Final = Chosen()


@frozen(kw_only=True)
class MergeFile:
    """What `custmaster merge plan` reads; the names are those of `Merge` and `MergeFacts`."""

    survivor: Customer
    absorbed: Customer
    references: tuple[Reference, ...] = field(converter=_references)
    looked_up: tuple[str, ...] = field(converter=_texts)
    online_wealth: tuple[str, ...] = field(converter=_texts)
    third_party_custody: tuple[str, ...] = field(converter=_texts)
    legal_holds: tuple[str, ...] = field(converter=_texts)
    blacklisted: tuple[str, ...] = field(converter=_texts)
    choices: Chosen = _NOTHING_CHOSEN
    aliases: tuple[NumberLife, ...] = field(default=(), converter=_lives)

    @property
    def facts(self) -> MergeFacts:
        """What the file states, for `merge.plan`."""
        return MergeFacts(
            references=self.references,
            looked_up=self.looked_up,
            online_wealth=self.online_wealth,
            third_party_custody=self.third_party_custody,
            legal_holds=self.legal_holds,
            blacklisted=self.blacklisted,
            aliases=_ledger(self.aliases, (self.survivor, self.absorbed)),
        )


@frozen(kw_only=True)
class UndoFile:
    """What `custmaster merge undo` reads: the request that made the merge, the journal that holds it, and the two as they are now.

    Errors: InvalidValue (MISSING) for a journal without that merge.
    """

    merge: str
    journal: tuple[MergeRecord, ...] = field(converter=_records)
    survivor: Customer
    absorbed: Customer
    reason: str
    aliases: tuple[NumberLife, ...] = field(default=(), converter=_lives)

    def __attrs_post_init__(self) -> None:
        if all(one.request_id != self.merge for one in self.journal):
            raise InvalidValue(Fault.MISSING, path="journal", remedy="it holds the record of the merge itself")

    @property
    def record(self) -> MergeRecord:
        """The merge that is to be undone."""
        return next(one for one in self.journal if one.request_id == self.merge)

    @property
    def facts(self) -> UnmergeFacts:
        """What the file states, for `unmerge.unplan`."""
        ledger = _ledger(self.aliases, (self.survivor, self.absorbed))
        return UnmergeFacts(journal=self.journal, aliases=ledger)


def _ledger(lives: tuple[NumberLife, ...], customers: tuple[Customer, ...]) -> AliasLedger:
    """The ledger that was given, else what the records say of their own numbers and of the survivors that they name."""
    if lives:
        return AliasLedger(lives=lives)
    named = (customer.merged_into for customer in customers if customer.merged_into is not None)
    said = {number: NumberLife(number=number, standings=[_given(_BEFORE_EVERYTHING, number)]) for number in named}
    said |= {customer.number: _life_of(customer) for customer in customers}
    return AliasLedger(lives=said.values())


def _given(since: date, request_id: str) -> Standing:
    return Standing(status=NumberStatus.ACTIVE, since=since, request_id=request_id)


def _life_of(customer: Customer) -> NumberLife:
    opened = customer.opened_on or _BEFORE_EVERYTHING
    since = max(customer.closed_on or opened, opened)
    request, last = (*customer.requests[:1], customer.number)[0], (customer.number, *customer.requests[-1:])[-1]
    standings = [_given(opened, request)]
    if customer.merged_into is not None:
        into = (customer.merged_into,)
        standings.append(Standing(status=NumberStatus.MERGED_INTO, since=since, into=into, request_id=last))
    if customer.status is Status.DELETED:
        standings.append(Standing(status=NumberStatus.CLOSED, since=since, request_id=last))
    return NumberLife(number=customer.number, standings=standings)


@cache
def _codec(kind: type[Any]) -> Codec:
    known: dict[Any, Codec] = {
        Customer: customer_codec(),
        NumberLife: number_life_codec(),
        MergeRecord: merge_codec(Form.MERGE_RECORD),
    }
    return Compiler(known, TAGS).codec(kind)


def read_merge(data: bytes | str) -> MergeFile:
    """The question that a JSON text asks. Errors: an ExceptionGroup of InvalidValue, one for every fault, with its path.

    >>> try:
    ...     read_merge('{"survivor": {"schema": 1, "number": "6000000001", "kind": "PERSON"}}')
    ... except ExceptionGroup as problem:
    ...     [fault.path for fault in problem.exceptions][:3]
    ['absorbed', 'references', 'looked_up']
    """
    return cast("MergeFile", structured(_codec(MergeFile), parsed(data), "question"))


def read_undo(data: bytes | str) -> UndoFile:
    """The question about undoing a merge that a JSON text asks; errors as `read_merge`."""
    return cast("UndoFile", structured(_codec(UndoFile), parsed(data), "question"))
