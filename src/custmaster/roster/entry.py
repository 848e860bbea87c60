"""An entry of the roster (名单): one customer or prospect, why it stands there, and who has maintained it from when to when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from attrs import field, frozen

from custmaster.errors import Fault, InvalidRecord, InvalidValue
from custmaster.roster.kinds import EntryState, Role, Source
from custmaster.roster.staff import check_number
from custmaster.value._checks import each_of, of, texts
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
    consent: str
    consent_on: date
    erase_by: date
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
    """Who maintains or helps, at which outlet, from which day; `until` is the first day on which it no longer holds, None while it does."""

    staff: str
    outlet: str
    role: Role = Role.MAINTAINER
    since: date
    until: date | None = None
    by: str
    reason: str | None = None


@frozen(kw_only=True)
class Proposal:
    """To whom an entry is offered, at which outlet, since when, and by whom; it takes a seat until it is answered."""

    staff: str
    outlet: str
    on: date
    by: str


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

    `number` is the entry's own, never given again. `level` stands on the bank's ladder, of a prospect as it is estimated (R-16). `maintainer` is the
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
    source: Source = field(validator=of(Source))
    nominator: str | None = None
    reason: str | None = None
    needs: tuple[str, ...] = field(default=(), converter=_needs)
    languages: tuple[str, ...] = field(default=(), converter=_languages)
    place: str | None = None
    outlet: str | None = None
    listed_on: date
    state: EntryState = EntryState.POOLED
    maintainer: Assignment | None = field(default=None, validator=of(Assignment, optional=True))
    helpers: tuple[Assignment, ...] = field(default=(), converter=_helpers, validator=each_of(Assignment))
    proposal: Proposal | None = field(default=None, validator=of(Proposal, optional=True))
    past: tuple[Assignment, ...] = field(default=(), converter=_helpers, validator=each_of(Assignment))
    struck_off_on: date | None = None

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
        """The customer's number, or the prospect's reference."""
        if self.customer is not None:
            return self.customer
        return self.prospect.reference if self.prospect is not None else self.number


_HOLDS = {
    # state: (has a maintainer, has a proposal)
    EntryState.POOLED: (False, False),
    EntryState.PROPOSED: (False, True),
    EntryState.MAINTAINED: (True, False),
    EntryState.HANDING_OVER: (True, True),
    EntryState.STRUCK_OFF: (False, False),
}


def _faults(entry: RosterEntry) -> Iterator[InvalidValue]:
    for path, number in (("number", entry.number), ("customer", entry.customer)):
        if number is not None:
            try:
                check_number(number, path)
            except InvalidValue as fault:
                yield fault
    if entry.is_live and (entry.customer is None) == (entry.prospect is None):
        yield InvalidValue(
            Fault.CONFLICT, path="prospect", remedy="give a customer's number or a prospect, one of the two"
        )
    maintained, offered = _HOLDS[entry.state]
    if maintained != (entry.maintainer is not None):
        yield InvalidValue(Fault.CONFLICT, path="maintainer", remedy="who maintains it and its state go together")
    if offered != (entry.proposal is not None):
        yield InvalidValue(Fault.CONFLICT, path="proposal", remedy="to whom it is offered and its state go together")
    if (entry.struck_off_on is None) == (entry.state is EntryState.STRUCK_OFF):
        yield InvalidValue(Fault.CONFLICT, path="struck_off_on", remedy="the day goes with the state STRUCK_OFF")
    helping = [one.staff for one in entry.helpers]
    if len(set(helping)) != len(helping) or (entry.maintainer is not None and entry.maintainer.staff in helping):
        yield InvalidValue(Fault.DUPLICATE, path="helpers", remedy="everyone once, and none who maintains it already")
