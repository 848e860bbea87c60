"""How many accounts of a class one person may have at one bank (账户分类): one of Class I; of II and III, in principle, so many."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from custmaster.decision import Decision, Outcome, Reason, decide
from custmaster.errors import CustmasterError
from custmaster.handbook import Key, Page
from custmaster.handbook.limit_keys import CLASS_ONE_COUNT, CLASS_THREE_COUNT, CLASS_TWO_COUNT
from custmaster.limits.codes import LimitCode
from custmaster.limits.kinds import AccountClass

__all__ = ["CLASS_COUNTS", "ClassCount", "can_open"]


@frozen(kw_only=True)
class ClassCount:
    """How many a class may have, what is said above it, and how far that goes: 原则上 (in principle) leaves it to a person.

    >>> CLASS_COUNTS[AccountClass.CLASS_II].outcome
    <Outcome.REVIEW: 'REVIEW'>
    """

    most: Key[int]
    code: LimitCode
    outcome: Outcome


CLASS_COUNTS: Final[Mapping[AccountClass, ClassCount]] = {
    AccountClass.CLASS_I: ClassCount(most=CLASS_ONE_COUNT, code=LimitCode.CLASS_ONE_HELD, outcome=Outcome.REFUSED),
    AccountClass.CLASS_II: ClassCount(most=CLASS_TWO_COUNT, code=LimitCode.CLASS_TWO_MANY, outcome=Outcome.REVIEW),
    AccountClass.CLASS_III: ClassCount(most=CLASS_THREE_COUNT, code=LimitCode.CLASS_THREE_MANY, outcome=Outcome.REVIEW),
}
"""The three classes; total. Source: B5."""


def can_open(account_class: AccountClass, holdings: Mapping[AccountClass, int], page: Page) -> Decision:
    """Whether a person who holds so many accounts of each class at this bank may open one more of this class on the page's day.

    A class that `holdings` does not name is one of which there is none. On a day before the rule there is no reason against it. Errors:
    CustmasterError for a number below zero. Source: B5, field.md idea 7.

    >>> from datetime import date
    >>> from custmaster.handbook import default
    >>> page = default().on(date(2026, 11, 23))
    >>> can_open(AccountClass.CLASS_I, {AccountClass.CLASS_I: 1}, page).outcome
    <Outcome.REFUSED: 'REFUSED'>
    >>> can_open(AccountClass.CLASS_II, {AccountClass.CLASS_II: 4}, page).outcome
    <Outcome.ALLOWED: 'ALLOWED'>
    """
    held = holdings.get(account_class, 0)
    if held < 0:
        raise CustmasterError("nobody holds less than no account")
    rule = CLASS_COUNTS[account_class]
    most = page.get(rule.most)
    if most is None or held < most:
        return decide((), handbook=page.stamp)
    facts = {"held": held, "most": most}
    reason = Reason(code=rule.code, outcome=rule.outcome, citation=page.cite(rule.most), facts=facts)
    return decide((reason,), handbook=page.stamp)
