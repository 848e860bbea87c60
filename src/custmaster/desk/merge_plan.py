"""What a merge is, as values: the plan with everything that moves, the record that the host keeps of it, and the plan of its undoing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, cast

from attrs import field, frozen

from custmaster.contract.events import ContractReassigned
from custmaster.customer.events import Absorbed, Merged, Released, Unmerged
from custmaster.customer.moves import ChildMove, FieldMove
from custmaster.dedup.rulings import Ruling
from custmaster.desk import joint
from custmaster.desk.manifest import Reference
from custmaster.errors import Fault, InvalidValue
from custmaster.roster.events import RosterEvent
from custmaster.roster.standing import EntryMove
from custmaster.sync.codes import Operation, Scope
from custmaster.sync.direction_codes import NextCode

__all__ = [
    "MergeField",
    "LeftBehind",
    "MergePlan",
    "MergeRecord",
    "Side",
    "SyncStep",
    "UnmergePlan",
    "Why",
    "record_of",
]


class Side(StrEnum):
    """One of the two customers of a merge."""

    SURVIVOR = "SURVIVOR"
    ABSORBED = "ABSORBED"


class MergeField(StrEnum):
    """What a record holds one of, and a merge must choose from two: the core fields, the legal name and the primary document.

    The value is the field's name in the record, but for `name` and `document`.
    """

    NAME = "name"
    DOCUMENT = "document"
    SEX = "sex"
    BIRTH_DATE = "birth_date"
    NATIONALITY = "nationality"
    SOURCE_KEY = "source_key"
    OPENED_ON = "opened_on"
    UNIT = "unit"


class Why(StrEnum):
    """Why a child of the absorbed customer does not move. The child stays on its own record in any case.

    HELD: the survivor holds it already. SELF_RELATION: it relates the two to each other. LAXER: a rating, and the survivor's is stricter.
    """

    HELD = "HELD"
    SELF_RELATION = "SELF_RELATION"
    LAXER = "LAXER"


@frozen(kw_only=True)
class LeftBehind:
    """A child of the absorbed customer that does not move: its list, its place there, and why."""

    list: str
    place: int
    why: Why


@frozen(kw_only=True)
class SyncStep:
    """What the merge is to sync for one of the two numbers: an operation, what is sent by whom to whom, and what happens next."""

    number: str
    operation: Operation
    scope: Scope
    sender: str | None = None
    receiver: str | None = None
    next: NextCode


if TYPE_CHECKING:

    def _fields(values: Iterable[FieldMove]) -> tuple[FieldMove, ...]: ...

    def _children(values: Iterable[ChildMove]) -> tuple[ChildMove, ...]: ...

    def _left(values: Iterable[LeftBehind]) -> tuple[LeftBehind, ...]: ...

    def _references(values: Iterable[Reference]) -> tuple[Reference, ...]: ...

    def _steps(values: Iterable[SyncStep]) -> tuple[SyncStep, ...]: ...

    def _texts(values: Iterable[str]) -> tuple[str, ...]: ...

    def _moves(values: Iterable[EntryMove]) -> tuple[EntryMove, ...]: ...

else:
    _fields = _children = _left = _references = _steps = _texts = _moves = tuple


@frozen(kw_only=True)
class MergePlan:
    """Everything that a merge does: what moves onto the survivor's record, and what refers to the survivor from now on.

    `request_id` names the merge. `owner` is the system that owns the survivor's number, and so the merged customer, in sync; None for a
    number in no range. `manifest` is the version of the reference manifest. `contracts` are the numbers of those that go with the absorbed
    customer, `entries` what becomes of roster entries, with how they stood before. The plan holds its own inverse: `fields` and `children`
    say what stood before. The absorbed customer's record is kept whole, as an alias, so nothing of it needs restoring.
    """

    schema: int = 3
    request_id: str
    on: date
    actor: str
    survivor: str
    absorbed: str
    owner: str | None = None
    manifest: str
    fields: tuple[FieldMove, ...] = field(default=(), converter=_fields)
    children: tuple[ChildMove, ...] = field(default=(), converter=_children)
    left: tuple[LeftBehind, ...] = field(default=(), converter=_left)
    references: tuple[Reference, ...] = field(default=(), converter=_references)
    contracts: tuple[str, ...] = field(default=(), converter=_texts)
    entries: tuple[EntryMove, ...] = field(default=(), converter=_moves)
    sync: tuple[SyncStep, ...] = field(default=(), converter=_steps)
    handbook: str

    @property
    def contract_events(self) -> tuple[ContractReassigned, ...]:
        """The events on the contracts, stored in the same transaction as those of the customers."""
        return _on_contracts(self.events, self.contracts)

    @property
    def roster_events(self) -> tuple[RosterEvent, ...]:
        """The events on roster entries, stored in the same transaction as those of the customers."""
        return _on_roster(self.events, self.entries)

    @property
    def events(self) -> tuple[Absorbed, Merged]:
        """The events of the two customers, the survivor's first (sync.md A8)."""
        return (
            Absorbed(
                on=self.on,
                actor=self.actor,
                request_id=self.request_id,
                number=self.survivor,
                absorbed=self.absorbed,
                fields=self.fields,
                children=self.children,
            ),
            Merged(on=self.on, actor=self.actor, request_id=self.request_id, number=self.absorbed, into=self.survivor),
        )


