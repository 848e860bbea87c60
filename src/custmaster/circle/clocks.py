"""The clocks of a topic: so many activities a calendar month, no half-year without any, and results filed in time.

Three readings are settled here, and said in `docs/how-to/review-circles.md`. A month is judged when it is over and lies whole within the
topic's life after the month of registration. A pause is over the limit on the days after `limit`, the last that is still good; each of those
days is excused on its own, so that an activity never makes worse what was explained before it. 及时 (promptly) has no number, so the caller says one or
none is applied.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from attrs import field, frozen

from custmaster.circle.circle import Circle
from custmaster.circle.clock_codes import CLOCK_OUTCOMES, ClockCode
from custmaster.circle.kinds import Step
from custmaster.circle.topic import Topic
from custmaster.decision import Citation, Fact, Reason
from custmaster.errors import Fault, InvalidValue
from custmaster.handbook import Dated, Handbook
from custmaster.handbook.keys import CIRCLE_ACTIVITIES, CIRCLE_IDLE_MONTHS
from custmaster.value.span import add_months

__all__ = [
    "ClockTerms",
    "Filing",
    "IdleState",
    "Life",
    "MonthHeld",
    "Pause",
    "filing",
    "judge_filing",
    "judge_months",
    "judge_pauses",
    "life",
    "months",
    "pauses",
    "result_on",
]

_ONE_DAY: Final = timedelta(days=1)
_SHORTEST_MONTH: Final = 28
_FILED: Final = "文二 第五条(六) (R-38)"


class IdleState(StrEnum):
    """What a pause is: within the limit, over it, or over it and explained (原因说明). Source: R-30."""

    WITHIN = "WITHIN"
    LAPSED = "LAPSED"
    LAPSED_EXPLAINED = "LAPSED_EXPLAINED"


@frozen(kw_only=True)
class ClockTerms:
    """By what the clocks are read: the bank's business day, the handbook, and two readings that the document leaves open.

    `filing_days` is how many days after the result a filing is in time: None, the default, applies no number, as R-38 gives none.
    `explained_months` is for how many months around it an explanation excuses: None takes the months of the limit itself, so a pause that goes on
    is explained anew each half-year. Errors: InvalidValue (RANGE) for a negative number.

    >>> from custmaster.handbook import default
    >>> terms = ClockTerms(handbook=default(), day=date(2026, 11, 28))
    >>> terms.idle.value, terms.activities(date(2017, 1, 1))
    (6, None)
    """

    handbook: Handbook
    day: date
    filing_days: int | None = None
    explained_months: int | None = None
    idle: Dated[int] | None = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        for name in ("filing_days", "explained_months"):
            number = getattr(self, name)
            if number is not None and number < 0:
                raise InvalidValue(Fault.RANGE, path=name, remedy="give 0 or more, or None")
        object.__setattr__(self, "idle", self.handbook.timeline(CIRCLE_IDLE_MONTHS).at(self.day))

    def activities(self, day: date) -> Dated[int] | None:
        """The figure of activities a month in force on the day; None where none is."""
        return self.handbook.timeline(CIRCLE_ACTIVITIES).at(day)


# --- the life of a topic --------------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class Life:
    """The days on which activities of a topic count: from its registration to its last day, None while it goes on."""

    start: date
    end: date | None = None

    def through(self, day: date) -> date:
        """Its last day as seen on a day."""
        return day if self.end is None else min(self.end, day)

    def within(self, days: Iterable[date], day: date) -> list[date]:
        """Those of the days that lie in it and not after `day`, sorted."""
        last = self.through(day)
        return sorted(one for one in days if self.start <= one <= last)


def life(topic: Topic, circle: Circle) -> Life | None:
    """From registration until the topic was filed or closed, or its circle given up, whichever was first; None where it never began. Source: R-29, R-33."""
    if topic.registered_on is None:
        return None
    given_up = None if circle.closed_on is None else circle.closed_on - _ONE_DAY
    end = min((day for day in (topic.ended_on, given_up) if day is not None), default=None)
    return None if end is not None and end < topic.registered_on else Life(start=topic.registered_on, end=end)


# --- activities a month ---------------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class MonthHeld:
    """A whole calendar month of a topic by its first day: how many activities were held, and how many were needed."""

    first: date
    held: int
    needed: int
    citation: Citation

    @property
    def last(self) -> date:
        """The month's last day."""
        return _month_end(self.first)

    @property
    def short(self) -> bool:
        """Whether too few were held."""
        return self.held < self.needed


