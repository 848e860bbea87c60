"""Whom to call (潜力客户): the customers by whom the targets can be reached, with the reason and in the order in which calls pay."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from custmaster.roster.figure_codes import CallCode
from custmaster.roster.holdings import Held
from custmaster.roster.kinds import Segment
from custmaster.roster.population import Population
from custmaster.roster.review import Call

__all__ = ["calls"]

_CODES: Final = tuple(CallCode)


def calls(held: Iterable[Held], counted: Population) -> tuple[Call, ...]:
    """The calls worth making among customers below gold, best first; one call for one customer. `held` stands in the order of `Holdings`.

    Whoever fell below since the year began comes first, then those one level below (with needs before the others), then lower ones with needs.
    Within a reason the more needs, then the higher level, then the number. Source: R-06, R-14.
    """
    below = counted.rungs.rank(counted.rungs.quality_from) - 1
    # Of few kinds, each in the order of the numbers: nothing is made for a customer but its call.
    found: dict[tuple[int, int, int], list[Held]] = {}
    for one in held:
        rank = counted.rungs.rank(one.level)
        code = _why(one, counted, is_next=rank == below)
        if code is not None:
            found.setdefault((_CODES.index(code), -len(one.entry.needs), -rank), []).append(one)
    told: dict[str, Call] = {}
    for kind in sorted(found):
        for one in found[kind]:
            if one.subject not in told:
                told[one.subject] = _call(one, _CODES[kind[0]])
    return tuple(told.values())


def _why(one: Held, counted: Population, *, is_next: bool) -> CallCode | None:
    if one.entry.is_prospect or one.segment is Segment.MAINTAIN:
        return None
    heads = counted.quality.get(one.subject)
    if heads is not None and heads.quality >> len(counted.ends) - 2 & 1:
        return CallCode.CALL_FELL_BELOW
    needs = bool(one.entry.needs)
    if is_next:
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
