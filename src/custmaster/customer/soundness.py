"""What contradicts itself in a customer's record: found all at once, each with its path, before the record exists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from custmaster.customer.children import NUMBER_LENGTH, Held, NamedAs, Reached, Residing
from custmaster.customer.kinds import NameUsage, RelationKind, Status
from custmaster.errors import Fault, InvalidRecord, InvalidValue
from custmaster.value.document import IdentityDocument
from custmaster.value.document_types import DOCUMENT_TYPES, DocumentType, Family
from custmaster.value.identity import resident
from custmaster.value.identity.registry import Flag
from custmaster.value.party import PartyKind
from custmaster.value.span import Span

if TYPE_CHECKING:
    from custmaster.customer.record import Customer

__all__ = ["LISTS", "LIST_LIMIT", "check"]

_PAIR: Final = 2  # one alone contradicts nobody
LIST_LIMIT: Final = 1000
"""The most children of one kind in a record: a technical bound of the wire form, far above any real customer."""
LISTS: Final = (
    "names",
    "documents",
    "addresses",
    "contacts",
    "described",
    "notes",
    "roles",
    "relationships",
    "risk",
    "aml",
    "representatives",
    "owners",
    "closures",
    "requests",
)
"""The fields of a record that are lists."""

# Families that are none: whatever has no kind of its own.
_UNSORTED: Final = (Family.OTHER_PERSON, Family.OTHER_UNIT)
_OF_PERSONS: Final = frozenset(
    {
        RelationKind.MARRIED_TO,
        RelationKind.PARENT_OF,
        RelationKind.CHILD_OF,
        RelationKind.SIBLING_OF,
        RelationKind.WARD_OF,
        RelationKind.SHARES_HOUSEHOLD_WITH,
    }
)


def check(record: Customer) -> None:
    """Refuse a record that contradicts itself. Errors: InvalidRecord with all faults; of too long lists alone when there are any."""
    faults = _too_long(record)
    if not faults:
        faults = _of_state(record)
        faults += _of_person(record) if record.kind is PartyKind.PERSON else _of_unit(record)
        faults += _of_lists(record)
    if faults:
        raise InvalidRecord(faults) from None


def _conflict(path: str, remedy: str) -> InvalidValue:
    return InvalidValue(Fault.CONFLICT, path=path, remedy=remedy)


def _too_long(record: Customer) -> list[InvalidValue]:
    # Every record is asked this, so the lists are named rather than looked up by name.
    sizes = len(record.names) + len(record.documents) + len(record.addresses) + len(record.contacts)
    sizes += len(record.described) + len(record.notes) + len(record.roles) + len(record.relationships)
    sizes += len(record.risk) + len(record.aml) + len(record.representatives) + len(record.owners)
    if sizes + len(record.closures) + len(record.requests) <= LIST_LIMIT:
        return []
    return [
        InvalidValue(Fault.LENGTH, path=name, length=size, remedy=f"a record holds at most {LIST_LIMIT} of a kind")
        for name in LISTS
        if (size := len(getattr(record, name))) > LIST_LIMIT
    ]


def _of_state(record: Customer) -> list[InvalidValue]:
    faults: list[InvalidValue] = []
    if not 0 < len(record.number) <= NUMBER_LENGTH:
        faults.append(InvalidValue(Fault.LENGTH, path="number", length=len(record.number)))
    if (record.status is Status.MERGED) is (record.merged_into is None):
        faults.append(_conflict("merged_into", "it stands with the status MERGED, and with no other"))
    if record.merged_into == record.number:
        faults.append(_conflict("merged_into", "a customer is not merged into itself"))
    closed = record.closed_on
    if closed is not None:
        if record.status is Status.ACTIVE:
            faults.append(_conflict("closed_on", "an active customer is not closed"))
        if record.opened_on is not None and closed < record.opened_on:
            faults.append(
                InvalidValue(Fault.ORDER, path="closed_on", remedy="no customer is closed before it is opened")
            )
    return faults


def _of_person(record: Customer) -> list[InvalidValue]:
    if not (record.unit or record.representatives or record.owners):
        return []
    present = (("unit", record.unit), ("representatives", record.representatives), ("owners", record.owners))
    return [_conflict(name, "only a unit has it") for name, held in present if held]


def _of_unit(record: Customer) -> Iterator[InvalidValue]:
    if record.sex is not None:
        yield _conflict("sex", "only a person has it")
    for place, described in enumerate(record.described):
        if described.is_of_person:
            yield _conflict(f"described[{place}]", "of a unit only the industry is held")
    for place, related in enumerate(record.relationships):
        if related.kind in _OF_PERSONS:
            yield _conflict(f"relationships[{place}].kind", "only persons are so related")


def _of_lists(record: Customer) -> list[InvalidValue]:
    faults: list[InvalidValue] = []
    if record.relationships:
        faults.extend(_of_relationships(record))
    if len(record.names) > 1:
        faults.extend(_of_names(record.names))
    if len(record.documents) > 1:
        faults.extend(_of_documents(record.documents))
    if _may_clash(record.addresses):
        faults.extend(_of_addresses(record.addresses))
    if len(record.contacts) > 1:
        faults.extend(_of_contacts(record.contacts))
    return faults


def _of_relationships(record: Customer) -> Iterator[InvalidValue]:
    for place, related in enumerate(record.relationships):
        if related.to == record.number:
            yield _conflict(f"relationships[{place}].to", "a customer is not related to itself")


def _of_names(names: tuple[NamedAs, ...]) -> Iterator[InvalidValue]:
    legal = [(place, named.valid) for place, named in enumerate(names) if named.usage is NameUsage.LEGAL]
    for place in _overlapping(legal):
        yield InvalidValue(
            Fault.OVERLAP, path=f"names[{place}].valid", remedy="one legal name a day; end the former one"
        )


def _of_documents(documents: tuple[Held, ...]) -> Iterator[InvalidValue]:
    primary = [(place, held.valid) for place, held in enumerate(documents) if held.primary]
    for place in _overlapping(primary) if len(primary) >= _PAIR else ():
        yield InvalidValue(Fault.DUPLICATE, path=f"documents[{place}].primary", remedy="one primary document a day")
    if len({DOCUMENT_TYPES[held.document.type].family for held in documents}) == len(documents):
        return  # each of a family of its own, as in most records
    families: dict[Family, list[tuple[int, Held]]] = {}
    for place, held in enumerate(documents):
        family = DOCUMENT_TYPES[held.document.type].family
        if family not in _UNSORTED and not held.document.duplicate:
            earlier = families.setdefault(family, [])
            if any(_contradict(held, other) for _, other in earlier):
                yield _conflict(
                    f"documents[{place}].document.number", "another current document of this family differs"
                )
            earlier.append((place, held))


def _may_clash(addresses: tuple[Residing, ...]) -> bool:
    """Whether two preferred uses of one usage stand in the record at all; in most records they do not, and no days are compared."""
    preferred = [use.usage for residing in addresses for use in residing.usages if use.preferred]
    return len(preferred) > 1 and len(set(preferred)) < len(preferred)


def _of_addresses(addresses: tuple[Residing, ...]) -> Iterator[InvalidValue]:
    preferred: dict[str, list[tuple[str, Span]]] = {}
    for place, residing in enumerate(addresses):
        for index, use in enumerate(residing.usages):
            if use.preferred and (span := residing.valid.intersection(use.valid)) is not None:
                preferred.setdefault(use.usage, []).append((f"addresses[{place}].usages[{index}].preferred", span))
    for spans in preferred.values():
        for path in _overlapping(spans):
            yield InvalidValue(Fault.DUPLICATE, path=path, remedy="one preferred address for a usage and day")


def _of_contacts(contacts: tuple[Reached, ...]) -> Iterator[InvalidValue]:
    chosen = [(place, reached) for place, reached in enumerate(contacts) if reached.preferred]
    if len(chosen) < _PAIR:
        return
    preferred: dict[str, list[tuple[int, Span]]] = {}
    for place, reached in chosen:
        preferred.setdefault(reached.usage, []).append((place, reached.valid))
    for spans in preferred.values():
        for place in _overlapping(spans):
            yield InvalidValue(
                Fault.DUPLICATE, path=f"contacts[{place}].preferred", remedy="one preferred contact for a usage and day"
            )


def _overlapping(spans: list[tuple[Any, Span]]) -> Iterator[Any]:
    """The places whose span overlaps one that stands before it."""
    for index in range(1, len(spans)):
        place, span = spans[index]
        if any(span.overlaps(earlier) for _, earlier in spans[:index]):
            yield place


def _contradict(held: Held, other: Held) -> bool:
    one, two = held.document, other.document
    return one.number != two.number and held.valid.overlaps(other.valid) and _differ(one, two)


def _differ(one: IdentityDocument, two: IdentityDocument) -> bool:
    (series, number), (other_series, other_number) = _identity(one), _identity(two)
    return series == other_series and number != other_number


def _identity(document: IdentityDocument) -> tuple[str, str]:
    """Series and number by which two documents of a family must agree.

    A 15-digit number counts as the 18 digits into which it is upgraded. The permanent-residence cards before and after 2023 are both
    valid with different numbers (B3), so they are two series.
    """
    try:
        flags = document.reading().flags
    except InvalidValue:
        flags = ()
    number = document.key()[1]
    if Flag.HISTORICAL_FORM in flags:
        return "", resident.upgrade(number)
    old = document.type is DocumentType.PERMANENT_RESIDENCE and Flag.OLD_SERIES in flags
    return "old" if old else "", number
