"""Who asks to become a customer: a record that has everything but a number, made from an entry or handed in whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from attrs import evolve

from custmaster.customer.children import AddressUse, Described, Held, NamedAs, Reached, Residing
from custmaster.customer.entry import Entry
from custmaster.customer.kinds import AddressUsage, ContactUsage, Status
from custmaster.customer.record import Customer
from custmaster.errors import Fault, InvalidValue
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone, PhoneKind

__all__ = ["APPLICANT", "as_applicant", "opened"]

APPLICANT: Final = "APPLICANT"
"""What stands in the place of the number until one is given; no number plan holds it, since numbers are digits."""


def as_applicant(given: Entry | Customer) -> Customer:
    """The record of an applicant; of an entry the first document is the primary one, and no end of anything is known.

    A Customer handed in whole bears the number `APPLICANT` and has no life yet. An entry's card and account numbers are left out,
    since those belong to contracts. Errors: InvalidRecord with all that contradicts itself, such as two resident cards with
    different numbers; InvalidValue (CONFLICT) for an applicant that has a number, a status or days of its own already.

    >>> from custmaster.value.name import Name
    >>> as_applicant(Entry(name=Name("张伟"))).names[0].name
    Name(张*)
    """
    record = _recorded(given) if isinstance(given, Entry) else given
    lived = (
        ("number", record.number == APPLICANT),
        ("status", record.status is Status.ACTIVE),
        ("opened_on", record.opened_on is None),
        ("closures", not record.closures),
        ("requests", not record.requests),
    )
    for path, untouched in lived:
        if not untouched:
            raise InvalidValue(Fault.CONFLICT, path=path, remedy="an applicant is no customer yet")
    return record


def opened(applicant: Customer, number: str, on: date, request_id: str) -> Customer:
    """The applicant as the customer of that number, opened on the day by the request.

    >>> opened(as_applicant(Entry()), "6000000001", date(2026, 11, 23), "T-1").opened_on
    datetime.date(2026, 11, 23)
    """
    return evolve(applicant, number=number, opened_on=on, requests=(request_id,))


def _recorded(entry: Entry) -> Customer:
    return Customer(
        number=entry.customer_number or APPLICANT,
        kind=entry.kind,
        source_key=entry.source_key,
        sex=entry.sex,
        birth_date=entry.birth_date,
        nationality=entry.nationality,
        names=() if entry.name is None else (NamedAs(name=entry.name),),
        documents=tuple(Held(document=one, primary=place == 0) for place, one in enumerate(entry.documents)),
        addresses=tuple(_residing(entry)),
        contacts=tuple(_contacts(entry)),
        described=() if entry.occupation is None else (Described(occupation=entry.occupation),),
    )


def _residing(entry: Entry) -> Iterator[Residing]:
    usage = AddressUsage.RESIDENCE if entry.kind is PartyKind.PERSON else AddressUsage.REGISTERED
    for place, address in enumerate(entry.addresses):
        yield Residing(address=address, usages=(AddressUse(usage=usage, preferred=place == 0),))


def _contacts(entry: Entry) -> Iterator[Reached]:
    for phone in entry.phones:
        yield Reached(contact=phone, usage=_usage(phone, entry.kind))
    if entry.email is not None:
        yield Reached(contact=entry.email, usage=ContactUsage.EMAIL)


def _usage(phone: Phone, kind: PartyKind) -> ContactUsage:
    if phone.kind not in (PhoneKind.LANDLINE, PhoneKind.HOTLINE):
        return ContactUsage.MOBILE
    return ContactUsage.HOME if kind is PartyKind.PERSON else ContactUsage.WORK
