from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable
from types import MappingProxyType
from typing import Any

import pytest

from custmaster.customer.record import Customer
from custmaster.customer.soundness import LIST_LIMIT
from custmaster.errors import CustmasterError, Fault, InvalidValue
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.wire import customer_from_json, customer_to_json, structure_customer, unstructure_customer

CARD = {"type": "RESIDENT_ID", "number": "11010519491231002X"}
SOUND: dict[str, Any] = {
    "schema": 1,
    "number": "6000000001",
    "kind": "PERSON",
    "sex": "MALE",
    "birth_date": "1949-12-31",
    "names": [{"name": "张伟"}],
    "documents": [
        {"document": CARD, "primary": True},
        {"document": {"type": "CHINESE_PASSPORT", "number": "E12345678"}},
    ],
    "addresses": [{"address": "北京市", "usages": [{"usage": "MAILING", "preferred": True}]}],
    "contacts": [{"contact": {"phone": "13800001234"}}, {"contact": {"email": "a@example.cn"}, "usage": "EMAIL"}],
}


def faults_of(read: Callable[[], object]) -> dict[str, Fault]:
    with pytest.raises(ExceptionGroup) as caught:
        read()
    problem = caught.value
    assert (problem.__cause__, problem.__context__) == (None, None)
    found: dict[str, Fault] = {}
    for fault in problem.exceptions:
        assert isinstance(fault, InvalidValue)
        assert (fault.__cause__, fault.__context__, fault.__traceback__) == (None, None, None)
        found[fault.path] = fault.fault
    assert len(found) == len(problem.exceptions)
    return found


def changed(path: str, value: Any) -> dict[str, Any]:
    """The sound record with one thing set; a path such as documents.1.valid."""
    data = json.loads(json.dumps(SOUND))
    *outer, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    place: Any = data
    for part in outer:
        place = place[part]
    place[last] = value
    return data


def test_a_sound_record_is_read() -> None:
    customer = structure_customer(SOUND)
    assert customer.names[0].name == Name("张伟")
    assert unstructure_customer(customer) == SOUND


def test_a_default_may_be_written_and_is_left_out_when_it_is_written_again() -> None:
    full = SOUND | {
        "status": "ACTIVE",
        "merged_into": None,
        "unit": None,
        "roles": [],
        "names": [{"name": "张伟", "valid": {}}],
    }
    assert structure_customer(full) == structure_customer(SOUND)
    assert unstructure_customer(structure_customer(full)) == SOUND


