"""Whom to call (潜力客户): the customers by whom the targets can be reached, with the reason and in the order in which calls pay."""

from __future__ import annotations

from collections.abc import Iterable

from custmaster.roster.figure_codes import CallCode
from custmaster.roster.holdings import Held
from custmaster.roster.kinds import Segment
from custmaster.roster.population import Population
from custmaster.roster.review import Call

__all__ = ["calls"]

_ORDER = tuple(CallCode)


def calls(held: Iterable[Held], counted: Population) -> tuple[Call, ...]:
    """The calls worth making among customers below gold, best first; one call for one customer.

    Whoever fell below since the year began comes first, then those one level below (with needs before the others), then lower ones with needs.
    Within a reason the more needs, then the higher level, then the number. Source: R-06, R-14.
    """
    found: dict[str, tuple[tuple[int, int, int, str], Call]] = {}
    for one in held:
        code = _why(one, counted)
        if code is not None:
            rank = (_ORDER.index(code), -len(one.entry.needs), -counted.rungs.rank(one.level), one.entry.number)
            known = found.get(one.subject)
            if known is None or rank < known[0]:
                found[one.subject] = rank, _call(one, code)
    return tuple(call for _, call in sorted(found.values(), key=lambda pair: (pair[0], pair[1].subject)))


def _why(one: Held, counted: Population) -> CallCode | None:
    if one.entry.is_prospect or one.segment is Segment.MAINTAIN:
        return None
    heads = counted.quality.get(one.subject)
    if heads is not None and heads.quality >> len(counted.ends) - 2 & 1:
        return CallCode.CALL_FELL_BELOW
    needs = bool(one.entry.needs)
    if counted.rungs.rank(one.level) == counted.rungs.rank(counted.rungs.quality_from) - 1:
        return CallCode.CALL_NEXT_WITH_NEED if needs else CallCode.CALL_NEXT
    return CallCode.CALL_WITH_NEED if needs else None


def _call(one: Held, code: CallCode) -> Call:
    who = one.assignment
    return Call(
        entry=one.entry.number,
        subject=one.subject,
        staff=None if who is None else who.staff,
        outlet=one.entry.outlet if who is None else who.outlet,
        segment=one.segment,
        level=one.level,
        needs=one.entry.needs,
        why=code,
    )
