"""Customers that cannot be constructed, as the plain data in which they come: exactly one named fault in each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final

from attrs import frozen
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from custmaster.customer.kinds import AddressUsage, RelationKind
from custmaster.customer.soundness import LIST_LIMIT
from custmaster.errors import Fault, InvalidValue
from custmaster.testing._customers import customer_numbers
from custmaster.testing._grade import NearFault
from custmaster.testing._records import days
from custmaster.testing._sheets import someone

__all__ = ["NEAR_RECORDS", "NearRecord", "near_valid_customers"]

Raw = dict[str, Any]
Broken = tuple[Raw, Fault, str]


@frozen(kw_only=True)
class NearRecord:
    """A customer as plain data (the JSON form of `custmaster.wire.records`), its one fault, and where it must be told.

    `refused_as` and `path` are those of the InvalidValue that names the fault.
    """

    data: Mapping[str, Any]
    fault: NearFault
    refused_as: Fault
    path: str


_OPENED: Final = date(2016, 5, 4)
_FIRST_START: Final = date(1950, 1, 1)
_DAYS: Final = days()
_DAYS_BACK: Final = st.integers(0, 10_000)
_MANY: Final = st.sampled_from((LIST_LIMIT + 1, 10_000))
_USAGES: Final = st.sampled_from(AddressUsage)
_KINDS: Final = st.sampled_from(RelationKind)
_LISTS: Final = st.sampled_from(("roles", "relationships", "names"))


def _plain(draw: DrawFn) -> Raw:
    """A sound person with a name, a card and a role."""
    who = someone(draw)
    return {
        "schema": 1,
        "number": draw(customer_numbers()),
        "kind": "PERSON",
        "opened_on": _OPENED.isoformat(),
        "sex": who.sex.value,
        "birth_date": who.born.isoformat(),
        "names": [{"name": who.name}],
        "documents": [{"document": {"type": "RESIDENT_ID", "number": who.number}, "primary": True}],
        "roles": [{"kind": "DEPOSITOR"}],
        "relationships": [{"to": "7000000001", "kind": "SIBLING_OF"}],
    }


def _two_numbers(draw: DrawFn) -> Broken:
    data, other = _plain(draw), someone(draw)
    shown = data["documents"][0]["document"]["number"]
    number = other.number if other.number != shown else other.old_number[::-1]
    data["documents"].append({"document": {"type": "HOUSEHOLD_REGISTER", "number": number}})
    return data, Fault.CONFLICT, "documents[1].document.number"


def _ends_before(draw: DrawFn) -> Broken:
    data, field = _plain(draw), draw(_LISTS)
    start = draw(days(min_value=_FIRST_START))
    end = start - timedelta(days=draw(_DAYS_BACK))
    data[field][0]["valid"] = {"start": start.isoformat(), "end": end.isoformat()}
    return data, Fault.ORDER, f"{field}[0].valid"


def _two_names(draw: DrawFn) -> Broken:
    data = _plain(draw)
    data["names"].append({"name": "李" + data["names"][0]["name"], "valid": {"start": draw(_DAYS).isoformat()}})
    return data, Fault.OVERLAP, "names[1].valid"


def _address(number: int, usage: AddressUsage) -> Raw:
    return {"address": f"桂影路{number}号", "usages": [{"usage": usage.value, "preferred": True}]}


def _two_preferred(draw: DrawFn) -> Broken:
    data, usage = _plain(draw), draw(_USAGES)
    data["addresses"] = [_address(number, usage) for number in (1, 2)]
    return data, Fault.DUPLICATE, "addresses[1].usages[0].preferred"


def _to_itself(draw: DrawFn) -> Broken:
    data = _plain(draw)
    data["relationships"].append({"to": data["number"], "kind": draw(_KINDS).value})
    return data, Fault.CONFLICT, "relationships[1].to"


def _unknown_code(draw: DrawFn) -> Broken:
    data = _plain(draw)
    data["roles"].append({"kind": draw(st.sampled_from(("EMPEROR", "depositor", "", "01")))})
    return data, Fault.UNKNOWN_CODE, "roles[1].kind"


def _unknown_field(draw: DrawFn) -> Broken:
    data = _plain(draw)
    field = draw(st.sampled_from(("credit_limit", "loan_balance", "name")))
    data[field] = 1
    return data, Fault.UNKNOWN_FIELD, field


def _credit_data(draw: DrawFn) -> Broken:
    data = _plain(draw)
    data["notes"] = [{"key": draw(st.sampled_from(("credit.grade", "loan.balance"))), "text": "5"}]
    return data, Fault.UNKNOWN_FIELD, "notes[0].key"


def _too_many(draw: DrawFn) -> Broken:
    data = _plain(draw)
    data["addresses"] = [{"address": f"桂影路{number}号"} for number in range(draw(_MANY))]
    return data, Fault.LENGTH, "addresses"


def _into_nobody(draw: DrawFn) -> Broken:
    return _plain(draw) | {"status": "MERGED"}, Fault.CONFLICT, "merged_into"


def _closed_before(draw: DrawFn) -> Broken:
    closed = draw(days(max_value=_OPENED - timedelta(days=1)))
    return _plain(draw) | {"status": "DELETED", "closed_on": closed.isoformat()}, Fault.ORDER, "closed_on"


def _owners(draw: DrawFn) -> Broken:
    owner = {"name": "王伟", "relation": "EQUITY", "share": draw(st.sampled_from(("24.99", "25")))}
    return _plain(draw) | {"owners": [owner]}, Fault.CONFLICT, "owners"


_F: Final = NearFault
NEAR_RECORDS: Final[Mapping[NearFault, Callable[[DrawFn], Broken]]] = MappingProxyType(
    {
        _F.TWO_NUMBERS_OF_ONE_FAMILY: _two_numbers,
        _F.ENDS_BEFORE_IT_BEGINS: _ends_before,
        _F.TWO_NAMES_ON_ONE_DAY: _two_names,
        _F.TWO_PREFERRED: _two_preferred,
        _F.RELATED_TO_ITSELF: _to_itself,
        _F.UNKNOWN_CODE: _unknown_code,
        _F.UNKNOWN_FIELD: _unknown_field,
        _F.CREDIT_DATA: _credit_data,
        _F.TOO_MANY: _too_many,
        _F.MERGED_INTO_NOBODY: _into_nobody,
        _F.CLOSED_BEFORE_IT_OPENED: _closed_before,
        _F.OWNERS_OF_A_PERSON: _owners,
    }
)
"""How a record with each fault is made."""


@st.composite
def _near(draw: DrawFn, fault: NearFault) -> NearRecord:
    data, refused_as, path = NEAR_RECORDS[fault](draw)
    return NearRecord(data=data, fault=fault, refused_as=refused_as, path=path)


def near_valid_customers(*, only: NearFault | None = None) -> SearchStrategy[NearRecord]:
    """Customers as plain data with one named fault, of one name or of all, and where it must be told. Errors: InvalidValue (TYPE).

    >>> from hypothesis import find
    >>> found = find(near_valid_customers(only=NearFault.RELATED_TO_ITSELF), lambda record: True)
    >>> found.path, found.data["relationships"][1]["to"] == found.data["number"]
    ('relationships[1].to', True)
    """
    if only is None:
        return st.sampled_from(tuple(NEAR_RECORDS)).flatmap(_near)
    if only not in NEAR_RECORDS:
        raise InvalidValue(Fault.TYPE, path="only", remedy="a fault that a customer's record can have")
    return _near(only)
