"""The ladder of expiry and the retention of records: the days on which a step is taken."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from custmaster.customer.expiry import Rung, kept_until, last_valid_day, rung
from custmaster.handbook import default, keys
from custmaster.handbook.book import NotInForce
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType

PAGE = default().on(date(2026, 11, 23))
LAST = date(2026, 8, 25)


def card(number: str = "11010519491231002X", kind: str = "RESIDENT_ID", **fields) -> IdentityDocument:
    return IdentityDocument(type=DocumentType[kind], number=DocumentNumber(number), **fields)


NOTICE, GRACE = PAGE[keys.EXPIRING_DAYS], PAGE[keys.GRACE_DAYS]


@pytest.mark.parametrize(
    ("after", "step"),
    [
        (-NOTICE - 1, Rung.VALID),
        (-NOTICE, Rung.EXPIRING),
        (0, Rung.EXPIRING),
        (1, Rung.GRACE),
        (GRACE, Rung.GRACE),
        (GRACE + 1, Rung.SUSPEND),
    ],
)
def test_each_step_of_the_ladder_begins_on_its_day(after, step) -> None:
    assert rung(card(expires_on=LAST), page=PAGE, day=LAST + timedelta(days=after)) is step


def test_a_document_without_end_is_valid_and_one_without_expiry_unknown() -> None:
    assert rung(card(long_term=True), page=PAGE, day=LAST) is Rung.VALID
    assert rung(card(), page=PAGE, day=LAST) is Rung.UNKNOWN


def test_a_15_digit_card_ended_when_its_form_ceased() -> None:
    ceased = PAGE[keys.FIFTEEN_DIGIT_UNTIL] - timedelta(days=1)
    assert last_valid_day(card("110105491231002"), PAGE) == ceased
    assert last_valid_day(card("110105491231002", expires_on=LAST), PAGE) == ceased
    assert last_valid_day(card("110105491231002", expires_on=date(2005, 1, 1)), PAGE) == date(2005, 1, 1)


def test_other_documents_end_as_printed() -> None:
    assert last_valid_day(card("1", expires_on=LAST), PAGE) == LAST
    assert last_valid_day(card("E12345678", "CHINESE_PASSPORT", expires_on=LAST), PAGE) == LAST


def test_before_the_rule_there_is_no_ladder() -> None:
    with pytest.raises(NotInForce):
        rung(card(expires_on=LAST), page=default().on(date(2007, 7, 31)), day=date(2007, 7, 31))


@pytest.mark.parametrize(
    ("asked", "until"), [(date(2024, 12, 31), date(2025, 6, 30)), (date(2025, 1, 1), date(2030, 6, 30))]
)
def test_retention_follows_the_law_of_the_day_of_asking(asked, until) -> None:
    assert kept_until(date(2020, 6, 30), default().on(asked)) == until
