"""A restriction (管控) of one customer by one cause, and what happens to restrictions: imposed, lifted, joined by a merge, parted again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from attrs import field, frozen

from custmaster.errors import Fault, InvalidRecord, InvalidValue
from custmaster.screening.kinds import EVERYTHING, LiftCondition, RestrictionCause, Scope
from custmaster.value._checks import apart, of
from custmaster.value._happened import Happened
from custmaster.value.span import Span

__all__ = [
    "Restriction",
    "RestrictionEvent",
    "RestrictionImposed",
    "RestrictionLifted",
    "RestrictionsJoined",
    "RestrictionsParted",
    "combined",
]

_LONGEST: Final = 100
_LONGEST_TEXT: Final = 500


@frozen(kw_only=True)
class Restriction:
    """What a customer may not do, because of one cause, under a number of its own.

    It stands on the days of `valid`, which has a first day; without a last one it stands until it is lifted. `lift` says what lifts it before.
    `article` and `key` are the rule and the handbook's figure that it follows, `source` what it rests on: a notice and its date, never
    personal data. Errors: InvalidValue (TYPE) for a field of another kind; InvalidRecord with every fault. Source: field.md, idea 6; requirements.md B5.

    >>> from datetime import date
    >>> Restriction(
    ...     number="R1",
    ...     customer="6000000001",
    ...     cause=RestrictionCause.COURT_FREEZE,
    ...     valid=Span(date(2026, 11, 28), None),
    ...     lift=LiftCondition.COURT,
    ... ).number
    'R1'
    """

    number: str = field(validator=of(str))
    customer: str = field(validator=of(str))
    cause: RestrictionCause = field(validator=of(RestrictionCause))
    scope: Scope = field(default=EVERYTHING, validator=of(Scope))
    valid: Span = field(validator=of(Span))
    lift: LiftCondition = field(validator=of(LiftCondition))
    article: str = field(default="", validator=of(str))
    key: str | None = field(default=None, validator=of(str, optional=True))
    source: str = field(default="", validator=of(str))

    def __attrs_post_init__(self) -> None:
        faults = tuple(_faults(self))
        if faults:
            raise InvalidRecord(faults)


def _faults(restriction: Restriction) -> Iterator[InvalidValue]:
    for path, text in (("number", restriction.number), ("customer", restriction.customer)):
        if not text.strip():
            yield InvalidValue(Fault.EMPTY, path=path)
        elif len(text) > _LONGEST:
            yield InvalidValue(Fault.LENGTH, path=path, length=len(text))
    for path, text in (("article", restriction.article), ("source", restriction.source)):
        if len(text) > _LONGEST_TEXT:
            yield InvalidValue(Fault.LENGTH, path=path, length=len(text))
    if restriction.valid.start is None:
        yield InvalidValue(Fault.MISSING, path="valid.start", remedy="a restriction has a first day")
    if restriction.lift is LiftCondition.MISTAKEN:
        yield InvalidValue(Fault.CONFLICT, path="lift", remedy="nothing is imposed to be lifted as a mistake")


@frozen(kw_only=True)
class RestrictionImposed(Happened):
    """A restriction was imposed."""

    restriction: Restriction = field(validator=of(Restriction))


@frozen(kw_only=True)
class RestrictionLifted(Happened):
    """One restriction was lifted, from this day on; `reason` is in the words of whoever did it, and says nothing about a person."""

    number: str = field(validator=of(str))
    ground: LiftCondition = field(validator=of(LiftCondition))
    reason: str = field(repr=False, validator=of(str))


@frozen(kw_only=True)
class RestrictionsJoined(Happened):
    """The customer was absorbed by another, for whom its restrictions count from this day on (被归并). Errors: InvalidValue (CONFLICT)."""

    customer: str
    into: str
    __attrs_post_init__ = apart


@frozen(kw_only=True)
class RestrictionsParted(Happened):
    """The merge was undone: each customer's restrictions are its own again. Errors: InvalidValue (CONFLICT)."""

    customer: str
    into: str
    __attrs_post_init__ = apart


RestrictionEvent = RestrictionImposed | RestrictionLifted | RestrictionsJoined | RestrictionsParted
"""Every event of restrictions, a closed union."""


def combined(*several: Iterable[Restriction]) -> tuple[Restriction, ...]:
    """All the restrictions, each once, by number: what holds for one who was several customers. The worse holds, for nothing is left out.

    >>> from datetime import date
    >>> one = Restriction(
    ...     number="R1",
    ...     customer="6000000001",
    ...     cause=RestrictionCause.BLACKLIST,
    ...     valid=Span(date(2026, 1, 1), None),
    ...     lift=LiftCondition.AUTHORITY,
    ... )
    >>> combined([one], [one, one]) == (one,)
    True
    """
    each = dict.fromkeys(one for some in several for one in some)
    return tuple(sorted(each, key=_in_full))


def _in_full(one: Restriction) -> tuple[object, ...]:
    """Number and customer first; the rest makes the order total, for two systems may have given one number twice."""
    scope, valid = one.scope, one.valid
    days = (str(valid.start or ""), str(valid.end or ""))
    covered = (scope.channels, scope.actions, scope.besides)
    return (one.number, one.customer, one.cause, covered, days, one.lift, one.article, one.key or "", one.source)
