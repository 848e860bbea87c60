"""JSON bytes to a Customer with masked fields, beside pydantic: both in one process, by turns, and their ratio. On a busy machine the
ratio of the least times is the one to trust.

    python tests/bench/customer_json.py [ROUNDS]

It needs pydantic and orjson, which are no dependencies. Pydantic reads a customer of 8 objects and about 850 bytes into frozen models
that refuse unknown keys and keep personal data in SecretStr; first one in the flat shape that a bank's service would have, then one in
the shape of this library's record, from the very bytes that this library reads. The aims, against the flat one: at most 2.5 times over
orjson, at most 3 times with the json of the standard library on both sides.
"""

from __future__ import annotations

import gc
import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from enum import Enum, StrEnum
from typing import Any

import orjson
from pydantic import BaseModel, ConfigDict, SecretStr

from custmaster.customer.record import Customer
from custmaster.wire.records import customer_from_json, customer_to_json, structure_customer

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 400
CALLS = 40


class Strict(BaseModel):
    """A model of the comparison."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class IdType(Enum):
    RIC = "01"
    PASSPORT = "02"
    USCC = "10"


class Gender(Enum):
    M = "M"
    F = "F"


class State(Enum):
    ACTIVE = "active"
    CLOSED = "closed"


class Ident(Strict):
    type: IdType
    number: SecretStr
    valid_to: date | None
    primary: bool


class Addr(Strict):
    province: str
    city: str
    district: str
    line: SecretStr
    postcode: str | None


class Telephone(Strict):
    kind: str
    number: SecretStr


class Flat(Strict):
    """The shape of eight objects: one customer, three identifiers, two addresses, two telephones."""

    customer_no: str
    name: SecretStr
    name_en: SecretStr | None
    gender: Gender
    birth_date: date
    status: State
    identifiers: list[Ident]
    addresses: list[Addr]
    phones: list[Telephone]
    tags: list[str]
    risk_score: float
    branch: int
    opened_at: datetime
    extra: dict[str, str]


FLAT: dict[str, Any] = {
    "customer_no": "C0000123456", "name": "欧阳晓晨", "name_en": None, "gender": "F", "birth_date": "1984-02-29", "status": "active",
    "identifiers": [
        {"type": "01", "number": "110108198402291224", "valid_to": "2034-05-01", "primary": True},
        {"type": "02", "number": "E12345678", "valid_to": "2031-01-31", "primary": False},
        {"type": "10", "number": "91110108MA01ABCD2X", "valid_to": None, "primary": False},
    ],
    "addresses": [
        {"province": "北京市", "city": "北京市", "district": "海淀区", "line": "中关村大街27号", "postcode": "100080"},
        {"province": "浙江省", "city": "杭州市", "district": "西湖区", "line": "文三路90号", "postcode": None},
    ],
    "phones": [{"kind": "mobile", "number": "13800138000"}, {"kind": "home", "number": "01062510000"}],
    "tags": ["vip", "private-banking"], "risk_score": 0.37, "branch": 3301, "opened_at": "2019-07-01T09:30:00+08:00",
    "extra": {"source": "core", "channel": "branch"},
}  # fmt: skip


class Usage(StrEnum):
    RESIDENCE = "RESIDENCE"
    WORK = "WORK"
    MAILING = "MAILING"


class DocType(StrEnum):
    RESIDENT_ID = "RESIDENT_ID"
    CHINESE_PASSPORT = "CHINESE_PASSPORT"
    MILITARY_ID = "MILITARY_ID"


class Kind(StrEnum):
    PERSON = "PERSON"
    UNIT = "UNIT"


class Sex(StrEnum):
    MALE = "MALE"
    FEMALE = "FEMALE"


class Contacting(StrEnum):
    MOBILE = "MOBILE"
    HOME = "HOME"


class Days(Strict):
    start: date | None = None
    end: date | None = None


class PNamed(Strict):
    name: SecretStr
    valid: Days = Days()


class PDocument(Strict):
    type: DocType
    number: SecretStr
    issued_on: date | None = None
    expires_on: date | None = None
    long_term: bool = False
    issuer: str | None = None


class PHeld(Strict):
    document: PDocument
    primary: bool = False
    valid: Days = Days()


class PUse(Strict):
    usage: Usage
    preferred: bool = False
    valid: Days = Days()


class PResiding(Strict):
    address: SecretStr
    usages: tuple[PUse, ...] = ()
    valid: Days = Days()


class PContact(Strict):
    phone: SecretStr | None = None
    email: SecretStr | None = None


class PReached(Strict):
    contact: PContact
    usage: Contacting = Contacting.MOBILE
    preferred: bool = False
    valid: Days = Days()


class Noting(Strict):
    key: str
    text: SecretStr


class Mirror(Strict):
    """The shape of this library's record."""

    schema_: int
    number: str
    kind: Kind
    opened_on: date | None = None
    sex: Sex | None = None
    birth_date: date | None = None
    nationality: str | None = None
    source_key: str | None = None
    names: tuple[PNamed, ...] = ()
    documents: tuple[PHeld, ...] = ()
    addresses: tuple[PResiding, ...] = ()
    contacts: tuple[PReached, ...] = ()
    notes: tuple[Noting, ...] = ()


