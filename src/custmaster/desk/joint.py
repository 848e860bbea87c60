"""What happens to one noun when something happens to a customer: literal rows, FORBID or FORCE.

FORCE: the event has this consequence in another noun, in the same transaction. FORBID: another noun may stand against the event, and is asked.
No forced consequence is itself an event that has a row, so settling ends in one step; `leading_on` finds a row that would break this. A
noun that is built later adds its rows here. That live contracts stand against removing a customer is told by `remove` itself.

Removing a customer and bringing it back touches no restriction and nothing that was used: whoever was removed can do nothing that a restriction
would forbid, and a removal that lifted one would be a way around it. Both stay under the number, which is nobody else's, and stand again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import Final, cast

from attrs import frozen

from custmaster.contract.events import ContractEvent, ContractReassigned
from custmaster.customer.events import (
    Absorbed,
    CustomerEvent,
    Deleted,
    Merged,
    Opened,
    Reactivated,
    Released,
    Unmerged,
)
from custmaster.decision import Reason
from custmaster.dedup import aliases
from custmaster.dedup.alias_events import (
    AliasEvent,
    NumberClosed,
    NumberMerged,
    NumberOpened,
    NumberReactivated,
    NumberUnmerged,
)
from custmaster.dedup.alias_records import AliasLedger
from custmaster.desk.contract_facts import Register
from custmaster.desk.joined_contracts import judge_joining, reassigned
from custmaster.desk.joined_entries import judge_joined, moved
from custmaster.desk.roster_facts import RosterBook
from custmaster.limits.events import UsagesJoined, UsagesParted
from custmaster.roster.events import (
    EntryJoined,
    EntryParted,
    EntryReassigned,
    EntryReinstated,
    EntryRestored,
    EntryStruckOff,
    RosterEvent,
)
from custmaster.roster.standing import EntryMove
from custmaster.screening.restriction import RestrictionsJoined, RestrictionsParted
from custmaster.sync.codes import Cause, Operation
from custmaster.sync.direction import Policy, as_decision, decide, decide_merge

__all__ = [
    "JOINT",
    "Around",
    "Effect",
    "Forbid",
    "Force",
    "ForceEach",
    "ForceEntry",
    "Forced",
    "Noun",
    "consequences",
    "forbidden",
    "leading_on",
]


class Noun(StrEnum):
    """A noun that is not the customer itself."""

    NUMBER = "NUMBER"
    SYNC = "SYNC"
    CONTRACT = "CONTRACT"
    USAGE = "USAGE"
    RESTRICTION = "RESTRICTION"
    ROSTER = "ROSTER"


Effect = (
    AliasEvent
    | Operation
    | ContractEvent
    | UsagesJoined
    | UsagesParted
    | RestrictionsJoined
    | RestrictionsParted
    | RosterEvent
)


@frozen(kw_only=True)
class Forced:
    """One consequence for the customer of this number: an event on its number, a contract, what was used, restrictions or a roster entry, or one of sync."""

    noun: Noun
    number: str
    effect: Effect


@frozen(kw_only=True)
class Force:
    """One row: when `on` happens, `effect` happens to the noun; `makes` is it, from the event. `leads_to` is its kind."""

    on: type[object]
    noun: Noun
    leads_to: type[object] | Operation
    makes: Callable[[CustomerEvent], Effect]
    source: str


@frozen(kw_only=True)
class ForceEach:
    """One row: when `on` happens, `makes` gives the event on each contract that is named, by its number. `leads_to` is its kind."""

    on: type[object]
    noun: Noun
    leads_to: type[object]
    makes: Callable[[CustomerEvent, str], ContractEvent]
    source: str


@frozen(kw_only=True)
class ForceEntry:
    """One row: when `on` happens, each roster entry that moves with it has an event of the kind `leads_to`, where its move is such a one."""

    on: type[object]
    noun: Noun
    leads_to: type[object]
    source: str


@frozen(kw_only=True)
class Around:
    """What a FORBID row may look at: the numbers, the policy of sync, the system at which the question is asked, contracts and roster entries.

    `register` is None where the host keeps no contracts by this library, `book` where it keeps no roster.
    """

    ledger: AliasLedger
    policy: Policy
    system: str
    register: Register | None = None
    book: RosterBook | None = None


@frozen(kw_only=True)
class Forbid:
    """One row: when `on` is about to happen, `asks` says what stands against it in the noun."""

    on: type[object]
    noun: Noun
    says: str
    asks: Callable[[CustomerEvent, Around], Iterable[Reason]]
    source: str


Row = Force | ForceEach | ForceEntry | Forbid


def _numbered(
    kind: type[NumberOpened | NumberClosed | NumberReactivated | NumberUnmerged],
) -> Callable[..., AliasEvent]:
    def made(event: CustomerEvent) -> AliasEvent:
        return kind(number=event.number, on=event.on, request_id=event.request_id)

    return made


def _merged(event: CustomerEvent) -> NumberMerged:
    told = cast("Merged", event)
    return NumberMerged(number=told.number, into=told.into, on=told.on, request_id=told.request_id)


def _together(
    kind: type[UsagesJoined | UsagesParted | RestrictionsJoined | RestrictionsParted],
) -> Callable[[CustomerEvent], Effect]:
    """The absorbed customer's joins the survivor's, or parts from it."""

    def made(event: CustomerEvent) -> Effect:
        told = cast("Absorbed | Released", event)
        return kind(on=told.on, actor=told.actor, request_id=told.request_id, customer=told.absorbed, into=told.number)

    return made


def _always(operation: Operation) -> Callable[[CustomerEvent], Operation]:
    return lambda event: operation


def _the_numbers_take_it(event: CustomerEvent, around: Around) -> Iterable[Reason]:
    """A merge would not lead in a circle, and leads to a number that stands for a customer."""
    return aliases.judge(around.ledger, _merged(event))


def _sync_takes_it(event: CustomerEvent, around: Around) -> Iterable[Reason]:
    """A merge over two owners is started at the coordinator, and both numbers lie in a range."""
    told = cast("Merged", event)
    return as_decision(decide_merge(told.number, told.into, around.system, around.policy)).reasons


def _the_number_takes_its_undoing(event: CustomerEvent, around: Around) -> Iterable[Reason]:
    """The number is an alias now, and nothing happened to it after the day."""
    told = NumberUnmerged(number=event.number, on=event.on, request_id=event.request_id)
    return aliases.judge(around.ledger, told)


def _sync_takes_its_undoing(event: CustomerEvent, around: Around) -> Iterable[Reason]:
    """The number lies in a range; what a merge set is taken away by the same operation, and that leads in no circle."""
    return as_decision(decide(event.number, around.system, Operation.MERGE, Cause.USER, around.policy)).reasons


def _the_contracts_take_it(event: CustomerEvent, around: Around) -> Iterable[Reason]:
    """No contract of the absorbed customer would be the same as one of the survivor's, excluded by one, or hold one customer twice."""
    told = cast("Merged", event)
    return () if around.register is None else judge_joining(around.register, told)


