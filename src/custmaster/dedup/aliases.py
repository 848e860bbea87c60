"""The alias ledger: what became of every customer number, from which day, and which number it leads to.

The ledger is a value. A host keeps one row a number (`NumberLife`) and loads those that a question touches: the numbers named, and whatever
they lead to. What is written down is never changed; whoever replays the events has the same ledger, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NoReturn

from attrs import frozen

from custmaster.decision import Citation, Fact, Outcome, Reason
from custmaster.dedup.alias_events import (
    NUMBER_STEPS,
    AliasEvent,
    NumberMerged,
    NumberOpened,
    NumberSplit,
    NumberStatus,
    NumberVoided,
)
from custmaster.dedup.alias_records import EMPTY, AliasLedger, NumberLife, Standing
from custmaster.errors import CustmasterError
from custmaster.lifecycle import NoSuchStep, step

__all__ = [
    "EMPTY",
    "AliasCode",
    "AliasLedger",
    "ChainLink",
    "NumberLife",
    "Resolution",
    "Standing",
    "evolve",
    "judge",
    "replay",
    "resolutions",
    "resolve",
]


class AliasCode(StrEnum):
    """Why a number does not take an event; a code is never reused for another meaning."""

    ALIAS_NUMBER_UNKNOWN = "ALIAS_NUMBER_UNKNOWN"
    ALIAS_NUMBER_GIVEN = "ALIAS_NUMBER_GIVEN"
    ALIAS_NO_SUCH_STEP = "ALIAS_NO_SUCH_STEP"
    ALIAS_DAY_TOO_EARLY = "ALIAS_DAY_TOO_EARLY"
    ALIAS_CIRCLE = "ALIAS_CIRCLE"
    ALIAS_TARGET_NOT_ACTIVE = "ALIAS_TARGET_NOT_ACTIVE"
    ALIAS_LED_TO = "ALIAS_LED_TO"


Lives = Mapping[str, NumberLife]


@frozen(kw_only=True)
class ChainLink:
    """One number on the way, and what it was on the day; `since` is the day from which."""

    number: str
    status: NumberStatus
    since: date


@frozen(kw_only=True)
class Resolution:
    """Where a number leads on a day: the numbers at the end, and every number on the way as evidence.

    `ends` is empty for a number that had not been given; it holds several for one that was split and whose parts stand apart.
    """

    number: str
    as_of: date
    ends: tuple[str, ...]
    chain: tuple[ChainLink, ...]

    @property
    def end(self) -> str | None:
        """The one number that it leads to; None when there is none, or more than one."""
        return self.ends[0] if len(self.ends) == 1 else None

    @property
    def status(self) -> NumberStatus | None:
        """What the one number at the end was on the day: ACTIVE, CLOSED or VOID."""
        return next((link.status for link in self.chain if link.number == self.end), None)

    @property
    def trail(self) -> str:
        """The numbers on the way in the order in which they were met, as a text for people."""
        return " > ".join(link.number for link in self.chain)


def resolve(ledger: AliasLedger, number: str, as_of: date) -> Resolution:
    """Which number the bank's customer had on the day, however often it was merged by then.

    A number that was split leads to all its parts, and to one number again when they were merged. Errors: CustmasterError for a ledger
    that lacks a number on the way, or whose rows lead in a circle (the events were not judged). Source: B6, field.md pain 5.

    >>> day = date(2026, 11, 23)
    >>> events = [NumberOpened(number=n, on=day, request_id="T-1") for n in "123"]
    >>> merges = [NumberMerged(number=n, into=i, on=day, request_id="T-2") for n, i in ("12", "23")]
    >>> found = resolve(replay([*events, *merges]), "1", day)
    >>> found.end, found.trail, found.status
    ('3', '1 > 2 > 3', <NumberStatus.ACTIVE: 'ACTIVE'>)
    """
    links: dict[str, ChainLink] = {}
    ends: dict[str, None] = {}
    if _on(ledger.by_number, number, as_of) is None:
        return Resolution(number=number, as_of=as_of, ends=(), chain=())
    for link, leads in _walk(ledger.by_number, number, as_of):
        links[link.number] = link
        if not leads:
            ends[link.number] = None
    return Resolution(number=number, as_of=as_of, ends=tuple(ends), chain=tuple(links.values()))


def _walk(lives: Lives, number: str, day: date) -> Iterator[tuple[ChainLink, tuple[str, ...]]]:
    """Each number on the way, once, and what it leads to; without recursion. Errors: CustmasterError for a circle."""
    waiting, path, seen = [(number, 0)], dict[str, None](), set[str]()
    while waiting:
        here, depth = waiting.pop()
        while len(path) > depth:
            path.popitem()
        if here in path:
            raise CustmasterError(f"the rows of the ledger lead in a circle: {' > '.join((*path, here))}")
        if here in seen:
            continue
        standing = _on(lives, here, day)
        if standing is None:
            _missing(here)
        seen.add(here)
        path[here] = None
        yield ChainLink(number=here, status=standing.status, since=standing.since), standing.into
        waiting.extend((part, len(path)) for part in reversed(standing.into))


def _on(lives: Lives, number: str, day: date) -> Standing | None:
    life = lives.get(number)
    return None if life is None else life.on(day)


def resolutions(ledger: AliasLedger, as_of: date) -> Mapping[str, str]:
    """Every number that leads to one other number on the day, and that number: what other rooms are handed.

    Whoever asks writes `.get(number, number)`. A number that leads to several is not in it. Errors as `resolve`.

    >>> day = date(2026, 11, 23)
    >>> events = [NumberOpened(number=n, on=day, request_id="T-1") for n in "12"]
    >>> merged = NumberMerged(number="1", into="2", on=day, request_id="T-2")
    >>> dict(resolutions(replay([*events, merged]), day))
    {'1': '2'}
    """
    ends: dict[str, str | None] = {}
    for life in ledger.lives:
        standing = life.on(as_of)
        if standing is not None and standing.into:
            _follow(ledger, life.number, as_of, ends)
    return MappingProxyType({number: end for number, end in ends.items() if end not in (None, number)})


def _follow(ledger: AliasLedger, number: str, day: date, ends: dict[str, str | None]) -> None:
    """Walk to the end or to a number whose end is known, and note it for every number on the way: no chain is walked twice."""
    path: dict[str, None] = {}
    here = number
    while here not in ends:
        standing = _on(ledger.by_number, here, day)
        if standing is None or len(standing.into) != 1 or here in path:
            ends[here] = resolve(ledger, here, day).end if standing is not None else _missing(here)
        else:
            path[here] = None
            (here,) = standing.into
    ends.update(dict.fromkeys(path, ends[here]))


def _missing(number: str) -> NoReturn:
    raise CustmasterError(f"the ledger does not hold {number}: load whatever a number leads to")


def judge(ledger: AliasLedger, event: AliasEvent) -> tuple[Reason, ...]:
    """Everything that stands against the event; nothing for one that the ledger has taken already.

    A merge that would lead back to its own number is ALIAS_CIRCLE, which names the chain. No day on which two numbers led to each other
    can come about, since neither number of an event may have been anything else after its day. Source: B6, R-45.

    >>> day = date(2026, 11, 23)
    >>> events = [NumberOpened(number=n, on=day, request_id="T-1") for n in "12"]
    >>> merged = NumberMerged(number="1", into="2", on=day, request_id="T-2")
    >>> back = NumberMerged(number="2", into="1", on=day, request_id="T-3")
    >>> [(str(reason.code), dict(reason.facts)) for reason in judge(replay([*events, merged]), back)]
    [('ALIAS_CIRCLE', {'chain': '2 > 1 > 2'})]
    """
    return tuple(_against(ledger.by_number, event))


def evolve(ledger: AliasLedger, event: AliasEvent) -> AliasLedger:
    """The ledger after the event; the same ledger for an event that it has taken already.

    Errors: CustmasterError for an event that `judge` finds something against (the caller's bug: it was not asked).
    """
    return replay([event], ledger)


def replay(events: Iterable[AliasEvent], ledger: AliasLedger = EMPTY) -> AliasLedger:
    """The ledger after all the events, in their order; errors as `evolve`. An event told twice is taken once.

    >>> opened = NumberOpened(number="6000000001", on=date(2026, 11, 23), request_id="T-1")
    >>> replay([opened, opened]) == replay([opened])
    True
    """
    lives = dict(ledger.by_number)
    for event in events:
        against = next(_against(lives, event), None)
        if against is not None:
            raise CustmasterError(f"{type(event).__name__} does not happen to {event.number}: {against.code}")
        held, standing = lives.get(event.number), _standing(event)
        if held is None or standing not in held.standings:
            standings = () if held is None else held.standings
            lives[event.number] = NumberLife(number=event.number, standings=(*standings, standing))
    return AliasLedger(lives=lives.values())


def _standing(event: AliasEvent) -> Standing:
    return Standing(status=_REACHED[type(event)], since=event.on, into=_into(event), request_id=event.request_id)


def _into(event: AliasEvent) -> tuple[str, ...]:
    match event:
        case NumberMerged():
            return (event.into,)
        case NumberSplit():
            return event.into
        case _:
            return ()


_REACHED: Final[Mapping[type[object], NumberStatus]] = {
    kind: reached for row in NUMBER_STEPS.values() for kind, reached in row.items()
} | {NumberOpened: NumberStatus.ACTIVE}


def _against(lives: Lives, event: AliasEvent) -> Iterator[Reason]:
    life = lives.get(event.number)
    if life is not None and _standing(event) in life.standings:
        return
    yield from _of_itself(life, event)
    for target in _into(event):
        yield from _of_target(lives, event, target)
    if isinstance(event, NumberVoided):
        yield from _of_aliases(lives, event)


def _of_itself(life: NumberLife | None, event: AliasEvent) -> Iterator[Reason]:
    if isinstance(event, NumberOpened):
        if life is not None:
            yield _reason(AliasCode.ALIAS_NUMBER_GIVEN, event, status=life.now.status.value)
        return
    if life is None:
        if not isinstance(event, NumberVoided):
            yield _reason(AliasCode.ALIAS_NUMBER_UNKNOWN, event)
        return
    if isinstance(step(NUMBER_STEPS, life.now.status, event), NoSuchStep):
        yield _reason(AliasCode.ALIAS_NO_SUCH_STEP, event, status=life.now.status.value, step=type(event).__name__)
    if event.on < life.now.since:
        yield _reason(AliasCode.ALIAS_DAY_TOO_EARLY, event, last=life.now.since)


def _of_target(lives: Lives, event: AliasEvent, target: str) -> Iterator[Reason]:
    life = lives.get(target)
    if life is None:
        yield _reason(AliasCode.ALIAS_NUMBER_UNKNOWN, event, number=target)
        return
    came_from = {part: link.number for link, leads in _walk(lives, target, date.max) for part in reversed(leads)}
    if event.number in came_from:
        yield _reason(AliasCode.ALIAS_CIRCLE, event, chain=" > ".join(_circle(event.number, target, came_from)))
    elif life.now.status is not NumberStatus.ACTIVE:
        status = life.now.status.value
        yield _reason(
            AliasCode.ALIAS_TARGET_NOT_ACTIVE,
            event,
            number=target,
            status=status,
            chain=" > ".join((target, *came_from)),
        )
    elif event.on < life.now.since:
        yield _reason(AliasCode.ALIAS_DAY_TOO_EARLY, event, number=target, last=life.now.since)


def _circle(number: str, target: str, came_from: Mapping[str, str]) -> Iterable[str]:
    """From the number over its target back to it."""
    back = [number]
    while back[-1] != target:
        back.append(came_from[back[-1]])
    return (number, *reversed(back))


def _of_aliases(lives: Lives, event: AliasEvent) -> Iterator[Reason]:
    leading = sorted(life.number for life in lives.values() if event.number in life.now.into)
    if leading:
        yield _reason(AliasCode.ALIAS_LED_TO, event, number=leading[0], count=len(leading))


def _reason(code: AliasCode, event: AliasEvent, **facts: Fact) -> Reason:
    told: dict[str, Fact] = {"number": event.number} | facts if code in _NAMING else facts
    return Reason(code=code, outcome=Outcome.REFUSED, citation=Citation(article="B6"), subject=event.number, facts=told)


_NAMING: Final = frozenset({AliasCode.ALIAS_NUMBER_UNKNOWN, AliasCode.ALIAS_DAY_TOO_EARLY})
"""Those that may be about either number of an event, and say which."""
