"""What the host must look up."""

from __future__ import annotations

from datetime import date

from custmaster.customer.entry import Entry
from custmaster.dedup.keys import BROAD, Keyed, KeyKind, keyed, keys
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import parse_type
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone
from custmaster.value.sex import Sex


def document(code: str, number: str) -> IdentityDocument:
    kind, duplicate = parse_type(code)
    return IdentityDocument(type=kind, number=DocumentNumber(number), duplicate=duplicate)


def told(entry: Entry | Keyed) -> list[str]:
    return [key.reveal() for key in keys(entry)]


def test_the_keys_of_a_person() -> None:
    entry = Entry(
        name=Name("張 偉"), documents=(document("RESIDENT_ID", "110105491231002"),), phones=(Phone("+86 13800001234"),)
    )
    assert told(entry) == [
        "DOCUMENT:PERSON:CITIZEN_NUMBER:110105491231002",
        "DOCUMENT:PERSON:CITIZEN_NUMBER:11010519491231002X",
        "NUMBER:PERSON:110105491231002",
        "NAME_BIRTH:PERSON:1949-12-31:FEMALE:张伟",
        "NAME_MOBILE:PERSON:13800001234:张伟",
        "BIRTH:PERSON:1949-12-31:FEMALE",
        "MOBILE:PERSON:13800001234",
    ]


def test_the_keys_of_a_unit() -> None:
    entry = Entry(
        kind=PartyKind.UNIT,
        name=Name("江城某某有限公司"),
        birth_date=date(2020, 1, 1),
        documents=(document("BUSINESS_LICENCE", "91350100M000100Y43"),),
        phones=(Phone("13800001234"), Phone("010-62751234"), Phone("95588"), Phone("13800000000")),
    )
    assert told(entry) == [
        "DOCUMENT:UNIT:CREDIT_CODE:91350100M000100Y43",
        "NUMBER:UNIT:91350100M000100Y43",
        "ORGANISATION:UNIT:M000100Y4",
        "NAME_MOBILE:UNIT:13800001234:江城某某",
        "MOBILE:UNIT:13800001234",
    ]


def test_the_keys_of_a_holder_of_permanent_residence_and_of_a_travel_permit() -> None:
    entry = Entry(
        name=Name("Anna Lee"),
        documents=(document("PERMANENT_RESIDENCE", "XYZ110000000001"), document("HK_MACAO_PERMIT", "H1234567801")),
    )
    assert told(entry) == [
        "DOCUMENT:PERSON:PERMANENT_RESIDENCE:XYZ110000000001",
        "NUMBER:PERSON:XYZ110000000001",
        "DOCUMENT:PERSON:HK_MACAO_PERMIT:H12345678",
        "NUMBER:PERSON:H12345678",
        "NUMBER:PERSON:H1234567801",
        "NAME_RESIDENCE:PERSON:ANNA LEE",
        "RESIDENCE:PERSON:HOLDER",
    ]


def test_what_says_nothing_gives_no_key() -> None:
    nothing = Entry(
        name=Name("不详"),
        documents=(document("RESIDENT_ID", "无"),),
        phones=(Phone("13800000000"), Phone("???")),
        sex=Sex.UNKNOWN,
        birth_date=date(1990, 1, 1),
    )
    assert told(nothing) == told(Entry()) == []


def test_a_mobile_abroad_counts_and_what_the_number_says_counts_beside_what_was_entered() -> None:
    entry = Entry(
        name=Name("王伟"),
        documents=(document("RESIDENT_ID", "11010519491231002X"),),
        birth_date=date(1950, 1, 1),
        phones=(Phone("+852 9123 4567"),),
    )
    assert [text for text in told(entry) if not text.startswith(("DOCUMENT", "NUMBER"))] == [
        "NAME_BIRTH:PERSON:1950-01-01:FEMALE:王伟",
        "NAME_BIRTH:PERSON:1949-12-31:FEMALE:王伟",
        "NAME_MOBILE:PERSON:+85291234567:王伟",
        "BIRTH:PERSON:1950-01-01:FEMALE",
        "BIRTH:PERSON:1949-12-31:FEMALE",
        "MOBILE:PERSON:+85291234567",
    ]


def test_former_names_have_keys_of_their_own_and_no_key_stands_twice() -> None:
    entry = Entry(name=Name("王伟"), phones=(Phone("13800001234"),))
    former = (Name("李伟"), Name("李 伟"), Name("无名"))
    assert told(keyed(entry, former=former)) == [
        "NAME_MOBILE:PERSON:13800001234:王伟",
        "NAME_MOBILE:PERSON:13800001234:李伟",
        "MOBILE:PERSON:13800001234",
    ]
    alone = keyed(Entry(), former=former)
    assert [name.exact for name in alone.side.names] == ["李伟", "李伟"]


def test_keyed_is_kept_as_it_is_and_equal_to_its_like() -> None:
    entry = Entry(name=Name("王伟"))
    ready = keyed(entry)
    assert keyed(ready) is ready
    assert ready == keyed(entry)
    assert ready.record is entry


def test_a_damaged_name_asks_for_the_broad_keys() -> None:
    assert {KeyKind.BIRTH, KeyKind.MOBILE, KeyKind.RESIDENCE} == BROAD
    assert keyed(Entry(name=Name("王?"))).damaged
    assert keyed(Entry(name=Name("王伟")), former=(Name("李?"),)).damaged
    assert not keyed(Entry(name=Name("王伟"))).damaged
    assert not keyed(Entry()).damaged


def test_fewer_texts_bring_the_same_customers_together() -> None:
    papers = (document("RESIDENT_ID", "110105491231002"), document("CHINESE_PASSPORT", "E12345678"))
    side = keyed(Entry(name=Name("张伟"), documents=papers)).side
    assert side.numbers == ("110105491231002", "11010519491231002X", "E12345678")
    assert side.meeting == (
        "PERSON:110105491231002",
        "PERSON:11010519491231002X",
        "PERSON:E12345678",
        "NAME_BIRTH:PERSON:1949-12-31:FEMALE:张伟",
    )


def test_a_unit_meets_by_its_organisation_code() -> None:
    unit = Entry(kind=PartyKind.UNIT, documents=(document("CREDIT_CODE", "91350100M000100Y43"),))
    assert keyed(unit).side.meeting == ("UNIT:91350100M000100Y43", "ORGANISATION:UNIT:M000100Y4")