def _the_roster_takes_it(event: CustomerEvent, around: Around) -> Iterable[Reason]:
    """Nothing happened to a roster entry of the two after the day."""
    told = cast("Merged", event)
    return () if around.book is None else judge_joined(around.book, told)


def _goes_to_the_survivor(event: CustomerEvent, contract: str) -> ContractReassigned:
    told = cast("Absorbed", event)
    return reassigned(told, contract, told.absorbed, told.number)


def _goes_back(event: CustomerEvent, contract: str) -> ContractReassigned:
    told = cast("Released", event)
    return reassigned(told, contract, told.number, told.absorbed)


def _force(on: type[object], noun: Noun, leads_to: type[object] | Operation, source: str) -> Force:
    """A row whose consequence follows from its kind alone."""
    if isinstance(leads_to, Operation):
        return Force(on=on, noun=noun, leads_to=leads_to, makes=_always(leads_to), source=source)
    made = _merged if leads_to is NumberMerged else _numbered(cast("type[NumberOpened]", leads_to))
    return Force(on=on, noun=noun, leads_to=leads_to, makes=made, source=source)


def _both(
    on: type[object],
    noun: Noun,
    leads_to: type[UsagesJoined | UsagesParted | RestrictionsJoined | RestrictionsParted],
) -> Force:
    return Force(on=on, noun=noun, leads_to=leads_to, makes=_together(leads_to), source="B6")


def _entry(on: type[object], leads_to: type[object], source: str) -> ForceEntry:
    return ForceEntry(on=on, noun=Noun.ROSTER, leads_to=leads_to, source=source)