def months(lived: Life, days: Iterable[date], terms: ClockTerms) -> tuple[MonthHeld, ...]:
    """Each month that is judged, oldest first: whole, over, and after the month of registration.

    `days` are those of the activities that count. A month is judged by the figure in force on its first day, and not where there was none.
    Source: R-33.

    >>> from custmaster.handbook import default
    >>> terms = ClockTerms(handbook=default(), day=date(2026, 5, 1))
    >>> [
    ...     (one.first.month, one.held, one.short)
    ...     for one in months(Life(start=date(2026, 2, 3)), [date(2026, 4, 30)], terms)
    ... ]
    [(3, 0, True), (4, 1, False)]
    """
    held = Counter((day.year, day.month) for day in lived.within(days, terms.day))
    figures = ((first, terms.activities(first)) for first in _whole_months(lived, terms.day))
    return tuple(
        MonthHeld(
            first=first,
            held=held[first.year, first.month],
            needed=figure.value,
            citation=figure.cite(CIRCLE_ACTIVITIES.name),
        )
        for first, figure in figures
        if figure is not None
    )


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _whole_months(lived: Life, day: date) -> Iterator[date]:
    """The first day of each month after the month of the start that ends before `day` and not after the end."""
    last, through = _month_end(lived.start), lived.through(day)
    while last < through:  # so that a day follows on it, in whatever year
        first = last + _ONE_DAY
        last = _month_end(first)
        if last < day and last <= through:
            yield first


def judge_months(topic: Topic, held: Iterable[MonthHeld]) -> tuple[Reason, ...]:
    """A warning for each month with too few activities. Source: R-33, B8.2."""
    return tuple(
        _reason(
            ClockCode.ACTIVITIES_SHORT,
            topic,
            one.citation,
            {"month": f"{one.first:%Y-%m}", "held": one.held, "needed": one.needed},
        )
        for one in held
        if one.short
    )


# --- half a year without activity -----------------------------------------------------------------------------------------


@frozen(kw_only=True)
class Pause:
    """The days from an activity (else the registration) to the next, else to the topic's last day; `until` is None while it goes on.

    `limit` is the last day on which the next activity is still in time: months are counted from `since`, month ends clipped. Source: R-30.
    """

    since: date
    until: date | None
    limit: date
    months: int
    state: IdleState
    citation: Citation


def pauses(lived: Life, days: Iterable[date], explained: Iterable[date], terms: ClockTerms) -> tuple[Pause, ...]:
    """Every pause that was over the limit, oldest first, and always the last one, which may go on.

    `days` are those of the activities that count, `explained` those on which a pause was explained. Strictly more than the limit is a lapse.
    Nothing that was explained moves `since` or `limit`. Empty where no figure is in force. Source: R-30.

    >>> from custmaster.handbook import default
    >>> terms = ClockTerms(handbook=default(), day=date(2026, 9, 1))
    >>> (told,) = pauses(Life(start=date(2025, 8, 31)), [date(2026, 2, 28)], [], terms)
    >>> str(told.state), told.limit
    ('LAPSED', datetime.date(2026, 8, 28))
    """
    if terms.idle is None or lived.start > terms.day:
        return ()
    figure, last = terms.idle, lived.through(terms.day)
    marks = [lived.start, *lived.within(days, terms.day)]
    excused = _excused(explained, terms.day, figure.value if terms.explained_months is None else terms.explained_months)
    over = [
        pause
        for since, until in pairwise(marks)
        if (until - since).days > figure.value * _SHORTEST_MONTH
        and (pause := _pause((since, until), until, figure, excused)).state is not IdleState.WITHIN
    ]
    ended = last if lived.end is not None and lived.end <= terms.day else None
    return (*over, _pause((marks[-1], last), ended, figure, excused))


