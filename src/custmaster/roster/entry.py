"""An entry of the roster (名单): one customer or prospect, why it stands there, and who has maintained it from when to when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from attrs import field, frozen

from custmaster.errors import Fault, InvalidRecord, InvalidValue
from custmaster.roster.kinds import EntryState, Role, Source, StruckFor
from custmaster.roster.staff import check_number
from custmaster.value._checks import a_day, each_of, of, texts, the_day
from custmaster.value.document import IdentityDocument
from custmaster.value.name import Name
from custmaster.value.phone import Phone

__all__ = ["Assignment", "Proposal", "Prospect", "RosterEntry"]


@frozen(kw_only=True)
class Prospect:
    """Somebody without a customer number here: under a reference of the bank's own, with consent, and the day by which it is erased.

    `document` stays empty unless the handbook allows it (`roster.prospect_documents`): by the personal-information law a prospect's identity
    number is not kept. Errors: InvalidValue (TYPE, LENGTH), (ORDER) where it is to be erased before the consent. Source: R-07, R-08, B8.11.

    >>> Prospect(
    ...     reference="P-0001", consent_on=date(2026, 11, 28), consent="signed form", erase_by=date(2027, 5, 28)
    ... ).reference
    'P-0001'
    """

    reference: str
    consent: str = field(repr=False)
    consent_on: date = field(validator=the_day)
    erase_by: date = field(validator=the_day)
    name: Name | None = field(default=None, validator=of(Name, optional=True))
    phone: Phone | None = field(default=None, validator=of(Phone, optional=True))
    document: IdentityDocument | None = field(default=None, validator=of(IdentityDocument, optional=True))

    def __attrs_post_init__(self) -> None:
        check_number(self.reference, "reference")
        if not self.consent.strip():
            raise InvalidValue(Fault.EMPTY, path="consent", remedy="say how the consent was given")
        if self.erase_by <= self.consent_on:
            raise InvalidValue(Fault.ORDER, path="erase_by", remedy="a day after that of the consent")


@frozen(kw_only=True)
class Assignment:
    """Who maintains or helps, at which outlet, from which day; `until` is the first day on which it no longer holds, None while it does.

    `by` is who entered it, `reason` why it came to the staff member, as after a handover. Errors: InvalidValue (TYPE, LENGTH), (ORDER) where it
    ends before it begins; one that ends on its first day never held on any. Source: R-17.

    >>> Assignment(staff="S-1", outlet="0101", since=date(2026, 1, 5), by="S-9").role
    <Role.MAINTAINER: 'MAINTAINER'>
    """

    staff: str
    outlet: str
    role: Role = field(default=Role.MAINTAINER, validator=of(Role))
    since: date = field(validator=the_day)
    until: date | None = field(default=None, validator=a_day)
    by: str
    reason: str | None = field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        check_number(self.staff, "staff")
        check_number(self.outlet, "outlet")
        if self.until is not None and self.until < self.since:
            raise InvalidValue(Fault.ORDER, path="until", remedy="not before its first day")


@frozen(kw_only=True)
class Proposal:
    """To whom an entry is offered, at which outlet, since when, and by whom; it takes a seat until it is answered.

    Errors: InvalidValue (TYPE, LENGTH). Source: R-17; field.md idea 11.

    >>> Proposal(staff="S-1", outlet="0101", on=date(2026, 11, 28), by="S-9").staff
    'S-1'
    """

    staff: str
    outlet: str
    on: date = field(validator=the_day)
    by: str

    def __attrs_post_init__(self) -> None:
        check_number(self.staff, "staff")
        check_number(self.outlet, "outlet")


if TYPE_CHECKING:

    def _needs(values: Iterable[str]) -> tuple[str, ...]: ...

    def _languages(values: Iterable[str]) -> tuple[str, ...]: ...

    def _helpers(values: Iterable[Assignment]) -> tuple[Assignment, ...]: ...

else:
    _helpers = tuple

    def _needs(values):  # noqa: ANN001, ANN202
        return tuple(sorted(set(texts(values, "needs"))))

    def _languages(values):  # noqa: ANN001, ANN202
        return tuple(sorted(set(texts(values, "languages"))))


@frozen(kw_only=True)
class RosterEntry:
    """One entry. It names its customer by number, or carries its prospect: one of the two.

    `number` is the entry's own, never given again. `level` stands on the bank's ladder, of a prospect as it is estimated (R-16); `level_since` is the day on
    which it last changed here, None since it was listed. `maintainer` is the
    one live main maintainer (主维护人, R-17), `past` those before, oldest first, each with its last day. `was_prospect` is the reference under
    which it came, once it is a customer. Errors: InvalidRecord with all that contradicts itself. Source: R-12..R-17.

    >>> RosterEntry(
    ...     number="E-1", customer="6000000001", level="金卡", source=Source.SYSTEM, listed_on=date(2026, 1, 5)
    ... ).state
    <EntryState.POOLED: 'POOLED'>
    """

    schema: int = 1
    number: str
    customer: str | None = None
    prospect: Prospect | None = field(default=None, validator=of(Prospect, optional=True))
    was_prospect: str | None = None
    level: str
    level_since: date | None = field(default=None, validator=a_day)
    source: Source = field(validator=of(Source))
    nominator: str | None = None
    reason: str | None = field(default=None, repr=False)
    needs: tuple[str, ...] = field(default=(), converter=_needs, repr=False)
    languages: tuple[str, ...] = field(default=(), converter=_languages)
    place: str | None = None
    outlet: str | None = None
    listed_on: date = field(validator=the_day)
    state: EntryState = EntryState.POOLED
    maintainer: Assignment | None = field(default=None, validator=of(Assignment, optional=True))
    helpers: tuple[Assignment, ...] = field(default=(), converter=_helpers, validator=each_of(Assignment))
    proposal: Proposal | None = field(default=None, validator=of(Proposal, optional=True))
    past: tuple[Assignment, ...] = field(default=(), converter=_helpers, validator=each_of(Assignment))
    struck_off_on: date | None = field(default=None, validator=a_day)
    struck_off_for: StruckFor | None = field(default=None, validator=of(StruckFor, optional=True))

    def __attrs_post_init__(self) -> None:
        faults = tuple(_faults(self))
        if faults:
            raise InvalidRecord(faults) from None

    @property
    def is_live(self) -> bool:
        """Whether it stands on the roster: everything but STRUCK_OFF."""
        return self.state is not EntryState.STRUCK_OFF

    @property
    def is_prospect(self) -> bool:
        """Whether it is about somebody who has no customer number here."""
        return self.customer is None

    @property
    def subject(self) -> str:
        """The customer's number, or the prospect's reference, which is kept when the prospect is erased."""
        if self.customer is not None:
            return self.customer
        if self.prospect is not None:
            return self.prospect.reference
        return self.was_prospect or self.number

    @property
    def last_day(self) -> date:
        """The last day on which something happened to it, as far as its fields tell."""
        held: tuple[Assignment, ...] = (
            *self.past,
            *self.helpers,
            *(() if self.maintainer is None else (self.maintainer,)),
        )
        ends = (one.since if one.until is None else one.until for one in held)
        offered = None if self.proposal is None else self.proposal.on
        told = (day for day in (offered, self.level_since, self.struck_off_on) if day is not None)
        days: tuple[date, ...] = (self.listed_on, *ends, *told)
        return max(days)


_HOLDS = {
    # state: (has a maintainer, has a proposal)
    EntryState.POOLED: (False, False),
    EntryState.PROPOSED: (False, True),
    EntryState.MAINTAINED: (True, False),
    EntryState.HANDING_OVER: (True, True),
    EntryState.STRUCK_OFF: (False, False),
}


def _numbers(entry: RosterEntry) -> Iterator[InvalidValue]:
    for path in ("number", "customer", "outlet"):
        number = getattr(entry, path)
        if number is not None:
            try:
                check_number(number, path)
            except InvalidValue as fault:
                yield fault


def _faults(entry: RosterEntry) -> Iterator[InvalidValue]:
    yield from _numbers(entry)
    erased = entry.struck_off_for is StruckFor.ERASED
    if (entry.customer is None and not erased) == (entry.prospect is None):
        yield InvalidValue(
            Fault.CONFLICT, path="prospect", remedy="give a customer's number or a prospect, one of the two"
        )
    maintained, offered = _HOLDS[entry.state]
    if maintained != (entry.maintainer is not None):
        yield InvalidValue(Fault.CONFLICT, path="maintainer", remedy="who maintains it and its state go together")
    if offered != (entry.proposal is not None):
        yield InvalidValue(Fault.CONFLICT, path="proposal", remedy="to whom it is offered and its state go together")
    for path in ("struck_off_on", "struck_off_for"):
        if (getattr(entry, path) is None) == (entry.state is EntryState.STRUCK_OFF):
            yield InvalidValue(Fault.CONFLICT, path=path, remedy="day and cause go with the state STRUCK_OFF")
    yield from _roles(entry)


def _roles(entry: RosterEntry) -> Iterator[InvalidValue]:
    if entry.helpers and not entry.is_live:
        yield InvalidValue(Fault.CONFLICT, path="helpers", remedy="nobody helps with what is struck off")
    live = (("helpers", Role.CO_MANAGER, entry.helpers), ("maintainer", Role.MAINTAINER, (entry.maintainer,)))
    for path, role, held in live:
        if any(one is not None and (one.role is not role or one.until is not None) for one in held):
            yield InvalidValue(Fault.CONFLICT, path=path, remedy=f"the role {role}, and no last day while it holds")
    if entry.maintainer is not None and entry.proposal is not None and entry.maintainer.staff == entry.proposal.staff:
        yield InvalidValue(Fault.CONFLICT, path="proposal", remedy="offer it to somebody else than who maintains it")
    if any(one.until is None for one in entry.past):
        yield InvalidValue(Fault.MISSING, path="past", remedy="each with its last day")
    helping = [one.staff for one in entry.helpers]
    if len(set(helping)) != len(helping) or (entry.maintainer is not None and entry.maintainer.staff in helping):
        yield InvalidValue(Fault.DUPLICATE, path="helpers", remedy="everyone once, and none who maintains it already")