OURS: dict[str, Any] = {
    "schema": 1, "number": "6000123456", "kind": "PERSON", "opened_on": "2019-07-01", "sex": "FEMALE", "birth_date": "1984-02-29",
    "names": [{"name": "欧阳晓晨"}],
    "documents": [
        {"document": {"type": "RESIDENT_ID", "number": "110108198402291224", "expires_on": "2034-05-01"}, "primary": True},
        {"document": {"type": "CHINESE_PASSPORT", "number": "E12345678", "expires_on": "2031-01-31"}},
        {"document": {"type": "MILITARY_ID", "number": "军字第20011234号"}},
    ],
    "addresses": [
        {"address": "北京市海淀区中关村大街27号", "usages": [{"usage": "RESIDENCE", "preferred": True}]},
        {"address": "浙江省杭州市西湖区文三路90号", "usages": [{"usage": "MAILING"}]},
    ],
    "contacts": [{"contact": {"phone": "13800138000"}, "preferred": True}, {"contact": {"phone": "01062510000"}, "usage": "HOME"}],
    "notes": [{"key": "branch", "text": "3301"}],
}  # fmt: skip


def once(call: Callable[[], object]) -> float:
    begun = time.perf_counter_ns()
    for _ in range(CALLS):
        call()
    return (time.perf_counter_ns() - begun) / CALLS / 1000


def main() -> None:
    """Print a line for each way of reading, then the ratios."""
    flat, ours = orjson.dumps(FLAT), orjson.dumps(OURS)
    mirror = ours.replace(b'"schema"', b'"schema_"')
    assert isinstance(customer_from_json(ours), Customer)
    customer = customer_from_json(ours)
    assert orjson.loads(customer_to_json(customer)) == OURS
    ways: dict[str, Callable[[], object]] = {
        "pydantic flat, orjson": lambda: Flat.model_validate(orjson.loads(flat)),
        "pydantic same bytes, orjson": lambda: Mirror.model_validate(orjson.loads(mirror)),
        "custmaster, orjson": lambda: structure_customer(orjson.loads(ours)),
        "pydantic flat, json": lambda: Flat.model_validate(json.loads(flat)),
        "pydantic same bytes, json": lambda: Mirror.model_validate(json.loads(mirror)),
        "custmaster, json": lambda: customer_from_json(ours),
        "pydantic flat, its own parser": lambda: Flat.model_validate_json(flat),
        "orjson.loads alone": lambda: orjson.loads(ours),
        "custmaster, writing": lambda: customer_to_json(customer),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    gc.collect()
    for _ in range(ROUNDS):
        for name, call in ways.items():
            times[name].append(once(call))
    median = {name: statistics.median(found) for name, found in times.items()}
    print(
        f"flat {len(flat)} bytes, custmaster {len(ours)} bytes; {ROUNDS} rounds of {CALLS} calls, medians in us (least)"
    )
    for name, found in median.items():
        print(f"  {name:32} {found:7.2f}  ({min(times[name]):.2f})")
    for parser, aim in (("orjson", 2.5), ("json", 3.0)):
        for shape in ("flat", "same bytes"):
            ours_, theirs = times[f"custmaster, {parser}"], times[f"pydantic {shape}, {parser}"]
            ratio = statistics.median(a / b for a, b in zip(ours_, theirs, strict=True))
            least = min(ours_) / min(theirs)
            print(
                f"custmaster / pydantic {shape}, {parser}: median {ratio:.2f}, of the least times {least:.2f} (aim {aim})"
            )


if __name__ == "__main__":
    main()
