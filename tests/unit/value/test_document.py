from __future__ import annotations

from datetime import date

import pytest

from custmaster.errors import Fault, InvalidValue
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType, Family
from custmaster.value.identity.registry import Flag


def document(kind: DocumentType, number: str, **other: object) -> IdentityDocument:
    return IdentityDocument(type=kind, number=DocumentNumber(number), **other)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "mask"),
    [("11010519491231002X", "110*************2X"), ("1234567", "*******"), ("12345678", "123***78"), ("1", "*")],
)
def test_a_number_is_shown_masked(text: str, mask: str) -> None:
    number = DocumentNumber(text)
    assert str(number) == f"{number}" == mask
    assert repr(number) == f"DocumentNumber({mask})"
    assert number.reveal() == text


def test_a_number_keeps_what_was_written_and_has_an_exact_key() -> None:
    number = DocumentNumber(" 某字 第（１２）号")
    assert number.reveal() == " 某字 第（１２）号"
    assert number.exact == DocumentNumber("某字第(12)号").exact == "某字第(12)号"
    assert number != DocumentNumber("某字第(12)号")


@pytest.mark.parametrize(("text", "fault"), [("", Fault.EMPTY), ("1" * 501, Fault.LENGTH), (1, Fault.TYPE)])
def test_what_is_no_number_at_all_is_refused(text: str, fault: Fault) -> None:
    with pytest.raises(InvalidValue) as caught:
        DocumentNumber(text)
    assert caught.value.fault is fault


def test_a_reading_is_made_in_the_form_of_the_type() -> None:
    assert document(DocumentType.HOUSEHOLD_REGISTER, "110105491231002").reading().flags == (Flag.HISTORICAL_FORM,)
    with pytest.raises(InvalidValue):
        document(DocumentType.CHINESE_PASSPORT, "110105491231002").reading()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            document(DocumentType.RESIDENT_ID, "11010519491231002x"),
            document(DocumentType.TEMPORARY_RESIDENT_ID, "110105 19491231 002X"),
        ),
        (document(DocumentType.HK_MACAO_PERMIT, "H12345678(00)"), document(DocumentType.HK_MACAO_PERMIT, "h12345678")),
        (
            document(DocumentType.CREDIT_CODE, "91350100M000100Y43"),
            document(DocumentType.BUSINESS_LICENCE, "91350100m000100y43"),
        ),
        (document(DocumentType.RESIDENT_ID, "not a number"), document(DocumentType.RESIDENT_ID, "NOTANUMBER")),
        (document(DocumentType.OTHER_PERSON, "x [1]"), document(DocumentType.OTHER_PERSON, "X（1）", duplicate=True)),
    ],
)
def test_one_document_has_one_key(one: IdentityDocument, other: IdentityDocument) -> None:
    assert one.key() == other.key()


def test_a_short_number_is_never_taken_for_its_upgrade() -> None:
    short, long = (document(DocumentType.RESIDENT_ID, text) for text in ("110105491231002", "11010519491231002X"))
    assert short.key() == (Family.CITIZEN_NUMBER, "110105491231002") != long.key()


def test_the_printed_day_is_the_last_valid_one() -> None:
    span = document(DocumentType.RESIDENT_ID, "1", issued_on=date(2020, 3, 1), expires_on=date(2030, 3, 1)).valid
    assert (span.start, span.end) == (date(2020, 3, 1), date(2030, 3, 2))


@pytest.mark.parametrize(
    "other", [{}, {"long_term": True}, {"long_term": True, "expires_on": date(2030, 1, 1)}, {"expires_on": date.max}]
)
def test_long_term_and_unknown_have_no_end(other: dict[str, object]) -> None:
    assert document(DocumentType.RESIDENT_ID, "1", **other).valid.end is None


def test_a_document_that_expires_before_its_issue_still_loads() -> None:
    strange = document(DocumentType.RESIDENT_ID, "1", issued_on=date(2030, 1, 2), expires_on=date(2030, 1, 1))
    with pytest.raises(InvalidValue) as caught:
        _ = strange.valid
    assert caught.value.fault is Fault.ORDER
