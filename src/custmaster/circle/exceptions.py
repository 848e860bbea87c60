"""Exceptions (特殊情况): what a leader decided in place of the rule, kept with the name of who decided and why."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from custmaster.decision import Allowed, Approval, Decision, Occasion
from custmaster.value._checks import of

__all__ = ["LeaderDecision", "leader_decisions"]


@frozen(kw_only=True)
class LeaderDecision:
    """An exception about a circle or topic by its number: the codes that were lifted, by whom and why, all within `approval`. Source: R-41."""

    schema: int = 1
    about: str
    on: date
    asked_by: str
    request_id: str
    approval: Approval = field(validator=of(Approval))


def leader_decisions(about: str, decision: Decision, occasion: Occasion) -> tuple[LeaderDecision, ...]:
    """The exceptions by which the question came to its Allowed, for the host to store with the events; none for any other answer.

    Only approvals that lifted something are kept; a refusal is lifted by nobody. Source: R-41.
    """
    if not isinstance(decision, Allowed):
        return ()
    return tuple(
        LeaderDecision(
            about=about,
            on=occasion.day,
            asked_by=occasion.actor,
            request_id=occasion.request_id,
            approval=approval,
        )
        for approval in decision.approvals
    )
