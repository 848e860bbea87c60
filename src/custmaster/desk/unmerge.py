"""Undoing a merge (拆分): both customers as they were, the later merges first, and what was changed since is told and never lost.

What was entered on the survivor after the merge stays there, as long as it touches nothing that the merge moved. A moved field or child that
was changed since stays with the survivor as it is now, and each is a reason for a person to look (UNMERGE_CHANGED_SINCE). The absorbed
customer's record was kept whole and could not be changed in the meantime, so it comes back as it was; only `closures` and `requests`, which
tell what happened to a record, have grown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from custmaster.customer.events import CustomerEvent, Released, Unmerged
from custmaster.customer.kinds import Status
from custmaster.customer.moves import ChildMove, FieldMove, given_back, still_standing
from custmaster.customer.record import Customer
from custmaster.decision import Allowed, Citation, Decision, Fact, Occasion, Outcome, Reason
from custmaster.decision import decide as settle
from custmaster.dedup.alias_events import NumberStatus
from custmaster.dedup.rulings import Ruling, RulingKind
from custmaster.dedup.steward import Contradiction, Ledger
from custmaster.desk import joint
from custmaster.desk.codes import DeskCode
from custmaster.desk.contract_facts import Register
from custmaster.desk.joined_contracts import going, judge_parting
from custmaster.desk.joined_entries import judge_parted, parting
from custmaster.desk.lifeline import judge_step
from custmaster.desk.merge import sync_steps
from custmaster.desk.merge_codes import MergeCode
from custmaster.desk.merge_facts import Unmerge, UnmergeAnswer, UnmergeFacts
from custmaster.desk.merge_plan import MergePlan, MergeRecord, UnmergePlan
from custmaster.desk.repeated import answered
from custmaster.desk.roster_facts import RosterBook
from custmaster.errors import CustmasterError, InvalidRecord
from custmaster.handbook import Page
from custmaster.sync.direction import Policy as SyncPolicy
from custmaster.sync.settings import policy

__all__ = ["unplan"]


def unplan(undo: Unmerge, facts: UnmergeFacts, occasion: Occasion, page: Page) -> UnmergeAnswer:
    """Whether the merge is undone on the day, and everything that goes back.

    Refused: a later merge of either customer stands (MERGE_SUPERSEDED, which names each, the latest first), no inverse was kept
    (MERGE_NOT_REVERSIBLE), or the records are not those of the merge. A merge that was undone already is Allowed without an event
    (MERGE_ALREADY_REVERSED). Allowed carries Released for the survivor and Unmerged for the other one; the plan carries a CANNOT_LINK for
    the stewards' ledger. The same request id gives the same answer. Errors: CustmasterError for an earlier answer of another request, a journal without the merge, or customers of
    other numbers. Source: requirements.md B6; field.md pain 1.

    >>> from datetime import date
    >>> from custmaster.customer import Customer
    >>> from custmaster.dedup.aliases import EMPTY
    >>> from custmaster.handbook import default
    >>> from custmaster.value.party import PartyKind
    >>> day = date(2026, 11, 23)
    >>> record = MergeRecord(request_id="T-1", on=day, survivor="6000000001", absorbed="6000000002", reversed_by="T-5")
    >>> one, two = (Customer(number=f"600000000{n}", kind=PartyKind.PERSON) for n in (1, 2))
    >>> undo = Unmerge(record=record, survivor=one, absorbed=two, reason="two persons", system="BP")
    >>> occasion = Occasion(day=day, actor="S-1", request_id="T-9")
    >>> answer = unplan(undo, UnmergeFacts(journal=[record], aliases=EMPTY), occasion, default().on(day))
    >>> answer.decision.outcome, str(answer.decision.reasons[0].code), answer.plan
    (<Outcome.ALLOWED: 'ALLOWED'>, 'MERGE_ALREADY_REVERSED', None)
    """
    record = undo.record
    _check(undo, facts)
    repeated = _repeated(undo, facts, occasion, page)
    if repeated is not None:
        return repeated
    if record.reversed_by is not None:
        reason = _reason(undo, MergeCode.MERGE_ALREADY_REVERSED, Outcome.ALLOWED, request=record.reversed_by)
        return UnmergeAnswer(decision=settle([reason], handbook=page.stamp))
    reasons = [*_superseded(undo, facts), *_not_merged(undo)]
    if record.plan is None:
        reasons.insert(0, _reason(undo, MergeCode.MERGE_NOT_REVERSIBLE, Outcome.REFUSED))
        return UnmergeAnswer(decision=settle(reasons, handbook=page.stamp))
    rules = policy(page)
    preview = _derived(undo, record.plan, occasion, rules, facts)
    around = joint.Around(ledger=facts.aliases, policy=rules, system=undo.system)
    reasons += [*_steps(undo, preview), *_changed(undo, preview), *_conflicts(undo, preview)]
    reasons += _contracts(undo, record.plan, preview, facts.register)
    reasons += _entries(record.plan, facts.book, occasion)
    reasons += _ruled(undo, preview.ruling, facts.rulings)
    reasons += joint.forbidden(preview.events, around)
    decision = settle(reasons, handbook=page.stamp, events=preview.events, approvals=occasion.approvals)
    return UnmergeAnswer(decision=decision, preview=preview)


def _check(undo: Unmerge, facts: UnmergeFacts) -> None:
    record = undo.record
    if (undo.survivor.number, undo.absorbed.number) != (record.survivor, record.absorbed):
        raise CustmasterError("the customers are not those of the merge: load them by the numbers in its record")
    if all(one.request_id != record.request_id for one in facts.journal):
        raise CustmasterError("the journal lacks the merge itself: load every merge that touched either customer")


def _repeated(undo: Unmerge, facts: UnmergeFacts, occasion: Occasion, page: Page) -> UnmergeAnswer | None:
    earlier = facts.earlier
    if earlier is None or (isinstance(earlier.decision, Allowed) and not earlier.decision.events):
        return None  # it was undone already, and still is
    answer: Decision | None = answered(earlier.decision, occasion, page, lambda done: _is(done, undo.record))
    if answer is None or answer is earlier.decision:
        return None if answer is None else earlier
    return UnmergeAnswer(decision=answer)


def _is(done: object, record: MergeRecord) -> bool:
    if isinstance(done, Released):
        return (done.number, done.absorbed) == (record.survivor, record.absorbed)
    return isinstance(done, Unmerged) and done.number == record.absorbed


def _reason(undo: Unmerge, code: MergeCode | DeskCode, outcome: Outcome, /, **facts: Fact) -> Reason:
    subject = undo.record.survivor
    return Reason(code=code, outcome=outcome, citation=Citation(article="B6"), subject=subject, facts=facts)


def _superseded(undo: Unmerge, facts: UnmergeFacts) -> Iterator[Reason]:
    """The merges after this one that touch either customer and stand, the latest first; also those that only the ledger knows."""
    record, journal = undo.record, facts.journal
    place = next(at for at, one in enumerate(journal) if one.request_id == record.request_id)
    both = {record.survivor, record.absorbed}
    later = [one for one in journal[place + 1 :] if one.reversed_by is None and both & {one.survivor, one.absorbed}]
    found = [(one.request_id, _other(one, both)) for one in reversed(later)]
    known = {one.request_id for one in journal}
    for life in facts.aliases.lives:
        now = life.now
        leads = now.status is NumberStatus.MERGED_INTO and record.survivor in now.into
        if leads and now.since >= record.on and now.request_id not in known:
            found.insert(0, (now.request_id, life.number))
    for request, number in found:
        yield _reason(undo, MergeCode.MERGE_SUPERSEDED, Outcome.REFUSED, merge=request, number=number)


def _other(one: MergeRecord, both: Iterable[str]) -> str:
    """The number of a later merge that is not of this one: whom it absorbed, or into whom the survivor went."""
    return one.survivor if one.absorbed in both else one.absorbed


def _not_merged(undo: Unmerge) -> Iterator[Reason]:
    absorbed, record = undo.absorbed, undo.record
    if absorbed.status is not Status.MERGED or absorbed.merged_into != record.survivor:
        facts: dict[str, Fact] = {"number": absorbed.number, "status": absorbed.status.value}
        yield _reason(undo, MergeCode.UNMERGE_NOT_MERGED, Outcome.REFUSED, **facts)
    if undo.survivor.status is Status.DELETED:
        yield _reason(undo, MergeCode.MERGE_SIDE_CLOSED, Outcome.REFUSED, status=undo.survivor.status.value)


_TOLD_BY_STEP: Final = (DeskCode.DAY_TOO_EARLY, DeskCode.MERGED_INTO)


def _steps(undo: Unmerge, preview: UnmergePlan) -> Iterator[Reason]:
    """A day before the last event of either; that the states do not fit is told by others in more words."""
    released, unmerged = preview.events
    pairs: tuple[tuple[Customer, CustomerEvent], ...] = ((undo.survivor, released), (undo.absorbed, unmerged))
    for customer, event in pairs:
        for reason in judge_step(customer, event, DeskCode.NOT_ACTIVE):
            if reason.code in _TOLD_BY_STEP:
                yield reason


def _derived(undo: Unmerge, plan: MergePlan, occasion: Occasion, rules: SyncPolicy, facts: UnmergeFacts) -> UnmergePlan:
    fields, children, kept = _taken_back(undo, plan)
    steps = tuple(sync_steps(plan.survivor, plan.absorbed, undo.system, rules))
    return UnmergePlan(
        request_id=occasion.request_id,
        on=occasion.day,
        actor=occasion.actor,
        merge=plan.request_id,
        survivor=plan.survivor,
        absorbed=plan.absorbed,
        fields=fields,
        children=children,
        kept=kept,
        ruling=Ruling(
            left=plan.survivor,
            right=plan.absorbed,
            kind=RulingKind.CANNOT_LINK,
            by=occasion.actor,
            day=occasion.day,
            reason=undo.reason,
        ),
        references=plan.references,
        contracts=_coming_back(plan, facts.register),
        entries=() if facts.book is None else parting(plan.entries, facts.book, occasion.day),
        sync=steps if fields or children else steps[1:],
        handbook=rules.handbook,
    )


def _taken_back(undo: Unmerge, plan: MergePlan) -> tuple[tuple[FieldMove, ...], tuple[ChildMove, ...], tuple[str, ...]]:
    """The moves that stand as they were made, and the paths of those that do not."""
    fields = tuple(move for move in plan.fields if getattr(undo.survivor, move.field) == move.after)
    children = still_standing(undo.survivor, plan.children)
    kept = [str(move.field) for move in plan.fields if move not in fields]
    kept += [f"{move.list}[{move.place}]" for at, move in enumerate(plan.children) if at not in children]
    return fields, tuple(plan.children[at] for at in children), tuple(kept)


def _coming_back(plan: MergePlan, register: Register | None) -> tuple[str, ...]:
    """The contracts of the merge that are still the survivor's. Errors: CustmasterError when it moved some and none were loaded."""
    if not plan.contracts:
        return ()
    if register is None:
        raise CustmasterError("the merge moved contracts: load the register of both customers as it is now")
    there = going(register, plan.survivor, plan.absorbed)
    return tuple(number for number in plan.contracts if number in there)


