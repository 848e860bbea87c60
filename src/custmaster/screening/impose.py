"""Imposing and lifting a restriction: may it be done on the day? An answer with all its reasons, and with the event when it is yes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from attrs import field, frozen

from custmaster.decision import Citation, Decision, Occasion, Outcome, Reason, decide
from custmaster.handbook import Fact, Page
from custmaster.screening.codes import ScreeningCode
from custmaster.screening.kinds import LiftCondition
from custmaster.screening.ledger import RestrictionLedger
from custmaster.screening.restriction import Restriction, RestrictionImposed, RestrictionLifted
from custmaster.value._checks import of

__all__ = ["Lifting", "impose", "lift"]

_LEDGER: Final = Citation(article="R-57")


@frozen(kw_only=True)
class Lifting:
    """The request to lift one restriction: its number, the ground, and the reason in words that say nothing about a person.

    >>> Lifting(number="R1", ground=LiftCondition.COURT, reason="order 2026-118").number
    'R1'
    """

    number: str = field(validator=of(str))
    ground: LiftCondition = field(validator=of(LiftCondition))
    reason: str = field(repr=False, validator=of(str))


def impose(ledger: RestrictionLedger, restriction: Restriction, occasion: Occasion, page: Page) -> Decision:
    """Whether the restriction is imposed: yes, unless its number is that of another. The same request again gives the same answer.

    Allowed carries one event, RestrictionImposed. Source: field.md, idea 6.
    """
    event = RestrictionImposed(
        on=occasion.day, actor=occasion.actor, request_id=occasion.request_id, restriction=restriction
    )
    there = ledger.find(restriction.number)
    reasons: list[Reason] = []
    if there is not None and event not in ledger.entries:
        reasons.append(_refused(ScreeningCode.RESTRICTION_KNOWN, restriction.number, {}, there))
    return decide(reasons, handbook=page.stamp, events=(event,), approvals=occasion.approvals)


def lift(ledger: RestrictionLedger, request: Lifting, occasion: Occasion, page: Page) -> Decision:
    """Whether the restriction is lifted: by its own condition alone, once, and not before it begins; as a mistake with an approval.

    One whose condition is TERM ends on its day, and nothing else lifts it but a mistake. The same request again gives the same answer.
    Allowed carries one event, RestrictionLifted, which names one restriction: no other is touched. Source: field.md, idea 6.
    """
    event = RestrictionLifted(
        on=occasion.day,
        actor=occasion.actor,
        request_id=occasion.request_id,
        number=request.number,
        ground=request.ground,
        reason=request.reason,
    )
    reasons = _grounds(ledger, request, occasion.day, repeated=event in ledger.entries)
    return decide(reasons, handbook=page.stamp, events=(event,), approvals=occasion.approvals)


def _grounds(ledger: RestrictionLedger, request: Lifting, day: date, *, repeated: bool) -> Iterator[Reason]:
    number, found = request.number, ledger.find(request.number)
    if found is None:
        yield _refused(ScreeningCode.RESTRICTION_UNKNOWN, number, {}, None)
        return
    lifted = ledger.lifting(number)
    if lifted is not None and not repeated:
        yield _refused(ScreeningCode.RESTRICTION_LIFTED, number, {"on": lifted.on}, found)
    if found.valid.start is not None and day < found.valid.start:
        yield _refused(ScreeningCode.LIFTED_TOO_EARLY, number, {"since": found.valid.start}, found)
    if request.ground is LiftCondition.MISTAKEN:
        yield _reason(ScreeningCode.RESTRICTION_MISTAKEN, Outcome.REVIEW, {"number": number}, found)
    elif request.ground is not found.lift or found.lift is LiftCondition.TERM:
        facts = {"lift": str(found.lift), "ground": str(request.ground)}
        yield _refused(ScreeningCode.LIFT_CONDITION_DIFFERS, number, facts, found)


def _refused(code: ScreeningCode, number: str, facts: Mapping[str, Fact], about: Restriction | None) -> Reason:
    return _reason(code, Outcome.REFUSED, {"number": number, **facts}, about)


def _reason(code: ScreeningCode, outcome: Outcome, facts: Mapping[str, Fact], about: Restriction | None) -> Reason:
    subject = None if about is None else about.customer
    return Reason(code=code, outcome=outcome, citation=_LEDGER, subject=subject, facts=facts)
