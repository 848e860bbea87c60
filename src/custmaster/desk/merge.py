"""Merging two customers (归并) that are one: a plan of everything that moves, which the host executes, and which can be undone exactly."""

from __future__ import annotations

from collections.abc import Iterator

from custmaster.customer.events import Absorbed, Merged
from custmaster.customer.moves import gained
from custmaster.customer.soundness import LIST_LIMIT
from custmaster.decision import Citation, Decision, Occasion, Outcome, Reason
from custmaster.decision import decide as settle
from custmaster.dedup.aliases import resolutions
from custmaster.desk import joint
from custmaster.desk.joined_contracts import going
from custmaster.desk.joined_entries import joining
from custmaster.desk.merge_codes import MergeCode
from custmaster.desk.merge_facts import Merge, MergeAnswer, MergeFacts
from custmaster.desk.merge_grounds import Case, judge_merge
from custmaster.desk.merge_moves import Pairing, child_moves, field_moves
from custmaster.desk.merge_plan import MergePlan, SyncStep
from custmaster.desk.repeated import answered
from custmaster.desk.roster_facts import RosterBook
from custmaster.errors import Fault, InvalidRecord
from custmaster.handbook import Page
from custmaster.roster.standing import EntryMove
from custmaster.sync.codes import Cause, Operation
from custmaster.sync.direction import Direction, Policy, as_decision, decide, decide_merge
from custmaster.sync.settings import policy

__all__ = ["plan"]


def plan(merge: Merge, facts: MergeFacts, occasion: Occasion, page: Page) -> MergeAnswer:
    """Whether the absorbed customer becomes an alias of the survivor on the day, and everything that this moves.

    Judged are the grounds of `BLOCKERS`, what the moves would do to the survivor's record (MERGE_CONFLICT for each contradiction), what the
    alias ledger says (a circle), what the contracts say (two would be the same one: CONTRACTS_SAME) and what sync says
    (NOT_THE_COORDINATOR); all of them are told. What is under Review an approval lifts.
    Allowed carries Absorbed for the survivor and Merged for the other one; `joint.consequences` adds what they force elsewhere, and the plan's `contract_events` are those of the contracts, `roster_events` those of roster entries. The
    same request id gives the same answer. Errors: CustmasterError for an earlier answer of another request, or a ledger that lacks a
    number on the way; NotInForce on a page without a number plan. Source: requirements.md B6, B8.8 to B8.10; sync.md A8.

    >>> from datetime import date
    >>> from custmaster.customer import Customer
    >>> from custmaster.dedup.aliases import EMPTY
    >>> from custmaster.desk.manifest import ReferenceManifest
    >>> from custmaster.handbook import default
    >>> from custmaster.value.party import PartyKind
    >>> person, unit = (Customer(number=f"600000000{n}", kind=kind) for n, kind in enumerate(PartyKind, start=1))
    >>> none = {"references": (), "looked_up": (), "online_wealth": (), "third_party_custody": ()}
    >>> facts = MergeFacts(**none, legal_holds=(), blacklisted=(), aliases=EMPTY)
    >>> asked = Merge(survivor=person, absorbed=unit, manifest=ReferenceManifest(version="1", kinds=[]), system="BP")
    >>> occasion = Occasion(day=date(2026, 11, 23), actor="S-1", request_id="T-1")
    >>> answer = plan(asked, facts, occasion, default().on(occasion.day))
    >>> answer.decision.outcome, str(answer.decision.reasons[0].code), answer.plan
    (<Outcome.REFUSED: 'REFUSED'>, 'MERGE_KINDS_DIFFER', None)
    """
    repeated = _repeated(merge, facts, occasion, page)
    if repeated is not None:
        return repeated
    pair = Pairing(
        survivor=merge.survivor,
        absorbed=merge.absorbed,
        day=occasion.day,
        choices=merge.choices,
        numbers=resolutions(facts.aliases, occasion.day),
    )
    grounds = judge_merge(Case(merge=merge, facts=facts, pair=pair))
    if merge.survivor.kind is not merge.absorbed.kind or merge.survivor.number == merge.absorbed.number:
        return MergeAnswer(decision=settle(grounds, handbook=page.stamp))
    rules = policy(page)
    preview = _derived(merge, facts, pair, occasion, rules)
    around = joint.Around(
        ledger=facts.aliases, policy=rules, system=merge.system, register=facts.register, book=facts.book
    )
    others = joint.forbidden(preview.events, around)
    reasons = (*grounds, *_conflicts(pair, preview), *others, *_not_staying(preview, merge.system, rules))
    decision = settle(reasons, handbook=page.stamp, events=preview.events, approvals=occasion.approvals)
    return MergeAnswer(decision=decision, preview=preview)