@pytest.mark.parametrize(
    ("path", "value", "at", "fault"),
    [
        ("number", 6000000001, "number", Fault.TYPE),
        ("number", "", "number", Fault.LENGTH),
        ("kind", "COMPANY", "kind", Fault.UNKNOWN_CODE),
        ("kind", None, "kind", Fault.TYPE),
        ("sex", 1, "sex", Fault.TYPE),
        ("birth_date", "19491231", "birth_date", Fault.DATE),
        ("birth_date", "1949-W53-1", "birth_date", Fault.DATE),
        ("birth_date", "1949-02-30", "birth_date", Fault.DATE),
        ("birth_date", "１９４９-12-31", "birth_date", Fault.DATE),
        ("birth_date", 19491231, "birth_date", Fault.TYPE),
        ("documents.0.primary", 1, "documents[0].primary", Fault.TYPE),
        ("documents.0.primary", "true", "documents[0].primary", Fault.TYPE),
        ("documents.0.document", None, "documents[0].document", Fault.TYPE),
        ("documents.0.document.type", "ID", "documents[0].document.type", Fault.UNKNOWN_CODE),
        ("documents.0.document.number", 11010519491231002, "documents[0].document.number", Fault.TYPE),
        ("documents.0.document.number", "", "documents[0].document.number", Fault.EMPTY),
        ("documents.1.valid", {"start": "2024-01-02", "end": "2024-01-01"}, "documents[1].valid", Fault.ORDER),
        ("documents.1.valid", {"start": "2024-01-xx"}, "documents[1].valid.start", Fault.DATE),
        ("documents.1.valid", {"from": "2024-01-01"}, "documents[1].valid.from", Fault.UNKNOWN_FIELD),
        ("names", {"name": "张伟"}, "names", Fault.TYPE),
        ("names", "张伟", "names", Fault.TYPE),
        ("names.0", "张伟", "names[0]", Fault.TYPE),
        ("names.0", {}, "names[0].name", Fault.MISSING),
        ("contacts.0.contact", "13800001234", "contacts[0].contact", Fault.TYPE),
        ("contacts.0.contact", {"fax": "1"}, "contacts[0].contact.fax", Fault.UNKNOWN_FIELD),
        ("contacts.0.contact", {"phone": "1", "email": "a"}, "contacts[0].contact", Fault.TYPE),
        ("contacts.0.contact", {"phone": 138}, "contacts[0].contact.phone", Fault.TYPE),
        ("contacts.0.usage", "EMAIL", "contacts[0].usage", Fault.CONFLICT),
        ("credit_limit", 50000, "credit_limit", Fault.UNKNOWN_FIELD),
        ("张伟", 1, "*", Fault.UNKNOWN_FIELD),
        ("notes", [{"key": "credit.limit", "text": "5"}], "notes[0].key", Fault.UNKNOWN_FIELD),
        ("relationships", [{"to": "6000000001", "kind": "PARENT_OF"}], "relationships[0].to", Fault.CONFLICT),
        ("documents.1.document", CARD | {"number": "110105194912310038"}, "documents[1].document.number", Fault.CONFLICT),
        ("addresses", [{"address": "x"}] * 10_000, "addresses", Fault.LENGTH),
        ("addresses.0.usages", [{"usage": "WORK"}] * (LIST_LIMIT + 1), "addresses[0].usages", Fault.LENGTH),
        ("unit", {"registered_capital": {"amount": "1.005"}}, "unit.registered_capital.amount", Fault.FORMAT),
        ("unit", {"registered_capital": {"amount": 1.5}}, "unit.registered_capital.amount", Fault.TYPE),
        ("owners", [{"name": "x", "relation": "EQUITY", "share": "1e2"}], "owners[0].share", Fault.FORMAT),
        ("owners", [{"name": "x", "relation": "EQUITY", "share": "101"}], "owners[0].share", Fault.RANGE),
        ("schema", 2, "schema", Fault.RANGE),
        ("schema", 0, "schema", Fault.RANGE),
        ("schema", True, "schema", Fault.TYPE),
        ("schema", "1", "schema", Fault.TYPE),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_path(path: str, value: Any, at: str, fault: Fault) -> None:
    assert faults_of(lambda: structure_customer(changed(path, value))) == {at: fault}


@pytest.mark.parametrize("name", ["schema", "number", "kind"])
def test_a_missing_field_is_named(name: str) -> None:
    data = {key: value for key, value in SOUND.items() if key != name}
    assert faults_of(lambda: structure_customer(data)) == {name: Fault.MISSING}


def test_all_faults_are_told_at_once() -> None:
    data = changed("documents.1.valid", {"start": "yesterday", "until": 1}) | {
        "sex": "X",
        "credit_limit": 5,
        "loans": [],
        "contacts": [{"contact": {"phone": ""}}, {"usage": "FAX"}],
        "addresses": [{"address": "x"}] * 10_000,
    }
    del data["kind"]
    assert faults_of(lambda: structure_customer(data)) == {
        "kind": Fault.MISSING,
        "sex": Fault.UNKNOWN_CODE,
        "documents[1].valid.start": Fault.DATE,
        "documents[1].valid.until": Fault.UNKNOWN_FIELD,
        "addresses": Fault.LENGTH,
        "contacts[0].contact.phone": Fault.EMPTY,
        "contacts[1].usage": Fault.UNKNOWN_CODE,
        "contacts[1].contact": Fault.MISSING,
        "credit_limit": Fault.UNKNOWN_FIELD,
        "loans": Fault.UNKNOWN_FIELD,
    }


def test_all_that_contradicts_itself_in_a_record_is_told_at_once() -> None:
    data = SOUND | {"closed_on": "2026-01-01", "merged_into": "6000000002", "unit": {}}
    found = faults_of(lambda: structure_customer(data))
    assert found == dict.fromkeys(("merged_into", "closed_on", "unit"), Fault.CONFLICT)


def test_a_newer_version_is_refused_with_a_remedy_and_nothing_else_is_said_of_it() -> None:
    with pytest.raises(ExceptionGroup) as caught:
        structure_customer({"schema": 7, "numbre": 5})
    (fault,) = caught.value.exceptions
    assert "a newer version of the library wrote this" in str(fault)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", Fault.FORMAT),
        ("{", Fault.FORMAT),
        ('{"number": NaN}', Fault.FORMAT),
        ('{"number": -Infinity}', Fault.FORMAT),
        ('{"number": 1' + "0" * 5000 + "}", Fault.FORMAT),
        ("[" * 100_000, Fault.FORMAT),
        (b'{"number": "\xff"}', Fault.FORMAT),
        ('{"schema":1,"number":"1","kind":"PERSON"}'.encode("utf-16"), Fault.FORMAT),
        ("\ufeff{}", Fault.FORMAT),
        ('{"number": "1", "number": "2"}', Fault.DUPLICATE),
        ('{"names": [{"name": "a", "name": "b"}]}', Fault.DUPLICATE),
        ("[]", Fault.TYPE),
        ("null", Fault.TYPE),
        ('"张伟"', Fault.TYPE),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_what_is_no_record_at_all_is_refused(text: str | bytes, fault: Fault) -> None:
    assert faults_of(lambda: customer_from_json(text)) == {"": fault}


def test_a_mapping_of_another_parser_is_read() -> None:
    assert (
        structure_customer(MappingProxyType(SOUND))
        == structure_customer(OrderedDict(SOUND))
        == structure_customer(SOUND)
    )


def test_keys_that_are_no_text_are_refused() -> None:
    assert faults_of(lambda: structure_customer(SOUND | {5: 1, None: 2})) == {"*": Fault.UNKNOWN_FIELD}


def test_half_a_surrogate_is_kept_in_ascii() -> None:
    customer = structure_customer(SOUND | {"names": [{"name": "张\ud800"}]})
    written = customer_to_json(customer)
    assert written.isascii()
    assert customer_from_json(written) == customer


def test_a_record_that_says_another_schema_is_not_written() -> None:
    with pytest.raises(CustmasterError, match="schema 2"):
        customer_to_json(Customer(schema=2, number="1", kind=PartyKind.PERSON))


def test_the_text_is_read_as_text_and_as_bytes() -> None:
    written = customer_to_json(structure_customer(SOUND))
    assert customer_from_json(written) == customer_from_json(written.decode()) == structure_customer(SOUND)
