"""From a customer's record to the fields that travel: what sync is given when a host keeps its customers in this library's form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final

from custmaster.customer.children import Reached
from custmaster.customer.kinds import ContactUsage
from custmaster.customer.record import Customer
from custmaster.sync.catalogue import Catalogue, relationship_field, role_field
from custmaster.sync.fields import FieldValues
from custmaster.sync.weigh import MERGED_INTO, STATUS
from custmaster.value.document import IdentityDocument
from custmaster.value.span import Span

__all__ = ["LONG_TERM", "SINGLE_FIELDS", "changes_towards", "shared_values"]

LONG_TERM: Final = "LONG_TERM"
"""The expiry of a document that is valid for ever (长期)."""

_Reader = Callable[[Customer, date], str | None]


def _of_document(read: Callable[[IdentityDocument], str | None]) -> _Reader:
    def reader(customer: Customer, day: date) -> str | None:
        document = customer.primary_document(day)
        return None if document is None else read(document)

    return reader


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _expiry(document: IdentityDocument) -> str | None:
    return LONG_TERM if document.long_term else _iso(document.expires_on)


def _name(customer: Customer, day: date) -> str | None:
    name = customer.legal_name(day)
    return None if name is None else name.reveal()


def _occupation(customer: Customer, day: date) -> str | None:
    return customer.entry(day).occupation


def _address(customer: Customer, day: date) -> str | None:
    """The first address on record on the day, one that is preferred for something before the others."""
    current = [one for one in customer.addresses if one.valid.contains(day)]
    current.sort(key=lambda one: not any(use.preferred and use.valid.contains(day) for use in one.usages))
    return current[0].address.reveal() if current else None


def _contact(wanted: Callable[[Reached], bool]) -> _Reader:
    def reader(customer: Customer, day: date) -> str | None:
        current = [one for one in customer.contacts if wanted(one) and one.valid.contains(day)]
        current.sort(key=lambda one: not one.preferred)
        return current[0].contact.reveal() if current else None

    return reader


SINGLE_FIELDS: Final[Mapping[str, _Reader]] = {
    "name": _name,
    "birth_date": lambda customer, _day: _iso(customer.birth_date),
    "document.type": _of_document(lambda document: str(document.type)),
    "document.number": _of_document(lambda document: document.number.reveal()),
    "document.expiry": _of_document(_expiry),
    "document.issued_on": _of_document(lambda document: _iso(document.issued_on)),
    "document.issuer": _of_document(lambda document: document.issuer),
    "kind": lambda customer, _day: str(customer.kind),
    STATUS: lambda customer, _day: str(customer.status),
    MERGED_INTO: lambda customer, _day: customer.merged_into,
    "sex": lambda customer, _day: None if customer.sex is None else str(customer.sex),
    "nationality": lambda customer, _day: customer.nationality,
    "occupation": _occupation,
    "mobile": _contact(lambda one: one.usage is ContactUsage.MOBILE),
    "phone": _contact(lambda one: one.usage in (ContactUsage.HOME, ContactUsage.WORK)),
    "email": _contact(lambda one: one.usage is ContactUsage.EMAIL),
    "address": _address,
    "opened_on": lambda customer, _day: _iso(customer.opened_on),
}
"""How each single field is read from a record; a catalogue may name others, which the host adds itself."""


def shared_values(customer: Customer, day: date, catalogue: Catalogue) -> FieldValues:
    """What of the customer travels on the day: the fields that the catalogue shares, roles and relationships among them.

    Of what a record holds many of, the primary document, the preferred contact and the preferred address travel. The value of a role or
    relationship is its time, as two days with `..` for an open end. Source: R-52, R-64, R-69, R-74.

    >>> from custmaster.customer.children import NamedAs
    >>> from custmaster.sync.catalogue import FieldRow
    >>> from custmaster.value.name import Name
    >>> from custmaster.value.party import PartyKind
    >>> customer = Customer(number="6000000001", kind=PartyKind.PERSON, names=[NamedAs(name=Name("张伟"))])
    >>> shared = Catalogue(fields=[FieldRow(name="name"), FieldRow(name="kind"), FieldRow(name="birth_date")])
    >>> shared_values(customer, date(2026, 11, 23), shared).names
    ('kind', 'name')
    """
    single = {name: read(customer, day) for name, read in SINGLE_FIELDS.items() if catalogue.knows(name)}
    many = {name: value for name, value in _many(customer, day) if catalogue.knows(name)}
    return FieldValues({**single, **many})


def changes_towards(held: FieldValues, wanted: FieldValues) -> Mapping[str, str | None]:
    """What `edit` is to be given so that `held` becomes `wanted`; the status is left to `set_status`.

    >>> changes_towards(FieldValues({"name": "a", "mobile": "1"}), FieldValues({"name": "b", "status": "ACTIVE"}))
    {'mobile': None, 'name': 'b'}
    """
    return {name: wanted.get(name) for name in held.differing(wanted) if name not in (STATUS, MERGED_INTO)}


def _many(customer: Customer, day: date) -> Iterator[tuple[str, str]]:
    for role in customer.roles:
        if role.valid.contains(day):
            yield role_field(str(role.kind)), _days(role.valid)
    for related in customer.relationships:
        if related.valid.contains(day):
            yield relationship_field(str(related.kind), related.to), _days(related.valid)


def _days(valid: Span) -> str:
    return f"{_iso(valid.start) or '..'}/{_iso(valid.end) or '..'}"