def _on_contracts(events: Iterable[object], contracts: tuple[str, ...]) -> tuple[ContractReassigned, ...]:
    forced = joint.consequences(events, joint.Noun.CONTRACT, contracts=contracts)
    return tuple(cast("ContractReassigned", one.effect) for one in forced)


def _on_roster(events: Iterable[object], entries: tuple[EntryMove, ...]) -> tuple[RosterEvent, ...]:
    forced = joint.consequences(events, joint.Noun.ROSTER, entries=entries)
    return tuple(cast("RosterEvent", one.effect) for one in forced)


@frozen(kw_only=True)
class MergeRecord:
    """What the host keeps of a merge that was made, in the order in which they were made.

    `plan` is None when it was not kept, as of a merge made before this library: such a merge is not undone. `reversed_by` is the
    request that undid it. Errors: InvalidValue (CONFLICT) for a plan of another merge.
    """

    schema: int = 1
    request_id: str
    on: date
    survivor: str
    absorbed: str
    plan: MergePlan | None = None
    reversed_by: str | None = None

    def __attrs_post_init__(self) -> None:
        plan = self.plan
        if plan is not None and (plan.request_id, plan.on, plan.survivor, plan.absorbed) != (
            self.request_id,
            self.on,
            self.survivor,
            self.absorbed,
        ):
            raise InvalidValue(Fault.CONFLICT, path="plan", remedy="the plan belongs to another merge")


def record_of(plan: MergePlan) -> MergeRecord:
    """The record of a merge that was made by its plan.

    >>> plan = MergePlan(
    ...     request_id="T-1",
    ...     on=date(2026, 11, 23),
    ...     actor="S-1",
    ...     survivor="1",
    ...     absorbed="2",
    ...     manifest="1",
    ...     handbook="1",
    ... )
    >>> record_of(plan).reversed_by is None
    True
    """
    return MergeRecord(
        request_id=plan.request_id, on=plan.on, survivor=plan.survivor, absorbed=plan.absorbed, plan=plan
    )


@frozen(kw_only=True)
class UnmergePlan:
    """Everything that undoing a merge does; `merge` is the request that made it.

    `fields` and `children` are the moves of the merge that are taken back from the survivor; `kept` names those that are not, since they
    were changed after the merge: the survivor keeps them as they are, a steward looks at each. `contracts` are those that come back, `entries` what becomes of roster entries. `ruling` is the CANNOT_LINK for the
    stewards' ledger, so that the two are not merged again before somebody withdraws it.
    """

    schema: int = 3
    request_id: str
    on: date
    actor: str
    merge: str
    survivor: str
    absorbed: str
    fields: tuple[FieldMove, ...] = field(default=(), converter=_fields)
    children: tuple[ChildMove, ...] = field(default=(), converter=_children)
    kept: tuple[str, ...] = field(default=(), converter=_texts)
    ruling: Ruling
    references: tuple[Reference, ...] = field(default=(), converter=_references)
    contracts: tuple[str, ...] = field(default=(), converter=_texts)
    entries: tuple[EntryMove, ...] = field(default=(), converter=_moves)
    sync: tuple[SyncStep, ...] = field(default=(), converter=_steps)
    handbook: str

    @property
    def contract_events(self) -> tuple[ContractReassigned, ...]:
        """The events on the contracts that come back, stored in the same transaction as those of the customers."""
        return _on_contracts(self.events, self.contracts)

    @property
    def roster_events(self) -> tuple[RosterEvent, ...]:
        """The events on roster entries, stored in the same transaction as those of the customers."""
        return _on_roster(self.events, self.entries)

    @property
    def events(self) -> tuple[Released, Unmerged]:
        """The events of the two customers, the survivor's first."""
        return (
            Released(
                on=self.on,
                actor=self.actor,
                request_id=self.request_id,
                number=self.survivor,
                absorbed=self.absorbed,
                fields=self.fields,
                children=self.children,
            ),
            Unmerged(on=self.on, actor=self.actor, request_id=self.request_id, number=self.absorbed),
        )
