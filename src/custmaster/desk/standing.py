"""Whether a customer number may be acted upon: it was given, and is active on the day; a merged one is answered with its survivor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from custmaster.decision import Citation, Outcome, Reason
from custmaster.dedup.alias_events import NumberStatus
from custmaster.dedup.aliases import Resolution
from custmaster.desk.codes import DeskCode
from custmaster.errors import CustmasterError
from custmaster.handbook import Fact

__all__ = ["judge_standing"]

_CUSTOMER_FIRST: Final = Citation(article="R-44")
_MERGED: Final = Citation(article="B8.8")


def judge_standing(numbers: Iterable[str], resolutions: Iterable[Resolution], day: date) -> tuple[Reason, ...]:
    """What stands against acting for each of the numbers on the day; a number that was not looked up is one that nobody knows.

    `resolutions` are the answers of `custmaster.dedup.aliases.resolve`, in any order. Errors: CustmasterError for one of another day.
    Source: R-44, B8.8.

    >>> from custmaster.dedup.alias_events import NumberMerged, NumberOpened
    >>> from custmaster.dedup.aliases import replay, resolve
    >>> day = date(2026, 11, 23)
    >>> opened = [NumberOpened(number=number, on=day, request_id="T-1") for number in ("6000000001", "6000000002")]
    >>> merged = NumberMerged(number="6000000001", into="6000000002", on=day, request_id="T-2")
    >>> found = resolve(replay([*opened, merged]), "6000000001", day)
    >>> [(str(reason.code), reason.facts) for reason in judge_standing(["6000000001"], [found], day)]
    [('MERGED_INTO', (('number', '6000000002'),))]
    """
    found = {one.number: one for one in resolutions}
    if any(one.as_of != day for one in found.values()):
        raise CustmasterError("a number is resolved on the day of the occasion, and on no other")
    judged = (_judge(number, found.get(number)) for number in numbers)
    return tuple(reason for reason in judged if reason is not None)


def _judge(number: str, found: Resolution | None) -> Reason | None:
    if found is None or not found.chain:
        return _reason(DeskCode.CUSTOMER_UNKNOWN, number, {})
    status = found.chain[0].status
    if status is NumberStatus.ACTIVE:
        return None
    if status is NumberStatus.MERGED_INTO and found.end is not None:
        return _reason(DeskCode.MERGED_INTO, number, {"number": found.end}, _MERGED)
    return _reason(DeskCode.CUSTOMER_NOT_ACTIVE, number, {"status": status.value})


def _reason(code: DeskCode, subject: str, facts: Mapping[str, Fact], citation: Citation = _CUSTOMER_FIRST) -> Reason:
    return Reason(code=code, outcome=Outcome.REFUSED, citation=citation, subject=subject, facts=facts)
