"""What ties two documents together."""

from __future__ import annotations

import pytest

from custmaster.dedup.papers import TIES, Tie, paper, tie
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import parse_type

CITIZEN, OLD = "11010519491231002X", "110105491231002"


def made(code: str, number: str) -> IdentityDocument:
    kind, duplicate = parse_type(code)
    return IdentityDocument(type=kind, number=DocumentNumber(number), duplicate=duplicate)


CASES = [
    (("RESIDENT_ID", CITIZEN), ("RESIDENT_ID", "110105 19491231 002ｘ"), Tie.SAME),
    (("RESIDENT_ID", CITIZEN), ("TEMPORARY_RESIDENT_ID", CITIZEN), Tie.SAME),
    (("RESIDENT_ID", CITIZEN), ("HOUSEHOLD_REGISTER", CITIZEN), Tie.SAME),
    (("RESIDENT_ID/DUPLICATE", CITIZEN), ("RESIDENT_ID/DUPLICATE", CITIZEN), Tie.SAME),
    (("RESIDENT_ID/DUPLICATE", CITIZEN), ("RESIDENT_ID", CITIZEN), Tie.ONE_FLAGGED),
    (("HK_MACAO_PERMIT", "H1234567800"), ("HK_MACAO_PERMIT", "H12345678(01)"), Tie.SAME),
    (("HK_MACAO_PERMIT", "H1234567800"), ("OTHER_PERSON", "h12345678"), Tie.OTHER_FAMILY),
    (("HONG_KONG_ID", "A123456(3)"), ("OTHER_PERSON", "A1234563"), Tie.OTHER_FAMILY),
    (("RESIDENT_ID", CITIZEN), ("OTHER_PERSON", CITIZEN), Tie.OTHER_FAMILY),
    (("RESIDENT_ID", CITIZEN), ("RESIDENT_ID", OLD), Tie.UPGRADE),
    (("RESIDENT_ID", CITIZEN), ("HOUSEHOLD_REGISTER", OLD), Tie.UPGRADE),
    (("RESIDENT_ID", "110101880101999"), ("RESIDENT_ID", "11010118880101999X"), Tie.APART),  # check character
    (("RESIDENT_ID", OLD), ("RESIDENT_ID", OLD), Tie.SAME),
    (("RESIDENT_ID", CITIZEN), ("RESIDENT_ID", "110105491231003"), Tie.APART),
    (("CREDIT_CODE", "91350100M000100Y43"), ("ORGANISATION_CODE", "M000100Y-4"), Tie.ORGANISATION),
    (("CREDIT_CODE", "91350100M000100Y43"), ("BUSINESS_LICENCE", "91350100m000100y43"), Tie.SAME),
    (("CREDIT_CODE", "91350100M000100Y43"), ("ORGANISATION_CODE", "D2143569-X"), Tie.APART),
    (("PERMANENT_RESIDENCE", "932682198501010017"), ("PERMANENT_RESIDENCE", "XYZ110000000001"), Tie.SERIES),
    (("PERMANENT_RESIDENCE", "XYZ110000000002"), ("PERMANENT_RESIDENCE", "XYZ110000000001"), Tie.APART),
    (("HOUSEHOLD_REGISTER", "0123456789 12"), ("HOUSEHOLD_REGISTER", "012345678912"), Tie.SAME),
    (("HOUSEHOLD_REGISTER", "0123456789 12"), ("RESIDENT_ID", "012345678912"), Tie.OTHER_FAMILY),  # the book's number
    (("HOUSEHOLD_REGISTER", CITIZEN[:17] + "1"), ("RESIDENT_ID", CITIZEN[:17] + "1"), Tie.SAME),  # a slip in both
    (("CHINESE_PASSPORT", "E12345678"), ("CHINESE_PASSPORT", "E12345679"), Tie.APART),
    (("RESIDENT_ID/DUPLICATE", CITIZEN), ("RESIDENT_ID", OLD), Tie.UPGRADE),  # the flag is of equal numbers
    (("RESIDENT_ID/DUPLICATE", CITIZEN), ("OTHER_PERSON", CITIZEN), Tie.OTHER_FAMILY),
    (
        ("CREDIT_CODE", "91350100M000100Y43"),
        ("CREDIT_CODE", "91350211M000100Y46"),
        Tie.APART,
    ),  # one code in two regions
    (("RESIDENT_ID", "1101051949"), ("TEMPORARY_RESIDENT_ID", "1101051949"), Tie.SAME),  # cut short in both
    (("CHINESE_PASSPORT", "1101051949"), ("HK_MACAO_PERMIT", "1101051949"), Tie.OTHER_FAMILY),
    (("OTHER_PERSON", "521-21-2123"), ("OTHER_PERSON", "５２１—２１—２１２３"), Tie.SAME),
    (("OTHER_PERSON", "521-21-2123"), ("OTHER_PERSON", "521212123"), Tie.SPELLING),
    (("OTHER_PERSON", "521-21-2123"), ("OTHER_PERSON/DUPLICATE", "521212123"), Tie.ONE_FLAGGED),
    (("OFFICER_ID", "南字第(0417)289号"), ("OFFICER_ID", "南字第0417289号"), Tie.SPELLING),
    (("OFFICER_ID", "南字第0417-289号"), ("SOLDIER_ID", "南字第0417289号"), Tie.OTHER_FAMILY),
]


@pytest.mark.parametrize(("left", "right", "expected"), CASES)
def test_a_tie_holds_both_ways(left: tuple[str, str], right: tuple[str, str], expected: Tie) -> None:
    one, other = paper(made(*left)), paper(made(*right))
    assert one is not None
    assert other is not None
    assert tie(one, other) is tie(other, one) is expected


def test_every_tie_has_its_sentence_and_its_case() -> None:
    assert [kind for kind, _ in TIES] == [kind for kind in Tie if kind is not Tie.APART]
    assert {case[2] for case in CASES} == set(Tie)


@pytest.mark.parametrize("number", ["无", "000000000000000000", "110***********002X", "1101051949123100??", "  "])
def test_a_number_that_identifies_nobody_is_no_document(number: str) -> None:
    assert paper(made("RESIDENT_ID", number)) is None
    assert paper(made("OTHER_PERSON", number)) is None, "a form that accepts anything accepts a mask, too"