def _pause(
    days: tuple[date, date], until: date | None, figure: Dated[int], excused: Sequence[tuple[date, date]]
) -> Pause:
    since, last = days
    limit = _moved(since, figure.value)
    if last <= limit:
        state = IdleState.WITHIN
    else:
        state = IdleState.LAPSED_EXPLAINED if _covered(limit + _ONE_DAY, last, excused) else IdleState.LAPSED
    cited = figure.cite(CIRCLE_IDLE_MONTHS.name)
    return Pause(since=since, until=until, limit=limit, months=figure.value, state=state, citation=cited)


def _excused(explained: Iterable[date], day: date, reach: int) -> list[tuple[date, date]]:
    """From which to which day each explanation excuses; what is explained after the day of the review is not known yet."""
    return [(_moved(told, -reach), _moved(told, reach)) for told in sorted(explained) if told <= day]


def _moved(day: date, months: int) -> date:
    """As `add_months`, but no further than the calendar goes: 0001-01-01 and 9999-12-31 stand in files for a day that nobody knows."""
    try:
        return add_months(day, months)
    except InvalidValue:
        return date.min if months < 0 else date.max


def _covered(first: date, last: date, excused: Sequence[tuple[date, date]]) -> bool:
    """Whether each day from first to last is excused; `excused` is sorted."""
    for start, end in excused:
        if start <= first <= end:
            if last <= end:
                return True
            first = end + _ONE_DAY
    return False


_STATE_CODES: Final = {
    IdleState.LAPSED: ClockCode.IDLE_LAPSED,
    IdleState.LAPSED_EXPLAINED: ClockCode.IDLE_EXPLAINED,
}


def judge_pauses(topic: Topic, held: Iterable[Pause]) -> tuple[Reason, ...]:
    """A breach for each pause over the limit, and a note where it was explained. Source: R-30."""
    return tuple(
        _reason(
            _STATE_CODES[one.state],
            topic,
            one.citation,
            {"since": one.since, "limit": one.limit, "months": one.months},
        )
        for one in held
        if one.state in _STATE_CODES
    )


# --- filing in time -------------------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class Filing:
    """When a topic had its result, until when it has to be filed (None where no number of days is applied), and when it was."""

    result_on: date
    due: date | None
    filed_on: date | None


def result_on(topic: Topic) -> date | None:
    """The day on which a result was reached: the first on which it was acted upon a check that was met; None without one. Source: R-31, R-38."""
    entered = (
        later.on
        for before, later in pairwise(topic.steps)
        if before.step is Step.CHECK and before.met is True and later.step is Step.ACT
    )
    return next(entered, None)


def filing(topic: Topic, terms: ClockTerms) -> Filing | None:
    """The filing (成果报备) of a topic that has a result; None without one on the day. Source: R-38."""
    reached = result_on(topic)
    if reached is None or reached > terms.day:
        return None
    left = (date.max - reached).days
    due = None if terms.filing_days is None else reached + timedelta(days=min(terms.filing_days, left))
    filed = topic.filed_on if topic.filed_on is not None and topic.filed_on <= terms.day else None
    return Filing(result_on=reached, due=due, filed_on=filed)


def judge_filing(topic: Topic, terms: ClockTerms) -> tuple[Reason, ...]:
    """A warning where it is filed too late, or not yet and the days are over; else a note of a result that is not filed. Source: R-38."""
    found = filing(topic, terms)
    if found is None or topic.closed_on is not None:
        return ()
    if found.due is not None and (found.filed_on or terms.day) > found.due:
        facts: dict[str, Fact] = {"result": found.result_on, "due": found.due}
        return (_reason(ClockCode.FILED_LATE, topic, Citation(article=_FILED), facts),)
    if found.filed_on is None:
        return (_reason(ClockCode.RESULTS_NOT_FILED, topic, Citation(article=_FILED), {"result": found.result_on}),)
    return ()


def _reason(code: ClockCode, topic: Topic, citation: Citation, facts: dict[str, Fact]) -> Reason:
    return Reason(code=code, outcome=CLOCK_OUTCOMES[code], citation=citation, subject=topic.number, facts=facts)
