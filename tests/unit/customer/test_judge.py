"""Labelled entries: what each rule must remark on, and what it must leave alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from custmaster.customer import Entry, judge
from custmaster.customer.codes import EntryCode
from custmaster.customer.document_rules import DOCUMENT_RULES
from custmaster.customer.entry_rules import ENTRY_RULES
from custmaster.customer.text_rules import MARK_CODES
from custmaster.errors import Fault, InvalidValue
from custmaster.handbook import default, default_text, parse
from custmaster.value.account import CardNumber
from custmaster.value.address import Address
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.fold import Mark
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone
from custmaster.value.sex import Sex

DAY = date(2026, 11, 23)
PAGE = default().on(DAY)

# A generated number: region 110105, born 1949-12-31, female, check character X.
WOMAN = "11010519491231002X"
# Generated numbers with sequence 001 (male), one for each birth date named.
MAN_1990 = "110101199003070011"
BABY_2026 = "110101202612310011"


def document(number: str = WOMAN, kind: DocumentType = DocumentType.RESIDENT_ID, **more: Any) -> IdentityDocument:
    return IdentityDocument(type=kind, number=DocumentNumber(number), **more)


def found(carried: frozenset[str] | None = None, **fields: Any) -> list[tuple[str, str]]:
    fields.setdefault("name", Name("张伟"))
    fields.setdefault("documents", [document()])
    entry = Entry(**fields)
    more = {} if carried is None else {"carried": carried}
    return [(remark.field, remark.reason.code.value) for remark in judge(entry, page=PAGE, day=DAY, **more)]


def test_a_sound_entry_is_left_alone() -> None:
    assert (
        found(
            sex=Sex.FEMALE,
            birth_date=date(1949, 12, 31),
            phones=[Phone("13907316428"), Phone("010-62345678")],
            addresses=[Address("北京市朝阳区建国路１号")],
            opened_on=date(2001, 5, 17),
            card_numbers=[CardNumber("6228480000000000000")],
        )
        == []
    )


ENTRY_CASES: list[tuple[str, dict[str, Any], list[tuple[str, str]]]] = [
    ("no name", {"name": None}, [("name", "NAME_MISSING")]),
    ("filler for a name", {"name": Name("测试")}, [("name", "NAME_PLACEHOLDER")]),
    ("digit in a person's name", {"name": Name("张伟2")}, [("name", "NAME_WITH_DIGITS")]),
    (
        "digit in a unit's name is nothing",
        {
            "name": Name("北京第3建筑有限公司"),
            "kind": PartyKind.UNIT,
            "documents": [document("91350211M000100Y46", DocumentType.CREDIT_CODE)],
        },
        [],
    ),
    ("name of 51 characters", {"name": Name("阿" * 51)}, [("name", "NAME_TOO_LONG")]),
    ("name of 50 characters", {"name": Name("阿" * 50)}, []),
    (
        "unit's name of 51 characters is nothing",
        {
            "name": Name("阿" * 51),
            "kind": PartyKind.UNIT,
            "documents": [document("91350211M000100Y46", DocumentType.CREDIT_CODE)],
        },
        [],
    ),
    ("invisible character", {"name": Name("张\u200b伟")}, [("name", "TEXT_INVISIBLE")]),
    ("writing direction turned", {"name": Name("张\u202e伟")}, [("name", "TEXT_BIDI")]),
    ("lost character", {"name": Name("张?")}, [("name", "TEXT_DAMAGED")]),
    ("inner space", {"name": Name("张 伟")}, [("name", "TEXT_SPACES")]),
    ("lost character in an address", {"addresses": [Address("北京\ufffd路")]}, [("addresses[0]", "TEXT_DAMAGED")]),
    ("no document", {"documents": []}, [("documents", "DOCUMENT_MISSING")]),
    (
        "born tomorrow",
        {"documents": [document("E12345678", DocumentType.CHINESE_PASSPORT)], "birth_date": date(2026, 11, 24)},
        [("birth_date", "BIRTH_DATE_IN_FUTURE")],
    ),
    (
        "older than anybody",
        {"documents": [document("E12345678", DocumentType.CHINESE_PASSPORT)], "birth_date": date(1900, 1, 1)},
        [("birth_date", "BIRTH_DATE_TOO_EARLY")],
    ),
    ("opened tomorrow", {"opened_on": date(2026, 11, 24)}, [("opened_on", "OPENED_IN_FUTURE")]),
    ("opened today", {"opened_on": DAY}, []),
    (
        "opened before born",
        {"opened_on": date(1949, 1, 1), "birth_date": date(1949, 12, 31)},
        [("opened_on", "OPENED_BEFORE_BIRTH")],
    ),
    (
        "birth date differs in the day",
        {"birth_date": date(1949, 12, 30)},
        [("documents[0].number", "BIRTH_DATE_DIFFERS")],
    ),
    ("sex differs", {"sex": Sex.MALE}, [("documents[0].number", "SEX_DIFFERS")]),
    ("sex unknown says nothing", {"sex": Sex.UNKNOWN}, []),
    ("ten digits", {"phones": [Phone("1391234567")]}, [("phones[0]", "PHONE_INVALID")]),
    ("two phones in one field", {"phones": [Phone("13912345678/13812345679")]}, [("phones[0]", "PHONE_SEVERAL")]),
    ("filler for a phone", {"phones": [Phone("13800000000")]}, [("phones[0]", "PHONE_PLACEHOLDER")]),
    (
        "card with a wrong digit",
        {"card_numbers": [CardNumber("6228480000000000001")]},
        [("card_numbers[0]", "CARD_CHECK_DIGIT")],
    ),
]


@pytest.mark.parametrize(
    ("fields", "expected"), [case[1:] for case in ENTRY_CASES], ids=[case[0] for case in ENTRY_CASES]
)
def test_an_entry(fields: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert found(**fields) == expected


NUMBER, ISSUED, EXPIRES = "documents[0].number", "documents[0].issued_on", "documents[0].expires_on"
DOCUMENT_CASES: list[tuple[str, IdentityDocument, list[tuple[str, str]]]] = [
    ("wrong check character", document("110105194912310021"), [(NUMBER, "DOCUMENT_CHECK_DIGIT")]),
    ("17 digits", document("11010519491231002"), [(NUMBER, "DOCUMENT_LENGTH")]),
    ("letter in the body", document("11010519491231A02X"), [(NUMBER, "DOCUMENT_FORMAT")]),
    ("30 February", document("110101199002300014"), [(NUMBER, "DOCUMENT_DATE")]),
    ("province 99", document("170105194912310020"), [(NUMBER, "DOCUMENT_REGION")]),
    (
        "filler",
        document("111111111111111111"),
        [(NUMBER, "DOCUMENT_PLACEHOLDER"), (NUMBER, "DOCUMENT_CHECK_DIGIT"), (NUMBER, "DOCUMENT_DATE")],
    ),
    ("born at the end of the year", document(BABY_2026), [(NUMBER, "DOCUMENT_BIRTH_IN_FUTURE")]),
    ("15 digits", document("110105491231002"), [(NUMBER, "DOCUMENT_HISTORICAL_FORM")]),
    ("full width", document("１１０１０５１９４９１２３１００２Ｘ"), [(NUMBER, "DOCUMENT_NEEDS_TIDYING")]),
    (
        "a unit's document",
        document("91350211M000100Y46", DocumentType.CREDIT_CODE),
        [("documents[0].type", "DOCUMENT_OF_OTHER_KIND")],
    ),
    ("holder's part only", document("H12345678", DocumentType.HK_MACAO_PERMIT), [(NUMBER, "DOCUMENT_HOLDER_ONLY")]),
    (
        "letter series before 2017",
        document("EA1234567", DocumentType.CHINESE_PASSPORT, issued_on=date(2015, 1, 1)),
        [(ISSUED, "DOCUMENT_SERIES_TOO_EARLY")],
    ),
    ("letter series after 2017", document("EA1234567", DocumentType.CHINESE_PASSPORT, issued_on=date(2018, 1, 1)), []),
    (
        "E and eight digits before 2017",
        document("E12345678", DocumentType.CHINESE_PASSPORT, issued_on=date(2014, 1, 1)),
        [],
    ),
    ("G series", document("G12345678", DocumentType.CHINESE_PASSPORT), [(NUMBER, "DOCUMENT_OLD_SERIES")]),
    (
        "new permanent residence number before December 2023",
        document("932682198501010017", DocumentType.PERMANENT_RESIDENCE, issued_on=date(2023, 11, 30)),
        [(ISSUED, "DOCUMENT_SERIES_TOO_EARLY")],
    ),
    (
        "new permanent residence number on its first day",
        document("932682198501010017", DocumentType.PERMANENT_RESIDENCE, issued_on=date(2023, 12, 1)),
        [],
    ),
    (
        "ends before it begins",
        document("EA1234567", DocumentType.CHINESE_PASSPORT, issued_on=date(2027, 1, 1), expires_on=date(2026, 12, 31)),
        [(EXPIRES, "EXPIRY_BEFORE_ISSUE"), (ISSUED, "ISSUED_IN_FUTURE")],
    ),
    (
        "expired yesterday",
        document("EA1234567", DocumentType.CHINESE_PASSPORT, issued_on=date(2018, 1, 1), expires_on=date(2026, 11, 22)),
        [(EXPIRES, "DOCUMENT_EXPIRED")],
    ),
    ("expires today", document("EA1234567", DocumentType.CHINESE_PASSPORT, expires_on=DAY), []),
    ("issued before birth", document(MAN_1990, issued_on=date(1990, 3, 6)), [(ISSUED, "ISSUED_BEFORE_BIRTH")]),
    ("twenty years at 30", document(MAN_1990, issued_on=date(2020, 4, 1), expires_on=date(2040, 4, 1)), []),
    (
        "ten years at 30",
        document(MAN_1990, issued_on=date(2020, 4, 1), expires_on=date(2030, 4, 1)),
        [(EXPIRES, "EXPIRY_NOT_BY_AGE")],
    ),
    (
        "without end at 30",
        document(MAN_1990, issued_on=date(2020, 4, 1), long_term=True),
        [(EXPIRES, "EXPIRY_NOT_BY_AGE")],
    ),
    ("without end at 60", document(WOMAN, issued_on=date(2010, 4, 1), long_term=True), []),
    (
        "twenty years at 60",
        document(WOMAN, issued_on=date(2010, 4, 1), expires_on=date(2030, 4, 1)),
        [(EXPIRES, "EXPIRY_NOT_LONG_TERM")],
    ),
    (
        "issued before the handbook knows any term",
        document(MAN_1990, issued_on=date(2003, 4, 1), expires_on=date(2030, 4, 1)),
        [],
    ),
    ("issued at 30, expiry not recorded", document(MAN_1990, issued_on=date(2020, 4, 1)), []),
]


@pytest.mark.parametrize(
    ("shown", "expected"), [case[1:] for case in DOCUMENT_CASES], ids=[case[0] for case in DOCUMENT_CASES]
)
def test_a_document(shown: IdentityDocument, expected: list[tuple[str, str]]) -> None:
    assert found(documents=[shown]) == expected


def test_what_the_source_does_not_carry_is_not_missing() -> None:
    assert found(name=None, documents=[], carried=frozenset()) == []


def test_the_parts_of_a_birth_date_are_named_and_not_the_dates() -> None:
    entry = Entry(name=Name("张伟"), documents=[document()], birth_date=date(1950, 12, 13))
    (remark,) = judge(entry, page=PAGE, day=DAY)
    assert remark.reason.facts == (("parts", "year, day"),)


def test_the_historical_form_was_valid_before_2013() -> None:
    day = date(2012, 12, 31)
    entry = Entry(name=Name("张伟"), documents=[document("110105491231002")])
    assert judge(entry, page=default().on(day), day=day) == ()


def test_every_document_is_judged_in_its_place() -> None:
    shown = [document(), document("110105194912310021")]
    assert found(documents=shown) == [("documents[1].number", "DOCUMENT_CHECK_DIGIT")]


def test_the_subject_is_the_customer_number() -> None:
    (remark,) = judge(Entry(name=None, documents=[document()], customer_number="6000000001"), page=PAGE, day=DAY)
    assert remark.reason.subject == "6000000001"


def test_every_code_stands_in_a_table_or_is_made_by_a_text_rule() -> None:
    tables = {rule.code for rule in ENTRY_RULES} | {rule.code for rule in DOCUMENT_RULES}
    texts = {row[0] for row in MARK_CODES.values()}
    rest = {EntryCode.PHONE_INVALID, EntryCode.PHONE_SEVERAL, EntryCode.PHONE_PLACEHOLDER, EntryCode.CARD_CHECK_DIGIT}
    assert tables | texts | rest == set(EntryCode)
    assert set(MARK_CODES) == set(Mark)


def test_a_filler_for_the_issue_day_is_only_in_the_future() -> None:
    far = date(9999, 12, 31)
    shown = document("123", issued_on=far, expires_on=far)
    assert found(documents=[shown], birth_date=date(1990, 1, 1)) == [
        (NUMBER, "DOCUMENT_LENGTH"),
        (ISSUED, "ISSUED_IN_FUTURE"),
    ]


def test_a_day_before_the_handbook_begins() -> None:
    day = date(2003, 12, 31)
    shown = document(MAN_1990, issued_on=date(2010, 1, 1), expires_on=date(2011, 1, 1))
    entry = Entry(name=Name("张伟"), documents=[shown])
    assert [remark.reason.code for remark in judge(entry, page=default().on(day), day=day)] == [
        EntryCode.ISSUED_IN_FUTURE
    ]


def test_a_term_that_has_since_ended_is_cited_by_its_key() -> None:
    text = default_text().replace(
        "[[document.resident_id.validity]]\n", "[[document.resident_id.validity]]\nuntil = 2025-01-01\n"
    )
    shown = document(MAN_1990, issued_on=date(2020, 4, 1), expires_on=date(2030, 4, 1))
    (remark,) = judge(Entry(name=Name("张伟"), documents=[shown]), page=parse(text).on(DAY), day=DAY)
    assert remark.reason.code is EntryCode.EXPIRY_NOT_BY_AGE
    assert remark.reason.citation.key == "document.resident_id.validity"


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"name": "王小明"}, "name"),
        ({"phones": ["13900001111"]}, "phones[0]"),
        ({"addresses": [Address("北京"), "上海"]}, "addresses[1]"),
        ({"email": "a@example.com"}, "email"),
    ],
)
def test_plain_text_is_no_sealed_value(fields: dict[str, Any], path: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        Entry(**fields)
    assert (caught.value.fault, caught.value.path) == (Fault.TYPE, path)
    with pytest.raises(InvalidValue):
        IdentityDocument(type=DocumentType.RESIDENT_ID, number="11010519491231002X")  # type: ignore[arg-type]