def _repeated(merge: Merge, facts: MergeFacts, occasion: Occasion, page: Page) -> MergeAnswer | None:
    if facts.earlier is None:
        return None
    answer: Decision | None = answered(facts.earlier.decision, occasion, page, lambda done: _is(done, merge))
    if answer is None or answer is facts.earlier.decision:
        return None if answer is None else facts.earlier
    return MergeAnswer(decision=answer)


def _is(done: object, merge: Merge) -> bool:
    survivor, absorbed = merge.survivor.number, merge.absorbed.number
    if isinstance(done, Absorbed):
        return (done.number, done.absorbed) == (survivor, absorbed)
    return isinstance(done, Merged) and (done.number, done.into) == (absorbed, survivor)


def _derived(merge: Merge, facts: MergeFacts, pair: Pairing, occasion: Occasion, rules: Policy) -> MergePlan:
    fields, (children, left) = field_moves(pair), child_moves(pair)
    changed = bool(fields or children)
    owner = rules.plan.range_of(pair.survivor.number)
    return MergePlan(
        request_id=occasion.request_id,
        on=occasion.day,
        actor=occasion.actor,
        survivor=pair.survivor.number,
        absorbed=pair.absorbed.number,
        owner=None if owner is None else owner.owner,
        manifest=merge.manifest.version,
        fields=fields,
        children=children,
        left=left,
        references=facts.references,
        contracts=() if facts.register is None else going(facts.register, pair.absorbed.number, pair.survivor.number),
        entries=_entries(facts.book, pair, occasion),
        sync=tuple(sync_steps(pair.survivor.number, pair.absorbed.number, merge.system, rules))[0 if changed else 1 :],
        handbook=rules.handbook,
    )


def _entries(book: RosterBook | None, pair: Pairing, occasion: Occasion) -> tuple[EntryMove, ...]:
    return () if book is None else joining(book, pair.absorbed.number, pair.survivor.number, occasion.day)


def sync_steps(survivor: str, absorbed: str, system: str, rules: Policy) -> Iterator[SyncStep]:
    """What sync does of a merge: the survivor's own change first, then the alias (sync.md A8)."""
    yield _step(decide(survivor, system, Operation.CHANGE_KEY, Cause.USER, rules))
    yield _step(decide_merge(absorbed, survivor, system, rules))


def _step(found: Direction) -> SyncStep:
    return SyncStep(
        number=found.number,
        operation=found.ruling.operation,
        scope=found.scope,
        sender=found.sender,
        receiver=found.receiver,
        next=found.next,
    )


def _conflicts(pair: Pairing, preview: MergePlan) -> Iterator[Reason]:
    """What the survivor's record would contradict itself in, after the moves."""
    yield from (_conflict(pair, path, Fault.LENGTH) for path in ("children", "left") if _too_long(preview, path))
    try:
        gained(pair.survivor, preview.fields, preview.children)
    except InvalidRecord as problem:
        for each in problem.faults:
            yield _conflict(pair, each.path, each.fault)


def _too_long(preview: MergePlan, path: str) -> bool:
    """Whether a list of the plan is longer than its stored form holds, which no record of a real customer makes it."""
    return len(getattr(preview, path)) > LIST_LIMIT


def _conflict(pair: Pairing, path: str, fault: Fault) -> Reason:
    return Reason(
        code=MergeCode.MERGE_CONFLICT,
        outcome=Outcome.REFUSED,
        citation=Citation(article="B6"),
        subject=pair.survivor.number,
        facts={"path": path, "fault": fault.value},
    )


def _not_staying(preview: MergePlan, system: str, rules: Policy) -> Iterator[Reason]:
    """A note that what moves outside the key information has to be entered at the survivor's owner."""
    if preview.fields or preview.children:
        found = decide(preview.survivor, system, Operation.CHANGE_NONKEY, Cause.USER, rules)
        if not found.local_nonkey_survives:
            yield from as_decision(found).reasons
