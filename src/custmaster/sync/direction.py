"""The decision of sync: which system sends what to whom. First the number gives the role, then the table gives the cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from attrs import evolve, field, frozen

from custmaster.decision import Allowed, Citation, Decision, Outcome, Reason, Refused
from custmaster.errors import Fault, InvalidValue
from custmaster.handbook.citation import Fact
from custmaster.handbook.keys import NUMBER_RANGES_OF_CUSTOMERS
from custmaster.handbook.sync_keys import SYNC_INITIAL_LOAD, SYNC_MERGE_COORDINATOR, SYNC_PEER_NONKEY
from custmaster.sync.ambiguities import option_of
from custmaster.sync.catalogue import Catalogue
from custmaster.sync.cells import NEXT, Cell, Place, cells
from custmaster.sync.codes import Cause, Operation, Scope, SyncCode
from custmaster.sync.direction_codes import DirectionCode, NextCode
from custmaster.sync.options import Options
from custmaster.sync.sentences import Sentence
from custmaster.sync.weigh import MERGED_INTO, STATUS
from custmaster.value.number_plan import NumberPlan, Role

__all__ = [
    "Direction",
    "Policy",
    "Ruling",
    "as_decision",
    "cell",
    "coordinates",
    "decide",
    "decide_merge",
    "operations",
]


@frozen(kw_only=True)
class Ruling:
    """What the table says for one system, whatever the number; made once for each cell, and shared by all its directions.

    `sender` and `receiver` are None when nothing is sent; `role` and `cell` when the number has no range. The reasons name no
    subject: a Direction does.
    """

    system: str
    operation: Operation
    cause: Cause
    role: Role | None = None
    scope: Scope = Scope.REJECT
    sender: str | None = None
    receiver: str | None = None
    cell: Cell | None = None
    next: NextCode
    sentences: tuple[Sentence, ...] = ()
    reasons: tuple[Reason, ...] = ()
    handbook: str

    @property
    def facts(self) -> Mapping[str, Fact]:
        """What the sentences of its codes name: the two systems, when something is sent."""
        if self.sender is None or self.receiver is None:
            return {}
        return {"sender": self.sender, "receiver": self.receiver}


@frozen(kw_only=True)
class Direction:
    """The answer for one number: what is sent by whom to whom, why, and what happens next.

    `local_nonkey_survives` is False where what a peer entered outside the key information will be reverted by the owner's answer:
    its user must be told at once. Source: R-69 to R-73, R-75; sync.md section 2.
    """

    number: str
    ruling: Ruling

    @property
    def scope(self) -> Scope:
        """What is sent; REJECT when the operation is refused."""
        return self.ruling.scope

    @property
    def role(self) -> Role | None:
        """What the system is to the number; None in no range."""
        return self.ruling.role

    @property
    def sender(self) -> str | None:
        """Who sends; None when nothing is sent."""
        return self.ruling.sender

    @property
    def receiver(self) -> str | None:
        """Who receives; None when nothing is sent."""
        return self.ruling.receiver

    @property
    def next(self) -> NextCode:
        """What happens next, such as that the owner answers with FULL."""
        return self.ruling.next

    @property
    def local_nonkey_survives(self) -> bool:
        """Whether what was entered outside the key information stays. Source: A5."""
        found = self.ruling.cell
        return found is None or found.local_nonkey_survives

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences that the cell comes from, of this number's owner; none for a number in no range."""
        return self.ruling.sentences

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why, coded and cited, worst first; without a subject, which is `number`."""
        return self.ruling.reasons

    @property
    def handbook(self) -> str:
        """The stamp of the handbook that judged."""
        return self.ruling.handbook


_RECOMMENDED: Final = Options()


@frozen(kw_only=True)
class Policy:
    """What a direction is judged by: the number plan, the readings of the open places, and the stamp of the handbook they stand in.

    `table` and `rulings` are made from them once. Errors: InvalidValue (RANGE) unless the plan names two systems, (UNKNOWN_CODE) for a
    coordinator that is neither.
    """

    plan: NumberPlan
    options: Options = _RECOMMENDED
    handbook: str = ""
    table: Mapping[Place, Cell] = field(init=False, repr=False, eq=False)
    rulings: Mapping[tuple[str, Operation, Role | None, Cause], Ruling] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        if len(self.plan.systems) != 2:
            raise InvalidValue(
                Fault.RANGE, path="plan", remedy="sync is between the two systems that own or share the ranges"
            )
        if self.options.merge_coordinator not in self.plan.systems:
            remedy = "the coordinator of merges is one of the two systems of the number plan"
            raise InvalidValue(Fault.UNKNOWN_CODE, path=SYNC_MERGE_COORDINATOR.name, remedy=remedy)
        object.__setattr__(self, "table", cells(self.options))
        object.__setattr__(self, "rulings", {_place(one): one for one in _rulings(self)})

    def other(self, system: str) -> str:
        """The other of the two systems."""
        first, second = self.plan.systems
        return second if system == first else first


def cell(number: str, system: str, operation: Operation, cause: Cause, policy: Policy) -> Cell | None:
    """The cell of the table for a number, and no more; None for a number in no range, for which there is no cell to read.

    Errors: CustmasterError for a system that the number plan does not know. Source: sync.md section 2.

    >>> from datetime import date
    >>> from custmaster.handbook import default
    >>> from custmaster.sync.settings import policy
    >>> cell("6000000001", "EUSP", Operation.CHANGE_KEY, Cause.USER, policy(default().on(date(2026, 11, 23)))).scope
    <Scope.KEY: 'KEY'>
    """
    role = policy.plan.role(number, system)
    return None if role is None else policy.table[operation, role, cause]


def decide(number: str, system: str, operation: Operation, cause: Cause, policy: Policy) -> Direction:
    """Which system sends what to whom, when `operation` was done at `system` to the customer of this number.

    A number in no range is refused before the table is read (NUMBER_IN_NO_RANGE). A merge across owners is asked of `decide_merge`.
    Errors: CustmasterError for a system that the number plan does not know. Source: R-69 to R-73, R-75; sync.md section 2.

    >>> from datetime import date
    >>> from custmaster.handbook import default
    >>> from custmaster.sync.settings import policy
    >>> found = decide(
    ...     "6000000001", "EUSP", Operation.CHANGE_NONKEY, Cause.USER, policy(default().on(date(2026, 11, 23)))
    ... )
    >>> found.scope.value, found.receiver, found.next.value, found.local_nonkey_survives
    ('KEY', 'BP', 'NEXT_ANSWERED_BY_FULL', False)
    >>> [str(reason.code) for reason in found.reasons], found.reasons[0].citation.article
    (['KEY_FROM_PEER', 'NONKEY_DOES_NOT_STAY'], 'R-70')
    """
    role = policy.plan.role(number, system)
    return Direction(number=number, ruling=policy.rulings[system, operation, role, cause])


def coordinates(loser: str, survivor: str, system: str, plan: NumberPlan, options: Options) -> bool:
    """Whether `system` may start the merge of `loser` into `survivor`; it stands above the table, which knows one number at a time.

    Of two customers of one owner both systems may; of two owners the coordinator alone, since merges started at both in opposite
    directions would lead in a circle. Errors: InvalidValue as `NumberPlan.validate` for a number in no range. Source: sync.md A8, H13.
    """
    owners = {plan.validate(number).owner for number in (loser, survivor)}
    return len(owners) == 1 or system == options.merge_coordinator


def decide_merge(loser: str, survivor: str, system: str, policy: Policy) -> Direction:
    """The direction of a user's merge of `loser` into `survivor`: NUMBER_IN_NO_RANGE, NOT_THE_COORDINATOR, else what the table says.

    The survivor's own change, if any, is a second question. Errors: CustmasterError for an unknown system. Source: sync.md A8.

    >>> from datetime import date
    >>> from custmaster.handbook import default
    >>> from custmaster.sync.settings import policy
    >>> agreed = policy(default().on(date(2026, 11, 23)))
    >>> [str(decide_merge("6000000001", "1000000001", system, agreed).reasons[0].code) for system in ("BP", "EUSP")]
    ['FULL_FROM_OWNER', 'NOT_THE_COORDINATOR']
    """
    found = decide(loser, system, Operation.MERGE, Cause.USER, policy)
    if found.role is None:
        return found
    if policy.plan.range_of(survivor) is None:
        return decide(survivor, system, Operation.MERGE, Cause.USER, policy)
    if coordinates(loser, survivor, system, policy.plan, policy.options):
        return found
    return Direction(number=loser, ruling=_uncoordinated(found.ruling))


def operations(changed: Iterable[str], catalogue: Catalogue) -> tuple[Operation, ...]:
    """What the change of these fields is to sync, in the order of Operation; NO_CHANGE alone when none of them is shared.

    >>> from custmaster.sync.catalogue import FieldRow, Share
    >>> shared = Catalogue(fields=[FieldRow(name="name", share=Share.KEY), FieldRow(name="occupation")])
    >>> [str(one) for one in operations(["occupation", "name", "teller_note"], shared)]
    ['CHANGE_KEY', 'CHANGE_NONKEY']
    """
    names = {name for name in changed if catalogue.knows(name)}
    found = {_operation(name, catalogue) for name in names}
    if Operation.MERGE in found:
        found.discard(Operation.STATUS)
    return tuple(one for one in Operation if one in found) or (Operation.NO_CHANGE,)


def as_decision(found: Direction) -> Decision:
    """The direction as a Decision to store: Allowed or Refused, each reason with the number as its subject.

    >>> from datetime import date
    >>> from custmaster.handbook import default
    >>> from custmaster.sync.settings import policy
    >>> agreed = policy(default().on(date(2026, 11, 23)))
    >>> as_decision(decide("6000000001", "EUSP", Operation.CREATE, Cause.USER, agreed)).outcome
    <Outcome.REFUSED: 'REFUSED'>
    """
    number = found.number
    reasons = tuple(
        Reason(code=one.code, outcome=one.outcome, citation=one.citation, subject=number, facts=one.facts)
        for one in found.reasons
    )
    kind = Refused if found.scope is Scope.REJECT else Allowed
    return kind(reasons=reasons, handbook=found.handbook)


def _operation(name: str, catalogue: Catalogue) -> Operation:
    if name == MERGED_INTO:
        return Operation.MERGE
    if name == STATUS:
        return Operation.STATUS
    if name.startswith("relationship/"):
        return Operation.RELATION
    return Operation.CHANGE_KEY if catalogue.is_key(name) else Operation.CHANGE_NONKEY


def _place(ruling: Ruling) -> tuple[str, Operation, Role | None, Cause]:
    return ruling.system, ruling.operation, ruling.role, ruling.cause


def _rulings(policy: Policy) -> Iterator[Ruling]:
    for system in policy.plan.systems:
        yield from (_ruling(found, system, policy) for found in policy.table.values())
        yield from (_nowhere(system, operation, cause, policy) for operation in Operation for cause in Cause)


def _nowhere(system: str, operation: Operation, cause: Cause, policy: Policy) -> Ruling:
    """A number in no range is refused, whatever was done; the table is not asked."""
    code = SyncCode.NUMBER_IN_NO_RANGE
    cited = Citation(article="R-73", key=NUMBER_RANGES_OF_CUSTOMERS.name)
    return Ruling(
        system=system,
        operation=operation,
        cause=cause,
        next=NEXT[code],
        reasons=(_refused(code, cited),),
        handbook=policy.handbook,
    )


def _ruling(found: Cell, system: str, policy: Policy) -> Ruling:
    other = policy.other(system)
    sent = found.scope not in {Scope.NONE, Scope.REJECT}
    made = Ruling(
        system=system,
        operation=found.operation,
        cause=found.cause,
        role=found.role,
        scope=found.scope,
        sender=system if sent else None,
        receiver=other if sent else None,
        cell=found,
        next=found.next,
        sentences=found.said_of(system if found.role is Role.OWNER else other),
        handbook=policy.handbook,
    )
    return evolve(made, reasons=tuple(_reasons(found, made)))


def _reasons(found: Cell, ruling: Ruling) -> Iterator[Reason]:
    article = ", ".join(dict.fromkeys(one.source for one in ruling.sentences))
    key = SYNC_INITIAL_LOAD.name if found.cause is Cause.LOAD and found.mark is None else option_of(found.mark)
    cited = Citation(article=article, key=key)
    if found.scope is Scope.REJECT:
        yield _refused(found.code, cited)
        return
    yield Reason(code=found.code, outcome=Outcome.ALLOWED, citation=cited, facts=ruling.facts)
    if not found.local_nonkey_survives:
        cited = Citation(article="R-75", key=SYNC_PEER_NONKEY.name)
        code = DirectionCode.NONKEY_DOES_NOT_STAY
        yield Reason(code=code, outcome=Outcome.ALLOWED, citation=cited, facts=ruling.facts)


def _uncoordinated(ruling: Ruling) -> Ruling:
    code = SyncCode.NOT_THE_COORDINATOR
    cited = Citation(article="R-45", key=SYNC_MERGE_COORDINATOR.name)
    reasons = (_refused(code, cited),)
    return evolve(ruling, scope=Scope.REJECT, sender=None, receiver=None, next=NEXT[code], reasons=reasons)


def _refused(code: DirectionCode | SyncCode, cited: Citation) -> Reason:
    return Reason(code=code, outcome=Outcome.REFUSED, citation=cited)
