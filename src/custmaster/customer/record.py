"""The customer: one person or unit under one number, with everything that the bank knows of it and when it was so."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from custmaster.customer import _lists
from custmaster.customer._as_of import seen_on
from custmaster.customer.children import (
    AmlRating,
    Closed,
    Described,
    Held,
    InRole,
    NamedAs,
    Noted,
    Reached,
    Related,
    Residing,
    RiskTolerance,
)
from custmaster.customer.entry import Entry
from custmaster.customer.kinds import NameUsage, Status
from custmaster.customer.soundness import check
from custmaster.customer.unit import BeneficialOwner, Representative, UnitDetails
from custmaster.value.document import IdentityDocument
from custmaster.value.email import Email
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone
from custmaster.value.sex import Sex

__all__ = ["Customer"]


@frozen(kw_only=True)
class Customer:
    """A customer's whole record, in the categories of R-52: core, contact, socio-economic, auxiliary, relationships.

    `birth_date` of a unit (单位) is its day of establishment. `closed_on` is the day of deletion or merging; `closures` holds such times
    that are over; `requests` the ids of the requests that made the record (the first and the latest). Sex, birth date and
    nationality have no valid time: they are corrected, never changed. Errors: InvalidRecord (an InvalidValue) with all
    that contradicts itself, each with its path. Source: R-45 to R-47, R-52, R-55, R-58, R-63, R-64.

    >>> Customer(number="6000000001", kind=PartyKind.PERSON, names=[NamedAs(name=Name("张伟"))]).legal_name(
    ...     date(2026, 11, 23)
    ... )
    Name(张*)
    """

    schema: int = 1
    number: str
    kind: PartyKind
    status: Status = Status.ACTIVE
    merged_into: str | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    sex: Sex | None = None
    birth_date: date | None = field(default=None, repr=False)
    nationality: str | None = field(default=None, repr=False)
    source_key: str | None = None
    names: tuple[NamedAs, ...] = field(default=(), converter=_lists.names)
    documents: tuple[Held, ...] = field(default=(), converter=_lists.documents)
    addresses: tuple[Residing, ...] = field(default=(), converter=_lists.residing)
    contacts: tuple[Reached, ...] = field(default=(), converter=_lists.reached)
    described: tuple[Described, ...] = field(default=(), converter=_lists.described)
    notes: tuple[Noted, ...] = field(default=(), converter=_lists.notes)
    roles: tuple[InRole, ...] = field(default=(), converter=_lists.roles)
    relationships: tuple[Related, ...] = field(default=(), converter=_lists.related)
    risk: tuple[RiskTolerance, ...] = field(default=(), converter=_lists.risk)
    aml: tuple[AmlRating, ...] = field(default=(), converter=_lists.aml)
    unit: UnitDetails | None = None
    representatives: tuple[Representative, ...] = field(default=(), converter=_lists.representatives)
    owners: tuple[BeneficialOwner, ...] = field(default=(), converter=_lists.owners)
    closures: tuple[Closed, ...] = field(default=(), converter=_lists.closures)
    requests: tuple[str, ...] = field(default=(), converter=_lists.texts)

    def __attrs_post_init__(self) -> None:
        check(self)

    def as_of(self, day: date) -> Customer:
        """The record as it held on the day: only what was valid then, the status of then, and nothing that began later.

        `opened_on` is absent before the opening. This is valid time: an end that is known today is shown on a thing that held on the
        day. `requests` are left out, since they belong to the record and not to a day.

        >>> from custmaster.value.span import Span
        >>> married = date(2025, 6, 1)
        >>> names = [
        ...     NamedAs(name=Name("张伟"), valid=Span(None, married)),
        ...     NamedAs(name=Name("李伟"), valid=Span(married, None)),
        ... ]
        >>> customer = Customer(number="6000000001", kind=PartyKind.PERSON, names=names)
        >>> customer.as_of(date(2025, 5, 31)).names, len(customer.as_of(married).names)
        ((NamedAs(name=Name(张*), usage=<NameUsage.LEGAL: 'LEGAL'>, valid=Span(start=None, end=datetime.date(2025, 6, 1))),), 1)
        """
        return seen_on(self, day)

    def legal_name(self, day: date) -> Name | None:
        """The legal name on the day; None when none is on record."""
        return next((n.name for n in self.names if n.usage is NameUsage.LEGAL and n.valid.contains(day)), None)

    def primary_document(self, day: date) -> IdentityDocument | None:
        """The document (首选证件) by which the customer is known on the day; without one so marked, the first that is current."""
        return next(iter(self.current_documents(day)), None)

    def current_documents(self, day: date) -> tuple[IdentityDocument, ...]:
        """The documents on record on the day, the primary one first."""
        current = [held for held in self.documents if held.valid.contains(day)]
        current.sort(key=_not_primary)
        return tuple(held.document for held in current)

    def entry(self, day: date) -> Entry:
        """The customer on the day in the form in which one is entered, so that whatever reads an Entry reads a customer.

        >>> Customer(number="6000000001", kind=PartyKind.UNIT).entry(date(2026, 11, 23)).customer_number
        '6000000001'
        """
        contacts = [reached.contact for reached in self.contacts if reached.valid.contains(day)]
        return Entry(
            kind=self.kind,
            source_key=self.source_key,
            customer_number=self.number,
            name=self.legal_name(day),
            documents=self.current_documents(day),
            sex=self.sex,
            birth_date=self.birth_date,
            nationality=self.nationality,
            occupation=next((d.occupation for d in self.described if d.occupation and d.valid.contains(day)), None),
            phones=tuple(contact for contact in contacts if isinstance(contact, Phone)),
            addresses=tuple(residing.address for residing in self.addresses if residing.valid.contains(day)),
            email=next((contact for contact in contacts if isinstance(contact, Email)), None),
            opened_on=self.opened_on,
        )


def _not_primary(held: Held) -> bool:
    return not held.primary
