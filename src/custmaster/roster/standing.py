"""Who stands at an entry and how: its state, maintainer, helpers, offer and history, as one value that a merge moves and its undoing puts back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from attrs import evolve, field, fields, frozen

from custmaster.roster.entry import Assignment, Proposal, RosterEntry
from custmaster.roster.kinds import EntryState, StruckFor
from custmaster.value._checks import a_day, each_of, of, texts

__all__ = ["EntryMove", "EntryStanding", "closed", "stand", "standing"]

if TYPE_CHECKING:

    def _assignments(values: Iterable[Assignment]) -> tuple[Assignment, ...]: ...

    def _needs(values: Iterable[str]) -> tuple[str, ...]: ...

else:
    _assignments = tuple

    def _needs(values):  # noqa: ANN001, ANN202
        return texts(values, "needs")


@frozen(kw_only=True)
class EntryStanding:
    """The fields of an entry that go together with its state; nothing personal is among them.

    >>> EntryStanding(state=EntryState.POOLED).maintainer is None
    True
    """

    state: EntryState = field(validator=of(EntryState))
    maintainer: Assignment | None = field(default=None, validator=of(Assignment, optional=True))
    helpers: tuple[Assignment, ...] = field(default=(), converter=_assignments, validator=each_of(Assignment))
    proposal: Proposal | None = field(default=None, validator=of(Proposal, optional=True))
    past: tuple[Assignment, ...] = field(default=(), converter=_assignments, validator=each_of(Assignment))
    needs: tuple[str, ...] = field(default=(), converter=_needs, repr=False)
    struck_off_on: date | None = field(default=None, validator=a_day)
    struck_off_for: StruckFor | None = field(default=None, validator=of(StruckFor, optional=True))


def standing(entry: RosterEntry) -> EntryStanding:
    """How the entry stands now.

    >>> from custmaster.roster.kinds import Source
    >>> entry = RosterEntry(
    ...     number="E-1", customer="6000000001", level="金卡", source=Source.SYSTEM, listed_on=date(2026, 1, 5)
    ... )
    >>> standing(entry).state
    <EntryState.POOLED: 'POOLED'>
    """
    return EntryStanding(**{one.name: getattr(entry, one.name) for one in fields(EntryStanding)})


def stand(entry: RosterEntry, now: EntryStanding) -> RosterEntry:
    """The entry, standing as it is told; with the cause ERASED, what was kept of its prospect is dropped but for the reference.

    Errors: InvalidRecord where the standing contradicts itself, or the entry.
    """
    held = {one.name: getattr(now, one.name) for one in fields(EntryStanding)}
    if now.struck_off_for is StruckFor.ERASED:
        held |= {"prospect": None, "was_prospect": entry.subject}
    return evolve(entry, **held)


def closed(now: EntryStanding, on: date, why: StruckFor) -> EntryStanding:
    """The standing after the entry was struck off on the day: whoever maintained or helped stands in the history.

    >>> closed(EntryStanding(state=EntryState.POOLED), date(2026, 11, 28), StruckFor.OUTLET).state
    <EntryState.STRUCK_OFF: 'STRUCK_OFF'>
    """
    ended = (one for one in (now.maintainer, *now.helpers) if one is not None)
    return EntryStanding(
        state=EntryState.STRUCK_OFF,
        past=(*now.past, *(evolve(one, until=max(on, one.since)) for one in ended)),
        needs=now.needs,
        struck_off_on=on,
        struck_off_for=why,
    )


@frozen(kw_only=True)
class EntryMove:
    """What a merge, its undoing, or the end of a customer does to one entry: how it stood and how it stands then.

    `other` is the entry that it is joined with or parted from. `customer` and `becomes` are the numbers where only the customer's changes.

    >>> pooled = EntryStanding(state=EntryState.POOLED)
    >>> EntryMove(entry="E-1", before=pooled, after=pooled, customer="2", becomes="1").becomes
    '1'
    """

    entry: str
    before: EntryStanding = field(validator=of(EntryStanding))
    after: EntryStanding = field(validator=of(EntryStanding))
    other: str | None = None
    customer: str | None = None
    becomes: str | None = None
