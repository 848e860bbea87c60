"""What any version wrote is read for ever, and today's version writes the very bytes of the newest files.

The files are evidence: none of them is ever written again. A later version adds its own beside them, and keeps reading these.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from custmaster.customer.children import (
    AddressUse,
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
from custmaster.customer.codes import EntryCode
from custmaster.customer.events import (
    Added,
    Amended,
    CoreField,
    Corrected,
    Deleted,
    Ended,
    Merged,
    Opened,
    Reactivated,
    Unmerged,
)
from custmaster.customer.kinds import (
    AddressUsage,
    AmlLevel,
    ContactUsage,
    NameUsage,
    OwnerRelation,
    RelationKind,
    RepresentativeKind,
    RiskLevel,
    RoleKind,
    Status,
)
from custmaster.customer.record import Customer
from custmaster.customer.unit import BeneficialOwner, Representative, UnitDetails
from custmaster.decision import Allowed, Approval, Citation, Outcome, Reason, Refused, Review
from custmaster.dedup.codes import ExistenceCode
from custmaster.handbook import AgeBand, Dated, Handbook, Timeline, Weight
from custmaster.handbook.keys import NUMBER_CHECK_OF_CUSTOMERS, NUMBER_RANGES_OF_CUSTOMERS
from custmaster.sync import (
    Ack,
    Digest,
    FieldValues,
    Full,
    Handoff,
    KeyInfo,
    Proposal,
    Replica,
    Report,
    ReportCode,
    Resync,
    Snapshot,
)
from custmaster.value.address import Address
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.email import Email
from custmaster.value.money import Money
from custmaster.value.name import Name
from custmaster.value.number_plan import CheckScheme, NumberRange
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone
from custmaster.value.sex import Sex
from custmaster.value.span import Span
from custmaster.wire import (
    customer_from_json,
    customer_to_json,
    decision_from_json,
    decision_to_json,
    digest_from_json,
    digest_to_json,
    event_from_json,
    event_to_json,
    handbook_from_json,
    handbook_to_json,
    message_from_bytes,
    message_to_bytes,
    replica_from_json,
    replica_to_json,
    report_from_json,
    report_to_json,
)

HERE = Path(__file__).parent
MOVED = date(2024, 6, 1)
BEFORE, SINCE = Span(None, MOVED), Span(MOVED, None)
CARD = IdentityDocument(
    type=DocumentType.RESIDENT_ID,
    number=DocumentNumber("11010519491231002X"),
    issued_on=date(2014, 5, 1),
    expires_on=date(2034, 5, 1),
    issuer="北京市公安局朝阳分局",
)
PASSPORT = IdentityDocument(type=DocumentType.CHINESE_PASSPORT, number=DocumentNumber("E12345678"), duplicate=True)
LICENCE = IdentityDocument(type=DocumentType.CREDIT_CODE, number=DocumentNumber("91350100M000100Y43"), long_term=True)
ADDRESS = Residing(
    address=Address("北京市朝阳区1号"),
    usages=[
        AddressUse(usage=AddressUsage.RESIDENCE, preferred=True, valid=SINCE),
        AddressUse(usage=AddressUsage.MAILING),
    ],
)
PERSON = Customer(
    number="6000000001",
    kind=PartyKind.PERSON,
    status=Status.MERGED,
    merged_into="6000000002",
    opened_on=date(2019, 7, 1),
    closed_on=date(2026, 1, 1),
    sex=Sex.FEMALE,
    birth_date=date(1949, 12, 31),
    nationality="CHN",
    source_key="core 0042",
    names=[
        NamedAs(name=Name("欧阳晓晨"), valid=SINCE),
        NamedAs(name=Name("歐陽曉晨"), usage=NameUsage.FORMER, valid=BEFORE),
    ],
    documents=[Held(document=CARD, primary=True), Held(document=PASSPORT, valid=BEFORE)],
    addresses=[ADDRESS, Residing(address=Address('上海市\t2号 "乙"'), valid=BEFORE)],
    contacts=[
        Reached(contact=Phone("138 0000 1234"), preferred=True),
        Reached(contact=Phone("010-62751234"), usage=ContactUsage.HOME),
        Reached(contact=Email("a@example.cn"), usage=ContactUsage.EMAIL, valid=SINCE),
    ],
    described=[
        Described(
            occupation="教师",
            employer="某校",
            education="本科",
            marital="已婚",
            income_band="C",
            industry="P",
            valid=SINCE,
        )
    ],
    notes=[Noted(key="branch.remark", text="围棋")],
    roles=[InRole(kind=RoleKind.DEPOSITOR), InRole(kind=RoleKind.BORROWER, valid=BEFORE)],
    relationships=[Related(to="6000000003", kind=RelationKind.PARENT_OF)],
    risk=[RiskTolerance(level=RiskLevel.C3, assessed_on=date(2025, 3, 1))],
    aml=[AmlRating(level=AmlLevel.LOW, rated_on=date(2025, 3, 2), valid=SINCE)],
    closures=[Closed(status=Status.DELETED, valid=Span(date(2021, 1, 1), date(2021, 2, 1)))],
    requests=("T-1", "T-2"),
)
OWNER = BeneficialOwner(
    name=Name("张伟"),
    relation=OwnerRelation.EQUITY,
    share=Decimal("24.99"),
    sex=Sex.MALE,
    nationality="CHN",
    birth_date=date(1949, 12, 31),
    address=Address("福州市1号"),
    contact=Phone("13800001234"),
    document=CARD,
    valid=SINCE,
)
UNIT = Customer(
    number="6000000002",
    kind=PartyKind.UNIT,
    names=[NamedAs(name=Name("福州某某软件有限公司"))],
    documents=[Held(document=LICENCE, primary=True)],
    unit=UnitDetails(
        scope="软件开发",
        legal_form="有限责任公司",
        registered_capital=Money(Decimal(1000000)),
        natural_holders_only=True,
        exempt_promised=True,
    ),
    representatives=[
        Representative(kind=RepresentativeKind.LEGAL_REPRESENTATIVE, name=Name("张伟"), document=CARD, valid=SINCE)
    ],
    owners=[OWNER, BeneficialOwner(name=Name("李娜"), relation=OwnerRelation.CONTROL)],
)
BARE = Customer(number="1", kind=PartyKind.PERSON)
ON: dict[str, Any] = {"on": date(2026, 11, 23), "actor": "S-0042", "request_id": "T-7"}
HELD = {"number": "6000000001", **ON}
EVENTS = [
    Opened(customer=UNIT, **ON),
    Added(child=ADDRESS, **HELD),
    Added(child=OWNER, **HELD),
    Ended(child=NamedAs(name=Name("张伟")), end=MOVED, **HELD),
    Amended(child=Reached(contact=Phone("1")), becomes=Reached(contact=Phone("13800001234")), **HELD),
    Corrected(field=CoreField.SEX, value=Sex.MALE, **HELD),
    Corrected(field=CoreField.BIRTH_DATE, value=date(1950, 1, 1), **HELD),
    Corrected(field=CoreField.NATIONALITY, value="CHN", **HELD),
    Corrected(field=CoreField.UNIT, value=UnitDetails(scope="软件"), **HELD),
    Corrected(field=CoreField.SOURCE_KEY, value=None, **HELD),
    Deleted(**HELD),
    Reactivated(**HELD),
    Merged(into="6000000002", **HELD),
    Unmerged(**HELD),
]
CITED = Citation(article="R-54", key="customer.expiring.days")
REASON = Reason(
    code=EntryCode.DOCUMENT_EXPIRED,
    outcome=Outcome.REVIEW,
    citation=CITED,
    subject="6000000001",
    facts={"days": 3, "on": MOVED, "share": Decimal("24.990"), "open": True, "field": "name"},
)
APPROVAL = Approval(by="S-0001", reason="家人已确认", codes=["DOCUMENT_EXPIRED"])
DECISIONS = [
    Allowed(reasons=(REASON,), events=tuple(EVENTS[:2]), approvals=(APPROVAL,), handbook="2026.1+0123456789ab"),
    Review(reasons=(REASON,), handbook="2026.1"),
    Refused(reasons=(REASON, REASON), approvals=(APPROVAL,), handbook="2026.1"),
]
NOT_SEARCHED = Reason(
    code=ExistenceCode.SYSTEM_NOT_SEARCHED,
    outcome=Outcome.REVIEW,
    citation=Citation(article="R-72"),
    facts={"system": "EUSP"},
    liftable=False,
)
FIRST = date(2017, 12, 29)


def dated(value: Any) -> Timeline[Any]:
    return Timeline(entries=[Dated(since=FIRST, value=value, article="四、2(1)")])


HANDBOOK = Handbook(
    name="某行",
    version="2026.1",
    timelines={
        "roster.floor.teller": Timeline(
            entries=[
                Dated(since=FIRST, until=MOVED, value=10, article="四、2(1)"),
                Dated(since=MOVED, value=12, article="五", source="R-18", evidence="S", note="注"),
            ]
        ),
        "roster.levels": dated(("普通", "优质")),
        "document.resident_id.validity": dated(
            (AgeBand(from_age=0, to_age=45, years=20), AgeBand(from_age=46, to_age=None, years=None))
        ),
        "document.fifteen_digit_until": dated(date(2013, 1, 1)),
        "circle.points": dated((Weight(name="results", weight=Decimal("12.5")),)),
        NUMBER_RANGES_OF_CUSTOMERS.name: dated(
            (NumberRange(name="core", low="6000", high="6999", owner="BP", example=True),)
        ),
        NUMBER_CHECK_OF_CUSTOMERS.name: dated(CheckScheme.NONE),
    },
)

SHARED_FIELDS = FieldValues(
    {
        "name": "欧阳晓晨",
        "birth_date": "1949-12-31",
        "occupation": '教师 "乙"',
        "relationship/SPOUSE/6000000002": "ACTIVE",
    }
)
HEAD: dict[str, Any] = {
    "number": "6000000001",
    "sender": "BP",
    "receiver": "EUSP",
    "catalogue": "0a1b2c3d4e5f6071",
    "incarnations": (1, 2),
    "epoch": 3,
}
SAYS: dict[str, Any] = {
    "rev": 4,
    "ack": 5,
    "values": SHARED_FIELDS,
    "stamps": (("person", 4), ("relationship/SPOUSE/6000000002", 2)),
    "creation_id": "T-1",
}
PROPOSED = [
    Proposal(field="name", value="歐陽曉晨", pseq=6, base_rev=4),
    Proposal(field="birth_date", value=None, pseq=5, base_rev=3),
]
MESSAGES = [
    KeyInfo(**HEAD, pseq=6, seen=4, proposals=PROPOSED, creation_id="T-1"),
    KeyInfo(**HEAD, pseq=0, seen=0, proposals=(), creation_id=None),
    Full(**HEAD, **SAYS),
    Ack(**HEAD, rev=4, ack=5),
    Handoff(**HEAD, **SAYS),
    Resync(**HEAD),
    Snapshot(**HEAD, owner=True, present=True, **SAYS),
]
REPLICAS = [
    Replica(number="6000000001", system="BP", other="EUSP", owner=True),
    Replica(
        number="6000000001",
        system="EUSP",
        other="BP",
        owner=False,
        epoch=3,
        present=True,
        creation_id="T-1",
        values=SHARED_FIELDS,
        base=FieldValues({"name": "欧阳晓晨"}),
        rev=4,
        ack=5,
        stamps=SAYS["stamps"],
        peer_has=(4, 5),
        pseq=6,
        pending=PROPOSED,
        handoff=Handoff(**HEAD, **SAYS),
        seal="0a",
        incarnation=1,
        known=2,
        recovering=True,
    ),
]
REPORTS = [
    Report(code=code, number="6000000001", system="EUSP", epoch=3, pseq=6, field="birth_date") for code in ReportCode
]
DIGESTS = [Digest(number="6000000001", epoch=3, rev=4, ack=5, seal="00ff")]

FILES: list[tuple[str, list[Any], Callable[[Any], bytes], Callable[[bytes], Any]]] = [
    ("customers.1.jsonl", [BARE, PERSON, UNIT], customer_to_json, customer_from_json),
    ("events.1.jsonl", EVENTS, event_to_json, event_from_json),
    (
        "decisions.2.jsonl",
        [*DECISIONS, Review(reasons=(NOT_SEARCHED,), handbook="2026.1")],
        decision_to_json,
        decision_from_json,
    ),
    ("handbook.1.jsonl", [HANDBOOK], handbook_to_json, handbook_from_json),
    ("sync_messages.1.jsonl", MESSAGES, message_to_bytes, message_from_bytes),
    ("replicas.1.jsonl", REPLICAS, replica_to_json, replica_from_json),
    ("sync_reports.1.jsonl", REPORTS, report_to_json, report_from_json),
    ("digests.1.jsonl", DIGESTS, digest_to_json, digest_from_json),
]
EACH = pytest.mark.parametrize(("name", "values", "write", "read"), FILES, ids=[name for name, *_ in FILES])


def lines(name: str) -> list[bytes]:
    return (HERE / name).read_bytes().splitlines()


@EACH
def test_what_was_written_loads(
    name: str, values: list[Any], write: Callable[[Any], bytes], read: Callable[[bytes], Any]
) -> None:
    assert [read(line) for line in lines(name)] == values


def test_decisions_of_the_first_version_load_and_are_written_in_the_second() -> None:
    old = [decision_from_json(line) for line in lines("decisions.1.jsonl")]
    assert old == DECISIONS
    assert [decision_to_json(one) for one in old] == lines("decisions.2.jsonl")[: len(old)]


@EACH
def test_today_the_same_bytes_are_written(
    name: str, values: list[Any], write: Callable[[Any], bytes], read: Callable[[bytes], Any]
) -> None:
    assert [write(value) for value in values] == lines(name)
    assert [write(read(line)) for line in lines(name)] == lines(name)


def test_every_field_of_a_record_stands_in_a_golden_file() -> None:
    text = (HERE / "customers.1.jsonl").read_text(encoding="utf-8")
    assert [field.name for field in Customer.__attrs_attrs__ if f'"{field.name}":' not in text] == []


def test_every_field_of_a_replica_stands_in_a_golden_file() -> None:
    text = (HERE / "replicas.1.jsonl").read_text(encoding="utf-8")
    assert [field.name for field in Replica.__attrs_attrs__ if f'"{field.name}":' not in text] == []