def _entries(plan: MergePlan, book: RosterBook | None, occasion: Occasion) -> Iterator[Reason]:
    """Errors: CustmasterError when the merge moved entries and none were loaded."""
    if book is not None:
        yield from judge_parted(plan.entries, book, occasion.day)
    elif plan.entries:
        raise CustmasterError("the merge moved roster entries: load the book of both customers as it is now")


def _contracts(undo: Unmerge, plan: MergePlan, preview: UnmergePlan, register: Register | None) -> Iterator[Reason]:
    for number in plan.contracts:
        if number not in preview.contracts:
            yield _reason(undo, MergeCode.UNMERGE_CONTRACT_ELSEWHERE, Outcome.REVIEW, contract=number)
    if register is not None:
        released, _ = preview.events
        yield from judge_parting(register, released, preview.contracts)


def _changed(undo: Unmerge, preview: UnmergePlan) -> Iterator[Reason]:
    for path in preview.kept:
        yield _reason(undo, MergeCode.UNMERGE_CHANGED_SINCE, Outcome.REVIEW, field=path)


def _ruled(undo: Unmerge, ruling: Ruling, rulings: Ledger) -> Iterator[Reason]:
    """The rulings by which the two are one customer: the stewards' ledger does not take the CANNOT_LINK beside them."""
    answer = rulings.add(ruling)
    if isinstance(answer, Contradiction):
        for one in answer.against:
            yield _reason(undo, MergeCode.UNMERGE_MUST_LINK, Outcome.REFUSED, by=one.by, on=one.day)


def _conflicts(undo: Unmerge, preview: UnmergePlan) -> Iterator[Reason]:
    try:
        given_back(undo.survivor, preview.fields, preview.children)
    except InvalidRecord as problem:
        for each in problem.faults:
            facts: dict[str, Fact] = {"path": each.path, "fault": each.fault.value}
            yield _reason(undo, MergeCode.UNMERGE_CONFLICT, Outcome.REFUSED, **facts)