JOINT: Final[tuple[Row, ...]] = (
    _force(Opened, Noun.NUMBER, NumberOpened, "R-45"),
    _force(Deleted, Noun.NUMBER, NumberClosed, "R-63"),
    _force(Reactivated, Noun.NUMBER, NumberReactivated, "R-63"),
    _force(Merged, Noun.NUMBER, NumberMerged, "B6"),
    _force(Unmerged, Noun.NUMBER, NumberUnmerged, "B6"),
    _force(Opened, Noun.SYNC, Operation.CREATE, "R-69, R-71"),
    _force(Deleted, Noun.SYNC, Operation.STATUS, "R-63, R-70"),
    _force(Reactivated, Noun.SYNC, Operation.STATUS, "R-63, R-70"),
    _force(Merged, Noun.SYNC, Operation.MERGE, "sync.md A8"),
    _force(Unmerged, Noun.SYNC, Operation.MERGE, "sync.md A8"),
    _force(Absorbed, Noun.SYNC, Operation.CHANGE_KEY, "sync.md A8"),
    _force(Released, Noun.SYNC, Operation.CHANGE_KEY, "sync.md A8"),
    ForceEach(on=Absorbed, noun=Noun.CONTRACT, leads_to=ContractReassigned, makes=_goes_to_the_survivor, source="B6"),
    ForceEach(on=Released, noun=Noun.CONTRACT, leads_to=ContractReassigned, makes=_goes_back, source="B6"),
    # What both used counts together; what either may not do, neither may. The stricter agreed limits hold since their contracts go along.
    _both(Absorbed, Noun.USAGE, UsagesJoined),
    _both(Released, Noun.USAGE, UsagesParted),
    _both(Absorbed, Noun.RESTRICTION, RestrictionsJoined),
    _both(Released, Noun.RESTRICTION, RestrictionsParted),
    # One maintainer remains; what was struck off by a merge or with its customer comes back with it.
    _entry(Absorbed, EntryReassigned, "B6"),
    _entry(Absorbed, EntryJoined, "R-17, B6"),
    _entry(Absorbed, EntryStruckOff, "R-17, B6"),
    _entry(Released, EntryReassigned, "B6"),
    _entry(Released, EntryParted, "B6"),
    _entry(Released, EntryRestored, "B6"),
    _entry(Deleted, EntryStruckOff, "R-17, R-63"),
    _entry(Reactivated, EntryReinstated, "R-17, R-63"),
    Forbid(
        on=Merged,
        noun=Noun.NUMBER,
        says="ALIAS_CIRCLE, ALIAS_TARGET_NOT_ACTIVE",
        asks=_the_numbers_take_it,
        source="B6",
    ),
    Forbid(on=Merged, noun=Noun.SYNC, says="NOT_THE_COORDINATOR", asks=_sync_takes_it, source="sync.md A8"),
    Forbid(
        on=Merged,
        noun=Noun.CONTRACT,
        says="CONTRACTS_SAME, CONTRACTS_EXCLUSIVE, CONTRACTS_OVERLAP, MERGE_CONTRACT_OF_BOTH",
        asks=_the_contracts_take_it,
        source="B6, R-66",
    ),
    Forbid(on=Merged, noun=Noun.ROSTER, says="ENTRY_DAY_TOO_EARLY", asks=_the_roster_takes_it, source="B6"),
    Forbid(on=Unmerged, noun=Noun.NUMBER, says="ALIAS_NO_SUCH_STEP", asks=_the_number_takes_its_undoing, source="B6"),
    Forbid(on=Unmerged, noun=Noun.SYNC, says="NUMBER_IN_NO_RANGE", asks=_sync_takes_its_undoing, source="sync.md A8"),
)
"""Every consequence between nouns that exist, in the order in which it is settled."""


def consequences(
    events: Iterable[object],
    noun: Noun | None = None,
    *,
    contracts: Iterable[str] = (),
    entries: Iterable[EntryMove] = (),
) -> tuple[Forced, ...]:
    """What the events of a decision force upon other nouns, for the host to store in the same transaction; all nouns unless one is named.

    `contracts` are the numbers of the contracts that go with a merge or come back with its undoing (`MergePlan.contracts`,
    `UnmergePlan.contracts`), `entries` what becomes of roster entries (`MergePlan.entries`, `UnmergePlan.entries`; of a customer that is removed
    or brought back `joined_entries.going_with`, `back_with`): the events themselves do not tell them.

    >>> from datetime import date
    >>> told = Merged(on=date(2026, 11, 23), actor="S-1", request_id="T-1", number="6000000001", into="6000000002")
    >>> [(str(one.noun), one.number, type(one.effect).__name__) for one in consequences([told])]
    [('NUMBER', '6000000001', 'NumberMerged'), ('SYNC', '6000000001', 'Operation')]
    """
    going, moves = tuple(contracts), tuple(entries)
    found = (
        Forced(noun=row.noun, number=told.number, effect=effect)
        for told, row in _rows(events)
        for effect in _effects(told, row, going, moves)
    )
    return tuple(one for one in found if noun is None or one.noun is noun)


def _rows(events: Iterable[object]) -> Iterator[tuple[CustomerEvent, Force | ForceEach | ForceEntry]]:
    for event in events:
        for row in JOINT:
            if not isinstance(row, Forbid) and type(event) is row.on:
                yield cast("CustomerEvent", event), row


def _effects(
    told: CustomerEvent, row: Force | ForceEach | ForceEntry, contracts: tuple[str, ...], moves: tuple[EntryMove, ...]
) -> Iterator[Effect]:
    if isinstance(row, Force):
        yield row.makes(told)
    elif isinstance(row, ForceEach):
        yield from (row.makes(told, contract) for contract in contracts)
    else:
        made = (moved(told, move) for move in moves)
        yield from (one for one in made if type(one) is row.leads_to)


def forbidden(events: Iterable[CustomerEvent], around: Around) -> tuple[Reason, ...]:
    """Everything that other nouns say of the events before they happen, in table order; notes as well as refusals."""
    return tuple(
        reason
        for event in events
        for row in JOINT
        if isinstance(row, Forbid) and type(event) is row.on
        for reason in row.asks(event, around)
    )


def leading_on(rows: Iterable[Row]) -> tuple[Force | ForceEach | ForceEntry, ...]:
    """The forced rows whose consequence has a row of its own; a sound table has none.

    >>> leading_on(JOINT)
    ()
    """
    listed = tuple(rows)
    begins = {row.on for row in listed}
    return tuple(row for row in listed if not isinstance(row, Forbid) and row.leads_to in begins)
