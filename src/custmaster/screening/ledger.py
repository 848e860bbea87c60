"""The ledger of restrictions: it only grows, and says of each day what stands. Lifting one cause never lifts another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final, assert_never

from attrs import field, frozen

from custmaster.decision import Citation, Outcome, Reason
from custmaster.errors import Fault, InvalidValue
from custmaster.screening.codes import ScreeningCode
from custmaster.screening.restriction import (
    Restriction,
    RestrictionEvent,
    RestrictionImposed,
    RestrictionLifted,
    RestrictionsJoined,
    RestrictionsParted,
    combined,
)

__all__ = ["EMPTY_RESTRICTIONS", "RestrictionLedger", "against", "explain", "standing"]

if TYPE_CHECKING:

    def _each_once(entries: Iterable[RestrictionEvent]) -> tuple[RestrictionEvent, ...]: ...

else:

    def _each_once(entries):  # noqa: ANN001, ANN202
        return tuple(dict.fromkeys(entries))


class _Kept:
    """What the entries come to, made once: restrictions and liftings by number, the numbers of each customer, and who was joined."""

    def __init__(self) -> None:
        self.imposed: dict[str, Restriction] = {}
        self.lifted: dict[str, RestrictionLifted] = {}
        self.of: dict[str, list[str]] = {}
        self.joined: dict[str, list[tuple[str, date, date | None]]] = {}
        self.absorbed: dict[str, list[str]] = {}

    def take(self, event: RestrictionEvent) -> InvalidValue | None:
        """Take one event; the fault of one that cannot follow those before."""
        match event:
            case RestrictionImposed():
                return self._impose(event.restriction)
            case RestrictionLifted():
                return self._lift(event)
            case RestrictionsJoined():
                return self._join(event)
            case RestrictionsParted():
                return self._part(event)
        assert_never(event)

    def into(self, customer: str) -> str | None:
        """Whom the customer is joined with after the last event."""
        last = self.joined.get(customer, [])[-1:]
        return last[0][0] if last and last[0][2] is None else None

    def group(self, customer: str, day: date) -> set[str]:
        """The customer and everyone who counts for it on the day, by however many merges."""
        found, ahead = {customer}, [customer]
        while ahead:
            for other in self.absorbed.get(ahead.pop(), ()):
                if other not in found and self._counts(other, found, day):
                    found.add(other)
                    ahead.append(other)
        return found

    def _counts(self, other: str, group: set[str], day: date) -> bool:
        spans = self.joined[other]
        return any(into in group and since <= day and (until is None or day < until) for into, since, until in spans)

    def _impose(self, restriction: Restriction) -> InvalidValue | None:
        if restriction.number in self.imposed:
            return InvalidValue(Fault.DUPLICATE, path="restriction.number", remedy="each has a number of its own")
        self.imposed[restriction.number] = restriction
        self.of.setdefault(restriction.customer, []).append(restriction.number)
        return None

    def _lift(self, event: RestrictionLifted) -> InvalidValue | None:
        if event.number not in self.imposed:
            return InvalidValue(Fault.CONFLICT, path="number", remedy="it was not imposed")
        if event.number in self.lifted:
            return InvalidValue(Fault.CONFLICT, path="number", remedy="it was lifted already")
        self.lifted[event.number] = event
        return None

    def _join(self, event: RestrictionsJoined) -> InvalidValue | None:
        if self.into(event.customer) is not None:
            return InvalidValue(Fault.CONFLICT, path="customer", remedy="it is joined already")
        end: str | None = event.into
        while end is not None:
            if end == event.customer:
                return InvalidValue(Fault.CONFLICT, path="into", remedy="they would be joined in a circle")
            end = self.into(end)
        self.joined.setdefault(event.customer, []).append((event.into, event.on, None))
        self.absorbed.setdefault(event.into, []).append(event.customer)
        return None

    def _part(self, event: RestrictionsParted) -> InvalidValue | None:
        if self.into(event.customer) != event.into:
            return InvalidValue(Fault.CONFLICT, path="customer", remedy="the two are not joined")
        into, since, _ = self.joined[event.customer].pop()
        if event.on < since:
            return InvalidValue(Fault.ORDER, path="on", remedy="they part after they were joined")
        self.joined[event.customer].append((into, since, event.on))
        return None


@frozen(kw_only=True)
class RestrictionLedger:
    """All events of restrictions in the order in which they were taken; an event that stands there already is taken once.

    Errors: InvalidValue with the place of the first that cannot follow those before: a number imposed twice (DUPLICATE), one that is not
    there or was lifted (CONFLICT), a merge in a circle or undone that was none (CONFLICT), undone before it was made (ORDER).

    >>> EMPTY_RESTRICTIONS.entries
    ()
    """

    entries: tuple[RestrictionEvent, ...] = field(default=(), converter=_each_once)

    def __attrs_post_init__(self) -> None:
        self._kept  # noqa: B018 - it refuses what cannot be

    def extend(self, events: Iterable[RestrictionEvent]) -> RestrictionLedger:
        """The ledger with these events behind those that it has. Errors: as the class."""
        return RestrictionLedger(entries=(*self.entries, *events))

    def find(self, number: str) -> Restriction | None:
        """The restriction under this number, standing or not."""
        return self._kept.imposed.get(number)

    def lifting(self, number: str) -> RestrictionLifted | None:
        """The event that lifted the restriction under this number."""
        return self._kept.lifted.get(number)

    def of(self, customer: str, on: date) -> tuple[Restriction, ...]:
        """Every restriction that counts for the customer on the day, standing or not: its own and those of whom it absorbed."""
        kept = self._kept
        numbers = (number for one in kept.group(customer, on) for number in kept.of.get(one, ()))
        return combined(kept.imposed[number] for number in numbers)

    @cached_property
    def _kept(self) -> _Kept:
        kept = _Kept()
        for place, event in enumerate(self.entries):
            fault = kept.take(event)
            if fault is not None:
                raise fault.under(f"entries[{place}]")
        return kept


EMPTY_RESTRICTIONS: Final = RestrictionLedger()
"""The ledger before anything happened."""


def standing(ledger: RestrictionLedger, customer: str, on: date) -> tuple[Restriction, ...]:
    """The restrictions that stand on the day, by number: in their term and not lifted. What stands on a past day stays as it was.

    One that was lifted stands up to the day before. Source: field.md, idea 6.
    """
    return tuple(_standing(ledger, customer, on))


def _standing(ledger: RestrictionLedger, customer: str, on: date) -> Iterator[Restriction]:
    for one in ledger.of(customer, on):
        lifted = ledger.lifting(one.number)
        if one.valid.contains(on) and (lifted is None or on < lifted.on):
            yield one


def explain(ledger: RestrictionLedger, customer: str, *, channel: str, action: str, on: date) -> tuple[Reason, ...]:
    """Every restriction that stands against the action through the channel on the day, as a reason with its citation; none: it is free.

    Source: field.md, idea 6.

    >>> explain(EMPTY_RESTRICTIONS, "6000000001", channel="MOBILE", action="TRANSFER", on=date(2026, 11, 28))
    ()
    """
    return against(standing(ledger, customer, on), channel, action)


def against(stands: Iterable[Restriction], channel: str, action: str) -> tuple[Reason, ...]:
    """As `explain`, of restrictions that were found to stand: for whoever asks about many actions of one customer on one day.

    >>> against([], "MOBILE", "TRANSFER")
    ()
    """
    return tuple(_reason(one) for one in stands if one.scope.covers(channel, action))


def _reason(one: Restriction) -> Reason:
    return Reason(
        code=ScreeningCode.RESTRICTED,
        outcome=Outcome.REFUSED,
        citation=Citation(article=one.article or one.source or str(one.cause), key=one.key),
        subject=one.customer,
        facts={
            "number": one.number,
            "cause": str(one.cause),
            "since": _day(one.valid.start),
            "last": _day(_last(one.valid.end)),
            "lift": str(one.lift),
            "source": one.source,
        },
    )


def _last(end: date | None) -> date | None:
    return None if end is None else end - timedelta(days=1)


def _day(day: date | None) -> str | date:
    return "-" if day is None else day
