"""The roster review (名单评审) of a day: every figure, for the bank, its outlets and its staff, out of one count of customers and entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from attrs import define, field

from custmaster.decision import Approval
from custmaster.handbook import Language, Page
from custmaster.roster.calls import calls
from custmaster.roster.changes import diff
from custmaster.roster.credit import Credit, credit_of_outlets, credit_of_staff, seats_of
from custmaster.roster.floors import floor
from custmaster.roster.growth import growth
from custmaster.roster.holdings import Held, Holdings, Tally, holdings, joined
from custmaster.roster.judge import remarks
from custmaster.roster.kinds import Post
from custmaster.roster.level_names import level_names
from custmaster.roster.per_head import per_head
from custmaster.roster.population import Population, population
from custmaster.roster.review import OutletReview, Roster, RosterReview, StaffReview
from custmaster.roster.share import share
from custmaster.roster.taking_part import taking_part

__all__ = ["review"]


def review(roster: Roster, day: date, page: Page, before: Roster | None = None) -> RosterReview:
    """Everything about the roster on `day`, judged by the figures of `page`; with `before`, what has changed since.

    Equal for equal rosters, whatever the order of their rows; bad rows are named in `findings` and the rest is reviewed. `page` is that of the day,
    or another day's where the handbook did not yet hold. Errors: NotInForce; InvalidValue for a ladder that contradicts itself, or whose levels have
    not as many English names. Source: R-04 to R-22.

    >>> from custmaster.handbook import default
    >>> day = date(2026, 11, 28)
    >>> review(Roster(), day, default().on(day)).share.met
    <Met.NOT_COMPUTABLE: 'NOT_COMPUTABLE'>
    """
    counted = population(roster, day, page)
    held = holdings(roster, counted, day)
    work = _Work(roster=roster, page=page, counted=counted, holdings=held)
    live = Tally()
    for one in held.held:
        live.add(one)
    tally = Counter(counted.ranks.values())
    return RosterReview(
        day=day,
        handbook=page.stamp,
        growth=growth(counted.of_bank(), counted.ends, page),
        share=share(counted, page),
        outlets=work.outlets(day),
        levels=tuple((level, tally.get(rank, 0)) for rank, level in enumerate(counted.rungs.levels)),
        segments=live.by_segment(),
        prospects=len(live.prospects),
        calls=calls(held.held, counted),
        changes=() if before is None else diff(before.entries, roster.entries, counted.rungs),
        pooled=len(_pooled(held.held)),
        without_level=tally.get(None, 0),
        findings=remarks(roster, day, page, counted),
        level_names={lang: level_names(page, lang) for lang in Language},
    )


def _pooled(held: Iterable[Held]) -> Mapping[str, Held]:
    """Whom nobody maintains and nobody is offered, on none of its entries; each once, whatever numbers it is listed under."""
    waiting: dict[str, Held] = {}
    taken: set[str] = set()
    for one in held:
        if one.assignment is None and not one.offered:
            waiting.setdefault(one.subject, one)
        else:
            taken.add(one.subject)
    return {subject: one for subject, one in waiting.items() if subject not in taken}


@define(kw_only=True, eq=False, repr=False)
class _Work:
    """What the reviews of outlets and staff are made from; every part is counted once."""

    roster: Roster
    page: Page
    counted: Population
    holdings: Holdings
    of_staff: Mapping[str, Tally] = field(init=False)
    of_outlets: Mapping[str, Tally] = field(init=False)
    of_seats: Mapping[tuple[str, str], Tally] = field(init=False)
    heads: Mapping[str, tuple[str, ...]] = field(init=False)
    offered: Mapping[tuple[str, str], int] = field(init=False)
    pooled: Mapping[str | None, int] = field(init=False)
    astray: Mapping[str, int] = field(init=False)
    patterns: Mapping[str | None, Mapping[int, int]] = field(init=False)
    credit_of_staff: Mapping[str, Credit] = field(init=False)
    credit_of_outlets: Mapping[str, Credit] = field(init=False)
    approvals: Mapping[str, tuple[Approval, ...]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        held = self.holdings.held
        self.of_seats, self.heads = self.holdings.of_seats(), self.holdings.heads()
        self.of_outlets = joined((outlet, tally) for (outlet, _), tally in self.of_seats.items())
        self.of_staff = joined((staff, tally) for (_, staff), tally in self.of_seats.items())
        offers = (one.entry.proposal for one in held)
        self.offered = Counter((offer.outlet, offer.staff) for offer in offers if offer is not None)
        self.pooled = Counter(one.entry.outlet for one in _pooled(held).values())
        self.astray = Counter(one.assignment.outlet for one in held if one.assignment is not None and not one.counts)
        self.patterns = self.counted.of_outlets()
        seats = seats_of(self.roster, self.counted)
        self.credit_of_staff = credit_of_staff(seats, self.counted, self.page)
        self.credit_of_outlets = credit_of_outlets(seats, self.counted, self.page)
        given: dict[str, list[Approval]] = {}
        for staff, approval in self.roster.approvals:
            given.setdefault(staff, []).append(approval)
        self.approvals = {staff: tuple(listed) for staff, listed in given.items()}

    def outlets(self, day: date) -> tuple[OutletReview, ...]:
        """Those open on the day, those with somebody on post, and those of an assignment; by number."""
        known = sorted(self.roster.outlets, key=lambda one: (one.number, one.name))
        names = {one.number: one.name for one in known}
        numbers = {one.number for one in known if one.valid.contains(day)} | self.heads.keys() | self.astray.keys()
        return tuple(self.outlet(number, names.get(number, "")) for number in sorted(numbers))

    def outlet(self, number: str, name: str) -> OutletReview:
        tally, heads = self.of_outlets.get(number, Tally()), self.heads.get(number, ())
        return OutletReview(
            outlet=number,
            name=name,
            heads=len(heads),
            maintained=len(tally.customers),
            pooled=self.pooled.get(number, 0),
            prospects=len(tally.prospects),
            by_level=tally.by_level(self.counted.rungs),
            per_head=per_head(tally.counts(number, self.page, len(heads)), self.page),
            growth=growth(self.patterns.get(number, {}), self.counted.ends, self.page, number),
            staff=tuple(self.staff(staff, number) for staff in heads),
            astray=self.astray.get(number, 0),
            credit=self.credit_of_outlets.get(number, Credit()).net,
        )

    def staff(self, staff: str, outlet: str) -> StaffReview:
        seat, counts = self.of_seats.get((outlet, staff), Tally()), self.of_staff.get(staff, Tally())
        whole = counts.counts(staff, self.page)
        return StaffReview(
            staff=staff,
            outlet=outlet,
            posts=tuple(post for post in self.holdings.posts(staff) if (post, outlet) in self._posts(staff)),
            maintained=len(seat.customers),
            proposed=self.offered.get((outlet, staff), 0),
            prospects=len(seat.prospects),
            by_segment=seat.by_segment(),
            by_level=seat.by_level(self.counted.rungs),
            floor=floor(whole, self.holdings.posts(staff), self.page, self.approvals.get(staff, ())),
            taking_part=taking_part(whole, self.page),
            credit=self.credit_of_staff.get(staff, Credit()).net,
        )

    def _posts(self, staff: str) -> set[tuple[Post, str]]:
        return {(one.post, one.outlet) for one in self.holdings.postings[staff]}
